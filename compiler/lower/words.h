// The analyst's own text of a piece of the policy, as explanations quote it: on one line, without comments,
// not too long. Tested by tests/compiler/lower_test.cpp.
#pragma once

#include <string>
#include <string_view>

#include "compiler/source/source.h"
#include "runtime/program/program.h"

namespace pol::lower {

// White space and comments become one space; more than kMostWordBytes bytes end in "…".
inline constexpr std::size_t kMostWordBytes = 240;
std::string OneLine(std::string_view text);

std::string WordsOf(const source::Files& files, source::Range range);
// What a name is quoted as: the words, unless they stand for more than it, as `plan` does for each item of
// `all of plan`.
std::string NameFor(const std::string& words, const program::Naming& naming);
program::Place PlaceOf(const source::Files& files, source::Range range);

}  // namespace pol::lower
