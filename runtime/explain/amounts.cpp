// Findings about amounts and points: what a grant or a score is made of, and what its limits did to it.
#include <optional>
#include <utility>

#include "runtime/explain/comparison.h"
#include "runtime/explain/findings.h"
#include "runtime/explain/phrases.h"
#include "runtime/explain/show_value.h"
#include "runtime/number/decimal.h"

namespace pol::explain {

using engine::Truth;
using program::Explanation;
using program::ExplanationKind;
using program::kNone;
using program::LimitKind;

namespace {

const program::ValueType kPoints{program::ValueKind::kNumber, {}, kNone};

Phrase PhraseOf(LimitKind kind) {
  switch (kind) {
    case LimitKind::kAtMost:
      return Phrase::kLessEqual;
    case LimitKind::kAtLeast:
      return Phrase::kGreaterEqual;
    case LimitKind::kRounded:
      return Phrase::kRoundedTo;
    case LimitKind::kRoundedUp:
      return Phrase::kRoundedUpTo;
    case LimitKind::kRoundedDown:
      break;
  }
  return Phrase::kRoundedDownTo;
}

}  // namespace

std::vector<Finding> Narrator::Tell(const program::Grant& grant) {
  Findings findings;
  if (grant.condition != kNone) {
    const Truth due = ResultOf(At(grant.condition), reading_.row);
    Body(grant.condition, reading_.row, Sense::kWanted, findings);
    if (due == Truth::kFalse) {
      findings.push_back(Remark(Say(Phrase::kNotDue, reading_.language)));
      return findings;
    }
  }
  Amount(grant.amount, findings);
  Limited(grant.limits, At(grant.amount).value, grant.type, findings);
  return findings;
}

Finding Narrator::Tell(const program::ScoreItem& item) {
  std::string name = NameIn(item.naming, reading_.language);
  if (item.clause != kNone) {
    const std::string clause =
        Say(Phrase::kClause, reading_.language, {reading_.program.clauses[item.clause].id});
    name = Say(Phrase::kValueWith, reading_.language, {name, clause});
  }
  const auto points = reading_.registers.NumberAt(item.value, reading_.row);
  const std::string shown =
      points ? ShowNumber(kPoints, *points, reading_.language) : Say(Phrase::kNotKnown, reading_.language);
  Finding finding = Remark(Say(Phrase::kFactIs, reading_.language, {name, shown}));
  finding.clause = item.clause;
  finding.label = item.naming.label;
  if (points) finding.value = number::ToText(*points);
  const Explanation& node = At(item.points);
  if (!IsConstant(node) || !item.limits.empty()) Amount(item.points, finding.children);
  Limited(item.limits, node.value, kPoints, finding.children);
  return finding;
}

std::vector<Finding> Narrator::Tell(const program::Score& score) {
  Findings findings;
  if (score.limits.empty()) return findings;
  if (score.items.size() > 1) {
    const std::string sum = ShowRegister(reading_.program, reading_.batch, reading_.registers, kPoints,
                                         score.sum, reading_.row, reading_.language);
    Finding together = Remark(Say(Phrase::kSumIs, reading_.language, {sum}));
    together.value =
        ExactRegister(reading_.program, reading_.batch, reading_.registers, kPoints, score.sum, reading_.row);
    findings.push_back(std::move(together));
  }
  Limited(score.limits, score.sum, kPoints, findings);
  return findings;
}

bool Narrator::IsConstant(const Explanation& node) const {
  return node.kind == ExplanationKind::kAmount && reading_.program.terms[node.terms[0]].constant;
}

void Narrator::Amount(std::uint32_t index, Findings& findings) {
  const Explanation& node = At(index);
  switch (node.kind) {
    case ExplanationKind::kProduct:
    case ExplanationKind::kQuotient:
      return Product(node, findings);
    case ExplanationKind::kSum:
      return Sum(node, findings);
    case ExplanationKind::kChoice:
      return Choice(node, findings);
    case ExplanationKind::kBandChoice:
      return BandChoice(node, findings);
    default:
      return Value(node, findings);
  }
}

// A remark about the node's number, which is exact for programs.
Finding Narrator::Part(const Explanation& node, std::string line) const {
  Finding finding = Remark(std::move(line));
  finding.condition = node.words;
  finding.label = node.label;
  const program::Term& whole = reading_.program.terms[node.terms[0]];
  finding.value = ExactRegister(reading_.program, reading_.batch, reading_.registers, whole.type, node.value,
                                reading_.LaneFor(node.value, reading_.row));
  if (finding.value.empty()) Explain(finding, node.value, reading_.row);
  return finding;
}

void Narrator::Value(const Explanation& node, Findings& findings) {
  const program::Term& term = reading_.program.terms[node.terms[0]];
  const std::string name = TermName(term, reading_.row);
  const bool known = reading_.registers.KnownAt(node.value, reading_.LaneFor(node.value, reading_.row));
  std::string line = Say(Phrase::kIsNotKnown, reading_.language, {name});
  if (known && term.constant) {
    line = term.words;
  } else if (known) {
    line = Say(Phrase::kIs, reading_.language, {name, TermValue(term, reading_.row)});
  }
  Finding finding = Part(node, std::move(line));
  for (const std::uint32_t child : node.children) Amount(child, finding.children);
  // What the name stands for says why it is not known.
  if (!finding.children.empty()) finding.unknown_because.clear();
  findings.push_back(std::move(finding));
}

// "30%", "20,000,000.00 元 (investment)"
std::string Narrator::Factor(const program::Term& term) const {
  if (term.value == kNone || (term.constant && !term.words.empty())) return term.words;
  std::string value = ShowRegister(reading_.program, reading_.batch, reading_.registers, term.type,
                                   term.value, reading_.LaneFor(term.value, reading_.row), reading_.language);
  if (term.words.empty()) return value;
  return Say(Phrase::kValueWith, reading_.language, {value, TermName(term, reading_.row)});
}

void Narrator::Product(const Explanation& node, Findings& findings) {
  const program::Term& whole = reading_.program.terms[node.terms[0]];
  const std::string amount =
      ShowRegister(reading_.program, reading_.batch, reading_.registers, whole.type, node.value,
                   reading_.LaneFor(node.value, reading_.row), reading_.language);
  // What places had to be dropped from is "≈" already.
  const std::string result = amount.starts_with("≈") ? amount : "= " + amount;
  const std::string left = Factor(reading_.program.terms[node.terms[1]]);
  const std::string right = Factor(reading_.program.terms[node.terms[2]]);
  const Phrase phrase = node.kind == ExplanationKind::kProduct ? Phrase::kProductIs : Phrase::kQuotientIs;
  Finding finding = Part(node, Say(phrase, reading_.language, {left, right, result}));
  for (const std::uint32_t child : node.children) Amount(child, finding.children);
  findings.push_back(std::move(finding));
}

void Narrator::Sum(const Explanation& node, Findings& findings) {
  const program::Term& whole = reading_.program.terms[node.terms[0]];
  const std::string amount =
      ShowRegister(reading_.program, reading_.batch, reading_.registers, whole.type, node.value,
                   reading_.LaneFor(node.value, reading_.row), reading_.language);
  const bool brackets = node.terms.size() > 1;
  std::string line = Say(Phrase::kSumIs, reading_.language, {amount});
  if (brackets) {
    const program::Term& subject = reading_.program.terms[node.terms[1]];
    line = Say(Phrase::kPartsIs, reading_.language,
               {TermName(subject, reading_.row), TermValue(subject, reading_.row), amount});
  }
  Finding finding = Part(node, std::move(line));
  if (brackets && !finding.value.empty()) {
    // The parts that the subject reaches, each with its interval.
    for (const std::uint32_t child : node.children) {
      const Explanation& row = At(child);
      const program::Term& part =
          reading_.program.terms[row.terms[row.kind == ExplanationKind::kProduct ? 1 : 0]];
      const auto reached = part.value == kNone ? std::nullopt
                                               : reading_.registers.NumberAt(
                                                     part.value, reading_.LaneFor(part.value, reading_.row));
      if (reached && *reached == 0) continue;
      Findings told;
      Amount(child, told);
      for (Finding& one : told) {
        one.line = Say(Phrase::kFactIs, reading_.language, {row.words, one.line});
        finding.children.push_back(std::move(one));
      }
    }
  } else if (!brackets) {
    for (const std::uint32_t child : node.children) Amount(child, finding.children);
    finding.unknown_because.clear();
  }
  findings.push_back(std::move(finding));
}

// The branch taken; both where it is not known which.
void Narrator::Choice(const Explanation& node, Findings& findings) {
  const Explanation& condition = At(node.children[0]);
  const Truth chosen = ResultOf(condition, reading_.row);
  const std::string words = NameIn(condition.words, condition.label, reading_.language);
  const bool presence =
      reading_.program.instructions[condition.value].opcode == program::Opcode::kLoadPresence;
  const auto heading = [&](bool holds) {
    if (presence)
      return Remark(Say(holds ? Phrase::kIsGiven : Phrase::kIsAbsent, reading_.language, {words}));
    return Remark(Say(holds ? Phrase::kIfThen : Phrase::kIfElse, reading_.language, {words}));
  };
  if (chosen != Truth::kUnknown) {
    findings.push_back(heading(chosen == Truth::kTrue));
    return Amount(node.children[chosen == Truth::kTrue ? 1 : 2], findings);
  }
  findings.push_back(One(node.children[0], reading_.row, Sense::kAsked));
  for (const std::size_t branch : {std::size_t{1}, std::size_t{2}}) {
    Finding finding = heading(branch == 1);
    Amount(node.children[branch], finding.children);
    findings.push_back(std::move(finding));
  }
}

void Narrator::BandChoice(const Explanation& node, Findings& findings) {
  const program::Term& subject = reading_.program.terms[node.terms[1]];
  const std::string name = TermName(subject, reading_.row);
  for (std::size_t pattern = 0; pattern + 1 < node.children.size(); pattern += 2) {
    const Explanation& row = At(node.children[pattern]);
    const bool last = pattern + 2 >= node.children.size();
    const Truth applies = ResultOf(row, reading_.row);
    if (applies == Truth::kUnknown) break;
    if (applies == Truth::kFalse && !last) continue;
    findings.push_back(
        Remark(Say(Phrase::kBand, reading_.language, {name, TermValue(subject, reading_.row), row.words})));
    return Amount(node.children[pattern + 1], findings);
  }
  Finding remark = Remark(Say(Phrase::kBandNotKnown, reading_.language, {name}));
  if (subject.value != kNone) Explain(remark, subject.value, reading_.row);
  findings.push_back(std::move(remark));
}

void Narrator::Limited(const std::vector<program::Limit>& limits, std::uint32_t before,
                       const program::ValueType& type, Findings& findings) {
  for (const program::Limit& limit : limits) {
    Limited(limit, before, type, findings);
    before = limit.value;
  }
}

void Narrator::Limited(const program::Limit& limit, std::uint32_t before, const program::ValueType& type,
                       Findings& findings) {
  const Explanation& bound = At(limit.bound);
  // A bound that is worked out is explained below, and needs no words here.
  const bool known = reading_.registers.KnownAt(bound.value, reading_.row);
  const bool worked_out = bound.kind != ExplanationKind::kAmount;
  const program::Term& term = reading_.program.terms[bound.terms[0]];
  const std::string shown = !known       ? TermName(term, reading_.row)
                            : worked_out ? ShowTermValue(reading_, term, term.type, reading_.row)
                                         : Factor(term);
  const std::string kept = Say(PhraseOf(limit.kind), reading_.language, {shown});
  const auto from = reading_.registers.NumberAt(before, reading_.row);
  const auto to = reading_.registers.NumberAt(limit.value, reading_.row);
  Finding finding = Remark(kept);
  finding.condition = kept;
  finding.threshold = ExactRegister(reading_.program, reading_.batch, reading_.registers, type, bound.value,
                                    reading_.LaneFor(bound.value, reading_.row));
  if (from && to) {
    const Rational change = *to - *from;
    const std::string amount = ShowNumber(type, change < 0 ? Rational(-change) : change, reading_.language);
    const Phrase phrase = change < 0   ? Phrase::kLimitLowers
                          : change > 0 ? Phrase::kLimitRaises
                                       : Phrase::kLimitKeeps;
    finding.line = Say(phrase, reading_.language, {kept, amount});
    finding.value = number::ToText(*to);
    finding.margin = number::ToText(change);
  } else if (from) {
    Explain(finding, limit.value, reading_.row);
  }
  const bool matters = known || !to;
  if (matters && (worked_out || !bound.children.empty())) Amount(limit.bound, finding.children);
  findings.push_back(std::move(finding));
}

}  // namespace pol::explain
