#include "compiler/source/source.h"

#include <algorithm>
#include <array>
#include <utility>

#include "compiler/source/utf8.h"

namespace pol::source {
namespace {

struct Span {
  char32_t first;
  char32_t last;
};

// Characters of East Asian Width W or F (Unicode Standard Annex 11), in spans wide enough for what policies
// hold.
constexpr std::array kWide = {
    Span{0x1100, 0x115F},   Span{0x2E80, 0x303E},   Span{0x3041, 0x33FF},   Span{0x3400, 0x4DBF},
    Span{0x4E00, 0x9FFF},   Span{0xA000, 0xA4CF},   Span{0xA960, 0xA97F},   Span{0xAC00, 0xD7A3},
    Span{0xF900, 0xFAFF},   Span{0xFE10, 0xFE19},   Span{0xFE30, 0xFE6F},   Span{0xFF00, 0xFF60},
    Span{0xFFE0, 0xFFE6},   Span{0x1F300, 0x1F64F}, Span{0x1F680, 0x1F6FF}, Span{0x1F900, 0x1F9FF},
    Span{0x20000, 0x3FFFD},
};

// Characters that take no cell of their own: combining marks, zero-width spaces and joiners, variation
// selectors.
constexpr std::array kZero = {
    Span{0x0300, 0x036F}, Span{0x0483, 0x0489},   Span{0x0591, 0x05BD}, Span{0x064B, 0x065F},
    Span{0x1AB0, 0x1AFF}, Span{0x1DC0, 0x1DFF},   Span{0x200B, 0x200F}, Span{0x2060, 0x2064},
    Span{0x20D0, 0x20FF}, Span{0x3099, 0x309A},   Span{0xFE00, 0xFE0F}, Span{0xFE20, 0xFE2F},
    Span{0xFEFF, 0xFEFF}, Span{0xE0100, 0xE01EF},
};

template <std::size_t Size>
bool Contains(const std::array<Span, Size>& spans, char32_t code) {
  const auto after = std::upper_bound(spans.begin(), spans.end(), code,
                                      [](char32_t value, const Span& span) { return value < span.first; });
  return after != spans.begin() && code <= std::prev(after)->last;
}

std::size_t WidthOf(char32_t code) {
  if (code < 0x300) return 1;
  if (Contains(kZero, code)) return 0;
  return Contains(kWide, code) ? 2 : 1;
}

// Bytes that are not UTF-8 count as one character of one cell each, as terminals show them.
struct Extent {
  std::size_t characters = 0;
  std::size_t cells = 0;
};

Extent Measure(std::string_view text) {
  Extent extent;
  for (std::size_t offset = 0; offset < text.size();) {
    const Character character = CharacterAt(text, offset);
    ++extent.characters;
    extent.cells += character.length == 0 ? 1 : WidthOf(character.code);
    offset += std::max<std::size_t>(character.length, 1);
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

std::size_t DisplayWidth(std::string_view text) { return Measure(text).cells; }

}  // namespace pol::source
