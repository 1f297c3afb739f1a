// Gives every expression of the policy its meaning and its type, and builds the model's expression for it.
// One overload of On for each node of the syntax tree; those of one idea stand in one typer_*.cpp file.
// Tested by tests/compiler/model_types_test.cpp, model_names_test.cpp, model_series_test.cpp and
// model_bands_test.cpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/model/bands.h"
#include "compiler/model/context.h"

namespace pol::model {

class Typer {
 public:
  explicit Typer(Context& context) : context_(context) {}

  // What the expression means. `expected` is the type that the place asks for, which tells members of
  // enumerations that share a name apart, and a region's name from a text.
  Value Of(const Environment& environment, syntax::ExpressionId id,
           const program::ValueType* expected = nullptr);
  // A condition about the record. Invalid when something was wrong.
  ExpressionId RecordCondition(const Environment& environment, syntax::ExpressionId id);
  // A date of the record, always given: invalid when something was wrong.
  ExpressionId RecordDate(const Environment& environment, syntax::ExpressionId id);
  // A condition in whatever domain; false where an optional fact it reads is absent.
  ExpressionId Condition(const Value& value);
  // A value known when the policy is compiled, of the type expected (if any); reported otherwise.
  std::optional<Constant> ConstantOf(const Environment& environment, syntax::ExpressionId id,
                                     const program::ValueType* expected, Value* typed = nullptr);
  // In `holds` conditions a comparison with what is absent says nothing, and so does not make the other facts
  // contradictory.
  void SetHolds(bool holds) { holds_ = holds; }
  // The facts that have been read since the last call, for `holds`.
  std::vector<FactId> TakeFactsRead();

  void DefineParameter(std::uint32_t index);
  void DefineLet(std::uint32_t index);
  void DefineGrant(std::uint32_t index);
  void DefineScore(std::uint32_t index);
  // A lifecycle's start and its duties (lifecycles.cpp).
  void DefineDuties(std::uint32_t index);
  // A function that nothing calls is typed once with stand-ins for its arguments, so that its mistakes are
  // found.
  void CheckUncalled(std::uint32_t index);

  // The type that a declaration names; the error is reported.
  std::optional<program::ValueType> TypeNamed(const syntax::Type& type);
  // Whether the value is of the type, or a bare number that serves as one.
  bool Fits(const program::ValueType& wanted, const Value& value) const;

 private:
  friend class LifecycleTyper;

  struct Site {
    const Environment& environment;
    Range range;
    const program::ValueType* expected = nullptr;
  };

  // Literals and names (typer_names.cpp).
  Value On(const Site& site, const syntax::NumberLiteral& node);
  Value On(const Site& site, const syntax::DateLiteral& node);
  Value On(const Site& site, const syntax::TextLiteral& node);
  Value On(const Site& site, const syntax::TruthLiteral& node);
  Value On(const Site& site, const syntax::NameReference& node);
  Value On(const Site& site, const syntax::AsOf& node);
  Value On(const Site& site, const syntax::CitationReference& node);
  Value On(const Site& site, const syntax::Member& node);
  Value On(const Site& site, const syntax::ErrorExpression& node);
  const Symbol* FindLocal(const Environment& environment, const std::string& name,
                          const Value** binding) const;
  Value ReadSymbol(const Site& site, const Symbol& symbol, const std::string& name);
  Value ReadFact(const Site& site, FactId fact);
  Value ReadLet(const Site& site, std::uint32_t index);
  Value ReadParameter(const Site& site, std::uint32_t index);
  Value ReadGrant(const Site& site, std::uint32_t index);
  Value ReadMember(const Site& site, std::uint32_t enumeration, const std::string& name, Range range);
  Value MemberOfElement(const Site& site, const Value& element, const syntax::Name& name);
  Value MemberOfList(const Site& site, const Value& list, const syntax::Name& name);
  Value MemberOfChecklist(const Site& site, const Value& checklist, const syntax::Name& name);
  const Symbol* FieldNamed(std::uint32_t domain, const syntax::Name& name);
  Value UnknownName(const Site& site, const std::string& name);
  Value AmbiguousMember(const Site& site, const std::string& name);
  std::optional<std::int32_t> RegionNamed(const std::string& name, Range range);

  // Definitions and calls (typer_calls.cpp).
  Value On(const Site& site, const syntax::Call& node);
  std::optional<Value> Argument(const Site& site, const syntax::FunctionParameter& parameter,
                                syntax::ExpressionId argument);
  std::optional<Value> SimpleArgument(const syntax::FunctionParameter& parameter, Value value);
  std::optional<Value> StandIn(const syntax::FunctionParameter& parameter);
  Value RawLet(std::uint32_t index, Range range);
  void InheritType(std::uint32_t index);
  void DeclareType(std::uint32_t index, const syntax::Type& written);
  void AddParameterValue(std::uint32_t index, const syntax::DatedValue& dated, const syntax::Tree& tree);

