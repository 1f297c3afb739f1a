#include "tests/agreement/reference_history.h"

#include <algorithm>
#include <stdexcept>

namespace agreement {
namespace {

using pol::program::Machine;
using End = std::pair<std::uint32_t, std::int32_t>;

class Ways {
 public:
  Ways(const Machine& machine, std::int32_t from, std::int32_t until)
      : machine_(machine), from_(from), until_(until) {
    for (const pol::program::MachineState& state : machine.states) {
      if (state.timeout_unit != pol::program::TimeoutUnit::kNever) {
        throw std::invalid_argument("the reference knows no timeouts");
      }
    }
  }

  // Gives each element that has none a date, in every way that matters.
  void Settle(std::vector<HistoryElement> elements) {
    std::erase_if(elements, [&](const HistoryElement& element) {
      return element.date && (*element.date < from_ || *element.date > until_);
    });
    const auto undated =
        std::ranges::find_if(elements, [](const HistoryElement& element) { return !element.date; });
    if (undated == elements.end()) return InEveryOrder(std::move(elements));
    for (const std::int32_t date : DaysThatMatter(elements)) {
      undated->date = date;
      Settle(elements);
    }
  }

  std::set<End> ends;

 private:
  // Before, on and between the days on which anything happens, and outside.
  std::set<std::int32_t> DaysThatMatter(const std::vector<HistoryElement>& elements) const {
    std::set<std::int32_t> days = {from_ - 1, from_, until_};
    for (const HistoryElement& element : elements) {
      if (!element.date) continue;
      for (const std::int32_t day : {*element.date - 1, *element.date, *element.date + 1}) {
        if (day >= from_ && day <= until_) days.insert(day);
      }
    }
    return days;
  }

  void InEveryOrder(std::vector<HistoryElement> elements) {
    std::vector<std::size_t> order(elements.size());
    for (std::size_t at = 0; at < order.size(); ++at) order[at] = at;
    do {
      const auto date = [&](std::size_t at) { return *elements[at].date; };
      if (!std::ranges::is_sorted(order, {}, date)) continue;
      std::vector<HistoryElement> in_order;
      for (const std::size_t at : order) in_order.push_back(elements[at]);
      Follow(in_order, 0, {machine_.initial, from_});
    } while (std::ranges::next_permutation(order).found);
  }

  // Whether one element of a day is the same as an earlier one: it then counts once.
  static std::optional<bool> IsRepeated(const std::vector<HistoryElement>& elements, std::size_t at) {
    std::optional<bool> repeated = false;
    for (std::size_t other = 0; other < at; ++other) {
      if (elements[other].date != elements[at].date) continue;
      std::optional<bool> same = true;
      for (std::size_t i = 0; i < elements[at].conditions.size(); ++i) {
        const auto& a = elements[at].conditions[i];
        const auto& b = elements[other].conditions[i];
        if (a && b && *a != *b) {
          same = false;
          break;
        }
        if (!a || !b) same = std::nullopt;
      }
      if (same == std::optional(true)) return true;
      if (!same) repeated = std::nullopt;
    }
    return repeated;
  }

  void Follow(const std::vector<HistoryElement>& elements, std::size_t at, End end) {
    if (at == elements.size()) {
      ends.insert(end);
      return;
    }
    const std::optional<bool> repeated = IsRepeated(elements, at);
    if (repeated != std::optional(false)) Follow(elements, at + 1, end);
    if (repeated == std::optional(true)) return;
    for (const pol::program::Transition& transition : machine_.states[end.first].transitions) {
      const std::optional<bool> holds = elements[at].conditions[transition.condition];
      if (holds == std::optional(false)) continue;
      const bool stays = transition.target == end.first;
      Follow(elements, at + 1, stays ? end : End{transition.target, *elements[at].date});
      if (holds) return;
    }
    Follow(elements, at + 1, end);
  }

  const Machine& machine_;
  std::int32_t from_;
  std::int32_t until_;
};

}  // namespace

std::set<End> PossibleEnds(const Machine& machine, std::int32_t from, std::int32_t until,
                           const std::vector<HistoryElement>& elements) {
  if (until < from) return {{machine.initial, from}};
  Ways ways(machine, from, until);
  ways.Settle(elements);
  return ways.ends;
}

}  // namespace agreement
