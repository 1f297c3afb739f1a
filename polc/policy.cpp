#include "polc/policy.h"

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
  pol::Compilation result = pol::Compile(path, std::move(text), FolderLibrary(path, common));
  PrintDiagnostics(result.diagnostics, result.files, common);
  if (!result.program) return std::nullopt;
  return result;
}

}  // namespace

FolderLibrary::FolderLibrary(const std::string& policy_path, const Common& common)
    : common_(common), folder_(std::filesystem::path(policy_path).parent_path().string()) {}

std::optional<pol::model::Library::Found> FolderLibrary::Find(const std::string& path) const {
  const std::string name = (std::filesystem::path(folder_) / path).string();
  std::error_code code;
  if (std::filesystem::is_regular_file(name, code)) {
    std::optional<std::string> text = ReadFile(name, kPolicyBytes, common_);
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

std::optional<std::string> ReadPolicyText(const std::string& path, const Common& common) {
  std::optional<std::string> text = ReadFile(path, kPolicyBytes, common);
  if (!text || !pol::program::LooksCompiled(*text)) return text;
  PrintError(Message::kNotText, common, {path});
  return std::nullopt;
}

std::optional<pol::Compilation> CompilePolicy(const std::string& path, const Common& common) {
  std::optional<std::string> text = ReadPolicyText(path, common);
  if (!text) return std::nullopt;
  return CompileText(path, std::move(*text), common);
}

std::optional<pol::program::Program> LoadProgram(const std::string& path, const Common& common) {
  std::optional<std::string> text = ReadFile(path, kPolicyBytes, common);
  if (!text) return std::nullopt;
  // A name that promises a compiled policy is believed, so that a cut or empty file is called that.
  if (pol::program::LooksCompiled(*text) || path.ends_with(".polb")) {
    std::string error;
    std::optional<pol::program::Program> program = pol::program::Load(*text, error);
    if (!program) PrintError(Message::kBadProgram, common, {path, error});
    return program;
  }
  std::optional<pol::Compilation> compilation = CompileText(path, std::move(*text), common);
  if (!compilation) return std::nullopt;
  return std::move(compilation->program);
}

std::optional<ParsedFile> ParseFile(const std::string& path, const Common& common) {
  std::optional<std::string> text = ReadPolicyText(path, common);
  if (!text) return std::nullopt;
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

int WriteWhole(const std::string& path, std::string_view text, const Common& common) {
  pol::output::OutputFile file(path);
  file.Write(text);
  return CommitOutput(file, common) ? kDone : kFailed;
}

bool CommitOutput(pol::output::OutputFile& file, const Common& common) {
  std::string error;
  if (file.Commit(error)) return true;
  PrintError(Message::kCannotWrite, common,
             {file.path() == "-" ? Text(Message::kStandardOutput, common) : file.path(), error});
  return false;
}

bool KeepsInputs(const std::string& output, const std::vector<std::string>& inputs, const Common& common,
                 const std::string& option) {
  std::error_code code;
  if (output == "-" || !std::filesystem::is_regular_file(output, code)) return true;
  for (const std::string& input : inputs) {
    if (!std::filesystem::equivalent(output, input, code)) continue;
    PrintError(Message::kWouldOverwrite, common, {option, output});
    return false;
  }
  return true;
}

}  // namespace polc
