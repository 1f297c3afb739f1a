// Dates of the proleptic Gregorian calendar as days since 1970-01-01, years 1 to 9999. Tested by
// tests/runtime/date_test.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace pol::calendar {

struct CivilDate {
  std::int32_t year = 1970;
  std::int32_t month = 1;
  std::int32_t day = 1;
};

inline constexpr std::int32_t kFirstDay = -719162;  // 0001-01-01
inline constexpr std::int32_t kLastDay = 2932896;   // 9999-12-31

std::int32_t DaysInMonth(std::int32_t year, std::int32_t month);
// nullopt when there is no such day.
std::optional<std::int32_t> ToDays(CivilDate date);
CivilDate FromDays(std::int32_t days);
// "2024-03-01".
std::string ToText(std::int32_t days);
// 0 = Monday … 6 = Sunday.
std::int32_t WeekdayOf(std::int32_t days);
// The corresponding day `months` later (earlier when negative), or that month's last day where there is none
// (Civil Code art. 202). nullopt outside years 1 to 9999.
std::optional<std::int32_t> AddMonths(std::int32_t days, std::int64_t months);
// The most m with AddMonths(from, m) <= to.
std::int64_t WholeMonthsBetween(std::int32_t from, std::int32_t to);

}  // namespace pol::calendar
