// Types, units, optional facts: what each operator makes of its operands.
#include <doctest/doctest.h>

#include "tests/compiler/model_testing.h"

using pol::model_testing::BuildWith;
using pol::model_testing::Meaning;

TEST_CASE("numbers compare with what is of their kind") {
  CHECK(Meaning("capital >= 5万元") == "(>= capital 50000元)");
  CHECK(Meaning("capital / revenue_now >= 10%", "let revenue_now = value of revenue in 2023") ==
        "(>= (/ capital revenue_now) 10%)");
  CHECK(Meaning("staff >= 5") == "(>= staff 5)");
  CHECK(Meaning("staff >= 2.5") == "(>= staff 2.5)");
  CHECK(Meaning("year of founded >= 2020") == "(>= (year_of founded) 2020)");
  CHECK(Meaning("dollars >= 5万美元") == "(>= dollars 50000 USD)");
  CHECK(Meaning("staff / 10 >= 5%") == "(>= (/ staff 10) 5%)");
  CHECK(Meaning("capital >= 5") == "P0302");
  CHECK(Meaning("capital >= 5%") == "P0301");
  CHECK(Meaning("capital >= dollars") == "P0303");
  CHECK(Meaning("staff >= 5%") == "P0301");
  CHECK(Meaning("year of founded >= 2020.5") == "P0301");
  CHECK(Meaning("founded >= 2020") == "P0301");
}

TEST_CASE("a mismatch names both sides in the user's words") {
  const auto built = BuildWith("article 1 : capital >= 5%");
  CHECK(built.Says("money (CNY) is compared with a percent"));
  CHECK(built.Says("- this is money (CNY)\n- this is a percent"));
  CHECK(BuildWith("article 1 : revenue >= level").Says("money (CNY) per year is compared with grade"));
  CHECK(BuildWith("article 1 : capital > 0").Says("+ 0元"));
}

TEST_CASE("arithmetic keeps dimensions") {
  CHECK(Meaning("capital + 5元 - capital >= 5元") == "(>= (- (+ capital 5元) capital) 5元)");
  CHECK(Meaning("capital * 5% >= 5元") == "(>= (* capital 5%) 5元)");
  CHECK(Meaning("capital / staff >= 5元") == "(>= (/ capital staff) 5元)");
  CHECK(Meaning("capital / capital * capital >= 5元") == "(>= (* (/ capital capital) capital) 5元)");
  CHECK(Meaning("-capital <= -5元") == "(<= (- capital) -5元)");
  CHECK(Meaning("1 + 5% >= 105%") == "(>= (+ 1 5%) 105%)");
  CHECK(Meaning("2 * staff - 1 >= 7") == "(>= (- (* 2 staff) 1) 7)");
  CHECK(Meaning("capital + 5% >= 5元") == "P0304");
  CHECK(Meaning("capital - staff >= 5元") == "P0305");
  CHECK(Meaning("capital * capital >= 5元") == "P0306");
  CHECK(Meaning("staff / capital >= 5") == "P0307");
  CHECK(Meaning("capital / dollars >= 5") == "P0303");
  CHECK(Meaning("-level >= low") == "P0308");
  CHECK(Meaning("(round capital to 1万元) >= 5元") == "(>= (round capital 10000元) 5元)");
  CHECK(Meaning("(round up capital to 1万元) >= 5元") == "(>= (round_up capital 10000元) 5元)");
  CHECK(Meaning("(round capital to 1%) >= 5元") == "P0309");
  CHECK(Meaning("(round capital to 0元) >= 5元") == "P0310");
  CHECK(Meaning("greatest of (capital, 5元) >= 5元") == "(>= (if (>= capital 5元) capital 5元) 5元)");
  CHECK(Meaning("least of (founded, applied) >= 2020-01-01") ==
        "(>= (if (<= founded applied) founded applied) 2020-01-01)");
}

TEST_CASE("dates move by periods and years by counts") {
  CHECK(Meaning("applied + 30 days >= founded") == "(>= (add applied 30 days) founded)");
  CHECK(Meaning("applied - 3 years >= founded") == "(>= (add applied -36 months) founded)");
  CHECK(Meaning("3 months after founded <= applied", "use calendar.cn") ==
        "(<= (term founded 3 months cn) applied)");
  CHECK(Meaning("applied + 5 working days <= as_of", "use calendar.cn") ==
        "(<= (add applied 5 working_days cn) as_of)");
  CHECK(Meaning("applied - founded >= 365") == "(>= (elapsed founded applied days) 365)");
  CHECK(Meaning("(years from founded to applied) >= 3") == "(>= (elapsed founded applied years) 3)");
  CHECK(Meaning("year of applied - year of founded >= 3") ==
        "(>= (- (year_of applied) (year_of founded)) 3)");
  CHECK(Meaning("year of applied + 1 >= 2020") == "(>= (+ (year_of applied) 1) 2020)");
  CHECK(Meaning("applied + 30 >= founded") == "P0311");
  CHECK(Meaning("applied - founded >= 3 years") == "P0312");
  CHECK(Meaning("applied + 5万元 >= founded") == "P0304");
  CHECK(Meaning("year of applied + 5% >= 2020") == "P0304");
  CHECK(Meaning("applied >= 2023-02-29") == "P0354");
  CHECK(BuildWith("article 1 : applied + 5 working days <= as_of").Codes() == "P0365");
}

