#include "compiler/lower/explanations.h"

#include <algorithm>
#include <optional>

#include "compiler/lower/words.h"
#include "compiler/model/walk.h"
#include "compiler/source/map_each.h"
#include "runtime/program/instruction_info.h"
#include "runtime/program/verify.h"

namespace pol::lower {

using model::ClauseId;
using model::ExpressionId;
using program::ExplanationKind;
using program::kNone;

Explanations::Explanations(const model::Model& model, const source::Files& files, const Values& values,
                           program::Program& program)
    : model_(model),
      files_(files),
      values_(values),
      program_(program),
      expressions_(model.expressions.size(), kNone),
      clauses_(model.clauses.size(), kNone),
      entered_expressions_(model.expressions.size()),
      entered_clauses_(model.clauses.size()) {}

namespace {

bool IsTruth(const model::Model& model, ExpressionId id) {
  return id.valid() && model.InfoOf(id).type.kind == program::ValueKind::kTruth;
}

bool IsConstantTruth(const model::Model& model, ExpressionId id) {
  return !id.valid() || std::holds_alternative<model::ConstantTruth>(model[id]);
}

// The conditions that the node of an expression has as children.
std::vector<ExpressionId> ChildrenOf(const model::Model& model, ExpressionId id) {
  const model::Expression& expression = model[id];
  if (const auto* all = std::get_if<model::All>(&expression)) {
    return all->presence_guard ? std::vector{all->operands.back()} : all->operands;
  }
  if (const auto* bands = std::get_if<model::Bands>(&expression)) {
    return MapEach(bands->rows, [](const model::BandRow& row) { return row.body; });
  }
  if (const auto* let = std::get_if<model::LetValue>(&expression)) {
    return {model.lets[let->let.index].value};
  }
  if (std::holds_alternative<model::ByYear>(expression) || std::holds_alternative<model::Walk>(expression)) {
    return {};
  }
  if (std::holds_alternative<model::Comparison>(expression) ||
      std::holds_alternative<model::Pick>(expression) ||
      std::holds_alternative<model::Previous>(expression)) {
    return {};
  }
  return model::OperandsOf(expression);
}

}  // namespace

std::uint32_t Explanations::OfClause(ClauseId id) {
  Visit(NodeOf(id));
  return clauses_[id.index];
}

std::uint32_t Explanations::OfDecision(std::uint32_t index) {
  const model::Decision& decision = model_.decisions[index];
  program::Explanation node;
  node.kind = ExplanationKind::kDecision;
  node.decision = index;
  node.value = program_.decisions[index].value;
  node.words = decision.naming.name;
  node.label = decision.naming.label;
  node.place = PlaceOf(files_, decision.range);
  for (const model::DecisionCase& one : decision.cases) {
    if (!one.condition.valid()) continue;
    Visit(NodeOf(one.condition));
    program::Explanation outcome = NodeFor(ExplanationKind::kCondition, one.condition);
    outcome.words = decision.outcomes[one.outcome].name;
    outcome.label = decision.outcomes[one.outcome].label;
    outcome.children = {expressions_[one.condition.index]};
    node.children.push_back(Add(std::move(outcome)));
  }
  return Add(std::move(node));
}

void Explanations::OfLifecycle(std::uint32_t index) {
  const model::Lifecycle& lifecycle = model_.lifecycles[index];
  program::Explanation node;
  node.kind = ExplanationKind::kLifecycle;
  node.lifecycle = index;
  node.value = program_.lifecycles[index].state;
  node.words = lifecycle.naming.name;
  node.label = lifecycle.naming.label;
  node.place = PlaceOf(files_, lifecycle.range);
  for (const model::LifecycleTrigger& trigger : lifecycle.triggers) {
    Visit(NodeOf(trigger.condition));
    program::Explanation ending = NodeFor(ExplanationKind::kCondition, trigger.condition);
    ending.words = lifecycle.states[trigger.state].naming.name;
    ending.label = lifecycle.states[trigger.state].naming.label;
    ending.children = {expressions_[trigger.condition.index]};
    node.children.push_back(Add(std::move(ending)));
  }
  program_.lifecycles[index].explanation = Add(std::move(node));
}

std::vector<Node> Explanations::NeedsOf(Node node) const {
  std::vector<Node> needs;
  const auto add = [&](ExpressionId id) {
    if (IsTruth(model_, id)) needs.push_back(NodeOf(id));
  };
  if (node.kind == Node::Kind::kExpression) {
    for (const ExpressionId child : ChildrenOf(model_, {node.index})) add(child);
    if (const auto* clause = std::get_if<model::ClauseValue>(&model_.expressions[node.index])) {
      needs.push_back(NodeOf(clause->clause));
    }
    return needs;
  }
  const model::Clause& clause = model_.clauses[node.index];
  add(clause.when);
  add(clause.condition);
  for (const ClauseId item : DecidingItems(model_, {node.index})) needs.push_back(NodeOf(item));
  for (const ClauseId by : clause.replaced_by) {
    for (const ExpressionId condition : LiveConditions(model_, by)) add(condition);
    needs.push_back(NodeOf(by));
  }
  return needs;
}

void Explanations::Visit(Node root) {
  struct Frame {
    Node node;
    std::vector<Node> needs;
    std::size_t next = 0;
  };
  const auto enter = [&](Node node) {
    auto& entered = node.kind == Node::Kind::kClause ? entered_clauses_ : entered_expressions_;
    const bool first = !entered[node.index];
    entered[node.index] = true;
    return first;
  };
  std::vector<Frame> stack;
  if (enter(root)) stack.push_back({root, NeedsOf(root)});
  while (!stack.empty()) {
    Frame& frame = stack.back();
    if (frame.next == frame.needs.size()) {
      Build(frame.node);
      stack.pop_back();
      continue;
    }
    const Node need = frame.needs[frame.next++];
    if (enter(need)) stack.push_back({need, NeedsOf(need)});
  }
}

void Explanations::Build(Node node) {
  if (node.kind == Node::Kind::kExpression) {
    expressions_[node.index] = BuildExpression({node.index});
  } else if (Decides(model_, {node.index})) {
    clauses_[node.index] = BuildClause({node.index});
  }
}

std::uint32_t Explanations::Add(program::Explanation node) {
  // The verifier's own limits leave room for a decision above the largest clause.
  constexpr std::uint32_t kMostDepth = program::Limits::kDepth - 10;
  constexpr std::uint32_t kMostSize = program::Limits::kExplanationSize / 4;
  const bool decision = node.kind == ExplanationKind::kDecision || node.kind == ExplanationKind::kLifecycle;
  Extent extent;
  std::uint64_t size = 1;
  for (const std::uint32_t child : node.children) {
    extent.depth = std::max(extent.depth, extents_[child].depth + 1);
    size += extents_[child].size;
  }
  if (extent.depth > (decision ? program::Limits::kDepth : kMostDepth) ||
      size > (decision ? program::Limits::kExplanationSize : kMostSize)) {
    if (program::IsAmount(node.kind)) {
      node.kind = ExplanationKind::kAmount;
      node.terms.resize(1);
    } else if (!decision && node.kind != ExplanationKind::kClause) {
      node.kind = ExplanationKind::kCondition;
    }
    node.children.clear();
    extent.depth = 1;
    size = 1;
  }
  extent.size = static_cast<std::uint32_t>(size);
  extents_.push_back(extent);
  program_.explanations.push_back(std::move(node));
  return static_cast<std::uint32_t>(program_.explanations.size() - 1);
}

program::Explanation Explanations::NodeFor(ExplanationKind kind, ExpressionId id) const {
  program::Explanation node;
  node.kind = kind;
  node.value = values_.Of(id);
  node.words = WordsOf(files_, model_.InfoOf(id).range);
  node.place = PlaceOf(files_, model_.InfoOf(id).range);
  return node;
}

// ---- Expressions
// ------------------------------------------------------------------------------------------------

// The node of each kind of condition. What only numbers and codes can be never gets here.
struct NodeRules {
  Explanations& table;
  ExpressionId id;

