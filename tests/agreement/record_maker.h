// Random records for a schema, as a batch: values that meet thresholds exactly, zeros, numbers around 2^63
// and beyond, and cells that are missing, absent, not judged or unreadable.
#pragma once

#include <cstdint>
#include <string>

#include "runtime/program/schema.h"
#include "runtime/records/batch.h"
#include "tests/agreement/random.h"

namespace agreement {

class RecordMaker {
 public:
  RecordMaker(const pol::program::Schema& schema, Random& random) : schema_(schema), random_(random) {}

  pol::records::Batch Make(std::uint32_t rows);
  // Gives the cell a random value.
  void Fill(std::uint32_t fact, std::uint32_t lane, pol::records::Batch& batch);

 private:
  void MakeDomains(pol::records::Batch& batch);
  void MakeColumn(std::uint32_t fact, pol::records::Batch& batch);
  pol::records::CellState StateOf(const pol::program::Fact& fact);
  std::int32_t CodeOf(const pol::program::Fact& fact);
  void PutNumber(const pol::program::Fact& fact, std::uint32_t lane, pol::records::NumberColumn& numbers);

  const pol::program::Schema& schema_;
  Random& random_;
};

// Rows [first, first + count) of a batch.
pol::records::Batch Slice(const pol::program::Schema& schema, const pol::records::Batch& batch,
                          std::uint32_t first, std::uint32_t count);

// One row, for a failed case: every fact with its cells.
std::string Describe(const pol::program::Schema& schema, const pol::records::Batch& batch, std::uint32_t row);

}  // namespace agreement
