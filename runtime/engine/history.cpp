#include "runtime/engine/history.h"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <span>
#include <utility>

#include "runtime/calendar/date.h"

namespace pol::engine {
namespace {

using program::Machine;
using program::MachineState;

// A state that never times out.
constexpr std::int32_t kForever = std::numeric_limits<std::int32_t>::max();

// Steps of one walk: a timeout, or a transition looked at for an element in a possible state. Beyond these
// the answer is unknown.
constexpr std::size_t kMostSteps = std::size_t{1} << 17;
constexpr std::size_t kMoreStepsByElement = 256;

// So many different elements of one day are put in every order; more may each come any number of times.
constexpr std::size_t kMostOrdered = 8;

// So many undated elements are known to come once; more may each come any number of times.
constexpr std::size_t kMostOnce = 4;

// In a state, entered on one of the days from `first` to `last`, with these undated elements (bits) behind
// it.
struct Position {
  std::uint32_t state = 0;
  std::uint32_t behind = 0;
  std::int32_t first = 0;
  std::int32_t last = 0;
};

// Where a record may be: for each state, and undated elements behind it, one span of days.
class Positions {
 public:
  // The span joined with that of the same state, where this adds to it; else nullptr. Valid until the next
  // call.
  Position* Join(const Position& position) {
    for (Position& known : list_) {
      if (known.state != position.state || known.behind != position.behind) continue;
      if (known.first <= position.first && position.last <= known.last) return nullptr;
      known.first = std::min(known.first, position.first);
      known.last = std::max(known.last, position.last);
      return &known;
    }
    list_.push_back(position);
    return &list_.back();
  }
  void Join(const Positions& others) {
    for (const Position& position : others.list_) Join(position);
  }
  const std::vector<Position>& list() const { return list_; }

 private:
  std::vector<Position> list_;
};

// What is still to be looked at between two days. Without undated elements each position is one path, kept as
// it is: its days stay exact. With them paths meet and part, and each state is looked at as a whole.
class Agenda {
 public:
  Agenda(bool exact, std::int32_t day) : exact_(exact), day_(day) {}

  void Add(const Position& position) {
    if (exact_) return open_.push_back(position);
    const std::size_t seen = seen_.list().size();
    Position* const joined = seen_.Join(position);
    if (joined == nullptr) return;
    // What is entered later and later is entered at any time, so that this ends.
    if (seen_.list().size() == seen) joined->last = day_;
    open_.push_back(*joined);
  }
  std::optional<Position> Take() {
    if (open_.empty()) return std::nullopt;
    const Position position = open_.back();
    open_.pop_back();
    return position;
  }

 private:
  bool exact_;
  std::int32_t day_;
  Positions seen_;
  std::vector<Position> open_;
};

class HistoryWalk {
 public:
  HistoryWalk(const Machine& machine, const History& history)
      : machine_(machine),
        history_(history),
        day_(history.from),
        steps_left_(kMostSteps + kMoreStepsByElement * history.dates.size()) {
    for (std::size_t element = 0; element < history.dates.size(); ++element) {
      const std::optional<std::int32_t> date = history.dates[element];
      const bool in_reach = !date || (*date >= history.from && *date <= history.until);
      if (in_reach && MayLead(element)) (date ? dated_ : undated_).push_back(element);
    }
    std::ranges::stable_sort(dated_, {}, [&](std::size_t element) { return *history.dates[element]; });
  }

  HistoryEnd Run() {
    Positions positions;
    positions.Join({machine_.initial, 0, history_.from, history_.from});
    for (std::size_t first = 0; first < dated_.size();) {
      const std::int32_t date = *history_.dates[dated_[first]];
      std::size_t last = first;
      while (last < dated_.size() && *history_.dates[dated_[last]] == date) ++last;
      positions = AfterDay(Until(date, std::move(positions)), std::span(dated_).subspan(first, last - first));
      first = last;
    }
    return EndOf(Until(history_.until, std::move(positions)));
  }

 private:
  // An element of a day; one that may be the same as an earlier one may not count.
  struct DayElement {
    std::size_t element = 0;
    bool may_repeat = false;
  };

