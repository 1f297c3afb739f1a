// What every verb does with its POLICY argument: a .pol text is compiled, a .polb file is loaded and
// verified; diagnostics go to standard error. Tested by tests/golden/cli/.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/compile.h"
#include "polc/messages.h"
#include "runtime/output/output_file.h"
#include "runtime/program/program.h"

namespace polc {

// Modules beside the policy, then the standard library.
class FolderLibrary : public pol::model::Library {
 public:
  explicit FolderLibrary(const std::string& policy_path, const Common& common = {});
  std::optional<Found> Find(const std::string& path) const override;
  std::vector<std::string> List() const override;

 private:
  Common common_;
  std::string folder_;
};

// The text of a policy file. nullopt after the reason was printed, which may be that it is compiled already.
std::optional<std::string> ReadPolicyText(const std::string& path, const Common& common);

// Reads and compiles a policy text; diagnostics (warnings too) are printed. nullopt after errors were
// printed.
std::optional<pol::Compilation> CompilePolicy(const std::string& path, const Common& common);

// The program of a .pol or a .polb, told apart by their first bytes (and an ending in .polb). nullopt after
// the reason was printed.
std::optional<pol::program::Program> LoadProgram(const std::string& path, const Common& common);

// The most bytes that a policy file may have.
inline constexpr std::size_t kPolicyBytes = 64U << 20U;

// One file's syntax tree, without what it uses; for the verbs that need no more.
struct ParsedFile {
  pol::source::Files files;
  pol::syntax::Tree tree;
};
std::optional<ParsedFile> ParseFile(const std::string& path, const Common& common);

void PrintDiagnostics(const pol::diagnostics::Diagnostics& diagnostics, const pol::source::Files& files,
                      const Common& common);

// Writes a whole file ("-" is standard output), or says why not; the exit status.
int WriteWhole(const std::string& path, std::string_view text, const Common& common);

// Makes the output appear, or says why not.
bool CommitOutput(pol::output::OutputFile& file, const Common& common);

// Whether the output, which `option` names, may be written: said when it is one of the files that are read.
bool KeepsInputs(const std::string& output, const std::vector<std::string>& inputs, const Common& common,
                 const std::string& option = "-o");

}  // namespace polc
