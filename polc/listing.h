// Results in rows, as an aligned table, CSV or NDJSON: what `polc test` and `polc cover` print. Tested by
// tests/polc/listing_test.cpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace polc {

class Listing {
 public:
  struct Column {
    std::string name;     // in CSV and NDJSON: the same in every language
    std::string heading;  // of the table
    bool number = false;  // in NDJSON without quotation marks; in the table to the right
  };

  explicit Listing(std::vector<Column> columns) : columns_(std::move(columns)) {}
  // A cell for each column.
  void Add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  bool empty() const { return rows_.empty(); }

  // `format` is "table", "csv" or "ndjson".
  std::string Text(std::string_view format) const;

 private:
  std::string Table() const;
  std::string Csv() const;
  std::string Ndjson() const;

  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace polc
