// Grants and brackets: how they are read, what they mean, and what is wrong with those that are wrong.
#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <vector>

#include "compiler/compile.h"
#include "compiler/syntax/print.h"
#include "runtime/engine/decide.h"
#include "runtime/program/polb.h"
#include "tests/compiler/model_testing.h"
#include "tests/compiler/syntax_testing.h"

namespace {

using pol::model_testing::BuildWith;
using pol::model_testing::Meaning;
using pol::tests::ParseText;

// The tree of one grant, without diagnostics and without the parser having had to predict.
std::string Tree(const std::string& text) {
  const auto parsed = ParseText(text + "\n");
  CHECK(parsed.Messages() == "");
  CHECK(parsed.whole.predictions == 0);
  return parsed.Dump();
}

std::string Codes(const std::string& declarations) { return BuildWith(declarations).Codes(); }

constexpr const char* kBefore = "article 1 : good\narticle 2 guidance \"support\"\n";

std::string CodesOfGrant(const std::string& grant) { return Codes(kBefore + grant); }

// A policy of one number, one truth and one grant, decided for one record.
std::optional<pol::engine::Rational> Amount(const std::string& grant, std::optional<std::int64_t> number,
                                            std::optional<bool> truth) {
  const std::string text =
      "policy demo\nrecord r { key id : text  n : money  m : number  t : yes_no }\n"
      "article 1 : t\narticle 2 guidance \"support\"\n"
      "decision d { a when §1 otherwise b }\n" +
      grant + "\n";
  auto compiled = pol::Compile("test.pol", text, pol::model::StandardLibraryOnly());
  INFO(pol::diagnostics::Render(compiled.diagnostics, compiled.files, pol::diagnostics::Language::kEnglish));
  REQUIRE(compiled.program.has_value());
  // By way of its file, so that every part of a grant has been written and read.
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
  return pol::engine::Decide(*program, batch, {}).amounts.at(0).at(0);
}

std::string Shown(const std::string& grant, std::optional<std::int64_t> number, std::optional<bool> truth) {
  const auto amount = Amount(grant, number, truth);
  return amount ? amount->str() : "unknown";
}

}  // namespace

TEST_CASE("a grant as a tree") {
  CHECK(Tree("grant a \"甲\" §10 when passed = 30% * invested, at most 3000万元, at least b, rounded down to "
             "1万元") ==
        "grant a \"甲\" §10\n  when passed\n  amount (* 30% invested)\n  at most 3000万元\n  at least b\n"
        "  rounded down to 1万元\n");
  CHECK(Tree("grant a §10(2) = b") == "grant a §10(2)\n  amount b\n");
  CHECK(Tree("grant a §1 = b, rounded to 1元, at most (if c then 1元 else 2元)") ==
        "grant a §1\n  amount b\n  rounded to 1元\n  at most (if c 1元 2元)\n");
  CHECK(Tree("补助 甲 “标签” 第十条第二项 当 通过 = 30% 的 总投资，至多 如果 甲 则 乙 否则 丙，不低于 "
             "10万元，向上取整 至 1元") ==
        "grant 甲 \"标签\" §10(2)\n  when 通过\n  amount (of 30% 总投资)\n  at most (if 甲 乙 丙)\n"
        "  at least 10万元\n  rounded up to 1元\n");
  CHECK(Tree("补助 甲 §1 = 乙，不超过 5元，四舍五入 至 1元\n补助 丙 §1 = 丁，至少 5元，向下取整 至 1元") ==
        "grant 甲 §1\n  amount 乙\n  at most 5元\n  rounded to 1元\n"
        "grant 丙 §1\n  amount 丁\n  at least 5元\n  rounded down to 1元\n");
}

TEST_CASE("which `=` is the grant's") {
  CHECK(Tree("grant a §1 when kind = hospital = 5% * b") ==
        "grant a §1\n  when (= kind hospital)\n  amount (* 5% b)\n");
  CHECK(Tree("grant a §1 when x = y and z = w = if p = q then r else s, at most if u = v then r else s") ==
        "grant a §1\n  when (and (= x y) (= z w))\n  amount (if (= p q) r s)\n  at most (if (= u v) r s)\n");
  CHECK(Tree("grant a §1 = if p = q then r else s") == "grant a §1\n  amount (if (= p q) r s)\n");
  CHECK(Tree("grant a §1 = (if p = q then r else s) + (by t { u : if v = w then x else y; otherwise : z })")
            .starts_with("grant a §1\n"));
  CHECK(Tree("grant a §1 when any of §4, §5 = sum of b over last 3 years before c, since d, at most 5元") ==
        "grant a §1\n  when (any list §4 §5)\n  amount (sum over b (last before since (years 3) c d))\n"
        "  at most 5元\n");
}

