// The zip archive that holds the parts of a workbook, in a file or in memory. Parts are expanded piece by
// piece and never as a whole; a part that expands beyond its limit, or to more than kMostRatio times its
// packed size, ends there. Tested by tests/runtime/workbook_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "runtime/records/encoding.h"
#include "runtime/workbook/fault.h"

namespace pol::workbook {

// Cells of one kind, a million times over, are packed to about a hundredth.
inline constexpr std::uint64_t kMostRatio = 200;
// Small parts may be packed to anything.
inline constexpr std::uint64_t kFreeBytes = std::uint64_t{16} << 20U;
inline constexpr std::uint64_t kMostParts = 65'536;

// A part being expanded.
class PartStream : public records::ByteSource {
 public:
  // After 0: whether the part ended, or why it stopped.
  virtual const Fault& fault() const = 0;
  std::string error() const override { return fault().reason; }
};

class Archive {
 public:
  // nullptr after a fault. A file is opened again for each part.
  static std::unique_ptr<Archive> FromFile(const std::string& path, Fault& fault);
  static std::unique_ptr<Archive> FromBytes(std::string bytes, Fault& fault);

  Archive();
  ~Archive();
  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;

  // Names of parts are compared whatever their letters' case.
  bool Has(const std::string& part) const;
  // nullptr after a fault: there is no such part, or it is encrypted.
  std::unique_ptr<PartStream> Open(const std::string& part, std::uint64_t most_bytes, Fault& fault) const;

 private:
  struct Storage;
  std::unique_ptr<Storage> storage_;
};

}  // namespace pol::workbook
