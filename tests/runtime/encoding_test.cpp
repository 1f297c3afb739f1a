#include "runtime/records/encoding.h"

#include <doctest/doctest.h>

#include <string>

#include "tests/runtime/sample_records.h"

namespace pol::records {
namespace {

struct Decoded {
  std::string text;
  std::string encoding;
  bool damaged = false;
  std::string problem;
};

Decoded Decode(std::string bytes) {
  Problems problems;
  TextSource source("data.csv", FromText(std::move(bytes)));
  Decoded decoded;
  if (source.Start(problems)) {
    char buffer[7001];
    while (const std::size_t count = source.Take(buffer, sizeof buffer, problems))
      decoded.text.append(buffer, count);
  }
  decoded.encoding = NameOf(source.encoding());
  decoded.damaged = source.damaged();
  if (!problems.list().empty()) decoded.problem = CodeOf(problems.list().front().kind);
  return decoded;
}

constexpr std::string_view kBeijing = "\xb1\xb1\xbe\xa9";  // 北京 in GB18030

TEST_CASE("encodings are recognised") {
  CHECK(Decode("a,b\n").text == "a,b\n");
  CHECK(Decode("北京,1\n").encoding == "UTF-8");
  CHECK(Decode("\xef\xbb\xbf北京").text == "北京");
  const Decoded chinese = Decode("name\n" + std::string{kBeijing} + "\n");
  CHECK(chinese.encoding == "GB18030");
  CHECK(chinese.text == "name\n北京\n");
  CHECK_FALSE(chinese.damaged);
  CHECK(Decode("\x84\x31\x95\x33" + std::string{kBeijing}).text == "北京");
  CHECK(Decode("\x82\x35\x8f\x33" + std::string{kBeijing}).text == "\u9fa6北京");  // four bytes
  CHECK(Decode(std::string("\xff\xfe\x17\x53\xac\x4e", 6)).text == "北京");
  CHECK(Decode(std::string("\xfe\xff\x53\x17\x4e\xac", 6)).text == "北京");
}

TEST_CASE("characters across the end of a block") {
  for (const std::size_t before :
       {TextSource::kBlock - 3, TextSource::kBlock - 2, TextSource::kBlock - 1, TextSource::kBlock}) {
    const std::string ascii(before, 'x');
    CHECK(Decode(ascii + "北京").text == ascii + "北京");
    const Decoded chinese = Decode(ascii + std::string{kBeijing} + "\n");
    CHECK(chinese.text == ascii + "北京\n");
    CHECK(chinese.encoding == "GB18030");
  }
}

TEST_CASE("the first block that is not ASCII decides") {
  const std::string ascii(3 * TextSource::kBlock, 'x');
  CHECK(Decode(ascii + std::string{kBeijing}).encoding == "GB18030");
  std::string utf8;
  while (utf8.size() < TextSource::kBlock + 10) utf8 += "北京";
  const Decoded later = Decode(utf8 + std::string{kBeijing} + ",ok");
  CHECK(later.encoding == "UTF-8");
  CHECK(later.damaged);
  CHECK(later.text.ends_with("\ufffd,ok"));
}

TEST_CASE("one wrong byte does not change the encoding") {
  std::string text;
  for (int count = 0; count < 100; ++count) text += "北京市海淀区";
  const Decoded utf8 = Decode(text + "\xff" + text);
  CHECK(utf8.encoding == "UTF-8");
  CHECK(utf8.text == text + "\ufffd" + text);
  std::string chinese;
  for (int count = 0; count < 100; ++count) chinese += kBeijing;
  CHECK(Decode(chinese + "\xff," + chinese).encoding == "GB18030");
  CHECK(Decode(chinese + "\xb1").damaged);  // cut in the middle of a character
}

TEST_CASE("files that are no text") {
  CHECK(Decode("").problem == "D0103");
  CHECK(Decode(std::string("a\0b", 3)).problem == "D0104");
  const Decoded late = Decode(std::string(TextSource::kBlock, 'x') + std::string(TextSource::kBlock, '\0'));
  CHECK(late.problem.empty());
  CHECK(late.damaged);
}

TEST_CASE("files that cannot be opened") {
  Problems problems;
  CHECK(OpenFile("/no/such/file.csv", problems) == nullptr);
  CHECK(OpenFile(std::filesystem::temp_directory_path().string(), problems) == nullptr);
  REQUIRE(problems.list().size() == 2);
  CHECK(CodeOf(problems.list()[0].kind) == "D0101");
  CHECK(CodeOf(problems.list()[1].kind) == "D0102");
}

}  // namespace
}  // namespace pol::records
