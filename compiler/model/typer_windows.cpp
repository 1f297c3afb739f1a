// Windows of years and of dates: `last 3 years before year of applied, since year of founded`, `2021..2023`.
#include "compiler/model/typer.h"
#include "compiler/model/words.h"

namespace pol::model {

using program::ValueKind;

Value Typer::On(const Site& site, const syntax::Window& node) {
  Value period;
  if (node.period.valid()) {
    period = Of(site.environment, node.period);
  } else {
    // `last year before …` is a window of one.
    period.form = Form::kPeriod;
    period.range = site.range;
    period.unit = syntax::PeriodUnit::kYears;
    period.id = context_.EmitNumber(1, CountType(), 0, site.range);
  }
  const Value anchor = Of(site.environment, node.anchor);
  Value since;
  if (node.since.valid()) since = Of(site.environment, node.since);
  if (!period.ok() || !MustBeScalar(anchor) || !MustBeGiven(anchor)) return {};
  if (node.since.valid() && (!MustBeScalar(since) || !MustBeGiven(since))) return {};
  const bool years = anchor.type.kind == ValueKind::kYear || anchor.whole;
  const bool dates = anchor.type.kind == ValueKind::kDate;
  if (!years && !dates) {
    context_.Error(Kind::kWindowAnchor, anchor.range,
                   {context_.WordsOf(anchor.range), WordsOf(context_, anchor)});
    return {};
  }
  const ValueKind wanted = years ? ValueKind::kYear : ValueKind::kDate;
  if (node.since.valid() && since.type.kind != wanted && !(years && since.whole)) {
    auto& error = context_.Error(years ? Kind::kSinceNeedsYear : Kind::kSinceNeedsDate, since.range,
                                 {context_.WordsOf(since.range), WordsOf(context_, since)});
    error.notes.push_back({anchor.range, Kind::kThisIs, {WordsOf(context_, anchor)}});
    return {};
  }
  const Value* bound = node.since.valid() ? &since : nullptr;
  return years ? YearWindow(site, node, period, anchor, bound)
               : DateWindow(site, node, period, anchor, bound);
}

Value Typer::YearWindow(const Site& site, const syntax::Window& node, const Value& period,
                        const Value& anchor, const Value* since) {
  if (period.unit != syntax::PeriodUnit::kYears) {
    context_
        .Error(Kind::kYearWindowPeriod, period.range,
               {context_.WordsOf(anchor.range), WordsOf(context_, period)})
        .notes.push_back({anchor.range, Kind::kThisIs, {WordsOf(context_, anchor)}});
    return {};
  }
  const auto domain = since == nullptr ? CommonDomain({&period, &anchor}, site.range)
                                       : CommonDomain({&period, &anchor, since}, site.range);
  if (!domain) return {};
  const auto years = KnownNumber(period.id);
  if (years && *years < 1) {
    context_.Error(Kind::kWindowEmpty, period.range, {context_.WordsOf(period.range)});
    return {};
  }
  const ExpressionId last_of_until = context_.Lift(anchor.id, *domain);
  const auto minus = [&](ExpressionId from, ExpressionId amount) {
    return context_.EmitArithmetic(ArithmeticOperator::kSubtract, from, amount, YearType(), site.range);
  };
  const ExpressionId one = context_.EmitNumber(1, CountType(), *domain, site.range);
  Value value;
  value.form = Form::kYears;
  value.domain = *domain;
  value.window.last = node.until ? last_of_until : minus(last_of_until, one);
  value.window.single_year = years && *years == 1 && since == nullptr;
  value.window.may_be_empty = !years || since != nullptr;
  if (years && *years == 1) {
    value.window.first = value.window.last;
  } else if (years) {
    const Rational back = *years - (node.until ? 1 : 0);
    value.window.first = minus(last_of_until, context_.EmitNumber(back, CountType(), *domain, period.range));
  } else {
    const ExpressionId first = minus(last_of_until, context_.Lift(period.id, *domain));
    value.window.first =
        node.until ? context_.EmitArithmetic(ArithmeticOperator::kAdd, first, one, YearType(), site.range)
                   : first;
  }
  if (since != nullptr) {
    value.window.first = LaterOf(value.window.first, context_.Lift(since->id, *domain), site.range);
  }
  return value;
}

Value Typer::DateWindow(const Site& site, const syntax::Window& node, const Value& period,
                        const Value& anchor, const Value* since) {
  const Value start = AddPeriodTo(anchor, period, true, false, site.range);
  if (!start.ok()) return {};
  const auto domain =
      since == nullptr ? std::optional(start.domain) : CommonDomain({&start, since}, site.range);
  if (!domain) return {};
  Value value;
  value.form = Form::kDates;
  value.domain = *domain;
  value.window.first = context_.Lift(start.id, *domain);
  value.window.last = context_.Lift(anchor.id, *domain);
  value.window.first_closed = !node.until;
  value.window.last_closed = node.until;
  value.window.may_be_empty = since != nullptr;
  if (since == nullptr) return value;
  if (node.until) {
    // After that day is from the next one on, so that both bounds are closed and the later one can be told.
    const ExpressionId one = context_.EmitNumber(1, CountType(), *domain, site.range);
    const AddPeriod next{.start = value.window.first, .amount = one, .unit = PeriodUnit::kDays};
    value.window.first = context_.Emit(next, DateType(), *domain, site.range);
    value.window.first_closed = true;
  }
  value.window.first = LaterOf(value.window.first, context_.Lift(since->id, *domain), site.range);
  return value;
}

ExpressionId Typer::LaterOf(ExpressionId left, ExpressionId right, Range range) {
  const ExpressionId ahead = context_.EmitCompare(program::Comparison::kGreaterEqual, right, left, range);
  return context_.Emit(Conditional{ahead, right, left}, context_.model.InfoOf(left).type,
                       context_.DomainOf(left), range);
}

Value Typer::YearRange(const Site& site, const Value& first, const Value& last) {
  if (!MustBeScalar(first) || !MustBeScalar(last) || !MustBeGiven(first) || !MustBeGiven(last)) return {};
  for (const Value* end : {&first, &last}) {
    if (end->type.kind == ValueKind::kYear || end->whole) continue;
    context_.Error(Kind::kYearExpected, end->range, {context_.WordsOf(end->range), WordsOf(context_, *end)});
    return {};
  }
  const auto domain = CommonDomain({&first, &last}, site.range);
  if (!domain) return {};
  const auto known_first = KnownNumber(first.id);
  const auto known_last = KnownNumber(last.id);
  if (known_first && known_last && *known_first > *known_last) {
    context_.Error(Kind::kWindowEmpty, site.range, {context_.WordsOf(site.range)});
    return {};
  }
  Value value;
  value.form = Form::kYears;
  value.domain = *domain;
  value.window.first = context_.Lift(first.id, *domain);
  value.window.last = context_.Lift(last.id, *domain);
  value.window.single_year = known_first && known_last && *known_first == *known_last;
  value.window.may_be_empty = !known_first || !known_last;
  return value;
}

Value Typer::On(const Site& site, const syntax::LengthOf& node) {
  const Value window = Of(site.environment, node.window);
  if (!MustBeYears(window)) return {};
  const WindowEnds& ends = window.window;
  const auto arithmetic = [&](ArithmeticOperator operation, ExpressionId left, ExpressionId right) {
    return context_.EmitArithmetic(operation, left, right, CountType(), site.range);
  };
  const ExpressionId one = context_.EmitNumber(1, CountType(), window.domain, site.range);
  const ExpressionId apart = arithmetic(ArithmeticOperator::kSubtract, ends.last, ends.first);
  ExpressionId length = arithmetic(ArithmeticOperator::kAdd, apart, one);
  if (ends.may_be_empty) {
    const ExpressionId none = context_.EmitNumber(0, CountType(), window.domain, site.range);
    length = LaterOf(none, length, site.range);
  }
  return Scalar(length, site.range);
}

// ---- Membership
// ---------------------------------------------------------------------------------------------------

ExpressionId Typer::Membership(const Value& operand, const Value& window, Range range) {
  const auto domain = CommonDomain({&operand, &window}, range);
  if (!domain) return {};
  const ExpressionId tested = context_.Lift(operand.id, *domain);
  const ExpressionId first = context_.Lift(window.window.first, *domain);
  const ExpressionId last = context_.Lift(window.window.last, *domain);
  const auto from =
      window.window.first_closed ? program::Comparison::kGreaterEqual : program::Comparison::kGreater;
  const auto to = window.window.last_closed ? program::Comparison::kLessEqual : program::Comparison::kLess;
  const ExpressionId after = context_.EmitCompare(from, tested, first, range);
  const ExpressionId before = context_.EmitCompare(to, tested, last, range);
  return context_.EmitAll({after, before}, *domain, range);
}

Value Typer::On(const Site& site, const syntax::InWindow& node) {
  const Value operand = Of(site.environment, node.operand);
  const Value window = Of(site.environment, node.window);
  if (!MustBeScalar(operand) || !window.ok()) return {};
  if (window.form != Form::kYears && window.form != Form::kDates) {
    context_.Error(Kind::kWindowExpected, window.range,
                   {context_.WordsOf(window.range), WordsOf(context_, window)});
    return {};
  }
  const bool years = window.form == Form::kYears;
  if (operand.type.kind != (years ? ValueKind::kYear : ValueKind::kDate)) {
    auto& error = context_.Error(years ? Kind::kWindowOfYears : Kind::kWindowOfDates, operand.range,
                                 {context_.WordsOf(operand.range), WordsOf(context_, operand)});
    error.notes.push_back({window.range, Kind::kThisIs, {WordsOf(context_, window)}});
    return {};
  }
  return Predicate(Membership(operand, window, site.range), node.negated, {&operand}, site.range);
}

ExpressionId Typer::YearMask(const Value& window, Range range) {
  if (window.domain != 0) {
    context_.Error(Kind::kWindowOfElement, window.range, {context_.WordsOf(window.range)});
    return {};
  }
  const YearInWindow mask{window.window.first, window.window.last};
  return context_.Emit(mask, TruthType(), context_.YearDomain(), range);
}

}  // namespace pol::model
