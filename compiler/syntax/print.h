// Expressions as canonical source text on one line, with no more brackets than reading them back needs; the
// words of explanations and of dumps. Tested by tests/compiler/parse_test.cpp.
#pragma once

#include <string>
#include <string_view>

#include "compiler/syntax/tree.h"

namespace pol::syntax {

std::string ToText(const Tree& tree, ExpressionId expression);
// "[30亿元, ..)"
std::string ToText(const Tree& tree, const Interval& interval);
// A band's pattern: an interval, values, or `otherwise`.
std::string ToText(const Tree& tree, const Pattern& pattern);
// A text in quotation marks, with escapes.
std::string Quote(std::string_view text);

}  // namespace pol::syntax
