// What holds in principle, and quotas: as trees in both languages, laid out, resolved, and lowered.
#include <doctest/doctest.h>

#include <map>
#include <string>

#include "compiler/lower/lower.h"
#include "compiler/syntax/format.h"
#include "runtime/program/disassemble.h"
#include "runtime/program/verify.h"
#include "tests/compiler/model_testing.h"
#include "tests/compiler/syntax_testing.h"

namespace {

using pol::model_testing::BuildPolicy;
using pol::model_testing::BuildWith;
using pol::model_testing::Built;
using pol::model_testing::Modules;
using pol::tests::ParseText;
using Texts = std::map<std::string, std::string>;

// The tree of a text, without diagnostics and without the parser having had to predict.
std::string TreeOf(const std::string& text) {
  CAPTURE(text);
  const auto parsed = ParseText(text);
  CHECK(parsed.Messages() == "");
  CHECK(parsed.whole.predictions == 0);
  CHECK(parsed.whole.full_context_slices == 0);
  return parsed.Dump();
}

std::string Formatted(const std::string& text) {
  pol::source::Files files;
  pol::diagnostics::Diagnostics diagnostics;
  const auto formatted = pol::syntax::Format(files, files.Add("test.pol", text), diagnostics);
  return formatted.value_or("wrong");
}

const pol::model::Clause& ClauseOf(const Built& built, const std::string& id) {
  REQUIRE_MESSAGE(built.model, built.Messages());
  for (const pol::model::Clause& clause : built.model->clauses) {
    if (clause.id == id) return clause;
  }
  FAIL("no clause " << id);
  return built.model->clauses.front();
}

TEST_CASE("`in principle` stands after a clause's number, name and label") {
  const std::string tree = TreeOf(
      "article 1 in principle : a\narticle 2 \"x\" in principle when b { (1) in principle : c\n"
      "    (2) d in principle : e\n    (3) f \"x\" in principle undisclosed \"y\"\n"
      "    (4) in principle replaces §1 : g }\n");
  CHECK(tree ==
        "article 1\n  in principle\n  a\narticle 2 \"x\"\n  in principle\n  when b\n  item 2(1)\n    in "
        "principle\n"
        "    c\n  item 2(2) d\n    in principle\n    e\n  item 2(3) f \"x\"\n    in principle\n"
        "    undisclosed \"y\"\n  item 2(4)\n    in principle\n    replaces §1 : g\n");
}

TEST_CASE("the same in Chinese") {
  CHECK(TreeOf("第一条 原则上：甲\n第二条 “标题” 原则上 当 乙 {\n（一）原则上：丙\n（二）丁 “标” "
               "原则上：戊\n}\n") ==
        TreeOf("article 1 in principle : 甲\narticle 2 \"标题\" in principle when 乙 {\n"
               "(1) in principle : 丙\n(2) 丁 \"标\" in principle : 戊\n}\n"));
  CHECK(TreeOf("名额 席位 “计划数” §2(1) 当 甲 且 乙：不超过 5，不少于 1\n") ==
        TreeOf("quota 席位 \"计划数\" §2(1) when 甲 and 乙 : at most 5, at least 1\n"));
  CHECK(TreeOf("名额 席位 §2 当 甲：至多 5，至少 1\n") ==
        TreeOf("quota 席位 §2 when 甲 : at most 5, at least 1\n"));
}

TEST_CASE("`principle` is a name wherever it does not stand for that") {
  CHECK(TreeOf("article 1 { (1) principle : x in principle\n (2) : principle }\nlet principle = 1\n")
            .find("in principle") == std::string::npos);
  CHECK(ParseText("article 1 : x in principle\narticle 2 in principle : y\n").Codes().empty());
  CHECK(ParseText("record r { key principle : text\n quota : count }\nlet a = quota + 1\n").Codes().empty());
}

TEST_CASE("an article in principle ends whatever is open before it") {
  CHECK(ParseText("article 1 : any of { a\narticle 2 in principle : b\n").Codes() == "P0114");
  CHECK(ParseText("article 1 : any of { a\n第二条 原则上：b\n").Codes() == "P0114");
}

TEST_CASE("a quota as a tree") {
  CHECK(TreeOf("quota places \"名额\" §2(1) when all of §1, §4 : at most 5\nlet a = 1\n") ==
        "quota places \"名额\" §2(1)\n  when (all list §1 §4)\n  at most 5\nlet a = 1\n");
  CHECK(TreeOf("quota places §2 when kind = a or b : >= 1, <= n\n") ==
        "quota places §2\n  when (or (= kind a) b)\n  at least 1\n  at most n\n");
}

TEST_CASE("layout") {
  const std::string text =
      "article 1 \"x\" in principle : a\n\narticle 2 {\n    (1) b \"y\" in principle when c : d\n}\n\n"
      "quota places \"名额\" §2(1) when all of §1, §4 : at most 5, at least 1\n";
  CHECK(Formatted(text) == text);
  CHECK(Formatted("article 1   \"x\"  in   principle:a\n\narticle 2 { (1) b \"y\" in principle when c:d }\n\n"
                  "quota places \"名额\" §2(1)  when all of §1,§4:at most 5,at least 1\n") == text);
}

TEST_CASE("what is missing from a quota") {
  CHECK(ParseText("quota places §2 when a\nlet b = 1\n").Codes() == "P0831");
  CHECK(ParseText("quota places §2 : at most 5\n").Messages().find("expected ‘when’") != std::string::npos);
  CHECK(ParseText("quota places §2 when a : rounded to 5\n")
            .Messages()
            .find("expected ‘at most’ or ‘at least’") != std::string::npos);
}

TEST_CASE("in principle, resolved") {
  const Built built = BuildWith(R"(article 1 {
    (1) own in principle when sound : good
    (2) : staff >= 5
}
article 2 { (1) in principle replaces §1(2) : good })");
  CHECK(built.Messages() == "");
  CHECK(ClauseOf(built, "1(1)").in_principle);
  CHECK(ClauseOf(built, "1(1)").kind == pol::program::ClauseKind::kJudgement);
  CHECK(ClauseOf(built, "1(1)").when.valid());
  CHECK_FALSE(ClauseOf(built, "1").in_principle);
  CHECK(ClauseOf(built, "2(1)").in_principle);
}

