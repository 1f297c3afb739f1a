#include "compiler/source/source.h"

#include <doctest/doctest.h>

#include "runtime/text/utf8.h"

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

}  // namespace pol::source
