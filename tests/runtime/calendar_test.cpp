#include <doctest/doctest.h>

#include <limits>

#include "runtime/calendar/date.h"
#include "runtime/calendar/working_days.h"

namespace pol::calendar {
namespace {

std::int32_t Days(std::int32_t year, std::int32_t month, std::int32_t day) {
  return *ToDays({year, month, day});
}

// 2024 and 2025, with a week off around 1 October 2024 paid for by two weekend days.
program::Calendar SmallCalendar() {
  program::Calendar calendar;
  calendar.first_year = 2024;
  calendar.last_year = 2025;
  calendar.exceptions.push_back({Days(2024, 9, 29), true});
  for (std::int32_t day = 1; day <= 7; ++day) calendar.exceptions.push_back({Days(2024, 10, day), false});
  calendar.exceptions.push_back({Days(2024, 10, 12), true});
  return calendar;
}

TEST_CASE("weekends, holidays and weekend days that are worked") {
  const WorkingDays days(SmallCalendar());
  CHECK(days.IsWorkingDay(Days(2024, 9, 27)) == true);
  CHECK(days.IsWorkingDay(Days(2024, 9, 28)) == false);
  CHECK(days.IsWorkingDay(Days(2024, 9, 29)) == true);
  CHECK(days.IsWorkingDay(Days(2024, 10, 3)) == false);
  CHECK(days.IsWorkingDay(Days(2024, 10, 12)) == true);
  CHECK(days.IsWorkingDay(Days(2024, 10, 13)) == false);
}

TEST_CASE("the next working day") {
  const WorkingDays days(SmallCalendar());
  CHECK(days.Next(Days(2024, 9, 30)) == Days(2024, 9, 30));
  CHECK(days.Next(Days(2024, 10, 1)) == Days(2024, 10, 8));
  CHECK(days.Next(Days(2024, 9, 28)) == Days(2024, 9, 29));
  CHECK(days.Next(Days(2025, 12, 31)) == Days(2025, 12, 31));
}

TEST_CASE("outside the published years nothing is known") {
  const WorkingDays days(SmallCalendar());
  CHECK_FALSE(days.IsWorkingDay(Days(2023, 12, 31)));
  CHECK_FALSE(days.IsWorkingDay(Days(2026, 1, 1)));
  CHECK_FALSE(days.Next(Days(2023, 12, 31)));
  CHECK_FALSE(days.Add(Days(2023, 12, 31), 1));
  CHECK_FALSE(days.Add(Days(2023, 12, 31), 0));
  CHECK_FALSE(days.Add(Days(2025, 12, 31), 1));
  CHECK_FALSE(days.Add(Days(2024, 1, 1), -1));
  CHECK_FALSE(days.Add(Days(2024, 1, 1), std::numeric_limits<std::int64_t>::max()));
  CHECK_FALSE(days.Add(Days(2024, 1, 1), std::numeric_limits<std::int64_t>::min()));
  CHECK_FALSE(days.CountBetween(Days(2023, 12, 31), Days(2024, 1, 5)));
  CHECK_FALSE(days.CountBetween(Days(2024, 1, 5), Days(2026, 1, 1)));
  for (const std::int32_t far :
       {std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::max()}) {
    CHECK_FALSE(days.IsWorkingDay(far));
    CHECK_FALSE(days.Next(far));
    CHECK_FALSE(days.Add(far, 5));
    CHECK_FALSE(days.CountBetween(far, far));
  }
  program::Calendar ends_on_weekend = SmallCalendar();
  ends_on_weekend.last_year = 2024;
  ends_on_weekend.exceptions.push_back({Days(2024, 12, 31), false});
  CHECK_FALSE(WorkingDays(ends_on_weekend).Next(Days(2024, 12, 31)));
}

TEST_CASE("adding and counting agree with walking day by day") {
  const WorkingDays days(SmallCalendar());
  for (std::int32_t from = Days(2024, 9, 20); from <= Days(2024, 10, 20); ++from) {
    std::int64_t count = 0;
    for (std::int32_t to = from + 1; to < from + 40; ++to) {
      const bool working = *days.IsWorkingDay(to);
      count += working ? 1 : 0;
      if (working) CHECK(days.Add(from, count) == to);
      CHECK(days.CountBetween(from, to) == count);
      CHECK(days.CountBetween(to, from) == -count);
    }
    count = 0;
    for (std::int32_t to = from - 1; to > from - 40; --to) {
      if (*days.IsWorkingDay(to)) CHECK(days.Add(from, --count) == to);
    }
    CHECK(days.Add(from, 0) == from);
  }
}

TEST_CASE("a calendar of impossible years knows no day and takes no memory") {
  program::Calendar calendar;
  CHECK_FALSE(WorkingDays(calendar).IsWorkingDay(0));
  calendar.first_year = std::numeric_limits<std::int32_t>::min();
  calendar.last_year = std::numeric_limits<std::int32_t>::max();
  CHECK_FALSE(WorkingDays(calendar).IsWorkingDay(0));
}

}  // namespace
}  // namespace pol::calendar
