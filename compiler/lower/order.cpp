#include "compiler/lower/order.h"

#include <algorithm>

#include "compiler/model/walk.h"

namespace pol::lower {

using model::ClauseId;
using model::ExpressionId;

bool Decides(const model::Model& model, ClauseId id) {
  // Items nest as deep as the parser lets them, which is not deep.
  const model::Clause& clause = model.clauses[id.index];
  if (clause.kind == program::ClauseKind::kGuidance) return false;
  if (clause.kind == program::ClauseKind::kUndisclosed || clause.condition.valid()) return true;
  return std::ranges::any_of(clause.items, [&](ClauseId item) {
    return model.clauses[item.index].replaces.empty() && Decides(model, item);
  });
}

std::vector<ClauseId> DecidingItems(const model::Model& model, ClauseId id) {
  std::vector<ClauseId> items;
  for (const ClauseId item : model.clauses[id.index].items) {
    if (model.clauses[item.index].replaces.empty() && Decides(model, item)) items.push_back(item);
  }
  return items;
}

std::vector<ExpressionId> LiveConditions(const model::Model& model, ClauseId id) {
  std::vector<ExpressionId> conditions;
  for (; id.valid(); id = model.clauses[id.index].parent) {
    if (model.clauses[id.index].when.valid()) conditions.push_back(model.clauses[id.index].when);
  }
  std::ranges::reverse(conditions);
  return conditions;
}

Order::Order(const model::Model& model) : model_(model), holds_of_(model.schema.facts.size()) {
  for (std::uint32_t index = 0; index < model.holds.size(); ++index) {
    for (const model::FactId fact : model.holds[index].facts) holds_of_[fact.index].push_back(index);
  }
  entered_[0].resize(model.expressions.size());
  entered_[1].resize(model.schema.facts.size());
  entered_[2].resize(model.parameters.size());
  entered_[3].resize(model.clauses.size());
}

bool Order::Enter(Node node) {
  auto entered = entered_[static_cast<std::size_t>(node.kind)].begin() + node.index;
  if (*entered) return false;
  *entered = true;
  return true;
}

std::vector<Node> Order::NeedsOf(Node node) const {
  std::vector<Node> needs;
  const auto add = [&](ExpressionId id) {
    if (id.valid()) needs.push_back(NodeOf(id));
  };
  switch (node.kind) {
    case Node::Kind::kExpression: {
      const model::Expression& expression = model_.expressions[node.index];
      for (const ExpressionId operand : model::OperandsOf(expression)) add(operand);
      if (const auto* fact = std::get_if<model::FactValue>(&expression); fact != nullptr && !fact->raw) {
        needs.push_back({Node::Kind::kFact, fact->fact.index});
      } else if (const auto* parameter = std::get_if<model::ParameterValue>(&expression)) {
        needs.push_back({Node::Kind::kParameter, parameter->parameter.index});
      } else if (const auto* clause = std::get_if<model::ClauseValue>(&expression)) {
        needs.push_back(NodeOf(clause->clause));
      }
      add(model::MeaningOf(model_, expression));
      break;
    }
    case Node::Kind::kFact:
      for (const std::uint32_t index : holds_of_[node.index]) add(model_.holds[index].condition);
      break;
    case Node::Kind::kParameter:
      for (const model::DatedValue& dated : model_.parameters[node.index].values) {
        if (dated.from) {
          add(model_.reference);
          break;
        }
      }
      break;
    case Node::Kind::kClause: {
      const model::Clause& clause = model_.clauses[node.index];
      add(clause.when);
      add(clause.condition);
      // Nothing needs to be waived of a replacement that is not live.
      if (clause.in_principle && !clause.replaces.empty()) {
        for (const ExpressionId condition : LiveConditions(model_, {node.index})) add(condition);
      }
      for (const ClauseId item : DecidingItems(model_, {node.index})) needs.push_back(NodeOf(item));
      for (const ClauseId by : clause.replaced_by) {
        for (const ExpressionId condition : LiveConditions(model_, by)) add(condition);
        needs.push_back(NodeOf(by));
      }
      break;
    }
  }
  return needs;
}

void Order::Visit(Node root, const std::function<void(Node)>& emit) {
  struct Frame {
    Node node;
    std::vector<Node> needs;
    std::size_t next = 0;
  };
  if (!Enter(root)) return;
  std::vector<Frame> stack;
  stack.push_back({root, NeedsOf(root)});
  while (!stack.empty()) {
    Frame& frame = stack.back();
    if (frame.next == frame.needs.size()) {
      const Node done = frame.node;
      stack.pop_back();
      emit(done);
      continue;
    }
    const Node need = frame.needs[frame.next++];
    if (Enter(need)) stack.push_back({need, NeedsOf(need)});
  }
}

}  // namespace pol::lower
