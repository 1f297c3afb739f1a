// Arithmetic on single lanes of number columns, for the kernels that can't go by whole columns. Every
// function sets the sticky overflow flag rather than returning it. Tested by tests/runtime/kernels_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>

#include "runtime/engine/columns.h"
#include "runtime/engine/integer.h"
#include "runtime/engine/planes.h"

namespace pol::engine {

template <typename T>
struct Fraction {
  T numerator = 0;
  T denominator = 1;
};

// Divides the common factor out. False when the number is larger than any that we count with.
inline bool Reduce(Fraction<BigInt>& fraction) {
  if (fraction.denominator != 1) {
    const BigInt common = gcd(fraction.numerator, fraction.denominator);
    if (common != 1) {
      fraction.numerator /= common;
      fraction.denominator /= common;
    }
  }
  const auto small = [](const BigInt& value) {
    return value.is_zero() || msb(BigInt(abs(value))) < kMostBits;
  };
  return small(fraction.numerator) && small(fraction.denominator);
}

// sum := sum + more, of one scale.
template <typename T>
void AddFraction(const T& numerator, const T& denominator, Fraction<T>& sum, bool& overflow) {
  if (sum.denominator == denominator) {
    overflow |= AddOverflows(sum.numerator, numerator, sum.numerator);
    return;
  }
  T left{};
  T right{};
  overflow |= MultiplyOverflows(sum.numerator, denominator, left);
  overflow |= MultiplyOverflows(numerator, sum.denominator, right);
  overflow |= AddOverflows(left, right, sum.numerator);
  overflow |= MultiplyOverflows(sum.denominator, denominator, sum.denominator);
}

// Less than, equal to or greater than 0 as the number a[i] is to b[j]; both must be known.
template <typename T>
int CompareLanes(const Numbers<T>& a, std::size_t i, const Numbers<T>& b, std::size_t j, bool& overflow) {
  Product<T> left(a.numerators[i]);
  Product<T> right(b.numerators[j]);
  if (!b.whole_denominators()) overflow |= MultiplyOverflows(left, Product<T>(b.denominators[j]), left);
  if (!a.whole_denominators()) overflow |= MultiplyOverflows(right, Product<T>(a.denominators[i]), right);
  if (a.scale < b.scale) {
    overflow |= MultiplyOverflows(left, PowerOfTen<Product<T>>(b.scale - a.scale), left);
  } else if (b.scale < a.scale) {
    overflow |= MultiplyOverflows(right, PowerOfTen<Product<T>>(a.scale - b.scale), right);
  }
  return left < right ? -1 : (right < left ? 1 : 0);
}

// denominator * 10^scale of a lane.
template <typename T>
Product<T> WholeDenominator(const Numbers<T>& numbers, std::size_t lane, bool& overflow) {
  Product<T> whole(numbers.DenominatorAt(lane));
  if (numbers.scale != 0) overflow |= MultiplyOverflows(whole, PowerOfTen<Product<T>>(numbers.scale), whole);
  return whole;
}

// True when the known number is at most `count`.
template <typename T>
bool IsAtMost(const Numbers<T>& numbers, std::size_t lane, std::uint32_t count, bool& overflow) {
  Product<T> right = WholeDenominator(numbers, lane, overflow);
  overflow |= MultiplyOverflows(right, Product<T>(count), right);
  return Product<T>(numbers.numerators[lane]) <= right;
}

// The number where it is known, whole, and nowhere near the ends of 64 bits.
template <typename T>
std::optional<std::int64_t> WholeAt(const Numbers<T>& numbers, std::size_t lane, bool& overflow) {
  if (!numbers.known[lane]) return std::nullopt;
  const Product<T> denominator = WholeDenominator(numbers, lane, overflow);
  const Product<T> numerator(numbers.numerators[lane]);
  if (overflow || numerator % denominator != 0) return std::nullopt;
  const Product<T> quotient = numerator / denominator;
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max() / 4;
  if (quotient > kMost || quotient < -kMost) return std::nullopt;
  return static_cast<std::int64_t>(quotient);
}

// Takes the value out of lanes that a kernel made unknown, so that it can't overflow anything later.
template <typename T>
void BlankLane(std::size_t lane, Numbers<T>& numbers) {
  numbers.numerators[lane] = 0;
  if (!numbers.whole_denominators()) numbers.denominators[lane] = 1;
}
template <typename T>
void BlankUnknown(Numbers<T>& numbers) {
  ForEach(Opposite(numbers.known), [&](std::uint32_t lane) { BlankLane(lane, numbers); });
}

// What every kernel does to the number column it made: big numbers are reduced and held to their limit, and
// denominators that are all 1 are dropped.
template <typename T>
void Finish(Numbers<T>& numbers) {
  if constexpr (kIsBig<T>) {
    for (std::size_t lane = 0; lane < numbers.numerators.size(); ++lane) {
      Fraction<T> fraction{numbers.numerators[lane], numbers.DenominatorAt(lane)};
      if (!numbers.known[lane] || !Reduce(fraction)) {
        numbers.known.Reset(lane);
        fraction = {};
      }
      numbers.numerators[lane] = fraction.numerator;
      if (!numbers.whole_denominators()) numbers.denominators[lane] = fraction.denominator;
    }
  }
  for (const T& denominator : numbers.denominators) {
    if (denominator != 1) return;
  }
  numbers.denominators.clear();
}

}  // namespace pol::engine
