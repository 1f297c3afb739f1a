// Grants: what is given, for which clause, when, and within which limits.
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
  Limit limit;
  limit.range = RangeOf(context);
  if (auto* bound = dynamic_cast<PolParser::BoundLimitContext*>(context)) {
    const bool least =
        bound->LEAST() != nullptr || bound->AT_LEAST() != nullptr || bound->GREATER_EQUAL() != nullptr;
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

}  // namespace pol::syntax