TEST_CASE("words of grants are names elsewhere") {
  CHECK(Tree("let rounded = brackets + grant\nlet x = rounded") ==
        "let rounded = (+ brackets grant)\nlet x = rounded\n");
  CHECK(ParseText("record r {\n    grant : money\n    brackets : money\n    rounded : money\n}\n")
            .Messages()
            .empty());
}

TEST_CASE("brackets and shares read back as they are printed") {
  for (const std::string text : {"brackets of sales { (.., 100万元]: 10%; (100万元, ..): 5% }",
                                 "30% of sum of x over w", "30% of (a + b)", "30% of 50% of a * 2",
                                 "1 + brackets of a + b { (.., 1元]: 10%; (1元, ..): c } * 2"}) {
    CAPTURE(text);
    const auto parsed = ParseText("let x = " + text + "\n");
    CHECK(parsed.Messages() == "");
    CHECK(parsed.whole.predictions == 0);
    const auto& let = std::get<pol::syntax::Let>(parsed.whole.tree[parsed.whole.tree.top.front()]);
    CHECK(pol::syntax::ToText(parsed.whole.tree, let.value) == text);
  }
  CHECK(ParseText("let x = 30% of a * 2\n").Dump() == "let x = (* (of 30% a) 2)\n");
  CHECK(ParseText("let x = brackets of a {\n    (.., 1元] : 10%\n    (1元, 5元) : 5%\n    [5元, ..) : 0% }\n")
            .Dump() ==
        "let x = brackets\n  of a\n  part (.., 1元] : 10%\n  part (1元, 5元) : 5%\n  part [5元, ..) : 0%\n");
}

TEST_CASE("what is missing in a grant") {
  CHECK(ParseText("grant a = 5元\n").Codes() == "P0102");
  CHECK(ParseText("grant a = 5元\n").Messages().find("a citation such as §5(3)") != std::string::npos);
  CHECK(ParseText("grant a §1 30% * b\n").Messages().find("an equals sign") != std::string::npos);
  CHECK(ParseText("grant a §1 = \nlet b = 1\n").Codes() == "P0126");
  CHECK(ParseText("grant a §1 = b, at most\n").Codes() == "P0126");
}

TEST_CASE("what a grant must be") {
  CHECK(CodesOfGrant("grant a §2 = capital") == "");
  CHECK(CodesOfGrant("grant a §3 = capital") == "P0422");
  CHECK(CodesOfGrant("grant a §2 = 5%") == "P0450");
  CHECK(CodesOfGrant("grant a §2 = good") == "P0450");
  CHECK(CodesOfGrant("grant a §2 = bonus") == "P0324");
  CHECK(CodesOfGrant("grant a §2 = revenue") == "P0327");
  CHECK(CodesOfGrant("grant a §2 when staff = capital") == "P0313");
  CHECK(CodesOfGrant("grant a §2 = capital, at most 5") == "P0302");
  CHECK(CodesOfGrant("grant a §2 = capital, at most dollars") == "P0303");
  CHECK(CodesOfGrant("grant a §2 = capital, at most 5%") == "P0301");
  CHECK(CodesOfGrant("grant a §2 = capital, rounded to 0元") == "P0310");
  CHECK(CodesOfGrant("grant a §2 = capital, at most 5元, rounded to 1元, at most 4元") == "P0451");
  CHECK(CodesOfGrant("grant a §2 = capital, at least 5元, at most 4元") == "P0452");
  CHECK(CodesOfGrant("grant a §2 = capital, at least 5元, at most 5元") == "");
  CHECK(CodesOfGrant("grant a §2 = dollars, at most 5美元") == "");
}

TEST_CASE("a grant's name is a value, and one name") {
  CHECK(CodesOfGrant("grant a §2 = b + capital\ngrant b §2 = capital\nlet c = a + b") == "");
  CHECK(CodesOfGrant("grant a §2 = b\ngrant b §2 = a") == "P0222");
  CHECK(CodesOfGrant("grant a §2 = x\nlet x = a") == "P0222");
  CHECK(Codes("article 1 : a > 5元\ngrant a §1 when §1 = capital") == "P0431");
  CHECK(CodesOfGrant("grant a §2 = capital\ngrant a §2 = capital") == "P0202");
  CHECK(CodesOfGrant("grant capital §2 = 5元") == "P0202");
  CHECK(CodesOfGrant("grant eligibility §2 = 5元") == "P0202");
  CHECK(CodesOfGrant("grant a §2 = capital\nparam b = a") == "P0360");
  CHECK(Meaning("a + b > 5元", "article 2 guidance \"s\"\ngrant a §2 = capital\ngrant b §2 = a") ==
        "(> (+ a b) 5元)");
}

TEST_CASE("a policy may have grants and no decision") {
  const auto built = pol::model_testing::BuildPolicy(
      "policy demo\nrecord r { key id : text  n : money }\narticle 1 guidance \"s\"\ngrant a §1 = n\n");
  CHECK(built.Messages() == "");
}

