#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "polc/policy.h"
#include "polc/schema_form.h"
#include "runtime/records/cells.h"
#include "runtime/records/reader.h"
#include "runtime/workbook/archive.h"
#include "runtime/workbook/workbook.h"
#include "tests/runtime/workbook_maker.h"

namespace polc {
namespace {

using pol::program::ValueKind;

pol::program::Program LoadIntake() {
  std::optional<pol::program::Program> program = LoadProgram("tests/golden/schema/intake.pol", {});
  REQUIRE(program.has_value());
  return std::move(*program);
}

TEST_CASE("years") {
  CHECK(ParseYears("2023")->first == 2023);
  CHECK(ParseYears("2021..2023")->last == 2023);
  for (const char* text :
       {"", "..", "2023..", "..2023", "2023..2021", "1899", "2156", "23", "2021...2023", "2021-2023"}) {
    CAPTURE(text);
    CHECK_FALSE(ParseYears(text).has_value());
  }
  const pol::program::Program program = LoadIntake();
  const std::optional<YearRange> years = YearsAskedFor(program, *pol::records::ParseDate("2024-06-30"));
  REQUIRE(years.has_value());
  CHECK(years->first == 2021);
  CHECK(years->last == 2023);
}

// What somebody may type under a header.
std::string Typed(const pol::program::Fact& fact) {
  switch (fact.type.kind) {
    case ValueKind::kDate:
      return "2024-03-01";
    case ValueKind::kTruth:
      return "是";
    case ValueKind::kEnumeration:
      return "企业";
    case ValueKind::kCreditCode:
      return "91350100M000100Y43";
    default:
      return "12";
  }
}

// The parts of a workbook that a reader needs, with a row put into the first sheet.
std::vector<pol::workbook::sample::Part> Filled(const std::string& form, const std::string& row) {
  pol::workbook::Fault fault;
  const auto archive = pol::workbook::Archive::FromBytes(form, fault);
  REQUIRE(archive != nullptr);
  std::vector<pol::workbook::sample::Part> parts;
  for (const char* name :
       {"[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels",
        "xl/styles.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"}) {
    const auto stream = archive->Open(name, pol::workbook::kMostPartBytes, fault);
    REQUIRE(stream != nullptr);
    std::string text;
    char block[4096];
    while (const std::size_t count = stream->Read(block, sizeof block)) text.append(block, count);
    if (std::string{name}.ends_with("sheet1.xml")) text.insert(text.find("</sheetData>"), row);
    parts.push_back({name, std::move(text)});
  }
  return parts;
}

TEST_CASE("the workbook filled in is read back without a notice, and is the same each time") {
  const pol::program::Program program = LoadIntake();
  for (const bool all : {false, true}) {
    const std::vector<FormTable> tables =
        MakeForm(program, {.years = YearRange{.first = 2021, .last = 2023}, .all = all});
    const std::optional<std::string> form = FormAsWorkbook(tables, {});
    REQUIRE(form.has_value());
    CHECK(*form == FormAsWorkbook(tables, {}));
    std::string cells;
    for (std::uint32_t column = 0; column < tables[0].columns.size(); ++column) {
      cells += pol::workbook::sample::Text(std::string(1, static_cast<char>('A' + column)) + "2",
                                           Typed(tables[0].schema.facts[tables[0].columns[column].fact]));
    }
    const pol::workbook::sample::TemporaryWorkbook file(Filled(*form, pol::workbook::sample::Row(2, cells)));
    const pol::records::sample::ReadResult read =
        pol::records::sample::ReadFiles(program.schema, {file.path()});
    CHECK(read.codes() == "");
    CHECK(read.notices() == "");
    CHECK(read.rows.size() == 1);
  }
}

}  // namespace
}  // namespace polc
