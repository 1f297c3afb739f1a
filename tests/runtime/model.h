// For tests: what every instruction means, a lane at a time with exact rationals, written to be obviously
// right. The kernels must agree with it in every register. It reads the batch as the run left it, with its
// years widened.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "runtime/engine/engine.h"
#include "runtime/program/program.h"
#include "runtime/records/batch.h"

namespace pol::test {

// Unknown, or the one member that the register's kind uses.
struct Cell {
  bool known = false;
  bool truth = false;
  engine::Rational number = 0;
  std::int32_t code = 0;
};

using Lanes = std::vector<Cell>;

// By register, then by lane.
std::vector<Lanes> Evaluate(const program::Program& program, const records::Batch& batch,
                            const engine::Settings& settings);

// The first register and lane where the run and the model differ, in words; empty when there is none.
std::string FirstDifference(const program::Program& program, const engine::Registers& registers,
                            const std::vector<Lanes>& model);

}  // namespace pol::test
