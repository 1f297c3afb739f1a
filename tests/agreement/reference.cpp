#include "tests/agreement/reference.h"

#include <algorithm>
#include <stdexcept>

#include "compiler/model/walk.h"
#include "tests/agreement/reference_dates.h"
#include "tests/agreement/reference_history.h"

namespace agreement {

using pol::model::ClauseId;
using pol::model::ExpressionId;
using pol::model::FactId;
using pol::program::DomainKind;
using pol::program::ValueKind;
using pol::records::CellState;
namespace model = pol::model;

// The years that windows of the random policies may lie in.
constexpr std::int32_t kFirstYear = 2010;
constexpr std::int32_t kLastYear = 2028;

// ---- Logic
// ------------------------------------------------------------------------------------------------------

Truth Not(Truth operand) { return operand ? Truth(!*operand) : std::nullopt; }

Truth And(const std::vector<Truth>& operands) {
  Truth result = true;
  for (const Truth& operand : operands) {
    if (operand == Truth(false)) return false;
    if (!operand) result = std::nullopt;
  }
  return result;
}

Truth Or(const std::vector<Truth>& operands) {
  Truth result = false;
  for (const Truth& operand : operands) {
    if (operand == Truth(true)) return true;
    if (!operand) result = std::nullopt;
  }
  return result;
}

// At least `threshold` of the operands hold. `more`: there may be any number of further operands.
Truth Enough(const std::optional<Rational>& threshold, const std::vector<Truth>& operands, bool more) {
  if (!threshold) return std::nullopt;
  const auto holding = std::ranges::count(operands, Truth(true));
  const auto failing = std::ranges::count(operands, Truth(false));
  if (*threshold <= holding) return true;
  if (!more && *threshold > static_cast<std::int64_t>(operands.size()) - failing) return false;
  return std::nullopt;
}

// What is chosen; where that is not known, the value that both would give.
Value Choose(Truth condition, const Value& then, const Value& otherwise) {
  if (condition) return *condition ? then : otherwise;
  return then.known() && then == otherwise ? then : Value{};
}

Value OfTruth(Truth truth) { return {truth, std::nullopt, std::nullopt}; }
Value OfNumber(std::optional<Rational> number) { return {std::nullopt, std::move(number), std::nullopt}; }
Value OfCode(std::optional<std::int32_t> code) { return {std::nullopt, std::nullopt, code}; }

bool IsNumber(ValueKind kind) {
  return kind == ValueKind::kMoney || kind == ValueKind::kPercent || kind == ValueKind::kNumber ||
         kind == ValueKind::kCount || kind == ValueKind::kYear;
}

// ---- Cells
// --------------------------------------------------------------------------------------------------------

bool Reference::ListKnown(std::uint32_t domain) const {
  return model_.schema.domains[domain].kind == DomainKind::kYears || batch_.domains[domain].known[row_];
}

std::vector<Place> Reference::PlacesIn(std::uint32_t domain) const {
  std::vector<Place> places;
  if (domain == 0) return {Place{}};
  if (model_.schema.domains[domain].kind == DomainKind::kYears) {
    for (std::int32_t year = kFirstYear; year <= kLastYear; ++year) places.push_back({domain, year});
    return places;
  }
  const auto& offsets = batch_.domains[domain].offsets;
  for (std::uint32_t at = 0; at < offsets[row_ + 1] - offsets[row_]; ++at) {
    places.push_back({domain, static_cast<std::int32_t>(at)});
  }
  return places;
}

std::optional<std::uint32_t> Reference::LaneOf(FactId fact, Place place) const {
  const std::uint32_t domain = model_.schema.facts[fact.index].domain;
  if (domain == 0) return row_;
  if (model_.schema.domains[domain].kind == DomainKind::kList) {
    return batch_.domains[domain].offsets[row_] + static_cast<std::uint32_t>(place.at);
  }
  const std::int32_t year = place.at - batch_.first_year;
  if (year < 0 || year >= static_cast<std::int32_t>(batch_.year_count)) return std::nullopt;
  return row_ * batch_.year_count + static_cast<std::uint32_t>(year);
}

Value Reference::Cell(FactId fact, Place place) const {
  const auto lane = LaneOf(fact, place);
  const pol::records::Column& column = batch_.columns[fact.index];
  if (!lane || !column.known[*lane]) return {};
  const ValueKind kind = model_.schema.facts[fact.index].type.kind;
  if (kind == ValueKind::kTruth) return OfTruth(column.truths[*lane]);
  if (!IsNumber(kind)) return OfCode(column.codes[*lane]);
  Rational scale = 1;
  for (std::int32_t place_count = 0; place_count < column.numbers.scale; ++place_count) scale *= 10;
  const auto wide = column.numbers.wide.find(*lane);
  if (wide != column.numbers.wide.end()) return OfNumber(Rational(wide->second) / scale);
  return OfNumber(Rational(column.numbers.numerators[*lane]) / scale);
}

Truth Reference::Given(FactId fact, Place place) const {
  const auto lane = LaneOf(fact, place);
  if (!lane) return false;  // nothing is given for a year that the data does not have
  const pol::records::Column& column = batch_.columns[fact.index];
  const CellState state = column.states.empty() ? CellState::kGiven : column.states[*lane];
  if (state == CellState::kGiven) return true;
  return state == CellState::kAbsent ? Truth(false) : std::nullopt;
}

// A fact is not to be believed where a condition that names it is false: in the fact's own place, in any
// place of the record if the fact is the record's, in the record if the condition is the record's.
bool Reference::Contradictory(FactId fact, Place place) {
  for (const model::Holds& holds : model_.holds) {
    if (std::ranges::find(holds.facts, fact) == holds.facts.end()) continue;
    const std::uint32_t domain = model_.InfoOf(holds.condition).domain;
    if (domain == 0 || domain == place.domain) {
      if (TruthOf(holds.condition, domain == 0 ? Place{} : place) == Truth(false)) return true;
      continue;
    }
    for (const Place& each : PlacesIn(domain)) {
      if (TruthOf(holds.condition, each) == Truth(false)) return true;
    }
  }
  return false;
}

// ---- Parameters, clauses, decisions
// -------------------------------------------------------------------------------

Value Reference::Parameter(const model::Parameter& parameter) {
  std::vector<Value> values;
  for (const model::DatedValue& dated : parameter.values) {
    if (const auto* number = std::get_if<model::Rational>(&dated.value)) {
      values.push_back(OfNumber(*number));
    } else if (parameter.type.kind == ValueKind::kTruth) {
      values.push_back(OfTruth(std::get<std::int32_t>(dated.value) != 0));
    } else {
      values.push_back(OfCode(std::get<std::int32_t>(dated.value)));
    }
  }
  if (!parameter.values.back().from) return values.back();
  const std::optional<std::int32_t> date = Of(model_.reference, {}).code;
  if (!date) {
    const bool always = !parameter.values.front().from;
    const bool same =
        std::ranges::all_of(values, [&](const Value& value) { return value == values.front(); });
    return always && same ? values.front() : Value{};
  }
  for (std::size_t index = values.size(); index-- > 0;) {
    const std::optional<std::int32_t> from = parameter.values[index].from;
    if (!from || *from <= *date) return values[index];
  }
  return {};
}

bool Reference::Decides(ClauseId id) const {
  const model::Clause& clause = model_.clauses[id.index];
  if (clause.kind == pol::program::ClauseKind::kGuidance) return false;
  if (clause.kind == pol::program::ClauseKind::kUndisclosed || clause.condition.valid()) return true;
  for (const ClauseId item : clause.items) {
    if (model_.clauses[item.index].replaces.empty() && Decides(item)) return true;
  }
  return false;
}

Truth Reference::Body(const model::Clause& clause) {
  if (clause.kind == pol::program::ClauseKind::kUndisclosed) return std::nullopt;
  if (clause.condition.valid()) return TruthOf(clause.condition, {});
  std::vector<Truth> items;
  for (const ClauseId item : clause.items) {
    if (model_.clauses[item.index].replaces.empty() && Decides(item)) items.push_back(ClauseTruth(item));
  }
  return And(items);
}

Truth Reference::Live(ClauseId replacing) {
  std::vector<Truth> conditions;
  for (ClauseId at = replacing; at.valid(); at = model_.clauses[at.index].parent) {
    const model::Clause& clause = model_.clauses[at.index];
    if (clause.when.valid()) conditions.push_back(TruthOf(clause.when, {}));
  }
  return And(conditions);
}

// What the clause says while nothing replaces it.
Truth Reference::Own(const model::Clause& clause) {
  const bool conditional = clause.when.valid() && clause.replaces.empty();
  return conditional ? Or({Not(TruthOf(clause.when, {})), Body(clause)}) : Body(clause);
}

// Nothing needs to be waived of a clause in whose place another one stands, nor of one that stands in
// another's place elsewhere only.
Truth Reference::NeedsNoWaiver(ClauseId id) {
  const model::Clause& clause = model_.clauses[id.index];
  std::vector<Truth> fine{Own(clause)};
  for (const ClauseId by : clause.replaced_by) fine.push_back(Live(by));
  if (!clause.replaces.empty()) fine.push_back(Not(Live(id)));
  return Or(fine);
}

Truth Reference::ClauseTruth(ClauseId id) {
  if (const auto found = clauses_.find(id.index); found != clauses_.end()) return found->second;
  const model::Clause& clause = model_.clauses[id.index];
  const Truth own = clause.in_principle ? Truth(true) : Own(clause);
  // One replacement after the other may be live or not; what all the ways have in common is the clause's
  // value.
  std::vector<Truth> ways;
  std::vector<Truth> lives;
  for (const ClauseId by : clause.replaced_by) lives.push_back(Live(by));
  if (std::ranges::count(lives, Truth(false)) + 2 <= static_cast<std::int64_t>(lives.size())) {
    // Two of them are live, or could be: a conflict, or perhaps one.
    ways = {std::nullopt};
  } else {
    bool replaced = false;
    for (std::size_t index = 0; index < lives.size(); ++index) {
      if (lives[index] == Truth(false)) continue;
      ways.push_back(ClauseTruth(clause.replaced_by[index]));
      replaced = replaced || lives[index] == Truth(true);
    }
    if (!replaced) ways.push_back(own);
  }
  const bool same = std::ranges::all_of(ways, [&](Truth way) { return way == ways.front(); });
  return clauses_[id.index] = same ? ways.front() : std::nullopt;
}

std::optional<std::int32_t> Reference::Outcome(const model::Decision& decision) {
  std::vector<std::uint32_t> possible;
  for (const model::DecisionCase& one : decision.cases) {
    const Truth holds = one.condition.valid() ? TruthOf(one.condition, {}) : Truth(true);
    if (holds == Truth(false)) continue;
    possible.push_back(one.outcome);
    if (holds == Truth(true)) break;
  }
  const bool same = std::ranges::all_of(possible, [&](std::uint32_t one) { return one == possible.front(); });
  return same ? std::optional(static_cast<std::int32_t>(possible.front())) : std::nullopt;
}

// ---- Expressions
// ------------------------------------------------------------------------------------------------

struct Meaning {
  Reference& record;
  Place place;
  const model::ExpressionInfo& info;

