// Scores in programs: what the verifier refuses, how they are listed, and how their points are written.
#include <doctest/doctest.h>

#include <functional>
#include <string>

#include "runtime/output/outcome_writer.h"
#include "runtime/program/disassemble.h"
#include "runtime/program/polb.h"
#include "runtime/program/verify.h"
#include "tests/runtime/sample_program.h"

namespace pol::program {
namespace {

// The sample with a score of one number, limited by itself.
Program WithScore() {
  Program program = test::SampleProgram();
  std::uint32_t number = kNone;
  for (std::uint32_t value = 0; value < program.instructions.size(); ++value) {
    const Instruction& instruction = program.instructions[value];
    if (instruction.domain == 0 && instruction.opcode == Opcode::kConstantNumber) number = value;
  }
  REQUIRE(number != kNone);
  Term term;
  term.words = "points";
  term.value = number;
  term.type = {ValueKind::kNumber, {}, kNone};
  program.terms.push_back(term);
  Explanation points;
  points.kind = ExplanationKind::kAmount;
  points.value = number;
  points.terms = {static_cast<std::uint32_t>(program.terms.size() - 1)};
  program.explanations.push_back(points);
  const auto shown = static_cast<std::uint32_t>(program.explanations.size() - 1);
  ScoreItem item;
  item.naming = {"patents", "专利", {}};
  item.clause = 1;
  item.value = number;
  item.points = shown;
  item.limits = {{LimitKind::kAtMost, shown, number}};
  Score score;
  score.naming = {"merit", "综合评分", {}};
  score.clause = 0;
  score.value = number;
  score.sum = number;
  score.items = {item};
  score.limits = {{LimitKind::kRoundedDown, shown, number}};
  program.scores = {score};
  return program;
}

std::string ErrorAfter(const std::function<void(Score&)>& change) {
  Program program = WithScore();
  change(program.scores[0]);
  const std::vector<std::string> errors = Verify(program);
  return errors.empty() ? "" : errors.front();
}

std::string Text(const engine::Rational& points) { return output::PointsText(points); }

}  // namespace

TEST_CASE("a score is written and read") {
  const Program program = WithScore();
  REQUIRE(ErrorAfter([](Score&) {}) == "");
  std::string error;
  const auto loaded = Load(Save(program), error);
  REQUIRE_MESSAGE(loaded, error);
  CHECK(*loaded == program);
  const std::string listing = Disassemble(program);
  CHECK(listing.find("\nscores\n  merit \"综合评分\" §") != std::string::npos);
  CHECK(listing.find("\n    patents \"专利\" §") != std::string::npos);
  CHECK(listing.find("\n      at_most x") != std::string::npos);
  CHECK(listing.find("\n    rounded_down x") != std::string::npos);
}

TEST_CASE("scores that no compiler of ours makes") {
  CHECK(ErrorAfter([](Score& score) { score.clause = 99; }) == "score 0 follows from no clause");
  CHECK(ErrorAfter([](Score& score) { score.value = kNone; }) == "score 0 has no value");
  CHECK(ErrorAfter([](Score& score) { score.sum = 0; }) == "score 0 has no value");
  CHECK(ErrorAfter([](Score& score) { score.items.clear(); }) == "score 0 has no items");
  CHECK(ErrorAfter([](Score& score) { score.limits[0].kind = static_cast<LimitKind>(9); }) ==
        "score 0 is limited in no known way");
  CHECK(ErrorAfter([](Score& score) { score.items[0].clause = 99; }) ==
        "an item of score 0 follows from no clause");
  CHECK(ErrorAfter([](Score& score) { score.items[0].clause = kNone; }) == "");
  CHECK(ErrorAfter([](Score& score) { score.items[0].value = 0; }) == "an item of score 0 has no points");
  CHECK(ErrorAfter([](Score& score) { score.items[0].points = 9999; }) == "an item of score 0 has no points");
  CHECK(ErrorAfter([](Score& score) { score.items[0].limits[0].bound = 9999; }) ==
        "an item of score 0 has a limit without a value");
}

TEST_CASE("points are plain digits, and exact") {
  CHECK(Text(85) == "85");
  CHECK(Text(engine::Rational(175, 2)) == "87.5");
  CHECK(Text(engine::Rational(250, 3)) == "250/3");
  CHECK(Text(-5) == "-5");
  CHECK(output::PointsText(std::nullopt) == "");
}

}  // namespace pol::program
