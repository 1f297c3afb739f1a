// A batch: some records (1 to a few thousand) as columns, one per fact of the schema. What readers fill and
// the engine reads. Tested by tests/runtime/batch_test.cpp.
#pragma once

#include <boost/multiprecision/cpp_int.hpp>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "runtime/engine/bits.h"
#include "runtime/program/schema.h"

namespace pol::records {

// Why a cell has no value. kGiven cells have one.
enum class CellState : std::uint8_t {
  kGiven,
  kMissing,
  kAbsent,      // blank cell of an optional fact
  kNotJudged,   // blank cell of a judged fact
  kUnreadable,  // there was something, but not what the fact needs
};

// Numbers as numerators over 10^scale. A number that does not fit 64 bits at this scale is in `wide` (same
// scale, lane
// -> numerator) and its slot in `numerators` is 0.
struct NumberColumn {
  std::int32_t scale = 0;  // 0..18
  std::vector<std::int64_t> numerators;
  std::unordered_map<std::uint32_t, boost::multiprecision::cpp_int> wide;
};

// One fact's cells: lanes × 1. Exactly one of the value members is in use, by the fact's type. `states` is
// empty when all are given; otherwise one per lane. Values of lanes that are not given are 0 / false.
struct Column {
  NumberColumn numbers;             // money, percent, number, count, year
  std::vector<std::int32_t> codes;  // date, text, region, credit_code, enumeration
  engine::Bits truths;              // yes_no: bit set = yes
  engine::Bits known;               // bit set = kGiven
  std::vector<CellState> states;
};

// Lanes of a child domain belong to records by offsets: record r owns [offsets[r], offsets[r + 1]).
struct ChildDomain {
  std::vector<std::uint32_t> offsets;  // rows + 1; for the year domain r * year_count
  engine::Bits known;                  // lists: bit set where the record's list is known (rows bits)
};

struct Batch {
  std::uint32_t rows = 0;
  // The year domain covers first_year .. first_year + year_count - 1 for every record (lane = row *
  // year_count + year - first_year).
  std::int32_t first_year = 2000;
  std::uint32_t year_count = 1;
  std::vector<Column> columns;             // by fact index; lanes of the fact's domain
  std::vector<ChildDomain> domains;        // by domain index; [0] unused
  std::vector<std::string> keys;           // rows; as written (trimmed)
  std::vector<std::string> texts;          // this batch's dictionary: code - text_literals.size() -> text
  std::vector<std::uint64_t> source_rows;  // rows; one-based line of the record in its file
};

// Lanes that a domain has in this batch.
std::uint32_t LaneCount(const Batch& batch, std::uint32_t domain);

// Makes the year domain cover [first, last] as well; new cells are missing (absent / not judged by the fact's
// declaration). Does nothing and returns false when the range would exceed kMostYears.
inline constexpr std::uint32_t kMostYears = 256;
bool WidenYears(const program::Schema& schema, std::int32_t first, std::int32_t last, Batch& batch);

}  // namespace pol::records