  Value Of(ExpressionId id) const { return record.Of(id, place); }
  Truth TruthOf(ExpressionId id) const { return Of(id).truth; }
  std::vector<Truth> TruthsOf(const std::vector<ExpressionId>& ids) const {
    std::vector<Truth> truths;
    for (const ExpressionId id : ids) truths.push_back(TruthOf(id));
    return truths;
  }

  Value operator()(const model::ConstantTruth& it) const { return OfTruth(it.value); }
  Value operator()(const model::ConstantNumber& it) const { return OfNumber(it.value); }
  Value operator()(const model::ConstantCode& it) const { return OfCode(it.value); }
  Value operator()(const model::FactValue& it) const {
    if (!it.raw && record.Contradictory(it.fact, place)) return {};
    return record.Cell(it.fact, place);
  }
  Value operator()(const model::FactPresence& it) const { return OfTruth(record.Given(it.fact, place)); }
  Value operator()(const model::ParameterValue& it) const {
    return record.Parameter(record.model_.parameters[it.parameter.index]);
  }
  Value operator()(const model::AsOf&) const { return OfCode(record.as_of_); }
  Value operator()(const model::LetValue& it) const { return Of(MeaningOf(record.model_, it)); }
  Value operator()(const model::GrantValue& it) const {
    return OfNumber(record.Amount(record.model_.grants[it.grant.index]));
  }
  Value operator()(const model::ScoreValue& it) const {
    const model::Score& score = record.model_.scores[it.score.index];
    const bool total = it.item == pol::program::kNone;
    return OfNumber(total ? record.Points(score) : record.Points(score.items[it.item]));
  }
  Value operator()(const model::LifecycleValue& it) const { return Of(MeaningOf(record.model_, it)); }
  Value operator()(const model::MissedDuty& it) const { return Of(MeaningOf(record.model_, it)); }
  Value operator()(const model::ClauseValue& it) const { return OfTruth(record.ClauseTruth(it.clause)); }
  Value operator()(const model::Broadcast& it) const { return record.Of(it.operand, {}); }
  Value operator()(const model::Not& it) const { return OfTruth(Not(TruthOf(it.operand))); }
  Value operator()(const model::All& it) const { return OfTruth(And(TruthsOf(it.operands))); }
  Value operator()(const model::Any& it) const { return OfTruth(Or(TruthsOf(it.operands))); }
  Value operator()(const model::AtLeast& it) const {
    return OfTruth(Enough(Of(it.threshold).number, TruthsOf(it.operands), false));
  }

