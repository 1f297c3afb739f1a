#include "runtime/records/sheet_reader.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/records/csv_header.h"
#include "runtime/records/workbook_sheets.h"
#include "runtime/workbook/sheet_rows.h"
#include "runtime/workbook/spreadsheet_number.h"

namespace pol::records {
namespace {

using workbook::CellFault;
using workbook::RowCell;

// Whether values of this kind are made of characters and not of digits that count.
bool IsWritten(program::ValueKind kind) {
  return kind == program::ValueKind::kText || kind == program::ValueKind::kCreditCode ||
         kind == program::ValueKind::kRegion || kind == program::ValueKind::kEnumeration;
}

// Why a cell of such a fact cannot be read whatever it shows; nullopt when its text can be gone on with.
std::optional<ProblemKind> FaultOf(const RowCell& cell, program::ValueKind kind) {
  if (cell.merged) return ProblemKind::kMergedCell;
  switch (cell.shown.fault) {
    case CellFault::kErrorValue:
      return ProblemKind::kErrorValue;
    case CellFault::kNotCalculated:
      return ProblemKind::kNotCalculated;
    case CellFault::kScaled:
      return ProblemKind::kScaledFormat;
    case CellFault::kBadNumber:
      return ProblemKind::kBadNumber;
    case CellFault::kNone:
      break;
  }
  const bool rounded = cell.shown.number && cell.shown.digits > workbook::kKeptDigits && IsWritten(kind);
  if (rounded) return ProblemKind::kNumberForCode;
  return std::nullopt;
}

class SheetReader : public Reader {
 public:
  SheetReader(const program::Schema& schema, Shared& shared, std::uint32_t file,
              const workbook::Workbook& workbook, std::size_t sheet)
      : schema_(schema),
        filler_(schema, shared, file),
        workbook_(workbook),
        sheet_(workbook.sheets()[sheet]) {
    filler_.SetSheet(sheet_.name);
  }

  bool Start(Problems& problems) {
    workbook::Fault fault;
    rows_ = workbook::SheetRows::Open(workbook_, sheet_, true, fault);
    if (rows_ == nullptr) return ReportFault(fault, problems);
    if (!rows_->Next()) {
      if (rows_->fault().any()) return ReportFault(rows_->fault(), problems);
      filler_.Report(ProblemKind::kEmptyFile, problems);
      return false;
    }
    filler_.BeginRow(rows_->row());
    std::vector<std::string_view> cells;
    for (const RowCell& cell : rows_->cells()) {
      cells.resize(cell.column + 1);
      cells.back() = cell.shown.text;
    }
    std::optional<CsvHeader> header = BindHeader(schema_, cells, filler_, problems);
    if (!header.has_value()) return false;
    header_ = std::move(*header);
    return true;
  }

  bool Next(Batch& batch, Problems& problems) override {
    filler_.Start(batch);
    if (header_.first_year != 0) filler_.builder().CoverYears(header_.first_year, header_.last_year);
    while (!ended_ && !filler_.IsFull()) {
      ended_ = !rows_->Next();
      if (ended_) break;
      filler_.Meet();
      filler_.BeginRow(rows_->row());
      ReadRow(problems);
    }
    if (ended_ && rows_->fault().any() && !std::exchange(fault_reported_, true))
      ReportFault(rows_->fault(), problems);
    return filler_.Finish(problems);
  }

 private:
  bool ReportFault(const workbook::Fault& fault, Problems& problems) {
    Problem problem = ToProblem(fault, filler_.file());
    problem.sheet = sheet_.name;
    problems.Add(std::move(problem));
    return false;
  }

  // The cell in a column; nullptr when it is blank.
  const RowCell* CellAt(std::size_t column) const {
    const std::vector<RowCell>& cells = rows_->cells();
    const auto place = std::lower_bound(cells.begin(), cells.end(), column,
                                        [](const RowCell& cell, std::size_t at) { return cell.column < at; });
    return place == cells.end() || place->column != column ? nullptr : &*place;
  }

  void ReadRow(Problems& problems) {
    if (rows_->too_big()) {
      return filler_.Report(ProblemKind::kRowTooBig, problems, {}, {},
                            {std::to_string(workbook::SheetRows::kMostRow >> 20U)});
    }
    const RowCell* const key = CellAt(header_.key.cell);
    filler_.AtColumn(header_.key.cell + 1);
    const program::Fact& key_fact = schema_.facts[schema_.key_fact];
    if (key != nullptr && FaultOf(*key, key_fact.type.kind).has_value()) {
      return filler_.Report(ProblemKind::kUnreadableKey, problems, {}, key->shown.text,
                            {NameAndLabel(key_fact.naming)});
    }
    if (!filler_.PutKey(key == nullptr ? std::string_view{} : key->shown.text, header_.key.header, problems))
      return;
    for (const BoundColumn& column : header_.columns) ReadCell(column, problems);
    filler_.AtColumn(0);
    filler_.EndRow(problems);
  }

  void ReadCell(const BoundColumn& column, Problems& problems) {
    const std::uint32_t lane =
        column.year == 0 ? filler_.row() : filler_.builder().LaneOfYear(filler_.row(), column.year);
    const RowCell* const cell = CellAt(column.cell);
    filler_.AtColumn(column.cell + 1);
    if (column.unreadable) return filler_.PutState(column.fact, lane, CellState::kUnreadable);
    if (cell == nullptr) return filler_.Put(column.fact, lane, {}, column.unit, column.header, problems);
    const std::optional<ProblemKind> fault = FaultOf(*cell, schema_.facts[column.fact].type.kind);
    if (!fault.has_value())
      return filler_.Put(column.fact, lane, cell->shown.text, column.unit, column.header, problems);
    filler_.Report(*fault, problems, column.header, cell->shown.text);
    filler_.PutState(column.fact, lane, CellState::kUnreadable);
  }

  const program::Schema& schema_;
  Filler filler_;
  const workbook::Workbook& workbook_;
  const workbook::Sheet& sheet_;
  std::unique_ptr<workbook::SheetRows> rows_;
  CsvHeader header_;
  bool ended_ = false;
  bool fault_reported_ = false;
};

}  // namespace

std::unique_ptr<Reader> OpenSheet(const program::Schema& schema, Shared& shared, std::uint32_t file,
                                  const workbook::Workbook& workbook, std::size_t sheet, Problems& problems) {
  auto reader = std::make_unique<SheetReader>(schema, shared, file, workbook, sheet);
  if (!reader->Start(problems)) return nullptr;
  return reader;
}

}  // namespace pol::records
