#include "runtime/records/csv.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace pol::records {
namespace {

// Gives the text a few bytes at a time, as a pipe would.
class Trickle : public ByteSource {
 public:
  Trickle(std::string text, std::size_t portion) : text_(std::move(text)), portion_(portion) {}
  std::size_t Read(char* to, std::size_t room) override {
    const std::size_t count = std::min({room, portion_, text_.size() - read_});
    text_.copy(to, count, read_);
    read_ += count;
    return count;
  }

 private:
  std::string text_;
  std::size_t portion_;
  std::size_t read_ = 0;
};

CsvRows Rows(std::string text, Problems& problems) {
  TextSource source("test.csv", std::make_unique<Trickle>(std::move(text), 3));
  source.Start(problems);
  return CsvRows(std::move(source), problems);
}

// "1|a|b" for each row: its line and cells; a broken cell ends in !.
std::vector<std::string> Split(std::string text) {
  Problems problems;
  CsvRows rows = Rows(std::move(text), problems);
  std::vector<std::string> said;
  while (true) {
    const CsvRows::Kind kind = rows.Next(problems);
    std::string row = std::to_string(rows.line());
    switch (kind) {
      case CsvRows::Kind::kEnd:
        return said;
      case CsvRows::Kind::kCellTooBig:
        said.push_back(row + " cell too big");
        continue;
      case CsvRows::Kind::kRowTooBig:
        said.push_back(row + " row too big");
        continue;
      case CsvRows::Kind::kOpenQuote:
        said.push_back(row + " open quote");
        continue;
      case CsvRows::Kind::kRow:
        break;
    }
    for (std::size_t cell = 0; cell < rows.cells().size(); ++cell) {
      row += "|" + std::string{rows.cells()[cell]} + (rows.IsBroken(cell) ? "!" : "");
    }
    said.push_back(row);
  }
}

using Said = std::vector<std::string>;

TEST_CASE("rows and cells") {
  CHECK(Split("a,b\n1,2\n") == Said{"1|a|b", "2|1|2"});
  CHECK(Split("a,b\n1,2") == Said{"1|a|b", "2|1|2"});
  CHECK(Split("a,b\r\n1,2\r\n") == Said{"1|a|b", "2|1|2"});
  CHECK(Split("a,b\r1,2\r") == Said{"1|a|b", "2|1|2"});
  CHECK(Split("a,b\r\n1,2\r3,4\n5,6") == Said{"1|a|b", "2|1|2", "3|3|4", "4|5|6"});
  CHECK(Split("a,\n,\n") == Said{"1|a|", "2||"});
  CHECK(Split("\n\na,b\n\n1,2\n\n") == Said{"1|", "2|", "3|a|b", "4|", "5|1|2", "6|"});
  CHECK(Split("a\n") == Said{"1|a"});
  CHECK(Split("\xef\xbb\xbf"
              "a,b\n") == Said{"1|a|b"});
}

TEST_CASE("quoted cells") {
  CHECK(Split("\"a\",\"b\"\n") == Said{"1|a|b"});
  CHECK(Split("\"a,b\",c\n") == Said{"1|a,b|c"});
  CHECK(Split("\"a\"\"b\",\"\"\"\"\n") == Said{"1|a\"b|\""});
  CHECK(Split("\"\",x\n") == Said{"1||x"});
  CHECK(Split("\"a\nb\",c\nd,e\n") == Said{"1|a\nb|c", "3|d|e"});
  CHECK(Split("\"a\r\nb\",c\r\nd,e\r\n") == Said{"1|a\r\nb|c", "3|d|e"});
  CHECK(Split("\"a\rb\",c\rd,e\r") == Said{"1|a\rb|c", "3|d|e"});
  CHECK(Split("a, \"b,c\" ,d\n") == Said{"1|a|b,c|d"});
  CHECK(Split("\"a\"") == Said{"1|a"});
  CHECK(Split("x,\"a\"\"\"") == Said{"1|x|a\""});
}

TEST_CASE("quotation marks out of place") {
  CHECK(Split("5\" pipe,b\n") == Said{"1|5\" pipe|b"});
  CHECK(Split("\"a\"b,c\nd,e\n") == Said{"1|\"a\"b!|c", "2|d|e"});
  CHECK(Split("a,b\nc,\"d\n") == Said{"1|a|b", "2 open quote"});
  CHECK(Split("a,b\nc,\"") == Said{"1|a|b", "2 open quote"});
  CHECK(Split("a,b\nc,\"d\"\"") == Said{"1|a|b", "2 open quote"});
}

TEST_CASE("delimiters, from the header alone") {
  CHECK(Split("a\tb\n1,5\t2\n") == Said{"1|a|b", "2|1,5|2"});
  CHECK(Split("a;b;c\n1;2,5;3\n") == Said{"1|a|b|c", "2|1|2,5|3"});
  CHECK(Split("\"a;b;c\",d\n1;2,3\n") == Said{"1|a;b;c|d", "2|1;2|3"});
  CHECK(Split("\n\na;b\n1;2\n") == Said{"1|", "2|", "3|a|b", "4|1|2"});
}

TEST_CASE("sizes around a block") {
  for (const std::size_t size : {TextSource::kBlock - 9, TextSource::kBlock - 1, TextSource::kBlock}) {
    const std::string big(size, 'x');
    CHECK(Split("a,b\n" + big + ",1\nc,\"d\"\n") == Said{"1|a|b", "2|" + big + "|1", "3|c|d"});
  }
}

TEST_CASE("rows too big are passed over, and the next is read") {
  const std::string big(CsvRows::kMostCell + 1, 'x');
  CHECK(Split("a,b\n" + big + ",1\nc,d\n") == Said{"1|a|b", "2 cell too big", "3|c|d"});
  CHECK(Split("a,b\nc,\"" + big + "\n" + big + big + big + "\"\"\"\r\nc,d\n") ==
        Said{"1|a|b", "2 cell too big", "4|c|d"});
  CHECK(Split("a,b\n" + std::string(CsvRows::kMostRow + 10, ',') + "\nc,d\n") ==
        Said{"1|a|b", "2 row too big", "3|c|d"});
  CHECK(Split("a,b\nc,\"" + big + big) == Said{"1|a|b", "2 open quote"});
}

TEST_CASE("a hundred megabytes in one cell are not kept") {
  Problems problems;
  class Endless : public ByteSource {
   public:
    std::size_t Read(char* to, std::size_t room) override {
      constexpr std::size_t kSize = 100'000'000;
      const std::size_t count = std::min(room, kSize - given_);
      std::fill_n(to, count, 'x');
      if (given_ == 0) to[0] = '"';
      given_ += count;
      return count;
    }

   private:
    std::size_t given_ = 0;
  };
  TextSource source("test.csv", std::make_unique<Endless>());
  REQUIRE(source.Start(problems));
  CsvRows rows(std::move(source), problems);
  CHECK(rows.Next(problems) == CsvRows::Kind::kOpenQuote);
  CHECK(rows.Next(problems) == CsvRows::Kind::kEnd);
}

}  // namespace
}  // namespace pol::records
