// Workbooks for tests, made of small XML parts: what is wrong with one can be written down. Only what a test
// says is in them.
#pragma once

#include <minizip/zip.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/runtime/sample_records.h"

namespace pol::workbook::sample {

struct Part {
  std::string name;
  std::string text;
};

struct NamedSheet {
  std::string name;
  std::string rows;  // what stands within <sheetData>
  std::string behind = {};
  std::string attributes = {};
};

inline void WriteArchive(const std::string& path, const std::vector<Part>& parts) {
  const zipFile file = zipOpen64(path.c_str(), APPEND_STATUS_CREATE);
  for (const Part& part : parts) {
    zipOpenNewFileInZip(file, part.name.c_str(), nullptr, nullptr, 0, nullptr, 0, nullptr, Z_DEFLATED, 6);
    zipWriteInFileInZip(file, part.text.data(), static_cast<unsigned>(part.text.size()));
    zipCloseFileInZip(file);
  }
  zipClose(file, nullptr);
}

// A cell of text, of a number (with a style), and any other.
inline std::string Text(std::string_view cell, std::string_view text) {
  return "<c r=\"" + std::string{cell} + "\" t=\"inlineStr\"><is><t>" + std::string{text} + "</t></is></c>";
}
inline std::string Number(std::string_view cell, std::string_view number, int style = 0) {
  return "<c r=\"" + std::string{cell} + "\" s=\"" + std::to_string(style) + "\"><v>" + std::string{number} +
         "</v></c>";
}
inline std::string Row(int row, std::string_view cells) {
  return "<row r=\"" + std::to_string(row) + "\">" + std::string{cells} + "</row>";
}

// Styles of the cells below, by number: general, percent, date, date without a day, in ten thousands, yuan.
enum Style : int { kGeneral, kPercent, kDate, kMonth, kTenThousands, kScaled, kYuan, kYear, kTime };
inline constexpr std::string_view kStyles =
    "<styleSheet><numFmts><numFmt numFmtId=\"170\" formatCode=\"0&quot;万元&quot;\"/>"
    "<numFmt numFmtId=\"171\" formatCode=\"#,##0,\"/><numFmt numFmtId=\"172\" "
    "formatCode=\"[$¥-804]#,##0.00\"/>"
    "<numFmt numFmtId=\"173\" formatCode=\"yyyy&quot;年&quot;\"/>"
    "<numFmt numFmtId=\"174\" formatCode=\"yyyy/m/d h:mm\"/></numFmts>"
    "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"10\"/>"
    "<xf numFmtId=\"14\"/><xf numFmtId=\"17\"/><xf numFmtId=\"170\"/><xf numFmtId=\"171\"/>"
    "<xf numFmtId=\"172\"/><xf numFmtId=\"173\"/><xf numFmtId=\"174\"/></cellXfs></styleSheet>";

inline std::vector<Part> PartsOf(const std::vector<NamedSheet>& sheets, std::string_view shared = {},
                                 std::string_view workbook_settings = {}) {
  std::string list;
  std::string relations = "<Relationship Id=\"s\" Type=\"x/styles\" Target=\"styles.xml\"/>";
  if (!shared.empty())
    relations += "<Relationship Id=\"t\" Type=\"x/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/>";
  std::vector<Part> parts;
  for (const NamedSheet& sheet : sheets) {
    const std::string number = std::to_string(parts.size() + 1);
    list += "<sheet name=\"" + sheet.name + "\" sheetId=\"" + number + "\" " + sheet.attributes +
            " r:id=\"r" + number + "\"/>";
    relations += "<Relationship Id=\"r" + number + "\" Type=\"x/worksheet\" Target=\"worksheets/sheet" +
                 number + ".xml\"/>";
    parts.push_back({"xl/worksheets/sheet" + number + ".xml",
                     "<worksheet><sheetData>" + sheet.rows + "</sheetData>" + sheet.behind + "</worksheet>"});
  }
  parts.push_back(
      {"[Content_Types].xml",
       "<Types><Override PartName=\"/xl/workbook.xml\" "
       "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>"
       "</Types>"});
  parts.push_back({"_rels/.rels",
                   "<Relationships><Relationship Id=\"a\" Type=\"x/officeDocument\" "
                   "Target=\"xl/workbook.xml\"/></Relationships>"});
  parts.push_back({"xl/workbook.xml", "<workbook xmlns:r=\"r\">" + std::string{workbook_settings} +
                                          "<sheets>" + list + "</sheets></workbook>"});
  parts.push_back({"xl/_rels/workbook.xml.rels", "<Relationships>" + relations + "</Relationships>"});
  parts.push_back({"xl/styles.xml", std::string{kStyles}});
  if (!shared.empty()) parts.push_back({"xl/sharedStrings.xml", "<sst>" + std::string{shared} + "</sst>"});
  return parts;
}

// A workbook that lives as long as this object.
class TemporaryWorkbook {
 public:
  explicit TemporaryWorkbook(const std::vector<Part>& parts) : file_("book.xlsx", "") {
    WriteArchive(file_.path(), parts);
  }
  const std::string& path() const { return file_.path(); }

 private:
  records::sample::TemporaryFile file_;
};

}  // namespace pol::workbook::sample
