#include <algorithm>
#include <array>

#include "runtime/program/instruction_info.h"
#include "runtime/program/verifier.h"

namespace pol::program {
namespace {

bool IsIndexOrNone(std::uint32_t index, std::size_t size) { return index == kNone || index < size; }

bool IsSoundState(const Machine& machine, const MachineState& state) {
  const bool leads_on = std::ranges::all_of(state.transitions, [&](const Transition& transition) {
    return transition.condition < machine.conditions && transition.target < machine.states.size();
  });
  const bool times_out = state.timeout_unit == TimeoutUnit::kNever ||
                         (state.timeout_unit <= TimeoutUnit::kMonths && state.timeout > 0 &&
                          state.timeout_target < machine.states.size());
  return leads_on && times_out;
}

// The checks of one program's lifecycles.
class LifecycleVerifier {
 public:
  LifecycleVerifier(const Program& program, const std::vector<std::uint32_t>& code_bounds, Errors& errors)
      : program_(program), code_bounds_(code_bounds), errors_(errors) {}

  void Check(std::size_t index);

 private:
  bool IsRegister(std::uint32_t value, RegisterKind kind) const {
    return value < program_.instructions.size() && InfoOf(program_.instructions[value].opcode).result == kind;
  }
  bool IsOfRecord(std::uint32_t value, RegisterKind kind) const {
    return IsRegister(value, kind) && program_.instructions[value].domain == 0;
  }
  bool IsOfRecordOrNone(std::uint32_t value, RegisterKind kind) const {
    return value == kNone || IsOfRecord(value, kind);
  }
  bool IsOfDuty(const Duty& duty, std::uint32_t value, RegisterKind kind) const {
    if (!IsRegister(value, kind)) return false;
    const Domain& domain = program_.schema.domains[program_.instructions[value].domain];
    return domain.kind == (duty.recurring ? DomainKind::kYears : DomainKind::kRecord);
  }
  bool HasItsValues(const Duty& duty) const;
  void CheckStates(std::size_t index);

  const Program& program_;
  const std::vector<std::uint32_t>& code_bounds_;
  Errors& errors_;
};

bool LifecycleVerifier::HasItsValues(const Duty& duty) const {
  const bool truths = std::ranges::all_of(std::array{duty.owed, duty.met, duty.missed}, [&](auto value) {
    return IsOfDuty(duty, value, RegisterKind::kTruth);
  });
  const bool dates = std::ranges::all_of(std::array{duty.due, duty.nominal}, [&](auto value) {
    return IsOfDuty(duty, value, RegisterKind::kCode);
  });
  return truths && dates && (duty.met_on == kNone || IsOfDuty(duty, duty.met_on, RegisterKind::kCode));
}

// Its known states are members of its enumeration, so that whoever shows them need not ask.
void LifecycleVerifier::CheckStates(std::size_t index) {
  const Lifecycle& lifecycle = program_.lifecycles[index];
  if (!errors_.Check(lifecycle.enumeration < program_.schema.enumerations.size(),
                     "lifecycle {} has no enumeration", index)) {
    return;
  }
  const std::size_t members = program_.schema.enumerations[lifecycle.enumeration].members.size();
  errors_.Check(lifecycle.states.size() == members, "lifecycle {} has {} states of {} names", index,
                lifecycle.states.size(), members);
  if (errors_.Check(IsOfRecord(lifecycle.state, RegisterKind::kCode), "lifecycle {} has no state", index)) {
    errors_.Check(code_bounds_[lifecycle.state] <= members, "lifecycle {} may be in no state of its own",
                  index);
  }
  for (const LifecycleState& state : lifecycle.states) {
    errors_.Check(
        state.phase <= LifecyclePhase::kEnded && IsIndexOrNone(state.clause, program_.clauses.size()),
        "lifecycle {} has a state of no known phase or clause", index);
  }
}

void LifecycleVerifier::Check(std::size_t index) {
  const Lifecycle& lifecycle = program_.lifecycles[index];
  CheckStates(index);
  errors_.Check(IsOfRecord(lifecycle.since, RegisterKind::kCode) &&
                    IsOfRecord(lifecycle.start, RegisterKind::kCode) &&
                    IsOfRecordOrNone(lifecycle.expiry, RegisterKind::kCode) &&
                    IsOfRecordOrNone(lifecycle.barred, RegisterKind::kTruth) &&
                    IsOfRecordOrNone(lifecycle.barred_until, RegisterKind::kCode),
                "lifecycle {} lacks a date", index);
  const std::uint32_t explanation = lifecycle.explanation;
  errors_.Check(
      explanation == kNone || (explanation < program_.explanations.size() &&
                               program_.explanations[explanation].kind == ExplanationKind::kLifecycle &&
                               program_.explanations[explanation].lifecycle == index),
      "lifecycle {} has no explanation", index);
  for (std::size_t i = 0; i < lifecycle.duties.size() && !errors_.full(); ++i) {
    const Duty& duty = lifecycle.duties[i];
    errors_.Check(IsIndexOrNone(duty.clause, program_.clauses.size()),
                  "duty {} of lifecycle {} follows from no clause", i, index);
    errors_.Check(HasItsValues(duty), "duty {} of lifecycle {} lacks a value", i, index);
  }
}

}  // namespace

// Of one state, and of the conditions that a machine chooses from: each is looked at for each element.
constexpr std::size_t kMostTransitions = 1024;

void VerifyMachines(const Program& program, Errors& errors) {
  for (std::size_t i = 0; i < program.machines.size() && !errors.full(); ++i) {
    const Machine& machine = program.machines[i];
    errors.Check(machine.states.size() <= kMostMachineStates && machine.initial < machine.states.size(),
                 "machine {} has no first state, or too many", i);
    const auto few = [](const MachineState& state) { return state.transitions.size() <= kMostTransitions; };
    errors.Check(machine.conditions <= kMostTransitions && std::ranges::all_of(machine.states, few),
                 "machine {} has too many transitions", i);
    // A code is signed.
    errors.Check(machine.first_code <= 0x7fffffffu - kMostMachineStates, "machine {} has no such codes", i);
    errors.Check(
        std::ranges::all_of(machine.states, [&](const MachineState& s) { return IsSoundState(machine, s); }),
        "machine {} leads to no state of its own", i);
  }
}

void VerifyLifecycles(const Program& program, const std::vector<std::uint32_t>& code_bounds, Errors& errors) {
  LifecycleVerifier verifier(program, code_bounds, errors);
  for (std::size_t i = 0; i < program.lifecycles.size() && !errors.full(); ++i) verifier.Check(i);
}

}  // namespace pol::program
