#include "runtime/program/verify.h"

#include <algorithm>
#include <span>
#include <utility>

#include "runtime/program/instruction_info.h"
#include "runtime/program/verifier.h"

namespace pol::program {
namespace {

// Instructions whose child domain must be a list.
bool NeedsList(Opcode opcode) {
  return opcode == Opcode::kLoadListKnown || InfoOf(opcode).domain_rule == DomainRule::kYears;
}

// Explanations of a decision's or a lifecycle's code.
bool DecidesCode(ExplanationKind kind) {
  return kind == ExplanationKind::kDecision || kind == ExplanationKind::kLifecycle;
}

std::uint32_t CodeBoundOf(const Machine& machine) {
  return machine.first_code + static_cast<std::uint32_t>(machine.states.size());
}

// Checks the parts in an order in which each may rely on those before; a part whose ground is broken isn't
// looked at.
class Verifier {
 public:
  explicit Verifier(const Program& program) : program_(program), schema_(program.schema) {}

  std::vector<std::string> Run() {
    CheckSizes();
    VerifySchema(schema_, errors_);
    CheckNumbers();
    VerifyMachines(program_, errors_);
    for (void (Verifier::*const check)() :
         {&Verifier::CheckInstructions, &Verifier::CheckReasonsAndHolds, &Verifier::CheckClauses,
          &Verifier::CheckDecisions, &Verifier::CheckTerms, &Verifier::CheckExplanations,
          &Verifier::CheckGrants, &Verifier::CheckScores, &Verifier::CheckQuotas,
          &Verifier::CheckLifecycles}) {
      if (errors_.empty()) (this->*check)();
    }
    return errors_.Take();
  }

 private:
  std::size_t register_count() const { return program_.instructions.size(); }
  RegisterKind KindOf(std::uint32_t value) const {
    return InfoOf(program_.instructions[value].opcode).result;
  }
  std::uint32_t DomainOf(std::uint32_t value) const { return program_.instructions[value].domain; }
  bool IsYears(std::uint32_t domain) const { return schema_.domains[domain].kind == DomainKind::kYears; }
  bool IsRegisterOf(std::uint32_t value, RegisterKind kind) const {
    return value < register_count() && KindOf(value) == kind;
  }
  static bool IsIndexOrNone(std::uint32_t index, std::size_t size) { return index == kNone || index < size; }

  void CheckSizes();
  void CheckNumbers();
  void CheckInstructions();
  void CheckInstruction(std::uint32_t value);
  void CheckRegisterOperand(std::uint32_t value, OperandKind kind, std::uint32_t operand);
  void CheckImmediate(std::uint32_t value, OperandKind kind, std::uint32_t operand);
  void CheckMachineOperand(std::uint32_t value, std::uint32_t machine);
  void CheckFactOperand(std::uint32_t value, std::uint32_t fact);
  void CheckDomainOf(std::uint32_t value);
  void CheckReasonsAndHolds();
  void CheckClauses();
  void CheckMadeOfEnds();
  void CheckDecisions();
  std::vector<std::uint32_t> CodeBounds() const;
  void CheckTerms();
  void CheckExplanations();
  void CheckExplanation(std::size_t index);
  bool HasItsParts(const Explanation& node) const;
  void CheckReadableFrom(std::size_t index, const Explanation& node);
  bool HasChildrenOfItsKind(const Explanation& node) const;
  void CheckGrants();
  void CheckScores();
  void CheckLimits(const std::vector<Limit>& limits, const std::string& whose);
  bool IsNumberOfRecord(std::uint32_t value) const {
    return IsRegisterOf(value, RegisterKind::kNumber) && DomainOf(value) == 0;
  }
  void CheckQuotas() { VerifyQuotas(program_, errors_); }
  void CheckLifecycles() { VerifyLifecycles(program_, CodeBounds(), errors_); }
  bool IsExplained(std::uint32_t index, bool amount) const;

