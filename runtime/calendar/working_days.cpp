#include "runtime/calendar/working_days.h"

#include <cstddef>

#include "runtime/calendar/date.h"

namespace pol::calendar {

WorkingDays::WorkingDays(const program::Calendar& calendar) {
  counts_.push_back(0);
  if (calendar.first_year < kFirstCalendarYear || calendar.last_year > kLastCalendarYear) return;
  if (calendar.last_year < calendar.first_year) return;
  first_day_ = *ToDays({calendar.first_year, 1, 1});
  const std::int32_t last_day = *ToDays({calendar.last_year, 12, 31});
  auto exception = calendar.exceptions.begin();
  for (std::int32_t day = first_day_; day <= last_day; ++day) {
    constexpr std::int32_t kSaturday = 5;
    bool working = WeekdayOf(day) < kSaturday;
    while (exception != calendar.exceptions.end() && exception->date < day) ++exception;
    if (exception != calendar.exceptions.end() && exception->date == day) working = exception->working;
    if (working) days_.push_back(day);
    counts_.push_back(static_cast<std::int32_t>(days_.size()));
  }
}

bool WorkingDays::Covers(std::int32_t date) const {
  const std::int64_t offset = std::int64_t{date} - first_day_;
  return offset >= 0 && offset < static_cast<std::int64_t>(counts_.size()) - 1;
}

std::int32_t WorkingDays::CountThrough(std::int32_t date) const {
  return counts_[static_cast<std::size_t>(date - first_day_) + 1];
}

std::optional<std::int32_t> WorkingDays::DayAt(std::int64_t index) const {
  if (index < 0 || index >= static_cast<std::int64_t>(days_.size())) return std::nullopt;
  return days_[static_cast<std::size_t>(index)];
}

std::optional<bool> WorkingDays::IsWorkingDay(std::int32_t date) const {
  if (!Covers(date)) return std::nullopt;
  return CountThrough(date) != counts_[static_cast<std::size_t>(date - first_day_)];
}

std::optional<std::int32_t> WorkingDays::Next(std::int32_t date) const {
  if (!Covers(date)) return std::nullopt;
  return DayAt(counts_[static_cast<std::size_t>(date - first_day_)]);
}

std::optional<std::int32_t> WorkingDays::Add(std::int32_t date, std::int64_t count) const {
  if (!Covers(date)) return std::nullopt;
  if (count == 0) return date;
  const auto total = static_cast<std::int64_t>(days_.size());
  if (count > total || count < -total) return std::nullopt;
  if (count > 0) return DayAt(CountThrough(date) + count - 1);
  return DayAt(counts_[static_cast<std::size_t>(date - first_day_)] + count);
}

std::optional<std::int64_t> WorkingDays::CountBetween(std::int32_t from, std::int32_t to) const {
  if (!Covers(from) || !Covers(to)) return std::nullopt;
  return std::int64_t{CountThrough(to)} - CountThrough(from);
}

}  // namespace pol::calendar
