// From a model's expressions and clauses to forms, each after what it needs.
#include <algorithm>
#include <utility>

#include "compiler/lower/order.h"
#include "compiler/model/walk.h"
#include "compiler/overlay/forms.h"
#include "compiler/source/map_each.h"

namespace pol::overlay {
namespace {

using model::ClauseId;
using model::ExpressionId;
using model::Model;
using program::ValueKind;

constexpr FormId kNoForm = program::kNone;

bool NotNegative(Sign sign) { return sign == Sign::kNotNegative || sign == Sign::kPositive; }

// What a sum, a product, a greater one of numbers with these signs has.
Sign Both(Sign left, Sign right) {
  if (left == Sign::kPositive && right == Sign::kPositive) return Sign::kPositive;
  return NotNegative(left) && NotNegative(right) ? Sign::kNotNegative : Sign::kAny;
}

Sign OfSum(Sign left, Sign right) {
  const Sign both = Both(left, right);
  const bool positive = left == Sign::kPositive || right == Sign::kPositive;
  return both == Sign::kNotNegative && positive ? Sign::kPositive : both;
}

// How a product follows one factor when this is the other's sign.
Sense Beside(Sign other) {
  if (other == Sign::kNegative) return Sense::kDown;
  return NotNegative(other) ? Sense::kUp : Sense::kUnknown;
}

FormId ConstantForm(const Model& model, const program::ValueType& type, const model::Constant& value,
                    Forms& forms) {
  if (const auto* number = std::get_if<model::Rational>(&value)) {
    return forms.AddConstant(*number, type.kind == ValueKind::kMoney ? "money " + type.currency : "number");
  }
  const std::int32_t code = std::get<std::int32_t>(value);
  if (type.kind == ValueKind::kTruth) return forms.AddTruth(code != 0);
  if (type.kind == ValueKind::kDate) return forms.AddConstant(code, "date");
  if (type.kind == ValueKind::kEnumeration) {
    const program::Enumeration& enumeration = model.schema.enumerations[type.enumeration];
    std::string words = "member of " + enumeration.naming.name;
    if (!enumeration.ordered)
      return forms.AddAtom(words + ": " + enumeration.members[static_cast<std::size_t>(code)].name);
    for (const program::Naming& member : enumeration.members) words += " < " + member.name;
    return forms.AddConstant(code, std::move(words));
  }
  if (type.kind == ValueKind::kText || type.kind == ValueKind::kCreditCode) {
    return forms.AddAtom("text " + model.schema.text_literals[static_cast<std::size_t>(code)]);
  }
  return forms.AddAtom("code " + std::to_string(static_cast<int>(type.kind)) + " " + std::to_string(code));
}

class ExpressionForms {
 public:
  ExpressionForms(const Model& model, Forms& forms, ModelForms& found)
      : model_(model), forms_(forms), found_(found) {}

  FormId Of(ExpressionId id) {
    const model::Expression& expression = model_[id];
    type_ = &model_.InfoOf(id).type;
    const ExpressionId meaning = model::MeaningOf(model_, expression);
    if (meaning.valid()) return At(meaning);
    return std::visit([&](const auto& it) { return Make(it); }, expression);
  }

 private:
  FormId At(ExpressionId id) const { return id.valid() ? found_.expressions[id.index] : kNoForm; }
  Sign SignOf(FormId id) const { return forms_[id].sign; }
  FormId Other(std::string words, std::vector<FormId> operands, std::vector<Sense> senses,
               Sign sign = Sign::kAny) {
    return forms_.AddOther(std::move(words), std::move(operands), std::move(senses), sign);
  }
  std::string NameOf(std::uint32_t domain) const {
    const program::Domain& it = model_.schema.domains[domain];
    return it.kind == program::DomainKind::kList ? "list " + it.naming.name : "years";
  }

  // What only some models have, or what nothing is known of but that it is what it is.
  template <typename Unlisted>
  FormId Make(const Unlisted&) {
    return forms_.AddUnlike();
  }

  // ---- Values

