// `polc compile POLICY -o FILE.polb` and `polc disasm POLICY|FILE.polb`. Tested by tests/golden/cli/.
#include <cstdio>
#include <filesystem>
#include <memory>

#include "polc/command_line.h"
#include "runtime/program/disassemble.h"
#include "runtime/program/polb.h"

namespace polc {
namespace {

struct CompileOptions {
  Common common;
  std::string policy;
  std::string output;
};

int RunCompile(const CompileOptions& options) {
  std::string output = options.output;
  if (output.empty()) {
    if (options.policy == "-") {
      PrintError(Message::kOutputNeeded, options.common);
      return kFailed;
    }
    output = std::filesystem::path(options.policy).replace_extension(".polb").string();
  }
  const std::optional<pol::Compilation> compilation = CompilePolicy(options.policy, options.common);
  if (!compilation || !KeepsInputs(output, {options.policy}, options.common)) return kFailed;
  return WriteWhole(output, pol::program::Save(*compilation->program), options.common);
}

}  // namespace

void AddCompile(CLI::App& application, Action& action) {
  CLI::App* verb =
      application.add_subcommand("compile", "compile a policy to a .polb file, which loads faster");
  auto options = std::make_shared<CompileOptions>();
  verb->add_option("POLICY", options->policy, "the policy, a .pol file")->required()->type_name("FILE");
  verb->add_option("-o,--output", options->output, "the file to write; default: the policy's name with .polb")
      ->type_name("FILE");
  AddLanguage(*verb, options->common);
  verb->callback([options, &action] { action = [options] { return RunCompile(*options); }; });
}

void AddDisassemble(CLI::App& application, Action& action) {
  CLI::App* verb = application.add_subcommand("disasm", "print a compiled program as text");
  auto options = std::make_shared<CompileOptions>();
  options->output = "-";
  verb->add_option("POLICY", options->policy, "a .pol or .polb file")->required()->type_name("FILE");
  verb->add_option("-o,--output", options->output, "the file to write; default: standard output")
      ->type_name("FILE");
  AddLanguage(*verb, options->common);
  verb->callback([options, &action] {
    action = [options]() -> int {
      const std::optional<pol::program::Program> program = LoadProgram(options->policy, options->common);
      if (!program || !KeepsInputs(options->output, {options->policy}, options->common)) return kFailed;
      return WriteWhole(options->output, pol::program::Disassemble(*program), options->common);
    };
  });
}

}  // namespace polc
