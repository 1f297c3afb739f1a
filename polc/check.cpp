// `polc check POLICY DATA…`: decides every record. Tested by tests/golden/check/ and tests/golden/examples/.
#include <memory>
#include <optional>

#include "polc/command_line.h"
#include "polc/data_options.h"
#include "polc/only.h"
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

// Decisions first, then lifecycles: each record's results in this order.
std::vector<Choice> ChoicesOf(const pol::program::Program& program) {
  std::vector<Choice> choices = DecisionsOf(program);
  const std::vector<Choice> lifecycles = LifecyclesOf(program);
  choices.insert(choices.end(), lifecycles.begin(), lifecycles.end());
  return choices;
}

pol::engine::Bits RowsWanted(const Only& only, const pol::engine::Decided& decided, std::uint32_t rows) {
  pol::engine::Bits bits(rows, !only.active());
  if (!only.active()) return bits;
  std::size_t choice = 0;
  for (const auto* results : {&decided.outcomes, &decided.states}) {
    for (const std::vector<std::int32_t>& by_row : *results) {
      for (std::uint32_t row = 0; row < rows; ++row) {
        if (only.Wants(choice, by_row[row])) bits.Set(row);
      }
      ++choice;
    }
  }
  return bits;
}

int RunCheck(const CheckOptions& options) {
  if (!CheckFiles(options.policy, options.data, options.output, options.common)) return kFailed;
  const std::optional<pol::program::Program> program = LoadProgram(options.policy, options.common);
  if (!program) return kFailed;
  const std::optional<Only> only = Only::Parse(ChoicesOf(*program), options.only, options.common);
  if (!only) return kFailed;
  std::optional<DataRun> run = OpenData(*program, options.data, options.common);
  if (!run) return kFailed;

  pol::output::OutputFile file(options.output);
  std::unique_ptr<pol::output::OutcomeWriter> writer =
      pol::output::MakeOutcomeWriter(options.format, *program, options.common.chinese, file);
  writer->Begin();
  ForEachBatch(*run, options.common, options.output == "-", [&](pol::records::Batch& batch) {
    const pol::engine::Decided decided = pol::engine::Decide(*program, batch, run->settings);
    writer->Write(batch, decided, RowsWanted(*only, decided, batch.rows));
    return !file.failed();  // what cannot be written need not be decided
  });
  writer->End();
  return FinishData(*run, options.common, {&file});
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
                   "show only records with this outcome or state: OUTCOME or DECISION=OUTCOME")
      ->type_name("OUTCOME");
  AddLanguage(*verb, options->common);
  verb->callback([options, &action] { action = [options] { return RunCheck(*options); }; });
}

}  // namespace polc
