#include <algorithm>

#include "runtime/engine/kernels.h"
#include "runtime/engine/lanes.h"
#include "runtime/engine/planes.h"

namespace pol::engine {
namespace {

// Calls `visit(row, first lane, end)` for every record of the domain.
template <typename Visit>
void ForRows(const Segments& segments, Visit visit) {
  for (std::uint32_t row = 0; row < segments.rows(); ++row)
    visit(row, segments.first(row), segments.last(row));
}

void BroadcastPlane(const Segments& segments, const Bits& parent, Bits& result) {
  ForEach(parent, [&](std::uint32_t row) { SetRange(result, segments.first(row), segments.last(row)); });
}

// Calls `visit(row, lane)` where the known index of a `gather` is one of the record's lanes.
template <typename Visit>
void ForGathered(const Segments& segments, const Codes& index, Visit visit) {
  ForEach(index.known, [&](std::uint32_t row) {
    const std::int64_t size = std::int64_t{segments.last(row)} - segments.first(row);
    if (index.values[row] < 0 || index.values[row] >= size) return;
    visit(row, segments.first(row) + static_cast<std::uint32_t>(index.values[row]));
  });
}

// A known bound of a window as a whole number: the nearest inside.
template <typename T>
Product<T> YearBound(const Numbers<T>& numbers, std::uint32_t row, bool up, bool& overflow) {
  const Product<T> denominator = WholeDenominator(numbers, row, overflow);
  if (overflow) return 0;
  const Product<T> numerator(numbers.numerators[row]);
  const Product<T> remainder = numerator % denominator;
  Product<T> year = numerator / denominator;
  if (up && remainder > 0) year += 1;
  if (!up && remainder < 0) year -= 1;
  return year;
}

// Held to what arithmetic on years bears; no data is near.
template <typename Year>
std::int32_t Clamped(const Year& year) {
  constexpr std::int32_t kFar = 1000000;
  if (year > kFar) return kFar;
  return year < -kFar ? -kFar : static_cast<std::int32_t>(year);
}

// Which windows the year domain can hold. Any policy's lie in the years that are always in reach, so that it
// does not depend on the other records of a batch whether one's window is known; beyond them, a window is
// known where the data is.
class YearReach {
 public:
  explicit YearReach(const records::Batch& batch) : first_(batch.first_year), last_(batch.first_year) {
    last_ += static_cast<std::int32_t>(batch.year_count) - 1;
  }
  bool Take(YearSpan window) {
    if (first_ <= window.first && window.last <= last_) return true;
    if (window.first < kFirstYear || window.last > kLastYear) return false;
    const std::int32_t first = std::min(first_, window.first);
    const std::int32_t last = std::max(last_, window.last);
    if (last - first + 1 > static_cast<std::int32_t>(records::kMostYears)) return false;
    first_ = first;
    last_ = last;
    grown_ = true;
    return true;
  }
  std::optional<YearSpan> grown() const {
    return grown_ ? std::optional(YearSpan{first_, last_}) : std::nullopt;
  }