TEST_CASE("brackets: parts without gaps or overlaps, measured from 0") {
  const auto check = [](const std::string& rows) {
    return BuildWith("let x = brackets of capital { " + rows + " }\narticle 1 : good").Messages();
  };
  CHECK(check("(.., 1元] : 10%; (1元, ..) : 5%") == "");
  CHECK(check("[0元, 1元] : 10%; (1元, ..) : 5%") == "");
  CHECK(check("(0元, 1元) : 10%; [1元, ..) : 0.05") == "");
  CHECK(check("(.., 1元] : 10%; (2元, ..) : 5%").starts_with("what lies at 2元 is in no part"));
  CHECK(check("(.., 1元] : 10%; [1元, ..) : 5%").starts_with("1元 falls in two rows"));
  CHECK(check("(.., 1元] : 10%").starts_with("what lies at 2元 is in no part"));
  CHECK(check("(1元, ..) : 10%").starts_with("what lies at 1元 is in no part"));
  CHECK(Meaning("(brackets of staff { [0, 10] : 5元; (10, ..) : 1元 }) > 1元") ==
        "(> (brackets staff {..10 : 5元} {10.. : 1元}) 1元)");
  CHECK(Meaning("(brackets of capital { (.., 1元] : 10%; otherwise : 5% }) > 1元") == "P0454");
  CHECK(Meaning("(brackets of founded { (.., 2020-01-01] : 10%; (2020-01-01, ..) : 5% }) > 1元") == "P0453");
  CHECK(Meaning("(brackets of capital { (.., 1元] : 10元; (1元, ..) : 5% }) > 1元") == "P0306");
  CHECK(Meaning("(brackets of bonus { (.., 1元] : 10%; (1元, ..) : 5% }) > 1元") == "P0324");
  CHECK(Meaning("sum of (brackets of revenue { (.., 1元] : 10%; (1元, ..) : 5% }) over window > 1元")
            .find("(brackets revenue") != std::string::npos);
  CHECK(Meaning("30% of capital > 1元") == "(> (* 30% capital) 1元)");
  CHECK(Meaning("5 of capital > 1元") == "P0366");
}

TEST_CASE("what a grant comes to") {
  const std::string limited =
      "grant g §2 when §1 = 30% * n, at most 100元, at least 10元, rounded down to 7元";
  CHECK(Shown(limited, 1000, true) == "98");
  CHECK(Shown(limited, 100, true) == "28");
  CHECK(Shown(limited, 1, true) == "7");
  CHECK(Shown(limited, 1000, false) == "0");
  CHECK(Shown(limited, std::nullopt, false) == "0");
  CHECK(Shown(limited, 1000, std::nullopt) == "unknown");
  CHECK(Shown(limited, std::nullopt, true) == "unknown");
  CHECK(Shown("grant g §2 when §1 = n", 0, std::nullopt) == "0");
  // Not known which limit applies, and no matter.
  const std::string chosen = "grant g §2 = n, at most (if t then 100元 else 50元)";
  CHECK(Shown(chosen, 30, std::nullopt) == "30");
  CHECK(Shown(chosen, 50, std::nullopt) == "50");
  CHECK(Shown(chosen, 70, std::nullopt) == "unknown");
  CHECK(Shown(chosen, 70, true) == "70");
  CHECK(Shown(chosen, 70, false) == "50");
  CHECK(
      Shown("let most = by m { (.., 5) : 10元; [5, ..) : 20元 }\ngrant g §2 = n, at most most, at least 30元",
            7, true) == "30");
  CHECK(Shown("grant g §2 = n / 3", 100, std::nullopt) == "100/3");
  CHECK(Shown("grant g §2 = n / 3, rounded to 1元", 100, std::nullopt) == "33");
  CHECK(Shown("grant g §2 = n / 3, rounded up to 0.01元", 100, std::nullopt) == "1667/50");
}

TEST_CASE("what brackets come to") {
  const std::string parts =
      "grant g §2 = brackets of n { (.., 100元] : 10%; (100元, 500元] : 5%; (500元, ..) : 1% }";
  CHECK(Shown(parts, -50, true) == "0");
  CHECK(Shown(parts, 0, true) == "0");
  CHECK(Shown(parts, 50, true) == "5");
  CHECK(Shown(parts, 100, true) == "10");
  CHECK(Shown(parts, 101, true) == "201/20");
  CHECK(Shown(parts, 500, true) == "30");
  CHECK(Shown(parts, 1500, true) == "40");
  CHECK(Shown(parts, std::nullopt, true) == "unknown");
  // A bound below 0 cuts nothing off.
  CHECK(Shown("grant g §2 = brackets of n { (.., -5元] : 90%; (-5元, 100元] : 10%; (100元, ..) : 1/100 }",
              200, true) == "11");
  CHECK(Shown("param p = 100元, 50元 from 2020-01-01\n"
              "grant g §2 = brackets of n { (.., p] : 10%; (p, ..) : 0 }",
              200, true) == "unknown");
}