TEST_CASE("a comparison with what is absent is false") {
  CHECK(Meaning("bonus >= 5元") == "(guard (given bonus) (>= bonus 5元))");
  CHECK(Meaning("not bonus >= 5元") == "(not (guard (given bonus) (>= bonus 5元)))");
  CHECK(Meaning("bonus not in [1元, 5元]") ==
        "(guard (given bonus) (not (all (>= bonus 1元) (<= bonus 5元))))");
  CHECK(Meaning("bonus + capital >= 5元") == "(guard (given bonus) (>= (+ bonus capital) 5元))");
  CHECK(Meaning("bonus + bonus >= 5元") == "(guard (given bonus) (>= (+ bonus bonus) 5元))");
  CHECK(Meaning("special and good") == "(all (guard (given special) special) good)");
  CHECK(Meaning("bonus default 0元 >= 5元") == "(>= (if (given bonus) bonus 0元) 5元)");
  CHECK(Meaning("bonus is given") == "(given bonus)");
  CHECK(Meaning("bonus is absent") == "(not (given bonus))");
  CHECK(Meaning("bonus is not absent") == "(given bonus)");
  CHECK(Meaning("twice >= 5元", "let twice = 2 * bonus") == "(guard (given bonus) (>= twice 5元))");
  CHECK(Meaning("(if good then bonus else 0元) >= 5元") ==
        "(guard (if good (given bonus) yes) (>= (if good bonus 0元) 5元))");
  CHECK(Meaning("capital is given") == "P0326");
  CHECK(Meaning("(capital default 5元) >= 5元") == "P0325");
  CHECK(Meaning("by bonus { [5元, ..) : yes, (.., 5元) : no }") == "P0324");
}

TEST_CASE("functions are expanded where they are called") {
  const std::string twice = "function twice(n : count) = 2 * n";
  CHECK(Meaning("twice(staff) >= 4", twice) == "(>= (* 2 staff) 4)");
  CHECK(Meaning("twice(5) >= 4", twice) == "(>= (* 2 5) 4)");
  CHECK(Meaning("twice(capital) >= 4", twice) == "P0358");
  CHECK(Meaning("part(capital, capital + bonus) >= 5%", "function part(a : money, b : money) = a / b") ==
        "(guard (given bonus) (>= (/ capital (+ capital bonus)) 5%))");
  CHECK(Meaning("part(dollars, dollars) >= 5%", "function part(a : money, b : money) = a / b") ==
        "(>= (/ dollars dollars) 5%)");
  CHECK(Meaning("mean(revenue, window) >= 5元",
                "function mean(s : money per year, w : years) = sum of s over w / length of w") ==
        "(>= (/ (sum@years revenue where (in_years (- (year_of applied) 3) (- (year_of applied) 1))) "
        "(+ (- (- (year_of applied) 1) (- (year_of applied) 3)) 1)) 5元)");
  CHECK(Meaning("some(reports)", "function some(l : list of report) = any of l where (score >= 5)") ==
        "(any@reports (>= reports.score 5) where yes)");
  CHECK(Meaning("good", "function bad(n : count) = n + 5元") == "P0304");  // though nothing calls it
  CHECK(BuildWith("function f(n : count) = g(n)\nfunction g(n : count) = f(n)\narticle 1 : f(staff) >= 5")
            .Says("f → g → f"));
}

TEST_CASE("parameters") {
  const auto built =
      BuildWith("param floor = 10%, 15% from 2025-01-01\nparam half : count = 3\narticle 1 : good");
  REQUIRE(built.model);
  CHECK(built.model->parameters[0].values.size() == 2);
  CHECK(Meaning("staff >= floor", "param floor = 5") == "(>= staff floor)");
  CHECK(Meaning("capital / capital >= floor", "param floor = 5%") == "(>= (/ capital capital) floor)");
  CHECK(Meaning("good", "param floor = 5%, 6% from 2025-01-01, 7% from 2024-01-01") == "P0521");
  CHECK(Meaning("good", "param floor : money = 5%") == "P0319");
  CHECK(Meaning("good", "param floor : count = 2.5") == "P0319");
  CHECK(Meaning("good", "param floor = staff") == "P0360");
  CHECK(Meaning("good", "param a = b\nparam b = a") == "P0222");
}
