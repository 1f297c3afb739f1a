// Explanations: programs put together by hand, records likewise, and what is said of them.
#include "runtime/explain/explain.h"

#include <doctest/doctest.h>

#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

#include "runtime/engine/engine.h"
#include "runtime/explain/causes.h"
#include "runtime/explain/phrases.h"
#include "runtime/explain/show_value.h"
#include "runtime/program/verify.h"

namespace {

using pol::explain::Language;
using pol::program::ExplanationKind;
using pol::program::kNone;
using pol::program::Opcode;
using pol::program::ValueKind;
using pol::records::CellState;
namespace program = pol::program;
namespace explain = pol::explain;

program::ValueType TypeOf(ValueKind kind) {
  program::ValueType type;
  type.kind = kind;
  if (kind == ValueKind::kMoney) type.currency = "CNY";
  if (kind == ValueKind::kEnumeration) type.enumeration = 0;
  return type;
}

// A program and one record, both put together piece by piece.
struct Case {
  program::Program program;
  pol::records::Batch batch;

  Case() {
    program.schema.domains.push_back({program::DomainKind::kRecord, {"applicant", "申请单位", {}}, ""});
    program.schema.domains.push_back({program::DomainKind::kList, {"accidents", "事故", {}}, "accident"});
    program.schema.enumerations.push_back(
        {{"grade", "", {}}, true, {{"minor", "一般", {}}, {"major", "重大", {}}}});
    batch.rows = 1;
    batch.keys = {"A1"};
    batch.source_rows = {2};
    batch.domains.resize(2);
    batch.domains[1].offsets = {0, 0};
    batch.domains[1].known.Assign(1, true);
    program.schema.key_fact = Fact("id", "", ValueKind::kText);
    program.schema.facts[0].key = true;
    program.schema.text_literals = {"A1"};
    Give(0, 0);
    program.policy.name = "test";
  }

  std::uint32_t Fact(const std::string& name, const std::string& label, ValueKind kind,
                     std::uint32_t domain = 0) {
    program::Fact fact;
    fact.naming = {name, label, {}};
    fact.type = TypeOf(kind);
    fact.domain = domain;
    program.schema.facts.push_back(fact);
    batch.columns.emplace_back();
    return static_cast<std::uint32_t>(program.schema.facts.size() - 1);
  }
  void Push(std::uint32_t fact, std::int64_t value, CellState state) {
    pol::records::Column& column = batch.columns[fact];
    const ValueKind kind = program.schema.facts[fact].type.kind;
    const bool given = state == CellState::kGiven;
    if (kind == ValueKind::kTruth) {
      column.truths.PushBack(given && value != 0);
    } else if (kind == ValueKind::kMoney || kind == ValueKind::kPercent || kind == ValueKind::kNumber ||
               kind == ValueKind::kCount) {
      column.numbers.numerators.push_back(given ? value : 0);
    } else {
      column.codes.push_back(given ? static_cast<std::int32_t>(value) : 0);
    }
    column.known.PushBack(given);
    column.states.push_back(state);
  }
  void Give(std::uint32_t fact, std::int64_t value) { Push(fact, value, CellState::kGiven); }
  void Lack(std::uint32_t fact, CellState state = CellState::kMissing) { Push(fact, 0, state); }