  std::uint32_t NodeOf(ExpressionId child) const { return table.expressions_[child.index]; }
  program::Explanation Node(ExplanationKind kind) const { return table.NodeFor(kind, id); }
  std::uint32_t Leaf(std::vector<std::uint32_t> terms = {}) const {
    program::Explanation node = Node(ExplanationKind::kCondition);
    node.terms = std::move(terms);
    return table.Add(std::move(node));
  }
  std::uint32_t Join(ExplanationKind kind, const std::vector<ExpressionId>& operands) const {
    program::Explanation node = Node(kind);
    for (const ExpressionId operand : operands) node.children.push_back(NodeOf(operand));
    return table.Add(std::move(node));
  }
  // A name: its node's words and label are those of the name, its child what the name stands for.
  std::uint32_t Named(program::Explanation node, const program::Naming& naming) const {
    node.words = NameFor(node.words, naming);
    node.label = naming.label;
    return table.Add(std::move(node));
  }

  std::uint32_t operator()(const model::FactValue& it) const {
    program::Explanation node = Node(ExplanationKind::kCondition);
    node.terms = {table.TermOf(id)};
    return Named(std::move(node), table.model_.schema.facts[it.fact.index].naming);
  }
  std::uint32_t operator()(const model::FactPresence& it) const {
    program::Explanation node = Node(ExplanationKind::kCondition);
    node.words.clear();
    return Named(std::move(node), table.model_.schema.facts[it.fact.index].naming);
  }
  std::uint32_t operator()(const model::LetValue& it) const {
    const model::Let& let = table.model_.lets[it.let.index];
    program::Explanation node = Node(ExplanationKind::kCondition);
    node.children = {NodeOf(let.value)};
    return Named(std::move(node), let.naming);
  }
  std::uint32_t operator()(const model::ParameterValue& it) const {
    return Named(Node(ExplanationKind::kCondition), table.model_.parameters[it.parameter.index].naming);
  }
  std::uint32_t operator()(const model::MissedDuty& it) const {
    const model::Duty& duty = table.model_.lifecycles[it.lifecycle.index].duties[it.duty];
    program::Explanation node = Node(ExplanationKind::kCondition);
    node.terms = {table.TermOf(duty.due)};
    node.label = duty.naming.label;
    return table.Add(std::move(node));
  }
  std::uint32_t operator()(const model::ClauseValue& it) const { return table.clauses_[it.clause.index]; }
  std::uint32_t operator()(const model::Broadcast& it) const { return NodeOf(it.operand); }
  std::uint32_t operator()(const model::Not& it) const { return Join(ExplanationKind::kNot, {it.operand}); }
  std::uint32_t operator()(const model::All& it) const {
    if (!it.presence_guard) return Join(ExplanationKind::kAll, it.operands);
    program::Explanation node = table.program_.explanations[NodeOf(it.operands.back())];
    node.value = table.values_.Of(id);
    return table.Add(std::move(node));
  }
  std::uint32_t operator()(const model::Any& it) const { return Join(ExplanationKind::kAny, it.operands); }
  std::uint32_t operator()(const model::AtLeast& it) const {
    program::Explanation node = Node(ExplanationKind::kAtLeast);
    node.terms = {table.TermOf(it.threshold)};
    for (const ExpressionId operand : it.operands) node.children.push_back(NodeOf(operand));
    return table.Add(std::move(node));
  }
  std::uint32_t operator()(const model::Comparison& it) const {
    program::Explanation node = Node(ExplanationKind::kComparison);
    node.comparison = it.comparison;
    node.terms = {table.TermOf(it.left), table.TermOf(it.right)};
    return table.Add(std::move(node));
  }
  std::uint32_t operator()(const model::Conditional& it) const {
    return Join(ExplanationKind::kSelection, {it.condition, it.then, it.otherwise});
  }
  std::uint32_t operator()(const model::Bands& it) const {
    std::vector<std::uint32_t> children;
    for (const model::BandRow& row : it.rows) {
      program::Explanation pattern = table.NodeFor(ExplanationKind::kCondition, row.holds);
      pattern.words = row.words;
      children.push_back(table.Add(std::move(pattern)));
      children.push_back(NodeOf(row.body));
    }
    program::Explanation node = Node(ExplanationKind::kBands);
    node.terms = {table.TermOf(it.subject)};
    node.children = std::move(children);
    return table.Add(std::move(node));
  }
  std::uint32_t operator()(const model::WithinRegion& it) const { return Leaf({table.TermOf(it.operand)}); }
  std::uint32_t operator()(const model::Fold& it) const {
    const std::optional<std::uint32_t> year = OneYearOf(it);
    program::Explanation node = Node(year ? ExplanationKind::kRunning : ExplanationKind::kQuantifier);
    const bool selects = !IsConstantTruth(table.model_, it.condition);
    const bool asks = !IsConstantTruth(table.model_, it.value);
    if (year) {
      node.children = {*year};
    } else if (asks) {
      node.children = {NodeOf(it.value)};
    }
    if (selects) node.children.push_back(NodeOf(it.condition));
    if (node.children.empty()) {
      program::Explanation element;
      element.value = program::OperandsOf(table.program_, table.values_.Of(id))[0];
      element.place = node.place;
      node.children = {table.Add(std::move(element))};
    }
    node.terms = table.ElementTerms(it);
    return table.Add(std::move(node));
  }
  // What is asked of each year, when it is asked of years one after the other: the model asks it of a year in
  // the window, of the year before it, and so on.
  std::optional<std::uint32_t> OneYearOf(const model::Fold& fold) const {
    if (!fold.value.valid()) return {};
    const auto* run = std::get_if<model::All>(&table.model_[fold.value]);
    if (run == nullptr || run->operands.size() < 2) return {};
    const auto* before = std::get_if<model::Previous>(&table.model_[run->operands[1]]);
    if (before == nullptr || before->operand != run->operands[0]) return {};
    const auto* year = std::get_if<model::All>(&table.model_[run->operands[0]]);
    if (year == nullptr || year->operands.size() != 2 || year->operands[0] != fold.condition) return {};
    return NodeOf(year->operands[1]);
  }
  template <typename Other>
  std::uint32_t operator()(const Other&) const {
    return Leaf();
  }
};

std::uint32_t Explanations::BuildExpression(ExpressionId id) {
  return std::visit(NodeRules{*this, id}, model_[id]);
}

// ---- Clauses
// ----------------------------------------------------------------------------------------------------

std::uint32_t Explanations::BuildBody(ClauseId id) {
  const model::Clause& clause = model_.clauses[id.index];
  if (clause.condition.valid()) return expressions_[clause.condition.index];
  program::Explanation node;
  node.value = values_.Of(id).body;
  node.place = PlaceOf(files_, clause.range);
  if (clause.kind == program::ClauseKind::kUndisclosed) {
    node.words = clause.text;
    return Add(std::move(node));
  }
  node.kind = ExplanationKind::kAll;
  for (const ClauseId item : DecidingItems(model_, id)) node.children.push_back(clauses_[item.index]);
  return Add(std::move(node));
}

std::uint32_t Explanations::BuildLive(ClauseId replacing, Register live) {
  std::vector<std::uint32_t> children;
  for (const ExpressionId condition : LiveConditions(model_, replacing)) {
    children.push_back(expressions_[condition.index]);
  }
  if (children.size() == 1) return children.front();
  program::Explanation node;
  node.kind = children.empty() ? ExplanationKind::kCondition : ExplanationKind::kAll;
  node.value = live;
  node.children = std::move(children);
  node.place = PlaceOf(files_, model_.clauses[replacing.index].range);
  return Add(std::move(node));
}

std::uint32_t Explanations::BuildReplacements(ClauseId id, std::uint32_t own) {
  const model::Clause& clause = model_.clauses[id.index];
  const ClauseRegisters& registers = values_.Of(id);
  for (std::size_t index = clause.replaced_by.size(); index-- > 0;) {
    const ClauseId by = clause.replaced_by[index];
    program::Explanation node;
    node.kind = ExplanationKind::kReplaced;
    node.value = registers.replaced[index];
    node.clause = by.index;
    node.children = {BuildLive(by, registers.lives[index]), clauses_[by.index], own};
    node.place = PlaceOf(files_, model_.clauses[by.index].range);
    own = Add(std::move(node));
  }
  return own;
}

std::uint32_t Explanations::BuildClause(ClauseId id) {
  const model::Clause& clause = model_.clauses[id.index];
  const ClauseRegisters& registers = values_.Of(id);
  std::uint32_t child = BuildBody(id);
  if (registers.own != registers.body) {
    program::Explanation node = NodeFor(ExplanationKind::kSelection, clause.when);
    node.value = registers.own;
    node.children = {expressions_[clause.when.index], child};
    child = Add(std::move(node));
  }
  child = BuildReplacements(id, child);
  program::Explanation node;
  node.kind = ExplanationKind::kClause;
  node.value = registers.value;
  node.clause = id.index;
  node.words = clause.naming.name;
  node.label = clause.naming.label;
  node.children = {child};
  node.place = PlaceOf(files_, clause.range);
  return Add(std::move(node));
}

}  // namespace pol::lower
