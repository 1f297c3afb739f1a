#include "compiler/model/words.h"

#include <array>
#include <unordered_map>

#include "runtime/calendar/date.h"
#include "runtime/number/decimal.h"

namespace pol::model {
namespace {

using diagnostics::Word;
using program::ValueKind;

struct TypeNameRow {
  std::string_view english;
  std::string_view chinese;
};

constexpr std::array kTypeNames = {
#define POL_TYPE_NAME(english, chinese) TypeNameRow{english, chinese},
#include "grammar/keywords.def"
#undef POL_TYPE_NAME
};

struct NamedKind {
  std::string_view name;
  ValueKind kind;
};
constexpr std::array kKinds = {
    NamedKind{"money", ValueKind::kMoney},   NamedKind{"percent", ValueKind::kPercent},
    NamedKind{"number", ValueKind::kNumber}, NamedKind{"count", ValueKind::kCount},
    NamedKind{"date", ValueKind::kDate},     NamedKind{"year", ValueKind::kYear},
    NamedKind{"yes_no", ValueKind::kTruth},  NamedKind{"text", ValueKind::kText},
    NamedKind{"region", ValueKind::kRegion}, NamedKind{"credit_code", ValueKind::kCreditCode}};

std::string_view EnglishName(const std::string& name) {
  for (const TypeNameRow& row : kTypeNames) {
    if (name == row.english || name == row.chinese) return row.english;
  }
  return {};
}

std::string WordOf(ValueKind kind) {
  switch (kind) {
    case ValueKind::kTruth:
      return Word("type_truth");
    case ValueKind::kMoney:
      return Word("type_money");
    case ValueKind::kPercent:
      return Word("type_percent");
    case ValueKind::kNumber:
      return Word("type_number");
    case ValueKind::kCount:
      return Word("type_count");
    case ValueKind::kYear:
      return Word("type_year");
    case ValueKind::kDate:
      return Word("type_date");
    case ValueKind::kText:
      return Word("type_text");
    case ValueKind::kRegion:
      return Word("type_region");
    case ValueKind::kCreditCode:
      return Word("type_credit_code");
    case ValueKind::kEnumeration:
      break;
  }
  return {};
}

std::string PeriodWord(syntax::PeriodUnit unit) {
  switch (unit) {
    case syntax::PeriodUnit::kDays:
      return Word("period_days");
    case syntax::PeriodUnit::kWorkingDays:
      return Word("period_working_days");
    case syntax::PeriodUnit::kMonths:
      return Word("period_months");
    case syntax::PeriodUnit::kYears:
      break;
  }
  return Word("period_years");
}

std::unordered_map<std::string, Unit> MakeUnits() {
  std::unordered_map<std::string, Unit> units;
  const auto add = [&](const char* spelling, const char* currency, const char* multiplier) {
    const auto decimal = number::ParseDecimal(multiplier);
    if (decimal) units.emplace(spelling, Unit{spelling, currency, number::ToRational(*decimal)});
  };
#define POL_UNIT(spelling, currency, multiplier) add(spelling, currency, multiplier);
#include "grammar/units.def"
#undef POL_UNIT
  return units;
}

}  // namespace

std::string WordsOf(const program::Schema& schema, const program::ValueType& type) {
  if (type.kind == ValueKind::kEnumeration) {
    return type.enumeration < schema.enumerations.size() ? schema.enumerations[type.enumeration].naming.name
                                                         : std::string{};
  }
  if (type.kind == ValueKind::kMoney && !type.currency.empty()) {
    return WordOf(type.kind) + Word("open_paren_text") + type.currency + Word("close_paren_text");
  }
  return WordOf(type.kind);
}

std::string WordsOf(const Context& context, const Value& value) {
  const program::Schema& schema = context.model.schema;
  switch (value.form) {
    case Form::kError:
      return {};
    case Form::kPeriod:
      return PeriodWord(value.unit);
    case Form::kYears:
      return Word("form_years");
    case Form::kDates:
      return Word("form_dates");
    case Form::kList:
      return Word("form_list");
    case Form::kElement:
      return Word("form_element");
    case Form::kChecklist:
      return Word("form_checklist");
    case Form::kScalar:
      break;
  }
  std::string words = WordsOf(schema, value.type);
  if (value.bare) words = Word(value.whole ? "type_bare_number" : "type_bare_fraction");
  if (value.domain == 0) return words;
  const program::Domain& domain = schema.domains[value.domain];
  if (domain.kind == program::DomainKind::kYears) return words + Word("per_year");
  return words + Word("of_each") + domain.naming.name;
}

std::string ConstantWords(const program::Schema& schema, const program::ValueType& type,
                          const Constant& value, const std::string& unit) {
  if (const auto* code = std::get_if<std::int32_t>(&value)) {
    switch (type.kind) {
      case ValueKind::kDate:
        return calendar::ToText(*code);
      case ValueKind::kEnumeration:
        return schema.enumerations[type.enumeration].members[static_cast<std::size_t>(*code)].name;
      case ValueKind::kTruth:
        return *code != 0 ? "yes" : "no";
      case ValueKind::kText:
      case ValueKind::kCreditCode:
        return schema.text_literals[static_cast<std::size_t>(*code)];
      default:
        return std::to_string(*code);
    }
  }
  const Rational& number = std::get<Rational>(value);
  const Unit* written = unit.empty() ? nullptr : FindUnit(unit);
  if (written == nullptr && type.kind == ValueKind::kPercent) written = FindUnit("%");
  if (written != nullptr) return number::ToText(Rational(number / written->multiplier)) + written->spelling;
  std::string text = number::ToText(number);
  if (type.kind == ValueKind::kMoney) text += type.currency == "CNY" ? "元" : " " + type.currency;
  return text;
}

const Unit* FindUnit(const std::string& spelling) {
  static const std::unordered_map<std::string, Unit> kUnits = MakeUnits();
  const auto place = kUnits.find(spelling);
  return place == kUnits.end() ? nullptr : &place->second;
}

std::optional<program::ValueType> BuiltInType(const std::string& name) {
  const std::string_view english = EnglishName(name);
  for (const NamedKind& row : kKinds) {
    if (english == row.name) return TypeOf(row.kind);
  }
  return std::nullopt;
}

WindowTypeName WindowType(const std::string& name) {
  const std::string_view english = EnglishName(name);
  if (english == "years") return WindowTypeName::kYears;
  if (english == "dates") return WindowTypeName::kDates;
  return WindowTypeName::kNone;
}

std::vector<std::string> BuiltInTypeNames() {
  std::vector<std::string> names;
  for (const TypeNameRow& row : kTypeNames) {
    names.emplace_back(row.english);
    names.emplace_back(row.chinese);
  }
  return names;
}

}  // namespace pol::model
