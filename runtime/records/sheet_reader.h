// Records from one sheet of a workbook: its rows through the bound header into batches, as from a CSV file.
// Tested by tests/runtime/workbook_reader_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "runtime/program/schema.h"
#include "runtime/records/filler.h"
#include "runtime/records/reader.h"
#include "runtime/workbook/workbook.h"

namespace pol::records {

// nullptr after a kFile problem. The workbook must outlive the reader.
std::unique_ptr<Reader> OpenSheet(const program::Schema& schema, Shared& shared, std::uint32_t file,
                                  const workbook::Workbook& workbook, std::size_t sheet, Problems& problems);

}  // namespace pol::records
