// Data read and decided under every version of a policy at once, each record's outcome taken from the version
// that is in force for it. Tested by tests/golden/sets/.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "polc/data_options.h"
#include "polc/policy_set.h"
#include "runtime/engine/decide.h"
#include "runtime/program/program.h"
#include "runtime/records/batch.h"

namespace polc {

// The same records as each version reads them.
struct SetBatch {
  std::vector<pol::records::Batch*> batches;  // by version
  std::vector<std::int32_t> versions;         // by row: as the chooser's outcomes, or kUndetermined
  pol::engine::Relevance why;                 // of the chooser: what the version depends on
};

class SetRun {
 public:
  // nullopt after the reason was printed.
  static std::optional<SetRun> Open(const PolicySet& set, const DataOptions& options, const Common& common);

  // Until there are no more or `visit` says false. False after it was said that the versions do not read the
  // same records.
  bool ForEach(const Common& common, bool prints_results, const std::function<bool(SetBatch&)>& visit);
  const pol::engine::Settings& settings() const { return runs_.back().settings; }
  // As one run of data: the problems of all versions, each once. What only some do not know is no problem.
  DataRun Finish() &&;

 private:
  explicit SetRun(const PolicySet& set) : set_(&set) {}
  bool ReadOthers(pol::records::Batch& latest, std::vector<pol::records::Batch>& others);
  bool OthersEnd(std::vector<pol::records::Batch>& others);
  void SayUnlike(const Common& common) const;

  const PolicySet* set_;
  std::vector<DataRun> runs_;  // by version
};

// The outcomes of all versions in the columns of one program, the version's own column first.
class SetOutcomes {
 public:
  explicit SetOutcomes(const PolicySet& set);
  // For writers of outcomes; it cannot be run.
  const pol::program::Program& program() const { return program_; }
  // `decided` by version, nullopt where no row is decided under it.
  pol::engine::Decided Merge(const SetBatch& batch,
                             const std::vector<std::optional<pol::engine::Decided>>& decided) const;

 private:
  // Where a version's results go: a column, and the code there for each of its own.
  struct Column {
    std::uint32_t column = 0;
    std::vector<std::int32_t> codes;
  };
  // Of one version.
  struct Parts {
    std::vector<Column> decisions, grants, scores, lifecycles;
    std::uint32_t clauses = 0, facts = 0, domains = 0, enumerations = 0, reasons = 0;  // where its own begin
  };

  void AddSchema(const pol::program::Program& version, Parts& parts);
  void AddClauses(const pol::program::Program& version, Parts& parts);
  void AddColumns(const pol::program::Program& version, Parts& parts);
  void AddMissing();
  pol::engine::Need Moved(pol::engine::Need need, const Parts& parts) const;
  void Take(const pol::engine::Decided& from, const Parts& parts, std::uint32_t row,
            pol::engine::Decided& to) const;

  pol::program::Program program_;
  std::vector<Parts> parts_;               // by version
  std::vector<std::int32_t> no_decision_;  // by decision: the code where the version in force has none such
  std::vector<std::int32_t> no_lifecycle_;
};

}  // namespace polc
