// `polc explain POLICY DATA… --key ID`: one record's reasons. Tested by tests/golden/explain/.
#include "runtime/explain/explain.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <utility>

#include "polc/command_line.h"
#include "polc/data_options.h"
#include "polc/policy_set.h"
#include "polc/set_run.h"
#include "runtime/calendar/date.h"
#include "runtime/engine/engine.h"
#include "runtime/output/outcome_writer.h"
#include "runtime/records/keys.h"
#include "runtime/text/nearest.h"

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

// What was found under the key.
struct Found {
  std::string text;                  // the explanations of all its records: a duplicate key has several
  std::vector<std::string> similar;  // while there are none: keys that it may be
};

// A key that is not found is compared with the keys of so many batches, and no more: it is a kindness.
constexpr std::size_t kComparedBatches = 200;

// In running numbers every key is near the next: those that short are not compared.
constexpr std::size_t kShortestCompared = 6;

void Compare(const std::string& key, const pol::records::Batch& batch, Found& found) {
  if (key.size() < kShortestCompared || !found.text.empty() || found.similar.size() >= kComparedBatches)
    return;
  found.similar.push_back(pol::text::Nearest(key, batch.keys).value_or(""));
}

// Whether a key of the data is the one asked for.
class IsWanted {
 public:
  IsWanted(const pol::program::Program& program, const std::string& key)
      : kind_(program.schema.facts[program.schema.key_fact].type.kind),
        wanted_(pol::records::CanonicalKey(kind_, key)) {}
  bool operator()(const std::string& key) const {
    return key.size() >= wanted_.size() && pol::records::CanonicalKey(kind_, key) == wanted_;
  }

 private:
  pol::program::ValueKind kind_;
  std::string wanted_;
};

Found ExplainKey(const pol::program::Program& program, DataRun& run, const ExplainOptions& options) {
  const IsWanted is_wanted(program, options.key);
  Found found;
  std::vector<std::uint64_t> rows;
  ForEachBatch(run, options.common, false, [&](pol::records::Batch& batch) {
    if (std::none_of(batch.keys.begin(), batch.keys.end(), is_wanted)) {
      Compare(options.key, batch, found);
      return true;
    }
    const pol::engine::Registers registers = pol::engine::Run(program, batch, run.settings);
    for (std::uint32_t row = 0; row < batch.rows; ++row) {
      if (!is_wanted(batch.keys[row])) continue;
      found.text += ExplainRow(program, batch, registers, row, options);
      rows.push_back(batch.source_rows[row]);
    }
    return true;
  });
  run.problems = OwnProblems(run.problems, rows);
  return found;
}

void PrintNoSuchKey(const std::string& key, std::vector<std::string> similar, const Common& common) {
  std::erase(similar, "");
  const std::optional<std::string> nearest = pol::text::Nearest(key, similar);
  if (nearest) {
    PrintError(Message::kNoSuchKeyNear, common, {key, *nearest});
  } else {
    PrintError(Message::kNoSuchKey, common, {key});
  }
}

int FinishExplain(const DataRun& run, const Found& found, const ExplainOptions& options) {
  if (found.text.empty()) {
    PrintProblems(run.problems, options.common);
    PrintNoSuchKey(options.key, found.similar, options.common);
    return kFailed;
  }
  pol::output::OutputFile file("-");
  file.Write(found.text);
  return FinishData(run, options.common, {&file});
}

// Says under which version a record is explained, after its key.
std::string WithVersion(std::string text, const PolicyVersion& version, const ExplainOptions& options) {
  if (options.format == "json") {
    std::string member = "\"version\":";
    pol::output::AppendJsonString(version.name, member);
    return text.insert(1, member + ",");
  }
  const std::string line =
      Text(Message::kVersionIs, options.common, {version.name, pol::calendar::ToText(version.effective)});
  return text.insert(text.find('\n') + 1, line + "\n");
}

