// Grants: an amount of money, when it is due, and the limits it is kept within.
#include <algorithm>
#include <unordered_map>
#include <utility>

#include "compiler/model/typer.h"
#include "compiler/model/words.h"

namespace pol::model {

using program::ValueKind;

namespace {

Rounding RoundingOf(syntax::Rounding rounding) {
  if (rounding == syntax::Rounding::kUp) return Rounding::kUp;
  return rounding == syntax::Rounding::kDown ? Rounding::kDown : Rounding::kHalfAway;
}

LimitKind KindOf(syntax::LimitKind kind) {
  if (kind == syntax::LimitKind::kAtMost) return LimitKind::kAtMost;
  return kind == syntax::LimitKind::kAtLeast ? LimitKind::kAtLeast : LimitKind::kRounded;
}

// An amount within one limit. Where the bound is chosen, what is chosen is the amount within it: one that is
// below both of two bounds is known though it is not known which applies.
class Limiter {
 public:
  Limiter(Context& context, const Limit& limit, Range range)
      : context_(context), limit_(limit), range_(range), type_(context.model.InfoOf(limit.value).type) {}

  // `bound`: the limit's, or a branch of it.
  ExpressionId Within(ExpressionId bound, std::uint32_t depth = 0) {
    if (const auto known = known_.find(bound.index); known != known_.end()) return known->second;
    const ExpressionId value = depth < kMostDepth ? WithinChoice(bound, depth) : WithinValue(bound);
    known_.emplace(bound.index, value);
    return value;
  }

 private:
  // Deeper choices than any reader follows are taken as they come.
  static constexpr std::uint32_t kMostDepth = 64;

  ExpressionId WithinChoice(ExpressionId bound, std::uint32_t depth) {
    const Expression expression = context_.model[bound];
    if (const auto* let = std::get_if<LetValue>(&expression)) {
      return Within(context_.model.lets[let->let.index].value, depth + 1);
    }
    if (const auto* choice = std::get_if<Conditional>(&expression)) {
      const ExpressionId then = Within(choice->then, depth + 1);
      const ExpressionId otherwise = Within(choice->otherwise, depth + 1);
      return context_.Emit(Conditional{choice->condition, then, otherwise}, type_, 0, range_);
    }
    if (const auto* bands = std::get_if<Bands>(&expression)) {
      Bands limited = *bands;
      for (BandRow& row : limited.rows) row.body = Within(row.body, depth + 1);
      return context_.Emit(std::move(limited), type_, 0, range_);
    }
    return WithinValue(bound);
  }

  ExpressionId WithinValue(ExpressionId bound) {
    if (limit_.kind == LimitKind::kRounded) {
      return context_.Emit(Round{limit_.rounding, limit_.value, bound}, type_, 0, range_);
    }
    const bool most = limit_.kind == LimitKind::kAtMost;
    const auto comparison = most ? program::Comparison::kLessEqual : program::Comparison::kGreaterEqual;
    const ExpressionId within = context_.EmitCompare(comparison, limit_.value, bound, range_);
    return context_.Emit(Conditional{within, limit_.value, bound}, type_, 0, range_);
  }

