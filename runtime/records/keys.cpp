#include "runtime/records/keys.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "runtime/text/utf8.h"

namespace pol::records {
namespace {

// Every bit of the result depends on every bit of the word.
std::uint64_t Mix(std::uint64_t word) {
  word ^= word >> 32U;
  word *= 0x9e3779b97f4a7c15U;
  word ^= word >> 29U;
  word *= 0xd1342543de82ef95U;
  return word ^ (word >> 32U);
}

struct Hash {
  std::uint64_t low = 0x243f6a8885a308d3U;
  std::uint64_t high = 0x13198a2e03707344U;
};

Hash HashOf(std::string_view text) {
  Hash hash;
  const std::size_t length = text.size();
  while (!text.empty()) {
    std::uint64_t word = 0;
    const std::size_t count = std::min(text.size(), sizeof word);
    std::memcpy(&word, text.data(), count);
    text.remove_prefix(count);
    hash.low = Mix(hash.low ^ word);
    hash.high = Mix(std::rotl(hash.high, 31) + word) + hash.low;
  }
  hash.low = Mix(hash.low + length);
  hash.high = Mix(hash.high ^ length) | 1U;  // never the mark of a free slot
  return hash;
}

}  // namespace

std::string CanonicalKey(program::ValueKind kind, std::string_view key) {
  const std::string_view trimmed = text::Trim(key);
  if (kind != program::ValueKind::kCreditCode) return std::string{trimmed};
  return text::FoldWord(trimmed);
}

KeyIndex::Slot& KeyIndex::SlotOf(std::uint64_t low, std::uint64_t high) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t index = low & mask;
  while (slots_[index].high != 0 && (slots_[index].low != low || slots_[index].high != high))
    index = (index + 1) & mask;
  return slots_[index];
}

std::optional<KeyIndex::Seen> KeyIndex::Insert(std::string_view canonical_key, std::uint32_t file,
                                               std::uint64_t row) {
  if (used_ * 2 >= slots_.size()) {
    std::vector<Slot> old(slots_.empty() ? 1024 : slots_.size() * 2);
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.high != 0) SlotOf(slot.low, slot.high) = slot;
    }
  }
  const Hash hash = HashOf(canonical_key);
  Slot& slot = SlotOf(hash.low, hash.high);
  if (slot.high != 0) return Seen{slot.file, slot.row};
  slot = {hash.low, hash.high, row, file};
  ++used_;
  return std::nullopt;
}

}  // namespace pol::records
