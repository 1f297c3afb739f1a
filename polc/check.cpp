// `polc check POLICY DATA…`: decides every record. Tested by tests/golden/check/ and tests/golden/examples/.
#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "polc/command_line.h"
#include "polc/data_options.h"
#include "polc/only.h"
#include "polc/policy_set.h"
#include "polc/set_run.h"
#include "runtime/calendar/date.h"
#include "runtime/engine/decide.h"
#include "runtime/output/outcome_writer.h"
#include "runtime/output/output_file.h"
#include "runtime/output/quota_count.h"

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

// How many records of each version a quota's condition holds of: a line for each, below the table.
class SetQuotas {
 public:
  explicit SetQuotas(const PolicySet& set) : set_(set) {
    for (const PolicyVersion& version : set.versions) counts_.emplace_back(version.program.quotas.size());
  }

  void Add(std::size_t version, const pol::engine::Registers& registers, std::uint32_t row) {
    const std::vector<pol::program::Quota>& quotas = set_.versions[version].program.quotas;
    for (std::size_t at = 0; at < quotas.size(); ++at)
      counts_[version][at].Add(registers.TruthAt(quotas[at].condition, row));
  }

  std::string Text(bool chinese) const {
    std::string text;
    for (std::size_t version = 0; version < counts_.size(); ++version) {
      for (std::size_t at = 0; at < counts_[version].size(); ++at) {
        const pol::program::Quota& quota = set_.versions[version].program.quotas[at];
        const bool labelled = chinese && !quota.naming.label.empty();
        text += (labelled ? quota.naming.label : quota.naming.name) + (chinese ? "（" : " (") +
                set_.versions[version].name + (chinese ? "）" : ")") +
                counts_[version][at].Text(quota, chinese);
      }
    }
    return text;
  }

 private:
  const PolicySet& set_;
  std::vector<std::vector<pol::output::QuotaCount>> counts_;
};

// Each version decides the records in whose time it was in force.
std::vector<std::optional<pol::engine::Decided>> DecideEach(const PolicySet& set, const SetBatch& batch,
                                                            const pol::engine::Settings& settings) {
  std::vector<std::optional<pol::engine::Decided>> decided(set.versions.size());
  for (std::size_t at = 0; at < decided.size(); ++at) {
    if (std::ranges::find(batch.versions, static_cast<std::int32_t>(at)) != batch.versions.end())
      decided[at] = pol::engine::Decide(set.versions[at].program, *batch.batches[at], settings);
  }
  return decided;
}

int RunCheckSet(const CheckOptions& options) {
  const std::optional<PolicySet> set = LoadPolicySet(options.policy, options.common);
  if (!set) return kFailed;
  const bool keeps = std::ranges::all_of(set->versions, [&](const PolicyVersion& version) {
    return CheckFiles(version.path, options.data, options.output, options.common);
  });
  if (!keeps) return kFailed;
  const SetOutcomes outcomes(*set);
  const std::optional<Only> only = Only::Parse(ChoicesOf(outcomes.program()), options.only, options.common);
  if (!only) return kFailed;
  std::optional<SetRun> run = SetRun::Open(*set, options.data, options.common);
  if (!run) return kFailed;

  pol::output::OutputFile file(options.output);
  std::unique_ptr<pol::output::OutcomeWriter> writer =
      pol::output::MakeOutcomeWriter(options.format, outcomes.program(), options.common.chinese, file);
  SetQuotas quotas(*set);
  std::uint64_t before_first = 0;
  writer->Begin();
  const bool alike = run->ForEach(options.common, options.output == "-", [&](SetBatch& batch) {
    const auto decided = DecideEach(*set, batch, run->settings());
    for (std::uint32_t row = 0; row < batch.versions.size(); ++row) {
      const std::int32_t version = batch.versions[row];
      if (version == set->before_first()) ++before_first;
      if (version == pol::engine::kUndetermined || version == set->before_first()) continue;
      const auto at = static_cast<std::size_t>(version);
      quotas.Add(at, decided[at]->registers, row);
    }
    const pol::engine::Decided merged = outcomes.Merge(batch, decided);
    writer->Write(*batch.batches.back(), merged, RowsWanted(*only, merged, batch.batches.back()->rows));
    return !file.failed();
  });
  if (!alike) return kFailed;
  writer->End();
  if (options.format == "table") file.Write(quotas.Text(options.common.chinese));
  const int status = FinishData(std::move(*run).Finish(), options.common, {&file});
  if (before_first > 0) {
    PrintError(Message::kBeforeFirst, options.common,
               {pol::calendar::ToText(set->versions.front().effective), std::to_string(before_first)});
  }
  return status;
}

int RunCheck(const CheckOptions& options) {
  if (IsPolicySet(options.policy)) return RunCheckSet(options);
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
  verb->add_option("POLICY", options->policy,
                   "a .pol or .polb file, or a folder with the versions of a policy")
      ->required()
      ->type_name("FILE");
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
