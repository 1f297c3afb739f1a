// `polc explain POLICY DATA… --key ID`: one record's reasons. Tested by tests/golden/explain/.
#include "runtime/explain/explain.h"

#include <algorithm>
#include <memory>

#include "polc/command_line.h"
#include "polc/data_options.h"
#include "runtime/engine/engine.h"
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

Found ExplainKey(const pol::program::Program& program, DataRun& run, const ExplainOptions& options) {
  const pol::program::ValueKind kind = program.schema.facts[program.schema.key_fact].type.kind;
  const std::string wanted = pol::records::CanonicalKey(kind, options.key);
  const auto is_wanted = [&](const std::string& key) {
    return key.size() >= wanted.size() && pol::records::CanonicalKey(kind, key) == wanted;
  };
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

int RunExplain(const ExplainOptions& options) {
  if (!CheckFiles(options.policy, options.data, "-", options.common)) return kFailed;
  const std::optional<pol::program::Program> program = LoadProgram(options.policy, options.common);
  if (!program) return kFailed;
  std::optional<DataRun> run = OpenData(*program, options.data, options.common);
  if (!run) return kFailed;
  const Found found = ExplainKey(*program, *run, options);
  if (found.text.empty()) {
    PrintProblems(run->problems, options.common);
    PrintNoSuchKey(options.key, found.similar, options.common);
    return kFailed;
  }
  pol::output::OutputFile file("-");
  file.Write(found.text);
  return FinishData(*run, options.common, {&file});
}

}  // namespace

void AddExplain(CLI::App& application, Action& action) {
  CLI::App* verb = application.add_subcommand("explain", "say why one record got its outcome");
  auto options = std::make_shared<ExplainOptions>();
  verb->add_option("POLICY", options->policy, "a .pol or .polb file")->required()->type_name("FILE");
  AddDataOptions(*verb, options->data);
  verb->add_option("--key", options->key, "the record's key")->required()->type_name("ID");
  verb->add_option("--format", options->format, "what the explanation looks like; default: text")
      ->type_name("text|json");
  AddLanguage(*verb, options->common);
  verb->callback([options, &action] { action = [options] { return RunExplain(*options); }; });
}

}  // namespace polc
