// Declarations as an indented outline; expressions as s-expressions, on one line unless they hold bands.

#include "compiler/syntax/dump.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "compiler/syntax/children.h"
#include "compiler/syntax/print.h"

namespace pol::syntax {
namespace {

// The head of a node's s-expression: its kind and whatever else is not a child.
struct Head {
  std::string operator()(const NumberLiteral& node) const { return node.digits + node.unit; }
  std::string operator()(const DateLiteral& node) const {
    return "date " + std::to_string(node.year) + "-" + std::to_string(node.month) + "-" +
           std::to_string(node.day);
  }
  std::string operator()(const TextLiteral& node) const { return Quote(node.value); }
  std::string operator()(const TruthLiteral& node) const { return node.value ? "true" : "false"; }
  std::string operator()(const NameReference& node) const { return node.name; }
  std::string operator()(const AsOf&) const { return "as_of"; }
  std::string operator()(const CitationReference& node) const { return "§" + ToString(node.citation); }
  std::string operator()(const MissedDuty& node) const { return "(missed " + node.duty.text + ")"; }
  std::string operator()(const ErrorExpression&) const { return "error"; }
  std::string operator()(const Member& node) const { return "member " + node.name.text; }
  std::string operator()(const Call& node) const { return "call " + node.function.text; }
  std::string operator()(const Period& node) const { return Unit(node.unit); }
  std::string operator()(const Term&) const { return "term"; }
  std::string operator()(const Elapsed& node) const { return "elapsed " + Unit(node.unit); }
  std::string operator()(const PartOfDate& node) const {
    return node.part == DatePart::kYear ? "year_of" : node.part == DatePart::kMonth ? "month_of" : "day_of";
  }
  std::string operator()(const Unary& node) const {
    return node.operation == UnaryOperator::kNot ? "not" : "negate";
  }
  std::string operator()(const Binary& node) const {
    constexpr std::string_view kSigns[] = {"+", "-", "*", "/", "default", "..", "of"};
    return std::string(kSigns[static_cast<std::size_t>(node.operation)]);
  }
  std::string operator()(const Logic& node) const {
    return node.operation == LogicOperator::kAnd ? "and" : "or";
  }
  std::string operator()(const Comparison& node) const {
    constexpr std::string_view kSigns[] = {"<", "<=", ">", ">=", "=", "!="};
    std::string text;
    for (const CompareOperator sign : node.operators) {
      if (!text.empty()) text += ' ';
      text += kSigns[static_cast<std::size_t>(sign)];
    }
    return text;
  }
  std::string operator()(const InInterval& node) const {
    return Not(node.negated) + "in_interval " + (node.interval.low_closed ? "[" : "(") +
           (node.interval.low.valid() ? "" : "..") + "," + (node.interval.high.valid() ? "" : "..") +
           (node.interval.high_closed ? "]" : ")");
  }
  std::string operator()(const InSet& node) const { return Not(node.negated) + "in_set"; }
  std::string operator()(const InWindow& node) const { return Not(node.negated) + "in_window"; }
  std::string operator()(const Within& node) const { return Not(node.negated) + "within"; }
  std::string operator()(const Presence& node) const { return node.given ? "given" : "absent"; }
  std::string operator()(const Trend& node) const { return node.rising ? "rising" : "falling"; }
  std::string operator()(const Running& node) const { return "running " + node.years; }
  std::string operator()(const Conditional&) const { return "if"; }
  std::string operator()(const Bands&) const { return "bands"; }
  std::string operator()(const Brackets&) const { return "brackets"; }
  std::string operator()(const Window& node) const {
    return std::string(node.period.valid() ? "last" : "last_year") + (node.until ? " until" : " before") +
           (node.since.valid() ? " since" : "");
  }
  std::string operator()(const Aggregate& node) const {
    constexpr std::string_view kWords[] = {"sum",   "average", "minimum", "maximum",
                                           "count", "latest",  "earliest"};
    return std::string(kWords[static_cast<std::size_t>(node.operation)]) + Parts(node.selection);
  }
  std::string operator()(const Extreme& node) const { return node.greatest ? "greatest" : "least"; }
  std::string operator()(const QuantifiedList& node) const { return Kind(node.quantifier) + " list"; }
  std::string operator()(const QuantifiedSelection& node) const {
    return Kind(node.quantifier) + Parts(node.selection);
  }
  std::string operator()(const LengthOf&) const { return "length"; }
  std::string operator()(const GrowthOf&) const { return "growth"; }
  std::string operator()(const ValueOf&) const { return "value"; }
  std::string operator()(const Round& node) const {
    return node.rounding == Rounding::kUp     ? "round_up"
           : node.rounding == Rounding::kDown ? "round_down"
                                              : "round";
  }
  std::string operator()(const ForEvery&) const { return "for_every"; }

