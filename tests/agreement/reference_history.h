// A machine of states as the reference evaluator understands it: every way in which what is unknown could
// have been is gone through, one after the other.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "runtime/program/program.h"

namespace agreement {

struct HistoryElement {
  std::optional<std::int32_t> date;  // nullopt: at any time, or at none that counts
  std::vector<std::optional<bool>> conditions;
};

// The states that are possible on the day `until`, each with the days on which it may have been entered. The
// machine has no timeouts.
std::set<std::pair<std::uint32_t, std::int32_t>> PossibleEnds(const pol::program::Machine& machine,
                                                              std::int32_t from, std::int32_t until,
                                                              const std::vector<HistoryElement>& elements);

}  // namespace agreement
