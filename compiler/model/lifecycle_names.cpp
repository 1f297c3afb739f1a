// The names of lifecycles: their states, which are the members of an enumeration of their own, and their
// duties. In any order, so that clauses may speak of them before they are typed.
#include <algorithm>
#include <unordered_set>

#include "compiler/model/declare.h"
#include "compiler/source/map_each.h"

namespace pol::model {
namespace {

using program::LifecyclePhase;

class LifecycleDeclarer {
 public:
  LifecycleDeclarer(Context& context, std::uint32_t index)
      : context_(context),
        state_(context.lifecycles[index]),
        declaration_(*state_.source.declaration),
        lifecycle_(context.model.lifecycles[index]),
        id_{index} {}

  void Declare() {
    lifecycle_.enumeration = static_cast<std::uint32_t>(context_.model.schema.enumerations.size());
    context_.model.schema.enumerations.push_back({lifecycle_.naming, false, {}});
    context_.members.emplace_back();
    context_.enumeration_ranges.push_back(lifecycle_.range);
    start_ = FindStart();
    AddStates();
    AddDuties();
    CheckReached();
  }

 private:
  const syntax::LifecycleStart* FindStart() {
    const syntax::LifecycleStart* start = nullptr;
    for (const syntax::LifecycleMember& member : declaration_.members) {
      const auto* one = std::get_if<syntax::LifecycleStart>(&member);
      if (one == nullptr) continue;
      if (start != nullptr) {
        context_.Error(Kind::kLifecycleStartTwice, one->range, {lifecycle_.naming.name})
            .notes.push_back({start->range, Kind::kFirstHere, {"starts"}});
        continue;
      }
      start = one;
    }
    if (start == nullptr) {
      context_.Error(Kind::kLifecycleWithoutStart, lifecycle_.range, {lifecycle_.naming.name});
      state_.failed = true;
    }
    return start;
  }

  // ---- States ----

  void AddStates() {
    AddState({"none", "未取得", {}}, LifecyclePhase::kBefore, lifecycle_.range);
    for (const syntax::LifecycleMember& member : declaration_.members) {
      if (const auto* stage = std::get_if<syntax::LifecycleStage>(&member)) {
        AddNamed(stage->naming, LifecyclePhase::kBefore);
      }
    }
    if (start_ != nullptr) AddStart();
    for (const syntax::LifecycleMember& member : declaration_.members) {
      if (const auto* state = std::get_if<syntax::LifecycleState>(&member)) AddFurther(*state);
    }
    for (const syntax::LifecycleMember& member : declaration_.members) {
      if (const auto* end = std::get_if<syntax::LifecycleEnd>(&member)) {
        AddNamed(end->naming, LifecyclePhase::kEnded);
        lifecycle_.states.back().at_event = !end->condition.valid();
        lifecycle_.states.back().barred_for_good = end->bar.kind == syntax::BarKind::kForGood;
      }
    }
    if (start_ != nullptr && start_->period.valid()) {
      AddState({"expired", "已到期", {}}, LifecyclePhase::kEnded, start_->range);
    }
    if (lifecycle_.states.size() > program::kMostMachineStates) {
      context_.Error(Kind::kLifecycleTooManyStates, lifecycle_.range,
                     {lifecycle_.naming.name, std::to_string(program::kMostMachineStates)});
      state_.failed = true;
    }
  }

  // What it starts in may be described as a state further down, too.
  void AddStart() {
    program::Naming naming = NamingOf(start_->naming);
    const bool named = start_->naming.name.valid();
    if (!named) naming = {"active", naming.label.empty() ? "有效" : naming.label, naming.aliases};
    started_ = static_cast<std::uint32_t>(lifecycle_.states.size());
    AddState(std::move(naming), LifecyclePhase::kRunning, named ? start_->naming.name.range : start_->range);
  }

