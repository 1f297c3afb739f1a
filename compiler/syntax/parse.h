// From a source text to its syntax tree, through the ANTLR grammar in grammar/. Never throws and never
// recurses without a limit: what cannot be read is reported and stands in the tree as an Error node. Tested
// by tests/compiler/parse_test.cpp.
#pragma once

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/source/source.h"
#include "compiler/syntax/tree.h"

namespace pol::syntax {

// What a hostile text may cost. Past a limit there is one diagnostic and the tree read so far.
struct ParseLimits {
  std::uint32_t bytes = 64U << 20U;
  std::uint32_t tokens = 1U << 20U;  // words and signs
  std::uint32_t nesting = 256;       // brackets, and operators that nest without brackets, inside one another
  std::uint32_t word_bytes = 256;    // a name
  std::uint32_t syntax_errors = 20;  // reported for one file
};

// Parses one file of `files`. Text that is not UTF-8 or holds NUL bytes is a diagnostic, not an exception.
Tree Parse(const source::Files& files, source::FileId file, diagnostics::Diagnostics& diagnostics,
           const ParseLimits& limits = {});

}  // namespace pol::syntax
