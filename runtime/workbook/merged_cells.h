// The merged cells of a sheet. They are listed behind its rows, but are needed with them: the part is looked
// through once before, which costs little where there are none. Tested by tests/runtime/workbook_test.cpp.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "runtime/workbook/workbook.h"

namespace pol::workbook {

inline constexpr std::size_t kMostMerges = 100'000;
inline constexpr std::size_t kMostAtOnce = 1024;

// Rows from 1, columns from 0; all of them included.
struct CellRange {
  std::uint32_t first_row = 0, last_row = 0;
  std::uint32_t first_column = 0, last_column = 0;
  bool filled = false;  // its first cell has a value
};

// "B12" into row and column; false when it is no cell's name.
bool ParseCellName(std::string_view name, std::uint32_t& row, std::uint32_t& column);

class MergedCells {
 public:
  // False after a fault.
  bool Read(const Workbook& workbook, const Sheet& sheet, Fault& fault);

  // Rows come in ascending order. Starts one; afterwards the ranges that have cells in it are `active()`.
  // False when they are more than kMostAtOnce.
  bool StartRow(std::uint32_t row);
  std::vector<CellRange>& active() { return active_; }

 private:
  std::vector<CellRange> ranges_;  // ascending by first row
  std::size_t next_ = 0;
  std::vector<CellRange> active_;
};

}  // namespace pol::workbook