  Value operator()(const model::Arithmetic& it) const {
    const auto left = Of(it.left).number;
    const auto right = Of(it.right).number;
    if (!left || !right) return {};
    switch (it.operation) {
      case model::ArithmeticOperator::kAdd:
        return OfNumber(*left + *right);
      case model::ArithmeticOperator::kSubtract:
        return OfNumber(*left - *right);
      case model::ArithmeticOperator::kMultiply:
        return OfNumber(*left * *right);
      case model::ArithmeticOperator::kDivide:
        break;
    }
    return *right == 0 ? Value{} : OfNumber(*left / *right);
  }
  Value operator()(const model::Negate& it) const {
    const auto operand = Of(it.operand).number;
    return operand ? OfNumber(-*operand) : Value{};
  }
  Value operator()(const model::Round& it) const {
    const auto operand = Of(it.operand).number;
    const auto multiple = Of(it.multiple).number;
    if (!operand || !multiple || *multiple == 0) return {};
    return OfNumber(ToMultiple(it.rounding, *operand, abs(*multiple)));
  }

  template <typename Side>
  static bool Holds(pol::program::Comparison comparison, const Side& left, const Side& right) {
    switch (comparison) {
      case pol::program::Comparison::kLess:
        return left < right;
      case pol::program::Comparison::kLessEqual:
        return left <= right;
      case pol::program::Comparison::kGreater:
        return left > right;
      case pol::program::Comparison::kGreaterEqual:
        return left >= right;
      case pol::program::Comparison::kNotEqual:
        return left != right;
      default:
        return left == right;
    }
  }
  Value operator()(const model::Comparison& it) const {
    const Value left = Of(it.left);
    const Value right = Of(it.right);
    if (left.number && right.number) return OfTruth(Holds(it.comparison, *left.number, *right.number));
    if (left.code && right.code) return OfTruth(Holds(it.comparison, *left.code, *right.code));
    if (left.truth && right.truth) return OfTruth(Holds(it.comparison, *left.truth, *right.truth));
    return {};
  }
  Value operator()(const model::Conditional& it) const {
    return Choose(TruthOf(it.condition), Of(it.then), Of(it.otherwise));
  }
  Value operator()(const model::Bands& it) const {
    Value value = Of(it.rows.back().body);
    for (std::size_t row = it.rows.size() - 1; row-- > 0;) {
      value = Choose(TruthOf(it.rows[row].holds), Of(it.rows[row].body), value);
    }
    return value;
  }
  Value operator()(const model::Brackets& it) const {
    const auto subject = Of(it.subject).number;
    if (!subject) return {};
    Rational sum = 0;
    for (const model::BracketRow& row : it.rows) {
      Rational first = 0;
      Rational last = *subject;
      for (const ExpressionId bound : {row.low, row.high}) {
        if (bound.valid() && !Of(bound).number) return {};
      }
      if (row.low.valid()) first = std::max(first, *Of(row.low).number);
      if (row.high.valid()) last = std::min(last, *Of(row.high).number);
      const auto rate = Of(row.rate).number;
      if (!rate) return {};
      if (last > first) sum += *rate * (last - first);
    }
    return OfNumber(sum);
  }
  Value operator()(const model::WithinRegion& it) const {
    const auto code = Of(it.operand).code;
    return code ? OfTruth(IsWithin(static_cast<std::uint32_t>(*code), it.code)) : Value{};
  }

