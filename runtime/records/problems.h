// Problems of the data: every one names file, row, column, the value as found and what was expected. Each
// kind is a row of problems.def (code, wording in English and Chinese). Tested by
// tests/runtime/problems_test.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pol::records {

// kFile: the file as a whole cannot be read (exit 2). kRow: a row or cell is unreadable (exit 3). kNotice:
// said, no more (a column that nobody declared, a missing column).
enum class ProblemSeverity : std::uint8_t { kFile, kRow, kNotice };

enum class ProblemKind : std::uint16_t {
#define POL_PROBLEM(code, name, severity, english, chinese) k##name,
#include "runtime/records/problems.def"
#undef POL_PROBLEM
};

struct Problem {
  ProblemKind kind{};
  std::string file;
  std::uint64_t row = 0;  // one-based line in the file where the record begins; 0 = the whole file
  std::string column;     // header as written; may be empty
  std::string value;      // as found, cut to a readable length
  std::vector<std::string> arguments;  // fill the wording
  // In a workbook: the sheet, and the column of the cell, from 1 (0 = not of one cell).
  std::string sheet = {};
  std::uint64_t sheet_column = 0;
};

std::string_view CodeOf(ProblemKind kind);
ProblemSeverity SeverityOf(ProblemKind kind);
// One line: "data.csv:12: column revenue.2023: ‘5千’ …", or "book.xlsx, sheet 企业, cell C12: column …".
std::string Render(const Problem& problem, bool chinese);

// Keeps the first `kLimit` problems of each kind in full and counts the rest, so that a bad file of a hundred
// million rows stays in memory.
class Problems {
 public:
  static constexpr std::size_t kLimit = 1000;
  void Add(Problem problem);
  const std::vector<Problem>& list() const { return list_; }
  std::uint64_t CountOf(ProblemSeverity severity) const;
  std::uint64_t dropped() const { return dropped_; }

 private:
  std::vector<Problem> list_;
  std::vector<std::uint64_t> counts_by_kind_;
  std::uint64_t counts_by_severity_[3] = {0, 0, 0};
  std::uint64_t dropped_ = 0;
};

}  // namespace pol::records
