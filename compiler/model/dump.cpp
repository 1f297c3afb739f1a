#include "compiler/model/dump.h"

#include <algorithm>
#include <initializer_list>
#include <utility>

#include "compiler/model/words.h"
#include "runtime/calendar/date.h"
#include "runtime/number/decimal.h"

namespace pol::model {
namespace {

using program::ValueKind;

// An expression is a graph; written as a tree it may be longer than anyone reads.
constexpr std::size_t kMostCharacters = 4'000;
constexpr int kMostDepth = 200;

std::string TypeText(const program::Schema& schema, const program::ValueType& type) {
  switch (type.kind) {
    case ValueKind::kTruth:
      return "yes_no";
    case ValueKind::kMoney:
      return "money in " + type.currency;
    case ValueKind::kPercent:
      return "percent";
    case ValueKind::kNumber:
      return "number";
    case ValueKind::kCount:
      return "count";
    case ValueKind::kYear:
      return "year";
    case ValueKind::kDate:
      return "date";
    case ValueKind::kText:
      return "text";
    case ValueKind::kRegion:
      return "region";
    case ValueKind::kCreditCode:
      return "credit_code";
    case ValueKind::kEnumeration:
      break;
  }
  return schema.enumerations[type.enumeration].naming.name;
}

std::string Quoted(const std::string& text) {
  std::string quoted = "\"";
  for (const char one : text) {
    if (one == '"' || one == '\\') quoted += '\\';
    quoted += one == '\n' ? ' ' : one;
  }
  return quoted + "\"";
}

std::string NamingText(const program::Naming& naming) {
  std::string text = naming.name;
  if (!naming.label.empty()) text += " " + Quoted(naming.label);
  for (const std::string& alias : naming.aliases) text += " also " + Quoted(alias);
  return text;
}

std::string_view Symbol(program::Comparison comparison) {
  switch (comparison) {
    case program::Comparison::kLess:
      return "<";
    case program::Comparison::kLessEqual:
      return "<=";
    case program::Comparison::kGreater:
      return ">";
    case program::Comparison::kGreaterEqual:
      return ">=";
    case program::Comparison::kEqual:
      return "=";
    default:
      return "!=";
  }
}

std::string_view Symbol(ArithmeticOperator operation) {
  switch (operation) {
    case ArithmeticOperator::kAdd:
      return "+";
    case ArithmeticOperator::kSubtract:
      return "-";
    case ArithmeticOperator::kMultiply:
      return "*";
    case ArithmeticOperator::kDivide:
      break;
  }
  return "/";
}

std::string_view NameOf(FoldOperator operation) {
  switch (operation) {
    case FoldOperator::kAny:
      return "any";
    case FoldOperator::kAll:
      return "every";
    case FoldOperator::kAtLeast:
      return "at_least";
    case FoldOperator::kCount:
      return "count";
    case FoldOperator::kSum:
      return "sum";
    case FoldOperator::kMinimum:
      return "minimum";
    case FoldOperator::kMaximum:
      return "maximum";
    case FoldOperator::kEarliest:
      break;
  }
  return "earliest";
}

std::string_view NameOf(PeriodUnit unit) {
  switch (unit) {
    case PeriodUnit::kDays:
      return "days";
    case PeriodUnit::kWorkingDays:
      return "working_days";
    case PeriodUnit::kMonths:
      break;
  }
  return "months";
}

// The name that an expression goes by inside others when it is a part of a lifecycle: these are long, and
// much is made of them. Empty for any other expression.
std::string LifecyclePartName(const Model& model, ExpressionId id) {
  const Expression& expression = model[id];
  const bool short_itself =
      std::holds_alternative<FactValue>(expression) || std::holds_alternative<LifecycleValue>(expression) ||
      std::holds_alternative<MissedDuty>(expression) || std::holds_alternative<LetValue>(expression);
  if (short_itself) return {};
  using Part = std::pair<std::string_view, ExpressionId>;
  const auto named = [&](const std::string& owner, std::initializer_list<Part> parts) {
    for (const auto& [name, part] : parts) {
      if (part.valid() && part == id) return owner + "." + std::string(name);
    }
    return std::string{};
  };
  for (const Lifecycle& lifecycle : model.lifecycles) {
    std::string name = named(lifecycle.naming.name, {{"started", lifecycle.started},
                                                     {"start", lifecycle.start},
                                                     {"expiry", lifecycle.expiry},
                                                     {"state", lifecycle.state},
                                                     {"since", lifecycle.since}});
    if (!name.empty()) return name;
    for (const Duty& duty : lifecycle.duties) {
      name = named(duty.naming.name, {{"window", duty.window},
                                      {"owed", duty.owed},
                                      {"due", duty.due},
                                      {"nominal", duty.nominal},
                                      {"met", duty.met},
                                      {"met_on", duty.met_on}});
      if (!name.empty()) return name;
    }
  }
  return {};
}

// Writes one expression as nested brackets.
class ExpressionWriter {
 public:
  explicit ExpressionWriter(const Model& model) : model_(model) {}