  const pol::program::Calendar* CalendarOf(std::uint32_t index) const {
    return index == pol::program::kNone ? nullptr : &record.model_.schema.calendars[index];
  }
  Value operator()(const model::AddPeriod& it) const {
    const auto start = Of(it.start).code;
    const auto amount = Of(it.amount).number;
    if (!start || !amount) return {};
    const pol::program::Calendar* calendar = CalendarOf(it.calendar);
    switch (it.unit) {
      case model::PeriodUnit::kWorkingDays:
        return OfCode(AddWorkingDays(calendar, *start, *amount));
      case model::PeriodUnit::kDays: {
        const auto end = AddDays(*start, *amount);
        return OfCode(it.term && end ? NextWorkingDay(calendar, *end) : end);
      }
      case model::PeriodUnit::kMonths:
        break;
    }
    const auto end = AddMonths(*start, *amount);
    return OfCode(it.term && end ? NextWorkingDay(calendar, *end) : end);
  }
  Value operator()(const model::Elapsed& it) const {
    const auto from = Of(it.from).code;
    const auto to = Of(it.to).code;
    if (!from || !to) return {};
    if (it.unit == model::PeriodUnit::kDays) return OfNumber(Rational(*to) - *from);
    if (it.unit == model::PeriodUnit::kWorkingDays) {
      return OfNumber(WorkingDaysBetween(CalendarOf(it.calendar), *from, *to));
    }
    const Rational months = MonthsBetween(*from, *to);
    return OfNumber(it.years ? Floor(months / 12) : months);
  }
  Value operator()(const model::PartOfDate& it) const {
    const auto date = Of(it.date).code;
    if (!date) return {};
    if (it.part == model::DatePart::kYear) return OfNumber(YearOf(*date));
    return OfNumber(it.part == model::DatePart::kMonth ? MonthOf(*date) : DayOf(*date));
  }
  Value operator()(const model::FirstDayOfYear& it) const {
    const auto year = Of(it.year).number;
    return year ? OfCode(FirstDay(*year)) : Value{};
  }

