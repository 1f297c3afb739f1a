#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <random>
#include <set>
#include <string>
#include <utility>

#include "runtime/calendar/date.h"
#include "runtime/engine/history.h"
#include "runtime/engine/kernels.h"
#include "runtime/program/verify.h"
#include "tests/runtime/assembler.h"

namespace pol::engine {
namespace {

using program::Machine;
using program::MachineState;
using program::Opcode;
using program::TimeoutUnit;
using program::ValueKind;

constexpr Truth kYes = Truth::kTrue;
constexpr Truth kNo = Truth::kFalse;
constexpr Truth kOpen = Truth::kUnknown;
constexpr std::optional<std::int32_t> kNoDate = std::nullopt;

std::int32_t Day(std::int32_t year, std::int32_t month, std::int32_t day) {
  return *calendar::ToDays({year, month, day});
}

// One element: a date, and which conditions hold.
struct Element {
  std::optional<std::int32_t> date;
  std::vector<Truth> conditions;
};

HistoryEnd Walk(const Machine& machine, std::int32_t from, std::int32_t until,
                const std::vector<Element>& elements) {
  History history{.from = from, .until = until, .dates = {}, .conditions = {}};
  for (const Element& element : elements) {
    REQUIRE(element.conditions.size() == machine.conditions);
    history.dates.push_back(element.date);
    history.conditions.insert(history.conditions.end(), element.conditions.begin(), element.conditions.end());
  }
  return WalkHistory(machine, history);
}

constexpr std::uint32_t kListed = 0;
constexpr std::uint32_t kMending = 1;
constexpr std::uint32_t kRemoved = 2;

// Listed; after a weak assessment (condition 0) mending for six months, in which a weak one removes and any
// other (condition 1: an assessment at all) lists again.
Machine Listing(TimeoutUnit unit = TimeoutUnit::kMonths, std::uint32_t timeout = 6) {
  Machine machine;
  machine.conditions = 2;
  machine.states.resize(3);
  machine.states[kListed].transitions = {{0, kMending}};
  machine.states[kMending] = {.transitions = {{0, kRemoved}, {1, kListed}},
                              .timeout_unit = unit,
                              .timeout = timeout,
                              .timeout_target = kRemoved};
  return machine;
}
const std::vector<Truth> kWeak = {kYes, kYes};
const std::vector<Truth> kGood = {kNo, kYes};
const std::vector<Truth> kOther = {kNo, kNo};

HistoryEnd At(std::uint32_t state, std::int32_t since) { return {state, since}; }
HistoryEnd Somewhen(std::uint32_t state) { return {state, std::nullopt}; }

TEST_CASE("elements lead on in the order of their dates") {
  const Machine machine = Listing();
  CHECK(Walk(machine, 0, 400, {}) == At(kListed, 0));
  CHECK(Walk(machine, 0, 150, {{100, kWeak}}) == At(kMending, 100));
  CHECK(Walk(machine, 0, 150, {{120, kGood}, {100, kWeak}}) == At(kListed, 120));
  CHECK(Walk(machine, 0, 150, {{100, kWeak}, {120, kWeak}}) == At(kRemoved, 120));
  CHECK(Walk(machine, 0, 150, {{100, kOther}, {110, kGood}}) == At(kListed, 0));
}

TEST_CASE("what is before the first day or after the last has not happened") {
  const Machine machine = Listing();
  CHECK(Walk(machine, 100, 200, {{99, kWeak}, {201, kWeak}}) == At(kListed, 100));
  CHECK(Walk(machine, 100, 200, {{100, kWeak}}) == At(kMending, 100));
  CHECK(Walk(machine, 100, 200, {{200, kWeak}}) == At(kMending, 200));
  CHECK(Walk(machine, 100, 99, {{100, kWeak}}) == At(kListed, 100));
  CHECK(Walk(machine, 100, 99, {{kNoDate, kWeak}}) == At(kListed, 100));
}

TEST_CASE("the first transition that holds is taken, an unknown one or not") {
  Machine machine;
  machine.conditions = 2;
  machine.states.resize(3);
  machine.states[0].transitions = {{0, 1}, {1, 2}};
  CHECK(Walk(machine, 0, 9, {{5, {kYes, kYes}}}) == At(1, 5));
  CHECK(Walk(machine, 0, 9, {{5, {kNo, kYes}}}) == At(2, 5));
  CHECK(Walk(machine, 0, 9, {{5, {kOpen, kYes}}}) == HistoryEnd{});
  machine.states[0].transitions = {{0, 1}, {1, 1}};
  CHECK(Walk(machine, 0, 9, {{5, {kOpen, kYes}}}) == At(1, 5));
  CHECK(Walk(machine, 0, 9, {{5, {kOpen, kNo}}}) == HistoryEnd{});
  CHECK(Walk(machine, 0, 9, {{5, {kOpen, kNo}}, {7, {kYes, kNo}}}) == Somewhen(1));
  // Whatever is not known of a state that is final does not matter.
  CHECK(Walk(machine, 0, 9, {{5, {kYes, kNo}}, {7, {kOpen, kOpen}}, {kNoDate, {kNo, kNo}}}) == At(1, 5));
}

TEST_CASE("coming into the same state again changes nothing") {
  Machine machine = Listing();
  machine.states[kListed].transitions = {{0, kMending}, {1, kListed}};
  CHECK(Walk(machine, 0, 300, {{100, kGood}}) == At(kListed, 0));
  machine.states[kListed] = {
      .transitions = {}, .timeout_unit = TimeoutUnit::kDays, .timeout = 1, .timeout_target = kListed};
  CHECK(Walk(machine, 0, 3'000'000, {}) == At(kListed, 0));
}

TEST_CASE("what comes twice on a day is one; of different ones the order must not matter") {
  const Machine machine = Listing();
  CHECK(Walk(machine, 0, 200, {{100, kWeak}, {100, kWeak}, {100, kWeak}}) == At(kMending, 100));
  // Weak, then good: listed again; good, then weak: mending.
  CHECK(Walk(machine, 0, 200, {{100, kWeak}, {100, kGood}}) == HistoryEnd{});
  CHECK(Walk(machine, 0, 200, {{50, kWeak}, {100, kOther}, {100, kGood}}) == At(kListed, 100));
  // The same or not: once leads to mending, twice to removal.
  CHECK(Walk(machine, 0, 200, {{100, kWeak}, {100, {kYes, kOpen}}}) == HistoryEnd{});
}

TEST_CASE("many different elements of one day are right, if not always known") {
  Machine machine;
  machine.conditions = 10;
  machine.states.resize(2);
  for (std::uint32_t i = 0; i < machine.conditions; ++i) machine.states[0].transitions.push_back({i, 1});
  for (std::size_t count = 1; count <= machine.conditions; ++count) {
    std::vector<Element> elements;
    for (std::size_t i = 0; i < count; ++i) {
      elements.push_back({5, std::vector<Truth>(machine.conditions, kNo)});
      elements.back().conditions[i] = kYes;
    }
    const HistoryEnd end = Walk(machine, 0, 9, elements);
    CHECK(end == (count <= 8 ? At(1, 5) : HistoryEnd{}));
    // Where they change nothing, nothing is unknown.
    elements.push_back({3, elements.front().conditions});
    CHECK(Walk(machine, 0, 9, elements) == At(1, 3));
  }
}

TEST_CASE("an element without a date may stand anywhere, or outside") {
  const Machine machine = Listing();
  CHECK(Walk(machine, 0, 100, {{kNoDate, kOther}}) == At(kListed, 0));
  CHECK(Walk(machine, 0, 100, {{kNoDate, kGood}}) == At(kListed, 0));
  CHECK(Walk(machine, 0, 100, {{kNoDate, kWeak}}) == HistoryEnd{});
  // Mending since day 50, should the good one not have come after; two weak ones remove either way.
  CHECK(Walk(machine, 0, 100, {{50, kWeak}, {kNoDate, kGood}}) == HistoryEnd{});
  CHECK(Walk(machine, 0, 100, {{50, kWeak}, {60, kWeak}, {kNoDate, kWeak}}) == Somewhen(kRemoved));
}

TEST_CASE("undated elements come once each") {
  // 0 -a-> 1 -a-> 2; b leads from 0 and 1 to 3.
  Machine machine;
  machine.conditions = 2;
  machine.states.resize(4);
  machine.states[0].transitions = {{0, 1}, {1, 3}};
  machine.states[1].transitions = {{0, 2}, {1, 3}};
  const std::vector<Truth> a = {kYes, kNo};
  const std::vector<Truth> b = {kNo, kYes};
  CHECK(Walk(machine, 0, 100, {{kNoDate, a}, {50, b}}) == At(3, 50));
  CHECK(Walk(machine, 0, 100, {{kNoDate, a}, {kNoDate, a}, {50, b}}) == HistoryEnd{});
  CHECK(Walk(machine, 0, 100, {{kNoDate, b}, {50, b}}) == Somewhen(3));
  // Also between two of one day.
  CHECK(Walk(machine, 0, 100, {{50, a}, {kNoDate, a}, {50, b}}) == HistoryEnd{});
}

TEST_CASE("a state is left when its time has passed") {
  const Machine machine = Listing();
  const auto mending_since = [&](std::int32_t weak, std::int32_t until) {
    return Walk(machine, weak - 1000, until, {{weak, kWeak}});
  };
  const std::int32_t weak = Day(2024, 3, 15);
  CHECK(mending_since(weak, Day(2024, 9, 15)) == At(kMending, weak));
  CHECK(mending_since(weak, Day(2024, 9, 16)) == At(kRemoved, Day(2024, 9, 16)));
  // The corresponding day, else the month's last: 31 August and 29 February.
  CHECK(mending_since(Day(2023, 8, 31), Day(2024, 2, 29)) == At(kMending, Day(2023, 8, 31)));
  CHECK(mending_since(Day(2023, 8, 31), Day(2024, 3, 1)) == At(kRemoved, Day(2024, 3, 1)));
  CHECK(mending_since(Day(2022, 8, 30), Day(2023, 3, 1)) == At(kRemoved, Day(2023, 3, 1)));
  CHECK(mending_since(Day(2024, 2, 29), Day(2024, 8, 29)) == At(kMending, Day(2024, 2, 29)));
  CHECK(mending_since(Day(2024, 2, 29), Day(2024, 8, 30)) == At(kRemoved, Day(2024, 8, 30)));
}

TEST_CASE("an element on the last day of a timeout is in time, the day after it is not") {
  const Machine machine = Listing(TimeoutUnit::kDays, 30);
  CHECK(Walk(machine, 0, 200, {{100, kWeak}, {130, kGood}}) == At(kListed, 130));
  CHECK(Walk(machine, 0, 200, {{100, kWeak}, {131, kGood}}) == At(kRemoved, 131));
  // A year of 366 days and one of 365.
  const Machine yearly = Listing(TimeoutUnit::kMonths, 12);
  CHECK(Walk(yearly, 0, Day(2025, 2, 28), {{Day(2024, 2, 29), kWeak}}) == At(kMending, Day(2024, 2, 29)));
  CHECK(Walk(yearly, 0, Day(2025, 3, 1), {{Day(2024, 2, 29), kWeak}}) == At(kRemoved, Day(2025, 3, 1)));
}

TEST_CASE("timeouts follow one another, and end") {
  Machine machine;
  machine.conditions = 1;
  machine.states.resize(3);
  machine.states[0] = {
      .transitions = {}, .timeout_unit = TimeoutUnit::kDays, .timeout = 1, .timeout_target = 1};
  machine.states[1] = {
      .transitions = {}, .timeout_unit = TimeoutUnit::kDays, .timeout = 2, .timeout_target = 2};
  CHECK(Walk(machine, 0, 1, {}) == At(0, 0));
  CHECK(Walk(machine, 0, 2, {}) == At(1, 2));
  CHECK(Walk(machine, 0, 4, {}) == At(1, 2));
  CHECK(Walk(machine, 0, 5, {}) == At(2, 5));
  machine.states[2] = {
      .transitions = {}, .timeout_unit = TimeoutUnit::kDays, .timeout = 1, .timeout_target = 0};
  CHECK(Walk(machine, 0, 7, {}) == At(0, 7));
  CHECK(Walk(machine, 0, 70'000, {}) == At(0, 70'000));
  // Round and round through all of history: no policy does, and no run should take that long.
  CHECK(Walk(machine, calendar::kFirstDay, calendar::kLastDay, {}) == HistoryEnd{});
  CHECK(Walk(machine, calendar::kFirstDay, calendar::kLastDay, {{kNoDate, {kOpen}}}).since == std::nullopt);
  // Times beyond the calendar never pass.
  for (const TimeoutUnit unit : {TimeoutUnit::kDays, TimeoutUnit::kMonths}) {
    machine.states[0] = {.transitions = {}, .timeout_unit = unit, .timeout = 0xffffffff, .timeout_target = 1};
    CHECK(Walk(machine, 0, calendar::kLastDay, {}) == At(0, 0));
  }
}

TEST_CASE("a timeout after an unknown beginning") {
  const Machine machine = Listing(TimeoutUnit::kDays, 30);
  // Weak on day 100 or not: by day 200 removed or listed; a surely weak one before leaves no doubt.
  CHECK(Walk(machine, 0, 200, {{100, {kOpen, kYes}}}) == HistoryEnd{});
  CHECK(Walk(machine, 0, 200, {{100, kWeak}, {110, {kOpen, kNo}}}) == Somewhen(kRemoved));
  // Since day 100 or day 120, mending has passed by day 151 either way.
  CHECK(Walk(machine, 0, 125, {{100, {kOpen, kNo}}, {120, {kYes, kNo}}}) == HistoryEnd{});
  Machine patient = machine;
  patient.states[kMending].transitions = {};
  CHECK(Walk(patient, 0, 125, {{100, {kOpen, kNo}}, {120, kWeak}}) == Somewhen(kMending));
  CHECK(Walk(patient, 0, 140, {{100, {kOpen, kNo}}, {120, kWeak}}) == HistoryEnd{});
  CHECK(Walk(patient, 0, 151, {{100, {kOpen, kNo}}, {120, kWeak}}) == Somewhen(kRemoved));
}

// ---- Against every way in which the unknown may turn out ----

using Ends = std::set<std::pair<std::uint32_t, std::int32_t>>;

// The last day in a state, as the policy says it.
std::int32_t LastDay(const MachineState& state, std::uint32_t index, std::int32_t entered) {
  if (state.timeout_unit == TimeoutUnit::kNever || state.timeout_target == index) return calendar::kLastDay;
  const auto amount = static_cast<std::int32_t>(state.timeout);
  return state.timeout_unit == TimeoutUnit::kDays ? entered + amount : *calendar::AddMonths(entered, amount);
}

std::uint32_t TargetOf(const Machine& machine, std::uint32_t state, const std::vector<Truth>& conditions) {
  for (const program::Transition& transition : machine.states[state].transitions) {
    if (conditions[transition.condition] == kYes) return transition.target;
  }
  return state;
}

// Day by day, with nothing unknown: one end for each order of each day.
Ends EndsOf(const Machine& machine, std::int32_t from, std::int32_t until,
            const std::vector<Element>& elements) {
  Ends now = {{machine.initial, from}};
  for (std::int32_t day = from; day <= until; ++day) {
    std::set<std::vector<Truth>> today;
    for (const Element& element : elements) {
      if (element.date == day) today.insert(element.conditions);
    }
    Ends after;
    for (auto [state, since] : now) {
      if (LastDay(machine.states[state], state, since) < day) {
        state = machine.states[state].timeout_target;
        since = day;
      }
      std::vector<std::vector<Truth>> order(today.begin(), today.end());
      do {
        std::pair end(state, since);
        for (const std::vector<Truth>& conditions : order) {
          const std::uint32_t target = TargetOf(machine, end.first, conditions);
          if (target != end.first) end = {target, day};
        }
        after.insert(end);
      } while (std::next_permutation(order.begin(), order.end()));
    }
    now = std::move(after);
  }
  return now;
}

// All ends, whatever the unknown dates and conditions are.
void AddCompletions(const Machine& machine, std::int32_t from, std::int32_t until,
                    std::vector<Element> elements, Ends& ends) {
  for (Element& element : elements) {
    if (!element.date) {
      for (std::int32_t day = from - 1; day <= until + 1; ++day) {
        element.date = day;
        AddCompletions(machine, from, until, elements, ends);
      }
      return;
    }
    for (Truth& condition : element.conditions) {
      if (condition != kOpen) continue;
      for (const Truth truth : {kYes, kNo}) {
        condition = truth;
        AddCompletions(machine, from, until, elements, ends);
      }
      return;
    }
  }
  ends.merge(EndsOf(machine, from, until, elements));
}

HistoryEnd Common(const Ends& ends) {
  HistoryEnd common{ends.begin()->first, ends.begin()->second};
  for (const auto& [state, since] : ends) {
    if (state != common.state) return {};
    if (since != common.since) common.since.reset();
  }
  return common;
}

class RandomHistory {
 public:
  explicit RandomHistory(std::uint32_t seed) : random_(seed) {}

