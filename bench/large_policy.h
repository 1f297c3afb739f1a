// Writes policies of any length that look like real ones: facts, lets, bands, articles. For measures of
// compile time.
#pragma once

#include <cstddef>
#include <string>

namespace bench {

// A policy of at least `lines` lines (a little more, to end a clause).
std::string LargePolicy(std::size_t lines);

}  // namespace bench
