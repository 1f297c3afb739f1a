#include "compiler/syntax/report.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "compiler/syntax/expected.h"
#include "compiler/syntax/token_roles.h"
#include "grammar/PolParser.h"

namespace pol::syntax {
namespace {

using antlr4::misc::IntervalSet;
using diagnostics::Fix;
using diagnostics::Kind;
using diagnostics::Word;
using pol_grammar::PolParser;

// The word or sign that a missing token would be: what to show, what to put in.
struct Piece {
  std::size_t type;
  std::string_view word;  // of words.def; empty for a keyword, shown as it is written
  std::string_view text;
  std::string_view chinese = {};  // the same in a policy written in Chinese, where that is another word

  std::string_view TextIn(bool in_chinese) const { return in_chinese && !chinese.empty() ? chinese : text; }
};

constexpr std::array kPieces = {
    Piece{PolParser::COLON, "colon", ":"},
    Piece{PolParser::EQUAL, "equal", "="},
    Piece{PolParser::AMOUNT_EQUAL, "equal", "="},  // of a grant
    Piece{PolParser::LBRACE, "open_brace", "{"},
    Piece{PolParser::COMMA, "comma", ","},
    Piece{PolParser::THEN, "", "then", "则"},
    Piece{PolParser::ELSE, "", "else", "否则"},
    Piece{PolParser::OF, "", "of", "的"},
    Piece{PolParser::TO, "", "to", "至"},
    Piece{PolParser::IN, "", "in", "属于"},
    Piece{PolParser::WITHIN, "", "within", "位于"},
    Piece{PolParser::FROM, "", "from", "自"},
    Piece{PolParser::WHEN, "", "when", "当"},
    Piece{PolParser::BEFORE, "", "before", "之前"},
    Piece{PolParser::UNTIL, "", "until", "截至"},
    Piece{PolParser::YEARS, "", "years", "年"},
    Piece{PolParser::GIVEN, "", "given", "已填"},
    Piece{PolParser::ABSENT, "", "absent", "未填"},
    Piece{PolParser::NOT_KNOWN, "", "unknown", "未知"},
    Piece{PolParser::EMPTY, "", "empty", "空"},
    Piece{PolParser::RUNNING, "", "running"},
    Piece{PolParser::LESS, "", "<"},
    Piece{PolParser::FOR, "", "for", "历时"},
    Piece{PolParser::ARROW, "", "->"},
    Piece{PolParser::EVENT, "", "event", "事件"},
    Piece{PolParser::STRING, "text", ""},
    Piece{PolParser::CITATION, "citation", ""},
    Piece{PolParser::UNIT, "currency", ""},
    Piece{PolParser::ITEM_OPEN, "item", ""},
    Piece{PolParser::BY, "", "by", "由"},
    Piece{PolParser::GIVES, "", "得"},
};

// Brackets are in pairs before the parser sees them, so none is ever missing; but one may be all that fits.
constexpr std::array kClosing = {
    Piece{PolParser::RPAREN, "close_paren", ")"},
    Piece{PolParser::RBRACK, "close_square", "]"},
    Piece{PolParser::RBRACE, "close_brace", "}"},
};

std::string Quoted(std::string_view text) {
  return Word("open_quote") + std::string(text) + Word("close_quote");
}

std::string ShownAs(const Piece& piece, bool in_chinese) {
  return piece.word.empty() ? Quoted(piece.TextIn(in_chinese)) : Word(piece.word);
}

// Words of which either fits: which of them is missing cannot be known.
bool IsOneOfTwo(const IntervalSet& set, std::size_t type) {
  if (IsOneOf(type, PolParser::ABSENT, PolParser::NOT_KNOWN, PolParser::EMPTY) &&
      Contains(set, PolParser::ABSENT) && Contains(set, PolParser::NOT_KNOWN)) {
    return true;
  }
  if (IsOneOf(type, PolParser::GIVEN, PolParser::ABSENT)) {
    return Contains(set, PolParser::GIVEN) && Contains(set, PolParser::ABSENT);
  }
  return type == PolParser::WITHIN || (type == PolParser::IN && Contains(set, PolParser::WITHIN));
}

// Another member of a lifecycle can begin, or another transition of a state.
bool BeginsMember(const IntervalSet& set) {
  return Contains(set, PolParser::STAGE) || Contains(set, PolParser::ON);
}

// "a colon ‘:’ or ‘when’"; empty when what is expected is too much to say.
std::string Listed(const IntervalSet& expected, bool in_chinese) {
  std::vector<std::string> parts;
  if (ExpectsExpression(expected)) {
    parts.push_back(Word("expression"));
  } else if (ExpectsName(expected) && !FollowsValue(expected)) {
    parts.push_back(Word("name"));
  }
  if (Contains(expected, PolParser::COLON) && Contains(expected, PolParser::LBRACE) &&
      Contains(expected, PolParser::GUIDANCE)) {
    parts.push_back(Word("body"));
  } else if (!ExpectsExpression(expected)) {
    const bool day = Contains(expected, PolParser::MONTH_AND_DAY) || Contains(expected, PolParser::DAY_DASH);
    if (day) parts.push_back(Word("day_of_year"));
    if (!day && Contains(expected, PolParser::NUMBER)) parts.push_back(Word("number"));
    if (Contains(expected, PolParser::DATE)) parts.push_back(Word("date"));
    for (const Piece& piece : kPieces) {
      const bool optional =
          (FollowsValue(expected) && IsOneOf(piece.type, PolParser::IN, PolParser::WITHIN, PolParser::STRING,
                                             PolParser::LESS, PolParser::OF, PolParser::FOR)) ||
          (piece.type == PolParser::WITHIN && ExpectsName(expected)) || BeginsMember(expected);
      if (Contains(expected, piece.type) && !optional) parts.push_back(ShownAs(piece, in_chinese));
    }
  }
  const bool bound = Contains(expected, PolParser::AT) && Contains(expected, PolParser::LESS_EQUAL);
  if (bound && !Contains(expected, PolParser::ROUNDED)) parts.push_back(Word("quota_bound"));
  if (Contains(expected, PolParser::STAGE)) parts.push_back(Word("lifecycle_member"));
  if (Contains(expected, PolParser::ON)) parts.push_back(Word("transition"));
  for (const Piece& piece : kClosing) {
    if (Contains(expected, piece.type) && !ExpectsExpression(expected))
      parts.push_back(ShownAs(piece, in_chinese));
  }
  if (parts.empty() || parts.size() > 4) return {};
  std::string text = parts.front();
  for (std::size_t index = 1; index < parts.size(); ++index) {
    text += Word(index + 1 == parts.size() ? "or_" : "list_comma") + parts[index];
  }
  return text;
}

// Where the parser is, in the words of the language.
std::string_view ContextOf(antlr4::RuleContext* context) {
  for (; context != nullptr; context = dynamic_cast<antlr4::RuleContext*>(context->parent)) {
    switch (context->getRuleIndex()) {
      case PolParser::RuleHeader:
        return "in_header";
      case PolParser::RuleUse:
        return "in_use";
      case PolParser::RuleParameter:
        return "in_parameter";
      case PolParser::RuleEnumeration:
        return "in_enumeration";
      case PolParser::RuleScale:
        return "in_scale";
      case PolParser::RuleType:
        return "in_type";
      case PolParser::RuleRecordMember:
        return "in_field";
      case PolParser::RuleRecord:
        return "in_record";
      case PolParser::RuleLet:
        return "in_let";
      case PolParser::RuleFunction:
        return "in_function";
      case PolParser::RuleChange:
        return "in_change";
      case PolParser::RuleReplaces:
        return "in_replaces";
      case PolParser::RuleItem:
        return "in_item";
      case PolParser::RuleArticle:
        return "in_article";
      case PolParser::RuleDecision:
        return "in_decision";
      case PolParser::RuleGrant:
        return "in_grant";
      case PolParser::RuleScore:
        return "in_score";
      case PolParser::RuleQuota:
        return "in_quota";
      case PolParser::RuleCadence:
      case PolParser::RuleDayOfYear:
        return "in_duty";
      case PolParser::RuleTransition:
        return "in_transition";
      case PolParser::RuleLifecycle:
        return "in_lifecycle";
      case PolParser::RuleRegion:
        return "in_region";
      case PolParser::RuleCalendar:
        return "in_calendar";
      case PolParser::RuleExample:
        return "in_example";
      case PolParser::RuleBand:
      case PolParser::RuleBrackets:
        return "in_bands";
      case PolParser::RuleInterval:
        return "in_interval";
      case PolParser::RuleStep:
        return "in_call";
      case PolParser::RuleSelection:
        return "in_selection";
      case PolParser::RuleQuantified:
        return "in_quantifier";
      case PolParser::RuleExpression:
        if (dynamic_cast<PolParser::BandsContext*>(context) != nullptr) return "in_bands";
        if (dynamic_cast<PolParser::ConditionalContext*>(context) != nullptr) return "in_if";
        break;
      case PolParser::RuleWindow:
        return "in_window";
      default:
        break;
    }
  }
  return "in_file";
}

// A block's loop over its statements: where skipping a bad statement leads back to.
bool IsBlock(std::size_t rule) {
  return IsOneOf(rule, PolParser::RuleRecord, PolParser::RuleEnumeration, PolParser::RuleBody,
                 PolParser::RuleDecision, PolParser::RuleRegionRow, PolParser::RuleCalendar,
                 PolParser::RuleCalendarYear, PolParser::RuleExample, PolParser::RuleRecordMember,
                 PolParser::RuleExpression, PolParser::RuleBrackets, PolParser::RuleLifecycle,
                 PolParser::RuleLifecycleMember, PolParser::RuleScore);
}

// Signs and words that no statement begins with.
bool NeverBegins(std::size_t type) {
  return IsOneOf(type, PolParser::AND, PolParser::OR, PolParser::THEN, PolParser::ELSE, PolParser::IN,
                 PolParser::WITHIN, PolParser::IS, PolParser::OVER, PolParser::WHERE, PolParser::OF,
                 PolParser::DEFAULT, PolParser::FROM, PolParser::TO, PolParser::AFTER, PolParser::BEFORE,
                 PolParser::UNTIL, PolParser::SINCE, PolParser::FOR, PolParser::ALSO, PolParser::BY,
                 PolParser::WHEN, PolParser::IF, PolParser::PLUS, PolParser::MINUS, PolParser::TIMES,
                 PolParser::DIVIDE, PolParser::EQUAL, PolParser::AMOUNT_EQUAL, PolParser::NOT_EQUAL,
                 PolParser::LESS, PolParser::LESS_EQUAL, PolParser::GREATER, PolParser::GREATER_EQUAL,
                 PolParser::COMMA, PolParser::COLON, PolParser::SEMICOLON, PolParser::DOT, PolParser::RANGE,
                 PolParser::QUESTION, PolParser::ARROW, PolParser::PART_COMMA, PolParser::RPAREN,
                 PolParser::LBRACE, PolParser::CALL_OPEN, PolParser::PERCENT, PolParser::UNIT);
}

}  // namespace

void ReportStrategy::Begin(const Slice& slice) {
  slice_ = slice;
  last_reported_ = kNoToken;
  last_recovery_ = kNoToken;
  failed_states_.clear();
  put_in_.clear();
}

void ReportStrategy::reset(antlr4::Parser* parser) {
  last_recovery_ = kNoToken;
  failed_states_.clear();
  endErrorCondition(parser);
}

std::uint32_t ReportStrategy::IndexOf(const antlr4::Token* token) const {
  if (token == nullptr || token->getType() == antlr4::Token::EOF) return slice_.end;
  return slice_.begin + static_cast<std::uint32_t>(token->getTokenIndex());
}

std::size_t ReportStrategy::TypeAt(std::uint32_t index) const {
  return index < slice_.end ? tokens_[index].type : antlr4::Token::EOF;
}

std::string_view ReportStrategy::TextAt(std::uint32_t index) const {
  return file_.Slice({id_, tokens_[index].begin, tokens_[index].end});
}

std::string ReportStrategy::Shown(std::uint32_t index) const {
  if (index < slice_.begin || index == kNoToken) return Word("start");
  if (index >= tokens_.size()) return Word("end_of_file");
  std::string text(TextAt(index));
  constexpr std::size_t kLongest = 40;
  if (text.empty())
    text = tokens_[index].type == PolParser::RBRACE   ? "}"
           : tokens_[index].type == PolParser::RBRACK ? "]"
                                                      : ")";
  if (text.size() > kLongest) {
    text.resize(kLongest);
    while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0U) == 0x80U) text.pop_back();
    if (!text.empty() && static_cast<unsigned char>(text.back()) >= 0xC0U) text.pop_back();
    text += "…";
  }
  return Quoted(text);
}

