// A workbook opened (.xlsx, .xlsm: Office Open XML, ECMA-376): its sheets by name, the texts that they share,
// the formats of their cells. The sheets themselves are read row by row (sheet_rows.h). Tested by
// tests/runtime/workbook_test.cpp.
//
// Memory: the texts that cells share stand in one part that has no order, and are kept whole, up to
// kMostSharedBytes; nothing else grows with the file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/workbook/archive.h"
#include "runtime/workbook/number_format.h"

namespace pol::workbook {

inline constexpr std::size_t kMostSharedBytes = std::size_t{512} << 20U;
inline constexpr std::uint64_t kMostPartBytes = std::uint64_t{64} << 20U;       // of a small part
inline constexpr std::uint64_t kMostSharedPartBytes = std::uint64_t{2} << 30U;  // of the shared texts, as XML
inline constexpr std::uint64_t kMostSheetBytes = std::uint64_t{64} << 30U;      // of a sheet
inline constexpr std::size_t kMostSheets = 4096;
inline constexpr std::size_t kMostStyles = 65'536;

struct Sheet {
  std::string name;
  std::string part;
  bool hidden = false;
};

class Workbook {
 public:
  // nullptr after a fault.
  static std::unique_ptr<Workbook> Open(std::unique_ptr<Archive> archive, Fault& fault);

  const Archive& archive() const { return *archive_; }
  const std::vector<Sheet>& sheets() const { return sheets_; }
  // A text that cells share, by its number; the number may be anything.
  std::optional<std::string_view> shared_text(std::size_t index) const;
  // By the style of a cell, which may be anything.
  const NumberFormat& format(std::size_t style) const;
  bool system_1904() const { return system_1904_; }

 private:
  bool ReadParts(const std::string& workbook_part, Fault& fault);

  std::unique_ptr<Archive> archive_;
  std::vector<Sheet> sheets_;
  std::vector<NumberFormat> formats_;  // by style
  std::string shared_;
  std::vector<std::size_t> shared_ends_;
  bool system_1904_ = false;
};

// `_x000D_` in a text stands for the character of that number.
void Unescape(std::string& text);

}  // namespace pol::workbook
