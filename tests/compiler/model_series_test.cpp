// Series of years and lists: windows, folds, the latest element.
#include <doctest/doctest.h>

#include "tests/compiler/model_testing.h"

using pol::model_testing::Meaning;

namespace {
const std::string kWindow = "(in_years (- (year_of applied) 3) (- (year_of applied) 1))";
const std::string kRecent =
    "(all (>= reports.filed (each (add applied -36 months))) (< reports.filed (each applied)))";
}  // namespace

TEST_CASE("windows of years") {
  const auto sum_over = [](const std::string& window) {
    return Meaning("sum of rd over " + window + " > 0元");
  };
  CHECK(sum_over("window") == "(> (sum@years rd where " + kWindow + ") 0元)");
  CHECK(sum_over("last 3 years until year of applied") ==
        "(> (sum@years rd where (in_years (- (year_of applied) 2) (year_of applied))) 0元)");
  CHECK(sum_over("last year before year of applied") ==
        "(> (sum@years rd where (in_years (- (year_of applied) 1) (- (year_of applied) 1))) 0元)");
  CHECK(sum_over("2021..2023") == "(> (sum@years rd where (in_years 2021 2023)) 0元)");
  CHECK(sum_over("last (staff) years before year of applied") ==
        "(> (sum@years rd where (in_years (- (year_of applied) staff) (- (year_of applied) 1))) 0元)");
  CHECK(sum_over("last 3 years before applied") == "P0331");
  CHECK(sum_over("staff") == "P0331");
  CHECK(sum_over("2023..2021") == "P0337");
  CHECK(Meaning("sum of rd > 0元") == "P0330");
  CHECK(Meaning("length of (last 3 years before year of applied, since year of founded) >= 2") ==
        "(>= (if (>= (+ (- (- (year_of applied) 1) (if (>= (year_of founded) (- (year_of applied) 3)) "
        "(year_of founded) "
        "(- (year_of applied) 3))) 1) 0) (+ (- (- (year_of applied) 1) (if (>= (year_of founded) (- (year_of "
        "applied) "
        "3)) (year_of founded) (- (year_of applied) 3))) 1) 0) 2)");
}

TEST_CASE("windows of dates") {
  CHECK(Meaning("founded in last 3 years before applied") ==
        "(all (>= founded (add applied -36 months)) (< founded applied))");
  CHECK(Meaning("founded in last 30 days until applied") ==
        "(all (> founded (add applied -30 days)) (<= founded applied))");
  CHECK(Meaning("founded in last 30 days until applied, since 2020-01-01") ==
        "(all (>= founded (if (>= 2020-01-01 (add (add applied -30 days) 1 days)) 2020-01-01 (add (add "
        "applied -30 days) "
        "1 days))) (<= founded applied))");
  CHECK(Meaning("year of founded in 2021..2023") ==
        "(all (>= (year_of founded) 2021) (<= (year_of founded) 2023))");
}

