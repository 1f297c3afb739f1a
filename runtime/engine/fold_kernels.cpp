#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "runtime/engine/kernels.h"
#include "runtime/engine/lanes.h"
#include "runtime/engine/planes.h"

namespace pol::engine {
namespace {

Segments ChildOf(const Frame& frame) { return frame.segments(program::ChildOf(frame.program, frame.value)); }

// Which lanes of a record a fold takes: those where the condition holds, or none at all when that can't be
// told.
bool IsSelectionKnown(const Segments& segments, const Truths& condition, const Bits& known,
                      std::uint32_t row) {
  if (!segments.known(row)) return false;
  bool all_known = true;
  ForRange(segments.first(row), segments.last(row), [&](std::size_t word, std::uint64_t mask) {
    const std::uint64_t yes = condition.yes.words()[word];
    const std::uint64_t no = condition.no.words()[word];
    const std::uint64_t good = (yes & known.words()[word]) | no;
    all_known = all_known && (~good & mask) == 0;
  });
  return all_known;
}

// The selected lane of a record that comes first by `before(lane, best)`; with `unique`, only when no other
// is its equal. nullopt when it can't be told or there is none.
template <typename Before>
std::optional<std::uint32_t> BestLane(const Segments& segments, const Truths& condition, const Bits& known,
                                      std::uint32_t row, bool unique, Before before) {
  if (!IsSelectionKnown(segments, condition, known, row)) return std::nullopt;
  std::optional<std::uint32_t> best;
  bool tie = false;
  for (std::uint32_t lane = segments.first(row); lane < segments.last(row); ++lane) {
    if (!condition.yes[lane]) continue;
    if (!best || before(lane, *best)) {
      best = lane;
      tie = false;
    } else if (!before(*best, lane)) {
      tie = true;
    }
  }
  return unique && tie ? std::nullopt : best;
}

template <bool kGreatest>
auto CodeOrder(const Codes& codes) {
  return [&codes](std::uint32_t a, std::uint32_t b) {
    return kGreatest ? codes.values[a] > codes.values[b] : codes.values[a] < codes.values[b];
  };
}

template <bool kGreatest>
void FoldCodes(Frame& frame) {
  const Segments segments = ChildOf(frame);
  const Codes& codes = frame.code(0);
  Codes& result = frame.NewCodes();
  for (std::uint32_t row = 0; row < segments.rows(); ++row) {
    const auto best =
        BestLane(segments, frame.truth(1), codes.known, row, false, CodeOrder<kGreatest>(codes));
    if (!best) continue;
    result.values[row] = codes.values[*best];
    result.known.Set(row);
  }
}

template <bool kGreatest>
void Pick(Frame& frame) {
  const Segments segments = ChildOf(frame);
  const Codes& codes = frame.code(0);
  Codes& result = frame.NewCodes();
  for (std::uint32_t row = 0; row < segments.rows(); ++row) {
    const auto best = BestLane(segments, frame.truth(1), codes.known, row, true, CodeOrder<kGreatest>(codes));
    if (!best) continue;
    result.values[row] = static_cast<std::int32_t>(*best - segments.first(row));
    result.known.Set(row);
  }
}

template <bool kGreatest, typename T>
void FoldExtreme(NumberFrame<T>& frame) {
  const Segments segments = ChildOf(frame);
  const Numbers<T>& numbers = frame.number(0);
  const auto before = [&](std::uint32_t a, std::uint32_t b) {
    const int order = CompareLanes(numbers, a, numbers, b, frame.overflow);
    return kGreatest ? order > 0 : order < 0;
  };
  Numbers<T>& result = frame.NewNumbers();
  result.scale = numbers.scale;
  if (!numbers.whole_denominators()) result.denominators.assign(frame.lanes(), T(1));
  for (std::uint32_t row = 0; row < segments.rows(); ++row) {
    const auto best = BestLane(segments, frame.truth(1), numbers.known, row, false, before);
    if (!best) continue;
    result.numerators[row] = numbers.numerators[*best];
    if (!numbers.whole_denominators()) result.denominators[row] = numbers.denominators[*best];
    result.known.Set(row);
  }
  Finish(result);
}

// Sum of the selected lanes of one record; false when a partial sum grows beyond all limits.
template <typename T>
bool SumRow(const Segments& segments, const Truths& condition, const Numbers<T>& numbers, std::uint32_t row,
            Fraction<T>& sum, bool& overflow) {
  for (std::uint32_t lane = segments.first(row); lane < segments.last(row); ++lane) {
    if (!condition.yes[lane]) continue;
    if (numbers.whole_denominators()) {
      overflow |= AddOverflows(sum.numerator, numbers.numerators[lane], sum.numerator);
    } else {
      AddFraction(numbers.numerators[lane], numbers.denominators[lane], sum, overflow);
    }
    if constexpr (kIsBig<T>) {
      if (!Reduce(sum)) return false;
    }
  }
  return true;
}

}  // namespace

void FoldKernels::FoldAny(Frame& frame) {
  const Segments segments = ChildOf(frame);
  const Truths& truth = frame.truth(0);
  Truths& result = frame.NewTruths();
  for (std::uint32_t row = 0; row < segments.rows(); ++row) {
    const std::uint32_t first = segments.first(row);
    const std::uint32_t last = segments.last(row);
    if (AnyInRange(truth.yes, first, last)) {
      result.yes.Set(row);
    } else if (segments.known(row) && CountRange(truth.no, first, last) == last - first) {
      result.no.Set(row);
    }
  }
}

void FoldKernels::FoldAll(Frame& frame) {
  const Segments segments = ChildOf(frame);
  const Truths& truth = frame.truth(0);
  Truths& result = frame.NewTruths();
  for (std::uint32_t row = 0; row < segments.rows(); ++row) {
    const std::uint32_t first = segments.first(row);
    const std::uint32_t last = segments.last(row);
    if (AnyInRange(truth.no, first, last)) {
      result.no.Set(row);
    } else if (segments.known(row) && CountRange(truth.yes, first, last) == last - first) {
      result.yes.Set(row);
    }
  }
}

void FoldKernels::FoldMinimumCode(Frame& frame) { FoldCodes<false>(frame); }

void FoldKernels::FoldMaximumCode(Frame& frame) { FoldCodes<true>(frame); }

void FoldKernels::PickEarliest(Frame& frame) { Pick<false>(frame); }

void FoldKernels::PickLatest(Frame& frame) { Pick<true>(frame); }

template <typename T>
void NumberFoldKernels<T>::FoldAtLeast(F& frame) {
  const Segments segments = ChildOf(frame);
  const Truths& truth = frame.truth(0);
  const Numbers<T>& needed = frame.number(1);
  Truths& result = frame.NewTruths();
  ForEach(needed.known, [&](std::uint32_t row) {
    const std::uint32_t first = segments.first(row);
    const std::uint32_t last = segments.last(row);
    const auto yes = static_cast<std::uint32_t>(CountRange(truth.yes, first, last));
    const auto no = static_cast<std::uint32_t>(CountRange(truth.no, first, last));
    if (IsAtMost(needed, row, yes, frame.overflow)) {
      result.yes.Set(row);
    } else if (segments.known(row) && !IsAtMost(needed, row, last - first - no, frame.overflow)) {
      // An unknown list may have any number of elements, so that nothing is out of its reach.
      result.no.Set(row);
    }
  });
}

template <typename T>
void NumberFoldKernels<T>::FoldCount(F& frame) {
  const Segments segments = ChildOf(frame);
  const Truths& truth = frame.truth(0);
  Numbers<T>& result = frame.NewNumbers();
  for (std::uint32_t row = 0; row < segments.rows(); ++row) {
    const std::uint32_t first = segments.first(row);
    const std::uint32_t last = segments.last(row);
    const std::size_t yes = CountRange(truth.yes, first, last);
    if (!segments.known(row) || yes + CountRange(truth.no, first, last) != last - first) continue;
    result.numerators[row] = static_cast<std::uint32_t>(yes);
    result.known.Set(row);
  }
}

template <typename T>
void NumberFoldKernels<T>::FoldSum(F& frame) {
  const Segments segments = ChildOf(frame);
  const Numbers<T>& numbers = frame.number(0);
  const Truths& condition = frame.truth(1);
  Numbers<T>& result = frame.NewNumbers();
  result.scale = numbers.scale;
  if (!numbers.whole_denominators()) result.denominators.assign(frame.lanes(), T(1));
  for (std::uint32_t row = 0; row < segments.rows(); ++row) {
    if (!IsSelectionKnown(segments, condition, numbers.known, row)) continue;
    Fraction<T> sum;
    if (!SumRow(segments, condition, numbers, row, sum, frame.overflow)) continue;
    result.numerators[row] = std::move(sum.numerator);
    if (!numbers.whole_denominators()) result.denominators[row] = std::move(sum.denominator);
    result.known.Set(row);
  }
  Finish(result);
}

template <typename T>
void NumberFoldKernels<T>::FoldMinimum(F& frame) {
  FoldExtreme<false>(frame);
}

template <typename T>
void NumberFoldKernels<T>::FoldMaximum(F& frame) {
  FoldExtreme<true>(frame);
}

template <typename T>
void NumberFoldKernels<T>::FoldEarliest(F& frame) {
  const Segments segments = ChildOf(frame);
  const Codes& dates = frame.code(0);
  const Truths& condition = frame.truth(1);
  Codes& result = frame.NewCodes();
  std::vector<std::int32_t> taken;
  for (std::uint32_t row = 0; row < segments.rows(); ++row) {
    const std::optional<std::int64_t> count = WholeAt(frame.number(2), row, frame.overflow);
    if (!count || *count < 1 || !IsSelectionKnown(segments, condition, dates.known, row)) continue;
    taken.clear();
    for (std::uint32_t lane = segments.first(row); lane < segments.last(row); ++lane) {
      if (condition.yes[lane]) taken.push_back(dates.values[lane]);
    }
    if (*count > std::ssize(taken)) continue;
    const auto place = taken.begin() + (*count - 1);
    std::nth_element(taken.begin(), place, taken.end());
    result.values[row] = *place;
    result.known.Set(row);
  }
}

template struct NumberFoldKernels<std::int64_t>;
template struct NumberFoldKernels<Int128>;
template struct NumberFoldKernels<BigInt>;

}  // namespace pol::engine
