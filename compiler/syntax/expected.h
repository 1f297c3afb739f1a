// What the parser's sets of expected tokens mean to a reader. Internal to compiler/syntax; seen by the
// sources that report syntax errors. Tested by tests/compiler/parse_test.cpp.
#pragma once

#include <cstddef>

#include "antlr4-runtime.h"
#include "grammar/PolParser.h"

namespace pol::syntax {

inline bool Contains(const antlr4::misc::IntervalSet& set, std::size_t type) { return set.contains(type); }

// A sign where another belongs is a sign too much as often as it is one for the other.
inline bool IsSign(std::size_t type) {
  using pol_grammar::PolParser;
  return type >= PolParser::PERCENT && type <= PolParser::GREATER;
}

// Anything a value can begin with is expected.
inline bool ExpectsExpression(const antlr4::misc::IntervalSet& set) {
  using pol_grammar::PolParser;
  return Contains(set, PolParser::NUMBER) && Contains(set, PolParser::LPAREN) &&
         Contains(set, PolParser::DATE);
}

inline bool ExpectsName(const antlr4::misc::IntervalSet& set) {
  return Contains(set, pol_grammar::PolParser::WORD);
}

// After a whole value every operator fits; they are not worth listing when something else is expected too.
inline bool FollowsValue(const antlr4::misc::IntervalSet& set) {
  using pol_grammar::PolParser;
  return Contains(set, PolParser::PLUS) && Contains(set, PolParser::TIMES);
}

}  // namespace pol::syntax
