// What the readers of CSV and of JSON share: putting one record after the other into a batch, with its key,
// its cells, its rows from tables, and the problems of each. Tested by tests/runtime/reader_test.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/program/schema.h"
#include "runtime/records/cells.h"
#include "runtime/records/columns.h"
#include "runtime/records/keys.h"
#include "runtime/records/problems.h"

namespace pol::records {

class Tables;

// What all files of one run share. A table's rows have no keys of their own, hence no KeyIndex.
struct Shared {
  KeyIndex* keys = nullptr;
  Tables* tables = nullptr;
  Tables* sheets = nullptr;  // lists of the workbook that is being read
  std::string sheet;         // of --sheet
  std::vector<std::string> files;
  std::uint32_t batch_rows = 1024;
  bool chinese = false;
};

class Filler {
 public:
  Filler(const program::Schema& schema, Shared& shared, std::uint32_t file);

  void Start(Batch& batch);
  // The file has something to read, be it unreadable.
  void Meet() { met_ = true; }
  // Ends the batch; whether it has records. A file in which nothing was met says so, once.
  bool Finish(Problems& problems);
  bool IsFull() const { return row_ == batch_rows_; }

  void BeginRow(std::uint64_t line) {
    line_ = line;
    sheet_column_ = 0;
  }
  // Of a workbook, for problems: the sheet, and the cell's column from 1.
  void SetSheet(std::string_view sheet) { sheet_ = sheet; }
  void AtColumn(std::uint64_t column) { sheet_column_ = column; }
  // False after the problem of an empty key. Its own cell is put as well.
  bool PutKey(std::string_view cell, std::string_view header, Problems& problems);
  // Lanes: row() for a fact of the record, builder().LaneOfYear, builder().AddElement.
  void Put(std::uint32_t fact, std::uint32_t lane, std::string_view cell, const Unit& unit,
           std::string_view header, Problems& problems);
  void PutState(std::uint32_t fact, std::uint32_t lane, CellState state);
  // The bytes of the file are not all text: cells that show it are unreadable. `encoding` is what they should
  // have been.
  void WatchDamage(std::string_view encoding) { damaged_encoding_ = encoding; }
  void EndRow(Problems& problems);
  void DropRow();
  void KnowList(std::uint32_t domain, bool known) { known_lists_[domain] = known; }
  // The record gives a list that a table gives too: it stays unknown.
  void DisputeList(std::uint32_t domain) { disputed_lists_[domain] = true; }

  std::uint32_t row() const { return row_; }
  BatchBuilder& builder() { return builder_; }
  const std::string& file() const { return shared_->files[file_]; }
  const Shared& shared() const { return *shared_; }
  void Report(ProblemKind kind, Problems& problems, std::string_view header = {}, std::string_view value = {},
              std::vector<std::string> arguments = {}) const;

 private:
  void ForgetLists();

  const program::Schema* schema_;
  Shared* shared_;
  std::uint32_t file_;
  BatchBuilder builder_;
  std::vector<FactCells> cells_;  // by fact
  CellValue value_;
  Batch* batch_ = nullptr;
  std::uint32_t batch_rows_ = 0;  // of the batch being filled
  std::uint32_t row_ = 0;
  bool met_ = false;  // something to read was met, or the lack of it reported
  std::uint64_t line_ = 0;
  std::string sheet_;
  std::uint64_t sheet_column_ = 0;
  std::string key_;
  std::vector<bool> known_lists_;     // by domain
  std::vector<bool> disputed_lists_;  // by domain
  std::string_view damaged_encoding_;
};

}  // namespace pol::records
