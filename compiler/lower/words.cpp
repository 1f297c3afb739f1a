#include "compiler/lower/words.h"

#include <algorithm>
#include <cstdint>

namespace pol::lower {

namespace {

bool IsSpace(char byte) { return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r'; }

// Where the comment or white space that starts at `at` ends; `at` itself when there is none.
std::size_t SkipBlank(std::string_view text, std::size_t at) {
  if (IsSpace(text[at])) return at + 1;
  if (text.substr(at, 2) == "--") return std::min(text.find('\n', at), text.size());
  if (text.substr(at, 2) == "/*") {
    const std::size_t end = text.find("*/", at + 2);
    return end == std::string_view::npos ? text.size() : end + 2;
  }
  return at;
}

// Where the string literal that starts at `at` ends; `at` itself when there is none.
std::size_t SkipString(std::string_view text, std::size_t at) {
  constexpr std::string_view kOpen = "“";
  constexpr std::string_view kClose = "”";
  const bool plain = text[at] == '"';
  if (!plain && text.substr(at, kOpen.size()) != kOpen) return at;
  const std::string_view close = plain ? std::string_view("\"") : kClose;
  std::size_t next = at + (plain ? 1 : kOpen.size());
  while (next < text.size() && text.substr(next, close.size()) != close) next += text[next] == '\\' ? 2 : 1;
  return std::min(next + close.size(), text.size());
}

void Shorten(std::string& text) {
  std::size_t end = kMostWordBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) --end;
  text.resize(end);
  text += "…";
}

// An expression in brackets may end before them; what it opens it closes, when quoted.
source::Range Closed(std::string_view text, source::Range range) {
  std::int64_t open = 0;
  std::int64_t unopened = 0;
  std::size_t at = range.begin;
  while (at < range.end) {
    const std::size_t next = std::max(SkipBlank(text, at), SkipString(text, at));
    // The brackets of an interval need not match: (a, b].
    if (next == at && (text[at] == '(' || text[at] == '[')) ++open;
    if (next == at && (text[at] == ')' || text[at] == ']')) open > 0 ? --open : ++unopened;
    at = std::max(next, at + 1);
  }
  for (; open > 0 && at < text.size(); at = std::max(SkipBlank(text, at), at + 1)) {
    if (text[at] == ')') {
      --open;
      range.end = static_cast<std::uint32_t>(at + 1);
    } else if (SkipBlank(text, at) == at) {
      break;
    }
  }
  for (std::size_t before = range.begin; unopened > 0 && before-- > 0;) {
    if (text[before] == '(') {
      --unopened;
      range.begin = static_cast<std::uint32_t>(before);
    } else if (!IsSpace(text[before])) {
      break;
    }
  }
  return range;
}

}  // namespace

std::string OneLine(std::string_view text) {
  std::string line;
  bool gap = false;
  std::size_t at = 0;
  while (at < text.size() && line.size() <= kMostWordBytes) {
    if (const std::size_t next = SkipBlank(text, at); next != at) {
      gap = true;
      at = next;
      continue;
    }
    if (gap && !line.empty()) line += ' ';
    gap = false;
    const std::size_t end = SkipString(text, at);
    line.append(text.substr(at, end == at ? 1 : end - at));
    at = end == at ? at + 1 : end;
  }
  if (line.size() > kMostWordBytes) Shorten(line);
  return line;
}

std::string WordsOf(const source::Files& files, source::Range range) {
  if (range.file.index >= files.size()) return {};
  return OneLine(files[range.file].Slice(Closed(files[range.file].text(), range)));
}

std::string NameFor(const std::string& words, const program::Naming& naming) {
  return words.ends_with(naming.name) ? words : naming.name;
}

program::Place PlaceOf(const source::Files& files, source::Range range) {
  if (range.file.index >= files.size()) return {};
  const source::File& file = files[range.file];
  return {file.name(), file.PositionOf(range.begin).line};
}

}  // namespace pol::lower
