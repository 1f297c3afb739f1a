// What an explanation says, before it becomes text or JSON: the explanation table read for one record, with
// only the branches that decided. Tested by tests/runtime/explain_test.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "runtime/engine/engine.h"
#include "runtime/explain/causes.h"
#include "runtime/program/program.h"

namespace pol::explain {

// Whether a true condition is what is wanted (a requirement), what is not (below a `not`), or neither (an
// `if`).
enum class Sense : std::uint8_t { kWanted, kUnwanted, kAsked };

// Of a clause that holds in principle.
enum class WaiverNeed : std::uint8_t { kNotInPrinciple, kNotNeeded, kNeeded, kNotKnown };

struct Finding {
  bool judged = true;  // has a result; a remark has none
  engine::Truth result = engine::Truth::kUnknown;
  Sense sense = Sense::kWanted;
  std::string line;  // the sentence, in the reader's language
  std::uint32_t clause = program::kNone;
  WaiverNeed waiver = WaiverNeed::kNotInPrinciple;
  std::string label;      // of a clause, let or fact
  std::string condition;  // the policy's words
  std::string value, threshold,
      margin;             // exact, without wording; empty when there is none or it is not known
  std::string margin_of;  // of a quotient: what the margin is an amount of
  std::vector<std::string> unknown_because;
  bool explained = false;  // it or something below says why it is not known
  std::vector<Finding> children;
};

class Narrator {
 public:
  explicit Narrator(const Reading& reading) : reading_(reading) {}
  // What decided a decision, outermost first.
  std::vector<Finding> Tell(const program::Decision& decision);
  // How a grant's amount came about: its condition, what the amount is made of, its limits (amounts.cpp).
  std::vector<Finding> Tell(const program::Grant& grant);
  // How the points of one item of a score came about; and what the limits did to the sum of all
  // (amounts.cpp).
  Finding Tell(const program::ScoreItem& item);
  std::vector<Finding> Tell(const program::Score& score);
  // What ended a lifecycle, where that is a condition of the policy; of a state that is not known, the
  // conditions that could have (lifecycle.cpp).
  std::vector<Finding> Tell(const program::Lifecycle& lifecycle, std::optional<std::uint32_t> state);
  // Why a register is not known, for a finding about it.
  void Explain(Finding& finding, std::uint32_t value, std::uint32_t lane) const;

 private:
  using Findings = std::vector<Finding>;
  const program::Explanation& At(std::uint32_t node) const { return reading_.program.explanations[node]; }
  engine::Truth ResultOf(const program::Explanation& node, std::uint32_t lane) const;
  std::uint32_t LaneOf(const program::Explanation& node, std::uint32_t lane) const;
  Finding Start(const program::Explanation& node, std::uint32_t lane, Sense sense) const;
  Finding Remark(std::string line) const;
  void Close(Finding& finding, const program::Explanation& node, std::uint32_t lane) const;

  // The node as one finding; or as what stands directly below its parent, without a line of its own where it
  // needs none.
  Finding One(std::uint32_t index, std::uint32_t lane, Sense sense);
  void Body(std::uint32_t index, std::uint32_t lane, Sense sense, Findings& findings);

  WaiverNeed WaiverOf(const program::Explanation& node) const;
  void AddWaiver(Finding& finding, const program::Explanation& node) const;
  Finding Named(std::uint32_t index, std::uint32_t lane, Sense sense, std::string line);
  Finding Joined(const program::Explanation& node, std::uint32_t lane, Sense sense, bool exactly = false);
  std::string JoinedLine(const program::Explanation& node, std::uint32_t lane, Sense sense,
                         bool exactly) const;
  void Members(const program::Explanation& node, std::uint32_t lane, Sense sense, Findings& findings);
  // What is not shown one by one, only counted.
  struct Tally {
    std::size_t holding = 0, failing = 0, unknown = 0, unshown = 0;
    std::size_t found = 0;  // hold, shown or not
    void Count(engine::Truth result) {
      ++(result == engine::Truth::kTrue ? holding : result == engine::Truth::kFalse ? failing : unknown);
    }
  };
  void Others(const Tally& tally, Findings& findings) const;
  bool IsExactly(const program::Explanation& node) const;
  Finding Exactly(const program::Explanation& node, std::uint32_t lane, Sense sense);
  Finding Negated(const program::Explanation& node, std::uint32_t lane, Sense sense);
  bool IsAbsentFact(const program::Explanation& node, std::uint32_t lane) const;
  Finding Condition(std::uint32_t index, std::uint32_t lane, Sense sense);
  Finding Compared(const program::Explanation& node, std::uint32_t lane, Sense sense);
  void Applicable(const program::Explanation& node, std::uint32_t lane, Sense sense, Findings& findings);
  void Chosen(const program::Explanation& node, std::uint32_t lane, Sense sense, Findings& findings);
  void Branches(const program::Explanation& node, std::uint32_t lane, Sense sense, Findings& findings);
  void Replaced(const program::Explanation& node, std::uint32_t lane, Sense sense, Findings& findings);
  void Banded(const program::Explanation& node, std::uint32_t lane, Sense sense, Findings& findings);
  Finding Quantified(const program::Explanation& node, std::uint32_t lane, Sense sense, bool exactly = false);
  std::vector<std::uint32_t> AskedAbout(const program::Explanation& node, bool& unsettled) const;
  void Years(const program::Explanation& node, Sense sense, bool exactly, Finding& finding);
  Finding Year(std::uint32_t condition, std::uint32_t lane, Sense sense);
  void Elements(const program::Explanation& node, Sense sense, bool exactly, Finding& finding);
  void ShowElements(const program::Explanation& node, const std::vector<std::uint32_t>& lanes,
                    Finding& finding);
  bool Beside(std::uint32_t domain, std::uint32_t value) const;
  Finding Element(const program::Explanation& node, std::uint32_t lane);
  std::string CountLine(const program::Explanation& node, Sense sense, std::size_t found, bool exactly) const;
  std::string AlikeLine(const program::Explanation& node, engine::Truth result,
                        std::size_t asked_about) const;

  // Amounts (amounts.cpp): numbers, so that their findings are remarks.
  void Amount(std::uint32_t index, Findings& findings);
  void Value(const program::Explanation& node, Findings& findings);
  void Product(const program::Explanation& node, Findings& findings);
  void Sum(const program::Explanation& node, Findings& findings);
  void Choice(const program::Explanation& node, Findings& findings);
  void BandChoice(const program::Explanation& node, Findings& findings);
  Finding Part(const program::Explanation& node, std::string line) const;
  void Limited(const program::Limit& limit, std::uint32_t before, const program::ValueType& type,
               Findings& findings);
  void Limited(const std::vector<program::Limit>& limits, std::uint32_t before,
               const program::ValueType& type, Findings& findings);
  bool IsConstant(const program::Explanation& node) const;
  std::string Factor(const program::Term& term) const;

  std::string ClauseName(std::uint32_t clause) const;
  std::string TermName(const program::Term& term, std::uint32_t lane) const;
  std::string TermValue(const program::Term& term, std::uint32_t lane) const;

  const Reading& reading_;
  std::uint32_t clause_ = program::kNone;                   // the innermost that is being told
  std::set<std::pair<std::uint32_t, std::uint32_t>> told_;  // (node, lane)
};

}  // namespace pol::explain
