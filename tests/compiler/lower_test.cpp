// Lowering: models built by hand, and the programs that come of them.
#include "compiler/lower/lower.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "compiler/lower/words.h"
#include "runtime/engine/engine.h"
#include "runtime/program/disassemble.h"
#include "runtime/program/instruction_info.h"
#include "runtime/program/verify.h"

namespace {

using pol::model::ClauseId;
using pol::model::Expression;
using pol::model::ExpressionId;
using pol::model::FactId;
using pol::model::LetId;
using pol::model::Model;
using pol::model::Rational;
using pol::program::ExplanationKind;
using pol::program::Opcode;
using pol::program::Program;
using pol::program::ValueKind;
namespace model = pol::model;

// A model under construction: record domain 0, list domain 1.
struct Draft {
  Model model;
  pol::source::Files files;

  Draft() {
    model.schema.domains.push_back({pol::program::DomainKind::kRecord, {"applicant", "", {}}, ""});
    model.schema.domains.push_back({pol::program::DomainKind::kList, {"accidents", "事故", {}}, "accident"});
    Fact("id", ValueKind::kText);
    model.schema.facts[0].key = true;
    model.schema.key_fact = 0;
  }
  FactId Fact(const std::string& name, ValueKind kind, std::uint32_t domain = 0) {
    pol::program::Fact fact;
    fact.naming.name = name;
    fact.type.kind = kind;
    fact.domain = domain;
    model.schema.facts.push_back(fact);
    return {static_cast<std::uint32_t>(model.schema.facts.size() - 1)};
  }
  ExpressionId Add(Expression expression, ValueKind kind = ValueKind::kTruth, std::uint32_t domain = 0) {
    model.expressions.push_back(std::move(expression));
    pol::program::ValueType type;
    type.kind = kind;
    model.infos.push_back({type, domain, {}});
    return {static_cast<std::uint32_t>(model.expressions.size() - 1)};
  }
  ExpressionId Value(FactId fact, bool raw = false) {
    const pol::program::Fact& declared = model.schema.facts[fact.index];
    return Add(model::FactValue{fact, raw}, declared.type.kind, declared.domain);
  }
  ExpressionId Number(int value) { return Add(model::ConstantNumber{Rational(value)}, ValueKind::kNumber); }
  ExpressionId Compare(pol::program::Comparison comparison, ExpressionId left, ExpressionId right) {
    return Add(model::Comparison{comparison, left, right}, ValueKind::kTruth, model.InfoOf(left).domain);
  }
  LetId Let(const std::string& name, ExpressionId value) {
    model::Let let;
    let.naming.name = name;
    let.value = value;
    model.lets.push_back(let);
    return {static_cast<std::uint32_t>(model.lets.size() - 1)};
  }
  ClauseId Clause(const std::string& id, ExpressionId condition = {}) {
    model::Clause clause;
    clause.id = id;
    clause.condition = condition;
    model.clauses.push_back(clause);
    return {static_cast<std::uint32_t>(model.clauses.size() - 1)};
  }
  void Item(ClauseId parent, ClauseId item) {
    model.clauses[parent.index].items.push_back(item);
    model.clauses[item.index].parent = parent;
  }
  void Replace(ClauseId replacing, ClauseId replaced) {
    model.clauses[replacing.index].replaces.push_back(replaced);
    model.clauses[replaced.index].replaced_by.push_back(replacing);
  }
  Program Lower() const {
    Program program = pol::lower::Lower(model, files);
    for (const std::string& error : pol::program::Verify(program)) FAIL_CHECK(error);
    return program;
  }
};

std::size_t CountOf(const Program& program, Opcode opcode) {
  return static_cast<std::size_t>(
      std::ranges::count(program.instructions, opcode, &pol::program::Instruction::opcode));
}

const pol::program::Explanation& ExplanationOf(const Program& program, std::uint32_t clause) {
  return program.explanations[program.clauses[clause].explanation];
}

}  // namespace