  Value operator()(const model::YearInWindow& it) const {
    const auto first = record.Of(it.first, {}).number;
    const auto last = record.Of(it.last, {}).number;
    if (!first || !last) return {};
    if (*first <= *last && (*first < kFirstYear || *last > kLastYear)) {
      throw std::out_of_range("a window that the reference does not look at");
    }
    return OfTruth(*first <= place.at && place.at <= *last);
  }
  Value operator()(const model::Previous& it) const {
    if (place.at == kFirstYear)
      return OfTruth(info.type.kind == ValueKind::kTruth ? Truth(false) : std::nullopt);
    return record.Of(it.operand, {place.domain, place.at - 1});
  }

  Value operator()(const model::LaneYear&) const { return OfNumber(Rational(place.at)); }
  Value operator()(const model::UndatedMoment&) const { return {}; }
  Value operator()(const model::ByYear& it) const {
    std::vector<Truth> counts;
    std::optional<std::int32_t> earliest;
    bool dated = record.ListKnown(it.child);
    for (const Place& each : record.PlacesIn(it.child)) {
      const auto year = record.Of(it.year, each).number;
      const Truth this_year = year ? Truth(*year == place.at) : std::nullopt;
      counts.push_back(And({record.TruthOf(it.condition, each), this_year}));
      if (!it.date.valid() || counts.back() == Truth(false)) continue;
      const auto date = record.Of(it.date, each).code;
      dated = dated && counts.back() && date;
      if (date && (!earliest || *date < *earliest)) earliest = date;
    }
    if (it.date.valid()) return dated ? OfCode(earliest) : Value{};
    if (!record.ListKnown(it.child)) counts.push_back(std::nullopt);
    return OfTruth(Or(counts));
  }
  Value operator()(const model::Walk& it) const {
    const auto from = record.Of(it.from, {}).code;
    const auto until = record.Of(it.until, {}).code;
    if (!from || !until || !record.ListKnown(it.child)) return {};
    std::vector<HistoryElement> elements;
    for (const Place& each : record.PlacesIn(it.child)) {
      HistoryElement element;
      element.date = record.Of(it.date, each).code;
      for (const ExpressionId condition : it.conditions) {
        element.conditions.push_back(record.TruthOf(condition, each));
      }
      elements.push_back(std::move(element));
    }
    const pol::program::Machine& machine = record.model_.machines[it.machine];
    const auto ends = PossibleEnds(machine, *from, *until, elements);
    const auto& [state, since] = *ends.begin();
    const bool one = std::ranges::all_of(ends, [&](const auto& end) { return end.first == state; });
    if (!one) return {};
    if (it.result == model::WalkResult::kState) {
      return OfCode(static_cast<std::int32_t>(machine.first_code + state));
    }
    return ends.size() == 1 ? OfCode(since) : Value{};
  }

