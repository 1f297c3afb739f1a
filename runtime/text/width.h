// How many terminal cells a text takes. Tested by tests/runtime/text_test.cpp.
#pragma once

#include <cstddef>
#include <string_view>

namespace pol::text {

// Terminal cells of a UTF-8 text: 2 for East Asian wide and full-width characters, 0 for combining, format
// and control ones. A byte that is not UTF-8 counts 1.
std::size_t DisplayWidth(std::string_view text);
std::size_t DisplayWidth(char32_t character);

}  // namespace pol::text
