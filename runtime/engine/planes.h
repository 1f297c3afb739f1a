// Arithmetic of whole planes, by word. Planes that meet here have the same number of lanes. Tested by
// tests/runtime/bits_test.cpp.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "runtime/engine/bits.h"

namespace pol::engine {

// target := f(words of the sources…), word by word; `f` may leave rubbish past the last lane.
template <typename Function, typename... Planes>
void CombineInto(Bits& target, Function function, const Planes&... sources) {
  std::uint64_t* const words = target.words();
  const std::size_t count = target.word_count();
  for (std::size_t i = 0; i < count; ++i) words[i] = function(sources.words()[i]...);
  target.ClearTail();
}

template <typename Function, typename First, typename... Planes>
Bits Combine(Function function, const First& first, const Planes&... others) {
  Bits result(first.lanes());
  CombineInto(result, function, first, others...);
  return result;
}

inline Bits Both(const Bits& a, const Bits& b) {
  return Combine([](std::uint64_t x, std::uint64_t y) { return x & y; }, a, b);
}
inline Bits Either(const Bits& a, const Bits& b) {
  return Combine([](std::uint64_t x, std::uint64_t y) { return x | y; }, a, b);
}
// Lanes of `a` that are not in `b`.
inline Bits Without(const Bits& a, const Bits& b) {
  return Combine([](std::uint64_t x, std::uint64_t y) { return x & ~y; }, a, b);
}
inline Bits Opposite(const Bits& a) {
  return Combine([](std::uint64_t x) { return ~x; }, a);
}

inline void Keep(Bits& target, const Bits& kept) {
  CombineInto(
      target, [](std::uint64_t x, std::uint64_t y) { return x & y; }, target, kept);
}
inline void Join(Bits& target, const Bits& more) {
  CombineInto(
      target, [](std::uint64_t x, std::uint64_t y) { return x | y; }, target, more);
}

inline bool Any(const Bits& bits) {
  return std::any_of(bits.words(), bits.words() + bits.word_count(),
                     [](std::uint64_t word) { return word != 0; });
}

// One bit per lane, from a predicate of the lane.
template <typename Predicate>
Bits Pack(std::size_t lanes, Predicate predicate) {
  Bits bits(lanes);
  for (std::size_t first = 0; first < lanes; first += 64) {
    const std::size_t count = std::min<std::size_t>(64, lanes - first);
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < count; ++i) {
      word |= static_cast<std::uint64_t>(predicate(first + i) ? 1 : 0) << i;
    }
    bits.words()[first / 64] = word;
  }
  return bits;
}

// Calls `visit` for every set lane, ascending.
template <typename Visit>
void ForEach(const Bits& bits, Visit visit) {
  for (std::size_t i = 0; i < bits.word_count(); ++i) {
    for (std::uint64_t word = bits.words()[i]; word != 0; word &= word - 1) {
      visit(static_cast<std::uint32_t>(i * 64 + static_cast<std::size_t>(std::countr_zero(word))));
    }
  }
}

// Words of the lanes [first, last): calls `visit(word index, mask)` for each.
template <typename Visit>
void ForRange(std::size_t first, std::size_t last, Visit visit) {
  while (first < last) {
    const std::size_t offset = first % 64;
    const std::size_t count = std::min<std::size_t>(64 - offset, last - first);
    visit(first / 64, (~std::uint64_t{0} >> (64 - count)) << offset);
    first += count;
  }
}

inline void SetRange(Bits& bits, std::size_t first, std::size_t last) {
  ForRange(first, last, [&](std::size_t word, std::uint64_t mask) { bits.words()[word] |= mask; });
}
inline std::size_t CountRange(const Bits& bits, std::size_t first, std::size_t last) {
  std::size_t count = 0;
  ForRange(first, last, [&](std::size_t word, std::uint64_t mask) {
    count += static_cast<std::size_t>(std::popcount(bits.words()[word] & mask));
  });
  return count;
}
inline bool AnyInRange(const Bits& bits, std::size_t first, std::size_t last) {
  bool any = false;
  ForRange(first, last,
           [&](std::size_t word, std::uint64_t mask) { any = any || (bits.words()[word] & mask) != 0; });
  return any;
}

}  // namespace pol::engine
