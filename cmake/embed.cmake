# Writes OUTPUT, a C++ source that holds the bytes of each of FILES (comma-separated paths under ROOT) and
# defines pol::source::StandardLibrary() over them. Bytes, and not string literals, so that a file may be of
# any length and hold any character.

string(REPLACE "," ";" files "${FILES}")
set(arrays "")
set(entries "")
set(count 0)
foreach(path IN LISTS files)
  file(READ ${ROOT}/${path} bytes HEX)
  string(REGEX REPLACE "(................................)" "\\1\n" bytes "${bytes}")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
  # The closing zero is not part of the text; it lets an empty file be an array too.
  string(APPEND arrays "// ${path}\nconstexpr unsigned char kFile${count}[] = {\n${bytes}0x00};\n\n")
  string(APPEND entries "      {\"${path}\", Text(kFile${count})},\n")
  math(EXPR count "${count} + 1")
endforeach()

set(body "  return {};\n")
if(count GREATER 0)
  set(body "  static const std::array<EmbeddedFile, ${count}> kFiles = {{\n${entries}  }};\n  return kFiles;\n")
endif()

file(WRITE ${OUTPUT} "// Generated from stdlib/ by cmake/embed.cmake.

#include <array>
#include <cstddef>

#include \"compiler/source/stdlib.h\"

namespace pol::source {
namespace {

${arrays}template <std::size_t Size>
[[maybe_unused]] std::string_view Text(const unsigned char (&bytes)[Size]) {
  return {reinterpret_cast<const char*>(bytes), Size - 1};
}

}  // namespace

std::span<const EmbeddedFile> StandardLibrary() {
${body}}

}  // namespace pol::source
")
