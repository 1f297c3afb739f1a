// What can be wrong with a workbook as a file, before any of its cells is looked at. Tested by
// tests/runtime/workbook_test.cpp.
#pragma once

#include <cstdint>
#include <string>

namespace pol::workbook {

enum class FaultKind : std::uint8_t {
  kNone,
  kDamaged,      // not the zip archive or the XML that it should be
  kProtected,    // encrypted with a password
  kTooBig,       // expands beyond what is read
  kOtherFormat,  // a workbook of another kind; `reason` is its ending
  kNoWorkbook,   // an archive of something else
};

struct Fault {
  FaultKind kind = FaultKind::kNone;
  std::string part;    // of the archive; may be empty
  std::string reason;  // in the words of the library that met it
  bool any() const { return kind != FaultKind::kNone; }
};

}  // namespace pol::workbook
