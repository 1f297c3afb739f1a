// Lexing, classification, then a parse slice by slice: first with fast (SLL) prediction and no tolerance;
// when that fails, again with full (LL) prediction and recovery, which reports what is wrong. Each slice's
// parse tree is dropped as soon as its nodes are in the tree, so memory follows the longest declaration and
// not the file.

#include "compiler/syntax/parse.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "antlr4-runtime.h"
#include "compiler/syntax/build.h"
#include "compiler/syntax/parse_whole.h"
#include "compiler/syntax/report.h"
#include "compiler/syntax/tokens.h"
#include "grammar/PolParser.h"

namespace pol::syntax {
namespace {

using antlr4::atn::PredictionMode;
using diagnostics::Diagnostics;
using diagnostics::Kind;

// Thrown through the generated parser, caught in this file.
struct TooDeep {
  source::Range range;
};

// Rules that the grammar passes through for one level of brackets, with some to spare.
constexpr std::uint32_t kRulesForLevel = 16;

// Declarations with mistakes that are read a second time; a text that has more gives no more messages worth
// having.
constexpr std::uint32_t kMostFailures = 1000;

// Keeps the parser's recursion within the limit: `not not not …` needs no bracket to go deep.
class DepthGuard final : public antlr4::tree::ParseTreeListener {
 public:
  DepthGuard(source::FileId id, std::uint32_t limit) : id_(id), limit_(limit) {}

  void visitTerminal(antlr4::tree::TerminalNode* /*node*/) override {}
  void visitErrorNode(antlr4::tree::ErrorNode* /*node*/) override {}
  void enterEveryRule(antlr4::ParserRuleContext* context) override {
    depth_ += WeightOf(context);
    if (depth_ <= limit_) return;
    const antlr4::Token* token = context->getStart();
    throw TooDeep{{id_, static_cast<std::uint32_t>(token->getStartIndex()),
                   static_cast<std::uint32_t>(token->getStopIndex() + 1)}};
  }
  void exitEveryRule(antlr4::ParserRuleContext* context) override { depth_ -= WeightOf(context); }
  void Reset() { depth_ = 0; }

 private:
  // A rule right inside itself (`- - x`) is a level of its own.
  static std::uint32_t WeightOf(const antlr4::ParserRuleContext* context) {
    const auto* parent = dynamic_cast<const antlr4::RuleContext*>(context->parent);
    return parent != nullptr && parent->getRuleIndex() == context->getRuleIndex() ? kRulesForLevel : 1;
  }

  source::FileId id_;
  std::uint32_t limit_;
  std::uint32_t depth_ = 0;
};

// The tokens of one slice, as the generated parser wants them, and an end.
class SliceStream final : public antlr4::TokenStream {
 public:
  SliceStream() { AddEnd(); }
  SliceStream(const std::vector<Token>& tokens, const Slice& slice) {
    tokens_.reserve(slice.end - slice.begin + 1);
    for (std::uint32_t index = slice.begin; index < slice.end; ++index)
      Add(tokens[index].type, tokens[index]);
    AddEnd();
  }

  antlr4::Token* LT(ssize_t distance) override {
    const auto at = static_cast<ssize_t>(index_) + (distance > 0 ? distance - 1 : distance);
    if (distance == 0 || at < 0) return nullptr;
    return &tokens_[std::min(static_cast<std::size_t>(at), tokens_.size() - 1)];
  }
  std::size_t LA(ssize_t distance) override { return LT(distance)->getType(); }
  antlr4::Token* get(std::size_t index) const override { return &tokens_[index]; }
  void consume() override { index_ = std::min(index_ + 1, tokens_.size() - 1); }
  ssize_t mark() override { return 0; }
  void release(ssize_t /*marker*/) override {}
  std::size_t index() override { return index_; }
  void seek(std::size_t index) override { index_ = std::min(index, tokens_.size() - 1); }
  std::size_t size() override { return tokens_.size(); }
  std::string getSourceName() const override { return {}; }
  // Texts are read from the source by position, never through ANTLR.
  antlr4::TokenSource* getTokenSource() const override { return nullptr; }
  std::string getText(const antlr4::misc::Interval& /*interval*/) override { return {}; }
  std::string getText() override { return {}; }
  std::string getText(antlr4::RuleContext* /*context*/) override { return {}; }
  std::string getText(antlr4::Token* /*first*/, antlr4::Token* /*last*/) override { return {}; }

 private:
  void Add(std::size_t type, const Token& token) {
    antlr4::CommonToken copy(type);
    copy.setStartIndex(token.begin);
    copy.setStopIndex(static_cast<std::size_t>(token.end) - 1);
    copy.setTokenIndex(tokens_.size());
    tokens_.push_back(std::move(copy));
  }
  void AddEnd() {
    const auto end = static_cast<std::uint32_t>(tokens_.empty() ? 0 : tokens_.back().getStopIndex() + 1);
    Add(antlr4::Token::EOF, {.begin = end, .end = end});
  }

