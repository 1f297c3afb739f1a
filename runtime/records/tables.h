// Lists that come in files of their own (`--table accidents=accidents.csv`): read whole, grouped by the
// record's key, joined to the records in the order of the file. Tested by tests/runtime/reader_test.cpp.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "runtime/program/schema.h"
#include "runtime/records/batch.h"
#include "runtime/records/columns.h"
#include "runtime/records/filler.h"
#include "runtime/records/problems.h"
#include "runtime/records/reader.h"

namespace pol::records {

class Tables {
 public:
  explicit Tables(const program::Schema& schema) : schema_(&schema) {}

  // Where a table comes from.
  struct Origin {
    std::string file;
    std::string sheet;  // of a workbook
  };
  // Opens a table under the schema of its list's elements.
  using OpenTable = std::function<std::unique_ptr<Reader>(const program::Schema&, Shared&)>;

  // False after a kFile problem.
  bool Load(const TableFile& file, const ReaderOptions& options, Problems& problems);
  // The same for the sheet of a list; `run` says how the files around it are read.
  bool LoadSheet(std::uint32_t domain, const Origin& origin, const Shared& run, const OpenTable& open,
                 Problems& problems);
  bool IsGiven(std::uint32_t domain) const;
  // Adds the elements of the record with this key to every list that came as a table and is not disputed (by
  // domain: the record gave it as well), and marks those lists known.
  void Append(const std::string& canonical_key, const std::vector<bool>& disputed_lists,
              BatchBuilder& builder, std::vector<bool>& known_lists);
  // At the end: rows whose key no record had.
  void ReportOrphans(Problems& problems) const;

 private:
  struct Place {
    std::uint32_t batch = 0;
    std::uint32_t row = 0;
  };
  struct Group {
    std::vector<Place> places;
    bool matched = false;
  };
  struct Table {
    std::uint32_t domain = 0;
    Origin origin;
    program::Schema schema;            // the list's element as if it were the record
    std::vector<std::uint32_t> facts;  // by fact of `schema`: ours; the first is the key, which is no field
    std::vector<Batch> batches;
    std::unordered_map<std::string, Group> groups;  // by canonical key
  };
  void MakeSchema(Table& table) const;

  const program::Schema* schema_;
  std::vector<std::unique_ptr<Table>> tables_;
};

}  // namespace pol::records
