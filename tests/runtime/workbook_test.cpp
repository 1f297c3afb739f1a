#include "runtime/workbook/workbook.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "runtime/workbook/sheet_rows.h"
#include "runtime/workbook/spreadsheet_number.h"
#include "tests/runtime/workbook_maker.h"

namespace pol::workbook {
namespace {

using sample::NamedSheet;
using sample::Number;
using sample::Part;
using sample::PartsOf;
using sample::Row;
using sample::TemporaryWorkbook;
using sample::Text;

std::string Plain(std::string_view written) { return PlainNumber(written).value_or("none"); }

TEST_CASE("a number is the shortest decimal that is stored as the same binary fraction") {
  CHECK(Plain("0.1") == "0.1");
  CHECK(Plain("0.10000000000000001") == "0.1");
  CHECK(Plain("0.1000000000000000055511151231257827") == "0.1");
  CHECK(Plain("0.14999999999999999") == "0.15");
  CHECK(Plain("-1.1000000000000001") == "-1.1");
  CHECK(Plain("123456.78999999999") == "123456.79");
  CHECK(Plain("12345678901234.561") == "12345678901234.56");
  // What a formula left over is not rounded away: the file has another number than 0.3.
  CHECK(Plain("0.30000000000000004") == "0.30000000000000004");
  CHECK(Plain("0.29999999999999999") == "0.3");
  CHECK(Plain("0.33333333333333331") == "0.3333333333333333");
  CHECK(Plain("9007199254740993") == "9007199254740992");
  CHECK(Plain("9007199254740991") == "9007199254740991");
  // 2^128: its neighbour above lies twice as far away as that below.
  CHECK(Plain("3.4028236692093846E+38").starts_with("3402823669209385000"));
  CHECK(Plain("1.7976931348623157E+308").size() == 309);
  CHECK(Plain("2.2250738585072014E-308").ends_with("22250738585072014"));
}

TEST_CASE("numbers in every spelling that a file may have") {
  CHECK(Plain("5") == "5");
  CHECK(Plain("5.50") == "5.5");
  CHECK(Plain("-0") == "0");
  CHECK(Plain("1E3") == "1000");
  CHECK(Plain("1.5e-3") == "0.0015");
  CHECK(Plain("2.5E+08") == "250000000");
  CHECK(Plain("+.5") == "0.5");
  CHECK(Plain("") == "none");
  CHECK(Plain("NaN") == "none");
  CHECK(Plain("1,5") == "none");
  CHECK(Plain("1e") == "none");
  CHECK(CountDigits("913501000000100430") == 17);
  CHECK(CountDigits("0.0500") == 1);
  CHECK(TimesHundred("0.1525") == "15.25");
  CHECK(TimesHundred("1") == "100");
}

std::string Day(std::string_view serial, bool system_1904 = false) {
  const std::optional<SerialDate> date = ToDate(serial, system_1904);
  if (!date.has_value()) return "none";
  return std::to_string(date->year) + "-" + std::to_string(date->month) + "-" + std::to_string(date->day) +
         (date->time.empty() ? "" : " " + date->time);
}

TEST_CASE("days of both calendars") {
  CHECK(Day("1") == "1900-1-1");
  CHECK(Day("59") == "1900-2-28");
  CHECK(Day("60") == "1900-2-29");
  CHECK(Day("61") == "1900-3-1");
  CHECK(Day("0") == "1900-1-0");
  CHECK(Day("45352") == "2024-3-1");
  CHECK(Day("45352.5") == "2024-3-1 12:00:00");
  CHECK(Day("45352.00000000001") == "2024-3-1 00:00:01");
  CHECK(Day("45351.999999999") == "2024-2-29 23:59:59");
  CHECK(Day("45352.0123") == "2024-3-1 00:17:43");  // whose digits are no octal number
  CHECK(Day("45352.09") == "2024-3-1 02:09:36");
  CHECK(Day("2958465") == "9999-12-31");
  CHECK(Day("2958466") == "none");
  CHECK(Day("-1") == "none");
  CHECK(Day("0", true) == "1904-1-1");
  CHECK(Day("43890", true) == "2024-3-1");
}

TEST_CASE("number formats") {
  const auto kind = [](std::string_view code) { return ParseFormat(code).kind; };
  CHECK(kind("General") == FormatKind::kNumber);
  CHECK(kind("G/通用格式") == FormatKind::kNumber);
  CHECK(kind("@") == FormatKind::kNumber);
  CHECK(kind("#,##0.00_);[Red]\\(#,##0.00\\)") == FormatKind::kNumber);
  CHECK(kind("_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * \"-\"??_ ;_ @_ ") == FormatKind::kNumber);
  CHECK(kind("0.00E+00") == FormatKind::kNumber);
  CHECK(kind("0.0%") == FormatKind::kPercent);
  CHECK(kind("yyyy-mm-dd") == FormatKind::kDate);
  CHECK(kind("yyyy\"年\"m\"月\"d\"日\";@") == FormatKind::kDate);
  CHECK(kind("[$-804]yyyy/m/d h:mm") == FormatKind::kDate);
  CHECK(kind("[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\"") == FormatKind::kDate);
  CHECK(kind("yyyy\"年\"m\"月\"") == FormatKind::kPart);
  CHECK(kind("m\"月\"d\"日\"") == FormatKind::kPart);
  CHECK(kind("h:mm:ss") == FormatKind::kTime);
  CHECK(kind("[h]:mm") == FormatKind::kTime);
  CHECK(kind("#,##0,") == FormatKind::kScaled);
  CHECK(kind("0.0,\"千元\"") == FormatKind::kScaled);
  CHECK(kind("0!.0000\"万元\"") == FormatKind::kScaled);
  CHECK(kind("[>=10000]0;0.00") == FormatKind::kScaled);
  CHECK(ParseFormat("0\"万元\"").suffix == "万元");
  CHECK(ParseFormat("[$¥-804]#,##0.00").prefix == "¥");
  CHECK(ParseFormat("\"￥\"#,##0;\"￥\"\\-#,##0").prefix == "￥");
  CHECK(ParseFormat("000000").whole_digits == 6);
  CHECK(BuiltInFormat(14).kind == FormatKind::kDate);
  CHECK(BuiltInFormat(31).kind == FormatKind::kDate);
  CHECK(BuiltInFormat(17).kind == FormatKind::kPart);
  CHECK(BuiltInFormat(10).kind == FormatKind::kPercent);
  CHECK(BuiltInFormat(44).kind == FormatKind::kNumber);
  for (const char* code : {"", "\"", "[", "\\", "_", "*", "!", "[$", "[$-", "\"元", ";;;", "0\\", "[>"}) {
    CAPTURE(code);
    CHECK_NOTHROW(ParseFormat(code));
  }
}

std::string Show(std::string_view written, const NumberFormat& format) {
  CellText cell;
  ShowNumber(written, format, false, cell);
  return cell.text + (cell.fault == CellFault::kNone ? "" : "!");
}

TEST_CASE("a cell is what it shows, to its last digit") {
  CHECK(Show("0.153", ParseFormat("0%")) == "15.3%");
  CHECK(Show("5000", ParseFormat("0\"万元\"")) == "5000万元");
  CHECK(Show("-5000", ParseFormat("[$¥-804]#,##0.00")) == "¥-5000");
  CHECK(Show("12.5", ParseFormat("0")) == "12.5");
  CHECK(Show("12", ParseFormat("000000")) == "000012");
  CHECK(Show("45352", ParseFormat("yyyy-mm-dd")) == "2024-03-01");
  CHECK(Show("45352.25", ParseFormat("yyyy-mm-dd")) == "2024-03-01 06:00:00");
  CHECK(Show("45352", ParseFormat("yyyy\"年\"m\"月\"")) == "2024年3月");
  CHECK(Show("45352", ParseFormat("m\"月\"d\"日\"")) == "3月1日");
  CHECK(Show("45352", ParseFormat("yyyy\"年\"")) == "2024");
  CHECK(Show("45352", ParseFormat("aaaa")) == "!");
  CHECK(Show("-3", ParseFormat("yyyy-mm-dd")) == "-3");
  CHECK(Show("5000", ParseFormat("#,##0,")) == "5000!");
  CHECK(Show("abc", NumberFormat{}) == "abc!");
}

// The rows of a sheet, as "2: A=1 C=x"; faults and merged cells are marked.
std::string Read(const std::vector<Part>& parts, std::size_t sheet = 0) {
  const TemporaryWorkbook file(parts);
  Fault fault;
  std::unique_ptr<Archive> archive = Archive::FromFile(file.path(), fault);
  if (archive == nullptr) return "no archive: " + fault.reason;
  const std::unique_ptr<Workbook> workbook = Workbook::Open(std::move(archive), fault);
  if (workbook == nullptr) return "no workbook: " + fault.part + " " + fault.reason;
  if (sheet >= workbook->sheets().size()) return "no sheet";
  const auto rows = SheetRows::Open(*workbook, workbook->sheets()[sheet], true, fault);
  if (rows == nullptr) return "no rows: " + fault.part + " " + fault.reason;
  std::string text;
  while (rows->Next()) {
    text += (text.empty() ? "" : "; ") + std::to_string(rows->row()) + ":";
    if (rows->too_big()) text += " too big";
    for (const RowCell& cell : rows->cells()) {
      text += " " + ColumnName(cell.column) + "=" + cell.shown.text + (cell.merged ? "(merged)" : "") +
              (cell.shown.fault == CellFault::kNone ? "" : "!");
    }
  }
  return text + (rows->fault().any() ? " " + rows->fault().reason : "");
}

std::string ReadSheet(const std::string& rows, const std::string& behind = {}, std::string_view shared = {}) {
  return Read(PartsOf({{"Sheet1", rows, behind}}, shared));
}

TEST_CASE("cells of every type") {
  CHECK(ReadSheet(Row(1, Text("A1", "a") + "<c r=\"C1\" t=\"s\"><v>1</v></c>") +
                      Row(3,
                          "<c r=\"A3\" t=\"b\"><v>1</v></c><c r=\"B3\" t=\"e\"><v>#N/A</v></c>"
                          "<c r=\"C3\" t=\"str\"><f>A1</f><v>text</v></c><c r=\"D3\"><f>1+1</f><v>2</v></c>"
                          "<c r=\"E3\"><f>1+1</f></c><c r=\"F3\"><f>1+1</f><v></v></c>"
                          "<c r=\"G3\" t=\"str\"><f>\"\"</f><v></v></c>"
                          "<c r=\"H3\" t=\"d\"><v>2024-03-01T00:00:00</v></c><c r=\"I3\" s=\"2\"/>"),
                  {},
                  "<si><t>zero</t></si><si><r><t>on</t></r><r><t xml:space=\"preserve\">e </t></r>"
                  "<rPh sb=\"0\" eb=\"1\"><t>phonetic</t></rPh></si>") ==
        "1: A=a C=one ; 3: A=TRUE B=#N/A! C=text D=2 E=! F=! H=2024-03-01T00:00:00");
  CHECK(ReadSheet(Row(1, "<c r=\"A1\" t=\"s\"><v>7</v></c><c r=\"B1\" t=\"s\"><v>-1</v></c>")) ==
        "1: A=7! B=-1!");
  CHECK(ReadSheet(
            "<row><c><v>1</v></c><c t=\"inlineStr\"><is><t>a_x000A_b_x005F_c&amp;_xd800_</t></is></c></row>"
            "<row hidden=\"1\"><c/><c><v>2</v></c></row>") == "1: A=1 B=a\nb_c&_xd800_; 2: B=2");
}

TEST_CASE("prefixes and the 1904 calendar make no difference") {
  std::vector<Part> parts =
      PartsOf({{"S", Row(1, Number("A1", "43890", sample::kDate))}}, {}, "<workbookPr date1904=\"1\"/>");
  CHECK(Read(parts) == "1: A=2024-03-01");
  parts[0].text =
      "<x:worksheet xmlns:x=\"m\"><x:sheetData><x:row r=\"1\"><x:c r=\"A1\"><x:v>5</x:v></x:c></x:row>"
      "</x:sheetData></x:worksheet>";
  CHECK(Read(parts) == "1: A=5");
}

TEST_CASE("merged cells") {
  const std::string rows = Row(1, Text("A1", "a") + Text("B1", "b")) +
                           Row(2, Text("A2", "x") + Text("C2", "c")) + Row(3, Text("C3", "d")) +
                           Row(5, Text("A5", "e"));
  CHECK(ReadSheet(rows,
                  "<mergeCells><mergeCell ref=\"A2:B3\"/><mergeCell ref=\"C3:C5\"/><mergeCell "
                  "ref=\"D1:D5\"/></mergeCells>") ==
        "1: A=a B=b; 2: A=x B=(merged) C=c; 3: A=(merged) B=(merged) C=d; 5: A=e C=(merged)");
  CHECK(ReadSheet(rows, "<mergeCells><mergeCell ref=\"A2\"/></mergeCells>").find("not named") !=
        std::string::npos);
}

TEST_CASE("rows that are too big are passed over") {
  const std::string long_text(SheetRows::kMostCell + 1, 'x');
  CHECK(ReadSheet(Row(1, Text("A1", long_text)) + Row(2, Text("A2", "b"))) == "1: too big; 2: A=b");
}

TEST_CASE("parts that are not what they should be") {
  CHECK(ReadSheet(Row(2, Text("A2", "a")) + Row(1, Text("A1", "a"))).find("out of order") !=
        std::string::npos);
  CHECK(ReadSheet(Row(1, Text("B1", "a") + Text("A1", "a"))).find("out of order") != std::string::npos);
  CHECK(ReadSheet(Row(1, Text("ZZZZ1", "a"))).find("out of order") != std::string::npos);
  CHECK(ReadSheet(Row(1048577, Text("A1048577", "a"))).find("out of order") != std::string::npos);
  CHECK(ReadSheet(Row(1, Text("A1", "a")) + "<row").find("1: A=a") == 0);
  std::string deep;
  for (std::uint32_t depth = 0; depth < kMostDepth; ++depth) deep += "<a>";
  CHECK(ReadSheet(deep).find("nested too deeply") != std::string::npos);
  CHECK(ReadSheet(Row(1, "<c r=\"A1\" x=\"" + std::string(3 * kMostTag, 'x') + "\"/>")).find("too long") !=
        std::string::npos);
}

TEST_CASE("entities of its own are refused") {
  std::vector<Part> parts = PartsOf({{"S", ""}});
  parts[0].text =
      "<!DOCTYPE w [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><worksheet><sheetData><row "
      "r=\"1\">"
      "<c r=\"A1\" t=\"str\"><v>&b;</v></c></row></sheetData></worksheet>";
  CHECK(Read(parts).find("document type") != std::string::npos);
}

TEST_CASE("parts that are missing") {
  const std::vector<Part> whole = PartsOf({{"S", Row(1, Text("A1", "a"))}});
  CHECK(Read(whole) == "1: A=a");
  for (std::size_t missing = 0; missing < whole.size(); ++missing) {
    std::vector<Part> parts = whole;
    parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(missing));
    CAPTURE(whole[missing].name);
    CHECK(Read(parts).starts_with("no "));
  }
  std::vector<Part> other = whole;
  other[1].text =
      "<Types><Override PartName=\"/xl/workbook.xml\" "
      "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></"
      "Types>";
  CHECK(Read(other).starts_with("no workbook"));
}

TEST_CASE("what expands without end stops") {
  std::vector<Part> parts = PartsOf({{"S", ""}});
  parts[0].text = "<worksheet><sheetData>" + std::string(std::size_t{64} << 20U, ' ');
  const TemporaryWorkbook file(parts);
  Fault fault;
  const std::unique_ptr<Workbook> workbook = Workbook::Open(Archive::FromFile(file.path(), fault), fault);
  REQUIRE(workbook != nullptr);
  CHECK(SheetRows::Open(*workbook, workbook->sheets()[0], true, fault) == nullptr);
  CHECK(fault.kind == FaultKind::kTooBig);
}

// Every way to cut a workbook short, and every byte of it changed: an error or the same rows, never more.
TEST_CASE("damaged files") {
  const TemporaryWorkbook file(
      PartsOf({{"S", Row(1, Text("A1", "a") + Number("B1", "45352", sample::kDate))}}));
  std::ifstream stream(file.path(), std::ios::binary);
  const std::string whole{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  const auto open = [](std::string bytes) {
    Fault fault;
    std::unique_ptr<Archive> archive = Archive::FromBytes(std::move(bytes), fault);
    const std::unique_ptr<Workbook> workbook =
        archive == nullptr ? nullptr : Workbook::Open(std::move(archive), fault);
    if (workbook == nullptr || workbook->sheets().empty()) return false;
    const auto rows = SheetRows::Open(*workbook, workbook->sheets()[0], true, fault);
    while (rows != nullptr && rows->Next()) {
    }
    return rows != nullptr && !rows->fault().any();
  };
  CHECK(open(whole));
  for (std::size_t length = 0; length + 22 < whole.size(); length += 7)
    CHECK_FALSE(open(whole.substr(0, length)));
  for (std::size_t at = 0; at < whole.size(); at += 3) {
    std::string changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 0x55);
    open(std::move(changed));
  }
}

TEST_CASE("names of cells") {
  std::uint32_t row = 0;
  std::uint32_t column = 0;
  CHECK(ParseCellName("XFD1048576", row, column));
  CHECK(row == 1048576);
  CHECK(column == 16383);
  for (const char* name : {"", "A", "1", "A0", "XFE1", "A1048577", "a1", "A1B", "A-1"}) {
    CAPTURE(name);
    CHECK_FALSE(ParseCellName(name, row, column));
  }
  CHECK(ColumnName(0) == "A");
  CHECK(ColumnName(25) == "Z");
  CHECK(ColumnName(26) == "AA");
  CHECK(ColumnName(701) == "ZZ");
  CHECK(ColumnName(702) == "AAA");
  CHECK(ColumnName(16383) == "XFD");
}

}  // namespace
}  // namespace pol::workbook
