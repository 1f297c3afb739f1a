#include "polc/example_coverage.h"

#include <algorithm>
#include <utility>

#include "runtime/engine/waivers.h"
#include "runtime/program/instruction_info.h"

namespace polc {
namespace {

using pol::engine::Truth;
using pol::program::Explanation;
using pol::program::ExplanationKind;
using pol::program::kNone;

void Count(Truth truth, Seen& seen) {
  ++(truth == Truth::kTrue ? seen.yes : truth == Truth::kFalse ? seen.no : seen.unknown);
}

// The registers that some instruction takes.
std::vector<bool> FindRead(const pol::program::Program& program) {
  std::vector<bool> read(program.instructions.size());
  for (std::uint32_t value = 0; value < program.instructions.size(); ++value) {
    const pol::program::InstructionInfo& info = pol::program::InfoOf(program.instructions[value].opcode);
    const auto operands = pol::program::OperandsOf(program, value);
    for (std::size_t at = 0; at < operands.size(); ++at) {
      if (pol::program::IsRegister(info.KindAt(at))) read[operands[at]] = true;
    }
  }
  return read;
}

// Whether the branch is taken in one lane: it holds, and no row above it does.
Truth TakenAt(const CoveredBranch& branch, const pol::engine::Registers& registers, std::uint32_t lane) {
  Truth taken = registers.TruthAt(branch.value, lane);
  for (const std::uint32_t above : branch.before) {
    const Truth other = registers.TruthAt(above, lane);
    if (other == Truth::kTrue) return Truth::kFalse;
    if (other == Truth::kUnknown && taken == Truth::kTrue) taken = Truth::kUnknown;
  }
  return taken;
}

// A branch inside a list or a series may go each way in one example.
void CountBranch(const pol::engine::Registers& registers, CoveredBranch& branch) {
  Seen lanes;
  for (std::uint32_t lane = 0; lane < registers.lanes(branch.value); ++lane) {
    Count(TakenAt(branch, registers, lane), lanes);
  }
  if (lanes.yes > 0) ++branch.seen.yes;
  if (lanes.no > 0) ++branch.seen.no;
  if (lanes.unknown > 0) ++branch.seen.unknown;
}

}  // namespace

Coverage::Coverage(const pol::Compilation& compilation) : program_(*compilation.program) {
  const std::vector<pol::model::Possible> possible = pol::model::PossibleTruths(*compilation.model);
  const std::vector<bool> read = FindRead(program_);
  for (std::uint32_t at = 0; at < program_.clauses.size(); ++at) {
    const pol::program::Clause& clause = program_.clauses[at];
    if (clause.value == kNone) continue;
    // A heading whose items are counted one by one (`any of §18`) has no say as a whole.
    if (!compilation.model->clauses[at].items.empty() && !read[clause.value]) continue;
    CoveredClause covered;
    covered.clause = at;
    covered.possible = possible[at];
    std::vector<bool> met(program_.explanations.size());
    if (clause.explanation != kNone) {
      for (const std::uint32_t child : program_.explanations[clause.explanation].children) {
        FindBranches(child, met, covered);
      }
    }
    clauses_.push_back(std::move(covered));
  }
  const std::vector<bool> can_run = pol::model::CanRun(*compilation.model);
  for (std::uint32_t at = 0; at < program_.lifecycles.size(); ++at) {
    const std::vector<pol::program::LifecycleState>& states = program_.lifecycles[at].states;
    for (std::uint32_t state = 0; state < states.size(); ++state) {
      const bool runs = states[state].phase == pol::program::LifecyclePhase::kRunning;
      if (can_run[at] || !runs) states_.push_back({at, state, 0});
    }
  }
}

// Explanations nest no deeper than the verifier lets them.
void Coverage::FindBranches(std::uint32_t explanation, std::vector<bool>& met, CoveredClause& covered) const {
  if (met[explanation]) return;
  met[explanation] = true;
  const Explanation& node = program_.explanations[explanation];
  switch (node.kind) {
    case ExplanationKind::kClause:  // counts for itself
      return;
    case ExplanationKind::kBands:
      AddBands(node, covered);
      break;
    case ExplanationKind::kSelection:
    case ExplanationKind::kReplaced:
      AddChoice(node, covered);
      break;
    default:
      break;
  }
  for (const std::uint32_t child : node.children) FindBranches(child, met, covered);
}

void Coverage::AddBands(const Explanation& node, CoveredClause& covered) const {
  std::vector<std::uint32_t> before;
  for (std::size_t at = 0; at + 1 < node.children.size(); at += 2) {
    const Explanation& pattern = program_.explanations[node.children[at]];
    covered.branches.push_back({pattern.words, pattern.value, before, false, {}});
    before.push_back(pattern.value);
  }
}

void Coverage::AddChoice(const Explanation& node, CoveredClause& covered) const {
  if (node.children.empty()) return;
  const Explanation& condition = program_.explanations[node.children[0]];
  std::string words = condition.words;
  if (node.kind == ExplanationKind::kReplaced) {
    words = "§" + program_.clauses[node.clause].id;
  } else {
    words = (node.children.size() > 2 ? "if " : "when ") + words;
  }
  covered.branches.push_back({std::move(words), condition.value, {}, true, {}});
}

void Coverage::Add(const pol::engine::Registers& registers) {
  for (CoveredClause& covered : clauses_) {
    Count(pol::engine::SaysAt(program_.clauses[covered.clause], registers, 0), covered.seen);
    for (CoveredBranch& branch : covered.branches) CountBranch(registers, branch);
  }
  for (CoveredState& covered : states_) {
    const auto state = registers.CodeAt(program_.lifecycles[covered.lifecycle].state, 0);
    if (state && *state == static_cast<std::int32_t>(covered.state)) ++covered.seen;
  }
}

std::string Coverage::NameOf(const CoveredState& covered) const {
  const std::uint32_t enumeration = program_.lifecycles[covered.lifecycle].enumeration;
  return program_.schema.enumerations[enumeration].members[covered.state].name;
}

std::vector<Uncovered> FindUncovered(const Coverage& coverage) {
  std::vector<Uncovered> uncovered;
  for (const CoveredClause& covered : coverage.clauses()) {
    const auto lack = [&](bool wanted, std::uint32_t seen, const std::string& branch, const char* never) {
      if (wanted && seen == 0) uncovered.push_back({covered.clause, branch, never, kNone});
    };
    lack(covered.possible.yes, covered.seen.yes, "", "true");
    lack(covered.possible.no, covered.seen.no, "", "false");
    lack(covered.possible.unknown, covered.seen.unknown, "", "unknown");
    for (const CoveredBranch& branch : covered.branches) {
      lack(true, branch.seen.yes, branch.words, "true");
      lack(branch.both, branch.seen.no, branch.words, "false");
    }
  }
  for (const CoveredState& covered : coverage.states()) {
    if (covered.seen == 0) uncovered.push_back({kNone, "", coverage.NameOf(covered), covered.lifecycle});
  }
  return uncovered;
}

}  // namespace polc
