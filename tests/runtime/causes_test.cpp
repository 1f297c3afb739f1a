// Why what is read off histories and years is not known.
#include "runtime/explain/causes.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/runtime/assembler.h"

namespace pol::explain {
namespace {

using test::kItems;
using test::kRecord;
using test::kYears;
using test::Opcode;
using test::ValueKind;

// One record with two elements, each with a date, a truth and a year.
struct Fixture {
  test::Assembler assembler;
  records::Batch batch;
  std::uint32_t date = assembler.LoadNew("occurred", ValueKind::kDate, kItems);
  std::uint32_t truth = assembler.LoadNew("weak", ValueKind::kTruth, kItems);
  std::uint32_t year = assembler.LoadNew("year_of", ValueKind::kYear, kItems);
  std::uint32_t from = assembler.LoadNew("start", ValueKind::kDate);
  std::uint32_t until = assembler.LoadNew("until", ValueKind::kDate);
  enum Fact : std::uint32_t { kDate, kTruth, kYear, kFrom, kUntil };

  void Fill() {
    batch = test::BlankBatch(assembler.program.schema, 1);
    for (std::uint32_t lane = 0; lane < 2; ++lane) {
      test::SetCode(batch, kDate, lane, 100 + static_cast<std::int32_t>(lane));
      test::SetTruth(batch, kTruth, lane, true);
      test::SetNumber(batch, kYear, lane, 2020);
    }
    test::SetCode(batch, kFrom, 0, 50);
    test::SetCode(batch, kUntil, 0, 500);
  }
  void Lack(std::uint32_t fact, std::uint32_t lane) {
    batch.columns[fact].known.Reset(lane);
    batch.columns[fact].states[lane] = records::CellState::kMissing;
  }
  // From state 0, an element that is weak leads to state 1, and from there back.
  std::uint32_t Walk(const std::vector<std::uint32_t>& conditions) {
    program::Machine machine;
    machine.conditions = static_cast<std::uint32_t>(conditions.size());
    machine.states.resize(2);
    machine.states[0].transitions = {{0, 1}};
    machine.states[1].transitions = {{0, 0}};
    assembler.program.machines = {machine};
    std::vector<std::uint32_t> operands = {date, from, until, 0, kItems};
    operands.insert(operands.end(), conditions.begin(), conditions.end());
    return assembler.Emit(Opcode::kWalkState, operands);
  }
  std::string Why(std::uint32_t value, std::uint32_t lane = 0) {
    const engine::Registers registers = engine::Run(assembler.program, batch, {});
    const Reading reading{assembler.program, batch, registers, 0, Language::kEnglish};
    std::string said;
    for (const Cause& cause : FindCauses(reading, value, lane)) {
      said += (said.empty() ? "" : "; ") + Show(reading, cause);
    }
    return said;
  }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "a history of which something is not known") {
  const std::uint32_t walk = Walk({truth});
  Fill();
  CHECK(Why(walk) == "");
  Lack(kTruth, 1);
  CHECK(Why(walk) == "weak of items #2 is missing");
  Lack(kUntil, 0);
  CHECK(Why(walk).find("until is missing") != std::string::npos);
}

TEST_CASE_FIXTURE(Fixture, "a history in which it matters which of two events of one day came first") {
  const std::uint32_t opposite = assembler.Emit(Opcode::kNot, {truth});
  const std::uint32_t walk = Walk({truth, opposite});
  assembler.program.machines[0].states[1].transitions = {{1, 0}};
  Fill();
  test::SetTruth(batch, kTruth, 1, false);
  CHECK(Why(walk) == "");
  test::SetCode(batch, kDate, 1, 100);
  CHECK(Why(walk) == "two events are of one day, and it matters which came first");
}

TEST_CASE_FIXTURE(Fixture, "what lies outside the history is no cause") {
  const std::uint32_t walk = Walk({truth});
  Fill();
  test::SetCode(batch, kDate, 1, 600);
  Lack(kTruth, 1);
  Lack(kTruth, 0);
  CHECK(Why(walk) == "weak of items #1 is missing");
}

TEST_CASE_FIXTURE(Fixture, "a history that is not given") {
  const std::uint32_t walk = Walk({truth});
  Fill();
  batch.domains[kItems].known.Reset(0);
  CHECK(Why(walk) == "there is no data of items");
}

TEST_CASE_FIXTURE(Fixture, "a year asks for the elements that may be of it") {
  const std::uint32_t any = assembler.Emit(Opcode::kYearsAny, {truth, year, kItems});
  const std::uint32_t earliest = assembler.Emit(Opcode::kYearsEarliest, {date, truth, year, kItems});
  Fill();
  test::SetNumber(batch, kYear, 1, 2021);
  Lack(kTruth, 0);
  CHECK(Why(any, 0) == "weak of items #1 is missing");
  CHECK(Why(any, 1) == "");
  Lack(kYear, 0);
  test::SetTruth(batch, kTruth, 0, true);
  CHECK(Why(any, 2) == "year_of of items #1 is missing");
  test::SetNumber(batch, kYear, 0, 2020);
  CHECK(Why(earliest, 2) == "there is no element to choose from");
}

TEST_CASE_FIXTURE(Fixture, "the third of two") {
  const std::uint32_t third = assembler.Number("3");
  const std::uint32_t value = assembler.Emit(Opcode::kFoldEarliest, {date, truth, third, kItems});
  Fill();
  CHECK(Why(value) == "there are too few elements to choose from");
  Lack(kDate, 1);
  CHECK(Why(value) == "occurred of items #2 is missing");
}

TEST_CASE_FIXTURE(Fixture, "a date that the data does not give") {
  assembler.program.reasons = {{.kind = program::ReasonKind::kUndated,
                                .clause = program::kNone,
                                .other = program::kNone,
                                .words = ""}};
  const std::uint32_t value = assembler.Emit(Opcode::kUnknownCode, {0});
  Fill();
  CHECK(Why(value) == "a date that the data does not give");
}

}  // namespace pol::explain
