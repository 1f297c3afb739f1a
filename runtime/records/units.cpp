#include "runtime/records/units.h"

#include "runtime/text/utf8.h"

namespace pol::records {
namespace {

// 4 for "10000", -2 for "0.01": the multipliers of the unit table are powers of ten.
constexpr std::int32_t ExponentOf(std::string_view multiplier) {
  std::int32_t exponent = -1;
  std::int32_t places = 0;
  bool fraction = false;
  bool leading = true;
  for (const char digit : multiplier) {
    if (digit == '.') {
      fraction = true;
      continue;
    }
    if (fraction) ++places;
    if (digit != '0') leading = false;
    if (!leading) ++exponent;
  }
  return exponent - places;
}
static_assert(ExponentOf("1") == 0 && ExponentOf("10000") == 4 && ExponentOf("0.01") == -2 &&
              ExponentOf("0.1") == -1);

struct Spelling {
  std::string_view text;
  Unit unit;
};

constexpr Unit UnitWith(std::string_view currency, std::string_view multiplier) {
  return {currency.empty() ? UnitKind::kShare : UnitKind::kMoney, currency, ExponentOf(multiplier)};
}

constexpr Spelling kUnits[] = {
#define POL_UNIT(spelling, currency, multiplier) {spelling, UnitWith(currency, multiplier)},
#include "grammar/units.def"
#undef POL_UNIT
    // What spreadsheets write beside these.
    {"圆", {UnitKind::kMoney, "CNY", 0}},     {"元整", {UnitKind::kMoney, "CNY", 0}},
    {"万元整", {UnitKind::kMoney, "CNY", 4}}, {"RMB", {UnitKind::kMoney, "CNY", 0}},
    {"yuan", {UnitKind::kMoney, "CNY", 0}},   {"英镑", {UnitKind::kMoney, "GBP", 0}},
    {"万英镑", {UnitKind::kMoney, "GBP", 4}}, {"pct", {UnitKind::kShare, "", -2}},
    {"percent", {UnitKind::kShare, "", -2}},
};

constexpr Spelling kScales[] = {
    {"十万", {UnitKind::kScale, "", 5}}, {"百万", {UnitKind::kScale, "", 6}},
    {"千万", {UnitKind::kScale, "", 7}}, {"万亿", {UnitKind::kScale, "", 12}},
    {"百", {UnitKind::kScale, "", 2}},   {"千", {UnitKind::kScale, "", 3}},
    {"万", {UnitKind::kScale, "", 4}},   {"亿", {UnitKind::kScale, "", 8}},
};

constexpr std::string_view kMeasureWords[] = {"个", "家", "人", "项", "次", "件",
                                              "户", "名", "台", "套", "篇", "人次"};

bool SameLetters(std::string_view left, std::string_view right) {
  if (left.size() != right.size()) return false;
  const auto small = [](char byte) {
    return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte;
  };
  for (std::size_t at = 0; at < left.size(); ++at) {
    if (small(left[at]) != small(right[at])) return false;
  }
  return true;
}

}  // namespace

std::optional<Unit> UnitOf(std::string_view text) {
  if (text.empty()) return Unit{};
  for (const Spelling& spelling : kUnits) {
    if (SameLetters(text, spelling.text)) return spelling.unit;
  }
  Unit unit;
  for (const Spelling& scale : kScales) {
    if (!text.starts_with(scale.text)) continue;
    unit = scale.unit;
    text.remove_prefix(scale.text.size());
    break;
  }
  if (text.empty()) return unit;
  for (const std::string_view word : kMeasureWords) {
    if (text == word) return Unit{UnitKind::kThings, "", unit.exponent};
  }
  return std::nullopt;
}

std::string_view TakeCurrency(std::string_view& text) {
  struct Prefix {
    std::string_view text;
    std::string_view currency;
  };
  static constexpr Prefix kPrefixes[] = {
      {"\xc2\xa5", "\xc2\xa5"}, {"人民币", "CNY"}, {"CNY", "CNY"}, {"RMB", "CNY"}, {"US$", "USD"},
      {"USD", "USD"},           {"HK$", "HKD"},    {"HKD", "HKD"}, {"$", "USD"},   {"€", "EUR"},
      {"EUR", "EUR"},           {"JPY", "JPY"},    {"£", "GBP"},   {"GBP", "GBP"}, {"美元", "USD"}};
  for (const Prefix& prefix : kPrefixes) {
    if (!SameLetters(text.substr(0, prefix.text.size()), prefix.text)) continue;
    text = text::Trim(text.substr(prefix.text.size()));
    return prefix.currency;
  }
  return {};
}

}  // namespace pol::records
