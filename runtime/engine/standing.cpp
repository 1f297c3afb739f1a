#include "runtime/engine/standing.h"

#include "runtime/calendar/date.h"

namespace pol::engine {
namespace {

using program::kNone;
using program::LifecyclePhase;

// Reads the registers of one lifecycle in one record.
class Reader {
 public:
  Reader(const program::Program& program, const program::Lifecycle& lifecycle, const records::Batch& batch,
         const Registers& registers, std::uint32_t row, std::optional<std::int32_t> as_of)
      : program_(program),
        lifecycle_(lifecycle),
        batch_(batch),
        registers_(registers),
        row_(row),
        as_of_(as_of) {}

  LifecycleStanding Read() {
    ReadState();
    for (std::uint32_t duty = 0; duty < lifecycle_.duties.size(); ++duty) ReadDuty(duty);
    FindNext();
    return std::move(standing_);
  }

 private:
  std::optional<std::int32_t> Code(std::uint32_t value, std::uint32_t lane) const {
    return value == kNone ? std::nullopt : registers_.CodeAt(value, LaneFor(value, lane));
  }
  // No calendar has days beyond those that dates are read as.
  std::optional<std::int32_t> Date(std::uint32_t value, std::uint32_t lane) const {
    const auto code = Code(value, lane);
    const bool sound = code && *code >= calendar::kFirstDay && *code <= calendar::kLastDay;
    return sound ? code : std::nullopt;
  }
  Truth TruthOf(std::uint32_t value, std::uint32_t lane) const {
    return value == kNone ? Truth::kFalse : registers_.TruthAt(value, LaneFor(value, lane));
  }
  // A register of the record may stand for all years.
  std::uint32_t LaneFor(std::uint32_t value, std::uint32_t lane) const {
    return program_.instructions[value].domain == 0 ? row_ : lane;
  }

  void ReadState() {
    standing_.since = Date(lifecycle_.since, row_);
    standing_.start = Date(lifecycle_.start, row_);
    standing_.expiry = Date(lifecycle_.expiry, row_);
    const auto code = Code(lifecycle_.state, row_);
    if (code && *code >= 0 && static_cast<std::size_t>(*code) < lifecycle_.states.size()) {
      const program::LifecycleState& state = lifecycle_.states[static_cast<std::size_t>(*code)];
      standing_.state = static_cast<std::uint32_t>(*code);
      standing_.phase = state.phase;
      standing_.clause = state.clause;
      standing_.barred_for_good = state.barred_for_good;
    }
    standing_.barred = TruthOf(lifecycle_.barred, row_);
    standing_.barred_for_good = standing_.barred_for_good && standing_.barred == Truth::kTrue;
    const bool until = standing_.barred == Truth::kTrue && !standing_.barred_for_good;
    if (until) standing_.barred_until = Date(lifecycle_.barred_until, row_);
  }

  void ReadDuty(std::uint32_t index) {
    const program::Duty& duty = lifecycle_.duties[index];
    if (duty.owed == kNone) return;
    const std::size_t first = standing_.duties.size();
    if (program_.instructions[duty.owed].domain == 0) {
      ReadPeriod(index, row_, 0);
    } else {
      for (std::uint32_t year = 0; year < batch_.year_count; ++year) {
        ReadPeriod(index, row_ * batch_.year_count + year,
                   batch_.first_year + static_cast<std::int32_t>(year));
      }
    }
    MarkLater(first);
  }

  void ReadPeriod(std::uint32_t index, std::uint32_t lane, std::int32_t year) {
    const program::Duty& duty = lifecycle_.duties[index];
    const Truth owed = TruthOf(duty.owed, lane);
    const bool before = standing_.state && standing_.phase == LifecyclePhase::kBefore;
    if (owed == Truth::kFalse || before) return;
    DutyStanding period;
    period.duty = index;
    period.year = year;
    period.lane = lane;
    // Without a start no year is the one in which a period ends.
    const bool placed = owed == Truth::kTrue || standing_.start || !duty.recurring;
    if (!placed) period.year = 0;
    if (placed) period.due = Date(duty.due, lane);
    if (placed && !period.due) {
      period.due = Date(duty.nominal, lane);
      period.may_move = period.due.has_value();
    }
    const Truth met = TruthOf(duty.met, lane);
    if (met == Truth::kTrue) period.met_on = Date(duty.met_on, lane);
    if (owed == Truth::kUnknown) {
      period.unknown = duty.owed;
    } else if (met == Truth::kTrue) {
      const bool late = period.due && !period.may_move && period.met_on && *period.met_on > *period.due;
      period.status = late ? DutyStatus::kMetLate : DutyStatus::kMet;
    } else if (met == Truth::kUnknown) {
      period.unknown = duty.met;
    } else if (!ReadOpen(duty, period)) {
      return;
    }
    if (EndedBefore(period) || IsRepeated(period)) return;
    standing_.duties.push_back(period);
  }

