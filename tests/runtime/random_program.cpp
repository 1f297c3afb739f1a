#include "tests/runtime/random_program.h"

#include <array>
#include <limits>
#include <string>

namespace pol::test {
namespace {

using program::DomainRule;
using program::InstructionInfo;
using program::OperandKind;
using program::RegisterKind;

constexpr std::int32_t kSomeDay = 19723;  // 2024-01-01

}  // namespace

RandomProgram::RandomProgram(std::uint32_t seed) : random_(seed) {
  for (const std::uint8_t domain : {kRecord, kYears, kItems}) {
    const std::string suffix = std::to_string(domain);
    for (const ValueKind kind : {ValueKind::kTruth, ValueKind::kTruth, ValueKind::kMoney, ValueKind::kNumber,
                                 ValueKind::kYear, ValueKind::kDate, ValueKind::kDate, ValueKind::kRegion}) {
      assembler_.Fact("fact" + suffix, kind, domain);
    }
  }
  program::Program& program = assembler_.program;
  program.reasons.emplace_back();
  program.holds.emplace_back();
  program.clauses.resize(3);
  program.constants = {{"0", "1"},
                       {"1", "1"},
                       {"-3", "2"},
                       {"1", "3"},
                       {"71", "10"},
                       {"2023", "1"},
                       {"1", "1000000000000000000"}};
  using program::TimeoutUnit;
  program.machines = {{.initial = 0,
                       .conditions = 2,
                       .first_code = 0,
                       .states = {{.transitions = {{0, 1}}}, {.transitions = {{1, 0}}}}},
                      {.initial = 1,
                       .conditions = 3,
                       .first_code = 5,
                       .states = {{.transitions = {{0, 2}, {1, 1}},
                                   .timeout_unit = TimeoutUnit::kDays,
                                   .timeout = 9,
                                   .timeout_target = 1},
                                  {.transitions = {{1, 0}, {2, 2}},
                                   .timeout_unit = TimeoutUnit::kMonths,
                                   .timeout = 1,
                                   .timeout_target = 3},
                                  {.transitions = {{2, 3}, {0, 1}}},
                                  {.transitions = {{1, 2}}}}}};
  program.schema.calendars.push_back({{}, 2023, 2024, {{kSomeDay, false}, {kSomeDay + 6, true}}});
}

std::uint32_t RandomProgram::FactOf(RegisterKind kind, std::uint8_t domain) {
  for (;;) {
    const std::uint32_t fact = Below(assembler_.program.schema.facts.size());
    const program::Fact& candidate = assembler_.program.schema.facts[fact];
    if (candidate.domain == domain && program::RegisterKindOf(candidate.type.kind) == kind) return fact;
  }
}

std::uint32_t RandomProgram::NewRegister(RegisterKind kind, std::uint8_t domain) {
  const std::uint32_t fact = FactOf(kind, domain);
  const std::uint32_t loaded = assembler_.Load(fact);
  if (kind != RegisterKind::kNumber || Below(3) != 0) return loaded;
  return assembler_.Emit(Opcode::kDivide, {loaded, assembler_.Load(FactOf(kind, domain))});
}

std::uint32_t RandomProgram::Operand(RegisterKind kind, std::uint8_t domain) {
  const auto& instructions = assembler_.program.instructions;
  for (int tries = 0; tries < 5 && !instructions.empty(); ++tries) {
    // The latest results are the most interesting.
    const std::uint32_t back = Below(std::min<std::size_t>(instructions.size(), 12));
    const auto value = static_cast<std::uint32_t>(instructions.size() - 1 - back);
    if (instructions[value].domain == domain && program::InfoOf(instructions[value].opcode).result == kind)
      return value;
  }
  return NewRegister(kind, domain);
}

std::uint32_t RandomProgram::Immediate(Opcode opcode, OperandKind kind, std::uint8_t child) {
  switch (kind) {
    case OperandKind::kConstant:
      return Below(assembler_.program.constants.size());
    case OperandKind::kDomain:
      return child;
    case OperandKind::kClause:
      return Below(assembler_.program.clauses.size());
    case OperandKind::kWord:
      if (opcode == Opcode::kConstantTruth) return Below(2);
      if (opcode == Opcode::kWithinRegion)
        return std::array<std::uint32_t, 4>{110000, 110105, 320500, 320000}[Below(4)];
      return Below(4) == 0 ? static_cast<std::uint32_t>(-1) : Below(3);
    case OperandKind::kMachine:
      return Below(assembler_.program.machines.size());
    default:
      return 0;
  }
}

std::uint32_t RandomProgram::Emit(Opcode opcode) {
  const InstructionInfo& info = program::InfoOf(opcode);
  std::uint8_t child = Below(2) == 0 ? kYears : kItems;
  std::uint8_t domain = static_cast<std::uint8_t>(Below(3));
  const bool of_years = opcode == Opcode::kLoadYear || opcode == Opcode::kWindowYears ||
                        opcode == Opcode::kPreviousTruth || opcode == Opcode::kPreviousCode ||
                        opcode == Opcode::kPreviousNumber;
  if (of_years) domain = child = kYears;
  if (opcode == Opcode::kLoadListKnown || info.domain_rule == DomainRule::kYears) child = kItems;
  if (opcode == Opcode::kLoadListKnown || opcode == Opcode::kClause) domain = kRecord;
  std::vector<std::uint32_t> operands;
  std::size_t count = info.variadic() ? info.operand_count + Below(3) : info.operand_count;
  for (std::size_t i = 0; i < count; ++i) {
    const OperandKind kind = info.KindAt(i);
    std::uint8_t lanes = domain;
    if (info.domain_rule == DomainRule::kUp) lanes = program::IsParent(kind) ? kRecord : child;
    if (info.domain_rule == DomainRule::kDown) lanes = kRecord;
    if (info.domain_rule == DomainRule::kYears) lanes = child;
    if (program::IsRegister(kind)) {
      operands.push_back(Operand(program::RegisterKindOf(kind), lanes));
    } else if (kind == OperandKind::kFact) {
      operands.push_back(FactOf(info.result, domain));
    } else {
      operands.push_back(Immediate(opcode, kind, child));
    }
    // As many truths as the machine chooses from.
    if (kind == OperandKind::kMachine) {
      count = info.operand_count - 1u + assembler_.program.machines[operands.back()].conditions;
    }
  }
  if (info.domain_rule == DomainRule::kDown) domain = child;
  if (info.domain_rule == DomainRule::kUp) domain = kRecord;
  return assembler_.Emit(opcode, operands, domain);
}

namespace {

class Filler {
 public:
  Filler(Fill fill, std::uint32_t seed) : fill_(fill), random_(seed) {}

