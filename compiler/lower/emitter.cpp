#include "compiler/lower/emitter.h"

#include <algorithm>
#include <unordered_set>

#include "runtime/program/instruction_info.h"

namespace pol::lower {

using program::Opcode;
using program::RegisterKind;

namespace {

std::uint64_t HashOf(Opcode opcode, std::uint32_t domain, std::span<const std::uint32_t> operands) {
  std::uint64_t hash = (static_cast<std::uint64_t>(opcode) << 8U) + domain;
  for (const std::uint32_t word : operands) {
    hash = (hash ^ word) * 0x9e3779b97f4a7c15U;
    hash ^= hash >> 29U;
  }
  return hash;
}

Opcode ByKind(RegisterKind kind, Opcode truth, Opcode number, Opcode code) {
  if (kind == RegisterKind::kTruth) return truth;
  return kind == RegisterKind::kNumber ? number : code;
}

}  // namespace

Register Emitter::Emit(Opcode opcode, std::uint32_t domain, std::span<const std::uint32_t> operands) {
  const std::uint64_t hash = HashOf(opcode, domain, operands);
  const auto [first, last] = shared_.equal_range(hash);
  for (auto entry = first; entry != last; ++entry) {
    if (Equal(entry->second, opcode, domain, operands)) return entry->second;
  }
  const Register value = Append(opcode, domain, operands);
  shared_.emplace(hash, value);
  return value;
}

Register Emitter::EmitClause(Register value, std::uint32_t clause) {
  const std::uint32_t operands[] = {value, clause};
  return Append(Opcode::kClause, 0, operands);
}

Register Emitter::Append(Opcode opcode, std::uint32_t domain, std::span<const std::uint32_t> operands) {
  program::Instruction instruction;
  instruction.opcode = opcode;
  instruction.domain = static_cast<std::uint8_t>(domain);
  instruction.first_operand = static_cast<std::uint32_t>(program_.operands.size());
  instruction.operand_count = static_cast<std::uint32_t>(operands.size());
  program_.operands.insert(program_.operands.end(), operands.begin(), operands.end());
  program_.instructions.push_back(instruction);
  return static_cast<Register>(program_.instructions.size() - 1);
}

bool Emitter::Equal(Register value, Opcode opcode, std::uint32_t domain,
                    std::span<const std::uint32_t> operands) const {
  const program::Instruction& instruction = program_.instructions[value];
  return instruction.opcode == opcode && instruction.domain == domain &&
         std::ranges::equal(program::OperandsOf(program_, value), operands);
}

Register Emitter::Truth(bool value, std::uint32_t domain) {
  return Emit(Opcode::kConstantTruth, domain, {value ? 1U : 0U});
}

Register Emitter::Number(const Rational& value, std::uint32_t domain) {
  std::pair<std::string, std::string> text{boost::multiprecision::numerator(value).str(),
                                           boost::multiprecision::denominator(value).str()};
  const auto [entry, added] =
      constants_.try_emplace(std::move(text), static_cast<std::uint32_t>(program_.constants.size()));
  if (added) program_.constants.push_back({entry->first.first, entry->first.second});
  return Emit(Opcode::kConstantNumber, domain, {entry->second});
}

Register Emitter::Code(std::int32_t value, std::uint32_t domain) {
  return Emit(Opcode::kConstantCode, domain, {static_cast<std::uint32_t>(value)});
}

Register Emitter::Unknown(RegisterKind kind, std::uint32_t domain, program::Reason reason) {
  const auto index = static_cast<std::uint32_t>(program_.reasons.size());
  program_.reasons.push_back(std::move(reason));
  return Emit(ByKind(kind, Opcode::kUnknownTruth, Opcode::kUnknownNumber, Opcode::kUnknownCode), domain,
              {index});
}

Register Emitter::Not(Register operand) {
  const program::Instruction& instruction = program_.instructions[operand];
  if (instruction.opcode == Opcode::kNot) return program_.operands[instruction.first_operand];
  if (instruction.opcode == Opcode::kConstantTruth) {
    return Truth(!IsTruth(operand, true), instruction.domain);
  }
  return Emit(Opcode::kNot, instruction.domain, {operand});
}

Register Emitter::Join(Opcode opcode, bool neutral, const std::vector<Register>& operands,
                       std::uint32_t domain) {
  std::vector<Register> kept;
  std::unordered_set<Register> seen;
  for (const Register operand : operands) {
    if (IsTruth(operand, !neutral)) return operand;
    if (!IsTruth(operand, neutral) && seen.insert(operand).second) kept.push_back(operand);
  }
  if (kept.empty()) return Truth(neutral, domain);
  return kept.size() == 1 ? kept.front() : Emit(opcode, domain, kept);
}

Register Emitter::And(const std::vector<Register>& operands, std::uint32_t domain) {
  return Join(Opcode::kAnd, true, operands, domain);
}

Register Emitter::Or(const std::vector<Register>& operands, std::uint32_t domain) {
  return Join(Opcode::kOr, false, operands, domain);
}

Register Emitter::Select(Register condition, Register then, Register otherwise) {
  if (then == otherwise || IsTruth(condition, true)) return then;
  if (IsTruth(condition, false)) return otherwise;
  return Emit(ByKind(KindOf(then), Opcode::kSelectTruth, Opcode::kSelectNumber, Opcode::kSelectCode),
              DomainOf(then), {condition, then, otherwise});
}

Register Emitter::Broadcast(Register operand, std::uint32_t domain) {
  if (DomainOf(operand) == domain) return operand;
  return Emit(
      ByKind(KindOf(operand), Opcode::kBroadcastTruth, Opcode::kBroadcastNumber, Opcode::kBroadcastCode),
      domain, {operand});
}

RegisterKind Emitter::KindOf(Register value) const {
  return program::InfoOf(program_.instructions[value].opcode).result;
}

bool Emitter::IsTruth(Register value, bool constant) const {
  const program::Instruction& instruction = program_.instructions[value];
  return instruction.opcode == Opcode::kConstantTruth &&
         (program_.operands[instruction.first_operand] != 0) == constant;
}

}  // namespace pol::lower
