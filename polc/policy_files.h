// Which policies `polc test` is about: files, or all that a folder holds, each with the file of examples
// beside it (NAME.pol, NAME.examples.pol). Tested by tests/golden/test/.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/compile.h"
#include "polc/messages.h"

namespace polc {

// The file of examples that belongs to a policy, whether or not it exists; of such a file itself, it is the
// file.
std::string ExamplesBeside(const std::string& policy);

// Whether a text has no `policy` line, and so is there for others to use. One that cannot be read is shown
// when it is compiled.
bool IsModule(const std::string& path, const Common& common);

// The policies that files and folders stand for, in the order given, those of a folder by name; a file of
// examples stands for its policy, and modules in a folder for nothing. nullopt after the reason was printed.
std::optional<std::vector<std::string>> PoliciesIn(const std::vector<std::string>& paths,
                                                   const Common& common);

// The policy compiled with the examples beside it; diagnostics are printed. nullopt after errors.
std::optional<pol::Compilation> CompileWithExamples(const std::string& policy, const Common& common);

}  // namespace polc