  void AddFurther(const syntax::LifecycleState& state) {
    const auto known = state_.states.find(state.naming.name.text);
    const bool start = start_ != nullptr && known != state_.states.end() && known->second == started_;
    if (!start || described_start_ || state.final) {
      AddNamed(state.naming, state.final ? LifecyclePhase::kEnded : LifecyclePhase::kRunning);
      lifecycle_.states.back().barred_for_good = state.bar.kind == syntax::BarKind::kForGood;
      return;
    }
    described_start_ = true;
    LifecycleState& described = lifecycle_.states[started_];
    program::Naming& member = context_.model.schema.enumerations[lifecycle_.enumeration].members[started_];
    if (state.naming.label.present) described.naming.label = state.naming.label.value;
    member = described.naming;
    described.barred_for_good = state.bar.kind == syntax::BarKind::kForGood;
  }

  void AddNamed(const syntax::Naming& naming, LifecyclePhase phase) {
    AddState(NamingOf(naming), phase, naming.name.range);
  }

  void AddState(program::Naming naming, LifecyclePhase phase, Range range) {
    const auto index = static_cast<std::uint32_t>(lifecycle_.states.size());
    const auto [place, fresh] = state_.states.try_emplace(naming.name, index);
    if (!fresh) {
      context_.Error(Kind::kDuplicateName, range, {naming.name})
          .notes.push_back({lifecycle_.states[place->second].range, Kind::kFirstHere, {naming.name}});
      state_.failed = true;
      return;
    }
    LifecycleState state;
    state.naming = naming;
    state.phase = phase;
    state.range = range;
    lifecycle_.states.push_back(std::move(state));
    context_.members[lifecycle_.enumeration].emplace(naming.name, index);
    context_.scope.DeclareMember(naming.name, {lifecycle_.enumeration, index});
    context_.model.schema.enumerations[lifecycle_.enumeration].members.push_back(std::move(naming));
  }

  // ---- Duties ----

  void AddDuties() {
    for (const syntax::LifecycleMember& member : declaration_.members) {
      const auto* written = std::get_if<syntax::LifecycleDuty>(&member);
      if (written == nullptr) continue;
      const DutyPlace place{id_, static_cast<std::uint32_t>(lifecycle_.duties.size())};
      const auto [known, fresh] = context_.duties.try_emplace(written->naming.name.text, place);
      if (!fresh) {
        const DutyPlace& first = known->second;
        const Range range = context_.model.lifecycles[first.lifecycle.index].duties[first.duty].range;
        context_.Error(Kind::kDuplicateName, written->naming.name.range, {written->naming.name.text})
            .notes.push_back({range, Kind::kFirstHere, {written->naming.name.text}});
      }
      Duty duty;
      duty.naming = NamingOf(written->naming);
      duty.recurring = written->recurring;
      duty.range = written->naming.name.range;
      lifecycle_.duties.push_back(std::move(duty));
    }
  }

  // ---- Transitions ----

  const syntax::LifecycleState* Described(const std::string& name) const {
    for (const syntax::LifecycleMember& member : declaration_.members) {
      const auto* state = std::get_if<syntax::LifecycleState>(&member);
      if (state != nullptr && state->naming.name.text == name) return state;
    }
    return nullptr;
  }

  // Every transition leads to a state that is described or begun in, and every such state can be come to.
  void CheckReached() {
    if (start_ == nullptr || state_.failed) return;
    std::unordered_set<std::string> reached;
    std::vector<std::string> open = {lifecycle_.states[started_].naming.name};
    while (!open.empty()) {
      const std::string name = std::move(open.back());
      open.pop_back();
      const syntax::LifecycleState* state = Described(name);
      if (!reached.insert(name).second || state == nullptr) continue;
      for (const syntax::LifecycleTransition& transition : state->transitions) {
        open.push_back(transition.target.text);
      }
    }
    for (const syntax::LifecycleMember& member : declaration_.members) {
      const auto* state = std::get_if<syntax::LifecycleState>(&member);
      if (state == nullptr) continue;
      for (const syntax::LifecycleTransition& transition : state->transitions) CheckTarget(transition.target);
    }
    if (state_.failed) return;  // a state may be unreached for its name misspelt
    for (const syntax::LifecycleMember& member : declaration_.members) {
      const auto* state = std::get_if<syntax::LifecycleState>(&member);
      if (state == nullptr || reached.contains(state->naming.name.text)) continue;
      context_.Error(Kind::kStateNotReached, state->naming.name.range,
                     {state->naming.name.text, lifecycle_.states[started_].naming.name});
    }
  }