  std::uint32_t Emit(Opcode opcode, std::initializer_list<std::uint32_t> operands, std::uint8_t domain = 0) {
    program.instructions.push_back({opcode, domain, static_cast<std::uint32_t>(program.operands.size()),
                                    static_cast<std::uint32_t>(operands.size())});
    program.operands.insert(program.operands.end(), operands);
    return static_cast<std::uint32_t>(program.instructions.size() - 1);
  }
  std::uint32_t Number(const std::string& numerator, const std::string& denominator = "1") {
    program.constants.push_back({numerator, denominator});
    return Emit(Opcode::kConstantNumber, {static_cast<std::uint32_t>(program.constants.size() - 1)});
  }
  std::uint32_t Term(const std::string& words, const std::string& label, std::uint32_t value, ValueKind kind,
                     std::vector<std::uint32_t> parts = {}) {
    program::Term term;
    term.words = words;
    term.label = label;
    term.value = value;
    term.type = TypeOf(kind);
    term.quotient = parts.size() == 2;
    term.parts = std::move(parts);
    term.constant = program.instructions[value].opcode == Opcode::kConstantNumber ||
                    program.instructions[value].opcode == Opcode::kConstantCode;
    program.terms.push_back(term);
    return static_cast<std::uint32_t>(program.terms.size() - 1);
  }
  std::uint32_t Node(ExplanationKind kind, std::uint32_t value, const std::string& words,
                     std::vector<std::uint32_t> terms = {}, std::vector<std::uint32_t> children = {}) {
    program::Explanation node;
    node.kind = kind;
    node.value = value;
    node.words = words;
    node.terms = std::move(terms);
    node.children = std::move(children);
    program.explanations.push_back(node);
    return static_cast<std::uint32_t>(program.explanations.size() - 1);
  }
  std::uint32_t Compare(program::Comparison comparison, std::uint32_t value, std::uint32_t left,
                        std::uint32_t right, const std::string& words = "") {
    const std::uint32_t node = Node(ExplanationKind::kComparison, value, words, {left, right});
    program.explanations[node].comparison = comparison;
    return node;
  }
  // A clause over `value`; its node.
  std::uint32_t Clause(const std::string& id, const std::string& name, const std::string& label,
                       std::uint32_t value, std::uint32_t child) {
    const auto index = static_cast<std::uint32_t>(program.clauses.size());
    program::Clause clause;
    clause.id = id;
    clause.naming = {name, label, {}};
    clause.value = Emit(Opcode::kClause, {value, index});
    clause.explanation = Node(ExplanationKind::kClause, clause.value, name, {}, {child});
    program.explanations[clause.explanation].clause = index;
    program.explanations[clause.explanation].label = label;
    program.clauses.push_back(clause);
    return clause.explanation;
  }
  // "yes" where the node holds, else "no".
  void Decide(std::uint32_t node) {
    const std::uint32_t condition = program.explanations[node].value;
    program::Decision decision;
    decision.naming = {"eligibility", "资格", {}};
    decision.outcomes = {{"eligible", "符合", {}}, {"ineligible", "不符合", {}}};
    decision.value = Emit(Opcode::kSelectCode,
                          {condition, Emit(Opcode::kConstantCode, {0}), Emit(Opcode::kConstantCode, {1})});
    const std::uint32_t outcome = Node(ExplanationKind::kCondition, condition, "eligible", {}, {node});
    decision.explanation = Node(ExplanationKind::kDecision, decision.value, "eligibility", {}, {outcome});
    program.explanations[decision.explanation].decision = 0;
    program.decisions.push_back(decision);
  }
  pol::engine::Registers Run() {
    for (const std::string& error : program::Verify(program)) FAIL_CHECK(error);
    return pol::engine::Run(program, batch, {});
  }
  std::string Text(Language language = Language::kEnglish) {
    const pol::engine::Registers registers = Run();
    return explain::ToText(program, batch, registers, 0, language);
  }
  std::string Json(Language language = Language::kEnglish) {
    const pol::engine::Registers registers = Run();
    return explain::ToJson(program, batch, registers, 0, language);
  }
};

// rd / revenue >= 15%, under §5(3) of §5.
struct Intensity : Case {
  std::uint32_t rd, revenue;
  Intensity()
      : rd(Fact("rd", "研发费用", ValueKind::kMoney)),
        revenue(Fact("revenue", "营业收入", ValueKind::kMoney)) {
    const std::uint32_t above = Emit(Opcode::kLoadNumber, {rd});
    const std::uint32_t below = Emit(Opcode::kLoadNumber, {revenue});
    const std::uint32_t quotient = Emit(Opcode::kDivide, {above, below});
    const std::uint32_t floor = Number("3", "20");
    const std::uint32_t enough = Emit(Opcode::kLessEqualNumber, {floor, quotient});
    const std::uint32_t left = Term("rd_intensity", "研发强度", quotient, ValueKind::kNumber,
                                    {Term("rd", "研发费用", above, ValueKind::kMoney),
                                     Term("revenue", "营业收入", below, ValueKind::kMoney)});
    const std::uint32_t right = Term("15%", "", floor, ValueKind::kPercent);
    const std::uint32_t node =
        Compare(program::Comparison::kGreaterEqual, enough, left, right, "rd_intensity >= 15%");
    Decide(Clause("5(3)", "rd_effort", "研发投入", enough, node));
  }
};

bool Has(const std::string& text, const std::string& part) {
  const bool found = text.find(part) != std::string::npos;
  if (!found) MESSAGE(text);
  return found;
}

}  // namespace

