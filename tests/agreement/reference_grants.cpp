// Grants and scores as the reference evaluator understands them.
#include <algorithm>

#include "tests/agreement/reference.h"
#include "tests/agreement/reference_dates.h"

namespace agreement {

using pol::model::ExpressionId;
namespace model = pol::model;

// The multiple of `size` that a number is rounded to.
Rational ToMultiple(model::Rounding rounding, const Rational& number, const Rational& size) {
  const Rational below = Floor(number / size) * size;
  const Rational above = below == number ? below : Rational(below + size);
  if (rounding == model::Rounding::kDown) return below;
  if (rounding == model::Rounding::kUp) return above;
  const Rational middle = (below + above) / 2;
  if (number == middle) return number < 0 ? below : above;
  return number < middle ? below : above;
}

std::optional<Rational> Reference::Within(const model::Limit& limit, ExpressionId bound,
                                          const std::optional<Rational>& amount) {
  const model::Expression& expression = model_[bound];
  if (const auto* let = std::get_if<model::LetValue>(&expression)) {
    return Within(limit, model_.lets[let->let.index].value, amount);
  }
  if (const auto* choice = std::get_if<model::Conditional>(&expression)) {
    const Value then = OfNumber(Within(limit, choice->then, amount));
    return Choose(TruthOf(choice->condition, {}), then, OfNumber(Within(limit, choice->otherwise, amount)))
        .number;
  }
  if (const auto* bands = std::get_if<model::Bands>(&expression)) {
    Value value = OfNumber(Within(limit, bands->rows.back().body, amount));
    for (std::size_t row = bands->rows.size() - 1; row-- > 0;) {
      const Value body = OfNumber(Within(limit, bands->rows[row].body, amount));
      value = Choose(TruthOf(bands->rows[row].holds, {}), body, value);
    }
    return value.number;
  }
  const std::optional<Rational> size = Of(bound, {}).number;
  if (!amount || !size) return std::nullopt;
  if (limit.kind == model::LimitKind::kAtMost) return std::min(*amount, *size);
  if (limit.kind == model::LimitKind::kAtLeast) return std::max(*amount, *size);
  if (*size == 0) return std::nullopt;
  return ToMultiple(limit.rounding, *amount, abs(*size));
}

std::optional<Rational> Reference::Amount(const model::Grant& grant) {
  std::optional<Rational> amount = Of(grant.amount, {}).number;
  for (const model::Limit& limit : grant.limits) amount = Within(limit, limit.bound, amount);
  const Truth due = grant.condition.valid() ? TruthOf(grant.condition, {}) : Truth(true);
  return Choose(due, OfNumber(amount), OfNumber(Rational(0))).number;
}

std::optional<Rational> Reference::Points(const model::ScoreItem& item) {
  std::optional<Rational> points = Of(item.points, {}).number;
  for (const model::Limit& limit : item.limits) points = Within(limit, limit.bound, points);
  return points;
}

std::optional<Rational> Reference::Points(const model::Score& score) {
  std::optional<Rational> total = 0;
  for (const model::ScoreItem& item : score.items) {
    const std::optional<Rational> points = Points(item);
    total = total && points ? std::optional<Rational>(*total + *points) : std::nullopt;
  }
  for (const model::Limit& limit : score.limits) total = Within(limit, limit.bound, total);
  return total;
}

}  // namespace agreement
