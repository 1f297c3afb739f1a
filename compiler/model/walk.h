// The operands of a model's expression, in the order of its members. Tested by
// tests/compiler/model_clauses_test.cpp (reach and cycles).
#pragma once

#include <vector>

#include "compiler/model/model.h"

namespace pol::model {

// Direct operands only: not the value of the let, clause or parameter it names.
std::vector<ExpressionId> OperandsOf(const Expression& expression);

}  // namespace pol::model
