// Exact numbers from and to text, digit by digit; no floating point anywhere. Tested by
// tests/runtime/decimal_test.cpp.
#pragma once

#include <boost/multiprecision/cpp_int.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pol::number {

using Integer = boost::multiprecision::cpp_int;
using Rational = boost::multiprecision::cpp_rational;

// numerator / 10^scale, as read: "-12.50" is -1250 / 10^2.
struct Decimal {
  Integer numerator;
  std::int32_t scale = 0;
};

// More digits than this are refused: no fact has them, and hostile text must not cost quadratic time.
inline constexpr std::size_t kMostDigits = 1000;

// Reads an optional sign, digits, optionally '.' and digits (ASCII only, no separators, no exponent). nullopt
// when it is anything else or has more than kMostDigits digits.
std::optional<Decimal> ParseDecimal(std::string_view text);

Rational ToRational(const Decimal& decimal);

// Exact decimal text when the value has one with at most `most_places` places ("0.125"), trailing zeros
// dropped; otherwise "n/d".
std::string ToText(const Rational& value, std::int32_t most_places = 18);

// Decimal text with exactly `places` places, rounded half away from zero (for people; `exact` tells whether
// anything was lost). With `grouped`, thousands are separated by commas.
struct Shown {
  std::string text;
  bool exact = true;
};
Shown ToPlaces(const Rational& value, std::int32_t places, bool grouped);

}  // namespace pol::number
