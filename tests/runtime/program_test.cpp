#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <functional>
#include <iterator>
#include <sstream>

#include "runtime/program/disassemble.h"
#include "runtime/program/instruction_info.h"
#include "runtime/program/verify.h"
#include "tests/runtime/sample_program.h"

namespace pol::program {
namespace {

using test::Assembler;

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string FirstError(const Program& program) {
  const std::vector<std::string> errors = Verify(program);
  return errors.empty() ? "" : errors.front();
}

TEST_CASE("the list of instructions as data") {
  const InstructionInfo& fold = InfoOf(Opcode::kFoldAtLeast);
  CHECK(fold.mnemonic == "fold_at_least");
  CHECK(fold.result == RegisterKind::kTruth);
  CHECK(fold.domain_rule == DomainRule::kUp);
  REQUIRE(fold.operand_count == 3);
  CHECK(fold.operands[0] == OperandKind::kTruth);
  CHECK(fold.operands[1] == OperandKind::kParentNumber);
  CHECK(fold.operands[2] == OperandKind::kDomain);
  CHECK(InfoOf(Opcode::kAtLeast).variadic());
  CHECK(InfoOf(Opcode::kAtLeast).KindAt(5) == OperandKind::kTruths);
  CHECK_FALSE(InfoOf(Opcode::kLoadYear).variadic());
}

TEST_CASE("what looks into a child says into which, which verifier and kernels rely on") {
  for (const InstructionInfo& info : Instructions()) {
    CAPTURE(info.mnemonic);
    const bool looks = info.domain_rule == DomainRule::kUp || info.domain_rule == DomainRule::kYears;
    if (looks) CHECK(info.PositionOf(OperandKind::kDomain) < info.operand_count);
    if (info.domain_rule == DomainRule::kSame) CHECK(IsRegister(info.operands[0]));
    if (info.domain_rule == DomainRule::kOfFact) CHECK(info.operands[0] == OperandKind::kFact);
  }
}

TEST_CASE("docs/instructions.md is what the list says") {
  const std::string path = "docs/instructions.md";
  if (std::getenv("POL_UPDATE") != nullptr) std::ofstream(path, std::ios::binary) << ReferencePage();
  CHECK_MESSAGE(ReadFile(path) == ReferencePage(), "run again with POL_UPDATE=1");
}

TEST_CASE("the sample program is sound") { CHECK(FirstError(test::SampleProgram()) == ""); }

TEST_CASE("an empty program is sound") { CHECK(FirstError(Assembler().program) == ""); }

struct Break {
  const char* error;
  std::function<void(Program&)> apply;
};

// Every way here makes one thing of the sample wrong.
void CheckBreaks(const std::vector<Break>& breaks) {
  for (const Break& broken : breaks) {
    Program program = test::SampleProgram();
    broken.apply(program);
    CHECK(FirstError(program) == std::string(broken.error));
  }
}

std::uint32_t Find(const Program& program, Opcode opcode) {
  for (std::uint32_t value = 0; value < program.instructions.size(); ++value) {
    if (program.instructions[value].opcode == opcode) return value;
  }
  FAIL("no such instruction in the sample: ", InfoOf(opcode).mnemonic);
  return 0;
}

std::uint32_t& OperandOf(Program& program, Opcode opcode, std::uint32_t position) {
  return program.operands[program.instructions[Find(program, opcode)].first_operand + position];
}

std::string At(Opcode opcode, const std::string& message) {
  return "r" + std::to_string(Find(test::SampleProgram(), opcode)) + ": " + message;
}

void CheckBreaksAt(Opcode opcode, const std::string& message,
                   const std::function<void(Program&, std::uint32_t)>& apply) {
  Program program = test::SampleProgram();
  apply(program, Find(program, opcode));
  CHECK(FirstError(program) == At(opcode, message));
}

TEST_CASE("instructions that no compiler of ours makes") {
  CheckBreaksAt(Opcode::kAnd, "no such instruction", [](Program& program, std::uint32_t value) {
    program.instructions[value].opcode = static_cast<Opcode>(kOpcodeCount);
  });
  CheckBreaksAt(Opcode::kAnd, "no such domain",
                [](Program& program, std::uint32_t value) { program.instructions[value].domain = 3; });
  CheckBreaksAt(Opcode::kAnd, "operands past the end", [](Program& program, std::uint32_t value) {
    program.instructions[value].first_operand = 0xffffffff;
  });
  CheckBreaksAt(Opcode::kAnd, "and has 0 operands",
                [](Program& program, std::uint32_t value) { program.instructions[value].operand_count = 0; });
  CheckBreaksAt(Opcode::kDivide, "divide has 1 operands",
                [](Program& program, std::uint32_t value) { program.instructions[value].operand_count = 1; });
  const std::uint32_t divide = Find(test::SampleProgram(), Opcode::kDivide);
  CheckBreaksAt(Opcode::kDivide, "operand r" + std::to_string(divide) + " is not written yet",
                [&](Program& program, std::uint32_t) { OperandOf(program, Opcode::kDivide, 1) = divide; });
  CheckBreaksAt(Opcode::kDivide, "operand r0 is of another kind",
                [](Program& program, std::uint32_t) { OperandOf(program, Opcode::kDivide, 1) = 0; });
}

TEST_CASE("operands in the wrong lanes") {
  const std::uint32_t series = Find(test::SampleProgram(), Opcode::kLoadNumber);
  CheckBreaksAt(Opcode::kDivide, "operand r" + std::to_string(series) + " is in another domain",
                [&](Program& program, std::uint32_t) { OperandOf(program, Opcode::kDivide, 1) = series; });
  CheckBreaksAt(Opcode::kFoldSum, "operand r12 is in another domain", [](Program& program, std::uint32_t) {
    OperandOf(program, Opcode::kFoldSum, 2) = test::kItems;
  });
  CheckBreaksAt(Opcode::kFoldSum, "no child domain 0", [](Program& program, std::uint32_t) {
    OperandOf(program, Opcode::kFoldSum, 2) = 0;
    OperandOf(program, Opcode::kFoldSum, 0) = Find(program, Opcode::kYearOf);
    OperandOf(program, Opcode::kFoldSum, 1) = Find(program, Opcode::kWithinRegion);
  });
  CheckBreaksAt(Opcode::kWindowYears, "only years have a year", [](Program& program, std::uint32_t value) {
    program.instructions[value].domain = test::kItems;
  });
}

TEST_CASE("immediates outside their tables") {
  CheckBreaksAt(Opcode::kLoadNumber, "no fact 99",
                [](Program& program, std::uint32_t) { OperandOf(program, Opcode::kLoadNumber, 0) = 99; });
  CheckBreaksAt(Opcode::kLoadNumber, "fact 0 is of another kind",
                [](Program& program, std::uint32_t) { OperandOf(program, Opcode::kLoadNumber, 0) = 0; });
  CheckBreaksAt(Opcode::kConstantNumber, "no constant 99",
                [](Program& program, std::uint32_t) { OperandOf(program, Opcode::kConstantNumber, 0) = 99; });
  CheckBreaksAt(Opcode::kClause, "no clause 99",
                [](Program& program, std::uint32_t) { OperandOf(program, Opcode::kClause, 1) = 99; });
  CheckBreaksAt(Opcode::kUnknownTruth, "no reason 99",
                [](Program& program, std::uint32_t) { OperandOf(program, Opcode::kUnknownTruth, 0) = 99; });
  CheckBreaksAt(Opcode::kGuardNumber, "no holds 99",
                [](Program& program, std::uint32_t) { OperandOf(program, Opcode::kGuardNumber, 2) = 99; });
  CheckBreaksAt(Opcode::kNextWorkingDay, "no calendar 99",
                [](Program& program, std::uint32_t) { OperandOf(program, Opcode::kNextWorkingDay, 1) = 99; });
  CheckBreaksAt(Opcode::kWithinRegion, "1000000 is no region", [](Program& program, std::uint32_t) {
    OperandOf(program, Opcode::kWithinRegion, 1) = 1000000;
  });
}

TEST_CASE("constants that are no numbers") {
  for (const NumberText& text : std::vector<NumberText>{{"", "1"},
                                                        {"1", ""},
                                                        {"1", "0"},
                                                        {"1", "-2"},
                                                        {"2", "4"},
                                                        {"-0", "1"},
                                                        {"01", "1"},
                                                        {"1", "02"},
                                                        {"0", "2"},
                                                        {"0x1", "1"},
                                                        {"1e5", "1"},
                                                        {std::string(Limits::kDigits + 1, '1'), "1"}}) {
    Program program = test::SampleProgram();
    program.constants[0] = text;
    CHECK(FirstError(program) == "constant 0 is not a reduced number");
  }
}

TEST_CASE("a schema that contradicts itself") {
  CheckBreaks({
      {"domain 0 is not the record", [](Program& p) { p.schema.domains.clear(); }},
      {"domain 2 is a second year domain", [](Program& p) { p.schema.domains[2].kind = DomainKind::kYears; }},
      {"domain 2 is a second record", [](Program& p) { p.schema.domains[2].kind = DomainKind::kRecord; }},
      {"fact 1 is in no domain", [](Program& p) { p.schema.facts[1].domain = 3; }},
      {"fact 1 is of no known kind",
       [](Program& p) { p.schema.facts[1].type.kind = static_cast<ValueKind>(11); }},
      {"fact 1 is of no known enumeration",
       [](Program& p) { p.schema.facts[1].type.kind = ValueKind::kEnumeration; }},
      {"the key is no fact", [](Program& p) { p.schema.key_fact = 99; }},
      {"enumeration 0 has no members", [](Program& p) { p.schema.enumerations[0].members.clear(); }},
      {"region 110000 is out of order",
       [](Program& p) {
         p.schema.regions.push_back({110000, {"again"}});
       }},
      {"region 1000000 has more than six digits",
       [](Program& p) {
         p.schema.regions.push_back({1000000, {"far"}});
       }},
      {"calendar 0 covers impossible years",
       [](Program& p) { p.schema.calendars[0].last_year = 2147483647; }},
      {"calendar 0 covers impossible years",
       [](Program& p) { p.schema.calendars[0].first_year = -2147483647; }},
      {"calendar 0 is out of order",
       [](Program& p) { p.schema.calendars[0].exceptions.push_back(p.schema.calendars[0].exceptions[0]); }},
      {"calendar 0 has days outside its years",
       [](Program& p) {
         p.schema.calendars[0].exceptions.push_back({100000, true});
       }},
      {"a text literal is listed twice",
       [](Program& p) {
         p.schema.text_literals = {"a", "a"};
       }},
  });
}

TEST_CASE("tables that point nowhere or in circles") {
  CheckBreaks({
      {"reason 0 names no clause", [](Program& p) { p.reasons[0].clause = 99; }},
      {"holds 0 is no truth", [](Program& p) { p.holds[0].value = 99; }},
      {"clause 0 comes before its parent", [](Program& p) { p.clauses[0].parent = 0; }},
      {"clause 0 is made of what is no clause", [](Program& p) { p.clauses[0].made_of = {99}; }},
      {"clause 0 is made of itself",
       [](Program& p) {
         p.clauses[0].made_of = {1};
         p.clauses[1].made_of = {0};
       }},
      {"clause 0: its value is not its own", [](Program& p) { p.clauses[0].value = p.clauses[1].value; }},
      {"decision 0 has no value", [](Program& p) { p.decisions[0].value = 1; }},
      {"decision 0 decides for no outcome of its own",
       [](Program& p) { p.decisions[0].outcomes.pop_back(); }},
      {"term 0 has no value of its kind", [](Program& p) { p.terms[0].type.kind = ValueKind::kTruth; }},
      {"term 0 has no value of its kind", [](Program& p) { p.terms[0].value = kNone; }},
      {"term 0 is made of a later one", [](Program& p) { p.terms[0].parts = {1}; }},
      {"term 0 is a quotient without two parts", [](Program& p) { p.terms[0].quotient = true; }},
      {"explanation 0 has a later one as its child", [](Program& p) { p.explanations[0].children = {0}; }},
      {"explanation 0 shows no term", [](Program& p) { p.explanations[0].terms[1] = 99; }},
      {"explanation 0 lacks a part of its kind", [](Program& p) { p.explanations[0].terms.pop_back(); }},
      {"explanation 0 has no value of its kind", [](Program& p) { p.explanations[0].value = kNone; }},
      {"explanation 1 names no clause, decision or lifecycle",
       [](Program& p) { p.explanations[1].clause = 99; }},
  });
}

TEST_CASE("machines that lead nowhere") {
  CheckBreaks({
      {"machine 0 has no first state, or too many", [](Program& p) { p.machines[0].states.clear(); }},
      {"machine 0 has no first state, or too many", [](Program& p) { p.machines[0].initial = 3; }},
      {"machine 0 has no first state, or too many",
       [](Program& p) { p.machines[0].states.resize(kMostMachineStates + 1); }},
      {"machine 0 has no such codes", [](Program& p) { p.machines[0].first_code = 0x7fffffff; }},
      {"machine 0 leads to no state of its own",
       [](Program& p) { p.machines[0].states[0].transitions[0].target = 3; }},
      {"machine 0 leads to no state of its own",
       [](Program& p) { p.machines[0].states[0].transitions[0].condition = 2; }},
      {"machine 0 leads to no state of its own",
       [](Program& p) { p.machines[0].states[1].timeout_target = 3; }},
      {"machine 0 leads to no state of its own", [](Program& p) { p.machines[0].states[1].timeout = 0; }},
      {"machine 0 leads to no state of its own",
       [](Program& p) { p.machines[0].states[1].timeout_unit = static_cast<TimeoutUnit>(3); }},
  });
  CheckBreaksAt(Opcode::kWalkState, "no machine 1",
                [](Program& program, std::uint32_t) { OperandOf(program, Opcode::kWalkState, 3) = 1; });
  CheckBreaksAt(Opcode::kWalkState, "machine 0 asks for 3 truths",
                [](Program& program, std::uint32_t) { program.machines[0].conditions = 3; });
  CheckBreaksAt(Opcode::kYearsAny, "domain 1 is no list", [](Program& program, std::uint32_t) {
    OperandOf(program, Opcode::kYearsAny, 2) = test::kYears;
    OperandOf(program, Opcode::kYearsAny, 0) = Find(program, Opcode::kWindowYears);
    OperandOf(program, Opcode::kYearsAny, 1) = Find(program, Opcode::kLoadNumber);
  });
}

TEST_CASE("lifecycles that are not what they say") {
  CheckBreaks({
      {"lifecycle 0 has no enumeration", [](Program& p) { p.lifecycles[0].enumeration = 9; }},
      {"lifecycle 0 has 3 states of 2 names", [](Program& p) { p.lifecycles[0].enumeration = 0; }},
      {"lifecycle 0 has no state", [](Program& p) { p.lifecycles[0].state = kNone; }},
      {"lifecycle 0 may be in no state of its own", [](Program& p) { p.machines[0].first_code = 1; }},
      {"lifecycle 0 may be in no state of its own",
       [](Program& p) { p.lifecycles[0].state = p.lifecycles[0].since; }},
      {"lifecycle 0 has a state of no known phase or clause",
       [](Program& p) { p.lifecycles[0].states[1].clause = 99; }},
      {"lifecycle 0 has a state of no known phase or clause",
       [](Program& p) { p.lifecycles[0].states[1].phase = static_cast<LifecyclePhase>(3); }},
      {"lifecycle 0 lacks a date", [](Program& p) { p.lifecycles[0].since = kNone; }},
      {"lifecycle 0 lacks a date", [](Program& p) { p.lifecycles[0].barred = p.lifecycles[0].since; }},
      {"lifecycle 0 has no explanation", [](Program& p) { p.lifecycles[0].explanation = 1; }},
      {"duty 0 of lifecycle 0 follows from no clause",
       [](Program& p) { p.lifecycles[0].duties[0].clause = 99; }},
      {"duty 0 of lifecycle 0 lacks a value", [](Program& p) { p.lifecycles[0].duties[0].met_on = 0; }},
      {"duty 0 of lifecycle 0 lacks a value", [](Program& p) { p.lifecycles[0].duties[0].due = kNone; }},
      {"duty 0 of lifecycle 0 lacks a value",
       [](Program& p) { p.lifecycles[0].duties[0].recurring = false; }},
      {"explanation 2 names no clause, decision or lifecycle",
       [](Program& p) { p.explanations[2].lifecycle = 1; }},
      {"explanation 2 lacks a part of its kind", [](Program& p) { p.explanations[2].lifecycle = kNone; }},
      {"explanation 3 has a child of another kind",
       [](Program& p) {
         Explanation node = p.explanations[1];
         node.children = {2};
         p.explanations.push_back(node);
       }},
  });
}

TEST_CASE("explanations that would take forever to read") {
  Program deep = test::SampleProgram();
  deep.explanations.push_back(deep.explanations[1]);
  for (std::uint32_t i = 0; i < Limits::kDepth; ++i) {
    Explanation node = deep.explanations[1];
    node.children = {static_cast<std::uint32_t>(deep.explanations.size() - 1)};
    deep.explanations.push_back(node);
  }
  CHECK(FirstError(deep).ends_with("is too deep"));
  Program wide = test::SampleProgram();
  wide.explanations.push_back(wide.explanations[1]);
  for (int i = 0; i < 30; ++i) {
    Explanation node = wide.explanations[1];
    const auto last = static_cast<std::uint32_t>(wide.explanations.size() - 1);
    node.kind = ExplanationKind::kAll;
    node.children = {last, last};
    wide.explanations.push_back(node);
  }
  CHECK(FirstError(wide).ends_with("is too large"));
}

TEST_CASE("errors are few") {
  Program program;
  program.constants.resize(1000, {"x", "y"});
  CHECK(Verify(program).size() == Limits::kErrors);
}

TEST_CASE("the listing") {
  const Program program = test::SampleProgram();
  CHECK(DisassembleInstruction(program, Find(program, Opcode::kDivide)) == "r17 : N = divide r15, r16");
  CHECK(DisassembleInstruction(program, Find(program, Opcode::kWindowYears)) ==
        "r8 : T[years] = window_years r5, r7");
  const std::string path = "tests/runtime/sample_program.txt";
  if (std::getenv("POL_UPDATE") != nullptr) std::ofstream(path, std::ios::binary) << Disassemble(program);
  CHECK_MESSAGE(ReadFile(path) == Disassemble(program), "run again with POL_UPDATE=1");
}

TEST_CASE("the listing keeps to its lines whatever the names are") {
  Program program = test::SampleProgram();
  program.schema.facts[0].naming.name = "a\nb \"c\"\x01";
  const std::string text = Disassemble(program);
  CHECK(text.find("\"a\\nb \\\"c\\\"\\x01\"") != std::string::npos);
}

}  // namespace
}  // namespace pol::program
