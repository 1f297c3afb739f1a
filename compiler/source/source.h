// Source texts and positions in them. A Range is a half-open span of bytes in one file; lines and columns are
// computed only when something is shown. Tested by tests/compiler/source_test.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pol::source {

// A file that was read for one compilation: the policy itself is file 0.
struct FileId {
  std::uint32_t index = 0;
  friend bool operator==(FileId, FileId) = default;
};

// Half-open byte span [begin, end) of one file.
struct Range {
  FileId file;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  friend bool operator==(const Range&, const Range&) = default;
};

// One-based line and columns. `column` counts characters; `display_column` counts terminal cells (East Asian
// wide characters take two), which is what a caret below the line needs.
struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  std::uint32_t display_column = 1;
};

// One text with its line index. The text is UTF-8 (see Load).
class File {
 public:
  File(std::string name, std::string text);

  const std::string& name() const { return name_; }
  std::string_view text() const { return text_; }
  std::string_view Slice(Range range) const;
  // The position of a byte offset; an offset past the end gives the position just after the last character.
  Position PositionOf(std::uint32_t offset) const;
  // The text of a one-based line without its line break; empty past the end.
  std::string_view Line(std::uint32_t line) const;

 private:
  std::string name_;
  std::string text_;
  std::vector<std::uint32_t> line_starts_;
};

// All files of one compilation, addressed by FileId.
class Files {
 public:
  FileId Add(std::string name, std::string text);
  const File& operator[](FileId id) const { return files_[id.index]; }
  std::size_t size() const { return files_.size(); }

 private:
  std::vector<File> files_;
};

}  // namespace pol::source
