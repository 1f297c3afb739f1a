// Inside of the disassembler (disassemble.h): how words, names and places are written, and the parts of the
// listing that have files of their own. Tested by tests/runtime/program_test.cpp.
#pragma once

#include <string>
#include <string_view>

#include "runtime/program/program.h"

namespace pol::program {

// In quotes, on one line whatever the text holds.
std::string Quoted(std::string_view text);
// As it is where it is one plain word, else in quotes.
std::string Word(std::string_view text);
// "name "label" also "alias"".
std::string NamingText(const Naming& naming);
// " @file:line"; empty where there is none.
std::string PlaceText(const Place& place);

// disassemble_lifecycles.cpp
void ListMachines(const Program& program, std::string& text);
void ListLifecycles(const Program& program, std::string& text);
// disassemble_quotas.cpp
void ListQuotas(const Program& program, std::string& text);

}  // namespace pol::program
