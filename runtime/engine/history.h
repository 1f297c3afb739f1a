// A machine of states put through the elements of one record's list: what walk_state and walk_since say, as a
// function of plain values. What is unknown of the elements is allowed for in every way it can be, so that an
// answer given is right whatever they turn out to be.
//
//   - Elements count that are dated from `from` up to and including `until`, in the order of their dates. One
//     without a date may stand anywhere between, or outside.
//   - Of a state's transitions the first whose condition holds is taken; an unknown condition may hold or
//   not.
//   - Elements of one day for which the same conditions hold are one; others may stand in any order.
//   - A state with a timeout is left the day after it has passed, before that day's elements.
//   - What leads from a state back into it changes nothing, neither the state nor since when it has lasted.
//
// Tested by tests/runtime/history_kernels_test.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "runtime/engine/engine.h"
#include "runtime/program/program.h"

namespace pol::engine {

struct History {
  std::int32_t from = 0;  // dates
  std::int32_t until = 0;
  std::vector<std::optional<std::int32_t>> dates;  // by element, in any order
  std::vector<Truth> conditions;  // of one element after the other, as many each as the machine has
};

// The state at the end, where just one is possible, and the date on which it was entered, where that is
// certain too.
struct HistoryEnd {
  std::optional<std::uint32_t> state;
  std::optional<std::int32_t> since;
  friend bool operator==(const HistoryEnd&, const HistoryEnd&) = default;
};

// The machine must be verified. A machine that goes in circles for longer than any policy does ends in an
// unknown state.
HistoryEnd WalkHistory(const program::Machine& machine, const History& history);

}  // namespace pol::engine