  FormId Make(const model::ConstantTruth& it) { return forms_.AddTruth(it.value); }
  FormId Make(const model::ConstantNumber& it) { return ConstantForm(model_, *type_, it.value, forms_); }
  FormId Make(const model::ConstantCode& it) { return ConstantForm(model_, *type_, it.value, forms_); }
  FormId Make(const model::AsOf&) { return forms_.AddAtom("as of"); }
  FormId Make(const model::LaneYear&) { return forms_.AddAtom("this year", Sign::kPositive); }
  FormId Make(const model::UndatedMoment&) { return forms_.AddAtom("undated"); }
  FormId Make(const model::FactPresence& it) { return forms_.AddAtom("given " + FactName(it.fact)); }
  FormId Make(const model::FactValue& it) {
    return forms_.AddAtom((it.raw ? "raw fact " : "fact ") + FactName(it.fact), SignOfFact(it.fact));
  }
  FormId Make(const model::ParameterValue& it) {
    const model::Parameter& parameter = model_.parameters[it.parameter.index];
    return ParameterForm(model_, parameter, At(model_.reference), forms_);
  }
  FormId Make(const model::ClauseValue& it) { return found_.values[it.clause.index]; }
  FormId Make(const model::Broadcast& it) { return At(it.operand); }

  std::string FactName(model::FactId id) const {
    const program::Fact& fact = model_.schema.facts[id.index];
    return (fact.domain == 0 ? "" : NameOf(fact.domain) + ".") + fact.naming.name + " of type " +
           std::to_string(static_cast<int>(fact.type.kind)) + fact.type.currency;
  }
  Sign SignOfFact(model::FactId id) const {
    const program::ValueRange& range = model_.schema.facts[id.index].range;
    if (!range.has_low || range.low.numerator.starts_with('-')) return Sign::kAny;
    return range.low.numerator == "0" && range.low_closed ? Sign::kNotNegative : Sign::kPositive;
  }

  // ---- Conditions

  std::vector<FormId> All(const std::vector<ExpressionId>& ids) const {
    return MapEach(ids, [&](ExpressionId id) { return At(id); });
  }
  FormId Make(const model::Not& it) { return forms_.AddNot(At(it.operand)); }
  FormId Make(const model::All& it) { return forms_.AddAll(All(it.operands)); }
  FormId Make(const model::Any& it) { return forms_.AddAny(All(it.operands)); }
  FormId Make(const model::AtLeast& it) {
    Form form;
    form.kind = FormKind::kAtLeast;
    form.operands = All(it.operands);
    form.operands.insert(form.operands.begin(), At(it.threshold));
    return forms_.Add(std::move(form));
  }
  FormId Ordered(FormKind kind, FormId greater, FormId smaller) {
    Form form;
    form.kind = kind;
    form.operands = {greater, smaller};
    return forms_.Add(std::move(form));
  }
  FormId Make(const model::Comparison& it) {
    const FormId left = At(it.left);
    const FormId right = At(it.right);
    switch (it.comparison) {
      case program::Comparison::kGreaterEqual:
        return Ordered(FormKind::kNotLess, left, right);
      case program::Comparison::kLessEqual:
        return Ordered(FormKind::kNotLess, right, left);
      case program::Comparison::kGreater:
        return Ordered(FormKind::kMore, left, right);
      case program::Comparison::kLess:
        return Ordered(FormKind::kMore, right, left);
      case program::Comparison::kNotEqual:
        return forms_.AddNot(Equal(left, right));
      case program::Comparison::kEqual:
      case program::Comparison::kNotCompared:
        break;
    }
    return Equal(left, right);
  }
  FormId Equal(FormId left, FormId right) {
    return Other("equal", {std::min(left, right), std::max(left, right)}, {Sense::kUnknown, Sense::kUnknown});
  }
  FormId Make(const model::WithinRegion& it) {
    return Other("within " + std::to_string(it.code), {At(it.operand)}, {Sense::kUnknown});
  }
  FormId Make(const model::YearInWindow& it) {
    return Other("year in window", {At(it.first), At(it.last)}, {Sense::kDown, Sense::kUp});
  }