  std::span<const Truth> ConditionsOf(std::size_t element) const {
    return std::span(history_.conditions).subspan(element * machine_.conditions, machine_.conditions);
  }
  bool MayLead(std::size_t element) const {
    return std::ranges::any_of(ConditionsOf(element), [](Truth truth) { return truth != Truth::kFalse; });
  }
  // What it takes to look at an element, or at a timeout, in a state.
  bool Step(std::uint32_t state, std::size_t elements = 1) {
    const std::size_t steps = 1 + elements * machine_.states[state].transitions.size();
    steps_left_ -= std::min(steps_left_, steps);
    return steps_left_ > 0;
  }
  std::int32_t LastDayIn(std::uint32_t state, std::int32_t entered) const;
  std::int32_t FirstThatStays(const Position& position, std::int32_t day) const;
  Positions Until(std::int32_t day, Positions before);
  void AddUndated(const Position& position, std::int32_t last, Agenda& agenda);
  std::vector<DayElement> Different(std::span<const std::size_t> elements) const;
  Positions AfterDay(const Positions& before, std::span<const std::size_t> elements);
  Positions InAnyOrder(const Positions& before, const std::vector<DayElement>& elements);
  Positions After(const Positions& before, std::size_t element);
  HistoryEnd EndOf(const Positions& positions) const;

  // Calls `visit(target)` for each state that the element may lead to from there.
  template <typename Visit>
  void ForTargets(std::uint32_t state, std::size_t element, Visit visit) const {
    const std::span<const Truth> conditions = ConditionsOf(element);
    for (const program::Transition& transition : machine_.states[state].transitions) {
      const Truth condition = conditions[transition.condition];
      if (condition != Truth::kFalse) visit(transition.target);
      if (condition == Truth::kTrue) return;
    }
    visit(state);
  }

