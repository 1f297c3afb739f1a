#include "compiler/overlay/overlay.h"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "compiler/lower/order.h"
#include "compiler/model/walk.h"
#include "compiler/overlay/form_order.h"
#include "compiler/overlay/forms.h"
#include "compiler/overlay/uses.h"
#include "compiler/source/map_each.h"

namespace pol::overlay {
namespace {

using model::ClauseId;
using model::ExpressionId;
using model::Model;
using program::kNone;

Verdict OfCondition(Order order) {
  if (order == Order::kSame) return Verdict::kSame;
  if (order == Order::kDifferent) return Verdict::kDifferent;
  return order == Order::kLess ? Verdict::kStricter : Verdict::kLooser;
}

Verdict OfNumber(Order order) {
  if (order == Order::kSame) return Verdict::kSame;
  if (order == Order::kDifferent) return Verdict::kDifferent;
  return order == Order::kLess ? Verdict::kLower : Verdict::kHigher;
}

// By name, where each is in its list.
template <typename Named>
std::unordered_map<std::string, std::uint32_t> PlacesOf(const std::vector<Named>& list) {
  std::unordered_map<std::string, std::uint32_t> places;
  for (std::uint32_t at = 0; at < list.size(); ++at) places.emplace(list[at].naming.name, at);
  return places;
}

template <typename Key>
std::uint32_t Find(const std::unordered_map<Key, std::uint32_t>& places, const Key& key) {
  const auto place = places.find(key);
  return place == places.end() ? kNone : place->second;
}

void AddNames(const Model& model, std::unordered_set<std::string>& names) {
  const auto add = [&](const auto& list) {
    for (const auto& one : list) names.insert(one.naming.name);
  };
  add(model.decisions);
  add(model.grants);
  add(model.quotas);
}

// What an expression reads by name: through lets and the like, but not through clauses.
struct Reads {
  std::set<std::uint32_t> parameters;
  std::set<std::uint32_t> clauses;
};

Reads ReadsOf(const Model& model, std::vector<ExpressionId> open) {
  Reads reads;
  std::unordered_set<std::uint32_t> seen;
  while (!open.empty()) {
    const ExpressionId id = open.back();
    open.pop_back();
    if (!id.valid() || !seen.insert(id.index).second) continue;
    const model::Expression& expression = model[id];
    if (const auto* read = std::get_if<model::ParameterValue>(&expression))
      reads.parameters.insert(read->parameter.index);
    if (const auto* clause = std::get_if<model::ClauseValue>(&expression))
      reads.clauses.insert(clause->clause.index);
    open.push_back(model::MeaningOf(model, expression));
    const std::vector<ExpressionId> operands = model::OperandsOf(expression);
    open.insert(open.end(), operands.begin(), operands.end());
  }
  return reads;
}

// Everything of a lifecycle that is no expression.
std::string ShapeOf(const model::Lifecycle& lifecycle) {
  std::string shape;
  for (const model::LifecycleState& state : lifecycle.states) {
    shape += state.naming.name + ' ' + std::to_string(static_cast<int>(state.phase)) +
             (state.at_event ? " at" : " when") + (state.barred_for_good ? " barred; " : "; ");
  }
  for (const model::Duty& duty : lifecycle.duties) {
    shape += duty.naming.name + (duty.recurring ? " every; " : "; ") + (duty.met_on.valid() ? "on" : "");
  }
  for (const model::LifecycleTrigger& trigger : lifecycle.triggers)
    shape += std::to_string(trigger.state) + ' ';
  for (const ExpressionId id : {lifecycle.expiry, lifecycle.barred, lifecycle.barred_until})
    shape += id.valid() ? 'y' : 'n';
  return shape;
}

class Comparer {
 public:
  Comparer(const Model& base, const Model& derived)
      : base_(base),
        derived_(derived),
        base_forms_(FormsOf(base, forms_)),
        derived_forms_(FormsOf(derived, forms_)),
        order_(forms_) {
    for (std::uint32_t at = 0; at < base.clauses.size(); ++at) base_clauses_.emplace(base.clauses[at].id, at);
    for (std::uint32_t at = 0; at < derived.clauses.size(); ++at)
      derived_clauses_.emplace(derived.clauses[at].id, at);
  }

