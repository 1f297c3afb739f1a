#include "runtime/engine/relevance.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "runtime/program/verify.h"
#include "tests/runtime/random_program.h"
#include "tests/runtime/relevance_bench.h"

namespace pol::engine {
namespace {

using program::Opcode;
using program::ValueKind;
using test::Bench;
using test::Give;
using test::kItems;
using test::kUnknown;
using test::kYears;

TEST_CASE("and, or: the operands that have the result's value") {
  Bench b;
  const std::uint32_t p = b.a.Clause("1", b.Truth("p"));
  const std::uint32_t q = b.a.Clause("2", b.Truth("q"));
  const auto value = [&](std::uint32_t clause) { return b.a.program.clauses[clause].value; };
  const std::uint32_t both = b.a.Clause("3", b.a.Emit(Opcode::kAnd, {value(p), value(q)}), {p, q});
  const std::uint32_t either = b.a.Clause("4", b.a.Emit(Opcode::kOr, {value(p), value(q)}), {p, q});
  b.Rows(5);
  Give(b, 0, {1, 1, 0, kUnknown, kUnknown});
  Give(b, 1, {1, 0, 0, 0, kUnknown});
  b.Sweep({value(both)});
  CHECK(b.Because(0) == "1 2");
  CHECK(b.Because(1) == "2");
  CHECK(b.Because(2) == "1 2");
  CHECK(b.Because(3) == "2");
  CHECK(b.Because(4) == "1 2");
  CHECK(b.Needs(3) == "");
  CHECK(b.Needs(4) == "p q");
  b.Sweep({value(either)});
  CHECK(b.Because(0) == "1 2");
  CHECK(b.Because(1) == "1");
  CHECK(b.Because(2) == "1 2");
  CHECK(b.Because(3) == "1");
  CHECK(b.Needs(3) == "p");
}

TEST_CASE("a clause carries the reason itself where what it is made of does not") {
  Bench b;
  const std::uint32_t part = b.a.Clause("1", b.Truth("p"));
  const std::uint32_t own = b.a.Emit(Opcode::kOr, {b.a.program.clauses[part].value, b.Truth("q")});
  const std::uint32_t whole = b.a.Clause("2", own, {part});
  b.Rows(3);
  Give(b, 0, {1, 0, 0});
  Give(b, 1, {0, 1, 0});
  b.Sweep({b.a.program.clauses[whole].value});
  CHECK(b.Because(0) == "1");
  CHECK(b.Because(1) == "2");
  CHECK(b.Because(2) == "1");
}

TEST_CASE("at least: what reaches it, or what keeps from it") {
  Bench b;
  std::vector<std::uint32_t> operands = {b.a.Number("2")};
  for (const char* id : {"1", "2", "3"}) {
    const std::uint32_t clause = b.a.Clause(id, b.Truth(id));
    operands.push_back(b.a.program.clauses[clause].value);
  }
  const std::uint32_t root = b.a.Emit(Opcode::kAtLeast, operands);
  b.Rows(3);
  Give(b, 0, {1, 0, 1});
  Give(b, 1, {1, 0, 0});
  Give(b, 2, {0, kUnknown, kUnknown});
  b.Sweep({root});
  CHECK(b.Because(0) == "1 2");
  CHECK(b.Because(1) == "1 2");
  CHECK(b.Because(2) == "3");
  CHECK(b.Needs(2) == "3");
}

TEST_CASE("select: the condition and the branch taken, or what leaves it open; the last where they agree") {
  Bench b;
  std::vector<std::uint32_t> operands;
  for (const char* id : {"if", "then", "else"}) {
    const std::uint32_t clause = b.a.Clause(id, b.Truth(id));
    operands.push_back(b.a.program.clauses[clause].value);
  }
  const std::uint32_t root = b.a.Emit(Opcode::kSelectTruth, operands);
  b.Rows(6);
  Give(b, 0, {1, 0, kUnknown, kUnknown, kUnknown, 1});
  Give(b, 1, {1, kUnknown, 1, 1, 1, kUnknown});
  Give(b, 2, {kUnknown, 0, 1, 0, kUnknown, 1});
  b.Sweep({root});
  CHECK(b.Because(0) == "if then");
  CHECK(b.Because(1) == "if else");
  CHECK(b.Because(2) == "else");
  CHECK(b.Because(3) == "if");
  CHECK(b.Needs(3) == "if");
  CHECK(b.Because(4) == "if else");
  CHECK(b.Needs(4) == "if else");
  CHECK(b.Needs(5) == "then");
}

TEST_CASE("comparisons: unknown for their unknown operands only") {
  Bench b;
  const std::uint32_t less = b.a.Emit(Opcode::kLessNumber, {b.Number("x"), b.Number("y")});
  b.Rows(3);
  test::SetNumber(b.batch, 0, 1, 5);
  test::SetNumber(b.batch, 0, 2, 5);
  test::SetNumber(b.batch, 1, 2, 5);
  b.Sweep({less});
  CHECK(b.Needs(0) == "x y");
  CHECK(b.Needs(1) == "y");
  CHECK(b.Needs(2) == "");
}

TEST_CASE("a division by zero asks for what the divisor is made of") {
  Bench b;
  const std::uint32_t revenue = b.Number("revenue", kYears);
  const std::uint32_t first = b.Number("first");
  const std::uint32_t window = b.a.Emit(Opcode::kWindowYears, {first, b.a.Number("2021")}, kYears);
  const std::uint32_t sum = b.a.Emit(Opcode::kFoldSum, {revenue, window, kYears});
  const std::uint32_t ratio = b.a.Emit(Opcode::kDivide, {b.a.Number("1"), sum});
  b.Rows(3);
  for (std::uint32_t lane = 0; lane < 9; ++lane) test::SetNumber(b.batch, 0, lane, 0);
  test::SetNumber(b.batch, 1, 0, 2020);
  test::SetNumber(b.batch, 1, 1, 2022);
  test::SetNumber(b.batch, 1, 2, 2020);
  test::SetNumber(b.batch, 0, 7, 5);
  b.Sweep({ratio});
  CHECK(b.Needs(0) == "revenue.2020 revenue.2021");
  // An empty window: no revenue of any year would help, another first year would.
  CHECK(b.Needs(1) == "first");
  CHECK(b.Needs(2) == "");
}

TEST_CASE("a series is needed in the years that matter") {
  Bench b;
  const std::uint32_t revenue = b.Number("revenue", kYears);
  const std::uint32_t window =
      b.a.Emit(Opcode::kWindowYears, {b.a.Number("2021"), b.a.Number("2023")}, kYears);
  const std::uint32_t sum = b.a.Emit(Opcode::kFoldSum, {revenue, window, kYears});
  b.Rows(2);
  test::SetNumber(b.batch, 0, 1, 7);
  for (const std::uint32_t lane : {4u, 5u}) test::SetNumber(b.batch, 0, lane, 7);
  b.Sweep({sum});
  CHECK(b.Needs(0) == "revenue.2022 revenue.2023");
  CHECK(b.Needs(1) == "revenue.2023");
}

TEST_CASE("an unknown window asks for its bounds, one too wide for what they are made of") {
  Bench b;
  const std::uint32_t revenue = b.Number("revenue", kYears);
  const std::uint32_t year = b.a.Emit(Opcode::kYearOf, {b.a.LoadNew("applied", ValueKind::kDate)});
  const std::uint32_t window = b.a.Emit(Opcode::kWindowYears, {year, b.a.Number("2021")}, kYears);
  const std::uint32_t sum = b.a.Emit(Opcode::kFoldSum, {revenue, window, kYears});
  b.Rows(2);
  for (std::uint32_t lane = 0; lane < 6; ++lane) test::SetNumber(b.batch, 0, lane, 1);
  test::SetCode(b.batch, 1, 1, -700000);
  b.Sweep({sum});
  CHECK(b.Needs(0) == "applied");
  CHECK(b.Needs(1) == "applied");
}

TEST_CASE("a contradictory fact is needed though it is given") {
  Bench b;
  const std::uint32_t x = b.Number("x");
  const std::uint32_t holds = b.a.Emit(Opcode::kLessEqualNumber, {x, b.a.Number("10")});
  b.a.program.holds.push_back({holds, "x <= 10", ""});
  const std::uint32_t guarded = b.a.Emit(Opcode::kGuardNumber, {x, holds, 0});
  const std::uint32_t root = b.a.Emit(Opcode::kLessNumber, {guarded, b.a.Number("5")});
  b.Rows(3);
  test::SetNumber(b.batch, 0, 0, 11);
  test::SetNumber(b.batch, 0, 1, 9);
  b.Sweep({root});
  CHECK(b.Needs(0) == "x");
  CHECK(b.Needs(1) == "");
  CHECK(b.Needs(2) == "x");
}

TEST_CASE("lists: their unknown elements, or the list as a whole") {
  Bench b;
  const std::uint32_t grave = b.Truth("grave", kItems);
  const std::uint32_t any = b.a.Emit(Opcode::kFoldAny, {grave, kItems});
  const std::uint32_t count = b.a.Emit(Opcode::kFoldCount, {grave, kItems});
  const std::uint32_t two = b.a.Emit(Opcode::kFoldAtLeast, {grave, b.Number("limit"), kItems});
  b.Rows(4);
  Give(b, 0, {0, kUnknown, 1, kUnknown, kUnknown, kUnknown, 0, 0});
  b.batch.domains[kItems].known.Reset(2);
  b.batch.domains[kItems].offsets = {0, 2, 4, 4, 6};
  b.Sweep({any});
  CHECK(b.Needs(0) == "grave");
  CHECK(b.Needs(1) == "");
  CHECK(b.Needs(2) == "list:items");
  b.Sweep({count});
  CHECK(b.Needs(1) == "grave");
  CHECK(b.Needs(2) == "list:items");
  test::SetNumber(b.batch, 1, 0, 1);
  test::SetNumber(b.batch, 1, 2, 1);
  b.Sweep({two});
  CHECK(b.Needs(0) == "grave");
  CHECK(b.Needs(1) == "grave limit");
  CHECK(b.Needs(2) == "list:items");
}

TEST_CASE("picked elements: the value, a tie, an element that is not there") {
  Bench b;
  const std::uint32_t date = b.a.LoadNew("date", ValueKind::kDate, kItems);
  const std::uint32_t good = b.Truth("good", kItems);
  const std::uint32_t all = b.a.Truth(true, kItems);
  const std::uint32_t latest = b.a.Emit(Opcode::kPickLatest, {date, all, kItems});
  const std::uint32_t root = b.a.Emit(Opcode::kGatherTruth, {good, latest, kItems});
  b.Rows(5);
  b.batch.domains[kItems].offsets = {0, 2, 4, 6, 6, 8};
  for (const auto& [lane, day] : {std::pair{0u, 5}, {1u, 9}, {2u, 5}, {3u, 5}, {6u, 4}, {7u, 3}}) {
    test::SetCode(b.batch, 0, lane, day);
  }
  Give(b, 1, {1, kUnknown, 1, 1, 1, 1, 1, 1});
  test::SetCode(b.batch, 0, 4, 8);
  b.Sweep({root});
  CHECK(b.Needs(0) == "good");
  CHECK(b.Needs(1) == "date");
  CHECK(b.Needs(2) == "date");
  CHECK(b.Needs(3) == "list:items");
  CHECK(b.Needs(4) == "");
}

TEST_CASE("the policy's own gaps and the as-of date") {
  Bench b;
  b.a.program.reasons.resize(2);
  const std::uint32_t gap = b.a.Emit(Opcode::kUnknownTruth, {1});
  const std::uint32_t late = b.a.Emit(Opcode::kLessCode, {b.a.Emit(Opcode::kAsOf, {}), b.a.Code(100)});
  const std::uint32_t root = b.a.Emit(Opcode::kOr, {gap, late, b.Truth("p")});
  b.Rows(2);
  Give(b, 0, {0, 1});
  b.Sweep({root});
  CHECK(b.Needs(0) == "reason:1 as_of");
  CHECK(b.Needs(1) == "");
  b.Sweep({root}, 200);
  CHECK(b.Needs(0) == "reason:1");
}

TEST_CASE("a day that the calendar does not have asks for the date") {
  Bench b;
  b.a.program.schema.calendars.push_back({{}, 2024, 2024, {}});
  const std::uint32_t next = b.a.Emit(Opcode::kNextWorkingDay, {b.a.LoadNew("applied", ValueKind::kDate), 0});
  b.Rows(2);
  test::SetCode(b.batch, 0, 0, 0);
  test::SetCode(b.batch, 0, 1, 19800);
  b.Sweep({next});
  CHECK(b.Needs(0) == "applied");
  CHECK(b.Needs(1) == "");
}

TEST_CASE("presence and lists as facts") {
  Bench b;
  const std::uint32_t fact = b.a.Fact("grant", ValueKind::kMoney);
  const std::uint32_t given = b.a.Emit(Opcode::kLoadPresence, {fact});
  b.Rows(3);
  test::SetNumber(b.batch, fact, 0, 1);
  b.batch.columns[fact].states[1] = records::CellState::kAbsent;
  b.Sweep({given});
  CHECK(b.Needs(0) == "");
  CHECK(b.Needs(1) == "");
  CHECK(b.Needs(2) == "grant");
}

TEST_CASE("needs are of unknown roots only, reasons of all") {
  Bench b;
  const std::uint32_t p = b.a.Clause("1", b.Truth("p"));
  const std::uint32_t q = b.a.Clause("2", b.Truth("q"));
  b.Rows(2);
  Give(b, 0, {1, kUnknown});
  Give(b, 1, {kUnknown, 0});
  b.Sweep({b.a.program.clauses[p].value, b.a.program.clauses[q].value});
  CHECK(b.Because(0) == "1 2");
  CHECK(b.Needs(0) == "q");
  CHECK(b.Needs(1) == "p");
}

TEST_CASE("no rows, no clauses, nothing") {
  Bench b;
  const std::uint32_t root = b.Truth("p");
  b.Rows(0);
  b.Sweep({root});
  b.Rows(1);
  b.Sweep({});
  CHECK(b.Needs(0) == "");
}

// Every unknown root of any program has something that it needs, but for a fold over no years or elements at
// all and for numbers that the program alone makes unknown.
TEST_CASE("giving what is not needed never decides an outcome") {
  for (std::uint32_t seed = 0; seed < 200; ++seed) {
    test::RandomProgram random(seed);
    while (random.program().instructions.size() < 50) random.EmitAny();
    const program::Program& program = random.program();
    records::Batch batch = test::RandomBatch(program.schema, 65, test::Fill::kTame, seed);
    const Registers before = Run(program, batch, {.as_of = 19750});
    std::vector<std::uint32_t> roots;
    for (std::uint32_t value = 0; value < program.instructions.size(); ++value) {
      if (program.instructions[value].domain == 0) roots = {value};
    }
    const Relevance relevance = Sweep(program, batch, before, roots);
    // Fill in every cell of the record that the sweep does not ask for.
    for (std::uint32_t fact = 0; fact < program.schema.facts.size(); ++fact) {
      if (program.schema.facts[fact].domain != 0) continue;
      for (std::uint32_t row = 0; row < batch.rows; ++row) {
        const auto& needs = relevance.needs[row];
        const bool needed =
            std::any_of(needs.begin(), needs.end(), [&](const Need& need) { return need.fact == fact; });
        records::Column& column = batch.columns[fact];
        if (needed || column.known[row]) continue;
        test::Given(column, row);
        if (!column.codes.empty()) column.codes[row] = 19750;
      }
    }
    const Registers after = Run(program, batch, {.as_of = 19750});
    for (const std::uint32_t root : roots) {
      for (std::uint32_t row = 0; row < batch.rows; ++row) {
        if (before.KnownAt(root, row)) continue;
        CHECK_MESSAGE(!after.KnownAt(root, row), "seed ", seed, " row ", row);
      }
    }
  }
}

}  // namespace
}  // namespace pol::engine
