#include "polc/listing.h"

#include <algorithm>
#include <cstddef>

#include "compiler/source/map_each.h"
#include "runtime/output/outcome_writer.h"
#include "runtime/text/width.h"

namespace polc {
namespace {

constexpr std::string_view kGap = "  ";

void AppendPadded(const std::string& text, std::size_t width, bool right, std::string& line) {
  const std::size_t own = pol::text::DisplayWidth(text);
  const std::string padding(own < width ? width - own : 0, ' ');
  line += right ? padding + text : text + padding;
}

void AppendCsvLine(const std::vector<std::string>& cells, std::string& text) {
  for (std::size_t column = 0; column < cells.size(); ++column) {
    if (column > 0) text += ',';
    pol::output::AppendCsvCell(cells[column], text);
  }
  text += '\n';
}

// "a; b" as ["a","b"].
void AppendArray(std::string_view parts, std::string& text) {
  text += '[';
  for (std::size_t at = 0; at < parts.size();) {
    const std::size_t end = std::min(parts.find(Listing::kPartGap, at), parts.size());
    if (at > 0) text += ',';
    pol::output::AppendJsonString(parts.substr(at, end - at), text);
    at = end + Listing::kPartGap.size();
  }
  text += ']';
}

}  // namespace

std::string Listing::Text(std::string_view format) const {
  const Widths widths = FindWidths();
  return Headings(format, widths) + Rows(format, widths);
}

std::string Listing::Take(std::string_view format) {
  std::string text;
  if (taken_.empty()) {
    taken_ = FindWidths();
    text = Headings(format, taken_);
  }
  text += Rows(format, taken_);
  rows_.clear();
  return text;
}

Listing::Widths Listing::FindWidths() const {
  Widths widths;
  for (std::size_t column = 0; column < columns_.size(); ++column) {
    std::size_t width = pol::text::DisplayWidth(columns_[column].heading);
    for (const auto& row : rows_) width = std::max(width, pol::text::DisplayWidth(row[column]));
    widths.push_back(width);
  }
  return widths;
}

std::string Listing::Headings(std::string_view format, const Widths& widths) const {
  std::string text;
  if (format == "ndjson") return text;
  if (format == "csv") {
    AppendCsvLine(pol::MapEach(columns_, [](const Column& column) { return column.name; }), text);
    return text;
  }
  AppendTableLine(pol::MapEach(columns_, [](const Column& column) { return column.heading; }), widths, text);
  for (std::size_t column = 0; column < columns_.size(); ++column) {
    if (column > 0) text += kGap;
    text.append(widths[column], '-');
  }
  return text + '\n';
}

std::string Listing::Rows(std::string_view format, const Widths& widths) const {
  if (format == "ndjson") return Ndjson();
  std::string text;
  for (const auto& row : rows_) {
    format == "csv" ? AppendCsvLine(row, text) : AppendTableLine(row, widths, text);
  }
  return text;
}

void Listing::AppendTableLine(const std::vector<std::string>& cells, const Widths& widths,
                              std::string& text) const {
  std::string line;
  for (std::size_t column = 0; column < columns_.size(); ++column) {
    if (column > 0) line += kGap;
    AppendPadded(cells[column], widths[column], columns_[column].number, line);
  }
  line.resize(line.find_last_not_of(' ') + 1);
  text += line + "\n";
}

std::string Listing::Ndjson() const {
  std::string text;
  for (const auto& row : rows_) {
    text += '{';
    for (std::size_t column = 0; column < row.size(); ++column) {
      if (column > 0) text += ',';
      pol::output::AppendJsonString(columns_[column].name, text);
      text += ':';
      if (columns_[column].list) {
        AppendArray(row[column], text);
      } else if (!columns_[column].number) {
        pol::output::AppendJsonString(row[column], text);
      } else {
        text += row[column].empty() ? "null" : row[column];
      }
    }
    text += "}\n";
  }
  return text;
}

}  // namespace polc