  void CheckTarget(const syntax::Name& target) {
    const auto known = state_.states.find(target.text);
    const bool fine =
        known != state_.states.end() && (known->second == started_ || Described(target.text) != nullptr);
    if (fine || !target.valid()) return;
    auto& error = context_.Error(Kind::kUnknownState, target.range, {target.text, lifecycle_.naming.name});
    const auto names = MapEach(lifecycle_.states, [](const LifecycleState& one) { return one.naming.name; });
    context_.Suggest(error, target.range, target.text, names);
    state_.failed = true;
  }

  Context& context_;
  LifecycleSource& state_;
  const syntax::Lifecycle& declaration_;
  Lifecycle& lifecycle_;
  LifecycleId id_;
  const syntax::LifecycleStart* start_ = nullptr;
  std::uint32_t started_ = 0;
  bool described_start_ = false;
};

// The clauses that states and duties follow from, once there are clauses.
class LifecycleCiter {
 public:
  LifecycleCiter(Context& context, std::uint32_t index)
      : context_(context), state_(context.lifecycles[index]), lifecycle_(context.model.lifecycles[index]) {}

  void Cite() {
    std::size_t duty = 0;
    for (const syntax::LifecycleMember& member : state_.source.declaration->members) {
      if (const auto* owed = std::get_if<syntax::LifecycleDuty>(&member)) {
        lifecycle_.duties[duty++].clause = Cited(owed->citation);
      } else if (const auto* start = std::get_if<syntax::LifecycleStart>(&member)) {
        CiteStart(*start);
      } else if (const auto* stage = std::get_if<syntax::LifecycleStage>(&member)) {
        CiteState(stage->naming, stage->citation);
      } else if (const auto* end = std::get_if<syntax::LifecycleEnd>(&member)) {
        CiteState(end->naming, end->citation);
      } else if (const auto* state = std::get_if<syntax::LifecycleState>(&member)) {
        CiteState(state->naming, state->citation);
      }
    }
  }

 private:
  ClauseId Cited(const std::optional<syntax::Citation>& citation) {
    return citation ? context_.Cited(*citation) : ClauseId{};
  }

  void CiteState(const syntax::Naming& naming, const std::optional<syntax::Citation>& citation) {
    const ClauseId clause = Cited(citation);
    const auto state = state_.states.find(naming.name.text);
    if (clause.valid() && state != state_.states.end()) lifecycle_.states[state->second].clause = clause;
  }

  // It expires by the clause that makes it valid for a time.
  void CiteStart(const syntax::LifecycleStart& start) {
    const ClauseId clause = Cited(start.citation);
    if (!clause.valid()) return;
    const auto running =
        std::ranges::find(lifecycle_.states, LifecyclePhase::kRunning, &LifecycleState::phase);
    if (running != lifecycle_.states.end()) running->clause = clause;
    const auto expired = state_.states.find("expired");
    if (start.period.valid() && expired != state_.states.end()) {
      lifecycle_.states[expired->second].clause = clause;
    }
  }

  Context& context_;
  LifecycleSource& state_;
  Lifecycle& lifecycle_;
};

}  // namespace

void CiteLifecycles(Context& context) {
  for (std::uint32_t index = 0; index < context.lifecycles.size(); ++index) {
    LifecycleCiter(context, index).Cite();
  }
}

void DeclareLifecycles(Context& context) {
  for (std::uint32_t index = 0; index < context.lifecycles.size(); ++index) {
    LifecycleDeclarer(context, index).Declare();
  }
}

}  // namespace pol::model
