#include "runtime/workbook/spreadsheet_number.h"

#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>
#include <charconv>

#include "runtime/calendar/date.h"
#include "runtime/records/cells.h"

namespace pol::workbook {
namespace {

using boost::multiprecision::cpp_int;

// More than any number has that a program wrote; beyond, nothing is worked out.
constexpr std::size_t kMostDigits = 800;
constexpr std::int64_t kMostExponent = 400;
constexpr std::int64_t kLeastPowerOfTwo = -1074;
constexpr unsigned kMantissaBits = 53;

bool IsDigit(char byte) { return byte >= '0' && byte <= '9'; }

// digits × 10^exponent; the digits begin and end with no zero, and are empty for 0.
struct Scientific {
  bool negative = false;
  std::string digits;
  std::int64_t exponent = 0;
};

// So that the digits begin and end with no zero.
void DropZeros(Scientific& number) {
  const std::size_t kept = number.digits.find_last_not_of('0') + 1;
  number.exponent += static_cast<std::int64_t>(number.digits.size() - kept);
  number.digits.erase(kept);
  number.digits.erase(0, std::min(number.digits.find_first_not_of('0'), number.digits.size()));
}

std::optional<std::int64_t> ParseExponent(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  std::int64_t exponent = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), exponent);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return std::clamp<std::int64_t>(exponent, -10'000, 10'000);
}

std::optional<Scientific> Parse(std::string_view text) {
  Scientific number;
  number.negative = text.starts_with('-');
  if (number.negative || text.starts_with('+')) text.remove_prefix(1);
  const std::size_t letter = std::min(text.find_first_of("eE"), text.size());
  if (letter < text.size()) {
    const std::optional<std::int64_t> exponent = ParseExponent(text.substr(letter + 1));
    if (!exponent.has_value()) return std::nullopt;
    number.exponent = *exponent;
  }
  text = text.substr(0, letter);
  const std::size_t point = std::min(text.find('.'), text.size());
  number.digits = text.substr(0, point);
  if (point < text.size()) {
    number.digits += text.substr(point + 1);
    number.exponent -= static_cast<std::int64_t>(text.size() - point - 1);
  }
  if (number.digits.empty() || !std::all_of(number.digits.begin(), number.digits.end(), IsDigit))
    return std::nullopt;
  DropZeros(number);
  return number;
}

std::optional<std::string> ToPlain(const Scientific& number) {
  return records::PlainDigits((number.negative ? "-" : "") + number.digits + "e" +
                              std::to_string(number.exponent));
}

// Leading zeros would make the digits octal.
cpp_int FromDigits(std::string_view digits) {
  digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
  return digits.empty() ? cpp_int{0} : cpp_int{std::string{digits}};
}

cpp_int PowerOfTen(std::int64_t exponent) {
  return boost::multiprecision::pow(cpp_int{10}, static_cast<unsigned>(exponent));
}

// numerator / denominator × 2^power, both whole.
struct Ratio {
  cpp_int numerator;
  cpp_int denominator = 1;
  void TimesPowerOfTwo(std::int64_t power) {
    if (power >= 0) numerator <<= static_cast<unsigned>(power);
    if (power < 0) denominator <<= static_cast<unsigned>(-power);
  }
};

// The binary fraction mantissa × 2^power that is nearest to a ratio, of two the even one.
struct Binary {
  cpp_int mantissa;
  std::int64_t power = 0;
};
Binary ToBinary(const Ratio& ratio) {
  Binary binary;
  const auto bits =
      static_cast<std::int64_t>(msb(ratio.numerator)) - static_cast<std::int64_t>(msb(ratio.denominator));
  binary.power = std::max(bits - kMantissaBits, kLeastPowerOfTwo);
  while (true) {
    Ratio scaled = ratio;
    scaled.TimesPowerOfTwo(-binary.power);
    cpp_int rest;
    divide_qr(scaled.numerator, scaled.denominator, binary.mantissa, rest);
    if (binary.mantissa != 0 && msb(binary.mantissa) >= kMantissaBits) {
      ++binary.power;
      continue;
    }
    const int half = cpp_int{rest * 2}.compare(scaled.denominator);
    if (half > 0 || (half == 0 && bit_test(binary.mantissa, 0))) ++binary.mantissa;
    if (binary.mantissa != cpp_int{1} << kMantissaBits) return binary;
    // Rounded up to a power of two, above which the neighbours lie twice as far apart.
    binary.mantissa >>= 1U;
    ++binary.power;
    return binary;
  }
}

// The interval of what is stored as a binary fraction: four times its ends, over 2^(2 - power).
struct Interval {
  cpp_int low, value, high;
  bool closed = false;  // of two neighbours the even one takes what lies in the middle
};
Interval Around(const Binary& binary) {
  const bool least_of_its_power = binary.power > kLeastPowerOfTwo &&
                                  msb(binary.mantissa) == kMantissaBits - 1 &&
                                  binary.mantissa == cpp_int{1} << (kMantissaBits - 1);
  Interval interval;
  interval.value = binary.mantissa * 4;
  interval.low = interval.value - (least_of_its_power ? 1 : 2);
  interval.high = interval.value + 2;
  interval.closed = !bit_test(binary.mantissa, 0);
  return interval;
}

