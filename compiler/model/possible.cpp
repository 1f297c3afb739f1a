#include "compiler/model/possible.h"

#include <algorithm>

namespace pol::model {
namespace {

constexpr Possible kAnything{true, true, true};

// Deeper, or after more steps, anything is possible: it is as good an answer, and a policy may build on
// itself a thousand times.
constexpr std::uint32_t kMostDepth = 60;
constexpr std::uint32_t kMostSteps = 20'000;

class Finder {
 public:
  explicit Finder(const Model& model) : model_(model) {}

  // What the clause may say, though it hold in principle.
  Possible SaidBy(ClauseId id) { return Find(id, false); }

  Possible OfCondition(ExpressionId id) { return Of(id); }

 private:
  // What it may be to whoever cites it.
  Possible OfClause(ClauseId id) { return Find(id, model_.clauses[id.index].in_principle); }

  Possible Find(ClauseId id, bool granted) {
    if (depth_ >= kMostDepth || ++steps_ > kMostSteps) return kAnything;
    ++depth_;
    const Clause& clause = model_.clauses[id.index];
    Possible found = Body(clause);
    if (clause.when.valid()) {
      const Possible when = Of(clause.when);
      found = Any(Not(when), found);
    }
    if (granted) found = {true, false, false};
    for (const ClauseId by : clause.replaced_by) found = Either(found, OfClause(by));
    // Where it is not known which of them holds.
    if (!clause.replaced_by.empty()) found.unknown = true;
    --depth_;
    return found;
  }

  Possible Body(const Clause& clause) {
    if (clause.kind == program::ClauseKind::kUndisclosed) return {false, false, true};
    if (clause.condition.valid()) return Of(clause.condition);
    Possible found{true, false, false};
    for (const ClauseId item : clause.items) {
      const Clause& one = model_.clauses[item.index];
      if (one.kind != program::ClauseKind::kGuidance && one.replaces.empty())
        found = All(found, OfClause(item));
    }
    return found;
  }

  Possible Of(ExpressionId id) {
    if (depth_ >= kMostDepth || ++steps_ > kMostSteps) return kAnything;
    ++depth_;
    const Possible found = std::visit([&](const auto& it) { return On(it); }, model_[id]);
    --depth_;
    return found;
  }

  Possible On(const ConstantTruth& it) { return {it.value, !it.value, false}; }
  Possible On(const ClauseValue& it) { return OfClause(it.clause); }
  Possible On(const LetValue& it) { return Of(model_.lets[it.let.index].value); }
  Possible On(const model::Not& it) { return Not(Of(it.operand)); }
  Possible On(const model::All& it) {
    Possible found{true, false, false};
    for (const ExpressionId operand : it.operands) found = All(found, Of(operand));
    return found;
  }
  Possible On(const model::Any& it) {
    Possible found{false, true, false};
    for (const ExpressionId operand : it.operands) found = Any(found, Of(operand));
    return found;
  }
  template <typename Other>
  Possible On(const Other&) {
    return kAnything;
  }

  static Possible Not(Possible it) { return {it.no, it.yes, it.unknown}; }
  static Possible All(Possible left, Possible right) {
    const bool left_open = left.yes || left.unknown;
    const bool right_open = right.yes || right.unknown;
    return {left.yes && right.yes, left.no || right.no,
            (left.unknown && right_open) || (right.unknown && left_open)};
  }
  static Possible Any(Possible left, Possible right) { return Not(All(Not(left), Not(right))); }
  static Possible Either(Possible left, Possible right) {
    return {left.yes || right.yes, left.no || right.no, left.unknown || right.unknown};
  }

  const Model& model_;
  std::uint32_t depth_ = 0;
  std::uint32_t steps_ = 0;
};

}  // namespace

std::vector<Possible> PossibleTruths(const Model& model) {
  std::vector<Possible> possible;
  possible.reserve(model.clauses.size());
  for (std::uint32_t at = 0; at < model.clauses.size(); ++at) possible.push_back(Finder(model).SaidBy({at}));
  return possible;
}

std::vector<bool> CanRun(const Model& model) {
  std::vector<bool> can_run;
  can_run.reserve(model.lifecycles.size());
  for (const Lifecycle& lifecycle : model.lifecycles) {
    can_run.push_back(std::ranges::all_of(lifecycle.triggers, [&](const LifecycleTrigger& trigger) {
      return Finder(model).OfCondition(trigger.condition).no;
    }));
  }
  return can_run;
}

}  // namespace pol::model
