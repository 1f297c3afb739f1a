#include "runtime/number/decimal.h"

#include <algorithm>
#include <array>
#include <utility>

namespace pol::number {
namespace {

// The most decimal digits that always fit a signed 64-bit integer: the step in which long digit strings are
// read.
constexpr std::size_t kStepDigits = 18;

constexpr std::array<std::int64_t, kStepDigits + 1> MakeSmallPowers() {
  std::array<std::int64_t, kStepDigits + 1> powers{};
  powers[0] = 1;
  for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
  return powers;
}
constexpr std::array<std::int64_t, kStepDigits + 1> kSmallPowers = MakeSmallPowers();

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

Integer PowerOfTen(std::int32_t exponent) {
  if (exponent <= static_cast<std::int32_t>(kStepDigits)) return kSmallPowers[exponent];
  return boost::multiprecision::pow(Integer(10), static_cast<unsigned>(exponent));
}

// Appends the digits to `value`, a step at a time, so that short numbers never leave 64 bits.
void AppendDigits(std::string_view digits, Integer& value) {
  while (!digits.empty()) {
    const std::size_t count = std::min(digits.size(), kStepDigits);
    std::int64_t step = 0;
    for (const char digit : digits.substr(0, count)) step = step * 10 + (digit - '0');
    if (value.is_zero()) {
      value = step;
    } else {
      value = value * kSmallPowers[count] + step;
    }
    digits.remove_prefix(count);
  }
}

// Places after the point that the fraction 1/denominator needs; nullopt when more than `most`, or when it
// never ends.
std::optional<std::int32_t> PlacesNeeded(Integer denominator, std::int32_t most) {
  std::int32_t places = 0;
  for (const std::int32_t prime : {2, 5}) {
    std::int32_t power = 0;
    while (denominator % prime == 0) {
      if (++power > most) return std::nullopt;
      denominator /= prime;
    }
    places = std::max(places, power);
  }
  if (denominator != 1) return std::nullopt;
  return places;
}

void GroupThousands(std::string& digits) {
  for (std::size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, 1, ',');
  }
}

// `magnitude` / 10^places as text.
std::string WithPoint(const Integer& magnitude, std::int32_t places, bool grouped) {
  std::string digits = magnitude.str();
  const auto fraction_digits = static_cast<std::size_t>(places);
  if (digits.size() <= fraction_digits) digits.insert(0, fraction_digits + 1 - digits.size(), '0');
  const std::string fraction = digits.substr(digits.size() - fraction_digits);
  digits.resize(digits.size() - fraction_digits);
  if (grouped) GroupThousands(digits);
  return fraction.empty() ? digits : digits + "." + fraction;
}

}  // namespace

std::optional<Decimal> ParseDecimal(std::string_view text) {
  bool negative = false;
  if (!text.empty() && (text.front() == '+' || text.front() == '-')) {
    negative = text.front() == '-';
    text.remove_prefix(1);
  }
  if (text.size() > kMostDigits + 1) return std::nullopt;
  const auto whole_end = std::find_if_not(text.begin(), text.end(), IsDigit);
  const std::string_view whole = text.substr(0, static_cast<std::size_t>(whole_end - text.begin()));
  std::string_view fraction = text.substr(whole.size());
  if (whole.empty()) return std::nullopt;
  if (!fraction.empty()) {
    if (fraction.front() != '.' || fraction.size() == 1) return std::nullopt;
    fraction.remove_prefix(1);
    if (!std::all_of(fraction.begin(), fraction.end(), IsDigit)) return std::nullopt;
  }
  if (whole.size() + fraction.size() > kMostDigits) return std::nullopt;
  Decimal result;
  AppendDigits(whole, result.numerator);
  AppendDigits(fraction, result.numerator);
  result.scale = static_cast<std::int32_t>(fraction.size());
  if (negative) result.numerator = -result.numerator;
  return result;
}

Rational ToRational(const Decimal& decimal) { return Rational(decimal.numerator, PowerOfTen(decimal.scale)); }

std::string ToText(const Rational& value, std::int32_t most_places) {
  const Integer numerator = boost::multiprecision::numerator(value);
  const Integer denominator = boost::multiprecision::denominator(value);
  const std::optional<std::int32_t> places = PlacesNeeded(denominator, std::max(most_places, 0));
  if (!places) return numerator.str() + "/" + denominator.str();
  const Integer magnitude = abs(numerator) * (PowerOfTen(*places) / denominator);
  return (numerator < 0 ? "-" : "") + WithPoint(magnitude, *places, false);
}

Shown ToPlaces(const Rational& value, std::int32_t places, bool grouped) {
  places = std::max(places, 0);
  const Integer numerator = boost::multiprecision::numerator(value);
  const Integer denominator = boost::multiprecision::denominator(value);
  Integer quotient;
  Integer remainder;
  boost::multiprecision::divide_qr(Integer(abs(numerator) * PowerOfTen(places)), denominator, quotient,
                                   remainder);
  if (remainder * 2 >= denominator) ++quotient;
  const bool negative = numerator < 0 && !quotient.is_zero();
  return {(negative ? "-" : "") + WithPoint(quotient, places, grouped), remainder.is_zero()};
}

}  // namespace pol::number