  std::string Write(ExpressionId id) {
    Put(id);
    return std::move(text_);
  }

 private:
  void Put(ExpressionId id) {
    if (!id.valid()) return;
    if (text_.size() > kMostCharacters || depth_ > kMostDepth) {
      text_ += "…";
      return;
    }
    if (const std::string name = depth_ == 0 ? std::string{} : LifecyclePartName(model_, id); !name.empty()) {
      text_ += name;
      return;
    }
    ++depth_;
    current_ = id;
    std::visit([&](const auto& it) { Put(it); }, model_[id]);
    --depth_;
  }

  template <typename... Parts>
  void Form(std::string_view name, const Parts&... parts) {
    text_ += '(';
    text_ += name;
    (Part(parts), ...);
    text_ += ')';
  }
  void Part(ExpressionId id) {
    if (!id.valid()) return;
    text_ += ' ';
    Put(id);
  }
  void Part(const std::vector<ExpressionId>& ids) {
    for (const ExpressionId id : ids) Part(id);
  }
  void Part(const std::string& text) {
    if (!text.empty()) text_ += " " + text;
  }
  void Part(std::string_view text) { Part(std::string(text)); }
  void Part(const char* text) { Part(std::string(text)); }

  const program::ValueType& Type() const { return model_.InfoOf(current_).type; }
  std::string DomainName(std::uint32_t domain) const {
    const program::Domain& one = model_.schema.domains[domain];
    return one.kind == program::DomainKind::kYears ? "years" : one.naming.name;
  }
  std::string FactName(FactId id) const {
    const program::Fact& fact = model_.schema.facts[id.index];
    const bool list = model_.schema.domains[fact.domain].kind == program::DomainKind::kList;
    return list ? DomainName(fact.domain) + "." + fact.naming.name : fact.naming.name;
  }
  std::string CalendarText(std::uint32_t calendar) const {
    return calendar == program::kNone ? "no_calendar" : model_.schema.calendars[calendar].naming.name;
  }

