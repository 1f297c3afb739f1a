// `polc check POLICY DATA…`: decides every record. Tested by tests/golden/check/ and tests/golden/examples/.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "polc/command_line.h"
#include "polc/data_options.h"
#include "runtime/engine/decide.h"
#include "runtime/output/outcome_writer.h"
#include "runtime/output/output_file.h"

namespace polc {
namespace {

struct CheckOptions {
  Common common;
  DataOptions data;
  std::string policy;
  std::string format = "table";
  std::string output = "-";
  std::string only;
};

// `--only`: by decision, the outcomes to show; an empty list where the decision does not matter.
struct Filter {
  bool active = false;
  std::vector<std::vector<std::int32_t>> wanted;
};

// The outcome's code in one decision by its name or label; nullopt when it has none such.
std::optional<std::int32_t> OutcomeCode(const pol::program::Decision& decision, const std::string& word) {
  if (word == "undetermined" || word == "待定") return pol::engine::kUndetermined;
  for (std::size_t index = 0; index < decision.outcomes.size(); ++index) {
    const pol::program::Naming& outcome = decision.outcomes[index];
    if (outcome.name == word || outcome.label == word) return static_cast<std::int32_t>(index);
  }
  return std::nullopt;
}

void PrintUnknownOutcome(const pol::program::Program& program, const std::string& word) {
  std::vector<std::string> names{"undetermined"};
  for (const pol::program::Decision& decision : program.decisions) {
    for (const pol::program::Naming& outcome : decision.outcomes) names.push_back(outcome.name);
  }
  const std::optional<std::string> nearest = pol::diagnostics::Nearest(word, names);
  PrintError(fmt::format("--only {}: no decision has that outcome{}; there are {}", word,
                         nearest ? fmt::format(" (did you mean {}?)", *nearest) : "",
                         fmt::join(names, ", ")));
}

// `--only eligible` means any decision with that outcome; `--only eligibility=eligible` one decision.
std::optional<Filter> ParseFilter(const pol::program::Program& program, const std::string& only) {
  Filter filter;
  if (only.empty()) return filter;
  const std::size_t equal = only.find('=');
  const std::string decision_name = equal == std::string::npos ? "" : only.substr(0, equal);
  const std::string word = equal == std::string::npos ? only : only.substr(equal + 1);
  filter.wanted.resize(program.decisions.size());
  for (std::size_t index = 0; index < program.decisions.size(); ++index) {
    const pol::program::Decision& decision = program.decisions[index];
    if (!decision_name.empty() && decision.naming.name != decision_name &&
        decision.naming.label != decision_name)
      continue;
    const std::optional<std::int32_t> code = OutcomeCode(decision, word);
    if (!code) continue;
    filter.wanted[index].push_back(*code);
    filter.active = true;
  }
  if (filter.active) return filter;
  PrintUnknownOutcome(program, word);
  return std::nullopt;
}

pol::engine::Bits RowsWanted(const Filter& filter, const pol::engine::Decided& decided, std::uint32_t rows) {
  pol::engine::Bits bits(rows, !filter.active);
  if (!filter.active) return bits;
  for (std::size_t decision = 0; decision < filter.wanted.size(); ++decision) {
    for (const std::int32_t wanted : filter.wanted[decision]) {
      for (std::uint32_t row = 0; row < rows; ++row) {
        if (decided.outcomes[decision][row] == wanted) bits.Set(row);
      }
    }
  }
  return bits;
}

int RunCheck(const CheckOptions& options) {
  const std::optional<pol::program::Program> program = LoadProgram(options.policy, options.common);
  if (!program) return kFailed;
  const std::optional<Filter> filter = ParseFilter(*program, options.only);
  if (!filter) return kFailed;
  std::optional<DataRun> run = OpenData(*program, options.data, options.common);
  if (!run) return kFailed;

  pol::output::OutputFile file(options.output);
  std::unique_ptr<pol::output::OutcomeWriter> writer =
      pol::output::MakeOutcomeWriter(options.format, *program, options.common.chinese, file);
  writer->Begin();
  pol::records::Batch batch;
  Progress progress;
  while (run->reader->Next(batch, run->problems)) {
    const pol::engine::Decided decided = pol::engine::Decide(*program, batch, run->settings);
    const pol::engine::Bits rows = RowsWanted(*filter, decided, batch.rows);
    writer->Write(batch, decided, rows);
    progress.Add(batch.rows);
  }
  progress.Finish();
  writer->End();
  return FinishData(*run, options.common, file);
}

}  // namespace

void AddCheck(CLI::App& application, Action& action) {
  CLI::App* verb = application.add_subcommand("check", "decide every record of the data");
  auto options = std::make_shared<CheckOptions>();
  verb->add_option("POLICY", options->policy, "a .pol or .polb file")->required();
  AddDataOptions(*verb, options->data);
  verb->add_option("--format", options->format, "table (default), csv or ndjson")
      ->check(CLI::IsMember({"table", "csv", "ndjson"}))
      ->type_name("FORMAT");
  verb->add_option("-o,--output", options->output, "the file to write; default: standard output");
  verb->add_option("--only", options->only,
                   "show only records with this outcome: OUTCOME or DECISION=OUTCOME");
  AddLanguage(*verb, options->common);
  verb->callback([options, &action] { action = [options] { return RunCheck(*options); }; });
}

}  // namespace polc
