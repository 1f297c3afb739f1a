// The table of words against the lexer's tokens, and the rule of names: a word is a keyword only where its
// construct stands.

#include "compiler/syntax/keywords.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>

#include "compiler/syntax/units.h"
#include "tests/compiler/syntax_testing.h"

namespace pol::syntax {
namespace {

using tests::ParseText;

bool IsDigitsWithPoint(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789.") == std::string_view::npos;
}

}  // namespace

TEST_CASE("every token of the lexer is a word of the table or a sign") {
  const std::vector<std::string> names = TokenNames();
  std::set<std::string> with_words;
  for (const Keyword& keyword : Keywords()) {
    REQUIRE(keyword.token >= 1);
    REQUIRE(keyword.token <= names.size());
    with_words.insert(names[keyword.token - 1]);
  }
  const std::set<std::string> signs = {"UNIT",
                                       "CALL_OPEN",
                                       "INTERVAL_OPEN",
                                       "ITEM_OPEN",
                                       "SINCE_COMMA",
                                       "LIST_COMMA",
                                       "LAST_SEPARATOR",
                                       "SELECT_IN",
                                       "WINDOW_RANGE",
                                       "NEGATIVE",
                                       "CITED",
                                       "AMOUNT_EQUAL",
                                       "PART_COMMA",
                                       "DAY_DASH",
                                       "PRINCIPLE_IN",
                                       "FOR_EVERY",
                                       "MONTH_AND_DAY",
                                       "ARROW",
                                       "CITATION",
                                       "DATE",
                                       "NUMBER",
                                       "NUMERAL",
                                       "WORD",
                                       "STRING",
                                       "OPEN_STRING",
                                       "LINE_COMMENT",
                                       "BLOCK_COMMENT",
                                       "OPEN_COMMENT",
                                       "SPACE",
                                       "PERCENT",
                                       "COLON",
                                       "COMMA",
                                       "SEMICOLON",
                                       "DOT",
                                       "RANGE",
                                       "QUESTION",
                                       "LPAREN",
                                       "RPAREN",
                                       "LBRACK",
                                       "RBRACK",
                                       "LBRACE",
                                       "RBRACE",
                                       "PLUS",
                                       "MINUS",
                                       "TIMES",
                                       "DIVIDE",
                                       "WRONG_COMMENT",
                                       "WRONG_STRING",
                                       "WRONG_AND",
                                       "WRONG_OR",
                                       "WRONG_NOT",
                                       "WRONG_NOT_EQUAL",
                                       "WRONG_LESS_EQUAL",
                                       "WRONG_GREATER_EQUAL",
                                       "WRONG_EQUAL",
                                       "WRONG_RANGE",
                                       "UNKNOWN"};
  for (const std::string& name : names) {
    CAPTURE(name);
    CHECK(with_words.contains(name) != signs.contains(name));
  }
}

TEST_CASE("no spelling stands for two words, and each can be found") {
  std::set<std::string_view> spellings;
  for (const Keyword& keyword : Keywords()) {
    CAPTURE(keyword.spelling);
    CHECK_FALSE(keyword.spelling.empty());
    CHECK(spellings.insert(keyword.spelling).second);
    REQUIRE(FindKeyword(keyword.spelling) != nullptr);
    CHECK(FindKeyword(keyword.spelling)->token == keyword.token);
  }
  CHECK(FindKeyword("revenue") == nullptr);
}

TEST_CASE("type names are no keywords of another meaning in Chinese, and translate") {
  CHECK(EnglishTypeName("金额") == "money");
  CHECK(EnglishTypeName("money") == "money");
  CHECK(EnglishTypeName("applicant") == "applicant");
  for (const TypeName& name : TypeNames()) {
    CAPTURE(name.english);
    CHECK(EnglishTypeName(name.chinese) == name.english);
    CHECK(FindKeyword(name.chinese) == nullptr);
    for (const std::string_view word : {name.english, name.chinese}) {
      const auto parsed = ParseText("record r {\n    a : " + std::string(word) + "\n    b : text\n}\n");
      CHECK(parsed.Messages().empty());
    }
  }
}

TEST_CASE("what the reserved words are reserved for has words in both languages") {
  for (const Keyword& keyword : Keywords()) {
    if (keyword.word_class != WordClass::kReserved) continue;
    for (const auto language : {diagnostics::Language::kEnglish, diagnostics::Language::kChinese}) {
      const std::string message = diagnostics::MessageOf(diagnostics::Kind::kReserved,
                                                         {"x", diagnostics::Word(keyword.purpose)}, language);
      CHECK(message.find("reserved_") == std::string::npos);
    }
  }
}

TEST_CASE("units are exact and unique") {
  std::set<std::string_view> spellings;
  for (const UnitSpelling& unit : UnitSpellings()) {
    CAPTURE(unit.spelling);
    CHECK(spellings.insert(unit.spelling).second);
    CHECK(IsDigitsWithPoint(unit.multiplier));
    CHECK((unit.currency.empty() || unit.currency.size() == 3));
    CHECK(FindUnit(unit.spelling) == &unit);
  }
  CHECK(FindUnit("万元")->multiplier == "10000");
  CHECK(FindUnit("斤") == nullptr);
}

TEST_CASE("each unit follows a number, touching or after a space") {
  for (const UnitSpelling& unit : UnitSpellings()) {
    CAPTURE(unit.spelling);
    const auto parsed = ParseText("let a = 30" + std::string(unit.spelling) + "\nlet b = 2_999.5 " +
                                  std::string(unit.spelling) + "\n");
    CHECK(parsed.Messages().empty());
    const std::string shown = unit.spelling == "％" ? "%" : std::string(unit.spelling);
    CHECK(parsed.Dump() == "let a = 30" + shown + "\nlet b = 2999.5" + shown + "\n");
  }
}

TEST_CASE("every word that is not hard is a name wherever its construct does not stand") {
  for (const Keyword& keyword : Keywords()) {
    if (keyword.word_class == WordClass::kHard || keyword.word_class == WordClass::kSymbol) continue;
    const std::string w(keyword.spelling);
    CAPTURE(w);
    const auto parsed =
        ParseText("record r {\n    " + w + " : money\n    key b : text\n    " + w + " \"标签\" : " + w +
                  "\n    c : list of " + w + "\n    holds " + w + " > 1\n    holds a <= " + w + "\n    " + w +
                  " : date\n    judged " + w + " by " + w + "\n    checklist " + w + " { " + w +
                  ", x }\n}\n" + "let a = " + w + " + 1\n" + "let b = x > " + w + " and " + w +
                  " = 2 or not " + w + "\n" + "let c = f(" + w + ", -" + w + ") * " + w + ".part / a." + w +
                  "\n" + "let d = if " + w + " then " + w + " else " + w + "\n" + "let e =\n");
    // The last line is wrong on purpose: the one diagnostic shows that nothing before it was.
    REQUIRE(parsed.diagnostics.list().size() == 1);
    CHECK(parsed.files[{0}].PositionOf(parsed.diagnostics.list()[0].range.begin).line == 16);
    const auto rest = ParseText(
        "let " + w + " = 1\nparam " + w + " = 2\nuse " + w + ", a." + w + "\n" + "enumeration " + w + " { " +
        w + ", x }\n" + "scale t { x < " + w + " \"标签\" < y }\n" + "function " + w + "_(" + w + " : " + w +
        ", b : text) = " + w + "\n" + "article 1 {\n    (1) " + w + " : " + w + "\n    (2) " + w + " when " +
        w + " : x\n    (3) " + w + " \"标签\" : x\n    (4) " + w + " { (1) " + w + " guidance \"x\" }\n}\n" +
        "article 2 when " + w + " : by " + w + " { " + w + ", x : " + w + "; otherwise : x }\n" +
        "decision " + w + " {\n    " + w + " when " + w + "\n    otherwise " + w + "\n}\n");
    CHECK(rest.Messages() == "");
  }
}

TEST_CASE("soft words are keywords where their construct stands, touching brackets or not") {
  const auto parsed =
      ParseText("let a = sum(x) + sum of x + count (y)\nlet b = value of s in 2021 + value\n");
  CHECK(parsed.Messages().empty());
  CHECK(parsed.Dump() == "let a = (+ (+ (sum x) (sum x)) (count y))\nlet b = (+ (value s 2021) value)\n");
}

TEST_CASE("a declaration's word begins a declaration only at the start of a line or after a whole one") {
  const auto parsed = ParseText("let a = scale +\n    record\nlet b = 1 let c = 2\n");
  CHECK(parsed.Messages().empty());
  CHECK(parsed.Dump() == "let a = (+ scale record)\nlet b = 1\nlet c = 2\n");
}

TEST_CASE("the parts of the language that are to come are reserved, and reported once") {
  const auto parsed =
      ParseText("transitional innovation {\n    patents until 2025, weight 2\n    staff\n}\nlet a = 1\n");
  CHECK(parsed.Codes() == "P0116");
  CHECK(parsed.Messages().find("‘transitional’ is reserved for transitional rules") != std::string::npos);
  CHECK(parsed.Dump() == "error\nlet a = 1\n");
  CHECK(ParseText("过渡 中心 {\n}\n").Codes() == "P0116");
  // As facts they are names.
  CHECK(ParseText("record r {\n    score : number\n    每满 : number\n    得 : number\n    event : date\n    "
                  "grant : money\n    extends : text\n "
                  "   drops : count\n}\n")
            .Messages()
            .empty());
}

}  // namespace pol::syntax
