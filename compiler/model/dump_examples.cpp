// The examples of a model as text.
#include "compiler/model/dump.h"
#include "compiler/model/words.h"
#include "runtime/calendar/date.h"

namespace pol::model {
namespace {

class ExampleWriter {
 public:
  explicit ExampleWriter(const Model& model) : model_(model) {}

  std::string Write() {
    for (const Example& example : model_.examples) Write(example);
    return std::move(text_);
  }

 private:
  void Line(const std::string& line) { text_ += line + "\n"; }

  void Write(const Example& example) {
    Line("example \"" + example.title + "\"");
    if (example.as_of) Line("  as_of " + calendar::ToText(*example.as_of));
    for (const ExampleList& list : example.lists) {
      Line("  " + model_.schema.domains[list.domain].naming.name + " rows " + std::to_string(list.rows));
    }
    for (const ExampleCell& cell : example.cells) Line("  " + NameOf(cell) + " " + ValueOf(cell));
    for (const Expectation& expectation : example.expectations) Line("  expect " + Expected(expectation));
  }

  std::string NameOf(const ExampleCell& cell) const {
    const program::Fact& fact = model_.schema.facts[cell.fact.index];
    const program::Domain& domain = model_.schema.domains[fact.domain];
    if (cell.year != 0) return fact.naming.name + "." + std::to_string(cell.year);
    if (fact.domain == 0) return fact.naming.name;
    return domain.naming.name + "[" + std::to_string(cell.element) + "]." + fact.naming.name;
  }

  std::string ValueOf(const ExampleCell& cell) const {
    switch (cell.state) {
      case records::CellState::kGiven:
        break;
      case records::CellState::kAbsent:
        return "absent";
      default:
        return "unknown";
    }
    const program::ValueType& type = model_.schema.facts[cell.fact.index].type;
    const bool text = type.kind == program::ValueKind::kText || type.kind == program::ValueKind::kCreditCode;
    return "= " + (text ? "\"" + cell.text + "\"" : ConstantWords(model_.schema, type, cell.value));
  }

  std::string Expected(const Expectation& expectation) const {
    std::string text;
    if (expectation.clause.valid()) {
      text = "§" + model_.clauses[expectation.clause.index].id;
      text += !expectation.truth ? " unknown" : *expectation.truth ? " = true" : " = false";
    } else if (expectation.grant.valid()) {
      const Grant& grant = model_.grants[expectation.grant.index];
      text = grant.naming.name;
      text += expectation.amount ? " = " + ConstantWords(model_.schema, grant.type, *expectation.amount)
                                 : std::string(" unknown");
    } else if (expectation.score.valid()) {
      text = model_.scores[expectation.score.index].naming.name;
      text += expectation.amount ? " = " + ConstantWords(model_.schema, NumberType(), *expectation.amount)
                                 : std::string(" unknown");
    } else if (expectation.lifecycle.valid()) {
      const Lifecycle& lifecycle = model_.lifecycles[expectation.lifecycle.index];
      const bool known = expectation.state != program::kNone;
      text = lifecycle.naming.name +
             (known ? " = " + lifecycle.states[expectation.state].naming.name : " unknown");
    } else {
      const Decision& decision = model_.decisions[expectation.decision.index];
      const bool known = expectation.outcome != program::kNone;
      text =
          decision.naming.name + (known ? " = " + decision.outcomes[expectation.outcome].name : " unknown");
    }
    for (const ClauseId id : expectation.because) text += " because §" + model_.clauses[id.index].id;
    for (const ExpectedNeed& need : expectation.needs) {
      text += " needs " + need.words + (need.any_year ? ".*" : "");
    }
    return text;
  }

  const Model& model_;
  std::string text_;
};

}  // namespace

std::string DumpExamples(const Model& model) { return ExampleWriter(model).Write(); }

}  // namespace pol::model
