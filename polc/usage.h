// What is wrong with the arguments, in words for an analyst, before anything is parsed: a verb or option that
// there is not (with the nearest), a value that is missing or no choice, an argument too few or too many.
// Tested by tests/golden/cli/.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "polc/messages.h"

namespace polc {

// Whether the arguments ask for Chinese: needed before the rest of them can be complained about.
Common LanguageOf(const std::vector<std::string>& arguments);

// True when they can be parsed; otherwise the reason is printed. An option whose type name is written "a|b|c"
// takes one of these values.
bool CheckUsage(CLI::App& application, const std::vector<std::string>& arguments, const Common& common);

}  // namespace polc
