// Which of two forms is the greater, of numbers, dates and truths (false < unknown < true): of a condition,
// which is harder to meet. Decided from their shape alone and never guessed: whatever is not certain for
// every record of which all is known is "different". Part of overlay.h; tested by
// tests/compiler/overlay_test.cpp.
#pragma once

#include <cstdint>
#include <unordered_map>

#include "compiler/overlay/forms.h"

namespace pol::overlay {

// Of the second of two forms.
enum class Order : std::uint8_t { kSame, kLess, kMore, kDifferent };

// Both at once: what is less twice is less, what is less and more is different.
Order Combine(Order one, Order other);
Order Reverse(Order order);

class FormOrder {
 public:
  explicit FormOrder(const Forms& forms) : forms_(forms) {}
  Order Compare(FormId first, FormId second);

 private:
  using Operands = std::vector<FormId>;

  Order Compute(FormId first, FormId second);
  Order CompareConstants(const Form& first, const Form& second) const;
  Order CompareParameters(FormId first, FormId second);
  Order CompareParts(FormKind kind, FormId first, FormId second);
  Order CompareAtLeast(const Form& first, const Form& second);
  Order CompareOrdered(const Form& first, const Form& second);
  Order CompareOthers(const Form& first, const Form& second);
  // Whether each of `these` has one of `those` for which Compare(this, that), or with `turned`
  // Compare(that, this), is `wanted` or the same.
  bool EachHas(const Operands& these, const Operands& those, bool turned, Order wanted);

  const Forms& forms_;
  std::unordered_map<std::uint64_t, Order> known_;
  std::uint32_t depth_ = 0;
};

}  // namespace pol::overlay