// ---- Messages ----------------------------------------------------------------------------------------

void ReportStrategy::reportError(antlr4::Parser* parser, const antlr4::RecognitionException& error) {
  if (inErrorRecoveryMode(parser)) return;
  beginErrorCondition(parser);
  const auto* no_alternative = dynamic_cast<const antlr4::NoViableAltException*>(&error);
  const antlr4::Token* offending = error.getOffendingToken();
  // When the choice failed some tokens on, what was expected at its start says nothing about there.
  const bool looked_on = no_alternative != nullptr && no_alternative->getStartToken() != offending;
  Report(parser, IndexOf(offending), looked_on ? IntervalSet() : parser->getExpectedTokens());
}

void ReportStrategy::reportUnwantedToken(antlr4::Parser* parser) {
  if (inErrorRecoveryMode(parser)) return;
  beginErrorCondition(parser);
  Report(parser, IndexOf(parser->getCurrentToken()), parser->getExpectedTokens());
}

void ReportStrategy::reportMissingToken(antlr4::Parser* parser) {
  if (inErrorRecoveryMode(parser)) return;
  beginErrorCondition(parser);
  Report(parser, IndexOf(parser->getCurrentToken()), parser->getExpectedTokens());
}

void ReportStrategy::Report(antlr4::Parser* parser, std::uint32_t index, const IntervalSet& expected) {
  const std::uint32_t offset =
      index < tokens_.size() ? tokens_[index].begin : static_cast<std::uint32_t>(file_.text().size());
  if (offset >= slice_.silent_from || IsReported(index, offset) || FollowsReported(index)) return;
  last_reported_ = index;
  if (errors_left_ == 0) {
    if (!std::exchange(overflowed_, true)) diagnostics_.Emit(Kind::kTooManyErrors, {id_, offset, offset});
    return;
  }
  --errors_left_;
  if (ReportSpecial(index, expected)) return;
  if (parser->getContext()->getRuleIndex() == PolParser::RuleSlice && index < slice_.end) {
    const source::Range range{id_, tokens_[index].begin, tokens_[index].end};
    if (index == slice_.begin || BeginsNothing(index)) {
      diagnostics_.Emit(Kind::kSyntaxUnexpected, range, {Shown(index), Word("in_file"), Word("declaration")});
      return;
    }
    diagnostics_.Emit(Kind::kSyntaxAfterEnd, range, {Shown(index), Shown(index - 1)});
    return;
  }
  const std::string context = Word(ContextOf(parser->getContext()));
  const bool at_end =
      index >= slice_.end || tokens_[index].first_on_line || tokens_[index].begin == tokens_[index].end;
  const std::size_t type = TypeAt(index);
  const bool closes = IsOneOf(type, PolParser::RPAREN, PolParser::RBRACK, PolParser::RBRACE);
  if (index > slice_.begin && ExpectsExpression(expected) && (at_end || closes || NeverBegins(type))) {
    const std::uint32_t end = tokens_[index - 1].end;
    diagnostics_.Emit(Kind::kExpressionMissing, {id_, end, end}, {Shown(index - 1), context});
    return;
  }
  // The first sign that is expected for sure, and that the text goes on without.
  if (index > slice_.begin && !ExpectsExpression(expected) && (at_end || closes || !IsSign(type))) {
    const bool body = Contains(expected, PolParser::GUIDANCE) && Contains(expected, PolParser::COLON);
    const bool only_name = ExpectsName(expected) && !FollowsValue(expected);
    if (body && at_end) return ReportMissing(index, Word("body"), "", context);
    if (at_end && Contains(expected, PolParser::ITEM_OPEN)) {
      return ReportMissing(index, Word("item"), "", context);
    }
    for (const Piece& piece : kPieces) {
      if (!Contains(expected, piece.type) || (only_name && !Contains(expected, PolParser::COLON))) continue;
      const bool optional = IsOneOf(piece.type, PolParser::IN, PolParser::STRING, PolParser::LESS,
                                    PolParser::OF, PolParser::FOR) ||
                            (piece.type == PolParser::COMMA && !Contains(expected, PolParser::RPAREN));
      if ((optional && FollowsValue(expected)) || IsOneOfTwo(expected, piece.type)) continue;
      // Nothing is missing where a member is whole: the comma after it may as well be left out.
      if (BeginsMember(expected)) continue;
      // `param p 5%`: its type could stand here, but its value must.
      const bool value_first = piece.type == PolParser::COLON && Contains(expected, PolParser::EQUAL);
      if (value_first && type != PolParser::WORD) continue;
      if (piece.type == PolParser::STRING && !at_end) continue;
      return ReportMissing(index, ShownAs(piece, InChinese()), std::string(piece.TextIn(InChinese())),
                           context);
    }
    if (only_name && at_end) return ReportMissing(index, Word("name"), "", context);
  }
  const source::Range range =
      index < slice_.end ? source::Range{id_, tokens_[index].begin, tokens_[index].end}
                         : source::Range{id_, tokens_[slice_.end - 1].end, tokens_[slice_.end - 1].end};
  if (const std::string listed = Listed(expected, InChinese()); !listed.empty()) {
    diagnostics_.Emit(Kind::kSyntaxUnexpected, range, {Shown(index), context, listed});
  } else {
    diagnostics_.Emit(Kind::kSyntaxUnexpectedHere, range, {Shown(index), context});
  }
}

