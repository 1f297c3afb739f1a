// Programs on disk. A .polb is a header (magic, format, fingerprint of the instruction list, length,
// checksum) and the program's tables, every integer little-endian, every text and table with its length in
// front. A file is input like any other: what is cut, altered or hostile gives an error text, costs no more
// memory than a few times its size, and nothing of it is used before Verify has passed. Tested by
// tests/runtime/polb_test.cpp and tests/fuzz/fuzz_polb.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/program/program.h"

namespace pol::program {

inline constexpr std::uint32_t kPolbFormat = 4;

// Bytes of the file; the same program always gives the same.
std::string Save(const Program& program);

// Whether the bytes begin as a .polb does: what tells a compiled program from a policy's text.
bool LooksCompiled(std::string_view bytes);

// The program, verified; or nullopt and in `error` why not.
std::optional<Program> Load(std::string_view bytes, std::string& error);

// Puts length and checksum right again after bytes were changed, so that a test can get past them.
void Reseal(std::string& bytes);

}  // namespace pol::program
