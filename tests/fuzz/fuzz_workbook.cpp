// Any bytes as a workbook, read to its end; and, cut at the first line break, as a number under a number
// format.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "runtime/workbook/cell_text.h"
#include "runtime/workbook/sheet_rows.h"
#include "runtime/workbook/workbook.h"

namespace {

void ReadWorkbook(std::string bytes) {
  pol::workbook::Fault fault;
  std::unique_ptr<pol::workbook::Archive> archive =
      pol::workbook::Archive::FromBytes(std::move(bytes), fault);
  if (archive == nullptr) return;
  const std::unique_ptr<pol::workbook::Workbook> workbook =
      pol::workbook::Workbook::Open(std::move(archive), fault);
  if (workbook == nullptr) return;
  for (const pol::workbook::Sheet& sheet : workbook->sheets()) {
    const std::unique_ptr<pol::workbook::SheetRows> rows =
        pol::workbook::SheetRows::Open(*workbook, sheet, true, fault);
    std::uint32_t last = 0;
    while (rows != nullptr && rows->Next()) {
      if (rows->row() <= last) __builtin_trap();
      last = rows->row();
    }
  }
}

void ShowCell(const std::string& text) {
  const std::size_t end = text.find('\n');
  if (end == std::string::npos) return;
  pol::workbook::CellText cell;
  pol::workbook::ShowNumber(text.substr(0, end), pol::workbook::ParseFormat(text.substr(end + 1)),
                            end % 2 == 0, cell);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  ShowCell(text);
  ReadWorkbook(text);
  return 0;
}
