// Reading UTF-8 one character at a time. Tested by tests/compiler/source_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace pol::source {

// A character and the bytes that it takes; length 0 stands for bytes that are not UTF-8.
struct Character {
  char32_t code = 0;
  std::uint8_t length = 0;
};

// The character that begins at `offset`, which must be inside the text.
Character CharacterAt(std::string_view text, std::size_t offset);

// The offset of the first byte that is not UTF-8; npos when all of it is.
std::size_t FindInvalidUtf8(std::string_view text);

// Appends a character; surrogates and codes past U+10FFFF must have been refused before.
void AppendUtf8(char32_t code, std::string& text);

}  // namespace pol::source
