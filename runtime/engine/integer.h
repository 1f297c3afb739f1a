// The three integer widths of the engine and their checked arithmetic. Each operation writes its result and
// says whether it overflowed, so that a loop over lanes gathers one sticky flag and needs no branch. Tested
// by tests/runtime/kernels_test.cpp.
#pragma once

#include <array>
#include <boost/multiprecision/cpp_int.hpp>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace pol::engine {

__extension__ typedef __int128 Int128;
__extension__ typedef unsigned __int128 UnsignedInt128;
using BigInt = boost::multiprecision::cpp_int;

template <typename T>
inline constexpr bool kIsBig = std::is_same_v<T, BigInt>;

// The greatest power of ten that fits. Big numbers keep no scale at all: their denominators hold it.
template <typename T>
inline constexpr std::int32_t kMostScale = 0;
template <>
inline constexpr std::int32_t kMostScale<std::int64_t> = 18;
template <>
inline constexpr std::int32_t kMostScale<Int128> = 38;

// Wide enough for the product of two, where there is such a type.
template <typename T>
using Product = std::conditional_t<std::is_same_v<T, std::int64_t>, Int128, T>;

template <typename T>
constexpr std::array<T, kMostScale<T> + 1> MakePowersOfTen() {
  std::array<T, kMostScale<T> + 1> powers{};
  powers[0] = 1;
  for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
  return powers;
}

// 10^exponent; for a fixed width, exponent <= kMostScale.
template <typename T>
T PowerOfTen(std::int32_t exponent) {
  if constexpr (kIsBig<T>) {
    return boost::multiprecision::pow(BigInt(10), static_cast<unsigned>(exponent));
  } else {
    static constexpr auto kPowers = MakePowersOfTen<T>();
    return kPowers[static_cast<std::size_t>(exponent)];
  }
}

inline bool AddOverflows(std::int64_t a, std::int64_t b, std::int64_t& result) {
  return __builtin_add_overflow(a, b, &result);
}
inline bool AddOverflows(Int128 a, Int128 b, Int128& result) { return __builtin_add_overflow(a, b, &result); }
inline bool AddOverflows(const BigInt& a, const BigInt& b, BigInt& result) {
  result = a + b;
  return false;
}

inline bool SubtractOverflows(std::int64_t a, std::int64_t b, std::int64_t& result) {
  return __builtin_sub_overflow(a, b, &result);
}
inline bool SubtractOverflows(Int128 a, Int128 b, Int128& result) {
  return __builtin_sub_overflow(a, b, &result);
}
inline bool SubtractOverflows(const BigInt& a, const BigInt& b, BigInt& result) {
  result = a - b;
  return false;
}

inline bool MultiplyOverflows(std::int64_t a, std::int64_t b, std::int64_t& result) {
  return __builtin_mul_overflow(a, b, &result);
}
inline bool MultiplyOverflows(const BigInt& a, const BigInt& b, BigInt& result) {
  result = a * b;
  return false;
}
// By halves: the compiler's own checked product of 128 bits calls a helper that not every runtime library
// has.
inline bool MultiplyOverflows(Int128 a, Int128 b, Int128& result) {
  const auto fits_half = [](Int128 x) { return x == static_cast<std::int64_t>(x); };
  if (fits_half(a) && fits_half(b)) {
    result = static_cast<Int128>(static_cast<UnsignedInt128>(a) * static_cast<UnsignedInt128>(b));
    return false;
  }
  const auto magnitude = [](Int128 x) {
    return x < 0 ? UnsignedInt128{0} - static_cast<UnsignedInt128>(x) : static_cast<UnsignedInt128>(x);
  };
  const UnsignedInt128 left = magnitude(a);
  const UnsignedInt128 right = magnitude(b);
  const UnsignedInt128 left_high = left >> 64;
  const UnsignedInt128 right_high = right >> 64;
  if (left_high != 0 && right_high != 0) return true;
  const UnsignedInt128 left_low = static_cast<std::uint64_t>(left);
  const UnsignedInt128 right_low = static_cast<std::uint64_t>(right);
  const UnsignedInt128 middle = left_high * right_low + right_high * left_low;
  const UnsignedInt128 low = left_low * right_low;
  const UnsignedInt128 total = (middle << 64) + low;
  const bool negative = (a < 0) != (b < 0);
  const UnsignedInt128 most = (UnsignedInt128{1} << 127) - (negative ? 0 : 1);
  result = static_cast<Int128>(negative ? UnsignedInt128{0} - total : total);
  return (middle >> 64) != 0 || total < low || total > most;
}

// Makes `value` its own opposite.
template <typename T>
bool NegateOverflows(T& value) {
  return SubtractOverflows(T(0), T(value), value);
}

inline BigInt ToBig(std::int64_t value) { return value; }
inline BigInt ToBig(Int128 value) {
  const bool negative = value < 0;
  const UnsignedInt128 magnitude =
      negative ? UnsignedInt128{0} - static_cast<UnsignedInt128>(value) : static_cast<UnsignedInt128>(value);
  BigInt big = static_cast<std::uint64_t>(magnitude >> 64);
  big <<= 64;
  big |= static_cast<std::uint64_t>(magnitude);
  return negative ? BigInt(-big) : big;
}
inline const BigInt& ToBig(const BigInt& value) { return value; }

// False when the value does not fit T.
template <typename T>
bool FromBig(const BigInt& value, T& result) {
  if constexpr (kIsBig<T>) {
    result = value;
  } else {
    constexpr unsigned kBits = sizeof(T) * 8;
    const BigInt magnitude = abs(value);
    // The least value of all is given up for simplicity; the next width has it.
    if (!magnitude.is_zero() && msb(magnitude) >= kBits - 1) return false;
    const auto low = static_cast<std::uint64_t>(magnitude & ~std::uint64_t{0});
    const auto high = static_cast<std::uint64_t>(BigInt(magnitude >> 64));
    const UnsignedInt128 bits = (UnsignedInt128{high} << 64) | low;
    result = static_cast<T>(value < 0 ? UnsignedInt128{0} - bits : bits);
  }
  return true;
}

}  // namespace pol::engine
