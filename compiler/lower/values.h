// The register of every expression and clause: what instructions compute it. One rule for each kind of
// expression of the model. Tested by tests/compiler/lower_test.cpp and, by meaning, tests/agreement/.
#pragma once

#include <unordered_map>
#include <vector>

#include "compiler/lower/emitter.h"
#include "compiler/lower/order.h"
#include "compiler/model/model.h"
#include "compiler/source/source.h"
#include "runtime/program/program.h"

namespace pol::lower {

// The registers of one clause; all of them kNone when it decides nothing.
struct ClauseRegisters {
  Register body = program::kNone;
  Register own = program::kNone;    // body under its `when`
  Register value = program::kNone;  // the `clause` instruction
  // In principle only: what the clause says, where nothing replaces it and, if it replaces another, it is
  // live.
  Register principle = program::kNone;
  // In the order of replaced_by: where that replacement is live, and the clause's value were only it and
  // those after it there.
  std::vector<Register> lives;
  std::vector<Register> replaced;
};

// Of one row of brackets: the part of the subject, and what it comes to at its rate.
struct BracketRegisters {
  Register part = program::kNone;
  Register amount = program::kNone;
};

class Values {
 public:
  // Appends to `program`, whose schema and holds table must be there.
  Values(const model::Model& model, program::Program& program);

  // Lowers what was not yet lowered of it.
  Register Lower(model::ExpressionId id);
  const ClauseRegisters& Lower(model::ClauseId id);
  Register LowerDecision(const model::Decision& decision);

  // Of what was lowered, as part of something else or itself.
  Register Of(model::ExpressionId id) const { return expressions_[id.index]; }
  const ClauseRegisters& Of(model::ClauseId id) const { return clauses_[id.index]; }
  // By row of the brackets that were lowered to the register.
  const std::vector<BracketRegisters>& PartsOf(Register brackets) const { return brackets_.at(brackets); }

 private:
  friend struct ExpressionRules;

  void Emit(Node node);
  Register EmitFact(model::FactId id);
  Register EmitGuard(Register value, std::uint32_t domain, std::uint32_t holds);
  Register EmitParameter(const model::Parameter& parameter);
  void EmitClause(model::ClauseId id);
  Register EmitBody(model::ClauseId id);
  Register EmitReplacements(model::ClauseId id, ClauseRegisters& registers);
  Register EmitConflicts(model::ClauseId id, const ClauseRegisters& registers, Register settled);
  Register EmitConstant(const model::Constant& constant, program::RegisterKind kind);

  void CountYearsBack();

  const model::Model& model_;
  program::Program& program_;
  Emitter emitter_;
  Order order_;
  std::vector<Register> expressions_;
  std::vector<std::uint32_t>
      years_back_;               // by expression: how many years before its own a series' value asks for
  std::vector<Register> facts_;  // guarded
  std::vector<Register> parameters_;
  std::vector<ClauseRegisters> clauses_;
  std::unordered_map<Register, std::vector<BracketRegisters>> brackets_;
};

}  // namespace pol::lower