TEST_CASE("a quotient below its floor: value, what it is made of, and how much is short") {
  Intensity it;
  it.Give(it.rd, 132000000);
  it.Give(it.revenue, 1000000000);
  const std::string text = it.Text();
  CHECK(Has(text, "A1\neligibility: ineligible\n  because §5(3)\n  ✗ §5(3) rd_effort\n"));
  CHECK(Has(text,
            "✗ rd_intensity is 13.2% (132,000,000.00 of 1,000,000,000.00 元); needs at least 15%: short by "
            "18,000,000.00 元 of rd\n"));
  CHECK(Has(
      it.Text(Language::kChinese),
      "研发强度为13.2%（132,000,000.00 / 1,000,000,000.00元）；要求不低于15%：差研发费用18,000,000.00元"));
}

TEST_CASE("margins: exactly at the threshold, and above it") {
  Intensity exact;
  exact.Give(exact.rd, 15);
  exact.Give(exact.revenue, 100);
  CHECK(Has(exact.Text(),
            "✓ rd_intensity is 15% (15.00 of 100.00 元); needs at least 15%: exactly at the threshold"));
  Intensity above;
  above.Give(above.rd, 1);
  above.Give(above.revenue, 3);
  const std::string text = above.Text();
  CHECK(Has(text, "rd_intensity is ≈ 33.3333% (1.00 of 3.00 元)"));
  CHECK(Has(text, "passes by 0.55 元 of rd"));
  Intensity below;
  below.Give(below.rd, 14999);
  below.Give(below.revenue, 10);
  below.batch.columns[below.rd].numbers.scale = 4;
  CHECK(Has(below.Text(), "needs at least 15%: just below the threshold"));
}

TEST_CASE("an optional fact that is absent is said not to be given") {
  Case it;
  const std::uint32_t fact = it.Fact("designated", "授牌日期", ValueKind::kDate);
  it.program.schema.facts[fact].optional = true;
  const std::uint32_t given = it.Emit(Opcode::kLoadPresence, {fact});
  it.Decide(it.Clause("1", "titled", "", given, it.Node(ExplanationKind::kCondition, given, "designated")));
  it.Lack(fact, CellState::kAbsent);
  CHECK(Has(it.Text(), "✗ designated is not given"));
}

TEST_CASE("unknown values say why: missing, unreadable, division by zero; and what is needed") {
  Intensity missing;
  missing.Lack(missing.rd);
  missing.Give(missing.revenue, 100);
  const std::string text = missing.Text();
  CHECK(Has(text, "eligibility: undetermined\n"));
  CHECK(Has(text, "? rd_intensity is not known; needs at least 15%\n"));
  CHECK(Has(text, "not known: rd is missing\n"));
  CHECK(Has(text, "  needs: rd\n"));
  CHECK(Has(missing.Text(Language::kChinese), "尚需：研发费用"));
  Intensity unreadable;
  unreadable.Give(unreadable.rd, 1);
  unreadable.Lack(unreadable.revenue, CellState::kUnreadable);
  CHECK(Has(unreadable.Text(), "revenue is unreadable"));
  Intensity zero;
  zero.Give(zero.rd, 1);
  zero.Give(zero.revenue, 0);
  CHECK(Has(zero.Text(), "not known: division by zero"));
}

