#include "polc/policy_files.h"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

#include "compiler/syntax/parse.h"
#include "polc/policy.h"
#include "polc/read_file.h"

namespace polc {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPolicyEnding = ".pol";
constexpr std::string_view kExamplesEnding = ".examples.pol";

bool IsExamplesFile(const std::string& path) { return path.ends_with(kExamplesEnding); }

std::string PolicyOf(const std::string& examples) {
  return examples.substr(0, examples.size() - kExamplesEnding.size()) + std::string(kPolicyEnding);
}

bool IsFile(const std::string& path) {
  std::error_code code;
  return fs::is_regular_file(path, code);
}

void Add(const std::string& policy, std::vector<std::string>& policies) {
  if (std::ranges::find(policies, policy) == policies.end()) policies.push_back(policy);
}

bool AddFile(const std::string& path, const Common& common, std::vector<std::string>& policies) {
  if (!IsExamplesFile(path)) {
    Add(path, policies);
    return true;
  }
  if (IsFile(PolicyOf(path))) {
    Add(PolicyOf(path), policies);
    return true;
  }
  PrintError(Message::kNoPolicyBeside, common, {path, PolicyOf(path)});
  return false;
}

bool AddFolder(const std::string& folder, const Common& common, std::vector<std::string>& policies) {
  std::vector<std::string> paths;
  std::error_code code;
  for (fs::recursive_directory_iterator entry(folder, code), end; !code && entry != end;
       entry.increment(code)) {
    std::error_code ignored;
    const std::string path = entry->path().generic_string();
    if (path.ends_with(kPolicyEnding) && entry->is_regular_file(ignored)) paths.push_back(path);
  }
  if (code) {
    PrintError(Message::kCannotRead, common, {folder, code.message()});
    return false;
  }
  std::ranges::sort(paths);
  const std::size_t before = policies.size();
  for (const std::string& path : paths) {
    if (!IsExamplesFile(path) && IsModule(path, common)) continue;
    if (!AddFile(path, common, policies)) return false;
  }
  if (policies.size() > before) return true;
  PrintError(Message::kNoPolicies, common, {folder});
  return false;
}

}  // namespace

bool IsModule(const std::string& path, const Common& common) {
  std::optional<std::string> text = ReadFile(path, kPolicyBytes, common);
  if (!text) return false;
  pol::source::Files files;
  pol::diagnostics::Diagnostics diagnostics;
  const pol::source::FileId file = files.Add(path, std::move(*text));
  const pol::syntax::Tree tree = pol::syntax::Parse(files, file, diagnostics);
  return !tree.header && !diagnostics.has_errors();
}

std::string ExamplesBeside(const std::string& policy) {
  if (IsExamplesFile(policy)) return policy;
  const bool usual = policy.ends_with(kPolicyEnding);
  return policy.substr(0, policy.size() - (usual ? kPolicyEnding.size() : 0)) + std::string(kExamplesEnding);
}

std::optional<std::vector<std::string>> PoliciesIn(const std::vector<std::string>& paths,
                                                   const Common& common) {
  std::vector<std::string> policies;
  for (const std::string& path : paths) {
    std::error_code code;
    const bool added =
        fs::is_directory(path, code) ? AddFolder(path, common, policies) : AddFile(path, common, policies);
    if (!added) return std::nullopt;
  }
  return policies;
}

std::optional<pol::Compilation> CompileWithExamples(const std::string& policy, const Common& common) {
  std::optional<std::string> text = ReadPolicyText(policy, common);
  if (!text) return std::nullopt;
  std::optional<pol::NamedText> examples;
  const std::string beside = ExamplesBeside(policy);
  if (policy != "-" && IsFile(beside)) {
    std::optional<std::string> written = ReadPolicyText(beside, common);
    if (!written) return std::nullopt;
    examples = pol::NamedText{beside, std::move(*written)};
  }
  pol::Compilation compilation =
      pol::Compile(policy, std::move(*text), FolderLibrary(policy, common), std::move(examples));
  PrintDiagnostics(compilation.diagnostics, compilation.files, common);
  if (!compilation.program) return std::nullopt;
  return compilation;
}

}  // namespace polc
