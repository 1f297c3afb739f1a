// Band tables: that every value falls in one row, and the value that is named when it does not.
#include <doctest/doctest.h>

#include "compiler/model/coverage.h"
#include "tests/compiler/model_testing.h"

using pol::model::CheckCoverage;
using pol::model::CoverageFinding;
using pol::model::CoverageQuestion;
using pol::model::Rational;
using pol::model::Span;
using pol::model_testing::BuildWith;
using pol::model_testing::Meaning;

namespace {

std::string Check(const std::string& table, const std::string& before = {}) {
  const auto built = BuildWith(before + "\narticle 1 : " + table);
  const std::string messages = built.Messages();
  return messages.empty() ? "fine" : messages.substr(0, messages.find(';'));
}

// "[1,4) (2,..]": spans as they are written.
std::string Findings(std::vector<Span> spans, bool whole) {
  for (std::size_t at = 0; at < spans.size(); ++at) spans[at].piece = at;
  CoverageQuestion question;
  question.spans = std::move(spans);
  question.whole_numbers = whole;
  std::string text;
  for (const CoverageFinding& finding : CheckCoverage(question)) {
    if (!text.empty()) text += ' ';
    text += finding.kind == CoverageFinding::Kind::kGap       ? "gap "
            : finding.kind == CoverageFinding::Kind::kOverlap ? "overlap "
                                                              : "empty ";
    text += finding.witness.str();
  }
  return text;
}

}  // namespace

TEST_CASE("bands of money") {
  CHECK(Check("by capital { [30亿元, ..) : yes, [10亿元, 30亿元) : no, (.., 10亿元) : yes }") == "fine");
  CHECK(Check("by capital { [30亿元, ..) : yes, (10亿元, 30亿元) : no, (.., 10亿元) : yes }") ==
        "10亿元 falls in no row");
  CHECK(Check("by capital { [30亿元, ..) : yes, [10亿元, 20亿元) : no, (.., 10亿元) : yes }") ==
        "20亿元 falls in no row");
  CHECK(Check("by capital { [30亿元, ..) : yes, [10亿元, 20亿元] : no, (.., 10亿元) : yes }") ==
        "25亿元 falls in no row");
  CHECK(Check("by capital { [30亿元, ..) : yes, [10亿元, 30亿元] : no, (.., 10亿元) : yes }") ==
        "30亿元 falls in two rows");
  CHECK(Check("by capital { [10亿元, 40亿元) : yes, [12.5亿元, ..) : no, (.., 10亿元) : yes }") ==
        "12.5亿元 falls in two rows");
  CHECK(Check("by capital { [10亿元, ..) : yes, [5亿元, 10亿元) : no }") == "4亿元 falls in no row");
  CHECK(Check("by capital { (.., 10亿元) : yes, [10亿元, 20亿元) : no }") == "20亿元 falls in no row");
  CHECK(Check("by capital { [10亿元, 5亿元) : yes, otherwise : no }").starts_with("no value falls in"));
  CHECK(Check("by capital { [10亿元, ..) : yes, otherwise : no }") == "fine");
  CHECK(Check("by capital { [10亿元, ..) : yes, (.., 10亿元) : no, otherwise : no }")
            .starts_with("the rows above"));
}

TEST_CASE("bands of counts, years and dates have nothing between neighbours") {
  CHECK(Check("by staff { [0, 9] : yes, [10, ..) : no }") == "fine");
  CHECK(Check("by staff { [0, 9) : yes, [10, ..) : no }") == "9 falls in no row");
  CHECK(Check("by staff { [1, 9] : yes, [10, ..) : no }") == "0 falls in no row");
  CHECK(Check("by staff { 0 : yes, 1, 2 : no, [3, ..) : yes }") == "fine");
  CHECK(Check("by (count of reports) { 0 : yes, [1, ..) : no }") == "fine");
  CHECK(Check("by year of applied { (.., 2020] : yes, [2021, ..) : no }") == "fine");
  CHECK(Check("by applied { (.., 2020-12-31] : yes, [2021-01-01, ..) : no }") == "fine");
  CHECK(Check("by applied { (.., 2020-12-30] : yes, [2021-01-01, ..) : no }") ==
        "2020-12-31 falls in no row");
}

