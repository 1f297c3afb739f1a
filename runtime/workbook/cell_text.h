// A cell of a sheet as the text that it shows, in full precision, or why it has none: what the readers of CSV
// cells go on with. Tested by tests/runtime/workbook_test.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/workbook/number_format.h"

namespace pol::workbook {

enum class CellKind : std::uint8_t { kBlank, kNumber, kText, kBoolean, kError };

enum class CellFault : std::uint8_t {
  kNone,
  kErrorValue,     // #N/A, #DIV/0!
  kNotCalculated,  // a formula whose value the file does not have
  kScaled,         // shown as another number than it holds
  kBadNumber,      // what stands for a number is none
};

struct CellText {
  std::string text;  // for a fault: what to show of the cell
  CellFault fault = CellFault::kNone;
  bool number = false;     // a number, not the text of one
  std::size_t digits = 0;  // of a number
};

// The text of a number under its format. `cell` is reused from cell to cell.
void ShowNumber(std::string_view written, const NumberFormat& format, bool system_1904, CellText& cell);

}  // namespace pol::workbook
