#include "runtime/calendar/date.h"

#include <algorithm>
#include <array>

namespace pol::calendar {
namespace {

// Years are counted from March here, so that the leap day is a year's last and month lengths repeat in a
// fixed pattern; eras are the 400 years after which the calendar repeats.
constexpr std::int64_t kDaysPerEra = 146097;
constexpr std::int64_t kDaysPerYear = 365;
constexpr std::int64_t kDaysPerFourYears = 1461;
constexpr std::int64_t kDaysPerCentury = 36524;
// 1970-01-01 counted from 0000-03-01.
constexpr std::int64_t kEpoch = 719468;

constexpr std::int64_t FloorDivide(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

bool IsLeapYear(std::int32_t year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

// Days from 1 March to the first of the month that is `months` later: 31, 61, 92, 122, 153, …
constexpr std::int64_t DaysFromMarch(std::int64_t months) { return (153 * months + 2) / 5; }

std::int32_t DaysOf(std::int64_t year, std::int32_t month, std::int32_t day) {
  const std::int64_t march_year = month <= 2 ? year - 1 : year;
  const std::int64_t era = FloorDivide(march_year, 400);
  const std::int64_t year_of_era = march_year - era * 400;
  const std::int64_t day_of_year = DaysFromMarch((month + 9) % 12) + day - 1;
  const std::int64_t day_of_era =
      year_of_era * kDaysPerYear + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return static_cast<std::int32_t>(era * kDaysPerEra + day_of_era - kEpoch);
}

// Months since January of year 0.
std::int64_t MonthNumber(const CivilDate& date) { return std::int64_t{date.year} * 12 + date.month - 1; }

void AppendPadded(std::int32_t value, std::size_t width, std::string& text) {
  const std::string digits = std::to_string(value);
  if (digits.size() < width) text.append(width - digits.size(), '0');
  text += digits;
}

}  // namespace

std::int32_t DaysInMonth(std::int32_t year, std::int32_t month) {
  constexpr std::array<std::int32_t, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && IsLeapYear(year) ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

std::optional<std::int32_t> ToDays(CivilDate date) {
  if (date.year < 1 || date.year > 9999 || date.month < 1 || date.month > 12) return std::nullopt;
  if (date.day < 1 || date.day > DaysInMonth(date.year, date.month)) return std::nullopt;
  return DaysOf(date.year, date.month, date.day);
}

CivilDate FromDays(std::int32_t days) {
  const std::int64_t since_epoch = days + kEpoch;
  const std::int64_t era = FloorDivide(since_epoch, kDaysPerEra);
  const std::int64_t day_of_era = since_epoch - era * kDaysPerEra;
  // The corrections take out the leap days before this day, so that every year counts 365.
  const std::int64_t leap_days =
      day_of_era / (kDaysPerFourYears - 1) - day_of_era / kDaysPerCentury + day_of_era / (kDaysPerEra - 1);
  const std::int64_t year_of_era = (day_of_era - leap_days) / kDaysPerYear;
  const std::int64_t day_of_year =
      day_of_era - (year_of_era * kDaysPerYear + year_of_era / 4 - year_of_era / 100);
  const std::int64_t months_from_march = (5 * day_of_year + 2) / 153;
  const std::int64_t month = months_from_march < 10 ? months_from_march + 3 : months_from_march - 9;
  return {.year = static_cast<std::int32_t>(year_of_era + era * 400 + (month <= 2 ? 1 : 0)),
          .month = static_cast<std::int32_t>(month),
          .day = static_cast<std::int32_t>(day_of_year - DaysFromMarch(months_from_march) + 1)};
}

std::string ToText(std::int32_t days) {
  const CivilDate date = FromDays(days);
  std::string text;
  AppendPadded(date.year, 4, text);
  text += '-';
  AppendPadded(date.month, 2, text);
  text += '-';
  AppendPadded(date.day, 2, text);
  return text;
}

std::int32_t WeekdayOf(std::int32_t days) {
  // 1970-01-01 was a Thursday.
  const std::int64_t from_monday = std::int64_t{days} + 3;
  return static_cast<std::int32_t>(from_monday - FloorDivide(from_monday, 7) * 7);
}

std::optional<std::int32_t> AddMonths(std::int32_t days, std::int64_t months) {
  constexpr std::int64_t kMostMonths = 9999 * 12;
  if (days < kFirstDay || days > kLastDay || months < -kMostMonths || months > kMostMonths)
    return std::nullopt;
  const CivilDate date = FromDays(days);
  const std::int64_t target = MonthNumber(date) + months;
  if (target < 12 || target >= 10000 * 12) return std::nullopt;
  const auto year = static_cast<std::int32_t>(target / 12);
  const auto month = static_cast<std::int32_t>(target % 12 + 1);
  return DaysOf(year, month, std::min(date.day, DaysInMonth(year, month)));
}

std::int64_t WholeMonthsBetween(std::int32_t from, std::int32_t to) {
  const CivilDate first = FromDays(from);
  const CivilDate last = FromDays(to);
  const std::int64_t months = MonthNumber(last) - MonthNumber(first);
  // The corresponding day of the last month, or that month's end where there is none.
  const bool reached = last.day >= std::min(first.day, DaysInMonth(last.year, last.month));
  return reached ? months : months - 1;
}

}  // namespace pol::calendar
