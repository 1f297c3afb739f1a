// The values that explanations show: Explanations' part about terms.
#include <algorithm>
#include <optional>
#include <unordered_set>

#include "compiler/lower/explanations.h"
#include "compiler/lower/words.h"
#include "compiler/model/walk.h"

namespace pol::lower {

using model::ExpressionId;

namespace {

// How an expression that is a name is called; nullptr for all others.
const program::Naming* NamingOf(const model::Model& model, const model::Expression& expression) {
  if (const auto* fact = std::get_if<model::FactValue>(&expression)) {
    return &model.schema.facts[fact->fact.index].naming;
  }
  if (const auto* let = std::get_if<model::LetValue>(&expression)) return &model.lets[let->let.index].naming;
  if (const auto* grant = std::get_if<model::GrantValue>(&expression)) {
    return &model.grants[grant->grant.index].naming;
  }
  if (const auto* points = std::get_if<model::ScoreValue>(&expression)) {
    const model::Score& score = model.scores[points->score.index];
    return points->item == program::kNone ? &score.naming : &score.items[points->item].naming;
  }
  if (const auto* parameter = std::get_if<model::ParameterValue>(&expression)) {
    return &model.parameters[parameter->parameter.index].naming;
  }
  if (const auto* part = std::get_if<model::LifecycleValue>(&expression);
      part != nullptr && part->part == model::LifecyclePart::kState) {
    return &model.lifecycles[part->lifecycle.index].naming;
  }
  return nullptr;
}

bool IsConstant(const model::Expression& expression) {
  return std::holds_alternative<model::ConstantNumber>(expression) ||
         std::holds_alternative<model::ConstantCode>(expression) ||
         std::holds_alternative<model::ConstantTruth>(expression);
}

// A named series' value in one year.
struct InYear {
  ExpressionId value;
  ExpressionId year;
};
std::optional<InYear> SeriesInYear(const model::Model& model, ExpressionId id) {
  const auto* fold = std::get_if<model::Fold>(&model[id]);
  if (fold == nullptr || !fold->value.valid() || NamingOf(model, model[fold->value]) == nullptr) return {};
  const auto* window = std::get_if<model::YearInWindow>(&model[fold->condition]);
  if (window == nullptr || window->first != window->last) return {};
  return InYear{fold->value, window->first};
}

// What a value is called after: itself, whatever lanes it is read in; of the year before, the series.
const model::Expression* Shown(const model::Model& model, ExpressionId id) {
  for (;;) {
    const model::Expression& expression = model[id];
    if (const auto* broadcast = std::get_if<model::Broadcast>(&expression)) {
      id = broadcast->operand;
    } else if (const auto* previous = std::get_if<model::Previous>(&expression)) {
      id = previous->operand;
    } else {
      return &expression;
    }
  }
}

}  // namespace

ExpressionId Explanations::Resolve(ExpressionId id) const {
  for (;;) {
    const model::Expression& expression = model_[id];
    if (const auto* let = std::get_if<model::LetValue>(&expression)) {
      id = model_.lets[let->let.index].value;
    } else if (const auto* broadcast = std::get_if<model::Broadcast>(&expression)) {
      id = broadcast->operand;
    } else {
      return id;
    }
  }
}

// A quotient's numerator and denominator; of other arithmetic, the values it begins with that are not written
// in the policy.
std::vector<ExpressionId> Explanations::PartsOf(ExpressionId id) const {
  const auto* arithmetic = std::get_if<model::Arithmetic>(&model_[id]);
  if (arithmetic == nullptr) return {};
  if (arithmetic->operation == model::ArithmeticOperator::kDivide)
    return {arithmetic->left, arithmetic->right};
  constexpr std::size_t kMostParts = 6;
  std::vector<ExpressionId> parts;
  std::vector<ExpressionId> pending{id};
  while (!pending.empty()) {
    const ExpressionId next = pending.back();
    pending.pop_back();
    const model::Expression& expression = model_[next];
    if (std::holds_alternative<model::Arithmetic>(expression) ||
        std::holds_alternative<model::Negate>(expression)) {
      const std::vector<ExpressionId> operands = model::OperandsOf(expression);
      pending.insert(pending.end(), operands.rbegin(), operands.rend());
    } else if (!IsConstant(expression) && std::ranges::find(parts, next) == parts.end()) {
      parts.push_back(next);
    }
    if (parts.size() > kMostParts) return {};
  }
  return parts;
}

std::uint32_t Explanations::TermOf(ExpressionId id) { return AddTerm(id, true); }

std::uint32_t Explanations::AddTerm(ExpressionId id, bool with_parts) {
  const std::uint64_t key = (std::uint64_t{id.index} << 1U) | (with_parts ? 1U : 0U);
  if (const auto found = terms_.find(key); found != terms_.end()) return found->second;
  program::Term term;
  term.value = values_.Of(id);
  term.type = model_.InfoOf(id).type;
  term.words = WordsOf(files_, model_.InfoOf(id).range);
  const model::Expression& expression = *Shown(model_, id);
  term.constant = IsConstant(expression);
  if (std::holds_alternative<model::AsOf>(expression)) {
    term.words = "as_of";
    term.label = "基准日";
  }
  if (const program::Naming* naming = NamingOf(model_, expression)) {
    term.words = NameFor(term.words, *naming);
    term.label = naming->label;
  }
  if (const auto series = SeriesInYear(model_, id)) {
    // Called after the series; its part is the year.
    const program::Naming& naming = *NamingOf(model_, model_[series->value]);
    term.words = naming.name;
    term.label = naming.label;
    term.parts = {AddTerm(series->year, false)};
    with_parts = false;
  }
  if (with_parts) {
    const ExpressionId resolved = Resolve(id);
    const auto* arithmetic = std::get_if<model::Arithmetic>(&model_[resolved]);
    term.quotient = arithmetic != nullptr && arithmetic->operation == model::ArithmeticOperator::kDivide;
    for (const ExpressionId part : PartsOf(resolved)) term.parts.push_back(AddTerm(part, false));
  }
  const auto index = static_cast<std::uint32_t>(program_.terms.size());
  program_.terms.push_back(std::move(term));
  terms_.emplace(key, index);
  return index;
}

std::vector<std::uint32_t> Explanations::ElementTerms(const model::Fold& fold) {
  constexpr std::size_t kMostTerms = 6;
  constexpr std::size_t kMostVisited = 256;
  std::vector<std::uint32_t> terms;
  std::unordered_set<std::uint32_t> seen;
  std::unordered_set<std::uint32_t> facts;
  std::vector<ExpressionId> pending{fold.condition};
  if (fold.value.valid()) pending.push_back(fold.value);
  while (!pending.empty() && terms.size() < kMostTerms && seen.size() < kMostVisited) {
    const ExpressionId id = pending.back();
    pending.pop_back();
    if (model_.InfoOf(id).domain != fold.child || !seen.insert(id.index).second) continue;
    const model::Expression& expression = model_[id];
    const auto* fact = std::get_if<model::FactValue>(&expression);
    if (fact != nullptr && facts.insert(fact->fact.index).second) terms.push_back(AddTerm(id, false));
    const std::vector<ExpressionId> operands = model::OperandsOf(expression);
    pending.insert(pending.end(), operands.rbegin(), operands.rend());
    if (const auto* let = std::get_if<model::LetValue>(&expression)) {
      pending.push_back(model_.lets[let->let.index].value);
    }
  }
  return terms;
}

}  // namespace pol::lower
