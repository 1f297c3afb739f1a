// What a cell's number format makes of a number: a share, a date, an amount with its unit. A cell is read as
// what it shows, to its last digit: the format decides what kind of thing the number is, and never rounds it.
// Tested by tests/runtime/workbook_test.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace pol::workbook {

enum class FormatKind : std::uint8_t {
  kNumber,
  kPercent,
  kDate,    // year, month and day, perhaps a time
  kPart,    // of a date: only what `shows_*` says; a spreadsheet made up the rest
  kTime,    // a time of day alone
  kScaled,  // shows another number than the cell holds, in thousands or with signs between its digits
};

struct NumberFormat {
  FormatKind kind = FormatKind::kNumber;
  bool shows_year = false, shows_month = false, shows_day = false;
  // What stands before and behind the number: a currency, a unit.
  std::string prefix, suffix;
  // Shown with so many digits before the point, at least: more than 1 pads with zeros.
  std::uint32_t whole_digits = 0;
  friend bool operator==(const NumberFormat&, const NumberFormat&) = default;
};

// A format's code, as in `yyyy"年"m"月"d"日"` or `[$¥-804]#,##0.00;[Red]-0.00`: its first section, which is
// the one of positive numbers.
NumberFormat ParseFormat(std::string_view code);
// The formats that files give by number alone (0 to 163); dates as in a Chinese or English system.
NumberFormat BuiltInFormat(std::uint32_t id);

}  // namespace pol::workbook
