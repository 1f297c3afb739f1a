// What the list of instructions says of each, as data: for the verifier, the disassembler, the sweep and the
// reference page. Everything here is made from instructions.def at compile time. Tested by
// tests/runtime/program_test.cpp.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "runtime/program/program.h"

namespace pol::program {

// T, N, C are registers in the lanes that the domain rule says; kParent… are registers in the parent's lanes
// (P_ in the list); kTruths is `Ts`: at least one truth register, to the end of the operands. The rest are
// immediates.
enum class OperandKind : std::uint8_t {
  kTruth,
  kNumber,
  kCode,
  kTruths,
  kParentNumber,
  kParentCode,
  kFact,
  kConstant,
  kDomain,
  kClause,
  kCalendar,
  kReason,
  kHolds,
  kMachine,
  kWord
};

enum class DomainRule : std::uint8_t { kSame, kFree, kOfFact, kDown, kUp, kYears };

inline constexpr std::size_t kMostOperandKinds = 6;

struct InstructionInfo {
  std::string_view mnemonic;
  std::string_view meaning;
  RegisterKind result = RegisterKind::kTruth;
  DomainRule domain_rule = DomainRule::kSame;
  std::array<OperandKind, kMostOperandKinds> operands{};
  std::uint8_t operand_count = 0;  // of kinds

  constexpr bool variadic() const {
    return operand_count > 0 && operands[operand_count - 1u] == OperandKind::kTruths;
  }
  // Where among the operands the first of the kind is; operand_count where there is none.
  constexpr std::size_t PositionOf(OperandKind kind) const {
    std::size_t position = 0;
    while (position < operand_count && operands[position] != kind) ++position;
    return position;
  }
  // Kind of the operand at `position`, which a trailing kTruths repeats.
  constexpr OperandKind KindAt(std::size_t position) const {
    return position < operand_count ? operands[position] : operands[operand_count - 1u];
  }
};

inline constexpr auto kOpcodes = std::to_array<Opcode>({
#define POL_INSTRUCTION(name, mnemonic, result, domain, operands, meaning) Opcode::k##name,
#include "runtime/program/instructions.def"
#undef POL_INSTRUCTION
});
inline constexpr std::size_t kOpcodeCount = kOpcodes.size();

constexpr bool IsRegister(OperandKind kind) { return kind <= OperandKind::kParentCode; }
constexpr bool IsParent(OperandKind kind) {
  return kind == OperandKind::kParentNumber || kind == OperandKind::kParentCode;
}
// Kind of the register that a register operand names.
constexpr RegisterKind RegisterKindOf(OperandKind kind) {
  switch (kind) {
    case OperandKind::kNumber:
    case OperandKind::kParentNumber:
      return RegisterKind::kNumber;
    case OperandKind::kCode:
    case OperandKind::kParentCode:
      return RegisterKind::kCode;
    default:
      return RegisterKind::kTruth;
  }
}
// Kind of register, and of column, that holds values of this kind.
constexpr RegisterKind RegisterKindOf(ValueKind kind) {
  switch (kind) {
    case ValueKind::kTruth:
      return RegisterKind::kTruth;
    case ValueKind::kMoney:
    case ValueKind::kPercent:
    case ValueKind::kNumber:
    case ValueKind::kCount:
    case ValueKind::kYear:
      return RegisterKind::kNumber;
    default:
      return RegisterKind::kCode;
  }
}

const InstructionInfo& InfoOf(Opcode opcode);
std::span<const InstructionInfo, kOpcodeCount> Instructions();

// The operands of instruction `value`, registers and immediates alike.
inline std::span<const std::uint32_t> OperandsOf(const Program& program, std::uint32_t value) {
  const Instruction& instruction = program.instructions[value];
  return std::span(program.operands).subspan(instruction.first_operand, instruction.operand_count);
}

// The domain that instruction `value` looks into: its Domain immediate, which it must have.
inline std::uint32_t ChildOf(const Program& program, std::uint32_t value) {
  const std::size_t position = InfoOf(program.instructions[value].opcode).PositionOf(OperandKind::kDomain);
  return OperandsOf(program, value)[position];
}

// The reference page docs/instructions.md, whole.
std::string ReferencePage();

}  // namespace pol::program
