// For tests: a small program with something in every table. R&D intensity over the last three years before
// the application must reach 10%, the place must be in Beijing, and something is not disclosed.
#pragma once

#include "tests/runtime/assembler.h"

namespace pol::test {

inline void AddSampleTables(program::Program& program) {
  program.policy = {.name = "sample.policy",
                    .title = "A \"sample\"",
                    .document = "No. 1",
                    .authority = "",
                    .version = "1",
                    .issued = "2024-01-01",
                    .effective = "2024-02-01"};
  program.schema.enumerations.push_back(
      {{"grade", "级别", {}}, true, {{"low", "低", {"L"}}, {"high", "高", {"H", "top"}}}});
  program.schema.regions = {{110000, {"北京市", "北京"}}, {110105, {"朝阳区"}}};
  program.schema.calendars.push_back({{"cn", "", {}}, 2024, 2025, {{19723, false}, {19756, true}}});
  program.schema.text_literals = {"yes", "是"};
  program.reasons.push_back({program::ReasonKind::kUndisclosed, 1, program::kNone, "not published"});
}

inline void AddSampleExplanations(std::uint32_t intensity, std::uint32_t rd, std::uint32_t revenue,
                                  std::uint32_t floor, std::uint32_t reaches, program::Program& program) {
  const auto term = [&](std::string words, std::uint32_t value, ValueKind kind) {
    program::Term added;
    added.words = std::move(words);
    added.value = value;
    added.type.kind = kind;
    program.terms.push_back(added);
  };
  term("rd", rd, ValueKind::kMoney);
  term("revenue", revenue, ValueKind::kMoney);
  term("rd_intensity", intensity, ValueKind::kPercent);
  program.terms.back().quotient = true;
  program.terms.back().parts = {0, 1};
  term("10%", floor, ValueKind::kPercent);
  program.terms.back().constant = true;
  program::Explanation comparison;
  comparison.kind = program::ExplanationKind::kComparison;
  comparison.comparison = program::Comparison::kGreaterEqual;
  comparison.value = reaches;
  comparison.words = "rd_intensity >= 10%";
  comparison.terms = {2, 3};
  comparison.place = {"sample.pol", 12};
  program::Explanation clause;
  clause.kind = program::ExplanationKind::kClause;
  clause.clause = 0;
  clause.value = program.clauses[0].value;
  clause.children = {0};
  program.explanations = {comparison, clause};
  program.clauses[0].explanation = 1;
}

// A designation that lapses after a weak evaluation unless another mends it, with a report due every year.
inline void AddSampleLifecycle(Assembler& a) {
  using program::LifecyclePhase;
  program::Program& program = a.program;
  program.schema.enumerations.push_back(
      {{"designation", "资格", {}},
       false,
       {{"active", "有效", {}}, {"mending", "整改", {}}, {"lapsed", "失效", {}}}});
  program.machines = {{.initial = 0,
                       .conditions = 2,
                       .first_code = 0,
                       .states = {{.transitions = {{0, 1}}},
                                  {.transitions = {{0, 2}, {1, 0}},
                                   .timeout_unit = program::TimeoutUnit::kMonths,
                                   .timeout = 6,
                                   .timeout_target = 2},
                                  {}}}};
  const std::uint32_t date = a.LoadNew("date", ValueKind::kDate, kItems);
  const std::uint32_t weak = a.LoadNew("weak", ValueKind::kTruth, kItems);
  const std::uint32_t good = a.Emit(Opcode::kNot, {weak});
  const std::uint32_t start = a.Emit(Opcode::kFoldEarliest, {date, good, a.Number("1"), kItems});
  const std::uint32_t as_of = a.Emit(Opcode::kAsOf, {});
  const std::uint32_t state = a.Emit(Opcode::kWalkState, {date, start, as_of, 0, kItems, weak, good});
  const std::uint32_t since = a.Emit(Opcode::kWalkSince, {date, start, as_of, 0, kItems, weak, good});
  const std::uint32_t year = a.Emit(Opcode::kYearOf, {date});
  const std::uint32_t met = a.Emit(Opcode::kYearsAny, {good, year, kItems});
  const std::uint32_t met_on = a.Emit(Opcode::kYearsEarliest, {date, good, year, kItems});
  const std::uint32_t missed = a.Emit(Opcode::kNot, {met});
  const std::uint32_t before = a.Emit(Opcode::kPreviousCode, {met_on});
  program::Lifecycle lifecycle;
  lifecycle.naming = {"designation", "资格", {}};
  lifecycle.enumeration = 1;
  lifecycle.states = {
      {.clause = 0, .phase = LifecyclePhase::kRunning},
      {.phase = LifecyclePhase::kRunning},
      {.clause = 1, .phase = LifecyclePhase::kEnded, .at_event = true, .barred_for_good = true}};
  lifecycle.duties = {{.naming = {"report", "年报", {}},
                       .clause = 0,
                       .recurring = true,
                       .owed = met,
                       .due = before,
                       .nominal = before,
                       .met = met,
                       .met_on = met_on,
                       .missed = missed,
                       .place = {"sample.pol", 21}}};
  lifecycle.state = state;
  lifecycle.since = since;
  lifecycle.start = start;
  lifecycle.expiry = a.Emit(Opcode::kAddMonths, {start, a.Number("60")});
  lifecycle.barred = a.Emit(Opcode::kEqualCode, {state, a.Code(2)});
  lifecycle.barred_until = lifecycle.expiry;
  lifecycle.explanation = static_cast<std::uint32_t>(program.explanations.size());
  lifecycle.place = {"sample.pol", 20};
  program::Explanation explanation;
  explanation.kind = program::ExplanationKind::kLifecycle;
  explanation.lifecycle = 0;
  explanation.value = state;
  program.explanations.push_back(explanation);
  program.lifecycles.push_back(lifecycle);
}

inline program::Program SampleProgram() {
  Assembler a;
  AddSampleTables(a.program);
  const std::uint32_t place = a.Fact("registered_in", ValueKind::kRegion);
  const std::uint32_t applied = a.Fact("applied", ValueKind::kDate);
  const std::uint32_t revenue = a.Fact("revenue", ValueKind::kMoney, kYears);
  const std::uint32_t rd = a.Fact("rd", ValueKind::kMoney, kYears);
  a.program.schema.facts[place].naming.label = "注册地";
  a.program.schema.facts[revenue].type.currency = a.program.schema.facts[rd].type.currency = "CNY";
  a.program.schema.facts[rd].range.has_low = a.program.schema.facts[rd].range.low_closed = true;
  const std::uint32_t within = a.Emit(Opcode::kWithinRegion, {a.Load(place), 110000});
  const std::uint32_t year = a.Emit(Opcode::kYearOf, {a.Load(applied)});
  const std::uint32_t first = a.Emit(Opcode::kSubtract, {year, a.Number("3")});
  const std::uint32_t one = a.Number("1");
  const std::uint32_t last = a.Emit(Opcode::kSubtract, {year, one});
  const std::uint32_t window = a.Emit(Opcode::kWindowYears, {first, last}, kYears);
  const std::uint32_t revenue_series = a.Load(revenue);
  const std::uint32_t rd_series = a.Load(rd);
  const std::uint32_t less = a.Emit(Opcode::kLessEqualNumber, {rd_series, revenue_series});
  a.program.holds.push_back({less, "rd <= revenue", ""});
  const std::uint32_t guarded = a.Emit(Opcode::kGuardNumber, {rd_series, less, 0});
  const std::uint32_t floor = a.Number("0.1");
  a.Emit(Opcode::kNextWorkingDay, {2, 0});
  const std::uint32_t rd_sum = a.Emit(Opcode::kFoldSum, {guarded, window, kYears});
  const std::uint32_t revenue_sum = a.Emit(Opcode::kFoldSum, {revenue_series, window, kYears});
  const std::uint32_t intensity = a.Emit(Opcode::kDivide, {rd_sum, revenue_sum});
  const std::uint32_t reaches = a.Emit(Opcode::kLessEqualNumber, {floor, intensity});
  a.Clause("1(1)", a.Emit(Opcode::kAnd, {reaches, within}));
  a.Clause("1(2)", a.Emit(Opcode::kUnknownTruth, {0}));
  a.Clause("1", a.Emit(Opcode::kAnd, {a.program.clauses[0].value, a.program.clauses[1].value}), {0, 1});
  a.program.clauses[0].place = {"sample.pol", 12};
  AddSampleExplanations(intensity, rd_sum, revenue_sum, floor, reaches, a.program);
  program::Decision decision;
  decision.naming.name = "eligibility";
  decision.outcomes = {{"eligible", "符合", {}}, {"ineligible", "不符合", {}}};
  decision.value = a.Emit(Opcode::kSelectCode, {a.program.clauses[2].value, a.Code(0), a.Code(1)});
  a.program.decisions.push_back(decision);
  AddSampleLifecycle(a);
  return a.program;
}

}  // namespace pol::test
