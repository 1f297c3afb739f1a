// The model as text, for golden tests and `polc dump --stage model`: the schema, then parameters, lets,
// clauses, decisions and examples, each expression as one line of nested brackets. Tested by
// tests/golden/model/ and tests/compiler/model_test.cpp.
#pragma once

#include <string>

#include "compiler/model/model.h"

namespace pol::model {

std::string Dump(const Model& model);

// The lifecycles alone, which come before the examples (dump_lifecycles.cpp).
std::string DumpLifecycles(const Model& model);

// The examples alone, which end the above (dump_examples.cpp).
std::string DumpExamples(const Model& model);

// One expression: (>= (/ (sum …) …) 15%). Subexpressions that occur again are repeated; past a limit of
// length, "…".
std::string DumpExpression(const Model& model, ExpressionId id);

}  // namespace pol::model
