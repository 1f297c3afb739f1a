#include "runtime/engine/decide.h"

#include <utility>

namespace pol::engine {
namespace {

std::vector<std::optional<Rational>> AmountsOf(const program::Grant& grant, const Registers& registers,
                                               std::uint32_t rows) {
  std::vector<std::optional<Rational>> amounts(rows);
  for (std::uint32_t row = 0; row < rows; ++row) amounts[row] = registers.NumberAt(grant.value, row);
  return amounts;
}

}  // namespace

Decided Decide(const program::Program& program, records::Batch& batch, const Settings& settings) {
  Decided decided{Run(program, batch, settings), {}, {}, {}};
  std::vector<std::uint32_t> roots;
  roots.reserve(program.decisions.size() + program.grants.size());
  for (const program::Decision& decision : program.decisions) {
    roots.push_back(decision.value);
    const std::span<const std::int32_t> codes = decided.registers.Codes(decision.value);
    const Bits& known = decided.registers.KnownPlane(decision.value);
    std::vector<std::int32_t>& outcome = decided.outcomes.emplace_back(batch.rows, kUndetermined);
    for (std::uint32_t row = 0; row < batch.rows; ++row) {
      if (known[row]) outcome[row] = codes[row];
    }
  }
  for (const program::Grant& grant : program.grants) {
    roots.push_back(grant.value);
    decided.amounts.push_back(AmountsOf(grant, decided.registers, batch.rows));
  }
  decided.relevance = Sweep(program, batch, decided.registers, roots);
  // Whatever it amounts to, a grant follows from its clause.
  for (const program::Grant& grant : program.grants) {
    decided.relevance.because[grant.clause] = Bits(batch.rows, true);
  }
  return decided;
}

}  // namespace pol::engine
