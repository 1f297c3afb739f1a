// One XML part of a workbook, element by element, in bounded memory: a part with a document type (and so with
// entities of its own), nested deeper than kMostDepth or with a tag of more than kMostTag bytes is refused.
// Elements go by their local names: prefixes differ from program to program. Tested by
// tests/runtime/workbook_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "runtime/workbook/archive.h"

namespace pol::workbook {

inline constexpr std::uint32_t kMostDepth = 64;
inline constexpr std::uint64_t kMostTag = std::uint64_t{1} << 20U;

class XmlAttributes {
 public:
  explicit XmlAttributes(const char** pairs) : pairs_(pairs) {}
  // By the name as written, or else by that behind a prefix; `otherwise` when there is none such.
  std::string_view Find(std::string_view name, std::string_view otherwise = {}) const;

 private:
  const char** pairs_;
};

// Whether an attribute says yes: "1" or "true".
bool IsTrue(std::string_view attribute);
// Digits as a number; `otherwise` when they are none, or too many.
std::uint32_t ToNumber(std::string_view digits, std::uint32_t otherwise);

class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual void Start(std::string_view name, const XmlAttributes& attributes) = 0;
  virtual void End(std::string_view /*name*/) {}
  // Of one element the text may come in several pieces.
  virtual void Text(std::string_view /*text*/) {}

  // For the handler to say, in Start or End: Advance returns.
  bool pause = false;
  // For the handler to say: the part is not what it should be, and reading ends.
  std::string_view refusal;
};

class XmlStream {
 public:
  XmlStream(std::unique_ptr<PartStream> part, std::string name, XmlHandler& handler);
  ~XmlStream();
  XmlStream(const XmlStream&) = delete;
  XmlStream& operator=(const XmlStream&) = delete;

  // On to where the handler pauses; false at the end of the part, or after a fault.
  bool Advance();
  const Fault& fault() const;

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

// Reads a whole part; false after a fault.
bool ReadXml(const Archive& archive, const std::string& part, std::uint64_t most_bytes, XmlHandler& handler,
             Fault& fault);

}  // namespace pol::workbook
