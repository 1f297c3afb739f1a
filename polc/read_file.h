// Policy files from disk: whole, within a limit, with an error for people. Tested by tests/golden/cli/.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "polc/messages.h"

namespace polc {

// Reads a whole file ("-" is standard input) of at most `limit` bytes. nullopt after the reason was printed.
std::optional<std::string> ReadFile(const std::string& path, std::size_t limit, const Common& common);

}  // namespace polc
