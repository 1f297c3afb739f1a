// A plane of bits, one per lane, in words of 64. Bits past the last lane are always zero, so that planes can
// be compared and counted by word. Tested by tests/runtime/bits_test.cpp.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace pol::engine {

class Bits {
 public:
  Bits() = default;
  explicit Bits(std::size_t lanes, bool value = false) { Assign(lanes, value); }

  void Assign(std::size_t lanes, bool value) {
    lanes_ = lanes;
    words_.assign((lanes + 63) / 64, value ? ~std::uint64_t{0} : 0);
    ClearTail();
  }
  std::size_t lanes() const { return lanes_; }
  std::size_t word_count() const { return words_.size(); }
  std::uint64_t* words() { return words_.data(); }
  const std::uint64_t* words() const { return words_.data(); }

  bool operator[](std::size_t lane) const { return ((words_[lane / 64] >> (lane % 64)) & 1U) != 0; }
  void Set(std::size_t lane) { words_[lane / 64] |= std::uint64_t{1} << (lane % 64); }
  void Reset(std::size_t lane) { words_[lane / 64] &= ~(std::uint64_t{1} << (lane % 64)); }
  void Put(std::size_t lane, bool value) { value ? Set(lane) : Reset(lane); }
  void PushBack(bool value) {
    if (lanes_ % 64 == 0) words_.push_back(0);
    ++lanes_;
    if (value) Set(lanes_ - 1);
  }
  // Zeroes the bits past the last lane; a kernel that writes whole words calls it once.
  void ClearTail() {
    if (lanes_ % 64 != 0) words_.back() &= (std::uint64_t{1} << (lanes_ % 64)) - 1;
  }
  std::size_t Count() const {
    std::size_t total = 0;
    for (const std::uint64_t word : words_) total += static_cast<std::size_t>(std::popcount(word));
    return total;
  }
  friend bool operator==(const Bits&, const Bits&) = default;

 private:
  std::size_t lanes_ = 0;
  std::vector<std::uint64_t> words_;
};

}  // namespace pol::engine
