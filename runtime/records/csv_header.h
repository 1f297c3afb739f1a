// The header of a CSV file bound to the facts of a schema, and all that can be wrong with it. Tested by
// tests/runtime/reader_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/program/schema.h"
#include "runtime/records/filler.h"
#include "runtime/records/names.h"
#include "runtime/records/problems.h"

namespace pol::records {

struct BoundColumn {
  std::size_t cell = 0;  // index in the row
  std::uint32_t fact = 0;
  std::int32_t year = 0;  // of a series
  Unit unit;
  bool unreadable = false;  // its unit does not fit the fact
  std::string header;       // as written
};

struct CsvHeader {
  std::size_t cells = 0;
  BoundColumn key;
  std::vector<BoundColumn> columns;  // without the key
  std::int32_t first_year = 0;       // of the series; 0 = none has a column
  std::int32_t last_year = 0;
};

// nullopt after a kFile problem.
std::optional<CsvHeader> BindHeader(const program::Schema& schema, const std::vector<std::string_view>& cells,
                                    const Filler& filler, Problems& problems);

}  // namespace pol::records
