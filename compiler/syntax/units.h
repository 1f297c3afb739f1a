// The units that may follow a number, from grammar/units.def. Tested by tests/compiler/keywords_test.cpp.
#pragma once

#include <span>
#include <string_view>

namespace pol::syntax {

struct UnitSpelling {
  std::string_view spelling;    // 万元
  std::string_view currency;    // CNY; empty for a share, such as %
  std::string_view multiplier;  // "10000", "0.01": exact decimal digits
};

std::span<const UnitSpelling> UnitSpellings();

// nullptr when the word is not a unit.
const UnitSpelling* FindUnit(std::string_view word);

}  // namespace pol::syntax
