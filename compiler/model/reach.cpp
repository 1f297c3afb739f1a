// The policy as one graph of expressions, lets and clauses: cycles in it, and what the decisions reach.
#include <algorithm>
#include <unordered_set>

#include "compiler/model/declare.h"
#include "compiler/model/walk.h"

namespace pol::model {
namespace {

struct Node {
  enum class Kind : std::uint8_t { kExpression, kClause };
  Kind kind = Kind::kExpression;
  std::uint32_t index = 0;
};

// What a node's value is made of.
class Graph {
 public:
  explicit Graph(const Model& model) : model_(model) {
    for (const Parameter& parameter : model.parameters) {
      dated_.push_back(std::ranges::any_of(parameter.values,
                                           [](const DatedValue& value) { return value.from.has_value(); }));
    }
  }

  std::vector<Node> NeedsOf(Node node) const {
    return node.kind == Node::Kind::kClause ? NeedsOfClause(node.index) : NeedsOfExpression(node.index);
  }

 private:
  static void Add(ExpressionId id, std::vector<Node>& needs) {
    if (id.valid()) needs.push_back({Node::Kind::kExpression, id.index});
  }

  std::vector<Node> NeedsOfExpression(std::uint32_t index) const {
    std::vector<Node> needs;
    const Expression& expression = model_.expressions[index];
    for (const ExpressionId operand : OperandsOf(expression)) Add(operand, needs);
    Add(MeaningOf(model_, expression), needs);
    if (const auto* cited = std::get_if<ClauseValue>(&expression)) {
      needs.push_back({Node::Kind::kClause, cited->clause.index});
    }
    // What is in force depends on the reference date.
    const auto* parameter = std::get_if<ParameterValue>(&expression);
    if (parameter != nullptr && dated_[parameter->parameter.index]) Add(model_.reference, needs);
    return needs;
  }

  std::vector<Node> NeedsOfClause(std::uint32_t index) const {
    std::vector<Node> needs;
    const Clause& clause = model_.clauses[index];
    Add(clause.when, needs);
    Add(clause.condition, needs);
    for (const ClauseId item : clause.items) {
      if (model_.clauses[item.index].replaces.empty()) needs.push_back({Node::Kind::kClause, item.index});
    }
    for (const ClauseId by : clause.replaced_by) {
      needs.push_back({Node::Kind::kClause, by.index});
      AddLiveConditions(by, needs);
    }
    // Whether a waiver is needed of a replacement depends on whether it is live.
    if (clause.in_principle && !clause.replaces.empty()) AddLiveConditions({index}, needs);
    return needs;
  }
  void AddLiveConditions(ClauseId replacing, std::vector<Node>& needs) const {
    for (ClauseId at = replacing; at.valid(); at = model_.clauses[at.index].parent) {
      Add(model_.clauses[at.index].when, needs);
    }
  }

  const Model& model_;
  std::vector<bool> dated_;
};

// Depth first without recursion: lets and clauses may build on one another ten thousand deep.
class Search {
 public:
  Search(const Model& model, const Graph& graph) : graph_(graph) {
    state_[0].resize(model.expressions.size());
    state_[1].resize(model.clauses.size());
  }

  // The first cycle met, as the nodes on it; empty without.
  std::vector<Node> Visit(Node root) {
    std::vector<Node> cycle;
    if (StateOf(root) != 0) return cycle;
    std::vector<Frame> stack;
    Enter(root, stack);
    while (!stack.empty()) {
      Frame& top = stack.back();
      if (top.next == top.needs.size()) {
        StateOf(top.node) = 2;
        stack.pop_back();
        continue;
      }
      const Node need = top.needs[top.next++];
      const std::uint8_t state = StateOf(need);
      if (state == 0) Enter(need, stack);
      if (state == 1 && cycle.empty()) cycle = CycleOn(stack, need);
    }
    return cycle;
  }

  bool Reached(Node node) const { return state_[static_cast<std::size_t>(node.kind)][node.index] != 0; }

 private:
  struct Frame {
    Node node;
    std::vector<Node> needs;
    std::size_t next = 0;
  };

  std::uint8_t& StateOf(Node node) { return state_[static_cast<std::size_t>(node.kind)][node.index]; }

  void Enter(Node node, std::vector<Frame>& stack) {
    StateOf(node) = 1;
    stack.push_back({node, graph_.NeedsOf(node), 0});
  }

  static std::vector<Node> CycleOn(const std::vector<Frame>& stack, Node last) {
    std::vector<Node> cycle;
    bool on = false;
    for (const Frame& frame : stack) {
      on = on || (frame.node.kind == last.kind && frame.node.index == last.index);
      if (on) cycle.push_back(frame.node);
    }
    return cycle;
  }

