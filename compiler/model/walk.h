// The operands of a model's expression, in the order of its members. Tested by
// tests/compiler/model_clauses_test.cpp (reach and cycles).
#pragma once

#include <vector>

#include "compiler/model/model.h"

namespace pol::model {

// Direct operands only: not the value of the let, clause or parameter it names.
std::vector<ExpressionId> OperandsOf(const Expression& expression);
// Whether there is a column of results: a decision, a grant, a score, a lifecycle.
bool HasOutputs(const Model& model);
// Every expression that the lifecycles show, those that are there.
std::vector<ExpressionId> RootsOf(const std::vector<Lifecycle>& lifecycles);
// What the name that the expression is stands for: of a let, a grant, a score or one of its items, a part of
// a lifecycle, a missed duty. Invalid for all others.
ExpressionId MeaningOf(const Model& model, const Expression& expression);

}  // namespace pol::model
