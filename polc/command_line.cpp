#include "polc/command_line.h"

#include <fmt/format.h>

#include <csignal>
#include <cstdio>
#include <exception>

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
    fmt::print(stderr, "polc: {}\nRun ‘polc --help’, or ‘polc VERB --help’ for one verb.\n", error.what());
    return kFailed;
  }
}

}  // namespace

void AddLanguage(CLI::App& verb, Common& common) {
  verb.add_option_function<std::string>(
          "--lang", [&common](const std::string& language) { common.chinese = language == "zh"; },
          "language of messages and tables: en (default) or zh")
      ->check(CLI::IsMember({"en", "zh"}))
      ->type_name("zh|en");
}

int Main(int argc, char** argv) {
  // A reader that closes the pipe early is reported like a full disk, not by a silent death.
  std::signal(SIGPIPE, SIG_IGN);
  CLI::App application("polc decides applicant records under a policy written in Pol, exactly, and says why.",
                       "polc");
  application.set_version_flag("--version", std::string("polc ") + kVersion);
  application.require_subcommand(1);
  Action action;
  AddCheck(application, action);
  AddExplain(application, action);
  AddCompile(application, action);
  AddDisassemble(application, action);
  AddDump(application, action);
  AddFormat(application, action);
  const int parsed = Parse(application, argc, argv);
  if (parsed == -1) return kDone;
  if (parsed != kDone) return parsed;
  try {
    return action();
  } catch (const std::bad_alloc&) {
    PrintError("out of memory");
  } catch (const std::exception& error) {
    PrintError(fmt::format("internal error: {}", error.what()));
  }
  return kFailed;
}

}  // namespace polc
