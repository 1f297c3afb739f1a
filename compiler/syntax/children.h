// The expressions directly inside an expression, whatever its kind: for walks that treat all kinds alike.
// Tested by tests/compiler/parse_test.cpp.
#pragma once

#include <variant>

#include "compiler/syntax/tree.h"

namespace pol::syntax {

// Calls `visit(ExpressionId)` for each child that is there, in the order written.
template <typename Visit>
void ForEachChild(const Expression& expression, Visit&& visit);

// ---- Implementation ----------------------------------------------------------------------------------

namespace internal {

template <typename Visit>
struct ChildVisitor {
  Visit& visit;

  void One(ExpressionId id) const {
    if (id.valid()) visit(id);
  }
  void All(const std::vector<ExpressionId>& ids) const {
    for (const ExpressionId id : ids) One(id);
  }
  void In(const Interval& interval) const { One(interval.low), One(interval.high); }
  void In(const Selection& selection) const {
    One(selection.operand), One(selection.window), One(selection.condition);
  }

  void operator()(const NumberLiteral&) const {}
  void operator()(const DateLiteral&) const {}
  void operator()(const TextLiteral&) const {}
  void operator()(const TruthLiteral&) const {}
  void operator()(const NameReference&) const {}
  void operator()(const AsOf&) const {}
  void operator()(const CitationReference&) const {}
  void operator()(const MissedDuty&) const {}
  void operator()(const ErrorExpression&) const {}
  void operator()(const Member& node) const { One(node.operand); }
  void operator()(const Call& node) const { All(node.arguments); }
  void operator()(const Period& node) const { One(node.amount); }
  void operator()(const Term& node) const { One(node.period), One(node.start); }
  void operator()(const Elapsed& node) const { One(node.from), One(node.to); }
  void operator()(const PartOfDate& node) const { One(node.date); }
  void operator()(const Unary& node) const { One(node.operand); }
  void operator()(const Binary& node) const { One(node.left), One(node.right); }
  void operator()(const Logic& node) const { All(node.operands); }
  void operator()(const Comparison& node) const { All(node.operands); }
  void operator()(const InInterval& node) const { One(node.operand), In(node.interval); }
  void operator()(const InSet& node) const { One(node.operand), All(node.values); }
  void operator()(const InWindow& node) const { One(node.operand), One(node.window); }
  void operator()(const Within& node) const { One(node.operand), One(node.region); }
  void operator()(const Presence& node) const { One(node.operand); }
  void operator()(const Trend& node) const { One(node.operand), One(node.window); }
  void operator()(const Running& node) const { One(node.operand), One(node.window); }
  void operator()(const Conditional& node) const { One(node.condition), One(node.then), One(node.otherwise); }
  void In(const std::vector<Band>& bands) const {
    for (const Band& band : bands) {
      if (band.pattern.interval.has_value()) In(*band.pattern.interval);
      All(band.pattern.values);
      One(band.body);
    }
  }
  void operator()(const Bands& node) const { One(node.subject), In(node.bands); }
  void operator()(const Brackets& node) const { One(node.subject), In(node.bands); }
  void operator()(const Window& node) const { One(node.period), One(node.anchor), One(node.since); }
  void operator()(const Aggregate& node) const { In(node.selection); }
  void operator()(const Extreme& node) const { All(node.operands); }
  void operator()(const QuantifiedList& node) const { One(node.quantifier.threshold), All(node.operands); }
  void operator()(const QuantifiedSelection& node) const {
    One(node.quantifier.threshold), In(node.selection);
  }
  void operator()(const LengthOf& node) const { One(node.window); }
  void operator()(const GrowthOf& node) const { One(node.series), One(node.year); }
  void operator()(const ValueOf& node) const { One(node.series), One(node.year); }
  void operator()(const Round& node) const { One(node.operand), One(node.multiple); }
  void operator()(const ForEvery& node) const { One(node.amount), One(node.size), One(node.operand); }
};

}  // namespace internal

template <typename Visit>
void ForEachChild(const Expression& expression, Visit&& visit) {
  std::visit(internal::ChildVisitor<Visit>{visit}, expression);
}

}  // namespace pol::syntax