  std::uint32_t Below(std::uint32_t bound) { return static_cast<std::uint32_t>(random_() % bound); }
  Machine NewMachine(bool months) {
    Machine machine;
    machine.conditions = 1 + Below(3);
    machine.states.resize(1 + Below(4));
    const auto any_state = [&] { return Below(static_cast<std::uint32_t>(machine.states.size())); };
    machine.initial = any_state();
    for (MachineState& state : machine.states) {
      for (std::uint32_t i = 0; i < machine.conditions; ++i) {
        if (Below(2) == 0) state.transitions.push_back({i, any_state()});
      }
      if (Below(2) == 0) std::ranges::reverse(state.transitions);
      if (Below(3) != 0) continue;
      state.timeout_unit = months ? TimeoutUnit::kMonths : TimeoutUnit::kDays;
      state.timeout = months ? 1 : 1 + Below(3);
      state.timeout_target = any_state();
    }
    return machine;
  }
  // At most `unknown` of the dates and conditions are.
  std::vector<Element> Elements(const Machine& machine, std::int32_t from, std::int32_t until,
                                std::uint32_t unknown) {
    std::vector<Element> elements(Below(5));
    for (Element& element : elements) {
      element.date =
          from - 1 + static_cast<std::int32_t>(Below(static_cast<std::uint32_t>(until - from + 3)));
      for (std::uint32_t i = 0; i < machine.conditions; ++i)
        element.conditions.push_back(Below(2) == 0 ? kYes : kNo);
    }
    for (; unknown > 0 && !elements.empty(); --unknown) {
      Element& element = elements[Below(static_cast<std::uint32_t>(elements.size()))];
      if (Below(2) == 0) {
        element.date.reset();
      } else {
        element.conditions[Below(machine.conditions)] = kOpen;
      }
    }
    return elements;
  }

