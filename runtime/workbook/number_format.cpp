#include "runtime/workbook/number_format.h"

#include <algorithm>
#include <initializer_list>

#include "runtime/text/utf8.h"

namespace pol::workbook {
namespace {

char Small(char byte) { return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte; }

bool IsPlaceholder(char byte) { return byte == '0' || byte == '#' || byte == '?'; }

// Reads one section from left to right.
class Scanner {
 public:
  explicit Scanner(std::string_view code) : code_(code) {}

  NumberFormat Scan() {
    while (at_ < code_.size() && code_[at_] != ';') Step();
    return Finish();
  }

 private:
  void Step() {
    const char byte = code_[at_];
    if (byte == '"') return Quoted();
    if (byte == '[') return Bracket();
    if (byte == '\\' || byte == '!') return Literal(Take(1));
    // The width of a sign left free, and a sign repeated to fill the cell, show nothing.
    if (byte == '_' || byte == '*') {
      Take(1);
      return;
    }
    if (IsPlaceholder(byte)) return Placeholder(byte);
    if (static_cast<unsigned char>(byte) >= 0x80 || byte == '$') return Literal(Take(0));
    if (byte == '%') ++percents_;
    if (byte == ',' && seen_digit_) ++commas_;
    if (byte == '.') point_ = point_ || seen_digit_;
    Letter(Small(byte));
  }

  void Letter(char letter) {
    const std::string_view rest = code_.substr(at_);
    if (rest.starts_with("General") || rest.starts_with("G/")) {
      at_ = std::min(code_.find_first_of(";\"", at_), code_.size());
      seen_digit_ = true;
      return;
    }
    if (rest.starts_with("AM/PM") || rest.starts_with("am/pm") || rest.starts_with("A/P")) {
      time_ = true;
      at_ += rest[1] == '/' ? 3 : 5;
      return;
    }
    // "E+" is a power of ten, another e a year.
    if (letter == 'e' && rest.size() > 1 && (rest[1] == '+' || rest[1] == '-') && seen_digit_) {
      at_ += 2;
      return;
    }
    year_ = year_ || letter == 'y' || letter == 'e';
    month_ = month_ || letter == 'm';
    day_ = day_ || letter == 'd';
    weekday_ = weekday_ || letter == 'a';
    time_ = time_ || letter == 'h' || letter == 's';
    ++at_;
  }

  void Placeholder(char byte) {
    if (commas_ > 0) commas_ = 0;  // they group digits
    broken_ = broken_ || (seen_digit_ && !suffix_.empty());
    seen_digit_ = true;
    if (byte == '0' && !point_) ++zeros_;
    ++at_;
  }

  // The sign behind `skip` bytes; moves past both.
  std::string_view Take(std::size_t skip) {
    const std::size_t begin = std::min(at_ + skip, code_.size());
    at_ = begin;
    if (at_ < code_.size()) text::NextCharacter(code_, at_);
    return code_.substr(begin, at_ - begin);
  }

  void Quoted() {
    const std::size_t end = std::min(code_.find('"', at_ + 1), code_.size());
    Literal(code_.substr(at_ + 1, end - at_ - 1));
    at_ = std::min(end + 1, code_.size());
  }

  // [$¥-804] is a currency; [Red], [>100], [DBNum1] are not shown; [h] is a time that goes past 24 hours.
  void Bracket() {
    const std::size_t end = std::min(code_.find(']', at_), code_.size());
    const std::string_view inside = code_.substr(at_ + 1, end - std::min(end, at_ + 1));
    if (inside.starts_with('$')) Literal(inside.substr(1, std::min(inside.find('-'), inside.size()) - 1));
    if (inside.starts_with('>') || inside.starts_with('<') || inside.starts_with('=')) condition_ = true;
    const bool elapsed = !inside.empty() && inside.find_first_not_of("hHmMsS") == std::string_view::npos;
    time_ = time_ || elapsed;
    at_ = std::min(end + 1, code_.size());
  }

  void Literal(std::string_view text) {
    if (commas_ > 0) scaled_ = true;
    (seen_digit_ ? suffix_ : prefix_) += text;
  }

  NumberFormat Finish() {
    NumberFormat format;
    const bool calendar = year_ || day_ || (month_ && !time_) || weekday_;
    if (calendar && !seen_digit_) {
      format.shows_year = year_;
      format.shows_month = month_ && (year_ || day_ || !time_);
      format.shows_day = day_;
      format.kind = year_ && format.shows_month && day_ ? FormatKind::kDate : FormatKind::kPart;
      return format;
    }
    if (time_) {
      format.kind = FormatKind::kTime;
      return format;
    }
    format.kind = percents_ == 1 ? FormatKind::kPercent : FormatKind::kNumber;
    if (scaled_ || commas_ > 0 || broken_ || condition_ || percents_ > 1) format.kind = FormatKind::kScaled;
    format.prefix = text::Trim(prefix_);
    format.suffix = text::Trim(suffix_);
    format.whole_digits = zeros_;
    return format;
  }

  std::string_view code_;
  std::size_t at_ = 0;
  bool seen_digit_ = false, point_ = false, broken_ = false, scaled_ = false, condition_ = false;
  bool year_ = false, month_ = false, day_ = false, weekday_ = false, time_ = false;
  std::uint32_t percents_ = 0, commas_ = 0, zeros_ = 0;
  std::string prefix_, suffix_;
};

bool IsAny(std::uint32_t id, std::initializer_list<std::uint32_t> ids) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

}  // namespace

NumberFormat ParseFormat(std::string_view code) { return Scanner(code).Scan(); }

NumberFormat BuiltInFormat(std::uint32_t id) {
  NumberFormat format;
  if (id == 9 || id == 10) format.kind = FormatKind::kPercent;
  if (IsAny(id, {14, 22, 30, 31})) return ParseFormat("yyyy-m-d");
  if (IsAny(id, {15})) return ParseFormat("d-mmm-yy");
  if (IsAny(id, {16, 28, 29, 51, 53, 54, 58})) return ParseFormat("m-d");
  if (IsAny(id, {17, 27, 36, 50, 52, 57})) return ParseFormat("yyyy-m");
  if (IsAny(id, {18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56})) format.kind = FormatKind::kTime;
  return format;
}

}  // namespace pol::workbook
