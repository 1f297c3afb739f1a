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
#include "compiler/syntax/expression_tree.h"

namespace pol::syntax {

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