  Overlay Run() {
    FindUses();
    CompareReference();
    CompareParameters();
    CompareClauses();
    CompareNamed(Subject::kDecision, base_.decisions, derived_.decisions);
    CompareNamed(Subject::kGrant, base_.grants, derived_.grants);
    CompareNamed(Subject::kScore, base_.scores, derived_.scores);
    CompareNamed(Subject::kQuota, base_.quotas, derived_.quotas);
    CompareNamed(Subject::kLifecycle, base_.lifecycles, derived_.lifecycles);
    return std::move(overlay_);
  }

 private:
  // The policy's own text, and not that of one that it builds on.
  static bool IsOwn(const source::Range& range) { return range.file == source::FileId{0}; }

  Order CompareExpressions(ExpressionId one, ExpressionId other) {
    if (one.valid() != other.valid()) return Order::kDifferent;
    if (!one.valid()) return Order::kSame;
    return order_.Compare(base_forms_.expressions[one.index], derived_forms_.expressions[other.index]);
  }

  void FindUses() {
    std::unordered_set<std::string> before;
    std::unordered_set<std::string> after;
    AddNames(base_, before);
    AddNames(derived_, after);
    base_uses_ = UsesOf(base_, [&](const std::string& name) { return after.contains(name); });
    derived_uses_ = UsesOf(derived_, [&](const std::string& name) { return before.contains(name); });
  }

  void CompareReference() {
    const Order order = CompareExpressions(base_.reference, derived_.reference);
    if (order == Order::kSame) return;
    overlay_.findings.push_back({Subject::kReference, Change::kRewritten, Verdict::kDifferent, 0, 0});
  }

  void CompareParameters() {
    const auto places = PlacesOf(base_.parameters);
    for (std::uint32_t at = 0; at < derived_.parameters.size(); ++at) {
      const model::Parameter& parameter = derived_.parameters[at];
      const std::uint32_t base = Find(places, parameter.naming.name);
      if (base == kNone) continue;  // what is new is seen where it is read
      const FormId before = ParameterForm(base_, base_.parameters[base],
                                          base_forms_.expressions[base_.reference.index], forms_);
      const FormId after =
          ParameterForm(derived_, parameter, derived_forms_.expressions[derived_.reference.index], forms_);
      const bool own = IsOwn(parameter.range);
      if (before != after) changed_parameters_.insert(parameter.naming.name);
      if (!own && before == after) continue;
      const bool truth = parameter.type.kind == program::ValueKind::kTruth;
      Verdict verdict = OfNumber(order_.Compare(before, after));
      if (truth && verdict != Verdict::kSame) verdict = Verdict::kDifferent;
      overlay_.findings.push_back(
          {Subject::kParameter, own ? Change::kRewritten : Change::kFollows, verdict, base, at});
    }
  }

  // ---- Clauses

  // Those of both in one order: what was dropped is where it stood.
  void CompareClauses() {
    std::uint32_t next = 0;
    const auto add_new = [&] {
      for (; next < derived_.clauses.size(); ++next) {
        if (base_clauses_.contains(derived_.clauses[next].id)) return;
        ++overlay_.clauses;
        AddAdded(next);
      }
    };
    for (std::uint32_t at = 0; at < base_.clauses.size(); ++at) {
      ++overlay_.clauses;
      const std::uint32_t derived = Find(derived_clauses_, base_.clauses[at].id);
      if (derived == kNone) {
        AddDropped(at);
        continue;
      }
      add_new();
      CompareClause(at, derived);
      if (next < derived_.clauses.size()) ++next;
      add_new();
    }
    add_new();
  }

