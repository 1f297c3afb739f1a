// Findings about the elements of a list and the years of a series.
#include <algorithm>

#include "runtime/explain/comparison.h"
#include "runtime/explain/findings.h"
#include "runtime/explain/phrases.h"
#include "runtime/explain/show_value.h"
#include "runtime/program/instruction_info.h"

namespace pol::explain {

using engine::Truth;
using program::Explanation;
using program::Opcode;

namespace {

constexpr std::size_t kMostElements = 5;

}  // namespace

// What is said in place of elements, or about how many there are; empty when the elements say it all.
std::string Narrator::CountLine(const Explanation& node, Truth result, std::size_t found,
                                std::uint32_t domain) const {
  const Opcode opcode = reading_.program.instructions[node.value].opcode;
  const std::string& list = NameIn(reading_.program.schema.domains[domain].naming, reading_.language);
  const Reading::Lanes lanes = reading_.LanesOf(domain);
  const std::string total = std::to_string(lanes.last - lanes.first);
  if (opcode == Opcode::kFoldAtLeast) {
    const std::uint32_t threshold = program::OperandsOf(reading_.program, node.value)[1];
    const program::ValueType count{program::ValueKind::kCount, {}, program::kNone};
    const std::string asked = ShowRegister(reading_.program, reading_.batch, reading_.registers, count,
                                           threshold, reading_.row, reading_.language);
    return Say(Phrase::kEnoughElements, reading_.language, {std::to_string(found), asked});
  }
  const bool every = opcode == Opcode::kFoldAll;
  if (result == Truth::kUnknown || (result == Truth::kTrue) != every) return {};
  if (reading_.IsYears(domain)) return Say(every ? Phrase::kEveryYear : Phrase::kNoYear, reading_.language);
  if (lanes.first == lanes.last) return Say(Phrase::kNoElements, reading_.language, {list});
  return Say(every ? Phrase::kEveryElement : Phrase::kNoElement, reading_.language, {total, list});
}

Finding Narrator::Quantified(const Explanation& node, std::uint32_t lane, Sense sense) {
  Finding finding = Start(node, lane, sense);
  finding.line = node.words;
  const auto operands = program::OperandsOf(reading_.program, node.value);
  const program::InstructionInfo& info = program::InfoOf(reading_.program.instructions[node.value].opcode);
  // Only a fold has elements to show.
  if (info.domain_rule != program::DomainRule::kUp || info.KindAt(0) != program::OperandKind::kTruth) {
    Close(finding, node, lane);
    return finding;
  }
  const std::uint32_t domain = operands.back();
  const bool at_least = reading_.program.instructions[node.value].opcode == Opcode::kFoldAtLeast;
  const Truth wanted = at_least && finding.result == Truth::kFalse ? Truth::kTrue : finding.result;
  std::vector<std::uint32_t> lanes;
  std::size_t found = 0;
  const Reading::Lanes all = reading_.LanesOf(domain);
  for (std::uint32_t each = all.first; each < all.last; ++each) {
    const Truth truth = reading_.registers.TruthAt(operands[0], each);
    if (truth == wanted) lanes.push_back(each);
    if (truth == Truth::kTrue) ++found;
  }
  const std::string count = CountLine(node, finding.result, found, domain);
  if (!count.empty()) finding.children.push_back(Remark(count));
  if (count.empty() || at_least) Elements(node, lanes, finding);
  Close(finding, node, lane);
  return finding;
}

void Narrator::Elements(const Explanation& node, const std::vector<std::uint32_t>& lanes, Finding& finding) {
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
    if (!reading_.IsYears(domain) && !reading_.batch.domains[domain].known[reading_.row]) {
      Explain(finding, node.value, reading_.row);
    }
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
    if (term.value == program::kNone) continue;
    if (!Beside(domain, term.value)) continue;
    facts.push_back(Say(Phrase::kPartIs, reading_.language, {TermName(term), TermValue(term, lane)}));
  }
  std::string name;
  if (reading_.IsYears(domain)) {
    name = Say(Phrase::kYear, reading_.language, {std::to_string(reading_.YearOf(lane))});
  } else {
    const std::string number = std::to_string(lane - reading_.LanesOf(domain).first + 1);
    const std::string& list = NameIn(reading_.program.schema.domains[domain].naming, reading_.language);
    name = Say(Phrase::kElement, reading_.language, {list, number});
  }
  Finding element = Remark(name);
  element.condition = name;
  if (!facts.empty()) {
    element.line = Say(Phrase::kElementFacts, reading_.language, {name, SayList(facts, reading_.language)});
  }
  if (result == Truth::kUnknown) Explain(element, operands[0], lane);
  const bool fails =
      reading_.program.instructions[node.value].opcode == Opcode::kFoldAll && result == Truth::kFalse;
  if (fails && !node.children.empty() && Beside(domain, At(node.children[0]).value)) {
    Body(node.children[0], lane, Sense::kWanted, element.children);
  }
  return element;
}

}  // namespace pol::explain
