// What an expression of the policy means while it is being typed. Most are scalars, which the model has
// expressions for; periods, windows, lists and elements exist only here, and are gone once whatever uses them
// is built. Tested by tests/compiler/model_types_test.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "compiler/model/model.h"
#include "compiler/source/source.h"
#include "compiler/syntax/tree.h"
#include "runtime/program/schema.h"

namespace pol::model {

enum class Form : std::uint8_t {
  kError,     // reported already; whatever uses it stays silent
  kScalar,    // one value in each lane of `domain`: of the record, of each year, of each element of a list
  kPeriod,    // 3 months: `id` is the amount
  kYears,     // a window of years
  kDates,     // a window of dates
  kList,      // a list of the record; `domain` is its elements'
  kElement,   // the latest or earliest element of a list
  kChecklist  // a checklist of the record or of an element
};

// What must be true for a value to be there: the optional facts it is made of are given.
struct Presence {
  ExpressionId condition;  // truth, in the domain of the fact
  FactId fact;             // when it is the presence of just one fact
};

// A window's two ends; both in the same domain. Years are closed at both ends.
struct WindowEnds {
  ExpressionId first;
  ExpressionId last;
  bool first_closed = true;
  bool last_closed = true;
  bool single_year = false;  // `last year before …`, or one named by number
  bool may_be_empty = false;
};

struct ElementChoice {
  bool latest = true;
  ExpressionId order;
  ExpressionId condition;
};

struct Value {
  Form form = Form::kError;
  source::Range range;
  ExpressionId id;
  program::ValueType type;
  std::uint32_t domain = 0;
  bool bare = false;                // a number without a unit, as written or by way of a parameter or let
  bool whole = false;               // bare and whole: serves as a count or a year too
  std::vector<Presence> presences;  // empty: always there
  ExpressionId own_years;           // the years that a series is about by itself; else it needs a window
  syntax::PeriodUnit unit = syntax::PeriodUnit::kDays;
  WindowEnds window;
  ElementChoice element;
  std::uint32_t checklist = 0;  // kChecklist: index into Context::checklists

  bool ok() const { return form != Form::kError; }
  bool scalar() const { return form == Form::kScalar; }
  bool optional() const { return !presences.empty(); }
};

// Where a name is looked up before the policy's own names: a function's parameters, and the fields of the
// elements that a `where` is about.
struct Environment {
  const syntax::Tree* tree = nullptr;
  const Environment* outer = nullptr;  // of a `where`: what is around it
  const std::unordered_map<std::string, Value>* bindings =
      nullptr;                       // parameters of the function being expanded
  std::uint32_t element_domain = 0;  // of a `where` over a list
  bool raw = false;                  // in a `holds` condition: facts are what the data says
  bool constant_only = false;  // no facts here: what is written must be known when the policy is compiled
};

inline bool IsNumber(const program::ValueType& type) {
  using Kind = program::ValueKind;
  return type.kind == Kind::kMoney || type.kind == Kind::kPercent || type.kind == Kind::kNumber ||
         type.kind == Kind::kCount || type.kind == Kind::kYear;
}

inline program::ValueType TypeOf(program::ValueKind kind) { return {kind, {}, program::kNone}; }
inline program::ValueType TruthType() { return TypeOf(program::ValueKind::kTruth); }
inline program::ValueType CountType() { return TypeOf(program::ValueKind::kCount); }
inline program::ValueType NumberType() { return TypeOf(program::ValueKind::kNumber); }
inline program::ValueType DateType() { return TypeOf(program::ValueKind::kDate); }
inline program::ValueType YearType() { return TypeOf(program::ValueKind::kYear); }

}  // namespace pol::model
