#include <utility>

#include "runtime/records/csv.h"
#include "runtime/records/csv_header.h"
#include "runtime/records/files.h"
#include "runtime/text/utf8.h"

// Records from CSV: rows (csv.h) through the bound header (csv_header.h) into a batch (filler.h).

namespace pol::records {
namespace {

class CsvReader : public Reader {
 public:
  CsvReader(const program::Schema& schema, Shared& shared, std::uint32_t file, TextSource source,
            Problems& problems)
      : schema_(schema), filler_(schema, shared, file), rows_(std::move(source), problems) {}

  bool Start(Problems& problems) {
    CsvRows::Kind kind = rows_.Next(problems);
    while (kind == CsvRows::Kind::kRow && rows_.IsBlank()) kind = rows_.Next(problems);
    filler_.BeginRow(rows_.line());
    if (kind != CsvRows::Kind::kRow) {
      const bool blank = kind == CsvRows::Kind::kEnd;
      const program::Fact& key = schema_.facts[schema_.key_fact];
      filler_.BeginRow(blank ? 0 : rows_.line());
      filler_.Report(blank ? ProblemKind::kEmptyFile : ProblemKind::kNoHeader, problems, {}, {},
                     {NameAndLabel(key.naming)});
      return false;
    }
    std::optional<CsvHeader> header = BindHeader(schema_, rows_.cells(), filler_, problems);
    if (!header.has_value()) return false;
    header_ = std::move(*header);
    return true;
  }

  bool Next(Batch& batch, Problems& problems) override {
    filler_.Start(batch);
    if (header_.first_year != 0) filler_.builder().CoverYears(header_.first_year, header_.last_year);
    while (!ended_ && !filler_.IsFull()) {
      const CsvRows::Kind kind = rows_.Next(problems);
      if (kind == CsvRows::Kind::kEnd) {
        ended_ = true;
        break;
      }
      filler_.BeginRow(rows_.line());
      if (kind != CsvRows::Kind::kRow || !rows_.IsBlank()) filler_.Meet();
      if (kind != CsvRows::Kind::kRow) {
        ReportUnread(kind, problems);
      } else if (!rows_.IsBlank()) {
        ReadRow(problems);
      }
    }
    return filler_.Finish(problems);
  }

 private:
  void ReportUnread(CsvRows::Kind kind, Problems& problems) {
    switch (kind) {
      case CsvRows::Kind::kCellTooBig:
        return filler_.Report(ProblemKind::kCellTooBig, problems, {}, {},
                              {std::to_string(CsvRows::kMostCell >> 20U)});
      case CsvRows::Kind::kRowTooBig:
        return filler_.Report(ProblemKind::kRowTooBig, problems, {}, {},
                              {std::to_string(CsvRows::kMostRow >> 20U)});
      default:
        return filler_.Report(ProblemKind::kOpenQuote, problems);
    }
  }

  // Whether the row has cells with text in them that the header has no column for.
  bool IsLong() const {
    for (std::size_t cell = header_.cells; cell < rows_.cells().size(); ++cell) {
      if (!text::Trim(rows_.cells()[cell]).empty()) return true;
    }
    return false;
  }

  void ReadRow(Problems& problems) {
    const std::vector<std::string_view>& cells = rows_.cells();
    if (rows_.source().damaged()) filler_.WatchDamage(NameOf(rows_.source().encoding()));
    const bool is_long = IsLong();
    if (is_long || cells.size() < header_.cells) {
      filler_.Report(is_long ? ProblemKind::kRowLong : ProblemKind::kRowShort, problems, {}, {},
                     {std::to_string(cells.size()), std::to_string(header_.cells)});
    }
    const std::size_t key = header_.key.cell;
    if (!filler_.PutKey(key < cells.size() ? cells[key] : std::string_view{}, header_.key.header, problems))
      return;
    for (const BoundColumn& column : header_.columns) {
      const std::uint32_t lane =
          column.year == 0 ? filler_.row() : filler_.builder().LaneOfYear(filler_.row(), column.year);
      if (is_long || column.unreadable) {
        filler_.PutState(column.fact, lane, CellState::kUnreadable);
      } else if (column.cell >= cells.size()) {
        filler_.PutState(column.fact, lane, CellState::kMissing);
      } else if (rows_.IsBroken(column.cell)) {
        filler_.Report(ProblemKind::kTextAfterQuote, problems, column.header, cells[column.cell]);
        filler_.PutState(column.fact, lane, CellState::kUnreadable);
      } else {
        filler_.Put(column.fact, lane, cells[column.cell], column.unit, column.header, problems);
      }
    }
    filler_.EndRow(problems);
  }

  const program::Schema& schema_;
  Filler filler_;
  CsvRows rows_;
  CsvHeader header_;
  bool ended_ = false;
};

}  // namespace

std::unique_ptr<Reader> OpenCsv(const program::Schema& schema, Shared& shared, std::uint32_t file,
                                TextSource source, Problems& problems) {
  auto reader = std::make_unique<CsvReader>(schema, shared, file, std::move(source), problems);
  if (!reader->Start(problems)) return nullptr;
  return reader;
}

}  // namespace pol::records
