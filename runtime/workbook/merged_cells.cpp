#include "runtime/workbook/merged_cells.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "runtime/workbook/sheet_rows.h"
#include "runtime/workbook/xml_stream.h"

namespace pol::workbook {
namespace {

constexpr std::string_view kMark = "mergeCell";

// Whether the part says "mergeCell" anywhere: a search of bytes is much faster than reading XML.
bool Mentions(const Archive& archive, const std::string& part, Fault& fault) {
  std::unique_ptr<PartStream> stream = archive.Open(part, kMostSheetBytes, fault);
  if (stream == nullptr) return false;
  std::string block;
  constexpr std::size_t kStep = std::size_t{1} << 16U;
  while (true) {
    // What the block before ended in may be half of the word.
    const std::size_t kept = std::min(block.size(), kMark.size() - 1);
    block.erase(0, block.size() - kept);
    block.resize(kept + kStep);
    const std::size_t count = stream->Read(block.data() + kept, kStep);
    block.resize(kept + count);
    if (count == 0) {
      fault = stream->fault();
      return false;
    }
    if (block.find(kMark) != std::string::npos) return true;
  }
}

class Handler : public XmlHandler {
 public:
  void Start(std::string_view name, const XmlAttributes& attributes) override {
    if (name != "mergeCell") return;
    const std::string_view reference = attributes.Find("ref");
    const std::size_t colon = reference.find(':');
    CellRange range;
    const bool good = colon != std::string_view::npos &&
                      ParseCellName(reference.substr(0, colon), range.first_row, range.first_column) &&
                      ParseCellName(reference.substr(colon + 1), range.last_row, range.last_column);
    if (!good || ranges.size() == kMostMerges) {
      refusal = good ? "it has too many merged cells" : "its merged cells are not named as cells are";
      return;
    }
    ranges.push_back(range);
  }
  std::vector<CellRange> ranges;
};

}  // namespace

bool ParseCellName(std::string_view name, std::uint32_t& row, std::uint32_t& column) {
  std::size_t at = 0;
  std::uint32_t columns = 0;
  for (; at < name.size() && at < 4 && name[at] >= 'A' && name[at] <= 'Z'; ++at) {
    columns = columns * 26 + static_cast<std::uint32_t>(name[at] - 'A' + 1);
  }
  row = ToNumber(name.substr(at), 0);
  column = columns - 1;
  return at > 0 && columns <= kMostColumns && row > 0 && row <= kMostRows;
}

bool MergedCells::Read(const Workbook& workbook, const Sheet& sheet, Fault& fault) {
  if (!Mentions(workbook.archive(), sheet.part, fault)) return !fault.any();
  Handler handler;
  if (!ReadXml(workbook.archive(), sheet.part, kMostSheetBytes, handler, fault)) return false;
  ranges_ = std::move(handler.ranges);
  std::stable_sort(ranges_.begin(), ranges_.end(),
                   [](const CellRange& a, const CellRange& b) { return a.first_row < b.first_row; });
  return true;
}

bool MergedCells::StartRow(std::uint32_t row) {
  std::erase_if(active_, [&](const CellRange& range) { return range.last_row < row; });
  for (; next_ < ranges_.size() && ranges_[next_].first_row <= row; ++next_) {
    if (ranges_[next_].last_row >= row) active_.push_back(ranges_[next_]);
  }
  return active_.size() <= kMostAtOnce;
}

}  // namespace pol::workbook
