// For tests: programs written an instruction at a time, and batches filled a cell at a time. Every program
// here has the record as domain 0, years as domain 1 and a list as domain 2.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/number/decimal.h"
#include "runtime/program/instruction_info.h"
#include "runtime/program/program.h"
#include "runtime/records/batch.h"

namespace pol::test {

using program::Opcode;
using program::ValueKind;

inline constexpr std::uint8_t kRecord = 0;
inline constexpr std::uint8_t kYears = 1;
inline constexpr std::uint8_t kItems = 2;

class Assembler {
 public:
  Assembler() {
    auto& domains = program.schema.domains;
    domains.resize(3);
    domains[kRecord].naming.name = "applicant";
    domains[kYears].kind = program::DomainKind::kYears;
    domains[kItems].kind = program::DomainKind::kList;
    domains[kItems].naming.name = "items";
    domains[kItems].element_name = "item";
  }

  std::uint32_t Fact(std::string name, ValueKind kind, std::uint32_t domain = kRecord) {
    program::Fact fact;
    fact.naming.name = std::move(name);
    fact.type.kind = kind;
    fact.domain = domain;
    program.schema.facts.push_back(std::move(fact));
    return static_cast<std::uint32_t>(program.schema.facts.size() - 1);
  }

  // The domain follows from the operands where the domain rule says so.
  std::uint32_t Emit(Opcode opcode, const std::vector<std::uint32_t>& operands,
                     std::uint8_t domain = kRecord) {
    switch (program::InfoOf(opcode).domain_rule) {
      case program::DomainRule::kSame:
        domain = program.instructions[operands[0]].domain;
        break;
      case program::DomainRule::kOfFact:
        domain = static_cast<std::uint8_t>(program.schema.facts[operands[0]].domain);
        break;
      case program::DomainRule::kYears:
        domain = kYears;
        break;
      default:
        break;
    }
    program.instructions.push_back({.opcode = opcode,
                                    .domain = domain,
                                    .first_operand = static_cast<std::uint32_t>(program.operands.size()),
                                    .operand_count = static_cast<std::uint32_t>(operands.size())});
    program.operands.insert(program.operands.end(), operands.begin(), operands.end());
    return static_cast<std::uint32_t>(program.instructions.size() - 1);
  }

  std::uint32_t Load(std::uint32_t fact) {
    switch (program::RegisterKindOf(program.schema.facts[fact].type.kind)) {
      case program::RegisterKind::kTruth:
        return Emit(Opcode::kLoadTruth, {fact});
      case program::RegisterKind::kNumber:
        return Emit(Opcode::kLoadNumber, {fact});
      case program::RegisterKind::kCode:
        break;
    }
    return Emit(Opcode::kLoadCode, {fact});
  }
  std::uint32_t LoadNew(std::string name, ValueKind kind, std::uint32_t domain = kRecord) {
    return Load(Fact(std::move(name), kind, domain));
  }

  std::uint32_t Number(std::string_view decimal, std::uint8_t domain = kRecord) {
    const number::Rational value = number::ToRational(*number::ParseDecimal(decimal));
    program.constants.push_back(
        {boost::multiprecision::numerator(value).str(), boost::multiprecision::denominator(value).str()});
    return Emit(Opcode::kConstantNumber, {static_cast<std::uint32_t>(program.constants.size() - 1)}, domain);
  }
  std::uint32_t Code(std::int32_t code, std::uint8_t domain = kRecord) {
    return Emit(Opcode::kConstantCode, {static_cast<std::uint32_t>(code)}, domain);
  }
  std::uint32_t Truth(bool truth, std::uint8_t domain = kRecord) {
    return Emit(Opcode::kConstantTruth, {truth ? 1u : 0u}, domain);
  }

  // A clause of the value; the number of the clause, whose register is program.clauses[…].value.
  std::uint32_t Clause(std::string id, std::uint32_t truth, std::vector<std::uint32_t> made_of = {}) {
    program::Clause clause;
    clause.id = std::move(id);
    clause.made_of = std::move(made_of);
    const auto index = static_cast<std::uint32_t>(program.clauses.size());
    program.clauses.push_back(std::move(clause));
    program.clauses[index].value = Emit(Opcode::kClause, {truth, index});
    return index;
  }

  program::Program program;
};

// A batch in which no cell is given: `items` list elements for every record, all lists known.
inline records::Batch BlankBatch(const program::Schema& schema, std::uint32_t rows,
                                 std::int32_t first_year = 2020, std::uint32_t year_count = 3,
                                 std::uint32_t items = 2) {
  records::Batch batch;
  batch.rows = rows;
  batch.first_year = first_year;
  batch.year_count = year_count;
  batch.domains.resize(schema.domains.size());
  for (std::size_t d = 1; d < schema.domains.size(); ++d) {
    const bool years = schema.domains[d].kind == program::DomainKind::kYears;
    for (std::uint32_t row = 0; row <= rows; ++row) {
      batch.domains[d].offsets.push_back(row * (years ? year_count : items));
    }
    batch.domains[d].known.Assign(rows, true);
  }
  batch.columns.resize(schema.facts.size());
  for (std::size_t i = 0; i < schema.facts.size(); ++i) {
    records::Column& column = batch.columns[i];
    const std::uint32_t lanes = records::LaneCount(batch, schema.facts[i].domain);
    switch (program::RegisterKindOf(schema.facts[i].type.kind)) {
      case program::RegisterKind::kTruth:
        column.truths.Assign(lanes, false);
        break;
      case program::RegisterKind::kNumber:
        column.numbers.numerators.assign(lanes, 0);
        break;
      case program::RegisterKind::kCode:
        column.codes.assign(lanes, 0);
        break;
    }
    column.known.Assign(lanes, false);
    column.states.assign(lanes, records::CellState::kMissing);
  }
  batch.keys.resize(rows);
  batch.source_rows.resize(rows);
  return batch;
}

inline void Given(records::Column& column, std::uint32_t lane) {
  column.known.Set(lane);
  column.states[lane] = records::CellState::kGiven;
}
inline void SetNumber(records::Batch& batch, std::uint32_t fact, std::uint32_t lane, std::int64_t numerator) {
  batch.columns[fact].numbers.numerators[lane] = numerator;
  Given(batch.columns[fact], lane);
}
inline void SetCode(records::Batch& batch, std::uint32_t fact, std::uint32_t lane, std::int32_t code) {
  batch.columns[fact].codes[lane] = code;
  Given(batch.columns[fact], lane);
}
inline void SetTruth(records::Batch& batch, std::uint32_t fact, std::uint32_t lane, bool truth) {
  batch.columns[fact].truths.Put(lane, truth);
  Given(batch.columns[fact], lane);
}

}  // namespace pol::test
