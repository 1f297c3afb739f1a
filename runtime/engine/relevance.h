// Relevance: what decided an outcome, and what could still change it.
//
// A run leaves every register behind, so that the question is answered backwards: starting from the roots (a
// decision's register in some rows), each instruction passes the lanes in which it matters on to those of its
// operands that made its value what it is. One plane of bits per register holds the lanes; a sweep is one
// walk over the instructions, last to first, on words of 64 lanes. It asks two questions.
//
// What decided it (`because`): a clause carries the reason in the rows where its register matters and no
// clause that it is made of does.
//
// What could still change it (`needs`): asked again only from roots that are unknown, in those rows. Facts
// are needed where their load matters and is unknown.
//
// Which operands made a value what it is:
//   and, or           those that have the result's value: a true `or` is owed to its true
//                     alternatives, an unknown `and` to its unknown parts
//   at_least          likewise; and the threshold
//   select            the condition and the branch taken. Condition unknown: where the branches
//                     agree, the last one, which holds without the condition; else the
//                     condition and the unknown branches
//   arithmetic,       all operands; when the result is unknown, the unknown ones
//   comparisons,
//   codes, dates
//   not, clause,      the operand, in the lane it came from
//   broadcast, …
//   guard             the value
//   folds             as and, or, at_least over the lanes of the child. Sums and their like: the
//                     lanes they took, or what is unknown in them; where it is not known
//                     whether a lane is taken, that alone. An unknown list as a whole
//   gather            the lane picked, and the index
//   years             from the elements of a list to years: of the elements of that year, as folds
//   walks             the elements in reach, from the first day to the last, and these days; an
//                     unknown one: what is unknown of them
//
// An instruction can be unknown though all its operands are known: a division by zero, a date outside the
// calendar, a tie, a contradiction found by a guard. Then no unknown fact explains it; some known one must
// change. Such lanes are *wanted*, a second plane that follows the value (not the choices behind it:
// conditions, selections) down to the facts, which are needed although known: no revenue in the years asked
// about, so the revenue of these years.
//
// relevance.cpp has the rules, relevance_history.cpp those of years and walks. Tested by
// tests/runtime/{relevance,relevance_history}_test.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "runtime/engine/bits.h"
#include "runtime/engine/engine.h"
#include "runtime/engine/frame.h"
#include "runtime/program/program.h"
#include "runtime/records/batch.h"

namespace pol::engine {

// One walk backwards. Start each root with Begin, then Walk once, then ask.
class BackwardWalk {
 public:
  // With `needs` (one list per row), gathers what is needed, in no order and with repetitions.
  BackwardWalk(const program::Program& program, const records::Batch& batch, const Registers& registers,
               std::vector<std::vector<Need>>* needs);

  void Begin(std::uint32_t root, const Bits& rows) { Light(kRelevant, root, rows); }
  void Walk();
  // Lanes in which the register matters; no lanes at all when it matters nowhere.
  const Bits& relevant(std::uint32_t value) const { return planes_[kRelevant][value]; }

 private:
  enum Plane : std::uint8_t { kRelevant, kWanted };
  enum class Rule : std::uint8_t;
  static Rule RuleOf(program::Opcode opcode);

  void Light(Plane plane, std::uint32_t value, const Bits& lanes);
  void Apply(Plane plane, std::uint32_t value, const Bits& lit);
  void Facts(Plane plane, std::uint32_t value, const Bits& lit);
  void Guard(Plane plane, std::uint32_t value, const Bits& lit);
  void SameTruth(Plane plane, std::uint32_t value, const Bits& lit, std::size_t first_operand);
  void Threshold(Plane plane, std::uint32_t value, const Bits& lit, std::uint32_t threshold);
  void Select(Plane plane, std::uint32_t value, const Bits& lit);
  void Strict(Plane plane, std::uint32_t value, const Bits& lit);
  void Window(Plane plane, std::uint32_t value, const Bits& lit);
  void Previous(Plane plane, std::uint32_t value, const Bits& lit);
  void FoldTruth(Plane plane, std::uint32_t value, const Bits& lit);
  void FoldWhere(Plane plane, std::uint32_t value, const Bits& lit);
  void FoldUnknown(Plane plane, std::uint32_t value, const Bits& lit);
  void WantSelected(std::uint32_t value, const Bits& rows);
  void FoldEarliest(Plane plane, std::uint32_t value, const Bits& lit);
  void Gather(Plane plane, std::uint32_t value, const Bits& lit);
  void YearsAny(Plane plane, std::uint32_t value, const Bits& lit);
  void YearsEarliest(Plane plane, std::uint32_t value, const Bits& lit);
  template <typename Visit>
  void ForYears(const Bits& lit, Visit visit) const;
  Truth IsOfYear(std::uint32_t years, std::uint32_t lane, std::int64_t year) const;
  void History(Plane plane, std::uint32_t value, const Bits& lit);
  void KnownHistory(Plane plane, std::uint32_t value, const Bits& rows);
  void UnknownHistory(Plane plane, std::uint32_t value, const Bits& rows);
  Bits InReach(std::uint32_t value, const Bits& rows) const;
  void AllOrUnknownOperands(Plane plane, std::uint32_t value, const Bits& known_lanes,
                            const Bits& unknown_lanes);

  std::span<const std::uint32_t> OperandsOf(std::uint32_t value) const;
  std::span<const std::uint32_t> LaneOperands(std::uint32_t value) const;
  Bits KnownOf(std::uint32_t value) const;
  bool IsList(std::uint32_t domain) const;
  Segments SegmentsOf(std::uint32_t domain) const { return {program_, batch_, domain}; }
  Bits Down(const Bits& rows, std::uint32_t domain) const;
  Bits Up(const Bits& lanes, std::uint32_t domain) const;
  void NeedInRows(const Bits& rows, const Need& need);
  void NeedUnknownLists(std::uint32_t domain, const Bits& rows);

  const program::Program& program_;
  const records::Batch& batch_;
  const Registers& registers_;
  std::vector<std::vector<Need>>* needs_;
  std::vector<Bits> planes_[2];
};

}  // namespace pol::engine
