// From the model to the program: straight-line code, one register an instruction, and the explanation table
// beside it. Cannot fail: what could be wrong was found in the model. Tested by tests/golden/program/ and
// tests/compiler/lower_test.cpp.
#pragma once

#include "compiler/model/model.h"
#include "compiler/source/source.h"
#include "runtime/program/program.h"

namespace pol::lower {

program::Program Lower(const model::Model& model, const source::Files& files);

}  // namespace pol::lower