TEST_CASE("equal instructions are shared, clauses are not, and what nothing needs is dropped") {
  Draft draft;
  const FactId revenue = draft.Fact("revenue", ValueKind::kNumber);
  const FactId spare = draft.Fact("spare", ValueKind::kNumber);
  draft.Let("unused", draft.Value(spare));
  using enum pol::program::Comparison;
  draft.Clause("1", draft.Compare(kGreaterEqual, draft.Value(revenue), draft.Number(5)));
  draft.Clause("2", draft.Compare(kLessEqual, draft.Number(5), draft.Value(revenue)));
  const Program program = draft.Lower();
  CHECK(CountOf(program, Opcode::kLoadNumber) == 1);
  CHECK(CountOf(program, Opcode::kLessEqualNumber) == 1);
  CHECK(CountOf(program, Opcode::kClause) == 2);
  CHECK(program.instructions.size() == 5);
  CHECK(program.constants.size() == 1);
  CHECK(program.schema.facts[revenue.index].used);
  CHECK_FALSE(program.schema.facts[spare.index].used);
  CHECK(program.schema.facts[0].used);
}

TEST_CASE("not equal is not of equal, and greater is less with its sides exchanged") {
  Draft draft;
  const FactId date = draft.Fact("date", ValueKind::kDate);
  const FactId other = draft.Fact("other", ValueKind::kDate);
  using enum pol::program::Comparison;
  draft.Clause("1", draft.Compare(kGreater, draft.Value(date), draft.Value(other)));
  draft.Clause("2", draft.Compare(kNotEqual, draft.Value(date), draft.Value(other)));
  const Program program = draft.Lower();
  REQUIRE(CountOf(program, Opcode::kLessCode) == 1);
  for (std::uint32_t value = 0; value < program.instructions.size(); ++value) {
    if (program.instructions[value].opcode != Opcode::kLessCode) continue;
    const auto operands = pol::program::OperandsOf(program, value);
    CHECK(program.operands[program.instructions[operands[0]].first_operand] == other.index);
    CHECK(program.operands[program.instructions[operands[1]].first_operand] == date.index);
  }
  CHECK(CountOf(program, Opcode::kEqualCode) == 1);
  CHECK(CountOf(program, Opcode::kNot) == 1);
  CHECK(program.explanations[ExplanationOf(program, 1).children[0]].comparison == kNotEqual);
}

TEST_CASE("a fact is guarded by every holds that names it, across domains too") {
  Draft draft;
  const FactId total = draft.Fact("total", ValueKind::kNumber);
  const FactId deaths = draft.Fact("deaths", ValueKind::kNumber, 1);
  using enum pol::program::Comparison;
  const ExpressionId own = draft.Compare(kGreaterEqual, draft.Value(total, true), draft.Number(0));
  const ExpressionId zero = draft.Add(model::ConstantNumber{Rational(0)}, ValueKind::kNumber, 1);
  const ExpressionId each = draft.Compare(kGreaterEqual, draft.Value(deaths, true), zero);
  draft.model.holds.push_back({own, "total", {total, deaths}, {}});
  draft.model.holds.push_back({each, "deaths", {total, deaths}, {}});
  draft.model.holds.push_back({draft.Compare(kLess, draft.Value(total, true), draft.Number(9)), "", {}, {}});
  const ExpressionId condition = draft.Add(model::ConstantTruth{true}, ValueKind::kTruth, 1);
  const ExpressionId sum = draft.Add(
      model::Fold{model::FoldOperator::kSum, 1, draft.Value(deaths), condition, {}}, ValueKind::kNumber);
  draft.Clause("1", draft.Compare(kLessEqual, sum, draft.Value(total)));
  const Program program = draft.Lower();
  CHECK(CountOf(program, Opcode::kGuardNumber) == 4);
  CHECK(CountOf(program, Opcode::kFoldAll) == 1);
  CHECK(CountOf(program, Opcode::kBroadcastTruth) == 1);
  // The one that guards nothing is gone.
  REQUIRE(program.holds.size() == 2);
  CHECK(program.holds[1].label == "deaths");
  CHECK(program.instructions[program.holds[1].value].domain == 1);
}