  std::uint32_t Below(std::uint32_t bound) { return static_cast<std::uint32_t>(random_() % bound); }
  bool IsGiven() { return fill_ != Fill::kUnknown && (fill_ == Fill::kConstant || Below(5) != 0); }
  std::int32_t Scale() {
    return fill_ == Fill::kWild ? std::array<std::int32_t, 4>{0, 2, 6, 18}[Below(4)]
                                : 2 * static_cast<std::int32_t>(Below(2));
  }
  std::int64_t Number(ValueKind kind) {
    constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
    if (kind == ValueKind::kYear) return 2018 + Below(9);
    if (fill_ == Fill::kConstant) return 7;
    switch (fill_ == Fill::kWild ? Below(12) : Below(8)) {
      case 0:
        return 0;
      case 1:
        return -static_cast<std::int64_t>(Below(40));
      case 2:
        return 100 * static_cast<std::int64_t>(Below(10));
      case 8:
        return kMost - Below(2);
      case 9:
        return -kMost - 1 + Below(2);
      case 10:
        return 1'000'000'000'000 + Below(1000);
      default:
        return static_cast<std::int64_t>(Below(12));
    }
  }
  bool IsWide() { return fill_ == Fill::kWild && Below(40) == 0; }
  boost::multiprecision::cpp_int Wide() {
    const boost::multiprecision::cpp_int edge = boost::multiprecision::cpp_int(1)
                                                << (Below(2) == 0 ? 64 : 127);
    return Below(2) == 0 ? edge : -edge;
  }
  std::int32_t Code(ValueKind kind) {
    if (kind == ValueKind::kRegion) {
      return std::array<std::int32_t, 6>{110000, 110105, 110100, 320500, 320000, 0}[Below(6)];
    }
    if (fill_ == Fill::kConstant) return kSomeDay;
    if (fill_ == Fill::kWild && Below(10) == 0) return std::numeric_limits<std::int32_t>::max();
    return kSomeDay - 40 + static_cast<std::int32_t>(Below(80));
  }

 private:
  Fill fill_;
  std::mt19937 random_;
};

// Lists of no to four elements, some of them unknown and then of none.
void FillLists(Fill fill, Filler& filler, records::Batch& batch) {
  std::vector<std::uint32_t>& offsets = batch.domains[kItems].offsets;
  for (std::uint32_t row = 0; row < batch.rows; ++row) {
    const bool known = fill == Fill::kConstant || (fill != Fill::kUnknown && filler.Below(6) != 0);
    batch.domains[kItems].known.Put(row, known);
    offsets[row + 1] = offsets[row] + (known ? filler.Below(5) : 0);
  }
}

void FillLane(const program::Fact& fact, std::uint32_t index, std::uint32_t lane, Filler& filler,
              records::Batch& batch) {
  const ValueKind kind = fact.type.kind;
  switch (program::RegisterKindOf(kind)) {
    case RegisterKind::kTruth:
      return SetTruth(batch, index, lane, filler.Below(2) == 0);
    case RegisterKind::kCode:
      return SetCode(batch, index, lane, filler.Code(kind));
    case RegisterKind::kNumber:
      break;
  }
  SetNumber(batch, index, lane, filler.Number(kind));
  if (kind == ValueKind::kYear || !filler.IsWide()) return;
  batch.columns[index].numbers.numerators[lane] = 0;
  batch.columns[index].numbers.wide[lane] = filler.Wide();
}

}  // namespace

records::Batch RandomBatch(const program::Schema& schema, std::uint32_t rows, Fill fill, std::uint32_t seed) {
  Filler filler(fill, seed);
  program::Schema lanes_only;
  lanes_only.domains = schema.domains;
  records::Batch shape = BlankBatch(lanes_only, rows, 2021, 3);
  FillLists(fill, filler, shape);
  records::Batch batch = BlankBatch(schema, rows, 2021, 3);
  batch.domains = shape.domains;
  for (std::uint32_t index = 0; index < schema.facts.size(); ++index) {
    const program::Fact& fact = schema.facts[index];
    records::Column& column = batch.columns[index];
    const std::uint32_t lanes = records::LaneCount(batch, fact.domain);
    column.known.Assign(lanes, false);
    column.truths.Assign(lanes, false);
    column.codes.assign(lanes, 0);
    column.numbers.numerators.assign(lanes, 0);
    column.states.assign(lanes, records::CellState::kMissing);
    if (fact.type.kind != ValueKind::kYear) column.numbers.scale = filler.Scale();
    for (std::uint32_t lane = 0; lane < lanes; ++lane) {
      if (filler.IsGiven()) {
        FillLane(fact, index, lane, filler, batch);
      } else if (filler.Below(3) == 0) {
        column.states[lane] = records::CellState::kAbsent;
      }
    }
  }
  return batch;
}

}  // namespace pol::test
