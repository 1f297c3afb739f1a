#include "compiler/lower/prune.h"

#include <algorithm>
#include <vector>

#include "runtime/program/instruction_info.h"

namespace pol::lower {

using program::kNone;
using program::OperandKind;

namespace {

// Calls `use(kind, word)` for each operand of instruction `value`; `word` may be changed.
template <typename Use>
void ForOperands(program::Program& program, std::uint32_t value, const Use& use) {
  const program::Instruction& instruction = program.instructions[value];
  const program::InstructionInfo& info = program::InfoOf(instruction.opcode);
  for (std::uint32_t position = 0; position < instruction.operand_count; ++position) {
    use(info.KindAt(position), program.operands[instruction.first_operand + position]);
  }
}

// Calls `use(word)` for every register that the tables beside the code name, but those of holds.
template <typename Use>
void ForTableRegisters(program::Program& program, const Use& use) {
  for (program::Clause& clause : program.clauses) {
    use(clause.value);
    use(clause.principle);
  }
  for (program::Decision& decision : program.decisions) use(decision.value);
  for (program::Grant& grant : program.grants) {
    use(grant.value);
    for (program::Limit& limit : grant.limits) use(limit.value);
  }
  for (program::Score& score : program.scores) {
    use(score.value);
    use(score.sum);
    for (program::Limit& limit : score.limits) use(limit.value);
    for (program::ScoreItem& item : score.items) {
      use(item.value);
      for (program::Limit& limit : item.limits) use(limit.value);
    }
  }
  for (program::Lifecycle& lifecycle : program.lifecycles) {
    for (std::uint32_t* value : {&lifecycle.state, &lifecycle.since, &lifecycle.start, &lifecycle.expiry,
                                 &lifecycle.barred, &lifecycle.barred_until}) {
      use(*value);
    }
    for (program::Duty& duty : lifecycle.duties) {
      for (std::uint32_t* value :
           {&duty.owed, &duty.due, &duty.nominal, &duty.met, &duty.met_on, &duty.missed}) {
        use(*value);
      }
    }
  }
  for (program::Quota& quota : program.quotas) use(quota.condition);
  for (program::Explanation& explanation : program.explanations) use(explanation.value);
  for (program::Term& term : program.terms) use(term.value);
}

std::vector<bool> FindLive(program::Program& program) {
  std::vector<bool> live(program.instructions.size());
  const auto mark = [&](std::uint32_t value) {
    if (value != kNone) live[value] = true;
  };
  ForTableRegisters(program, mark);
  for (auto value = static_cast<std::uint32_t>(live.size()); value-- > 0;) {
    if (!live[value]) continue;
    ForOperands(program, value, [&](OperandKind kind, std::uint32_t word) {
      if (program::IsRegister(kind)) mark(word);
      // A guard's condition may be a fold or broadcast of what the table names, so that one lives with it.
      if (kind == OperandKind::kHolds) mark(program.holds[word].value);
    });
  }
  return live;
}

// The new index of each kept entry; the others become kNone.
std::vector<std::uint32_t> Number(const std::vector<bool>& kept) {
  std::vector<std::uint32_t> numbers(kept.size(), kNone);
  std::uint32_t next = 0;
  for (std::size_t index = 0; index < kept.size(); ++index) {
    if (kept[index]) numbers[index] = next++;
  }
  return numbers;
}

template <typename Entry>
void Keep(const std::vector<bool>& kept, std::vector<Entry>& entries) {
  std::size_t next = 0;
  for (std::size_t index = 0; index < entries.size(); ++index) {
    if (!kept[index]) continue;
    if (next != index) entries[next] = std::move(entries[index]);
    ++next;
  }
  entries.resize(next);
}

void KeepInstructions(const std::vector<bool>& live, program::Program& program) {
  std::vector<std::uint32_t> operands;
  for (std::size_t value = 0; value < live.size(); ++value) {
    if (!live[value]) continue;
    program::Instruction& instruction = program.instructions[value];
    const auto first = program.operands.begin() + instruction.first_operand;
    instruction.first_operand = static_cast<std::uint32_t>(operands.size());
    operands.insert(operands.end(), first, first + instruction.operand_count);
  }
  Keep(live, program.instructions);
  program.operands = std::move(operands);
}

struct Tables {
  std::vector<bool> constants, reasons, holds;
};

Tables FindTables(program::Program& program) {
  Tables used{std::vector<bool>(program.constants.size()), std::vector<bool>(program.reasons.size()),
              std::vector<bool>(program.holds.size())};
  for (std::uint32_t value = 0; value < program.instructions.size(); ++value) {
    ForOperands(program, value, [&](OperandKind kind, std::uint32_t word) {
      if (kind == OperandKind::kConstant) used.constants[word] = true;
      if (kind == OperandKind::kReason) used.reasons[word] = true;
      if (kind == OperandKind::kHolds) used.holds[word] = true;
    });
  }
  return used;
}

void KeepTables(const Tables& used, program::Program& program) {
  const std::vector<std::uint32_t> constants = Number(used.constants);
  const std::vector<std::uint32_t> reasons = Number(used.reasons);
  const std::vector<std::uint32_t> holds = Number(used.holds);
  for (std::uint32_t value = 0; value < program.instructions.size(); ++value) {
    ForOperands(program, value, [&](OperandKind kind, std::uint32_t& word) {
      if (kind == OperandKind::kConstant) word = constants[word];
      if (kind == OperandKind::kReason) word = reasons[word];
      if (kind == OperandKind::kHolds) word = holds[word];
    });
  }
  Keep(used.constants, program.constants);
  Keep(used.reasons, program.reasons);
  Keep(used.holds, program.holds);
}

// The clauses first met on the way back from one clause's operand. `leads` tells where a clause is to be met
// at all.
std::vector<std::uint32_t> FirstClauses(program::Program& program, std::uint32_t from,
                                        const std::vector<bool>& leads, std::vector<std::uint32_t>& seen,
                                        std::uint32_t stamp) {
  std::vector<std::uint32_t> clauses;
  std::vector<std::uint32_t> pending{from};
  while (!pending.empty()) {
    const std::uint32_t value = pending.back();
    pending.pop_back();
    if (!leads[value] || seen[value] == stamp) continue;
    seen[value] = stamp;
    if (program.instructions[value].opcode == program::Opcode::kClause) {
      clauses.push_back(program::OperandsOf(program, value)[1]);
      continue;
    }
    ForOperands(program, value, [&](OperandKind kind, std::uint32_t word) {
      if (program::IsRegister(kind)) pending.push_back(word);
    });
  }
  std::ranges::sort(clauses);
  return clauses;
}

}  // namespace

void Prune(program::Program& program) {
  const std::vector<bool> live = FindLive(program);
  const std::vector<std::uint32_t> numbers = Number(live);
  for (program::Holds& holds : program.holds) {
    if (holds.value != kNone) holds.value = numbers[holds.value];
  }
  KeepInstructions(live, program);
  for (std::uint32_t value = 0; value < program.instructions.size(); ++value) {
    ForOperands(program, value, [&](OperandKind kind, std::uint32_t& word) {
      if (program::IsRegister(kind)) word = numbers[word];
    });
  }
  ForTableRegisters(program, [&](std::uint32_t& value) {
    if (value != kNone) value = numbers[value];
  });
  KeepTables(FindTables(program), program);
}

void FindMadeOf(program::Program& program) {
  std::vector<bool> leads(program.instructions.size());
  for (std::uint32_t value = 0; value < leads.size(); ++value) {
    bool lead = program.instructions[value].opcode == program::Opcode::kClause;
    ForOperands(program, value, [&](OperandKind kind, std::uint32_t word) {
      lead = lead || (program::IsRegister(kind) && leads[word]);
    });
    leads[value] = lead;
  }
  std::vector<std::uint32_t> seen(program.instructions.size(), kNone);
  for (std::uint32_t index = 0; index < program.clauses.size(); ++index) {
    program::Clause& clause = program.clauses[index];
    if (clause.value == kNone) continue;
    const std::uint32_t operand = program::OperandsOf(program, clause.value)[0];
    clause.made_of = FirstClauses(program, operand, leads, seen, index);
  }
}

void MarkUsedFacts(program::Program& program) {
  for (program::Fact& fact : program.schema.facts) fact.used = fact.key;
  for (std::uint32_t value = 0; value < program.instructions.size(); ++value) {
    ForOperands(program, value, [&](OperandKind kind, std::uint32_t word) {
      if (kind == OperandKind::kFact) program.schema.facts[word].used = true;
    });
  }
}

}  // namespace pol::lower
