// Comparisons, memberships, presence, and, or.
#include "compiler/model/typer.h"
#include "compiler/model/words.h"
#include "compiler/source/map_each.h"

namespace pol::model {

using program::ValueKind;

namespace {

program::Comparison ComparisonOf(syntax::CompareOperator operation) {
  switch (operation) {
    case syntax::CompareOperator::kLess:
      return program::Comparison::kLess;
    case syntax::CompareOperator::kLessEqual:
      return program::Comparison::kLessEqual;
    case syntax::CompareOperator::kGreater:
      return program::Comparison::kGreater;
    case syntax::CompareOperator::kGreaterEqual:
      return program::Comparison::kGreaterEqual;
    case syntax::CompareOperator::kEqual:
      return program::Comparison::kEqual;
    case syntax::CompareOperator::kNotEqual:
      break;
  }
  return program::Comparison::kNotEqual;
}

bool IsEquality(program::Comparison comparison) {
  return comparison == program::Comparison::kEqual || comparison == program::Comparison::kNotEqual;
}

}  // namespace

Value Typer::On(const Site& site, const syntax::Logic& node) {
  std::vector<Value> values;
  std::vector<ExpressionId> conditions;
  values.reserve(node.operands.size());
  bool complete = true;
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
  const bool all = node.operation == syntax::LogicOperator::kAnd;
  const ExpressionId id = all ? context_.EmitAll(std::move(conditions), *domain, site.range)
                              : context_.EmitAny(std::move(conditions), *domain, site.range);
  return Scalar(id, site.range);
}

// ---- Comparisons
// ------------------------------------------------------------------------------------------------

void Typer::CompareMismatch(const Value& left, const Value& right, Range range) {
  const bool currencies =
      left.type.kind == ValueKind::kMoney && right.type.kind == ValueKind::kMoney && left.type != right.type;
  const bool amount = (left.type.kind == ValueKind::kMoney && right.bare) ||
                      (right.type.kind == ValueKind::kMoney && left.bare);
  Kind kind = currencies ? Kind::kCurrenciesMixed : Kind::kCompareMismatch;
  std::vector<std::string> arguments = {WordsOf(context_, left), WordsOf(context_, right)};
  if (amount) {
    kind = Kind::kMoneyNeedsUnit;
    const Value& bare = left.bare ? left : right;
    const std::string& currency = (left.bare ? right : left).type.currency;
    const std::string number = context_.WordsOf(bare.range);
    const std::string plain = number + (currency == "CNY" ? "元" : " " + currency);
    const std::string larger = currency == "CNY" ? diagnostics::Word("or_") + number + "万元" : std::string{};
    arguments = {number, plain + larger};
  }
  auto& error = context_.Error(kind, range, std::move(arguments));
  const Value& bare = left.bare ? left : right;
  // Nothing is nothing in every unit.
  if (amount && KnownNumber(bare.id) == Rational(0)) error.fix = diagnostics::Fix{bare.range, "0元"};
  NoteSides(error, left, right);
}

bool Typer::Comparable(program::Comparison comparison, const Value& left, const Value& right, Range range) {
  if (left.form == Form::kPeriod || right.form == Form::kPeriod) {
    context_.Error(Kind::kPeriodCompared, range,
                   {WordsOf(context_, left.form == Form::kPeriod ? left : right)});
    return false;
  }
  if (!MustBeScalar(left) || !MustBeScalar(right)) return false;
  const auto type = Join(left, right);
  if (!type) {
    CompareMismatch(left, right, range);
    return false;
  }
  if (IsEquality(comparison)) return true;
  const bool scale =
      type->kind == ValueKind::kEnumeration && context_.model.schema.enumerations[type->enumeration].ordered;
  if (IsNumber(*type) || type->kind == ValueKind::kDate || scale) return true;
  context_.Error(type->kind == ValueKind::kEnumeration ? Kind::kEnumerationHasNoOrder : Kind::kNoOrder, range,
                 {WordsOf(context_.model.schema, *type)});
  return false;
}

ExpressionId Typer::CompareTruths(bool equal, ExpressionId left, ExpressionId right, Range range) {
  const std::uint32_t domain = context_.DomainOf(left);
  for (const auto& [constant, other] : {std::pair(left, right), std::pair(right, left)}) {
    const auto* known = std::get_if<ConstantTruth>(&context_.model[constant]);
    if (known == nullptr) continue;
    return known->value == equal ? other : context_.EmitNot(other, range);
  }
  const ExpressionId both = context_.EmitAll({left, right}, domain, range);
  const ExpressionId not_left = context_.EmitNot(left, range);
  const ExpressionId not_right = context_.EmitNot(right, range);
  const ExpressionId neither = context_.EmitAll({not_left, not_right}, domain, range);
  const ExpressionId same = context_.EmitAny({both, neither}, domain, range);
  return equal ? same : context_.EmitNot(same, range);
}

ExpressionId Typer::Compare(program::Comparison comparison, const Value& left, const Value& right,
                            Range range) {
  if (!left.ok() || !right.ok() || !Comparable(comparison, left, right, range)) return {};
  const auto domain = CommonDomain({&left, &right}, range);
  if (!domain) return {};
  const ExpressionId first = context_.Lift(left.id, *domain);
  const ExpressionId second = context_.Lift(right.id, *domain);
  if (left.type.kind == ValueKind::kTruth) {
    return CompareTruths(comparison == program::Comparison::kEqual, first, second, range);
  }
  return context_.EmitCompare(comparison, first, second, range);
}

// False, negated or not, where an operand is absent.
Value Typer::Predicate(ExpressionId condition, bool negated, const std::vector<const Value*>& operands,
                       Range range) {
  if (!condition.valid()) return {};
  if (negated) condition = context_.EmitNot(condition, range);
  std::vector<model::Presence> presences;
  for (const Value* operand : operands) presences = Merge(std::move(presences), operand->presences);
  return Scalar(Guard(condition, presences, range), range);
}

Value Typer::On(const Site& site, const syntax::Comparison& node) {
  const std::vector<Value> values = Alike(site.environment, node.operands, nullptr);
  std::vector<ExpressionId> links;
  bool complete = true;
  for (std::size_t at = 0; at + 1 < values.size(); ++at) {
    const Range link{site.range.file, values[at].range.begin, values[at + 1].range.end};
    links.push_back(Compare(ComparisonOf(node.operators[at]), values[at], values[at + 1], link));
    complete = complete && links.back().valid();
  }
  if (!complete) return {};
  const auto operands = MapEach(values, [](const Value& value) { return &value; });
  const auto domain = CommonDomain(operands, site.range);
  if (!domain) return {};
  for (ExpressionId& link : links) link = context_.Lift(link, *domain);
  return Predicate(context_.EmitAll(std::move(links), *domain, site.range), false, operands, site.range);
}

Value Typer::On(const Site& site, const syntax::InInterval& node) {
  std::vector<syntax::ExpressionId> ids = {node.operand};
  const syntax::Interval& interval = node.interval;
  if (interval.low.valid()) ids.push_back(interval.low);
  if (interval.high.valid()) ids.push_back(interval.high);
  const std::vector<Value> values = Alike(site.environment, ids, nullptr);
  std::vector<ExpressionId> ends;
  std::size_t next = 1;
  bool complete = values[0].ok();
  if (interval.low.valid()) {
    const auto comparison =
        interval.low_closed ? program::Comparison::kGreaterEqual : program::Comparison::kGreater;
    ends.push_back(Compare(comparison, values[0], values[next++], interval.range));
    complete = complete && ends.back().valid();
  }
  if (interval.high.valid()) {
    const auto comparison =
        interval.high_closed ? program::Comparison::kLessEqual : program::Comparison::kLess;
    ends.push_back(Compare(comparison, values[0], values[next], interval.range));
    complete = complete && ends.back().valid();
  }
  if (!complete) return {};
  const auto operands = MapEach(values, [](const Value& value) { return &value; });
  const auto domain = CommonDomain(operands, site.range);
  if (!domain) return {};
  for (ExpressionId& end : ends) end = context_.Lift(end, *domain);
  return Predicate(context_.EmitAll(std::move(ends), *domain, site.range), node.negated, operands,
                   site.range);
}

Value Typer::On(const Site& site, const syntax::InSet& node) {
  std::vector<syntax::ExpressionId> ids = {node.operand};
  ids.insert(ids.end(), node.values.begin(), node.values.end());
  const std::vector<Value> values = Alike(site.environment, ids, nullptr);
  std::vector<ExpressionId> matches;
  bool complete = values[0].ok();
  for (std::size_t at = 1; at < values.size() && complete; ++at) {
    matches.push_back(Compare(program::Comparison::kEqual, values[0], values[at], values[at].range));
    complete = complete && matches.back().valid();
  }
  if (!complete) return {};
  const auto operands = MapEach(values, [](const Value& value) { return &value; });
  const auto domain = CommonDomain(operands, site.range);
  if (!domain) return {};
  for (ExpressionId& match : matches) match = context_.Lift(match, *domain);
  return Predicate(context_.EmitAny(std::move(matches), *domain, site.range), node.negated, operands,
                   site.range);
}

Value Typer::On(const Site& site, const syntax::Within& node) {
  const program::ValueType region = TypeOf(ValueKind::kRegion);
  const Value operand = Of(site.environment, node.operand);
  if (!MustBeScalar(operand)) return {};
  if (operand.type.kind != ValueKind::kRegion) {
    context_.Error(Kind::kRegionExpected, operand.range,
                   {context_.WordsOf(operand.range), WordsOf(context_, operand)});
    return {};
  }
  const auto code = ConstantOf(site.environment, node.region, &region);
  if (!code) return {};
  const WithinRegion within{operand.id, static_cast<std::uint32_t>(std::get<std::int32_t>(*code))};
  const ExpressionId id = context_.Emit(within, TruthType(), operand.domain, site.range);
  return Predicate(id, node.negated, {&operand}, site.range);
}

Value Typer::On(const Site& site, const syntax::Presence& node) {
  const Value operand = Of(site.environment, node.operand);
  if (!MustBeScalar(operand)) return {};
  if (!operand.optional()) {
    // A function may be called with what may be absent and with what may not.
    if (site.environment.bindings != nullptr)
      return Scalar(context_.EmitTruth(node.given, operand.domain, site.range), site.range);
    context_.Error(Kind::kNeverAbsent, site.range, {context_.WordsOf(operand.range)});
    return {};
  }
  const ExpressionId given = PresenceOf(operand, operand.domain, site.range);
  return Scalar(node.given ? given : context_.EmitNot(given, site.range), site.range);
}

}  // namespace pol::model