  void Put(const ConstantTruth& it) { text_ += it.value ? "yes" : "no"; }
  void Put(const ConstantNumber& it) { text_ += ConstantWords(model_.schema, Type(), it.value); }
  void Put(const ConstantCode& it) {
    const ValueKind kind = Type().kind;
    const std::string words = ConstantWords(model_.schema, Type(), it.value);
    text_ += kind == ValueKind::kText || kind == ValueKind::kCreditCode ? Quoted(words) : words;
  }
  void Put(const FactValue& it) { text_ += it.raw ? "(raw " + FactName(it.fact) + ")" : FactName(it.fact); }
  void Put(const FactPresence& it) { Form("given", FactName(it.fact)); }
  void Put(const ParameterValue& it) { text_ += model_.parameters[it.parameter.index].naming.name; }
  void Put(const AsOf&) { text_ += "as_of"; }
  void Put(const LetValue& it) { text_ += model_.lets[it.let.index].naming.name; }
  void Put(const GrantValue& it) { text_ += model_.grants[it.grant.index].naming.name; }
  void Put(const ScoreValue& it) {
    const Score& score = model_.scores[it.score.index];
    text_ += score.naming.name;
    if (it.item != program::kNone) text_ += "." + score.items[it.item].naming.name;
  }
  void Put(const LifecycleValue& it) {
    text_ += model_.lifecycles[it.lifecycle.index].naming.name;
    constexpr std::string_view kParts[] = {"", ".started", ".start", ".since", ".expiry", ".barred"};
    text_ += kParts[static_cast<std::size_t>(it.part)];
  }
  void Put(const MissedDuty& it) {
    Form("missed", model_.lifecycles[it.lifecycle.index].duties[it.duty].naming.name);
  }
  void Put(const ClauseValue& it) { text_ += "§" + model_.clauses[it.clause.index].id; }
  void Put(const Broadcast& it) { Form("each", it.operand); }
  void Put(const Not& it) { Form("not", it.operand); }
  void Put(const All& it) { Form(it.presence_guard ? "guard" : "all", it.operands); }
  void Put(const Any& it) { Form("any", it.operands); }
  void Put(const AtLeast& it) { Form("at_least", it.threshold, it.operands); }
  void Put(const Arithmetic& it) { Form(Symbol(it.operation), it.left, it.right); }
  void Put(const Negate& it) { Form("-", it.operand); }
  void Put(const Round& it) {
    const std::string_view name = it.rounding == Rounding::kUp     ? "round_up"
                                  : it.rounding == Rounding::kDown ? "round_down"
                                                                   : "round";
    Form(name, it.operand, it.multiple);
  }
  void Put(const Comparison& it) { Form(Symbol(it.comparison), it.left, it.right); }
  void Put(const Conditional& it) { Form("if", it.condition, it.then, it.otherwise); }
  void Put(const Bands& it) {
    text_ += "(by ";
    Put(it.subject);
    for (const BandRow& row : it.rows) {
      text_ += " {";
      Put(row.holds);
      text_ += " : ";
      Put(row.body);
      text_ += '}';
    }
    text_ += ')';
  }
  void Put(const Brackets& it) {
    text_ += "(brackets ";
    Put(it.subject);
    for (const BracketRow& row : it.rows) {
      text_ += " {";
      Put(row.low);
      text_ += "..";
      Put(row.high);
      text_ += " : ";
      Put(row.rate);
      text_ += '}';
    }
    text_ += ')';
  }
  void Put(const WithinRegion& it) { Form("within", it.operand, std::to_string(it.code)); }
  void Put(const AddPeriod& it) {
    const bool working = it.unit == PeriodUnit::kWorkingDays;
    Form(it.term ? "term" : "add", it.start, it.amount, NameOf(it.unit),
         it.term || working ? CalendarText(it.calendar) : std::string{});
  }
  void Put(const Elapsed& it) {
    Form("elapsed", it.from, it.to, it.years ? "years" : NameOf(it.unit),
         it.unit == PeriodUnit::kWorkingDays ? CalendarText(it.calendar) : std::string{});
  }
  void Put(const PartOfDate& it) {
    Form(it.part == DatePart::kYear    ? "year_of"
         : it.part == DatePart::kMonth ? "month_of"
                                       : "day_of",
         it.date);
  }
  void Put(const FirstDayOfYear& it) { Form("first_day_of", it.year); }
  void Put(const YearInWindow& it) { Form("in_years", it.first, it.last); }
  void Put(const Previous& it) { Form("previous", it.operand); }
  void Put(const LaneYear&) { text_ += "this_year"; }
  void Put(const UndatedMoment&) { text_ += "undated"; }
  void Put(const Fold& it) {
    const std::string name = std::string(NameOf(it.operation)) + "@" + DomainName(it.child);
    Form(name, it.threshold, it.value, "where", it.condition);
  }
  void Put(const Pick& it) {
    const std::string name = std::string(it.latest ? "latest@" : "earliest@") + DomainName(it.child);
    Form(name, it.value, "by", it.order, "where", it.condition);
  }
  void Put(const ByYear& it) {
    const std::string name = (it.date.valid() ? "earliest_by_year@" : "any_by_year@") + DomainName(it.child);
    Form(name, it.date, "year", it.year, "where", it.condition);
  }
  void Put(const Walk& it) {
    const std::string name = (it.result == WalkResult::kState ? "walk_state@" : "walk_since@") +
                             DomainName(it.child) + "#" + std::to_string(it.machine);
    Form(name, it.date, "from", it.from, "until", it.until, "on", it.conditions);
  }

  const Model& model_;
  ExpressionId current_;
  std::string text_;
  int depth_ = 0;
};

// Writes the declarations, a line each.
class ModelWriter {
 public:
  explicit ModelWriter(const Model& model) : model_(model) {}

