#include "runtime/engine/decide.h"

namespace pol::engine {

Decided Decide(const program::Program& program, records::Batch& batch, const Settings& settings) {
  Decided decided{Run(program, batch, settings), {}, {}};
  std::vector<std::uint32_t> roots;
  roots.reserve(program.decisions.size());
  for (const program::Decision& decision : program.decisions) {
    roots.push_back(decision.value);
    const std::span<const std::int32_t> codes = decided.registers.Codes(decision.value);
    const Bits& known = decided.registers.KnownPlane(decision.value);
    std::vector<std::int32_t>& outcome = decided.outcomes.emplace_back(batch.rows, kUndetermined);
    for (std::uint32_t row = 0; row < batch.rows; ++row) {
      if (known[row]) outcome[row] = codes[row];
    }
  }
  decided.relevance = Sweep(program, batch, decided.registers, roots);
  return decided;
}

}  // namespace pol::engine
