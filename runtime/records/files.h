// From a data file to its reader: which format it is, and the readers of each. Tested by
// tests/runtime/reader_test.cpp.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "runtime/program/schema.h"
#include "runtime/records/encoding.h"
#include "runtime/records/filler.h"
#include "runtime/records/reader.h"

namespace pol::records {

// Opens shared.files[file]; nullptr after a kFile problem.
std::unique_ptr<Reader> OpenRecords(const program::Schema& schema, Shared& shared, std::uint32_t file,
                                    Problems& problems);

// The readers of a text that was started; nullptr after a kFile problem.
std::unique_ptr<Reader> OpenCsv(const program::Schema& schema, Shared& shared, std::uint32_t file,
                                TextSource source, Problems& problems);
// `beginning`: the first bytes, which were taken from `source` already. The sheets of lists come with it.
bool LooksLikeWorkbook(std::string_view beginning);
std::unique_ptr<Reader> OpenWorkbook(const program::Schema& schema, const Shared& shared, std::uint32_t file,
                                     std::string beginning, ByteSource& source, Problems& problems);
std::unique_ptr<Reader> OpenJson(const program::Schema& schema, Shared& shared, std::uint32_t file,
                                 TextSource source, Problems& problems);

}  // namespace pol::records
