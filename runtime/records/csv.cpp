#include "runtime/records/csv.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "runtime/text/utf8.h"

namespace pol::records {
namespace {

// Where a byte stands in a row that is passed over.
enum class State : std::uint8_t { kCellStart, kPlain, kQuoted, kQuoteInQuoted };

State After(State state, char byte, char delimiter) {
  if (state == State::kQuoted) return byte == '"' ? State::kQuoteInQuoted : State::kQuoted;
  if (state == State::kQuoteInQuoted && byte == '"') return State::kQuoted;
  if (byte == delimiter) return State::kCellStart;
  if (state != State::kCellStart) return State::kPlain;
  if (byte == ' ') return State::kCellStart;
  return byte == '"' ? State::kQuoted : State::kPlain;
}

}  // namespace

CsvRows::CsvRows(TextSource source, Problems& problems)
    : source_(std::move(source)), buffer_(TextSource::kStep) {
  Fill(problems);
  DetectDelimiter();
}

void CsvRows::DetectDelimiter() {
  constexpr std::string_view kDelimiters = ",\t;";
  std::array<std::size_t, kDelimiters.size()> counts{};
  bool quoted = false;
  bool blank = true;
  for (std::size_t at = begin_; at < end_; ++at) {
    const char byte = buffer_[at];
    if (byte == '"') quoted = !quoted;
    if ((byte == '\n' || byte == '\r') && !quoted && !blank) break;
    const std::size_t index = kDelimiters.find(byte);
    if (index != std::string_view::npos && !quoted) ++counts[index];
    blank = blank && static_cast<unsigned char>(byte) <= ' ';
  }
  const auto most = std::max_element(counts.begin(), counts.end());
  delimiter_ = kDelimiters[static_cast<std::size_t>(most - counts.begin())];
}

// Moves the row being read to the front of the buffer and appends text; false when there is none or no room.
bool CsvRows::Fill(Problems& problems) {
  if (begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  if (end_ == buffer_.size() && buffer_.size() < kMostRow)
    buffer_.resize(std::min(buffer_.size() * 2, kMostRow));
  const std::size_t before = end_;
  while (end_ < buffer_.size() && !ended_) {
    const std::size_t count = source_.Take(buffer_.data() + end_, buffer_.size() - end_, problems);
    if (count == 0) ended_ = true;
    end_ += count;
  }
  return end_ > before;
}

// From behind an opening quotation mark to behind the closing one, or to the end of the buffer.
std::size_t CsvRows::ScanQuoted(std::size_t at, RawCell& cell) {
  cell.begin = at;
  cell.doubled = false;
  for (; at < end_; ++at) {
    const char byte = buffer_[at];
    if (byte == '\n') ++row_lines_;
    if (byte == '\r' && at + 1 < end_ && buffer_[at + 1] != '\n') ++row_lines_;
    if (byte != '"') continue;
    if (at + 1 < end_ && buffer_[at + 1] == '"') {
      cell.doubled = true;
      ++at;
      continue;
    }
    cell.end = at;
    return at + 1;
  }
  cell.end = end_;
  open_quote_ = true;
  return end_;
}

CsvRows::Scan CsvRows::ScanRow() {
  raw_.clear();
  row_lines_ = 0;
  open_quote_ = false;
  std::size_t at = begin_;
  while (true) {
    RawCell cell{.begin = at, .end = at};
    const std::size_t cell_begin = at;
    while (at < end_ && buffer_[at] == ' ') ++at;
    const bool quoted = at < end_ && buffer_[at] == '"';
    if (quoted) at = ScanQuoted(at + 1, cell);
    const std::size_t behind = at;
    while (at < end_ && buffer_[at] != delimiter_ && buffer_[at] != '\n' && buffer_[at] != '\r') ++at;
    if (at - cell_begin > kMostCell) return Scan::kCellTooBig;
    if (quoted) {
      const std::string_view rest{buffer_.data() + behind, at - behind};
      cell.broken = !text::Trim(rest).empty();
      // What the writer meant is unknown; the cell is shown as it stands.
      if (cell.broken) cell = {.begin = cell_begin, .end = at, .doubled = false, .broken = true};
    } else {
      cell.end = at;
    }
    // A carriage return at the very end may be half of a line break, a quotation mark half of a doubled one.
    const bool undecided = at == end_ || (buffer_[at] == '\r' && at + 1 == end_);
    if (undecided && !ended_) return Scan::kMore;
    if (raw_.size() == kMostCells) return Scan::kRowTooBig;
    raw_.push_back(cell);
    if (at < end_ && buffer_[at] == delimiter_) {
      ++at;
      continue;
    }
    row_end_ = at;
    if (at < end_) row_end_ += buffer_[at] == '\r' && at + 1 < end_ && buffer_[at + 1] == '\n' ? 2 : 1;
    return Scan::kRow;
  }
}

CsvRows::Kind CsvRows::Next(Problems& problems) {
  line_ = next_line_;
  while (true) {
    if (begin_ == end_ && !Fill(problems)) return Kind::kEnd;
    const Scan scan = ScanRow();
    if (scan == Scan::kCellTooBig) return SkipRow(Kind::kCellTooBig, problems);
    if (scan == Scan::kRowTooBig) return SkipRow(Kind::kRowTooBig, problems);
    if (scan == Scan::kRow) break;
    if (end_ - begin_ == kMostRow) return SkipRow(Kind::kRowTooBig, problems);
    Fill(problems);
  }
  PublishCells();
  begin_ = row_end_;
  next_line_ = line_ + row_lines_ + 1;
  if (!open_quote_) return Kind::kRow;
  begin_ = end_;
  return Kind::kOpenQuote;
}

// Passes over the rest of the row without keeping it.
CsvRows::Kind CsvRows::SkipRow(Kind reason, Problems& problems) {
  State state = State::kCellStart;
  bool after_return = false;  // the row ended in a carriage return, a line feed may still belong to it
  next_line_ = line_;
  while (true) {
    for (; begin_ < end_; ++begin_) {
      const char byte = buffer_[begin_];
      if (after_return) {
        if (byte == '\n') ++begin_;
        return reason;
      }
      state = After(state, byte, delimiter_);
      if (byte != '\n' && byte != '\r') continue;
      if (state == State::kQuoted) {
        next_line_ += byte == '\n' ? 1 : 0;
        continue;
      }
      ++next_line_;
      if (byte == '\n') {
        ++begin_;
        return reason;
      }
      after_return = true;
    }
    if (!Fill(problems)) return state == State::kQuoted ? Kind::kOpenQuote : reason;
  }
}

void CsvRows::PublishCells() {
  cells_.clear();
  broken_.clear();
  for (const RawCell& cell : raw_) {
    char* const text = buffer_.data() + cell.begin;
    std::size_t length = cell.end - cell.begin;
    if (cell.doubled) {
      std::size_t kept = 0;
      for (std::size_t at = 0; at < length; ++at) {
        text[kept++] = text[at];
        if (text[at] == '"') ++at;
      }
      length = kept;
    }
    if (cell.broken) broken_.push_back(cells_.size());
    cells_.emplace_back(text, length);
  }
}

bool CsvRows::IsBlank() const {
  return std::all_of(cells_.begin(), cells_.end(),
                     [](std::string_view cell) { return text::Trim(cell).empty(); });
}

}  // namespace pol::records