  std::string Write() {
    WritePolicy();
    WriteSchema();
    for (const Parameter& parameter : model_.parameters) WriteParameter(parameter);
    for (const Let& let : model_.lets) WriteLet(let);
    for (const Holds& holds : model_.holds) WriteHolds(holds);
    for (const Clause& clause : model_.clauses) WriteClause(clause);
    for (const Decision& decision : model_.decisions) WriteDecision(decision);
    for (const Grant& grant : model_.grants) WriteGrant(grant);
    for (const Score& score : model_.scores) WriteScore(score);
    for (const Quota& quota : model_.quotas) WriteQuota(quota);
    return text_ + DumpLifecycles(model_) + DumpExamples(model_);
  }

 private:
  void Line(const std::string& line) { text_ += line + "\n"; }
  std::string Expression(ExpressionId id) const { return DumpExpression(model_, id); }
  // "number per year"; "yes_no of each of accidents".
  std::string TypeAndDomain(ExpressionId id) const {
    const ExpressionInfo& info = model_.InfoOf(id);
    std::string text = TypeText(model_.schema, info.type);
    if (info.domain == 0) return text;
    const program::Domain& domain = model_.schema.domains[info.domain];
    return text +
           (domain.kind == program::DomainKind::kYears ? " per year" : " of each of " + domain.naming.name);
  }

  void WritePolicy() {
    const program::PolicyInfo& policy = model_.policy;
    Line("policy " + policy.name);
    const auto field = [&](std::string_view name, const std::string& value) {
      if (!value.empty()) Line("  " + std::string(name) + " " + value);
    };
    field("title", policy.title);
    field("document", policy.document);
    field("authority", policy.authority);
    field("version", policy.version);
    field("issued", policy.issued);
    field("effective", policy.effective);
    Line("  reference " + Expression(model_.reference));
  }

  void WriteSchema() {
    for (const program::Enumeration& enumeration : model_.schema.enumerations) {
      Line(std::string(enumeration.ordered ? "scale " : "enumeration ") + NamingText(enumeration.naming));
      for (const program::Naming& member : enumeration.members) Line("  " + NamingText(member));
    }
    for (std::size_t domain = 0; domain < model_.schema.domains.size(); ++domain) WriteDomain(domain);
    // The tables are long and the same in every policy that uses them.
    if (!model_.schema.regions.empty()) Line("regions " + std::to_string(model_.schema.regions.size()));
    for (const program::Calendar& calendar : model_.schema.calendars) {
      Line("calendar " + NamingText(calendar.naming) + " " + std::to_string(calendar.first_year) + ".." +
           std::to_string(calendar.last_year) + ", exceptions " + std::to_string(calendar.exceptions.size()));
    }
  }

  void WriteDomain(std::size_t domain) {
    const program::Domain& one = model_.schema.domains[domain];
    std::string head = "record " + NamingText(one.naming);
    if (one.kind == program::DomainKind::kYears) head = "years";
    if (one.kind == program::DomainKind::kList)
      head = "list " + NamingText(one.naming) + " of " + one.element_name;
    Line(head);
    for (const program::Fact& fact : model_.schema.facts) {
      if (fact.domain == domain) WriteFact(fact);
    }
  }

  void WriteFact(const program::Fact& fact) {
    std::string line = "  " + std::string(fact.key ? "key " : "") + (fact.judged ? "judged " : "");
    line += NamingText(fact.naming) + " : " + TypeText(model_.schema, fact.type) + (fact.optional ? "?" : "");
    if (!fact.judge.empty()) line += " by " + fact.judge;
    const program::ValueRange& range = fact.range;
    const auto end = [](bool has, const program::NumberText& number) {
      if (!has) return std::string("..");
      return number.denominator == "1" ? number.numerator : number.numerator + "/" + number.denominator;
    };
    if (range.has_low || range.has_high) {
      line += std::string(" within ") + (range.low_closed ? "[" : "(") + end(range.has_low, range.low) +
              ", " + end(range.has_high, range.high) + (range.high_closed ? "]" : ")");
    }
    Line(line + (fact.used ? "" : " unused"));
  }

  void WriteParameter(const Parameter& parameter) {
    std::string line =
        "param " + NamingText(parameter.naming) + " : " + TypeText(model_.schema, parameter.type);
    std::string_view before = " = ";
    for (const DatedValue& dated : parameter.values) {
      line += before;
      line += ConstantWords(model_.schema, parameter.type, dated.value);
      if (dated.from) line += " from " + calendar::ToText(*dated.from);
      before = ", ";
    }
    Line(line);
  }

