// The syntax tree: what the analyst wrote, in nodes that live in vectors and are addressed by typed ids.
// Every word and literal is kept as written (resolution and typing belong to the model); positions are in a
// side table. Dumped by dump.h; tested by tests/golden/tree/ and tests/compiler/parse_test.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/source/source.h"

namespace pol::syntax {

template <typename Tag>
struct Id {
  std::uint32_t index = 0xffffffff;
  bool valid() const { return index != 0xffffffff; }
  friend bool operator==(Id, Id) = default;
};
using ExpressionId = Id<struct ExpressionTag>;
using DeclarationId = Id<struct DeclarationTag>;

// A word with its place. An empty text with valid() false stands for "not written".
struct Name {
  std::string text;
  source::Range range;
  bool valid() const { return !text.empty(); }
};

// A string literal, unescaped. `present` tells an empty one from a missing one.
struct Text {
  std::string value;
  source::Range range;
  bool present = false;
};

// §5(3)(1): article 5, items {3, 1}.
struct Citation {
  std::uint32_t article = 0;
  std::vector<std::uint32_t> items;
  source::Range range;
};

// The canonical text of a citation without its sign: "5(3)(1)".
std::string ToString(const Citation& citation);

// name "label" also "…" also "…"
struct Naming {
  Name name;
  Text label;
  std::vector<Text> aliases;
};

// ---- Expressions -------------------------------------------------------------------------------------

// Digits as written without '_', in ASCII: "7.1"; `unit` is the unit's spelling ("万元", "%"; a row of
// grammar/units.def), empty when bare.
struct NumberLiteral {
  std::string digits;
  std::string unit;
};
struct DateLiteral {
  std::int32_t year = 0;
  std::int32_t month = 0;
  std::int32_t day =
      0;  // checked for range by the model, so that the message can say which month has how many days
};
struct TextLiteral {
  std::string value;
};
struct TruthLiteral {
  bool value = false;
};
struct NameReference {
  std::string name;
};
struct AsOf {};
struct CitationReference {
  Citation citation;
};
struct Member {  // operand.name
  ExpressionId operand;
  Name name;
};
struct Call {
  Name function;
  std::vector<ExpressionId> arguments;
};

enum class PeriodUnit : std::uint8_t { kDays, kWorkingDays, kMonths, kYears };
struct Period {  // amount days
  ExpressionId amount;
  PeriodUnit unit = PeriodUnit::kDays;
};
struct Term {  // period after start
  ExpressionId period;
  ExpressionId start;
};
struct Elapsed {  // months from a to b
  PeriodUnit unit = PeriodUnit::kDays;
  ExpressionId from;
  ExpressionId to;
};
enum class DatePart : std::uint8_t { kYear, kMonth, kDay };
struct PartOfDate {
  DatePart part = DatePart::kYear;
  ExpressionId date;
};

enum class UnaryOperator : std::uint8_t { kNot, kNegate };
struct Unary {
  UnaryOperator operation = UnaryOperator::kNot;
  ExpressionId operand;
};
enum class BinaryOperator : std::uint8_t { kAdd, kSubtract, kMultiply, kDivide, kDefault, kRange, kOf };
struct Binary {
  BinaryOperator operation = BinaryOperator::kAdd;
  ExpressionId left;
  ExpressionId right;
};
enum class LogicOperator : std::uint8_t { kAnd, kOr };
struct Logic {  // a and b and c: n-ary, flattened
  LogicOperator operation = LogicOperator::kAnd;
  std::vector<ExpressionId> operands;
};
enum class CompareOperator : std::uint8_t { kLess, kLessEqual, kGreater, kGreaterEqual, kEqual, kNotEqual };
struct Comparison {  // a < b <= c: operands n+1, operators n
  std::vector<ExpressionId> operands;
  std::vector<CompareOperator> operators;
};
struct Interval {  // [low, high); an open bound written '..' is an invalid id
  bool low_closed = false;
  bool high_closed = false;
  ExpressionId low;
  ExpressionId high;
  source::Range range;
};
struct InInterval {
  ExpressionId operand;
  Interval interval;
  bool negated = false;
};
struct InSet {  // in { a, b }
  ExpressionId operand;
  std::vector<ExpressionId> values;
  bool negated = false;
};
struct InWindow {  // in last 3 years before applied
  ExpressionId operand;
  ExpressionId window;
  bool negated = false;
};
struct Within {  // region within "北京市"
  ExpressionId operand;
  ExpressionId region;
  bool negated = false;
};
struct Presence {  // is given, is absent
  ExpressionId operand;
  bool given = true;  // `is not absent` is given
};
struct Trend {  // rising over w
  ExpressionId operand;
  bool rising = true;
  ExpressionId window;  // may be invalid: over all years there are
};
struct Running {  // for 2 years running over w
  ExpressionId operand;
  std::string years;
  ExpressionId window;  // may be invalid
};
struct Conditional {
  ExpressionId condition;
  ExpressionId then;
  ExpressionId otherwise;
};
struct Pattern {  // of a band: an interval, or a list of values, or `otherwise` when both are empty
  std::optional<Interval> interval;
  std::vector<ExpressionId> values;
  source::Range range;
};
struct Band {
  Pattern pattern;
  ExpressionId body;
};
struct Bands {  // by subject { … }
  ExpressionId subject;
  std::vector<Band> bands;
};
struct Brackets {  // brackets of subject { (.., a] : 10% }: each part of it at its own rate
  ExpressionId subject;
  std::vector<Band> bands;
};
struct Window {         // last period before|until anchor, since start
  ExpressionId period;  // a Period, or invalid for `last year`
  bool until = false;
  ExpressionId anchor;
  ExpressionId since;  // may be invalid
};
enum class AggregateOperator : std::uint8_t {
  kSum,
  kAverage,
  kMinimum,
  kMaximum,
  kCount,
  kLatest,
  kEarliest
};
struct Selection {  // of operand over window where condition
  ExpressionId operand;
  ExpressionId window;     // may be invalid
  ExpressionId condition;  // may be invalid
};
struct Aggregate {
  AggregateOperator operation = AggregateOperator::kSum;
  Selection selection;
};
struct Extreme {  // greatest of (a, b, c)
  bool greatest = true;
  std::vector<ExpressionId> operands;
};
enum class QuantifierKind : std::uint8_t { kAny, kAll, kNone, kAtLeast, kAtMost, kExactly };
struct Quantifier {
  QuantifierKind kind = QuantifierKind::kAny;
  ExpressionId threshold;  // of at least / at most / exactly; else invalid
};
struct QuantifiedList {  // any of { a, b } and all of §4, §5
  Quantifier quantifier;
  std::vector<ExpressionId> operands;
};
struct QuantifiedSelection {  // none of accidents in w where c; any of §18
  Quantifier quantifier;
  Selection selection;
};
struct LengthOf {
  ExpressionId window;
};
struct GrowthOf {  // growth of s in y
  ExpressionId series;
  ExpressionId year;
};
struct ValueOf {  // value of s in y
  ExpressionId series;
  ExpressionId year;
};
enum class Rounding : std::uint8_t { kHalfAway, kUp, kDown };
struct Round {
  Rounding rounding = Rounding::kHalfAway;
  ExpressionId operand;
  ExpressionId multiple;
};
struct MissedDuty {  // missed annual_report
  Name duty;
};
// Stands where the text could not be read; whatever uses it stays silent, so that nothing is reported twice.
struct ErrorExpression {};

using Expression =
    std::variant<NumberLiteral, DateLiteral, TextLiteral, TruthLiteral, NameReference, AsOf,
                 CitationReference, Member, Call, Period, Term, Elapsed, PartOfDate, Unary, Binary, Logic,
                 Comparison, InInterval, InSet, InWindow, Within, Presence, Trend, Running, Conditional,
                 Bands, Brackets, Window, Aggregate, Extreme, QuantifiedList, QuantifiedSelection, LengthOf,
                 GrowthOf, ValueOf, Round, MissedDuty, ErrorExpression>;

// ---- Declarations ------------------------------------------------------------------------------------

// A path: beijing.tic, calendar.cn.
struct Path {
  std::vector<Name> parts;
  source::Range range;
};
std::string ToString(const Path& path);

enum class HeaderFieldKind : std::uint8_t {
  kTitle,
  kDocument,
  kAuthority,
  kVersion,
  kIssued,
  kEffective,
  kPeriods,
  kReference
};
struct HeaderField {
  HeaderFieldKind kind = HeaderFieldKind::kTitle;
  Text text;                // title, document, authority, version
  ExpressionId expression;  // issued, effective, reference
  Name name;                // periods
  source::Range range;
};
struct Header {
  Path path;
  std::optional<Path> base;  // the policy that this one extends
  std::vector<HeaderField> fields;
  source::Range range;
};

struct Use {
  std::vector<Path> paths;
};
enum class TypeForm : std::uint8_t { kSimple, kPerYear, kListOf };
struct Type {
  TypeForm form = TypeForm::kSimple;
  Name name;      // money, percent, …, an enumeration, or (kListOf) a record
  Name currency;  // money in USD
  bool optional = false;
  source::Range range;
};
struct DatedValue {
  ExpressionId value;
  ExpressionId from;  // may be invalid: in force always (first value only)
};
struct Parameter {
  Naming naming;
  std::optional<Type> type;
  std::vector<DatedValue> values;
};
struct Enumeration {
  Naming naming;
  bool ordered = false;  // a scale, lowest first
  std::vector<Naming> members;
};
struct Field {
  bool key = false;
  Naming naming;
  Type type;
  std::optional<Interval> within;
};
struct JudgedField {
  Naming naming;
  Name judge;  // may be missing
};
struct ChecklistField {
  Naming naming;
  std::vector<Naming> items;
};
struct Holds {
  ExpressionId condition;
  Text label;
};
using RecordMember = std::variant<Field, JudgedField, ChecklistField, Holds>;
struct Record {
  Naming naming;
  std::vector<RecordMember> members;
  std::vector<source::Range> member_ranges;
};
struct Let {
  Naming naming;
  ExpressionId value;
};
struct FunctionParameter {
  Name name;
  Type type;
};
struct Function {
  Naming naming;
  std::vector<FunctionParameter> parameters;
  ExpressionId value;
};

struct Item;
struct ItemsBody {
  std::vector<Item> items;
};
struct ConditionBody {
  ExpressionId condition;
};
struct GuidanceBody {
  Text text;
};
struct UndisclosedBody {
  Text text;
};
struct ReplacesBody {
  std::vector<Citation> replaced;
  ExpressionId condition;
};
using ClauseBody = std::variant<ItemsBody, ConditionBody, GuidanceBody, UndisclosedBody, ReplacesBody>;
// An article (depth 0, `number` is the article's) or an item of one. An unnumbered `replaces` line inside an
// article is an item with number 0.
struct Item {
  std::uint32_t number = 0;
  Naming naming;              // articles have no name, only a label
  bool in_principle = false;  // where it fails, a waiver is needed and nothing is denied
  ExpressionId when;          // may be invalid
  ClauseBody body;
  source::Range range;
  source::Range number_range;
};
struct Article {
  Item clause;
};
// In a policy that extends another: clauses of that one which are replaced or dropped.
struct Change {
  std::vector<Citation> clauses;
  ExpressionId condition;  // in their place; invalid where they are dropped
};
struct DecisionCase {
  Naming outcome;
  ExpressionId condition;  // invalid for `otherwise`
  source::Range range;
};
struct Decision {
  Naming naming;
  std::vector<DecisionCase> cases;
};
enum class LimitKind : std::uint8_t { kAtMost, kAtLeast, kRounded };
struct Limit {
  LimitKind kind = LimitKind::kAtMost;
  Rounding rounding = Rounding::kHalfAway;
  ExpressionId bound;
  source::Range range;
};
struct Grant {  // grant name §10 when condition = amount, limit, …
  Naming naming;
  Citation citation;
  ExpressionId condition;  // may be invalid: always
  ExpressionId amount;
  std::vector<Limit> limits;  // in the order in which they apply
};
// When something happens: an event of the lifecycle's list, or a date.
struct Occasion {
  Name event;          // at event designated; missing for a date
  ExpressionId where;  // of the event; may be invalid
  ExpressionId date;   // at a date; invalid for an event
  source::Range range;
};
enum class BarKind : std::uint8_t { kNone, kForGood, kForPeriod };
struct Bar {  // barred for good, barred for 3 years
  BarKind kind = BarKind::kNone;
  ExpressionId period;
  source::Range range;
};
struct LifecycleStage {  // stage applied "已申报" §7(2) at event applied
  Naming naming;
  std::optional<Citation> citation;
  Occasion at;
  source::Range range;
};
struct LifecycleStart {  // starts active "有效" §7(4) at event designated, lasts 5 years
  Naming naming;         // the name may be missing
  std::optional<Citation> citation;
  Occasion at;
  ExpressionId period;  // may be invalid: without end
  source::Range range;
};
// duty annual_report §15(4) every year by 12-31, met by reports where …
// due midterm §16 by 3 years after start when …, met by event evaluated
struct LifecycleDuty {
  Naming naming;
  std::optional<Citation> citation;
  bool recurring = false;
  ExpressionId every;      // recurring: the number of years; invalid for `every year`
  std::string month, day;  // recurring: by 12-31, as written; empty: on the start's corresponding day
  source::Range day_range;
  ExpressionId since;      // recurring: the first year; may be invalid
  ExpressionId date;       // due once: by when
  ExpressionId condition;  // owed only when; may be invalid
  Name event;              // met by event …; missing for a list or a series
  Selection met;  // without window; its condition is the event's too; its operand invalid for an event
  source::Range range;
};
struct LifecycleEnd {  // ends revoked "已撤销" §18 when any of §18, barred for 3 years
  Naming naming;
  std::optional<Citation> citation;
  Occasion at;
  ExpressionId condition;  // ends … when; invalid for `at`
  Bar bar;
  source::Range range;
};
struct LifecycleTransition {  // on event assessed where result = weak -> rectifying; after 6 months ->
                              // removed
  Occasion on;                // an event; neither event nor date for `after`
  ExpressionId period;        // after …
  Name target;
  source::Range range;
};
struct LifecycleState {  // state rectifying "整改" §6 { … }; state removed "移出" §6 final, barred for good
  Naming naming;
  std::optional<Citation> citation;
  bool final = false;
  std::vector<LifecycleTransition> transitions;
  Bar bar;
  source::Range range;
};
using LifecycleMember =
    std::variant<LifecycleStage, LifecycleStart, LifecycleDuty, LifecycleEnd, LifecycleState>;
struct Lifecycle {  // lifecycle designation "资格" over history { … }
  Naming naming;
  Name list;  // whose elements the events are; may be missing
  std::vector<LifecycleMember> members;
};
// One item of a score: innovation "创新" §9(1) : by patents { … }, at most 20
struct ScoreItem {
  Naming naming;
  std::optional<Citation> citation;
  ExpressionId points;
  std::vector<Limit> limits;
  source::Range range;
};
struct Score {  // score merit "综合评分" §9 { items; at most 100 }
  Naming naming;
  Citation citation;
  std::vector<ScoreItem> items;
  std::vector<Limit> limits;  // of the total
};
struct Quota {  // quota places "名额" §2(1) when condition : at most 150, at least 3
  Naming naming;
  Citation citation;
  ExpressionId condition;
  std::vector<Limit> limits;  // at most and at least, constants
};
struct RegionRow {
  std::string code;
  source::Range code_range;
  Text name;
  std::vector<Text> aliases;
  std::vector<RegionRow> parts;
};
struct Region {
  RegionRow row;
};
struct CalendarSpan {
  bool working = false;  // `work`; `off` otherwise
  ExpressionId first;
  ExpressionId last;  // same as first for one day
  Text label;
};
struct CalendarYear {
  std::string year;
  source::Range range;
  std::vector<CalendarSpan> spans;
};
struct Calendar {
  Naming naming;
  std::vector<CalendarYear> years;
};
// What a line of an example is about: the as-of date, a fact, an item of a checklist, years of a series.
struct ExamplePath {
  bool as_of = false;
  Name name;
  Name part;               // plan.budget; may be missing
  std::string first_year;  // as written; empty without years
  std::string last_year;   // the same as the first for one year
  source::Range range;
};
enum class ExampleState : std::uint8_t { kValue, kUnknown, kAbsent, kEmpty };
struct ExampleRow;
struct ExampleGiven {  // path = value, value or path = { row; row } or path is unknown
  ExamplePath path;
  ExampleState state = ExampleState::kValue;
  std::vector<ExpressionId> values;
  bool in_braces = false;
  std::vector<ExampleRow> rows;
  source::Range range;
};
struct ExampleRow {
  std::vector<ExampleGiven> cells;
  source::Range range;
};
struct ExampleNeed {
  std::optional<Citation> citation;
  ExamplePath path;
  source::Range range;
};
struct ExampleExpectation {
  std::optional<Citation> clause;  // expect §5(3) = …
  std::optional<bool> truth;       // of the clause; nullopt is unknown
  Name output;                     // expect eligibility = …
  ExpressionId value;              // of the output; invalid is unknown
  std::vector<Citation> because;
  std::vector<ExampleNeed> needs;
  source::Range range;
};
struct Example {
  Text title;
  Text base;  // of the example that it is like; may be missing
  std::vector<ExampleGiven> given;
  std::vector<ExampleExpectation> expected;
};
struct ErrorDeclaration {};

using Declaration =
    std::variant<Use, Parameter, Enumeration, Record, Let, Function, Article, Change, Decision, Grant, Score,
                 Quota, Lifecycle, Region, Calendar, Example, ErrorDeclaration>;

// A parsed file. Declarations are in the order written.
struct Tree {
  source::FileId file;
  std::optional<Header> header;
  std::vector<DeclarationId> top;
  std::vector<Declaration> declarations;
  std::vector<source::Range> declaration_ranges;
  std::vector<Expression> expressions;
  std::vector<source::Range> expression_ranges;

  const Expression& operator[](ExpressionId id) const { return expressions[id.index]; }
  const Declaration& operator[](DeclarationId id) const { return declarations[id.index]; }
  source::Range RangeOf(ExpressionId id) const { return expression_ranges[id.index]; }
  source::Range RangeOf(DeclarationId id) const { return declaration_ranges[id.index]; }
  ExpressionId Add(Expression expression, source::Range range);
  DeclarationId Add(Declaration declaration, source::Range range);
};

}  // namespace pol::syntax
