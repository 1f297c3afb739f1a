// Parsing with everything a tool needs besides the tree: tokens, comments, and where statements begin. Used
// by the formatter and by tests; internal to compiler/syntax.
#pragma once

#include <cstdint>
#include <vector>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/source/source.h"
#include "compiler/syntax/parse.h"
#include "compiler/syntax/tokens.h"
#include "compiler/syntax/tree.h"

namespace pol::syntax {

// A token at which the canonical layout begins a line.
struct Mark {
  enum class Kind : std::uint8_t {
    kDeclaration,
    kMember,  // of a block whose members stand on lines of their own
    kShort,   // of a block that may stand on one line, as the author likes: enumerations, scales, checklists
  };
  std::uint32_t token = 0;
  Kind kind = Kind::kMember;
};

struct WholeParse {
  Tree tree;
  TokenList tokens;
  std::vector<Mark> marks;                // in no particular order
  std::uint32_t slices = 0;               // parsed
  std::uint32_t full_context_slices = 0;  // read again with full prediction: only those with a mistake
  std::uint32_t predictions = 0;  // choices of the grammar that one token did not decide; there are none
};

WholeParse ParseWhole(const source::Files& files, source::FileId file, diagnostics::Diagnostics& diagnostics,
                      const ParseLimits& limits = {});

}  // namespace pol::syntax