// The sign there, or one just before or after it, was reported when it was read; so was a text
// without its closing mark, which took the rest of its line.
bool ReportStrategy::IsReported(std::uint32_t index, std::uint32_t offset) const {
  const bool first = index <= slice_.begin;
  const std::uint32_t before = first ? offset : tokens_[index - 1].end;
  const std::uint32_t end = index < slice_.end ? tokens_[index].end : offset;
  const std::uint32_t text = first ? offset : tokens_[index - 1].begin;
  return std::ranges::any_of(diagnostics_.list(), [&](const diagnostics::Diagnostic& one) {
    if (one.range.file != id_) return false;
    if (one.kind == Kind::kUnknownSymbol) return one.range.begin >= before && one.range.begin <= end;
    if (one.kind == Kind::kUnterminatedText && one.range.begin == text) return true;
    return one.range.begin == offset && one.range.end > offset;
  });
}

// On the line of the mistake that was reported last, and in the same statement: most likely its consequence.
bool ReportStrategy::FollowsReported(std::uint32_t index) const {
  if (last_reported_ == kNoToken || last_reported_ < slice_.begin || last_reported_ > index) return false;
  for (std::uint32_t at = last_reported_ + 1; at <= index && at < slice_.end; ++at) {
    const bool separated = tokens_[at - 1].type == PolParser::SEMICOLON && at - 1 > last_reported_;
    if (tokens_[at].first_on_line || tokens_[at].type == PolParser::ITEM_OPEN || separated) return false;
  }
  return true;
}

