// Keys seen so far, to tell that a record comes a second time. 32 bytes a slot, two slots a record: keys
// themselves are not kept, only 128 bits of hash. Tested by tests/runtime/reader_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/program/schema.h"

namespace pol::records {

// The spelling under which keys are the same: credit codes whatever their letters' case and width, other keys
// as written.
std::string CanonicalKey(program::ValueKind kind, std::string_view key);

class KeyIndex {
 public:
  struct Seen {
    std::uint32_t file = 0;
    std::uint64_t row = 0;
  };
  // Where the key was first seen; nullopt when this is the first time.
  std::optional<Seen> Insert(std::string_view canonical_key, std::uint32_t file, std::uint64_t row);

 private:
  struct Slot {
    std::uint64_t low = 0;
    std::uint64_t high = 0;  // both 0: free
    std::uint64_t row = 0;
    std::uint32_t file = 0;
  };
  Slot& SlotOf(std::uint64_t low, std::uint64_t high);

  std::vector<Slot> slots_;
  std::size_t used_ = 0;
};

}  // namespace pol::records