// Of a record under no version: why.
std::string WithoutVersion(const PolicySet& set, const SetBatch& batch, std::uint32_t row,
                           const ExplainOptions& options) {
  using pol::output::Wording;
  const bool before = batch.versions[row] == set.before_first();
  const auto wording = options.common.chinese ? Wording::kLabels : Wording::kNames;
  std::vector<std::string> needs =
      pol::output::NeedsOf(set.chooser, batch.why, row, options.format == "json" ? Wording::kNames : wording);
  const std::string& key = batch.batches.back()->keys[row];
  if (options.format == "json") {
    std::string text = before ? "{\"version\":\"before_first\",\"key\":" : "{\"version\":null,\"key\":";
    pol::output::AppendJsonString(key, text);
    text += ",\"needs\":[";
    for (std::size_t at = 0; at < needs.size(); ++at) {
      if (at > 0) text += ',';
      pol::output::AppendJsonString(needs[at], text);
    }
    return text + "]}\n";
  }
  const std::string first = pol::calendar::ToText(set.versions.front().effective);
  const std::string list = fmt::format("{}", fmt::join(needs, options.common.chinese ? "、" : ", "));
  return key + "\n" +
         (before ? Text(Message::kVersionBefore, options.common, {first})
                 : Text(Message::kVersionUnknown, options.common, {list})) +
         "\n";
}

std::string ExplainInSet(const PolicySet& set, const SetBatch& batch, std::uint32_t row,
                         const pol::engine::Settings& settings, const ExplainOptions& options) {
  const std::int32_t version = batch.versions[row];
  if (version == pol::engine::kUndetermined || version == set.before_first())
    return WithoutVersion(set, batch, row, options);
  const auto at = static_cast<std::size_t>(version);
  const PolicyVersion& one = set.versions[at];
  pol::records::Batch& own = *batch.batches[at];
  const pol::engine::Registers registers = pol::engine::Run(one.program, own, settings);
  return WithVersion(ExplainRow(one.program, own, registers, row, options), one, options);
}

int RunExplainSet(const ExplainOptions& options) {
  const std::optional<PolicySet> set = LoadPolicySet(options.policy, options.common);
  if (!set) return kFailed;
  std::optional<SetRun> run = SetRun::Open(*set, options.data, options.common);
  if (!run) return kFailed;
  const IsWanted is_wanted(set->latest().program, options.key);
  Found found;
  std::vector<std::uint64_t> rows;
  const bool alike = run->ForEach(options.common, false, [&](SetBatch& batch) {
    const pol::records::Batch& latest = *batch.batches.back();
    if (std::none_of(latest.keys.begin(), latest.keys.end(), is_wanted)) {
      Compare(options.key, latest, found);
      return true;
    }
    for (std::uint32_t row = 0; row < latest.rows; ++row) {
      if (!is_wanted(latest.keys[row])) continue;
      found.text += ExplainInSet(*set, batch, row, run->settings(), options);
      rows.push_back(latest.source_rows[row]);
    }
    return true;
  });
  if (!alike) return kFailed;
  DataRun data = std::move(*run).Finish();
  data.problems = OwnProblems(data.problems, rows);
  return FinishExplain(data, found, options);
}

int RunExplain(const ExplainOptions& options) {
  if (IsPolicySet(options.policy)) return RunExplainSet(options);
  if (!CheckFiles(options.policy, options.data, "-", options.common)) return kFailed;
  const std::optional<pol::program::Program> program = LoadProgram(options.policy, options.common);
  if (!program) return kFailed;
  std::optional<DataRun> run = OpenData(*program, options.data, options.common);
  if (!run) return kFailed;
  const Found found = ExplainKey(*program, *run, options);
  return FinishExplain(*run, found, options);
}

}  // namespace

void AddExplain(CLI::App& application, Action& action) {
  CLI::App* verb = application.add_subcommand("explain", "say why one record got its outcome");
  auto options = std::make_shared<ExplainOptions>();
  verb->add_option("POLICY", options->policy,
                   "a .pol or .polb file, or a folder with the versions of a policy")
      ->required()
      ->type_name("FILE");
  AddDataOptions(*verb, options->data);
  verb->add_option("--key", options->key, "the record's key")->required()->type_name("ID");
  verb->add_option("--format", options->format, "what the explanation looks like; default: text")
      ->type_name("text|json");
  AddLanguage(*verb, options->common);
  verb->callback([options, &action] { action = [options] { return RunExplain(*options); }; });
}

}  // namespace polc
