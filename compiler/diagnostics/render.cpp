// Diagnostics as a terminal shows them:
//
//   error[P0102]: …message…
//     --> policy.pol:12:7
//      |
//   12 |     (3) rd_effort ： by avg_revenue {
//      |                   ^^
//      = note: … (policy.pol:3:1)
//      = help: …

#include <algorithm>
#include <string>

#include "compiler/diagnostics/diagnostics.h"
#include "runtime/text/utf8.h"
#include "runtime/text/width.h"

namespace pol::diagnostics {
namespace {

constexpr std::size_t kLineCells = 100;   // a longer line is cut around the range
constexpr std::size_t kCellsBefore = 40;  // kept before the range when cut

struct Heading {
  std::string_view error;
  std::string_view warning;
  std::string_view note;
  std::string_view help;
  std::string_view write;
  std::string_view insert;
  std::string_view remove;
  std::string_view end;
};

const Heading& HeadingIn(Language language) {
  static constexpr Heading kEnglish{"error",   "warning",  "note",     "help",
                                    "write ‘", "put in ‘", "remove ‘", "’"};
  static constexpr Heading kChinese{"错误", "警告", "说明", "建议", "写作“", "补上“", "删去“", "”"};
  return language == Language::kEnglish ? kEnglish : kChinese;
}

std::string PlaceOf(const source::File& file, std::uint32_t offset) {
  const source::Position position = file.PositionOf(offset);
  return file.name() + ":" + std::to_string(position.line) + ":" + std::to_string(position.column);
}

// Tabs would shift the caret and control characters would act on the terminal.
std::string Printable(std::string_view text) {
  std::string printable;
  for (const char byte : text) {
    const auto value = static_cast<unsigned char>(byte);
    printable.push_back(value < 0x20 || value == 0x7F ? ' ' : byte);
  }
  return printable;
}

// A line and the cells to mark below it.
struct Excerpt {
  std::string text;
  std::size_t indent = 0;
  std::size_t width = 1;
};

std::size_t NextCharacter(std::string_view text, std::size_t offset) {
  return offset + std::max<std::size_t>(text::CharacterAt(text, offset).length, 1);
}

// Where to cut so that at most `cells` cells stand between there and `offset`.
std::size_t CutBefore(std::string_view text, std::size_t offset, std::size_t cells) {
  std::size_t cut = offset;
  while (cut > 0) {
    std::size_t previous = cut - 1;
    while (previous > 0 && (static_cast<unsigned char>(text[previous]) & 0xC0U) == 0x80U) --previous;
    if (text::DisplayWidth(text.substr(previous, offset - previous)) > cells) break;
    cut = previous;
  }
  return cut;
}

std::size_t CutAfter(std::string_view text, std::size_t offset, std::size_t cells) {
  std::size_t width = 0;
  while (offset < text.size()) {
    const std::size_t next = NextCharacter(text, offset);
    width += text::DisplayWidth(text.substr(offset, next - offset));
    if (width > cells) break;
    offset = next;
  }
  return offset;
}

// `begin` and `end` are byte offsets in `line`.
Excerpt Cut(std::string_view line, std::size_t begin, std::size_t end) {
  begin = std::min(begin, line.size());
  end = std::clamp(end, begin, line.size());
  // A line of megabytes is cut by bytes first, at the start of a character, so that measuring it stays cheap.
  std::size_t from = 0;
  constexpr std::size_t kFarBytes = 4 * kLineCells;
  if (begin > kFarBytes) {
    from = begin - kFarBytes;
    while (from < begin && (static_cast<unsigned char>(line[from]) & 0xC0U) == 0x80U) ++from;
  }
  const std::string_view near = line.substr(from, 2 * kFarBytes + kFarBytes);
  begin -= from;
  end = std::min(end - from, near.size());
  std::size_t first = 0;
  std::size_t last = near.size();
  if (from > 0 || from + near.size() < line.size() || text::DisplayWidth(near) > kLineCells) {
    first = text::DisplayWidth(near.substr(0, begin)) > kCellsBefore || from > 0
                ? CutBefore(near, begin, kCellsBefore)
                : 0;
    last = CutAfter(near, first, kLineCells);
  }
  end = std::clamp(end, begin, std::max(last, begin));
  Excerpt excerpt;
  const bool cut_front = from + first > 0;
  const bool cut_back = from + last < line.size();
  excerpt.text = (cut_front ? "…" : "") + Printable(near.substr(first, last - first)) + (cut_back ? "…" : "");
  excerpt.indent = (cut_front ? 1 : 0) + text::DisplayWidth(near.substr(first, begin - first));
  excerpt.width = std::max<std::size_t>(text::DisplayWidth(near.substr(begin, end - begin)), 1);
  return excerpt;
}

void AppendExcerpt(const source::File& file, source::Range range, std::size_t gutter, std::string& text) {
  const source::Position position = file.PositionOf(range.begin);
  const std::string_view line = file.Line(position.line);
  const auto line_begin = static_cast<std::size_t>(line.data() - file.text().data());
  const std::size_t begin = range.begin >= line_begin ? range.begin - line_begin : 0;
  const Excerpt excerpt = Cut(line, begin, range.end >= line_begin ? range.end - line_begin : begin);
  const std::string number = std::to_string(position.line);
  const std::string margin(gutter, ' ');
  text += margin + " |\n";
  text += std::string(gutter - number.size(), ' ') + number + " | " + excerpt.text + "\n";
  text += margin + " | " + std::string(excerpt.indent, ' ') + std::string(excerpt.width, '^') + "\n";
}

std::string HelpOf(const Fix& fix, const source::File& file, const Heading& heading) {
  const std::string_view replaced = file.Slice(fix.range);
  std::string help;
  if (fix.replacement.empty()) {
    help = std::string(heading.remove) + Printable(replaced);
  } else {
    help = std::string(replaced.empty() ? heading.insert : heading.write) + Printable(fix.replacement);
  }
  return help + std::string(heading.end);
}

}  // namespace

std::string Render(const Diagnostic& diagnostic, const source::Files& files, Language language) {
  const Heading& heading = HeadingIn(language);
  const bool warning = SeverityOf(diagnostic.kind) == Severity::kWarning;
  std::string text(warning ? heading.warning : heading.error);
  text += "[" + std::string(CodeOf(diagnostic.kind)) + "]: ";
  text += Printable(MessageOf(diagnostic.kind, diagnostic.arguments, language)) + "\n";
  if (diagnostic.range.file.index >= files.size()) return text;
  const source::File& file = files[diagnostic.range.file];
  const std::size_t gutter =
      std::max<std::size_t>(std::to_string(file.PositionOf(diagnostic.range.begin).line).size(), 2);
  const std::string margin(gutter, ' ');
  text += margin + "--> " + PlaceOf(file, diagnostic.range.begin) + "\n";
  AppendExcerpt(file, diagnostic.range, gutter, text);
  for (const Note& note : diagnostic.notes) {
    text += margin + " = " + std::string(heading.note) + ": " +
            Printable(MessageOf(note.kind, note.arguments, language));
    if (note.range.file.index < files.size())
      text += " (" + PlaceOf(files[note.range.file], note.range.begin) + ")";
    text += "\n";
  }
  if (diagnostic.fix.has_value()) {
    text += margin + " = " + std::string(heading.help) + ": " + HelpOf(*diagnostic.fix, file, heading) + "\n";
  }
  return text;
}

std::string Render(const Diagnostics& diagnostics, const source::Files& files, Language language) {
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics.list()) {
    if (!text.empty()) text += "\n";
    text += Render(diagnostic, files, language);
  }
  return text;
}

}  // namespace pol::diagnostics
