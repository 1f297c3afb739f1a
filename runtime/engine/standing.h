// How a record stands in a lifecycle: the registers of one lifecycle read back as plain values. What
// explanations, timelines and calendars are made of. Tested by tests/runtime/timeline_test.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "runtime/engine/engine.h"
#include "runtime/program/program.h"
#include "runtime/records/batch.h"

namespace pol::engine {

enum class DutyStatus : std::uint8_t {
  kMet,       // `met_on` where the data says when
  kMetLate,   // on `met_on`, after `due`
  kMissed,    // not met, and no longer to be made good: the lifecycle has ended
  kOverdue,   // since `due`
  kDue,       // by `due`
  kNotKnown,  // whether it is owed, whether it was met, or whether it is due already
};

// One period of a recurring duty, or a duty that is due once.
struct DutyStanding {
  std::uint32_t duty = 0;  // index into Lifecycle::duties
  std::int32_t year = 0;   // in which the period ends; 0: due once
  DutyStatus status = DutyStatus::kNotKnown;
  std::optional<std::int32_t> due;  // the last day; nullopt: not known
  bool may_move = false;            // should that day be a holiday: the calendar of its year is not published
  std::optional<std::int32_t> met_on;
  bool later = false;                      // another period of the same duty is to be met first
  std::uint32_t unknown = program::kNone;  // kNotKnown: the register that is not known…
  std::uint32_t lane = 0;                  // … and its lane
};

struct LifecycleStanding {
  std::optional<std::uint32_t> state;                                // member; nullopt: not known
  program::LifecyclePhase phase = program::LifecyclePhase::kBefore;  // where the state is known
  std::uint32_t clause = program::kNone;                             // that the state follows from
  std::optional<std::int32_t> since;                                 // nullopt: the data gives no date
  std::optional<std::int32_t> start;
  std::optional<std::int32_t> expiry;
  Truth barred = Truth::kFalse;
  bool barred_for_good = false;
  std::optional<std::int32_t> barred_until;
  std::vector<DutyStanding> duties;  // by duty and year
  std::optional<std::size_t> next;   // of `duties`, the first to be due

  bool runs() const { return state && phase == program::LifecyclePhase::kRunning; }
};

LifecycleStanding StandingOf(const program::Program& program, const program::Lifecycle& lifecycle,
                             const records::Batch& batch, const Registers& registers, std::uint32_t row,
                             std::optional<std::int32_t> as_of);

// The as-of date of the run, read off the registers; nullopt where there was none or nothing asks for it.
std::optional<std::int32_t> AsOfDate(const program::Program& program, const Registers& registers,
                                     std::uint32_t row);

}  // namespace pol::engine
