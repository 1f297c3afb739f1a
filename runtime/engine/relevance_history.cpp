// The rules of relevance for what goes by dates: the n-th date of a list, elements by year, walks through a
// history.
#include <cstddef>

#include "runtime/calendar/date.h"
#include "runtime/engine/planes.h"
#include "runtime/engine/relevance.h"
#include "runtime/program/instruction_info.h"

namespace pol::engine {
namespace {

Truth Both(Truth a, Truth b) {
  if (a == Truth::kFalse || b == Truth::kFalse) return Truth::kFalse;
  return a == Truth::kTrue && b == Truth::kTrue ? Truth::kTrue : Truth::kUnknown;
}

}  // namespace

// As a fold, once it is known which date is asked for. Where there are too few, why that is.
void BackwardWalk::FoldEarliest(Plane plane, std::uint32_t value, const Bits& lit) {
  const std::span<const std::uint32_t> operands = OperandsOf(value);
  const Bits asked = Both(lit, KnownOf(operands[2]));
  FoldWhere(plane, value, asked);
  if (needs_ == nullptr) return;
  const std::uint32_t domain = program::ChildOf(program_, value);
  const Bits unknown = Without(asked, KnownOf(value));
  const Bits open = Without(Down(unknown, domain), registers_.FalsePlane(operands[1]));
  const Bits counted = Both(registers_.TruePlane(operands[1]), KnownOf(operands[0]));
  Bits few = Without(unknown, Up(Without(open, counted), domain));
  const Segments segments = SegmentsOf(domain);
  ForEach(Bits(few), [&](std::uint32_t row) { few.Put(row, segments.known(row)); });
  Light(kWanted, operands[1], Down(few, domain));
  Light(kWanted, operands[2], few);
  if (IsList(domain)) NeedInRows(few, Need{.domain = domain});
}

// Whether an element is of the year.
Truth BackwardWalk::IsOfYear(std::uint32_t years, std::uint32_t lane, std::int64_t year) const {
  if (!registers_.KnownAt(years, lane)) return Truth::kUnknown;
  return registers_.WholeAt(years, lane) == year ? Truth::kTrue : Truth::kFalse;
}

// Calls `visit(row, year lane, year)` for the lanes of the year domain.
template <typename Visit>
void BackwardWalk::ForYears(const Bits& lit, Visit visit) const {
  ForEach(lit, [&](std::uint32_t lane) {
    visit(lane / batch_.year_count, lane, std::int64_t{batch_.first_year} + lane % batch_.year_count);
  });
}

// An `any` over the elements of `A holds and it is of this year`.
void BackwardWalk::YearsAny(Plane plane, std::uint32_t value, const Bits& lit) {
  const std::span<const std::uint32_t> operands = OperandsOf(value);
  const Segments segments = SegmentsOf(operands[2]);
  Bits held(registers_.lanes(operands[0]));
  Bits dated(held.lanes());
  Bits unknown(batch_.rows);
  ForYears(lit, [&](std::uint32_t row, std::uint32_t year_lane, std::int64_t year) {
    const Truth result = registers_.TruthAt(value, year_lane);
    if (result == Truth::kUnknown) unknown.Set(row);
    for (std::uint32_t lane = segments.first(row); lane < segments.last(row); ++lane) {
      const Truth holds = registers_.TruthAt(operands[0], lane);
      const Truth of_year = IsOfYear(operands[1], lane, year);
      if (Both(holds, of_year) != result) continue;
      if (holds == result) held.Set(lane);
      if (of_year == result) dated.Set(lane);
    }
  });
  Light(plane, operands[0], held);
  Light(plane, operands[1], dated);
  NeedUnknownLists(operands[2], unknown);
}

// The dates that counted and why they did; or what is unknown of those that may. Where none counts, why that
// is.
void BackwardWalk::YearsEarliest(Plane plane, std::uint32_t value, const Bits& lit) {
  const std::span<const std::uint32_t> operands = OperandsOf(value);
  const Segments segments = SegmentsOf(operands[3]);
  const Bits known = KnownOf(value);
  Bits dates(registers_.lanes(operands[0]));
  Bits conditions(dates.lanes());
  Bits years(dates.lanes());
  Bits unknown(batch_.rows);
  Bits none(batch_.rows);
  ForYears(lit, [&](std::uint32_t row, std::uint32_t year_lane, std::int64_t year) {
    bool explained = known[year_lane] || !segments.known(row);
    if (!known[year_lane]) unknown.Set(row);
    for (std::uint32_t lane = segments.first(row); lane < segments.last(row); ++lane) {
      const Truth holds = registers_.TruthAt(operands[1], lane);
      const Truth of_year = IsOfYear(operands[2], lane, year);
      const Truth counts = Both(holds, of_year);
      if (counts == Truth::kFalse || (known[year_lane] && counts == Truth::kUnknown)) continue;
      explained = true;
      if (counts == Truth::kTrue && (known[year_lane] || !registers_.KnownAt(operands[0], lane))) {
        dates.Set(lane);
      }
      const Truth asked = known[year_lane] ? Truth::kTrue : Truth::kUnknown;
      // What is wanted follows the value, not the choice.
      if (known[year_lane] && plane == kWanted) continue;
      if (holds == asked) conditions.Set(lane);
      if (of_year == asked) years.Set(lane);
    }
    if (!explained) none.Set(row);
  });
  Light(plane, operands[0], dates);
  Light(plane, operands[1], conditions);
  Light(plane, operands[2], years);
  NeedUnknownLists(operands[3], unknown);
  Light(kWanted, operands[1], Down(none, operands[3]));
  Light(kWanted, operands[2], Down(none, operands[3]));
  NeedInRows(none, Need{.domain = operands[3]});
}

namespace {

// Operands of a walk; its conditions follow.
constexpr std::size_t kDates = 0;
constexpr std::size_t kFrom = 1;
constexpr std::size_t kUntil = 2;
constexpr std::size_t kFirstCondition = 5;

}  // namespace

void BackwardWalk::History(Plane plane, std::uint32_t value, const Bits& lit) {
  const Bits known = KnownOf(value);
  KnownHistory(plane, value, Both(lit, known));
  UnknownHistory(plane, value, Without(lit, known));
}

// Lanes of the rows that may be dated from the first day to the last.
Bits BackwardWalk::InReach(std::uint32_t value, const Bits& rows) const {
  const std::span<const std::uint32_t> operands = OperandsOf(value);
  const Segments segments = SegmentsOf(program::ChildOf(program_, value));
  const auto date_at = [&](std::size_t operand, std::uint32_t lane) {
    std::optional<std::int32_t> date = registers_.CodeAt(operands[operand], lane);
    // As the kernel has it: a code that is no date says nothing.
    if (date && (*date < calendar::kFirstDay || *date > calendar::kLastDay)) date.reset();
    return date;
  };
  Bits lanes(registers_.lanes(operands[kDates]));
  ForEach(rows, [&](std::uint32_t row) {
    const std::optional<std::int32_t> from = date_at(kFrom, row);
    const std::optional<std::int32_t> until = date_at(kUntil, row);
    for (std::uint32_t lane = segments.first(row); lane < segments.last(row); ++lane) {
      const std::optional<std::int32_t> date = date_at(kDates, lane);
      const bool outside = date && ((from && *date < *from) || (until && *date > *until));
      if (!outside) lanes.Set(lane);
    }
  });
  return lanes;
}

// The elements in reach, as far as they are known: what is unknown of them did not matter.
void BackwardWalk::KnownHistory(Plane plane, std::uint32_t value, const Bits& rows) {
  if (!Any(rows)) return;
  const std::span<const std::uint32_t> operands = OperandsOf(value);
  const Bits reached = Both(InReach(value, rows), KnownOf(operands[kDates]));
  Light(plane, operands[kFrom], rows);
  Light(plane, operands[kDates], reached);
  // What is wanted follows the dates, not what chooses among them.
  if (plane == kWanted) return;
  Light(plane, operands[kUntil], rows);
  for (const std::uint32_t condition : operands.subspan(kFirstCondition)) {
    Light(plane, condition, Both(reached, KnownOf(condition)));
  }
}

// What is unknown: the list, the first and the last day, elements for which a condition may hold. Where
// nothing is, it is the order of one day: all elements in reach, and other dates are wanted.
void BackwardWalk::UnknownHistory(Plane plane, std::uint32_t value, const Bits& rows) {
  if (!Any(rows)) return;
  const std::span<const std::uint32_t> operands = OperandsOf(value);
  const std::span<const std::uint32_t> conditions = operands.subspan(kFirstCondition);
  const std::uint32_t domain = program::ChildOf(program_, value);
  NeedUnknownLists(domain, rows);
  Bits may_lead(registers_.lanes(operands[kDates]));
  for (const std::uint32_t condition : conditions) {
    Join(may_lead, Opposite(registers_.FalsePlane(condition)));
  }
  const Bits open = Both(InReach(value, rows), may_lead);
  Bits unknown = Without(open, KnownOf(operands[kDates]));
  Light(plane, operands[kDates], unknown);
  for (const std::uint32_t condition : conditions) {
    const Bits lanes = Without(open, KnownOf(condition));
    Light(plane, condition, lanes);
    Join(unknown, lanes);
  }
  Bits unexplained = Without(rows, Up(unknown, domain));
  for (const std::size_t bound : {kFrom, kUntil}) {
    const Bits known = KnownOf(operands[bound]);
    Light(plane, operands[bound], Without(rows, known));
    Keep(unexplained, known);
  }
  const Segments segments = SegmentsOf(domain);
  ForEach(Bits(unexplained), [&](std::uint32_t row) { unexplained.Put(row, segments.known(row)); });
  const Bits reached = Both(open, Down(unexplained, domain));
  Light(plane, operands[kDates], reached);
  Light(kWanted, operands[kDates], reached);
  for (const std::uint32_t condition : conditions) Light(plane, condition, reached);
  // Without any element it is the days themselves.
  const Bits empty = Without(unexplained, Up(reached, domain));
  for (const std::size_t bound : {kFrom, kUntil}) {
    Light(plane, operands[bound], unexplained);
    Light(kWanted, operands[bound], empty);
  }
}

}  // namespace pol::engine
