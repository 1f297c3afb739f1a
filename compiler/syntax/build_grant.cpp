// Grants and quotas: what is given, and how many there may be; for which clause, when, and within which
// limits.
#include <utility>

#include "compiler/syntax/build.h"

namespace pol::syntax {

void Builder::Build(PolParser::GrantContext* context) {
  Grant grant;
  grant.naming = BuildNaming(context->naming());
  grant.citation = ReadCitation(context->citation);
  if (context->condition != nullptr) grant.condition = Build(context->condition);
  grant.amount = Build(context->value);
  for (PolParser::LimitContext* limit : context->limits) grant.limits.push_back(BuildLimit(limit));
  Add(std::move(grant), context);
}

Limit Builder::BuildLimit(PolParser::LimitContext* context) {
  if (auto* worded = dynamic_cast<PolParser::WordedLimitContext*>(context))
    return BuildLimit(worded->wordLimit());
  Limit limit;
  limit.range = RangeOf(context);
  auto* sign = dynamic_cast<PolParser::SignLimitContext*>(context);
  const bool least = sign != nullptr && sign->GREATER_EQUAL() != nullptr;
  limit.kind = least ? LimitKind::kAtLeast : LimitKind::kAtMost;
  limit.bound = sign != nullptr ? Build(sign->value) : Missing(context);
  return limit;
}

Limit Builder::BuildLimit(PolParser::WordLimitContext* context) {
  Limit limit;
  limit.range = RangeOf(context);
  if (auto* bound = dynamic_cast<PolParser::BoundLimitContext*>(context)) {
    // A sign that begins the limit of a score's total stands for the word.
    const bool least = bound->LEAST() != nullptr || bound->AT_LEAST() != nullptr;
    limit.kind = least ? LimitKind::kAtLeast : LimitKind::kAtMost;
    limit.bound = Build(bound->value);
  } else if (auto* rounded = dynamic_cast<PolParser::RoundedLimitContext*>(context)) {
    limit.kind = LimitKind::kRounded;
    if (rounded->UP() != nullptr || rounded->ROUNDED_UP() != nullptr) limit.rounding = Rounding::kUp;
    if (rounded->DOWN() != nullptr || rounded->ROUNDED_DOWN() != nullptr) limit.rounding = Rounding::kDown;
    limit.bound = Build(rounded->value);
  } else {
    limit.bound = Missing(context);
  }
  return limit;
}

void Builder::Build(PolParser::QuotaContext* context) {
  Quota quota;
  quota.naming = BuildNaming(context->naming());
  quota.citation = ReadCitation(context->citation);
  quota.condition = Build(context->condition);
  for (PolParser::QuotaBoundContext* bound : context->bounds) {
    const bool least =
        bound->LEAST() != nullptr || bound->AT_LEAST() != nullptr || bound->GREATER_EQUAL() != nullptr;
    Limit limit;
    limit.kind = least ? LimitKind::kAtLeast : LimitKind::kAtMost;
    limit.bound = Build(bound->value);
    limit.range = RangeOf(bound);
    quota.limits.push_back(limit);
  }
  if (quota.limits.empty() && context->exception == nullptr) {
    diagnostics_.Emit(diagnostics::Kind::kQuotaWithoutBound, RangeOf(context), {quota.naming.name.text});
  }
  Add(std::move(quota), context);
}

}  // namespace pol::syntax
