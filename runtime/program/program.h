// The program: what the compiler makes of a policy and the engine runs. Straight-line code in which
// instruction i writes register i; outputs name the registers that matter; the explanation table says what a
// register means to a person. Listed by disassemble.h, checked by verify.h, stored by polb.h. Tested by
// tests/runtime/program_test.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/program/schema.h"

namespace pol::program {

inline constexpr std::uint32_t kNone = 0xffffffff;

enum class Opcode : std::uint8_t {
#define POL_INSTRUCTION(name, mnemonic, result, domain, operands, meaning) k##name,
#include "runtime/program/instructions.def"
#undef POL_INSTRUCTION
};

enum class RegisterKind : std::uint8_t { kTruth, kNumber, kCode };

// Operands in the order of the list: registers and immediates alike are words. A trailing `Ts` operand takes
// all the remaining words of `operands`.
struct Instruction {
  Opcode opcode = Opcode::kConstantTruth;
  std::uint8_t domain = 0;          // of the result
  std::uint32_t first_operand = 0;  // into Program::operands
  std::uint32_t operand_count = 0;
  friend bool operator==(const Instruction&, const Instruction&) = default;
};

// Why a value is unknown though every fact it needs is there. Reasons that come from facts or from arithmetic
// (missing, unreadable, division by zero…) are not here: they are read off the data and the registers.
enum class ReasonKind : std::uint8_t { kUndisclosed, kConflict, kNoValueInForce, kNoCalendar, kUndated };
struct Reason {
  ReasonKind kind = ReasonKind::kUndisclosed;
  std::uint32_t clause = kNone;  // undisclosed: the clause; conflict: the first of the two replacing clauses
  std::uint32_t other = kNone;   // conflict: the second
  std::string words;             // undisclosed: what the policy says of it; no value in force: the parameter
  friend bool operator==(const Reason&, const Reason&) = default;
};

// A `holds` condition: the register of its truth and how it reads in the policy.
struct Holds {
  std::uint32_t value = kNone;
  std::string words;
  std::string label;
  friend bool operator==(const Holds&, const Holds&) = default;
};

// One place of the policy text, for citations: file name, one-based line.
struct Place {
  std::string file;
  std::uint32_t line = 0;
  friend bool operator==(const Place&, const Place&) = default;
};

enum class ClauseKind : std::uint8_t { kRule, kJudgement, kGuidance, kUndisclosed };
struct Clause {
  std::string id;  // "5(3)"
  Naming naming;   // name and label; an article's label is its title
  ClauseKind kind = ClauseKind::kRule;
  std::string text;              // of guidance or undisclosed: the policy's own line
  std::uint32_t parent = kNone;  // clause this is an item of
  std::uint32_t value = kNone;   // register of its `clause` instruction; kNone for guidance
  // Of a clause that holds in principle, whose value is true: the truth register of what it says. A waiver is
  // needed where that is false. kNone for others.
  std::uint32_t principle = kNone;
  // Clauses whose value this one's is made of (items, replacements, cited clauses): where they carry the
  // reason, they are named in `because` instead of this one.
  std::vector<std::uint32_t> made_of;
  std::uint32_t explanation = kNone;
  Place place;
  friend bool operator==(const Clause&, const Clause&) = default;
};

struct Decision {
  Naming naming;
  std::vector<Naming> outcomes;  // distinct; code = index
  std::uint32_t value = kNone;   // code register, unknown = undetermined
  std::uint32_t explanation = kNone;
  friend bool operator==(const Decision&, const Decision&) = default;
};

// What a grant is kept within, in the order in which it applies.
enum class LimitKind : std::uint8_t { kAtMost, kAtLeast, kRounded, kRoundedUp, kRoundedDown };
struct Limit {
  LimitKind kind = LimitKind::kAtMost;
  std::uint32_t bound = kNone;  // into Program::explanations, an amount
  std::uint32_t value = kNone;  // number register: the amount after it
  friend bool operator==(const Limit&, const Limit&) = default;
};
struct Grant {
  Naming naming;
  ValueType type;                   // money
  std::uint32_t clause = kNone;     // that it follows from
  std::uint32_t value = kNone;      // number register: where the condition is false 0
  std::uint32_t condition = kNone;  // into Program::explanations; kNone: always due
  std::uint32_t amount = kNone;     // into Program::explanations: before the limits
  std::vector<Limit> limits;
  Place place;
  friend bool operator==(const Grant&, const Grant&) = default;
};

struct ScoreItem {
  Naming naming;
  std::uint32_t clause = kNone;  // that it follows from; may be kNone
  std::uint32_t value = kNone;   // number register
  std::uint32_t points = kNone;  // into Program::explanations: before the limits
  std::vector<Limit> limits;
  friend bool operator==(const ScoreItem&, const ScoreItem&) = default;
};
struct Score {
  Naming naming;
  std::uint32_t clause = kNone;
  std::uint32_t value = kNone;  // number register: the total
  std::uint32_t sum = kNone;    // number register: of the items, before the limits
  std::vector<ScoreItem> items;
  std::vector<Limit> limits;
  Place place;
  friend bool operator==(const Score&, const Score&) = default;
};
// How many records of a whole set the condition may hold of.
struct Quota {
  Naming naming;
  std::uint32_t clause = kNone;
  std::uint32_t condition = kNone;  // truth register
  bool has_least = false, has_most = false;
  NumberText least, most;  // whole numbers
  Place place;
  friend bool operator==(const Quota&, const Quota&) = default;
};

// A machine of states, for the instructions walk_state and walk_since. In a state, the first of its
// transitions whose condition holds of an element leads on; without one it stays. A state with a timeout is
// left when that long has passed since it was entered.
struct Transition {
  std::uint32_t condition = 0;  // index among the instruction's truths
  std::uint32_t target = 0;     // state
  friend bool operator==(const Transition&, const Transition&) = default;
};
enum class TimeoutUnit : std::uint8_t { kNever, kDays, kMonths };
struct MachineState {
  std::vector<Transition> transitions;
  TimeoutUnit timeout_unit = TimeoutUnit::kNever;
  std::uint32_t timeout = 0;         // at least 1 with a unit
  std::uint32_t timeout_target = 0;  // state
  friend bool operator==(const MachineState&, const MachineState&) = default;
};
inline constexpr std::size_t kMostMachineStates = 64;
struct Machine {
  std::uint32_t initial = 0;
  std::uint32_t conditions = 0;  // how many truths its transitions choose from
  std::uint32_t first_code = 0;  // the code of state 0; those of the others follow
  std::vector<MachineState> states;
  friend bool operator==(const Machine&, const Machine&) = default;
};

// Where in a lifecycle a state stands: before it starts, while it runs, after it has ended.
enum class LifecyclePhase : std::uint8_t { kBefore, kRunning, kEnded };
struct LifecycleState {
  std::uint32_t clause = kNone;  // that it follows from
  LifecyclePhase phase = LifecyclePhase::kBefore;
  bool at_event = false;         // an end that an event or a day brings, not a condition
  bool barred_for_good = false;  // while in it; else for a period (Lifecycle::barred_until) or not at all
  friend bool operator==(const LifecycleState&, const LifecycleState&) = default;
};
struct Duty {
  Naming naming;
  std::uint32_t clause = kNone;
  bool recurring = false;      // registers in the year domain, a lane for the period ending in that year
  std::uint32_t owed = kNone;  // truth
  std::uint32_t due = kNone;   // code, a date: the last day
  std::uint32_t nominal =
      kNone;  // code, a date: that day before it moves for a holiday; known without a calendar
  std::uint32_t met = kNone;     // truth: by the as-of date
  std::uint32_t met_on = kNone;  // code, a date; kNone: the data has no dates
  std::uint32_t missed = kNone;  // truth: due before the as-of date and not met in time
  Place place;
  friend bool operator==(const Duty&, const Duty&) = default;
};
struct Lifecycle {
  Naming naming;
  std::uint32_t enumeration = kNone;   // its members are the states' names
  std::vector<LifecycleState> states;  // by member
  std::vector<Duty> duties;
  std::uint32_t state = kNone;         // code register: the member
  std::uint32_t since = kNone;         // code register, a date
  std::uint32_t start = kNone;         // code register, a date
  std::uint32_t expiry = kNone;        // code register, a date, the last day; kNone: without end
  std::uint32_t barred = kNone;        // truth register; kNone: nothing bars
  std::uint32_t barred_until = kNone;  // code register, a date; kNone: nothing bars for a period
  std::uint32_t explanation = kNone;   // kLifecycle
  Place place;
  friend bool operator==(const Lifecycle&, const Lifecycle&) = default;
};

// ---- Explanation table: the shape of the reasons, with the register that holds each answer
// -------------------------

enum class ExplanationKind : std::uint8_t {
  kClause,     // `clause` says which; child: what it is made of
  kAll,        // children
  kAny,        // children
  kAtLeast,    // children; terms[0] is the threshold
  kNot,        // child
  kCondition,  // a fact, a membership, a presence…; `terms` are the values it looked at; child, if any: what
               // the name stands for
  kComparison,  // terms[0] `comparison` terms[1]
  kSelection,   // children: condition, then, otherwise (if); decided by the condition. Without otherwise
                // (when): else true
  kReplaced,  // as kSelection: where the condition holds, the clause of `then` stands in place of `otherwise`
  kBands,     // terms[0] subject; children in pairs: pattern holds, body
  kQuantifier,  // over a list's elements or a series' years: children[0] is the condition in the child
                // domain; children[1], if any, which elements or years are asked about; `terms` the facts of
                // an element worth showing. Any, all or at least (how many): as the instruction of `value`
                // says
  kDecision,  // `decision`; children: the cases in order, each a kCondition with its outcome's name above the
              // case's condition
  kRunning,   // in years one after the other: children[0] is the condition in one year, children[1] which
              // years are asked about
  kLifecycle,  // `lifecycle`; children: what could end it, each a kCondition with the state's name above it
  // Amounts: nodes of numbers, terms[0] being the whole.
  kAmount,     // child, if any: what the name stands for
  kProduct,    // terms[1] times terms[2]; children: how these came about, where that is worth telling
  kQuotient,   // terms[1] by terms[2]; children likewise
  kSum,        // children: the amounts added up; terms[1], if any: what they are parts of
  kChoice,     // children: a condition, then and otherwise (amounts)
  kBandChoice  // terms[1] subject; children in pairs: pattern holds, amount
};
constexpr bool IsAmount(ExplanationKind kind) {
  return kind >= ExplanationKind::kAmount && kind <= ExplanationKind::kBandChoice;
}

enum class Comparison : std::uint8_t {
  kNotCompared,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kEqual,
  kNotEqual
};

// A value shown in an explanation. `words` is the policy's own text of it ("rd_intensity"), `label` the
// analyst's wording
// ("研发强度"), may be empty. `parts`: what it is made of, worth showing (a quotient: numerator,
// denominator).
struct Term {
  std::string words;
  std::string label;
  std::uint32_t value = kNone;  // register
  ValueType type;
  bool quotient = false;             // value = parts[0] / parts[1]
  bool constant = false;             // written in the policy; showing its words is enough
  std::vector<std::uint32_t> parts;  // into Program::terms
  friend bool operator==(const Term&, const Term&) = default;
};

struct Explanation {
  ExplanationKind kind = ExplanationKind::kCondition;
  std::uint32_t value = kNone;  // truth register (decision: its code register; amount: a number register)
  std::string words;            // the policy's text of the condition, on one line
  std::string label;
  Comparison comparison = Comparison::kNotCompared;
  std::uint32_t clause = kNone;
  std::uint32_t decision = kNone;
  std::uint32_t lifecycle = kNone;
  std::vector<std::uint32_t> terms;     // into Program::terms
  std::vector<std::uint32_t> children;  // into Program::explanations, each less than this node's own index
  Place place;
  friend bool operator==(const Explanation&, const Explanation&) = default;
};

struct PolicyInfo {
  std::string name;  // "beijing.tic"
  std::string title, document, authority, version;
  std::string issued, effective;  // ISO dates or empty
  friend bool operator==(const PolicyInfo&, const PolicyInfo&) = default;
};

struct Program {
  PolicyInfo policy;
  Schema schema;
  std::vector<NumberText> constants;
  std::vector<Reason> reasons;
  std::vector<Holds> holds;
  std::vector<Instruction> instructions;
  std::vector<std::uint32_t> operands;
  std::vector<Clause> clauses;        // in the order written; a parent comes before its items
  std::vector<Decision> decisions;    // in the order written
  std::vector<Grant> grants;          // in the order written
  std::vector<Score> scores;          // in the order written
  std::vector<Quota> quotas;          // in the order written
  std::vector<Lifecycle> lifecycles;  // in the order written
  std::vector<Machine> machines;
  std::vector<Term> terms;
  std::vector<Explanation> explanations;
  friend bool operator==(const Program&, const Program&) = default;
};

}  // namespace pol::program