TEST_CASE("all of: what fails is told, what holds is counted; judged facts name their judge") {
  Case it;
  const std::uint32_t good = it.Fact("credit_good", "信用良好", ValueKind::kTruth);
  const std::uint32_t edge = it.Fact("leading_edge", "创新优势", ValueKind::kTruth);
  it.program.schema.facts[edge].judged = true;
  it.program.schema.facts[edge].judge = "experts";
  const std::uint32_t first = it.Emit(Opcode::kLoadTruth, {good});
  const std::uint32_t second = it.Emit(Opcode::kLoadTruth, {edge});
  const std::uint32_t both = it.Emit(Opcode::kAnd, {first, second});
  const auto leaf = [&](std::uint32_t value, const std::string& name, const std::string& label) {
    const std::uint32_t node =
        it.Node(ExplanationKind::kCondition, value, name, {it.Term(name, label, value, ValueKind::kTruth)});
    it.program.explanations[node].label = label;
    return node;
  };
  const std::uint32_t one = leaf(first, "credit_good", "信用良好");
  const std::uint32_t two = leaf(second, "leading_edge", "创新优势");
  it.Decide(it.Clause("5", "", "基本条件", both, it.Node(ExplanationKind::kAll, both, "", {}, {one, two})));
  it.Give(good, 1);
  it.Lack(edge, CellState::kNotJudged);
  const std::string text = it.Text();
  CHECK(Has(text, "? §5 基本条件\n"));
  CHECK(Has(text, "? leading_edge: not known\n"));
  CHECK(Has(text, "leading_edge is not judged yet (by experts)"));
  CHECK(Has(text, "· 1 more holds\n"));
  CHECK(text.find("credit_good: yes") == std::string::npos);
}

TEST_CASE("contradictory facts cite the condition that does not hold") {
  Case it;
  const std::uint32_t fact = it.Fact("amount", "金额", ValueKind::kMoney);
  const std::uint32_t load = it.Emit(Opcode::kLoadNumber, {fact});
  const std::uint32_t zero = it.Number("0");
  const std::uint32_t holds = it.Emit(Opcode::kLessEqualNumber, {zero, load});
  it.program.holds.push_back({holds, "amount >= 0元", ""});
  const std::uint32_t guarded = it.Emit(Opcode::kGuardNumber, {load, holds, 0});
  const std::uint32_t enough = it.Emit(Opcode::kLessNumber, {zero, guarded});
  const std::uint32_t node =
      it.Compare(program::Comparison::kGreater, enough, it.Term("amount", "金额", guarded, ValueKind::kMoney),
                 it.Term("0元", "", zero, ValueKind::kMoney));
  it.Decide(it.Clause("1", "positive", "", enough, node));
  it.Give(fact, -5);
  CHECK(Has(it.Text(), "amount is contradictory: “amount >= 0元” does not hold"));
}