  const Program& program_;
  const Schema& schema_;
  Errors errors_;
};

void Verifier::CheckSizes() {
  errors_.Check(register_count() <= Limits::kInstructions, "{} instructions are too many", register_count());
  errors_.Check(program_.operands.size() <= Limits::kOperands, "{} operands are too many",
                program_.operands.size());
  for (const std::size_t size :
       {program_.constants.size(), program_.reasons.size(), program_.holds.size(), program_.clauses.size(),
        program_.decisions.size(), program_.grants.size(), program_.scores.size(), program_.quotas.size(),
        program_.lifecycles.size(), program_.machines.size(), program_.terms.size(),
        program_.explanations.size()}) {
    errors_.Check(size <= Limits::kTable, "a table of {} entries is too long", size);
  }
}

void Verifier::CheckNumbers() {
  for (std::size_t i = 0; i < program_.constants.size() && !errors_.full(); ++i) {
    errors_.Check(IsReduced(program_.constants[i]), "constant {} is not a reduced number", i);
  }
}

void Verifier::CheckInstructions() {
  std::size_t operand_total = 0;
  for (std::uint32_t value = 0; value < register_count(); ++value) {
    operand_total += program_.instructions[value].operand_count;
    CheckInstruction(value);
    // Later instructions ask what this one is.
    if (!errors_.empty()) return;
  }
  // Shared operands would make the work of a run larger than the program.
  errors_.Check(operand_total <= program_.operands.size(), "instructions share operands");
}

void Verifier::CheckInstruction(std::uint32_t value) {
  const Instruction& instruction = program_.instructions[value];
  if (!errors_.Check(static_cast<std::size_t>(instruction.opcode) < kOpcodeCount, "r{}: no such instruction",
                     value) ||
      !errors_.Check(instruction.domain < schema_.domains.size(), "r{}: no such domain", value) ||
      !errors_.Check(
          std::uint64_t{instruction.first_operand} + instruction.operand_count <= program_.operands.size(),
          "r{}: operands past the end", value)) {
    return;
  }
  const InstructionInfo& info = InfoOf(instruction.opcode);
  const bool count_fits = info.variadic() ? instruction.operand_count >= info.operand_count
                                          : instruction.operand_count == info.operand_count;
  if (!errors_.Check(count_fits, "r{}: {} has {} operands", value, info.mnemonic, instruction.operand_count))
    return;
  const std::span<const std::uint32_t> operands = OperandsOf(program_, value);
  for (std::size_t i = 0; i < operands.size() && !errors_.full(); ++i) {
    const OperandKind kind = info.KindAt(i);
    if (IsRegister(kind)) {
      CheckRegisterOperand(value, kind, operands[i]);
    } else {
      CheckImmediate(value, kind, operands[i]);
    }
  }
  CheckDomainOf(value);
}

void Verifier::CheckRegisterOperand(std::uint32_t value, OperandKind kind, std::uint32_t operand) {
  if (!errors_.Check(operand < value, "r{}: operand r{} is not written yet", value, operand)) return;
  errors_.Check(KindOf(operand) == RegisterKindOf(kind), "r{}: operand r{} is of another kind", value,
                operand);
  const std::uint32_t domain = DomainOf(operand);
  bool fits = domain == DomainOf(value);
  switch (InfoOf(program_.instructions[value].opcode).domain_rule) {
    case DomainRule::kDown:
      fits = domain == 0;
      break;
    case DomainRule::kUp:
      fits = domain == (IsParent(kind) ? 0 : ChildOf(program_, value));
      break;
    case DomainRule::kYears:
      fits = domain == ChildOf(program_, value);
      break;
    default:
      break;
  }
  errors_.Check(fits, "r{}: operand r{} is in another domain", value, operand);
}

void Verifier::CheckImmediate(std::uint32_t value, OperandKind kind, std::uint32_t operand) {
  const Opcode opcode = program_.instructions[value].opcode;
  switch (kind) {
    case OperandKind::kFact:
      CheckFactOperand(value, operand);
      break;
    case OperandKind::kConstant:
      errors_.Check(operand < program_.constants.size(), "r{}: no constant {}", value, operand);
      break;
    case OperandKind::kDomain:
      if (!errors_.Check(operand > 0 && operand < schema_.domains.size(), "r{}: no child domain {}", value,
                         operand))
        return;
      errors_.Check(!NeedsList(opcode) || schema_.domains[operand].kind == DomainKind::kList,
                    "r{}: domain {} is no list", value, operand);
      break;
    case OperandKind::kClause:
      errors_.Check(operand < program_.clauses.size(), "r{}: no clause {}", value, operand);
      break;
    case OperandKind::kCalendar:
      errors_.Check(operand < schema_.calendars.size(), "r{}: no calendar {}", value, operand);
      break;
    case OperandKind::kReason:
      errors_.Check(operand < program_.reasons.size(), "r{}: no reason {}", value, operand);
      break;
    case OperandKind::kMachine:
      CheckMachineOperand(value, operand);
      break;
    case OperandKind::kHolds:
      errors_.Check(operand < program_.holds.size(), "r{}: no holds {}", value, operand);
      break;
    case OperandKind::kWord:
      errors_.Check(opcode != Opcode::kConstantTruth || operand <= 1, "r{}: {} is no truth", value, operand);
      errors_.Check(opcode != Opcode::kWithinRegion || (operand >= 1 && operand <= 999999),
                    "r{}: {} is no region", value, operand);
      break;
    default:
      break;
  }
}

// A walk has as many truths as its machine chooses from.
void Verifier::CheckMachineOperand(std::uint32_t value, std::uint32_t machine) {
  if (!errors_.Check(machine < program_.machines.size(), "r{}: no machine {}", value, machine)) return;
  const Instruction& instruction = program_.instructions[value];
  const std::size_t first_truth = InfoOf(instruction.opcode).operand_count - 1u;
  errors_.Check(instruction.operand_count - first_truth == program_.machines[machine].conditions,
                "r{}: machine {} asks for {} truths", value, machine, program_.machines[machine].conditions);
}

void Verifier::CheckFactOperand(std::uint32_t value, std::uint32_t fact) {
  if (!errors_.Check(fact < schema_.facts.size(), "r{}: no fact {}", value, fact)) return;
  const Opcode opcode = program_.instructions[value].opcode;
  errors_.Check(opcode == Opcode::kLoadPresence ||
                    RegisterKindOf(schema_.facts[fact].type.kind) == InfoOf(opcode).result,
                "r{}: fact {} is of another kind", value, fact);
  errors_.Check(schema_.facts[fact].domain == DomainOf(value), "r{}: fact {} is in another domain", value,
                fact);
}

void Verifier::CheckDomainOf(std::uint32_t value) {
  const std::uint32_t domain = DomainOf(value);
  switch (program_.instructions[value].opcode) {
    case Opcode::kLoadYear:
    case Opcode::kWindowYears:
    case Opcode::kPreviousTruth:
    case Opcode::kPreviousCode:
    case Opcode::kPreviousNumber:
      errors_.Check(IsYears(domain), "r{}: only years have a year", value);
      return;
    case Opcode::kLoadListKnown:
    case Opcode::kClause:
      errors_.Check(domain == 0, "r{}: must be in the record's domain", value);
      return;
    default:
      break;
  }
  const DomainRule rule = InfoOf(program_.instructions[value].opcode).domain_rule;
  errors_.Check(rule != DomainRule::kDown || domain != 0, "r{}: the record is no child", value);
  errors_.Check(rule != DomainRule::kUp || domain == 0, "r{}: a fold's result is the record's", value);
  errors_.Check(rule != DomainRule::kYears || IsYears(domain), "r{}: only years have a year", value);
}

void Verifier::CheckReasonsAndHolds() {
  for (std::size_t i = 0; i < program_.reasons.size() && !errors_.full(); ++i) {
    const Reason& reason = program_.reasons[i];
    errors_.Check(reason.kind <= ReasonKind::kUndated, "reason {} is of no known kind", i);
    errors_.Check(IsIndexOrNone(reason.clause, program_.clauses.size()) &&
                      IsIndexOrNone(reason.other, program_.clauses.size()),
                  "reason {} names no clause", i);
  }
  for (std::size_t i = 0; i < program_.holds.size() && !errors_.full(); ++i) {
    const std::uint32_t value = program_.holds[i].value;
    errors_.Check(value == kNone || IsRegisterOf(value, RegisterKind::kTruth), "holds {} is no truth", i);
  }
}

void Verifier::CheckClauses() {
  const std::size_t count = program_.clauses.size();
  for (std::size_t i = 0; i < count && !errors_.full(); ++i) {
    const Clause& clause = program_.clauses[i];
    errors_.Check(clause.kind <= ClauseKind::kUndisclosed, "clause {} is of no known kind", i);
    errors_.Check(clause.parent == kNone || clause.parent < i, "clause {} comes before its parent", i);
    errors_.Check(IsIndexOrNone(clause.explanation, program_.explanations.size()),
                  "clause {} has no explanation", i);
    errors_.Check(clause.made_of.size() <= Limits::kTable &&
                      std::all_of(clause.made_of.begin(), clause.made_of.end(),
                                  [count](std::uint32_t part) { return part < count; }),
                  "clause {} is made of what is no clause", i);
    errors_.Check(clause.principle == kNone ||
                      (clause.value != kNone && IsRegisterOf(clause.principle, RegisterKind::kTruth) &&
                       DomainOf(clause.principle) == 0),
                  "clause {} says nothing in principle", i);
    if (clause.value == kNone) continue;
    const bool marked = clause.value < register_count() &&
                        program_.instructions[clause.value].opcode == Opcode::kClause &&
                        OperandsOf(program_, clause.value)[1] == i;
    errors_.Check(marked, "clause {}: its value is not its own", i);
  }
  if (errors_.empty()) CheckMadeOfEnds();
}

// Clauses are made of clauses in no order of the table (a replacement may stand anywhere), but never of
// themselves.
void Verifier::CheckMadeOfEnds() {
  enum class Visit : std::uint8_t { kNew, kOpen, kDone };
  std::vector<Visit> visits(program_.clauses.size(), Visit::kNew);
  std::vector<std::pair<std::uint32_t, std::size_t>> path;
  for (std::uint32_t start = 0; start < visits.size(); ++start) {
    if (visits[start] != Visit::kNew) continue;
    path.emplace_back(start, 0);
    visits[start] = Visit::kOpen;
    while (!path.empty()) {
      const std::uint32_t clause = path.back().first;
      const std::vector<std::uint32_t>& parts = program_.clauses[clause].made_of;
      if (path.back().second == parts.size()) {
        visits[clause] = Visit::kDone;
        path.pop_back();
        continue;
      }
      const std::uint32_t part = parts[path.back().second++];
      if (!errors_.Check(visits[part] != Visit::kOpen, "clause {} is made of itself", part)) return;
      if (visits[part] != Visit::kNew) continue;
      visits[part] = Visit::kOpen;
      path.emplace_back(part, 0);
    }
  }
}

// By code register: one more than the greatest code it can hold when all it chooses among is constants, else
// kNone.
std::vector<std::uint32_t> Verifier::CodeBounds() const {
  std::vector<std::uint32_t> bounds(register_count(), kNone);
  for (std::uint32_t value = 0; value < register_count(); ++value) {
    const std::span<const std::uint32_t> operands = OperandsOf(program_, value);
    switch (program_.instructions[value].opcode) {
      case Opcode::kConstantCode:
        bounds[value] = operands[0] < kNone ? operands[0] + 1 : kNone;
        break;
      case Opcode::kUnknownCode:
        bounds[value] = 0;
        break;
      case Opcode::kSelectCode:
        bounds[value] = std::max(bounds[operands[1]], bounds[operands[2]]);
        break;
      case Opcode::kGuardCode:
        bounds[value] = bounds[operands[0]];
        break;
      case Opcode::kWalkState:
        bounds[value] = CodeBoundOf(program_.machines[operands[3]]);
        break;
      default:
        break;
    }
  }
  return bounds;
}

void Verifier::CheckDecisions() {
  const std::vector<std::uint32_t> bounds = CodeBounds();
  for (std::size_t i = 0; i < program_.decisions.size() && !errors_.full(); ++i) {
    const Decision& decision = program_.decisions[i];
    errors_.Check(IsIndexOrNone(decision.explanation, program_.explanations.size()),
                  "decision {} has no explanation", i);
    if (!errors_.Check(IsRegisterOf(decision.value, RegisterKind::kCode) && DomainOf(decision.value) == 0,
                       "decision {} has no value", i)) {
      continue;
    }
    errors_.Check(bounds[decision.value] <= decision.outcomes.size(),
                  "decision {} decides for no outcome of its own", i);
  }
}

void Verifier::CheckTerms() {
  std::vector<std::uint32_t> depths(program_.terms.size(), 1);
  for (std::size_t i = 0; i < program_.terms.size() && !errors_.full(); ++i) {
    const Term& term = program_.terms[i];
    errors_.Check(term.type.kind <= ValueKind::kEnumeration, "term {} is of no known kind", i);
    errors_.Check(
        term.type.kind != ValueKind::kEnumeration || term.type.enumeration < schema_.enumerations.size(),
        "term {} is of no known enumeration", i);
    errors_.Check(
        term.value == kNone ? term.constant : IsRegisterOf(term.value, RegisterKindOf(term.type.kind)),
        "term {} has no value of its kind", i);
    errors_.Check(!term.quotient || term.parts.size() == 2, "term {} is a quotient without two parts", i);
    for (const std::uint32_t part : term.parts) {
      if (!errors_.Check(part < i, "term {} is made of a later one", i)) return;
      depths[i] = std::max(depths[i], depths[part] + 1);
      const std::uint32_t inner = program_.terms[part].value;
      errors_.Check(term.value == kNone || inner == kNone || DomainOf(inner) == 0 ||
                        DomainOf(inner) == DomainOf(term.value) || DomainOf(term.value) == 0,
                    "term {} is made of terms of other lanes", i);
    }
    errors_.Check(term.parts.size() <= Limits::kDigits && depths[i] <= Limits::kDepth, "term {} is too deep",
                  i);
    // Later terms ask in which lanes this one is.
    if (!errors_.empty()) return;
  }
}

void Verifier::CheckExplanations() {
  const std::size_t count = program_.explanations.size();
  std::vector<std::uint32_t> depths(count, 1);
  std::vector<std::uint32_t> sizes(count, 1);
  for (std::size_t i = 0; i < count && !errors_.full(); ++i) {
    const Explanation& node = program_.explanations[i];
    std::uint64_t size = 1;
    for (const std::uint32_t child : node.children) {
      if (!errors_.Check(child < i, "explanation {} has a later one as its child", i)) return;
      depths[i] = std::max(depths[i], depths[child] + 1);
      size += sizes[child];
    }
    errors_.Check(depths[i] <= Limits::kDepth, "explanation {} is too deep", i);
    if (!errors_.Check(size <= Limits::kExplanationSize, "explanation {} is too large", i)) return;
    sizes[i] = static_cast<std::uint32_t>(size);
    CheckExplanation(i);
    if (!errors_.empty()) return;
  }
}

void Verifier::CheckExplanation(std::size_t index) {
  const Explanation& node = program_.explanations[index];
  errors_.Check(node.comparison <= Comparison::kNotEqual, "explanation {} compares in no known way", index);
  if (!errors_.Check(IsIndexOrNone(node.clause, program_.clauses.size()) &&
                         IsIndexOrNone(node.decision, program_.decisions.size()) &&
                         IsIndexOrNone(node.lifecycle, program_.lifecycles.size()),
                     "explanation {} names no clause, decision or lifecycle", index)) {
    return;
  }
  for (const std::uint32_t term : node.terms) {
    if (!errors_.Check(term < program_.terms.size(), "explanation {} shows no term", index)) return;
  }
  if (!errors_.Check(HasItsParts(node), "explanation {} lacks a part of its kind", index)) return;
  const RegisterKind kind = DecidesCode(node.kind) ? RegisterKind::kCode
                            : IsAmount(node.kind)  ? RegisterKind::kNumber
                                                   : RegisterKind::kTruth;
  if (!errors_.Check(HasChildrenOfItsKind(node), "explanation {} has a child of another kind", index)) return;
  const bool may_lack_value =
      node.kind == ExplanationKind::kClause && program_.clauses[node.clause].value == kNone;
  if (!errors_.Check(node.value == kNone ? may_lack_value : IsRegisterOf(node.value, kind),
                     "explanation {} has no value of its kind", index)) {
    return;
  }
  errors_.Check(!IsAmount(node.kind) || program_.terms[node.terms[0]].value == node.value,
                "explanation {} is of another amount", index);
  CheckReadableFrom(index, node);
}

bool Verifier::HasItsParts(const Explanation& node) const {
  switch (node.kind) {
    case ExplanationKind::kClause:
      return node.clause != kNone;
    case ExplanationKind::kAll:
    case ExplanationKind::kAny:
    case ExplanationKind::kCondition:
      return true;
    case ExplanationKind::kAtLeast:
      return !node.terms.empty();
    case ExplanationKind::kNot:
      return node.children.size() == 1;
    case ExplanationKind::kComparison:
      return node.terms.size() == 2 && node.comparison != Comparison::kNotCompared;
    case ExplanationKind::kSelection:
    case ExplanationKind::kReplaced:
      return node.children.size() == 2 || node.children.size() == 3;
    case ExplanationKind::kBands:
      return !node.terms.empty() && node.children.size() % 2 == 0;
    case ExplanationKind::kQuantifier:
      return !node.children.empty();
    case ExplanationKind::kDecision:
      return node.decision != kNone;
    case ExplanationKind::kRunning:
      return node.children.size() == 2;
    case ExplanationKind::kLifecycle:
      return node.lifecycle != kNone;
    case ExplanationKind::kAmount:
      return !node.terms.empty() && node.children.size() <= 1;
    case ExplanationKind::kProduct:
    case ExplanationKind::kQuotient:
      return node.terms.size() == 3;
    case ExplanationKind::kSum:
      return !node.terms.empty();
    case ExplanationKind::kChoice:
      return !node.terms.empty() && node.children.size() == 3;
    case ExplanationKind::kBandChoice:
      return node.terms.size() == 2 && node.children.size() % 2 == 0;
  }
  return false;
}

// Conditions are made of conditions, amounts of amounts and, where there is a choice, of what decides it;
// nothing is made of a decision or a lifecycle.
bool Verifier::HasChildrenOfItsKind(const Explanation& node) const {
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    const ExplanationKind child = program_.explanations[node.children[i]].kind;
    const bool decides = (node.kind == ExplanationKind::kChoice && i == 0) ||
                         (node.kind == ExplanationKind::kBandChoice && i % 2 == 0);
    if (IsAmount(child) != (IsAmount(node.kind) && !decides)) return false;
    if (DecidesCode(child)) return false;
  }
  return true;
}

// What a node shows is in its own lanes or in the record's; only a quantifier of the record looks into a
// child domain.
void Verifier::CheckReadableFrom(std::size_t index, const Explanation& node) {
  if (node.value == kNone) return;
  const std::uint32_t domain = DomainOf(node.value);
  const auto readable = [&](std::uint32_t value) {
    return value == kNone || DomainOf(value) == 0 || DomainOf(value) == domain;
  };
  for (const std::uint32_t term : node.terms) {
    errors_.Check(readable(program_.terms[term].value) || domain == 0,
                  "explanation {} shows a term of other lanes", index);
  }
  const bool quantifies = node.kind == ExplanationKind::kQuantifier || node.kind == ExplanationKind::kRunning;
  const bool looks_inside = quantifies && domain == 0;
  for (const std::uint32_t child : node.children) {
    errors_.Check(looks_inside || readable(program_.explanations[child].value),
                  "explanation {} has a child of other lanes", index);
  }
}

// Whether there is such an explanation, of the record, with a value.
bool Verifier::IsExplained(std::uint32_t index, bool amount) const {
  if (index >= program_.explanations.size()) return false;
  const Explanation& node = program_.explanations[index];
  return IsAmount(node.kind) == amount && !DecidesCode(node.kind) && node.value != kNone &&
         DomainOf(node.value) == 0;
}

void Verifier::CheckGrants() {
  for (std::size_t i = 0; i < program_.grants.size() && !errors_.full(); ++i) {
    const Grant& grant = program_.grants[i];
    errors_.Check(grant.type.kind == ValueKind::kMoney, "grant {} is not of money", i);
    errors_.Check(grant.clause < program_.clauses.size(), "grant {} follows from no clause", i);
    errors_.Check(IsNumberOfRecord(grant.value), "grant {} has no value", i);
    errors_.Check(grant.condition == kNone || IsExplained(grant.condition, false),
                  "grant {} has no condition", i);
    errors_.Check(IsExplained(grant.amount, true), "grant {} has no amount", i);
    CheckLimits(grant.limits, fmt::format("grant {}", i));
  }
}

void Verifier::CheckLimits(const std::vector<Limit>& limits, const std::string& whose) {
  for (const Limit& limit : limits) {
    errors_.Check(limit.kind <= LimitKind::kRoundedDown, "{} is limited in no known way", whose);
    errors_.Check(IsNumberOfRecord(limit.value) && IsExplained(limit.bound, true),
                  "{} has a limit without a value", whose);
  }
}

void Verifier::CheckScores() {
  for (std::size_t i = 0; i < program_.scores.size() && !errors_.full(); ++i) {
    const Score& score = program_.scores[i];
    errors_.Check(score.clause < program_.clauses.size(), "score {} follows from no clause", i);
    errors_.Check(IsNumberOfRecord(score.value) && IsNumberOfRecord(score.sum), "score {} has no value", i);
    errors_.Check(!score.items.empty(), "score {} has no items", i);
    CheckLimits(score.limits, fmt::format("score {}", i));
    for (const ScoreItem& item : score.items) {
      errors_.Check(IsIndexOrNone(item.clause, program_.clauses.size()),
                    "an item of score {} follows from no clause", i);
      errors_.Check(IsNumberOfRecord(item.value) && IsExplained(item.points, true),
                    "an item of score {} has no points", i);
      CheckLimits(item.limits, fmt::format("an item of score {}", i));
    }
  }
}

}  // namespace

std::vector<std::string> Verify(const Program& program) { return Verifier(program).Run(); }

}  // namespace pol::program
