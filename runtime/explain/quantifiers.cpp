// Findings about the elements of a list and the years of a series.
#include <algorithm>
#include <utility>

#include "runtime/explain/comparison.h"
#include "runtime/explain/findings.h"
#include "runtime/explain/phrases.h"
#include "runtime/explain/show_value.h"
#include "runtime/program/instruction_info.h"

namespace pol::explain {

using engine::Truth;
using program::Explanation;
using program::ExplanationKind;
using program::Opcode;

namespace {

constexpr std::size_t kMostElements = 5;
constexpr std::size_t kMostYears = 12;

bool IsFoldOfTruths(const program::InstructionInfo& info) {
  return info.domain_rule == program::DomainRule::kUp && info.KindAt(0) == program::OperandKind::kTruth;
}

}  // namespace

// "2 found, at least 3 needed"; only how many were found, where it is not known how many are asked.
std::string Narrator::CountLine(const Explanation& node, Sense sense, std::size_t found, bool exactly) const {
  const std::uint32_t threshold = program::OperandsOf(reading_.program, node.value)[1];
  const std::string have = std::to_string(found);
  const auto asked = reading_.registers.NumberAt(threshold, reading_.row);
  if (!asked) return Say(Phrase::kFound, reading_.language, {have});
  const program::ValueType count{program::ValueKind::kCount, {}, program::kNone};
  // Not at least three: at most two.
  const bool at_most = sense == Sense::kUnwanted;
  const std::string limit = ShowNumber(count, at_most ? Rational(*asked - 1) : *asked, reading_.language);
  const Phrase phrase = exactly   ? Phrase::kExactlyFound
                        : at_most ? Phrase::kAtMostFound
                                  : Phrase::kAtLeastFound;
  return Say(phrase, reading_.language, {have, limit});
}

// What is said in place of elements that all answer alike; empty when there is more to say.
std::string Narrator::AlikeLine(const Explanation& node, Truth result, std::size_t asked_about) const {
  const std::uint32_t domain = program::OperandsOf(reading_.program, node.value).back();
  const bool every = reading_.program.instructions[node.value].opcode == Opcode::kFoldAll;
  if (result == Truth::kUnknown || (result == Truth::kTrue) != every) return {};
  const std::string& list = NameIn(reading_.program.schema.domains[domain].naming, reading_.language);
  if (asked_about == 0) return Say(Phrase::kNoElements, reading_.language, {list});
  return Say(every ? Phrase::kEveryElement : Phrase::kNoElement, reading_.language,
             {std::to_string(asked_about), list});
}

Finding Narrator::Quantified(const Explanation& node, std::uint32_t lane, Sense sense, bool exactly) {
  Finding finding = Start(node, lane, sense);
  finding.line = node.words;
  // Only a fold has elements to show.
  if (IsFoldOfTruths(program::InfoOf(reading_.program.instructions[node.value].opcode))) {
    const bool years = reading_.IsYears(program::OperandsOf(reading_.program, node.value).back());
    if (years) {
      Years(node, sense, exactly, finding);
    } else {
      Elements(node, sense, exactly, finding);
    }
  }
  Close(finding, node, lane);
  return finding;
}

// Which elements or years the condition is about; `unsettled`, when that is not known of one.
std::vector<std::uint32_t> Narrator::AskedAbout(const Explanation& node, bool& unsettled) const {
  const Reading::Lanes all = reading_.LanesOf(program::OperandsOf(reading_.program, node.value).back());
  std::vector<std::uint32_t> lanes;
  for (std::uint32_t lane = all.first; lane < all.last; ++lane) {
    const Truth asked = node.children.size() > 1 ? ResultOf(At(node.children[1]), lane) : Truth::kTrue;
    unsettled = unsettled || asked == Truth::kUnknown;
    if (asked != Truth::kFalse) lanes.push_back(lane);
  }
  return lanes;
}

// A year is a condition of its own, with value, threshold and margin. Of years one after the other each is
// shown, because a run is made of those that hold and broken by those that do not.
void Narrator::Years(const Explanation& node, Sense sense, bool exactly, Finding& finding) {
  bool unsettled = false;
  const std::vector<std::uint32_t> lanes = AskedAbout(node, unsettled);
  // Without the window there are no years to show, only what the window needs.
  if (unsettled) return;
  if (lanes.empty()) {
    finding.children.push_back(Remark(Say(Phrase::kNoYears, reading_.language)));
    return;
  }
  const Explanation& condition = At(node.children[0]);
  const bool running = node.kind == ExplanationKind::kRunning;
  const bool at_least = reading_.program.instructions[node.value].opcode == Opcode::kFoldAtLeast;
  // Where too many may be as wrong as too few, a year alone is neither.
  const bool counted = at_least && (exactly || sense == Sense::kUnwanted);
  const Sense each = counted ? Sense::kAsked : sense;
  Tally tally;
  for (const std::uint32_t lane : lanes) {
    const Truth result = ResultOf(condition, lane);
    const bool open = at_least && finding.result == Truth::kFalse && result == Truth::kUnknown;
    if (!running && result != finding.result && !open) {
      tally.Count(result);
    } else if (finding.children.size() < kMostYears) {
      finding.children.push_back(Year(node.children[0], lane, each));
    } else {
      ++tally.unshown;
    }
    if (result == Truth::kTrue) ++tally.found;
  }
  Others(tally, finding.children);
  if (!at_least) return;
  const std::string count = CountLine(node, sense, tally.found, exactly);
  finding.children.insert(finding.children.begin(), Remark(count));
}

Finding Narrator::Year(std::uint32_t condition, std::uint32_t lane, Sense sense) {
  Finding year = One(condition, lane, sense);
  const std::string name = Say(Phrase::kYear, reading_.language, {std::to_string(reading_.YearOf(lane))});
  year.line = Say(Phrase::kInYear, reading_.language, {name, year.line});
  return year;
}

void Narrator::Elements(const Explanation& node, Sense sense, bool exactly, Finding& finding) {
  bool unsettled = false;
  const std::vector<std::uint32_t> asked_about = AskedAbout(node, unsettled);
  const auto operands = program::OperandsOf(reading_.program, node.value);
  const bool at_least = reading_.program.instructions[node.value].opcode == Opcode::kFoldAtLeast;
  const Truth wanted = at_least && finding.result == Truth::kFalse ? Truth::kTrue : finding.result;
  std::vector<std::uint32_t> lanes;
  std::size_t found = 0;
  for (const std::uint32_t each : asked_about) {
    const Truth truth = reading_.registers.TruthAt(operands[0], each);
    if (truth == wanted) lanes.push_back(each);
    if (truth == Truth::kTrue) ++found;
  }
  const std::string count =
      at_least ? CountLine(node, sense, found, exactly) : AlikeLine(node, finding.result, asked_about.size());
  if (!count.empty()) finding.children.push_back(Remark(count));
  // Where all answer as they should, how many there are says enough.
  const bool as_it_should =
      sense == Sense::kAsked || (finding.result == Truth::kTrue) == (sense == Sense::kWanted);
  if (count.empty() || at_least || !as_it_should) ShowElements(node, lanes, finding);
}

void Narrator::ShowElements(const Explanation& node, const std::vector<std::uint32_t>& lanes,
                            Finding& finding) {
  for (std::size_t index = 0; index < lanes.size(); ++index) {
    if (index == kMostElements) {
      finding.children.push_back(Remark(
          Say(Phrase::kMoreElements, reading_.language, {std::to_string(lanes.size() - kMostElements)})));
      break;
    }
    finding.children.push_back(Element(node, lanes[index]));
  }
  // A list that is not there at all has no element to say so.
  if (finding.result == Truth::kUnknown) {
    const std::uint32_t domain = program::OperandsOf(reading_.program, node.value).back();
    if (!reading_.batch.domains[domain].known[reading_.row]) Explain(finding, node.value, reading_.row);
  }
}

// Whether a register can be read beside an element of `domain`.
bool Narrator::Beside(std::uint32_t domain, std::uint32_t value) const {
  if (value == program::kNone) return false;
  return reading_.DomainOf(value) == domain || reading_.DomainOf(value) == 0;
}

Finding Narrator::Element(const Explanation& node, std::uint32_t lane) {
  const auto operands = program::OperandsOf(reading_.program, node.value);
  const std::uint32_t domain = operands.back();
  const Truth result = reading_.registers.TruthAt(operands[0], lane);
  std::vector<std::string> facts;
  for (const std::uint32_t index : node.terms) {
    const program::Term& term = reading_.program.terms[index];
    if (!Beside(domain, term.value)) continue;
    facts.push_back(Say(Phrase::kPartIs, reading_.language, {TermName(term, lane), TermValue(term, lane)}));
  }
  const std::string number = std::to_string(lane - reading_.LanesOf(domain).first + 1);
  const std::string& list = NameIn(reading_.program.schema.domains[domain].naming, reading_.language);
  const std::string name = Say(Phrase::kElement, reading_.language, {list, number});
  Finding element = Remark(name);
  element.condition = name;
  if (!facts.empty()) {
    element.line = Say(Phrase::kElementFacts, reading_.language, {name, SayList(facts, reading_.language)});
  }
  if (result == Truth::kUnknown) Explain(element, operands[0], lane);
  const bool fails =
      reading_.program.instructions[node.value].opcode == Opcode::kFoldAll && result == Truth::kFalse;
  if (fails && Beside(domain, At(node.children[0]).value)) {
    Body(node.children[0], lane, Sense::kWanted, element.children);
  }
  return element;
}

}  // namespace pol::explain
