#include "compiler/lower/values.h"

#include <algorithm>

#include "compiler/lower/expression_rules.h"
#include "compiler/model/walk.h"
#include "runtime/program/instruction_info.h"

namespace pol::lower {

using model::ClauseId;
using model::ExpressionId;
using program::kNone;
using program::Opcode;
using program::RegisterKind;

Values::Values(const model::Model& model, program::Program& program)
    : model_(model),
      program_(program),
      emitter_(program),
      order_(model),
      expressions_(model.expressions.size(), kNone),
      facts_(model.schema.facts.size(), kNone),
      parameters_(model.parameters.size(), kNone),
      clauses_(model.clauses.size()) {
  CountYearsBack();
}

// A condition that looks at the year before is false before the first year anyway; only values need that year
// to be there.
void Values::CountYearsBack() {
  years_back_.resize(model_.expressions.size());
  for (std::uint32_t index = 0; index < years_back_.size(); ++index) {
    const model::Expression& expression = model_.expressions[index];
    std::uint32_t& back = years_back_[index];
    for (const ExpressionId operand : model::OperandsOf(expression)) {
      if (model_.InfoOf(operand).domain == model_.infos[index].domain)
        back = std::max(back, years_back_[operand.index]);
    }
    const auto* let = std::get_if<model::LetValue>(&expression);
    if (let != nullptr && model_.lets[let->let.index].value.index < index) {
      back = years_back_[model_.lets[let->let.index].value.index];
    }
    const bool value = model_.infos[index].type.kind != program::ValueKind::kTruth;
    if (std::holds_alternative<model::Previous>(expression) && value) ++back;
  }
}

Register Values::Lower(ExpressionId id) {
  order_.Visit(NodeOf(id), [this](Node node) { Emit(node); });
  return Of(id);
}

const ClauseRegisters& Values::Lower(ClauseId id) {
  order_.Visit(NodeOf(id), [this](Node node) { Emit(node); });
  return Of(id);
}

void Values::Emit(Node node) {
  switch (node.kind) {
    case Node::Kind::kExpression: {
      const model::Expression& expression = model_.expressions[node.index];
      const ExpressionRules rules{*this, model_.infos[node.index]};
      expressions_[node.index] = std::visit(rules, expression);
      break;
    }
    case Node::Kind::kFact:
      facts_[node.index] = EmitFact({node.index});
      break;
    case Node::Kind::kParameter:
      parameters_[node.index] = EmitParameter(model_.parameters[node.index]);
      break;
    case Node::Kind::kClause:
      EmitClause({node.index});
      break;
  }
}

Register Values::EmitFact(model::FactId id) {
  const program::Fact& fact = model_.schema.facts[id.index];
  constexpr Opcode kLoads[] = {Opcode::kLoadTruth, Opcode::kLoadNumber, Opcode::kLoadCode};
  const RegisterKind kind = program::RegisterKindOf(fact.type.kind);
  Register value = emitter_.Emit(kLoads[static_cast<std::size_t>(kind)], fact.domain, {id.index});
  for (const std::uint32_t holds : order_.HoldsOf(id)) value = EmitGuard(value, fact.domain, holds);
  return value;
}

Register Values::EmitGuard(Register value, std::uint32_t domain, std::uint32_t holds) {
  Register condition = Of(model_.holds[holds].condition);
  program_.holds[holds].value = condition;
  const std::uint32_t condition_domain = emitter_.DomainOf(condition);
  if (condition_domain != domain && condition_domain != 0) {
    condition = emitter_.Emit(Opcode::kFoldAll, 0, {condition, condition_domain});
  }
  condition = emitter_.Broadcast(condition, domain);
  constexpr Opcode kGuards[] = {Opcode::kGuardTruth, Opcode::kGuardNumber, Opcode::kGuardCode};
  return emitter_.Emit(kGuards[static_cast<std::size_t>(emitter_.KindOf(value))], domain,
                       {value, condition, holds});
}

Register Values::EmitConstant(const model::Constant& constant, RegisterKind kind) {
  if (const auto* number = std::get_if<model::Rational>(&constant)) return emitter_.Number(*number, 0);
  const std::int32_t code = std::get<std::int32_t>(constant);
  return kind == RegisterKind::kTruth ? emitter_.Truth(code != 0, 0) : emitter_.Code(code, 0);
}

Register Values::EmitParameter(const model::Parameter& parameter) {
  const RegisterKind kind = program::RegisterKindOf(parameter.type.kind);
  Register value = kNone;
  for (const model::DatedValue& dated : parameter.values) {
    const Register constant = EmitConstant(dated.value, kind);
    if (!dated.from) {
      value = constant;
      continue;
    }
    if (value == kNone) {
      value = emitter_.Unknown(kind, 0,
                               {program::ReasonKind::kNoValueInForce, kNone, kNone, parameter.naming.name});
    }
    const Register from = emitter_.Code(*dated.from, 0);
    const Register in_force = emitter_.Emit(Opcode::kLessEqualCode, 0, {from, Of(model_.reference)});
    value = emitter_.Select(in_force, constant, value);
  }
  return value;
}

Register Values::EmitBody(ClauseId id) {
  const model::Clause& clause = model_.clauses[id.index];
  if (clause.kind == program::ClauseKind::kUndisclosed) {
    return emitter_.Unknown(RegisterKind::kTruth, 0,
                            {program::ReasonKind::kUndisclosed, id.index, kNone, clause.text});
  }
  if (clause.condition.valid()) return Of(clause.condition);
  std::vector<Register> items;
  for (const ClauseId item : DecidingItems(model_, id)) items.push_back(Of(item).value);
  return emitter_.And(items, 0);
}

void Values::EmitClause(ClauseId id) {
  if (!Decides(model_, id)) return;
  const model::Clause& clause = model_.clauses[id.index];
  ClauseRegisters registers;
  registers.body = EmitBody(id);
  registers.own = registers.body;
  // What stands in for another clause does so only where it is live: there is no "holds where it does not
  // apply".
  if (clause.when.valid() && clause.replaces.empty()) {
    registers.own = emitter_.Or({emitter_.Not(Of(clause.when)), registers.body}, 0);
  }
  const Register value = EmitReplacements(id, registers);
  if (clause.in_principle) {
    std::vector<Register> fine = registers.lives;
    fine.push_back(registers.own);
    if (!clause.replaces.empty()) {
      std::vector<Register> live;
      for (const ExpressionId condition : LiveConditions(model_, id)) live.push_back(Of(condition));
      fine.push_back(emitter_.Not(emitter_.And(live, 0)));
    }
    registers.principle = emitter_.Or(fine, 0);
  }
  registers.value = emitter_.EmitClause(value, id.index);
  clauses_[id.index] = std::move(registers);
}

Register Values::EmitReplacements(ClauseId id, ClauseRegisters& registers) {
  const std::vector<ClauseId>& by = model_.clauses[id.index].replaced_by;
  for (const ClauseId replacing : by) {
    std::vector<Register> conditions;
    for (const ExpressionId condition : LiveConditions(model_, replacing))
      conditions.push_back(Of(condition));
    registers.lives.push_back(emitter_.And(conditions, 0));
  }
  registers.replaced.resize(by.size());
  // What holds in principle denies nothing; what stands in its place may.
  Register value = model_.clauses[id.index].in_principle ? emitter_.Truth(true, 0) : registers.own;
  for (std::size_t index = by.size(); index-- > 0;) {
    value = emitter_.Select(registers.lives[index], Of(by[index]).value, value);
    registers.replaced[index] = value;
  }
  return by.size() > 1 ? EmitConflicts(id, registers, value) : value;
}

Register Values::EmitConflicts(ClauseId id, const ClauseRegisters& registers, Register settled) {
  const std::vector<ClauseId>& by = model_.clauses[id.index].replaced_by;
  // Each pair has its own reason, which names both; past a number that no law reaches, one reason for all
  // keeps this linear.
  constexpr std::size_t kMostPairwise = 8;
  const auto conflict = [&](std::size_t first, std::size_t second) {
    return emitter_.Unknown(
        RegisterKind::kTruth, 0,
        {program::ReasonKind::kConflict, by[first].index, by[second].index, model_.clauses[id.index].id});
  };
  if (by.size() > kMostPairwise) {
    std::vector<std::uint32_t> operands{emitter_.Number(2, 0)};
    operands.insert(operands.end(), registers.lives.begin(), registers.lives.end());
    return emitter_.Select(emitter_.Emit(Opcode::kAtLeast, 0, operands), conflict(0, 1), settled);
  }
  for (std::size_t second = by.size(); second-- > 1;) {
    for (std::size_t first = second; first-- > 0;) {
      const Register both = emitter_.And({registers.lives[first], registers.lives[second]}, 0);
      if (!emitter_.IsTruth(both, false)) settled = emitter_.Select(both, conflict(first, second), settled);
    }
  }
  return settled;
}

Register Values::LowerDecision(const model::Decision& decision) {
  Register value = kNone;
  for (std::size_t index = decision.cases.size(); index-- > 0;) {
    const model::DecisionCase& one = decision.cases[index];
    const Register outcome = emitter_.Code(static_cast<std::int32_t>(one.outcome), 0);
    value = value == kNone || !one.condition.valid() ? outcome
                                                     : emitter_.Select(Lower(one.condition), outcome, value);
  }
  return value;
}

}  // namespace pol::lower
