// Scores and `x for every y of z`: how they are read, what they mean, and what is wrong with those that are
// wrong.
#include <doctest/doctest.h>

#include <optional>
#include <string>

#include "compiler/compile.h"
#include "compiler/syntax/print.h"
#include "runtime/engine/decide.h"
#include "runtime/program/polb.h"
#include "tests/compiler/model_testing.h"
#include "tests/compiler/syntax_testing.h"

namespace {

using pol::model_testing::BuildPolicy;
using pol::model_testing::BuildWith;
using pol::model_testing::Meaning;
using pol::model_testing::Modules;
using pol::tests::ParseText;

// The tree of one score, without diagnostics and without the parser having had to predict.
std::string Tree(const std::string& text) {
  const auto parsed = ParseText(text + "\n");
  CHECK(parsed.Messages() == "");
  CHECK(parsed.whole.predictions == 0);
  return parsed.Dump();
}

constexpr const char* kBefore = "article 1 : good\narticle 2 guidance \"points\"\n";

std::string CodesOf(const std::string& declarations) { return BuildWith(kBefore + declarations).Codes(); }
std::string CodesOfItems(const std::string& items) { return CodesOf("score s §2 { " + items + " }"); }

// A policy of one number, one truth and one score, decided for one record.
std::optional<pol::engine::Rational> Points(const std::string& score, std::optional<std::int64_t> number,
                                            std::optional<bool> truth) {
  const std::string text =
      "policy demo\nrecord r { key id : text  n : number  t : yes_no }\n"
      "article 1 : t\narticle 2 guidance \"points\"\n" +
      score + "\n";
  auto compiled = pol::Compile("test.pol", text, pol::model::StandardLibraryOnly());
  INFO(pol::diagnostics::Render(compiled.diagnostics, compiled.files, pol::diagnostics::Language::kEnglish));
  REQUIRE(compiled.program.has_value());
  // By way of its file, so that every part of a score has been written and read.
  std::string error;
  const auto program = pol::program::Load(pol::program::Save(*compiled.program), error);
  REQUIRE_MESSAGE(program.has_value(), error);
  CHECK(*program == *compiled.program);
  pol::records::Batch batch;
  batch.rows = 1;
  batch.keys = {"A"};
  batch.domains.resize(program->schema.domains.size());
  batch.columns.resize(program->schema.facts.size());
  for (std::size_t fact = 0; fact < batch.columns.size(); ++fact) {
    auto& column = batch.columns[fact];
    const auto kind = program->schema.facts[fact].type.kind;
    const bool is_truth = kind == pol::program::ValueKind::kTruth;
    const bool is_text = kind == pol::program::ValueKind::kText;
    column.known.Assign(1, is_text ? true : is_truth ? truth.has_value() : number.has_value());
    column.states = {pol::records::CellState::kGiven};
    if (is_truth) column.truths.Assign(1, truth.value_or(false));
    if (is_text) column.codes = {0};
    if (!is_truth && !is_text) column.numbers.numerators = {number.value_or(0)};
  }
  return pol::engine::Decide(*program, batch, {}).scores.at(0).at(0);
}

std::string Shown(const std::string& items, std::optional<std::int64_t> number,
                  std::optional<bool> truth = std::nullopt) {
  const auto points = Points("score s §2 {\n" + items + "\n}", number, truth);
  return points ? points->str() : "unknown";
}

}  // namespace

TEST_CASE("a score as a tree") {
  CHECK(Tree("score merit \"综合\" §9 {\n  a \"甲\" §9(1) : by x { [0, 5): 0; [5, ..): 20 }, at most 20\n"
             "  b : if c then 5 else 0; d : -1\n  at most 100, at least 0\n}") ==
        "score merit \"综合\" §9\n  item a \"甲\" §9(1) : bands\n    by x\n    band [0, 5) : 0\n"
        "    band [5, ..) : 20\n    at most 20\n  item b : (if c 5 0)\n  item d : (negate 1)\n"
        "  at most 100\n  at least 0\n");
  CHECK(Tree("评分 综合 “综合评分” 第九条 {\n  甲 第九条第一项 : 专利数，不超过 20\n  乙 : 年限 每满 2 得 "
             "1，向下取整 至 1\n"
             "  不超过 100\n  至少 0\n}") ==
        "score 综合 \"综合评分\" §9\n  item 甲 §9(1) : 专利数\n    at most 20\n"
        "  item 乙 : (for_every 1 2 年限)\n    rounded down to 1\n  at most 100\n  at least 0\n");
  CHECK(Tree("score s §9 { >= 0 }") == "score s §9\n  at least 0\n");
}

