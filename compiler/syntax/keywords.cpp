#include "compiler/syntax/keywords.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>

#include "compiler/syntax/units.h"
#include "grammar/PolLexer.h"

namespace pol::syntax {
namespace {

using pol_grammar::PolLexer;

constexpr std::array kTypeNames = {
#define POL_TYPE_NAME(english, chinese) TypeName{english, chinese},
#include "grammar/keywords.def"
};

constexpr std::array kUnits = {
#define POL_UNIT(spelling, currency, multiplier) UnitSpelling{spelling, currency, multiplier},
#include "grammar/units.def"
#undef POL_UNIT
};

void AddSpellings(std::string_view spellings, Keyword keyword, std::vector<Keyword>& keywords) {
  while (!spellings.empty()) {
    const std::size_t space = std::min(spellings.find(' '), spellings.size());
    keyword.spelling = spellings.substr(0, space);
    keywords.push_back(keyword);
    spellings.remove_prefix(std::min(space + 1, spellings.size()));
  }
}

std::vector<Keyword> MakeKeywords() {
  std::vector<Keyword> keywords;
  const auto add = [&](Keyword keyword, std::string_view english, std::string_view chinese) {
    AddSpellings(english, keyword, keywords);
    AddSpellings(chinese, keyword, keywords);
  };
#define POL_KEYWORD(name, kind, english, chinese) \
  add({{}, PolLexer::name, WordClass::k##kind, {}}, english, chinese);
#define POL_RESERVED(english, chinese) \
  add({{}, PolLexer::RESERVED, WordClass::kReserved, "reserved_" english}, english, chinese);
#include "grammar/keywords.def"
  return keywords;
}

template <typename Row>
const Row* Find(const std::unordered_map<std::string_view, const Row*>& index, std::string_view word) {
  const auto found = index.find(word);
  return found == index.end() ? nullptr : found->second;
}

}  // namespace

const std::vector<Keyword>& Keywords() {
  static const std::vector<Keyword> keywords = MakeKeywords();
  return keywords;
}

const Keyword* FindKeyword(std::string_view word) {
  static const auto index = [] {
    std::unordered_map<std::string_view, const Keyword*> by_spelling;
    for (const Keyword& keyword : Keywords()) by_spelling.emplace(keyword.spelling, &keyword);
    return by_spelling;
  }();
  return Find(index, word);
}

std::span<const UnitSpelling> UnitSpellings() { return kUnits; }

const UnitSpelling* FindUnit(std::string_view word) {
  static const auto index = [] {
    std::unordered_map<std::string_view, const UnitSpelling*> by_spelling;
    for (const UnitSpelling& unit : kUnits) by_spelling.emplace(unit.spelling, &unit);
    return by_spelling;
  }();
  return Find(index, word);
}

std::span<const TypeName> TypeNames() { return kTypeNames; }

std::string_view EnglishTypeName(std::string_view word) {
  const auto found = std::ranges::find(kTypeNames, word, &TypeName::chinese);
  return found == kTypeNames.end() ? word : found->english;
}

}  // namespace pol::syntax
