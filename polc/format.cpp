// `polc fmt FILE…`: the one layout of .pol files, in place; `--check` only says which files would change; `-`
// formats standard input to standard output. Tested by tests/golden/format/.
#include "compiler/syntax/format.h"

#include <fmt/format.h>

#include <memory>
#include <vector>

#include "polc/command_line.h"

namespace polc {
namespace {

struct FormatOptions {
  Common common;
  bool check = false;
  std::vector<std::string> files;
};

int FormatOne(const FormatOptions& options, const std::string& path) {
  const std::optional<std::string> text = ReadPolicyText(path, options.common);
  if (!text) return kFailed;
  pol::source::Files files;
  pol::diagnostics::Diagnostics diagnostics;
  const pol::source::FileId file = files.Add(path, *text);
  const std::optional<std::string> formatted = pol::syntax::Format(files, file, diagnostics);
  PrintDiagnostics(diagnostics, files, options.common);
  if (!formatted) return kFailed;
  if (options.check) {
    if (*formatted == *text) return kDone;
    fmt::print("{}\n", path);
    return kFindings;
  }
  if (path != "-" && *formatted == *text) return kDone;
  return WriteWhole(path, *formatted, options.common);
}

int RunFormat(const FormatOptions& options) {
  int status = kDone;
  for (const std::string& path : options.files) status = std::max(status, FormatOne(options, path));
  return status;
}

}  // namespace

void AddFormat(CLI::App& application, Action& action) {
  CLI::App* verb = application.add_subcommand("fmt", "lay out .pol files the one way");
  auto options = std::make_shared<FormatOptions>();
  verb->add_option("FILE", options->files, ".pol files; - formats standard input to standard output")
      ->required()
      ->type_name(".pol");
  verb->add_flag("--check", options->check,
                 "change nothing; name the files that would change, exit status 1 if any");
  AddLanguage(*verb, options->common);
  verb->callback([options, &action] { action = [options] { return RunFormat(*options); }; });
}

}  // namespace polc