TEST_CASE("quantifiers show the elements that made it so") {
  Case it;
  const std::uint32_t grade = it.Fact("grade", "等级", ValueKind::kEnumeration, 1);
  const std::uint32_t load = it.Emit(Opcode::kLoadCode, {grade}, 1);
  const std::uint32_t major = it.Emit(Opcode::kConstantCode, {1}, 1);
  const std::uint32_t serious = it.Emit(Opcode::kLessEqualCode, {major, load}, 1);
  const std::uint32_t any = it.Emit(Opcode::kFoldAny, {serious, 1});
  const std::uint32_t none = it.Emit(Opcode::kNot, {any});
  const std::uint32_t term = it.Term("grade", "等级", load, ValueKind::kEnumeration);
  const std::uint32_t child = it.Compare(program::Comparison::kGreaterEqual, serious, term,
                                         it.Term("major", "", major, ValueKind::kEnumeration));
  const std::uint32_t quantifier =
      it.Node(ExplanationKind::kQuantifier, any, "none of accidents where grade >= major", {term}, {child});
  const std::uint32_t node =
      it.Node(ExplanationKind::kNot, none, "none of accidents where grade >= major", {}, {quantifier});
  it.Decide(it.Clause("5(5)", "safe", "安全", none, node));

  SUBCASE("some") {
    for (const std::int64_t value : {0, 1, 1, 1, 1, 1, 1}) it.Give(grade, value);
    it.batch.domains[1].offsets = {0, 7};
    const std::string text = it.Text();
    CHECK(Has(text, "✗ none of accidents where grade >= major\n      · accidents #2: grade major\n"));
    CHECK(Has(text, "accidents #6"));
    CHECK_FALSE(text.find("accidents #7") != std::string::npos);
    CHECK(Has(text, "+1 more"));
    CHECK(Has(it.Text(Language::kChinese), "事故第2条：等级 重大"));
  }
  SUBCASE("none") {
    it.Give(grade, 0);
    it.batch.domains[1].offsets = {0, 1};
    const std::string text = it.Text();
    CHECK(Has(text, "eligibility: eligible"));
    CHECK(Has(text, "accidents: none of 1 meets it"));
  }
  SUBCASE("no list") {
    it.batch.domains[1].known.Assign(1, false);
    const std::string text = it.Text();
    CHECK(Has(text, "there is no data of accidents"));
    CHECK(Has(text, "needs: accidents"));
  }
  SUBCASE("one cell is missing") {
    it.Lack(grade);
    it.batch.domains[1].offsets = {0, 1};
    CHECK(Has(it.Text(), "grade of accidents #1 is missing"));
  }
}

TEST_CASE("JSON has stable keys, exact numbers and escaped texts") {
  Intensity it;
  it.Give(it.rd, 1);
  it.Give(it.revenue, 3);
  it.batch.keys[0] = "A\"1\n";
  const std::string json = it.Json();
  CHECK(Has(json,
            R"j({"key":"A\"1\u000a","policy":"test","decisions":[{"name":"eligibility","label":"资格",)j"));
  CHECK(Has(json, R"j("outcome":"eligible","because":["5(3)"],"needs":[],"reasons":[{"clause":"5(3)",)j"));
  CHECK(Has(json, R"j("result":true)j"));
  CHECK(Has(json,
            R"j("value":"1/3","threshold":"0.15","margin":"0.55","margin_of":"rd","unknown_because":[])j"));
}

TEST_CASE("values are shown as people write them") {
  using explain::Rational;
  using explain::ShowNumber;
  const auto show = [](ValueKind kind, const Rational& value) {
    return ShowNumber(TypeOf(kind), value, Language::kEnglish);
  };
  CHECK(show(ValueKind::kMoney, Rational(1234567)) == "1,234,567.00 元");
  CHECK(show(ValueKind::kMoney, Rational(1, 3)) == "≈ 0.33 元");
  CHECK(show(ValueKind::kPercent, Rational(1, 8)) == "12.5%");
  CHECK(show(ValueKind::kPercent, Rational(1, 7)) == "≈ 14.2857%");
  CHECK(show(ValueKind::kCount, Rational(12345)) == "12,345");
  CHECK(show(ValueKind::kYear, Rational(2024)) == "2024");
  program::ValueType dollars = TypeOf(ValueKind::kMoney);
  dollars.currency = "USD";
  CHECK(ShowNumber(dollars, Rational(5), Language::kEnglish) == "5.00 USD");
  CHECK(ShowNumber(dollars, Rational(5), Language::kChinese) == "5.00美元");
  const Case it;
  CHECK(explain::ShowCode(it.program.schema, it.batch, TypeOf(ValueKind::kDate), 0, Language::kEnglish) ==
        "1970-01-01");
  CHECK(explain::ShowCode(it.program.schema, it.batch, TypeOf(ValueKind::kEnumeration), 1,
                          Language::kChinese) == "重大");
  CHECK(explain::ShowCode(it.program.schema, it.batch, TypeOf(ValueKind::kEnumeration), 9,
                          Language::kEnglish) == "9");
}
