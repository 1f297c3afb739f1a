#include "runtime/calendar/date.h"

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>

namespace pol::calendar {
namespace {

std::int32_t Days(std::int32_t year, std::int32_t month, std::int32_t day) {
  const std::optional<std::int32_t> days = ToDays({year, month, day});
  REQUIRE(days);
  return *days;
}

TEST_CASE("every day from year 1 to 9999 follows the one before, there and back") {
  std::int32_t expected = kFirstDay;
  bool same = true;
  for (std::int32_t year = 1; year <= 9999; ++year) {
    for (std::int32_t month = 1; month <= 12; ++month) {
      for (std::int32_t day = 1; day <= DaysInMonth(year, month); ++day, ++expected) {
        const CivilDate back = FromDays(expected);
        same = same && ToDays({year, month, day}) == expected && back.year == year && back.month == month &&
               back.day == day;
      }
    }
  }
  CHECK(same);
  CHECK(expected == kLastDay + 1);
}

TEST_CASE("days that do not exist") {
  CHECK_FALSE(ToDays({2023, 2, 29}));
  CHECK_FALSE(ToDays({1900, 2, 29}));
  CHECK(ToDays({2000, 2, 29}));
  CHECK_FALSE(ToDays({2024, 4, 31}));
  CHECK_FALSE(ToDays({2024, 0, 1}));
  CHECK_FALSE(ToDays({2024, 13, 1}));
  CHECK_FALSE(ToDays({2024, 1, 0}));
  CHECK_FALSE(ToDays({0, 1, 1}));
  CHECK_FALSE(ToDays({10000, 1, 1}));
}

TEST_CASE("text and weekdays") {
  CHECK(ToText(0) == "1970-01-01");
  CHECK(ToText(Days(2024, 3, 1)) == "2024-03-01");
  CHECK(ToText(kFirstDay) == "0001-01-01");
  CHECK(ToText(kLastDay) == "9999-12-31");
  CHECK(WeekdayOf(0) == 3);
  CHECK(WeekdayOf(Days(2024, 8, 12)) == 0);
  CHECK(WeekdayOf(Days(1969, 12, 28)) == 6);
  CHECK(WeekdayOf(kFirstDay) == 0);
}

TEST_CASE("day numbers far outside the calendar do no harm") {
  for (const std::int32_t days :
       {std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::max()}) {
    CHECK_FALSE(ToText(days).empty());
    CHECK(WeekdayOf(days) >= 0);
    CHECK_FALSE(AddMonths(days, 1));
  }
  CHECK(WholeMonthsBetween(std::numeric_limits<std::int32_t>::min(),
                           std::numeric_limits<std::int32_t>::max()) > 0);
}

TEST_CASE("months later: the corresponding day, or the month's last") {
  CHECK(AddMonths(Days(2024, 1, 31), 1) == Days(2024, 2, 29));
  CHECK(AddMonths(Days(2023, 1, 31), 1) == Days(2023, 2, 28));
  CHECK(AddMonths(Days(2024, 1, 31), 3) == Days(2024, 4, 30));
  CHECK(AddMonths(Days(2024, 2, 29), 12) == Days(2025, 2, 28));
  CHECK(AddMonths(Days(2024, 2, 29), 48) == Days(2028, 2, 29));
  CHECK(AddMonths(Days(2024, 3, 31), -1) == Days(2024, 2, 29));
  CHECK(AddMonths(Days(2024, 1, 15), -1) == Days(2023, 12, 15));
  CHECK(AddMonths(Days(2024, 11, 30), 2) == Days(2025, 1, 30));
  CHECK(AddMonths(Days(2024, 5, 5), 0) == Days(2024, 5, 5));
  CHECK(AddMonths(Days(9999, 11, 30), 1) == Days(9999, 12, 30));
  CHECK_FALSE(AddMonths(Days(9999, 12, 1), 1));
  CHECK_FALSE(AddMonths(Days(1, 1, 31), -1));
  CHECK_FALSE(AddMonths(0, std::numeric_limits<std::int64_t>::max()));
  CHECK_FALSE(AddMonths(0, std::numeric_limits<std::int64_t>::min()));
}

TEST_CASE("whole months are the most that still fit") {
  const auto fits = [](std::int32_t from, std::int64_t months, std::int32_t to) {
    const std::optional<std::int32_t> reached = AddMonths(from, months);
    return reached && *reached <= to;
  };
  for (std::int32_t from = Days(2023, 12, 25); from <= Days(2024, 3, 5); ++from) {
    for (std::int32_t to = Days(2022, 11, 20); to <= Days(2025, 4, 5); ++to) {
      const std::int64_t months = WholeMonthsBetween(from, to);
      if (!fits(from, months, to) || fits(from, months + 1, to)) {
        FAIL_CHECK(ToText(from), " to ", ToText(to), ": ", months);
      }
    }
  }
}

}  // namespace
}  // namespace pol::calendar
