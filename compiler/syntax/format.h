// The one layout of a .pol file: polc fmt. Works on the tokens and the tree; comments are kept, line breaks
// inside an expression are the author's, everything else is canonical. Formatting twice gives the same bytes,
// and never changes the tree. Tested by tests/compiler/format_test.cpp and tests/golden/format/.
#pragma once

#include <optional>
#include <string>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/source/source.h"

namespace pol::syntax {

// The file's canonical text; nullopt (with diagnostics) when it does not parse.
std::optional<std::string> Format(const source::Files& files, source::FileId file,
                                  diagnostics::Diagnostics& diagnostics);

}  // namespace pol::syntax
