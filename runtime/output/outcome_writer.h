// What `polc check` prints of decided records: the key, a column for each decision, each grant, each score
// and each lifecycle, the clauses that decided (`because`), what could still change an outcome (`needs`) and,
// of a policy with clauses that hold in principle, those of them that fail (`waivers`); as CSV, NDJSON or an
// aligned table. docs/data.md is the manual of the three. Tested by tests/runtime/output_test.cpp.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/engine/bits.h"
#include "runtime/engine/decide.h"
#include "runtime/output/output_file.h"
#include "runtime/program/program.h"
#include "runtime/records/batch.h"

namespace pol::output {

class OutcomeWriter {
 public:
  virtual ~OutcomeWriter() = default;
  virtual void Begin() = 0;
  // Only the rows whose bit is set.
  virtual void Write(const records::Batch& batch, const engine::Decided& decided,
                     const engine::Bits& rows) = 0;
  virtual void End() = 0;
};

// `format` is "table", "csv" or "ndjson"; nullptr for anything else. CSV and NDJSON are the same in every
// language.
std::unique_ptr<OutcomeWriter> MakeOutcomeWriter(std::string_view format, const program::Program& program,
                                                 bool chinese, OutputFile& file);

// The parts, shared by the formats.

enum class Wording : std::uint8_t {
  kNames,   // of the policy: stable, for machines
  kLabels,  // the analyst's wording where the policy has one
};
// "eligible"; "undetermined" for engine::kUndetermined.
std::string OutcomeText(const program::Decision& decision, std::int32_t outcome, Wording wording);
// The same of a lifecycle's state: "active"; "undetermined" where it is not known.
std::string StateText(const program::Program& program, const program::Lifecycle& lifecycle,
                      std::int32_t state, Wording wording);
// "6000000.00", with commas between thousands when grouped: at least two places, as many more as it takes,
// and a fraction ("10000/3") where no number of places would do. `approximate` gives two places in its stead
// ("≈ 3,333.33"). Empty when the amount is not known.
std::string AmountText(const std::optional<engine::Rational>& amount);
std::string GroupedAmountText(const engine::Rational& amount);
// "85", "87.5" or, where no number of places would do, "250/3". Empty when it is not known.
std::string PointsText(const std::optional<engine::Rational>& points);
// Ids of the clauses that decided the row, in the order of the policy.
std::vector<std::string> BecauseOf(const program::Program& program, const engine::Relevance& relevance,
                                   std::uint32_t row);
// "rd_commitment", "revenue.2021", "accidents.grade", "accidents", "§5(3)", "as_of".
std::vector<std::string> NeedsOf(const program::Program& program, const engine::Relevance& relevance,
                                 std::uint32_t row, Wording wording);

// "5(1)" where the clause fails, "5(1)?" where that is not known.
std::vector<std::string> WaiversOf(const program::Program& program, const engine::Decided& decided,
                                   std::uint32_t row);

void AppendCsvCell(std::string_view cell, std::string& line);
void AppendJsonString(std::string_view text, std::string& line);

std::unique_ptr<OutcomeWriter> MakeTableWriter(const program::Program& program, bool chinese,
                                               OutputFile& file);

}  // namespace pol::output
