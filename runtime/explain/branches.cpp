// Findings about what chooses between conditions: when, if, replacements and bands.
#include "runtime/explain/comparison.h"
#include "runtime/explain/findings.h"
#include "runtime/explain/phrases.h"
#include "runtime/explain/show_value.h"

namespace pol::explain {

using engine::Truth;
using program::Explanation;
using program::kNone;

// `when`: holds where it does not apply.
void Narrator::Applicable(const Explanation& node, std::uint32_t lane, Sense sense, Findings& findings) {
  const Explanation& condition = At(node.children[0]);
  const Truth applies = ResultOf(condition, lane);
  const std::string& words = NameIn(condition.words, condition.label, reading_.language);
  if (applies == Truth::kFalse) {
    findings.push_back(Remark(Say(Phrase::kDoesNotApply, reading_.language, {words})));
    return;
  }
  Finding remark =
      Remark(Say(applies == Truth::kTrue ? Phrase::kApplies : Phrase::kMayApply, reading_.language, {words}));
  if (applies == Truth::kUnknown) Explain(remark, condition.value, lane);
  findings.push_back(std::move(remark));
  if (ResultOf(node, lane) == ResultOf(At(node.children[1]), lane) || applies == Truth::kTrue) {
    Body(node.children[1], lane, sense, findings);
  } else {
    findings.push_back(One(node.children[1], lane, Sense::kAsked));
  }
}

// `if`: the branch taken; both where it is not known which.
void Narrator::Chosen(const Explanation& node, std::uint32_t lane, Sense sense, Findings& findings) {
  const Explanation& condition = At(node.children[0]);
  const Truth chosen = ResultOf(condition, lane);
  const std::string& words = NameIn(condition.words, condition.label, reading_.language);
  if (chosen == Truth::kUnknown) return Branches(node, lane, sense, findings);
  const bool taken = chosen == Truth::kTrue;
  findings.push_back(Remark(Say(taken ? Phrase::kIfThen : Phrase::kIfElse, reading_.language, {words})));
  Body(node.children[taken ? 1 : 2], lane, sense, findings);
}

void Narrator::Branches(const Explanation& node, std::uint32_t lane, Sense sense, Findings& findings) {
  findings.push_back(One(node.children[0], lane, Sense::kAsked));
  const std::string words = NameIn(At(node.children[0]).words, At(node.children[0]).label, reading_.language);
  for (std::size_t branch = 1; branch < node.children.size(); ++branch) {
    Finding heading =
        Remark(Say(branch == 1 ? Phrase::kIfThen : Phrase::kIfElse, reading_.language, {words}));
    heading.children.push_back(One(node.children[branch], lane, sense));
    heading.explained = heading.children.back().explained;
    findings.push_back(std::move(heading));
  }
}

void Narrator::Replaced(const Explanation& node, std::uint32_t lane, Sense sense, Findings& findings) {
  const Explanation& condition = At(node.children[0]);
  const Truth live = ResultOf(condition, lane);
  const std::string by = node.clause == kNone ? node.words : ClauseName(node.clause);
  const std::string replaced = clause_ == kNone ? std::string() : ClauseName(clause_);
  const std::string& words = NameIn(condition.words, condition.label, reading_.language);
  const bool otherwise = node.children.size() == 3;
  if (live == Truth::kFalse) {
    if (otherwise) Body(node.children[2], lane, sense, findings);
    return;
  }
  if (live == Truth::kUnknown) {
    Finding remark = Remark(Say(Phrase::kMayReplace, reading_.language, {by, replaced, words}));
    Explain(remark, condition.value, lane);
    remark.children.push_back(One(node.children[1], lane, sense));
    findings.push_back(std::move(remark));
    if (otherwise) Body(node.children[2], lane, sense, findings);
    return;
  }
  const bool always = words.empty();
  findings.push_back(Remark(
      Say(always ? Phrase::kReplacesAlways : Phrase::kReplaces, reading_.language, {by, replaced, words})));
  // Two that replace the same clause: neither's answer counts, and the clause says why.
  const bool conflict =
      clause_ != kNone && ResultOf(node, lane) != Truth::kUnknown &&
      reading_.registers.TruthAt(reading_.program.clauses[clause_].value, lane) == Truth::kUnknown;
  if (!conflict) return Body(node.children[1], lane, sense, findings);
  if (otherwise && At(node.children[2]).kind == program::ExplanationKind::kReplaced) {
    Body(node.children[2], lane, sense, findings);
  }
}

void Narrator::Banded(const Explanation& node, std::uint32_t lane, Sense sense, Findings& findings) {
  const program::Term& subject = reading_.program.terms[node.terms[0]];
  const std::string name = TermName(subject, lane);
  for (std::size_t pattern = 0; pattern + 1 < node.children.size(); pattern += 2) {
    const Explanation& row = At(node.children[pattern]);
    const bool last = pattern + 2 >= node.children.size();
    const Truth applies = ResultOf(row, lane);
    if (applies == Truth::kUnknown) break;
    if (applies == Truth::kFalse && !last) continue;
    findings.push_back(
        Remark(Say(Phrase::kBand, reading_.language, {name, TermValue(subject, lane), row.words})));
    return Body(node.children[pattern + 1], lane, sense, findings);
  }
  Finding remark = Remark(Say(Phrase::kBandNotKnown, reading_.language, {name}));
  if (subject.value != kNone) Explain(remark, subject.value, lane);
  findings.push_back(std::move(remark));
}

}  // namespace pol::explain
