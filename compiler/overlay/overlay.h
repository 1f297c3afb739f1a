// What a policy makes of the one that it extends: clause by clause, parameter by parameter, what differs and
// whether it is stricter, looser or neither. `polc overlay` shows it. Tested by
// tests/compiler/overlay_test.cpp and tests/golden/overlay/.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/model/model.h"
#include "runtime/program/program.h"

namespace pol::overlay {

enum class Subject : std::uint8_t {
  kReference,  // the date on which parameters are read
  kParameter,
  kClause,
  kDecision,
  kGrant,
  kScore,
  kQuota,
  kLifecycle
};

enum class Change : std::uint8_t {
  kReplaced,   // a clause: another condition in its place
  kDropped,    // a clause
  kAdded,      // a clause, a decision, a grant, …
  kRewritten,  // anything else of the same name
  kFollows     // not touched itself; something that it reads is
};

// Of conditions "stricter" means that whoever meets the new one meets the old, "looser" the reverse; of
// numbers it is "higher" and "lower". Each for records of which everything is known, and the unknown law
// (what is not disclosed, no parameter in force) counts as neither met nor failed. What is not certain from
// the text alone is "different".
enum class Verdict : std::uint8_t { kSame, kStricter, kLooser, kHigher, kLower, kDifferent };

struct Finding {
  Subject subject = Subject::kClause;
  Change change = Change::kReplaced;
  Verdict verdict = Verdict::kDifferent;
  // Indices into the two models' lists of that subject; kNone where there is none.
  std::uint32_t base = program::kNone;
  std::uint32_t derived = program::kNone;
  // What it reads that differs: parameters by name, then clauses by id.
  std::vector<std::string> through = {};
};

struct Overlay {
  std::vector<Finding> findings;  // in the order of the enumeration above, then of the texts
  std::uint32_t clauses = 0;      // of both models, each id once
  std::uint32_t unchanged = 0;    // of them
};

// `derived` extends `base`; its own text is the first file of its compilation.
Overlay CompareModels(const model::Model& base, const model::Model& derived);

}  // namespace pol::overlay