TEST_CASE("a series is taken apart by year") {
  CHECK(Meaning("rd / revenue >= 10%") == "P0327");
  CHECK(Meaning("every of (rd / revenue >= 10%) over window") ==
        "(every@years (>= (/ rd revenue) 10%) where " + kWindow + ")");
  CHECK(Meaning("any of (revenue > capital) over window") ==
        "(any@years (> revenue (each capital)) where " + kWindow + ")");
  CHECK(Meaning("none of loss over window") == "(not (any@years loss where " + kWindow + "))");
  CHECK(Meaning("at least 2 of loss over window") == "(at_least@years 2 loss where " + kWindow + ")");
  CHECK(Meaning("at most 1 of loss over window") == "(not (at_least@years 2 loss where " + kWindow + "))");
  CHECK(Meaning("count of loss over window >= 2") == "(>= (count@years where (all " + kWindow + " loss)) 2)");
  CHECK(Meaning("(sum of rd over window where (revenue > 0元)) > 0元") ==
        "(> (sum@years rd where (all " + kWindow + " (> revenue 0元))) 0元)");
  CHECK(Meaning("average of rd over window > 0元") ==
        "(> (/ (sum@years rd where " + kWindow + ") (count@years where " + kWindow + ")) 0元)");
  CHECK(Meaning("value of rd in 2023 > 0元") == "(> (sum@years rd where (in_years 2023 2023)) 0元)");
  CHECK(Meaning("growth of rd in 2023 >= 5%") ==
        "(>= (- (/ (sum@years rd where (in_years 2023 2023)) (sum@years rd where (in_years (- 2023 1) (- "
        "2023 1)))) "
        "100%) 5%)");
  CHECK(Meaning("rd rising over 2021..2023") ==
        "(every@years (> rd (previous rd)) where (in_years (+ 2021 1) 2023))");
  CHECK(Meaning("rd falling over window").starts_with("(every@years (< rd (previous rd))"));
  CHECK(Meaning("loss for 2 years running over 2021..2023") ==
        "(any@years (all (all (in_years 2021 2023) loss) (previous (all (in_years 2021 2023) loss))) where "
        "(in_years "
        "2021 2023))");
  CHECK(Meaning("rd rising") == "P0330");
  CHECK(Meaning("loss for 2 years running") == "P0330");
}

TEST_CASE("elements of a list") {
  CHECK(Meaning("any of reports where (result >= middle)") ==
        "(any@reports (>= reports.result middle) where yes)");
  CHECK(Meaning("none of reports in last 3 years before applied where (result = low)") ==
        "(not (any@reports (= reports.result low) where " + kRecent + "))");
  CHECK(Meaning("every reports where (score >= 5)") == "(every@reports (>= reports.score 5) where yes)");
  CHECK(Meaning("every reports") == "P0351");
  CHECK(Meaning("any of reports") == "(any@reports yes where yes)");
  CHECK(Meaning("count of reports in last 3 years before applied >= 2") ==
        "(>= (count@reports where " + kRecent + ") 2)");
  CHECK(Meaning("count of reports in window >= 2") ==
        "(>= (count@reports where (all (>= (year_of reports.filed) (each (- (year_of applied) 3))) (<= "
        "(year_of "
        "reports.filed) (each (- (year_of applied) 1))))) 2)");
  CHECK(Meaning("(sum of reports.score where (result = low)) >= 2") ==
        "(>= (sum@reports reports.score where (= reports.result low)) 2)");
  CHECK(Meaning("sum of (reports.amount default 0元) >= 2元") ==
        "(>= (sum@reports (if (given reports.amount) reports.amount 0元) where yes) 2元)");
  CHECK(Meaning("sum of reports.amount >= 2元") == "P0324");
  CHECK(Meaning("any of reports where (amount >= capital)") ==
        "(any@reports (guard (given reports.amount) (>= reports.amount (each capital))) where yes)");
  CHECK(Meaning("any of reports where (amount >= bonus)") ==
        "(any@reports (guard (given reports.amount) (each (given bonus)) (>= reports.amount (each bonus))) "
        "where yes)");
  CHECK(Meaning("any of reports where (rd >= 5元)") == "P0329");
  CHECK(Meaning("reports.result >= low") == "P0328");
  CHECK(Meaning("any of partners in last 3 years before applied") == "P0349");
}

TEST_CASE("the latest element") {
  const std::string by = " by reports.filed where yes)";
  CHECK(Meaning("(latest of reports).result >= middle") ==
        "(>= (latest@reports reports.result" + by + " middle)");
  CHECK(Meaning("last_one.result >= middle", "let last_one = earliest of reports") ==
        "(>= (earliest@reports reports.result" + by + " middle)");
  CHECK(Meaning("(latest of reports.result) >= middle") ==
        "(>= (latest@reports reports.result" + by + " middle)");
  CHECK(Meaning("(latest of reports).amount >= 5元") == "(guard (latest@reports (given reports.amount)" + by +
                                                            " (>= (latest@reports reports.amount" + by +
                                                            " 5元))");
  CHECK(Meaning("(latest of rd over window) >= 5元") == "P0347");
}
