// Dates and periods: days, working days, months and years are kept apart until a date takes them.
#include "compiler/model/typer.h"
#include "compiler/model/words.h"

namespace pol::model {

using program::ValueKind;

namespace {

PeriodUnit UnitOf(syntax::PeriodUnit unit) {
  switch (unit) {
    case syntax::PeriodUnit::kDays:
      return PeriodUnit::kDays;
    case syntax::PeriodUnit::kWorkingDays:
      return PeriodUnit::kWorkingDays;
    case syntax::PeriodUnit::kMonths:
    case syntax::PeriodUnit::kYears:
      break;
  }
  return PeriodUnit::kMonths;
}

}  // namespace

Value Typer::On(const Site& site, const syntax::Period& node) {
  const Value amount = Of(site.environment, node.amount);
  if (!MustBeCount(amount) || !MustBeGiven(amount)) return {};
  Value value;
  value.form = Form::kPeriod;
  value.id = amount.id;
  value.domain = amount.domain;
  value.unit = node.unit;
  return value;
}

ExpressionId Typer::MonthsOf(const Value& period) {
  if (period.unit != syntax::PeriodUnit::kYears) return period.id;
  if (const auto years = KnownNumber(period.id)) {
    return context_.EmitNumber(Rational(*years * 12), CountType(), period.domain, period.range);
  }
  const ExpressionId twelve = context_.EmitNumber(12, CountType(), period.domain, period.range);
  return context_.EmitArithmetic(ArithmeticOperator::kMultiply, period.id, twelve, CountType(), period.range);
}

Value Typer::AddPeriodTo(const Value& date, const Value& period, bool negative, bool term, Range range) {
  const auto domain = CommonDomain({&date, &period}, range);
  if (!domain) return {};
  AddPeriod add;
  add.start = context_.Lift(date.id, *domain);
  add.amount = context_.Lift(MonthsOf(period), *domain);
  if (negative) {
    const auto known = KnownNumber(add.amount);
    add.amount = known ? context_.EmitNumber(Rational(-*known), CountType(), *domain, period.range)
                       : context_.Emit(Negate{add.amount}, CountType(), *domain, period.range);
  }
  add.unit = UnitOf(period.unit);
  const bool working = add.unit == PeriodUnit::kWorkingDays;
  add.term = term && context_.civil_code && !working;
  if (add.term || working) add.calendar = CalendarFor(range);
  return Scalar(context_.Emit(add, DateType(), *domain, range), range, date.presences);
}

std::uint32_t Typer::CalendarFor(Range range) {
  if (context_.calendar == program::kNone)
    context_.report.Emit(Kind::kNoCalendar, range, {context_.WordsOf(range)});
  return context_.calendar;
}

Value Typer::DateArithmetic(const Site& site, bool add, const Value& left, const Value& right) {
  const auto is_date = [](const Value& value) {
    return value.scalar() && value.type.kind == ValueKind::kDate;
  };
  if (is_date(left) && right.form == Form::kPeriod) return AddPeriodTo(left, right, !add, false, site.range);
  if (add && left.form == Form::kPeriod && is_date(right))
    return AddPeriodTo(right, left, false, false, site.range);
  if (!add && is_date(left) && is_date(right)) {
    const auto domain = CommonDomain({&left, &right}, site.range);
    if (!domain) return {};
    const Elapsed days{.from = context_.Lift(right.id, *domain), .to = context_.Lift(left.id, *domain)};
    return Scalar(context_.Emit(days, CountType(), *domain, site.range), site.range,
                  Merge(left.presences, right.presences));
  }
  const Value& other = is_date(left) ? right : left;
  const bool number = other.scalar() && (other.bare || other.type.kind == ValueKind::kCount);
  if (number && (is_date(left) || is_date(right))) {
    const bool literal = std::holds_alternative<ConstantNumber>(context_.model[other.id]);
    const std::string words = context_.WordsOf(other.range);
    context_.Error(Kind::kDateNeedsPeriod, site.range, {literal ? words : "(" + words + ")"});
    return {};
  }
  return ArithmeticMismatch(site, add ? syntax::BinaryOperator::kAdd : syntax::BinaryOperator::kSubtract,
                            left, right);
}

Value Typer::On(const Site& site, const syntax::Term& node) {
  const Value period = Of(site.environment, node.period);
  const Value start = Of(site.environment, node.start);
  if (!period.ok() || !MustBeDate(start)) return {};
  return AddPeriodTo(start, period, false, true, site.range);
}

Value Typer::On(const Site& site, const syntax::Elapsed& node) {
  const Value from = Of(site.environment, node.from);
  const Value to = Of(site.environment, node.to);
  const bool dates = MustBeDate(from) && MustBeDate(to);
  if (!dates) return {};
  const auto domain = CommonDomain({&from, &to}, site.range);
  if (!domain) return {};
  Elapsed elapsed;
  elapsed.from = context_.Lift(from.id, *domain);
  elapsed.to = context_.Lift(to.id, *domain);
  elapsed.unit = UnitOf(node.unit);
  elapsed.years = node.unit == syntax::PeriodUnit::kYears;
  if (elapsed.unit == PeriodUnit::kWorkingDays) elapsed.calendar = CalendarFor(site.range);
  return Scalar(context_.Emit(elapsed, CountType(), *domain, site.range), site.range,
                Merge(from.presences, to.presences));
}

Value Typer::On(const Site& site, const syntax::PartOfDate& node) {
  const Value date = Of(site.environment, node.date);
  if (!MustBeDate(date)) return {};
  DatePart part = DatePart::kYear;
  if (node.part == syntax::DatePart::kMonth) part = DatePart::kMonth;
  if (node.part == syntax::DatePart::kDay) part = DatePart::kDay;
  const program::ValueType type = part == DatePart::kYear ? YearType() : CountType();
  return Scalar(context_.Emit(PartOfDate{part, date.id}, type, date.domain, site.range), site.range,
                date.presences);
}

}  // namespace pol::model
