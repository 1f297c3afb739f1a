// The model: a policy resolved and typed. Names have become indices, units numbers, lists of words one
// enumeration each; sugar is gone, so that lowering and the reference evaluator meet few kinds of expression.
// Built by build.h only when there was no error. Dumped by dump.h; tested by tests/golden/model/ and
// tests/compiler/model_test.cpp.
#pragma once

#include <boost/multiprecision/cpp_int.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/source/source.h"
#include "runtime/program/program.h"
#include "runtime/program/schema.h"
#include "runtime/records/batch.h"

namespace pol::model {

using Rational = boost::multiprecision::cpp_rational;

template <typename Tag>
struct Id {
  std::uint32_t index = 0xffffffff;
  bool valid() const { return index != 0xffffffff; }
  friend bool operator==(Id, Id) = default;
};
using ExpressionId = Id<struct ExpressionTag>;
using FactId = Id<struct FactTag>;  // index into schema.facts
using ParameterId = Id<struct ParameterTag>;
using LetId = Id<struct LetTag>;
using ClauseId = Id<struct ClauseTag>;
using DecisionId = Id<struct DecisionTag>;
using GrantId = Id<struct GrantTag>;
using LifecycleId = Id<struct LifecycleTag>;
using ScoreId = Id<struct ScoreTag>;

// ---- Expressions
// ---------------------------------------------------------------------------------------------- Every
// expression has a type (program::ValueType; truth for conditions) and a domain (0 the record, else the years
// or a list): operands live in the same domain as the expression unless its comment says otherwise. Values
// are three-valued or unknown as in runtime/program/instructions.def.

struct ConstantTruth {
  bool value = false;
};
struct ConstantNumber {
  Rational value;
};
struct ConstantCode {
  std::int32_t value = 0;
};
// The fact's value. `raw` inside `holds` conditions: what the data says, contradictory or not.
struct FactValue {
  FactId fact;
  bool raw = false;
};
// Of an optional fact: given (true), absent (false).
struct FactPresence {
  FactId fact;
};
struct ParameterValue {  // in force at the model's reference date; domain 0
  ParameterId parameter;
};
struct AsOf {};  // domain 0
struct LetValue {
  LetId let;
};
struct GrantValue {  // domain 0
  GrantId grant;
};
// Of a score: its total, or the points of one item; domain 0.
struct ScoreValue {
  ScoreId score;
  std::uint32_t item = program::kNone;  // kNone: the total
};
// Of a lifecycle: its state (a member of its enumeration), whether it has started (truth), when, until when
// it is valid, and since when it is in its state (dates); whether it bars from a new start (truth). Domain 0.
enum class LifecyclePart : std::uint8_t { kState, kStarted, kStart, kSince, kExpiry, kBarred };
struct LifecycleValue {
  LifecycleId lifecycle;
  LifecyclePart part = LifecyclePart::kState;
};
// Truth: the duty was due before the as-of date and not met in time. In the years for a recurring duty (in
// each whether it was for the period that ends in it), else in domain 0.
struct MissedDuty {
  LifecycleId lifecycle;
  std::uint32_t duty = 0;
};
struct ClauseValue {  // domain 0
  ClauseId clause;
};
struct Broadcast {  // the operand lives in domain 0; the expression in a child domain
  ExpressionId operand;
};
struct Not {
  ExpressionId operand;
};
// presence_guard: the last operand is what was written, the others say that the optional facts in it are
// given (absent = false): a FactPresence, or a Broadcast, Pick, Conditional or Bands of such.
struct All {
  std::vector<ExpressionId> operands;
  bool presence_guard = false;
};
struct Any {
  std::vector<ExpressionId> operands;
};
struct AtLeast {  // threshold: a number
  ExpressionId threshold;
  std::vector<ExpressionId> operands;
};
enum class ArithmeticOperator : std::uint8_t { kAdd, kSubtract, kMultiply, kDivide };
struct Arithmetic {
  ArithmeticOperator operation = ArithmeticOperator::kAdd;
  ExpressionId left;
  ExpressionId right;
};
struct Negate {
  ExpressionId operand;
};
enum class Rounding : std::uint8_t { kHalfAway, kUp, kDown };
struct Round {
  Rounding rounding = Rounding::kHalfAway;
  ExpressionId operand;
  ExpressionId multiple;
};
// Operands are both numbers or both codes of one kind; < and <= on codes only for dates and scales.
struct Comparison {
  program::Comparison comparison = program::Comparison::kEqual;
  ExpressionId left;
  ExpressionId right;
};
struct Conditional {  // also `default`: condition is the presence
  ExpressionId condition;
  ExpressionId then;
  ExpressionId otherwise;
};
// The rows' patterns are exhaustive and exclusive (checked). Value: as nested conditionals in order, the last
// body being the rest.
struct BandRow {
  ExpressionId holds;  // truth: the subject is in the pattern; of an `otherwise` row: constant true
  ExpressionId body;
  std::string words;  // the pattern as written
};
struct Bands {
  ExpressionId subject;
  std::vector<BandRow> rows;
};
// Each part of the subject above 0 at its own rate: the sum, over the rows, of the rate times the part of the
// subject between `low` and `high`, which are constants or parameters; an invalid `low` is 0, an invalid
// `high` none. The rows neither overlap nor leave a gap above 0 (checked).
struct BracketRow {
  ExpressionId low;
  ExpressionId high;
  ExpressionId rate;
  std::string words;  // the interval as written
};
struct Brackets {
  ExpressionId subject;
  std::vector<BracketRow> rows;
};
struct WithinRegion {
  ExpressionId operand;
  std::uint32_t code = 0;
};
enum class PeriodUnit : std::uint8_t { kDays, kWorkingDays, kMonths };  // years are 12 months
// start + amount units (`amount` a number, may be negative). `term`: a period under the Civil Code, arts.
// 200-204: its last day moves to the next working day. `calendar` indexes schema.calendars; kNone without one
// in scope (then working days are unknown).
struct AddPeriod {
  ExpressionId start;
  ExpressionId amount;
  PeriodUnit unit = PeriodUnit::kDays;
  bool term = false;
  std::uint32_t calendar = program::kNone;
};
struct Elapsed {  // whole units from one date to another; years: see `years`
  ExpressionId from;
  ExpressionId to;
  PeriodUnit unit = PeriodUnit::kDays;
  bool years = false;  // unit is kMonths; whole years = the whole months / 12 rounded down
  std::uint32_t calendar = program::kNone;
};
enum class DatePart : std::uint8_t { kYear, kMonth, kDay };
struct PartOfDate {
  DatePart part = DatePart::kYear;
  ExpressionId date;
};
struct FirstDayOfYear {  // a date
  ExpressionId year;
};
struct YearInWindow {  // truth in the year domain; first and last live in domain 0
  ExpressionId first;
  ExpressionId last;
};
struct Previous {  // of the year before; year domain. Truth: false before the first year
  ExpressionId operand;
};
struct LaneYear {};  // the year itself; year domain
// A date that the data does not give: unknown, for that reason.
struct UndatedMoment {};
enum class FoldOperator : std::uint8_t { kAny, kAll, kAtLeast, kCount, kSum, kMinimum, kMaximum, kEarliest };
// From a child domain to domain 0. `condition` (truth, child domain) selects lanes and is always valid.
//   any: some selected lane has `value`; all: every selected lane has `value`; at least: `threshold` (domain
//   0) selected lanes have `value` count: selected lanes (value invalid); sum, minimum, maximum: of `value`
//   (minimum and maximum also of dates); earliest: `value` a date, the `threshold`-th from the least up
struct Fold {
  FoldOperator operation = FoldOperator::kAny;
  std::uint32_t child = 0;
  ExpressionId value;
  ExpressionId condition;
  ExpressionId threshold;
};
// `value` (child domain) of the one selected element whose `order` (a date, child domain) is latest or
// earliest; domain 0.
struct Pick {
  bool latest = true;
  std::uint32_t child = 0;
  ExpressionId order;
  ExpressionId condition;
  ExpressionId value;
};

// From the elements of a list to the years: in each year, of the elements whose `year` it is and whose
// `condition` holds, whether there is one (`date` invalid), or the earliest `date` (unknown where there is
// none). The operands live in the list's domain, the expression in the years.
struct ByYear {
  std::uint32_t child = 0;
  ExpressionId year;
  ExpressionId condition;
  ExpressionId date;
};
// A machine of states that the elements of a list are put through in the order of their dates, from the date
// `from` up to and including `until` (domain 0): the state it is in then, a member of the machine's
// enumeration, or the date on which it came into it. Elements of one day whose order matters leave the state
// unknown. Domain 0.
enum class WalkResult : std::uint8_t { kState, kSince };
struct Walk {
  WalkResult result = WalkResult::kState;
  std::uint32_t machine = 0;  // index into Model::machines
  std::uint32_t child = 0;
  ExpressionId from;
  ExpressionId until;
  ExpressionId date;                     // of an element; child domain
  std::vector<ExpressionId> conditions;  // truths of an element, which the machine's transitions name
};

using Expression =
    std::variant<ConstantTruth, ConstantNumber, ConstantCode, FactValue, FactPresence, ParameterValue, AsOf,
                 LetValue, GrantValue, ScoreValue, LifecycleValue, MissedDuty, ClauseValue, Broadcast, Not,
                 All, Any, AtLeast, Arithmetic, Negate, Round, Comparison, Conditional, Bands, Brackets,
                 WithinRegion, AddPeriod, Elapsed, PartOfDate, FirstDayOfYear, YearInWindow, Previous,
                 LaneYear, UndatedMoment, Fold, Pick, ByYear, Walk>;

// What holds of an expression beside its form.
struct ExpressionInfo {
  program::ValueType type;
  std::uint32_t domain = 0;
  source::Range range;  // what the analyst wrote
};

// ---- Declarations
// ---------------------------------------------------------------------------------------------

// A value known at compile time: a number, or the code of a date, enumeration member, region, text or truth.
using Constant = std::variant<Rational, std::int32_t>;

struct DatedValue {
  Constant value;
  std::optional<std::int32_t> from;  // days; nullopt: in force always
};
struct Parameter {
  program::Naming naming;
  program::ValueType type;
  std::vector<DatedValue> values;  // ascending by from
  source::Range range;
};
struct Let {
  program::Naming naming;
  ExpressionId value;  // invalid for a let that names a window: windows are put in where they are used
  source::Range range;
};
// A consistency condition. Where it is false, `facts` are contradictory: in the lane itself when fact and
// condition share a domain; a record's fact when the condition is false in any of its lanes; every lane of a
// child fact when the condition is the record's.
struct Holds {
  ExpressionId condition;
  std::string label;
  std::vector<FactId> facts;
  source::Range range;
};

// A clause's value, with items(c) those of `items` that decide something:
//   body  = condition, or all of items, or unknown (undisclosed)
//   own   = when valid ? not when or body : body
//   value = own, unless replaced_by: where exactly one replacement is live its body; where two could be,
//   unknown (conflict)
// A replacement is live where its own `when` and those of its parents hold.
struct Clause {
  std::string id;  // "5(3)"; a `replaces` line without a number has its article's id followed by "→" and the
                   // replaced id
  program::Naming naming;
  program::ClauseKind kind = program::ClauseKind::kRule;
  bool in_principle = false;  // its value is true, whatever its own: where that is false a waiver is needed
  std::string text;           // guidance, undisclosed
  ClauseId parent;
  std::vector<ClauseId> items;
  ExpressionId when;       // may be invalid
  ExpressionId condition;  // may be invalid
  std::vector<ClauseId> replaces;
  std::vector<ClauseId> replaced_by;
  source::Range range;  // of the heading: what a citation points to
};

struct DecisionCase {
  std::uint32_t outcome = 0;
  ExpressionId condition;  // invalid for the last, `otherwise`
};
struct Decision {
  program::Naming naming;
  std::vector<program::Naming> outcomes;
  std::vector<DecisionCase> cases;
  source::Range range;
};

enum class LimitKind : std::uint8_t { kAtMost, kAtLeast, kRounded };
struct Limit {
  LimitKind kind = LimitKind::kAtMost;
  Rounding rounding = Rounding::kHalfAway;
  ExpressionId bound;
  ExpressionId value;  // the amount after it
};
// An amount of money. Value: where the condition holds the amount, after each limit in the order written;
// where it is false, 0. Everything lives in domain 0.
struct Grant {
  program::Naming naming;
  program::ValueType type;
  ClauseId clause;         // that it follows from
  ExpressionId condition;  // may be invalid: always
  ExpressionId amount;     // before the limits
  std::vector<Limit> limits;
  ExpressionId value;
  source::Range range;
};

// One item of a score. Value: the points, after each limit in the order written. Everything lives in domain
// 0.
struct ScoreItem {
  program::Naming naming;
  ClauseId clause;      // may be invalid
  ExpressionId points;  // before the limits
  std::vector<Limit> limits;
  ExpressionId value;
  source::Range range;
};
struct Score {
  program::Naming naming;
  ClauseId clause;
  std::vector<ScoreItem> items;
  ExpressionId sum;           // of the items' values
  std::vector<Limit> limits;  // of the sum
  ExpressionId value;
  source::Range range;
};
// How many records of the whole set a condition may hold of: reported, and no part of anyone's verdict.
struct Quota {
  program::Naming naming;
  ClauseId clause;
  ExpressionId condition;  // truth, domain 0
  std::optional<Rational> least;
  std::optional<Rational> most;
  source::Range range;
};

// What is owed while a lifecycle runs. All expressions are those of one duty: in the years for a recurring
// one (a lane for the period that ends in that year), else in domain 0.
struct Duty {
  program::Naming naming;
  ClauseId clause;  // that it follows from; may be invalid
  bool recurring = false;
  ExpressionId owed;  // truth
  ExpressionId due;   // date: the last day
  ExpressionId
      nominal;          // date: the last day before it moves for a holiday; the same expression if it doesn't
  ExpressionId met;     // truth: by the as-of date, in time or late
  ExpressionId met_on;  // date: when it was met first; may be invalid: the data does not say
  ExpressionId missed;  // truth
  ExpressionId window;  // recurring: truth in the years, those that periods end in
  source::Range range;
};
struct LifecycleState {
  program::Naming naming;
  ClauseId clause;  // may be invalid
  program::LifecyclePhase phase = program::LifecyclePhase::kBefore;
  bool at_event = false;         // an end that an event or a day brings, not a condition
  bool barred_for_good = false;  // while in it; else for a period (Lifecycle::barred_until) or not at all
  source::Range range;
};
// An end written with `when`: its state, and the condition.
struct LifecycleTrigger {
  std::uint32_t state = 0;
  ExpressionId condition;
};
// A right that is given for a time, lasts while what is owed is done, and can be lost. Its enumeration's
// members are its states, in the order: none, stages, what it starts in, further states, ends, expired.
struct Lifecycle {
  program::Naming naming;
  std::uint32_t enumeration = 0;
  std::vector<LifecycleState> states;
  std::vector<Duty> duties;
  std::vector<LifecycleTrigger> triggers;
  ExpressionId started;       // truth
  ExpressionId start;         // date
  ExpressionId expiry;        // date, the last day of validity; may be invalid: without end
  ExpressionId state;         // code
  ExpressionId since;         // date
  ExpressionId barred;        // truth; may be invalid: nothing bars
  ExpressionId barred_until;  // date; may be invalid: nothing bars for a period
  source::Range range;
};

// ---- Examples: what an applicant is like and what is expected; no part of the program ----

// What an example says of one lane of a fact. What it says nothing of is missing.
struct ExampleCell {
  FactId fact;
  std::int32_t year = 0;      // of a series
  std::uint32_t element = 0;  // of a list's field: the row
  records::CellState state = records::CellState::kMissing;
  Constant value;    // where given
  std::string text;  // of a text or a credit code, in place of the value
};
struct ExampleList {  // a list that is known
  std::uint32_t domain = 0;
  std::uint32_t rows = 0;
};
struct ExpectedNeed {
  std::string words;  // as polc lists it: "revenue.2022"
  bool any_year = false;
};
// Of a decision, a lifecycle, a grant, a score or a clause.
struct Expectation {
  DecisionId decision;
  std::uint32_t outcome = program::kNone;  // kNone: undetermined
  LifecycleId lifecycle;
  std::uint32_t state = program::kNone;  // of the lifecycle; kNone: unknown
  GrantId grant;
  ScoreId score;
  std::optional<Rational> amount;  // of the grant, or points of the score; nullopt: unknown
  ClauseId clause;
  std::optional<bool> truth;        // nullopt: unknown
  std::vector<ClauseId> because;    // these and no others; empty: not said
  std::vector<ExpectedNeed> needs;  // ditto
  source::Range range;
};
struct Example {
  std::string title;
  std::optional<std::int32_t> as_of;
  std::vector<ExampleCell> cells;
  std::vector<ExampleList> lists;
  std::vector<Expectation> expectations;
  source::Range range;  // of the title
};

struct Model {
  program::PolicyInfo policy;
  program::Schema schema;
  ExpressionId reference;  // a date, domain 0: when dated parameters are read
  std::vector<Holds> holds;
  std::vector<Parameter> parameters;
  std::vector<Let> lets;
  std::vector<Clause> clauses;
  std::vector<Decision> decisions;
  std::vector<Example> examples;
  std::vector<Grant> grants;
  std::vector<Score> scores;
  std::vector<Quota> quotas;
  std::vector<Lifecycle> lifecycles;
  std::vector<program::Machine> machines;
  std::vector<Expression> expressions;  // an operand's index is less than its user's
  std::vector<ExpressionInfo> infos;

  const Expression& operator[](ExpressionId id) const { return expressions[id.index]; }
  const ExpressionInfo& InfoOf(ExpressionId id) const { return infos[id.index]; }
};

}  // namespace pol::model