// At the very start of a line, or after the end of a block: a declaration was meant, and not the rest of one.
bool ReportStrategy::BeginsNothing(std::uint32_t index) const {
  const std::uint32_t begin = tokens_[index].begin;
  return tokens_[index].first_on_line &&
         (TypeAt(index - 1) == PolParser::RBRACE || begin == 0 || file_.text()[begin - 1] == '\n');
}

// The declaration begins with a Chinese word.
bool ReportStrategy::InChinese() const {
  const auto first = static_cast<unsigned char>(file_.text()[tokens_[slice_.begin].begin]);
  return first >= 0x80U && first != 0xC2U;  // § is neither
}

// Just after the previous token: that is where the analyst has to write.
void ReportStrategy::ReportMissing(std::uint32_t index, const std::string& missing, std::string inserted,
                                   const std::string& context) {
  const source::Range after{id_, tokens_[index - 1].end, tokens_[index - 1].end};
  auto& diagnostic = diagnostics_.Emit(Kind::kSyntaxMissing, after, {missing, Shown(index - 1), context});
  if (!inserted.empty()) diagnostic.fix = Fix{after, std::move(inserted)};
}

// ---- Recovery ----------------------------------------------------------------------------------------

bool ReportStrategy::IsStatementStart(std::uint32_t index, std::uint32_t brace) const {
  const Token& token = tokens_[index];
  if (token.brace != brace || token.bracket != brace) return false;
  if (token.type == PolParser::ITEM_OPEN) return true;
  if (tokens_[index - 1].type == PolParser::SEMICOLON && index > slice_.begin) return true;
  if (token.type == PolParser::AFTER && TypeAt(slice_.begin) == PolParser::LIFECYCLE)
    return token.first_on_line;
  return token.first_on_line && !NeverBegins(token.type);
}

