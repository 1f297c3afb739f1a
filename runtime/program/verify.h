// The verifier: everything that a program from a file could get wrong. After Verify finds nothing, running,
// sweeping and explaining the program is memory-safe on any batch of its schema. What it can't promise: a
// code register may hold any int32, also where a Term says enumeration, region or text; who shows such a code
// checks its range first. Outcomes and states are the exception: a decision's known codes always are outcomes
// of it, a lifecycle's known states members of its enumeration. Tested by tests/runtime/program_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "runtime/program/program.h"

namespace pol::program {

// Far above any policy, low enough that a hostile program costs its reader little.
struct Limits {
  static constexpr std::size_t kDomains = 250;
  static constexpr std::size_t kInstructions = std::size_t{1} << 20;
  static constexpr std::size_t kOperands = std::size_t{1} << 22;
  static constexpr std::size_t kCalendars = 16;
  static constexpr std::size_t kTable = std::size_t{1} << 20;  // entries of any other table
  static constexpr std::size_t kDigits = 1000;                 // of a constant's numerator or denominator
  static constexpr std::uint32_t kDepth = 200;                 // of explanations, and of a term's parts
  static constexpr std::uint32_t kExplanationSize =
      1u << 20;                               // of one explanation, shared children counted each time
  static constexpr std::size_t kErrors = 20;  // after this many the verifier stops
};

// What is wrong with the program, in words for the one who made it; empty when nothing is.
std::vector<std::string> Verify(const Program& program);

}  // namespace pol::program
