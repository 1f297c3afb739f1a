// For tests: random programs and random batches for them, the same for the same seed.
#pragma once

#include <cstdint>
#include <random>

#include "runtime/program/program.h"
#include "runtime/records/batch.h"
#include "tests/runtime/assembler.h"

namespace pol::test {

class RandomProgram {
 public:
  explicit RandomProgram(std::uint32_t seed);

  // Emits the instruction, with operands of the right kinds: registers that are there, or new ones.
  std::uint32_t Emit(Opcode opcode);
  std::uint32_t EmitAny() { return Emit(static_cast<Opcode>(Below(program::kOpcodeCount))); }
  const program::Program& program() const { return assembler_.program; }

 private:
  std::uint32_t Below(std::size_t bound) { return static_cast<std::uint32_t>(random_() % bound); }
  std::uint32_t Operand(program::RegisterKind kind, std::uint8_t domain);
  std::uint32_t NewRegister(program::RegisterKind kind, std::uint8_t domain);
  std::uint32_t FactOf(program::RegisterKind kind, std::uint8_t domain);
  std::uint32_t Immediate(Opcode opcode, program::OperandKind kind, std::uint8_t child);

  std::mt19937 random_;
  Assembler assembler_;
};

// How the cells are filled. Tame numbers are small, so that nothing overflows 64 bits; wild ones are at the
// edges of all widths.
enum class Fill : std::uint8_t { kTame, kWild, kConstant, kUnknown };

records::Batch RandomBatch(const program::Schema& schema, std::uint32_t rows, Fill fill, std::uint32_t seed);

}  // namespace pol::test
