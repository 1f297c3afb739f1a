// CSV, byte by byte: rows and cells of RFC 4180 and of what spreadsheets write beyond it (LF, CRLF or CR;
// comma, tab or semicolon; line breaks in quoted cells). Knows nothing of facts. Tested by
// tests/runtime/csv_test.cpp.
//
// Cells are views into one buffer: usual rows are neither copied nor allocated for. Memory is bounded: a cell
// of more than kMostCell bytes, a row of more than kMostRow bytes or of more than kMostCells is passed over
// without being kept.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "runtime/records/encoding.h"
#include "runtime/records/problems.h"

namespace pol::records {

class CsvRows {
 public:
  static constexpr std::size_t kMostCell = std::size_t{1} << 20U;
  static constexpr std::size_t kMostRow = std::size_t{4} << 20U;
  static constexpr std::size_t kMostCells = std::size_t{1} << 16U;

  // The delimiter is the one of comma, tab and semicolon that the first line with anything on it has most of.
  CsvRows(TextSource source, Problems& problems);

  enum class Kind : std::uint8_t {
    kRow,
    kCellTooBig,  // passed over
    kRowTooBig,   // passed over
    kOpenQuote,   // a quoted cell that the file's end cuts short
    kEnd
  };
  // The next row, blank ones included. Its cells live until the next call.
  Kind Next(Problems& problems);

  const std::vector<std::string_view>& cells() const { return cells_; }
  bool IsBlank() const;
  // Whether a cell of this row has text after its closing quotation mark.
  bool IsBroken(std::size_t cell) const {
    return std::find(broken_.begin(), broken_.end(), cell) != broken_.end();
  }
  // One-based line on which the row begins.
  std::uint64_t line() const { return line_; }
  char delimiter() const { return delimiter_; }
  const TextSource& source() const { return source_; }

 private:
  enum class Scan : std::uint8_t { kRow, kMore, kCellTooBig, kRowTooBig };
  struct RawCell {
    std::size_t begin = 0;
    std::size_t end = 0;
    bool doubled = false;  // contains doubled quotation marks
    bool broken = false;
  };
  Scan ScanRow();
  std::size_t ScanQuoted(std::size_t at, RawCell& cell);
  bool Fill(Problems& problems);
  Kind SkipRow(Kind reason, Problems& problems);
  void PublishCells();
  void DetectDelimiter();

  TextSource source_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;    // of the row being read
  std::size_t end_ = 0;      // of the text in the buffer
  bool ended_ = false;       // nothing follows the buffer
  bool open_quote_ = false;  // the row being read ends inside quotation marks, so far
  char delimiter_ = ',';
  std::uint64_t line_ = 1;
  std::uint64_t next_line_ = 1;
  std::uint64_t row_lines_ = 0;  // line breaks inside the row being read
  std::size_t row_end_ = 0;      // past its line break
  std::vector<RawCell> raw_;
  std::vector<std::string_view> cells_;
  std::vector<std::size_t> broken_;
};

}  // namespace pol::records
