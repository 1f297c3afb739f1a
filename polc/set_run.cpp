#include "polc/set_run.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "runtime/records/names.h"

namespace polc {
namespace {

using pol::records::Problem;
using pol::records::ProblemKind;

bool ReadsInput(const DataOptions& options) {
  const std::vector<std::string> inputs = InputsOf("", options);
  return std::ranges::find(inputs, "-") != inputs.end();
}

// The tables of lists that this version has; what no version has is left to the latest, which says so.
std::vector<std::string> TablesOf(const PolicySet& set, const PolicyVersion& version,
                                  const std::vector<std::string>& tables) {
  std::vector<std::string> own;
  for (const std::string& table : tables) {
    const std::string name = table.substr(0, table.find('='));
    const auto has = [&](const PolicyVersion& one) {
      return pol::records::FactNames(one.program.schema).FindListName(name).has_value();
    };
    const bool unknown = std::ranges::none_of(set.versions, has);
    if (unknown ? &version == &set.latest() : has(version)) own.push_back(table);
  }
  return own;
}

// What one version's text does not know another's may.
bool IsOfOneVersion(const Problem& problem) {
  return problem.kind == ProblemKind::kUnknownColumn || problem.kind == ProblemKind::kUnknownColumnNear ||
         problem.kind == ProblemKind::kColumnOfList || problem.kind == ProblemKind::kSheetUnused;
}

}  // namespace

std::optional<SetRun> SetRun::Open(const PolicySet& set, const DataOptions& options, const Common& common) {
  if (set.versions.size() > 1 && ReadsInput(options)) {
    PrintError(Message::kSetFromInput, common);
    return std::nullopt;
  }
  DataOptions own = options;
  own.most_rows = BatchRowsOf(set.chooser);
  for (const PolicyVersion& version : set.versions)
    own.most_rows = std::min(own.most_rows, BatchRowsOf(version.program));
  SetRun run(set);
  for (const PolicyVersion& version : set.versions) {
    own.tables = TablesOf(set, version, options.tables);
    std::optional<DataRun> opened = OpenData(version.program, own, common);
    if (!opened) return std::nullopt;
    run.runs_.push_back(std::move(*opened));
  }
  return run;
}

bool SetRun::ReadOthers(pol::records::Batch& latest, std::vector<pol::records::Batch>& others) {
  for (std::size_t at = 0; at < others.size(); ++at) {
    pol::records::Batch& batch = others[at];
    const bool there = runs_[at].reader->Next(batch, runs_[at].problems);
    if (!there || batch.keys != latest.keys || batch.source_rows != latest.source_rows) return false;
  }
  return true;
}

// What is only known at the end is said then.
bool SetRun::OthersEnd(std::vector<pol::records::Batch>& others) {
  for (std::size_t at = 0; at < others.size(); ++at) {
    if (runs_[at].reader->Next(others[at], runs_[at].problems)) return false;
  }
  return true;
}

bool SetRun::ForEach(const Common& common, bool prints_results, const std::function<bool(SetBatch&)>& visit) {
  bool alike = true;
  bool stopped = false;
  std::vector<pol::records::Batch> others(runs_.size() - 1);
  const std::uint32_t chosen = set_->chooser.decisions.back().value;
  ForEachBatch(runs_.back(), common, prints_results, [&](pol::records::Batch& latest) {
    alike = ReadOthers(latest, others);
    if (!alike) return false;
    SetBatch batch;
    for (pol::records::Batch& other : others) batch.batches.push_back(&other);
    batch.batches.push_back(&latest);
    const pol::engine::Registers registers = pol::engine::Run(set_->chooser, latest, settings());
    for (std::uint32_t row = 0; row < latest.rows; ++row)
      batch.versions.push_back(registers.CodeAt(chosen, row).value_or(pol::engine::kUndetermined));
    const std::uint32_t roots[] = {chosen};
    batch.why = pol::engine::Sweep(set_->chooser, latest, registers, roots);
    stopped = !visit(batch);
    return !stopped;
  });
  if (alike && !stopped) alike = OthersEnd(others);
  if (!alike) SayUnlike(common);
  return alike;
}

// A file that broke off for one of them is the reason, and else the headers are.
void SetRun::SayUnlike(const Common& common) const {
  for (const DataRun& run : runs_) {
    if (run.problems.CountOf(pol::records::ProblemSeverity::kFile) == 0) continue;
    PrintProblems(run.problems, common);
    return;
  }
  PrintError(Message::kVersionsDiffer, common);
}

DataRun SetRun::Finish() && {
  std::map<std::string, std::size_t> times;
  for (const DataRun& run : runs_) {
    for (const Problem& problem : run.problems.list()) ++times[Render(problem, false)];
  }
  pol::records::Problems all;
  for (const DataRun& run : runs_) {
    for (const Problem& problem : run.problems.list()) {
      std::size_t& left = times[Render(problem, false)];
      if (left > 0 && (!IsOfOneVersion(problem) || left == runs_.size())) all.Add(problem);
      left = 0;
    }
  }
  DataRun whole = std::move(runs_.back());
  whole.problems = std::move(all);
  return whole;
}

}  // namespace polc
