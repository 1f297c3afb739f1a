#include "runtime/explain/causes.h"

#include <algorithm>
#include <set>
#include <utility>

#include "runtime/explain/phrases.h"
#include "runtime/program/instruction_info.h"

namespace pol::explain {

using engine::Truth;
using program::kNone;
using program::Opcode;

Reading::Lanes Reading::LanesOf(std::uint32_t domain) const {
  if (domain == 0) return {row, row + 1};
  if (IsYears(domain)) return {row * batch.year_count, (row + 1) * batch.year_count};
  const std::vector<std::uint32_t>& offsets = batch.domains[domain].offsets;
  if (offsets.size() <= row + 1) return {};
  return {offsets[row], offsets[row + 1]};
}

std::int32_t Reading::YearOf(std::uint32_t lane) const {
  return batch.first_year + static_cast<std::int32_t>(lane - row * batch.year_count);
}

namespace {

class CauseFinder {
 public:
  explicit CauseFinder(const Reading& reading) : reading_(reading) {}

  std::vector<Cause> Find(std::uint32_t value, std::uint32_t lane) {
    Ask(value, lane);
    while (!pending_.empty() && causes_.size() < kMostCauses) {
      const auto [next, next_lane] = pending_.back();
      pending_.pop_back();
      Explain(next, next_lane);
    }
    return std::move(causes_);
  }

 private:
  bool Known(std::uint32_t value, std::uint32_t lane) const {
    return reading_.registers.KnownAt(value, lane);
  }
  // Puts an unknown operand on the way; tells whether it was unknown.
  bool Ask(std::uint32_t value, std::uint32_t lane) {
    if (Known(value, lane)) return false;
    if (seen_.emplace(value, lane).second) pending_.emplace_back(value, lane);
    return true;
  }
  void Add(Cause cause) {
    if (std::ranges::find(causes_, cause) == causes_.end()) causes_.push_back(cause);
  }
  void Add(CauseKind kind, std::uint32_t index = kNone) {
    Cause cause;
    cause.kind = kind;
    cause.index = index;
    Add(cause);
  }
  void AddList(std::uint32_t domain) {
    Cause cause;
    cause.kind = CauseKind::kNoList;
    cause.domain = domain;
    Add(cause);
  }
  Cause OfFact(std::uint32_t fact, std::uint32_t lane) const;

  void Explain(std::uint32_t value, std::uint32_t lane);
  void ExplainLoad(std::uint32_t fact, std::uint32_t lane);
  void ExplainGuard(std::uint32_t value, std::uint32_t lane);
  void ExplainSelect(std::uint32_t value, std::uint32_t lane);
  bool AskForList(std::uint32_t domain);
  void ExplainFold(std::uint32_t value);
  void ExplainWalk(std::uint32_t value);
  void ExplainYears(std::uint32_t value, std::uint32_t lane);
  void ExplainGather(std::uint32_t value);
  void ExplainOperands(std::uint32_t value, std::uint32_t lane);
  std::span<const std::uint32_t> OperandsOf(std::uint32_t value) const {
    return program::OperandsOf(reading_.program, value);
  }

