// Parameters, lets, grants and scores, each typed after those it names: first the order, by the words that
// occur, without recursion.
#include <unordered_map>

#include "compiler/model/declare.h"
#include "compiler/syntax/children.h"

namespace pol::model {
namespace {

struct Node {
  SymbolKind kind;
  std::uint32_t index;
};

class DefinitionOrder {
 public:
  explicit DefinitionOrder(const Context& context) : context_(context) {
    states_[0].resize(context.parameters.size());
    states_[1].resize(context.lets.size());
    states_[2].resize(context.functions.size());
    states_[3].resize(context.grants.size());
    states_[4].resize(context.scores.size());
  }

  std::vector<Node> Run() {
    for (std::uint32_t at = 0; at < context_.parameters.size(); ++at) Visit({SymbolKind::kParameter, at});
    for (std::uint32_t at = 0; at < context_.lets.size(); ++at) Visit({SymbolKind::kLet, at});
    for (std::uint32_t at = 0; at < context_.grants.size(); ++at) Visit({SymbolKind::kGrant, at});
    for (std::uint32_t at = 0; at < context_.scores.size(); ++at) Visit({SymbolKind::kScore, at});
    return std::move(order_);
  }

 private:
  struct Frame {
    Node node;
    std::vector<Node> needs;
    std::size_t next = 0;
  };

  std::vector<bool>::reference Entered(Node node) {
    const std::size_t group = node.kind == SymbolKind::kParameter  ? 0
                              : node.kind == SymbolKind::kLet      ? 1
                              : node.kind == SymbolKind::kFunction ? 2
                              : node.kind == SymbolKind::kGrant    ? 3
                                                                   : 4;
    return states_[group][node.index];
  }

  void Visit(Node root) {
    if (Entered(root)) return;
    std::vector<Frame> stack;
    Enter(root, stack);
    while (!stack.empty()) {
      Frame& top = stack.back();
      if (top.next < top.needs.size()) {
        const Node need = top.needs[top.next++];
        if (!Entered(need)) Enter(need, stack);
        continue;
      }
      if (top.node.kind != SymbolKind::kFunction) order_.push_back(top.node);
      stack.pop_back();
    }
  }

  void Enter(Node node, std::vector<Frame>& stack) {
    Entered(node) = true;
    stack.push_back({node, NeedsOf(node), 0});
  }

  std::vector<Node> NeedsOf(Node node) const {
    std::vector<Node> needs;
    if (node.kind == SymbolKind::kParameter) {
      const ParameterState& state = context_.parameters[node.index];
      for (const syntax::DatedValue& dated : state.source.declaration->values) {
        AddNames(*state.source.tree, dated.value, needs);
        AddNames(*state.source.tree, dated.from, needs);
      }
    } else if (node.kind == SymbolKind::kLet) {
      const LetState& state = context_.lets[node.index];
      AddNames(*state.source.tree, state.source.declaration->value, needs);
    } else if (node.kind == SymbolKind::kGrant) {
      const GrantState& state = context_.grants[node.index];
      AddNames(*state.source.tree, state.source.declaration->condition, needs);
      AddNames(*state.source.tree, state.source.declaration->amount, needs);
      for (const syntax::Limit& limit : state.source.declaration->limits) {
        AddNames(*state.source.tree, limit.bound, needs);
      }
    } else if (node.kind == SymbolKind::kScore) {
      AddNamesOf(context_.scores[node.index].source, needs);
    } else {
      const FunctionState& state = context_.functions[node.index];
      AddNames(*state.source.tree, state.source.declaration->value, needs);
    }
    return needs;
  }

  void AddNamesOf(const Declared<syntax::Score>& score, std::vector<Node>& needs) const {
    const auto add = [&](const std::vector<syntax::Limit>& limits) {
      for (const syntax::Limit& limit : limits) AddNames(*score.tree, limit.bound, needs);
    };
    for (const syntax::ScoreItem& item : score.declaration->items) {
      AddNames(*score.tree, item.points, needs);
      add(item.limits);
    }
    add(score.declaration->limits);
  }

  void AddNames(const syntax::Tree& tree, syntax::ExpressionId root, std::vector<Node>& needs) const {
    if (!root.valid()) return;
    std::vector<syntax::ExpressionId> open = {root};
    while (!open.empty()) {
      const syntax::Expression& expression = tree[open.back()];
      open.pop_back();
      const auto* name = std::get_if<syntax::NameReference>(&expression);
      if (name != nullptr) AddName(name->name, needs);
      const auto* call = std::get_if<syntax::Call>(&expression);
      if (call != nullptr) AddName(call->function.text, needs);
      syntax::ForEachChild(expression, [&](syntax::ExpressionId child) { open.push_back(child); });
    }
  }

  void AddName(const std::string& name, std::vector<Node>& needs) const {
    const Symbol* symbol = context_.scope.Find(name);
    if (symbol == nullptr) return;
    const bool definition = symbol->kind == SymbolKind::kParameter || symbol->kind == SymbolKind::kLet ||
                            symbol->kind == SymbolKind::kFunction || symbol->kind == SymbolKind::kGrant ||
                            symbol->kind == SymbolKind::kScore;
    if (definition) needs.push_back({symbol->kind, symbol->index});
  }

  const Context& context_;
  std::vector<bool> states_[5];
  std::vector<Node> order_;
};

}  // namespace

void TypeDefinitions(Context& context, Typer& typer) {
  for (const Node& node : DefinitionOrder(context).Run()) {
    if (node.kind == SymbolKind::kParameter) {
      typer.DefineParameter(node.index);
    } else if (node.kind == SymbolKind::kGrant) {
      typer.DefineGrant(node.index);
    } else if (node.kind == SymbolKind::kScore) {
      typer.DefineScore(node.index);
    } else {
      typer.DefineLet(node.index);
    }
  }
}

}  // namespace pol::model
