// `polc explain POLICY DATA… --key ID`: one record's reasons. Tested by tests/golden/explain/.
#include "runtime/explain/explain.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "polc/command_line.h"
#include "polc/data_options.h"
#include "runtime/engine/engine.h"

namespace polc {
namespace {

struct ExplainOptions {
  Common common;
  DataOptions data;
  std::string policy;
  std::string key;
  std::string format = "text";
};

std::string ExplainRow(const pol::program::Program& program, const pol::records::Batch& batch,
                       const pol::engine::Registers& registers, std::uint32_t row,
                       const ExplainOptions& options) {
  const auto language =
      options.common.chinese ? pol::explain::Language::kChinese : pol::explain::Language::kEnglish;
  if (options.format == "json") return pol::explain::ToJson(program, batch, registers, row, language) + "\n";
  return pol::explain::ToText(program, batch, registers, row, language);
}

// Of the problems met, those of the files as a whole and those of the record's own row: the others are about
// other records, and what is wrong with this one's list elements stands in its explanation.
pol::records::Problems OwnProblems(const pol::records::Problems& all,
                                   const std::vector<std::uint64_t>& rows) {
  pol::records::Problems own;
  for (const pol::records::Problem& problem : all.list()) {
    if (problem.row == 0 || std::find(rows.begin(), rows.end(), problem.row) != rows.end()) own.Add(problem);
  }
  return own;
}

// The explanations of all records with the key (a duplicate key has several).
std::string ExplainKey(const pol::program::Program& program, DataRun& run, const ExplainOptions& options) {
  std::string text;
  std::vector<std::uint64_t> rows;
  pol::records::Batch batch;
  while (run.reader->Next(batch, run.problems)) {
    if (std::find(batch.keys.begin(), batch.keys.end(), options.key) == batch.keys.end()) continue;
    const pol::engine::Registers registers = pol::engine::Run(program, batch, run.settings);
    for (std::uint32_t row = 0; row < batch.rows; ++row) {
      if (batch.keys[row] != options.key) continue;
      text += ExplainRow(program, batch, registers, row, options);
      rows.push_back(batch.source_rows[row]);
    }
  }
  run.problems = OwnProblems(run.problems, rows);
  return text;
}

int RunExplain(const ExplainOptions& options) {
  const std::optional<pol::program::Program> program = LoadProgram(options.policy, options.common);
  if (!program) return kFailed;
  std::optional<DataRun> run = OpenData(*program, options.data, options.common);
  if (!run) return kFailed;
  const std::string text = ExplainKey(*program, *run, options);
  if (text.empty()) {
    PrintProblems(run->problems, options.common);
    PrintError(fmt::format("no record has the key {}", options.key));
    return kFailed;
  }
  pol::output::OutputFile file("-");
  file.Write(text);
  return FinishData(*run, options.common, file);
}

}  // namespace

void AddExplain(CLI::App& application, Action& action) {
  CLI::App* verb = application.add_subcommand("explain", "say why one record got its outcome");
  auto options = std::make_shared<ExplainOptions>();
  verb->add_option("POLICY", options->policy, "a .pol or .polb file")->required();
  AddDataOptions(*verb, options->data);
  verb->add_option("--key", options->key, "the record's key")->required()->type_name("ID");
  verb->add_option("--format", options->format, "text (default) or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->type_name("FORMAT");
  AddLanguage(*verb, options->common);
  verb->callback([options, &action] { action = [options] { return RunExplain(*options); }; });
}

}  // namespace polc
