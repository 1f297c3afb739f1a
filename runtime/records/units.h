// Units after a number or in a header's brackets: 万元, %, 人. The spellings are those of grammar/units.def
// and the looser ones of spreadsheets (亿, 万, 圆, a measure word). Tested by tests/runtime/cells_test.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace pol::records {

enum class UnitKind : std::uint8_t {
  kNone,
  kMoney,  // currency and multiplier
  kScale,  // a multiplier alone: 万, 亿
  kShare,  // %, ‰
  kThings  // a measure word, perhaps with a multiplier: 人, 万人
};

struct Unit {
  UnitKind kind = UnitKind::kNone;
  std::string_view currency;  // ISO 4217, of money; static
  std::int32_t exponent = 0;  // one of it is 10^exponent
  friend bool operator==(const Unit&, const Unit&) = default;
};

// The unit that `text` is (width folded, trimmed), letters of any case; nullopt when it is none. Empty text
// is kNone.
std::optional<Unit> UnitOf(std::string_view text);

// A currency sign or word before an amount ("￥", "CNY", "US$"); `text` moves past it. Empty when there is
// none. "¥" alone is both CNY and JPY and gives "¥".
std::string_view TakeCurrency(std::string_view& text);

}  // namespace pol::records
