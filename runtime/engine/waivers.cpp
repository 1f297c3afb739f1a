#include "runtime/engine/waivers.h"

#include <algorithm>

#include "runtime/engine/planes.h"
#include "runtime/program/instruction_info.h"

namespace pol::engine {
namespace {

// The registers that a root is made of.
std::vector<bool> FindRead(const program::Program& program, std::uint32_t root) {
  std::vector<bool> read(program.instructions.size());
  read[root] = true;
  for (std::uint32_t value = root + 1; value-- > 0;) {
    if (!read[value]) continue;
    const program::InstructionInfo& info = program::InfoOf(program.instructions[value].opcode);
    const std::span<const std::uint32_t> operands = program::OperandsOf(program, value);
    for (std::size_t at = 0; at < operands.size(); ++at) {
      if (program::IsRegister(info.KindAt(at))) read[operands[at]] = true;
    }
  }
  return read;
}

// By clause in principle: the rows in which it is asked for; no lanes for others.
std::vector<Bits> FindAsked(const program::Program& program, const Registers& registers,
                            std::span<const std::uint32_t> roots, const std::vector<Bits>& because,
                            std::uint32_t rows) {
  std::vector<Bits> asked(program.clauses.size());
  for (std::size_t clause = 0; clause < asked.size(); ++clause) {
    if (HoldsInPrinciple(program.clauses[clause])) asked[clause] = because[clause];
  }
  for (const std::uint32_t root : roots) {
    const Bits open = Pack(
        rows, [&](std::size_t row) { return !registers.KnownAt(root, static_cast<std::uint32_t>(row)); });
    if (!Any(open)) continue;
    const std::vector<bool> read = FindRead(program, root);
    for (std::size_t clause = 0; clause < asked.size(); ++clause) {
      const program::Clause& one = program.clauses[clause];
      if (HoldsInPrinciple(one) && read[one.value]) Join(asked[clause], open);
    }
  }
  return asked;
}

}  // namespace

bool HoldsInPrinciple(const program::Clause& clause) { return clause.principle != program::kNone; }

bool HasWaivers(const program::Program& program) {
  return std::ranges::any_of(program.clauses, HoldsInPrinciple);
}

Truth SaysAt(const program::Clause& clause, const Registers& registers, std::uint32_t row) {
  const Truth value = registers.TruthAt(clause.value, row);
  if (!HoldsInPrinciple(clause) || value != Truth::kTrue) return value;
  return registers.TruthAt(clause.principle, row);
}

std::vector<std::vector<Waiver>> FindWaivers(const program::Program& program, const Registers& registers,
                                             std::span<const std::uint32_t> roots,
                                             const std::vector<Bits>& because, std::uint32_t rows) {
  if (!HasWaivers(program)) return {};
  std::vector<std::vector<Waiver>> waivers(rows);
  const std::vector<Bits> asked = FindAsked(program, registers, roots, because, rows);
  for (std::uint32_t clause = 0; clause < asked.size(); ++clause) {
    ForEach(asked[clause], [&](std::uint32_t row) {
      const Truth says = registers.TruthAt(program.clauses[clause].principle, row);
      if (says != Truth::kTrue) waivers[row].push_back({clause, says == Truth::kFalse});
    });
  }
  return waivers;
}

}  // namespace pol::engine
