// Instructions with equal ones shared: asking twice for the same pure instruction gives the same register.
// The few simplifications that keep registers out of a program (and of one, not of not) are here too. Tested
// by tests/compiler/lower_test.cpp.
#pragma once

#include <boost/multiprecision/cpp_int.hpp>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "runtime/program/program.h"

namespace pol::lower {

using Rational = boost::multiprecision::cpp_rational;
using Register = std::uint32_t;

class Emitter {
 public:
  explicit Emitter(program::Program& program) : program_(program) {}

  Register Emit(program::Opcode opcode, std::uint32_t domain, std::span<const std::uint32_t> operands);
  Register Emit(program::Opcode opcode, std::uint32_t domain, std::initializer_list<std::uint32_t> operands) {
    return Emit(opcode, domain, std::span<const std::uint32_t>(operands.begin(), operands.size()));
  }
  // Never shared: every clause has a register of its own.
  Register EmitClause(Register value, std::uint32_t clause);

  Register Truth(bool value, std::uint32_t domain);
  Register Number(const Rational& value, std::uint32_t domain);
  Register Code(std::int32_t value, std::uint32_t domain);
  Register Unknown(program::RegisterKind kind, std::uint32_t domain, program::Reason reason);

  Register Not(Register operand);
  Register And(const std::vector<Register>& operands, std::uint32_t domain);
  Register Or(const std::vector<Register>& operands, std::uint32_t domain);
  Register Select(Register condition, Register then, Register otherwise);
  // A register of the record for every lane of `domain`; itself when it lives there already.
  Register Broadcast(Register operand, std::uint32_t domain);

  program::RegisterKind KindOf(Register value) const;
  std::uint32_t DomainOf(Register value) const { return program_.instructions[value].domain; }
  bool IsTruth(Register value, bool constant) const;

 private:
  Register Append(program::Opcode opcode, std::uint32_t domain, std::span<const std::uint32_t> operands);
  bool Equal(Register value, program::Opcode opcode, std::uint32_t domain,
             std::span<const std::uint32_t> operands) const;
  Register Join(program::Opcode opcode, bool neutral, const std::vector<Register>& operands,
                std::uint32_t domain);

  program::Program& program_;
  std::unordered_multimap<std::uint64_t, Register> shared_;
  std::map<std::pair<std::string, std::string>, std::uint32_t> constants_;
};

}  // namespace pol::lower
