// The engine: runs a verified program over a batch of records, exactly. 64-bit lanes first; when a batch
// overflows them it is run again at 128 bits, then with integers of any size; the result does not depend on
// which. Tested by tests/runtime/{engine,kernels,relevance}_test.cpp and, against the reference evaluator,
// tests/agreement/.
#pragma once

#include <boost/multiprecision/cpp_int.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "runtime/engine/bits.h"
#include "runtime/program/program.h"
#include "runtime/records/batch.h"

namespace pol::engine {

using Rational = boost::multiprecision::cpp_rational;

enum class Width : std::uint8_t { k64, k128, kAny };
enum class Truth : std::uint8_t { kFalse, kTrue, kUnknown };

// What a run needs beside program and batch. No clock: without as_of, the as-of date is unknown.
struct Settings {
  std::optional<std::int32_t> as_of = std::nullopt;  // days since 1970-01-01
  Width narrowest = Width::k64;                      // tests start wider
};

// Every register of one run, kept for reading back. Lanes are those of the register's domain.
class Registers {
 public:
  Registers();
  ~Registers();
  Registers(Registers&&) noexcept;
  Registers& operator=(Registers&&) noexcept;

  Width width() const;
  std::uint32_t lanes(std::uint32_t value) const;
  Truth TruthAt(std::uint32_t value, std::uint32_t lane) const;
  // nullopt = unknown; WholeAt also where the number is not whole or beyond all counting.
  std::optional<Rational> NumberAt(std::uint32_t value, std::uint32_t lane) const;
  std::optional<std::int64_t> WholeAt(std::uint32_t value, std::uint32_t lane) const;
  std::optional<std::int32_t> CodeAt(std::uint32_t value, std::uint32_t lane) const;
  bool KnownAt(std::uint32_t value, std::uint32_t lane) const;
  const Bits& TruePlane(std::uint32_t value) const;                // truth registers
  const Bits& FalsePlane(std::uint32_t value) const;               // truth registers
  const Bits& KnownPlane(std::uint32_t value) const;               // number and code registers
  std::span<const std::int32_t> Codes(std::uint32_t value) const;  // code registers

  struct Implementation;
  std::unique_ptr<Implementation> implementation;
};

// Runs the whole program. `batch` may be widened to hold year windows (the columns given keep their meaning).
// The program must be verified (program/verify.h); this function has no error.
Registers Run(const program::Program& program, records::Batch& batch, const Settings& settings);

// A fact that could still change an outcome, or that decided one: fact, and for a series the year.
struct Need {
  std::uint32_t fact =
      program::kNone;  // index into schema.facts; kNone when `domain` is a list that is unknown as a whole
  std::uint32_t domain = program::kNone;  // of an unknown list
  std::int32_t year = 0;                  // of a series; else 0
  std::uint32_t reason = program::kNone;  // index into program.reasons: what the policy itself leaves unknown
  bool as_of = false;                     // the as-of date is what is missing
  friend auto operator<=>(const Need&, const Need&) = default;
};

// What decided the outputs of a batch, found by one backward sweep over the program (relevance.h has the
// rules).
struct Relevance {
  std::vector<Bits> because;  // by clause: rows in which this clause carries the reason (see Clause::made_of)
  std::vector<std::vector<Need>> needs;  // by row: sorted, distinct; empty where every root is known
};

// Sweeps from the given root registers (domain 0), each over all rows. `because` considers every root;
// `needs` only the rows where that root is unknown.
Relevance Sweep(const program::Program& program, const records::Batch& batch, const Registers& registers,
                std::span<const std::uint32_t> roots);

}  // namespace pol::engine