TEST_CASE("a dated parameter is chosen by the reference date") {
  Draft draft;
  const FactId applied = draft.Fact("applied", ValueKind::kDate);
  draft.model.reference = draft.Value(applied);
  model::Parameter parameter;
  parameter.naming.name = "floor";
  parameter.type.kind = ValueKind::kNumber;
  parameter.values = {{Rational(10), 100}, {Rational(20), 200}};
  draft.model.parameters.push_back(parameter);
  const ExpressionId value = draft.Add(model::ParameterValue{{0}}, ValueKind::kNumber);
  draft.Clause("1", draft.Compare(pol::program::Comparison::kLess, value, draft.Number(15)));
  Program program = draft.Lower();
  CHECK(CountOf(program, Opcode::kSelectNumber) == 2);
  REQUIRE(program.reasons.size() == 1);
  CHECK(program.reasons[0].kind == pol::program::ReasonKind::kNoValueInForce);
  CHECK(program.reasons[0].words == "floor");

  draft.model.parameters[0].values = {{Rational(10), {}}};
  program = draft.Lower();
  CHECK(CountOf(program, Opcode::kSelectNumber) == 0);
  CHECK(CountOf(program, Opcode::kLoadCode) == 0);
}

TEST_CASE("a clause is its items under its when; guidance and replacements are none of them") {
  Draft draft;
  const FactId a = draft.Fact("a", ValueKind::kTruth);
  const FactId b = draft.Fact("b", ValueKind::kTruth);
  const FactId c = draft.Fact("c", ValueKind::kTruth);
  const ClauseId article = draft.Clause("1");
  draft.model.clauses[0].when = draft.Value(c);
  draft.Item(article, draft.Clause("1(1)", draft.Value(a)));
  draft.Item(article, draft.Clause("1(2)", draft.Value(b)));
  const ClauseId guidance = draft.Clause("1(3)");
  draft.model.clauses[guidance.index].kind = pol::program::ClauseKind::kGuidance;
  draft.Item(article, guidance);
  const ClauseId other = draft.Clause("2");
  const ClauseId replacing = draft.Clause("2(1)", draft.Value(c));
  draft.Item(other, replacing);
  draft.Replace(replacing, {1});
  const Program program = draft.Lower();
  CHECK(program.clauses[3].value == pol::program::kNone);
  CHECK(program.clauses[4].value == pol::program::kNone);
  CHECK(program.clauses[0].made_of == std::vector<std::uint32_t>{1, 2});
  CHECK(program.clauses[1].made_of == std::vector<std::uint32_t>{5});
  CHECK(ExplanationOf(program, 0).kind == ExplanationKind::kClause);
  CHECK(program.explanations[ExplanationOf(program, 0).children[0]].kind == ExplanationKind::kSelection);
  CHECK(program.explanations[ExplanationOf(program, 1).children[0]].kind == ExplanationKind::kReplaced);
}

TEST_CASE("replacements: live under their own and their parents' whens; two at once are a conflict") {
  Draft draft;
  const FactId a = draft.Fact("a", ValueKind::kTruth);
  const FactId b = draft.Fact("b", ValueKind::kTruth);
  const FactId c = draft.Fact("c", ValueKind::kTruth);
  const ClauseId replaced = draft.Clause("1", draft.Value(a));
  const ClauseId first = draft.Clause("2", draft.Value(b));
  draft.model.clauses[first.index].when = draft.Value(b);
  const ClauseId parent = draft.Clause("3");
  draft.model.clauses[parent.index].when = draft.Value(c);
  const ClauseId second = draft.Clause("3(1)", draft.Value(c));
  draft.model.clauses[second.index].when = draft.Value(b);
  draft.Item(parent, second);
  draft.Replace(first, replaced);
  draft.Replace(second, replaced);
  const Program program = draft.Lower();
  REQUIRE(program.reasons.size() == 1);
  CHECK(program.reasons[0].kind == pol::program::ReasonKind::kConflict);
  CHECK(program.reasons[0].clause == first.index);
  CHECK(program.reasons[0].other == second.index);
  CHECK(CountOf(program, Opcode::kSelectTruth) == 3);
  CHECK(program.clauses[replaced.index].made_of == std::vector<std::uint32_t>{1, 3});
}

TEST_CASE("many replacements of one clause stay linear") {
  Draft draft;
  const FactId fact = draft.Fact("a", ValueKind::kTruth);
  const ClauseId replaced = draft.Clause("1", draft.Value(fact));
  for (int index = 0; index < 2000; ++index) {
    const ClauseId replacing = draft.Clause("2", draft.Value(fact));
    draft.model.clauses[replacing.index].when =
        draft.Value(draft.Fact("f" + std::to_string(index), ValueKind::kTruth));
    draft.Replace(replacing, replaced);
  }
  CHECK(draft.Lower().instructions.size() < 12000);
}

