// Examples, from the generated parser's contexts to the tree.
#include <utility>

#include "compiler/syntax/build.h"

namespace pol::syntax {

void Builder::Build(PolParser::ExampleContext* context) {
  Example example;
  example.title = BuildText(context->title);
  example.base = BuildText(context->base);
  for (PolParser::ExampleLineContext* line : context->lines) {
    MarkStart(line, Mark::Kind::kMember);
    if (line->given() != nullptr) example.given.push_back(BuildGiven(line->given()));
    if (line->expectation() != nullptr) AddExpectation(line->expectation(), RangeOf(line), example);
  }
  Add(std::move(example), context);
}

ExamplePath Builder::BuildPath(PolParser::SubjectContext* context) {
  ExamplePath path;
  if (context == nullptr) return path;
  path.range = RangeOf(context);
  path.as_of = context->AS_OF() != nullptr;
  PolParser::FactPathContext* const fact = context->factPath();
  if (fact == nullptr) return path;
  path.name = BuildName(fact->name(0));
  path.part = BuildName(fact->part);
  if (PolParser::GivenYearsContext* const years = fact->givenYears()) {
    path.first_year = std::string(TextOf(years->first));
    path.last_year = years->last == nullptr ? path.first_year : std::string(TextOf(years->last));
  }
  return path;
}

namespace {

ExampleState StateOf(const antlr4::Token* token) {
  switch (token == nullptr ? 0 : token->getType()) {
    case PolParser::ABSENT:
      return ExampleState::kAbsent;
    case PolParser::NOT_KNOWN:
      return ExampleState::kUnknown;
    case PolParser::EMPTY:
      return ExampleState::kEmpty;
    default:
      return ExampleState::kValue;
  }
}

}  // namespace

ExampleGiven Builder::BuildGiven(PolParser::GivenContext* context) {
  ExampleGiven given;
  given.range = RangeOf(context);
  given.path = BuildPath(context->subject());
  given.state = StateOf(context->state);
  PolParser::GivenValueContext* const value = context->givenValue();
  if (value == nullptr) return given;
  given.in_braces = value->LBRACE() != nullptr;
  for (PolParser::AdditiveContext* one : value->values) given.values.push_back(Build(one));
  for (PolParser::GivenRowContext* one : value->rows) given.rows.push_back(BuildRow(one));
  return given;
}

ExampleRow Builder::BuildRow(PolParser::GivenRowContext* context) {
  MarkStart(context, Mark::Kind::kShort);
  ExampleRow row;
  row.range = RangeOf(context);
  for (PolParser::GivenCellContext* written : context->cells) {
    ExampleGiven cell;
    cell.range = RangeOf(written);
    cell.path.name = BuildName(written->name(0));
    cell.path.part = BuildName(written->part);
    cell.path.range = cell.path.name.range;
    if (cell.path.part.valid()) cell.path.range.end = cell.path.part.range.end;
    cell.state = StateOf(written->state);
    if (written->value != nullptr) cell.values.push_back(Build(written->value));
    row.cells.push_back(std::move(cell));
  }
  return row;
}

void Builder::AddExpectation(PolParser::ExpectationContext* context, source::Range range, Example& example) {
  ExampleExpectation expectation;
  expectation.range = range;
  if (auto* clause = dynamic_cast<PolParser::ExpectedClauseContext*>(context)) {
    if (clause->cited == nullptr) return;
    expectation.clause = ReadCitation(clause->cited);
    if (clause->truth != nullptr) expectation.truth = clause->truth->getType() == PolParser::TRUE;
  } else if (auto* output = dynamic_cast<PolParser::ExpectedOutputContext*>(context)) {
    expectation.output = BuildName(output->name());
    if (output->additive() != nullptr) expectation.value = Build(output->additive());
    for (antlr4::Token* reason : output->reasons) expectation.because.push_back(ReadCitation(reason));
    for (PolParser::NeedContext* need : output->needs) {
      ExampleNeed one;
      if (need->CITATION() != nullptr) one.citation = ReadCitation(need->CITATION()->getSymbol());
      one.path = BuildPath(need->subject());
      one.range = RangeOf(need);
      expectation.needs.push_back(std::move(one));
    }
  } else {
    return;  // could not be read, and has been reported
  }
  example.expected.push_back(std::move(expectation));
}

}  // namespace pol::syntax
