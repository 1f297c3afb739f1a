#include "polc/data_options.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "polc/status.h"
#include "runtime/records/cells.h"

namespace polc {
namespace {

// The count is refreshed every so many records: often enough to see, too rarely to cost anything. No clock is
// asked.
constexpr std::uint64_t kProgressStep = 1U << 15U;

// Every register of a batch is kept until its reasons are read off: a long policy gets short batches.
constexpr std::size_t kBatchCells = std::size_t{1} << 22U;
constexpr std::size_t kLeastRows = 16;
constexpr std::size_t kMostRows = 1024;

bool ParseTables(const std::vector<std::string>& texts, const Common& common,
                 std::vector<pol::records::TableFile>& tables) {
  for (const std::string& text : texts) {
    const std::size_t equal = text.find('=');
    if (equal == std::string::npos || equal == 0 || equal + 1 == text.size()) {
      PrintError(Message::kBadTable, common, {text});
      return false;
    }
    tables.push_back({text.substr(0, equal), text.substr(equal + 1)});
  }
  return true;
}

bool ParseAsOf(const std::string& text, const Common& common, std::optional<std::int32_t>& as_of) {
  if (text.empty()) return true;
  as_of = pol::records::ParseDate(text);
  if (!as_of) PrintError(Message::kBadAsOf, common, {text});
  return as_of.has_value();
}

}  // namespace

void AddDataOptions(CLI::App& verb, DataOptions& options) {
  verb.add_option("DATA", options.files, "CSV, TSV, NDJSON, JSON or .xlsx files; - is standard input")
      ->required()
      ->type_name("FILE");
  verb.add_option("--table", options.tables, "rows of a list, as in --table accidents=accidents.csv")
      ->type_name("NAME=FILE")
      ->allow_extra_args(false);
  verb.add_option("--sheet", options.sheet,
                  "the sheet of a workbook that holds the records; default: found by name or headers")
      ->type_name("NAME");
  verb.add_option("--as-of", options.as_of, "the date on which to decide; without it, as_of is unknown")
      ->type_name("DATE");
}

std::uint32_t BatchRowsOf(const pol::program::Program& program) {
  return static_cast<std::uint32_t>(
      std::clamp(kBatchCells / (program.instructions.size() + 1), kLeastRows, kMostRows));
}

std::optional<DataRun> OpenData(const pol::program::Program& program, const DataOptions& options,
                                const Common& common) {
  DataRun run;
  pol::records::ReaderOptions reader_options;
  reader_options.batch_rows = std::min(BatchRowsOf(program), options.most_rows);
  reader_options.chinese = common.chinese;
  reader_options.sheet = options.sheet;
  if (!ParseTables(options.tables, common, reader_options.tables)) return std::nullopt;
  if (!ParseAsOf(options.as_of, common, run.settings.as_of)) return std::nullopt;
  run.reader = pol::records::Open(program.schema, options.files, reader_options, run.problems);
  if (run.reader == nullptr) {
    PrintProblems(run.problems, common);
    return std::nullopt;
  }
  return run;
}

std::vector<std::string> InputsOf(const std::string& policy, const DataOptions& options) {
  std::vector<std::string> inputs{policy};
  inputs.insert(inputs.end(), options.files.begin(), options.files.end());
  for (const std::string& table : options.tables) inputs.push_back(table.substr(table.find('=') + 1));
  return inputs;
}

bool CheckFiles(const std::string& policy, const DataOptions& options, const std::string& output,
                const Common& common) {
  const std::vector<std::string> inputs = InputsOf(policy, options);
  if (std::count(inputs.begin(), inputs.end(), "-") < 2) return KeepsInputs(output, inputs, common);
  PrintError(Message::kInputTwice, common);
  return false;
}

void ForEachBatch(DataRun& run, const Common& common, bool prints_results,
                  const std::function<bool(pol::records::Batch&)>& visit) {
  pol::records::Batch batch;
  Progress progress(common, prints_results);
  while (run.reader->Next(batch, run.problems) && visit(batch)) progress.Add(batch.rows);
  progress.Finish();
}

int FinishData(const DataRun& run, const Common& common, const std::vector<pol::output::OutputFile*>& files) {
  PrintProblems(run.problems, common);
  using pol::records::ProblemSeverity;
  if (run.problems.CountOf(ProblemSeverity::kFile) > 0) return kFailed;
  for (pol::output::OutputFile* file : files) {
    if (!CommitOutput(*file, common)) return kFailed;
  }
  return run.problems.CountOf(ProblemSeverity::kRow) > 0 ? kUnreadable : kDone;
}

void PrintProblems(const pol::records::Problems& problems, const Common& common) {
  std::string text;
  for (const pol::records::Problem& problem : problems.list()) text += Render(problem, common.chinese) + "\n";
  if (problems.dropped() > 0) {
    text +=
        fmt::format("polc: {}\n", Text(Message::kNotListed, common, {std::to_string(problems.dropped())}));
  }
  std::fwrite(text.data(), 1, text.size(), stderr);
}

Progress::Progress(const Common& common, bool prints_results)
    : common_(common),
      terminal_(::isatty(STDERR_FILENO) == 1 && !(prints_results && ::isatty(STDOUT_FILENO) == 1)),
      next_(kProgressStep) {}

void Progress::Add(std::uint32_t records) {
  records_ += records;
  if (!terminal_ || records_ < next_) return;
  next_ = records_ + kProgressStep;
  shown_ = true;
  fmt::print(stderr, "\r{}", Text(Message::kRecords, common_, {std::to_string(records_)}));
  std::fflush(stderr);
}

void Progress::Finish() {
  if (shown_) fmt::print(stderr, "\r\x1b[K");
}

}  // namespace polc
