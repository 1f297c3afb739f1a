// Results in rows, as an aligned table, CSV or NDJSON: what `polc test`, `polc cover` and `polc timeline`
// print. Tested by tests/polc/listing_test.cpp.
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
    bool list = false;    // parts joined by kPartGap; in NDJSON an array of them
  };
  static constexpr std::string_view kPartGap = "; ";

  explicit Listing(std::vector<Column> columns) : columns_(std::move(columns)) {}
  // A cell for each column.
  void Add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  bool empty() const { return rows_.empty(); }

  // `format` is "table", "csv" or "ndjson".
  std::string Text(std::string_view format) const;

  // For listings too long to be held: what was added since the last call, the first time with the headings.
  // The columns of a table are then as wide as these rows make them.
  std::string Take(std::string_view format);

 private:
  using Widths = std::vector<std::size_t>;
  Widths FindWidths() const;
  std::string Headings(std::string_view format, const Widths& widths) const;
  std::string Rows(std::string_view format, const Widths& widths) const;
  void AppendTableLine(const std::vector<std::string>& cells, const Widths& widths, std::string& text) const;
  std::string Ndjson() const;

  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
  Widths taken_;  // of the headings, once they were taken
};

}  // namespace polc
