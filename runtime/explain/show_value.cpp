#include "runtime/explain/show_value.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "runtime/calendar/date.h"
#include "runtime/explain/phrases.h"
#include "runtime/number/decimal.h"
#include "runtime/program/instruction_info.h"

namespace pol::explain {

using program::ValueKind;

namespace {

struct CurrencyName {
  std::string_view code;
  std::string_view english;
  std::string_view chinese;
};
constexpr CurrencyName kCurrencies[] = {{"CNY", "元", "元"},
                                        {"USD", "USD", "美元"},
                                        {"EUR", "EUR", "欧元"},
                                        {"JPY", "JPY", "日元"},
                                        {"HKD", "HKD", "港元"}};

std::string_view CurrencyIn(std::string_view code, Language language) {
  for (const CurrencyName& currency : kCurrencies) {
    if (currency.code == code) return language == Language::kChinese ? currency.chinese : currency.english;
  }
  return code;
}

void DropTrailingZeros(std::string& text) {
  if (text.find('.') == std::string::npos) return;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
}

std::string Marked(const number::Shown& shown, const std::string& text, Language language) {
  return shown.exact ? text : Say(Phrase::kAbout, language, {text});
}

std::string ShowPlain(const Rational& value, std::int32_t places, bool grouped, std::string_view suffix,
                      Language language) {
  number::Shown shown = number::ToPlaces(value, places, grouped);
  DropTrailingZeros(shown.text);
  return Marked(shown, shown.text.append(suffix), language);
}

const std::string* TextOf(const program::Schema& schema, const records::Batch& batch, std::int32_t code) {
  if (code < 0) return nullptr;
  const auto index = static_cast<std::size_t>(code);
  if (index < schema.text_literals.size()) return &schema.text_literals[index];
  const std::size_t own = index - schema.text_literals.size();
  return own < batch.texts.size() ? &batch.texts[own] : nullptr;
}

const program::Region* RegionOf(const program::Schema& schema, std::int32_t code) {
  const auto wanted = static_cast<std::uint32_t>(code);
  const auto found = std::ranges::lower_bound(schema.regions, wanted, {}, &program::Region::code);
  return found != schema.regions.end() && found->code == wanted && !found->names.empty() ? &*found : nullptr;
}

const program::Naming* MemberOf(const program::Schema& schema, const program::ValueType& type,
                                std::int32_t code) {
  if (type.enumeration >= schema.enumerations.size() || code < 0) return nullptr;
  const auto& members = schema.enumerations[type.enumeration].members;
  return static_cast<std::size_t>(code) < members.size() ? &members[static_cast<std::size_t>(code)] : nullptr;
}

std::string ExactCode(const program::Schema& schema, const records::Batch& batch,
                      const program::ValueType& type, std::int32_t code) {
  if (type.kind == ValueKind::kEnumeration) {
    const program::Naming* member = MemberOf(schema, type, code);
    return member != nullptr ? member->name : std::to_string(code);
  }
  if (type.kind == ValueKind::kRegion) return std::to_string(code);
  return ShowCode(schema, batch, type, code, Language::kEnglish);
}

}  // namespace

std::string ShowNumber(const program::ValueType& type, const Rational& value, Language language) {
  switch (type.kind) {
    case ValueKind::kMoney: {
      const number::Shown shown = number::ToPlaces(value, 2, true);
      return Marked(shown, Say(Phrase::kMoney, language, {shown.text, CurrencyIn(type.currency, language)}),
                    language);
    }
    case ValueKind::kPercent:
      return ShowPlain(value * 100, 4, true, "%", language);
    case ValueKind::kYear:
      return ShowPlain(value, 6, false, "", language);
    default:
      return ShowPlain(value, 6, true, "", language);
  }
}

std::string ShowCode(const program::Schema& schema, const records::Batch& batch,
                     const program::ValueType& type, std::int32_t code, Language language) {
  switch (type.kind) {
    case ValueKind::kDate:
      if (code < calendar::kFirstDay || code > calendar::kLastDay) break;
      return calendar::ToText(code);
    case ValueKind::kRegion:
      if (const program::Region* region = RegionOf(schema, code)) return region->names.front();
      break;
    case ValueKind::kEnumeration:
      if (const program::Naming* member = MemberOf(schema, type, code)) return NameIn(*member, language);
      break;
    default:
      if (const std::string* text = TextOf(schema, batch, code)) return *text;
      break;
  }
  return std::to_string(code);
}

std::string ShowTruth(engine::Truth truth, Language language) {
  if (truth == engine::Truth::kUnknown) return Say(Phrase::kNotKnown, language);
  return Say(truth == engine::Truth::kTrue ? Phrase::kYes : Phrase::kNo, language);
}

std::string ShowRegister(const program::Program& program, const records::Batch& batch,
                         const engine::Registers& registers, const program::ValueType& type,
                         std::uint32_t value, std::uint32_t lane, Language language) {
  switch (program::RegisterKindOf(type.kind)) {
    case program::RegisterKind::kTruth:
      return ShowTruth(registers.TruthAt(value, lane), language);
    case program::RegisterKind::kNumber:
      if (const auto number = registers.NumberAt(value, lane)) return ShowNumber(type, *number, language);
      break;
    case program::RegisterKind::kCode:
      if (const auto code = registers.CodeAt(value, lane)) {
        return ShowCode(program.schema, batch, type, *code, language);
      }
      break;
  }
  return Say(Phrase::kNotKnown, language);
}

std::string ExactRegister(const program::Program& program, const records::Batch& batch,
                          const engine::Registers& registers, const program::ValueType& type,
                          std::uint32_t value, std::uint32_t lane) {
  switch (program::RegisterKindOf(type.kind)) {
    case program::RegisterKind::kTruth: {
      const engine::Truth truth = registers.TruthAt(value, lane);
      if (truth == engine::Truth::kUnknown) return {};
      return truth == engine::Truth::kTrue ? "true" : "false";
    }
    case program::RegisterKind::kNumber: {
      const auto number = registers.NumberAt(value, lane);
      return number ? number::ToText(*number) : std::string();
    }
    case program::RegisterKind::kCode: {
      const auto code = registers.CodeAt(value, lane);
      return code ? ExactCode(program.schema, batch, type, *code) : std::string();
    }
  }
  return {};
}

}  // namespace pol::explain
