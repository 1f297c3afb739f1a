// Applicant records from files: CSV/TSV (UTF-8 or GB18030, detected), NDJSON, JSON, workbooks. A reader hands
// out batches in the order of the file; what it cannot read it names and goes on. Tested by
// tests/runtime/{csv,ndjson,cells,reader,workbook_reader}_test.cpp.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "runtime/program/schema.h"
#include "runtime/records/batch.h"
#include "runtime/records/problems.h"

namespace pol::records {

// `--table name=file`: the rows of a list, joined to records by the record's key column.
struct TableFile {
  std::string list;
  std::string file;
};

struct ReaderOptions {
  std::vector<TableFile> tables = {};
  std::string sheet = {};  // of the workbooks among the data: the one with the records; empty = to be found
  std::uint32_t batch_rows = 1024;
  bool chinese = false;
};

class Reader {
 public:
  virtual ~Reader() = default;
  // Fills `batch` with the next records; false at the end (batch.rows = 0). Problems of cells and rows are
  // added as they are met.
  virtual bool Next(Batch& batch, Problems& problems) = 0;
};

// Opens data files ("-" is standard input) to be read one after the other; a key that comes twice is found
// across them. nullptr after a kFile problem (no such file, a directory, binary, …); all the files are tried,
// so that every such problem is named. `schema` must outlive the reader. A read that fails later is a kFile
// problem and the end of its file.
std::unique_ptr<Reader> Open(const program::Schema& schema, const std::vector<std::string>& files,
                             const ReaderOptions& options, Problems& problems);

}  // namespace pol::records
