// Clauses that hold in principle: whoever cites one takes it to be true, and where what it says fails, a
// waiver is needed. Tested by tests/runtime/waivers_test.cpp and tests/golden/waivers/.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "runtime/engine/engine.h"
#include "runtime/program/program.h"

namespace pol::engine {

// One clause of which a record needs a waiver, or may: what the clause says is not known.
struct Waiver {
  std::uint32_t clause = program::kNone;
  bool known = true;
  friend bool operator==(const Waiver&, const Waiver&) = default;
};

bool HoldsInPrinciple(const program::Clause& clause);
bool HasWaivers(const program::Program& program);

// What the clause says of the record: its value or, of one that holds in principle, whether that needs no
// waiver.
Truth SaysAt(const program::Clause& clause, const Registers& registers, std::uint32_t row);

// By row, in the order of the policy; empty for a program without clauses in principle. A clause counts where
// an outcome rests on it, or is still open and may come to: of someone who is refused for another reason
// nothing needs to be waived.
std::vector<std::vector<Waiver>> FindWaivers(const program::Program& program, const Registers& registers,
                                             std::span<const std::uint32_t> roots,
                                             const std::vector<Bits>& because, std::uint32_t rows);

}  // namespace pol::engine