TEST_CASE("words of limits may be the names of items, and an item's sign stays a sign") {
  CHECK(Tree("score s §9 {\n  sum : 1\n  at \"在\" : 2, at most 3\n  rounded : 4\n  count also \"个\" : "
             "(2)\n  most : 5\n}") ==
        "score s §9\n  item sum : 1\n  item at \"在\" : 2\n    at most 3\n  item rounded : 4\n"
        "  item count also \"个\" : 2\n  item most : 5\n");
  CHECK(Tree("score s §9 {\n  a : if x\n    >= 5 then 1 else 2\n  b : count of y where z\n    <= 5\n}") ==
        "score s §9\n  item a : (if (>= x 5) 1 2)\n  item b : (count where y (<= z 5))\n");
  CHECK(Tree("let score = at_least + for_every\nlet 每满 = 得") ==
        "let score = (+ at_least for_every)\nlet 每满 = 得\n");
  CHECK(ParseText("record r {\n    score \"分\" : number\n    每满 : number\n    得 : number\n}\n")
            .Messages() == "");
}

TEST_CASE("for every full step, as tightly as a product") {
  CHECK(Tree("let a = 1 for every 2 of b + 3") == "let a = (+ (for_every 1 2 b) 3)\n");
  CHECK(Tree("let a = 2 * x for every 1000万元 of b") == "let a = (for_every (* 2 x) 1000万元 b)\n");
  CHECK(Tree("let a = b * 2 每满 (c + 1) 得 3 - d") == "let a = (- (for_every 3 (+ c 1) (* b 2)) d)\n");
  CHECK(Tree("article 1 : a >= 5% for 2 years running over w") == "article 1\n  (running 2 (>= a 5%) w)\n");
  for (const std::string text :
       {"1 for every 2 of years", "a * 2 for every (b + 1) of sum of x over w", "1 for every 2 of x + 3"}) {
    CAPTURE(text);
    const auto parsed = ParseText("let x = " + text + "\n");
    CHECK(parsed.Messages() == "");
    const auto& let = std::get<pol::syntax::Let>(parsed.whole.tree[parsed.whole.tree.top.front()]);
    CHECK(pol::syntax::ToText(parsed.whole.tree, let.value) == text);
  }
}

TEST_CASE("what is missing in a score") {
  CHECK(ParseText("score s { a : 1 }\n").Codes() == "P0101");
  CHECK(ParseText("score s §9 { a 1 }\n").Codes() == "P0102");
  CHECK(ParseText("score s §9 { a : 1 at most 5 }\n").Codes() == "P0808");
  CHECK(ParseText("score s §9 { a : 1 至多 5 }\n").Codes() == "P0808");
  CHECK(ParseText("score s §9 { a : 1; at most 5 at least 2 }\n").Codes() == "P0808");
  CHECK(ParseText("score s §9 { a : 1, b : 2 }\n").Codes() == "P0809");
  CHECK(ParseText("score s §9 {\n  a : 1\n    at most 5\n  b : 2\n}\n").Codes() == "P0805");
  CHECK(ParseText("let x = 1 for every 2\n").Codes() == "P0102");
}

TEST_CASE("what a score must be") {
  CHECK(CodesOfItems("a : staff") == "");
  CHECK(CodesOfItems("a : 5%") == "");
  CHECK(CodesOf("score s §3 { a : staff }") == "P0422");
  CHECK(CodesOfItems("") == "P0801");
  CHECK(CodesOfItems("at most 5") == "P0801");
  CHECK(CodesOfItems("a : 1; a : 2") == "P0802");
  CHECK(CodesOfItems("a : capital") == "P0803");
  CHECK(CodesOfItems("a : good") == "P0803");
  CHECK(CodesOfItems("a : founded") == "P0803");
  CHECK(CodesOfItems("a §7 : 1") == "P0422");
  CHECK(CodesOfItems("a : bonus / capital") == "P0324");
  CHECK(CodesOfItems("a : revenue / rd") == "P0327");
  CHECK(CodesOfItems("a : staff, at most 5元") == "P0301");
  CHECK(CodesOfItems("a : staff, at most 5, at most 4") == "P0451");
  CHECK(CodesOfItems("a : staff, at least 5, at most 4") == "P0452");
  CHECK(CodesOfItems("a : staff\n at least 5, at most 4") == "P0452");
  CHECK(CodesOfItems("a : staff, rounded to 0") == "P0310");
  CHECK(CodesOfItems("a : 1 for every 0 of staff") == "P0807");
  CHECK(CodesOfItems("a : 1 for every 2 of capital") == "P0806");
  CHECK(CodesOfItems("a : 1 for every 2元 of dollars") == "P0806");
  CHECK(CodesOfItems("a : 1 for every 2 of sort") == "P0806");
  CHECK(CodesOfItems("a : 1 for every 2 of years from founded to applied") == "");
}