  const Machine& machine_;
  const History& history_;
  std::vector<std::size_t> dated_;
  std::vector<std::size_t> undated_;
  std::int32_t day_;  // until which the walk has come
  std::size_t steps_left_;
};

// The last day in a state entered then, should nothing else lead on.
std::int32_t HistoryWalk::LastDayIn(std::uint32_t state, std::int32_t entered) const {
  const MachineState& in = machine_.states[state];
  if (in.timeout_unit == program::TimeoutUnit::kNever || in.timeout_target == state) return kForever;
  if (in.timeout_unit == program::TimeoutUnit::kMonths) {
    return calendar::AddMonths(entered, in.timeout).value_or(kForever);
  }
  const std::int64_t last = std::int64_t{entered} + in.timeout;
  return last > calendar::kLastDay ? kForever : static_cast<std::int32_t>(last);
}

// Of the days on which it may have been entered, the first after which it lasts until `day`; the last one
// does.
std::int32_t HistoryWalk::FirstThatStays(const Position& position, std::int32_t day) const {
  std::int32_t low = position.first;
  std::int32_t high = position.last;
  while (low < high) {
    const std::int32_t middle = low + (high - low) / 2;
    if (LastDayIn(position.state, middle) >= day) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

// Through the timeouts up to those of `day`, and undated elements anywhere between.
Positions HistoryWalk::Until(std::int32_t day, Positions before) {
  // Most often nothing happens between two days.
  const bool quiet = undated_.empty() && std::ranges::all_of(before.list(), [&](const Position& position) {
                       return LastDayIn(position.state, position.first) >= day;
                     });
  if (quiet) {
    day_ = day;
    return before;
  }
  Agenda agenda(undated_.empty(), day);
  for (const Position& position : before.list()) agenda.Add(position);
  Positions after;
  for (auto position = agenda.Take(); position && Step(position->state, 0); position = agenda.Take()) {
    const auto [state, behind, first, last] = *position;
    const std::int32_t earliest = LastDayIn(state, first);
    const std::int32_t latest = LastDayIn(state, last);
    if (latest >= day) {
      after.Join({state, behind, earliest >= day ? first : FirstThatStays(*position, day), last});
    }
    if (earliest < day) {
      agenda.Add(
          {machine_.states[state].timeout_target, behind, earliest + 1, std::min(latest, day - 1) + 1});
    }
    AddUndated(*position, std::min(latest, day), agenda);
  }
  day_ = day;
  return after;
}

// Where undated elements may lead from the position, which lasts until `last`.
void HistoryWalk::AddUndated(const Position& position, std::int32_t last, Agenda& agenda) {
  for (std::size_t i = 0; i < undated_.size() && Step(position.state); ++i) {
    const std::uint32_t bit = i < kMostOnce ? 1u << i : 0;
    if ((position.behind & bit) != 0) continue;
    ForTargets(position.state, undated_[i], [&](std::uint32_t target) {
      if (target == position.state) return;
      agenda.Add({target, position.behind | bit, std::max(position.first, day_), last});
    });
  }
}

std::vector<HistoryWalk::DayElement> HistoryWalk::Different(std::span<const std::size_t> elements) const {
  std::vector<DayElement> different;
  for (const std::size_t element : elements) {
    bool same = false;
    bool may_repeat = false;
    // Once they are too many for their order, it does not matter how often each comes.
    const std::size_t compared = different.size() > kMostOrdered ? 0 : different.size();
    for (const DayElement& other : std::span(different).first(compared)) {
      bool all_known = true;
      bool compatible = true;
      const std::span<const Truth> a = ConditionsOf(element);
      const std::span<const Truth> b = ConditionsOf(other.element);
      for (std::size_t i = 0; i < a.size(); ++i) {
        if (a[i] == Truth::kUnknown || b[i] == Truth::kUnknown) {
          all_known = false;
        } else if (a[i] != b[i]) {
          compatible = false;
        }
      }
      same = same || (compatible && all_known);
      may_repeat = may_repeat || compatible;
    }
    if (!same) different.push_back({element, may_repeat});
  }
  return different;
}

// Through the elements of the day in every order. What is reached by some of them depends on which these are
// and on which was the last.
Positions HistoryWalk::AfterDay(const Positions& before, std::span<const std::size_t> elements) {
  if (elements.size() == 1) return After(before, elements.front());
  const std::vector<DayElement> different = Different(elements);
  if (different.size() > kMostOrdered) return InAnyOrder(before, different);
  std::vector<Positions> reached(std::size_t{1} << different.size());
  reached.front() = before;
  for (std::size_t some = 1; some < reached.size(); ++some) {
    for (std::size_t i = 0; i < different.size(); ++i) {
      const std::size_t bit = std::size_t{1} << i;
      if ((some & bit) == 0) continue;
      const Positions& others = reached[some ^ bit];
      reached[some].Join(After(others, different[i].element));
      if (different[i].may_repeat) reached[some].Join(others);
    }
  }
  return reached.back();
}

Positions HistoryWalk::InAnyOrder(const Positions& before, const std::vector<DayElement>& elements) {
  Positions reached = before;
  for (bool grown = true; grown;) {
    grown = false;
    for (const DayElement& element : elements) {
      const Positions after = After(reached, element.element);
      for (const Position& position : after.list()) grown = reached.Join(position) != nullptr || grown;
    }
  }
  return reached;
}

// Through one element of the day, and undated ones after it.
Positions HistoryWalk::After(const Positions& before, std::size_t element) {
  Positions after;
  for (const Position& position : before.list()) {
    if (!Step(position.state)) break;
    ForTargets(position.state, element, [&](std::uint32_t target) {
      after.Join(target == position.state ? position : Position{target, position.behind, day_, day_});
    });
  }
  if (undated_.empty()) return after;
  return Until(day_, std::move(after));
}

HistoryEnd HistoryWalk::EndOf(const Positions& positions) const {
  HistoryEnd end;
  if (steps_left_ == 0) return end;
  const Position& one = positions.list().front();
  Position all = one;
  for (const Position& position : positions.list()) {
    if (position.state != one.state) return end;
    all.first = std::min(all.first, position.first);
    all.last = std::max(all.last, position.last);
  }
  end.state = one.state;
  if (all.first == all.last) end.since = all.first;
  return end;
}

}  // namespace

HistoryEnd WalkHistory(const Machine& machine, const History& history) {
  if (history.until < history.from) return {machine.initial, history.from};
  return HistoryWalk(machine, history).Run();
}

}  // namespace pol::engine
