#include <doctest/doctest.h>

#include "runtime/engine/relevance.h"
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

// Active until what `ends` says of an element, from `from` to the as-of date.
struct Walk {
  Bench b;
  std::uint32_t date = b.a.Fact("date", ValueKind::kDate, kItems);
  std::uint32_t ends = b.a.Fact("ends", ValueKind::kTruth, kItems);
  std::uint32_t from = b.a.Fact("from", ValueKind::kDate);
  std::uint32_t state = 0;
  std::uint32_t since = 0;

  Walk() { Emit(b.a.Load(ends)); }
  void Emit(std::uint32_t condition) {
    program::Machine machine{.initial = 0, .conditions = 2, .first_code = 0, .states = {}};
    machine.states.resize(3);
    // An end, and a mending of it.
    machine.states[0].transitions = {{0, 1}};
    machine.states[1].transitions = {{1, 2}};
    b.a.program.machines = {machine};
    const std::uint32_t dates = b.a.Load(date);
    const std::uint32_t first = b.a.Load(from);
    const std::uint32_t as_of = b.a.Emit(Opcode::kAsOf, {});
    const std::uint32_t mends = b.a.Emit(Opcode::kNot, {condition});
    state = b.a.Emit(Opcode::kWalkState, {dates, first, as_of, 0, kItems, condition, mends});
    since = b.a.Emit(Opcode::kWalkSince, {dates, first, as_of, 0, kItems, condition, mends});
  }
  // Days of the two elements of each record; -1 is unknown.
  void Dates(std::initializer_list<int> days) {
    std::uint32_t lane = 0;
    for (const int day : days) {
      if (day >= 0) test::SetCode(b.batch, date, lane, day);
      ++lane;
    }
  }
};

TEST_CASE("an unknown walk: what is unknown of the elements in reach, the list, the first day") {
  Walk w;
  w.b.Rows(7);
  w.Dates({10, 20, 5, 10, -1, 60, 10, 20, 20, 20, 10, -1});
  Give(w.b, w.ends, {kUnknown, 0, kUnknown, kUnknown, 1, kUnknown, 1, kUnknown, 1, 0, 1, 0});
  w.b.batch.domains[kItems].offsets = {0, 2, 4, 6, 8, 10, 12, 12};
  w.b.batch.domains[kItems].known.Reset(6);
  for (const std::uint32_t row : {0u, 1u, 2u, 4u, 5u, 6u}) test::SetCode(w.b.batch, w.from, row, 8);
  w.b.Sweep({w.state}, 50);
  CHECK(w.b.Needs(0) == "ends");
  CHECK(w.b.Needs(1) == "ends");
  CHECK(w.b.Needs(2) == "date");
  CHECK(w.b.Needs(3) == "ends from");
  // Of the same day, and the order matters: another date would tell.
  CHECK(w.b.Needs(4) == "date");
  CHECK(w.b.Needs(5) == "date");
  CHECK(w.b.Needs(6) == "list:items");
  w.b.Sweep({w.state});
  CHECK(w.b.Needs(6) == "list:items as_of");
  CHECK(w.b.Needs(4) == "as_of");
}

TEST_CASE("a known walk asks for nothing, whatever is unknown beside it") {
  Walk w;
  const std::uint32_t active = w.b.a.Emit(Opcode::kEqualCode, {w.state, w.b.a.Code(2)});
  const std::uint32_t p = w.b.Truth("p");
  const std::uint32_t root = w.b.a.Emit(Opcode::kAnd, {active, p});
  w.b.Rows(2);
  w.Dates({10, 20, 10, 60});
  Give(w.b, w.ends, {1, 0, 1, kUnknown});
  test::SetCode(w.b.batch, w.from, 0, 8);
  test::SetCode(w.b.batch, w.from, 1, 8);
  w.b.Sweep({root, w.since}, 50);
  CHECK(w.b.Needs(0) == "p");
  CHECK(w.b.Needs(1) == "");
}

TEST_CASE("a walk is owed to the conditions of the elements in reach") {
  Walk w;
  const std::uint32_t clause = w.b.a.Clause("1", w.b.Truth("grave"));
  const std::uint32_t grave =
      w.b.a.Emit(Opcode::kBroadcastTruth, {w.b.a.program.clauses[clause].value}, kItems);
  w.Emit(grave);
  w.b.Rows(3, 1);
  w.Dates({10, 60, 10});
  const auto fact = static_cast<std::uint32_t>(w.b.a.program.schema.facts.size() - 1);
  Give(w.b, fact, {1, 1, kUnknown});
  for (const std::uint32_t row : {0u, 1u, 2u}) test::SetCode(w.b.batch, w.from, row, 8);
  w.b.Sweep({w.state}, 50);
  CHECK(w.b.Because(0) == "1");
  CHECK(w.b.Because(1) == "");
  CHECK(w.b.Because(2) == "1");
  CHECK(w.b.Needs(2) == "grave");
}

