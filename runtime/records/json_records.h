// JSON files cut into records: one object a line (NDJSON), the elements of one array, or objects one after
// the other. Finds where a record ends and no more; what is in it is read by json_reader.cpp. Tested by
// tests/runtime/ndjson_test.cpp.
//
// Memory is bounded: a record of more than kMostRecord bytes is passed over without being kept.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "runtime/records/encoding.h"
#include "runtime/records/problems.h"

namespace pol::records {

class JsonRecords {
 public:
  static constexpr std::size_t kMostRecord = std::size_t{16} << 20U;

  JsonRecords(TextSource source, Problems& problems);

  enum class Kind : std::uint8_t {
    kRecord,
    kTooBig,         // passed over
    kCutShort,       // the file ends inside a record or an array
    kTextAfterList,  // and nothing more is read
    kEnd
  };
  Kind Next(Problems& problems);

  // The record, until the next call. At least `padding` bytes after it can be read.
  std::string_view record() const { return {buffer_.data() + record_begin_, record_end_ - record_begin_}; }
  std::size_t padding() const { return buffer_.size() - record_end_; }
  // One-based line on which the record begins.
  std::uint64_t line() const { return line_; }
  const TextSource& source() const { return source_; }

 private:
  enum class Shape : std::uint8_t { kLines, kArray, kObjects };
  static Shape ShapeOf(std::string_view beginning, std::string_view file);
  Kind NextLine(Problems& problems);
  Kind NextValue(Problems& problems);
  bool Fill(Problems& problems);
  // Moves past blanks (and commas of an array); false at the end of the text.
  bool SkipBlanks(Problems& problems);
  void MoveTo(std::size_t position);

  TextSource source_;
  std::vector<char> buffer_;  // the text and kPadding bytes
  std::size_t begin_ = 0;     // of what is not yet handed out
  std::size_t end_ = 0;
  bool ended_ = false;
  Shape shape_ = Shape::kLines;
  bool list_open_ = false;  // inside the array
  bool list_closed_ = false;
  std::uint64_t next_line_ = 1;  // of begin_
  std::uint64_t line_ = 1;
  std::size_t record_begin_ = 0;
  std::size_t record_end_ = 0;
};

}  // namespace pol::records
