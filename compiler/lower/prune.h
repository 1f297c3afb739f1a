// Takes out of a program what no output and no explanation needs, and what can only be read off the finished
// code: which clauses make up which, and which facts are read at all. Tested by
// tests/compiler/lower_test.cpp.
#pragma once

#include "runtime/program/program.h"

namespace pol::lower {

// Registers, constants, reasons and holds are renumbered; order is kept.
void Prune(program::Program& program);

// Fills Clause::made_of.
void FindMadeOf(program::Program& program);

// Sets Fact::used of the facts that an instruction loads, and of the key.
void MarkUsedFacts(program::Program& program);

}  // namespace pol::lower