TEST_CASE("a score and its items are values") {
  CHECK(CodesOf("score s §2 { a : staff }\nlet x = s + s.a") == "");
  CHECK(CodesOf("score s §2 { a : staff }\nlet x = s.b") == "P0804");
  CHECK(BuildWith(std::string(kBefore) + "score s §2 { apple : 1 }\nlet x = s.aple").Says("+ apple"));
  CHECK(CodesOf("score s §2 { a : s.b; b : 1 }") == "P0222");
  CHECK(CodesOf("score s §2 { a : u }\nscore u §2 { a : s.a }") == "P0222");
  CHECK(BuildWith("score s §1 { a : if §1 then 1 else 0 }\narticle 1 : s >= 5").Codes() == "P0431");
  CHECK(CodesOf("score s §2 { a : 1 }\nscore s §2 { a : 1 }") == "P0202");
  CHECK(CodesOf("score eligibility §2 { a : 1 }") == "P0202");
  CHECK(CodesOf("score s §2 { a : 1 }\nparam b = s") == "P0360");
  CHECK(Meaning("s >= 60 and s.a >= 5", "article 2 guidance \"p\"\nscore s §2 { a : staff; b : 5 }") ==
        "(all (>= s 60) (>= s.a 5))");
  CHECK(Meaning("(1 for every 2 of staff) >= 3") == "(>= (* 1 (round_down (/ staff 2) 1)) 3)");
}

TEST_CASE("a policy may have scores and no decision") {
  CHECK(BuildPolicy("policy demo\nrecord r { key id : text  n : number }\narticle 1 guidance \"s\"\n"
                    "score a §1 { b : n }\n")
            .Messages() == "");
}

TEST_CASE("a score of the same name stands in place of the other") {
  const std::string province =
      "policy province\nrecord r { key id : text  n : number }\narticle 1 guidance \"s\"\n"
      "score s \"分\" §1 { a : n; b : 5 }\nscore u §1 { a : s.b }\n";
  const auto extend = [&](const std::string& text) {
    return BuildPolicy("policy city extends province\n" + text, Modules({{"province.pol", province}}));
  };
  const auto city = extend("score s §1 { b : n; at most 20 }\n");
  REQUIRE(city.model);
  REQUIRE(city.model->scores.size() == 2);
  CHECK(city.model->scores[0].naming.label == "分");
  CHECK(city.model->scores[0].items.size() == 1);
  CHECK(city.model->scores[0].limits.size() == 1);
  CHECK(extend("score s §1 { a : n }\n").Codes() == "P0804");
}

TEST_CASE("a score belongs in the policy") {
  const Modules modules({{"points.pol", "score s §1 { a : 1 }"}, {"other.pol", "let x = 1"}});
  CHECK(BuildWith("use points\narticle 1 : good", modules).Codes() == "P0800");
}

TEST_CASE("what a score comes to") {
  const std::string items = "a : n, at most 30, at least 0\nb : if §1 then 20 else 0\nat most 45";
  CHECK(Shown(items, 12, true) == "32");
  CHECK(Shown(items, 12, false) == "12");
  CHECK(Shown(items, -7, false) == "0");
  CHECK(Shown(items, 99, true) == "45");
  // What is not known is no 0.
  CHECK(Shown(items, 12) == "unknown");
  CHECK(Shown(items, std::nullopt, true) == "unknown");
  CHECK(Shown("a : n / 3", 100) == "100/3");
  CHECK(Shown("a : n / 3\nrounded down to 1", 100) == "33");
  CHECK(Shown("a : by n { (.., 5) : 0; [5, 10) : 10; [10, ..) : 20 }", 9) == "10");
}

TEST_CASE("full steps alone count") {
  const std::string items = "a : 3 for every 2 of n, at most 15";
  CHECK(Shown(items, 0) == "0");
  CHECK(Shown(items, 1) == "0");
  CHECK(Shown(items, 2) == "3");
  CHECK(Shown(items, 9) == "12");
  CHECK(Shown(items, 10) == "15");
  CHECK(Shown(items, 100) == "15");
  CHECK(Shown(items, std::nullopt) == "unknown");
  CHECK(Shown("a : 1 for every 2.5 of n", 10) == "4");
  // Rounded down, below 0 as above it.
  CHECK(Shown("a : 1 for every 2 of n", -1) == "-1");
  CHECK(Shown("a : 1 for every n of 10", 0) == "unknown");
}
