#include "runtime/program/instruction_info.h"

#include <fmt/format.h>

namespace pol::program {
namespace {

// These read the words of the list while the compiler runs: the table is constexpr, so that a word they do
// not know stops the build instead of throwing.
constexpr RegisterKind ParseResult(std::string_view word) {
  if (word == "T") return RegisterKind::kTruth;
  if (word == "N") return RegisterKind::kNumber;
  if (word == "C") return RegisterKind::kCode;
  throw "instructions.def: unknown result kind";
}

constexpr DomainRule ParseRule(std::string_view word) {
  if (word == "Same") return DomainRule::kSame;
  if (word == "Free") return DomainRule::kFree;
  if (word == "OfFact") return DomainRule::kOfFact;
  if (word == "Down") return DomainRule::kDown;
  if (word == "Up") return DomainRule::kUp;
  if (word == "Years") return DomainRule::kYears;
  throw "instructions.def: unknown domain rule";
}

struct OperandWord {
  std::string_view word;
  OperandKind kind;
  std::string_view shown;  // on the reference page
};
constexpr OperandWord kOperandWords[] = {
    {"T", OperandKind::kTruth, "truth"},
    {"N", OperandKind::kNumber, "number"},
    {"C", OperandKind::kCode, "code"},
    {"Ts", OperandKind::kTruths, "truths…"},
    {"P_N", OperandKind::kParentNumber, "number of the parent"},
    {"P_C", OperandKind::kParentCode, "code of the parent"},
    {"Fact", OperandKind::kFact, "*fact*"},
    {"Constant", OperandKind::kConstant, "*constant*"},
    {"Domain", OperandKind::kDomain, "*domain*"},
    {"Clause", OperandKind::kClause, "*clause*"},
    {"Calendar", OperandKind::kCalendar, "*calendar*"},
    {"Reason", OperandKind::kReason, "*reason*"},
    {"Holds", OperandKind::kHolds, "*holds*"},
    {"Machine", OperandKind::kMachine, "*machine*"},
    {"Word", OperandKind::kWord, "*word*"},
};

constexpr OperandKind ParseOperand(std::string_view word) {
  for (const OperandWord& known : kOperandWords) {
    if (known.word == word) return known.kind;
  }
  throw "instructions.def: unknown operand kind";
}

// `list` is the operands as they stand in the list: "(N, T, Domain)".
constexpr InstructionInfo Parse(std::string_view mnemonic, std::string_view result, std::string_view rule,
                                std::string_view list, std::string_view meaning) {
  InstructionInfo info{.mnemonic = mnemonic,
                       .meaning = meaning,
                       .result = ParseResult(result),
                       .domain_rule = ParseRule(rule),
                       .operands = {},
                       .operand_count = 0};
  list = list.substr(1, list.size() - 2);
  while (!list.empty()) {
    const std::size_t end = list.find(',') == std::string_view::npos ? list.size() : list.find(',');
    if (info.variadic()) throw "instructions.def: Ts must come last";
    info.operands[info.operand_count++] = ParseOperand(list.substr(0, end));
    list.remove_prefix(end);
    while (!list.empty() && (list.front() == ',' || list.front() == ' ')) list.remove_prefix(1);
  }
  return info;
}

constexpr std::array<InstructionInfo, kOpcodeCount> kInstructions = {
#define POL_INSTRUCTION(name, mnemonic, result, domain, operands, meaning) \
  Parse(mnemonic, #result, #domain, #operands, meaning),
#include "runtime/program/instructions.def"
#undef POL_INSTRUCTION
};

std::string_view NameOf(RegisterKind kind) {
  switch (kind) {
    case RegisterKind::kTruth:
      return "truth";
    case RegisterKind::kNumber:
      return "number";
    case RegisterKind::kCode:
      return "code";
  }
  return "";
}

std::string_view NameOf(DomainRule rule) {
  switch (rule) {
    case DomainRule::kSame:
      return "as its operands";
    case DomainRule::kFree:
      return "any";
    case DomainRule::kOfFact:
      return "of the fact";
    case DomainRule::kDown:
      return "record → child";
    case DomainRule::kUp:
      return "child → record";
    case DomainRule::kYears:
      return "list → years";
  }
  return "";
}

constexpr std::string_view kReferenceHead = R"(# Instructions

Made from `runtime/program/instructions.def` by the test `program_test`; run it with `POL_UPDATE=1` to write this
page anew.

A program is straight-line code: instruction *i* writes register *i*, over every lane of its domain: the records
of a batch, the years of a series, the elements of a list. There are no jumps; a condition is a `select`. `R` is
the result, `A`, `B`, `C` are the operands in order; operands in *italics* are not registers but indices into the
program's tables, or a word of their own.

A truth is true, false or unknown, and logic is Kleene's. A number is an exact rational or unknown. A code is a
date (days since 1970-01-01), a member of an enumeration, a region, a text or a lane, or unknown. Unless its
meaning says otherwise, an instruction's result is unknown where an operand is. A number whose reduced numerator
or denominator has more than 32,768 bits is unknown: no policy counts that far.

| instruction | result | operands | lanes | meaning |
|---|---|---|---|---|
)";

}  // namespace

const InstructionInfo& InfoOf(Opcode opcode) { return kInstructions[static_cast<std::size_t>(opcode)]; }

std::span<const InstructionInfo, kOpcodeCount> Instructions() { return kInstructions; }

std::string ReferencePage() {
  std::string page(kReferenceHead);
  for (const InstructionInfo& info : kInstructions) {
    std::string operands;
    for (std::size_t i = 0; i < info.operand_count; ++i) {
      if (i > 0) operands += ", ";
      operands += kOperandWords[static_cast<std::size_t>(info.operands[i])].shown;
    }
    page += fmt::format("| `{}` | {} | {} | {} | {} |\n", info.mnemonic, NameOf(info.result), operands,
                        NameOf(info.domain_rule), info.meaning);
  }
  return page;
}

}  // namespace pol::program
