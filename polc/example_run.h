// Examples run and compared with what they expect. Tested by tests/polc/example_run_test.cpp and
// tests/golden/test/.
#pragma once

#include <string>
#include <vector>

#include "compiler/compile.h"
#include "polc/messages.h"
#include "runtime/engine/engine.h"
#include "runtime/program/program.h"
#include "runtime/records/batch.h"

namespace polc {

// A record of its own: the program run over it.
struct RanExample {
  pol::records::Batch batch;
  pol::engine::Registers registers;
};
RanExample RunExample(const pol::program::Program& program, const pol::model::Example& example);

// One `expect` line.
struct CheckedExpectation {
  pol::program::Place place;
  std::string example;  // its title
  std::string subject;  // "eligibility", "§5(3)"
  std::string expected;
  std::string found;
  std::string why;  // where it is not as expected: what decided
  bool passed = false;
};
std::vector<CheckedExpectation> CheckExample(const pol::Compilation& compilation,
                                             const pol::model::Example& example, const RanExample& ran,
                                             const Common& common);

}  // namespace polc