TEST_CASE("bands of scales and enumerations") {
  CHECK(Check("by level { low : no, [middle, ..) : yes }") == "fine");
  CHECK(Check("by level { (.., high) : no, high : yes }") == "fine");
  CHECK(Check("by level { low : no, high : yes }").starts_with("middle of ‘grade’ falls in no row"));
  CHECK(Check("by level { [low, middle] : no, [middle, high] : yes }") == "middle falls in two rows");
  CHECK(Check("by sort { enterprise : yes, university, institute : no }") == "fine");
  CHECK(Check("by sort { enterprise : yes }").starts_with("university, institute of ‘kind’"));
  CHECK(Check("by sort { [enterprise, ..) : yes, otherwise : no }").find("without an order") !=
        std::string::npos);
  CHECK(Check("by title { \"A\" : yes, \"B\" : no, otherwise : no }") == "fine");
  CHECK(Check("by title { \"A\" : yes, \"A\" : no, otherwise : no }") == "\"A\" falls in two rows");
}

TEST_CASE("bounds may be parameters, and are checked for every stretch of time") {
  const std::string table = "by capital { [floor, ..) : yes, (.., 10亿元) : no }";
  CHECK(Check(table, "param floor = 10亿元") == "fine");
  CHECK(Check(table, "param floor = 12亿元") == "10亿元 falls in no row");
  const auto built = BuildWith("param floor = 10亿元, 8亿元 from 2025-01-01\narticle 1 : " + table);
  CHECK(built.Says("8亿元 falls in two rows"));
  CHECK(built.Says("with the parameters in force on 2025-01-01"));
  CHECK(Check("by capital { [floor, ..) : yes, (.., floor) : no }",
              "param floor = 10亿元 from 2024-01-01, 8亿元 from 2025-01-01") == "fine");
  CHECK(Meaning("by capital { [bonus, ..) : yes, otherwise : no }") == "P0360");
  CHECK(Meaning("by capital { [5%, ..) : yes, otherwise : no }") == "P0301");
}

TEST_CASE("what the rows give is of one kind") {
  CHECK(Meaning("(by level { low : 5元, [middle, ..) : 10% of_it }) >= 5元").starts_with("P01"));
  CHECK(Meaning("(by level { low : 5元, [middle, ..) : 10% }) >= 5元") == "P0320");
  CHECK(Meaning("(by level { low : 5%, [middle, ..) : 1 }) >= 5%") ==
        "(>= (by level {(= level low) : 5%} {(>= level middle) : 1}) 5%)");
  CHECK(Meaning("(by level { low : bonus, [middle, ..) : 1元 }) >= 5元") ==
        "(guard (by level {(= level low) : (given bonus)} {(>= level middle) : yes}) (>= (by level {(= level "
        "low) : bonus} "
        "{(>= level middle) : 1元}) 5元))");
  CHECK(Meaning("every reports where (by result { low : score >= 5, [middle, ..) : good })")
            .find("(each good)") != std::string::npos);
}

TEST_CASE("coverage of spans") {
  const auto span = [](std::optional<Rational> low, bool low_closed, std::optional<Rational> high,
                       bool high_closed) {
    return Span{low, high, low_closed, high_closed, 0};
  };
  const std::optional<Rational> open;
  CHECK(Findings({span(open, false, open, false)}, false) == "");
  CHECK(Findings({span(open, false, 1, true), span(1, false, open, false)}, false) == "");
  CHECK(Findings({span(open, false, 1, false), span(1, false, open, false)}, false) == "gap 1");
  CHECK(Findings({span(open, false, 1, true), span(1, true, open, false)}, false) == "overlap 1");
  CHECK(Findings({span(open, false, 1, true), span(2, true, open, false)}, false) == "gap 3/2");
  CHECK(Findings({span(open, false, 1, true), span(2, true, open, false)}, true) == "");
  CHECK(Findings({span(open, false, 1, false), span(2, true, open, false)}, true) == "gap 1");
  CHECK(Findings({span(open, false, open, false), span(open, false, open, false)}, false) == "overlap 0");
  CHECK(Findings({span(open, false, open, false), span(1, false, 2, false)}, false) == "overlap 3/2");
  CHECK(Findings({span(1, true, 1, false), span(open, false, open, false)}, false) == "empty 1");
  CHECK(Findings({span(Rational(3, 2), true, Rational(7, 4), true), span(open, false, open, false)}, true) ==
        "empty 2");
}