 private:
  static std::string Not(bool negated) { return negated ? "not_" : ""; }
  static std::string Unit(PeriodUnit unit) {
    constexpr std::string_view kWords[] = {"days", "working_days", "months", "years"};
    return std::string(kWords[static_cast<std::size_t>(unit)]);
  }
  // Which of the optional children are there.
  static std::string Parts(const Selection& selection) {
    return std::string(selection.window.valid() ? " over" : "") +
           (selection.condition.valid() ? " where" : "");
  }
  static std::string Kind(const Quantifier& quantifier) {
    constexpr std::string_view kWords[] = {"any", "all", "none", "at_least", "at_most", "exactly"};
    return std::string(kWords[static_cast<std::size_t>(quantifier.kind)]);
  }
};

class Dumper {
 public:
  explicit Dumper(const Tree& tree) : tree_(tree) {}

  std::string Run() {
    if (tree_.header.has_value()) Write(*tree_.header);
    for (const DeclarationId id : tree_.top) {
      std::visit([&](const auto& declaration) { Write(declaration); }, tree_[id]);
    }
    return std::move(text_);
  }

 private:
  void Line(const std::string& text) { text_ += std::string(indent_, ' ') + text + "\n"; }

  // Runs `body` one level deeper.
  template <typename Body>
  void Inside(Body&& body) {
    indent_ += 2;
    body();
    indent_ -= 2;
  }

  static std::string Show(const Naming& naming) {
    std::string text = naming.name.valid() ? " " + naming.name.text : "";
    if (naming.label.present) text += " " + Quote(naming.label.value);
    for (const Text& alias : naming.aliases) text += " also " + Quote(alias.value);
    return text;
  }
  static std::string Show(const Type& type) {
    std::string text = type.form == TypeForm::kListOf ? "list of " + type.name.text : type.name.text;
    if (type.currency.valid()) text += " in " + type.currency.text;
    if (type.form == TypeForm::kPerYear) text += " per year";
    return text + (type.optional ? "?" : "");
  }

  bool HoldsBands(ExpressionId id) const {
    if (std::holds_alternative<Bands>(tree_[id]) || std::holds_alternative<Brackets>(tree_[id])) return true;
    bool found = false;
    ForEachChild(tree_[id], [&](ExpressionId child) { found = found || HoldsBands(child); });
    return found;
  }

  std::string Flat(ExpressionId id) const {
    if (!id.valid()) return "..";
    std::string text = std::visit(Head{}, tree_[id]);
    bool leaf = true;
    ForEachChild(tree_[id], [&](ExpressionId child) {
      leaf = false;
      text += " " + Flat(child);
    });
    const bool empty_call = std::holds_alternative<Call>(tree_[id]);
    return leaf && !empty_call ? text : "(" + text + ")";
  }

  // On one line with `prefix` where it holds no bands.
  void Write(const std::string& prefix, ExpressionId id) {
    if (!id.valid() || !HoldsBands(id)) return Line(prefix + Flat(id));
    Line(prefix + std::visit(Head{}, tree_[id]));
    Inside([&] {
      if (const auto* bands = std::get_if<Bands>(&tree_[id])) {
        Write("by ", bands->subject);
        for (const Band& band : bands->bands) Write("band " + Row(band.pattern) + " : ", band.body);
      } else if (const auto* brackets = std::get_if<Brackets>(&tree_[id])) {
        Write("of ", brackets->subject);
        for (const Band& band : brackets->bands) Write("part " + Row(band.pattern) + " : ", band.body);
      } else {
        ForEachChild(tree_[id], [&](ExpressionId child) { Write("", child); });
      }
    });
  }
  std::string Row(const Pattern& pattern) const {
    if (pattern.interval.has_value()) return Flat(*pattern.interval);
    if (pattern.values.empty()) return "otherwise";
    std::string text;
    for (const ExpressionId value : pattern.values) text += (text.empty() ? "" : " ") + Flat(value);
    return text;
  }
  std::string Flat(const Interval& interval) const {
    return (interval.low_closed ? "[" : "(") + Flat(interval.low) + ", " + Flat(interval.high) +
           (interval.high_closed ? "]" : ")");
  }

