// How one comparison reads: value, threshold and margin. Tested by tests/runtime/explain_test.cpp.
#pragma once

#include <string>

#include "runtime/explain/causes.h"
#include "runtime/explain/findings.h"
#include "runtime/program/program.h"

namespace pol::explain {

// Fills the finding's line, value, threshold and margin from a node of kind kComparison.
void DescribeComparison(const Reading& reading, const program::Explanation& node, std::uint32_t lane,
                        Finding& finding);

// A term as it is called, and its value with what it is made of: "13.2% (132.00 of 1,000.00 元)".
std::string ShowTermName(const Reading& reading, const program::Term& term, std::uint32_t lane);
std::string ShowTermValue(const Reading& reading, const program::Term& term, const program::ValueType& type,
                          std::uint32_t lane);

}  // namespace pol::explain