  Context& context_;
  const Limit& limit_;
  Range range_;
  program::ValueType type_;
  std::unordered_map<std::uint32_t, ExpressionId> known_;
};

}  // namespace

Value Typer::ReadGrant(const Site& site, std::uint32_t index) {
  if (site.environment.raw || site.environment.constant_only) {
    context_.Error(site.environment.raw ? Kind::kCitationInHolds : Kind::kNotConstant, site.range,
                   {context_.model.grants[index].naming.name});
    return {};
  }
  DefineGrant(index);
  const program::ValueType type = context_.model.grants[index].type;
  if (!context_.model.grants[index].value.valid()) return {};
  return Scalar(context_.Emit(GrantValue{GrantId{index}}, type, 0, site.range), site.range);
}

bool Typer::MustBeAmount(const Value& value) {
  if (!MustBeScalar(value)) return false;
  if (value.type.kind != ValueKind::kMoney) {
    context_.Error(Kind::kGrantOfNoMoney, value.range,
                   {context_.WordsOf(value.range), WordsOf(context_, value)});
    return false;
  }
  return MustBeGiven(value) && MustBeOfRecord(value);
}

void Typer::TypeGrant(std::uint32_t index) {
  const Declared<syntax::Grant> source = context_.grants[index].source;
  const syntax::Grant& declaration = *source.declaration;
  const Environment environment{.tree = source.tree};
  Grant grant = context_.model.grants[index];
  grant.clause = context_.Cited(declaration.citation);
  bool complete = grant.clause.valid();
  if (declaration.condition.valid()) {
    grant.condition = RecordCondition(environment, declaration.condition);
    complete = complete && grant.condition.valid();
  }
  const Value amount = Of(environment, declaration.amount);
  if (!MustBeAmount(amount)) return;
  grant.type = amount.type;
  grant.amount = amount.id;
  grant.value = amount.id;
  for (std::size_t at = 0; at < declaration.limits.size(); ++at) {
    const bool fine = !LimitTwice(declaration, at) && AddLimit(environment, declaration.limits[at], grant);
    complete = complete && fine;
  }
  if (!complete || LimitsExclude(grant)) return;
  if (grant.condition.valid()) {
    const ExpressionId nothing = context_.EmitNumber(Rational(0), grant.type, 0, amount.range);
    grant.value =
        context_.Emit(Conditional{grant.condition, grant.value, nothing}, grant.type, 0, amount.range);
  }
  context_.model.grants[index] = std::move(grant);
}

bool Typer::LimitTwice(const syntax::Grant& grant, std::size_t at) {
  const syntax::Limit& limit = grant.limits[at];
  const auto end = grant.limits.begin() + static_cast<std::ptrdiff_t>(at);
  const auto first = std::ranges::find(grant.limits.begin(), end, limit.kind, &syntax::Limit::kind);
  if (first == end) return false;
  const std::string words = context_.WordsOf(first->range);
  context_.Error(Kind::kLimitTwice, limit.range).notes.push_back({first->range, Kind::kFirstHere, {words}});
  return true;
}

bool Typer::AddLimit(const Environment& environment, const syntax::Limit& limit, Grant& grant) {
  const Value amount = Scalar(grant.value, context_.model.InfoOf(grant.amount).range);
  const Value bound = Of(environment, limit.bound, &grant.type);
  if (!bound.ok() || !Comparable(program::Comparison::kLessEqual, amount, bound, limit.range)) return false;
  if (!MustBeGiven(bound) || !MustBeOfRecord(bound)) return false;
  const auto step = limit.kind == syntax::LimitKind::kRounded ? KnownNumber(bound.id) : std::nullopt;
  if (step && *step <= 0) {
    context_.Error(Kind::kRoundingStep, bound.range, {context_.WordsOf(bound.range)});
    return false;
  }
  Limit next{KindOf(limit.kind), RoundingOf(limit.rounding), bound.id, grant.value};
  next.value = Limiter(context_, next, limit.range).Within(bound.id);
  grant.value = next.value;
  grant.limits.push_back(next);
  return true;
}

bool Typer::LimitsExclude(const Grant& grant) {
  const auto bound_of = [&](LimitKind kind) {
    const auto limit = std::ranges::find(grant.limits, kind, &Limit::kind);
    return limit == grant.limits.end() ? ExpressionId{} : limit->bound;
  };
  const ExpressionId least = bound_of(LimitKind::kAtLeast);
  const ExpressionId most = bound_of(LimitKind::kAtMost);
  const auto low = least.valid() ? KnownNumber(least) : std::nullopt;
  const auto high = most.valid() ? KnownNumber(most) : std::nullopt;
  if (!low || !high || *low <= *high) return false;
  const auto words = [&](ExpressionId bound) { return context_.WordsOf(context_.model.InfoOf(bound).range); };
  context_.Error(Kind::kLimitsExclude, grant.range, {grant.naming.name, words(least), words(most)});
  return true;
}

}  // namespace pol::model
