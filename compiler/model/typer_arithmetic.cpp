// Sums, products, quotients, choices: what kinds of numbers go together, and what comes of it.
#include "compiler/model/typer.h"
#include "compiler/model/words.h"

namespace pol::model {

using program::ValueKind;
using program::ValueType;

namespace {

ArithmeticOperator OperatorOf(syntax::BinaryOperator operation) {
  switch (operation) {
    case syntax::BinaryOperator::kSubtract:
      return ArithmeticOperator::kSubtract;
    case syntax::BinaryOperator::kMultiply:
      return ArithmeticOperator::kMultiply;
    case syntax::BinaryOperator::kDivide:
      return ArithmeticOperator::kDivide;
    default:
      return ArithmeticOperator::kAdd;
  }
}

bool IsPlain(const ValueType& type) {
  return type.kind == ValueKind::kNumber || type.kind == ValueKind::kPercent ||
         type.kind == ValueKind::kCount;
}

}  // namespace

Value Typer::On(const Site& site, const syntax::Unary& node) {
  const Value operand = Of(site.environment, node.operand);
  if (node.operation == syntax::UnaryOperator::kNot) {
    const ExpressionId condition = Condition(operand);
    return condition.valid() ? Scalar(context_.EmitNot(condition, site.range), site.range) : Value{};
  }
  if (operand.form == Form::kPeriod) {
    Value negative = operand;
    negative.id = context_.Emit(Negate{operand.id}, CountType(), operand.domain, site.range);
    return negative;
  }
  if (!MustBeScalar(operand)) return {};
  if (!IsPlain(operand.type) && operand.type.kind != ValueKind::kMoney) {
    context_.Error(Kind::kCannotNegate, site.range,
                   {context_.WordsOf(operand.range), WordsOf(context_, operand)});
    return {};
  }
  Value value;
  if (const auto* number = std::get_if<ConstantNumber>(&context_.model[operand.id])) {
    value = Scalar(context_.EmitNumber(Rational(-number->value), operand.type, 0, site.range), site.range);
  } else {
    value = Scalar(context_.Emit(Negate{operand.id}, operand.type, operand.domain, site.range), site.range,
                   operand.presences);
  }
  value.bare = operand.bare;
  value.whole = operand.whole;
  return value;
}

Value Typer::On(const Site& site, const syntax::Binary& node) {
  if (node.operation == syntax::BinaryOperator::kDefault) return Default(site, node);
  const Value left = Of(site.environment, node.left);
  const Value right = Of(site.environment, node.right);
  if (!left.ok() || !right.ok()) return {};
  if (node.operation == syntax::BinaryOperator::kRange) return YearRange(site, left, right);
  if (node.operation == syntax::BinaryOperator::kOf) {
    const bool share = (left.scalar() && left.type.kind == ValueKind::kPercent) ||
                       (right.scalar() && right.type.kind == ValueKind::kPercent);
    if (share) return Combine(site, syntax::BinaryOperator::kMultiply, left, right);
    auto& error =
        context_.Error(Kind::kShareExpected, site.range, {WordsOf(context_, left), WordsOf(context_, right)});
    NoteSides(error, left, right);
    return {};
  }
  return Combine(site, node.operation, left, right);
}

Value Typer::Combine(const Site& site, syntax::BinaryOperator operation, const Value& left,
                     const Value& right) {
  const bool add = operation == syntax::BinaryOperator::kAdd;
  const bool sum = add || operation == syntax::BinaryOperator::kSubtract;
  const bool dates = left.form == Form::kPeriod || right.form == Form::kPeriod ||
                     (left.scalar() && left.type.kind == ValueKind::kDate) ||
                     (right.scalar() && right.type.kind == ValueKind::kDate);
  if (sum && dates) return DateArithmetic(site, add, left, right);
  if (left.form == Form::kPeriod || right.form == Form::kPeriod) {
    return ArithmeticMismatch(site, operation, left, right);
  }
  if (!MustBeScalar(left) || !MustBeScalar(right)) return {};
  std::optional<ValueType> type;
  if (sum) {
    type = SumType(left, right, add);
  } else if (operation == syntax::BinaryOperator::kMultiply) {
    type = ProductType(left, right);
  } else {
    type = QuotientType(left, right);
  }
  if (!type) return ArithmeticMismatch(site, operation, left, right);
  const auto domain = CommonDomain({&left, &right}, site.range);
  if (!domain) return {};
  const ExpressionId id = context_.EmitArithmetic(OperatorOf(operation), context_.Lift(left.id, *domain),
                                                  context_.Lift(right.id, *domain), *type, site.range);
  Value value = Scalar(id, site.range, Merge(left.presences, right.presences));
  value.bare = left.bare && right.bare;
  value.whole = left.whole && right.whole && operation != syntax::BinaryOperator::kDivide;
  return value;
}

std::optional<ValueType> Typer::SumType(const Value& left, const Value& right, bool add) const {
  const bool left_year = left.type.kind == ValueKind::kYear;
  const bool right_year = right.type.kind == ValueKind::kYear;
  const auto counts = [](const Value& value) { return value.type.kind == ValueKind::kCount || value.whole; };
  if (left_year && right_year) return add ? std::nullopt : std::optional(CountType());
  if (left_year) return counts(right) ? std::optional(YearType()) : std::nullopt;
  if (right_year) {
    // 2024 - founded_year is a number of years; 1 + year is a year.
    if (!counts(left)) return std::nullopt;
    return add ? YearType() : CountType();
  }
  if (!IsNumber(left.type) || !IsNumber(right.type)) return std::nullopt;
  return Join(left, right);
}

std::optional<ValueType> Typer::ProductType(const Value& left, const Value& right) const {
  if (left.type.kind == ValueKind::kMoney && IsPlain(right.type)) return left.type;
  if (right.type.kind == ValueKind::kMoney && IsPlain(left.type)) return right.type;
  if (!IsPlain(left.type) || !IsPlain(right.type)) return std::nullopt;
  if (left.whole) return right.type;
  if (right.whole) return left.type;
  if (left.bare && right.type.kind == ValueKind::kPercent) return right.type;
  if (right.bare && left.type.kind == ValueKind::kPercent) return left.type;
  return left.type == right.type ? left.type : NumberType();
}

std::optional<ValueType> Typer::QuotientType(const Value& left, const Value& right) const {
  if (left.type.kind == ValueKind::kMoney) {
    if (left.type == right.type) return NumberType();
    return IsPlain(right.type) ? std::optional(left.type) : std::nullopt;
  }
  if (!IsPlain(left.type) || !IsPlain(right.type)) return std::nullopt;
  const bool share_of = left.type.kind == ValueKind::kPercent && right.type.kind != ValueKind::kPercent;
  return share_of ? left.type : NumberType();
}

Value Typer::ArithmeticMismatch(const Site& site, syntax::BinaryOperator operation, const Value& left,
                                const Value& right) {
  Kind kind = Kind::kCannotAdd;
  if (operation == syntax::BinaryOperator::kSubtract) kind = Kind::kCannotSubtract;
  if (operation == syntax::BinaryOperator::kMultiply) kind = Kind::kCannotMultiply;
  if (operation == syntax::BinaryOperator::kDivide) kind = Kind::kCannotDivide;
  const bool money = left.scalar() && right.scalar() && left.type.kind == ValueKind::kMoney &&
                     right.type.kind == ValueKind::kMoney && left.type != right.type;
  if (money) kind = Kind::kCurrenciesMixed;
  auto& error = context_.Error(kind, site.range, {WordsOf(context_, left), WordsOf(context_, right)});
  NoteSides(error, left, right);
  return {};
}

// ---- Choices
// ----------------------------------------------------------------------------------------------------

Value Typer::Default(const Site& site, const syntax::Binary& node) {
  const std::vector<Value> sides = Alike(site.environment, {node.left, node.right}, site.expected);
  const Value& value = sides[0];
  const Value& fallback = sides[1];
  if (!MustBeScalar(value) || !MustBeScalar(fallback)) return {};
  if (!value.optional()) {
    // A function may be called with what may be absent and with what may not.
    if (site.environment.bindings == nullptr) {
      context_.report.Emit(Kind::kDefaultNeverUsed, site.range, {context_.WordsOf(value.range)});
    }
    return value;
  }
  const auto type = Join(value, fallback);
  if (!type) {
    CompareMismatch(value, fallback, site.range);
    return {};
  }
  const auto domain = CommonDomain({&value, &fallback}, site.range);
  if (!domain) return {};
  const Conditional choice{PresenceOf(value, *domain, site.range), context_.Lift(value.id, *domain),
                           context_.Lift(fallback.id, *domain)};
  return Scalar(context_.Emit(choice, *type, *domain, site.range), site.range, fallback.presences);
}

Value Typer::On(const Site& site, const syntax::Conditional& node) {
  const Value tested = Of(site.environment, node.condition);
  const ExpressionId condition = Condition(tested);
  const std::vector<Value> branches = Alike(site.environment, {node.then, node.otherwise}, site.expected);
  if (!MustBeScalar(branches[0]) || !MustBeScalar(branches[1]) || !condition.valid()) return {};
  const auto type = Join(branches[0], branches[1]);
  if (!type) {
    auto& error = context_.Error(Kind::kBranchesDiffer, site.range,
                                 {WordsOf(context_, branches[0]), WordsOf(context_, branches[1])});
    NoteSides(error, branches[0], branches[1]);
    return {};
  }
  const auto domain = CommonDomain({&tested, &branches[0], &branches[1]}, site.range);
  if (!domain) return {};
  const ExpressionId decider = context_.Lift(condition, *domain);
  const auto choose = [&](ExpressionId then, ExpressionId otherwise, const ValueType& of) {
    return context_.Emit(
        Conditional{decider, context_.Lift(then, *domain), context_.Lift(otherwise, *domain)}, of, *domain,
        site.range);
  };
  const ExpressionId id = choose(branches[0].id, branches[1].id, *type);
  Value value = Scalar(id, site.range);
  value.bare = branches[0].bare && branches[1].bare;
  value.whole = branches[0].whole && branches[1].whole;
  if (branches[0].optional() || branches[1].optional()) {
    const ExpressionId then = PresenceOf(branches[0], *domain, site.range);
    const ExpressionId otherwise = PresenceOf(branches[1], *domain, site.range);
    value.presences.push_back({choose(then, otherwise, TruthType()), {}});
  }
  return value;
}

Value Typer::On(const Site& site, const syntax::Extreme& node) {
  const std::vector<Value> values = Alike(site.environment, node.operands, site.expected);
  if (values.empty()) return {};
  for (const Value& value : values) {
    if (!MustBeScalar(value)) return {};
  }
  Value best = values.front();
  const auto comparison =
      node.greatest ? program::Comparison::kGreaterEqual : program::Comparison::kLessEqual;
  for (std::size_t at = 1; at < values.size(); ++at) {
    const Value& other = values[at];
    if (!Comparable(comparison, best, other, site.range)) return {};
    const auto type = Join(best, other);
    const auto domain = CommonDomain({&best, &other}, site.range);
    if (!type || !domain) return {};
    const ExpressionId left = context_.Lift(best.id, *domain);
    const ExpressionId right = context_.Lift(other.id, *domain);
    const ExpressionId ahead = context_.EmitCompare(comparison, left, right, site.range);
    const ExpressionId id = context_.Emit(Conditional{ahead, left, right}, *type, *domain, site.range);
    Value next = Scalar(id, site.range, Merge(best.presences, other.presences));
    next.bare = best.bare && other.bare;
    next.whole = best.whole && other.whole;
    best = std::move(next);
  }
  return best;
}

Value Typer::On(const Site& site, const syntax::Round& node) {
  const Value operand = Of(site.environment, node.operand);
  const Value multiple = Of(site.environment, node.multiple);
  if (!MustBeScalar(operand) || !MustBeScalar(multiple)) return {};
  const auto type = Join(operand, multiple);
  if (!type || !IsNumber(operand.type) || !IsNumber(multiple.type)) {
    auto& error = context_.Error(Kind::kCannotRound, site.range,
                                 {WordsOf(context_, operand), WordsOf(context_, multiple)});
    NoteSides(error, operand, multiple);
    return {};
  }
  const auto step = KnownNumber(multiple.id);
  if (step && *step <= 0) {
    context_.Error(Kind::kRoundingStep, multiple.range, {context_.WordsOf(multiple.range)});
    return {};
  }
  const auto domain = CommonDomain({&operand, &multiple}, site.range);
  if (!domain) return {};
  Rounding rounding = Rounding::kHalfAway;
  if (node.rounding == syntax::Rounding::kUp) rounding = Rounding::kUp;
  if (node.rounding == syntax::Rounding::kDown) rounding = Rounding::kDown;
  const ExpressionId id =
      context_.Emit(Round{rounding, context_.Lift(operand.id, *domain), context_.Lift(multiple.id, *domain)},
                    operand.bare ? *type : operand.type, *domain, site.range);
  return Scalar(id, site.range, Merge(operand.presences, multiple.presences));
}

}  // namespace pol::model
