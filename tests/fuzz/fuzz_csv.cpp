// Any bytes as a CSV file: the rows' texts never reach outside the buffer, and reading ends.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "runtime/records/csv.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using pol::records::CsvRows;
  pol::records::Problems problems;
  pol::records::TextSource source("fuzz.csv",
                                  pol::records::FromText({reinterpret_cast<const char*>(data), size}));
  if (!source.Start(problems)) return 0;
  CsvRows rows(std::move(source), problems);
  std::uint64_t last_line = 0;
  std::size_t total = 0;
  for (CsvRows::Kind kind = rows.Next(problems); kind != CsvRows::Kind::kEnd; kind = rows.Next(problems)) {
    if (rows.line() <= last_line) __builtin_trap();
    last_line = rows.line();
    if (kind != CsvRows::Kind::kRow) continue;
    for (const std::string_view cell : rows.cells()) {
      for (const char byte : cell) total += static_cast<unsigned char>(byte);
    }
  }
  return total == SIZE_MAX ? 1 : 0;
}
