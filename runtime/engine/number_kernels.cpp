#include <algorithm>
#include <utility>

#include "runtime/engine/kernels.h"
#include "runtime/engine/lanes.h"
#include "runtime/engine/planes.h"

namespace pol::engine {
namespace {

// a and b brought to one scale.
template <typename T>
struct Rescaled {
  std::int32_t scale;
  T left_factor;
  T right_factor;

  Rescaled(const Numbers<T>& a, const Numbers<T>& b)
      : scale(std::max(a.scale, b.scale)),
        left_factor(PowerOfTen<T>(scale - a.scale)),
        right_factor(PowerOfTen<T>(scale - b.scale)) {}
  bool same() const { return left_factor == 1 && right_factor == 1; }
};

template <typename T>
struct AddLanes {
  bool operator()(const T& a, const T& b, T& result) const { return AddOverflows(a, b, result); }
};
template <typename T>
struct SubtractLanes {
  bool operator()(const T& a, const T& b, T& result) const { return SubtractOverflows(a, b, result); }
};

// Sums and differences of whole numbers of a common scale: the loop that most programs spend their time in.
template <typename T, typename Operation>
bool CombineWhole(const Numbers<T>& a, const Numbers<T>& b, const Rescaled<T>& common, Operation operation,
                  Numbers<T>& result) {
  const std::size_t lanes = result.numerators.size();
  bool overflow = false;
  if (common.same()) {
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      overflow |= operation(a.numerators[lane], b.numerators[lane], result.numerators[lane]);
    }
    return overflow;
  }
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    T left{};
    T right{};
    overflow |= MultiplyOverflows(a.numerators[lane], common.left_factor, left);
    overflow |= MultiplyOverflows(b.numerators[lane], common.right_factor, right);
    overflow |= operation(left, right, result.numerators[lane]);
  }
  return overflow;
}

template <typename T, typename Operation>
bool CombineFractions(const Numbers<T>& a, const Numbers<T>& b, const Rescaled<T>& common,
                      Operation operation, Numbers<T>& result) {
  bool overflow = false;
  result.denominators.resize(result.numerators.size());
  for (std::size_t lane = 0; lane < result.numerators.size(); ++lane) {
    T left{};
    T right{};
    const T left_denominator = a.DenominatorAt(lane);
    const T right_denominator = b.DenominatorAt(lane);
    overflow |= MultiplyOverflows(a.numerators[lane], common.left_factor, left);
    overflow |= MultiplyOverflows(b.numerators[lane], common.right_factor, right);
    if (left_denominator == right_denominator) {
      result.denominators[lane] = left_denominator;
    } else {
      overflow |= MultiplyOverflows(left, right_denominator, left);
      overflow |= MultiplyOverflows(right, left_denominator, right);
      overflow |= MultiplyOverflows(left_denominator, right_denominator, result.denominators[lane]);
    }
    overflow |= operation(left, right, result.numerators[lane]);
  }
  return overflow;
}

template <typename T, typename Operation>
void AddOrSubtract(NumberFrame<T>& frame, Operation operation) {
  const Numbers<T>& a = frame.number(0);
  const Numbers<T>& b = frame.number(1);
  const Rescaled<T> common(a, b);
  Numbers<T>& result = frame.NewNumbers();
  result.scale = common.scale;
  result.known = Both(a.known, b.known);
  if (a.whole_denominators() && b.whole_denominators()) {
    frame.overflow |= CombineWhole(a, b, common, operation, result);
  } else {
    frame.overflow |= CombineFractions(a, b, common, operation, result);
  }
  Finish(result);
}

// a / b as a fraction of two integers, the denominator positive; 0 / 1 where b is 0.
template <typename T>
Fraction<T> Quotient(const Numbers<T>& a, const Numbers<T>& b, std::size_t lane, const T& up, const T& down,
                     bool& overflow) {
  Fraction<T> quotient;
  if (b.numerators[lane] == 0) return quotient;
  overflow |= MultiplyOverflows(a.numerators[lane], b.DenominatorAt(lane), quotient.numerator);
  overflow |= MultiplyOverflows(quotient.numerator, up, quotient.numerator);
  overflow |= MultiplyOverflows(a.DenominatorAt(lane), b.numerators[lane], quotient.denominator);
  overflow |= MultiplyOverflows(quotient.denominator, down, quotient.denominator);
  if (quotient.denominator < 0) {
    overflow |= NegateOverflows(quotient.numerator);
    overflow |= NegateOverflows(quotient.denominator);
  }
  return quotient;
}

// What rounding makes of quotient and remainder, both truncated towards 0; the remainder has the numerator's
// sign.
struct HalfAway {
  template <typename T>
  T operator()(T quotient, const T& remainder, const T& denominator) const {
    const T magnitude = remainder < 0 ? T(-remainder) : remainder;
    if (magnitude < T(denominator - magnitude)) return quotient;
    return remainder < 0 ? T(quotient - 1) : T(quotient + 1);
  }
};
struct Up {
  template <typename T>
  T operator()(T quotient, const T& remainder, const T&) const {
    return remainder > 0 ? T(quotient + 1) : quotient;
  }
};
struct Down {
  template <typename T>
  T operator()(T quotient, const T& remainder, const T&) const {
    return remainder < 0 ? T(quotient - 1) : quotient;
  }
};