  const Reading& reading_;
  std::vector<Cause> causes_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pending_;
  std::set<std::pair<std::uint32_t, std::uint32_t>> seen_;
};

Cause CauseFinder::OfFact(std::uint32_t fact, std::uint32_t lane) const {
  Cause cause;
  cause.fact = fact;
  const std::uint32_t domain = reading_.program.schema.facts[fact].domain;
  if (domain == 0) return cause;
  if (reading_.IsYears(domain)) {
    cause.year = reading_.YearOf(lane);
  } else {
    cause.element = lane - reading_.LanesOf(domain).first + 1;
  }
  return cause;
}

void CauseFinder::ExplainLoad(std::uint32_t fact, std::uint32_t lane) {
  const records::Column& column = reading_.batch.columns[fact];
  const records::CellState state = column.states.empty() ? records::CellState::kGiven : column.states[lane];
  Cause cause = OfFact(fact, lane);
  switch (state) {
    case records::CellState::kAbsent:
      cause.kind = CauseKind::kAbsent;
      break;
    case records::CellState::kNotJudged:
      cause.kind = CauseKind::kNotJudged;
      break;
    case records::CellState::kUnreadable:
      cause.kind = CauseKind::kUnreadable;
      break;
    default:
      cause.kind = CauseKind::kMissing;
      break;
  }
  Add(cause);
}

void CauseFinder::ExplainGuard(std::uint32_t value, std::uint32_t lane) {
  const auto operands = OperandsOf(value);
  if (reading_.registers.TruthAt(operands[1], lane) != Truth::kFalse) {
    Ask(operands[0], lane);
    return;
  }
  // The chain of guards on one fact ends in its load.
  std::uint32_t load = operands[0];
  while (reading_.program.instructions[load].opcode == reading_.program.instructions[value].opcode) {
    load = OperandsOf(load)[0];
  }
  Cause cause;
  const Opcode opcode = reading_.program.instructions[load].opcode;
  if (opcode == Opcode::kLoadTruth || opcode == Opcode::kLoadNumber || opcode == Opcode::kLoadCode) {
    cause = OfFact(OperandsOf(load)[0], lane);
  }
  cause.kind = CauseKind::kContradictory;
  cause.index = operands[2];
  Add(cause);
}

void CauseFinder::ExplainSelect(std::uint32_t value, std::uint32_t lane) {
  const auto operands = OperandsOf(value);
  const Truth condition = reading_.registers.TruthAt(operands[0], lane);
  if (condition != Truth::kFalse) Ask(operands[1], lane);
  if (condition != Truth::kTrue) Ask(operands[2], lane);
  Ask(operands[0], lane);
}

// A list that is unknown as a whole; tells whether it was.
bool CauseFinder::AskForList(std::uint32_t domain) {
  if (reading_.IsYears(domain) || reading_.batch.domains[domain].known[reading_.row]) return false;
  AddList(domain);
  return true;
}

void CauseFinder::ExplainFold(std::uint32_t value) {
  const auto operands = OperandsOf(value);
  const std::uint32_t domain = program::ChildOf(reading_.program, value);
  const program::InstructionInfo& info = program::InfoOf(reading_.program.instructions[value].opcode);
  bool any = AskForList(domain);
  const bool selected = operands.size() > 2 && info.KindAt(1) == program::OperandKind::kTruth;
  const Reading::Lanes lanes = reading_.LanesOf(domain);
  bool chosen = false;
  for (std::uint32_t lane = lanes.last; lane-- > lanes.first;) {
    if (selected && reading_.registers.TruthAt(operands[1], lane) == Truth::kFalse) continue;
    chosen = true;
    if (selected) any = Ask(operands[1], lane) || any;
    any = Ask(operands[0], lane) || any;
  }
  for (std::size_t position = 1; position < operands.size(); ++position) {
    if (program::IsParent(info.KindAt(position))) any = Ask(operands[position], reading_.row) || any;
  }
  if (any) return;
  const bool counts = reading_.program.instructions[value].opcode == Opcode::kFoldEarliest;
  Add(!chosen ? CauseKind::kNothingToChoose : counts ? CauseKind::kTooFew : CauseKind::kTie);
}

// The history up to a day: what is not known of the elements that may lie in it.
void CauseFinder::ExplainWalk(std::uint32_t value) {
  const auto operands = OperandsOf(value);
  const std::uint32_t domain = program::ChildOf(reading_.program, value);
  const std::size_t conditions =
      program::InfoOf(reading_.program.instructions[value].opcode).PositionOf(program::OperandKind::kTruths);
  bool any = Ask(operands[2], reading_.row);
  any = Ask(operands[1], reading_.row) || any;
  any = AskForList(domain) || any;
  const auto from = reading_.registers.CodeAt(operands[1], reading_.row);
  const auto until = reading_.registers.CodeAt(operands[2], reading_.row);
  const Reading::Lanes lanes = reading_.LanesOf(domain);
  for (std::uint32_t lane = lanes.last; lane-- > lanes.first;) {
    const auto date = reading_.registers.CodeAt(operands[0], lane);
    if (date && ((from && *date < *from) || (until && *date > *until))) continue;
    for (std::size_t position = operands.size(); position-- > conditions;) {
      any = Ask(operands[position], lane) || any;
    }
    any = Ask(operands[0], lane) || any;
  }
  if (!any) Add(CauseKind::kSameDay);
}

// One year: the elements that belong to it, and those of which that is not known.
void CauseFinder::ExplainYears(std::uint32_t value, std::uint32_t lane) {
  const auto operands = OperandsOf(value);
  const std::uint32_t domain = program::ChildOf(reading_.program, value);
  const std::size_t year_position =
      program::InfoOf(reading_.program.instructions[value].opcode).PositionOf(program::OperandKind::kNumber);
  const std::int32_t wanted = reading_.YearOf(lane);
  bool any = AskForList(domain);
  const Reading::Lanes lanes = reading_.LanesOf(domain);
  for (std::uint32_t element = lanes.last; element-- > lanes.first;) {
    const auto year = reading_.registers.NumberAt(operands[year_position], element);
    if (year && *year != wanted) continue;
    const std::uint32_t condition = operands[year_position - 1];
    if (reading_.registers.TruthAt(condition, element) == Truth::kFalse) continue;
    for (std::size_t position = year_position + 1; position-- > 0;) {
      any = Ask(operands[position], element) || any;
    }
  }
  if (!any) Add(CauseKind::kNothingToChoose);
}

void CauseFinder::ExplainGather(std::uint32_t value) {
  const auto operands = OperandsOf(value);
  if (Ask(operands[1], reading_.row)) return;
  const auto chosen = reading_.registers.CodeAt(operands[1], reading_.row);
  const Reading::Lanes lanes = reading_.LanesOf(operands[2]);
  if (!chosen || *chosen < 0 || static_cast<std::uint32_t>(*chosen) >= lanes.last - lanes.first) {
    return Add(CauseKind::kNothingToChoose);
  }
  Ask(operands[0], lanes.first + static_cast<std::uint32_t>(*chosen));
}

void CauseFinder::ExplainOperands(std::uint32_t value, std::uint32_t lane) {
  const program::InstructionInfo& info = program::InfoOf(reading_.program.instructions[value].opcode);
  const auto operands = OperandsOf(value);
  bool any = false;
  for (std::size_t position = operands.size(); position-- > 0;) {
    if (!program::IsRegister(info.KindAt(position))) continue;
    any = Ask(operands[position], reading_.LaneFor(operands[position], lane)) || any;
  }
  if (any) return;
  switch (reading_.program.instructions[value].opcode) {
    case Opcode::kDivide:
    case Opcode::kRoundHalfAway:
    case Opcode::kRoundUp:
    case Opcode::kRoundDown:
      return Add(CauseKind::kDivisionByZero);
    case Opcode::kAddWorkingDays:
    case Opcode::kNextWorkingDay:
    case Opcode::kWorkingDaysBetween:
      return Add(CauseKind::kCalendar);
    case Opcode::kAddDays:
    case Opcode::kAddMonths:
    case Opcode::kFirstDayOfYear:
      return Add(CauseKind::kDateOutOfRange);
    case Opcode::kWithinRegion:
      return Add(CauseKind::kCoarseRegion);
    default:
      return Add(CauseKind::kCannotDecide);
  }
}

void CauseFinder::Explain(std::uint32_t value, std::uint32_t lane) {
  const auto operands = OperandsOf(value);
  switch (reading_.program.instructions[value].opcode) {
    case Opcode::kLoadTruth:
    case Opcode::kLoadNumber:
    case Opcode::kLoadCode:
    case Opcode::kLoadPresence:
      return ExplainLoad(operands[0], lane);
    case Opcode::kLoadListKnown:
      return AddList(operands[0]);
    case Opcode::kAsOf:
      return Add(CauseKind::kNoAsOf);
    case Opcode::kUnknownTruth:
    case Opcode::kUnknownNumber:
    case Opcode::kUnknownCode:
      return Add(CauseKind::kPolicy, operands[0]);
    case Opcode::kGuardTruth:
    case Opcode::kGuardNumber:
    case Opcode::kGuardCode:
      return ExplainGuard(value, lane);
    case Opcode::kSelectTruth:
    case Opcode::kSelectNumber:
    case Opcode::kSelectCode:
      return ExplainSelect(value, lane);
    case Opcode::kPreviousCode:
      // Dates of the year before serve conditions of the year before, which are told for themselves.
      if (lane > reading_.LanesOf(reading_.DomainOf(value)).first) Ask(operands[0], lane - 1);
      return;
    case Opcode::kPreviousTruth:
    case Opcode::kPreviousNumber: {
      if (lane > reading_.LanesOf(reading_.DomainOf(value)).first) {
        Ask(operands[0], lane - 1);
        return;
      }
      Cause cause;
      cause.kind = CauseKind::kNoEarlierYear;
      cause.year = reading_.batch.first_year;
      return Add(cause);
    }
    case Opcode::kGatherTruth:
    case Opcode::kGatherNumber:
    case Opcode::kGatherCode:
      return ExplainGather(value);
    case Opcode::kWalkState:
    case Opcode::kWalkSince:
      return ExplainWalk(value);
    case Opcode::kYearsAny:
    case Opcode::kYearsEarliest:
      return ExplainYears(value, lane);
    default:
      break;
  }
  const program::InstructionInfo& info = program::InfoOf(reading_.program.instructions[value].opcode);
  if (info.domain_rule == program::DomainRule::kUp) return ExplainFold(value);
  ExplainOperands(value, lane);
}

std::string ShowPolicyReason(const Reading& reading, const program::Reason& reason) {
  const auto id = [&](std::uint32_t clause) -> std::string {
    return clause == kNone ? std::string() : reading.program.clauses[clause].id;
  };
  switch (reason.kind) {
    case program::ReasonKind::kUndisclosed:
      return Say(Phrase::kUndisclosed, reading.language, {id(reason.clause), reason.words});
    case program::ReasonKind::kConflict:
      return Say(Phrase::kConflict, reading.language, {id(reason.clause), id(reason.other), reason.words});
    case program::ReasonKind::kNoValueInForce:
      return Say(Phrase::kNoValueInForce, reading.language, {reason.words});
    case program::ReasonKind::kUndated:
      return Say(Phrase::kUndated, reading.language);
    case program::ReasonKind::kNoCalendar:
      break;
  }
  return Say(Phrase::kNoCalendar, reading.language);
}

std::string ShowContradiction(const Reading& reading, const Cause& cause, const std::string& name) {
  const program::Holds& holds = reading.program.holds[cause.index];
  return Say(Phrase::kContradictory, reading.language,
             {name, NameIn(holds.words, holds.label, reading.language)});
}

std::string ShowNotJudged(const Reading& reading, const Cause& cause, const std::string& name) {
  const std::string& judge = reading.program.schema.facts[cause.fact].judge;
  if (judge.empty()) return Say(Phrase::kNotJudged, reading.language, {name});
  return Say(Phrase::kNotJudgedBy, reading.language, {name, judge});
}

}  // namespace

std::vector<Cause> FindCauses(const Reading& reading, std::uint32_t value, std::uint32_t lane) {
  return CauseFinder(reading).Find(value, lane);
}

std::string ShowFactName(const Reading& reading, std::uint32_t fact, std::int32_t year,
                         std::uint32_t element) {
  if (fact == kNone) return {};
  const program::Fact& declared = reading.program.schema.facts[fact];
  const std::string& name = NameIn(declared.naming, reading.language);
  if (year != 0) return name + " " + std::to_string(year);
  if (declared.domain == 0) return name;
  const std::string& list = NameIn(reading.program.schema.domains[declared.domain].naming, reading.language);
  if (element == 0) return Say(Phrase::kFactOfElement, reading.language, {name, list});
  const std::string of = Say(Phrase::kElement, reading.language, {list, std::to_string(element)});
  return Say(Phrase::kFactOfElement, reading.language, {name, of});
}

std::string Show(const Reading& reading, const Cause& cause) {
  const Language language = reading.language;
  const std::string name = ShowFactName(reading, cause.fact, cause.year, cause.element);
  switch (cause.kind) {
    case CauseKind::kMissing:
      return Say(Phrase::kMissing, language, {name});
    case CauseKind::kAbsent:
      return Say(Phrase::kAbsent, language, {name});
    case CauseKind::kNotJudged:
      return ShowNotJudged(reading, cause, name);
    case CauseKind::kUnreadable:
      return Say(Phrase::kUnreadable, language, {name});
    case CauseKind::kContradictory:
      return ShowContradiction(reading, cause, name);
    case CauseKind::kPolicy:
      return ShowPolicyReason(reading, reading.program.reasons[cause.index]);
    case CauseKind::kNoList:
      return Say(Phrase::kNoList, language,
                 {NameIn(reading.program.schema.domains[cause.domain].naming, language)});
    case CauseKind::kNoAsOf:
      return Say(Phrase::kNoAsOf, language);
    case CauseKind::kCalendar:
      return Say(Phrase::kCalendarNotPublished, language);
    case CauseKind::kDateOutOfRange:
      return Say(Phrase::kDateOutOfRange, language);
    case CauseKind::kDivisionByZero:
      return Say(Phrase::kDivisionByZero, language);
    case CauseKind::kNothingToChoose:
      return Say(Phrase::kNothingToChoose, language);
    case CauseKind::kTie:
      return Say(Phrase::kTie, language);
    case CauseKind::kTooFew:
      return Say(Phrase::kTooFew, language);
    case CauseKind::kSameDay:
      return Say(Phrase::kSameDay, language);
    case CauseKind::kNoEarlierYear:
      return Say(Phrase::kNoEarlierYear, language, {std::to_string(cause.year)});
    case CauseKind::kCoarseRegion:
      return Say(Phrase::kCoarseRegion, language);
    case CauseKind::kCannotDecide:
      break;
  }
  return Say(Phrase::kCannotDecide, language);
}

}  // namespace pol::explain
