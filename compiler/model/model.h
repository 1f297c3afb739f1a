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
enum class FoldOperator : std::uint8_t { kAny, kAll, kAtLeast, kCount, kSum, kMinimum, kMaximum };
// From a child domain to domain 0. `condition` (truth, child domain) selects lanes and is always valid.
//   any: some selected lane has `value`; all: every selected lane has `value`; at least: `threshold` (domain
//   0) selected lanes have `value` count: selected lanes (value invalid); sum, minimum, maximum: of `value`
//   (minimum and maximum also of dates)
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

using Expression =
    std::variant<ConstantTruth, ConstantNumber, ConstantCode, FactValue, FactPresence, ParameterValue, AsOf,
                 LetValue, GrantValue, ClauseValue, Broadcast, Not, All, Any, AtLeast, Arithmetic, Negate,
                 Round, Comparison, Conditional, Bands, Brackets, WithinRegion, AddPeriod, Elapsed,
                 PartOfDate, FirstDayOfYear, YearInWindow, Previous, Fold, Pick>;

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
  std::string text;  // guidance, undisclosed
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
// Of a decision, a grant or a clause.
struct Expectation {
  DecisionId decision;
  std::uint32_t outcome = program::kNone;  // kNone: undetermined
  GrantId grant;
  std::optional<Rational> amount;  // nullopt: unknown
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
  std::vector<Expression> expressions;  // an operand's index is less than its user's
  std::vector<ExpressionInfo> infos;

  const Expression& operator[](ExpressionId id) const { return expressions[id.index]; }
  const ExpressionInfo& InfoOf(ExpressionId id) const { return infos[id.index]; }
};

}  // namespace pol::model
