#include "compiler/source/source.h"

#include <algorithm>
#include <utility>

#include "runtime/text/utf8.h"
#include "runtime/text/width.h"

namespace pol::source {
namespace {

// Bytes that are not UTF-8 count as one character of one cell each, as terminals show them.
struct Extent {
  std::size_t characters = 0;
  std::size_t cells = 0;
};

Extent Measure(std::string_view text) {
  Extent extent;
  for (std::size_t offset = 0; offset < text.size();) {
    const std::size_t begin = offset;
    text::NextCharacter(text, offset);
    ++extent.characters;
    extent.cells += text::DisplayWidth(text.substr(begin, offset - begin));
  }
  return extent;
}

}  // namespace

File::File(std::string name, std::string text) : name_(std::move(name)), text_(std::move(text)) {
  line_starts_.push_back(0);
  for (std::size_t offset = text_.find('\n'); offset != std::string::npos;
       offset = text_.find('\n', offset + 1)) {
    line_starts_.push_back(static_cast<std::uint32_t>(offset + 1));
  }
}

std::string_view File::Slice(Range range) const {
  const std::size_t begin = std::min<std::size_t>(range.begin, text_.size());
  const std::size_t end = std::clamp<std::size_t>(range.end, begin, text_.size());
  return std::string_view(text_).substr(begin, end - begin);
}

Position File::PositionOf(std::uint32_t offset) const {
  const auto bounded = static_cast<std::uint32_t>(std::min<std::size_t>(offset, text_.size()));
  const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), bounded);
  const std::uint32_t start = *std::prev(after);
  const Extent before = Measure(std::string_view(text_).substr(start, bounded - start));
  return {static_cast<std::uint32_t>(after - line_starts_.begin()),
          static_cast<std::uint32_t>(before.characters + 1), static_cast<std::uint32_t>(before.cells + 1)};
}

std::string_view File::Line(std::uint32_t line) const {
  if (line == 0 || line > line_starts_.size()) return {};
  const std::size_t begin = line_starts_[line - 1];
  const std::size_t end = line < line_starts_.size() ? line_starts_[line] - 1 : text_.size();
  std::string_view text = std::string_view(text_).substr(begin, end - begin);
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

FileId Files::Add(std::string name, std::string text) {
  files_.emplace_back(std::move(name), std::move(text));
  return {static_cast<std::uint32_t>(files_.size() - 1)};
}

}  // namespace pol::source
