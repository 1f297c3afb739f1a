// The command line: `polc VERB POLICY [DATA…] [options]`. Tested by tests/golden/cli/.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

#include "polc/policy.h"
#include "polc/status.h"

namespace polc {

// Parses the arguments and runs the verb; the exit status (status.h).
int Main(int argc, char** argv);

// What a verb does once its options are parsed.
using Action = std::function<int()>;

// Each adds its subcommand to the application; `action` is set when that subcommand was given.
void AddCheck(CLI::App& application, Action& action);
void AddExplain(CLI::App& application, Action& action);
void AddTimeline(CLI::App& application, Action& action);
void AddCompile(CLI::App& application, Action& action);
void AddDisassemble(CLI::App& application, Action& action);
void AddDump(CLI::App& application, Action& action);
void AddFormat(CLI::App& application, Action& action);
void AddSchema(CLI::App& application, Action& action);
void AddTest(CLI::App& application, Action& action);
void AddCover(CLI::App& application, Action& action);
void AddOverlay(CLI::App& application, Action& action);

// The option `--lang zh|en`, the same for every verb.
void AddLanguage(CLI::App& verb, Common& common);

}  // namespace polc