std::uint32_t ReportStrategy::NextStatement(std::uint32_t index, bool at_least_one) const {
  if (index >= slice_.end) return slice_.end;
  // A closing brace lies outside its own pair; the statements that follow it here are those of the block it
  // closes.
  const bool closes = tokens_[index].type == PolParser::RBRACE;
  const std::uint32_t brace = closes && !at_least_one ? tokens_[index].pair : tokens_[index].brace;
  const std::uint32_t end = brace == kNoToken || brace < slice_.begin ? slice_.end : tokens_[brace].pair;
  for (std::uint32_t at = index + (at_least_one ? 1 : 0); at < end; ++at) {
    if (at > slice_.begin && IsStatementStart(at, brace)) return at;
    // What stands in brackets is no statement of this block.
    const bool opens = tokens_[at].pair != kNoToken && tokens_[at].pair > at;
    if (opens && tokens_[at].pair < end && at > index) at = tokens_[at].pair;
  }
  return end;
}

void ReportStrategy::SkipTo(antlr4::Parser* parser, std::uint32_t index) {
  while (parser->getInputStream()->LA(1) != antlr4::Token::EOF &&
         IndexOf(parser->getCurrentToken()) < index) {
    parser->consume();
  }
}

// The rules around the mistake fail in turn at the place where reading goes on, until one can; only a rule
// that fails there twice makes no progress.
void ReportStrategy::recover(antlr4::Parser* parser, std::exception_ptr /*error*/) {
  const std::uint32_t index = IndexOf(parser->getCurrentToken());
  if (index != last_recovery_) failed_states_.clear();
  const bool stuck = !failed_states_.insert(parser->getState()).second;
  SkipTo(parser, NextStatement(index, stuck));
  last_recovery_ = IndexOf(parser->getCurrentToken());
  if (last_recovery_ != index) failed_states_.clear();
}