 private:
  static constexpr std::int32_t kFirstYear = 1900;
  static constexpr std::int32_t kLastYear = kFirstYear + static_cast<std::int32_t>(records::kMostYears) - 1;
  std::int32_t first_;
  std::int32_t last_;
  bool grown_ = false;
};

}  // namespace

void ChildKernels::BroadcastTruth(Frame& frame) {
  const Segments segments = frame.segments(frame.domain());
  Truths& result = frame.NewTruths();
  BroadcastPlane(segments, frame.truth(0).yes, result.yes);
  BroadcastPlane(segments, frame.truth(0).no, result.no);
}

void ChildKernels::BroadcastCode(Frame& frame) {
  const Segments segments = frame.segments(frame.domain());
  const Codes& parent = frame.code(0);
  Codes& result = frame.NewCodes();
  BroadcastPlane(segments, parent.known, result.known);
  ForRows(segments, [&](std::uint32_t row, std::uint32_t first, std::uint32_t end) {
    std::fill(result.values.begin() + first, result.values.begin() + end, parent.values[row]);
  });
}

void ChildKernels::PreviousTruth(Frame& frame) {
  const Segments segments = frame.segments(frame.domain());
  const Truths& truth = frame.truth(0);
  Truths& result = frame.NewTruths();
  ForRows(segments, [&](std::uint32_t, std::uint32_t first, std::uint32_t end) {
    if (first == end) return;
    result.no.Set(first);
    for (std::uint32_t lane = first + 1; lane < end; ++lane) {
      result.yes.Put(lane, truth.yes[lane - 1]);
      result.no.Put(lane, truth.no[lane - 1]);
    }
  });
}

void ChildKernels::PreviousCode(Frame& frame) {
  const Segments segments = frame.segments(frame.domain());
  const Codes& codes = frame.code(0);
  Codes& result = frame.NewCodes();
  ForRows(segments, [&](std::uint32_t, std::uint32_t first, std::uint32_t end) {
    for (std::uint32_t lane = first + 1; lane < end; ++lane) {
      result.values[lane] = codes.values[lane - 1];
      result.known.Put(lane, codes.known[lane - 1]);
    }
  });
}

void ChildKernels::GatherTruth(Frame& frame) {
  const Truths& truth = frame.truth(0);
  Truths& result = frame.NewTruths();
  ForGathered(frame.segments(frame.operand(2)), frame.code(1), [&](std::uint32_t row, std::uint32_t lane) {
    result.yes.Put(row, truth.yes[lane]);
    result.no.Put(row, truth.no[lane]);
  });
}

void ChildKernels::GatherCode(Frame& frame) {
  const Codes& codes = frame.code(0);
  Codes& result = frame.NewCodes();
  ForGathered(frame.segments(frame.operand(2)), frame.code(1), [&](std::uint32_t row, std::uint32_t lane) {
    result.values[row] = codes.values[lane];
    result.known.Put(row, codes.known[lane]);
  });
}

template <typename T>
void NumberChildKernels<T>::BroadcastNumber(F& frame) {
  const Segments segments = frame.segments(frame.domain());
  const Numbers<T>& parent = frame.number(0);
  Numbers<T>& result = frame.NewNumbers();
  result.scale = parent.scale;
  result.denominators.resize(parent.whole_denominators() ? 0 : result.numerators.size());
  BroadcastPlane(segments, parent.known, result.known);
  ForRows(segments, [&](std::uint32_t row, std::uint32_t first, std::uint32_t end) {
    for (std::uint32_t lane = first; lane < end; ++lane) {
      result.numerators[lane] = parent.numerators[row];
      if (!parent.whole_denominators()) result.denominators[lane] = parent.denominators[row];
    }
  });
}

template <typename T>
void NumberChildKernels<T>::WindowYears(F& frame) {
  const Segments segments = frame.segments(frame.domain());
  const Numbers<T>& from = frame.number(0);
  const Numbers<T>& to = frame.number(1);
  const std::int32_t first_year = frame.batch.first_year;
  const std::int32_t last_year = first_year + static_cast<std::int32_t>(frame.batch.year_count) - 1;
  YearReach reach(frame.batch);
  Truths& result = frame.NewTruths();
  // Where a bound is unknown so is every lane, also one that the other bound rules out: the years of an
  // unknown window may all be missing from the batch.
  ForEach(Both(from.known, to.known), [&](std::uint32_t row) {
    const Product<T> first = YearBound(from, row, true, frame.overflow);
    const Product<T> last = YearBound(to, row, false, frame.overflow);
    const std::uint32_t lane = segments.first(row);
    const std::uint32_t end = segments.last(row);
    if (first > last) return SetRange(result.no, lane, end);
    const YearSpan window{Clamped(first), Clamped(last)};
    if (!reach.Take(window) || window.first < first_year || window.last > last_year || lane == end) return;
    const std::uint32_t inside = lane + static_cast<std::uint32_t>(window.first - first_year);
    const std::uint32_t after = lane + static_cast<std::uint32_t>(window.last - first_year) + 1;
    SetRange(result.no, lane, inside);
    SetRange(result.yes, inside, after);
    SetRange(result.no, after, end);
  });
  frame.widen = reach.grown();
}

template <typename T>
void NumberChildKernels<T>::PreviousNumber(F& frame) {
  const Segments segments = frame.segments(frame.domain());
  const Numbers<T>& numbers = frame.number(0);
  Numbers<T>& result = frame.NewNumbers();
  result.scale = numbers.scale;
  if (!numbers.whole_denominators()) result.denominators.assign(result.numerators.size(), T(1));
  ForRows(segments, [&](std::uint32_t, std::uint32_t first, std::uint32_t end) {
    for (std::uint32_t lane = first + 1; lane < end; ++lane) {
      result.numerators[lane] = numbers.numerators[lane - 1];
      if (!numbers.whole_denominators()) result.denominators[lane] = numbers.denominators[lane - 1];
      result.known.Put(lane, numbers.known[lane - 1]);
    }
  });
  Finish(result);
}

template <typename T>
void NumberChildKernels<T>::GatherNumber(F& frame) {
  const Numbers<T>& numbers = frame.number(0);
  Numbers<T>& result = frame.NewNumbers();
  result.scale = numbers.scale;
  if (!numbers.whole_denominators()) result.denominators.assign(result.numerators.size(), T(1));
  ForGathered(frame.segments(frame.operand(2)), frame.code(1), [&](std::uint32_t row, std::uint32_t lane) {
    result.numerators[row] = numbers.numerators[lane];
    if (!numbers.whole_denominators()) result.denominators[row] = numbers.denominators[lane];
    result.known.Put(row, numbers.known[lane]);
  });
  Finish(result);
}

template struct NumberChildKernels<std::int64_t>;
template struct NumberChildKernels<Int128>;
template struct NumberChildKernels<BigInt>;

}  // namespace pol::engine
