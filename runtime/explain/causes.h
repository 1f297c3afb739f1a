// Why a value is not known: the way back from an unknown register, through what it was computed from, to the
// cells, conditions and dates that are the cause. Tested by tests/runtime/{explain,causes}_test.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/engine/engine.h"
#include "runtime/explain/explain.h"
#include "runtime/program/program.h"
#include "runtime/records/batch.h"

namespace pol::explain {

enum class CauseKind : std::uint8_t {
  kMissing,        // `fact`
  kAbsent,         // `fact`
  kNotJudged,      // `fact`
  kUnreadable,     // `fact`
  kContradictory,  // `fact` (may be none), `index` into program.holds
  kPolicy,         // `index` into program.reasons
  kNoList,         // `domain`
  kNoAsOf,
  kCalendar,
  kDateOutOfRange,
  kDivisionByZero,
  kNothingToChoose,
  kTie,
  kTooFew,  // elements
  kSameDay,
  kNoEarlierYear,  // `year`
  kCoarseRegion,
  kCannotDecide  // what is known would do in one case and not in another
};

struct Cause {
  CauseKind kind = CauseKind::kCannotDecide;
  std::uint32_t fact = program::kNone;
  std::uint32_t domain = program::kNone;
  std::uint32_t index = program::kNone;
  std::uint32_t element = 0;  // of a list's fact: counted from 1 within the record
  std::int32_t year = 0;      // of a series' fact
  friend auto operator<=>(const Cause&, const Cause&) = default;
};

// What the functions of this folder read: one record of a batch that was run.
struct Reading {
  const program::Program& program;
  const records::Batch& batch;
  const engine::Registers& registers;
  std::uint32_t row = 0;
  Language language = Language::kEnglish;

  struct Lanes {
    std::uint32_t first = 0;
    std::uint32_t last = 0;  // one past
  };
  Lanes LanesOf(std::uint32_t domain) const;
  std::uint32_t DomainOf(std::uint32_t value) const { return program.instructions[value].domain; }
  bool IsYears(std::uint32_t domain) const {
    return program.schema.domains[domain].kind == program::DomainKind::kYears;
  }
  std::int32_t YearOf(std::uint32_t lane) const;
  // The lane of a register that is read beside `lane`: the record's own, unless it lives in a child domain
  // itself.
  std::uint32_t LaneFor(std::uint32_t value, std::uint32_t lane) const {
    return DomainOf(value) == 0 ? row : lane;
  }
};

// Distinct, in the order found; at most kMostCauses. Empty when the value is known.
inline constexpr std::size_t kMostCauses = 32;
std::vector<Cause> FindCauses(const Reading& reading, std::uint32_t value, std::uint32_t lane);

std::string Show(const Reading& reading, const Cause& cause);
// "revenue 2021", "grade of accidents #2".
std::string ShowFactName(const Reading& reading, std::uint32_t fact, std::int32_t year,
                         std::uint32_t element);

}  // namespace pol::explain