// The shortest decimal for number.digits × 10^exponent; both change.
void Shorten(Scientific& number) {
  Ratio ratio{FromDigits(number.digits), 1};
  if (number.exponent >= 0) ratio.numerator *= PowerOfTen(number.exponent);
  if (number.exponent < 0) ratio.denominator = PowerOfTen(-number.exponent);
  const Binary binary = ToBinary(ratio);
  if (binary.mantissa == 0) return;
  const Interval interval = Around(binary);
  const std::int64_t first_place = static_cast<std::int64_t>(number.digits.size()) + number.exponent;
  for (std::int64_t length = kKeptDigits; length <= 18; ++length) {
    const std::int64_t exponent = first_place - length;
    // In units of 10^exponent, times `unit` on both sides, the interval is whole.
    Ratio scale;
    scale.numerator = 1;
    scale.TimesPowerOfTwo(binary.power - 2);
    if (exponent >= 0) scale.denominator *= PowerOfTen(exponent);
    if (exponent < 0) scale.numerator *= PowerOfTen(-exponent);
    cpp_int below, rest;
    divide_qr(cpp_int{interval.value * scale.numerator}, scale.denominator, below, rest);
    const int half = cpp_int{rest * 2}.compare(scale.denominator);
    const bool nearer_above = half > 0 || (half == 0 && bit_test(below, 0));
    for (const bool above : {nearer_above, !nearer_above}) {
      const cpp_int candidate = below + (above ? 1 : 0);
      const cpp_int placed = candidate * scale.denominator;
      const int low = placed.compare(cpp_int{interval.low * scale.numerator});
      const int high = placed.compare(cpp_int{interval.high * scale.numerator});
      const bool inside =
          (low > 0 || (low == 0 && interval.closed)) && (high < 0 || (high == 0 && interval.closed));
      if (!inside || candidate == 0) continue;
      number.digits = candidate.str();
      number.exponent = exponent;
      return DropZeros(number);
    }
  }
}

// Days since 1970-01-01 of what a system counts from.
constexpr std::int32_t kDayZero1900 = -25569;  // 1899-12-30, right from day 61 on
constexpr std::int32_t kDayZero1904 = -24107;  // 1904-01-01
constexpr std::int32_t kLastSerial = 2'958'465;
constexpr std::int32_t kDayThatNeverWas = 60;

// A fraction of a day as a time; it is never said to be midnight.
std::string TimeOf(std::string_view fraction) {
  constexpr std::int64_t kSeconds = 86'400;
  const cpp_int scaled = FromDigits(fraction.substr(0, 30)) * kSeconds;
  const cpp_int unit = PowerOfTen(static_cast<std::int64_t>(std::min<std::size_t>(fraction.size(), 30)));
  const auto rounded = static_cast<std::int64_t>(cpp_int{(scaled * 2 + unit) / (unit * 2)});
  const std::int64_t seconds = std::clamp<std::int64_t>(rounded, 1, kSeconds - 1);
  const auto two = [](std::int64_t number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return two(seconds / 3600) + ":" + two(seconds / 60 % 60) + ":" + two(seconds % 60);
}

}  // namespace

std::optional<std::string> PlainNumber(std::string_view written) {
  std::optional<Scientific> number = Parse(written);
  if (!number.has_value()) return std::nullopt;
  if (number->digits.empty()) return "0";
  const std::int64_t place = static_cast<std::int64_t>(number->digits.size()) + number->exponent;
  const bool ordinary =
      number->digits.size() <= kMostDigits && place < kMostExponent && place > -kMostExponent;
  if (number->digits.size() > kKeptDigits && ordinary) Shorten(*number);
  return ToPlain(*number);
}

std::size_t CountDigits(std::string_view plain) {
  const std::size_t first = plain.find_first_of("123456789");
  if (first == std::string_view::npos) return 0;
  const std::size_t last = plain.find_last_of("123456789");
  const std::string_view digits = plain.substr(first, last - first + 1);
  return static_cast<std::size_t>(std::count_if(digits.begin(), digits.end(), IsDigit));
}

std::string TimesHundred(std::string_view plain) {
  std::optional<Scientific> number = Parse(plain);
  if (!number.has_value() || number->digits.empty()) return std::string{plain};
  number->exponent += 2;
  return ToPlain(*number).value_or(std::string{plain});
}

std::optional<SerialDate> ToDate(std::string_view plain, bool system_1904) {
  const std::size_t point = std::min(plain.find('.'), plain.size());
  std::int32_t serial = 0;
  const auto [end, error] = std::from_chars(plain.data(), plain.data() + point, serial);
  if (error != std::errc{} || end != plain.data() + point || serial < 0 || plain.starts_with('-'))
    return std::nullopt;
  if (serial > kLastSerial) return std::nullopt;
  SerialDate date;
  if (point < plain.size()) date.time = TimeOf(plain.substr(point + 1));
  if (!system_1904 && (serial == 0 || serial == kDayThatNeverWas)) {
    date.year = 1900;
    date.month = serial == 0 ? 1 : 2;
    date.day = serial == 0 ? 0 : 29;
    return date;
  }
  std::int32_t days = serial + (system_1904 ? kDayZero1904 : kDayZero1900);
  if (!system_1904 && serial < kDayThatNeverWas) ++days;
  if (days > calendar::kLastDay) return std::nullopt;
  const calendar::CivilDate civil = calendar::FromDays(days);
  date.year = civil.year;
  date.month = civil.month;
  date.day = civil.day;
  return date;
}

}  // namespace pol::workbook