void ReportStrategy::sync(antlr4::Parser* parser) {
  antlr4::atn::ATNState* state =
      parser->getInterpreter<antlr4::atn::ATNSimulator>()->atn.states[parser->getState()];
  const antlr4::atn::ATN& atn = parser->getATN();
  const auto fits = [&] {
    const IntervalSet next = atn.nextTokens(state);
    return next.contains(antlr4::Token::EPSILON) || next.contains(parser->getInputStream()->LA(1));
  };
  if (fits()) return;
  const bool loop = IsOneOf(state->getStateType(), antlr4::atn::ATNState::STAR_LOOP_ENTRY,
                            antlr4::atn::ATNState::STAR_LOOP_BACK, antlr4::atn::ATNState::PLUS_LOOP_BACK);
  // What follows a whole member of a lifecycle, or a whole transition, and cannot: `separator?` comes first
  // there.
  const std::size_t rule = parser->getContext()->getRuleIndex();
  const bool after_member = state->getStateType() == antlr4::atn::ATNState::BLOCK_START &&
                            IsOneOf(rule, PolParser::RuleLifecycle, PolParser::RuleLifecycleMember) &&
                            Contains(atn.nextTokens(state), PolParser::RBRACE);
  if ((!loop && !after_member) || !IsBlock(rule)) {
    if (!inErrorRecoveryMode(parser)) antlr4::DefaultErrorStrategy::sync(parser);
    return;
  }
  while (!fits() && parser->getInputStream()->LA(1) != antlr4::Token::EOF) {
    reportUnwantedToken(parser);
    const std::uint32_t index = IndexOf(parser->getCurrentToken());
    const std::uint32_t next = NextStatement(index, true);
    SkipTo(parser, std::max(next, index + 1));
  }
}