 private:
  std::mt19937 random_;
};

TEST_CASE("nothing unknown: known exactly where the order of a day does not matter") {
  for (std::uint32_t seed = 0; seed < 3000; ++seed) {
    RandomHistory random(seed);
    const Machine machine = random.NewMachine(seed % 4 == 0);
    const std::int32_t from = Day(2024, 1, 29) + static_cast<std::int32_t>(random.Below(3));
    const std::int32_t until = from + static_cast<std::int32_t>(seed % 4 == 0 ? 80 : random.Below(9));
    const std::vector<Element> elements = random.Elements(machine, from, until, 0);
    const HistoryEnd expected = Common(EndsOf(machine, from, until, elements));
    CHECK_MESSAGE(Walk(machine, from, until, elements) == expected, "seed ", seed);
  }
}

TEST_CASE("a known answer is right whatever the unknown turns out to be") {
  int known = 0;
  int could_be_known = 0;
  for (std::uint32_t seed = 0; seed < 4000; ++seed) {
    RandomHistory random(seed);
    const bool months = seed % 8 == 0;
    const Machine machine = random.NewMachine(months);
    const std::int32_t from = Day(2024, 1, 29) + static_cast<std::int32_t>(random.Below(3));
    const std::int32_t until = from + static_cast<std::int32_t>(months ? 40 : random.Below(7));
    const std::vector<Element> elements =
        random.Elements(machine, from, until, months ? 1 : 1 + random.Below(3));
    Ends ends;
    AddCompletions(machine, from, until, elements, ends);
    const HistoryEnd expected = Common(ends);
    const HistoryEnd found = Walk(machine, from, until, elements);
    if (found.state) CHECK_MESSAGE(found.state == expected.state, "seed ", seed);
    if (found.since) CHECK_MESSAGE(found == expected, "seed ", seed);
    known += found.state.has_value() + found.since.has_value();
    could_be_known += expected.state.has_value() + expected.since.has_value();
  }
  // Sound is not enough: an answer that is there should be found but for a few.
  CHECK(known * 100 >= could_be_known * 99);
}

// ---- The kernels ----

// A walk over the list of each record: dates, whether each leads on, from the first day to the as-of date.
struct WalkProgram {
  test::Assembler a;
  std::uint32_t date = a.Fact("date", ValueKind::kDate, test::kItems);
  std::uint32_t weak = a.Fact("weak", ValueKind::kTruth, test::kItems);
  std::uint32_t from = a.Fact("from", ValueKind::kDate);
  std::uint32_t state = 0;
  std::uint32_t since = 0;

