#include "compiler/model/moments.h"

#include <utility>

namespace pol::model {
namespace {

// Conditions inside one another beyond what any law says are taken to have no date.
constexpr std::uint32_t kMostDepth = 200;

}  // namespace

std::optional<FactId> TimeField(const Context& context, std::uint32_t list) {
  const std::vector<FactId>& dates = context.domains[list].dates;
  if (dates.size() == 1) return dates.front();
  std::optional<FactId> always;
  for (const FactId date : dates) {
    if (context.model.schema.facts[date.index].optional) continue;
    if (always) return std::nullopt;
    always = date;
  }
  return always;
}

ExpressionId Moments::Of(ExpressionId condition) {
  if (const auto known = known_.find(condition.index); known != known_.end()) return known->second;
  if (depth_ >= kMostDepth) return {};
  ++depth_;
  const ExpressionId moment = Compute(condition);
  --depth_;
  known_.emplace(condition.index, moment);
  return moment;
}

ExpressionId Moments::Undated(std::uint32_t domain, Range range) {
  return context_.Emit(UndatedMoment{}, DateType(), domain, range);
}

ExpressionId Moments::LaterOf(ExpressionId left, ExpressionId right, bool later, Range range) {
  const auto comparison = later ? program::Comparison::kGreaterEqual : program::Comparison::kLessEqual;
  const ExpressionId first = context_.EmitCompare(comparison, left, right, range);
  return context_.Emit(Conditional{first, left, right}, DateType(), context_.DomainOf(left), range);
}

ExpressionId Moments::DayAfter(ExpressionId date, Range range) {
  const std::uint32_t domain = context_.DomainOf(date);
  const ExpressionId one = context_.EmitNumber(1, CountType(), domain, range);
  return context_.Emit(AddPeriod{.start = date, .amount = one}, DateType(), domain, range);
}

ExpressionId Moments::Compute(ExpressionId id) {
  const Expression expression = context_.model[id];  // emitting moves the model's own
  const ExpressionInfo info = context_.model.InfoOf(id);
  const auto carried = [&](ExpressionId operand, auto make) {
    const ExpressionId moment = Of(operand);
    return moment.valid() ? context_.Emit(make(moment), DateType(), info.domain, info.range) : moment;
  };
  if (const auto* missed = std::get_if<MissedDuty>(&expression)) {
    const ExpressionId due = context_.model.lifecycles[missed->lifecycle.index].duties[missed->duty].due;
    return due.valid() ? DayAfter(due, info.range) : ExpressionId{};
  }
  if (const auto* let = std::get_if<LetValue>(&expression)) {
    const ExpressionId value = context_.model.lets[let->let.index].value;
    return value.valid() ? Of(value) : value;
  }
  if (const auto* clause = std::get_if<ClauseValue>(&expression)) return OfClause(clause->clause, info.range);
  if (const auto* broadcast = std::get_if<Broadcast>(&expression)) {
    return carried(broadcast->operand, [](ExpressionId moment) { return Broadcast{moment}; });
  }
  if (const auto* previous = std::get_if<Previous>(&expression)) {
    return carried(previous->operand, [](ExpressionId moment) { return Previous{moment}; });
  }
  if (const auto* all = std::get_if<All>(&expression)) return OfAll(all->operands, id);
  if (const auto* any = std::get_if<Any>(&expression)) return OfAny(any->operands, id);
  if (const auto* comparison = std::get_if<Comparison>(&expression)) return OfComparison(*comparison, id);
  if (const auto* fold = std::get_if<Fold>(&expression)) return OfFold(*fold, id);
  if (const auto* choice = std::get_if<Conditional>(&expression)) {
    const ExpressionId then = Of(choice->then);
    const ExpressionId otherwise = Of(choice->otherwise);
    if (!then.valid() && !otherwise.valid()) return {};
    const auto dated = [&](ExpressionId one) { return one.valid() ? one : Undated(info.domain, info.range); };
    return context_.Emit(Conditional{choice->condition, dated(then), dated(otherwise)}, DateType(),
                         info.domain, info.range);
  }
  return {};
}

// A clause that others replace holds for reasons of theirs, too: when, nobody can say in general.
ExpressionId Moments::OfClause(ClauseId id, Range range) {
  if (const auto known = of_clause_.find(id.index); known != of_clause_.end()) return known->second;
  of_clause_.emplace(id.index, ExpressionId{});  // a clause made of itself is reported elsewhere
  const Clause clause = context_.model.clauses[id.index];
  if (!clause.replaced_by.empty()) return {};
  ExpressionId moment;
  if (clause.condition.valid()) {
    moment = Of(clause.condition);
  } else {
    std::vector<ExpressionId> items;
    for (const ClauseId item : clause.items) {
      const bool decides = context_.Decides(item) && context_.model.clauses[item.index].replaces.empty();
      if (decides) items.push_back(context_.Emit(ClauseValue{item}, TruthType(), 0, range));
    }
    if (items.empty()) return {};
    moment = OfAll(items, items.front());
  }
  if (moment.valid() && clause.when.valid()) {
    moment = context_.Emit(Conditional{clause.when, moment, Undated(0, range)}, DateType(), 0, range);
  }
  of_clause_[id.index] = moment;
  return moment;
}

// Neither a constant nor what only says that a fact is given has a time of its own.
bool Moments::IsTimeless(ExpressionId condition) const {
  const Expression& expression = context_.model[condition];
  if (std::holds_alternative<ConstantTruth>(expression)) return true;
  if (std::holds_alternative<FactPresence>(expression)) return true;
  if (std::holds_alternative<YearInWindow>(expression)) return true;
  const auto* part = std::get_if<LifecycleValue>(&expression);
  if (part != nullptr) return part->part == LifecyclePart::kStarted;
  const auto* broadcast = std::get_if<Broadcast>(&expression);
  return broadcast != nullptr && IsTimeless(broadcast->operand);
}

ExpressionId Moments::OfAll(const std::vector<ExpressionId>& operands, ExpressionId whole) {
  const Range range = context_.model.InfoOf(whole).range;
  ExpressionId moment;
  for (const ExpressionId operand : operands) {
    if (IsTimeless(operand)) continue;
    const ExpressionId next = Of(operand);
    if (!next.valid()) return {};
    moment = moment.valid() ? LaterOf(moment, next, true, range) : next;
  }
  return moment;
}

// What a plain clause says, without the clause: that one clause does not hold is no reason for the state that
// another leads to, though the date depends on it.
ExpressionId Moments::BodyOf(ExpressionId condition) const {
  const auto* cited = std::get_if<ClauseValue>(&context_.model[condition]);
  if (cited == nullptr) return condition;
  const Clause& clause = context_.model.clauses[cited->clause.index];
  const bool plain = clause.condition.valid() && !clause.when.valid() && clause.replaced_by.empty();
  return plain ? clause.condition : condition;
}

// Of the operands that hold, the one that came first; those that do not hold have no date.
ExpressionId Moments::OfAny(const std::vector<ExpressionId>& operands, ExpressionId whole) {
  const ExpressionInfo info = context_.model.InfoOf(whole);
  bool some = false;
  for (const ExpressionId operand : operands) some = Of(operand).valid() || some;
  if (!some) return {};
  ExpressionId held;
  ExpressionId moment;
  for (const ExpressionId whole_operand : operands) {
    const ExpressionId known = Of(whole_operand);
    const ExpressionId next = known.valid() ? known : Undated(info.domain, info.range);
    const ExpressionId operand = BodyOf(whole_operand);
    if (!held.valid()) {
      held = operand;
      moment = next;
      continue;
    }
    const auto choose = [&](ExpressionId condition, ExpressionId then, ExpressionId otherwise) {
      return context_.Emit(Conditional{condition, then, otherwise}, DateType(), info.domain, info.range);
    };
    // Asked for only where it holds: what does not hold has no date to be found.
    const ExpressionId both = choose(operand, LaterOf(moment, next, false, info.range), moment);
    moment = choose(held, both, choose(operand, next, Undated(info.domain, info.range)));
    held = context_.EmitAny({held, operand}, info.domain, info.range);
  }
  return moment;
}

// `as_of > d` and `d < as_of` hold from the day after d, `as_of >= d` from d.
ExpressionId Moments::OfComparison(const Comparison& comparison, ExpressionId whole) {
  const auto is_as_of = [&](ExpressionId id) {
    const Expression& expression = context_.model[id];
    if (const auto* broadcast = std::get_if<Broadcast>(&expression)) {
      return std::holds_alternative<AsOf>(context_.model[broadcast->operand]);
    }
    return std::holds_alternative<AsOf>(expression);
  };
  const bool left = is_as_of(comparison.left);
  if (left == is_as_of(comparison.right)) return {};
  const ExpressionId date = left ? comparison.right : comparison.left;
  const Range range = context_.model.InfoOf(whole).range;
  const auto after = left ? program::Comparison::kGreater : program::Comparison::kLess;
  const auto from = left ? program::Comparison::kGreaterEqual : program::Comparison::kLessEqual;
  if (comparison.comparison == after) return DayAfter(date, range);
  return comparison.comparison == from ? date : ExpressionId{};
}

ExpressionId Moments::OfFold(const Fold& fold, ExpressionId whole) {
  const bool any = fold.operation == FoldOperator::kAny;
  if (!any && fold.operation != FoldOperator::kAtLeast) return {};
  const Range range = context_.model.InfoOf(whole).range;
  ExpressionId moment;
  if (fold.child == context_.year_domain) {
    moment = Of(fold.value);
  } else if (const auto field = TimeField(context_, fold.child)) {
    if (context_.model.schema.facts[field->index].optional) return {};
    moment = context_.Emit(FactValue{*field}, DateType(), fold.child, range);
  }
  if (!moment.valid()) return {};
  const ExpressionId holds = context_.EmitAll({fold.condition, fold.value}, fold.child, range);
  const FoldOperator operation = any ? FoldOperator::kMinimum : FoldOperator::kEarliest;
  return context_.Emit(Fold{operation, fold.child, moment, holds, any ? ExpressionId{} : fold.threshold},
                       DateType(), 0, range);
}

}  // namespace pol::model
