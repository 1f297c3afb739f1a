// What the examples of a policy show of its clauses and lifecycles: each clause true, false and unknown, each
// branch taken, each state reached. Tested by tests/polc/example_run_test.cpp and tests/golden/test/.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/compile.h"
#include "compiler/model/possible.h"
#include "runtime/engine/engine.h"
#include "runtime/program/program.h"

namespace polc {

// In how many examples.
struct Seen {
  std::uint32_t yes = 0;
  std::uint32_t no = 0;
  std::uint32_t unknown = 0;
};

// A row of bands, the condition of an `if` or `when`, a replacement: somewhere in what a clause is made of.
struct CoveredBranch {
  std::string words;
  std::uint32_t value = pol::program::kNone;  // truth register
  std::vector<std::uint32_t> before;          // rows above it, which must be false for it to be taken
  bool both = false;                          // must be seen false as well
  Seen seen;
};

struct CoveredClause {
  std::uint32_t clause = 0;  // index into Program::clauses
  pol::model::Possible possible;
  Seen seen;
  std::vector<CoveredBranch> branches;
};

struct CoveredState {
  std::uint32_t lifecycle = 0;
  std::uint32_t state = 0;  // member
  std::uint32_t seen = 0;
};

class Coverage {
 public:
  explicit Coverage(const pol::Compilation& compilation);
  void Add(const pol::engine::Registers& registers);
  // The clauses that decide something, by themselves or as the sum of their items, in the order of the
  // policy.
  const std::vector<CoveredClause>& clauses() const { return clauses_; }
  const std::vector<CoveredState>& states() const { return states_; }
  std::string NameOf(const CoveredState& covered) const;

 private:
  void FindBranches(std::uint32_t explanation, std::vector<bool>& met, CoveredClause& covered) const;
  void AddBands(const pol::program::Explanation& node, CoveredClause& covered) const;
  void AddChoice(const pol::program::Explanation& node, CoveredClause& covered) const;

  const pol::program::Program& program_;
  std::vector<CoveredClause> clauses_;
  std::vector<CoveredState> states_;
};

// Something that no example shows.
struct Uncovered {
  std::uint32_t clause = pol::program::kNone;
  std::string branch;  // its words; empty for the clause itself
  std::string never;   // "true", "false", "unknown"; of a lifecycle: the state
  std::uint32_t lifecycle = pol::program::kNone;
};
std::vector<Uncovered> FindUncovered(const Coverage& coverage);

}  // namespace polc
