// Sums, averages, extremes, counts over the years of a series or the elements of a list, and a list's latest
// element.
#include <utility>

#include "compiler/model/moments.h"
#include "compiler/model/typer.h"
#include "compiler/model/words.h"

namespace pol::model {

using program::ValueKind;

// ---- What is selected
// ---------------------------------------------------------------------------------------------

Typer::Selected Typer::Select(const Site& site, const syntax::Selection& selection, Value of) {
  Selected selected;
  selected.operand = std::move(of);
  const Value& operand = selected.operand;
  if (!operand.ok()) return selected;
  const bool list = operand.form == Form::kList;
  if (!list && !MustBeScalar(operand)) return selected;
  if (operand.domain == 0) {
    context_.Error(Kind::kNothingToFold, operand.range,
                   {context_.WordsOf(operand.range), WordsOf(context_, operand)});
    return selected;
  }
  selected.domain = operand.domain;
  const bool years = operand.domain == context_.year_domain;
  if (years && !selection.window.valid()) selected.window = operand.own_years;
  if (years && !selection.window.valid() && !selected.window.valid()) {
    // All the years there are would be those of all the applicants, and one's verdict would hang on another's
    // data.
    context_.Error(Kind::kWindowMissing, site.range, {context_.WordsOf(operand.range)});
    return selected;
  }
  if (selection.window.valid()) {
    const Value window = Of(site.environment, selection.window);
    if (!window.ok()) return selected;
    if (years && !MustBeYears(window)) return selected;
    selected.window = years ? YearMask(window, window.range)
                            : ListMask(selected.domain, window, site.environment, window.range);
    if (!selected.window.valid()) return selected;
  }
  if (selection.condition.valid()) {
    Environment inside = site.environment;
    inside.outer = &site.environment;
    inside.element_domain = years ? 0 : selected.domain;
    const Value where = Of(inside, selection.condition);
    const ExpressionId condition = Condition(where);
    if (!condition.valid()) return selected;
    if (where.domain != 0 && where.domain != selected.domain) {
      CommonDomain({&operand, &where}, where.range);
      return selected;
    }
    selected.where = context_.Lift(condition, selected.domain);
  }
  selected.ok = true;
  return selected;
}

std::optional<FactId> Typer::OrderField(std::uint32_t domain, Range range) {
  const DomainNames& names = context_.domains[domain];
  const program::Domain& list = context_.model.schema.domains[domain];
  const auto field = TimeField(context_, domain);
  if (field && !context_.model.schema.facts[field->index].optional) return field;
  Kind kind = names.dates.empty() ? Kind::kListWithoutDate : Kind::kListWithSeveralDates;
  std::vector<std::string> arguments = {list.naming.name};
  if (field) {
    kind = Kind::kListDateOptional;
    arguments.push_back(context_.model.schema.facts[field->index].naming.name);
  }
  context_.Error(kind, range, std::move(arguments))
      .notes.push_back({names.range, Kind::kDeclaredHere, {list.element_name}});
  return std::nullopt;
}

ExpressionId Typer::ListMask(std::uint32_t domain, const Value& window, const Environment& environment,
                             Range range) {
  if (window.form != Form::kYears && window.form != Form::kDates) {
    context_.Error(Kind::kWindowExpected, window.range,
                   {context_.WordsOf(window.range), WordsOf(context_, window)});
    return {};
  }
  const DomainNames& names = context_.domains[domain];
  const bool years = window.form == Form::kYears;
  std::optional<FactId> field;
  if (years && names.years.size() == 1) {
    field = names.years.front();
  } else {
    field = OrderField(domain, range);
  }
  if (!field) return {};
  const Site place{environment, range};
  Value when = ReadFact(place, *field);
  if (!MustBeGiven(when)) return {};
  if (years && when.type.kind == ValueKind::kDate) {
    const ExpressionId year = context_.Emit(PartOfDate{DatePart::kYear, when.id}, YearType(), domain, range);
    when = Scalar(year, range);
  }
  return Membership(when, window, range);
}

ExpressionId Typer::SelectedLanes(const Selected& selected, Range range) {
  std::vector<ExpressionId> conditions;
  if (selected.window.valid()) conditions.push_back(selected.window);
  if (selected.where.valid()) conditions.push_back(selected.where);
  return context_.EmitAll(std::move(conditions), selected.domain, range);
}

// ---- Aggregates
// -------------------------------------------------------------------------------------------------

Value Typer::On(const Site& site, const syntax::Aggregate& node) {
  using syntax::AggregateOperator;
  const Selected selected = Select(site, node.selection, Of(site.environment, node.selection.operand));
  if (!selected.ok) return {};
  switch (node.operation) {
    case AggregateOperator::kCount:
      return Count(site, selected);
    case AggregateOperator::kLatest:
    case AggregateOperator::kEarliest:
      return LatestElement(site, node.operation == AggregateOperator::kLatest, selected);
    default:
      return Total(site, node.operation, selected);
  }
}

Value Typer::Total(const Site& site, syntax::AggregateOperator operation, const Selected& selected) {
  using syntax::AggregateOperator;
  const Value& operand = selected.operand;
  if (operand.form == Form::kList) {
    context_.Error(Kind::kListHasNoNumber, operand.range, {context_.WordsOf(operand.range)});
    return {};
  }
  if (!MustBeGiven(operand)) return {};
  const program::ValueType& type = operand.type;
  const bool extreme = operation == AggregateOperator::kMinimum || operation == AggregateOperator::kMaximum;
  const bool scale =
      type.kind == ValueKind::kEnumeration && context_.model.schema.enumerations[type.enumeration].ordered;
  const bool ordered = IsNumber(type) || type.kind == ValueKind::kDate || scale;
  if (extreme ? !ordered : (!IsNumber(type) || type.kind == ValueKind::kYear)) {
    context_.Error(Kind::kNumbersExpected, operand.range,
                   {context_.WordsOf(operand.range), WordsOf(context_, operand)});
    return {};
  }
  const ExpressionId lanes = SelectedLanes(selected, site.range);
  Fold fold{FoldOperator::kSum, selected.domain, operand.id, lanes, {}};
  if (operation == AggregateOperator::kMinimum) fold.operation = FoldOperator::kMinimum;
  if (operation == AggregateOperator::kMaximum) fold.operation = FoldOperator::kMaximum;
  const ExpressionId folded = context_.Emit(fold, type, 0, site.range);
  if (operation != AggregateOperator::kAverage) return Scalar(folded, site.range);
  const Fold count{FoldOperator::kCount, selected.domain, {}, lanes, {}};
  const ExpressionId number = context_.Emit(count, CountType(), 0, site.range);
  const program::ValueType average = type.kind == ValueKind::kCount ? NumberType() : type;
  return Scalar(context_.EmitArithmetic(ArithmeticOperator::kDivide, folded, number, average, site.range),
                site.range);
}

Value Typer::Count(const Site& site, const Selected& selected) {
  const Value& operand = selected.operand;
  Selected lanes = selected;
  ExpressionId counted = SelectedLanes(lanes, site.range);
  if (operand.form != Form::kList) {
    if (operand.type.kind != ValueKind::kTruth) {
      context_.Error(Kind::kCountOfValues, operand.range,
                     {context_.WordsOf(operand.range), WordsOf(context_, operand)});
      return {};
    }
    const ExpressionId condition = Condition(operand);
    const bool all = !selected.window.valid() && !selected.where.valid();
    counted = all ? condition : context_.EmitAll({counted, condition}, selected.domain, site.range);
  }
  const Fold fold{FoldOperator::kCount, selected.domain, {}, counted, {}};
  return Scalar(context_.Emit(fold, CountType(), 0, site.range), site.range);
}

Value Typer::LatestElement(const Site& site, bool latest, const Selected& selected) {
  if (selected.domain == context_.year_domain) {
    context_.Error(Kind::kLatestOfSeries, site.range, {context_.WordsOf(selected.operand.range)});
    return {};
  }
  const auto field = OrderField(selected.domain, selected.operand.range);
  if (!field) return {};
  Value element;
  element.form = Form::kElement;
  element.domain = selected.domain;
  element.element.latest = latest;
  element.element.order = ReadFact(site, *field).id;
  element.element.condition = SelectedLanes(selected, site.range);
  if (selected.operand.form == Form::kList) return element;
  Value value = PickOf(site, element, selected.operand.id);
  for (const Presence& presence : selected.operand.presences) {
    const ExpressionId given = context_.Lift(presence.condition, selected.domain);
    value.presences.push_back({PickOf(site, element, given).id, {}});
  }
  return value;
}

Value Typer::PickOf(const Site& site, const Value& element, ExpressionId value) {
  const Pick pick{element.element.latest, element.domain, element.element.order, element.element.condition,
                  value};
  return Scalar(context_.Emit(pick, context_.model.InfoOf(value).type, 0, site.range), site.range);
}

}  // namespace pol::model
