#include "runtime/explain/findings.h"

#include <algorithm>
#include <optional>

#include "runtime/explain/comparison.h"
#include "runtime/explain/lifecycle.h"
#include "runtime/explain/phrases.h"
#include "runtime/explain/show_value.h"

namespace pol::explain {

using engine::Truth;
using program::Explanation;
using program::ExplanationKind;
using program::kNone;

namespace {

Sense Opposite(Sense sense) {
  if (sense == Sense::kAsked) return sense;
  return sense == Sense::kWanted ? Sense::kUnwanted : Sense::kWanted;
}

}  // namespace

std::uint32_t Narrator::LaneOf(const Explanation& node, std::uint32_t lane) const {
  return node.value == kNone ? lane : reading_.LaneFor(node.value, lane);
}

Truth Narrator::ResultOf(const Explanation& node, std::uint32_t lane) const {
  if (node.value == kNone) return Truth::kUnknown;
  return reading_.registers.TruthAt(node.value, LaneOf(node, lane));
}

Finding Narrator::Start(const Explanation& node, std::uint32_t lane, Sense sense) const {
  Finding finding;
  finding.result = ResultOf(node, lane);
  finding.sense = sense;
  finding.condition = node.words;
  finding.label = node.label;
  return finding;
}

Finding Narrator::Remark(std::string line) const {
  Finding finding;
  finding.judged = false;
  finding.line = std::move(line);
  return finding;
}

void Narrator::Explain(Finding& finding, std::uint32_t value, std::uint32_t lane) const {
  constexpr std::size_t kMostShown = 6;
  const std::vector<Cause> causes = FindCauses(reading_, value, reading_.LaneFor(value, lane));
  for (const Cause& cause : causes) {
    if (finding.unknown_because.size() == kMostShown) {
      finding.unknown_because.push_back(
          Say(Phrase::kMoreReasons, reading_.language, {std::to_string(causes.size() - kMostShown)}));
      break;
    }
    finding.unknown_because.push_back(Show(reading_, cause));
  }
  finding.explained = finding.explained || !causes.empty();
}

// The last thing for every finding: what is unknown says why, here or below.
void Narrator::Close(Finding& finding, const Explanation& node, std::uint32_t lane) const {
  for (const Finding& child : finding.children) finding.explained = finding.explained || child.explained;
  if (finding.result == Truth::kUnknown && !finding.explained && node.value != kNone) {
    Explain(finding, node.value, lane);
  }
}

std::string Narrator::ClauseName(std::uint32_t clause) const {
  const program::Clause& told = reading_.program.clauses[clause];
  const std::string& name = NameIn(told.naming, reading_.language);
  if (name.empty()) return Say(Phrase::kClause, reading_.language, {told.id});
  return Say(Phrase::kClauseNamed, reading_.language, {told.id, name});
}

std::string Narrator::TermName(const program::Term& term, std::uint32_t lane) const {
  return ShowTermName(reading_, term, lane);
}

std::string Narrator::TermValue(const program::Term& term, std::uint32_t lane) const {
  if (term.value != kNone) {
    const std::vector<Cause> causes = FindCauses(reading_, term.value, reading_.LaneFor(term.value, lane));
    const bool absent =
        std::ranges::all_of(causes, [](const Cause& cause) { return cause.kind == CauseKind::kAbsent; });
    if (absent && !causes.empty()) return Say(Phrase::kNotGiven, reading_.language);
  }
  return ShowTermValue(reading_, term, term.type, lane);
}

std::vector<Finding> Narrator::Tell(const program::Decision& decision) {
  Findings findings;
  if (decision.explanation == kNone) return findings;
  const auto outcome = reading_.registers.CodeAt(decision.value, reading_.row);
  const std::vector<std::uint32_t>& cases = At(decision.explanation).children;
  for (const std::uint32_t node : cases) {
    const Truth result = ResultOf(At(node), reading_.row);
    // Cases that fail do not matter to a decision that waits for another one.
    if (outcome || result != Truth::kFalse) {
      if (cases.size() == 1 && !At(node).children.empty()) {
        Body(At(node).children[0], reading_.row, Sense::kWanted, findings);
      } else {
        findings.push_back(One(node, reading_.row, Sense::kWanted));
      }
    }
    if (result == Truth::kTrue) break;
  }
  return findings;
}

Finding Narrator::One(std::uint32_t index, std::uint32_t lane, Sense sense) {
  const Explanation& node = At(index);
  const std::uint32_t own = LaneOf(node, lane);
  switch (node.kind) {
    case ExplanationKind::kClause: {
      const std::uint32_t outer = std::exchange(clause_, node.clause);
      Finding finding = Named(index, own, sense, ClauseName(node.clause));
      clause_ = outer;
      finding.clause = node.clause;
      AddWaiver(finding, node);
      return finding;
    }
    case ExplanationKind::kAll:
    case ExplanationKind::kAny:
    case ExplanationKind::kAtLeast:
      if (IsExactly(node)) return Exactly(node, own, sense);
      return Joined(node, own, sense);
    case ExplanationKind::kNot:
      return Negated(node, own, sense);
    case ExplanationKind::kComparison:
      return Compared(node, own, sense);
    case ExplanationKind::kQuantifier:
    case ExplanationKind::kRunning:
      return Quantified(node, own, sense);
    case ExplanationKind::kCondition:
      return Condition(index, own, sense);
    default:
      break;
  }
  Finding finding = Start(node, own, sense);
  finding.line = node.words;
  Body(index, own, sense, finding.children);
  Close(finding, node, own);
  return finding;
}

void Narrator::Body(std::uint32_t index, std::uint32_t lane, Sense sense, Findings& findings) {
  const Explanation& node = At(index);
  const std::uint32_t own = LaneOf(node, lane);
  switch (node.kind) {
    case ExplanationKind::kAll:
      if (IsExactly(node)) break;
      return Members(node, own, sense, findings);
    case ExplanationKind::kSelection:
      if (node.children.size() == 2) return Applicable(node, own, sense, findings);
      return Chosen(node, own, sense, findings);
    case ExplanationKind::kReplaced:
      return Replaced(node, own, sense, findings);
    case ExplanationKind::kBands:
      return Banded(node, own, sense, findings);
    default:
      break;
  }
  findings.push_back(One(index, own, sense));
}

// Of the node of a clause: what it says of the record, where that is meant in principle.
WaiverNeed Narrator::WaiverOf(const Explanation& node) const {
  if (node.kind != ExplanationKind::kClause) return WaiverNeed::kNotInPrinciple;
  const std::uint32_t says = reading_.program.clauses[node.clause].principle;
  if (says == kNone) return WaiverNeed::kNotInPrinciple;
  const Truth fine = reading_.registers.TruthAt(says, reading_.row);
  if (fine == Truth::kUnknown) return WaiverNeed::kNotKnown;
  return fine == Truth::kTrue ? WaiverNeed::kNotNeeded : WaiverNeed::kNeeded;
}

void Narrator::AddWaiver(Finding& finding, const Explanation& node) const {
  finding.waiver = WaiverOf(node);
  if (finding.waiver == WaiverNeed::kNeeded) {
    finding.line = Say(Phrase::kNeedsWaiver, reading_.language, {finding.line});
  } else if (finding.waiver == WaiverNeed::kNotKnown) {
    finding.line = Say(Phrase::kMayNeedWaiver, reading_.language, {finding.line});
  }
}

// A clause or let: told once, then only named.
Finding Narrator::Named(std::uint32_t index, std::uint32_t lane, Sense sense, std::string line) {
  const Explanation& node = At(index);
  Finding finding = Start(node, lane, sense);
  finding.line = std::move(line);
  if (node.children.empty()) {
    Close(finding, node, lane);
    return finding;
  }
  if (!told_.emplace(index, lane).second) {
    finding.line = Say(Phrase::kSeeAbove, reading_.language, {finding.line});
    finding.explained = true;
    return finding;
  }
  Body(node.children[0], lane, sense, finding.children);
  Close(finding, node, lane);
  return finding;
}

std::string Narrator::JoinedLine(const Explanation& node, std::uint32_t lane, Sense sense,
                                 bool exactly) const {
  const bool unwanted = sense == Sense::kUnwanted;
  if (node.kind == ExplanationKind::kAll) return Say(Phrase::kAllOf, reading_.language);
  if (node.kind == ExplanationKind::kAny) {
    return Say(unwanted ? Phrase::kNoneOf : Phrase::kAnyOf, reading_.language);
  }
  const auto holding = std::ranges::count_if(
      node.children, [&](std::uint32_t child) { return ResultOf(At(child), lane) == Truth::kTrue; });
  const program::Term& threshold = reading_.program.terms[node.terms[0]];
  std::string limit = TermValue(threshold, lane);
  const auto number =
      threshold.value == kNone
          ? std::nullopt
          : reading_.registers.NumberAt(threshold.value, reading_.LaneFor(threshold.value, lane));
  // Not at least three: at most two.
  if (number && unwanted) limit = ShowNumber(threshold.type, *number - 1, reading_.language);
  const Phrase phrase = exactly ? Phrase::kExactlyOf : unwanted ? Phrase::kAtMostOf : Phrase::kAtLeastOf;
  return Say(phrase, reading_.language,
             {limit, std::to_string(node.children.size()), std::to_string(holding)});
}

Finding Narrator::Joined(const Explanation& node, std::uint32_t lane, Sense sense, bool exactly) {
  Finding finding = Start(node, lane, sense);
  finding.line = JoinedLine(node, lane, sense, exactly);
  Members(node, lane, sense, finding.children);
  Close(finding, node, lane);
  return finding;
}

// Those members that made the whole what it is; the others are only counted.
void Narrator::Members(const Explanation& node, std::uint32_t lane, Sense sense, Findings& findings) {
  const Truth whole = ResultOf(node, lane);
  const bool at_least = node.kind == ExplanationKind::kAtLeast;
  Tally tally;
  for (const std::uint32_t child : node.children) {
    const Truth result = ResultOf(At(child), lane);
    const WaiverNeed waiver = whole == Truth::kFalse ? WaiverNeed::kNotNeeded : WaiverOf(At(child));
    const bool waived = waiver == WaiverNeed::kNeeded || waiver == WaiverNeed::kNotKnown;
    if (result == whole || waived || (at_least && whole == Truth::kFalse && result == Truth::kUnknown)) {
      findings.push_back(One(child, lane, sense));
    } else {
      tally.Count(result);
    }
  }
  Others(tally, findings);
}

void Narrator::Others(const Tally& tally, Findings& findings) const {
  const auto say = [&](std::size_t others, Phrase one, Phrase several) {
    if (others == 0) return;
    findings.push_back(Remark(Say(others == 1 ? one : several, reading_.language, {std::to_string(others)})));
  };
  say(tally.unshown, Phrase::kMoreElements, Phrase::kMoreElements);
  say(tally.holding, Phrase::kOneHolds, Phrase::kOthersHold);
  say(tally.failing, Phrase::kOneFails, Phrase::kOthersFail);
  say(tally.unknown, Phrase::kOthersUnknown, Phrase::kOthersUnknown);
}

// `exactly 2 of …` is at least 2 and not at least 3, each in the words of the whole.
bool Narrator::IsExactly(const Explanation& node) const {
  if (node.kind != ExplanationKind::kAll || node.children.size() != 2) return false;
  const Explanation& enough = At(node.children[0]);
  const Explanation& not_more = At(node.children[1]);
  return !node.words.empty() && enough.words == node.words && not_more.words == node.words &&
         not_more.kind == ExplanationKind::kNot && At(not_more.children[0]).kind == enough.kind;
}

// Told by the half that decided it.
Finding Narrator::Exactly(const Explanation& node, std::uint32_t lane, Sense sense) {
  const Explanation& enough = At(node.children[0]);
  const bool too_many = ResultOf(At(node.children[1]), lane) == Truth::kFalse;
  const Explanation& half = too_many ? At(At(node.children[1]).children[0]) : enough;
  const Sense half_sense = too_many ? Opposite(sense) : sense;
  const bool conditions = half.kind == ExplanationKind::kAtLeast;
  Finding finding =
      conditions ? Joined(half, lane, half_sense, true) : Quantified(half, lane, half_sense, true);
  finding.result = ResultOf(node, lane);
  finding.sense = sense;
  return finding;
}

Finding Narrator::Negated(const Explanation& node, std::uint32_t lane, Sense sense) {
  const Explanation& child = At(node.children[0]);
  // `none of …`, `at most …`: one wording for both; what it says is the negation.
  const bool one_wording = child.words == node.words && !node.words.empty();
  // What is said of elements and years is said of the negation as well: `not (any of …)`.
  const bool quantifies =
      child.kind == ExplanationKind::kQuantifier || child.kind == ExplanationKind::kRunning;
  const bool plain = child.kind == ExplanationKind::kComparison || quantifies ||
                     child.kind == ExplanationKind::kNot ||
                     (child.kind == ExplanationKind::kAny && one_wording) ||
                     (child.kind == ExplanationKind::kAtLeast && one_wording) ||
                     (child.kind == ExplanationKind::kCondition && child.children.empty());
  if (plain && sense != Sense::kAsked) {
    Finding finding = One(node.children[0], lane, Opposite(sense));
    if (quantifies) finding.line = node.words;
    if (one_wording || quantifies) {
      finding.result = ResultOf(node, lane);
      finding.sense = sense;
    }
    return finding;
  }
  Finding finding = Start(node, lane, sense);
  finding.line = node.words;
  Body(node.children[0], lane, Sense::kAsked, finding.children);
  Close(finding, node, lane);
  return finding;
}

// An optional yes-or-no that is not there counts as no, and must not read as one that was given.
bool Narrator::IsAbsentFact(const Explanation& node, std::uint32_t lane) const {
  const program::Term& term = reading_.program.terms[node.terms[0]];
  if (term.value == kNone) return false;
  const std::vector<Cause> causes = FindCauses(reading_, term.value, reading_.LaneFor(term.value, lane));
  return causes.size() == 1 && causes.front().kind == CauseKind::kAbsent;
}

Finding Narrator::Condition(std::uint32_t index, std::uint32_t lane, Sense sense) {
  const Explanation& node = At(index);
  const std::string& name = NameIn(node.words, node.label, reading_.language);
  if (!node.children.empty()) return Named(index, lane, sense, name);
  Finding finding = Start(node, lane, sense);
  const bool fact =
      !node.terms.empty() && reading_.program.terms[node.terms[0]].type.kind == program::ValueKind::kTruth;
  const std::string shown = ShowTruth(finding.result, reading_.language);
  finding.line = node.words;
  const bool presence = node.value != kNone && finding.result != Truth::kUnknown &&
                        reading_.program.instructions[node.value].opcode == program::Opcode::kLoadPresence;
  if (const auto missed = ShowMissed(reading_, node.value, lane)) {
    finding.line = *missed;
  } else if (fact && IsAbsentFact(node, lane)) {
    finding.line = Say(Phrase::kIsAbsent, reading_.language, {name});
  } else if (presence) {
    const Phrase phrase = finding.result == Truth::kTrue ? Phrase::kIsGiven : Phrase::kIsAbsent;
    finding.line = Say(phrase, reading_.language, {name});
  } else if (fact || (node.terms.empty() && finding.result != Truth::kUnknown)) {
    finding.line = Say(Phrase::kFactIs, reading_.language, {name, shown});
  } else if (!node.terms.empty()) {
    const program::Term& term = reading_.program.terms[node.terms[0]];
    const std::string value =
        Say(Phrase::kIs, reading_.language, {TermName(term, lane), TermValue(term, lane)});
    finding.line = Say(Phrase::kValueWith, reading_.language, {node.words, value});
    if (term.value != kNone) {
      finding.value = ExactRegister(reading_.program, reading_.batch, reading_.registers, term.type,
                                    term.value, reading_.LaneFor(term.value, lane));
    }
  }
  Close(finding, node, lane);
  return finding;
}

Finding Narrator::Compared(const Explanation& node, std::uint32_t lane, Sense sense) {
  Finding finding = Start(node, lane, sense);
  DescribeComparison(reading_, node, lane, finding);
  Close(finding, node, lane);
  return finding;
}

}  // namespace pol::explain
