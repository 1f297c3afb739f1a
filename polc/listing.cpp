#include "polc/listing.h"

#include <algorithm>
#include <cstddef>

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

void EndLine(std::string& line, std::string& text) {
  line.resize(line.find_last_not_of(' ') + 1);
  text += line + "\n";
  line.clear();
}

}  // namespace

std::string Listing::Text(std::string_view format) const {
  if (format == "csv") return Csv();
  return format == "ndjson" ? Ndjson() : Table();
}

std::string Listing::Table() const {
  std::vector<std::size_t> widths;
  for (std::size_t column = 0; column < columns_.size(); ++column) {
    std::size_t width = pol::text::DisplayWidth(columns_[column].heading);
    for (const auto& row : rows_) width = std::max(width, pol::text::DisplayWidth(row[column]));
    widths.push_back(width);
  }
  std::string text;
  std::string line;
  for (std::size_t column = 0; column < columns_.size(); ++column) {
    if (column > 0) line += kGap;
    AppendPadded(columns_[column].heading, widths[column], columns_[column].number, line);
  }
  EndLine(line, text);
  for (std::size_t column = 0; column < columns_.size(); ++column) {
    if (column > 0) line += kGap;
    line.append(widths[column], '-');
  }
  EndLine(line, text);
  for (const auto& row : rows_) {
    for (std::size_t column = 0; column < columns_.size(); ++column) {
      if (column > 0) line += kGap;
      AppendPadded(row[column], widths[column], columns_[column].number, line);
    }
    EndLine(line, text);
  }
  return text;
}

std::string Listing::Csv() const {
  std::string text;
  for (std::size_t column = 0; column < columns_.size(); ++column) {
    if (column > 0) text += ',';
    pol::output::AppendCsvCell(columns_[column].name, text);
  }
  text += '\n';
  for (const auto& row : rows_) {
    for (std::size_t column = 0; column < row.size(); ++column) {
      if (column > 0) text += ',';
      pol::output::AppendCsvCell(row[column], text);
    }
    text += '\n';
  }
  return text;
}

std::string Listing::Ndjson() const {
  std::string text;
  for (const auto& row : rows_) {
    text += '{';
    for (std::size_t column = 0; column < row.size(); ++column) {
      if (column > 0) text += ',';
      pol::output::AppendJsonString(columns_[column].name, text);
      text += ':';
      if (!columns_[column].number) {
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
