#include <utility>

#include "runtime/calendar/date.h"
#include "runtime/records/cells.h"
#include "runtime/text/utf8.h"

// Date cells: 2024-03-01, 2024/3/1, 2024.3.1, 2024年3月1日, 20240301, each with midnight behind it or not.

namespace pol::records {
namespace {

void Refuse(ProblemKind problem, CellValue& value) {
  value.state = CellState::kUnreadable;
  value.problem = problem;
  value.arguments.clear();
}

void SkipBlanks(std::string_view& text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
}

// The digits that `text` begins with; it moves past them.
std::string_view TakeDigits(std::string_view& text) {
  std::size_t length = text.find_first_not_of("0123456789");
  if (length == std::string_view::npos) length = text.size();
  const std::string_view digits = text.substr(0, length);
  text.remove_prefix(length);
  return digits;
}

std::int32_t Number(std::string_view digits) {
  std::int32_t number = 0;
  for (const char digit : digits) number = number * 10 + (digit - '0');
  return number;
}

bool Take(std::string_view expected, std::string_view& text) {
  if (!text.starts_with(expected)) return false;
  text.remove_prefix(expected.size());
  return true;
}

enum class Time : std::uint8_t { kMidnight, kOther, kNone };

// What follows a date: nothing, or a time of day such as "00:00:00.000" after a blank or a T.
Time TimeOf(std::string_view text) {
  if (text::Trim(text).empty()) return Time::kMidnight;
  if (!text.starts_with(' ') && !text.starts_with('T')) return Time::kNone;
  text.remove_prefix(1);
  SkipBlanks(text);
  bool zero = true;
  int groups = 0;
  while (true) {
    const std::string_view digits = TakeDigits(text);
    if (digits.empty()) return Time::kNone;
    zero = zero && digits.find_first_not_of('0') == std::string_view::npos;
    ++groups;
    const bool more = groups < 3 ? Take(":", text) : groups == 3 && Take(".", text);
    if (!more) break;
  }
  if (groups < 2 || !text::Trim(text).empty()) return Time::kNone;
  return zero ? Time::kMidnight : Time::kOther;
}

struct DateParts {
  std::string_view year, month, day;
  bool separated = false;  // something like a date, whatever its order
};

// Splits at one kind of separator, or at 年, 月, 日; `text` moves past the date. Missing parts are empty.
DateParts SplitDate(std::string_view& text) {
  DateParts parts;
  parts.year = TakeDigits(text);
  if (parts.year.size() == 8) {
    return {.year = parts.year.substr(0, 4), .month = parts.year.substr(4, 2), .day = parts.year.substr(6)};
  }
  SkipBlanks(text);
  const bool chinese = Take("年", text);
  const std::string_view separator = text.substr(0, 1);
  if (!chinese && (separator.empty() || std::string_view{"-/."}.find(separator) == std::string_view::npos))
    return parts;
  if (!chinese) text.remove_prefix(1);
  SkipBlanks(text);
  parts.separated = true;
  parts.month = TakeDigits(text);
  if (chinese) SkipBlanks(text);
  if (!Take(chinese ? std::string_view{"月"} : separator, text)) return parts;
  if (chinese) SkipBlanks(text);
  parts.day = TakeDigits(text);
  if (chinese) {
    std::string_view after = text;
    SkipBlanks(after);
    if (Take("日", after) || Take("号", after)) text = after;
  }
  return parts;
}

}  // namespace

void ReadDate(std::string_view cell, CellValue& value) {
  std::string_view rest = cell;
  const DateParts parts = SplitDate(rest);
  if (!parts.separated && parts.day.empty()) {
    const bool day_number = rest.empty() && parts.year.size() == 5;
    return Refuse(day_number ? ProblemKind::kDayNumber : ProblemKind::kNotDate, value);
  }
  if (parts.year.size() == 1 || parts.year.size() == 2) return Refuse(ProblemKind::kYearNotFirst, value);
  const auto is_part = [](std::string_view digits) { return digits.size() == 1 || digits.size() == 2; };
  const Time time = TimeOf(rest);
  if (parts.year.size() != 4 || !is_part(parts.month) || !is_part(parts.day) || time == Time::kNone) {
    return Refuse(ProblemKind::kNotDate, value);
  }
  const std::optional<std::int32_t> days =
      calendar::ToDays({.year = Number(parts.year), .month = Number(parts.month), .day = Number(parts.day)});
  if (!days.has_value()) return Refuse(ProblemKind::kNoSuchDay, value);
  if (time == Time::kOther) return Refuse(ProblemKind::kTimeOfDay, value);
  value.state = CellState::kGiven;
  value.code = *days;
}

std::optional<std::int32_t> ParseDate(std::string_view text) {
  std::string scratch;
  CellValue value;
  ReadDate(text::FoldWidth(text::Trim(text), scratch), value);
  if (value.state != CellState::kGiven) return std::nullopt;
  return value.code;
}

}  // namespace pol::records
