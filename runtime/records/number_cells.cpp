#include <array>
#include <limits>
#include <utility>

#include "runtime/records/cells.h"
#include "runtime/text/utf8.h"

// Cells with numbers in them: money, percent, number, count, year. Digits go straight into an int64; what has
// more than eighteen of them takes the long way over number::ParseDecimal.

namespace pol::records {
namespace {

constexpr std::int32_t kDirectDigits = 18;

constexpr std::array<std::int64_t, kDirectDigits + 1> kPowers = [] {
  std::array<std::int64_t, kDirectDigits + 1> powers{};
  std::int64_t power = 1;
  for (std::int64_t& slot : powers) {
    slot = power;
    power = power < std::numeric_limits<std::int64_t>::max() / 10 ? power * 10 : power;
  }
  return powers;
}();

bool IsDigit(char byte) { return byte >= '0' && byte <= '9'; }

void Refuse(ProblemKind problem, CellValue& value, std::vector<std::string> arguments = {}) {
  value.state = CellState::kUnreadable;
  value.problem = problem;
  value.arguments = std::move(arguments);
}

// Whether `text` is the exponent that a spreadsheet writes when it shortens a number: E+17.
bool IsExponent(std::string_view text) {
  if (text.size() < 2 || (text[0] != 'e' && text[0] != 'E')) return false;
  text.remove_prefix(1);
  if (text[0] == '+' || text[0] == '-') text.remove_prefix(1);
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

enum class Scanned : std::uint8_t { kNothing, kNumber, kRefused };

// The extent of the whole part (digits and commas) of `text`; nullopt when its commas are misplaced.
struct WholePart {
  std::size_t length = 0;
  std::size_t digits = 0;
};
std::optional<WholePart> ScanWholePart(std::string_view text) {
  WholePart part;
  bool grouped = false;
  std::size_t group = 0;
  for (; part.length < text.size(); ++part.length) {
    const char byte = text[part.length];
    if (IsDigit(byte)) {
      ++part.digits;
      ++group;
    } else if (byte == ',') {
      const bool well_placed = grouped ? group == 3 : group >= 1 && group <= 3 && text[0] != '0';
      if (!well_placed) return std::nullopt;
      grouped = true;
      group = 0;
    } else {
      break;
    }
  }
  if (grouped && group != 3) return std::nullopt;
  return part;
}

void SetWide(std::string_view digits_and_commas, CellValue& value) {
  std::string digits{digits_and_commas};
  std::erase(digits, ',');
  if (digits.front() == '.') digits.insert(0, "0");
  std::optional<number::Decimal> decimal = number::ParseDecimal(digits);
  if (!decimal.has_value())
    return Refuse(ProblemKind::kTooManyDigits, value, {std::to_string(number::kMostDigits)});
  value.is_wide = true;
  value.wide_numerator = std::move(decimal->numerator);
  value.scale = decimal->scale;
}

// Reads the number that `text` begins with and moves past it. The sign was taken before.
Scanned ScanNumber(std::string_view& text, CellValue& value) {
  const std::optional<WholePart> whole = ScanWholePart(text);
  if (!whole.has_value()) {
    Refuse(ProblemKind::kMisgrouped, value);
    return Scanned::kRefused;
  }
  std::size_t end = whole->length;
  std::size_t last_place = end;  // past the last decimal place that is not 0
  if (end + 1 < text.size() && text[end] == '.' && IsDigit(text[end + 1])) {
    const std::size_t point = end;
    for (++end; end < text.size() && IsDigit(text[end]); ++end) {
      if (text[end] != '0') last_place = end + 1;
    }
    value.scale = last_place > point ? static_cast<std::int32_t>(last_place - point - 1) : 0;
  } else if (whole->digits == 0) {
    return Scanned::kNothing;
  }
  const std::string_view digits = text.substr(0, last_place);
  text.remove_prefix(end);
  if (IsExponent(text)) {
    Refuse(ProblemKind::kShortened, value);
    return Scanned::kRefused;
  }
  if (whole->digits + static_cast<std::size_t>(value.scale) <= kDirectDigits) {
    for (const char byte : digits) {
      if (IsDigit(byte)) value.numerator = value.numerator * 10 + (byte - '0');
    }
    return Scanned::kNumber;
  }
  SetWide(digits, value);
  return value.state == CellState::kUnreadable ? Scanned::kRefused : Scanned::kNumber;
}

void DropTrailingZeros(CellValue& value) {
  if (value.is_wide) {
    while (value.scale > 0 && value.wide_numerator % 10 == 0) {
      value.wide_numerator /= 10;
      --value.scale;
    }
    return;
  }
  while (value.scale > 0 && value.numerator % 10 == 0) {
    value.numerator /= 10;
    --value.scale;
  }
}

// value := value × 10^exponent.
void MultiplyByPower(std::int32_t exponent, CellValue& value) {
  value.scale -= exponent;
  if (value.scale < 0) {
    const std::int32_t missing = -value.scale;
    value.scale = 0;
    std::int64_t product = 0;
    const bool direct =
        !value.is_wide && missing <= kDirectDigits &&
        !__builtin_mul_overflow(value.numerator, kPowers[static_cast<std::size_t>(missing)], &product);
    if (direct) {
      value.numerator = product;
      return;
    }
    if (!value.is_wide) value.wide_numerator = value.numerator;
    value.is_wide = true;
    value.numerator = 0;
    value.wide_numerator *= boost::multiprecision::pow(number::Integer{10}, static_cast<unsigned>(missing));
    return;
  }
  if (exponent < 0) DropTrailingZeros(value);
}

void Finish(bool negative, std::int32_t exponent, CellValue& value) {
  if (exponent != 0) MultiplyByPower(exponent, value);
  if (value.scale > kMostPlaces)
    return Refuse(ProblemKind::kTooManyPlaces, value, {std::to_string(kMostPlaces)});
  if (negative) {
    value.numerator = -value.numerator;
    if (value.is_wide) value.wide_numerator = -value.wide_numerator;
  }
  value.state = CellState::kGiven;
}

void Clear(CellValue& value) {
  value.state = CellState::kMissing;
  value.numerator = 0;
  value.scale = 0;
  value.is_wide = false;
}

bool TakeSign(std::string_view& text) {
  if (text.empty() || (text.front() != '-' && text.front() != '+')) return false;
  const bool negative = text.front() == '-';
  text = text::Trim(text.substr(1));
  return negative;
}

// "(1,234)" is -1,234 to an accountant; the unit may stand inside or behind.
struct Accounting {
  bool negative = false;
  std::string_view inside;
  std::string_view behind;
};
Accounting TakeBrackets(std::string_view text) {
  const std::size_t close = text.find(')');
  if (text.empty() || text.front() != '(' || close == std::string_view::npos)
    return {.inside = text, .behind = {}};
  return {.negative = true,
          .inside = text::Trim(text.substr(1, close - 1)),
          .behind = text::Trim(text.substr(close + 1))};
}

// What a cell with a number is made of; the number itself is in the CellValue.
struct Parts {
  bool negative = false;
  std::string_view currency;  // written before the number
  std::string_view unit;      // what follows the number
};
Scanned ScanParts(std::string_view cell, bool with_currency, CellValue& value, Parts& parts) {
  Clear(value);
  const Accounting accounting = TakeBrackets(cell);
  std::string_view rest = accounting.inside;
  const std::string_view before_sign = rest;
  parts.negative = TakeSign(rest);
  if (with_currency) parts.currency = TakeCurrency(rest);
  if (with_currency && rest.data() != before_sign.data() && !parts.currency.empty() && !parts.negative) {
    parts.negative = TakeSign(rest);
  }
  const bool signed_inside = accounting.negative && (parts.negative || before_sign.starts_with('+'));
  const Scanned scanned = ScanNumber(rest, value);
  if (scanned != Scanned::kNumber) return scanned;
  parts.unit = text::Trim(rest);
  if (signed_inside || (!parts.unit.empty() && !accounting.behind.empty())) return Scanned::kNothing;
  if (parts.unit.empty()) parts.unit = accounting.behind;
  parts.negative = parts.negative || accounting.negative;
  return Scanned::kNumber;
}

bool SameCurrency(std::string_view written, std::string_view expected) {
  constexpr std::string_view kYuanOrYen = "\xc2\xa5";
  if (written == kYuanOrYen) return expected == "CNY" || expected == "JPY";
  return written.empty() || written == expected;
}

// Below 1 in absolute value.
bool IsFraction(const CellValue& value) {
  if (value.is_wide) {
    return value.wide_numerator <
           boost::multiprecision::pow(number::Integer{10}, static_cast<unsigned>(value.scale));
  }
  return value.scale > kDirectDigits || value.numerator < kPowers[static_cast<std::size_t>(value.scale)];
}

std::string TextOf(const CellValue& value, bool negative, std::int32_t exponent) {
  number::Decimal decimal{
      .numerator = value.is_wide ? value.wide_numerator : number::Integer{value.numerator},
      .scale = value.scale - exponent};
  if (negative) decimal.numerator = -decimal.numerator;
  if (decimal.scale < 0) {
    decimal.numerator *=
        boost::multiprecision::pow(number::Integer{10}, static_cast<unsigned>(-decimal.scale));
    decimal.scale = 0;
  }
  return text::Excerpt(number::ToText(number::ToRational(decimal), 1000), 24);
}

}  // namespace

void ReadMoney(std::string_view cell, std::string_view currency, const Unit& header_unit, CellValue& value) {
  Parts parts;
  const Scanned scanned = ScanParts(cell, true, value, parts);
  if (scanned == Scanned::kRefused) return;
  if (scanned == Scanned::kNothing) return Refuse(ProblemKind::kNotMoney, value);
  Unit unit = header_unit;
  if (!parts.unit.empty()) {
    const std::optional<Unit> written = UnitOf(parts.unit);
    const bool money =
        written.has_value() && (written->kind == UnitKind::kMoney || written->kind == UnitKind::kScale);
    if (!money) return Refuse(ProblemKind::kNotMoney, value);
    unit = *written;
  }
  if (!SameCurrency(parts.currency, currency)) {
    return Refuse(ProblemKind::kOtherCurrency, value, {std::string{parts.currency}, std::string{currency}});
  }
  if (!SameCurrency(unit.currency, currency)) {
    return Refuse(ProblemKind::kOtherCurrency, value, {std::string{unit.currency}, std::string{currency}});
  }
  Finish(parts.negative, unit.exponent, value);
}

void ReadPercent(std::string_view cell, const Unit& header_unit, CellValue& value) {
  Parts parts;
  const Scanned scanned = ScanParts(cell, false, value, parts);
  if (scanned == Scanned::kRefused) return;
  const std::optional<Unit> written = UnitOf(parts.unit);
  const bool share =
      written.has_value() && (written->kind == UnitKind::kShare || written->kind == UnitKind::kNone);
  if (scanned == Scanned::kNothing || !share) return Refuse(ProblemKind::kNotPercent, value);
  const Unit& unit = written->kind == UnitKind::kNone ? header_unit : *written;
  if (unit.kind == UnitKind::kNone && !IsFraction(value)) {
    return Refuse(ProblemKind::kAmbiguousPercent, value,
                  {TextOf(value, parts.negative, 0), TextOf(value, parts.negative, 2)});
  }
  Finish(parts.negative, unit.exponent, value);
}

void ReadNumber(std::string_view cell, const Unit& header_unit, CellValue& value) {
  Parts parts;
  const Scanned scanned = ScanParts(cell, false, value, parts);
  if (scanned == Scanned::kRefused) return;
  std::optional<Unit> written = UnitOf(parts.unit);
  // 85分 is a score, 3倍 a ratio.
  if (parts.unit == "分" || parts.unit == "倍") written = Unit{UnitKind::kThings, {}, 0};
  const bool plain = written.has_value() && written->kind != UnitKind::kMoney;
  if (scanned == Scanned::kNothing || !plain) return Refuse(ProblemKind::kNotNumber, value);
  Finish(parts.negative, (written->kind == UnitKind::kNone ? header_unit : *written).exponent, value);
}

void ReadCount(std::string_view cell, const Unit& header_unit, CellValue& value) {
  Parts parts;
  const Scanned scanned = ScanParts(cell, false, value, parts);
  if (scanned == Scanned::kRefused) return;
  const std::optional<Unit> written = UnitOf(parts.unit);
  const bool things =
      written.has_value() && written->kind != UnitKind::kMoney && written->kind != UnitKind::kShare;
  if (scanned == Scanned::kNothing || !things) return Refuse(ProblemKind::kNotCount, value);
  Finish(parts.negative, (written->kind == UnitKind::kNone ? header_unit : *written).exponent, value);
  if (value.state == CellState::kGiven && value.scale > 0) Refuse(ProblemKind::kNotWhole, value);
}

void ReadYear(std::string_view cell, CellValue& value) {
  Clear(value);
  for (const std::string_view ending : {"年度", "年"}) {
    if (!cell.ends_with(ending)) continue;
    cell = text::Trim(cell.substr(0, cell.size() - ending.size()));
    break;
  }
  if (cell.size() != 4 || cell.find_first_not_of("0123456789") != std::string_view::npos || cell[0] == '0') {
    return Refuse(ProblemKind::kNotYear, value);
  }
  for (const char digit : cell) value.numerator = value.numerator * 10 + (digit - '0');
  value.state = CellState::kGiven;
}

std::optional<std::string> PlainDigits(std::string_view json_number) {
  constexpr auto kMostExponent = static_cast<std::int64_t>(number::kMostDigits) + 1;
  const std::size_t letter = json_number.find_first_of("eE");
  std::string digits{json_number.substr(0, letter)};
  const bool negative = digits.starts_with('-');
  if (negative) digits.erase(0, 1);
  std::int64_t exponent = 0;
  if (letter != std::string_view::npos) {
    std::string_view power = json_number.substr(letter + 1);
    const bool below = power.starts_with('-');
    if (below || power.starts_with('+')) power.remove_prefix(1);
    if (power.empty() || power.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
    for (const char digit : power) exponent = std::min(exponent * 10 + (digit - '0'), kMostExponent);
    if (below) exponent = -exponent;
  }
  std::size_t point = digits.find('.');
  const bool leading_zero = digits.size() > 1 && digits[0] == '0' && point != 1;
  if (leading_zero || point + 1 == digits.size()) return std::nullopt;
  if (point == std::string::npos) {
    point = digits.size();
  } else {
    digits.erase(point, 1);
  }
  const bool all_digits = !digits.empty() && digits.find_first_not_of("0123456789") == std::string::npos;
  if (!all_digits || point == 0) return std::nullopt;
  std::int64_t place = static_cast<std::int64_t>(point) + exponent;
  if (place <= 0) {
    digits.insert(0, static_cast<std::size_t>(1 - place), '0');
    place = 1;
  }
  if (place > static_cast<std::int64_t>(digits.size())) {
    digits.append(static_cast<std::size_t>(place) - digits.size(), '0');
  }
  if (place < static_cast<std::int64_t>(digits.size())) digits.insert(static_cast<std::size_t>(place), ".");
  return (negative ? "-" : "") + digits;
}

}  // namespace pol::records