  void Write(const Header& header) {
    constexpr std::string_view kWords[] = {"title",  "document",  "authority", "version",
                                           "issued", "effective", "periods",   "reference"};
    Line("policy " + ToString(header.path) + (header.base ? " extends " + ToString(*header.base) : ""));
    Inside([&] {
      for (const HeaderField& field : header.fields) {
        const std::string word = std::string(kWords[static_cast<std::size_t>(field.kind)]) + " ";
        if (field.expression.valid()) {
          Write(word, field.expression);
        } else {
          Line(word + (field.text.present ? Quote(field.text.value) : "by " + field.name.text));
        }
      }
    });
  }
  void Write(const Use& use) {
    std::string text = "use";
    for (const Path& path : use.paths) text += " " + ToString(path);
    Line(text);
  }
  void Write(const Parameter& parameter) {
    Line("param" + Show(parameter.naming) +
         (parameter.type.has_value() ? " : " + Show(*parameter.type) : ""));
    Inside([&] {
      for (const DatedValue& value : parameter.values) {
        const std::string from = value.from.valid() ? "value from " + Flat(value.from) + " = " : "value = ";
        Write(from, value.value);
      }
    });
  }
  void Write(const Enumeration& enumeration) {
    Line((enumeration.ordered ? "scale" : "enumeration") + Show(enumeration.naming));
    Inside([&] {
      for (const Naming& member : enumeration.members) Line("member" + Show(member));
    });
  }
  void Write(const Record& record) {
    Line("record" + Show(record.naming));
    Inside([&] {
      for (const RecordMember& member : record.members) {
        std::visit([&](const auto& one) { Write(one); }, member);
      }
    });
  }
  void Write(const Field& field) {
    Line(std::string(field.key ? "key" : "field") + Show(field.naming) + " : " + Show(field.type) +
         (field.within.has_value() ? " within " + Flat(*field.within) : ""));
  }
  void Write(const JudgedField& judged) {
    Line("judged" + Show(judged.naming) + (judged.judge.valid() ? " by " + judged.judge.text : ""));
  }
  void Write(const ChecklistField& checklist) {
    Line("checklist" + Show(checklist.naming));
    Inside([&] {
      for (const Naming& item : checklist.items) Line("item" + Show(item));
    });
  }
  void Write(const Holds& holds) {
    Write("holds " + (holds.label.present ? Quote(holds.label.value) + " " : ""), holds.condition);
  }
  void Write(const Let& let) { Write("let" + Show(let.naming) + " = ", let.value); }
  void Write(const Function& function) {
    std::string text = "function" + Show(function.naming) + " (";
    for (const FunctionParameter& parameter : function.parameters) {
      if (!text.ends_with('(')) text += ", ";
      text += parameter.name.text + " : " + Show(parameter.type);
    }
    Write(text + ") = ", function.value);
  }
  void Write(const Article& article) {
    WriteClause("article " + std::to_string(article.clause.number), std::to_string(article.clause.number),
                article.clause);
  }
  void WriteClause(const std::string& heading, const std::string& id, const Item& clause) {
    Line(heading + Show(clause.naming));
    Inside([&] {
      if (clause.in_principle) Line("in principle");
      if (clause.when.valid()) Write("when ", clause.when);
      std::visit([&](const auto& body) { Write(body, id); }, clause.body);
    });
  }
  void Write(const ItemsBody& body, const std::string& id) {
    for (const Item& item : body.items) {
      const std::string item_id = id + "(" + std::to_string(item.number) + ")";
      WriteClause("item " + item_id, item_id, item);
    }
  }
  void Write(const ConditionBody& body, const std::string& /*id*/) { Write("", body.condition); }
  void Write(const GuidanceBody& body, const std::string& /*id*/) {
    Line("guidance " + Quote(body.text.value));
  }
  void Write(const UndisclosedBody& body, const std::string& /*id*/) {
    Line("undisclosed " + Quote(body.text.value));
  }
  void Write(const ReplacesBody& body, const std::string& /*id*/) {
    std::string text = "replaces";
    for (const Citation& citation : body.replaced) text += " §" + ToString(citation);
    Write(text + " : ", body.condition);
  }
  void Write(const Change& change) {
    std::string text = change.condition.valid() ? "replaces" : "drops";
    for (const Citation& citation : change.clauses) text += " §" + ToString(citation);
    if (change.condition.valid()) return Write(text + " : ", change.condition);
    Line(text);
  }
  void Write(const Decision& decision) {
    Line("decision" + Show(decision.naming));
    Inside([&] {
      for (const DecisionCase& one : decision.cases) {
        if (one.condition.valid()) {
          Write("case" + Show(one.outcome) + " when ", one.condition);
        } else {
          Line("otherwise" + Show(one.outcome));
        }
      }
    });
  }
  void Write(const Grant& grant) {
    Line("grant" + Show(grant.naming) + " §" + ToString(grant.citation));
    Inside([&] {
      if (grant.condition.valid()) Write("when ", grant.condition);
      Write("amount ", grant.amount);
      for (const Limit& limit : grant.limits) Write(Show(limit), limit.bound);
    });
  }
  void Write(const Quota& quota) {
    Line("quota" + Show(quota.naming) + " §" + ToString(quota.citation));
    Inside([&] {
      Write("when ", quota.condition);
      for (const Limit& limit : quota.limits) Write(Show(limit), limit.bound);
    });
  }
  void Write(const Score& score) {
    Line("score" + Show(score.naming) + " §" + ToString(score.citation));
    Inside([&] {
      for (const ScoreItem& item : score.items) {
        Write("item" + Show(item.naming, item.citation) + " : ", item.points);
        Inside([&] {
          for (const Limit& limit : item.limits) Write(Show(limit), limit.bound);
        });
      }
      for (const Limit& limit : score.limits) Write(Show(limit), limit.bound);
    });
  }
  static std::string Show(const Limit& limit) {
    if (limit.kind == LimitKind::kAtMost) return "at most ";
    if (limit.kind == LimitKind::kAtLeast) return "at least ";
    return limit.rounding == Rounding::kUp     ? "rounded up to "
           : limit.rounding == Rounding::kDown ? "rounded down to "
                                               : "rounded to ";
  }
  void Write(const Lifecycle& lifecycle) {
    Line("lifecycle" + Show(lifecycle.naming) +
         (lifecycle.list.valid() ? " over " + lifecycle.list.text : ""));
    Inside([&] {
      for (const LifecycleMember& member : lifecycle.members) {
        std::visit([&](const auto& one) { Write(one); }, member);
      }
    });
  }
  static std::string Show(const Naming& naming, const std::optional<Citation>& citation) {
    return Show(naming) + (citation.has_value() ? " §" + ToString(*citation) : "");
  }
  void Write(const std::string& prefix, const Occasion& occasion) {
    if (occasion.event.valid()) Line(prefix + "event " + occasion.event.text);
    if (occasion.where.valid()) Write("  where ", occasion.where);
    if (occasion.date.valid()) Write(prefix, occasion.date);
  }
  void Write(const Bar& bar) {
    if (bar.kind == BarKind::kForGood) Line("barred for good");
    if (bar.kind == BarKind::kForPeriod) Write("barred for ", bar.period);
  }
  void Write(const LifecycleStage& stage) {
    Line("stage" + Show(stage.naming, stage.citation));
    Inside([&] { Write("at ", stage.at); });
  }
  void Write(const LifecycleStart& start) {
    Line("starts" + Show(start.naming, start.citation));
    Inside([&] {
      Write("at ", start.at);
      if (start.period.valid()) Write("lasts ", start.period);
    });
  }
  void Write(const LifecycleDuty& duty) {
    Line((duty.recurring ? "duty" : "due") + Show(duty.naming, duty.citation));
    Inside([&] {
      if (duty.recurring) {
        const std::string day = duty.month.empty() ? "" : " by " + duty.month + "-" + duty.day;
        Line("every " + (duty.every.valid() ? Flat(duty.every) + " years" : "year") + day);
      }
      if (duty.since.valid()) Write("since ", duty.since);
      if (duty.date.valid()) Write("by ", duty.date);
      if (duty.condition.valid()) Write("when ", duty.condition);
      if (duty.event.valid()) Line("met by event " + duty.event.text);
      if (duty.met.operand.valid()) Write("met by ", duty.met.operand);
      if (duty.met.condition.valid()) Write("  where ", duty.met.condition);
    });
  }
  void Write(const LifecycleEnd& end) {
    Line("ends" + Show(end.naming, end.citation));
    Inside([&] {
      Write("at ", end.at);
      if (end.condition.valid()) Write("when ", end.condition);
      Write(end.bar);
    });
  }
  void Write(const LifecycleState& state) {
    Line("state" + Show(state.naming, state.citation) + (state.final ? " final" : ""));
    Inside([&] {
      Write(state.bar);
      for (const LifecycleTransition& transition : state.transitions) {
        const std::string period = transition.period.valid() ? "after " + Flat(transition.period) : "";
        if (!period.empty()) Line(period);
        Write("on ", transition.on);
        Line("  -> " + transition.target.text);
      }
    });
  }
  void Write(const Region& region) { Write(region.row); }
  void Write(const RegionRow& row) {
    std::string text = "region " + row.code + " " + Quote(row.name.value);
    for (const Text& alias : row.aliases) text += " also " + Quote(alias.value);
    Line(text);
    Inside([&] {
      for (const RegionRow& part : row.parts) Write(part);
    });
  }
  void Write(const Calendar& calendar) {
    Line("calendar" + Show(calendar.naming));
    Inside([&] {
      for (const CalendarYear& year : calendar.years) {
        Line("year " + year.year);
        Inside([&] {
          for (const CalendarSpan& span : year.spans) {
            Line((span.working ? "work " : "off ") + Flat(span.first) +
                 (span.last == span.first ? "" : ".. " + Flat(span.last)) +
                 (span.label.present ? " " + Quote(span.label.value) : ""));
          }
        });
      }
    });
  }
  static std::string Show(const ExamplePath& path) {
    std::string text = path.as_of ? "as_of" : path.name.text;
    if (path.part.valid()) text += "." + path.part.text;
    if (!path.first_year.empty()) text += " " + path.first_year;
    if (path.last_year != path.first_year) text += ".." + path.last_year;
    return text;
  }
  std::string Show(const ExampleGiven& given) const {
    constexpr std::string_view kStates[] = {" =", " unknown", " absent", " empty"};
    std::string text = Show(given.path) + std::string(kStates[static_cast<std::size_t>(given.state)]);
    for (const ExpressionId value : given.values) text += " " + Flat(value);
    return text;
  }
  void Write(const ExampleExpectation& expectation) {
    std::string text = "expect ";
    if (expectation.clause) {
      const std::string truth = !expectation.truth ? " unknown" : *expectation.truth ? " = true" : " = false";
      text += "§" + ToString(*expectation.clause) + truth;
    } else {
      text += expectation.output.text;
      text += expectation.value.valid() ? " = " + Flat(expectation.value) : " unknown";
    }
    for (const Citation& citation : expectation.because) text += " because §" + ToString(citation);
    for (const ExampleNeed& need : expectation.needs) {
      text += " needs " + (need.citation ? "§" + ToString(*need.citation) : Show(need.path));
    }
    Line(text);
  }
  void Write(const Example& example) {
    Line("example " + Quote(example.title.value) +
         (example.base.present ? " like " + Quote(example.base.value) : ""));
    Inside([&] {
      for (const ExampleGiven& given : example.given) {
        Line(Show(given));
        Inside([&] {
          for (const ExampleRow& row : given.rows) {
            std::string text = "row";
            for (const ExampleGiven& cell : row.cells) text += " (" + Show(cell) + ")";
            Line(text);
          }
        });
      }
      for (const ExampleExpectation& expectation : example.expected) Write(expectation);
    });
  }
  void Write(const ErrorDeclaration&) { Line("error"); }

  const Tree& tree_;
  std::string text_;
  std::size_t indent_ = 0;
};

}  // namespace

std::string Dump(const Tree& tree) { return Dumper(tree).Run(); }

}  // namespace pol::syntax