  // What nobody knows of a duty that was due after the end does not matter any more.
  bool EndedBefore(const DutyStanding& period) const {
    const bool ended = standing_.state && standing_.phase == LifecyclePhase::kEnded && standing_.since;
    return ended && period.status == DutyStatus::kNotKnown && period.due && *period.due >= *standing_.since;
  }

  // Of a year about which nothing is known after another such: one stands for all.
  bool IsRepeated(const DutyStanding& period) {
    const bool unsaid = period.status == DutyStatus::kNotKnown && !period.due;
    if (!unsaid || standing_.duties.empty()) return false;
    DutyStanding& last = standing_.duties.back();
    const bool same =
        last.duty == period.duty && last.status == DutyStatus::kNotKnown && !last.due.has_value();
    if (same) last.year = 0;
    return same;
  }

  // A duty that is owed and not met. False where the lifecycle ended before it was due.
  bool ReadOpen(const program::Duty& duty, DutyStanding& period) const {
    if (!standing_.state || !as_of_) {
      period.unknown = lifecycle_.state;
      return true;
    }
    if (!period.due) {
      period.unknown = duty.due;
      return standing_.runs();
    }
    // A holiday moves the last day only onwards: what is ahead stays ahead.
    if (!standing_.runs()) {
      if (*period.due >= standing_.since.value_or(*as_of_)) return false;
      // Whether it was due before the end is not known where one of the two days is not.
      if (!standing_.since) {
        period.unknown = lifecycle_.since;
      } else if (period.may_move) {
        period.unknown = duty.due;
      } else {
        period.status = DutyStatus::kMissed;
      }
      return true;
    }
    if (*period.due >= *as_of_) {
      period.status = DutyStatus::kDue;
    } else if (!period.may_move) {
      period.status = DutyStatus::kOverdue;
    } else {
      period.unknown = duty.due;
    }
    return true;
  }

  // Of the periods that lie ahead, only the first is at hand.
  void MarkLater(std::size_t first) {
    bool ahead = false;
    for (std::size_t at = first; at < standing_.duties.size(); ++at) {
      DutyStanding& period = standing_.duties[at];
      const bool met = period.status == DutyStatus::kMet || period.status == DutyStatus::kMetLate;
      if (met || !as_of_ || !period.due || *period.due < *as_of_) continue;
      period.later = ahead;
      ahead = true;
    }
  }

  void FindNext() {
    for (std::size_t at = 0; at < standing_.duties.size(); ++at) {
      const DutyStanding& period = standing_.duties[at];
      if (period.status != DutyStatus::kDue || period.later) continue;
      if (!standing_.next || *period.due < *standing_.duties[*standing_.next].due) standing_.next = at;
    }
  }

  const program::Program& program_;
  const program::Lifecycle& lifecycle_;
  const records::Batch& batch_;
  const Registers& registers_;
  std::uint32_t row_;
  std::optional<std::int32_t> as_of_;
  LifecycleStanding standing_;
};

}  // namespace

LifecycleStanding StandingOf(const program::Program& program, const program::Lifecycle& lifecycle,
                             const records::Batch& batch, const Registers& registers, std::uint32_t row,
                             std::optional<std::int32_t> as_of) {
  return Reader(program, lifecycle, batch, registers, row, as_of).Read();
}

std::optional<std::int32_t> AsOfDate(const program::Program& program, const Registers& registers,
                                     std::uint32_t row) {
  for (std::uint32_t value = 0; value < program.instructions.size(); ++value) {
    const program::Instruction& instruction = program.instructions[value];
    if (instruction.opcode != program::Opcode::kAsOf || instruction.domain != 0) continue;
    return registers.CodeAt(value, row);
  }
  return std::nullopt;
}

}  // namespace pol::engine
