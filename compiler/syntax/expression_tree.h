// The expressions of the syntax tree, and the names, texts and citations that everything in it is made of.
// Part of tree.h, which says what the tree is; tested with it by tests/compiler/parse_test.cpp.
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
struct ForEvery {  // 1 for every 2 of years_operated: for every full one
  ExpressionId amount;
  ExpressionId size;
  ExpressionId operand;
  source::Range counted;  // for every 2 of years_operated
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
                 GrowthOf, ValueOf, Round, ForEvery, MissedDuty, ErrorExpression>;

}  // namespace pol::syntax
