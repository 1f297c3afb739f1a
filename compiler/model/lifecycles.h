// What the passes that type lifecycles share: the lifecycle at hand, and its events as conditions on the
// elements of its list. Tested by tests/compiler/lifecycles_test.cpp.
#pragma once

#include <string>
#include <unordered_map>

#include "compiler/model/context.h"
#include "compiler/model/typer.h"

namespace pol::model {

// Elements of a list: those that a condition holds of, and when each was.
struct Occurrences {
  std::uint32_t list = 0;
  ExpressionId condition;  // truth, in the list; invalid when something was wrong
  ExpressionId time;       // date, in the list
  bool ok() const { return condition.valid() && time.valid(); }
};

class LifecycleTyper {
 public:
  LifecycleTyper(Context& context, Typer& typer, std::uint32_t index);

  // Its start, validity and duties (lifecycles.cpp).
  void TypeStart();
  // What ends it, and its states (lifecycle_states.cpp).
  void TypeStates();

 private:
  // One way in which it ends. Both mean nothing before it has started.
  struct End {
    std::uint32_t state = 0;
    ExpressionId holds;  // truth
    ExpressionId date;   // invalid: not recorded
    bool expires = false;
  };

  struct Standing {
    ExpressionId state;
    ExpressionId since;
  };

  // ---- Start and validity ----
  bool TypeOccasion(const syntax::Occasion& at, ExpressionId& happened, ExpressionId& date, bool latest,
                    ExpressionId after);
  void TypeValidity(syntax::ExpressionId period);
  void BindNames();

  // ---- Events ----
  std::optional<std::uint32_t> EventList(Range range);
  Occurrences EventsNamed(const syntax::Name& event, syntax::ExpressionId where);
  ExpressionId IsEvent(std::uint32_t list, const syntax::Name& event);
  ExpressionId Where(std::uint32_t list, syntax::ExpressionId where);
  ExpressionId TimeOf(std::uint32_t list, Range range);
  // Those up to the as-of date and, where `after` is valid, from that date of the record on.
  ExpressionId Within(const Occurrences& occurrences, ExpressionId after, Range range);
  ExpressionId FoldOf(FoldOperator operation, const Occurrences& occurrences, ExpressionId condition,
                      Range range);

  // ---- Duties (duties.cpp) ----
  void TypeDuty(const syntax::LifecycleDuty& written, Duty& duty);
  bool TypeDueOnce(const syntax::LifecycleDuty& written, Duty& duty);
  bool TypeRecurring(const syntax::LifecycleDuty& written, Duty& duty);
  bool TypeWindow(const syntax::LifecycleDuty& written, Duty& duty);
  std::optional<Rational> YearsBetween(const syntax::LifecycleDuty& written);
  bool TypeDay(const syntax::LifecycleDuty& written, ExpressionId lane_year, Duty& duty);
  void TypeCorrespondingDay(ExpressionId years, Duty& duty);
  bool TypeMet(const syntax::LifecycleDuty& written, Duty& duty);
  bool MetByElements(const syntax::LifecycleDuty& written, const Occurrences& occurrences, Range range,
                     Duty& duty);
  bool MetByValue(const Value& value, Duty& duty);
  ExpressionId PeriodOf(const syntax::LifecycleDuty& written, const Occurrences& occurrences, Range range);
  ExpressionId FallsOnMovedDay(ExpressionId start, ExpressionId months, ExpressionId date);
  ExpressionId TermOf(const Rational& years, const Occurrences& occurrences, Range range);
  ExpressionId Nominal(ExpressionId due);
  void TypeMissed(Duty& duty);

  // ---- States ----
  Standing BeforeStart();
  std::vector<End> TypeEnds();
  void AddEnd(const syntax::LifecycleEnd& written, std::vector<End>& ends);
  ExpressionId IsFirstDated(const std::vector<End>& ends, std::size_t at);
  std::vector<ExpressionId> Firsts(const std::vector<End>& ends);
  bool TypeMachine();
  // The state that events have led to by a date, and since when.
  Standing Led(ExpressionId until);
  Standing EndedOr(const std::vector<End>& ends, const Standing& running);
  bool AddTransitions(const syntax::LifecycleState& state, program::MachineState& machine,
                      std::vector<ExpressionId>& conditions);
  bool AddTimeout(const syntax::LifecycleTransition& transition, program::MachineState& machine);
  ExpressionId InFinalState(ExpressionId state);
  void TypeBars();
  const syntax::Bar* BarOf(std::uint32_t state) const;

  // ---- Expressions ----
  ExpressionId AsOfDate(std::uint32_t domain);
  ExpressionId Compare(program::Comparison comparison, ExpressionId left, ExpressionId right);
  ExpressionId Choose(ExpressionId condition, ExpressionId then, ExpressionId otherwise);
  ExpressionId Later(ExpressionId left, ExpressionId right, bool later);
  ExpressionId AddTo(ExpressionId date, ExpressionId amount, PeriodUnit unit);
  ExpressionId AddTo(ExpressionId date, int amount, PeriodUnit unit);
  ExpressionId StateCode(std::uint32_t state);
  ExpressionId Undated();
  // The period's amount in its unit, months for years; nullopt, and reported, when it is in working days.
  std::optional<std::pair<ExpressionId, PeriodUnit>> Period(syntax::ExpressionId id);

  Context& context_;
  Typer& typer_;
  std::uint32_t index_;
  LifecycleSource& source_;
  const syntax::Lifecycle& declaration_;
  std::unordered_map<std::string, Value> bindings_;
  Environment environment_;
  Range range_;
  std::optional<Walk> walk_;   // through the states that events lead to, if there are any
  std::uint32_t initial_ = 0;  // the state it starts in

  Lifecycle& model() { return context_.model.lifecycles[index_]; }
};

}  // namespace pol::model