  // A clause that only one of the two has, by how it is used there.
  static Verdict WithoutPartner(const Model& model, std::uint32_t clause, std::uint8_t uses, Verdict alone) {
    if (!lower::Decides(model, {clause})) return Verdict::kSame;
    return uses == kAsConjunct ? alone : Verdict::kDifferent;
  }

  void AddAdded(std::uint32_t at) {
    const Verdict verdict = WithoutPartner(derived_, at, derived_uses_[at], Verdict::kStricter);
    overlay_.findings.push_back({Subject::kClause, Change::kAdded, verdict, kNone, at});
  }

  void AddDropped(std::uint32_t at) {
    Verdict verdict = WithoutPartner(base_, at, base_uses_[at], Verdict::kLooser);
    // What stands in place of a clause stands in place of its items: they are not dropped for nothing.
    for (ClauseId id = base_.clauses[at].parent; id.valid(); id = base_.clauses[id.index].parent) {
      const std::uint32_t parent = Find(derived_clauses_, base_.clauses[id.index].id);
      if (parent != kNone && IsOwn(derived_.clauses[parent].range)) verdict = Verdict::kDifferent;
    }
    overlay_.findings.push_back({Subject::kClause, Change::kDropped, verdict, at, kNone});
  }

  // Whether an item of the clause, at any depth, stands in place of another clause.
  static bool HasReplacement(const model::Model& model, std::uint32_t at) {
    std::vector<ClauseId> open = {ClauseId{at}};
    while (!open.empty()) {
      const model::Clause& clause = model.clauses[open.back().index];
      open.pop_back();
      if (!clause.replaces.empty()) return true;
      open.insert(open.end(), clause.items.begin(), clause.items.end());
    }
    return false;
  }

  void CompareClause(std::uint32_t base, std::uint32_t derived) {
    const model::Clause& before = base_.clauses[base];
    const model::Clause& after = derived_.clauses[derived];
    const bool own = IsOwn(after.range);
    Order order = Order::kSame;
    if (own || before.items.empty()) {
      order = order_.Compare(base_forms_.own[base], derived_forms_.own[derived]);
    } else {
      // Its items speak for themselves. Where some stand in place of other clauses, its condition says of
      // whom.
      order = Reverse(CompareExpressions(before.when, after.when));
      if (order != Order::kSame && HasReplacement(base_, base)) order = Order::kDifferent;
    }
    if (before.in_principle != after.in_principle)
      order = Combine(order, after.in_principle ? Order::kMore : Order::kLess);
    if (!own && order == Order::kSame) {
      ++overlay_.unchanged;
      return;
    }
    Finding finding{Subject::kClause, own ? Change::kReplaced : Change::kFollows, OfCondition(order), base,
                    derived};
    if (!own) finding.through = ThroughOf({after.when, after.condition});
    overlay_.findings.push_back(std::move(finding));
  }

  // What the expressions of the derived policy read that differs.
  std::vector<std::string> ThroughOf(std::vector<ExpressionId> roots) const {
    const Reads reads = ReadsOf(derived_, std::move(roots));
    std::vector<std::string> names;
    for (const std::uint32_t at : reads.parameters) {
      const std::string& name = derived_.parameters[at].naming.name;
      if (changed_parameters_.contains(name)) names.push_back(name);
    }
    for (const std::uint32_t at : reads.clauses) {
      const std::string& id = derived_.clauses[at].id;
      const std::uint32_t base = Find(base_clauses_, id);
      const bool same = base != kNone && base_forms_.values[base] == derived_forms_.values[at];
      if (!same) names.push_back("§" + id);
    }
    return names;
  }

  // ---- Decisions and the like

