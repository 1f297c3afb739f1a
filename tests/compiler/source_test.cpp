#include "compiler/source/source.h"

#include <doctest/doctest.h>

#include "compiler/source/utf8.h"

namespace pol::source {

TEST_CASE("a position counts lines, characters and cells") {
  const File file("a.pol", "ab\n主键 x\n\n\tz");
  CHECK(file.PositionOf(0).line == 1);
  CHECK(file.PositionOf(1).column == 2);
  CHECK(file.PositionOf(2).column == 3);  // the line break belongs to its line
  const Position wide = file.PositionOf(3 + 6);
  CHECK(wide.line == 2);
  CHECK(wide.column == 3);
  CHECK(wide.display_column == 5);
  CHECK(file.PositionOf(12).line == 3);
  CHECK(file.PositionOf(13).line == 4);
  CHECK(file.PositionOf(1000).line == 4);
  CHECK(file.PositionOf(1000).column == 3);
}

TEST_CASE("a line comes without its break, whichever it is") {
  const File file("a.pol", "one\r\ntwo\nthree");
  CHECK(file.Line(1) == "one");
  CHECK(file.Line(2) == "two");
  CHECK(file.Line(3) == "three");
  CHECK(file.Line(0).empty());
  CHECK(file.Line(4).empty());
}

TEST_CASE("a slice never leaves the text") {
  const File file("a.pol", "abc");
  CHECK(file.Slice({{0}, 1, 2}) == "b");
  CHECK(file.Slice({{0}, 2, 99}) == "c");
  CHECK(file.Slice({{0}, 50, 99}).empty());
  CHECK(file.Slice({{0}, 2, 1}).empty());
}

TEST_CASE("files are told apart by their ids") {
  Files files;
  const FileId first = files.Add("a.pol", "a");
  const FileId second = files.Add("b.pol", "b");
  CHECK(files.size() == 2);
  CHECK(files[first].name() == "a.pol");
  CHECK(files[second].text() == "b");
}

TEST_CASE("display width follows East Asian width") {
  CHECK(DisplayWidth("abc") == 3);
  CHECK(DisplayWidth("主键：") == 6);
  CHECK(DisplayWidth("e\u0301") == 1);
  CHECK(DisplayWidth("ｱ") == 1);
  CHECK(DisplayWidth("Ａ") == 2);
  CHECK(DisplayWidth("𠮷") == 2);
  CHECK(DisplayWidth("\xFF") == 1);
}

TEST_CASE("UTF-8 is read strictly") {
  CHECK(FindInvalidUtf8("主键 abc 𠮷") == std::string_view::npos);
  CHECK(FindInvalidUtf8("ab\xFF") == 2);
  CHECK(FindInvalidUtf8("\xC0\x80") == 0);          // a longer spelling of NUL
  CHECK(FindInvalidUtf8("\xED\xA0\x80") == 0);      // half of a surrogate pair
  CHECK(FindInvalidUtf8("\xF4\x90\x80\x80") == 0);  // past U+10FFFF
  CHECK(FindInvalidUtf8("ab\xE4\xB8") == 2);        // cut short
  std::string text;
  for (const char32_t code : {U'a', U'é', U'主', U'𠮷'}) AppendUtf8(code, text);
  CHECK(text == "aé主𠮷");
}

}  // namespace pol::source
