// Whether the rows of a band table take every value once: gaps and overlaps, each with a value that falls in
// it. Tested by tests/compiler/model_bands_test.cpp.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "compiler/model/model.h"

namespace pol::model {

// The values one row's pattern takes, or a part of them; a missing bound is open to that side.
struct Span {
  std::optional<Rational> low = std::nullopt;
  std::optional<Rational> high = std::nullopt;
  bool low_closed = false;
  bool high_closed = false;
  std::size_t piece = 0;  // the caller's own number for it
};

struct CoverageFinding {
  enum class Kind : std::uint8_t { kGap, kOverlap, kEmpty };
  Kind kind = Kind::kGap;
  Rational witness;
  // Overlap: the two pieces. Gap: the pieces below and above. Empty: `first`.
  std::optional<std::size_t> first;
  std::optional<std::size_t> second;
};

struct CoverageQuestion {
  std::vector<Span> spans;
  bool whole_numbers = false;  // counts, years, days: nothing lies between 1 and 2
  bool has_rest = false;       // `otherwise` takes what the others leave
  Span limits;                 // values outside do not occur
  Rational step = 1;           // how far beyond the last bound a witness stands
};

std::vector<CoverageFinding> CheckCoverage(CoverageQuestion question);

}  // namespace pol::model