// Only signs and words that can be put in without guessing; a missing name or value ends the statement.
bool ReportStrategy::singleTokenInsertion(antlr4::Parser* parser) {
  const IntervalSet expected = parser->getExpectedTokens();
  const bool sign = std::ranges::any_of(
      kPieces, [&](const Piece& piece) { return !piece.text.empty() && Contains(expected, piece.type); });
  // What begins a line is most likely the next statement, not the rest of this one.
  const std::uint32_t index = IndexOf(parser->getCurrentToken());
  const bool inside_line = index < slice_.end && !tokens_[index].first_on_line;
  // An opening brace alone would want its pair; `if` and `..` stand for the word or sign itself.
  if (Contains(expected, PolParser::LBRACE) || IsOneOf(TypeAt(index), PolParser::IF, PolParser::RANGE)) {
    return false;
  }
  return sign && inside_line && !ExpectsName(expected) &&
         antlr4::DefaultErrorStrategy::singleTokenInsertion(parser);
}

antlr4::Token* ReportStrategy::getMissingSymbol(antlr4::Parser* parser) {
  const antlr4::Token* current = parser->getCurrentToken();
  auto token = std::make_unique<antlr4::CommonToken>(
      static_cast<std::size_t>(parser->getExpectedTokens().getMinElement()));
  token->setStartIndex(current->getStartIndex());
  token->setStopIndex(current->getStartIndex() - 1);
  token->setTokenIndex(current->getTokenIndex());
  put_in_.push_back(std::move(token));
  return put_in_.back().get();
}

// A sign too many inside a line is passed over; a word too many is more likely the sign of another mistake.
antlr4::Token* ReportStrategy::singleTokenDeletion(antlr4::Parser* parser) {
  const std::uint32_t index = IndexOf(parser->getCurrentToken());
  if (index >= slice_.end || tokens_[index].first_on_line || !IsSign(tokens_[index].type)) return nullptr;
  // What a bracket or a colon belongs to would be left without it.
  if (tokens_[index].pair != kNoToken || tokens_[index].type == PolParser::COLON) return nullptr;
  return antlr4::DefaultErrorStrategy::singleTokenDeletion(parser);
}

}  // namespace pol::syntax
