#include <fmt/format.h>

#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "runtime/program/listing.h"

namespace pol::program {
namespace {

std::string_view NameOf(LifecyclePhase phase) {
  switch (phase) {
    case LifecyclePhase::kBefore:
      return "before";
    case LifecyclePhase::kRunning:
      return "running";
    case LifecyclePhase::kEnded:
      return "ended";
  }
  return "?";
}

template <typename... Arguments>
void Add(std::string& text, fmt::format_string<Arguments...> format, Arguments&&... arguments) {
  fmt::format_to(std::back_inserter(text), format, std::forward<Arguments>(arguments)...);
}

void AddRegister(std::string_view before, std::uint32_t value, std::string& text) {
  if (value != kNone) Add(text, "{}r{}", before, value);
}

void AddClause(const Program& program, std::uint32_t clause, std::string& text) {
  if (clause != kNone) Add(text, " §{}", Word(program.clauses[clause].id));
}

void ListState(const MachineState& state, std::size_t index, std::string& text) {
  Add(text, "    s{}", index);
  for (const Transition& transition : state.transitions) {
    Add(text, " on {} -> s{}", transition.condition, transition.target);
  }
  if (state.timeout_unit != TimeoutUnit::kNever) {
    const bool months = state.timeout_unit == TimeoutUnit::kMonths;
    Add(text, " after {} {} -> s{}", state.timeout, months ? "months" : "days", state.timeout_target);
  }
  text += '\n';
}

void ListDuty(const Program& program, const Duty& duty, std::string& text) {
  Add(text, "    duty {}", NamingText(duty.naming));
  AddClause(program, duty.clause, text);
  if (duty.recurring) text += " recurring";
  AddRegister(" owed ", duty.owed, text);
  AddRegister(" due ", duty.due, text);
  AddRegister(" nominal ", duty.nominal, text);
  AddRegister(" met ", duty.met, text);
  AddRegister(" met_on ", duty.met_on, text);
  AddRegister(" missed ", duty.missed, text);
  Add(text, "{}\n", PlaceText(duty.place));
}

void ListLifecycle(const Program& program, const Lifecycle& lifecycle, std::string& text) {
  Add(text, "  {} : e{}", NamingText(lifecycle.naming), lifecycle.enumeration);
  AddRegister(" = ", lifecycle.state, text);
  AddRegister(" since ", lifecycle.since, text);
  AddRegister(" start ", lifecycle.start, text);
  AddRegister(" expiry ", lifecycle.expiry, text);
  AddRegister(" barred ", lifecycle.barred, text);
  AddRegister(" until ", lifecycle.barred_until, text);
  if (lifecycle.explanation != kNone) Add(text, " x{}", lifecycle.explanation);
  Add(text, "{}\n", PlaceText(lifecycle.place));
  const std::vector<Naming>& names = program.schema.enumerations[lifecycle.enumeration].members;
  for (std::size_t i = 0; i < lifecycle.states.size(); ++i) {
    const LifecycleState& state = lifecycle.states[i];
    Add(text, "    {} {} {}", i, NamingText(names[i]), NameOf(state.phase));
    AddClause(program, state.clause, text);
    Add(text, "{}{}\n", state.at_event ? " at_event" : "", state.barred_for_good ? " barred_for_good" : "");
  }
  for (const Duty& duty : lifecycle.duties) ListDuty(program, duty, text);
}

}  // namespace

void ListMachines(const Program& program, std::string& text) {
  if (!program.machines.empty()) text += "\nmachines\n";
  for (std::size_t i = 0; i < program.machines.size(); ++i) {
    const Machine& machine = program.machines[i];
    Add(text, "  m{} from s{} codes {}.. truths {}\n", i, machine.initial, machine.first_code,
        machine.conditions);
    for (std::size_t state = 0; state < machine.states.size(); ++state) {
      ListState(machine.states[state], state, text);
    }
  }
}

void ListLifecycles(const Program& program, std::string& text) {
  if (!program.lifecycles.empty()) text += "\nlifecycles\n";
  for (const Lifecycle& lifecycle : program.lifecycles) ListLifecycle(program, lifecycle, text);
}

}  // namespace pol::program
