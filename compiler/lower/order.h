// What must be lowered before what: the model as one graph of expressions, guarded facts, parameters and
// clauses, walked without recursion, since lets and clauses may build on one another ten thousand deep.
// Tested by tests/compiler/lower_test.cpp.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "compiler/model/model.h"

namespace pol::lower {

struct Node {
  enum class Kind : std::uint8_t { kExpression, kFact, kParameter, kClause };
  Kind kind = Kind::kExpression;
  std::uint32_t index = 0;
};

inline Node NodeOf(model::ExpressionId id) { return {Node::Kind::kExpression, id.index}; }
inline Node NodeOf(model::ClauseId id) { return {Node::Kind::kClause, id.index}; }

// Items of a clause that decide something: guidance does not, nor does a clause that stands in for another
// one, nor one that has nothing but such items.
bool Decides(const model::Model& model, model::ClauseId id);
std::vector<model::ClauseId> DecidingItems(const model::Model& model, model::ClauseId id);

// The `when`s under which a replacing clause is live: its own and those of its parents, outermost first.
std::vector<model::ExpressionId> LiveConditions(const model::Model& model, model::ClauseId id);

class Order {
 public:
  explicit Order(const model::Model& model);
  // Calls `emit` for everything `root` needs, and for `root` last; each node once in the life of this object.
  void Visit(Node root, const std::function<void(Node)>& emit);
  const std::vector<std::uint32_t>& HoldsOf(model::FactId fact) const { return holds_of_[fact.index]; }

 private:
  std::vector<Node> NeedsOf(Node node) const;
  bool Enter(Node node);

  const model::Model& model_;
  std::vector<std::vector<std::uint32_t>> holds_of_;  // by fact
  std::vector<bool> entered_[4];                      // by kind of node
};

}  // namespace pol::lower
