// The text of a data file as UTF-8, block by block, whatever it was written in: UTF-8, GB18030 (with all of
// GBK and GB2312), UTF-16 with a byte order mark. Tested by tests/runtime/encoding_test.cpp.
//
// The encoding is decided once, by the first block (1 MiB) that is not all ASCII: UTF-8 when the block is
// valid UTF-8, else GB18030 when it is that, else the one with fewer errors. Bytes that do not fit become
// U+FFFD, and the rows that contain them are problems; so are zero bytes after the first block. Memory is
// bounded by the block.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "runtime/records/problems.h"

namespace pol::records {

enum class Encoding : std::uint8_t { kUndecided, kUtf8, kGb18030, kUtf16Little, kUtf16Big };
std::string_view NameOf(Encoding encoding);

// One of kUtf8 and kGb18030, for a block that is not all ASCII. `is_end`: nothing follows the block.
Encoding Detect(std::string_view block, bool is_end);

// Bytes of a file, of standard input, or of a text in memory.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  // Up to `room` bytes; 0 at the end or after an error.
  virtual std::size_t Read(char* to, std::size_t room) = 0;
  virtual std::string error() const { return {}; }
};
// nullptr after a problem. "-" is standard input.
std::unique_ptr<ByteSource> OpenFile(const std::string& file, Problems& problems);
std::unique_ptr<ByteSource> FromText(std::string text);

class TextSource {
 public:
  static constexpr std::size_t kBlock = std::size_t{1} << 18U;
  // Memory is asked for in steps: most files are smaller than a block.
  static constexpr std::size_t kStep = std::size_t{1} << 15U;

  TextSource(std::string file, std::unique_ptr<ByteSource> bytes);
  ~TextSource();
  TextSource(TextSource&&) noexcept;
  TextSource& operator=(TextSource&&) noexcept;

  // Reads the first block; false after a problem (empty, binary).
  bool Start(Problems& problems);
  // The text read and not yet taken; after Start, how the file begins.
  std::string_view ahead() const;
  // Up to `room` bytes of UTF-8; 0 at the end. A read that fails part way is a problem and the end.
  std::size_t Take(char* to, std::size_t room, Problems& problems);

  const std::string& file() const { return file_; }
  Encoding encoding() const { return encoding_; }
  // Whether any byte so far had to be replaced by U+FFFD.
  bool damaged() const { return damaged_; }

 private:
  class Converter;
  bool ReadBlock(Problems& problems);
  bool Decode(Problems& problems);
  void DecodeUtf8();

  std::string file_;
  std::unique_ptr<ByteSource> bytes_;
  std::unique_ptr<Converter> converter_;
  Encoding encoding_ = Encoding::kUndecided;
  bool ended_ = false;
  bool damaged_ = false;
  std::string raw_;        // a block as read, after what the block before left over
  std::string text_;       // the same as UTF-8
  std::size_t taken_ = 0;  // of text_
};

}  // namespace pol::records
