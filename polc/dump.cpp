// `polc dump --stage tree|model|program POLICY`: what a stage of the compiler made. Tested by
// tests/golden/{tree,model,program}/.
#include "compiler/model/dump.h"

#include <memory>

#include "compiler/syntax/dump.h"
#include "compiler/syntax/parse.h"
#include "polc/command_line.h"
#include "runtime/program/disassemble.h"

namespace polc {
namespace {

struct DumpOptions {
  Common common;
  std::string stage;
  std::string policy;
};

// Only the text itself is read, not what it uses: a tree can be shown of a policy that does not compile yet.
int DumpTree(const DumpOptions& options) {
  std::optional<ParsedFile> parsed = ParseFile(options.policy, options.common);
  if (!parsed) return kFailed;
  return WriteWhole("-", pol::syntax::Dump(parsed->tree), options.common);
}

int RunDump(const DumpOptions& options) {
  if (options.stage == "tree") return DumpTree(options);
  const std::optional<pol::Compilation> compilation = CompilePolicy(options.policy, options.common);
  if (!compilation) return kFailed;
  const std::string text = options.stage == "model" ? pol::model::Dump(*compilation->model)
                                                    : pol::program::Disassemble(*compilation->program);
  return WriteWhole("-", text, options.common);
}

}  // namespace

void AddDump(CLI::App& application, Action& action) {
  CLI::App* verb = application.add_subcommand("dump", "print what a stage of the compiler made of a policy");
  auto options = std::make_shared<DumpOptions>();
  verb->add_option("POLICY", options->policy, "the policy, a .pol file")->required()->type_name("FILE");
  verb->add_option("--stage", options->stage, "the stage to show")
      ->required()
      ->type_name("tree|model|program");
  AddLanguage(*verb, options->common);
  verb->callback([options, &action] { action = [options] { return RunDump(*options); }; });
}

}  // namespace polc
