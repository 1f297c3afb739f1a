// any, all, none, at least N of: several conditions, the items of a clause, the years of a series, the
// elements of a list.
#include <utility>

#include "compiler/model/typer.h"
#include "compiler/model/words.h"
#include "compiler/source/map_each.h"

namespace pol::model {

using program::ValueKind;
using syntax::QuantifierKind;

namespace {

bool HasThreshold(QuantifierKind kind) {
  return kind == QuantifierKind::kAtLeast || kind == QuantifierKind::kAtMost ||
         kind == QuantifierKind::kExactly;
}

}  // namespace

std::optional<ExpressionId> Typer::Threshold(const Site& site, const syntax::Quantifier& quantifier,
                                             std::optional<std::size_t> most) {
  if (!HasThreshold(quantifier.kind)) return ExpressionId{};
  const Value value = Of(site.environment, quantifier.threshold);
  if (!MustBeCount(value) || !MustBeGiven(value) || !MustBeOfRecord(value)) return std::nullopt;
  const auto known = KnownNumber(value.id);
  const bool least = quantifier.kind == QuantifierKind::kAtLeast;
  if (known && *known < (least ? 1 : 0)) {
    context_.Error(Kind::kThresholdTooLow, value.range, {context_.WordsOf(value.range)});
    return std::nullopt;
  }
  const bool idle =
      known && most && (quantifier.kind == QuantifierKind::kAtMost ? *known >= *most : *known > *most);
  if (idle) {
    context_.Error(Kind::kThresholdTooHigh, value.range,
                   {context_.WordsOf(value.range), std::to_string(*most)});
    return std::nullopt;
  }
  return value.id;
}

ExpressionId Typer::OneMore(ExpressionId threshold, Range range) {
  if (const auto known = KnownNumber(threshold)) {
    return context_.EmitNumber(Rational(*known + 1), CountType(), context_.DomainOf(threshold), range);
  }
  const ExpressionId one = context_.EmitNumber(1, CountType(), context_.DomainOf(threshold), range);
  return context_.EmitArithmetic(ArithmeticOperator::kAdd, threshold, one, CountType(), range);
}

// ---- Several conditions
// -------------------------------------------------------------------------------------------

Value Typer::QuantifyAll(const Site& site, const syntax::Quantifier& quantifier,
                         std::vector<ExpressionId> operands, std::uint32_t domain) {
  const auto threshold = Threshold(site, quantifier, operands.size());
  if (!threshold) return {};
  const auto at_least = [&](ExpressionId number, std::vector<ExpressionId> of) {
    return context_.Emit(AtLeast{context_.Lift(number, domain), std::move(of)}, TruthType(), domain,
                         site.range);
  };
  ExpressionId id;
  switch (quantifier.kind) {
    case QuantifierKind::kAny:
      id = context_.EmitAny(std::move(operands), domain, site.range);
      break;
    case QuantifierKind::kAll:
      id = context_.EmitAll(std::move(operands), domain, site.range);
      break;
    case QuantifierKind::kNone:
      id = context_.EmitNot(context_.EmitAny(std::move(operands), domain, site.range), site.range);
      break;
    case QuantifierKind::kAtLeast:
      id = at_least(*threshold, std::move(operands));
      break;
    case QuantifierKind::kAtMost:
      id = context_.EmitNot(at_least(OneMore(*threshold, site.range), std::move(operands)), site.range);
      break;
    case QuantifierKind::kExactly: {
      const ExpressionId enough = at_least(*threshold, operands);
      const ExpressionId more = at_least(OneMore(*threshold, site.range), std::move(operands));
      id = context_.EmitAll({enough, context_.EmitNot(more, site.range)}, domain, site.range);
      break;
    }
  }
  return Scalar(id, site.range);
}

Value Typer::On(const Site& site, const syntax::QuantifiedList& node) {
  std::vector<Value> values;
  std::vector<ExpressionId> conditions;
  bool complete = true;
  values.reserve(node.operands.size());
  for (const syntax::ExpressionId operand : node.operands) {
    values.push_back(Of(site.environment, operand));
    conditions.push_back(Condition(values.back()));
    complete = complete && conditions.back().valid();
  }
  if (!complete) return {};
  const auto places = MapEach(values, [](const Value& value) { return &value; });
  const auto domain = CommonDomain(places, site.range);
  if (!domain) return {};
  for (ExpressionId& condition : conditions) condition = context_.Lift(condition, *domain);
  return QuantifyAll(site, node.quantifier, std::move(conditions), *domain);
}

// One clause stands for its items; `all of` it is the clause itself, with its condition and what replaces it.
Value Typer::QuantifyCitation(const Site& site, const syntax::Quantifier& quantifier,
                              const syntax::Citation& citation) {
  const Range range = citation.range;
  if (site.environment.constant_only || site.environment.raw) {
    context_.Error(site.environment.raw ? Kind::kCitationInHolds : Kind::kNotConstant, range,
                   {context_.WordsOf(range)});
    return {};
  }
  const ClauseId clause = context_.Cited(citation);
  if (!clause.valid() || !context_.MustDecide(clause, range)) return {};
  std::vector<ClauseId> cited;
  for (const ClauseId item : context_.model.clauses[clause.index].items) {
    if (context_.model.clauses[item.index].replaces.empty() && context_.Decides(item)) cited.push_back(item);
  }
  if (cited.empty() && HasThreshold(quantifier.kind)) {
    context_.Error(Kind::kClauseHasNoItems, range, {syntax::ToString(citation)});
    return {};
  }
  if (cited.empty() || quantifier.kind == QuantifierKind::kAll) cited = {clause};
  auto conditions =
      MapEach(cited, [&](ClauseId item) { return context_.Emit(ClauseValue{item}, TruthType(), 0, range); });
  return QuantifyAll(site, quantifier, std::move(conditions), 0);
}

// ---- Years and elements
// -------------------------------------------------------------------------------------------

Value Typer::On(const Site& site, const syntax::QuantifiedSelection& node) {
  const syntax::Selection& selection = node.selection;
  const bool plain = !selection.window.valid() && !selection.condition.valid();
  const auto* citation = std::get_if<syntax::CitationReference>(&(*site.environment.tree)[selection.operand]);
  if (plain && citation != nullptr) return QuantifyCitation(site, node.quantifier, citation->citation);
  Value operand = Of(site.environment, selection.operand);
  if (plain && operand.form == Form::kChecklist) {
    std::vector<ExpressionId> items;
    const Site place{site.environment, operand.range};
    for (const FactId item : context_.checklists[operand.checklist].items)
      items.push_back(ReadFact(place, item).id);
    return QuantifyAll(site, node.quantifier, std::move(items), operand.domain);
  }
  const Selected selected = Select(site, selection, std::move(operand));
  if (!selected.ok) return {};
  return QuantifyLanes(site, node.quantifier, selected);
}

Value Typer::QuantifyLanes(const Site& site, const syntax::Quantifier& quantifier, const Selected& selected) {
  const Value& operand = selected.operand;
  Fold fold;
  fold.child = selected.domain;
  Selected lanes = selected;
  if (operand.form == Form::kList) {
    // `every accident where …` says of each that it is so; `in` says which ones are meant.
    fold.value = selected.where;
    lanes.where = {};
    if (!fold.value.valid() && quantifier.kind == QuantifierKind::kAll) {
      context_.Error(Kind::kEveryWithoutWhere, site.range, {context_.WordsOf(operand.range)});
      return {};
    }
    if (!fold.value.valid()) fold.value = context_.EmitTruth(true, selected.domain, site.range);
  } else {
    fold.value = Condition(operand);
    if (!fold.value.valid()) return {};
  }
  const auto threshold = Threshold(site, quantifier, std::nullopt);
  if (!threshold) return {};
  fold.condition = SelectedLanes(lanes, site.range);
  const auto emit = [&](FoldOperator operation, ExpressionId number) {
    fold.operation = operation;
    fold.threshold = number;
    return context_.Emit(fold, TruthType(), 0, site.range);
  };
  switch (quantifier.kind) {
    case QuantifierKind::kAny:
      return Scalar(emit(FoldOperator::kAny, {}), site.range);
    case QuantifierKind::kAll:
      return Scalar(emit(FoldOperator::kAll, {}), site.range);
    case QuantifierKind::kNone:
      return Scalar(context_.EmitNot(emit(FoldOperator::kAny, {}), site.range), site.range);
    case QuantifierKind::kAtLeast:
      return Scalar(emit(FoldOperator::kAtLeast, *threshold), site.range);
    case QuantifierKind::kAtMost:
    case QuantifierKind::kExactly:
      break;
  }
  const ExpressionId more = emit(FoldOperator::kAtLeast, OneMore(*threshold, site.range));
  const ExpressionId not_more = context_.EmitNot(more, site.range);
  if (quantifier.kind == QuantifierKind::kAtMost) return Scalar(not_more, site.range);
  const ExpressionId enough = emit(FoldOperator::kAtLeast, *threshold);
  return Scalar(context_.EmitAll({enough, not_more}, 0, site.range), site.range);
}

}  // namespace pol::model