  WalkProgram() {
    a.program.machines = {Listing()};
    a.program.machines[0].first_code = 10;
    const std::uint32_t dates = a.Load(date);
    const std::uint32_t truths = a.Load(weak);
    const std::vector<std::uint32_t> operands = {dates,        a.Load(from), a.Emit(Opcode::kAsOf, {}),  0,
                                                 test::kItems, truths,       a.Truth(true, test::kItems)};
    state = a.Emit(Opcode::kWalkState, operands);
    since = a.Emit(Opcode::kWalkSince, operands);
    const std::vector<std::string> errors = program::Verify(a.program);
    REQUIRE_MESSAGE(errors.empty(), errors.front());
  }
};

TEST_CASE("each record has a history of its own") {
  for (const std::uint32_t rows : {0u, 1u, 63u, 64u, 65u}) {
    WalkProgram p;
    records::Batch batch = test::BlankBatch(p.a.program.schema, rows);
    for (std::uint32_t row = 0; row < rows; ++row) {
      const auto day = static_cast<std::int32_t>(row);
      test::SetCode(batch, p.from, row, day);
      test::SetCode(batch, p.date, 2 * row, day + 9);
      test::SetCode(batch, p.date, 2 * row + 1, day + 5);
      test::SetTruth(batch, p.weak, 2 * row, row % 2 == 0);
      test::SetTruth(batch, p.weak, 2 * row + 1, true);
      if (row % 8 == 7) batch.domains[test::kItems].known.Reset(row);
      if (row % 8 == 6) batch.columns[p.from].known.Reset(row);
      if (row % 8 == 5) batch.columns[p.date].known.Reset(2 * row);
      if (row % 8 == 4) batch.columns[p.date].known.Reset(2 * row + 1);
    }
    const Registers registers = Run(p.a.program, batch, {.as_of = 100});
    for (std::uint32_t row = 0; row < rows; ++row) {
      const auto state = registers.CodeAt(p.state, row);
      const auto since = registers.CodeAt(p.since, row);
      const auto day = static_cast<std::int32_t>(row);
      if (row % 8 >= 4) {
        CHECK_FALSE(since);
        CHECK_FALSE(state);
      } else {
        CHECK(state == (row % 2 == 0 ? 12 : 10));
        CHECK(since == day + 9);
      }
    }
    const Registers undated = Run(p.a.program, batch, {});
    for (std::uint32_t row = 0; row < rows; ++row) CHECK_FALSE(undated.KnownAt(p.state, row));
  }
}

TEST_CASE("the n-th date from the earliest") {
  test::Assembler a;
  const std::uint32_t date = a.Fact("date", ValueKind::kDate, test::kItems);
  const std::uint32_t counts = a.Fact("counts", ValueKind::kTruth, test::kItems);
  const std::uint32_t dates = a.Load(date);
  const std::uint32_t counted = a.Load(counts);
  std::vector<std::uint32_t> nth;
  for (const char* n : {"1", "2", "3", "0", "1.5", "-1"}) {
    nth.push_back(a.Emit(Opcode::kFoldEarliest, {dates, counted, a.Number(n), test::kItems}));
  }
  records::Batch batch = test::BlankBatch(a.program.schema, 4, 2020, 1, 3);
  const std::int32_t days[] = {7, 5, 6};
  for (std::uint32_t lane = 0; lane < 12; ++lane) {
    test::SetCode(batch, date, lane, days[lane % 3]);
    test::SetTruth(batch, counts, lane, lane % 3 != 2);
  }
  batch.columns[date].known.Reset(3);
  batch.columns[counts].known.Reset(8);
  batch.domains[test::kItems].known.Reset(3);
  const Registers registers = Run(a.program, batch, {});
  CHECK(registers.CodeAt(nth[0], 0) == 5);
  CHECK(registers.CodeAt(nth[1], 0) == 7);
  for (std::size_t i = 2; i < nth.size(); ++i) CHECK_FALSE(registers.CodeAt(nth[i], 0));
  for (std::uint32_t row = 1; row < 4; ++row) CHECK_FALSE(registers.CodeAt(nth[0], row));
}

// One record a case: elements as (year, counts, date), -1 for what is unknown.
struct YearsCase {
  std::vector<std::array<std::int32_t, 3>> elements;
  bool list_known = true;
};

TEST_CASE("elements by year") {
  test::Assembler a;
  const std::uint32_t date = a.Fact("date", ValueKind::kDate, test::kItems);
  const std::uint32_t counts = a.Fact("counts", ValueKind::kTruth, test::kItems);
  const std::uint32_t of = a.Fact("year", ValueKind::kYear, test::kItems);
  const std::uint32_t counted = a.Load(counts);
  const std::uint32_t years = a.Load(of);
  const std::uint32_t any = a.Emit(Opcode::kYearsAny, {counted, years, test::kItems});
  const std::uint32_t earliest = a.Emit(Opcode::kYearsEarliest, {a.Load(date), counted, years, test::kItems});
  const std::uint32_t before = a.Emit(Opcode::kPreviousCode, {earliest});
  const auto said = [&](const YearsCase& at) {
    const auto size = static_cast<std::uint32_t>(at.elements.size());
    records::Batch batch = test::BlankBatch(a.program.schema, 1, 2020, 3, size);
    batch.domains[test::kItems].known.Put(0, at.list_known);
    for (std::uint32_t lane = 0; lane < size; ++lane) {
      const auto& [year, holds, day] = at.elements[lane];
      if (year >= 0) test::SetNumber(batch, of, lane, year);
      if (holds >= 0) test::SetTruth(batch, counts, lane, holds == 1);
      if (day >= 0) test::SetCode(batch, date, lane, day);
    }
    const Registers registers = Run(a.program, batch, {});
    std::string text;
    for (std::uint32_t lane = 0; lane < 3; ++lane) {
      const Truth truth = registers.TruthAt(any, lane);
      const auto code = registers.CodeAt(earliest, lane);
      text += truth == kYes ? '+' : truth == kNo ? '-' : '?';
      if (code) text += std::to_string(*code);
      CHECK((lane == 2 || code == registers.CodeAt(before, lane + 1)));
    }
    CHECK_FALSE(registers.CodeAt(before, 0));
    return text;
  };
  CHECK(said({{}}) == "---");
  CHECK(said({{}, false}) == "???");
  CHECK(said({{{2020, 1, 9}, {2020, 1, 4}, {2022, 1, 7}}}) == "+4-+7");
  CHECK(said({{{2020, 1, 9}}, false}) == "+??");
  CHECK(said({{{2020, 0, 9}, {2021, 1, -1}, {2022, -1, 3}}}) == "-+?");
  CHECK(said({{{-1, 1, 9}, {2021, 1, 4}}}) == "?+?");
  CHECK(said({{{-1, 0, 9}, {2021, 1, 4}}}) == "-+4-");
  CHECK(said({{{2021, -1, 9}, {2021, 1, 4}}}) == "-+-");
  CHECK(said({{{1999, 1, 9}, {2050, -1, 4}}}) == "---");
}

TEST_CASE("a year that is no whole number is none") {
  test::Assembler a;
  const std::uint32_t half = a.Number("2020.5", test::kItems);
  const std::uint32_t any = a.Emit(Opcode::kYearsAny, {a.Truth(true, test::kItems), half, test::kItems});
  records::Batch batch = test::BlankBatch(a.program.schema, 1, 2020, 2, 1);
  for (const Width width : {Width::k64, Width::k128, Width::kAny}) {
    const Registers registers = Run(a.program, batch, {.narrowest = width});
    CHECK(registers.TruthAt(any, 0) == Truth::kFalse);
    CHECK(registers.TruthAt(any, 1) == Truth::kFalse);
  }
}

}  // namespace
}  // namespace pol::engine
