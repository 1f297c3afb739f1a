// A sheet, row by row, as the texts that its cells show. Rows with nothing in them are passed over; hidden
// ones are rows like any other. Memory is bounded by one row: a cell of more than kMostCell bytes or a row of
// more than kMostRow makes its row too big, and the row is not kept. Tested by
// tests/runtime/workbook_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/workbook/cell_text.h"
#include "runtime/workbook/merged_cells.h"
#include "runtime/workbook/workbook.h"
#include "runtime/workbook/xml_stream.h"

namespace pol::workbook {

inline constexpr std::uint32_t kMostRows = 1'048'576;
inline constexpr std::uint32_t kMostColumns = 16'384;

struct RowCell {
  std::uint32_t column = 0;  // from 0
  CellText shown;
  // Not the first of cells that were merged: the first one's value may be meant for this one too, or not.
  bool merged = false;
};

class SheetRows {
 public:
  static constexpr std::size_t kMostCell = std::size_t{1} << 20U;
  static constexpr std::size_t kMostRow = std::size_t{4} << 20U;

  // nullptr after a fault. Without `with_merged` no cell is known to be merged: a look at the first rows
  // costs no more than they do.
  static std::unique_ptr<SheetRows> Open(const Workbook& workbook, const Sheet& sheet, bool with_merged,
                                         Fault& fault);
  ~SheetRows();
  SheetRows(const SheetRows&) = delete;
  SheetRows& operator=(const SheetRows&) = delete;

  // To the next row that has anything; false at the end, or after a fault.
  bool Next();
  std::uint32_t row() const;  // from 1
  bool too_big() const;
  // Ascending by column, without blank ones.
  const std::vector<RowCell>& cells() const { return cells_; }
  const Fault& fault() const;

 private:
  class Handler;
  explicit SheetRows(const Workbook& workbook);
  void Show();
  void ShowMerged();

  const Workbook* workbook_;
  MergedCells merged_;
  Fault fault_;
  std::unique_ptr<Handler> handler_;
  std::unique_ptr<XmlStream> xml_;
  std::vector<RowCell> cells_;
};

// "A", "XFD": how a spreadsheet names a column (from 0).
std::string ColumnName(std::uint32_t column);

}  // namespace pol::workbook