  // Grants (typer_grants.cpp).
  void TypeGrant(std::uint32_t index);
  bool MustBeAmount(const Value& value);

  // Scores (typer_scores.cpp).
  Value On(const Site& site, const syntax::ForEvery& node);
  // The total, or the points of one item.
  Value ReadScore(const Site& site, std::uint32_t index, std::uint32_t item = program::kNone);
  Value PartOfScore(const Site& site, std::uint32_t index, const syntax::Name& name);
  void TypeScore(std::uint32_t index);
  bool AddScoreItem(const Environment& environment, const syntax::ScoreItem& written, Score& score);
  bool MustBePoints(const Value& value);

  // What an amount or points are kept within (typer_limits.cpp).
  struct Limited {
    std::string name;
    Range declared;
    program::ValueType type;
    Range range;         // of what is limited, as written
    ExpressionId value;  // within the limits so far
    std::vector<Limit> limits;
  };
  // False when something was wrong.
  bool AddLimits(const Environment& environment, const std::vector<syntax::Limit>& written, Limited& limited);
  bool AddLimit(const Environment& environment, const syntax::Limit& limit, Limited& limited);
  bool LimitTwice(const std::vector<syntax::Limit>& limits, std::size_t at);
  bool LimitsExclude(const Limited& limited);

  // Lifecycles (lifecycles.cpp).
  Value On(const Site& site, const syntax::MissedDuty& node);
  Value ReadLifecycle(const Site& site, std::uint32_t index, LifecyclePart part);
  Value PartOfLifecycle(const Site& site, std::uint32_t index, const syntax::Name& name);
  bool HasValidity(std::uint32_t index) const;
  bool HasBar(std::uint32_t index) const;

  // Arithmetic (typer_arithmetic.cpp).
  Value On(const Site& site, const syntax::Unary& node);
  Value On(const Site& site, const syntax::Binary& node);
  Value On(const Site& site, const syntax::Extreme& node);
  Value On(const Site& site, const syntax::Round& node);
  Value On(const Site& site, const syntax::Conditional& node);
  Value Default(const Site& site, const syntax::Binary& node);
  Value Combine(const Site& site, syntax::BinaryOperator operation, const Value& left, const Value& right);
  Value DateArithmetic(const Site& site, bool add, const Value& left, const Value& right);
  std::optional<program::ValueType> SumType(const Value& left, const Value& right, bool add) const;
  std::optional<program::ValueType> ProductType(const Value& left, const Value& right) const;
  std::optional<program::ValueType> QuotientType(const Value& left, const Value& right) const;
  Value ArithmeticMismatch(const Site& site, syntax::BinaryOperator operation, const Value& left,
                           const Value& right);

  // Dates and periods (typer_dates.cpp).
  Value On(const Site& site, const syntax::Period& node);
  Value On(const Site& site, const syntax::Term& node);
  Value On(const Site& site, const syntax::Elapsed& node);
  Value On(const Site& site, const syntax::PartOfDate& node);
  Value AddPeriodTo(const Value& date, const Value& period, bool negative, bool term, Range range);
  ExpressionId MonthsOf(const Value& period);
  std::uint32_t CalendarFor(Range range);

  // Windows (typer_windows.cpp).
  Value On(const Site& site, const syntax::Window& node);
  Value On(const Site& site, const syntax::LengthOf& node);
  Value On(const Site& site, const syntax::InWindow& node);
  Value YearRange(const Site& site, const Value& first, const Value& last);
  Value YearWindow(const Site& site, const syntax::Window& node, const Value& period, const Value& anchor,
                   const Value* since);
  Value DateWindow(const Site& site, const syntax::Window& node, const Value& period, const Value& anchor,
                   const Value* since);
  ExpressionId LaterOf(ExpressionId left, ExpressionId right, Range range);
  // Truth: the date or year is in the window. Operand and window are lifted to one domain.
  ExpressionId Membership(const Value& operand, const Value& window, Range range);
  ExpressionId YearMask(const Value& window, Range range);

  // Comparisons and logic (typer_conditions.cpp).
  Value On(const Site& site, const syntax::Logic& node);
  Value On(const Site& site, const syntax::Comparison& node);
  Value On(const Site& site, const syntax::InInterval& node);
  Value On(const Site& site, const syntax::InSet& node);
  Value On(const Site& site, const syntax::Within& node);
  Value On(const Site& site, const syntax::Presence& node);
  ExpressionId Compare(program::Comparison comparison, const Value& left, const Value& right, Range range);
  ExpressionId CompareTruths(bool equal, ExpressionId left, ExpressionId right, Range range);
  bool Comparable(program::Comparison comparison, const Value& left, const Value& right, Range range);
  void CompareMismatch(const Value& left, const Value& right, Range range);
  Value Predicate(ExpressionId condition, bool negated, const std::vector<const Value*>& operands,
                  Range range);

