// An example as the engine takes it: a batch of one record, its cells as a reader would have filled them.
// Tested by tests/compiler/model_examples_test.cpp.
#pragma once

#include "compiler/model/model.h"
#include "runtime/program/schema.h"
#include "runtime/records/batch.h"

namespace pol::model {

// The schema is that of the policy's model or program. What the example says nothing of is missing, or not
// judged.
records::Batch BatchOf(const program::Schema& schema, const Example& example);

}  // namespace pol::model
