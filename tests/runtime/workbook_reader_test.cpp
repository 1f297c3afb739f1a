#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "runtime/records/reader.h"
#include "tests/runtime/sample_records.h"
#include "tests/runtime/workbook_maker.h"

namespace pol::records {
namespace {

using sample::ReadFiles;
using sample::ReadResult;
using sample::TemporaryFile;
using workbook::sample::NamedSheet;
using workbook::sample::Number;
using workbook::sample::PartsOf;
using workbook::sample::Row;
using workbook::sample::TemporaryWorkbook;
using workbook::sample::Text;
namespace style = workbook::sample;
using Rows = std::vector<std::string>;

ReadResult ReadSheets(const std::vector<NamedSheet>& sheets, const ReaderOptions& options = {}) {
  static const program::Schema schema = sample::Undemanding();
  const TemporaryWorkbook file(PartsOf(sheets));
  return ReadFiles(schema, {file.path()}, options);
}

// The first problem in words, without the file's name.
std::string Said(const ReadResult& read, bool chinese = false) {
  if (read.problems.list().empty()) return {};
  Problem problem = read.problems.list().front();
  problem.file = "book.xlsx";
  return Render(problem, chinese);
}

const std::string kHeader = Row(1, Text("A1", "代码") + Text("B1", "企业名称"));

TEST_CASE("a sheet as analysts keep it") {
  const std::string header =
      Row(2, Text("A2", "代码") + Text("B2", "成立日期") + Text("C2", "研发占比") + Text("D2", "职工人数") +
                 Text("E2", "信用良好") + Text("F2", "营业收入2022（万元）") + Text("G2", "2023年营业收入") +
                 Text("H2", "承诺投入") + Text("I2", "等级") + Text("J2", "备注"));
  const ReadResult read = ReadSheets(
      {{"Sheet1", header +
                      Row(3, Text("A3", "A1") + Number("B3", "45352", style::kDate) +
                                 Number("C3", "0.14999999999999999", style::kPercent) + Number("D3", "1200") +
                                 "<c r=\"E3\" t=\"b\"><v>1</v></c>" + Number("F3", "5000.0100000000002") +
                                 Number("G3", "1.2", style::kTenThousands) + Text("I3", "一般")) +
                      Row(7, Text("A7", "A2") + Text("B7", "2024年3月1日") + Number("C7", "0.125") +
                                 "<c r=\"E7\" t=\"b\"><v>0</v></c>" + Number("H7", "5", style::kYuan) +
                                 Text("J7", "x"))}});
  CHECK(read.codes() == "");
  CHECK(read.notices() == "D0207:备注");
  CHECK(read.rows ==
        Rows{"A1: code A1 founded 2024-03-01 share 0.15 staff 1200 good yes level 0 revenue 2022 "
             "50000100 2023 12000 grade <unknown> occurred <unknown>",
             "A2: code A2 founded 2024-03-01 share 0.125 good no pledge 5 grade <unknown> occurred "
             "<unknown>"});
  CHECK(read.lines == std::vector<std::uint64_t>{3, 7});
}

TEST_CASE("cells that cannot be read are named by sheet and cell") {
  const std::string header = Row(1, Text("A1", "code") + Text("B1", "founded") + Text("C1", "revenue2023"));
  const auto codes = [&](const std::string& founded, const std::string& revenue) {
    return ReadSheets({{"企业", header + Row(2, Text("A2", "A1") + founded + revenue)}}).codes();
  };
  CHECK(codes(Number("B2", "45352"), Number("C2", "5")) == "D0413@2");
  CHECK(codes(Number("B2", "45352", style::kMonth), "") == "D0409@2");
  CHECK(codes(Number("B2", "60", style::kDate), "") == "D0411@2");
  CHECK(codes(Number("B2", "45352.5", style::kTime), "") == "D0412@2");
  CHECK(codes(Number("B2", "45352", style::kTime), "") == "");
  CHECK(codes("<c r=\"B2\" t=\"e\"><v>#N/A</v></c>", "<c r=\"C2\"><f>1+1</f></c>") == "D0428@2 D0429@2");
  CHECK(codes("", Number("C2", "5000", style::kScaled)) == "D0430@2");
  CHECK(codes("", Number("C2", "5000", style::kDate)) == "D0401@2");
  CHECK(codes("", Number("C2", "0.5", style::kPercent)) == "D0401@2");
  CHECK(codes("", "<c r=\"C2\" t=\"s\"><v>9</v></c>") == "D0431@2");
  CHECK(codes("", "<c r=\"C2\"><v>1.2.3</v></c>") == "D0431@2");
  const ReadResult read =
      ReadSheets({{"企业", header + Row(2, Text("A2", "A1") + "<c r=\"B2\" t=\"e\"><v>#N/A</v></c>")}});
  CHECK(Said(read) ==
        "book.xlsx, sheet 企业, cell B2: column founded: ‘#N/A’ is an error value of the spreadsheet; "
        "correct the "
        "formula [D0428]");
  CHECK(Said(read, true) ==
        "book.xlsx，工作表“企业” B2: “founded”列：“#N/A”是电子表格的错误值；请更正公式〔D0428〕");
}

TEST_CASE("keys that a spreadsheet spoils") {
  const ReadResult read = ReadSheets(
      {{"S",
        kHeader + Row(2, Number("A2", "913501000000100430")) +
            Row(3, "<c r=\"A3\" t=\"e\"><v>#REF!</v></c>") + Row(4, Number("A4", "123456789012345")) +
            Row(5, Text("B5", "no key")) + Row(6, Text("A6", "A6")) + Row(7, Text("B7", "second")),
        "<mergeCells><mergeCell ref=\"A6:A7\"/></mergeCells>"}});
  CHECK(read.codes() == "D0323@2 D0323@3 D0303@5 D0323@7");
  REQUIRE(read.rows.size() == 2);
  CHECK(read.rows[0].starts_with("123456789012345: code 123456789012345"));
}

TEST_CASE("merged cells are read once") {
  const ReadResult read =
      ReadSheets({{"S",
                   Row(1, Text("A1", "code") + Text("B1", "pledge")) +
                       Row(2, Text("A2", "A1") + Number("B2", "5")) + Row(3, Text("A3", "A2")),
                   "<mergeCells><mergeCell ref=\"B2:B3\"/></mergeCells>"}});
  CHECK(read.codes() == "D0432@3");
  REQUIRE(read.rows.size() == 2);
  CHECK(read.rows[0].find("pledge 5") != std::string::npos);
  CHECK(read.rows[1].find("pledge <unreadable>") != std::string::npos);
}

const NamedSheet kAccidents{"安全事故", Row(1, Text("A1", "代码") + Text("B1", "事故等级")) +
                                            Row(2, Text("A2", "A1") + Text("B2", "较大")) +
                                            Row(3, Text("A3", "A9") + Text("B3", "较大"))};

TEST_CASE("the sheet of a list") {
  const ReadResult read =
      ReadSheets({{"S", kHeader + Row(2, Text("A2", "A1")) + Row(3, Text("A3", "A2"))}, kAccidents});
  CHECK(read.codes() == "D0319@3");
  CHECK(Said(read).starts_with("book.xlsx, sheet 安全事故, row 3: column code: ‘A9’"));
  REQUIRE(read.rows.size() == 2);
  CHECK(read.rows[0].find("grade 1") != std::string::npos);
  CHECK(read.rows[1].find("<unknown>") == std::string::npos);  // the sheet says that it has none
}

TEST_CASE("the sheet of a list is about its own workbook alone") {
  static const program::Schema schema = sample::Undemanding();
  const TemporaryWorkbook with(PartsOf({{"S", kHeader + Row(2, Text("A2", "A1"))}, kAccidents}));
  const TemporaryFile without("data.csv", "code\nA2\n");
  const ReadResult read = ReadFiles(schema, {with.path(), without.path()});
  REQUIRE(read.rows.size() == 2);
  CHECK(read.rows[0].find("grade 1") != std::string::npos);
  CHECK(read.rows[1].find("grade <unknown>") != std::string::npos);
}

TEST_CASE("a list in a workbook of its own") {
  static const program::Schema schema = sample::Undemanding();
  const TemporaryFile data("data.csv", "code\nA1\nA9\n");
  const TemporaryWorkbook table(PartsOf({{"说明", Row(1, Text("A1", "填表说明"))}, kAccidents}));
  const ReadResult read = ReadFiles(schema, {data.path()}, {.tables = {{"accidents", table.path()}}});
  CHECK(read.codes() == "");
  REQUIRE(read.rows.size() == 2);
  CHECK(read.rows[1].find("grade 1") != std::string::npos);
  const TemporaryWorkbook both(PartsOf({{"S", kHeader + Row(2, Text("A2", "A1"))}, kAccidents}));
  CHECK(ReadFiles(schema, {both.path()}, {.tables = {{"accidents", table.path()}}}).codes() == "D0120@0");
}

TEST_CASE("which sheet has the records") {
  const std::string firms = kHeader + Row(2, Text("A2", "A1") + Text("B2", "first"));
  const std::string few = Row(1, Text("A1", "代码")) + Row(2, Text("A2", "B1"));
  const auto first = [](const ReadResult& read) {
    return read.rows.empty() ? read.codes() : read.rows[0].substr(0, 2);
  };
  CHECK(first(ReadSheets({{"说明", Row(1, Text("A1", "填表说明"))}, {"数据", firms}})) == "A1");
  CHECK(first(ReadSheets({{"Sheet1", ""}, {"数据", firms}, {"Sheet3", ""}})) == "A1");
  const ReadResult most = ReadSheets({{"other", few}, {"数据", firms}});
  CHECK(first(most) == "A1");
  CHECK(most.notices() == "D0214:");
  CHECK(first(ReadSheets({{"one", firms}, {"two", firms}})) == "D0119@0");
  CHECK(first(ReadSheets({{"one", firms}, {"申报单位", few}})) == "B1");
  CHECK(first(ReadSheets({{"one", firms}, {"two", few, {}, "state=\"hidden\""}})) == "A1");
  CHECK(first(ReadSheets({{"one", firms}, {"Two", few}}, {.sheet = "two"})) == "B1");
  CHECK(first(ReadSheets({{"one", firms}}, {.sheet = "three"})) == "D0117@0");
  CHECK(first(ReadSheets({{"a", Row(1, Text("A1", "x"))}, {"b", Row(1, Text("A1", "y"))}})) == "D0118@0");
  CHECK(first(ReadSheets({{"a", ""}, {"b", ""}})) == "D0103@0");
  CHECK(first(ReadSheets({{"a", ""}})) == "D0103@0");
  CHECK(first(ReadSheets({kAccidents})) == "D0118@0");
  CHECK(first(ReadSheets({{"a", firms}, {"b\u009b[2J", firms}})) == "D0119@0");
  CHECK(Said(ReadSheets({{"a", firms}, {"b\u009b[2J", firms}})).find("\u009b") == std::string::npos);
  CHECK(first(ReadSheets({{"a", Row(1, Text("A1", "2025年申报汇总")) + Row(2, Text("A2", "代码"))}})) ==
        "D0201@1");
  CHECK(first(ReadSheets({{"a", kHeader}})) == "");
  CHECK(ReadSheets({{"a", kHeader}}).notices() == "D0212:");
  static const program::Schema schema = sample::Undemanding();
  const TemporaryFile text("data.csv", "code\nA1\n");
  CHECK(ReadFiles(schema, {text.path()}, {.sheet = "x"}).codes() == "D0121@0");
}

TEST_CASE("files that are workbooks of another kind, or none") {
  static const program::Schema schema = sample::Undemanding();
  const auto codes = [](std::string_view bytes) {
    const TemporaryFile file("book.xlsx", bytes);
    return ReadFiles(schema, {file.path()}).codes();
  };
  std::string encrypted = "\xd0\xcf\x11\xe0" + std::string(100'000, '\1');
  CHECK(codes(encrypted) == "D0106@0");
  for (const char letter : std::string{"EncryptedPackage"}) (encrypted += letter) += '\0';
  CHECK(codes(encrypted) == "D0113@0");
  CHECK(codes("PK\x03\x04") == "D0114@0");
  CHECK(codes("PK\x05\x06" + std::string(18, '\0')) == "D0114@0");
  const TemporaryWorkbook open_document(
      std::vector<workbook::sample::Part>{{"mimetype", "x"}, {"content.xml", "<x/>"}});
  CHECK(ReadFiles(schema, {open_document.path()}).codes() == "D0106@0");
  const TemporaryWorkbook archive(std::vector<workbook::sample::Part>{{"data.csv", "code\nA1\n"}});
  CHECK(ReadFiles(schema, {archive.path()}).codes() == "D0115@0");
}

TEST_CASE("many rows, in batches") {
  std::string rows = kHeader;
  for (int row = 2; row < 5002; ++row) {
    const std::string number = std::to_string(row);
    rows += Row(row, Number("A" + number, number) + Text("B" + number, "乙"));
  }
  const ReadResult read = ReadSheets({{"S", rows}});
  CHECK(read.codes() == "");
  CHECK(read.rows.size() == 5000);
  CHECK(read.lines.back() == 5001);
}

}  // namespace
}  // namespace pol::records
