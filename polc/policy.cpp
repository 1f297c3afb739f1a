#include "polc/policy.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "compiler/source/stdlib.h"
#include "compiler/syntax/parse.h"
#include "polc/read_file.h"
#include "polc/status.h"
#include "runtime/output/output_file.h"
#include "runtime/program/polb.h"

namespace polc {
namespace {

constexpr std::size_t kListedModules = 1000;

pol::diagnostics::Language LanguageOf(const Common& common) {
  return common.chinese ? pol::diagnostics::Language::kChinese : pol::diagnostics::Language::kEnglish;
}

std::optional<pol::Compilation> CompileText(const std::string& path, std::string text, const Common& common) {
  pol::Compilation result = pol::Compile(path, std::move(text), FolderLibrary(path));
  PrintDiagnostics(result.diagnostics, result.files, common);
  if (!result.program) return std::nullopt;
  return result;
}

}  // namespace

FolderLibrary::FolderLibrary(const std::string& policy_path)
    : folder_(std::filesystem::path(policy_path).parent_path().string()) {}

std::optional<pol::model::Library::Found> FolderLibrary::Find(const std::string& path) const {
  const std::string name = (std::filesystem::path(folder_) / path).string();
  std::error_code code;
  if (std::filesystem::is_regular_file(name, code)) {
    std::string error;
    std::optional<std::string> text = ReadFile(name, kPolicyBytes, error);
    if (text) return Found{name, std::move(*text)};
  }
  return pol::model::StandardLibraryOnly().Find(path);
}

std::vector<std::string> FolderLibrary::List() const {
  std::vector<std::string> paths = pol::model::StandardLibraryOnly().List();
  std::error_code code;
  const std::filesystem::path folder =
      folder_.empty() ? std::filesystem::path(".") : std::filesystem::path(folder_);
  for (std::filesystem::directory_iterator entry(folder, code), end; !code && entry != end;
       entry.increment(code)) {
    if (paths.size() >= kListedModules) break;
    if (entry->path().extension() == ".pol") paths.push_back(entry->path().filename().string());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

std::optional<pol::Compilation> CompilePolicy(const std::string& path, const Common& common) {
  std::string error;
  std::optional<std::string> text = ReadFile(path, kPolicyBytes, error);
  if (!text) {
    PrintError(error);
    return std::nullopt;
  }
  return CompileText(path, std::move(*text), common);
}

std::optional<pol::program::Program> LoadProgram(const std::string& path, const Common& common) {
  std::string error;
  std::optional<std::string> text = ReadFile(path, kPolicyBytes, error);
  if (!text) {
    PrintError(error);
    return std::nullopt;
  }
  if (pol::program::LooksCompiled(*text)) {
    std::optional<pol::program::Program> program = pol::program::Load(*text, error);
    if (!program) PrintError(fmt::format("{}: {}", path, error));
    return program;
  }
  std::optional<pol::Compilation> compilation = CompileText(path, std::move(*text), common);
  if (!compilation) return std::nullopt;
  return std::move(compilation->program);
}

std::optional<ParsedFile> ParseFile(const std::string& path, const Common& common) {
  std::string error;
  std::optional<std::string> text = ReadFile(path, kPolicyBytes, error);
  if (!text) {
    PrintError(error);
    return std::nullopt;
  }
  ParsedFile parsed;
  pol::diagnostics::Diagnostics diagnostics;
  const pol::source::FileId file = parsed.files.Add(path, std::move(*text));
  parsed.tree = pol::syntax::Parse(parsed.files, file, diagnostics);
  PrintDiagnostics(diagnostics, parsed.files, common);
  if (diagnostics.has_errors()) return std::nullopt;
  return parsed;
}

void PrintDiagnostics(const pol::diagnostics::Diagnostics& diagnostics, const pol::source::Files& files,
                      const Common& common) {
  const std::string rendered = Render(diagnostics, files, LanguageOf(common));
  std::fwrite(rendered.data(), 1, rendered.size(), stderr);
}

int WriteWhole(const std::string& path, std::string_view text) {
  std::string error;
  if (pol::output::WriteFile(path, text, error)) return kDone;
  PrintError(error);
  return kFailed;
}

void PrintError(const std::string& message) { fmt::print(stderr, "polc: {}\n", message); }

}  // namespace polc
