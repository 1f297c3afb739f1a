#include "runtime/records/cells.h"

#include <algorithm>
#include <utility>

#include "runtime/calendar/date.h"
#include "runtime/text/nearest.h"
#include "runtime/text/utf8.h"

namespace pol::records {
namespace {

using program::ValueKind;

number::Rational ToRational(const program::NumberText& text) {
  return number::Rational{number::Integer{text.numerator}, number::Integer{text.denominator}};
}

// A bound as people write it: 10%, 2024-01-01, 5000.
std::string BoundText(const program::NumberText& bound, ValueKind kind) {
  const number::Rational value = ToRational(bound);
  if (kind == ValueKind::kPercent) return number::ToText(value * 100) + "%";
  if (kind == ValueKind::kDate)
    return calendar::ToText(static_cast<std::int32_t>(boost::multiprecision::numerator(value)));
  return number::ToText(value);
}

std::string RangeText(const program::ValueRange& range, ValueKind kind) {
  std::string text = range.has_low && range.low_closed ? "[" : "(";
  text += range.has_low ? BoundText(range.low, kind) : "..";
  text += ", ";
  text += range.has_high ? BoundText(range.high, kind) : "..";
  return text + (range.has_high && range.high_closed ? "]" : ")");
}

Bound MakeBound(const program::NumberText& text) {
  Bound bound;
  bound.exact = ToRational(text);
  const number::Integer most{std::int64_t{1} << 62U};
  const number::Integer numerator = boost::multiprecision::numerator(bound.exact);
  const number::Integer denominator = boost::multiprecision::denominator(bound.exact);
  bound.is_small = boost::multiprecision::abs(numerator) < most && denominator < most;
  if (!bound.is_small) return bound;
  bound.numerator = static_cast<std::int64_t>(numerator);
  bound.denominator = static_cast<std::int64_t>(denominator);
  return bound;
}

__extension__ using Wide = __int128;

// How the value (a date: its day number) compares with a bound: negative, zero or positive.
int Compare(const CellValue& value, bool is_date, const Bound& bound) {
  const std::int64_t numerator = is_date ? value.code : value.numerator;
  const std::int32_t scale = is_date ? 0 : value.scale;
  if (bound.is_small && (is_date || !value.is_wide)) {
    Wide power = 1;
    for (std::int32_t place = 0; place < scale; ++place) power *= 10;
    const Wide left = Wide{numerator} * bound.denominator;
    const Wide right = Wide{bound.numerator} * power;
    return left < right ? -1 : left > right ? 1 : 0;
  }
  number::Integer left = !is_date && value.is_wide ? value.wide_numerator : number::Integer{numerator};
  left *= boost::multiprecision::denominator(bound.exact);
  const number::Integer power = boost::multiprecision::pow(number::Integer{10}, static_cast<unsigned>(scale));
  return left.compare(number::Integer{boost::multiprecision::numerator(bound.exact) * power});
}

const std::string& ShownName(const program::Naming& naming) {
  return naming.label.empty() ? naming.name : naming.label;
}

}  // namespace

bool Fits(const program::ValueType& type, const Unit& unit) {
  switch (unit.kind) {
    case UnitKind::kNone:
      return true;
    case UnitKind::kMoney:
      return type.kind == ValueKind::kMoney && unit.currency == type.currency;
    case UnitKind::kScale:
      return type.kind == ValueKind::kMoney || type.kind == ValueKind::kNumber ||
             type.kind == ValueKind::kCount;
    case UnitKind::kShare:
      return type.kind == ValueKind::kPercent || type.kind == ValueKind::kNumber;
    case UnitKind::kThings:
      return type.kind == ValueKind::kCount || type.kind == ValueKind::kNumber;
  }
  return false;
}

std::string KindName(const program::ValueType& type, bool chinese) {
  switch (type.kind) {
    case ValueKind::kTruth:
      return chinese ? "是或否" : "yes or no";
    case ValueKind::kMoney:
      return (chinese ? "金额（" : "money (") + type.currency + (chinese ? "）" : ")");
    case ValueKind::kPercent:
      return chinese ? "百分比" : "a percentage";
    case ValueKind::kNumber:
      return chinese ? "数字" : "a number";
    case ValueKind::kCount:
      return chinese ? "数量" : "a count";
    case ValueKind::kYear:
      return chinese ? "年份" : "a year";
    case ValueKind::kDate:
      return chinese ? "日期" : "a date";
    case ValueKind::kText:
      return chinese ? "文字" : "text";
    case ValueKind::kRegion:
      return chinese ? "地区" : "a region";
    case ValueKind::kCreditCode:
      return chinese ? "统一社会信用代码" : "a credit code";
    case ValueKind::kEnumeration:
      return chinese ? "列举值" : "a listed value";
  }
  return {};
}

FactCells::FactCells(const program::Schema& schema, std::uint32_t fact)
    : schema_(&schema), fact_(&schema.facts[fact]), blank_state_(CellState::kMissing) {
  if (fact_->optional) {
    blank_state_ = CellState::kAbsent;
  } else if (fact_->judged) {
    blank_state_ = CellState::kNotJudged;
  }
  if (fact_->range.has_low) low_ = MakeBound(fact_->range.low);
  if (fact_->range.has_high) high_ = MakeBound(fact_->range.high);
  if (fact_->type.kind == ValueKind::kEnumeration) {
    const std::vector<program::Naming>& members = schema.enumerations[fact_->type.enumeration].members;
    const auto add = [&](const std::string& word, std::size_t member) {
      if (!word.empty()) words_.try_emplace(text::FoldWord(word), static_cast<std::int32_t>(member));
    };
    for (std::size_t member = 0; member < members.size(); ++member) add(members[member].name, member);
    for (std::size_t member = 0; member < members.size(); ++member) add(members[member].label, member);
    for (std::size_t member = 0; member < members.size(); ++member) {
      for (const std::string& alias : members[member].aliases) add(alias, member);
    }
  }
  if (fact_->type.kind == ValueKind::kText) {
    for (const std::string& literal : schema.text_literals) words_.try_emplace(literal, 0);
  }
}

void FactCells::Read(std::string_view cell, const Unit& header_unit, CellValue& value) {
  const std::string_view trimmed = text::Trim(cell);
  if (trimmed.empty()) {
    value.state = blank_state_;
    return;
  }
  const bool is_text = fact_->type.kind == ValueKind::kText;
  const std::string_view folded = text::FoldWidth(trimmed, fold_scratch_);
  const bool known_word = (is_text && !words_.empty() && words_.contains(std::string{trimmed})) ||
                          (!is_text && !words_.empty() && words_.contains(text::FoldWord(folded)));
  const bool ambiguous_none = fact_->type.kind == ValueKind::kTruth && folded == "无";
  if (!known_word && !ambiguous_none) {
    const Marker marker = MarkerOf(folded);
    if (marker != Marker::kNone) {
      value.state = marker == Marker::kUnknown && fact_->optional ? CellState::kMissing : blank_state_;
      return;
    }
  }
  ReadKind(is_text ? trimmed : folded, header_unit, value);
  if (value.state == CellState::kGiven && (fact_->range.has_low || fact_->range.has_high)) CheckRange(value);
}

void FactCells::ReadKind(std::string_view cell, const Unit& header_unit, CellValue& value) {
  switch (fact_->type.kind) {
    case ValueKind::kTruth:
      return ReadYesNo(cell, value);
    case ValueKind::kMoney:
      return ReadMoney(cell, fact_->type.currency, header_unit, value);
    case ValueKind::kPercent:
      return ReadPercent(cell, header_unit, value);
    case ValueKind::kNumber:
      return ReadNumber(cell, header_unit, value);
    case ValueKind::kCount:
      return ReadCount(cell, header_unit, value);
    case ValueKind::kYear:
      return ReadYear(cell, value);
    case ValueKind::kDate:
      return ReadDate(cell, value);
    case ValueKind::kCreditCode:
      return ReadCreditCode(cell, code_scratch_, value);
    case ValueKind::kEnumeration:
      return ReadMember(cell, value);
    case ValueKind::kText:
      value.state = CellState::kGiven;
      value.text = cell;
      return;
    case ValueKind::kRegion:
      break;
  }
  if (regions_ == nullptr) regions_ = std::make_unique<Regions>(schema_->regions);
  Regions::Found found = regions_->Find(cell);
  value.state = found.code.has_value() ? CellState::kGiven : CellState::kUnreadable;
  value.code = static_cast<std::int32_t>(found.code.value_or(0));
  value.problem = found.readings.empty() ? ProblemKind::kNotRegion : ProblemKind::kAmbiguousRegion;
  value.arguments = std::move(found.readings);
}

void FactCells::ReadMember(std::string_view cell, CellValue& value) const {
  const auto found = words_.find(text::FoldWord(cell));
  if (found != words_.end()) {
    value.state = CellState::kGiven;
    value.code = found->second;
    return;
  }
  constexpr std::size_t kMostListed = 12;
  const program::Enumeration& enumeration = schema_->enumerations[fact_->type.enumeration];
  std::string listed;
  std::vector<std::string> candidates;
  for (std::size_t member = 0; member < enumeration.members.size(); ++member) {
    const program::Naming& naming = enumeration.members[member];
    candidates.push_back(naming.name);
    if (!naming.label.empty()) candidates.push_back(naming.label);
    candidates.insert(candidates.end(), naming.aliases.begin(), naming.aliases.end());
    if (member == kMostListed) listed += ", …";
    if (member < kMostListed) listed += (member == 0 ? "" : ", ") + ShownName(naming);
  }
  value.state = CellState::kUnreadable;
  value.arguments = {enumeration.naming.name, listed};
  const std::optional<std::string> nearest = text::Nearest(cell, candidates);
  value.problem = nearest.has_value() ? ProblemKind::kNotMemberNear : ProblemKind::kNotMember;
  if (nearest.has_value()) value.arguments.push_back(*nearest);
}

void FactCells::CheckRange(CellValue& value) const {
  const program::ValueRange& range = fact_->range;
  const bool is_date = fact_->type.kind == ValueKind::kDate;
  const int low = range.has_low ? Compare(value, is_date, low_) : 1;
  const int high = range.has_high ? Compare(value, is_date, high_) : -1;
  const bool above = low > 0 || (low == 0 && range.low_closed);
  const bool below = high < 0 || (high == 0 && range.high_closed);
  if (above && below) return;
  value.state = CellState::kUnreadable;
  value.problem = ProblemKind::kOutOfRange;
  value.arguments = {RangeText(range, fact_->type.kind)};
}

}  // namespace pol::records
