#include "polc/command_line.h"

#include <fmt/format.h>

#include <csignal>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include "polc/usage.h"
#include "polc/version.h"

namespace polc {
namespace {

int Parse(CLI::App& application, int argc, char** argv) {
  try {
    application.parse(argc, argv);
    return kDone;
  } catch (const CLI::Success& request) {  // --help, --version
    application.exit(request);
    return -1;
  } catch (const CLI::ParseError& error) {
    fmt::print(stderr, "polc: {}\n", error.what());
    return kFailed;
  }
}

}  // namespace

void AddLanguage(CLI::App& verb, Common& common) {
  verb.add_option_function<std::string>(
          "--lang", [&common](const std::string& language) { common.chinese = language == "zh"; },
          "language of messages and tables: en (default) or zh")
      ->type_name("zh|en");
}

int Main(int argc, char** argv) {
  // A reader that closes the pipe early, or a limit on the size of files, is reported like a full disk, not
  // by a silent death.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  CLI::App application("polc decides applicant records under a policy written in Pol, exactly, and says why.",
                       "polc");
  application.set_version_flag("--version", std::string("polc ") + kVersion);
  application.require_subcommand(1);
  Action action;
  AddCheck(application, action);
  AddExplain(application, action);
  AddTimeline(application, action);
  AddCompile(application, action);
  AddDisassemble(application, action);
  AddDump(application, action);
  AddFormat(application, action);
  AddSchema(application, action);
  AddTest(application, action);
  AddCover(application, action);
  AddOverlay(application, action);
  const std::vector<std::string> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
  const Common common = LanguageOf(arguments);
  if (!CheckUsage(application, arguments, common)) return kFailed;
  const int parsed = Parse(application, argc, argv);
  if (parsed == -1) return kDone;
  if (parsed != kDone) return parsed;
  try {
    return action();
  } catch (const std::bad_alloc&) {
    PrintError(Message::kOutOfMemory, common);
  } catch (const std::exception& error) {
    PrintError(Message::kInternal, common, {error.what()});
  }
  return kFailed;
}

}  // namespace polc
