// Whole runs of polc: from the command to its end for one record, and the compilation of a 10,000-line
// policy. The time reported is wall clock of the process; `MB` is its largest resident memory.
#include <benchmark/benchmark.h>

#include <filesystem>
#include <fstream>

#include "bench/large_policy.h"
#include "bench/process.h"

namespace {

std::filesystem::path Folder() {
  std::filesystem::path folder = std::filesystem::temp_directory_path() / "pol-bench";
  std::filesystem::create_directories(folder);
  return folder;
}

std::string WriteText(const std::string& name, const std::string& text) {
  std::string path = (Folder() / name).string();
  std::ofstream(path, std::ios::binary) << text;
  return path;
}

// The header and the first record of the example applicants.
std::string OneApplicant() {
  std::ifstream applicants(POL_SOURCE_DIR "/examples/beijing-tic/applicants.csv");
  std::string text;
  std::string line;
  for (int count = 0; count < 2 && std::getline(applicants, line); ++count) text += line + "\n";
  return WriteText("one.csv", text);
}

void Measure(benchmark::State& state, const std::vector<std::string>& command) {
  long most_kilobytes = 0;
  for (auto _ : state) {
    const bench::Cost cost = bench::RunProcess(command);
    if (cost.status != 0) {
      state.SkipWithError("the command failed");
      return;
    }
    state.SetIterationTime(cost.seconds);
    most_kilobytes = std::max(most_kilobytes, cost.most_kilobytes);
  }
  state.counters["MB"] = static_cast<double>(most_kilobytes) / 1024.0;
}

const std::string kPolicy = POL_SOURCE_DIR "/policies/beijing-tic/2024-trial.pol";

void OneRecordFromText(benchmark::State& state) {
  Measure(state, {bench::PolcPath(), "check", kPolicy, OneApplicant(), "--format", "csv"});
}
BENCHMARK(OneRecordFromText)->UseManualTime()->Unit(benchmark::kMillisecond);

void OneRecordFromCompiled(benchmark::State& state) {
  const std::string compiled = (Folder() / "policy.polb").string();
  if (bench::RunProcess({bench::PolcPath(), "compile", kPolicy, "-o", compiled}).status != 0) {
    state.SkipWithError("the policy does not compile");
    return;
  }
  Measure(state, {bench::PolcPath(), "check", compiled, OneApplicant(), "--format", "csv"});
}
BENCHMARK(OneRecordFromCompiled)->UseManualTime()->Unit(benchmark::kMillisecond);

void CompileLargePolicy(benchmark::State& state) {
  const std::string policy =
      WriteText("large.pol", bench::LargePolicy(static_cast<std::size_t>(state.range(0))));
  Measure(state, {bench::PolcPath(), "compile", policy, "-o", (Folder() / "large.polb").string()});
}
BENCHMARK(CompileLargePolicy)
    ->Arg(1000)
    ->Arg(10000)
    ->Arg(40000)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);

// What any process costs here: the baseline to read the others against.
void EmptyProcess(benchmark::State& state) { Measure(state, {"/bin/true"}); }
BENCHMARK(EmptyProcess)->UseManualTime()->Unit(benchmark::kMillisecond);

}  // namespace
