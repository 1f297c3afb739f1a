// Registers as columns: one value per lane of a domain, and planes that say which are known. What a kernel
// writes, and what the engine keeps for reading back. Tested by tests/runtime/kernels_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <variant>
#include <vector>

#include "runtime/engine/bits.h"
#include "runtime/engine/engine.h"
#include "runtime/engine/integer.h"

namespace pol::engine {

// Never both; neither is unknown.
struct Truths {
  Bits yes;
  Bits no;
};

struct Codes {
  std::vector<std::int32_t> values;
  Bits known;
};

// numerator / (denominator * 10^scale). The scale is one for the whole column; no denominators means that all
// are 1. A lane that is not known has some numerator and a positive denominator, so that loops need not leave
// it out.
template <typename T>
struct Numbers {
  std::int32_t scale = 0;
  std::vector<T> numerators;
  std::vector<T> denominators;
  Bits known;

  bool whole_denominators() const { return denominators.empty(); }
  T DenominatorAt(std::size_t lane) const { return denominators.empty() ? T(1) : denominators[lane]; }
};

using Register = std::variant<Truths, Codes, Numbers<std::int64_t>, Numbers<Int128>, Numbers<BigInt>>;

// Big numbers are kept reduced, lane by lane, and those beyond this many bits are unknown: a policy that
// squares its way up must not exhaust memory, and no law counts that far. Being a matter of the lane alone,
// it is the same in every batch.
inline constexpr std::size_t kMostBits = std::size_t{1} << 15;

struct Registers::Implementation {
  Width width = Width::k64;
  std::vector<Register> registers;
};

}  // namespace pol::engine
