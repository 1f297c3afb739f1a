// The syntax errors that have a message of their own: what is typically mistaken, and what was meant.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/syntax/expected.h"
#include "compiler/syntax/keywords.h"
#include "compiler/syntax/report.h"
#include "compiler/syntax/token_roles.h"
#include "compiler/syntax/units.h"
#include "grammar/PolParser.h"
#include "runtime/text/nearest.h"
#include "runtime/text/utf8.h"

namespace pol::syntax {
namespace {

using antlr4::misc::IntervalSet;
using diagnostics::Fix;
using diagnostics::Kind;
using diagnostics::Word;
using pol_grammar::PolParser;

bool EndsValue(std::size_t type) {
  return IsOneOf(type, PolParser::WORD, PolParser::NUMBER, PolParser::UNIT, PolParser::PERCENT,
                 PolParser::DATE, PolParser::CITATION, PolParser::STRING, PolParser::TRUE, PolParser::FALSE,
                 PolParser::AS_OF, PolParser::RPAREN, PolParser::RBRACK, PolParser::RBRACE, PolParser::DAYS,
                 PolParser::MONTHS, PolParser::YEARS);
}

// The words and signs that can follow a value.
bool JoinsValues(std::size_t type) {
  return IsOneOf(type, PolParser::AND, PolParser::OR, PolParser::IN, PolParser::WITHIN, PolParser::IS,
                 PolParser::OVER, PolParser::WHERE, PolParser::FOR, PolParser::RISING, PolParser::FALLING,
                 PolParser::DEFAULT, PolParser::THEN, PolParser::ELSE, PolParser::WHEN, PolParser::OTHERWISE,
                 PolParser::FROM, PolParser::TO, PolParser::AFTER, PolParser::BEFORE, PolParser::UNTIL,
                 PolParser::RUNNING, PolParser::EQUAL, PolParser::NOT_EQUAL, PolParser::LESS,
                 PolParser::LESS_EQUAL, PolParser::GREATER, PolParser::GREATER_EQUAL);
}

bool IsOneCharacter(std::string_view text) { return text::CharacterAt(text, 0).length == text.size(); }

// Words of one character resemble anything.
template <typename Filter>
std::vector<std::string> WordsWhere(const Filter& fits) {
  std::vector<std::string> words;
  for (const Keyword& keyword : Keywords()) {
    if (fits(keyword) && !IsOneCharacter(keyword.spelling)) words.emplace_back(keyword.spelling);
  }
  return words;
}
const std::vector<std::string>& JoiningWords() {
  static const auto words = WordsWhere([](const Keyword& keyword) { return JoinsValues(keyword.token); });
  return words;
}
const std::vector<std::string>& DeclaringWords() {
  static const auto words =
      WordsWhere([](const Keyword& keyword) { return keyword.word_class == WordClass::kDeclaration; });
  return words;
}

bool IsQuantifierWord(std::size_t type) {
  return IsOneOf(type, PolParser::ANY, PolParser::ALL, PolParser::EVERY, PolParser::NONE);
}
bool IsThresholdWord(std::size_t type) {
  return IsOneOf(type, PolParser::AT, PolParser::AT_LEAST, PolParser::AT_MOST, PolParser::EXACTLY);
}

}  // namespace

bool ReportStrategy::ReportSpecial(std::uint32_t index, const IntervalSet& expected) {
  if (index >= slice_.end) return false;
  return ReportUnit(index, expected) || ReportMisspelt(index, expected) || ReportKeyword(index, expected) ||
         ReportForm(index, expected) || ReportList(index, expected) || ReportSeparator(index);
}

// `5块`, `5 people`
bool ReportStrategy::ReportUnit(std::uint32_t index, const IntervalSet& expected) {
  const Token& token = tokens_[index];
  const std::string text(TextAt(index));
  const bool after_number = index > slice_.begin && TypeAt(index - 1) == PolParser::NUMBER;
  if (token.type != PolParser::WORD || !after_number) return false;
  const bool touching = tokens_[index - 1].end == token.begin;
  // `article 9 good`
  const bool number_of_clause = Contains(expected, PolParser::GUIDANCE);
  if (!touching && (number_of_clause || token.first_on_line || FindKeyword(text) != nullptr ||
                    text::Nearest(text, JoiningWords()).has_value())) {
    return false;
  }
  auto& diagnostic = diagnostics_.Emit(Kind::kUnknownUnit, RangeOf(index), {text});
  std::vector<std::string> units;
  for (const UnitSpelling& unit : UnitSpellings()) units.emplace_back(unit.spelling);
  if (const auto nearest = text::Nearest(text, units)) diagnostic.fix = Fix{RangeOf(index), *nearest};
  return true;
}

// `good adn fine`, `a AND b`, `x if y : …`
bool ReportStrategy::ReportMisspelt(std::uint32_t index, const IntervalSet& expected) {
  const std::string text(TextAt(index));
  std::string meant;
  if (TypeAt(index) == PolParser::IF && Contains(expected, PolParser::WHEN)) {
    meant = text::CharacterAt(text, 0).length == 1 ? "when" : "当";
  } else if (TypeAt(index) == PolParser::WORD && text.starts_with("大于")) {
    meant = text == "大于等于" || text == "大于或等于" ? "不低于" : "";
  } else if (TypeAt(index) == PolParser::WORD && text.starts_with("小于")) {
    meant = text == "小于等于" || text == "小于或等于" ? "不超过" : "";
  } else if (TypeAt(index) == PolParser::WORD && FindKeyword(text) == nullptr && !IsOneCharacter(text) &&
             index > slice_.begin && EndsValue(TypeAt(index - 1)) && !tokens_[index].first_on_line) {
    meant = text::Nearest(text, JoiningWords()).value_or("");
  } else if (TypeAt(index) == PolParser::WORD && Contains(expected, PolParser::ARTICLE) &&
             !IsOneCharacter(text) && index > slice_.begin && BeginsNothing(index)) {
    meant = text::Nearest(text, DeclaringWords()).value_or("");
  }
  if (meant.empty()) return false;
  diagnostics_.Emit(Kind::kOtherSpelling, RangeOf(index), {text, meant}).fix = Fix{RangeOf(index), meant};
  return true;
}

// Words of the language, now or later, that stand where a name belongs.
bool ReportStrategy::ReportKeyword(std::uint32_t index, const IntervalSet& expected) {
  const Token& token = tokens_[index];
  const std::string text(TextAt(index));
  const Keyword* keyword = FindKeyword(text);
  if (token.type == PolParser::WORD && keyword != nullptr && keyword->word_class == WordClass::kReserved) {
    diagnostics_.Emit(Kind::kReserved, RangeOf(index), {text, Word(keyword->purpose)});
    return true;
  }
  if (keyword != nullptr && keyword->word_class == WordClass::kHard && ExpectsName(expected) &&
      !ExpectsExpression(expected) && !FollowsValue(expected) && !token.first_on_line) {
    diagnostics_.Emit(Kind::kKeywordAsName, RangeOf(index), {text});
    return true;
  }
  // A field or a member named by a hard keyword: the word begins the line, and `:` is where it shows.
  if (token.type == PolParser::COLON && index > slice_.begin && tokens_[index - 1].first_on_line &&
      RoleOf(TypeAt(index - 1)) == Role::kHard) {
    diagnostics_.Emit(Kind::kKeywordAsName, RangeOf(index - 1), {std::string(TextAt(index - 1))});
    return true;
  }
  return false;
}

// What is right in itself and stands in the wrong place.
bool ReportStrategy::ReportForm(std::uint32_t index, const IntervalSet& expected) {
  const Token& token = tokens_[index];
  const bool second_label = index > slice_.begin && TypeAt(index - 1) == PolParser::STRING;
  if (token.type == PolParser::STRING && !second_label && Contains(expected, PolParser::GUIDANCE)) {
    diagnostics_.Emit(Kind::kLabelMisplaced, RangeOf(index), {std::string(TextAt(index))});
    return true;
  }
  const bool form = (token.type >= PolParser::LAST && token.type <= PolParser::ROUND) ||
                    IsOneOf(token.type, PolParser::LENGTH, PolParser::GROWTH, PolParser::VALUE, PolParser::AT,
                            PolParser::IF, PolParser::BY, PolParser::NOT);
  if (form && ExpectsExpression(expected) && !token.first_on_line) {
    diagnostics_.Emit(Kind::kNeedsBrackets, RangeOf(index), {Shown(index)});
    return true;
  }
  return false;
}

std::uint32_t ReportStrategy::QuantifierOf(std::uint32_t index) const {
  constexpr std::uint32_t kFarthest = 64;
  const std::uint32_t bracket = tokens_[index].bracket;
  const bool inside = bracket != kNoToken && TypeAt(bracket) == PolParser::LPAREN;
  // `any of (a, b)` or `any of a, b`
  std::uint32_t at = inside ? bracket : index;
  const std::uint32_t last = at;
  while (at > slice_.begin && last - at < kFarthest) {
    --at;
    if (tokens_[at].bracket != tokens_[last].bracket) continue;
    if (IsQuantifierWord(TypeAt(at)) || IsThresholdWord(TypeAt(at))) return at;
    // Right before the bracket stands `of`, and before that what says how many.
    const bool between = IsOneOf(TypeAt(at), PolParser::OF, PolParser::LEAST, PolParser::MOST,
                                 PolParser::NUMBER, PolParser::WORD, PolParser::DOT);
    if (inside ? !between : IsOneOf(TypeAt(at), PolParser::COLON, PolParser::EQUAL, PolParser::COMMA)) break;
  }
  return kNoToken;
}

// Lists of conditions without their braces, and braces without what is asked of the list in them.
bool ReportStrategy::ReportList(std::uint32_t index, const IntervalSet& expected) {
  const std::size_t type = TypeAt(index);
  if (type == PolParser::LBRACE && ExpectsExpression(expected)) {
    diagnostics_.Emit(Kind::kBracesAlone, RangeOf(index), {});
    return true;
  }
  if (!IsOneOf(type, PolParser::COMMA, PolParser::SEMICOLON)) return false;
  const std::uint32_t quantifier = QuantifierOf(index);
  if (quantifier == kNoToken) return false;
  // `at least`
  const std::uint32_t last = quantifier + (TypeAt(quantifier) == PolParser::AT ? 1 : 0);
  const source::Range words{id_, tokens_[quantifier].begin, tokens_[last].end};
  diagnostics_.Emit(Kind::kListWithoutBraces, RangeOf(index), {std::string(file_.Slice(words))});
  return true;
}

// `5,000万元`; `good;` at the end of a declaration
bool ReportStrategy::ReportSeparator(std::uint32_t index) {
  const Token& token = tokens_[index];
  if (index == slice_.begin || !IsOneOf(token.type, PolParser::COMMA, PolParser::SEMICOLON)) return false;
  const bool touching = token.type == PolParser::COMMA && TypeAt(index - 1) == PolParser::NUMBER &&
                        tokens_[index - 1].end == token.begin && TypeAt(index + 1) == PolParser::NUMBER &&
                        tokens_[index + 1].begin == token.end;
  if (touching && TextAt(index + 1).substr(0, TextAt(index + 1).find('.')).size() == 3) {
    const source::Range whole{id_, tokens_[index - 1].begin, tokens_[index + 1].end};
    const std::string joined = std::string(TextAt(index - 1)) + "_" + std::string(TextAt(index + 1));
    diagnostics_.Emit(Kind::kThousandsSeparator, whole, {joined}).fix = Fix{whole, joined};
    return true;
  }
  const bool ends = index + 1 >= slice_.end || tokens_[index + 1].first_on_line;
  if (token.bracket != kNoToken || !ends || !EndsValue(TypeAt(index - 1))) return false;
  auto& diagnostic =
      diagnostics_.Emit(Kind::kSyntaxUnexpectedHere, RangeOf(index), {Shown(index), Word("in_file")});
  diagnostic.fix = Fix{RangeOf(index), ""};
  return true;
}

}  // namespace pol::syntax
