#include "compiler/overlay/form_order.h"

#include <algorithm>
#include <optional>

namespace pol::overlay {
namespace {

// No text asks for more; past it, the answer is "different".
constexpr std::uint32_t kMostDepth = 200;
constexpr std::size_t kMostPairs = 1U << 20U;
constexpr std::size_t kMostParts = 64;
constexpr std::size_t kMostCounted = 1000;

// What is in force from `day` on; nullopt: nothing. A constant is in force always.
std::optional<FormId> InForce(const Form& form, FormId itself, std::int32_t day) {
  if (form.kind != FormKind::kParameter) return itself;
  std::optional<FormId> value;
  for (std::size_t at = 0; at < form.days.size() && form.days[at] <= day; ++at) value = form.operands[at + 1];
  return value;
}

std::vector<FormId> PartsOf(const Form& form, FormId itself, FormKind kind) {
  return form.kind == kind ? form.operands : std::vector<FormId>{itself};
}

bool IsOrdered(const Form& form) { return form.kind == FormKind::kNotLess || form.kind == FormKind::kMore; }

// Takes out of both what is in both.
void RemoveCommon(std::vector<FormId>& first, std::vector<FormId>& second) {
  std::erase_if(first, [&](FormId form) {
    const auto place = std::ranges::find(second, form);
    if (place == second.end()) return false;
    second.erase(place);
    return true;
  });
}

}  // namespace

Order Combine(Order one, Order other) {
  if (one == Order::kSame || one == other) return other;
  return other == Order::kSame ? one : Order::kDifferent;
}

Order Reverse(Order order) {
  if (order == Order::kLess) return Order::kMore;
  return order == Order::kMore ? Order::kLess : order;
}

Order FormOrder::Compare(FormId first, FormId second) {
  if (first == second) return Order::kSame;
  const std::uint64_t pair = (std::uint64_t{first} << 32U) | second;
  if (const auto known = known_.find(pair); known != known_.end()) return known->second;
  if (depth_ >= kMostDepth || known_.size() >= kMostPairs) return Order::kDifferent;
  ++depth_;
  const Order order = Compute(first, second);
  --depth_;
  known_.emplace(pair, order);
  return order;
}

Order FormOrder::Compute(FormId first, FormId second) {
  const Form& one = forms_[first];
  const Form& other = forms_[second];
  if (one.kind == FormKind::kParameter || other.kind == FormKind::kParameter)
    return CompareParameters(first, second);
  for (const FormKind kind : {FormKind::kAll, FormKind::kAny}) {
    if (one.kind != kind && other.kind != kind) continue;
    const Order order = CompareParts(kind, first, second);
    if (order != Order::kDifferent) return order;
  }
  if (IsOrdered(one) && IsOrdered(other)) return CompareOrdered(one, other);
  if (one.kind != other.kind) return Order::kDifferent;
  if (one.kind == FormKind::kConstant) return CompareConstants(one, other);
  if (one.kind == FormKind::kAtLeast) return CompareAtLeast(one, other);
  return one.kind == FormKind::kOther ? CompareOthers(one, other) : Order::kDifferent;
}

Order FormOrder::CompareConstants(const Form& first, const Form& second) const {
  if (first.words != second.words) return Order::kDifferent;
  return second.number < first.number ? Order::kLess : Order::kMore;
}

// On every day, both or neither must be in force.
Order FormOrder::CompareParameters(FormId first, FormId second) {
  const Form& one = forms_[first];
  const Form& other = forms_[second];
  const bool both = one.kind == FormKind::kParameter && other.kind == FormKind::kParameter;
  if (both && one.operands.front() != other.operands.front()) return Order::kDifferent;
  std::vector<std::int32_t> days{Form::kAlways};
  days.insert(days.end(), one.days.begin(), one.days.end());
  days.insert(days.end(), other.days.begin(), other.days.end());
  Order order = Order::kSame;
  for (const std::int32_t day : days) {
    const std::optional<FormId> before = InForce(one, first, day);
    const std::optional<FormId> after = InForce(other, second, day);
    if (before.has_value() != after.has_value()) return Order::kDifferent;
    if (before) order = Combine(order, Compare(*before, *after));
  }
  return order;
}

// A conjunction is the harder to meet when each conjunct of the other follows from one of its own; one of
// alternatives when each of its own leads to one of the other's. What is no conjunction is one of itself.
Order FormOrder::CompareParts(FormKind kind, FormId first, FormId second) {
  const Operands one = PartsOf(forms_[first], first, kind);
  const Operands other = PartsOf(forms_[second], second, kind);
  const bool all = kind == FormKind::kAll;
  const bool less = all ? EachHas(one, other, false, Order::kLess) : EachHas(other, one, true, Order::kLess);
  const bool more = all ? EachHas(other, one, true, Order::kMore) : EachHas(one, other, false, Order::kMore);
  if (less && more) return Order::kSame;
  if (less) return Order::kLess;
  return more ? Order::kMore : Order::kDifferent;
}

bool FormOrder::EachHas(const Operands& these, const Operands& those, bool turned, Order wanted) {
  Operands left;
  for (const FormId one : these) {
    if (!std::ranges::binary_search(those, one)) left.push_back(one);
  }
  if (left.empty()) return true;
  if (left.size() > kMostParts || those.size() > kMostParts) return false;
  return std::ranges::all_of(left, [&](FormId one) {
    return std::ranges::any_of(those, [&](FormId other) {
      const Order order = turned ? Compare(other, one) : Compare(one, other);
      return order == Order::kSame || order == wanted;
    });
  });
}

// One condition more makes it easier to have enough of them.
Order FormOrder::CompareAtLeast(const Form& first, const Form& second) {
  if (std::max(first.operands.size(), second.operands.size()) > kMostCounted) return Order::kDifferent;
  Order order = Reverse(Compare(first.operands.front(), second.operands.front()));
  Operands before(first.operands.begin() + 1, first.operands.end());
  Operands after(second.operands.begin() + 1, second.operands.end());
  RemoveCommon(before, after);
  const std::size_t pairs = std::min(before.size(), after.size());
  for (std::size_t at = 0; at < pairs; ++at) order = Combine(order, Compare(before[at], after[at]));
  if (before.size() > pairs) order = Combine(order, Order::kLess);
  if (after.size() > pairs) order = Combine(order, Order::kMore);
  return order;
}

Order FormOrder::CompareOrdered(const Form& first, const Form& second) {
  const Order greater = Compare(first.operands[0], second.operands[0]);
  const Order smaller = Reverse(Compare(first.operands[1], second.operands[1]));
  Order order = Combine(greater, smaller);
  if (first.kind != second.kind)
    order = Combine(order, second.kind == FormKind::kMore ? Order::kLess : Order::kMore);
  return order;
}

Order FormOrder::CompareOthers(const Form& first, const Form& second) {
  if (first.words != second.words || first.operands.size() != second.operands.size())
    return Order::kDifferent;
  Order order = Order::kSame;
  for (std::size_t at = 0; at < first.operands.size(); ++at) {
    if (first.operands[at] == second.operands[at]) continue;
    const Sense sense = first.senses[at];
    if (sense == Sense::kUnknown || sense != second.senses[at]) return Order::kDifferent;
    const Order part = Compare(first.operands[at], second.operands[at]);
    order = Combine(order, sense == Sense::kUp ? part : Reverse(part));
  }
  return order;
}

}  // namespace pol::overlay
