// One batch decided: run, outcomes read off, reasons swept. What every verb that decides records calls.
// Tested by tests/runtime/engine_test.cpp and the golden tests of `polc check`.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "runtime/engine/engine.h"

namespace pol::engine {

inline constexpr std::int32_t kUndetermined = -1;

struct Decided {
  Registers registers;
  // By decision, by row: index into Decision::outcomes, or kUndetermined.
  std::vector<std::vector<std::int32_t>> outcomes;
  // By grant, by row: the amount; nullopt: not known.
  std::vector<std::vector<std::optional<Rational>>> amounts;
  Relevance relevance;
};

Decided Decide(const program::Program& program, records::Batch& batch, const Settings& settings);

}  // namespace pol::engine
