#include "runtime/calendar/date.h"
#include "runtime/engine/kernels.h"
#include "runtime/engine/lanes.h"
#include "runtime/engine/planes.h"

namespace pol::engine {
namespace {

// The known date of a lane. A code that is no date (a program from a file may compute one) is not known as a
// date.
std::optional<std::int32_t> DateAt(const Codes& codes, std::size_t lane) {
  if (!codes.known[lane]) return std::nullopt;
  const std::int32_t days = codes.values[lane];
  if (days < calendar::kFirstDay || days > calendar::kLastDay) return std::nullopt;
  return days;
}

std::optional<std::int32_t> AddDaysTo(std::int32_t date, std::int64_t days) {
  constexpr std::int64_t kMost = std::int64_t{calendar::kLastDay} - calendar::kFirstDay;
  if (days > kMost || days < -kMost) return std::nullopt;
  const std::int64_t sum = date + days;
  if (sum < calendar::kFirstDay || sum > calendar::kLastDay) return std::nullopt;
  return static_cast<std::int32_t>(sum);
}

// Dates from a date and an amount.
template <typename T, typename Move>
void MoveDates(NumberFrame<T>& frame, Move move) {
  const Codes& dates = frame.code(0);
  const Numbers<T>& amounts = frame.number(1);
  Codes& result = frame.NewCodes();
  ForEach(Both(dates.known, amounts.known), [&](std::uint32_t lane) {
    const std::optional<std::int32_t> date = DateAt(dates, lane);
    const std::optional<std::int64_t> amount = WholeAt(amounts, lane, frame.overflow);
    if (!date || !amount) return;
    const std::optional<std::int32_t> moved = move(*date, *amount);
    if (!moved) return;
    result.values[lane] = *moved;
    result.known.Set(lane);
  });
}

// Numbers from one date.
template <typename T, typename Measure>
void MeasureDate(NumberFrame<T>& frame, Measure measure) {
  const Codes& dates = frame.code(0);
  Numbers<T>& result = frame.NewNumbers();
  ForEach(dates.known, [&](std::uint32_t lane) {
    const std::optional<std::int32_t> date = DateAt(dates, lane);
    if (!date) return;
    result.numerators[lane] = measure(calendar::FromDays(*date));
    result.known.Set(lane);
  });
}

// Numbers from two dates.
template <typename T, typename Measure>
void MeasureDates(NumberFrame<T>& frame, Measure measure) {
  const Codes& from = frame.code(0);
  const Codes& to = frame.code(1);
  Numbers<T>& result = frame.NewNumbers();
  ForEach(Both(from.known, to.known), [&](std::uint32_t lane) {
    const std::optional<std::int32_t> first = DateAt(from, lane);
    const std::optional<std::int32_t> last = DateAt(to, lane);
    if (!first || !last) return;
    const std::optional<std::int64_t> measured = measure(*first, *last);
    if (!measured) return;
    result.numerators[lane] = *measured;
    result.known.Set(lane);
  });
}

}  // namespace

template <typename T>
void DateKernels<T>::AddDays(F& frame) {
  MoveDates(frame, AddDaysTo);
}

template <typename T>
void DateKernels<T>::AddMonths(F& frame) {
  MoveDates(frame, calendar::AddMonths);
}

template <typename T>
void DateKernels<T>::AddWorkingDays(F& frame) {
  const calendar::WorkingDays& days = frame.calendars.Get(frame.operand(2));
  MoveDates(frame, [&](std::int32_t date, std::int64_t count) { return days.Add(date, count); });
}

template <typename T>
void DateKernels<T>::NextWorkingDay(F& frame) {
  const calendar::WorkingDays& days = frame.calendars.Get(frame.operand(1));
  const Codes& dates = frame.code(0);
  Codes& result = frame.NewCodes();
  ForEach(dates.known, [&](std::uint32_t lane) {
    const std::optional<std::int32_t> next = days.Next(dates.values[lane]);
    if (!next) return;
    result.values[lane] = *next;
    result.known.Set(lane);
  });
}

template <typename T>
void DateKernels<T>::DaysBetween(F& frame) {
  MeasureDates(frame, [](std::int32_t from, std::int32_t to) -> std::optional<std::int64_t> {
    return std::int64_t{to} - from;
  });
}

template <typename T>
void DateKernels<T>::MonthsBetween(F& frame) {
  MeasureDates(frame, [](std::int32_t from, std::int32_t to) -> std::optional<std::int64_t> {
    return calendar::WholeMonthsBetween(from, to);
  });
}

template <typename T>
void DateKernels<T>::WorkingDaysBetween(F& frame) {
  const calendar::WorkingDays& days = frame.calendars.Get(frame.operand(2));
  MeasureDates(frame, [&](std::int32_t from, std::int32_t to) { return days.CountBetween(from, to); });
}

template <typename T>
void DateKernels<T>::YearOf(F& frame) {
  MeasureDate(frame, [](const calendar::CivilDate& date) { return date.year; });
}

template <typename T>
void DateKernels<T>::MonthOf(F& frame) {
  MeasureDate(frame, [](const calendar::CivilDate& date) { return date.month; });
}

template <typename T>
void DateKernels<T>::DayOf(F& frame) {
  MeasureDate(frame, [](const calendar::CivilDate& date) { return date.day; });
}

template <typename T>
void DateKernels<T>::FirstDayOfYear(F& frame) {
  const Numbers<T>& years = frame.number(0);
  Codes& result = frame.NewCodes();
  ForEach(years.known, [&](std::uint32_t lane) {
    const std::optional<std::int64_t> year = WholeAt(years, lane, frame.overflow);
    if (!year || *year < 1 || *year > 9999) return;
    result.values[lane] = *calendar::ToDays({static_cast<std::int32_t>(*year), 1, 1});
    result.known.Set(lane);
  });
}

template struct DateKernels<std::int64_t>;
template struct DateKernels<Int128>;
template struct DateKernels<BigInt>;

}  // namespace pol::engine
