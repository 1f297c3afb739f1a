// Lifecycles and their machines as text: the last part but one of a model's dump.
#include "compiler/model/dump.h"

namespace pol::model {
namespace {

class LifecycleWriter {
 public:
  explicit LifecycleWriter(const Model& model) : model_(model) {}

  std::string Write() {
    for (const Lifecycle& lifecycle : model_.lifecycles) WriteLifecycle(lifecycle);
    for (std::size_t index = 0; index < model_.machines.size(); ++index) WriteMachine(index);
    return std::move(text_);
  }

 private:
  void Line(const std::string& line) { text_ += line + "\n"; }
  void Field(std::string_view name, ExpressionId id, std::string_view indent = "  ") {
    if (id.valid()) Line(std::string(indent) + std::string(name) + " " + DumpExpression(model_, id));
  }
  static std::string NamingText(const program::Naming& naming) {
    return naming.label.empty() ? naming.name : naming.name + " \"" + naming.label + "\"";
  }
  std::string Cited(ClauseId id) const {
    return id.valid() ? " §" + model_.clauses[id.index].id : std::string{};
  }

  void WriteLifecycle(const Lifecycle& lifecycle) {
    Line("lifecycle " + NamingText(lifecycle.naming));
    for (const LifecycleState& state : lifecycle.states) {
      constexpr std::string_view kPhases[] = {"before", "running", "ended"};
      Line("  state " + NamingText(state.naming) + Cited(state.clause) + " " +
           std::string(kPhases[static_cast<std::size_t>(state.phase)]));
    }
    Field("started", lifecycle.started);
    Field("start", lifecycle.start);
    Field("expiry", lifecycle.expiry);
    for (const Duty& duty : lifecycle.duties) WriteDuty(duty);
    for (const LifecycleTrigger& trigger : lifecycle.triggers) {
      Field("ends " + lifecycle.states[trigger.state].naming.name + " when", trigger.condition);
    }
    Field("state", lifecycle.state);
    Field("since", lifecycle.since);
    Field("barred", lifecycle.barred);
    Field("barred_until", lifecycle.barred_until);
  }

  void WriteDuty(const Duty& duty) {
    Line("  duty " + NamingText(duty.naming) + Cited(duty.clause) + (duty.recurring ? " recurring" : ""));
    Field("window", duty.window, "    ");
    Field("owed", duty.owed, "    ");
    Field("due", duty.due, "    ");
    if (!(duty.nominal == duty.due)) Field("nominal", duty.nominal, "    ");
    Field("met", duty.met, "    ");
    Field("met_on", duty.met_on, "    ");
    Field("missed", duty.missed, "    ");
  }

  void WriteMachine(std::size_t index) {
    const program::Machine& machine = model_.machines[index];
    Line("machine " + std::to_string(index) + " from " + std::to_string(machine.initial));
    for (std::size_t at = 0; at < machine.states.size(); ++at) {
      const program::MachineState& state = machine.states[at];
      std::string line = "  " + std::to_string(at) + ":";
      for (const program::Transition& transition : state.transitions) {
        line += " on " + std::to_string(transition.condition) + " -> " + std::to_string(transition.target);
      }
      if (state.timeout_unit != program::TimeoutUnit::kNever) {
        line += " after " + std::to_string(state.timeout) +
                (state.timeout_unit == program::TimeoutUnit::kDays ? " days" : " months") + " -> " +
                std::to_string(state.timeout_target);
      }
      const bool moves = !state.transitions.empty() || state.timeout_unit != program::TimeoutUnit::kNever;
      if (moves) Line(line);
    }
  }

  const Model& model_;
  std::string text_;
};

}  // namespace

std::string DumpLifecycles(const Model& model) { return LifecycleWriter(model).Write(); }

}  // namespace pol::model
