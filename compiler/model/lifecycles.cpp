// Lifecycles, the first step: when one starts, how long it is valid, and the events of its list.
#include "compiler/model/lifecycles.h"

#include "compiler/model/declare.h"
#include "compiler/model/moments.h"
#include "compiler/model/words.h"

namespace pol::model {

using program::ValueKind;

namespace {

// What can be asked of a lifecycle beside its state. Names like those of facts, not keywords.
struct PartName {
  const char* english;
  const char* chinese;
  LifecyclePart part;
};
constexpr PartName kStartName{"start", "取得日", LifecyclePart::kStart};
constexpr PartName kExpiryName{"expiry", "到期日", LifecyclePart::kExpiry};
constexpr PartName kPartNames[] = {kStartName,
                                   {"since", "状态起始日", LifecyclePart::kSince},
                                   kExpiryName,
                                   {"barred", "禁入", LifecyclePart::kBarred}};

}  // namespace

LifecycleTyper::LifecycleTyper(Context& context, Typer& typer, std::uint32_t index)
    : context_(context),
      typer_(typer),
      index_(index),
      source_(context.lifecycles[index]),
      declaration_(*source_.source.declaration),
      environment_{.tree = source_.source.tree, .bindings = &bindings_},
      range_(context.model.lifecycles[index].range) {
  BindNames();
}

// ---- Expressions ----

ExpressionId LifecycleTyper::AsOfDate(std::uint32_t domain) {
  return context_.Lift(context_.Emit(AsOf{}, DateType(), 0, range_), domain);
}

ExpressionId LifecycleTyper::Compare(program::Comparison comparison, ExpressionId left, ExpressionId right) {
  return context_.EmitCompare(comparison, left, right, range_);
}

ExpressionId LifecycleTyper::Choose(ExpressionId condition, ExpressionId then, ExpressionId otherwise) {
  const ExpressionInfo info = context_.model.InfoOf(then);
  return context_.Emit(Conditional{condition, then, otherwise}, info.type, info.domain, range_);
}

ExpressionId LifecycleTyper::Later(ExpressionId left, ExpressionId right, bool later) {
  const auto comparison = later ? program::Comparison::kGreaterEqual : program::Comparison::kLessEqual;
  return Choose(Compare(comparison, left, right), left, right);
}

ExpressionId LifecycleTyper::AddTo(ExpressionId date, ExpressionId amount, PeriodUnit unit) {
  const std::uint32_t domain = context_.DomainOf(date);
  const AddPeriod add{.start = date, .amount = context_.Lift(amount, domain), .unit = unit};
  return context_.Emit(add, DateType(), domain, range_);
}

ExpressionId LifecycleTyper::AddTo(ExpressionId date, int amount, PeriodUnit unit) {
  return AddTo(date, context_.EmitNumber(amount, CountType(), 0, range_), unit);
}

ExpressionId LifecycleTyper::StateCode(std::uint32_t state) {
  program::ValueType type = TypeOf(ValueKind::kEnumeration);
  type.enumeration = model().enumeration;
  return context_.EmitCode(static_cast<std::int32_t>(state), type, 0, range_);
}

ExpressionId LifecycleTyper::Undated() { return context_.Emit(UndatedMoment{}, DateType(), 0, range_); }

std::optional<std::pair<ExpressionId, PeriodUnit>> LifecycleTyper::Period(syntax::ExpressionId id) {
  const Value period = typer_.Of(environment_, id);
  if (!period.ok()) return std::nullopt;
  const bool fits = period.form == Form::kPeriod && period.unit != syntax::PeriodUnit::kWorkingDays;
  if (!fits) {
    context_.Error(Kind::kLifecyclePeriod, period.range, {context_.WordsOf(period.range)});
    return std::nullopt;
  }
  const bool days = period.unit == syntax::PeriodUnit::kDays;
  return std::pair{days ? period.id : typer_.MonthsOf(period),
                   days ? PeriodUnit::kDays : PeriodUnit::kMonths};
}

// ---- Events ----

std::optional<std::uint32_t> LifecycleTyper::EventList(Range range) {
  const syntax::Name& list = declaration_.list;
  if (!list.valid()) {
    context_.Error(Kind::kEventWithoutList, range, {model().naming.name});
    return std::nullopt;
  }
  const Symbol* symbol = context_.scope.Find(list.text);
  if (symbol != nullptr && symbol->kind == SymbolKind::kList) return symbol->index;
  // Said once, of the first event.
  if (!source_.failed) {
    auto& error = context_.Error(Kind::kLifecycleOverNoList, list.range, {list.text});
    std::vector<std::string> lists;
    for (const program::Domain& domain : context_.model.schema.domains) {
      if (domain.kind == program::DomainKind::kList) lists.push_back(domain.naming.name);
    }
    context_.Suggest(error, list.range, list.text, lists);
  }
  source_.failed = true;
  return std::nullopt;
}

ExpressionId LifecycleTyper::TimeOf(std::uint32_t list, Range range) {
  const auto field = typer_.OrderField(list, range);
  return field ? typer_.ReadFact({environment_, range}, *field).id : ExpressionId{};
}

// The event's name is a member of one of the enumerations among the fields of an element.
ExpressionId LifecycleTyper::IsEvent(std::uint32_t list, const syntax::Name& event) {
  const DomainNames& names = context_.domains[list];
  std::vector<FactId> fields;
  std::vector<std::string> known;
  for (const std::string& name : names.order) {
    const Symbol& symbol = names.fields.at(name);
    if (symbol.kind != SymbolKind::kFact || symbol.index == program::kNone) continue;
    const program::ValueType& type = context_.model.schema.facts[symbol.index].type;
    if (type.kind != ValueKind::kEnumeration) continue;
    if (context_.members[type.enumeration].contains(event.text)) fields.push_back(FactId{symbol.index});
    for (const program::Naming& member : context_.model.schema.enumerations[type.enumeration].members) {
      known.push_back(member.name);
    }
  }
  if (fields.size() != 1) {
    const Kind kind = fields.empty() ? Kind::kUnknownEvent : Kind::kAmbiguousEvent;
    auto& error = context_.Error(kind, event.range, {event.text, declaration_.list.text});
    if (fields.empty()) context_.Suggest(error, event.range, event.text, known);
    return {};
  }
  const Value field = typer_.ReadFact({environment_, event.range}, fields.front());
  const std::int32_t code =
      static_cast<std::int32_t>(context_.members[field.type.enumeration].at(event.text));
  const ExpressionId member = context_.EmitCode(code, field.type, list, event.range);
  const ExpressionId equal = context_.EmitCompare(program::Comparison::kEqual, field.id, member, event.range);
  return typer_.Guard(equal, field.presences, event.range);
}

ExpressionId LifecycleTyper::Where(std::uint32_t list, syntax::ExpressionId where) {
  Environment inside = environment_;
  inside.outer = &environment_;
  inside.bindings = nullptr;
  inside.element_domain = list;
  const Value value = typer_.Of(inside, where);
  const ExpressionId condition = typer_.Condition(value);
  if (!condition.valid()) return {};
  if (value.domain != 0 && value.domain != list) {
    context_.Error(Kind::kConditionOfOtherElements, value.range, {context_.WordsOf(value.range)});
    return {};
  }
  return context_.Lift(condition, list);
}

Occurrences LifecycleTyper::EventsNamed(const syntax::Name& event, syntax::ExpressionId where) {
  Occurrences events;
  const auto list = EventList(event.range);
  if (!list) return events;
  events.list = *list;
  events.time = TimeOf(*list, event.range);
  events.condition = IsEvent(*list, event);
  if (!events.condition.valid() || !where.valid()) return events;
  const ExpressionId condition = Where(*list, where);
  events.condition = condition.valid() ? context_.EmitAll({events.condition, condition}, *list, event.range)
                                       : ExpressionId{};
  return events;
}

ExpressionId LifecycleTyper::Within(const Occurrences& occurrences, ExpressionId after, Range range) {
  std::vector<ExpressionId> conditions = {
      occurrences.condition,
      Compare(program::Comparison::kLessEqual, occurrences.time, AsOfDate(occurrences.list))};
  if (after.valid()) {
    conditions.push_back(Compare(program::Comparison::kGreaterEqual, occurrences.time,
                                 context_.Lift(after, occurrences.list)));
  }
  return context_.EmitAll(std::move(conditions), occurrences.list, range);
}

ExpressionId LifecycleTyper::FoldOf(FoldOperator operation, const Occurrences& occurrences,
                                    ExpressionId condition, Range range) {
  if (operation == FoldOperator::kAny) {
    const ExpressionId all = context_.EmitTruth(true, occurrences.list, range);
    return context_.Emit(Fold{operation, occurrences.list, condition, all, {}}, TruthType(), 0, range);
  }
  return context_.Emit(Fold{operation, occurrences.list, occurrences.time, condition, {}}, DateType(), 0,
                       range);
}

// ---- Start and validity ----

// Whether and when it happened, up to the as-of date and from `after` on.
bool LifecycleTyper::TypeOccasion(const syntax::Occasion& at, ExpressionId& happened, ExpressionId& date,
                                  bool latest, ExpressionId after) {
  if (at.event.valid()) {
    const Occurrences events = EventsNamed(at.event, at.where);
    if (!events.ok()) return false;
    const ExpressionId within = Within(events, after, at.range);
    happened = FoldOf(FoldOperator::kAny, events, within, at.range);
    date = FoldOf(latest ? FoldOperator::kMaximum : FoldOperator::kMinimum, events, within, at.range);
    return true;
  }
  const Value value = typer_.Of(environment_, at.date);
  if (!typer_.MustBeDate(value) || !typer_.MustBeOfRecord(value)) return false;
  std::vector<ExpressionId> conditions = {Compare(program::Comparison::kLessEqual, value.id, AsOfDate(0))};
  if (after.valid()) {
    conditions.push_back(Compare(program::Comparison::kGreaterEqual, value.id, after));
  }
  happened = typer_.Guard(context_.EmitAll(std::move(conditions), 0, at.range), value.presences, at.range);
  date = value.id;
  return true;
}

// Valid through the corresponding day: the Civil Code lets a period begin the day after, and a title that is
// valid on its last day is not moved by a holiday.
void LifecycleTyper::TypeValidity(syntax::ExpressionId period) {
  const auto length = Period(period);
  if (!length) {
    source_.failed = true;
    return;
  }
  const ExpressionId expiry = AddTo(model().start, length->first, length->second);
  model().expiry = expiry;
}

// In its own block a lifecycle's start and expiry go by these names.
void LifecycleTyper::BindNames() {
  const auto bind = [&](const PartName& name, ExpressionId id) {
    if (!id.valid()) return;
    bindings_.insert_or_assign(name.english, typer_.Scalar(id, range_));
    bindings_.insert_or_assign(name.chinese, typer_.Scalar(id, range_));
  };
  bind(kStartName, model().start);
  bind(kExpiryName, model().expiry);
}

void LifecycleTyper::TypeStart() {
  source_.duties = Progress::kUnderWay;
  for (const syntax::LifecycleMember& member : declaration_.members) {
    const auto* start = std::get_if<syntax::LifecycleStart>(&member);
    if (start == nullptr || model().start.valid()) continue;
    ExpressionId started;
    ExpressionId date;
    if (!TypeOccasion(start->at, started, date, true, {})) {
      source_.failed = true;
      continue;
    }
    model().started = started;
    model().start = date;
    if (start->period.valid()) TypeValidity(start->period);
  }
  BindNames();
  // What is wrong with these is said already.
  if (source_.failed) {
    for (const PartName& name : {kStartName, kExpiryName}) {
      bindings_.try_emplace(name.english);
      bindings_.try_emplace(name.chinese);
    }
  }
  std::size_t at = 0;
  for (const syntax::LifecycleMember& member : declaration_.members) {
    const auto* written = std::get_if<syntax::LifecycleDuty>(&member);
    if (written == nullptr) continue;
    Duty duty = model().duties[at];
    if (model().start.valid()) TypeDuty(*written, duty);
    model().duties[at++] = std::move(duty);
  }
  source_.duties = Progress::kDone;
}

void TypeLifecycles(Context& context, Typer& typer) {
  for (std::uint32_t index = 0; index < context.lifecycles.size(); ++index) typer.DefineDuties(index);
}

void TypeLifecycleStates(Context& context, Typer& typer) {
  for (std::uint32_t index = 0; index < context.lifecycles.size(); ++index) {
    const LifecycleSource& source = context.lifecycles[index];
    if (source.failed || !context.model.lifecycles[index].start.valid()) continue;
    LifecycleTyper(context, typer, index).TypeStates();
  }
}

// ---- What the rest of the policy asks of lifecycles ----

void Typer::DefineDuties(std::uint32_t index) {
  if (context_.lifecycles[index].duties != Progress::kNotYet) return;
  LifecycleTyper(context_, *this, index).TypeStart();
}

Value Typer::ReadLifecycle(const Site& site, std::uint32_t index, LifecyclePart part) {
  const Lifecycle& lifecycle = context_.model.lifecycles[index];
  if (site.environment.raw || site.environment.constant_only) {
    context_.Error(site.environment.raw ? Kind::kCitationInHolds : Kind::kNotConstant, site.range,
                   {lifecycle.naming.name});
    return {};
  }
  program::ValueType type = DateType();
  if (part == LifecyclePart::kBarred) type = TruthType();
  if (part == LifecyclePart::kState) {
    type = TypeOf(ValueKind::kEnumeration);
    type.enumeration = lifecycle.enumeration;
  }
  const auto emit = [&](LifecyclePart of, const program::ValueType& as) {
    return context_.Emit(LifecycleValue{LifecycleId{index}, of}, as, 0, site.range);
  };
  Value value = Scalar(emit(part, type), site.range);
  const bool date = type.kind == ValueKind::kDate;
  if (date) value.presences.push_back({emit(LifecyclePart::kStarted, TruthType()), {}});
  return value;
}

Value Typer::PartOfLifecycle(const Site& site, std::uint32_t index, const syntax::Name& name) {
  std::vector<std::string> has;
  for (const PartName& one : kPartNames) {
    const bool missing = (one.part == LifecyclePart::kExpiry && !HasValidity(index)) ||
                         (one.part == LifecyclePart::kBarred && !HasBar(index));
    if (missing) continue;
    if (name.text == one.english || name.text == one.chinese) return ReadLifecycle(site, index, one.part);
    has.insert(has.end(), {one.english, one.chinese});
  }
  auto& error = context_.Error(Kind::kUnknownLifecyclePart, name.range,
                               {name.text, context_.model.lifecycles[index].naming.name});
  context_.Suggest(error, name.range, name.text, has);
  return {};
}

bool Typer::HasValidity(std::uint32_t index) const {
  for (const syntax::LifecycleMember& member : context_.lifecycles[index].source.declaration->members) {
    const auto* start = std::get_if<syntax::LifecycleStart>(&member);
    if (start != nullptr && start->period.valid()) return true;
  }
  return false;
}

bool Typer::HasBar(std::uint32_t index) const {
  for (const syntax::LifecycleMember& member : context_.lifecycles[index].source.declaration->members) {
    const auto* end = std::get_if<syntax::LifecycleEnd>(&member);
    if (end != nullptr && end->bar.kind != syntax::BarKind::kNone) return true;
    const auto* state = std::get_if<syntax::LifecycleState>(&member);
    if (state != nullptr && state->bar.kind != syntax::BarKind::kNone) return true;
  }
  return false;
}

Value Typer::On(const Site& site, const syntax::MissedDuty& node) {
  const std::string& name = node.duty.text;
  const auto place = context_.duties.find(name);
  if (place == context_.duties.end()) {
    auto& error = context_.Error(Kind::kUnknownDuty, node.duty.range, {name});
    std::vector<std::string> names;
    for (const Lifecycle& lifecycle : context_.model.lifecycles) {
      for (const Duty& duty : lifecycle.duties) names.push_back(duty.naming.name);
    }
    context_.Suggest(error, node.duty.range, name, names);
    return {};
  }
  if (site.environment.raw || site.environment.constant_only) {
    context_.Error(site.environment.raw ? Kind::kCitationInHolds : Kind::kNotConstant, site.range, {name});
    return {};
  }
  const DutyPlace duty = place->second;
  DefineDuties(duty.lifecycle.index);
  if (context_.lifecycles[duty.lifecycle.index].duties == Progress::kUnderWay) {
    context_.Error(Kind::kDutyOfItself, site.range,
                   {name, context_.model.lifecycles[duty.lifecycle.index].naming.name});
    return {};
  }
  const Duty& typed = context_.model.lifecycles[duty.lifecycle.index].duties[duty.duty];
  if (!typed.missed.valid()) return {};
  const std::uint32_t domain = context_.DomainOf(typed.missed);
  Value value = Scalar(context_.Emit(MissedDuty{duty.lifecycle, duty.duty}, TruthType(), domain, site.range),
                       site.range);
  value.own_years = context_.model.lifecycles[duty.lifecycle.index].duties[duty.duty].window;
  return value;
}

}  // namespace pol::model
