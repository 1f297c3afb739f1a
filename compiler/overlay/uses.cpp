#include "compiler/overlay/uses.h"

#include <utility>

#include "compiler/lower/order.h"
#include "compiler/model/walk.h"

namespace pol::overlay {
namespace {

using model::ClauseId;
using model::ExpressionId;

class Uses {
 public:
  explicit Uses(const model::Model& model)
      : model_(model), expressions_(model.expressions.size()), clauses_(model.clauses.size()) {}

  void AddRoot(ExpressionId id, std::uint8_t way) {
    Reach(id, way);
    while (!open_.empty()) {
      const auto [node, as] = open_.back();
      open_.pop_back();
      node.kind == lower::Node::Kind::kClause ? Visit(ClauseId{node.index}, as)
                                              : Visit(ExpressionId{node.index}, as);
    }
  }

  std::vector<std::uint8_t> Take() { return std::move(clauses_); }

 private:
  void Reach(ExpressionId id, std::uint8_t way) {
    if (!id.valid() || (expressions_[id.index] & way) != 0) return;
    expressions_[id.index] |= way;
    open_.emplace_back(lower::NodeOf(id), way);
  }
  void Reach(ClauseId id, std::uint8_t way) {
    if ((clauses_[id.index] & way) != 0) return;
    clauses_[id.index] |= way;
    open_.emplace_back(lower::NodeOf(id), way);
  }
  static std::uint8_t Among(std::uint8_t way, std::uint8_t part) {
    return way == kOtherwise ? kOtherwise : part;
  }

  void Visit(ExpressionId id, std::uint8_t way) {
    const model::Expression& expression = model_[id];
    if (const auto* clause = std::get_if<model::ClauseValue>(&expression)) {
      Reach(clause->clause, way);
    } else if (const auto* let = std::get_if<model::LetValue>(&expression)) {
      Reach(model_.lets[let->let.index].value, way);
    } else if (const auto* all = std::get_if<model::All>(&expression)) {
      for (const ExpressionId operand : all->operands) Reach(operand, Among(way, kAsConjunct));
    } else if (const auto* any = std::get_if<model::Any>(&expression)) {
      for (const ExpressionId operand : any->operands) Reach(operand, Among(way, kFollowed));
    } else if (const auto* some = std::get_if<model::AtLeast>(&expression)) {
      Reach(some->threshold, kOtherwise);
      for (const ExpressionId operand : some->operands) Reach(operand, Among(way, kFollowed));
    } else if (const auto* choice = std::get_if<model::Conditional>(&expression)) {
      Reach(choice->condition, kOtherwise);
      for (const ExpressionId one : {choice->then, choice->otherwise}) Reach(one, Among(way, kFollowed));
    } else {
      Reach(model::MeaningOf(model_, expression), kOtherwise);
      for (const ExpressionId operand : model::OperandsOf(expression)) Reach(operand, kOtherwise);
    }
  }

  void Visit(ClauseId id, std::uint8_t way) {
    const model::Clause& clause = model_.clauses[id.index];
    Reach(clause.condition, way);
    Reach(clause.when, kOtherwise);
    for (const ClauseId item : lower::DecidingItems(model_, id)) Reach(item, Among(way, kAsConjunct));
    for (const ClauseId by : clause.replaced_by) {
      Reach(by, Among(way, kFollowed));
      for (const ExpressionId live : lower::LiveConditions(model_, by)) Reach(live, kOtherwise);
    }
  }

  const model::Model& model_;
  std::vector<std::uint8_t> expressions_;  // by expression, as the ways of a clause
  std::vector<std::uint8_t> clauses_;
  std::vector<std::pair<lower::Node, std::uint8_t>> open_;
};

}  // namespace

std::vector<std::uint8_t> UsesOf(const model::Model& model, const IsShared& shared) {
  Uses uses(model);
  for (const model::Decision& decision : model.decisions) {
    const std::uint8_t way = shared(decision.naming.name) ? kFollowed : kOtherwise;
    for (const model::DecisionCase& one : decision.cases) uses.AddRoot(one.condition, way);
  }
  for (const model::Grant& grant : model.grants) {
    uses.AddRoot(grant.condition, shared(grant.naming.name) ? kFollowed : kOtherwise);
    uses.AddRoot(grant.amount, kOtherwise);
    for (const model::Limit& limit : grant.limits) uses.AddRoot(limit.bound, kOtherwise);
  }
  for (const model::Score& score : model.scores) uses.AddRoot(score.value, kOtherwise);
  for (const model::Quota& quota : model.quotas) {
    uses.AddRoot(quota.condition, shared(quota.naming.name) ? kFollowed : kOtherwise);
  }
  for (const ExpressionId root : model::RootsOf(model.lifecycles)) uses.AddRoot(root, kOtherwise);
  uses.AddRoot(model.reference, kOtherwise);
  return uses.Take();
}

}  // namespace pol::overlay
