// How diagnostics speak of types and values, in the analyst's words: "money (CNY) per year", "a window of
// years". Tested by tests/compiler/model_types_test.cpp.
#pragma once

#include <string>

#include "compiler/model/context.h"

namespace pol::model {

std::string WordsOf(const program::Schema& schema, const program::ValueType& type);
std::string WordsOf(const Context& context, const Value& value);
// A constant as the analyst would write it: 12.5亿元, 15%, 2024-08-15, a member's name.
std::string ConstantWords(const program::Schema& schema, const program::ValueType& type,
                          const Constant& value, const std::string& unit = {});
// What a number's unit means; nullptr when there is none of that spelling.
struct Unit {
  std::string spelling;
  std::string currency;  // empty: a share
  Rational multiplier;
};
const Unit* FindUnit(const std::string& spelling);

// The built-in type of that name, English or Chinese; `years` and `dates` (windows) are no values and not
// here.
std::optional<program::ValueType> BuiltInType(const std::string& name);
enum class WindowTypeName : std::uint8_t { kNone, kYears, kDates };
WindowTypeName WindowType(const std::string& name);
std::vector<std::string> BuiltInTypeNames();

}  // namespace pol::model
