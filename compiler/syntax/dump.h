// The syntax tree as text, one node a line, for golden tests and `polc dump --stage tree`. Tested by
// tests/golden/tree/.
#pragma once

#include <string>

#include "compiler/syntax/tree.h"

namespace pol::syntax {

std::string Dump(const Tree& tree);

}  // namespace pol::syntax
