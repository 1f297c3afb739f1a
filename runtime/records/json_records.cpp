#include "runtime/records/json_records.h"

#include <simdjson.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace pol::records {
namespace {

bool IsBlank(char byte) { return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r'; }

// Follows brackets and strings, byte by byte; nesting of any depth is a number.
struct Nesting {
  std::int64_t depth = 0;
  bool in_string = false;
  bool escaped = false;

  void Take(char byte) {
    if (in_string) {
      if (escaped) {
        escaped = false;
      } else if (byte == '\\') {
        escaped = true;
      } else if (byte == '"') {
        in_string = false;
      }
    } else if (byte == '"') {
      in_string = true;
    } else if (byte == '{' || byte == '[') {
      ++depth;
    } else if (byte == '}' || byte == ']') {
      --depth;
    }
  }
  bool closed() const { return depth <= 0 && !in_string; }
};

}  // namespace

JsonRecords::JsonRecords(TextSource source, Problems& problems)
    : source_(std::move(source)), buffer_(TextSource::kStep + simdjson::SIMDJSON_PADDING) {
  shape_ = ShapeOf(source_.ahead(), source_.file());
  if (shape_ == Shape::kArray && SkipBlanks(problems)) {
    MoveTo(begin_ + 1);
    list_open_ = true;
  }
}

JsonRecords::Shape JsonRecords::ShapeOf(std::string_view beginning, std::string_view file) {
  const auto first = std::find_if_not(beginning.begin(), beginning.end(), IsBlank);
  if (first != beginning.end() && *first == '[') return Shape::kArray;
  if (file.ends_with(".ndjson") || file.ends_with(".jsonl")) return Shape::kLines;
  // An object that goes on over several lines is no line of NDJSON.
  Nesting nesting;
  for (auto byte = first; byte != beginning.end() && *byte != '\n'; ++byte) nesting.Take(*byte);
  return nesting.closed() ? Shape::kLines : Shape::kObjects;
}

void JsonRecords::MoveTo(std::size_t position) {
  next_line_ +=
      static_cast<std::uint64_t>(std::count(buffer_.data() + begin_, buffer_.data() + position, '\n'));
  begin_ = position;
}

bool JsonRecords::Fill(Problems& problems) {
  const std::size_t padding = simdjson::SIMDJSON_PADDING;
  if (begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  const std::size_t capacity = buffer_.size() - padding;
  if (end_ == capacity && capacity < kMostRecord)
    buffer_.resize(std::min(capacity * 2, kMostRecord) + padding);
  const std::size_t before = end_;
  while (end_ < buffer_.size() - padding && !ended_) {
    const std::size_t count = source_.Take(buffer_.data() + end_, buffer_.size() - padding - end_, problems);
    if (count == 0) ended_ = true;
    end_ += count;
  }
  return end_ > before;
}

bool JsonRecords::SkipBlanks(Problems& problems) {
  while (true) {
    std::size_t at = begin_;
    while (at < end_ && (IsBlank(buffer_[at]) || (list_open_ && buffer_[at] == ','))) ++at;
    MoveTo(at);
    if (begin_ < end_) return true;
    if (!Fill(problems)) return false;
  }
}

JsonRecords::Kind JsonRecords::Next(Problems& problems) {
  return shape_ == Shape::kLines ? NextLine(problems) : NextValue(problems);
}

JsonRecords::Kind JsonRecords::NextLine(Problems& problems) {
  if (!SkipBlanks(problems)) return Kind::kEnd;
  bool too_big = false;
  std::size_t scanned = 0;
  line_ = next_line_;
  while (true) {
    const char* const text = buffer_.data() + begin_;
    const void* const found = std::memchr(text + scanned, '\n', end_ - begin_ - scanned);
    if (found != nullptr || (ended_ && !Fill(problems))) {
      record_begin_ = begin_;
      record_end_ =
          found == nullptr ? end_ : begin_ + static_cast<std::size_t>(static_cast<const char*>(found) - text);
      MoveTo(record_end_);
      while (record_end_ > record_begin_ && IsBlank(buffer_[record_end_ - 1])) --record_end_;
      return too_big ? Kind::kTooBig : Kind::kRecord;
    }
    scanned = end_ - begin_;
    if (scanned >= kMostRecord) {
      too_big = true;
      MoveTo(end_);
      scanned = 0;
    }
    Fill(problems);
  }
}

JsonRecords::Kind JsonRecords::NextValue(Problems& problems) {
  if (!SkipBlanks(problems)) {
    line_ = next_line_;
    return std::exchange(list_open_, false) ? Kind::kCutShort : Kind::kEnd;
  }
  line_ = next_line_;
  if (list_closed_) {
    MoveTo(end_);
    while (Fill(problems)) MoveTo(end_);
    return Kind::kTextAfterList;
  }
  if (list_open_ && buffer_[begin_] == ']') {
    list_open_ = false;
    list_closed_ = true;
    MoveTo(begin_ + 1);
    return NextValue(problems);
  }
  Nesting nesting;
  bool too_big = false;
  bool nested =
      false;  // an object or array: ends where it is closed; anything else at a comma, bracket or blank
  std::size_t at = begin_;
  while (true) {
    for (; at < end_; ++at) {
      const char byte = buffer_[at];
      const bool ends_bare =
          nesting.closed() && at > begin_ && (byte == ',' || IsBlank(byte) || (list_open_ && byte == ']'));
      if (!ends_bare) nesting.Take(byte);
      nested = nested || nesting.depth > 0;
      if (!ends_bare && !(nested && nesting.closed())) continue;
      record_begin_ = begin_;
      record_end_ = ends_bare ? at : at + 1;
      MoveTo(record_end_);
      return too_big ? Kind::kTooBig : Kind::kRecord;
    }
    if (end_ - begin_ >= kMostRecord) {
      too_big = true;
      MoveTo(end_);
    }
    const std::size_t read = at - begin_;
    if (Fill(problems)) {
      at = begin_ + read;
      continue;
    }
    MoveTo(end_);
    const bool list_was_open = std::exchange(list_open_, false);
    if (list_was_open || !nesting.closed()) return Kind::kCutShort;
    record_begin_ = begin_ - read;
    record_end_ = begin_;
    return Kind::kRecord;
  }
}

}  // namespace pol::records
