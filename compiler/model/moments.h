// Since when a condition holds: of one about dated things, the date on which it came to hold. A missed duty
// holds from the day after it was due, that a list has an element of some kind from that element's date,
// `as_of > d` from the day after d; `and` from the latest of its parts on, `or` from the earliest that holds.
// Tested by tests/compiler/lifecycles_test.cpp.
#pragma once

#include <optional>
#include <unordered_map>

#include "compiler/model/context.h"

namespace pol::model {

// The field that says when an element of the list was: its only date, or the only one that is always given.
std::optional<FactId> TimeField(const Context& context, std::uint32_t list);

class Moments {
 public:
  explicit Moments(Context& context) : context_(context) {}

  // A date in the domain of the condition, meant where the condition is true; unknown where that is not
  // recorded. Invalid when the condition is about nothing that has a date.
  ExpressionId Of(ExpressionId condition);

 private:
  ExpressionId Compute(ExpressionId id);
  ExpressionId OfClause(ClauseId id, Range range);
  ExpressionId OfAll(const std::vector<ExpressionId>& operands, ExpressionId whole);
  ExpressionId OfAny(const std::vector<ExpressionId>& operands, ExpressionId whole);
  ExpressionId OfComparison(const Comparison& comparison, ExpressionId whole);
  ExpressionId OfFold(const Fold& fold, ExpressionId whole);
  ExpressionId BodyOf(ExpressionId condition) const;
  bool IsTimeless(ExpressionId condition) const;
  ExpressionId Undated(std::uint32_t domain, Range range);
  ExpressionId LaterOf(ExpressionId left, ExpressionId right, bool later, Range range);
  ExpressionId DayAfter(ExpressionId date, Range range);

  Context& context_;
  std::unordered_map<std::uint32_t, ExpressionId> known_;  // by condition
  std::unordered_map<std::uint32_t, ExpressionId> of_clause_;
  std::uint32_t depth_ = 0;
};

}  // namespace pol::model