  // The lesser and the greater of two are written as a choice between them.
  FormId Make(const model::Conditional& it) {
    const FormId condition = At(it.condition);
    const FormId then = At(it.then);
    const FormId otherwise = At(it.otherwise);
    const Form& form = forms_[condition];
    const bool compares = form.kind == FormKind::kNotLess || form.kind == FormKind::kMore;
    if (compares && form.operands == std::vector{then, otherwise}) return Extreme(true, then, otherwise);
    if (compares && form.operands == std::vector{otherwise, then}) return Extreme(false, then, otherwise);
    return Other("if", {condition, then, otherwise},
                 {ThenIsMore(then, otherwise) ? Sense::kUp : Sense::kUnknown, Sense::kUp, Sense::kUp},
                 Both(SignOf(then), SignOf(otherwise)));
  }
  FormId Extreme(bool greatest, FormId left, FormId right) {
    const bool positive = SignOf(left) == Sign::kPositive || SignOf(right) == Sign::kPositive;
    const bool fine = NotNegative(SignOf(left)) || NotNegative(SignOf(right));
    Sign sign = Both(SignOf(left), SignOf(right));
    if (greatest && fine) sign = positive ? Sign::kPositive : Sign::kNotNegative;
    return Other(greatest ? "greatest" : "least", {left, right}, {Sense::kUp, Sense::kUp}, sign);
  }
  // An amount in place of none.
  bool ThenIsMore(FormId then, FormId otherwise) const {
    return forms_.IsConstant(otherwise, 0) && NotNegative(SignOf(then));
  }

  // Of exclusive rows that are the same, each gives what its body gives.
  FormId Make(const model::Bands& it) {
    std::vector<FormId> operands{At(it.subject)};
    std::vector<Sense> senses{Sense::kUnknown};
    Sign sign = Sign::kPositive;
    for (const model::BandRow& row : it.rows) {
      operands.insert(operands.end(), {At(row.holds), At(row.body)});
      senses.insert(senses.end(), {Sense::kUnknown, Sense::kUp});
      sign = Both(sign, SignOf(At(row.body)));
    }
    return Other("bands", std::move(operands), std::move(senses), sign);
  }
  FormId Make(const model::Brackets& it) {
    std::vector<FormId> operands{At(it.subject)};
    std::vector<Sense> senses{Sense::kUp};
    std::string words = "brackets";
    Sign sign = Sign::kNotNegative;
    for (const model::BracketRow& row : it.rows) {
      for (const FormId bound : {At(row.low), At(row.high)}) {
        words += bound == kNoForm ? " open" : " bound";
        if (bound == kNoForm) continue;
        operands.push_back(bound);
        senses.push_back(Sense::kUnknown);
      }
      operands.push_back(At(row.rate));
      senses.push_back(Sense::kUp);
      sign = Both(sign, SignOf(At(row.rate)));
    }
    if (sign == Sign::kAny) senses.front() = Sense::kUnknown;
    return Other(std::move(words), std::move(operands), std::move(senses), sign);
  }

  // ---- Numbers and dates

  FormId Make(const model::Arithmetic& it) {
    const FormId left = At(it.left);
    const FormId right = At(it.right);
    const Sign one = SignOf(left);
    const Sign other = SignOf(right);
    switch (it.operation) {
      case model::ArithmeticOperator::kAdd:
        return Other("plus", {left, right}, {Sense::kUp, Sense::kUp}, OfSum(one, other));
      case model::ArithmeticOperator::kSubtract:
        return Other("minus", {left, right}, {Sense::kUp, Sense::kDown});
      case model::ArithmeticOperator::kMultiply:
        return Other("times", {left, right}, {Beside(other), Beside(one)}, Both(one, other));
      case model::ArithmeticOperator::kDivide:
        break;
    }
    // What may be 0 leaves the quotient unknown for one divisor and not for another.
    const bool divides = other == Sign::kPositive;
    const Sense down = divides && NotNegative(one) ? Sense::kDown : Sense::kUnknown;
    return Other("divided by", {left, right}, {Beside(other), down}, Both(one, other));
  }
  FormId Make(const model::Negate& it) { return Other("negative", {At(it.operand)}, {Sense::kDown}); }
  FormId Make(const model::Round& it) {
    const Sign sign = NotNegative(SignOf(At(it.operand))) ? Sign::kNotNegative : Sign::kAny;
    return Other("round " + std::to_string(static_cast<int>(it.rounding)), {At(it.operand), At(it.multiple)},
                 {Sense::kUp, Sense::kUnknown}, sign);
  }
  // With a calendar, what is known of one day may be unknown of the next.
  FormId Make(const model::AddPeriod& it) {
    const bool plain = !it.term && it.unit != model::PeriodUnit::kWorkingDays;
    const Sense sense = plain ? Sense::kUp : Sense::kUnknown;
    return Other((it.term ? "term " : "period ") + std::to_string(static_cast<int>(it.unit)) +
                     CalendarName(plain ? program::kNone : it.calendar),
                 {At(it.start), At(it.amount)}, {sense, sense});
  }
  FormId Make(const model::Elapsed& it) {
    const bool plain = it.unit != model::PeriodUnit::kWorkingDays;
    return Other((it.years ? "years from " : "from ") + std::to_string(static_cast<int>(it.unit)) +
                     CalendarName(plain ? program::kNone : it.calendar),
                 {At(it.from), At(it.to)},
                 {plain ? Sense::kDown : Sense::kUnknown, plain ? Sense::kUp : Sense::kUnknown});
  }
  std::string CalendarName(std::uint32_t calendar) const {
    return calendar == program::kNone ? "" : " of " + model_.schema.calendars[calendar].naming.name;
  }
  FormId Make(const model::PartOfDate& it) {
    const bool year = it.part == model::DatePart::kYear;
    return Other("part " + std::to_string(static_cast<int>(it.part)), {At(it.date)},
                 {year ? Sense::kUp : Sense::kUnknown}, Sign::kPositive);
  }
  FormId Make(const model::FirstDayOfYear& it) { return Other("first day of", {At(it.year)}, {Sense::kUp}); }
  FormId Make(const model::Previous& it) { return Other("previous", {At(it.operand)}, {Sense::kUp}); }

