// Which truths a clause can have at all: what examples can be asked to show of it. A clause that is not
// public is always unknown; one that takes all of its items is never true where such a one is among them.
// Tested by tests/compiler/model_examples_test.cpp.
#pragma once

#include <vector>

#include "compiler/model/model.h"

namespace pol::model {

struct Possible {
  bool yes = false;
  bool no = false;
  bool unknown = false;
};

// By clause. What is true here may still never happen; what is false cannot.
std::vector<Possible> PossibleTruths(const Model& model);

// By lifecycle: whether it can be known to run on. It cannot where a condition that ends it is never false.
std::vector<bool> CanRun(const Model& model);

}  // namespace pol::model
