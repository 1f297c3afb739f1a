#include "runtime/text/utf8.h"

#include "runtime/text/width.h"

namespace pol::text {
namespace {

bool IsAsciiBlank(unsigned char byte) { return byte == ' ' || (byte >= '\t' && byte <= '\r'); }

// The length of the blank character that `text` begins with; 0 when it begins with something else.
std::size_t BlankAtFront(std::string_view text) {
  if (text.empty()) return 0;
  if (IsAsciiBlank(static_cast<unsigned char>(text.front()))) return 1;
  if (text.starts_with("\xc2\xa0")) return 2;
  for (const std::string_view blank : {"\xe3\x80\x80", "\xef\xbb\xbf", "\xe2\x80\x8b"}) {
    if (text.starts_with(blank)) return 3;
  }
  return 0;
}

std::size_t BlankAtBack(std::string_view text) {
  if (text.empty()) return 0;
  if (IsAsciiBlank(static_cast<unsigned char>(text.back()))) return 1;
  if (text.ends_with("\xc2\xa0")) return 2;
  for (const std::string_view blank : {"\xe3\x80\x80", "\xef\xbb\xbf", "\xe2\x80\x8b"}) {
    if (text.ends_with(blank)) return 3;
  }
  return 0;
}

char32_t FoldCharacter(char32_t character) {
  if (character >= 0xff01 && character <= 0xff5e) return character - 0xff01 + U'!';
  switch (character) {
    case 0x3000:  // ideographic space
    case 0x00a0:  // no-break space
      return U' ';
    case 0xffe5:  // full-width yen sign
      return 0x00a5;
    case 0x2212:  // minus sign
      return U'-';
    default:
      return character;
  }
}

bool IsContinuation(unsigned char byte) { return (byte & 0xc0U) == 0x80U; }

// Characters that reorder or hide what surrounds them have no place in a message.
bool IsInvisible(char32_t character) {
  return DisplayWidth(character) == 0 && (character < 0x300 || (character >= 0x200b && character <= 0x206f));
}

}  // namespace

Character CharacterAt(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t index) { return static_cast<unsigned char>(text[at + index]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  std::uint8_t length = 0;
  char32_t code = 0;
  char32_t least = 0;  // a longer spelling of a smaller code is not UTF-8
  if ((lead & 0xE0U) == 0xC0U) {
    length = 2, code = lead & 0x1FU, least = 0x80;
  } else if ((lead & 0xF0U) == 0xE0U) {
    length = 3, code = lead & 0x0FU, least = 0x800;
  } else if ((lead & 0xF8U) == 0xF0U) {
    length = 4, code = lead & 0x07U, least = 0x10000;
  } else {
    return {};
  }
  if (text.size() - at < length) return {};
  for (std::size_t index = 1; index < length; ++index) {
    if (!IsContinuation(byte(index))) return {};
    code = code << 6U | (byte(index) & 0x3FU);
  }
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (code < least || code > 0x10FFFF || surrogate) return {};
  return {code, length};
}

std::size_t FindInvalidUtf8(std::string_view text) {
  for (std::size_t offset = 0; offset < text.size();) {
    const Character character = CharacterAt(text, offset);
    if (character.length == 0) return offset;
    offset += character.length;
  }
  return std::string_view::npos;
}

char32_t NextCharacter(std::string_view text, std::size_t& at) {
  const Character character = CharacterAt(text, at);
  at += character.length == 0 ? 1 : character.length;
  return character.length == 0 ? kReplacement : character.code;
}

void AppendCharacter(char32_t character, std::string& text) {
  const auto append = [&](char32_t byte) {
    text.push_back(static_cast<char>(static_cast<unsigned char>(byte)));
  };
  if (character < 0x80) {
    append(character);
    return;
  }
  if (character < 0x800) {
    append(0xc0U | (character >> 6U));
  } else {
    if (character < 0x10000) {
      append(0xe0U | (character >> 12U));
    } else {
      append(0xf0U | (character >> 18U));
      append(0x80U | ((character >> 12U) & 0x3fU));
    }
    append(0x80U | ((character >> 6U) & 0x3fU));
  }
  append(0x80U | (character & 0x3fU));
}

bool IsAscii(std::string_view text) {
  unsigned char seen = 0;
  for (const char byte : text) seen = static_cast<unsigned char>(seen | static_cast<unsigned char>(byte));
  return seen < 0x80;
}

std::string_view Trim(std::string_view text) {
  while (const std::size_t length = BlankAtFront(text)) text.remove_prefix(length);
  while (const std::size_t length = BlankAtBack(text)) text.remove_suffix(length);
  return text;
}

std::string_view FoldWidth(std::string_view text, std::string& scratch) {
  if (IsAscii(text)) return text;
  scratch.clear();
  for (std::size_t at = 0; at < text.size();)
    AppendCharacter(FoldCharacter(NextCharacter(text, at)), scratch);
  return scratch;
}

std::string FoldWord(std::string_view text) {
  std::string scratch;
  std::string folded{FoldWidth(Trim(text), scratch)};
  for (char& byte : folded) {
    if (byte >= 'A' && byte <= 'Z') byte = static_cast<char>(byte - 'A' + 'a');
  }
  return folded;
}

std::string FoldName(std::string_view text) {
  std::string folded = FoldWord(text);
  std::erase_if(folded,
                [](char byte) { return byte == '_' || IsAsciiBlank(static_cast<unsigned char>(byte)); });
  return folded;
}

std::string Excerpt(std::string_view text, std::size_t most_columns) {
  std::string shown;
  std::size_t columns = 0;
  for (std::size_t at = 0; at < text.size();) {
    char32_t character = NextCharacter(text, at);
    if (character == U'\n' || character == U'\r') character = U'⏎';
    if (character == U'\t') character = U' ';
    if (IsInvisible(character)) character = kReplacement;
    columns += DisplayWidth(character);
    if (columns > most_columns) return shown + "…";
    AppendCharacter(character, shown);
  }
  return shown;
}

}  // namespace pol::text
