// `polc check POLICY DATA…`: decides every record. Tested by tests/golden/check/ and tests/golden/examples/.
#include <fmt/format.h>

#include <memory>
#include <optional>

#include "polc/command_line.h"
#include "polc/data_options.h"
#include "runtime/engine/decide.h"
#include "runtime/output/outcome_writer.h"
#include "runtime/output/output_file.h"
#include "runtime/text/nearest.h"

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

bool IsCalled(const pol::program::Naming& naming, const std::string& word) {
  return naming.name == word || naming.label == word;
}

// The outcome's code in one decision by its name or label; nullopt when it has none such.
std::optional<std::int32_t> OutcomeCode(const pol::program::Decision& decision, const std::string& word) {
  if (word == "undetermined" || word == "待定") return pol::engine::kUndetermined;
  for (std::size_t index = 0; index < decision.outcomes.size(); ++index) {
    const pol::program::Naming& outcome = decision.outcomes[index];
    if (IsCalled(outcome, word)) return static_cast<std::int32_t>(index);
  }
  return std::nullopt;
}

// Names of the policy as messages give them, and every spelling that --only takes.
struct Spellings {
  std::vector<std::string> shown;
  std::vector<std::string> all;

  void Add(const std::string& name, const std::string& label, const Common& common) {
    shown.push_back(common.chinese && !label.empty() ? label : name);
    all.push_back(name);
    if (!label.empty()) all.push_back(label);
  }
};

// `with_nearest` follows its plain message, and takes the nearest spelling as one more argument.
void PrintUnknown(Message plain, Message with_nearest, const std::string& only, const std::string& word,
                  const Spellings& spellings, const Common& common) {
  std::vector<std::string> arguments{
      only, word, fmt::format("{}", fmt::join(spellings.shown, common.chinese ? "、" : ", "))};
  const std::optional<std::string> nearest = pol::text::Nearest(word, spellings.all);
  if (nearest) arguments.push_back(*nearest);
  PrintError(nearest ? with_nearest : plain, common, arguments);
}

// `--only eligible` means any decision with that outcome; `--only eligibility=eligible` one decision.
std::optional<Filter> ParseFilter(const pol::program::Program& program, const std::string& only,
                                  const Common& common) {
  Filter filter;
  if (only.empty()) return filter;
  const std::size_t equal = only.find('=');
  const std::string name = equal == std::string::npos ? "" : only.substr(0, equal);
  const std::string word = equal == std::string::npos ? only : only.substr(equal + 1);
  Spellings decisions;
  Spellings outcomes;
  outcomes.Add("undetermined", "待定", common);
  bool named = false;
  filter.wanted.resize(program.decisions.size());
  for (std::size_t index = 0; index < program.decisions.size(); ++index) {
    const pol::program::Decision& decision = program.decisions[index];
    decisions.Add(decision.naming.name, decision.naming.label, common);
    if (equal != std::string::npos && !IsCalled(decision.naming, name)) continue;
    named = true;
    for (const pol::program::Naming& outcome : decision.outcomes) {
      outcomes.Add(outcome.name, outcome.label, common);
    }
    const std::optional<std::int32_t> code = OutcomeCode(decision, word);
    if (!code) continue;
    filter.wanted[index].push_back(*code);
    filter.active = true;
  }
  if (filter.active) return filter;
  if (named) {
    PrintUnknown(Message::kNoSuchOutcome, Message::kNoSuchOutcomeNear, only, word, outcomes, common);
  } else {
    PrintUnknown(Message::kNoSuchDecision, Message::kNoSuchDecisionNear, only, name, decisions, common);
  }
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
  if (!CheckFiles(options.policy, options.data, options.output, options.common)) return kFailed;
  const std::optional<pol::program::Program> program = LoadProgram(options.policy, options.common);
  if (!program) return kFailed;
  const std::optional<Filter> filter = ParseFilter(*program, options.only, options.common);
  if (!filter) return kFailed;
  std::optional<DataRun> run = OpenData(*program, options.data, options.common);
  if (!run) return kFailed;

  pol::output::OutputFile file(options.output);
  std::unique_ptr<pol::output::OutcomeWriter> writer =
      pol::output::MakeOutcomeWriter(options.format, *program, options.common.chinese, file);
  writer->Begin();
  pol::records::Batch batch;
  Progress progress(options.common, options.output == "-");
  // What cannot be written need not be decided.
  while (!file.failed() && run->reader->Next(batch, run->problems)) {
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
  verb->add_option("POLICY", options->policy, "a .pol or .polb file")->required()->type_name("FILE");
  AddDataOptions(*verb, options->data);
  verb->add_option("--format", options->format, "what the results look like; default: table")
      ->type_name("table|csv|ndjson");
  verb->add_option("-o,--output", options->output, "the file to write; default: standard output")
      ->type_name("FILE");
  verb->add_option("--only", options->only,
                   "show only records with this outcome: OUTCOME or DECISION=OUTCOME")
      ->type_name("OUTCOME");
  AddLanguage(*verb, options->common);
  verb->callback([options, &action] { action = [options] { return RunCheck(*options); }; });
}

}  // namespace polc