  template <typename Named>
  void CompareNamed(Subject subject, const std::vector<Named>& before, const std::vector<Named>& after) {
    const auto places = PlacesOf(before);
    for (std::uint32_t at = 0; at < after.size(); ++at) {
      const std::uint32_t base = Find(places, after[at].naming.name);
      if (base == kNone) {
        overlay_.findings.push_back({subject, Change::kAdded, Verdict::kDifferent, kNone, at});
        continue;
      }
      const bool own = IsOwn(after[at].range);
      const Verdict verdict = Compare(before[base], after[at]);
      if (!own && verdict == Verdict::kSame) continue;
      Finding finding{subject, own ? Change::kRewritten : Change::kFollows, verdict, base, at};
      if (!own) finding.through = ThroughOf(RootsOf(after[at]));
      overlay_.findings.push_back(std::move(finding));
    }
  }

  // Harder in every case: more come to what stands further down.
  Verdict Compare(const model::Decision& before, const model::Decision& after) {
    if (before.cases.size() != after.cases.size()) return Verdict::kDifferent;
    Order order = Order::kSame;
    for (std::size_t at = 0; at < before.cases.size(); ++at) {
      const model::DecisionCase& one = before.cases[at];
      const model::DecisionCase& other = after.cases[at];
      if (before.outcomes[one.outcome].name != after.outcomes[other.outcome].name) return Verdict::kDifferent;
      order = Combine(order, CompareExpressions(one.condition, other.condition));
    }
    return OfCondition(order);
  }
  static std::vector<ExpressionId> RootsOf(const model::Decision& decision) {
    return MapEach(decision.cases, [](const model::DecisionCase& one) { return one.condition; });
  }

  Verdict Compare(const model::Grant& before, const model::Grant& after) {
    return OfNumber(CompareExpressions(before.value, after.value));
  }
  static std::vector<ExpressionId> RootsOf(const model::Grant& grant) { return {grant.value}; }

  Verdict Compare(const model::Score& before, const model::Score& after) {
    return OfNumber(CompareExpressions(before.value, after.value));
  }
  static std::vector<ExpressionId> RootsOf(const model::Score& score) { return {score.value}; }

  Verdict Compare(const model::Quota& before, const model::Quota& after) {
    if (CompareExpressions(before.condition, after.condition) != Order::kSame) return Verdict::kDifferent;
    Order order = Order::kSame;
    for (const auto limit : {&model::Quota::least, &model::Quota::most}) {
      if ((before.*limit).has_value() != (after.*limit).has_value()) return Verdict::kDifferent;
      if (before.*limit == after.*limit) continue;
      order = Combine(order, *(after.*limit) < *(before.*limit) ? Order::kLess : Order::kMore);
    }
    return OfNumber(order);
  }
  static std::vector<ExpressionId> RootsOf(const model::Quota& quota) { return {quota.condition}; }

  Verdict Compare(const model::Lifecycle& before, const model::Lifecycle& after) {
    const std::vector<ExpressionId> one = RootsOf(before);
    const std::vector<ExpressionId> other = RootsOf(after);
    if (ShapeOf(before) != ShapeOf(after) || one.size() != other.size()) return Verdict::kDifferent;
    for (std::size_t at = 0; at < one.size(); ++at) {
      if (CompareExpressions(one[at], other[at]) != Order::kSame) return Verdict::kDifferent;
    }
    return Verdict::kSame;
  }
  static std::vector<ExpressionId> RootsOf(const model::Lifecycle& lifecycle) {
    return model::RootsOf(std::vector<model::Lifecycle>{lifecycle});
  }

  const Model& base_;
  const Model& derived_;
  Forms forms_;
  ModelForms base_forms_;
  ModelForms derived_forms_;
  FormOrder order_;
  std::unordered_map<std::string, std::uint32_t> base_clauses_;  // by id
  std::unordered_map<std::string, std::uint32_t> derived_clauses_;
  std::vector<std::uint8_t> base_uses_;
  std::vector<std::uint8_t> derived_uses_;
  std::unordered_set<std::string> changed_parameters_;
  Overlay overlay_;
};

}  // namespace

Overlay CompareModels(const Model& base, const Model& derived) { return Comparer(base, derived).Run(); }

}  // namespace pol::overlay
