// Pairs brackets and finds where declarations begin, before the grammar sees the tokens.
//
//  * A word that begins a declaration is a keyword only where a declaration can begin (at the start of a line
//  outside
//    brackets, before a name, …); anywhere else it is a name: `scale : money` in a record is a field.
//  * A bracket without its pair is reported and mended here; the parser sees brackets in pairs only. A
//  declaration at
//    the very start of a line ends whatever is still open before it.

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "compiler/syntax/keywords.h"
#include "compiler/syntax/token_roles.h"
#include "compiler/syntax/tokens.h"
#include "grammar/PolLexer.h"

namespace pol::syntax {
namespace {

using diagnostics::Diagnostics;
using diagnostics::Fix;
using diagnostics::Kind;
using diagnostics::Word;
using pol_grammar::PolLexer;

bool EndsOperand(TokenType type) {
  if (IsOneOf(type, PolLexer::FROM, PolLexer::TO, PolLexer::AFTER, PolLexer::BEFORE, PolLexer::UNTIL,
              PolLexer::SINCE))
    return false;
  const Role role = RoleOf(type);
  return IsOneOf(type, PolLexer::WORD, PolLexer::NUMBER, PolLexer::NUMERAL, PolLexer::UNIT, PolLexer::PERCENT,
                 PolLexer::DATE, PolLexer::CITATION, PolLexer::STRING, PolLexer::RPAREN, PolLexer::RBRACK,
                 PolLexer::RBRACE, PolLexer::TRUE, PolLexer::FALSE, PolLexer::AS_OF, PolLexer::QUESTION) ||
         role == Role::kSoft || role == Role::kPrefix;
}

// Words and signs that join what stands before them on the line above.
bool Continues(TokenType type) {
  return IsOneOf(type, PolLexer::AND, PolLexer::OR, PolLexer::PLUS, PolLexer::MINUS, PolLexer::TIMES,
                 PolLexer::DIVIDE, PolLexer::EQUAL, PolLexer::NOT_EQUAL, PolLexer::LESS, PolLexer::LESS_EQUAL,
                 PolLexer::GREATER, PolLexer::GREATER_EQUAL, PolLexer::THEN, PolLexer::ELSE, PolLexer::IN,
                 PolLexer::WITHIN, PolLexer::IS, PolLexer::OVER, PolLexer::WHERE, PolLexer::OF,
                 PolLexer::DEFAULT, PolLexer::TO, PolLexer::COMMA, PolLexer::SEMICOLON, PolLexer::DOT,
                 PolLexer::RANGE, PolLexer::BEFORE, PolLexer::UNTIL, PolLexer::AFTER, PolLexer::FROM,
                 PolLexer::NOT) ||
         IsClosing(type);
}

// Pairs brackets, finds where declarations begin, and turns the other declaration words into names.
class Balancer {
 public:
  Balancer(TokenList list, const source::File& file, source::FileId id, Diagnostics& diagnostics,
           const ParseLimits& limits)
      : input_(std::move(list.tokens)), file_(file), id_(id), diagnostics_(diagnostics), limits_(limits) {
    result_.list.comments = std::move(list.comments);
  }

  ClassifiedTokens Run() {
    result_.list.tokens.reserve(input_.size() + input_.size() / 16);
    for (index_ = 0; index_ < input_.size(); ++index_) {
      Token token = input_[index_];
      if (BeginsDeclaration()) {
        BeginSlice(token);
      } else if (RoleOf(token.type) == Role::kDeclaration || RoleOf(token.type) == Role::kReserved) {
        token.type = PolLexer::WORD;
      }
      if (IsClosing(token.type) && !Close(token)) continue;
      if (IsOpening(token.type)) Open();
      output().push_back(token);
    }
    CloseAll();
    EndSlice();
    return std::move(result_);
  }

 private:
  std::vector<Token>& output() { return result_.list.tokens; }
  std::uint32_t next_index() { return static_cast<std::uint32_t>(output().size()); }
  TokenType TypeAt(std::size_t index) const {
    return index < input_.size() ? input_[index].type : TokenType{0};
  }
  bool FirstOnLine(std::size_t index) const { return index >= input_.size() || input_[index].first_on_line; }
  bool AtColumnOne(const Token& token) const {
    return token.begin == 0 || file_.text()[token.begin - 1] == '\n';
  }