  void WriteLet(const Let& let) {
    if (!let.value.valid()) return Line("let " + NamingText(let.naming) + " in place");
    Line("let " + NamingText(let.naming) + " : " + TypeAndDomain(let.value));
    Line("  " + Expression(let.value));
  }

  void WriteHolds(const Holds& holds) {
    std::string line = "holds" + (holds.label.empty() ? "" : " " + Quoted(holds.label)) + " about";
    for (const FactId fact : holds.facts) line += " " + model_.schema.facts[fact.index].naming.name;
    Line(line);
    Line("  " + Expression(holds.condition));
  }

  void WriteClause(const Clause& clause) {
    std::string line = "§" + clause.id;
    if (!clause.naming.name.empty()) line += " " + clause.naming.name;
    if (!clause.naming.label.empty()) line += " " + Quoted(clause.naming.label);
    switch (clause.kind) {
      case program::ClauseKind::kRule:
        line += " rule";
        break;
      case program::ClauseKind::kJudgement:
        line += " judgement";
        break;
      case program::ClauseKind::kGuidance:
        line += " guidance";
        break;
      case program::ClauseKind::kUndisclosed:
        line += " undisclosed";
        break;
    }
    if (clause.in_principle) line += " in principle";
    if (!clause.text.empty()) line += " " + Quoted(clause.text);
    Line(line);
    if (clause.when.valid()) Line("  when " + Expression(clause.when));
    if (clause.condition.valid()) Line("  " + Expression(clause.condition));
    const auto list = [&](std::string_view name, const std::vector<ClauseId>& ids) {
      if (ids.empty()) return;
      std::string ids_line = "  " + std::string(name);
      for (const ClauseId id : ids) ids_line += " §" + model_.clauses[id.index].id;
      Line(ids_line);
    };
    list("items", clause.items);
    list("replaces", clause.replaces);
    list("replaced by", clause.replaced_by);
  }

  void WriteDecision(const Decision& decision) {
    Line("decision " + NamingText(decision.naming));
    for (const DecisionCase& one : decision.cases) {
      const std::string outcome = NamingText(decision.outcomes[one.outcome]);
      Line(one.condition.valid() ? "  " + outcome + " when " + Expression(one.condition)
                                 : "  otherwise " + outcome);
    }
  }

  void WriteQuota(const Quota& quota) {
    Line("quota " + NamingText(quota.naming) + " §" + model_.clauses[quota.clause.index].id);
    Line("  when " + Expression(quota.condition));
    if (quota.least) Line("  at least " + quota.least->str());
    if (quota.most) Line("  at most " + quota.most->str());
  }

  void WriteGrant(const Grant& grant) {
    Line("grant " + NamingText(grant.naming) + " §" + model_.clauses[grant.clause.index].id + " : " +
         TypeText(model_.schema, grant.type));
    if (grant.condition.valid()) Line("  when " + Expression(grant.condition));
    Line("  " + Expression(grant.amount));
    WriteLimits("  ", grant.limits);
  }

  void WriteScore(const Score& score) {
    Line("score " + NamingText(score.naming) + " §" + model_.clauses[score.clause.index].id);
    for (const ScoreItem& item : score.items) {
      const std::string cited = item.clause.valid() ? " §" + model_.clauses[item.clause.index].id : "";
      Line("  item " + NamingText(item.naming) + cited);
      Line("    " + Expression(item.points));
      WriteLimits("    ", item.limits);
    }
    WriteLimits("  ", score.limits);
  }

  void WriteLimits(const std::string& indent, const std::vector<Limit>& limits) {
    for (const Limit& limit : limits) {
      const std::string_view rounded = limit.rounding == Rounding::kUp     ? "rounded up to "
                                       : limit.rounding == Rounding::kDown ? "rounded down to "
                                                                           : "rounded to ";
      const std::string_view words = limit.kind == LimitKind::kAtMost    ? "at most "
                                     : limit.kind == LimitKind::kAtLeast ? "at least "
                                                                         : rounded;
      Line(indent + std::string(words) + Expression(limit.bound));
    }
  }

  const Model& model_;
  std::string text_;
};

}  // namespace

std::string Dump(const Model& model) { return ModelWriter(model).Write(); }

std::string DumpExpression(const Model& model, ExpressionId id) { return ExpressionWriter(model).Write(id); }

}  // namespace pol::model
