#include "runtime/engine/relevance.h"

#include <algorithm>
#include <cstddef>

#include "runtime/engine/planes.h"
#include "runtime/program/instruction_info.h"

namespace pol::engine {

using program::Opcode;
using program::RegisterKind;

enum class BackwardWalk::Rule : std::uint8_t {
  kNothing,
  kFact,
  kListKnown,
  kAsOf,
  kReason,
  kGuard,
  kPass,
  kSameTruth,
  kAtLeast,
  kSelect,
  kStrict,
  kBroadcast,
  kWindow,
  kPrevious,
  kFoldTruth,
  kFoldAtLeast,
  kFoldWhere,
  kFoldEarliest,
  kGather,
  kYearsAny,
  kYearsEarliest,
  kHistory
};

// No default: a new instruction must be given its rule before this builds.
BackwardWalk::Rule BackwardWalk::RuleOf(Opcode opcode) {
  switch (opcode) {
    case Opcode::kLoadYear:
    case Opcode::kConstantTruth:
    case Opcode::kConstantNumber:
    case Opcode::kConstantCode:
      return Rule::kNothing;
    case Opcode::kLoadTruth:
    case Opcode::kLoadNumber:
    case Opcode::kLoadCode:
    case Opcode::kLoadPresence:
      return Rule::kFact;
    case Opcode::kLoadListKnown:
      return Rule::kListKnown;
    case Opcode::kAsOf:
      return Rule::kAsOf;
    case Opcode::kUnknownTruth:
    case Opcode::kUnknownNumber:
    case Opcode::kUnknownCode:
      return Rule::kReason;
    case Opcode::kGuardTruth:
    case Opcode::kGuardNumber:
    case Opcode::kGuardCode:
      return Rule::kGuard;
    case Opcode::kClause:
    case Opcode::kNot:
      return Rule::kPass;
    case Opcode::kAnd:
    case Opcode::kOr:
      return Rule::kSameTruth;
    case Opcode::kAtLeast:
      return Rule::kAtLeast;
    case Opcode::kSelectTruth:
    case Opcode::kSelectNumber:
    case Opcode::kSelectCode:
      return Rule::kSelect;
    case Opcode::kAdd:
    case Opcode::kSubtract:
    case Opcode::kMultiply:
    case Opcode::kDivide:
    case Opcode::kNegate:
    case Opcode::kRoundHalfAway:
    case Opcode::kRoundUp:
    case Opcode::kRoundDown:
    case Opcode::kEqualNumber:
    case Opcode::kLessNumber:
    case Opcode::kLessEqualNumber:
    case Opcode::kEqualCode:
    case Opcode::kLessCode:
    case Opcode::kLessEqualCode:
    case Opcode::kWithinRegion:
    case Opcode::kAddDays:
    case Opcode::kAddMonths:
    case Opcode::kAddWorkingDays:
    case Opcode::kNextWorkingDay:
    case Opcode::kDaysBetween:
    case Opcode::kMonthsBetween:
    case Opcode::kWorkingDaysBetween:
    case Opcode::kYearOf:
    case Opcode::kMonthOf:
    case Opcode::kDayOf:
    case Opcode::kFirstDayOfYear:
      return Rule::kStrict;
    case Opcode::kBroadcastTruth:
    case Opcode::kBroadcastNumber:
    case Opcode::kBroadcastCode:
      return Rule::kBroadcast;
    case Opcode::kWindowYears:
      return Rule::kWindow;
    case Opcode::kPreviousTruth:
    case Opcode::kPreviousCode:
    case Opcode::kPreviousNumber:
      return Rule::kPrevious;
    case Opcode::kFoldAny:
    case Opcode::kFoldAll:
      return Rule::kFoldTruth;
    case Opcode::kFoldAtLeast:
      return Rule::kFoldAtLeast;
    case Opcode::kFoldCount:
    case Opcode::kFoldSum:
    case Opcode::kFoldMinimum:
    case Opcode::kFoldMaximum:
    case Opcode::kFoldMinimumCode:
    case Opcode::kFoldMaximumCode:
    case Opcode::kPickEarliest:
    case Opcode::kPickLatest:
      return Rule::kFoldWhere;
    case Opcode::kFoldEarliest:
      return Rule::kFoldEarliest;
    case Opcode::kGatherTruth:
    case Opcode::kGatherNumber:
    case Opcode::kGatherCode:
      return Rule::kGather;
    case Opcode::kYearsAny:
      return Rule::kYearsAny;
    case Opcode::kYearsEarliest:
      return Rule::kYearsEarliest;
    case Opcode::kWalkState:
    case Opcode::kWalkSince:
      return Rule::kHistory;
  }
  return Rule::kNothing;
}

BackwardWalk::BackwardWalk(const program::Program& program, const records::Batch& batch,
                           const Registers& registers, std::vector<std::vector<Need>>* needs)
    : program_(program), batch_(batch), registers_(registers), needs_(needs) {
  for (std::vector<Bits>& planes : planes_) planes.resize(program.instructions.size());
}

void BackwardWalk::Walk() {
  for (auto value = static_cast<std::uint32_t>(program_.instructions.size()); value-- > 0;) {
    for (const Plane plane : {kRelevant, kWanted}) {
      const Bits& lit = planes_[plane][value];
      if (Any(lit)) Apply(plane, value, lit);
    }
  }
}

void BackwardWalk::Light(Plane plane, std::uint32_t value, const Bits& lanes) {
  // What is wanted only matters for needs.
  if (plane == kWanted && needs_ == nullptr) return;
  Bits& target = planes_[plane][value];
  if (target.lanes() == 0) {
    target = lanes;
  } else {
    Join(target, lanes);
  }
}

void BackwardWalk::Apply(Plane plane, std::uint32_t value, const Bits& lit) {
  const std::span<const std::uint32_t> operands = OperandsOf(value);
  switch (RuleOf(program_.instructions[value].opcode)) {
    case Rule::kNothing:
      return;
    case Rule::kFact:
      return Facts(plane, value, lit);
    case Rule::kListKnown:
      return NeedUnknownLists(operands[0], lit);
    case Rule::kAsOf:
      return NeedInRows(
          Up(plane == kWanted ? lit : Without(lit, KnownOf(value)), program_.instructions[value].domain),
          Need{.as_of = true});
    case Rule::kReason:
      return NeedInRows(Up(lit, program_.instructions[value].domain), Need{.reason = operands[0]});
    case Rule::kGuard:
      return Guard(plane, value, lit);
    case Rule::kPass:
      return Light(plane, operands[0], lit);
    case Rule::kSameTruth:
      return SameTruth(plane, value, lit, 0);
    case Rule::kAtLeast:
      Threshold(plane, value, lit, operands[0]);
      return SameTruth(plane, value, lit, 1);
    case Rule::kSelect:
      return Select(plane, value, lit);
    case Rule::kStrict:
      return Strict(plane, value, lit);
    case Rule::kBroadcast:
      return Light(plane, operands[0], Up(lit, program_.instructions[value].domain));
    case Rule::kWindow:
      return Window(plane, value, lit);
    case Rule::kPrevious:
      return Previous(plane, value, lit);
    case Rule::kFoldTruth:
      return FoldTruth(plane, value, lit);
    case Rule::kFoldAtLeast:
      Threshold(plane, value, lit, operands[1]);
      return FoldTruth(plane, value, lit);
    case Rule::kFoldWhere:
      return FoldWhere(plane, value, lit);
    case Rule::kFoldEarliest:
      Threshold(plane, value, lit, operands[2]);
      return FoldEarliest(plane, value, lit);
    case Rule::kGather:
      return Gather(plane, value, lit);
    case Rule::kYearsAny:
      return YearsAny(plane, value, lit);
    case Rule::kYearsEarliest:
      return YearsEarliest(plane, value, lit);
    case Rule::kHistory:
      return History(plane, value, lit);
  }
}

void BackwardWalk::Facts(Plane plane, std::uint32_t value, const Bits& lit) {
  if (needs_ == nullptr) return;
  const Bits lanes = plane == kWanted ? lit : Without(lit, KnownOf(value));
  Need need{.fact = OperandsOf(value)[0]};
  const std::uint32_t domain = program_.instructions[value].domain;
  if (program_.schema.domains[domain].kind != program::DomainKind::kYears) {
    return NeedInRows(Up(lanes, domain), need);
  }
  ForEach(lanes, [&](std::uint32_t lane) {
    need.year = batch_.first_year + static_cast<std::int32_t>(lane % batch_.year_count);
    (*needs_)[lane / batch_.year_count].push_back(need);
  });
}

void BackwardWalk::Guard(Plane plane, std::uint32_t value, const Bits& lit) {
  const std::uint32_t guarded = OperandsOf(value)[0];
  Light(plane, guarded, lit);
  // The value was there; the guard took it.
  if (plane == kRelevant) Light(kWanted, guarded, Both(lit, Without(KnownOf(guarded), KnownOf(value))));
}

// Operands, from the first named on, where they are as true, false or unknown as the result.
void BackwardWalk::SameTruth(Plane plane, std::uint32_t value, const Bits& lit, std::size_t first_operand) {
  const Bits& yes = registers_.TruePlane(value);
  const Bits& no = registers_.FalsePlane(value);
  for (const std::uint32_t operand : OperandsOf(value).subspan(first_operand)) {
    Light(plane, operand,
          Combine(
              [](std::uint64_t matters, std::uint64_t result_yes, std::uint64_t result_no,
                 std::uint64_t operand_yes, std::uint64_t operand_no) {
                return matters & ~((result_yes ^ operand_yes) | (result_no ^ operand_no));
              },
              lit, yes, no, registers_.TruePlane(operand), registers_.FalsePlane(operand)));
  }
}

void BackwardWalk::Threshold(Plane plane, std::uint32_t value, const Bits& lit, std::uint32_t threshold) {
  Light(plane, threshold, Both(lit, Either(KnownOf(value), Opposite(KnownOf(threshold)))));
}

void BackwardWalk::Select(Plane plane, std::uint32_t value, const Bits& lit) {
  const std::span<const std::uint32_t> operands = OperandsOf(value);
  const Bits& yes = registers_.TruePlane(operands[0]);
  const Bits& no = registers_.FalsePlane(operands[0]);
  const Bits open = Without(Without(lit, yes), no);
  const Bits agreed = Both(open, KnownOf(value));
  const Bits undecided = Without(open, agreed);
  // What is wanted follows the value, not the choice.
  Light(plane, operands[0], plane == kWanted ? undecided : Without(lit, agreed));
  for (const std::size_t branch : {std::size_t{1}, std::size_t{2}}) {
    const Bits taken = branch == 1 ? Both(lit, yes) : Either(Both(lit, no), agreed);
    const Bits unknown = Without(undecided, KnownOf(operands[branch]));
    Light(plane, operands[branch], Either(taken, unknown));
  }
}

// All operands in the first lanes; in the others the unknown ones or, where all are known, all of them, which
// are wanted too.
void BackwardWalk::AllOrUnknownOperands(Plane plane, std::uint32_t value, const Bits& known_lanes,
                                        const Bits& unknown_lanes) {
  const program::InstructionInfo& info = program::InfoOf(program_.instructions[value].opcode);
  const std::span<const std::uint32_t> operands = OperandsOf(value);
  Bits unexplained = unknown_lanes;
  for (std::size_t i = 0; i < operands.size(); ++i) {
    if (program::IsRegister(info.KindAt(i))) Keep(unexplained, KnownOf(operands[i]));
  }
  const Bits all = Either(known_lanes, unexplained);
  for (std::size_t i = 0; i < operands.size(); ++i) {
    if (!program::IsRegister(info.KindAt(i))) continue;
    Light(plane, operands[i], Either(all, Without(unknown_lanes, KnownOf(operands[i]))));
    Light(kWanted, operands[i], unexplained);
  }
}

void BackwardWalk::Strict(Plane plane, std::uint32_t value, const Bits& lit) {
  const Bits known = KnownOf(value);
  AllOrUnknownOperands(plane, value, Both(lit, known), Without(lit, known));
}

void BackwardWalk::Window(Plane plane, std::uint32_t value, const Bits& lit) {
  const std::uint32_t domain = program_.instructions[value].domain;
  const Bits known = KnownOf(value);
  AllOrUnknownOperands(plane, value, Up(Both(lit, known), domain), Up(Without(lit, known), domain));
}

void BackwardWalk::Previous(Plane plane, std::uint32_t value, const Bits& lit) {
  Bits before(lit.lanes());
  ForEach(lit, [&](std::uint32_t lane) {
    if (lane % batch_.year_count != 0) before.Set(lane - 1);
  });
  Light(plane, OperandsOf(value)[0], before);
}

void BackwardWalk::FoldTruth(Plane plane, std::uint32_t value, const Bits& lit) {
  const std::span<const std::uint32_t> operands = OperandsOf(value);
  const std::uint32_t domain = program::ChildOf(program_, value);
  const Bits& yes = registers_.TruePlane(operands[0]);
  const Bits& no = registers_.FalsePlane(operands[0]);
  const Bits rows_unknown = Without(lit, KnownOf(value));
  Bits lanes = Both(Down(Both(lit, registers_.TruePlane(value)), domain), yes);
  Join(lanes, Both(Down(Both(lit, registers_.FalsePlane(value)), domain), no));
  Join(lanes, Without(Without(Down(rows_unknown, domain), yes), no));
  Light(plane, operands[0], lanes);
  NeedUnknownLists(domain, rows_unknown);
}

// What a fold reads in the lanes of the child: the values, if any, and last the condition.
std::span<const std::uint32_t> BackwardWalk::LaneOperands(std::uint32_t value) const {
  const program::InstructionInfo& info = program::InfoOf(program_.instructions[value].opcode);
  std::size_t count = 0;
  while (program::IsRegister(info.KindAt(count)) && !program::IsParent(info.KindAt(count))) ++count;
  return OperandsOf(value).first(count);
}

void BackwardWalk::FoldWhere(Plane plane, std::uint32_t value, const Bits& lit) {
  const std::span<const std::uint32_t> operands = LaneOperands(value);
  const Bits known = KnownOf(value);
  FoldUnknown(plane, value, Without(lit, known));
  if (plane == kWanted) return WantSelected(value, Both(lit, known));
  const Bits taken =
      Both(Down(Both(lit, known), program::ChildOf(program_, value)), registers_.TruePlane(operands.back()));
  for (const std::uint32_t operand : operands) Light(plane, operand, taken);
}

// What is unknown in the lanes that a fold may take, or the list; where nothing is, what it did take (too
// large, none, a tie).
void BackwardWalk::FoldUnknown(Plane plane, std::uint32_t value, const Bits& lit) {
  if (!Any(lit)) return;
  const std::span<const std::uint32_t> operands = LaneOperands(value);
  const std::uint32_t domain = program::ChildOf(program_, value);
  const std::uint32_t condition = operands.back();
  const Bits open = Without(Down(lit, domain), registers_.FalsePlane(condition));
  Bits unknown(open.lanes());
  for (const std::uint32_t operand : operands) {
    // Whether a lane counts comes first: its value is not asked for before that is known.
    const Bits& asked = operand == condition ? open : registers_.TruePlane(condition);
    const Bits lanes = Without(Both(open, asked), KnownOf(operand));
    Light(plane, operand, lanes);
    Join(unknown, lanes);
  }
  NeedUnknownLists(domain, lit);
  const Segments segments = SegmentsOf(domain);
  Bits unexplained = Without(lit, Up(unknown, domain));
  ForEach(Bits(unexplained), [&](std::uint32_t row) { unexplained.Put(row, segments.known(row)); });
  for (const std::uint32_t operand : operands) {
    Light(plane, operand, Both(Down(unexplained, domain), registers_.TruePlane(condition)));
  }
  WantSelected(value, unexplained);
}

// The values that a fold took; where it took none, why that is: the condition in every lane, and further
// elements.
void BackwardWalk::WantSelected(std::uint32_t value, const Bits& rows) {
  if (needs_ == nullptr || !Any(rows)) return;
  const std::span<const std::uint32_t> operands = LaneOperands(value);
  const std::uint32_t domain = program::ChildOf(program_, value);
  const std::uint32_t condition = operands.back();
  const Bits taken = Both(Down(rows, domain), registers_.TruePlane(condition));
  Light(kWanted, operands[0], taken);
  const Bits empty = Without(rows, Up(taken, domain));
  Light(kWanted, condition, Down(empty, domain));
  if (IsList(domain)) NeedInRows(empty, Need{.domain = domain});
}

void BackwardWalk::Gather(Plane plane, std::uint32_t value, const Bits& lit) {
  const std::span<const std::uint32_t> operands = OperandsOf(value);
  const Segments segments = SegmentsOf(operands[2]);
  const std::span<const std::int32_t> index = registers_.Codes(operands[1]);
  const Bits known = KnownOf(operands[1]);
  Bits picked(registers_.lanes(operands[0]));
  Bits beyond(lit.lanes());
  ForEach(Both(lit, known), [&](std::uint32_t row) {
    const std::int64_t size = std::int64_t{segments.last(row)} - segments.first(row);
    if (index[row] < 0 || index[row] >= size) return beyond.Set(row);
    picked.Set(segments.first(row) + static_cast<std::uint32_t>(index[row]));
  });
  Light(plane, operands[0], picked);
  const Bits chosen = plane == kWanted ? Bits(lit.lanes()) : Both(lit, KnownOf(value));
  Light(plane, operands[1], Either(chosen, Either(beyond, Without(lit, known))));
  Light(kWanted, operands[1], beyond);
}

std::span<const std::uint32_t> BackwardWalk::OperandsOf(std::uint32_t value) const {
  return program::OperandsOf(program_, value);
}

Bits BackwardWalk::KnownOf(std::uint32_t value) const {
  if (program::InfoOf(program_.instructions[value].opcode).result == RegisterKind::kTruth) {
    return Either(registers_.TruePlane(value), registers_.FalsePlane(value));
  }
  return registers_.KnownPlane(value);
}

bool BackwardWalk::IsList(std::uint32_t domain) const {
  return program_.schema.domains[domain].kind == program::DomainKind::kList;
}

// All lanes of the rows.
Bits BackwardWalk::Down(const Bits& rows, std::uint32_t domain) const {
  const Segments segments = SegmentsOf(domain);
  Bits lanes(records::LaneCount(batch_, domain));
  ForEach(rows, [&](std::uint32_t row) { SetRange(lanes, segments.first(row), segments.last(row)); });
  return lanes;
}

// Rows with any of the lanes.
Bits BackwardWalk::Up(const Bits& lanes, std::uint32_t domain) const {
  if (domain == 0) return lanes;
  if (!Any(lanes)) return Bits(batch_.rows);
  const Segments segments = SegmentsOf(domain);
  return Pack(batch_.rows, [&](std::size_t index) {
    const auto row = static_cast<std::uint32_t>(index);
    return AnyInRange(lanes, segments.first(row), segments.last(row));
  });
}

void BackwardWalk::NeedInRows(const Bits& rows, const Need& need) {
  if (needs_ == nullptr) return;
  ForEach(rows, [&](std::uint32_t row) { (*needs_)[row].push_back(need); });
}

void BackwardWalk::NeedUnknownLists(std::uint32_t domain, const Bits& rows) {
  if (needs_ == nullptr || !IsList(domain)) return;
  const Segments segments = SegmentsOf(domain);
  ForEach(rows, [&](std::uint32_t row) {
    if (!segments.known(row)) (*needs_)[row].push_back(Need{.domain = domain});
  });
}

namespace {

// Rows in which the clause carries the reason, rather than a clause that it is made of.
Bits CarriesReason(const program::Program& program, const program::Clause& clause, const BackwardWalk& walk,
                   std::uint32_t rows) {
  const auto relevant = [&](std::uint32_t value) {
    return value == program::kNone || walk.relevant(value).lanes() == 0 ? Bits(rows) : walk.relevant(value);
  };
  Bits carries = relevant(clause.value);
  for (const std::uint32_t part : clause.made_of) {
    carries = Without(carries, relevant(program.clauses[part].value));
  }
  return carries;
}

// Nobody can supply a date that the data has no place for, so it is named only where nothing else is missing.
void DropUndated(const program::Program& program, std::vector<Need>& needs) {
  const auto undated = [&](const Need& need) {
    return need.reason != program::kNone &&
           program.reasons[need.reason].kind == program::ReasonKind::kUndated;
  };
  if (!std::ranges::all_of(needs, undated)) std::erase_if(needs, undated);
}

}  // namespace

Relevance Sweep(const program::Program& program, const records::Batch& batch, const Registers& registers,
                std::span<const std::uint32_t> roots) {
  Relevance result;
  BackwardWalk decided(program, batch, registers, nullptr);
  for (const std::uint32_t root : roots) decided.Begin(root, Bits(batch.rows, true));
  decided.Walk();
  for (const program::Clause& clause : program.clauses) {
    result.because.push_back(CarriesReason(program, clause, decided, batch.rows));
  }

  result.needs.resize(batch.rows);
  BackwardWalk open(program, batch, registers, &result.needs);
  bool any_open = false;
  for (const std::uint32_t root : roots) {
    const Bits rows = Pack(batch.rows, [&](std::size_t row) {
      return !registers.KnownAt(root, static_cast<std::uint32_t>(row));
    });
    if (!Any(rows)) continue;
    any_open = true;
    open.Begin(root, rows);
  }
  if (!any_open) return result;
  open.Walk();
  for (std::vector<Need>& needs : result.needs) {
    std::sort(needs.begin(), needs.end());
    needs.erase(std::unique(needs.begin(), needs.end()), needs.end());
    DropUndated(program, needs);
  }
  return result;
}

}  // namespace pol::engine
