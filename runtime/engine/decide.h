// One batch decided: run, outcomes read off, reasons swept. What every verb that decides records calls.
// Tested by tests/runtime/engine_test.cpp and the golden tests of `polc check`.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "runtime/engine/engine.h"
#include "runtime/engine/waivers.h"

namespace pol::engine {

inline constexpr std::int32_t kUndetermined = -1;

struct Decided {
  Registers registers;
  // By decision, by row: index into Decision::outcomes, or kUndetermined.
  std::vector<std::vector<std::int32_t>> outcomes;
  // By grant, by row: the amount; nullopt: not known.
  std::vector<std::vector<std::optional<Rational>>> amounts;
  // By lifecycle, by row: the state, a member of its enumeration, or kUndetermined.
  std::vector<std::vector<std::int32_t>> states;
  Relevance relevance;
  // By row: clauses that a waiver is needed of; empty for a program without clauses in principle.
  std::vector<std::vector<Waiver>> waivers = {};
  // By score, by row: the total; nullopt: not known.
  std::vector<std::vector<std::optional<Rational>>> scores = {};
};

Decided Decide(const program::Program& program, records::Batch& batch, const Settings& settings);

// Adds to `because`, in the rows where a lifecycle has ended or gone on from the state in which it started,
// the clause of the state that it is in: nothing else may have decided that an event happened. Where clauses
// under that one are named already, they say it.
void CiteStates(const program::Program& program, const program::Lifecycle& lifecycle,
                const Registers& registers, Relevance& relevance);

}  // namespace pol::engine
