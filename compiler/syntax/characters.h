// How the lexer sees characters outside ASCII: full-width punctuation as the ASCII that it stands for,
// everything else as one of a few classes that PolLexer.g4 names. Tested by tests/compiler/parse_test.cpp.
#pragma once

#include <cstdint>
#include <string_view>

namespace pol::syntax {

// Values are control characters, which a source text cannot contain as such; PolLexer.g4 uses the same
// values.
enum class CharacterClass : std::uint8_t {
  kLetter = 0x01,
  kOpenQuote = 0x02,
  kCloseQuote = 0x03,
  kUnknown = 0x04,
  kTimes = 0x05,
  kDivide = 0x06,
  kLessEqual = 0x07,
  kGreaterEqual = 0x0B,
  kNotEqual = 0x0C,
  kPermille = 0x0E,
  kSection = 0x0F,
  kYearSign = 0x10,
  kMonthSign = 0x11,
  kDaySign = 0x12,
  kOrdinalSign = 0x13,
  kArticleSign = 0x14,
  kItemSign = 0x15,
  kNumeral = 0x16,
  kArrow = 0x17,
};

// What the lexer reads for a character: an ASCII character or a class.
std::uint8_t Fold(char32_t code);

// The ASCII spelling that a symbol unknown to the lexer probably means ("、" is ","); empty when there is
// none.
std::string_view Lookalike(char32_t code);

// The value of a Chinese numeral up to 999 ("二十一"), or of ASCII or full-width digits; 0 when it is
// neither.
std::uint32_t OrdinalValue(std::string_view text);

}  // namespace pol::syntax
