#include "tests/agreement/reference_dates.h"

#include <algorithm>

#include "runtime/calendar/date.h"

namespace agreement {

namespace calendar = pol::calendar;
using boost::multiprecision::cpp_int;

Rational Floor(const Rational& value) {
  const cpp_int quotient = numerator(value) / denominator(value);
  const bool whole = quotient * denominator(value) == numerator(value);
  return Rational(value < 0 && !whole ? cpp_int(quotient - 1) : quotient);
}

namespace {

// A whole number that is not beyond all dates.
std::optional<std::int64_t> Whole(const Rational& amount) {
  if (denominator(amount) != 1 || abs(amount) > 10000000) return std::nullopt;
  return static_cast<std::int64_t>(numerator(amount));
}

std::optional<bool> IsWorking(const pol::program::Calendar& table, std::int32_t date) {
  if (date < calendar::kFirstDay || date > calendar::kLastDay) return std::nullopt;
  const std::int32_t year = calendar::FromDays(date).year;
  if (year < table.first_year || year > table.last_year) return std::nullopt;
  for (const pol::program::CalendarException& exception : table.exceptions) {
    if (exception.date == date) return exception.working;
  }
  return calendar::WeekdayOf(date) < 5;
}

}  // namespace

std::optional<std::int32_t> AddDays(std::int32_t date, const Rational& amount) {
  const auto days = Whole(amount);
  if (!days) return std::nullopt;
  const std::int64_t end = date + *days;
  if (end < calendar::kFirstDay || end > calendar::kLastDay) return std::nullopt;
  return static_cast<std::int32_t>(end);
}

std::optional<std::int32_t> AddMonths(std::int32_t date, const Rational& amount) {
  const auto months = Whole(amount);
  return months ? calendar::AddMonths(date, *months) : std::nullopt;
}

std::optional<std::int32_t> FirstDay(const Rational& year) {
  const auto whole = Whole(year);
  if (!whole || *whole < 1 || *whole > 9999) return std::nullopt;
  return calendar::ToDays({static_cast<std::int32_t>(*whole), 1, 1});
}

Rational MonthsBetween(std::int32_t from, std::int32_t to) { return calendar::WholeMonthsBetween(from, to); }
Rational YearOf(std::int32_t date) { return calendar::FromDays(date).year; }
Rational MonthOf(std::int32_t date) { return calendar::FromDays(date).month; }
Rational DayOf(std::int32_t date) { return calendar::FromDays(date).day; }

std::optional<std::int32_t> AddWorkingDays(const pol::program::Calendar* table, std::int32_t date,
                                           const Rational& amount) {
  auto left = Whole(amount);
  if (table == nullptr || !left || !IsWorking(*table, date)) return std::nullopt;
  while (*left != 0) {
    const std::int32_t step = *left > 0 ? 1 : -1;
    date += step;
    const auto working = IsWorking(*table, date);
    if (!working) return std::nullopt;
    if (*working) *left -= step;
  }
  return date;
}

std::optional<std::int32_t> NextWorkingDay(const pol::program::Calendar* table, std::int32_t date) {
  if (table == nullptr) return std::nullopt;
  for (;; ++date) {
    const auto working = IsWorking(*table, date);
    if (!working) return std::nullopt;
    if (*working) return date;
  }
}

std::optional<Rational> WorkingDaysBetween(const pol::program::Calendar* table, std::int32_t from,
                                           std::int32_t to) {
  if (table == nullptr || !IsWorking(*table, from) || !IsWorking(*table, to)) return std::nullopt;
  std::int64_t count = 0;
  for (std::int32_t date = std::min(from, to) + 1; date <= std::max(from, to); ++date) {
    const auto working = IsWorking(*table, date);
    if (!working) return std::nullopt;
    if (*working) ++count;
  }
  return Rational(from <= to ? count : -count);
}

std::optional<bool> IsWithin(std::uint32_t code, std::uint32_t region) {
  // A province ends in four zeros, a city in two.
  const auto grain = [](std::uint32_t one) -> std::uint32_t {
    if (one % 10000 == 0) return 10000;
    return one % 100 == 0 ? 100 : 1;
  };
  if (code / grain(region) == region / grain(region)) return true;
  if (code / grain(code) == region / grain(code)) return std::nullopt;
  return false;
}

}  // namespace agreement
