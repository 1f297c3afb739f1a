#include "runtime/explain/findings.h"

#include <algorithm>

#include "runtime/explain/comparison.h"
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

std::string Narrator::TermName(const program::Term& term) const { return ShowTermName(reading_, term); }

std::string Narrator::TermValue(const program::Term& term, std::uint32_t lane) const {
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
      return finding;
    }
    case ExplanationKind::kAll:
    case ExplanationKind::kAny:
    case ExplanationKind::kAtLeast:
      return Joined(node, own, sense);
    case ExplanationKind::kNot:
      return Negated(node, own, sense);
    case ExplanationKind::kComparison:
      return Compared(node, own, sense);
    case ExplanationKind::kQuantifier:
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
      return Members(node, own, sense, findings);
    case ExplanationKind::kSelection:
      if (node.children.size() == 2) return Applicable(node, own, sense, findings);
      return Chosen(node, own, sense, findings);
    case ExplanationKind::kReplaced:
      return Replaced(node, own, sense, findings);
    case ExplanationKind::kBands:
      return Banded(node, own, sense, findings);
    default:
      findings.push_back(One(index, own, sense));
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

Finding Narrator::Joined(const Explanation& node, std::uint32_t lane, Sense sense) {
  Finding finding = Start(node, lane, sense);
  finding.line = Say(node.kind == ExplanationKind::kAll ? Phrase::kAllOf : Phrase::kAnyOf, reading_.language);
  if (node.kind == ExplanationKind::kAtLeast) {
    const auto holding = std::ranges::count_if(
        node.children, [&](std::uint32_t child) { return ResultOf(At(child), lane) == Truth::kTrue; });
    finding.line = Say(Phrase::kAtLeastOf, reading_.language,
                       {TermValue(reading_.program.terms[node.terms[0]], lane),
                        std::to_string(node.children.size()), std::to_string(holding)});
  }
  Members(node, lane, sense, finding.children);
  Close(finding, node, lane);
  return finding;
}

// Those members that made the whole what it is; the others are only counted.
void Narrator::Members(const Explanation& node, std::uint32_t lane, Sense sense, Findings& findings) {
  const Truth whole = ResultOf(node, lane);
  std::size_t counts[3] = {0, 0, 0};
  const auto shown = [&](Truth result) {
    if (result == whole) return true;
    return node.kind == ExplanationKind::kAtLeast && whole == Truth::kFalse && result == Truth::kUnknown;
  };
  for (const std::uint32_t child : node.children) {
    const Truth result = ResultOf(At(child), lane);
    if (shown(result)) {
      findings.push_back(One(child, lane, sense));
    } else {
      ++counts[static_cast<std::size_t>(result)];
    }
  }
  const auto count = [&](Truth result, Phrase one, Phrase several) {
    const std::size_t others = counts[static_cast<std::size_t>(result)];
    if (others == 0) return;
    findings.push_back(Remark(Say(others == 1 ? one : several, reading_.language, {std::to_string(others)})));
  };
  count(Truth::kTrue, Phrase::kOneHolds, Phrase::kOthersHold);
  count(Truth::kFalse, Phrase::kOneFails, Phrase::kOthersFail);
  count(Truth::kUnknown, Phrase::kOthersUnknown, Phrase::kOthersUnknown);
}

Finding Narrator::Negated(const Explanation& node, std::uint32_t lane, Sense sense) {
  const Explanation& child = At(node.children[0]);
  const bool plain = child.kind == ExplanationKind::kComparison ||
                     child.kind == ExplanationKind::kQuantifier || child.kind == ExplanationKind::kNot ||
                     (child.kind == ExplanationKind::kCondition && child.children.empty());
  if (plain && sense != Sense::kAsked) {
    Finding finding = One(node.children[0], lane, Opposite(sense));
    // `none of …` is one wording for both; what it says is the negation.
    if (child.words == node.words) {
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
  if (presence) {
    const Phrase phrase = finding.result == Truth::kTrue ? Phrase::kIsGiven : Phrase::kIsAbsent;
    finding.line = Say(phrase, reading_.language, {name});
  } else if (fact || (node.terms.empty() && finding.result != Truth::kUnknown)) {
    finding.line = Say(Phrase::kFactIs, reading_.language, {name, shown});
  } else if (!node.terms.empty()) {
    const program::Term& term = reading_.program.terms[node.terms[0]];
    const std::string value = Say(Phrase::kIs, reading_.language, {TermName(term), TermValue(term, lane)});
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