TEST_CASE("nothing holds in principle where nothing is decided") {
  CHECK(BuildWith("article 1 : good\narticle 2 in principle guidance \"x\"").Codes() == "P0830");
  CHECK(BuildWith("article 1 : good\narticle 2 in principle { (1) guidance \"x\" }").Codes() == "P0830");
  CHECK(BuildWith("article 1 : good\narticle 2 { (1) in principle undisclosed \"x\" }").Codes() == "P0432");
}

TEST_CASE("a clause in principle is true, and what it says has a register of its own") {
  const Built built = BuildWith("article 1 { (1) in principle : good  (2) : sound }");
  REQUIRE_MESSAGE(built.model, built.Messages());
  const pol::program::Program program = pol::lower::Lower(*built.model, built.files);
  CHECK(pol::program::Verify(program).empty());
  const pol::program::Clause& clause = program.clauses[1];
  REQUIRE(clause.id == "1(1)");
  REQUIRE(clause.principle != pol::program::kNone);
  CHECK(program.clauses[2].principle == pol::program::kNone);
  const std::uint32_t value = program.operands[program.instructions[clause.value].first_operand];
  CHECK(program.instructions[value].opcode == pol::program::Opcode::kConstantTruth);
  CHECK(pol::program::Disassemble(program).find(" in principle r") != std::string::npos);
}

std::string CodesOfQuota(const std::string& quota) {
  return BuildWith(
             "param places = 3\nparam dated = 1, 2 from 2024-01-01\narticle 1 : good\n"
             "article 2 guidance \"x\"\n" +
             quota)
      .Codes();
}

TEST_CASE("bounds of a quota are whole numbers that are known") {
  CHECK(CodesOfQuota("quota q §2 when good : at most 5").empty());
  CHECK(CodesOfQuota("quota q §2 when good : at least 0, at most places").empty());
  CHECK(CodesOfQuota("quota q §2 when good : at most 2 * places").empty());
  CHECK(CodesOfQuota("quota q §2 when good : at most 2.5") == "P0832");
  CHECK(CodesOfQuota("quota q §2 when good : at least 0 - 1") == "P0832");
  CHECK(CodesOfQuota("quota q §2 when good : at most 50%") == "P0832");
  CHECK(CodesOfQuota("quota q §2 when good : at most 5元") == "P0832");
  CHECK(CodesOfQuota("quota q §2 when good : at most dated") != "");
  CHECK(CodesOfQuota("quota q §2 when good : at most staff") != "");
  CHECK(CodesOfQuota("quota q §2 when good : at most 5, at most 5") == "P0833");
  CHECK(CodesOfQuota("quota q §2 when good : at least 6, at most 5") == "P0834");
  CHECK(CodesOfQuota("quota q §2 when good : at least 5, at most 5").empty());
}

TEST_CASE("a quota counts records, follows from a clause, and has a name of its own") {
  CHECK(CodesOfQuota("quota q §3 when good : at most 5") == "P0422");
  CHECK(CodesOfQuota("quota q §2 when staff : at most 5") != "");
  CHECK(CodesOfQuota("quota q §2 when good : at most 5\nquota q §2 when sound : at most 5") == "P0202");
  CHECK(CodesOfQuota("quota eligibility §2 when good : at most 5") == "P0202");
  CHECK(BuildWith("use places\narticle 1 : good",
                  Modules(Texts{{"places.pol", "quota q §2 when true : at most 5\n"}}))
            .Says("a quota belongs in the policy itself"));
}

TEST_CASE("a quota that a policy writes anew stands in place of the inherited one") {
  const Built built = BuildPolicy(
      "policy city extends province\nquota q \"名额\" §1 when good : at most 7\n",
      Modules(Texts{
          {"province.pol",
           "policy province\nreference applied\nrecord r { key id : text  applied : date  good : yes_no }\n"
           "article 1 : good\ndecision d { a when §1 otherwise b }\nquota q §1 when good : at most 5\n"
           "quota other §1 when good : at least 1\n"}}));
  REQUIRE_MESSAGE(built.model, built.Messages());
  REQUIRE(built.model->quotas.size() == 2);
  CHECK(built.model->quotas[0].most->str() == "7");
  CHECK(built.model->quotas[0].naming.label == "名额");
  CHECK(built.model->quotas[1].naming.name == "other");
}

TEST_CASE("what only a quota looks at is asked for, and nobody's verdict") {
  const Built built =
      BuildWith("article 1 : good\narticle 2 : sound\nquota q §2 when §2 and staff > 3 : at most 5");
  REQUIRE_MESSAGE(built.model, built.Messages());
  CHECK(built.Messages() == "");
  const pol::program::Program program = pol::lower::Lower(*built.model, built.files);
  CHECK(pol::program::Verify(program).empty());
  REQUIRE(program.quotas.size() == 1);
  CHECK(program.clauses[program.quotas[0].clause].id == "2");
  for (const pol::program::Fact& fact : program.schema.facts) {
    if (fact.naming.name == "staff") CHECK(fact.used);
  }
}

}  // namespace
