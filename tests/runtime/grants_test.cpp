// Grants in programs: what the verifier refuses, how they are listed, and how their amounts are written.
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

// The sample with a grant of its first record's number, limited by itself.
Program WithGrant() {
  Program program = test::SampleProgram();
  std::uint32_t number = kNone;
  std::uint32_t truth = kNone;
  for (std::uint32_t value = 0; value < program.instructions.size(); ++value) {
    const Instruction& instruction = program.instructions[value];
    if (instruction.domain == 0 && instruction.opcode == Opcode::kConstantNumber) number = value;
  }
  for (std::uint32_t at = 0; at < program.explanations.size(); ++at) {
    const Explanation& node = program.explanations[at];
    const bool record = node.value != kNone && program.instructions[node.value].domain == 0;
    if (record && node.kind == ExplanationKind::kClause) truth = at;
  }
  REQUIRE(number != kNone);
  REQUIRE(truth != kNone);
  Term term;
  term.words = "base";
  term.value = number;
  term.type = {ValueKind::kMoney, "CNY", kNone};
  program.terms.push_back(term);
  Explanation amount;
  amount.kind = ExplanationKind::kAmount;
  amount.value = number;
  amount.terms = {static_cast<std::uint32_t>(program.terms.size() - 1)};
  program.explanations.push_back(amount);
  const auto shown = static_cast<std::uint32_t>(program.explanations.size() - 1);
  Grant grant;
  grant.naming = {"support", "支持", {}};
  grant.type = term.type;
  grant.clause = 0;
  grant.value = number;
  grant.condition = truth;
  grant.amount = shown;
  grant.limits = {{LimitKind::kRoundedDown, shown, number}};
  program.grants = {grant};
  return program;
}

std::string ErrorAfter(const std::function<void(Program&)>& change) {
  Program program = WithGrant();
  change(program);
  const std::vector<std::string> errors = Verify(program);
  return errors.empty() ? "" : errors.front();
}

std::string Text(const engine::Rational& amount) { return output::AmountText(amount); }

TEST_CASE("a grant is written and read") {
  const Program program = WithGrant();
  REQUIRE(ErrorAfter([](Program&) {}) == "");
  std::string error;
  const auto loaded = Load(Save(program), error);
  REQUIRE_MESSAGE(loaded, error);
  CHECK(*loaded == program);
  const std::string listing = Disassemble(program);
  CHECK(listing.find("\ngrants\n  support \"支持\" §") != std::string::npos);
  CHECK(listing.find("    rounded_down x") != std::string::npos);
}

TEST_CASE("grants that no compiler of ours makes") {
  CHECK(ErrorAfter([](Program& program) { program.grants[0].clause = 99; }) ==
        "grant 0 follows from no clause");
  CHECK(ErrorAfter([](Program& program) { program.grants[0].value = kNone; }) == "grant 0 has no value");
  CHECK(ErrorAfter([](Program& program) { program.grants[0].value = 0; }) == "grant 0 has no value");
  CHECK(ErrorAfter([](Program& program) { program.grants[0].type.kind = ValueKind::kPercent; }) ==
        "grant 0 is not of money");
  CHECK(ErrorAfter([](Program& program) { program.grants[0].condition = program.grants[0].amount; }) ==
        "grant 0 has no condition");
  CHECK(ErrorAfter([](Program& program) { program.grants[0].amount = program.grants[0].condition; }) ==
        "grant 0 has no amount");
  CHECK(ErrorAfter([](Program& program) { program.grants[0].limits[0].kind = static_cast<LimitKind>(9); }) ==
        "grant 0 is limited in no known way");
  CHECK(ErrorAfter([](Program& program) { program.grants[0].limits[0].bound = 9999; }) ==
        "grant 0 has a limit without a value");
  CHECK(ErrorAfter([](Program& program) { program.grants[0].limits[0].value = 0; }) ==
        "grant 0 has a limit without a value");
}

TEST_CASE("conditions and amounts do not stand for one another") {
  CHECK(ErrorAfter([](Program& program) {
          Explanation node = program.explanations.back();
          node.children = {program.grants[0].condition};
          program.explanations.push_back(node);
        }).find("has a child of another kind") != std::string::npos);
  CHECK(ErrorAfter([](Program& program) {
          Explanation node = program.explanations[program.grants[0].condition];
          node.kind = ExplanationKind::kAll;
          node.children = {program.grants[0].amount};
          program.explanations.push_back(node);
        }).find("has a child of another kind") != std::string::npos);
  CHECK(ErrorAfter([](Program& program) {
          program.explanations.back().terms.clear();
        }).find("lacks a part of its kind") != std::string::npos);
  CHECK(ErrorAfter([](Program& program) {
          program.explanations.back().terms = {0};
        }).find("is of another amount") != std::string::npos);
}

TEST_CASE("amounts are exact: two places, more, or a fraction") {
  CHECK(output::AmountText(std::nullopt).empty());
  CHECK(Text(0) == "0.00");
  CHECK(Text(6'000'000) == "6000000.00");
  CHECK(Text(engine::Rational(1, 2)) == "0.50");
  CHECK(Text(engine::Rational(-5, 4)) == "-1.25");
  CHECK(Text(engine::Rational(1, 8)) == "0.125");
  CHECK(Text(engine::Rational(10000, 3)) == "10000/3");
  CHECK(output::GroupedAmountText(engine::Rational(12'345'678)) == "12,345,678.00");
  CHECK(output::GroupedAmountText(engine::Rational(10001, 8)) == "1,250.125");
  CHECK(output::GroupedAmountText(engine::Rational(10000, 3)) == "≈ 3,333.33");
  CHECK(output::GroupedAmountText(engine::Rational(-10000)) == "-10,000.00");
}

}  // namespace
}  // namespace pol::program
