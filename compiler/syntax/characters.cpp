#include "compiler/syntax/characters.h"

#include <algorithm>
#include <array>
#include <utility>

#include "runtime/text/utf8.h"

namespace pol::syntax {
namespace {

constexpr std::uint32_t kLargestOrdinal = 1'000'000;

constexpr std::u32string_view kNumeralDigits = U"零一二三四五六七八九";

// Letters of every script an analyst may write in. Punctuation and symbols are left out, so that they are
// refused.
bool IsLetter(char32_t code) {
  struct Span {
    char32_t first;
    char32_t last;
  };
  constexpr std::array kLetters = {
      Span{0xC0, 0xD6},     Span{0xD8, 0xF6},     Span{0xF8, 0x2C1},      Span{0x300, 0x373},
      Span{0x376, 0x37D},   Span{0x37F, 0x37F},   Span{0x386, 0x386},     Span{0x388, 0x55F},
      Span{0x561, 0x589},   Span{0x591, 0x5BD},   Span{0x5D0, 0x5F2},     Span{0x620, 0x669},
      Span{0x671, 0x6D3},   Span{0x900, 0x963},   Span{0xE01, 0xE4E},     Span{0x10A0, 0x10FA},
      Span{0x1100, 0x1360}, Span{0x1E00, 0x1FBC}, Span{0x3005, 0x3007},   Span{0x3041, 0x309F},
      Span{0x30A1, 0x30FA}, Span{0x30FC, 0x312F}, Span{0x3400, 0x4DBF},   Span{0x4E00, 0x9FFF},
      Span{0xA000, 0xA48C}, Span{0xAC00, 0xD7A3}, Span{0xF900, 0xFAD9},   Span{0xFF21, 0xFF3A},
      Span{0xFF41, 0xFF5A}, Span{0xFF66, 0xFFDC}, Span{0x20000, 0x3FFFD},
  };
  return std::ranges::any_of(kLetters,
                             [&](const Span& span) { return code >= span.first && code <= span.last; });
}

CharacterClass ClassOf(char32_t code) {
  switch (code) {
    case U'“':
      return CharacterClass::kOpenQuote;
    case U'”':
      return CharacterClass::kCloseQuote;
    case U'×':
    case U'＊':
      return CharacterClass::kTimes;
    case U'÷':
    case U'／':
      return CharacterClass::kDivide;
    case U'≤':
    case U'≦':
    case U'⩽':
      return CharacterClass::kLessEqual;
    case U'≥':
    case U'≧':
    case U'⩾':
      return CharacterClass::kGreaterEqual;
    case U'≠':
      return CharacterClass::kNotEqual;
    case U'‰':
      return CharacterClass::kPermille;
    case U'→':
      return CharacterClass::kArrow;
    case U'§':
      return CharacterClass::kSection;
    case U'年':
      return CharacterClass::kYearSign;
    case U'月':
      return CharacterClass::kMonthSign;
    case U'日':
      return CharacterClass::kDaySign;
    case U'第':
      return CharacterClass::kOrdinalSign;
    case U'条':
      return CharacterClass::kArticleSign;
    case U'项':
    case U'款':
      return CharacterClass::kItemSign;
    case U'十':
    case U'百':
    case U'〇':
    case U'两':
      return CharacterClass::kNumeral;
    default:
      break;
  }
  if (kNumeralDigits.find(code) != std::u32string_view::npos) return CharacterClass::kNumeral;
  return IsLetter(code) ? CharacterClass::kLetter : CharacterClass::kUnknown;
}

// Full-width forms that stand for ASCII. `＊` and `／` are not among them: in a comment they are text.
char AsciiOf(char32_t code) {
  if (code >= U'０' && code <= U'９') return static_cast<char>('0' + (code - U'０'));
  switch (code) {
    case U'　':
    case U'\u00A0':
    case U'\u2002':
    case U'\u2003':
      return ' ';
    case U'（':
      return '(';
    case U'）':
      return ')';
    case U'：':
      return ':';
    case U'；':
      return ';';
    case U'，':
      return ',';
    case U'｛':
      return '{';
    case U'｝':
      return '}';
    case U'［':
    case U'【':
      return '[';
    case U'］':
    case U'】':
      return ']';
    case U'．':
      return '.';
    case U'＜':
      return '<';
    case U'＞':
      return '>';
    case U'＝':
      return '=';
    case U'％':
      return '%';
    case U'＋':
      return '+';
    case U'－':
    case U'−':
      return '-';
    case U'？':
      return '?';
    case U'！':
      return '!';
    case U'＿':
      return '_';
    default:
      return '\0';
  }
}

}  // namespace

std::uint8_t Fold(char32_t code) {
  if (code < 0x80) {
    const bool control = code < 0x20 || code == 0x7F;
    const bool blank = code == U'\t' || code == U'\n' || code == U'\r';
    return static_cast<std::uint8_t>(control && !blank ? static_cast<char32_t>(CharacterClass::kUnknown)
                                                       : code);
  }
  const char ascii = AsciiOf(code);
  return static_cast<std::uint8_t>(ascii != '\0' ? ascii : static_cast<char>(ClassOf(code)));
}

std::string_view Lookalike(char32_t code) {
  switch (code) {
    case U'、':
      return ",";
    case U'–':
    case U'—':
    case U'‐':
    case U'‑':
      return "-";
    case U'…':
    case U'～':
    case U'~':
    case U'〜':
    case U'∞':
      return "..";
    case U'∧':
    case U'＆':
      return "and";
    case U'∨':
    case U'｜':
      return "or";
    case U'¬':
      return "not";
    case U'·':
    case U'•':
      return "*";
    case U'「':
    case U'」':
    case U'『':
    case U'』':
    case U'＂':
    case U'”':
    case U'‘':
    case U'’':
    case U'„':
      return "\"";
    case U'〔':
    case U'〖':
    case U'⟦':
      return "[";
    case U'〕':
    case U'〗':
    case U'⟧':
      return "]";
    case U'﹕':
    case U'∶':
      return ":";
    case U'。':
      return ";";
    case U'》':
    case U'〉':
      return ">";
    case U'《':
    case U'〈':
      return "<";
    default:
      return {};
  }
}

std::uint32_t OrdinalValue(std::string_view text) {
  std::uint32_t total = 0;
  std::uint32_t digit = 0;  // waits for 十 or 百 after it
  bool digits = true;       // so far all ASCII or full-width digits
  for (std::size_t offset = 0; offset < text.size();) {
    const text::Character character = text::CharacterAt(text, offset);
    if (character.length == 0) return 0;
    offset += character.length;
    const std::uint8_t folded = Fold(character.code);
    if (folded >= '0' && folded <= '9' && digits) {
      total = total * 10 + (folded - static_cast<std::uint32_t>('0'));
      if (total > kLargestOrdinal) return 0;
      continue;
    }
    digits = false;
    if (character.code == U'十') {
      total += (digit == 0 ? 1 : digit) * 10;
      digit = 0;
    } else if (character.code == U'百') {
      total += digit * 100;
      digit = 0;
    } else if (character.code == U'〇' || character.code == U'两') {
      digit = character.code == U'两' ? 2 : 0;
    } else if (const std::size_t value = kNumeralDigits.find(character.code);
               value != std::u32string_view::npos) {
      if (digit != 0) return 0;  // 一二 is no number
      digit = static_cast<std::uint32_t>(value);
    } else {
      return 0;
    }
  }
  return total + digit;
}

}  // namespace pol::syntax
