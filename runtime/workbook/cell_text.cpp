#include "runtime/workbook/cell_text.h"

#include <optional>
#include <utility>

#include "runtime/workbook/spreadsheet_number.h"

namespace pol::workbook {
namespace {

std::string Padded(std::int32_t number, std::size_t width) {
  std::string text = std::to_string(number);
  if (text.size() < width) text.insert(0, width - text.size(), '0');
  return text;
}

// Only what the format shows: the rest was made up when somebody typed half a date.
std::string PartOf(const SerialDate& date, const NumberFormat& format) {
  if (format.shows_year && !format.shows_month && !format.shows_day) return Padded(date.year, 4);
  std::string text;
  if (format.shows_year) text += Padded(date.year, 4) + "年";
  if (format.shows_month) text += std::to_string(date.month) + "月";
  if (format.shows_day) text += std::to_string(date.day) + "日";
  return text;
}

void ShowDate(const SerialDate& date, const NumberFormat& format, CellText& cell) {
  if (format.kind == FormatKind::kTime) {
    cell.text = date.time.empty() ? "00:00:00" : date.time;
    return;
  }
  if (format.kind == FormatKind::kPart) {
    cell.text = PartOf(date, format);
    if (cell.text.empty()) cell.fault = CellFault::kScaled;
    return;
  }
  cell.text = Padded(date.year, 4) + "-" + Padded(date.month, 2) + "-" + Padded(date.day, 2);
  if (!date.time.empty()) cell.text += " " + date.time;
}

std::string PadWhole(std::string plain, std::uint32_t whole_digits) {
  const bool negative = plain.starts_with('-');
  const std::size_t length = plain.size() - (negative ? 1 : 0);
  if (plain.find('.') == std::string::npos && length < whole_digits)
    plain.insert(negative ? 1 : 0, whole_digits - length, '0');
  return plain;
}

}  // namespace

void ShowNumber(std::string_view written, const NumberFormat& format, bool system_1904, CellText& cell) {
  cell.number = true;
  std::optional<std::string> plain = PlainNumber(written);
  if (!plain.has_value()) {
    cell.text = written;
    cell.fault = CellFault::kBadNumber;
    return;
  }
  cell.digits = CountDigits(*plain);
  const bool calendar = format.kind == FormatKind::kDate || format.kind == FormatKind::kPart ||
                        format.kind == FormatKind::kTime;
  if (calendar) {
    const std::optional<SerialDate> date = ToDate(*plain, system_1904);
    if (date.has_value()) return ShowDate(*date, format, cell);
    cell.text = *plain;
    return;
  }
  if (format.kind == FormatKind::kScaled) {
    cell.text = *plain;
    cell.fault = CellFault::kScaled;
    return;
  }
  std::string shown = format.kind == FormatKind::kPercent ? TimesHundred(*plain)
                                                          : PadWhole(std::move(*plain), format.whole_digits);
  cell.text = format.prefix;
  cell.text += shown;
  cell.text += format.suffix;
  if (format.kind == FormatKind::kPercent) cell.text += '%';
}

}  // namespace pol::workbook
