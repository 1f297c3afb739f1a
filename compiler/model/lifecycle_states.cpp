// Lifecycles, the second step: what ends one, the states it passes through, and the state it is in. What
// ended it is what happened first; before anything did, it is where its events have led.
#include <algorithm>

#include "compiler/model/lifecycles.h"
#include "compiler/model/moments.h"

namespace pol::model {

using program::ValueKind;

// ---- Before the start ----

// The latest stage that was come to, in the order in which they are written.
LifecycleTyper::Standing LifecycleTyper::BeforeStart() {
  Standing before{StateCode(0), Undated()};
  for (const syntax::LifecycleMember& member : declaration_.members) {
    const auto* stage = std::get_if<syntax::LifecycleStage>(&member);
    if (stage == nullptr) continue;
    ExpressionId happened;
    ExpressionId date;
    if (!TypeOccasion(stage->at, happened, date, true, {})) continue;
    before.state = Choose(happened, StateCode(source_.states.at(stage->naming.name.text)), before.state);
    before.since = Choose(happened, date, before.since);
  }
  return before;
}

// ---- Ends ----

void LifecycleTyper::AddEnd(const syntax::LifecycleEnd& written, std::vector<End>& ends) {
  End end;
  end.state = source_.states.at(written.naming.name.text);
  if (written.condition.valid()) {
    end.holds = typer_.RecordCondition(environment_, written.condition);
    if (!end.holds.valid()) return;
    end.date = Moments(context_).Of(end.holds);
    // What was so before the start ends it when it starts.
    if (end.date.valid()) end.date = Later(end.date, model().start, true);
    model().triggers.push_back({end.state, end.holds});
  } else if (!TypeOccasion(written.at, end.holds, end.date, false, model().start)) {
    return;
  }
  ends.push_back(end);
}

std::vector<LifecycleTyper::End> LifecycleTyper::TypeEnds() {
  std::vector<End> ends;
  for (const syntax::LifecycleMember& member : declaration_.members) {
    if (const auto* end = std::get_if<syntax::LifecycleEnd>(&member)) AddEnd(*end, ends);
  }
  const ExpressionId expiry = model().expiry;
  if (!expiry.valid()) return ends;
  End expired;
  expired.expires = true;
  expired.state = source_.states.at("expired");
  expired.holds = Compare(program::Comparison::kGreater, AsOfDate(0), expiry);
  expired.date = AddTo(expiry, 1, PeriodUnit::kDays);
  ends.push_back(expired);
  return ends;
}

// Of the ends that have a date: it holds, and no other of them that holds came before it. Of two on one day
// the one written first counts, but expiry before all: on its day there was nothing left to end.
ExpressionId LifecycleTyper::IsFirstDated(const std::vector<End>& ends, std::size_t at) {
  std::vector<ExpressionId> conditions = {ends[at].holds};
  for (std::size_t other = 0; other < ends.size(); ++other) {
    if (other == at || !ends[other].date.valid()) continue;
    const bool wins_ties = ends[at].expires || (!ends[other].expires && at < other);
    // Which came first is asked only where both hold.
    const auto comparison = wins_ties ? program::Comparison::kLessEqual : program::Comparison::kLess;
    const ExpressionId earlier = Compare(comparison, ends[at].date, ends[other].date);
    conditions.push_back(Choose(ends[other].holds, earlier, context_.EmitTruth(true, 0, range_)));
  }
  return context_.EmitAll(std::move(conditions), 0, range_);
}

// By end: it holds, and is the one that counts. Between the first of those with a date and the first written
// of those without, the one written first counts, expiry last: so there is one whenever any holds.
std::vector<ExpressionId> LifecycleTyper::Firsts(const std::vector<End>& ends) {
  std::vector<ExpressionId> first;
  for (std::size_t at = 0; at < ends.size(); ++at) {
    first.push_back(ends[at].date.valid() ? IsFirstDated(ends, at) : ends[at].holds);
  }
  std::vector<ExpressionId> counts;
  for (std::size_t at = 0; at < ends.size(); ++at) {
    std::vector<ExpressionId> conditions = {first[at]};
    for (std::size_t other = 0; other < ends.size(); ++other) {
      const bool both_dated = ends[at].date.valid() && ends[other].date.valid();
      const bool before = !ends[other].expires && (other < at || ends[at].expires);
      if (other == at || both_dated || !before) continue;
      conditions.push_back(context_.EmitNot(first[other], range_));
    }
    counts.push_back(context_.EmitAll(std::move(conditions), 0, range_));
  }
  return counts;
}

// ---- States that events lead to ----

bool LifecycleTyper::AddTimeout(const syntax::LifecycleTransition& transition,
                                program::MachineState& machine) {
  const auto period = Period(transition.period);
  if (!period) return false;
  constexpr int kMost = 100'000;
  const auto amount = typer_.KnownNumber(period->first);
  const bool fits = amount && *amount >= 1 && *amount <= kMost && denominator(*amount) == 1;
  if (!fits || machine.timeout_unit != program::TimeoutUnit::kNever) {
    const Range range = fits ? transition.range : environment_.tree->RangeOf(transition.period);
    context_.Error(fits ? Kind::kTimeoutTwice : Kind::kTimeoutPeriod, range, {context_.WordsOf(range)});
    return false;
  }
  machine.timeout_unit =
      period->second == PeriodUnit::kDays ? program::TimeoutUnit::kDays : program::TimeoutUnit::kMonths;
  machine.timeout = static_cast<std::uint32_t>(numerator(*amount));
  machine.timeout_target = source_.states.at(transition.target.text);
  return true;
}

bool LifecycleTyper::AddTransitions(const syntax::LifecycleState& state, program::MachineState& machine,
                                    std::vector<ExpressionId>& conditions) {
  bool fine = true;
  for (const syntax::LifecycleTransition& transition : state.transitions) {
    if (transition.period.valid()) {
      fine = AddTimeout(transition, machine) && fine;
      continue;
    }
    const Occurrences events = EventsNamed(transition.on.event, transition.on.where);
    fine = fine && events.ok();
    if (!events.ok()) continue;
    machine.transitions.push_back(
        {static_cast<std::uint32_t>(conditions.size()), source_.states.at(transition.target.text)});
    conditions.push_back(events.condition);
  }
  return fine;
}

// False when something was wrong. Without further states, it stays in what it started in.
bool LifecycleTyper::TypeMachine() {
  const auto first =
      std::ranges::find(model().states, program::LifecyclePhase::kRunning, &LifecycleState::phase);
  initial_ = static_cast<std::uint32_t>(first - model().states.begin());
  program::Machine machine;
  machine.initial = initial_;
  machine.states.resize(model().states.size());
  std::vector<ExpressionId> conditions;
  bool moves = false;
  bool fine = true;
  for (const syntax::LifecycleMember& member : declaration_.members) {
    const auto* described = std::get_if<syntax::LifecycleState>(&member);
    if (described == nullptr) continue;
    moves = moves || !described->transitions.empty();
    const std::uint32_t index = source_.states.at(described->naming.name.text);
    fine = AddTransitions(*described, machine.states[index], conditions) && fine;
  }
  if (!fine || !moves) return fine;
  const auto list = EventList(range_);
  if (!list) return false;
  // A machine of timeouts alone has nothing to ask of the events.
  if (conditions.empty()) conditions = {context_.EmitTruth(false, *list, range_)};
  machine.conditions = static_cast<std::uint32_t>(conditions.size());
  walk_ = Walk{.machine = static_cast<std::uint32_t>(context_.model.machines.size()),
               .child = *list,
               .from = model().start,
               .until = {},
               .date = TimeOf(*list, range_),
               .conditions = std::move(conditions)};
  context_.model.machines.push_back(std::move(machine));
  return true;
}

LifecycleTyper::Standing LifecycleTyper::Led(ExpressionId until) {
  const ExpressionId initial = StateCode(initial_);
  if (!walk_) return {initial, model().start};
  Walk walk = *walk_;
  walk.until = until;
  walk.result = WalkResult::kSince;
  const ExpressionId since = context_.Emit(walk, DateType(), 0, range_);
  walk.result = WalkResult::kState;
  return {context_.Emit(std::move(walk), context_.model.InfoOf(initial).type, 0, range_), since};
}

// The states that events lead to and that nothing leads out of again; invalid without any.
ExpressionId LifecycleTyper::InFinalState(ExpressionId state) {
  if (!std::holds_alternative<Walk>(context_.model[state])) return {};
  std::vector<ExpressionId> states;
  for (const syntax::LifecycleMember& member : declaration_.members) {
    const auto* described = std::get_if<syntax::LifecycleState>(&member);
    if (described == nullptr || !described->final) continue;
    const ExpressionId code = StateCode(source_.states.at(described->naming.name.text));
    states.push_back(Compare(program::Comparison::kEqual, state, code));
  }
  return states.empty() ? ExpressionId{} : context_.EmitAny(std::move(states), 0, range_);
}

// ---- Bars ----

const syntax::Bar* LifecycleTyper::BarOf(std::uint32_t state) const {
  for (const syntax::LifecycleMember& member : declaration_.members) {
    if (const auto* end = std::get_if<syntax::LifecycleEnd>(&member)) {
      if (source_.states.at(end->naming.name.text) == state) return &end->bar;
    }
    if (const auto* described = std::get_if<syntax::LifecycleState>(&member)) {
      if (source_.states.at(described->naming.name.text) == state) return &described->bar;
    }
  }
  return nullptr;
}

void LifecycleTyper::TypeBars() {
  std::vector<ExpressionId> barred;
  ExpressionId until;
  for (std::uint32_t state = 0; state < model().states.size(); ++state) {
    const syntax::Bar* bar = BarOf(state);
    if (bar == nullptr || bar->kind == syntax::BarKind::kNone) continue;
    const ExpressionId in_state = Compare(program::Comparison::kEqual, model().state, StateCode(state));
    if (bar->kind == syntax::BarKind::kForGood) {
      barred.push_back(in_state);
      continue;
    }
    const auto period = Period(bar->period);
    if (!period) continue;
    const ExpressionId last = AddTo(model().since, period->first, period->second);
    const ExpressionId lasts = Compare(program::Comparison::kLessEqual, AsOfDate(0), last);
    barred.push_back(context_.EmitAll({in_state, lasts}, 0, range_));
    until = Choose(in_state, last, until.valid() ? until : Undated());
  }
  if (barred.empty()) return;
  const ExpressionId any = context_.EmitAny(std::move(barred), 0, range_);
  model().barred = any;
  model().barred_until = until;
}

// ---- The state ----

LifecycleTyper::Standing LifecycleTyper::EndedOr(const std::vector<End>& ends, const Standing& running) {
  Standing standing = running;
  ExpressionId until = AsOfDate(0);
  const std::vector<ExpressionId> firsts = Firsts(ends);
  for (std::size_t at = ends.size(); at-- > 0;) {
    const ExpressionId first = firsts[at];
    standing.state = Choose(first, StateCode(ends[at].state), standing.state);
    standing.since = Choose(first, ends[at].date.valid() ? ends[at].date : Undated(), standing.since);
    if (ends[at].date.valid()) until = Choose(first, ends[at].date, until);
  }
  const ExpressionId final_now = InFinalState(running.state);
  if (!final_now.valid()) return standing;
  // A state that nothing leads out of may have been come to before the end. Whether it was by then is asked
  // only where it is by now, so that a date that is not recorded matters no more than it must.
  const Standing by_then = Led(until);
  const ExpressionId final_then = InFinalState(by_then.state);
  return {Choose(final_now, Choose(final_then, by_then.state, standing.state), standing.state),
          Choose(final_now, Choose(final_then, by_then.since, standing.since), standing.since)};
}

void LifecycleTyper::TypeStates() {
  const Standing before = BeforeStart();
  const std::vector<End> ends = TypeEnds();
  if (!TypeMachine()) return;
  const Standing after = EndedOr(ends, Led(AsOfDate(0)));
  const ExpressionId state = Choose(model().started, after.state, before.state);
  const ExpressionId since = Choose(model().started, after.since, before.since);
  model().state = state;
  model().since = since;
  TypeBars();
}

}  // namespace pol::model