TEST_CASE("working days without a calendar are unknown, for that reason") {
  Draft draft;
  const FactId date = draft.Fact("date", ValueKind::kDate);
  model::AddPeriod add{draft.Value(date), draft.Number(3), model::PeriodUnit::kWorkingDays, false,
                       pol::program::kNone};
  const ExpressionId end = draft.Add(add, ValueKind::kDate);
  draft.Clause("1", draft.Compare(pol::program::Comparison::kLess, draft.Value(date), end));
  const Program program = draft.Lower();
  CHECK(CountOf(program, Opcode::kUnknownCode) == 1);
  REQUIRE(program.reasons.size() == 1);
  CHECK(program.reasons[0].kind == pol::program::ReasonKind::kNoCalendar);
}

TEST_CASE("ten thousand lets, each built on the one before") {
  Draft draft;
  const FactId fact = draft.Fact("a", ValueKind::kTruth);
  ExpressionId value = draft.Value(fact);
  for (int index = 0; index < 10000; ++index) {
    const LetId let = draft.Let("let" + std::to_string(index), value);
    const ExpressionId name = draft.Add(model::LetValue{let});
    value = draft.Add(
        model::Any{{name, draft.Value(draft.Fact("f" + std::to_string(index), ValueKind::kTruth))}});
  }
  draft.Clause("1", value);
  const Program program = draft.Lower();
  CHECK(CountOf(program, Opcode::kOr) == 10000);
}

TEST_CASE("ten thousand clauses, each citing the one before") {
  Draft draft;
  draft.Clause("0", draft.Value(draft.Fact("a", ValueKind::kTruth)));
  for (std::uint32_t index = 1; index < 10000; ++index) {
    draft.Clause(std::to_string(index), draft.Add(model::ClauseValue{{index - 1}}));
  }
  const Program program = draft.Lower();
  CHECK(program.clauses[9999].made_of == std::vector<std::uint32_t>{9998});
}

TEST_CASE("decisions choose the first case that holds") {
  Draft draft;
  const FactId a = draft.Fact("a", ValueKind::kTruth);
  const FactId b = draft.Fact("b", ValueKind::kTruth);
  model::Decision decision;
  decision.naming.name = "level";
  decision.outcomes = {{"high", "", {}}, {"low", "", {}}, {"none", "", {}}};
  decision.cases = {{0, draft.Value(a)}, {1, draft.Value(b)}, {2, {}}};
  draft.model.decisions.push_back(decision);
  const Program program = draft.Lower();
  CHECK(CountOf(program, Opcode::kSelectCode) == 2);
  const auto& explanation = program.explanations[program.decisions[0].explanation];
  CHECK(explanation.kind == ExplanationKind::kDecision);
  CHECK(explanation.children.size() == 2);
}

TEST_CASE("terms: a quotient behind a let shows its parts") {
  Draft draft;
  const FactId rd = draft.Fact("rd", ValueKind::kMoney);
  const FactId revenue = draft.Fact("revenue", ValueKind::kMoney);
  const ExpressionId quotient =
      draft.Add(model::Arithmetic{model::ArithmeticOperator::kDivide, draft.Value(rd), draft.Value(revenue)},
                ValueKind::kPercent);
  const LetId let = draft.Let("intensity", quotient);
  draft.model.lets[0].naming.label = "研发强度";
  const ExpressionId name = draft.Add(model::LetValue{let}, ValueKind::kPercent);
  draft.Clause("1", draft.Compare(pol::program::Comparison::kGreaterEqual, name, draft.Number(15)));
  const Program program = draft.Lower();
  const auto& comparison = program.explanations[ExplanationOf(program, 0).children[0]];
  REQUIRE(comparison.kind == ExplanationKind::kComparison);
  const pol::program::Term& term = program.terms[comparison.terms[0]];
  CHECK(term.quotient);
  CHECK(term.label == "研发强度");
  REQUIRE(term.parts.size() == 2);
  CHECK(program.terms[term.parts[0]].words == "rd");
  CHECK(program.terms[comparison.terms[1]].constant);
}

