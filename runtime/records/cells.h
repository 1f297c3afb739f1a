// Cells: from the text that an analyst wrote to the value a fact needs, or to what was expected instead. One
// function for each kind of value; CSV cells and JSON strings are read by the same ones. Nothing is guessed:
// what can be read two ways is unreadable. Tested by tests/runtime/cells_test.cpp; docs/data.md lists every
// form.
#pragma once

#include <boost/multiprecision/cpp_int.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "runtime/number/decimal.h"
#include "runtime/program/schema.h"
#include "runtime/records/batch.h"
#include "runtime/records/problems.h"
#include "runtime/records/regions.h"
#include "runtime/records/units.h"

namespace pol::records {

// What a cell says. Reused from cell to cell, so that reading a usual one allocates nothing.
struct CellValue {
  CellState state = CellState::kMissing;
  // Numbers: numerator / 10^scale, reduced; past 64 bits in `wide_numerator`.
  std::int64_t numerator = 0;
  std::int32_t scale = 0;
  bool is_wide = false;
  number::Integer wide_numerator;
  std::int32_t code = 0;  // date, region, enumeration
  bool truth = false;     // yes_no
  std::string_view text;  // text, credit_code: lives as long as the cell and its reader's scratch
  // Of an unreadable cell: why.
  ProblemKind problem{};
  std::vector<std::string> arguments;
};

// The most decimal places a column holds.
inline constexpr std::int32_t kMostPlaces = 18;

// The functions below take a cell that is trimmed, not empty, and width-folded (text/utf8.h), and set state
// to kGiven or kUnreadable.
void ReadMoney(std::string_view cell, std::string_view currency, const Unit& header_unit, CellValue& value);
void ReadPercent(std::string_view cell, const Unit& header_unit, CellValue& value);
void ReadNumber(std::string_view cell, const Unit& header_unit, CellValue& value);
void ReadCount(std::string_view cell, const Unit& header_unit, CellValue& value);
void ReadYear(std::string_view cell, CellValue& value);
void ReadDate(std::string_view cell, CellValue& value);
void ReadYesNo(std::string_view cell, CellValue& value);
// `scratch` holds the code in capitals.
void ReadCreditCode(std::string_view cell, std::string& scratch, CellValue& value);

// A date written as a date cell may be ("2024-03-01", "2024年3月1日"), as days since 1970-01-01.
std::optional<std::int32_t> ParseDate(std::string_view text);

// A JSON number becomes plain digits: "1.5e3" is "1500". nullopt when it is no JSON number. One of too many
// digits comes out with too many digits, for its cell to refuse; an exponent far beyond them counts as one
// just beyond.
std::optional<std::string> PlainDigits(std::string_view json_number);

// The character that a credit code's first 17 require as the 18th; nullopt when they are not of its alphabet.
std::optional<char> CreditCodeCheck(std::string_view code);

enum class Marker : std::uint8_t {
  kNone,     // a value
  kBlank,    // empty, —, N/A, 无…: nothing there
  kUnknown,  // 不详, 待定…: something is there that nobody knows
};
Marker MarkerOf(std::string_view folded_cell);

// Whether a column of this type may carry this unit in its header.
bool Fits(const program::ValueType& type, const Unit& unit);
// "money (CNY)", "a percentage": for messages.
std::string KindName(const program::ValueType& type, bool chinese);

// One end of a declared range, with what comparing a usual number takes.
struct Bound {
  number::Rational exact;
  bool is_small = false;  // numerator and denominator fit 62 bits
  std::int64_t numerator = 0;
  std::int64_t denominator = 1;
};

// Reads the cells of one fact: markers, the kind's function, the declared range.
class FactCells {
 public:
  FactCells(const program::Schema& schema, std::uint32_t fact);

  void Read(std::string_view cell, const Unit& header_unit, CellValue& value);
  // The state of a cell with nothing in it.
  CellState blank_state() const { return blank_state_; }

 private:
  void ReadKind(std::string_view cell, const Unit& header_unit, CellValue& value);
  void ReadMember(std::string_view cell, CellValue& value) const;
  void CheckRange(CellValue& value) const;

  const program::Schema* schema_;
  const program::Fact* fact_;
  CellState blank_state_;
  Bound low_, high_;  // of the declared range
  std::unordered_map<std::string, std::int32_t>
      words_;                         // members of an enumeration; texts that the program knows
  std::unique_ptr<Regions> regions_;  // of a region; made for the first cell
  std::string fold_scratch_;
  std::string code_scratch_;
};

}  // namespace pol::records
