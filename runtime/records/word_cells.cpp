#include <algorithm>
#include <cctype>
#include <iterator>

#include "runtime/records/cells.h"
#include "runtime/text/utf8.h"

// Cells made of words: yes and no, credit codes, and the markers that say that nothing is there.

namespace pol::records {
namespace {

// Every spelling of `words`, letters of any case.
template <std::size_t kCount>
bool IsOneOf(std::string_view cell, const std::string_view (&words)[kCount]) {
  constexpr std::size_t kLongest = 24;
  if (cell.size() > kLongest) return false;
  char small[kLongest];
  std::transform(cell.begin(), cell.end(), small, [](char byte) {
    return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte;
  });
  return std::find(std::begin(words), std::end(words), std::string_view{small, cell.size()}) !=
         std::end(words);
}

constexpr std::string_view kYes[] = {"是", "有", "yes", "y", "true", "1", "√", "✓", "✔"};
constexpr std::string_view kNo[] = {"否", "没有", "no", "n", "false", "0", "×", "✗", "✘"};
constexpr std::string_view kBlank[] = {"",     "-",   "--",   "---",  "—",      "——",    "–",  "―",
                                       "/",    "//",  "\\",   "无",   "n/a",    "#n/a",  "na", "null",
                                       "none", "nil", "暂无", "未填", "未填写", "不适用"};
constexpr std::string_view kUnknown[] = {"不详",   "未知",    "待定", "待核实", "待补充",
                                         "不清楚", "unknown", "tbd",  "?",      "??"};

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
constexpr std::size_t kCreditCodeLength = 18;

void Refuse(ProblemKind problem, CellValue& value, std::vector<std::string> arguments = {}) {
  value.state = CellState::kUnreadable;
  value.problem = problem;
  value.arguments = std::move(arguments);
}

}  // namespace

Marker MarkerOf(std::string_view folded_cell) {
  if (folded_cell.empty()) return Marker::kBlank;
  // Most cells begin with a digit, no marker does.
  if (folded_cell.front() >= '0' && folded_cell.front() <= '9') return Marker::kNone;
  if (IsOneOf(folded_cell, kBlank)) return Marker::kBlank;
  return IsOneOf(folded_cell, kUnknown) ? Marker::kUnknown : Marker::kNone;
}

void ReadYesNo(std::string_view cell, CellValue& value) {
  if (cell == "无") return Refuse(ProblemKind::kAmbiguousNone, value);
  value.truth = IsOneOf(cell, kYes);
  if (!value.truth && !IsOneOf(cell, kNo)) return Refuse(ProblemKind::kNotYesNo, value);
  value.state = CellState::kGiven;
}

std::optional<char> CreditCodeCheck(std::string_view code) {
  if (code.size() < kCreditCodeLength - 1) return std::nullopt;
  std::size_t sum = 0;
  std::size_t weight = 1;
  for (const char character : code.substr(0, kCreditCodeLength - 1)) {
    const std::size_t index = kAlphabet.find(character);
    if (index == std::string_view::npos) return std::nullopt;
    sum += index * weight;
    weight = weight * 3 % 31;
  }
  return kAlphabet[(31 - sum % 31) % 31];
}

void ReadCreditCode(std::string_view cell, std::string& scratch, CellValue& value) {
  const bool shortened = cell.find_first_not_of("0123456789.+eE") == std::string_view::npos &&
                         cell.find('.') != std::string_view::npos &&
                         cell.find_first_of("eE") != std::string_view::npos;
  if (shortened) return Refuse(ProblemKind::kShortened, value);
  std::size_t characters = 0;
  for (std::size_t at = 0; at < cell.size(); ++characters) {
    const std::size_t begin = at;
    const char32_t character = text::NextCharacter(cell, at);
    const bool small = character >= U'a' && character <= U'z';
    const char32_t capital = small ? character - U'a' + U'A' : character;
    const bool allowed =
        capital < 0x80 && kAlphabet.find(static_cast<char>(capital)) != std::string_view::npos;
    if (!allowed) {
      return Refuse(ProblemKind::kCreditCodeCharacter, value,
                    {text::Excerpt(cell.substr(begin, at - begin))});
    }
  }
  if (characters != kCreditCodeLength) {
    return Refuse(ProblemKind::kCreditCodeLength, value, {std::to_string(characters)});
  }
  scratch.assign(cell);
  for (char& byte : scratch) {
    if (byte >= 'a' && byte <= 'z') byte = static_cast<char>(byte - 'a' + 'A');
  }
  const std::optional<char> check = CreditCodeCheck(scratch);
  if (check != scratch.back()) return Refuse(ProblemKind::kCreditCodeCheck, value, {std::string(1, *check)});
  value.state = CellState::kGiven;
  value.text = scratch;
}

}  // namespace pol::records
