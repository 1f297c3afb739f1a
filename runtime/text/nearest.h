// The candidate a misspelt word was probably meant to be. Tested by tests/runtime/text_test.cpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pol::text {

// The candidate nearest to `word` by edit distance in characters (letters' case and width do not count), when
// near enough to be worth offering: a third of the word may be different, one character of a short word. The
// first of several equally near.
std::optional<std::string> Nearest(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace pol::text
