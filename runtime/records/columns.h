// Columns being filled: from the values of cells to a Batch. Readers set the lanes of one row after the
// other; lanes never set are blank. Tested by tests/runtime/reader_test.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/program/schema.h"
#include "runtime/records/batch.h"
#include "runtime/records/cells.h"

namespace pol::records {

// The state of a cell with nothing in it.
CellState BlankState(const program::Fact& fact);

// Years that a series may have values for: as many as one batch holds.
inline constexpr std::int32_t kFirstSeriesYear = 1900;
inline constexpr std::int32_t kLastSeriesYear = kFirstSeriesYear + static_cast<std::int32_t>(kMostYears) - 1;

// Codes of texts: the program's literals first, then the texts of one batch.
class Dictionary {
 public:
  explicit Dictionary(const std::vector<std::string>& literals);
  // Begins a batch whose texts go to `texts`.
  void Start(std::vector<std::string>& texts);
  std::int32_t CodeOf(std::string_view text);

 private:
  const std::string& TextAt(std::uint32_t code) const;
  std::size_t SlotOf(std::string_view text) const;
  void Grow();

  const std::vector<std::string>* literals_;
  std::vector<std::string>* texts_ = nullptr;
  std::vector<std::uint32_t> slots_;  // open addressing: 0 = free, else code + 1
  std::size_t used_ = 0;
};

class BatchBuilder {
 public:
  explicit BatchBuilder(const program::Schema& schema);

  // Makes room for `rows` records in `batch`, all their cells blank.
  void Start(std::uint32_t rows, Batch& batch);
  // The years that the batch has lanes for, at least. From kFirstSeriesYear to kLastSeriesYear.
  void CoverYears(std::int32_t first, std::int32_t last);
  // Finish leaves the first `rows` of them.
  void Finish(std::uint32_t rows);

  // The lane is the row of a record's own fact, LaneOfYear of a series, AddElement of a list's field.
  void Set(std::uint32_t fact, std::uint32_t lane, const CellValue& value);
  std::uint32_t LaneOfYear(std::uint32_t row, std::int32_t year);
  std::uint32_t AddElement(std::uint32_t domain);
  void SetKey(std::uint32_t row, std::string_view key, std::uint64_t source_row);
  // Copies one lane of `from`, a column of a batch whose texts are `texts`, into a lane of `fact`.
  void Copy(const Column& from, std::uint32_t from_lane, const std::vector<std::string>& texts,
            std::uint32_t fact, std::uint32_t lane);

  // Ends a row; `known_lists` by domain: the lists that are known in it, even when they have no elements.
  void EndRow(const std::vector<bool>& known_lists);
  // Takes back what was set in `row` and the elements added since the last EndRow.
  void DropRow(std::uint32_t row);

  const program::Schema& schema() const { return *schema_; }

 private:
  void Resize(std::uint32_t fact, std::uint32_t lanes);
  void Clear(std::uint32_t fact, std::uint32_t lane);
  void FinishColumn(std::uint32_t fact, std::uint32_t lanes);
  std::uint32_t LanesOf(std::uint32_t domain) const;

  const program::Schema* schema_;
  Dictionary dictionary_;
  Batch* batch_ = nullptr;
  bool has_years_ = false;
  std::vector<std::vector<std::uint32_t>> facts_of_;  // by domain
  std::vector<std::uint32_t> elements_;               // by domain: of lists, those added so far
  std::vector<std::uint32_t> ended_elements_;         // the same at the last EndRow
};

}  // namespace pol::records