template <typename T, typename Rounding>
void Round(NumberFrame<T>& frame, Rounding rounding) {
  const Numbers<T>& a = frame.number(0);
  const Numbers<T>& b = frame.number(1);
  const Rescaled<T> common(a, b);
  Numbers<T>& result = frame.NewNumbers();
  result.scale = b.scale;
  result.denominators = b.denominators;
  result.known = Both(a.known, b.known);
  for (std::size_t lane = 0; lane < result.numerators.size(); ++lane) {
    if (b.numerators[lane] == 0) {
      result.known.Reset(lane);
      continue;
    }
    // A multiple of -b is one of b.
    Fraction<T> ratio = Quotient(a, b, lane, common.left_factor, common.right_factor, frame.overflow);
    T step = b.numerators[lane];
    if (step < 0) {
      frame.overflow |= NegateOverflows(step);
      frame.overflow |= NegateOverflows(ratio.numerator);
    }
    if (frame.overflow) return;
    const T quotient = ratio.numerator / ratio.denominator;
    const T remainder = ratio.numerator % ratio.denominator;
    frame.overflow |=
        MultiplyOverflows(rounding(quotient, remainder, ratio.denominator), step, result.numerators[lane]);
  }
  Finish(result);
}

template <typename T, typename Holds>
void Compare(NumberFrame<T>& frame, Holds holds) {
  const Numbers<T>& a = frame.number(0);
  const Numbers<T>& b = frame.number(1);
  bool overflow = false;
  Bits yes;
  if (a.scale == b.scale && a.whole_denominators() && b.whole_denominators()) {
    yes = Pack(frame.lanes(), [&](std::size_t lane) {
      return holds(a.numerators[lane] < b.numerators[lane], a.numerators[lane] == b.numerators[lane]);
    });
  } else {
    yes = Pack(frame.lanes(), [&](std::size_t lane) {
      const int order = CompareLanes(a, lane, b, lane, overflow);
      return holds(order < 0, order == 0);
    });
  }
  frame.overflow |= overflow;
  const Bits known = Both(a.known, b.known);
  Truths& result = frame.NewTruths();
  result.yes = Both(known, yes);
  result.no = Without(known, yes);
}

}  // namespace

template <typename T>
void NumberKernels<T>::LoadNumber(F& frame) {
  const records::Column& column = frame.column(0);
  Numbers<T>& result = frame.NewNumbers();
  result.known = column.known;
  result.numerators.assign(column.numbers.numerators.begin(), column.numbers.numerators.end());
  for (const auto& [lane, numerator] : column.numbers.wide) {
    if (lane < result.numerators.size()) frame.overflow |= !FromBig(numerator, result.numerators[lane]);
  }
  if constexpr (kIsBig<T>) {
    if (column.numbers.scale > 0) {
      result.denominators.assign(frame.lanes(), PowerOfTen<T>(column.numbers.scale));
    }
  } else {
    result.scale = column.numbers.scale;
  }
  Finish(result);
}

template <typename T>
void NumberKernels<T>::LoadYear(F& frame) {
  Numbers<T>& result = frame.NewNumbers();
  for (std::size_t lane = 0; lane < result.numerators.size(); ++lane) {
    result.numerators[lane] =
        frame.batch.first_year + static_cast<std::int32_t>(lane % frame.batch.year_count);
  }
  result.known.Assign(frame.lanes(), true);
}

template <typename T>
void NumberKernels<T>::ConstantNumber(F& frame) {
  const ConstantOf<T>& constant = frame.constants[frame.operand(0)];
  frame.overflow |= !constant.fits;
  Numbers<T>& result = frame.NewNumbers();
  result.scale = constant.scale;
  result.numerators.assign(frame.lanes(), constant.numerator);
  if (constant.denominator != 1) result.denominators.assign(frame.lanes(), constant.denominator);
  result.known.Assign(frame.lanes(), true);
}

template <typename T>
void NumberKernels<T>::UnknownNumber(F& frame) {
  frame.NewNumbers();
}

template <typename T>
void NumberKernels<T>::GuardNumber(F& frame) {
  Numbers<T>& result = frame.NewNumbers();
  result = frame.number(0);
  result.known = Without(result.known, frame.truth(1).no);
  BlankUnknown(result);
}

template <typename T>
void NumberKernels<T>::AtLeast(F& frame) {
  const Numbers<T>& needed = frame.number(0);
  const std::uint32_t lanes = frame.lanes();
  std::vector<std::uint32_t> yes(lanes, 0);
  std::vector<std::uint32_t> no(lanes, 0);
  const auto count = static_cast<std::uint32_t>(frame.operands().size() - 1);
  for (std::size_t i = 1; i <= count; ++i) {
    const Truths& truth = frame.truth(i);
    ForEach(truth.yes, [&](std::uint32_t lane) { ++yes[lane]; });
    ForEach(truth.no, [&](std::uint32_t lane) { ++no[lane]; });
  }
  Truths& result = frame.NewTruths();
  ForEach(needed.known, [&](std::uint32_t lane) {
    if (IsAtMost(needed, lane, yes[lane], frame.overflow)) {
      result.yes.Set(lane);
    } else if (!IsAtMost(needed, lane, count - no[lane], frame.overflow)) {
      result.no.Set(lane);
    }
  });
}

