// Limits: what an amount of money or the points of a score are kept within.
#include <algorithm>
#include <unordered_map>
#include <utility>

#include "compiler/model/typer.h"

namespace pol::model {

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
  Limiter(Context& context, const Limit& limit, program::ValueType type, Range range)
      : context_(context), limit_(limit), type_(std::move(type)), range_(range) {}

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
  program::ValueType type_;
  Range range_;
  std::unordered_map<std::uint32_t, ExpressionId> known_;
};

}  // namespace

bool Typer::AddLimits(const Environment& environment, const std::vector<syntax::Limit>& written,
                      Limited& limited) {
  bool complete = true;
  for (std::size_t at = 0; at < written.size(); ++at) {
    const bool fine = !LimitTwice(written, at) && AddLimit(environment, written[at], limited);
    complete = complete && fine;
  }
  return complete && !LimitsExclude(limited);
}

bool Typer::LimitTwice(const std::vector<syntax::Limit>& limits, std::size_t at) {
  const syntax::Limit& limit = limits[at];
  const auto end = limits.begin() + static_cast<std::ptrdiff_t>(at);
  const auto first = std::ranges::find(limits.begin(), end, limit.kind, &syntax::Limit::kind);
  if (first == end) return false;
  const std::string words = context_.WordsOf(first->range);
  context_.Error(Kind::kLimitTwice, limit.range).notes.push_back({first->range, Kind::kFirstHere, {words}});
  return true;
}

bool Typer::AddLimit(const Environment& environment, const syntax::Limit& limit, Limited& limited) {
  Value value = Scalar(limited.value, limited.range);
  value.type = limited.type;
  const Value bound = Of(environment, limit.bound, &limited.type);
  if (!bound.ok() || !Comparable(program::Comparison::kLessEqual, value, bound, limit.range)) return false;
  if (!MustBeGiven(bound) || !MustBeOfRecord(bound)) return false;
  const auto step = limit.kind == syntax::LimitKind::kRounded ? KnownNumber(bound.id) : std::nullopt;
  if (step && *step <= 0) {
    context_.Error(Kind::kRoundingStep, bound.range, {context_.WordsOf(bound.range)});
    return false;
  }
  Limit next{KindOf(limit.kind), RoundingOf(limit.rounding), bound.id, limited.value};
  next.value = Limiter(context_, next, limited.type, limit.range).Within(bound.id);
  limited.value = next.value;
  limited.limits.push_back(next);
  return true;
}

bool Typer::LimitsExclude(const Limited& limited) {
  const auto bound_of = [&](LimitKind kind) {
    const auto limit = std::ranges::find(limited.limits, kind, &Limit::kind);
    return limit == limited.limits.end() ? ExpressionId{} : limit->bound;
  };
  const ExpressionId least = bound_of(LimitKind::kAtLeast);
  const ExpressionId most = bound_of(LimitKind::kAtMost);
  const auto low = least.valid() ? KnownNumber(least) : std::nullopt;
  const auto high = most.valid() ? KnownNumber(most) : std::nullopt;
  if (!low || !high || *low <= *high) return false;
  const auto words = [&](ExpressionId bound) { return context_.WordsOf(context_.model.InfoOf(bound).range); };
  context_.Error(Kind::kLimitsExclude, limited.declared, {limited.name, words(least), words(most)});
  return true;
}

}  // namespace pol::model
