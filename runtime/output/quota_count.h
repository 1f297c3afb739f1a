// How many records of a whole set a quota's condition holds of, and whether its bounds are kept. Tested by
// tests/runtime/quota_count_test.cpp and tests/golden/quotas/.
#pragma once

#include <cstdint>
#include <string>

#include "runtime/engine/engine.h"
#include "runtime/program/program.h"

namespace pol::output {

// kOpen: it depends on what is not known of some records.
enum class QuotaState : std::uint8_t { kKept, kExceeded, kNotReached, kOpen };

class QuotaCount {
 public:
  void Add(engine::Truth condition);
  QuotaState StateUnder(const program::Quota& quota) const;
  // ": 3, undetermined 1; at most 5: kept"
  std::string Text(const program::Quota& quota, bool chinese) const;

 private:
  std::uint64_t holding_ = 0;
  std::uint64_t unknown_ = 0;
};

}  // namespace pol::output
