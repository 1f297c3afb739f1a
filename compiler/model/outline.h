// The articles of a policy and of those that it builds on, merged into one text before their conditions are
// typed. Part of declare.h; tested by tests/compiler/model_extends_test.cpp.
#pragma once

#include <string>
#include <vector>

#include "compiler/model/context.h"
#include "compiler/model/declare.h"

namespace pol::model {

// A clause as it stands once every policy has added to it.
struct Outline {
  Declared<syntax::Item> source;
  Declared<syntax::Change> change;  // in place of the source's body
  std::string id;
  std::vector<Outline> items;
};

// The articles in order. Changes of clauses that are not there, and clauses that are there already, are
// reported.
std::vector<Outline> OutlineOf(Context& context, Policies policies);

}  // namespace pol::model
