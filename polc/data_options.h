// What the verbs that read data share: its options, opening it, progress, and the problems listed at the end.
// Tested by tests/golden/check/ and tests/golden/cli/.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "polc/policy.h"
#include "runtime/engine/engine.h"
#include "runtime/output/output_file.h"
#include "runtime/records/problems.h"
#include "runtime/records/reader.h"

namespace polc {

struct DataOptions {
  std::vector<std::string> files;
  std::vector<std::string> tables;  // name=file
  std::string sheet;
  std::string as_of;
  std::uint32_t most_rows = UINT32_MAX;  // of a batch; no option
};

// DATA…, --table, --sheet, --as-of.
void AddDataOptions(CLI::App& verb, DataOptions& options);

// An opened data set.
struct DataRun {
  std::unique_ptr<pol::records::Reader> reader;
  pol::records::Problems problems;
  pol::engine::Settings settings;
};

// How many records of this program a batch holds.
std::uint32_t BatchRowsOf(const pol::program::Program& program);

// nullopt after the reason was printed.
std::optional<DataRun> OpenData(const pol::program::Program& program, const DataOptions& options,
                                const Common& common);

// Hands on every batch, with progress on the terminal (`prints_results` as there), until there are no more or
// `visit` says false.
void ForEachBatch(DataRun& run, const Common& common, bool prints_results,
                  const std::function<bool(pol::records::Batch&)>& visit);

// Prints the problems met while reading, closes the outputs (only then do they appear) and gives the exit
// status.
int FinishData(const DataRun& run, const Common& common, const std::vector<pol::output::OutputFile*>& files);

void PrintProblems(const pol::records::Problems& problems, const Common& common);

// The files that are read.
std::vector<std::string> InputsOf(const std::string& policy, const DataOptions& options);

// Whether the files named can be used together: standard input is read once, and nothing that is read is
// written over. Otherwise it is said.
bool CheckFiles(const std::string& policy, const DataOptions& options, const std::string& output,
                const Common& common);

// A count of records on the terminal while long work runs; silent when standard error is no terminal, or when
// the results themselves run over it (`prints_results`: they go to standard output).
class Progress {
 public:
  Progress(const Common& common, bool prints_results);
  void Add(std::uint32_t records);
  void Finish();

 private:
  Common common_;
  bool terminal_;
  bool shown_ = false;
  std::uint64_t records_ = 0;
  std::uint64_t next_ = 0;
};

}  // namespace polc
