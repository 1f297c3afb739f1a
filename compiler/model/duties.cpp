// What is owed while a lifecycle runs: by when, whether it was met, whether it was missed. A recurring duty
// lives in the years: the lane of a year is about the period that ends in it.
#include <algorithm>
#include <charconv>

#include "compiler/model/lifecycles.h"
#include "compiler/model/moments.h"
#include "compiler/model/words.h"
#include "runtime/calendar/date.h"

namespace pol::model {

using program::ValueKind;

void LifecycleTyper::TypeDuty(const syntax::LifecycleDuty& written, Duty& duty) {
  const bool dated = written.recurring ? TypeRecurring(written, duty) : TypeDueOnce(written, duty);
  if (!dated || !TypeMet(written, duty)) return;
  TypeMissed(duty);
}

// ---- When it is due ----

// Of a last day that moves for a holiday, the day that it moves from.
ExpressionId LifecycleTyper::Nominal(ExpressionId due) {
  const Expression expression = context_.model[due];
  const ExpressionInfo info = context_.model.InfoOf(due);
  if (const auto* term = std::get_if<AddPeriod>(&expression); term != nullptr && term->term) {
    AddPeriod plain = *term;
    plain.term = false;
    plain.calendar = program::kNone;
    return context_.Emit(plain, info.type, info.domain, info.range);
  }
  if (const auto* choice = std::get_if<Conditional>(&expression)) {
    const ExpressionId then = Nominal(choice->then);
    const ExpressionId otherwise = Nominal(choice->otherwise);
    if (then == choice->then && otherwise == choice->otherwise) return due;
    return context_.Emit(Conditional{choice->condition, then, otherwise}, info.type, info.domain, info.range);
  }
  if (const auto* let = std::get_if<LetValue>(&expression)) {
    const ExpressionId meaning = context_.model.lets[let->let.index].value;
    const ExpressionId nominal = Nominal(meaning);
    return nominal == meaning ? due : nominal;
  }
  return due;
}

bool LifecycleTyper::TypeDueOnce(const syntax::LifecycleDuty& written, Duty& duty) {
  const Value due = typer_.Of(environment_, written.date);
  if (!typer_.MustBeDate(due) || !typer_.MustBeOfRecord(due)) return false;
  std::vector<ExpressionId> owed = {model().started};
  if (written.condition.valid()) {
    const ExpressionId condition = typer_.RecordCondition(environment_, written.condition);
    if (!condition.valid()) return false;
    owed.push_back(condition);
  }
  if (due.optional()) owed.push_back(typer_.PresenceOf(due, 0, due.range));
  duty.owed = context_.EmitAll(std::move(owed), 0, written.range);
  duty.due = due.id;
  duty.nominal = Nominal(due.id);
  return true;
}

// The number of years between one time and the next; reported unless it is a whole number from 1 up that is
// known now.
std::optional<Rational> LifecycleTyper::YearsBetween(const syntax::LifecycleDuty& written) {
  if (!written.every.valid()) return Rational(1);
  const Value every = typer_.Of(environment_, written.every);
  if (!every.ok()) return std::nullopt;
  auto years = every.scalar() && every.whole ? typer_.KnownNumber(every.id) : std::nullopt;
  if (years && *years >= 1 && *years <= 100) return years;
  context_.Error(Kind::kDutyYears, every.range, {context_.WordsOf(every.range)});
  return std::nullopt;
}

// Due on the same day of each year.
bool LifecycleTyper::TypeDay(const syntax::LifecycleDuty& written, ExpressionId lane_year, Duty& duty) {
  const auto number = [](const std::string& digits) {
    int value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return error == std::errc{} && end == digits.data() + digits.size() ? value : 0;
  };
  const int month = number(written.month);
  const int day = number(written.day);
  constexpr int kCommonYear = 2023;  // a day that every year has
  if (!calendar::ToDays({kCommonYear, month, day})) {
    context_.Error(Kind::kDutyDay, written.day_range, {context_.WordsOf(written.day_range)});
    return false;
  }
  const ExpressionId new_year =
      context_.Emit(FirstDayOfYear{lane_year}, DateType(), context_.year_domain, written.range);
  duty.due = AddTo(AddTo(new_year, month - 1, PeriodUnit::kMonths), day - 1, PeriodUnit::kDays);
  duty.nominal = duty.due;
  return true;
}

// Due on the day of the start: the last day of a term of so many years, which moves for a holiday.
void LifecycleTyper::TypeCorrespondingDay(ExpressionId years, Duty& duty) {
  const std::uint32_t domain = context_.year_domain;
  const ExpressionId twelve = context_.EmitNumber(12, CountType(), domain, range_);
  AddPeriod term{
      .start = context_.Lift(model().start, domain),
      .amount = context_.EmitArithmetic(ArithmeticOperator::kMultiply, years, twelve, CountType(), range_),
      .unit = PeriodUnit::kMonths};
  duty.nominal = context_.Emit(term, DateType(), domain, range_);
  duty.due = duty.nominal;
  if (!context_.civil_code || context_.calendar == program::kNone) return;
  term.term = true;
  term.calendar = context_.calendar;
  duty.due = context_.Emit(term, DateType(), domain, range_);
}

// The years in which it may be due: from the start's, or the one written, to that of expiry, or the one after
// the as-of date. Known for whoever has not started, too, who owes nothing in any year.
bool LifecycleTyper::TypeWindow(const syntax::LifecycleDuty& written, Duty& duty) {
  const auto year_of = [&](ExpressionId date) {
    return context_.Emit(PartOfDate{DatePart::kYear, date}, YearType(), 0, written.range);
  };
  const ExpressionId now = year_of(AsOfDate(0));
  ExpressionId first = year_of(model().start);
  if (written.since.valid()) {
    const Value since = typer_.Of(environment_, written.since);
    const bool year = since.scalar() && (since.type.kind == ValueKind::kYear || since.whole);
    if (since.ok() && !year) {
      context_.Error(Kind::kYearExpected, since.range,
                     {context_.WordsOf(since.range), WordsOf(context_, since)});
    }
    if (!year || !typer_.MustBeGiven(since) || !typer_.MustBeOfRecord(since)) return false;
    first = since.id;
  }
  const ExpressionId one = context_.EmitNumber(1, CountType(), 0, written.range);
  const ExpressionId last = model().expiry.valid() ? year_of(model().expiry)
                                                   : context_.EmitArithmetic(ArithmeticOperator::kAdd, now,
                                                                             one, YearType(), written.range);
  const YearInWindow window{Choose(model().started, first, now), Choose(model().started, last, now)};
  duty.window = context_.Emit(window, TruthType(), context_.year_domain, written.range);
  return true;
}

bool LifecycleTyper::TypeRecurring(const syntax::LifecycleDuty& written, Duty& duty) {
  const std::uint32_t years = context_.YearDomain();
  const auto every = YearsBetween(written);
  if (!every || !TypeWindow(written, duty)) return false;
  const ExpressionId lane = context_.Emit(LaneYear{}, YearType(), years, written.range);
  const ExpressionId start_year = context_.Lift(
      context_.Emit(PartOfDate{DatePart::kYear, model().start}, YearType(), 0, written.range), years);
  const ExpressionId passed =
      context_.EmitArithmetic(ArithmeticOperator::kSubtract, lane, start_year, CountType(), written.range);
  if (written.month.empty()) {
    TypeCorrespondingDay(passed, duty);
  } else if (!TypeDay(written, lane, duty)) {
    return false;
  }
  std::vector<ExpressionId> owed = {
      context_.Lift(model().started, years), duty.window,
      Compare(program::Comparison::kGreater, duty.nominal, context_.Lift(model().start, years))};
  if (model().expiry.valid()) {
    owed.push_back(
        Compare(program::Comparison::kLessEqual, duty.nominal, context_.Lift(model().expiry, years)));
  }
  if (*every != 1) {
    const ExpressionId cycle = context_.EmitNumber(*every, CountType(), years, written.range);
    const ExpressionId whole =
        context_.Emit(Round{Rounding::kDown, passed, cycle}, CountType(), years, written.range);
    owed.push_back(Compare(program::Comparison::kEqual, whole, passed));
    const ExpressionId none = context_.EmitNumber(0, CountType(), years, written.range);
    owed.push_back(Compare(program::Comparison::kGreater, passed, none));
  }
  if (written.condition.valid()) {
    const ExpressionId condition = typer_.RecordCondition(environment_, written.condition);
    if (!condition.valid()) return false;
    owed.push_back(context_.Lift(condition, years));
  }
  duty.owed = context_.EmitAll(std::move(owed), years, written.range);
  return true;
}

// ---- Whether it was met ----

// Of a duty due on the start's corresponding day, the year in which the term that the element falls in ends:
// one that comes on the last day, where it has moved to, is still of that term.
ExpressionId LifecycleTyper::TermOf(const Rational& years, const Occurrences& occurrences, Range range) {
  const std::uint32_t list = occurrences.list;
  const ExpressionId start = context_.Lift(model().start, list);
  const auto arithmetic = [&](ArithmeticOperator operation, ExpressionId left, const Rational& right) {
    const ExpressionId number = context_.EmitNumber(right, CountType(), list, range);
    return context_.EmitArithmetic(operation, left, number, CountType(), range);
  };
  const ExpressionId day_before = AddTo(occurrences.time, -1, PeriodUnit::kDays);
  const Elapsed elapsed{.from = start, .to = day_before, .unit = PeriodUnit::kMonths};
  const ExpressionId months = context_.Emit(elapsed, CountType(), list, range);
  const ExpressionId one = context_.EmitNumber(1, CountType(), list, range);
  const ExpressionId ended =
      context_.Emit(Round{Rounding::kDown, arithmetic(ArithmeticOperator::kDivide, months, 12 * years), one},
                    CountType(), list, range);
  ExpressionId term = arithmetic(ArithmeticOperator::kAdd, ended, 1);
  if (context_.civil_code && context_.calendar != program::kNone) {
    const ExpressionId since = arithmetic(ArithmeticOperator::kMultiply, ended, 12 * years);
    term = Choose(FallsOnMovedDay(start, since, occurrences.time), ended, term);
  }
  const ExpressionId passed = arithmetic(ArithmeticOperator::kMultiply, term, years);
  const ExpressionId start_year = context_.Emit(PartOfDate{DatePart::kYear, start}, YearType(), list, range);
  return context_.EmitArithmetic(ArithmeticOperator::kAdd, start_year, passed, YearType(), range);
}

// Whether the date is no later than the day to which the last day of the term of so many months moves.
ExpressionId LifecycleTyper::FallsOnMovedDay(ExpressionId start, ExpressionId months, ExpressionId date) {
  const std::uint32_t list = context_.DomainOf(date);
  const ExpressionId last = AddTo(start, months, PeriodUnit::kMonths);
  const AddPeriod moved{.start = start,
                        .amount = months,
                        .unit = PeriodUnit::kMonths,
                        .term = true,
                        .calendar = context_.calendar};
  // No run of holidays is as long as a month: beyond, the calendar of that year need not be known.
  constexpr int kMonth = 31;
  const ExpressionId near =
      Compare(program::Comparison::kLessEqual, date, AddTo(last, kMonth, PeriodUnit::kDays));
  const ExpressionId within =
      Compare(program::Comparison::kLessEqual, date, context_.Emit(moved, DateType(), list, range_));
  const ExpressionId none = context_.EmitNumber(0, CountType(), list, range_);
  const ExpressionId some = Compare(program::Comparison::kGreater, months, none);
  return context_.EmitAll({some, near, within}, list, range_);
}

// The year whose period an element is for: that of its own field, or else the period it falls in.
ExpressionId LifecycleTyper::PeriodOf(const syntax::LifecycleDuty& written, const Occurrences& occurrences,
                                      Range range) {
  const std::vector<FactId>& years = context_.domains[occurrences.list].years;
  if (years.size() == 1 && !context_.model.schema.facts[years.front().index].optional) {
    return typer_.ReadFact({environment_, range}, years.front()).id;
  }
  if (!written.month.empty()) {
    return context_.Emit(PartOfDate{DatePart::kYear, occurrences.time}, YearType(), occurrences.list, range);
  }
  return TermOf(YearsBetween(written).value_or(1), occurrences, range);
}

bool LifecycleTyper::MetByElements(const syntax::LifecycleDuty& written, const Occurrences& occurrences,
                                   Range range, Duty& duty) {
  if (!occurrences.ok()) return false;
  const ExpressionId within = Within(occurrences, model().start, range);
  if (!duty.recurring) {
    duty.met = FoldOf(FoldOperator::kAny, occurrences, within, range);
    duty.met_on = FoldOf(FoldOperator::kMinimum, occurrences, within, range);
    return true;
  }
  const ExpressionId year = PeriodOf(written, occurrences, range);
  ByYear by_year{occurrences.list, year, within, {}};
  duty.met = context_.Emit(by_year, TruthType(), context_.year_domain, range);
  by_year.date = occurrences.time;
  duty.met_on = context_.Emit(by_year, DateType(), context_.year_domain, range);
  return true;
}

// By a fact that says so, or the date on which it was: a year series for a recurring duty.
bool LifecycleTyper::MetByValue(const Value& value, Duty& duty) {
  if (!value.ok()) return false;
  const std::uint32_t domain = duty.recurring ? context_.year_domain : 0;
  const bool date = value.scalar() && value.type.kind == ValueKind::kDate;
  const bool truth = value.scalar() && value.type.kind == ValueKind::kTruth;
  if ((!date && !truth) || value.domain != domain) {
    context_.Error(duty.recurring ? Kind::kRecurringMetBy : Kind::kDueMetBy, value.range,
                   {context_.WordsOf(value.range), WordsOf(context_, value)});
    return false;
  }
  if (truth) {
    duty.met = typer_.Condition(value);
    return duty.met.valid();
  }
  duty.met_on = value.id;
  duty.met = typer_.Guard(Compare(program::Comparison::kLessEqual, value.id, AsOfDate(domain)),
                          value.presences, value.range);
  return true;
}

bool LifecycleTyper::TypeMet(const syntax::LifecycleDuty& written, Duty& duty) {
  if (written.event.valid()) {
    return MetByElements(written, EventsNamed(written.event, written.met.condition), written.range, duty);
  }
  const Value by = typer_.Of(environment_, written.met.operand);
  if (by.form != Form::kList) {
    if (by.ok() && written.met.condition.valid()) {
      const Range range = environment_.tree->RangeOf(written.met.condition);
      context_.Error(Kind::kWhereOfNoList, range, {context_.WordsOf(by.range)});
      return false;
    }
    return MetByValue(by, duty);
  }
  Occurrences occurrences;
  occurrences.list = by.domain;
  occurrences.time = TimeOf(by.domain, by.range);
  occurrences.condition = written.met.condition.valid() ? Where(by.domain, written.met.condition)
                                                        : context_.EmitTruth(true, by.domain, by.range);
  return MetByElements(written, occurrences, by.range, duty);
}

// Missed once its last day has passed without its being met by then. The day that a last day moves from is
// asked for as well: it is known where the holidays of that year are not published yet.
void LifecycleTyper::TypeMissed(Duty& duty) {
  const std::uint32_t domain = context_.DomainOf(duty.owed);
  ExpressionId in_time = duty.met;
  if (duty.met_on.valid()) {
    std::vector<ExpressionId> early = {Compare(program::Comparison::kLessEqual, duty.met_on, duty.nominal)};
    if (!(duty.nominal == duty.due)) {
      early.push_back(Compare(program::Comparison::kLessEqual, duty.met_on, duty.due));
    }
    in_time = context_.EmitAll({duty.met, context_.EmitAny(std::move(early), domain, duty.range)}, domain,
                               duty.range);
  }
  std::vector<ExpressionId> conditions = {duty.owed};
  const ExpressionId now = AsOfDate(domain);
  conditions.push_back(Compare(program::Comparison::kGreater, now, duty.nominal));
  if (!(duty.nominal == duty.due)) {
    conditions.push_back(Compare(program::Comparison::kGreater, now, duty.due));
  }
  conditions.push_back(context_.EmitNot(in_time, duty.range));
  duty.missed = context_.EmitAll(std::move(conditions), domain, duty.range);
}

}  // namespace pol::model
