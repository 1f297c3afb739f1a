#include "runtime/engine/decide.h"

#include <span>
#include <utility>

#include "runtime/engine/planes.h"

namespace pol::engine {
namespace {

// By row: the number of a register where it is known.
std::vector<std::optional<Rational>> NumbersOf(std::uint32_t value, const Registers& registers,
                                               std::uint32_t rows) {
  std::vector<std::optional<Rational>> numbers(rows);
  for (std::uint32_t row = 0; row < rows; ++row) numbers[row] = registers.NumberAt(value, row);
  return numbers;
}

// By row: the code of a register where it is known.
std::vector<std::int32_t> CodesOf(std::uint32_t value, const Registers& registers, std::uint32_t rows) {
  std::vector<std::int32_t> read(rows, kUndetermined);
  const std::span<const std::int32_t> codes = registers.Codes(value);
  const Bits& known = registers.KnownPlane(value);
  for (std::uint32_t row = 0; row < rows; ++row) {
    if (known[row]) read[row] = codes[row];
  }
  return read;
}

// The states whose clause is a reason of its own: not those before the start, nor the one it starts in.
std::vector<bool> FindCited(const program::Lifecycle& lifecycle) {
  std::vector<bool> cited;
  bool started = false;
  for (const program::LifecycleState& state : lifecycle.states) {
    const bool before = state.phase == program::LifecyclePhase::kBefore;
    const bool first = !before && !started;
    started = started || !before;
    cited.push_back(!before && !first && state.clause != program::kNone);
  }
  return cited;
}

bool IsUnder(const program::Program& program, std::uint32_t clause, std::uint32_t above) {
  for (std::uint32_t at = program.clauses[clause].parent; at != program::kNone;
       at = program.clauses[at].parent) {
    if (at == above) return true;
  }
  return false;
}

}  // namespace

Decided Decide(const program::Program& program, records::Batch& batch, const Settings& settings) {
  Decided decided{Run(program, batch, settings), {}, {}, {}, {}};
  std::vector<std::uint32_t> roots;
  roots.reserve(program.decisions.size() + program.grants.size() + program.scores.size() +
                program.lifecycles.size());
  for (const program::Decision& decision : program.decisions) {
    roots.push_back(decision.value);
    decided.outcomes.push_back(CodesOf(decision.value, decided.registers, batch.rows));
  }
  for (const program::Grant& grant : program.grants) {
    roots.push_back(grant.value);
    decided.amounts.push_back(NumbersOf(grant.value, decided.registers, batch.rows));
  }
  for (const program::Score& score : program.scores) {
    roots.push_back(score.value);
    decided.scores.push_back(NumbersOf(score.value, decided.registers, batch.rows));
  }
  for (const program::Lifecycle& lifecycle : program.lifecycles) {
    roots.push_back(lifecycle.state);
    decided.states.push_back(CodesOf(lifecycle.state, decided.registers, batch.rows));
  }
  decided.relevance = Sweep(program, batch, decided.registers, roots);
  decided.waivers = FindWaivers(program, decided.registers, roots, decided.relevance.because, batch.rows);
  // Whatever it amounts to, a grant follows from its clause, and so does a score.
  for (const program::Grant& grant : program.grants) {
    decided.relevance.because[grant.clause] = Bits(batch.rows, true);
  }
  for (const program::Score& score : program.scores) {
    decided.relevance.because[score.clause] = Bits(batch.rows, true);
  }
  for (const program::Lifecycle& lifecycle : program.lifecycles) {
    CiteStates(program, lifecycle, decided.registers, decided.relevance);
  }
  return decided;
}

void CiteStates(const program::Program& program, const program::Lifecycle& lifecycle,
                const Registers& registers, Relevance& relevance) {
  const std::vector<bool> cited = FindCited(lifecycle);
  const std::vector<std::int32_t> states =
      CodesOf(lifecycle.state, registers, registers.lanes(lifecycle.state));
  for (std::size_t state = 0; state < cited.size(); ++state) {
    if (!cited[state]) continue;
    const std::uint32_t clause = lifecycle.states[state].clause;
    Bits rows =
        Pack(states.size(), [&](std::size_t row) { return states[row] == static_cast<std::int32_t>(state); });
    for (std::uint32_t other = 0; other < relevance.because.size(); ++other) {
      if (IsUnder(program, other, clause)) rows = Without(rows, relevance.because[other]);
    }
    Join(relevance.because[clause], rows);
  }
}

}  // namespace pol::engine
