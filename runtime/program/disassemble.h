// A program as text, for people and for golden tests: `polc disasm` and `dump --stage program`. The text is
// stable: the same program always gives the same bytes. Tested by tests/runtime/program_test.cpp.
#pragma once

#include <string>

#include "runtime/program/program.h"

namespace pol::program {

// The whole program; it must be verified.
std::string Disassemble(const Program& program);

// One instruction: "r12 : N[years] = divide r10, r11".
std::string DisassembleInstruction(const Program& program, std::uint32_t value);

}  // namespace pol::program
