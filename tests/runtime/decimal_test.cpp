#include "runtime/number/decimal.h"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

namespace pol::number {
namespace {

Rational Ratio(const std::string& numerator, const std::string& denominator) {
  return Rational(Integer(numerator), Integer(denominator));
}

TEST_CASE("ParseDecimal keeps every digit") {
  const std::vector<std::pair<std::string, std::pair<std::string, int>>> cases = {
      {"0", {"0", 0}},
      {"-0", {"0", 0}},
      {"+7", {"7", 0}},
      {"-12.50", {"-1250", 2}},
      {"007.10", {"710", 2}},
      {"0.000", {"0", 3}},
      {"999999999999999999", {"999999999999999999", 0}},
      {"1234567890123456789", {"1234567890123456789", 0}},
      {"-123456789012345678901234567890.123456789", {"-123456789012345678901234567890123456789", 9}},
      {"1000000000000000000000000000000000000.5", {"10000000000000000000000000000000000005", 1}},
      {"0.0000000000000000000000000000001", {"1", 31}},
  };
  for (const auto& [text, expected] : cases) {
    CAPTURE(text);
    const std::optional<Decimal> decimal = ParseDecimal(text);
    REQUIRE(decimal);
    CHECK(decimal->numerator.str() == expected.first);
    CHECK(decimal->scale == expected.second);
  }
}

TEST_CASE("ParseDecimal refuses what is not a plain decimal") {
  for (const char* text : {"", "+", "-", ".", ".5", "5.", "1e5", "1,000", " 1", "1 ", "--1", "+-1", "1.2.3",
                           "0x10", "１", "1.+2", "NaN", "5%"}) {
    CAPTURE(text);
    CHECK_FALSE(ParseDecimal(text));
  }
  CHECK_FALSE(ParseDecimal(std::string_view("1\0", 2)));
}

TEST_CASE("ParseDecimal refuses more digits than any fact has, at once") {
  CHECK(ParseDecimal(std::string(kMostDigits, '9')));
  CHECK(ParseDecimal("-" + std::string(kMostDigits - 1, '0') + ".1"));
  CHECK_FALSE(ParseDecimal(std::string(kMostDigits + 1, '9')));
  CHECK_FALSE(ParseDecimal("-" + std::string(kMostDigits, '0') + ".1"));
  CHECK_FALSE(ParseDecimal(std::string(std::size_t{1} << 24, '9')));
}

TEST_CASE("ToText is decimal when that is exact, else a fraction") {
  CHECK(ToText(0) == "0");
  CHECK(ToText(Ratio("1", "8")) == "0.125");
  CHECK(ToText(Ratio("-1", "8")) == "-0.125");
  CHECK(ToText(Ratio("71", "10")) == "7.1");
  CHECK(ToText(Ratio("100", "1")) == "100");
  CHECK(ToText(Ratio("1", "3")) == "1/3");
  CHECK(ToText(Ratio("-22", "7")) == "-22/7");
  CHECK(ToText(Ratio("1", "8"), 2) == "1/8");
  CHECK(ToText(Ratio("1", "1000000000000000000")) == "0.000000000000000001");
  CHECK(ToText(Ratio("1", "10000000000000000000")) == "1/10000000000000000000");
}

TEST_CASE("a decimal goes through text unchanged") {
  for (const char* text : {"0", "1", "-1", "0.5", "-0.05", "123456789012345678901234567890.25"}) {
    CHECK(ToText(ToRational(*ParseDecimal(text))) == text);
  }
}

TEST_CASE("ToPlaces rounds half away from zero and says so") {
  const auto shown = [](const Rational& value, int places, bool grouped) {
    const Shown result = ToPlaces(value, places, grouped);
    return result.text + (result.exact ? "" : " inexact");
  };
  CHECK(shown(Ratio("1", "3"), 2, false) == "0.33 inexact");
  CHECK(shown(Ratio("2", "3"), 2, false) == "0.67 inexact");
  CHECK(shown(Ratio("1", "8"), 2, false) == "0.13 inexact");
  CHECK(shown(Ratio("-1", "8"), 2, false) == "-0.13 inexact");
  CHECK(shown(Ratio("1", "8"), 3, false) == "0.125");
  CHECK(shown(Ratio("-1", "1000"), 2, false) == "0.00 inexact");
  CHECK(shown(Ratio("1", "2"), 0, false) == "1 inexact");
  CHECK(shown(Ratio("999", "1000"), 2, true) == "1.00 inexact");
  CHECK(shown(0, 2, true) == "0.00");
  CHECK(shown(132000000, 2, true) == "132,000,000.00");
  CHECK(shown(-999, 0, true) == "-999");
  CHECK(shown(-1000, 0, true) == "-1,000");
  CHECK(shown(Ratio("123456789", "100"), 1, true) == "1,234,567.9 inexact");
}

}  // namespace
}  // namespace pol::number
