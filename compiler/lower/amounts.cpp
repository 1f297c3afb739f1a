// How the amounts of grants and the points of scores came about: Explanations' part about numbers.
#include <utility>

#include "compiler/lower/explanations.h"
#include "compiler/lower/words.h"
#include "compiler/source/map_each.h"

namespace pol::lower {

using model::ExpressionId;
using program::ExplanationKind;
using program::kNone;

namespace {

constexpr std::uint32_t kMostDepth = 12;

program::LimitKind KindOf(const model::Limit& limit) {
  if (limit.kind == model::LimitKind::kAtMost) return program::LimitKind::kAtMost;
  if (limit.kind == model::LimitKind::kAtLeast) return program::LimitKind::kAtLeast;
  if (limit.rounding == model::Rounding::kUp) return program::LimitKind::kRoundedUp;
  return limit.rounding == model::Rounding::kDown ? program::LimitKind::kRoundedDown
                                                  : program::LimitKind::kRounded;
}

bool IsOf(const model::Expression& expression, model::ArithmeticOperator operation) {
  const auto* arithmetic = std::get_if<model::Arithmetic>(&expression);
  return arithmetic != nullptr && arithmetic->operation == operation;
}

// `least of (a, b)`: a choice by the two themselves, which reads best as it is written.
bool IsExtreme(const model::Model& model, const model::Expression& expression) {
  const auto* choice = std::get_if<model::Conditional>(&expression);
  if (choice == nullptr) return false;
  const auto* by = std::get_if<model::Comparison>(&model[choice->condition]);
  return by != nullptr && by->left == choice->then && by->right == choice->otherwise;
}

}  // namespace

void Explanations::OfGrant(std::uint32_t index) {
  const model::Grant& grant = model_.grants[index];
  program::Grant& shown = program_.grants[index];
  if (grant.condition.valid()) {
    Visit(NodeOf(grant.condition));
    shown.condition = expressions_[grant.condition.index];
  }
  shown.amount = AmountOf(grant.amount, 0);
  shown.limits = LimitsOf(grant.limits);
}

void Explanations::OfScore(std::uint32_t index) {
  const model::Score& score = model_.scores[index];
  program::Score& shown = program_.scores[index];
  for (std::size_t at = 0; at < score.items.size(); ++at) {
    shown.items[at].points = AmountOf(score.items[at].points, 0);
    shown.items[at].limits = LimitsOf(score.items[at].limits);
  }
  shown.limits = LimitsOf(score.limits);
}

std::vector<program::Limit> Explanations::LimitsOf(const std::vector<model::Limit>& limits) {
  return MapEach(limits, [&](const model::Limit& limit) {
    return program::Limit{KindOf(limit), AmountOf(limit.bound, 0), values_.Of(limit.value)};
  });
}

// Whether there is more to tell of it than its value.
bool Explanations::IsCompound(ExpressionId id) const {
  const model::Expression& expression = model_[Resolve(id)];
  return !IsExtreme(model_, expression) && (IsOf(expression, model::ArithmeticOperator::kAdd) ||
                                            IsOf(expression, model::ArithmeticOperator::kMultiply) ||
                                            IsOf(expression, model::ArithmeticOperator::kDivide) ||
                                            std::holds_alternative<model::Conditional>(expression) ||
                                            std::holds_alternative<model::Bands>(expression) ||
                                            std::holds_alternative<model::Brackets>(expression));
}

std::uint32_t Explanations::AmountOf(ExpressionId id, std::uint32_t depth) {
  if (const auto found = amounts_.find(id.index); found != amounts_.end()) return found->second;
  const model::Expression& expression = model_[id];
  std::uint32_t node = kNone;
  if (depth >= kMostDepth || !IsCompound(id)) {
    program::Explanation leaf = NodeFor(ExplanationKind::kAmount, id);
    leaf.terms = {TermOf(id)};
    return Add(std::move(leaf));
  }
  if (const auto* let = std::get_if<model::LetValue>(&expression)) {
    node = NamedAmount(id, model_.lets[let->let.index].value, depth);
  } else if (const auto* choice = std::get_if<model::Conditional>(&expression)) {
    node = ChoiceOf(id, *choice, depth);
  } else if (const auto* bands = std::get_if<model::Bands>(&expression)) {
    node = BandChoiceOf(id, *bands, depth);
  } else if (const auto* brackets = std::get_if<model::Brackets>(&expression)) {
    node = BracketsOf(id, *brackets);
  } else if (IsOf(expression, model::ArithmeticOperator::kMultiply) ||
             IsOf(expression, model::ArithmeticOperator::kDivide)) {
    node = ProductOf(id, std::get<model::Arithmetic>(expression), depth);
  } else if (IsOf(expression, model::ArithmeticOperator::kAdd)) {
    node = SumOf(id, depth);
  } else {
    return AmountOf(Resolve(id), depth + 1);
  }
  amounts_.emplace(id.index, node);
  return node;
}

std::uint32_t Explanations::NamedAmount(ExpressionId id, ExpressionId meaning, std::uint32_t depth) {
  const std::uint32_t child = AmountOf(meaning, depth + 1);
  program::Explanation node = NodeFor(ExplanationKind::kAmount, id);
  node.terms = {AddTerm(id, false)};
  node.children = {child};
  return Add(std::move(node));
}

std::uint32_t Explanations::ProductOf(ExpressionId id, const model::Arithmetic& product,
                                      std::uint32_t depth) {
  const bool quotient = product.operation == model::ArithmeticOperator::kDivide;
  std::vector<std::uint32_t> children;
  for (ExpressionId factor : {product.left, product.right}) {
    // Of what is rounded, what it is rounded from: `1 for every 2 of years`.
    const auto* rounded = std::get_if<model::Round>(&model_[Resolve(factor)]);
    if (rounded != nullptr) factor = rounded->operand;
    if (IsCompound(factor)) children.push_back(AmountOf(factor, depth + 1));
  }
  program::Explanation node = NodeFor(quotient ? ExplanationKind::kQuotient : ExplanationKind::kProduct, id);
  node.terms = {AddTerm(id, false), AddTerm(product.left, false), AddTerm(product.right, false)};
  node.children = std::move(children);
  return Add(std::move(node));
}

std::uint32_t Explanations::SumOf(ExpressionId id, std::uint32_t depth) {
  // The addends from the left, a chain of sums being one.
  std::vector<ExpressionId> addends;
  ExpressionId left = id;
  while (IsOf(model_[left], model::ArithmeticOperator::kAdd)) {
    const auto& sum = std::get<model::Arithmetic>(model_[left]);
    addends.insert(addends.begin(), sum.right);
    left = sum.left;
  }
  addends.insert(addends.begin(), left);
  auto children = MapEach(addends, [&](ExpressionId addend) { return AmountOf(addend, depth + 1); });
  program::Explanation node = NodeFor(ExplanationKind::kSum, id);
  node.terms = {AddTerm(id, false)};
  node.children = std::move(children);
  return Add(std::move(node));
}

std::uint32_t Explanations::ChoiceOf(ExpressionId id, const model::Conditional& choice, std::uint32_t depth) {
  Visit(NodeOf(choice.condition));
  const std::uint32_t then = AmountOf(choice.then, depth + 1);
  const std::uint32_t otherwise = AmountOf(choice.otherwise, depth + 1);
  program::Explanation node = NodeFor(ExplanationKind::kChoice, id);
  node.terms = {AddTerm(id, false)};
  node.children = {expressions_[choice.condition.index], then, otherwise};
  return Add(std::move(node));
}

std::uint32_t Explanations::BandChoiceOf(ExpressionId id, const model::Bands& bands, std::uint32_t depth) {
  std::vector<std::uint32_t> children;
  for (const model::BandRow& row : bands.rows) {
    const std::uint32_t amount = AmountOf(row.body, depth + 1);
    program::Explanation pattern = NodeFor(ExplanationKind::kCondition, row.holds);
    pattern.words = row.words;
    children.push_back(Add(std::move(pattern)));
    children.push_back(amount);
  }
  program::Explanation node = NodeFor(ExplanationKind::kBandChoice, id);
  node.terms = {AddTerm(id, false), TermOf(bands.subject)};
  node.children = std::move(children);
  return Add(std::move(node));
}

std::uint32_t Explanations::TermFor(Register value, const program::ValueType& type, std::string words) {
  program::Term term;
  term.value = value;
  term.type = type;
  term.words = std::move(words);
  program_.terms.push_back(std::move(term));
  return static_cast<std::uint32_t>(program_.terms.size() - 1);
}

std::uint32_t Explanations::BracketsOf(ExpressionId id, const model::Brackets& brackets) {
  const std::vector<BracketRegisters>& parts = values_.PartsOf(values_.Of(id));
  const program::ValueType& type = model_.InfoOf(id).type;
  std::vector<std::uint32_t> children;
  for (std::size_t at = 0; at < brackets.rows.size(); ++at) {
    const model::BracketRow& row = brackets.rows[at];
    program::Explanation part = NodeFor(ExplanationKind::kProduct, row.rate);
    part.value = parts[at].amount;
    part.words = row.words;
    part.terms = {TermFor(parts[at].amount, type, row.words),
                  TermFor(parts[at].part, model_.InfoOf(brackets.subject).type, {}),
                  AddTerm(row.rate, false)};
    children.push_back(Add(std::move(part)));
  }
  program::Explanation node = NodeFor(ExplanationKind::kSum, id);
  node.terms = {AddTerm(id, false), TermOf(brackets.subject)};
  node.children = std::move(children);
  return Add(std::move(node));
}

}  // namespace pol::lower
