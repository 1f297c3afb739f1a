// A band table as the check of its rows sees it: the constant bounds of each. Tested by
// tests/compiler/model_bands_test.cpp.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "compiler/model/context.h"

namespace pol::model {

// One interval or value of a row's pattern; an invalid bound is open to that side.
struct BandPiece {
  std::size_t row = 0;
  ExpressionId low = {};
  ExpressionId high = {};
  bool low_closed = false;
  bool high_closed = false;
  Range range;
  std::string unit = {};  // of a bound as written
};

struct BandTable {
  Value subject;
  Range range;
  std::vector<Range> row_ranges = {};
  std::vector<BandPiece> pieces = {};
  bool has_rest = false;
  bool measured = false;  // brackets: the parts of the subject above 0, whatever values it takes
};

// Whether every value of the subject's type falls in exactly one row; reported with a value that does not.
// Bounds that name parameters with dated values are checked for each stretch of time in which the values stay
// as they are.
bool CheckBands(Context& context, const BandTable& table);

}  // namespace pol::model