TEST_CASE("a date found by a walk that is of no use is wanted otherwise") {
  Walk w;
  w.b.a.program.schema.calendars.push_back({{}, 2024, 2024, {}});
  const std::uint32_t root = w.b.a.Emit(Opcode::kNextWorkingDay, {w.since, 0});
  w.b.Rows(1);
  w.Dates({10, 20});
  Give(w.b, w.ends, {1, 1});
  test::SetCode(w.b.batch, w.from, 0, 8);
  w.b.Sweep({root}, 50);
  CHECK(w.b.Needs() == "date from");
}

TEST_CASE("the n-th date: too few of them, or what is unknown of them") {
  Bench b;
  const std::uint32_t date = b.a.LoadNew("date", ValueKind::kDate, kItems);
  const std::uint32_t good = b.Truth("good", kItems);
  const std::uint32_t root = b.a.Emit(Opcode::kFoldEarliest, {date, good, b.Number("n"), kItems});
  b.Rows(5);
  for (std::uint32_t lane = 0; lane < 8; ++lane) test::SetCode(b.batch, 0, lane, 7);
  Give(b, 1, {1, 1, 1, 0, 1, kUnknown, 1, 1, 1, 1});
  for (const std::uint32_t row : {0u, 1u, 2u, 4u}) test::SetNumber(b.batch, 2, row, 2);
  b.Sweep({root});
  CHECK(b.Needs(0) == "");
  CHECK(b.Needs(1) == "date good n list:items");
  CHECK(b.Needs(2) == "good");
  CHECK(b.Needs(3) == "n");
  CHECK(b.Needs(4) == "date");
}

// A root for one year: whether `of` holds in the batch's first year.
std::uint32_t InFirstYear(Bench& b, std::uint32_t truth) {
  const std::uint32_t year = b.a.Number("2020");
  const std::uint32_t window = b.a.Emit(Opcode::kWindowYears, {year, year}, kYears);
  return b.a.Emit(Opcode::kFoldAny, {b.a.Emit(Opcode::kAnd, {truth, window}), kYears});
}

TEST_CASE("elements by year: those of the year, or of which that is not known") {
  Bench b;
  const std::uint32_t good = b.Truth("good", kItems);
  const std::uint32_t year = b.a.LoadNew("year", ValueKind::kYear, kItems);
  const std::uint32_t clause = b.a.Clause("1", b.Truth("p"));
  const std::uint32_t allowed =
      b.a.Emit(Opcode::kBroadcastTruth, {b.a.program.clauses[clause].value}, kItems);
  const std::uint32_t counts = b.a.Emit(Opcode::kAnd, {good, allowed});
  const std::uint32_t root = InFirstYear(b, b.a.Emit(Opcode::kYearsAny, {counts, year, kItems}));
  b.Rows(6);
  Give(b, 0, {1, kUnknown, kUnknown, 0, kUnknown, 0, 1, 0, 1, 1, kUnknown, 0});
  for (std::uint32_t lane = 0; lane < 12; ++lane) {
    if (lane != 6) test::SetNumber(b.batch, 1, lane, lane == 4 || lane >= 8 ? 2021 : 2020);
  }
  Give(b, 2, {1, 1, 1, 1, 1, 1});
  b.batch.domains[kItems].known.Reset(5);
  b.Sweep({root});
  CHECK(b.Because(0) == "1");
  CHECK(b.Needs(0) == "");
  CHECK(b.Needs(1) == "good");
  CHECK(b.Needs(2) == "");
  CHECK(b.Because(2) == "");
  CHECK(b.Needs(3) == "year");
  CHECK(b.Needs(4) == "");
  CHECK(b.Needs(5) == "list:items");
}

TEST_CASE("the earliest of a year: where there is none, elements and their years are wanted") {
  Bench b;
  const std::uint32_t date = b.a.LoadNew("date", ValueKind::kDate, kItems);
  const std::uint32_t good = b.Truth("good", kItems);
  const std::uint32_t year = b.a.LoadNew("year", ValueKind::kYear, kItems);
  const std::uint32_t earliest = b.a.Emit(Opcode::kYearsEarliest, {date, good, year, kItems});
  const std::uint32_t limit = b.a.Code(100, kYears);
  const std::uint32_t root = InFirstYear(b, b.a.Emit(Opcode::kLessCode, {earliest, limit}));
  b.Rows(5, 1);
  Give(b, 1, {1, 1, kUnknown, 0, 1});
  for (const std::uint32_t lane : {0u, 1u, 2u, 3u}) test::SetNumber(b.batch, 2, lane, 2020);
  test::SetNumber(b.batch, 2, 4, 2021);
  for (const std::uint32_t lane : {0u, 3u}) test::SetCode(b.batch, 0, lane, 7);
  b.Sweep({root});
  CHECK(b.Needs(0) == "");
  CHECK(b.Needs(1) == "date");
  CHECK(b.Needs(2) == "good");
  CHECK(b.Needs(3) == "good year list:items");
  CHECK(b.Needs(4) == "good year list:items");
}

}  // namespace
}  // namespace pol::engine