  const Graph& graph_;
  std::vector<std::uint8_t> state_[2];  // 0 not met, 1 on the way, 2 done
};

// The clauses and lets on a cycle, by name, the first again at the end.
std::string ChainOf(const Model& model, const std::vector<Node>& cycle) {
  std::vector<std::string> names;
  for (const Node& node : cycle) {
    if (node.kind == Node::Kind::kClause) names.push_back("§" + model.clauses[node.index].id);
    if (node.kind != Node::Kind::kExpression) continue;
    if (const auto* let = std::get_if<LetValue>(&model.expressions[node.index])) {
      names.push_back(model.lets[let->let.index].naming.name);
    }
    if (const auto* grant = std::get_if<GrantValue>(&model.expressions[node.index])) {
      names.push_back(model.grants[grant->grant.index].naming.name);
    }
    if (const auto* points = std::get_if<ScoreValue>(&model.expressions[node.index])) {
      names.push_back(model.scores[points->score.index].naming.name);
    }
    if (const auto* parameter = std::get_if<ParameterValue>(&model.expressions[node.index])) {
      names.push_back(model.parameters[parameter->parameter.index].naming.name);
    }
    if (const auto* part = std::get_if<LifecycleValue>(&model.expressions[node.index])) {
      names.push_back(model.lifecycles[part->lifecycle.index].naming.name);
    }
    if (const auto* missed = std::get_if<MissedDuty>(&model.expressions[node.index])) {
      names.push_back(model.lifecycles[missed->lifecycle.index].duties[missed->duty].naming.name);
    }
  }
  std::string chain;
  for (const std::string& name : names) chain += name + " → ";
  return names.empty() ? chain : chain + names.front();
}

Range PlaceOf(const Model& model, const std::vector<Node>& cycle) {
  for (const Node& node : cycle) {
    if (node.kind == Node::Kind::kClause) return model.clauses[node.index].range;
  }
  return model.infos[cycle.front().index].range;
}

// ---- What decisions reach
// -----------------------------------------------------------------------------------------

class Reach {
 public:
  explicit Reach(Context& context)
      : context_(context), graph_(context.model), search_(context.model, graph_) {}

  void Run() {
    const Model& model = context_.model;
    for (const Decision& decision : model.decisions) {
      for (const DecisionCase& one : decision.cases) {
        if (one.condition.valid()) search_.Visit({Node::Kind::kExpression, one.condition.index});
      }
    }
    for (const Grant& grant : model.grants) search_.Visit({Node::Kind::kExpression, grant.value.index});
    for (const Score& score : model.scores) search_.Visit({Node::Kind::kExpression, score.value.index});
    for (const ExpressionId id : RootsOf(model.lifecycles))
      search_.Visit({Node::Kind::kExpression, id.index});
    for (const Quota& quota : model.quotas) search_.Visit({Node::Kind::kExpression, quota.condition.index});
    if (model.reference.valid()) search_.Visit({Node::Kind::kExpression, model.reference.index});
    WarnUnreached();
    MarkFacts();
  }

 private:
  bool IsReached(ClauseId id) const { return search_.Reached({Node::Kind::kClause, id.index}); }

  void WarnUnreached() {
    const std::vector<Clause>& clauses = context_.model.clauses;
    if (!HasOutputs(context_.model)) return;
    std::vector<bool> some(clauses.size());  // it or an item of it is reached
    for (std::size_t at = clauses.size(); at-- > 0;) {
      const ClauseId id{static_cast<std::uint32_t>(at)};
      if (IsReached(id)) some[at] = true;
      if (some[at] && clauses[at].parent.valid()) some[clauses[at].parent.index] = true;
    }
    for (std::size_t at = 0; at < clauses.size(); ++at) {
      const Clause& clause = clauses[at];
      const bool decides = context_.clause_states[at].decides;
      // The outermost clause that is reached in no part speaks for its items.
      const bool told = clause.parent.valid() && !some[clause.parent.index];
      if (some[at] || !decides || told) continue;
      context_.report.Emit(Kind::kClauseNotReached, clause.range, {clause.id});
    }
  }

  void MarkFacts() {
    Model& model = context_.model;
    for (program::Fact& fact : model.schema.facts) fact.used = fact.key;
    const auto mark = [&] {
      for (std::uint32_t at = 0; at < model.expressions.size(); ++at) {
        if (!search_.Reached({Node::Kind::kExpression, at})) continue;
        if (const auto* fact = std::get_if<FactValue>(&model.expressions[at])) {
          model.schema.facts[fact->fact.index].used = true;
        }
        if (const auto* fact = std::get_if<FactPresence>(&model.expressions[at])) {
          model.schema.facts[fact->fact.index].used = true;
        }
      }
    };
    mark();
    // A condition that can make a used fact contradictory brings in the facts it compares it with.
    std::vector<bool> taken(model.holds.size());
    for (bool changed = true; changed;) {
      changed = false;
      for (std::size_t at = 0; at < model.holds.size(); ++at) {
        const std::vector<FactId>& facts = model.holds[at].facts;
        const bool touches =
            std::ranges::any_of(facts, [&](FactId fact) { return model.schema.facts[fact.index].used; });
        if (taken[at] || !touches) continue;
        taken[at] = true;
        changed = true;
        search_.Visit({Node::Kind::kExpression, model.holds[at].condition.index});
        for (const FactId fact : facts) model.schema.facts[fact.index].used = true;
      }
    }
    mark();
  }

  Context& context_;
  Graph graph_;
  Search search_;
};

}  // namespace

void CheckCycles(Context& context) {
  const Graph graph(context.model);
  Search search(context.model, graph);
  const auto visit = [&](Node node) {
    const std::vector<Node> cycle = search.Visit(node);
    if (!cycle.empty()) {
      context.Error(Kind::kClauseCycle, PlaceOf(context.model, cycle), {ChainOf(context.model, cycle)});
    }
  };
  for (std::uint32_t at = 0; at < context.model.clauses.size(); ++at) visit({Node::Kind::kClause, at});
  for (const Let& let : context.model.lets) {
    if (let.value.valid()) visit({Node::Kind::kExpression, let.value.index});
  }
  for (const Grant& grant : context.model.grants) {
    if (grant.value.valid()) visit({Node::Kind::kExpression, grant.value.index});
  }
  for (const Score& score : context.model.scores) {
    if (score.value.valid()) visit({Node::Kind::kExpression, score.value.index});
  }
  for (const ExpressionId id : RootsOf(context.model.lifecycles)) visit({Node::Kind::kExpression, id.index});
  if (context.model.reference.valid()) visit({Node::Kind::kExpression, context.model.reference.index});
}

void MarkReached(Context& context) { Reach(context).Run(); }

}  // namespace pol::model
