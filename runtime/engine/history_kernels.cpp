#include <cstddef>
#include <optional>
#include <vector>

#include "runtime/calendar/date.h"
#include "runtime/engine/history.h"
#include "runtime/engine/kernels.h"
#include "runtime/engine/lanes.h"
#include "runtime/engine/planes.h"

namespace pol::engine {
namespace {

// The known date of a lane; a code that is no date is none.
std::optional<std::int32_t> DateAt(const Codes& codes, std::size_t lane) {
  if (!codes.known[lane]) return std::nullopt;
  const std::int32_t days = codes.values[lane];
  if (days < calendar::kFirstDay || days > calendar::kLastDay) return std::nullopt;
  return days;
}

Truth TruthAt(const Truths& truths, std::size_t lane) {
  if (truths.yes[lane]) return Truth::kTrue;
  return truths.no[lane] ? Truth::kFalse : Truth::kUnknown;
}

// Operands of a walk.
constexpr std::size_t kDates = 0;
constexpr std::size_t kFrom = 1;
constexpr std::size_t kUntil = 2;
constexpr std::size_t kMachine = 3;
constexpr std::size_t kFirstCondition = 5;

// Calls `visit(row, end)` for each record whose list and span of days are known.
template <typename Visit>
void WalkRows(const Frame& frame, Visit visit) {
  const program::Machine& machine = frame.program.machines[frame.operand(kMachine)];
  const Segments segments = frame.segments(program::ChildOf(frame.program, frame.value));
  const Codes& dates = frame.code(kDates);
  History history;
  for (std::uint32_t row = 0; row < segments.rows(); ++row) {
    const std::optional<std::int32_t> from = DateAt(frame.code(kFrom), row);
    const std::optional<std::int32_t> until = DateAt(frame.code(kUntil), row);
    if (!segments.known(row) || !from || !until) continue;
    history.from = *from;
    history.until = *until;
    history.dates.clear();
    history.conditions.clear();
    for (std::uint32_t lane = segments.first(row); lane < segments.last(row); ++lane) {
      history.dates.push_back(DateAt(dates, lane));
      for (std::size_t i = 0; i < machine.conditions; ++i) {
        history.conditions.push_back(TruthAt(frame.truth(kFirstCondition + i), lane));
      }
    }
    visit(row, WalkHistory(machine, history));
  }
}

// By element, whether it may be of a year, and surely is.
template <typename T>
class ElementYears {
 public:
  ElementYears(const Numbers<T>& years, bool& overflow) : known_(years.known) {
    years_.reserve(years.numerators.size());
    for (std::size_t lane = 0; lane < years.numerators.size(); ++lane) {
      years_.push_back(WholeAt(years, lane, overflow));
    }
  }
  bool SurelyIs(std::uint32_t lane, std::int64_t year) const { return years_[lane] == year; }
  bool MayBe(std::uint32_t lane, std::int64_t year) const { return !known_[lane] || SurelyIs(lane, year); }

 private:
  const Bits& known_;
  std::vector<std::optional<std::int64_t>> years_;  // nullopt also for a number that is no year
};

// Calls `visit(row, year lane, year)` for every lane of the result.
template <typename T, typename Visit>
void ForYears(const NumberFrame<T>& frame, Visit visit) {
  const Segments years = frame.segments(frame.domain());
  for (std::uint32_t row = 0; row < years.rows(); ++row) {
    for (std::uint32_t lane = years.first(row); lane < years.last(row); ++lane) {
      visit(row, lane, std::int64_t{frame.batch.first_year} + (lane - years.first(row)));
    }
  }
}

}  // namespace

void HistoryKernels::WalkState(Frame& frame) {
  const std::uint32_t first_code = frame.program.machines[frame.operand(kMachine)].first_code;
  Codes& result = frame.NewCodes();
  WalkRows(frame, [&](std::uint32_t row, const HistoryEnd& end) {
    if (!end.state) return;
    result.values[row] = static_cast<std::int32_t>(first_code + *end.state);
    result.known.Set(row);
  });
}

void HistoryKernels::WalkSince(Frame& frame) {
  Codes& result = frame.NewCodes();
  WalkRows(frame, [&](std::uint32_t row, const HistoryEnd& end) {
    if (!end.since) return;
    result.values[row] = *end.since;
    result.known.Set(row);
  });
}

template <typename T>
void YearsKernels<T>::YearsAny(F& frame) {
  const Segments elements = frame.segments(frame.operand(2));
  const Truths& truth = frame.truth(0);
  const ElementYears<T> years(frame.number(1), frame.overflow);
  Truths& result = frame.NewTruths();
  ForYears(frame, [&](std::uint32_t row, std::uint32_t year_lane, std::int64_t year) {
    bool none = elements.known(row);
    for (std::uint32_t lane = elements.first(row); lane < elements.last(row); ++lane) {
      if (truth.no[lane] || !years.MayBe(lane, year)) continue;
      if (truth.yes[lane] && years.SurelyIs(lane, year)) return result.yes.Set(year_lane);
      none = false;
    }
    if (none) result.no.Set(year_lane);
  });
}

template <typename T>
void YearsKernels<T>::YearsEarliest(F& frame) {
  const Segments elements = frame.segments(frame.operand(3));
  const Codes& dates = frame.code(0);
  const Truths& condition = frame.truth(1);
  const ElementYears<T> years(frame.number(2), frame.overflow);
  Codes& result = frame.NewCodes();
  ForYears(frame, [&](std::uint32_t row, std::uint32_t year_lane, std::int64_t year) {
    if (!elements.known(row)) return;
    std::optional<std::int32_t> earliest;
    for (std::uint32_t lane = elements.first(row); lane < elements.last(row); ++lane) {
      if (condition.no[lane] || !years.MayBe(lane, year)) continue;
      if (!condition.yes[lane] || !years.SurelyIs(lane, year) || !dates.known[lane]) return;
      if (!earliest || dates.values[lane] < *earliest) earliest = dates.values[lane];
    }
    if (!earliest) return;
    result.values[year_lane] = *earliest;
    result.known.Set(year_lane);
  });
}

template struct YearsKernels<std::int64_t>;
template struct YearsKernels<Int128>;
template struct YearsKernels<BigInt>;

}  // namespace pol::engine