  mutable std::vector<antlr4::CommonToken> tokens_;
  std::size_t index_ = 0;
};

// The generated parser, with a way to free the contexts of the slice before.
class Parser final : public PolParser {
 public:
  using PolParser::PolParser;
  void Restart(antlr4::TokenStream* tokens) {
    setTokenStream(tokens);
    _tracker.reset();
  }
};

class SliceParser {
 public:
  SliceParser(const source::File& file, source::FileId id, const ClassifiedTokens& classified,
              Diagnostics& diagnostics, const ParseLimits& limits)
      : classified_(classified),
        id_(id),
        diagnostics_(diagnostics),
        limits_(limits),
        builder_(file, id, diagnostics, limits),
        guard_(id, kRulesForLevel * (limits.nesting + 4)),
        parser_(&nothing_),
        fast_(std::make_shared<antlr4::BailErrorStrategy>()),
        report_(std::make_shared<ReportStrategy>(file, id, classified.list.tokens, diagnostics,
                                                 limits.syntax_errors)) {
    parser_.removeErrorListeners();
    parser_.addParseListener(&guard_);
  }

  WholeParse Run() {
    for (const Slice& slice : classified_.slices) Parse(slice);
    result_.predictions = static_cast<std::uint32_t>(
        std::ranges::count_if(parser_.getInterpreter<antlr4::atn::ParserATNSimulator>()->decisionToDFA,
                              [](const antlr4::dfa::DFA& decision) { return decision.s0 != nullptr; }));
    result_.tree = builder_.TakeTree();
    result_.marks = builder_.TakeMarks();
    return std::move(result_);
  }

 private:
  void Parse(const Slice& slice) {
    const auto& tokens = classified_.list.tokens;
    const source::Range range{id_, tokens[slice.begin].begin, tokens[slice.end - 1].end};
    if (slice.skip) {
      builder_.AddError(range);
      return;
    }
    ++result_.slices;
    SliceStream stream(tokens, slice);
    try {
      try {
        builder_.AddSlice(ParseWith(stream, PredictionMode::SLL, fast_), slice.begin);
      } catch (const antlr4::ParseCancellationException&) {
        ++result_.full_context_slices;
        // Nothing more would be reported, or the text is no policy at all.
        if (report_->full() || result_.full_context_slices > kMostFailures) throw;
        stream.seek(0);
        report_->Begin(slice);
        builder_.AddSlice(ParseWith(stream, PredictionMode::LL, report_), slice.begin);
      }
    } catch (const TooDeep& deep) {
      diagnostics_.Emit(Kind::kNestingTooDeep, deep.range, {std::to_string(limits_.nesting)});
      builder_.AddError(range);
    } catch (const antlr4::ParseCancellationException&) {
      builder_.AddError(range);
    } catch (const antlr4::RuntimeException&) {
      // The generated parser gave up: whatever it reported stands.
      builder_.AddError(range);
    }
    parser_.Restart(&nothing_);
  }

  PolParser::SliceContext* ParseWith(SliceStream& stream, PredictionMode mode,
                                     const std::shared_ptr<antlr4::ANTLRErrorStrategy>& strategy) {
    parser_.Restart(&stream);
    guard_.Reset();
    parser_.setErrorHandler(strategy);
    parser_.getInterpreter<antlr4::atn::ParserATNSimulator>()->setPredictionMode(mode);
    return parser_.slice();
  }

  const ClassifiedTokens& classified_;
  source::FileId id_;
  Diagnostics& diagnostics_;
  const ParseLimits& limits_;
  Builder builder_;
  DepthGuard guard_;
  SliceStream nothing_;  // what the parser reads between slices
  Parser parser_;
  std::shared_ptr<antlr4::ANTLRErrorStrategy> fast_;
  std::shared_ptr<ReportStrategy> report_;
  WholeParse result_;
};

}  // namespace

WholeParse ParseWhole(const source::Files& files, source::FileId file, Diagnostics& diagnostics,
                      const ParseLimits& limits) {
  const source::File& text = files[file];
  ClassifiedTokens classified =
      Classify(Lex(text, file, diagnostics, limits), text, file, diagnostics, limits);
  WholeParse whole = SliceParser(text, file, classified, diagnostics, limits).Run();
  whole.tokens = std::move(classified.list);
  // What the lexer, the pairing of brackets and the parser found, in the order of the text.
  diagnostics.Sort();
  return whole;
}

Tree Parse(const source::Files& files, source::FileId file, Diagnostics& diagnostics,
           const ParseLimits& limits) {
  return ParseWhole(files, file, diagnostics, limits).tree;
}

}  // namespace pol::syntax