  // Aggregates over years and lists (typer_series.cpp, typer_aggregates.cpp).
  struct Selected {
    bool ok = false;
    Value operand;
    std::uint32_t domain = 0;
    ExpressionId window;  // truth in the domain; invalid without
    ExpressionId where;   // ditto
  };
  Value On(const Site& site, const syntax::Trend& node);
  Value On(const Site& site, const syntax::Running& node);
  Value On(const Site& site, const syntax::GrowthOf& node);
  Value On(const Site& site, const syntax::ValueOf& node);
  Value On(const Site& site, const syntax::Aggregate& node);
  Selected Select(const Site& site, const syntax::Selection& selection, Value of);
  ExpressionId ListMask(std::uint32_t domain, const Value& window, const Environment& environment,
                        Range range);
  std::optional<FactId> OrderField(std::uint32_t domain, Range range);
  ExpressionId SelectedLanes(const Selected& selected, Range range);
  Value Total(const Site& site, syntax::AggregateOperator operation, const Selected& selected);
  Value Count(const Site& site, const Selected& selected);
  Value LatestElement(const Site& site, bool latest, const Selected& selected);
  Value PickOf(const Site& site, const Value& element, ExpressionId value);
  // The series' value in one year of the record, as a fold.
  ExpressionId InYear(const Value& series, ExpressionId year, Range range);
  std::optional<ExpressionId> YearOperand(const Site& site, syntax::ExpressionId id);
  std::optional<Value> SeriesOperand(const Site& site, syntax::ExpressionId id);

  // Quantifiers (typer_quantifiers.cpp).
  Value On(const Site& site, const syntax::QuantifiedList& node);
  Value On(const Site& site, const syntax::QuantifiedSelection& node);
  Value QuantifyCitation(const Site& site, const syntax::Quantifier& quantifier,
                         const syntax::Citation& citation);
  Value QuantifyAll(const Site& site, const syntax::Quantifier& quantifier,
                    std::vector<ExpressionId> operands, std::uint32_t domain);
  Value QuantifyLanes(const Site& site, const syntax::Quantifier& quantifier, const Selected& selected);
  std::optional<ExpressionId> Threshold(const Site& site, const syntax::Quantifier& quantifier,
                                        std::optional<std::size_t> most);
  ExpressionId OneMore(ExpressionId threshold, Range range);

  // Bands (typer_bands.cpp).
  Value On(const Site& site, const syntax::Bands& node);
  Value On(const Site& site, const syntax::Brackets& node);
  // Of a row of brackets: its interval, and the rate at which that part counts.
  bool BracketPattern(const Site& site, const syntax::Pattern& pattern, BandTable& table, BracketRow& row);
  Value BracketRate(const Site& site, const Value& subject, const Value& rate);
  ExpressionId BandPattern(const Site& site, const Value& subject, const syntax::Pattern& pattern,
                           BandTable& table);
  Value BandBodies(const Site& site, const syntax::Bands& node, const Value& subject,
                   std::vector<BandRow> rows);

  // Shared.
  Value Scalar(ExpressionId id, Range range, std::vector<Presence> presences = {}) const;
  // Several expressions that should be of one type: what one of them is tells the names in the others apart.
  std::vector<Value> Alike(const Environment& environment, const std::vector<syntax::ExpressionId>& ids,
                           const program::ValueType* expected);
  bool MayBeMember(const Environment& environment, syntax::ExpressionId id) const;
  // The one type of two values that can be compared or chosen between; nullopt without.
  std::optional<program::ValueType> Join(const Value& left, const Value& right) const;
  // The one domain that all can be lifted to; reported without.
  std::optional<std::uint32_t> CommonDomain(const std::vector<const Value*>& values, Range range);
  ExpressionId Guard(ExpressionId condition, const std::vector<Presence>& presences, Range range);
  // Truth: the value is there.
  ExpressionId PresenceOf(const Value& value, std::uint32_t domain, Range range);
  static std::vector<Presence> Merge(std::vector<Presence> left, const std::vector<Presence>& right);
  // Reports a value that may be absent where it must not be.
  bool MustBeGiven(const Value& value);
  bool MustBeScalar(const Value& value);
  bool MustBeOfRecord(const Value& value);
  bool MustBeDate(const Value& value);
  bool MustBeCount(const Value& value);
  bool MustBeYears(const Value& value);
  void NoteSides(diagnostics::Diagnostic& error, const Value& left, const Value& right);
  std::optional<Rational> KnownNumber(ExpressionId id) const;

  Context& context_;
  bool holds_ = false;
  std::vector<FactId> facts_read_;
  std::vector<std::string> expanding_;  // names of the definitions under way, for chains
};

}  // namespace pol::model
