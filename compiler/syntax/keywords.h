// The words of the language in both spellings, from grammar/keywords.def. Token numbers are those of the
// generated PolLexer. Tested by tests/compiler/keywords_test.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace pol::syntax {

enum class WordClass : std::uint8_t { kDeclaration, kHard, kSoft, kPrefix, kSymbol, kReserved };

struct Keyword {
  std::string_view spelling;
  std::uint16_t token = 0;
  WordClass word_class = WordClass::kHard;
  std::string_view purpose;  // of a reserved word: a key of compiler/diagnostics/words.def
};

// nullptr when the word is an ordinary name.
const Keyword* FindKeyword(std::string_view word);
const std::vector<Keyword>& Keywords();

// A built-in type's name in English for its Chinese one ("金额" is "money"); any other word is returned as it
// is.
std::string_view EnglishTypeName(std::string_view word);

struct TypeName {
  std::string_view english;
  std::string_view chinese;
};
std::span<const TypeName> TypeNames();

}  // namespace pol::syntax
