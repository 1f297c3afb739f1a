#include "compiler/model/constants.h"

#include <algorithm>
#include <unordered_set>

#include "compiler/model/walk.h"
#include "runtime/calendar/date.h"

namespace pol::model {
namespace {

using Integer = boost::multiprecision::cpp_int;

// Past this many bits a constant is no figure of a policy but an attack on the compiler's time.
constexpr unsigned kMostBits = 20'000;
constexpr std::uint32_t kMostDepth = 2'000;

bool TooLong(const Rational& value) {
  const Integer top = abs(numerator(value));
  const Integer bottom = denominator(value);
  return (top != 0 && msb(top) > kMostBits) || msb(bottom) > kMostBits;
}

std::optional<std::int64_t> Whole(const Rational& value) {
  if (denominator(value) != 1) return std::nullopt;
  const Integer top = numerator(value);
  if (abs(top) > 1'000'000'000) return std::nullopt;
  return static_cast<std::int64_t>(top);
}

Integer Floor(const Rational& value) {
  const Integer top = numerator(value);
  const Integer bottom = denominator(value);
  Integer quotient = top / bottom;
  if (top < 0 && quotient * bottom != top) --quotient;
  return quotient;
}

}  // namespace

std::optional<Constant> Folder::Fold(ExpressionId id) {
  if (!id.valid()) return std::nullopt;
  const auto place = known_.find(id.index);
  if (place != known_.end()) return place->second;
  if (depth_ >= kMostDepth) return std::nullopt;
  ++depth_;
  std::optional<Constant> value = Compute(id);
  --depth_;
  if (value) {
    if (const auto* number = std::get_if<Rational>(&*value); number != nullptr && TooLong(*number))
      value.reset();
  }
  known_.emplace(id.index, value);
  return value;
}

std::optional<Rational> Folder::Number(ExpressionId id) {
  const std::optional<Constant> value = Fold(id);
  if (!value || !std::holds_alternative<Rational>(*value)) return std::nullopt;
  return std::get<Rational>(*value);
}

std::optional<std::int32_t> Folder::Code(ExpressionId id) {
  const std::optional<Constant> value = Fold(id);
  if (!value || !std::holds_alternative<std::int32_t>(*value)) return std::nullopt;
  return std::get<std::int32_t>(*value);
}

std::optional<Constant> Folder::Compute(ExpressionId id) {
  const Expression& expression = model_[id];
  if (const auto* it = std::get_if<ConstantNumber>(&expression)) return it->value;
  if (const auto* it = std::get_if<ConstantCode>(&expression)) return it->value;
  if (const auto* it = std::get_if<ConstantTruth>(&expression)) return it->value ? 1 : 0;
  if (const auto* it = std::get_if<ParameterValue>(&expression)) return ParameterConstant(it->parameter);
  if (const auto* it = std::get_if<LetValue>(&expression)) return Fold(model_.lets[it->let.index].value);
  if (const auto* it = std::get_if<Broadcast>(&expression)) return Fold(it->operand);
  if (const auto* it = std::get_if<Arithmetic>(&expression)) return FoldArithmetic(*it);
  if (const auto* it = std::get_if<Comparison>(&expression)) return FoldComparison(*it);
  if (const auto* it = std::get_if<AddPeriod>(&expression)) return FoldPeriod(*it);
  if (const auto* it = std::get_if<Elapsed>(&expression)) return FoldElapsed(*it);
  if (const auto* it = std::get_if<Round>(&expression)) return FoldRound(*it);
  if (const auto* it = std::get_if<Negate>(&expression)) {
    const auto value = Number(it->operand);
    if (value) return Rational(-*value);
  }
  if (const auto* it = std::get_if<Not>(&expression)) {
    const auto value = Code(it->operand);
    if (value) return *value == 0 ? 1 : 0;
  }
  if (const auto* it = std::get_if<Conditional>(&expression)) {
    const auto condition = Code(it->condition);
    if (condition) return Fold(*condition != 0 ? it->then : it->otherwise);
  }
  if (const auto* it = std::get_if<PartOfDate>(&expression)) {
    const auto day = Code(it->date);
    if (!day) return std::nullopt;
    const calendar::CivilDate date = calendar::FromDays(*day);
    return Rational(it->part == DatePart::kYear    ? date.year
                    : it->part == DatePart::kMonth ? date.month
                                                   : date.day);
  }
  if (const auto* it = std::get_if<FirstDayOfYear>(&expression)) {
    const auto year = Number(it->year);
    const auto whole = year ? Whole(*year) : std::nullopt;
    if (!whole || *whole < 1 || *whole > 9999) return std::nullopt;
    const auto day = calendar::ToDays({static_cast<std::int32_t>(*whole), 1, 1});
    if (day) return *day;
  }
  return std::nullopt;
}

std::optional<Constant> Folder::ParameterConstant(ParameterId id) const {
  const Parameter& parameter = model_.parameters[id.index];
  std::optional<Constant> value;
  for (const DatedValue& dated : parameter.values) {
    if (!dated.from || (date_ && *dated.from <= *date_)) value = dated.value;
    if (dated.from && !date_) return std::nullopt;
  }
  return value;
}

std::optional<Constant> Folder::FoldArithmetic(const Arithmetic& it) {
  const auto left = Number(it.left);
  const auto right = Number(it.right);
  if (!left || !right) return std::nullopt;
  switch (it.operation) {
    case ArithmeticOperator::kAdd:
      return Rational(*left + *right);
    case ArithmeticOperator::kSubtract:
      return Rational(*left - *right);
    case ArithmeticOperator::kMultiply:
      return Rational(*left * *right);
    case ArithmeticOperator::kDivide:
      break;
  }
  if (*right == 0) return std::nullopt;
  return Rational(*left / *right);
}

std::optional<Constant> Folder::FoldComparison(const Comparison& it) {
  const std::optional<Constant> left = Fold(it.left);
  const std::optional<Constant> right = Fold(it.right);
  if (!left || !right || left->index() != right->index()) return std::nullopt;
  switch (it.comparison) {
    case program::Comparison::kLess:
      return *left < *right ? 1 : 0;
    case program::Comparison::kLessEqual:
      return *left <= *right ? 1 : 0;
    case program::Comparison::kGreater:
      return *left > *right ? 1 : 0;
    case program::Comparison::kGreaterEqual:
      return *left >= *right ? 1 : 0;
    case program::Comparison::kEqual:
      return *left == *right ? 1 : 0;
    case program::Comparison::kNotEqual:
      return *left != *right ? 1 : 0;
    case program::Comparison::kNotCompared:
      break;
  }
  return std::nullopt;
}

std::optional<Constant> Folder::FoldPeriod(const AddPeriod& it) {
  const auto start = Code(it.start);
  const auto amount = Number(it.amount);
  const auto whole = amount ? Whole(*amount) : std::nullopt;
  if (!start || !whole || it.term || it.unit == PeriodUnit::kWorkingDays) return std::nullopt;
  if (it.unit == PeriodUnit::kMonths) {
    const auto day = calendar::AddMonths(*start, *whole);
    if (day) return *day;
    return std::nullopt;
  }
  const std::int64_t day = *start + *whole;
  if (day < calendar::kFirstDay || day > calendar::kLastDay) return std::nullopt;
  return static_cast<std::int32_t>(day);
}

std::optional<Constant> Folder::FoldElapsed(const Elapsed& it) {
  const auto from = Code(it.from);
  const auto to = Code(it.to);
  if (!from || !to || it.unit == PeriodUnit::kWorkingDays) return std::nullopt;
  if (it.unit == PeriodUnit::kDays) return Rational(std::int64_t{*to} - *from);
  const std::int64_t months = calendar::WholeMonthsBetween(*from, *to);
  return it.years ? Rational(Floor(Rational(months, 12))) : Rational(months);
}

std::optional<Constant> Folder::FoldRound(const Round& it) {
  const auto operand = Number(it.operand);
  const auto multiple = Number(it.multiple);
  if (!operand || !multiple || *multiple == 0) return std::nullopt;
  const Rational step = abs(*multiple);
  const Rational quotient = *operand / step;
  if (TooLong(quotient)) return std::nullopt;
  Integer whole;
  switch (it.rounding) {
    case Rounding::kDown:
      whole = Floor(quotient);
      break;
    case Rounding::kUp:
      whole = -Floor(Rational(-quotient));
      break;
    case Rounding::kHalfAway:
      whole = quotient < 0 ? Integer(-Floor(Rational(-quotient + Rational(1, 2))))
                           : Floor(Rational(quotient + Rational(1, 2)));
      break;
  }
  return Rational(Rational(whole) * step);
}

std::vector<std::int32_t> ChangesOf(const Model& model, const std::vector<ExpressionId>& expressions) {
  std::vector<std::int32_t> days;
  std::unordered_set<std::uint32_t> seen;
  std::vector<ExpressionId> open = expressions;
  while (!open.empty()) {
    const ExpressionId id = open.back();
    open.pop_back();
    if (!id.valid() || !seen.insert(id.index).second) continue;
    const Expression& expression = model[id];
    if (const auto* let = std::get_if<LetValue>(&expression))
      open.push_back(model.lets[let->let.index].value);
    if (const auto* read = std::get_if<ParameterValue>(&expression)) {
      for (const DatedValue& dated : model.parameters[read->parameter.index].values) {
        if (dated.from) days.push_back(*dated.from);
      }
    }
    const std::vector<ExpressionId> operands = OperandsOf(expression);
    open.insert(open.end(), operands.begin(), operands.end());
  }
  std::ranges::sort(days);
  days.erase(std::unique(days.begin(), days.end()), days.end());
  return days;
}

}  // namespace pol::model
