#include "compiler/lower/expression_rules.h"

#include <utility>

#include "compiler/model/walk.h"
#include "runtime/program/instruction_info.h"

namespace pol::lower {

using program::kNone;
using program::Opcode;
using program::RegisterKind;

std::vector<Register> ExpressionRules::Of(const std::vector<model::ExpressionId>& ids) const {
  std::vector<Register> registers;
  registers.reserve(ids.size());
  for (const model::ExpressionId id : ids) registers.push_back(Of(id));
  return registers;
}

Register ExpressionRules::operator()(const model::ConstantTruth& it) const {
  return emitter().Truth(it.value, info.domain);
}
Register ExpressionRules::operator()(const model::ConstantNumber& it) const {
  return emitter().Number(it.value, info.domain);
}
Register ExpressionRules::operator()(const model::ConstantCode& it) const {
  return emitter().Code(it.value, info.domain);
}

Register ExpressionRules::operator()(const model::FactValue& it) const {
  if (!it.raw) return values.facts_[it.fact.index];
  constexpr Opcode kLoads[] = {Opcode::kLoadTruth, Opcode::kLoadNumber, Opcode::kLoadCode};
  const program::Fact& fact = values.model_.schema.facts[it.fact.index];
  const auto kind = static_cast<std::size_t>(program::RegisterKindOf(fact.type.kind));
  return emitter().Emit(kLoads[kind], fact.domain, {it.fact.index});
}
Register ExpressionRules::operator()(const model::FactPresence& it) const {
  const program::Fact& fact = values.model_.schema.facts[it.fact.index];
  return emitter().Emit(Opcode::kLoadPresence, fact.domain, {it.fact.index});
}
Register ExpressionRules::operator()(const model::ParameterValue& it) const {
  return values.parameters_[it.parameter.index];
}
Register ExpressionRules::operator()(const model::AsOf&) const { return Emit(Opcode::kAsOf, {}); }
Register ExpressionRules::operator()(const model::LetValue& it) const { return OfMeaning(it); }
Register ExpressionRules::operator()(const model::GrantValue& it) const { return OfMeaning(it); }
Register ExpressionRules::operator()(const model::ScoreValue& it) const { return OfMeaning(it); }
Register ExpressionRules::operator()(const model::LifecycleValue& it) const { return OfMeaning(it); }
Register ExpressionRules::operator()(const model::MissedDuty& it) const { return OfMeaning(it); }
Register ExpressionRules::OfMeaning(const model::Expression& name) const {
  return Of(model::MeaningOf(values.model_, name));
}
Register ExpressionRules::operator()(const model::ClauseValue& it) const {
  return values.Of(it.clause).value;
}
Register ExpressionRules::operator()(const model::Broadcast& it) const {
  return emitter().Broadcast(Of(it.operand), info.domain);
}

Register ExpressionRules::operator()(const model::Not& it) const { return emitter().Not(Of(it.operand)); }
Register ExpressionRules::operator()(const model::All& it) const {
  return emitter().And(Of(it.operands), info.domain);
}
Register ExpressionRules::operator()(const model::Any& it) const {
  return emitter().Or(Of(it.operands), info.domain);
}
Register ExpressionRules::operator()(const model::AtLeast& it) const {
  const Register threshold = Of(it.threshold);
  if (it.operands.empty()) {
    return Emit(Opcode::kLessEqualNumber, {threshold, emitter().Number(0, info.domain)});
  }
  // Each operand counts, equal ones too: "two of §5, §5" is the analyst's affair.
  std::vector<std::uint32_t> operands{threshold};
  for (const model::ExpressionId operand : it.operands) operands.push_back(Of(operand));
  return emitter().Emit(Opcode::kAtLeast, info.domain, operands);
}

Register ExpressionRules::operator()(const model::Arithmetic& it) const {
  constexpr Opcode kOpcodes[] = {Opcode::kAdd, Opcode::kSubtract, Opcode::kMultiply, Opcode::kDivide};
  return Emit(kOpcodes[static_cast<std::size_t>(it.operation)], {Of(it.left), Of(it.right)});
}
Register ExpressionRules::operator()(const model::Negate& it) const {
  return Emit(Opcode::kNegate, {Of(it.operand)});
}
Register ExpressionRules::operator()(const model::Round& it) const {
  constexpr Opcode kOpcodes[] = {Opcode::kRoundHalfAway, Opcode::kRoundUp, Opcode::kRoundDown};
  return Emit(kOpcodes[static_cast<std::size_t>(it.rounding)], {Of(it.operand), Of(it.multiple)});
}

Register ExpressionRules::EqualTruth(Register left, Register right) const {
  const Register both = emitter().And({left, right}, info.domain);
  const Register neither = emitter().And({emitter().Not(left), emitter().Not(right)}, info.domain);
  return emitter().Or({both, neither}, info.domain);
}

Register ExpressionRules::EmitComparison(program::Comparison comparison, Register left,
                                         Register right) const {
  const RegisterKind kind = emitter().KindOf(left);
  const bool number = kind == RegisterKind::kNumber;
  const Opcode less = number ? Opcode::kLessNumber : Opcode::kLessCode;
  const Opcode less_equal = number ? Opcode::kLessEqualNumber : Opcode::kLessEqualCode;
  switch (comparison) {
    case program::Comparison::kLess:
      return Emit(less, {left, right});
    case program::Comparison::kLessEqual:
      return Emit(less_equal, {left, right});
    case program::Comparison::kGreater:
      return Emit(less, {right, left});
    case program::Comparison::kGreaterEqual:
      return Emit(less_equal, {right, left});
    case program::Comparison::kNotEqual:
      return emitter().Not(EmitComparison(program::Comparison::kEqual, left, right));
    case program::Comparison::kEqual:
    case program::Comparison::kNotCompared:
      break;
  }
  if (kind == RegisterKind::kTruth) return EqualTruth(left, right);
  return Emit(number ? Opcode::kEqualNumber : Opcode::kEqualCode, {left, right});
}

Register ExpressionRules::operator()(const model::Comparison& it) const {
  return EmitComparison(it.comparison, Of(it.left), Of(it.right));
}

Register ExpressionRules::operator()(const model::Conditional& it) const {
  return emitter().Select(Of(it.condition), Of(it.then), Of(it.otherwise));
}
Register ExpressionRules::operator()(const model::Bands& it) const {
  Register value = Of(it.rows.back().body);
  for (std::size_t index = it.rows.size() - 1; index-- > 0;) {
    value = emitter().Select(Of(it.rows[index].holds), Of(it.rows[index].body), value);
  }
  return value;
}
// The lesser of the subject and the row's end, less the greater of its beginning and 0; not below 0.
Register ExpressionRules::PartOf(const model::BracketRow& row, Register subject) const {
  const auto at_most = [&](Register left, Register right) {
    return Emit(Opcode::kLessEqualNumber, {left, right});
  };
  const Register zero = emitter().Number(0, info.domain);
  Register above = subject;
  if (row.high.valid()) above = emitter().Select(at_most(subject, Of(row.high)), subject, Of(row.high));
  if (!row.low.valid()) return emitter().Select(at_most(above, zero), zero, above);
  Register below = Of(row.low);
  // The compiler has seen to constants; a parameter that changes may be below 0 at some time.
  if (!std::holds_alternative<model::ConstantNumber>(values.model_[row.low])) {
    below = emitter().Select(at_most(below, zero), zero, below);
  }
  return emitter().Select(at_most(above, below), zero, Emit(Opcode::kSubtract, {above, below}));
}

Register ExpressionRules::operator()(const model::Brackets& it) const {
  std::vector<BracketRegisters> parts;
  Register sum = kNone;
  for (const model::BracketRow& row : it.rows) {
    const Register part = PartOf(row, Of(it.subject));
    const Register amount = Emit(Opcode::kMultiply, {part, Of(row.rate)});
    sum = sum == kNone ? amount : Emit(Opcode::kAdd, {sum, amount});
    parts.push_back({part, amount});
  }
  values.brackets_.insert_or_assign(sum, std::move(parts));
  return sum;
}
Register ExpressionRules::operator()(const model::WithinRegion& it) const {
  return Emit(Opcode::kWithinRegion, {Of(it.operand), it.code});
}

Register ExpressionRules::NoCalendar() const {
  return emitter().Unknown(program::RegisterKindOf(info.type.kind), info.domain,
                           {program::ReasonKind::kNoCalendar, kNone, kNone, {}});
}

Register ExpressionRules::operator()(const model::AddPeriod& it) const {
  const bool working = it.unit == model::PeriodUnit::kWorkingDays;
  if ((working || it.term) && it.calendar == kNone) return NoCalendar();
  if (working) return Emit(Opcode::kAddWorkingDays, {Of(it.start), Of(it.amount), it.calendar});
  const Opcode opcode = it.unit == model::PeriodUnit::kDays ? Opcode::kAddDays : Opcode::kAddMonths;
  const Register last = Emit(opcode, {Of(it.start), Of(it.amount)});
  return it.term ? Emit(Opcode::kNextWorkingDay, {last, it.calendar}) : last;
}

Register ExpressionRules::operator()(const model::Elapsed& it) const {
  const Register from = Of(it.from);
  const Register to = Of(it.to);
  if (it.unit == model::PeriodUnit::kDays) return Emit(Opcode::kDaysBetween, {from, to});
  if (it.unit == model::PeriodUnit::kWorkingDays) {
    if (it.calendar == kNone) return NoCalendar();
    return Emit(Opcode::kWorkingDaysBetween, {from, to, it.calendar});
  }
  const Register months = Emit(Opcode::kMonthsBetween, {from, to});
  if (!it.years) return months;
  const Register years = Emit(Opcode::kDivide, {months, emitter().Number(12, info.domain)});
  return Emit(Opcode::kRoundDown, {years, emitter().Number(1, info.domain)});
}

Register ExpressionRules::operator()(const model::PartOfDate& it) const {
  constexpr Opcode kOpcodes[] = {Opcode::kYearOf, Opcode::kMonthOf, Opcode::kDayOf};
  return Emit(kOpcodes[static_cast<std::size_t>(it.part)], {Of(it.date)});
}
Register ExpressionRules::operator()(const model::FirstDayOfYear& it) const {
  return Emit(Opcode::kFirstDayOfYear, {Of(it.year)});
}
Register ExpressionRules::operator()(const model::YearInWindow& it) const {
  return Emit(Opcode::kWindowYears, {Of(it.first), Of(it.last)});
}
Register ExpressionRules::operator()(const model::Previous& it) const {
  const Register operand = Of(it.operand);
  constexpr Opcode kOpcodes[] = {Opcode::kPreviousTruth, Opcode::kPreviousNumber, Opcode::kPreviousCode};
  return Emit(kOpcodes[static_cast<std::size_t>(emitter().KindOf(operand))], {operand});
}
Register ExpressionRules::operator()(const model::LaneYear&) const { return Emit(Opcode::kLoadYear, {}); }
Register ExpressionRules::operator()(const model::UndatedMoment&) const {
  return emitter().Unknown(RegisterKind::kCode, info.domain,
                           {program::ReasonKind::kUndated, kNone, kNone, {}});
}

std::vector<Register> ExpressionRules::WindowsOf(const model::Fold& fold) const {
  const model::Model& model = values.model_;
  std::vector<Register> windows;
  std::vector<model::ExpressionId> pending{fold.condition};
  while (!pending.empty()) {
    const model::ExpressionId id = pending.back();
    pending.pop_back();
    if (const auto* all = std::get_if<model::All>(&model[id])) {
      pending.insert(pending.end(), all->operands.begin(), all->operands.end());
    } else if (const auto* window = std::get_if<model::YearInWindow>(&model[id])) {
      const auto constant = [&](model::ExpressionId bound) {
        return std::holds_alternative<model::ConstantNumber>(model[bound]);
      };
      if (!constant(window->first) || !constant(window->last)) windows.push_back(Of(id));
    }
  }
  return windows;
}

// False in every lane, but unknown in every lane where a window is. The years of an unknown window may lie
// outside the batch, where nothing is known; that all the batch's own years are ruled out by something else
// must not settle the fold, or a record's outcome would depend on the years of the records beside it.
Register ExpressionRules::WindowUnknown(const model::Fold& fold) const {
  std::vector<Register> unknown;
  for (const Register window : WindowsOf(fold)) {
    unknown.push_back(emitter().And({window, emitter().Not(window)}, fold.child));
  }
  return emitter().Or(unknown, fold.child);
}

// The fold's own condition. Where its value looks at earlier years too, a second window, which says no more
// than the first, makes the batch hold those years.
Register ExpressionRules::ConditionOf(const model::Fold& fold) const {
  const Register condition = Of(fold.condition);
  const auto* window = std::get_if<model::YearInWindow>(&values.model_[fold.condition]);
  const std::uint32_t back = fold.value.valid() ? values.years_back_[fold.value.index] : 0;
  if (window == nullptr || back == 0) return condition;
  const Register earlier =
      emitter().Emit(Opcode::kSubtract, 0, {Of(window->first), emitter().Number(back, 0)});
  Register within = emitter().Emit(Opcode::kWindowYears, fold.child, {earlier, Of(window->last)});
  for (std::uint32_t year = 0; year < back; ++year) {
    within = emitter().Emit(Opcode::kPreviousTruth, fold.child, {within});
  }
  return emitter().And({condition, within}, fold.child);
}

// As many years as one likes may hold in an unknown window, so that only a threshold of 0 or less is known to
// be reached.
Register ExpressionRules::ThresholdOf(const model::Fold& fold) const {
  const Register threshold = Of(fold.threshold);
  const Register unknown = WindowUnknown(fold);
  if (emitter().IsTruth(unknown, false)) return threshold;
  const Register known = Emit(Opcode::kFoldAll, {emitter().Not(unknown), fold.child});
  const Register zero = emitter().Number(0, 0);
  const Register reached = Emit(Opcode::kLessEqualNumber, {threshold, zero});
  return emitter().Select(known, threshold, emitter().Select(reached, threshold, zero));
}

Register ExpressionRules::FoldTruth(const model::Fold& it) const {
  const Register condition = ConditionOf(it);
  const Register unknown = WindowUnknown(it);
  const Register value = it.value.valid() ? Of(it.value) : emitter().Truth(true, it.child);
  if (it.operation == model::FoldOperator::kAll) {
    const Register asked = emitter().Or({emitter().Not(condition), value}, it.child);
    return Emit(Opcode::kFoldAll, {emitter().And({asked, emitter().Not(unknown)}, it.child), it.child});
  }
  const Register selected = emitter().And({condition, value}, it.child);
  if (it.operation == model::FoldOperator::kAtLeast) {
    return Emit(Opcode::kFoldAtLeast, {selected, ThresholdOf(it), it.child});
  }
  return Emit(Opcode::kFoldAny, {emitter().Or({selected, unknown}, it.child), it.child});
}

Register ExpressionRules::operator()(const model::Fold& it) const {
  using enum model::FoldOperator;
  if (it.operation == kAny || it.operation == kAll || it.operation == kAtLeast) return FoldTruth(it);
  Register condition = ConditionOf(it);
  // A window alone is unknown in every lane itself.
  if (!std::holds_alternative<model::YearInWindow>(values.model_[it.condition])) {
    condition = emitter().Or({condition, WindowUnknown(it)}, it.child);
  }
  if (it.operation == kCount) return Emit(Opcode::kFoldCount, {condition, it.child});
  const Register value = Of(it.value);
  if (it.operation == kEarliest) {
    return Emit(Opcode::kFoldEarliest, {value, condition, Of(it.threshold), it.child});
  }
  const bool code = emitter().KindOf(value) == RegisterKind::kCode;
  Opcode opcode = Opcode::kFoldSum;
  if (it.operation == kMinimum) opcode = code ? Opcode::kFoldMinimumCode : Opcode::kFoldMinimum;
  if (it.operation == kMaximum) opcode = code ? Opcode::kFoldMaximumCode : Opcode::kFoldMaximum;
  return Emit(opcode, {value, condition, it.child});
}

Register ExpressionRules::operator()(const model::Pick& it) const {
  const Register lane = Emit(it.latest ? Opcode::kPickLatest : Opcode::kPickEarliest,
                             {Of(it.order), Of(it.condition), it.child});
  constexpr Opcode kGathers[] = {Opcode::kGatherTruth, Opcode::kGatherNumber, Opcode::kGatherCode};
  const Register value = Of(it.value);
  return Emit(kGathers[static_cast<std::size_t>(emitter().KindOf(value))], {value, lane, it.child});
}

Register ExpressionRules::operator()(const model::ByYear& it) const {
  const Register condition = Of(it.condition);
  const Register year = Of(it.year);
  if (!it.date.valid()) return Emit(Opcode::kYearsAny, {condition, year, it.child});
  return Emit(Opcode::kYearsEarliest, {Of(it.date), condition, year, it.child});
}

Register ExpressionRules::operator()(const model::Walk& it) const {
  std::vector<std::uint32_t> operands{Of(it.date), Of(it.from), Of(it.until), it.machine, it.child};
  for (const model::ExpressionId condition : it.conditions) operands.push_back(Of(condition));
  const bool state = it.result == model::WalkResult::kState;
  return emitter().Emit(state ? Opcode::kWalkState : Opcode::kWalkSince, info.domain, operands);
}

}  // namespace pol::lower
