#include "runtime/workbook/sheet_rows.h"

#include <algorithm>
#include <utility>

#include "runtime/text/utf8.h"

namespace pol::workbook {
namespace {

// No text has this number.
constexpr std::uint32_t kNoText = 0xffffffff;

// A cell as the part has it.
struct RawCell {
  enum class Type : std::uint8_t { kNumber, kShared, kText, kBoolean, kError };
  std::uint32_t column = 0;
  std::uint32_t style = 0;
  Type type = Type::kNumber;
  bool formula = false;
  bool valued = false;             // it has a value, if only an empty one
  std::size_t begin = 0, end = 0;  // of its text in the row's
};

RawCell::Type TypeOf(std::string_view name) {
  if (name == "s") return RawCell::Type::kShared;
  if (name == "b") return RawCell::Type::kBoolean;
  if (name == "e") return RawCell::Type::kError;
  // "d" is a date as text, as people write it.
  if (name == "str" || name == "inlineStr" || name == "d") return RawCell::Type::kText;
  return RawCell::Type::kNumber;
}

}  // namespace

class SheetRows::Handler : public XmlHandler {
 public:
  void Start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "row") return StartRow(attributes);
    if (!in_row_) return;
    if (name == "c") return StartCell(attributes);
    if (!in_cell_) return;
    if (name == "f") cells.back().formula = true;
    if (name == "rPh") phonetic_ = true;
    in_text_ = name == "v" || (name == "t" && !phonetic_);
    if (in_text_) cells.back().valued = true;
  }

  void End(std::string_view name) override {
    in_text_ = false;
    if (name == "rPh") phonetic_ = false;
    if (name == "c" && in_cell_) EndCell();
    if (name != "row" || !in_row_) return;
    in_row_ = false;
    pause = too_big || !cells.empty();
  }

  void Text(std::string_view piece) override {
    if (!in_text_ || too_big) return;
    too_big =
        text.size() + piece.size() > kMostRow || text.size() - cells.back().begin + piece.size() > kMostCell;
    if (!too_big) text += piece;
  }

  std::uint32_t row = 0;
  bool too_big = false;
  std::vector<RawCell> cells;  // those with a value or a formula
  std::string text;

 private:
  void StartRow(const XmlAttributes& attributes) {
    const std::uint32_t before = row;
    row = ToNumber(attributes.Find("r"), before + 1);
    if (row <= before || row > kMostRows) refusal = "its rows are out of order";
    cells.clear();
    text.clear();
    too_big = false;
    next_column_ = 0;
    in_row_ = true;
  }

  void StartCell(const XmlAttributes& attributes) {
    RawCell cell;
    cell.column = next_column_;
    std::uint32_t named_row = row;
    const std::string_view name = attributes.Find("r");
    if (!name.empty() && !ParseCellName(name, named_row, cell.column)) named_row = 0;
    if (named_row != row || cell.column < next_column_ || cell.column >= kMostColumns) {
      refusal = "its cells are out of order";
      return;
    }
    next_column_ = cell.column + 1;
    cell.style = ToNumber(attributes.Find("s"), 0);
    cell.type = TypeOf(attributes.Find("t"));
    cell.begin = cell.end = text.size();
    cells.push_back(cell);
    in_cell_ = true;
    phonetic_ = false;
  }

  void EndCell() {
    in_cell_ = false;
    cells.back().end = text.size();
    if (!cells.back().valued && !cells.back().formula) cells.pop_back();
  }

  std::uint32_t next_column_ = 0;
  bool in_row_ = false, in_cell_ = false, in_text_ = false, phonetic_ = false;
};

SheetRows::SheetRows(const Workbook& workbook)
    : workbook_(&workbook), handler_(std::make_unique<Handler>()) {}
SheetRows::~SheetRows() = default;

std::unique_ptr<SheetRows> SheetRows::Open(const Workbook& workbook, const Sheet& sheet, bool with_merged,
                                           Fault& fault) {
  std::unique_ptr<SheetRows> rows{new SheetRows(workbook)};
  if (with_merged && !rows->merged_.Read(workbook, sheet, fault)) return nullptr;
  std::unique_ptr<PartStream> part = workbook.archive().Open(sheet.part, kMostSheetBytes, fault);
  if (part == nullptr) return nullptr;
  rows->xml_ = std::make_unique<XmlStream>(std::move(part), sheet.part, *rows->handler_);
  return rows;
}

std::uint32_t SheetRows::row() const { return handler_->row; }

bool SheetRows::too_big() const { return handler_->too_big; }

const Fault& SheetRows::fault() const { return fault_.any() ? fault_ : xml_->fault(); }

bool SheetRows::Next() {
  while (!fault_.any() && xml_->Advance()) {
    if (!merged_.StartRow(row())) {
      fault_ = {FaultKind::kDamaged, {}, "too many of its merged cells lie beside each other"};
      return false;
    }
    cells_.clear();
    if (too_big()) return true;
    Show();
    if (!cells_.empty()) return true;
  }
  return false;
}

// What the cells of the row show; blank ones are left out.
void SheetRows::Show() {
  for (const RawCell& raw : handler_->cells) {
    const std::string_view text = std::string_view{handler_->text}.substr(raw.begin, raw.end - raw.begin);
    RowCell cell;
    cell.column = raw.column;
    CellText& shown = cell.shown;
    if (raw.formula && text.empty() && raw.type != RawCell::Type::kText) {
      shown.fault = CellFault::kNotCalculated;
    } else if (text.empty()) {
      continue;
    } else if (raw.type == RawCell::Type::kNumber) {
      ShowNumber(text::Trim(text), workbook_->format(raw.style), workbook_->system_1904(), shown);
    } else if (raw.type == RawCell::Type::kShared) {
      const std::optional<std::string_view> shared = workbook_->shared_text(ToNumber(text, kNoText));
      shown.text = shared.value_or(text);
      if (!shared.has_value()) shown.fault = CellFault::kBadNumber;
    } else if (raw.type == RawCell::Type::kBoolean) {
      shown.text = text == "1" || text == "true" ? "TRUE" : "FALSE";
    } else {
      shown.text = text;
      if (raw.type == RawCell::Type::kError) shown.fault = CellFault::kErrorValue;
      if (text.find("_x") != std::string_view::npos) Unescape(shown.text);
    }
    if (!shown.text.empty() || shown.fault != CellFault::kNone) cells_.push_back(std::move(cell));
  }
  ShowMerged();
}

void SheetRows::ShowMerged() {
  if (merged_.active().empty() || cells_.empty()) return;
  for (CellRange& range : merged_.active()) {
    for (std::uint32_t column = range.first_column; column <= range.last_column; ++column) {
      const auto place =
          std::lower_bound(cells_.begin(), cells_.end(), column,
                           [](const RowCell& cell, std::uint32_t at) { return cell.column < at; });
      const bool there = place != cells_.end() && place->column == column;
      if (column == range.first_column && row() == range.first_row) {
        range.filled = there;
      } else if (there) {
        place->merged = true;
      } else if (range.filled) {
        RowCell cell;
        cell.column = column;
        cell.merged = true;
        cells_.insert(place, std::move(cell));
      }
    }
  }
}

std::string ColumnName(std::uint32_t column) {
  std::string name;
  for (std::uint32_t rest = column + 1; rest > 0; rest = (rest - 1) / 26) {
    name.insert(name.begin(), static_cast<char>('A' + (rest - 1) % 26));
  }
  return name;
}

}  // namespace pol::workbook