template <typename T>
void NumberKernels<T>::SelectNumber(F& frame) {
  const Truths& condition = frame.truth(0);
  const Numbers<T>& then = frame.number(1);
  const Numbers<T>& otherwise = frame.number(2);
  const Rescaled<T> common(then, otherwise);
  Numbers<T>& result = frame.NewNumbers();
  result.scale = common.scale;
  const bool fractions = !then.whole_denominators() || !otherwise.whole_denominators();
  if (fractions) result.denominators.resize(result.numerators.size());
  const Bits both_known = Both(then.known, otherwise.known);
  for (std::size_t lane = 0; lane < result.numerators.size(); ++lane) {
    bool take_then = condition.yes[lane];
    bool known = take_then ? then.known[lane] : otherwise.known[lane];
    if (!take_then && !condition.no[lane]) {
      take_then = true;
      known = both_known[lane] && CompareLanes(then, lane, otherwise, lane, frame.overflow) == 0;
    }
    const Numbers<T>& taken = take_then ? then : otherwise;
    result.known.Put(lane, known);
    frame.overflow |=
        MultiplyOverflows(taken.numerators[lane], take_then ? common.left_factor : common.right_factor,
                          result.numerators[lane]);
    if (fractions) result.denominators[lane] = taken.DenominatorAt(lane);
  }
  BlankUnknown(result);
  Finish(result);
}

template <typename T>
void NumberKernels<T>::Add(F& frame) {
  AddOrSubtract(frame, AddLanes<T>());
}

template <typename T>
void NumberKernels<T>::Subtract(F& frame) {
  AddOrSubtract(frame, SubtractLanes<T>());
}

template <typename T>
void NumberKernels<T>::Multiply(F& frame) {
  const Numbers<T>& a = frame.number(0);
  const Numbers<T>& b = frame.number(1);
  Numbers<T>& result = frame.NewNumbers();
  result.scale = a.scale + b.scale;
  result.known = Both(a.known, b.known);
  bool overflow = result.scale > kMostScale<T>;
  const std::size_t lanes = result.numerators.size();
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    overflow |= MultiplyOverflows(a.numerators[lane], b.numerators[lane], result.numerators[lane]);
  }
  if (a.whole_denominators()) {
    result.denominators = b.denominators;
  } else {
    result.denominators = a.denominators;
    for (std::size_t lane = 0; lane < b.denominators.size(); ++lane) {
      overflow |=
          MultiplyOverflows(result.denominators[lane], b.denominators[lane], result.denominators[lane]);
    }
  }
  frame.overflow |= overflow;
  Finish(result);
}

template <typename T>
void NumberKernels<T>::Divide(F& frame) {
  const Numbers<T>& a = frame.number(0);
  const Numbers<T>& b = frame.number(1);
  Numbers<T>& result = frame.NewNumbers();
  result.scale = std::max(a.scale - b.scale, 0);
  result.known = Both(a.known, b.known);
  result.denominators.resize(result.numerators.size());
  const T up = PowerOfTen<T>(std::max(b.scale - a.scale, 0));
  const T down = 1;
  for (std::size_t lane = 0; lane < result.numerators.size(); ++lane) {
    Fraction<T> quotient = Quotient(a, b, lane, up, down, frame.overflow);
    if (b.numerators[lane] == 0) result.known.Reset(lane);
    result.numerators[lane] = std::move(quotient.numerator);
    result.denominators[lane] = std::move(quotient.denominator);
  }
  Finish(result);
}

template <typename T>
void NumberKernels<T>::Negate(F& frame) {
  Numbers<T>& result = frame.NewNumbers();
  result = frame.number(0);
  bool overflow = false;
  for (T& numerator : result.numerators) overflow |= NegateOverflows(numerator);
  frame.overflow |= overflow;
}

template <typename T>
void NumberKernels<T>::RoundHalfAway(F& frame) {
  Round(frame, HalfAway());
}

template <typename T>
void NumberKernels<T>::RoundUp(F& frame) {
  Round(frame, Up());
}

template <typename T>
void NumberKernels<T>::RoundDown(F& frame) {
  Round(frame, Down());
}

template <typename T>
void NumberKernels<T>::EqualNumber(F& frame) {
  Compare(frame, [](bool, bool equal) { return equal; });
}

template <typename T>
void NumberKernels<T>::LessNumber(F& frame) {
  Compare(frame, [](bool less, bool) { return less; });
}

template <typename T>
void NumberKernels<T>::LessEqualNumber(F& frame) {
  Compare(frame, [](bool less, bool equal) { return less || equal; });
}

template struct NumberKernels<std::int64_t>;
template struct NumberKernels<Int128>;
template struct NumberKernels<BigInt>;

}  // namespace pol::engine