TEST_CASE("quantifiers show the facts of an element; a presence guard shows what was written") {
  Draft draft;
  const FactId grade = draft.Fact("grade", ValueKind::kNumber, 1);
  const FactId cost = draft.Fact("cost", ValueKind::kNumber);
  draft.model.schema.facts[cost.index].optional = true;
  const ExpressionId one = draft.Add(model::ConstantNumber{Rational(1)}, ValueKind::kNumber, 1);
  const ExpressionId where = draft.Compare(pol::program::Comparison::kEqual, draft.Value(grade), one);
  const ExpressionId always = draft.Add(model::ConstantTruth{true}, ValueKind::kTruth, 1);
  draft.Clause("1", draft.Add(model::Fold{model::FoldOperator::kAny, 1, always, where, {}}));
  const ExpressionId comparison =
      draft.Compare(pol::program::Comparison::kLess, draft.Value(cost), draft.Number(1));
  draft.Clause("2", draft.Add(model::All{{draft.Add(model::FactPresence{cost}), comparison}, true}));
  const Program program = draft.Lower();
  const auto& quantifier = program.explanations[ExplanationOf(program, 0).children[0]];
  CHECK(quantifier.kind == ExplanationKind::kQuantifier);
  REQUIRE(quantifier.terms.size() == 1);
  CHECK(program.terms[quantifier.terms[0]].words == "grade");
  CHECK(program.explanations[quantifier.children[0]].kind == ExplanationKind::kComparison);
  const auto& guarded = program.explanations[ExplanationOf(program, 1).children[0]];
  CHECK(guarded.kind == ExplanationKind::kComparison);
  CHECK(program.instructions[guarded.value].opcode == Opcode::kAnd);
}

TEST_CASE("an unknown window settles nothing, whatever years the batch happens to have") {
  Draft draft;
  draft.model.schema.domains.push_back({pol::program::DomainKind::kYears, {}, ""});
  const FactId year = draft.Fact("year", ValueKind::kYear);
  const FactId late = draft.Fact("late", ValueKind::kTruth, 2);
  const ExpressionId bound = draft.Value(year);
  const ExpressionId window = draft.Add(model::YearInWindow{bound, bound}, ValueKind::kTruth, 2);
  const ExpressionId value = draft.Value(late);
  using enum model::FoldOperator;
  for (const model::FoldOperator operation : {kAny, kAll, kCount, kAtLeast}) {
    const ExpressionId lanes = draft.Add(model::All{{window, value}}, ValueKind::kTruth, 2);
    model::Fold fold{operation, 2, value, operation == kCount ? lanes : window, {}};
    if (operation == kAtLeast) fold.threshold = draft.Number(2);
    const ExpressionId folded = draft.Add(fold, operation == kCount ? ValueKind::kCount : ValueKind::kTruth);
    draft.Clause("1", operation == kCount
                          ? draft.Compare(pol::program::Comparison::kEqual, folded, draft.Number(0))
                          : folded);
  }
  const Program program = draft.Lower();
  for (const bool known : {false, true}) {
    pol::records::Batch batch;
    batch.rows = 1;
    batch.first_year = 2020;
    batch.keys = {"a"};
    batch.texts = {"a"};
    batch.domains.resize(3);
    batch.domains[1] = {{0, 0}, pol::engine::Bits(1, true)};
    batch.domains[2] = {{0, 1}, pol::engine::Bits(1, true)};
    batch.columns.resize(3);
    batch.columns[0].codes = {0};
    batch.columns[0].known.Assign(1, true);
    batch.columns[1].numbers.numerators = {known ? 2020 : 0};
    batch.columns[1].known.Assign(1, known);
    batch.columns[2].truths.Assign(1, false);
    batch.columns[2].known.Assign(1, true);
    const auto registers = pol::engine::Run(program, batch, {});
    for (const pol::program::Clause& clause : program.clauses) {
      CHECK(registers.KnownAt(clause.value, 0) == known);
    }
  }
}

TEST_CASE("words: one line, without comments, strings untouched, not too long") {
  using pol::lower::OneLine;
  CHECK(OneLine("a  >=\n   b -- why\n and /* not\nhere */ c") == "a >= b and c");
  CHECK(OneLine("x within \"a -- b  c\"") == "x within \"a -- b  c\"");
  CHECK(OneLine("x = “甲 /* 乙 */” ") == "x = “甲 /* 乙 */”");
  CHECK(OneLine("") == "");
  CHECK(OneLine(" -- only a comment").empty());
  std::string longer;
  for (int index = 0; index < 200; ++index) longer += "条";
  const std::string cut = OneLine(longer);
  CHECK(cut.size() <= pol::lower::kMostWordBytes + 3);
  CHECK(cut.ends_with("条…"));
}
