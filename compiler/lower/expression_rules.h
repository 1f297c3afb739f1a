// How each kind of the model's expressions becomes instructions; its operands were lowered before. Part of
// values.h.
#pragma once

#include "compiler/lower/values.h"

namespace pol::lower {

struct ExpressionRules {
  Values& values;
  const model::ExpressionInfo& info;

  Register operator()(const model::ConstantTruth& it) const;
  Register operator()(const model::ConstantNumber& it) const;
  Register operator()(const model::ConstantCode& it) const;
  Register operator()(const model::FactValue& it) const;
  Register operator()(const model::FactPresence& it) const;
  Register operator()(const model::ParameterValue& it) const;
  Register operator()(const model::AsOf& it) const;
  Register operator()(const model::LetValue& it) const;
  Register operator()(const model::GrantValue& it) const;
  Register operator()(const model::ScoreValue& it) const;
  Register operator()(const model::LifecycleValue& it) const;
  Register operator()(const model::MissedDuty& it) const;
  Register operator()(const model::ClauseValue& it) const;
  Register operator()(const model::Broadcast& it) const;
  Register operator()(const model::Not& it) const;
  Register operator()(const model::All& it) const;
  Register operator()(const model::Any& it) const;
  Register operator()(const model::AtLeast& it) const;
  Register operator()(const model::Arithmetic& it) const;
  Register operator()(const model::Negate& it) const;
  Register operator()(const model::Round& it) const;
  Register operator()(const model::Comparison& it) const;
  Register operator()(const model::Conditional& it) const;
  Register operator()(const model::Bands& it) const;
  Register operator()(const model::Brackets& it) const;
  Register operator()(const model::WithinRegion& it) const;
  Register operator()(const model::AddPeriod& it) const;
  Register operator()(const model::Elapsed& it) const;
  Register operator()(const model::PartOfDate& it) const;
  Register operator()(const model::FirstDayOfYear& it) const;
  Register operator()(const model::YearInWindow& it) const;
  Register operator()(const model::Previous& it) const;
  Register operator()(const model::LaneYear& it) const;
  Register operator()(const model::UndatedMoment& it) const;
  Register operator()(const model::Fold& it) const;
  Register operator()(const model::Pick& it) const;
  Register operator()(const model::ByYear& it) const;
  Register operator()(const model::Walk& it) const;

 private:
  Emitter& emitter() const { return values.emitter_; }
  Register Of(model::ExpressionId id) const { return values.Of(id); }
  std::vector<Register> Of(const std::vector<model::ExpressionId>& ids) const;
  Register Emit(program::Opcode opcode, std::initializer_list<std::uint32_t> operands) const {
    return emitter().Emit(opcode, info.domain, operands);
  }
  Register OfMeaning(const model::Expression& name) const;
  Register PartOf(const model::BracketRow& row, Register subject) const;
  Register EqualTruth(Register left, Register right) const;
  Register EmitComparison(program::Comparison comparison, Register left, Register right) const;
  Register NoCalendar() const;
  Register FoldTruth(const model::Fold& it) const;
  // The windows of years among the conditions that select a fold's lanes.
  std::vector<Register> WindowsOf(const model::Fold& fold) const;
  Register WindowUnknown(const model::Fold& fold) const;
  Register ConditionOf(const model::Fold& fold) const;
  Register ThresholdOf(const model::Fold& fold) const;
};

}  // namespace pol::lower