  // ---- Lists and years

  // In the order value, condition, threshold.
  std::vector<Sense> SensesOf(const model::Fold& it) const {
    const bool adds = it.value.valid() && NotNegative(SignOf(At(it.value)));
    switch (it.operation) {
      case model::FoldOperator::kAny:
        return {Sense::kUp, Sense::kUp, Sense::kUnknown};
      case model::FoldOperator::kAll:
        return {Sense::kUp, Sense::kDown, Sense::kUnknown};
      case model::FoldOperator::kAtLeast:
        return {Sense::kUp, Sense::kUp, Sense::kDown};
      case model::FoldOperator::kCount:
        return {Sense::kUnknown, Sense::kUp, Sense::kUnknown};
      case model::FoldOperator::kSum:
        return {Sense::kUp, adds ? Sense::kUp : Sense::kUnknown, Sense::kUnknown};
      default:
        // Without a selected element there is none.
        return {Sense::kUp, Sense::kUnknown, Sense::kUnknown};
    }
  }
  FormId Make(const model::Fold& it) {
    const std::vector<Sense> each = SensesOf(it);
    std::string words = "fold " + std::to_string(static_cast<int>(it.operation)) + " " + NameOf(it.child);
    std::vector<FormId> operands;
    std::vector<Sense> senses;
    const ExpressionId ids[] = {it.value, it.condition, it.threshold};
    for (std::size_t at = 0; at < each.size(); ++at) {
      if (!ids[at].valid()) {
        words += " -";
        continue;
      }
      operands.push_back(At(ids[at]));
      senses.push_back(each[at]);
    }
    Sign sign = Sign::kAny;
    if (it.operation == model::FoldOperator::kCount) sign = Sign::kNotNegative;
    if (it.operation == model::FoldOperator::kSum && NotNegative(SignOf(At(it.value))))
      sign = Sign::kNotNegative;
    return Other(std::move(words), std::move(operands), std::move(senses), sign);
  }
  FormId Make(const model::Pick& it) {
    return Other((it.latest ? "latest of " : "earliest of ") + NameOf(it.child),
                 {At(it.order), At(it.condition), At(it.value)},
                 {Sense::kUnknown, Sense::kUnknown, Sense::kUp}, SignOf(At(it.value)));
  }
  FormId Make(const model::ByYear& it) {
    std::vector<FormId> operands{At(it.year), At(it.condition)};
    if (it.date.valid()) operands.push_back(At(it.date));
    std::vector<Sense> senses(operands.size(), Sense::kUnknown);
    return Other("by year of " + NameOf(it.child), std::move(operands), std::move(senses));
  }
  FormId Make(const model::Walk& it) {
    std::vector<FormId> operands{At(it.from), At(it.until), At(it.date)};
    for (const ExpressionId condition : it.conditions) operands.push_back(At(condition));
    std::vector<Sense> senses(operands.size(), Sense::kUnknown);
    std::string words = "walk " + std::to_string(static_cast<int>(it.result)) + " " + NameOf(it.child) +
                        WordsOf(model_.machines[it.machine]);
    return Other(std::move(words), std::move(operands), std::move(senses));
  }
  static std::string WordsOf(const program::Machine& machine) {
    std::string words = " from " + std::to_string(machine.initial);
    for (const program::MachineState& state : machine.states) {
      words += "; " + std::to_string(static_cast<int>(state.timeout_unit)) + " " +
               std::to_string(state.timeout) + " " + std::to_string(state.timeout_target);
      for (const program::Transition& one : state.transitions)
        words += ", " + std::to_string(one.condition) + " " + std::to_string(one.target);
    }
    return words;
  }