  // Whether the years that a fold is about are not known.
  bool WindowUnknown(ExpressionId condition) const {
    const model::Expression& expression = record.model_[condition];
    if (const auto* all = std::get_if<model::All>(&expression)) {
      return std::ranges::any_of(all->operands, [&](ExpressionId each) { return WindowUnknown(each); });
    }
    const auto* window = std::get_if<model::YearInWindow>(&expression);
    if (window == nullptr) return false;
    return !record.Of(window->first, {}).number || !record.Of(window->last, {}).number;
  }
  Value operator()(const model::Fold& it) const {
    const bool complete = record.ListKnown(it.child) && !WindowUnknown(it.condition);
    std::vector<Truth> selected;
    std::vector<Value> values;
    for (const Place& each : record.PlacesIn(it.child)) {
      selected.push_back(record.TruthOf(it.condition, each));
      values.push_back(it.value.valid() ? record.Of(it.value, each) : OfTruth(true));
    }
    using enum model::FoldOperator;
    if (it.operation == kAny || it.operation == kAll || it.operation == kAtLeast) {
      return OfTruth(Quantify(it, selected, values, complete));
    }
    if (!complete) return {};
    if (it.operation != kEarliest) return Aggregate(it.operation, selected, values);
    const auto count = record.Of(it.threshold, {}).number;
    return count ? Earliest(*count, selected, values) : Value{};
  }
  static Value Earliest(const Rational& count, const std::vector<Truth>& selected,
                        const std::vector<Value>& values) {
    std::vector<std::int32_t> dates;
    for (std::size_t lane = 0; lane < selected.size(); ++lane) {
      if (!selected[lane] || (*selected[lane] && !values[lane].known())) return {};
      if (*selected[lane]) dates.push_back(*values[lane].code);
    }
    std::ranges::sort(dates);
    for (std::size_t at = 0; at < dates.size(); ++at) {
      if (count == static_cast<std::int64_t>(at + 1)) return OfCode(dates[at]);
    }
    return {};
  }
  Truth Quantify(const model::Fold& it, const std::vector<Truth>& selected, const std::vector<Value>& values,
                 bool complete) const {
    std::vector<Truth> lanes;
    for (std::size_t lane = 0; lane < selected.size(); ++lane) {
      lanes.push_back(it.operation == model::FoldOperator::kAll
                          ? Or({Not(selected[lane]), values[lane].truth})
                          : And({selected[lane], values[lane].truth}));
    }
    if (it.operation == model::FoldOperator::kAtLeast) {
      return Enough(record.Of(it.threshold, {}).number, lanes, !complete);
    }
    // Of what is not complete there may be one more, about which nothing is known.
    if (!complete) lanes.push_back(std::nullopt);
    return it.operation == model::FoldOperator::kAll ? And(lanes) : Or(lanes);
  }
  static Value Aggregate(model::FoldOperator operation, const std::vector<Truth>& selected,
                         const std::vector<Value>& values) {
    std::vector<Value> chosen;
    for (std::size_t lane = 0; lane < selected.size(); ++lane) {
      if (!selected[lane] || (*selected[lane] && !values[lane].known())) return {};
      if (*selected[lane]) chosen.push_back(values[lane]);
    }
    if (operation == model::FoldOperator::kCount) return OfNumber(Rational(chosen.size()));
    if (operation == model::FoldOperator::kSum) {
      Rational sum = 0;
      for (const Value& value : chosen) sum += *value.number;
      return OfNumber(sum);
    }
    if (chosen.empty()) return {};
    const bool least = operation == model::FoldOperator::kMinimum;
    Value best = chosen.front();
    for (const Value& value : chosen) {
      const bool less = value.number ? *value.number < *best.number : *value.code < *best.code;
      const bool greater = value.number ? *value.number > *best.number : *value.code > *best.code;
      if (least ? less : greater) best = value;
    }
    return best;
  }
  Value operator()(const model::Pick& it) const {
    if (!record.ListKnown(it.child)) return {};
    std::optional<Place> best;
    std::int32_t best_date = 0;
    bool tie = false;
    for (const Place& each : record.PlacesIn(it.child)) {
      const Truth selected = record.TruthOf(it.condition, each);
      if (selected == Truth(false)) continue;
      const auto date = record.Of(it.order, each).code;
      if (!selected || !date) return {};
      if (best && *date == best_date) tie = true;
      if (best && (it.latest ? *date <= best_date : *date >= best_date)) continue;
      best = each;
      best_date = *date;
      tie = false;
    }
    return best && !tie ? record.Of(it.value, *best) : Value{};
  }
};

Value Reference::Of(ExpressionId id, Place place) {
  const auto key = std::tuple(id.index, place.domain, place.at);
  if (const auto found = known_.find(key); found != known_.end()) return found->second;
  const Value value = std::visit(Meaning{*this, place, model_.InfoOf(id)}, model_[id]);
  known_.emplace(key, value);
  return value;
}

}  // namespace agreement
