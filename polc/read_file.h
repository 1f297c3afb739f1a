// Policy files from disk: whole, within a limit, with an error for people. Tested by tests/golden/cli/.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace polc {

// Reads a whole file ("-" is standard input) of at most `limit` bytes. nullopt with a sentence in `error`
// otherwise.
std::optional<std::string> ReadFile(const std::string& path, std::size_t limit, std::string& error);

}  // namespace polc