  // The word is followed by what follows it in a declaration.
  bool HasShape() const {
    const TokenType type = TypeAt(index_);
    const TokenType next = TypeAt(index_ + 1);
    if (type == PolLexer::ARTICLE || type == PolLexer::REGION) return next == PolLexer::NUMBER;
    if (type == PolLexer::DROPS) return next == PolLexer::CITATION;
    if (type == PolLexer::EXAMPLE) return next == PolLexer::STRING;
    if (!IsNameLike(next)) return false;
    const TokenType after = TypeAt(index_ + 2);
    const bool confirmed =
        IsOneOf(after, PolLexer::EQUAL, PolLexer::LBRACE, PolLexer::STRING, PolLexer::COLON);
    if (IsOneOf(type, PolLexer::GRANT, PolLexer::SCORE, PolLexer::QUOTA) && after == PolLexer::CITATION)
      return true;
    if (IsOneOf(next, PolLexer::RISING, PolLexer::FALLING, PolLexer::CONSECUTIVE)) return confirmed;
    // `scale` that ends a line, and `let x = 1` on the next.
    const bool next_declares = RoleOf(next) == Role::kDeclaration && FirstOnLine(index_ + 1);
    return !next_declares || confirmed;
  }

  // `in principle`
  bool IsPrinciple(std::size_t index) const {
    return TypeAt(index) == PolLexer::IN_PRINCIPLE ||
           (TypeAt(index) == PolLexer::IN && TypeAt(index + 1) == PolLexer::PRINCIPLE);
  }

  // Inside brackets only a declaration at the very start of a line is believed, and what stands inside is
  // unclosed.
  bool HasShapeInside() const {
    if (!HasShape()) return false;
    const TokenType type = TypeAt(index_);
    const TokenType after = TypeAt(index_ + 2);
    if (type == PolLexer::ARTICLE) {
      if (IsPrinciple(index_ + 2)) return true;
      return IsOneOf(after, PolLexer::STRING, PolLexer::LBRACE, PolLexer::COLON, PolLexer::WHEN,
                     PolLexer::GUIDANCE, PolLexer::UNDISCLOSED, PolLexer::REPLACES);
    }
    if (type == PolLexer::EXAMPLE) return IsOneOf(after, PolLexer::LBRACE, PolLexer::LIKE);
    if (type == PolLexer::USE)
      return FirstOnLine(index_ + 2) || IsOneOf(after, PolLexer::DOT, PolLexer::COMMA);
    return IsOneOf(after, PolLexer::EQUAL, PolLexer::LBRACE, PolLexer::STRING, PolLexer::LPAREN) ||
           (after == PolLexer::COLON && type == PolLexer::PARAM) ||
           (after == PolLexer::CITATION &&
            IsOneOf(type, PolLexer::GRANT, PolLexer::SCORE, PolLexer::QUOTA)) ||
           (after == PolLexer::OVER && type == PolLexer::LIFECYCLE);
  }

  bool BeginsDeclaration() const {
    const Token& token = input_[index_];
    const Role role = RoleOf(token.type);
    const bool chinese_article = token.type == PolLexer::CITATION && file_.text()[token.begin] != '\xC2';
    const bool after_operand = index_ == 0 || EndsOperand(TypeAt(index_ - 1));
    // In an article it stands further in.
    if (token.type == PolLexer::REPLACES) {
      return open_.empty() && AtColumnOne(token) && after_operand && TypeAt(index_ + 1) == PolLexer::CITATION;
    }
    if (role != Role::kDeclaration && role != Role::kReserved && !chinese_article) return false;
    const bool inside = !open_.empty();
    if (inside && !AtColumnOne(token)) return false;
    if (chinese_article) {
      if (token.first_on_line && after_operand && IsPrinciple(index_ + 1)) return true;
      return token.first_on_line && after_operand &&
             IsOneOf(TypeAt(index_ + 1), PolLexer::STRING, PolLexer::LBRACE, PolLexer::COLON, PolLexer::WHEN,
                     PolLexer::GUIDANCE, PolLexer::UNDISCLOSED, PolLexer::REPLACES);
    }
    if (role == Role::kReserved) {
      const TokenType next = TypeAt(index_ + 1);
      const bool named = IsNameLike(next) && !FirstOnLine(index_ + 1);
      if (inside) return named && TypeAt(index_ + 2) == PolLexer::LBRACE;
      return token.first_on_line && after_operand &&
             (IsOneOf(next, PolLexer::LBRACE, PolLexer::STRING) || named);
    }
    if (inside) return HasShapeInside();
    // A word that begins a line after a whole value can be nothing else, even when what follows it is wrong.
    return HasShape() ? token.first_on_line || after_operand : token.first_on_line && after_operand;
  }

  void BeginSlice(const Token& token) {
    CloseAll();
    EndSlice();
    slice_ = {.begin = next_index()};
    if (token.type != PolLexer::RESERVED) return;
    const source::Range range{id_, token.begin, token.end};
    const Keyword* keyword = FindKeyword(file_.Slice(range));
    diagnostics_.Emit(Kind::kReserved, range, {std::string(keyword->spelling), Word(keyword->purpose)});
    slice_.skip = true;
  }

  void EndSlice() {
    slice_.end = next_index();
    if (slice_.end > slice_.begin) result_.slices.push_back(slice_);
  }

