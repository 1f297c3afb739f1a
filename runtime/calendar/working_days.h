// Working days of a published calendar: Monday to Friday, but for its exceptions. Every answer about a day
// outside the published years is nullopt: not known yet. Tested by tests/runtime/calendar_test.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "runtime/program/schema.h"

namespace pol::calendar {

// A calendar that claims other years is refused by the verifier and has no known day here.
inline constexpr std::int32_t kFirstCalendarYear = 1900;
inline constexpr std::int32_t kLastCalendarYear = 2200;

class WorkingDays {
 public:
  explicit WorkingDays(const program::Calendar& calendar);

  std::optional<bool> IsWorkingDay(std::int32_t date) const;
  // The date itself, or the first working day after it.
  std::optional<std::int32_t> Next(std::int32_t date) const;
  // The count-th working day after the date; with a negative count, before it; with 0, the date itself.
  std::optional<std::int32_t> Add(std::int32_t date, std::int64_t count) const;
  // Working days after `from` up to and including `to`; negative when `to` is earlier.
  std::optional<std::int64_t> CountBetween(std::int32_t from, std::int32_t to) const;

 private:
  bool Covers(std::int32_t date) const;
  // Working days from the calendar's first day up to and including the date.
  std::int32_t CountThrough(std::int32_t date) const;
  std::optional<std::int32_t> DayAt(std::int64_t index) const;

  std::int32_t first_day_ = 0;
  std::vector<std::int32_t> counts_;  // [i]: working days before first_day_ + i
  std::vector<std::int32_t> days_;    // the working days themselves, ascending
};

}  // namespace pol::calendar
