// UTF-8, character by character, and the foldings under which an analyst's spellings count as the same:
// full-width forms are their ASCII, blanks are blanks however wide. Tested by tests/runtime/text_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace pol::text {

inline constexpr char32_t kReplacement = 0xfffd;

// A character and the bytes that it takes; length 0 stands for bytes that are not UTF-8.
struct Character {
  char32_t code = 0;
  std::uint8_t length = 0;
};

// The character that begins at `at`, which must be inside the text.
Character CharacterAt(std::string_view text, std::size_t at);
// The offset of the first byte that is not UTF-8; npos when all of it is.
std::size_t FindInvalidUtf8(std::string_view text);
// The character at `at`, which moves past it. A byte that begins no valid character gives kReplacement and
// moves by one.
char32_t NextCharacter(std::string_view text, std::size_t& at);
// Surrogates and codes past U+10FFFF must have been refused before.
void AppendCharacter(char32_t character, std::string& text);

bool IsAscii(std::string_view text);
// Without the blanks at both ends: ASCII white space, ideographic, no-break and zero-width spaces.
std::string_view Trim(std::string_view text);

// Full-width forms, ideographic space, minus signs and dashes between digits' widths as ASCII. The result is
// `text` itself when nothing folds, else lies in `scratch`.
std::string_view FoldWidth(std::string_view text, std::string& scratch);
// For comparing words: FoldWidth, ASCII letters small, trimmed.
std::string FoldWord(std::string_view text);
// For comparing headers: FoldWord without any blanks and underscores.
std::string FoldName(std::string_view text);

// A value fit to be shown in a message: control characters made visible, at most `most_columns` terminal
// cells.
std::string Excerpt(std::string_view text, std::size_t most_columns = 40);

}  // namespace pol::text