  const Model& model_;
  Forms& forms_;
  ModelForms& found_;
  const program::ValueType* type_ = nullptr;
};

class ClauseForms {
 public:
  ClauseForms(const Model& model, Forms& forms, ModelForms& found)
      : model_(model), forms_(forms), found_(found) {}

  void Make(ClauseId id) {
    if (!lower::Decides(model_, id)) return;
    const model::Clause& clause = model_.clauses[id.index];
    FormId own = Body(id);
    if (clause.when.valid() && clause.replaces.empty()) {
      own = forms_.AddAny({forms_.AddNot(found_.expressions[clause.when.index]), own});
    }
    found_.own[id.index] = own;
    const FormId value = WithReplacements(clause, own);
    // What holds in principle only denies nobody anything.
    found_.values[id.index] = clause.in_principle ? forms_.AddTruth(true) : value;
  }

 private:
  FormId Body(ClauseId id) {
    const model::Clause& clause = model_.clauses[id.index];
    if (clause.kind == program::ClauseKind::kUndisclosed) return forms_.AddAtom("undisclosed " + clause.id);
    if (clause.condition.valid()) return found_.expressions[clause.condition.index];
    return forms_.AddAll(
        MapEach(lower::DecidingItems(model_, id), [&](ClauseId item) { return found_.values[item.index]; }));
  }

  FormId WithReplacements(const model::Clause& clause, FormId own) {
    if (clause.replaced_by.empty()) return own;
    std::vector<FormId> operands{own};
    std::vector<Sense> senses{Sense::kUp};
    for (const ClauseId by : clause.replaced_by) {
      const auto live = MapEach(lower::LiveConditions(model_, by),
                                [&](ExpressionId id) { return found_.expressions[id.index]; });
      operands.insert(operands.end(), {forms_.AddAll(live), found_.values[by.index]});
      senses.insert(senses.end(), {Sense::kUnknown, Sense::kUp});
    }
    return forms_.AddOther("replaced", std::move(operands), std::move(senses));
  }

  const Model& model_;
  Forms& forms_;
  ModelForms& found_;
};

}  // namespace

FormId ParameterForm(const Model& model, const model::Parameter& parameter, FormId reference, Forms& forms) {
  Form form;
  form.kind = FormKind::kParameter;
  form.operands = {reference};
  form.sign = Sign::kPositive;
  for (const model::DatedValue& dated : parameter.values) {
    const FormId value = ConstantForm(model, parameter.type, dated.value, forms);
    if (parameter.values.size() == 1 && !dated.from) return value;
    form.operands.push_back(value);
    form.days.push_back(dated.from.value_or(Form::kAlways));
    form.sign = Both(form.sign, forms[value].sign);
  }
  return forms.Add(std::move(form));
}

ModelForms FormsOf(const Model& model, Forms& forms) {
  ModelForms found;
  // What is read before it is there reads itself; the compiler has no such policy pass.
  found.expressions.assign(model.expressions.size(), forms.AddUnlike());
  found.own.assign(model.clauses.size(), forms.AddTruth(true));
  found.values = found.own;
  ExpressionForms expressions(model, forms, found);
  ClauseForms clauses(model, forms, found);
  lower::Order order(model);
  const auto emit = [&](lower::Node node) {
    if (node.kind == lower::Node::Kind::kClause) clauses.Make({node.index});
    if (node.kind != lower::Node::Kind::kExpression) return;
    found.expressions[node.index] = expressions.Of({node.index});
  };
  for (std::uint32_t at = 0; at < model.expressions.size(); ++at) {
    order.Visit({lower::Node::Kind::kExpression, at}, emit);
  }
  for (std::uint32_t at = 0; at < model.clauses.size(); ++at) {
    order.Visit({lower::Node::Kind::kClause, at}, emit);
  }
  return found;
}

}  // namespace pol::overlay
