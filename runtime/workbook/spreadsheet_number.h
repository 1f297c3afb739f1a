// Numbers as a workbook keeps them, without ever computing with binary fractions.
//
// A spreadsheet holds each number as a 64-bit binary fraction (IEEE 754) and writes it with up to 17 digits:
// 0.1 may stand in the file as 0.10000000000000001. What was meant is the shortest decimal that is stored as
// the same binary fraction, which is unique up to 15 digits; of two equally short ones, the one that is
// nearer. A text of up to 15 digits is that already. A longer one is worked out with whole numbers of any
// size: the binary fraction is a whole number times a power of two, and so are the ends of the interval
// around it that is stored as it. Tested by tests/runtime/workbook_test.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pol::workbook {

// Digits that a spreadsheet keeps of what is typed into it.
inline constexpr std::size_t kKeptDigits = 15;

// A number of a file in plain digits: "-1.5E+3" is "-1500". nullopt when it is no number.
std::optional<std::string> PlainNumber(std::string_view written);

// How many digits a plain number has, without zeros at either end.
std::size_t CountDigits(std::string_view plain);

// The plain number times 100.
std::string TimesHundred(std::string_view plain);

// A day of a spreadsheet's calendar.
struct SerialDate {
  std::int32_t year = 0, month = 0, day = 0;
  std::string time;  // "08:30:00", empty at midnight
};
// From a plain number, 0 to 2958465 (9999-12-31). In the system of 1900, day 1 is 1900-01-01 and day 60 is
// 1900-02-29, a day that there never was; in that of 1904, day 0 is 1904-01-01. nullopt outside.
std::optional<SerialDate> ToDate(std::string_view plain, bool system_1904);

}  // namespace pol::workbook