  void Open() {
    open_.push_back(next_index());
    if (input_[index_].type == PolLexer::LBRACE) ++open_braces_;
    if (open_.size() <= limits_.nesting || slice_.skip) return;
    const Token& token = input_[index_];
    diagnostics_.Emit(Kind::kNestingTooDeep, {id_, token.begin, token.end},
                      {std::to_string(limits_.nesting)});
    slice_.skip = true;
  }

  bool IsBrace(std::uint32_t opening) { return output()[opening].type == PolLexer::LBRACE; }

  std::uint32_t Pop() {
    const std::uint32_t opening = open_.back();
    open_.pop_back();
    if (IsBrace(opening)) --open_braces_;
    return opening;
  }

  // Pops the opening bracket of a closing one; false when there is none, and the closing one is to be
  // dropped.
  bool Close(const Token& token) {
    const bool brace = token.type == PolLexer::RBRACE;
    const auto matches = [&](std::uint32_t opening) { return IsBrace(opening) == brace; };
    const bool has_pair = brace ? open_braces_ > 0 : !open_.empty() && matches(open_.back());
    if (!has_pair) {
      const source::Range range{id_, token.begin, token.end};
      if (!slice_.skip) {
        auto& diagnostic =
            diagnostics_.Emit(Kind::kUnopenedBracket, range, {std::string(file_.Slice(range))});
        diagnostic.fix = Fix{range, ""};
      }
      return false;
    }
    while (!matches(open_.back())) CloseMissing(slice_.skip);
    Pop();
    return true;
  }

  // Where the missing pair of an opening bracket most likely belongs: at the end of the line on which a
  // statement ends.
  std::uint32_t PlaceOfMissing(std::uint32_t opening) {
    if (IsBrace(opening)) return next_index();
    for (std::uint32_t at = opening + 1; at < next_index(); ++at) {
      const Token& token = output()[at];
      if (!token.first_on_line || Continues(token.type)) continue;
      if (EndsOperand(output()[at - 1].type) || LooksLikeItem(at)) return at;
    }
    return next_index();
  }

  // `(2) name`, `(2) :`, …
  bool LooksLikeItem(std::uint32_t at) {
    if (at + 3 >= next_index() || output()[at].type != PolLexer::LPAREN) return false;
    const TokenType after = output()[at + 3].type;
    return IsOneOf(output()[at + 1].type, PolLexer::NUMBER, PolLexer::NUMERAL) &&
           output()[at + 2].type == PolLexer::RPAREN &&
           (IsNameLike(after) || IsOneOf(after, PolLexer::COLON, PolLexer::STRING, PolLexer::WHEN));
  }

  void CloseMissing(bool quiet) {
    const std::uint32_t opening = Pop();
    const Token opened = output()[opening];
    const std::uint32_t place = slice_.skip ? next_index() : PlaceOfMissing(opening);
    const std::uint32_t offset = output()[place - 1].end;
    const bool brace = opened.type == PolLexer::LBRACE;
    const bool square = opened.type == PolLexer::LBRACK;
    const auto type = static_cast<TokenType>(brace    ? PolLexer::RBRACE
                                             : square ? PolLexer::RBRACK
                                                      : PolLexer::RPAREN);
    output().insert(output().begin() + place, Token{.begin = offset, .end = offset, .type = type});
    if (quiet) return;
    const source::Range opened_range{id_, opened.begin, opened.end};
    const std::string line = std::to_string(file_.PositionOf(opened.begin).line);
    auto& diagnostic = diagnostics_.Emit(Kind::kUnclosedBracket, {id_, offset, offset},
                                         {Word(brace    ? "close_brace"
                                               : square ? "close_square"
                                                        : "close_paren"),
                                          std::string(file_.Slice(opened_range)), line});
    diagnostic.notes.push_back({opened_range, Kind::kOpenedHere, {}});
    diagnostic.fix = Fix{{id_, offset, offset}, brace ? "}" : square ? "]" : ")"};
    slice_.silent_from = std::min(slice_.silent_from, opened.begin);
  }

  // One mistake, one message: the outermost bracket is reported, those inside it are closed silently.
  void CloseAll() {
    while (!open_.empty()) CloseMissing(slice_.skip || open_.size() > 1);
  }

  std::vector<Token> input_;
  const source::File& file_;
  source::FileId id_;
  Diagnostics& diagnostics_;
  const ParseLimits& limits_;
  std::size_t index_ = 0;
  std::vector<std::uint32_t> open_;  // indexes in the output
  std::size_t open_braces_ = 0;
  Slice slice_;
  ClassifiedTokens result_;
};

}  // namespace

ClassifiedTokens Classify(TokenList list, const source::File& file, source::FileId id,
                          Diagnostics& diagnostics, const ParseLimits& limits) {
  ClassifiedTokens classified = Balancer(std::move(list), file, id, diagnostics, limits).Run();
  Settle(classified, file, id);
  return classified;
}

}  // namespace pol::syntax
