// Clauses and decisions: ids, kinds, citations, replacements, cycles, reach.
#include <doctest/doctest.h>

#include "tests/compiler/model_testing.h"

using pol::model_testing::BuildWith;
using pol::model_testing::Built;
using pol::model_testing::Meaning;
using pol::program::ClauseKind;

namespace {

const pol::model::Clause* Find(const Built& built, const std::string& id) {
  if (!built.model) return nullptr;
  for (const pol::model::Clause& clause : built.model->clauses) {
    if (clause.id == id) return &clause;
  }
  return nullptr;
}

}  // namespace

TEST_CASE("ids, parents and kinds") {
  const Built built = BuildWith(R"(article 1 "Conditions" {
    (1) standing "状况" : good and sound
    (2) { (1) guidance "…"  (2) : staff >= 5 }
    (3) undisclosed "not published"
    (4) when staff >= 5 : level >= middle
}
article 2 { (1) guidance "a" (2) guidance "b" })");
  REQUIRE_MESSAGE(built.model, built.Messages());
  CHECK(built.Messages() == "");
  CHECK(Find(built, "1")->items.size() == 4);
  CHECK(Find(built, "1")->kind == ClauseKind::kRule);
  CHECK(Find(built, "1(1)")->kind == ClauseKind::kJudgement);
  CHECK(Find(built, "1(1)")->naming.label == "状况");
  CHECK(Find(built, "1(2)(1)")->kind == ClauseKind::kGuidance);
  CHECK(Find(built, "1(2)(2)")->kind == ClauseKind::kRule);
  CHECK(Find(built, "1(3)")->kind == ClauseKind::kUndisclosed);
  CHECK(Find(built, "1(4)")->when.valid());
  CHECK(Find(built, "2")->kind == ClauseKind::kGuidance);
}

TEST_CASE("citations") {
  const std::string five = "article 5 { (1) : staff >= 5  (2) guidance \"…\"  (3) : sound }";
  CHECK(Meaning("§5", five) == "§5");
  CHECK(Meaning("§5(1) or §5(3)", five) == "(any §5(1) §5(3))");
  CHECK(Meaning("all of §5", five) == "§5");
  CHECK(Meaning("any of §5", five) == "(any §5(1) §5(3))");
  CHECK(Meaning("at least 2 of §5", five) == "(at_least 2 §5(1) §5(3))");
  CHECK(Meaning("none of §5", five) == "(not (any §5(1) §5(3)))");
  CHECK(Meaning("exactly 1 of §5", five) == "(all (at_least 1 §5(1) §5(3)) (not (at_least 2 §5(1) §5(3))))");
  CHECK(Meaning("at least 3 of §5", five) == "P0353");
  CHECK(Meaning("§5(2)", five) == "P0423");
  CHECK(Meaning("§5(4)", five) == "P0422");
  CHECK(BuildWith(five + "\narticle 1 : §5(4)").Says("+ §5("));
  CHECK(Meaning("good", "article 1 : sound") == "P0420");
  CHECK(Meaning("good", "article 5 { }") == "P0421");
}

TEST_CASE("replacements") {
  const std::string six = "article 6 when staff < 5 { replaces §5 : sound }";
  const Built built = BuildWith("article 1 : §5\narticle 5 : staff >= 9\n" + six);
  REQUIRE_MESSAGE(built.model, built.Messages());
  CHECK(built.Messages() == "");  // the replacement is reached through what it replaces
  CHECK(Find(built, "6→5")->replaces.size() == 1);
  CHECK(Find(built, "5")->replaced_by.size() == 1);
  CHECK(BuildWith("article 1 : §6\narticle 5 : good\n" + six).Codes() == "P0424");
  CHECK(BuildWith("article 1 : good\narticle 6 { replaces §9 : good }").Codes().starts_with("P0422"));
  CHECK(BuildWith("article 1 { (1) : good replaces §1 : good }").Codes() == "P0427");
  CHECK(BuildWith("article 1 { (1) { (1) : good replaces §1(1) : good } }").Codes() == "P0427");
  CHECK(BuildWith("article 1 { (1) : good replaces §1(1) : sound }").model);
  CHECK(BuildWith("article 1 : good\narticle 5 { replaces §1 : sound }\narticle 6 { replaces §1 : good }")
            .Codes() == "P0429");
  CHECK(BuildWith(
            "article 1 : good\narticle 5 when good { replaces §1 : sound }\narticle 6 { replaces §1 : good }")
            .model);
  CHECK(BuildWith("article 1 : good\narticle 5 { replaces §1 : §1 and sound }").Says("§1 → §5→1 → §1"));
}

TEST_CASE("circles of citations are found through lets and conditions") {
  CHECK(BuildWith("article 1 : §5\narticle 5 : §1").Says("§1 → §5 → §1"));
  CHECK(BuildWith("let a = §1\narticle 1 : a").Says("§1 → a → §1"));
  CHECK(BuildWith("article 1 : good\narticle 5 when §1 { replaces §1 : sound }").Codes() == "P0431");
  CHECK(BuildWith("article 1 : §5(1)\narticle 5 { (1) : good (2) : §1 }").model);
}

TEST_CASE("clauses that no decision reaches") {
  CHECK(BuildWith("article 1 : good\narticle 5 : sound").Codes() == "P0432");
  CHECK(BuildWith("article 1 : good\narticle 5 { (1) : sound (2) : good }").Codes() == "P0432");
  CHECK(BuildWith("article 1 : §5(1)\narticle 5 { (1) : sound (2) : good }")
            .Says("no decision depends on §5(2)"));
  CHECK(BuildWith("article 1 : a\nlet a = any of §5\narticle 5 { (1) : sound (2) : good }").Codes() == "");
  CHECK(BuildWith("article 1 : good\narticle 5 guidance \"…\"").Codes() == "");
}

TEST_CASE("decisions") {
  const Built built = BuildWith(R"(article 1 : good
decision rank "等级" { first "一等" when good and sound  second when good  first when staff >= 99  otherwise none_ })");
  REQUIRE_MESSAGE(built.model, built.Messages());
  const pol::model::Decision& rank = built.model->decisions[1];
  CHECK(rank.outcomes.size() == 3);
  CHECK(rank.cases.size() == 4);
  CHECK(rank.cases[2].outcome == 0);
  CHECK_FALSE(rank.cases[3].condition.valid());
  CHECK(BuildWith("article 1 : good\ndecision rank { a when staff otherwise b }").Codes() == "P0313");
  CHECK(BuildWith("article 1 : good\ndecision eligibility { a when good otherwise b }").Codes() == "P0202");
  CHECK(BuildWith("article 1 : good\ndecision rank { a when loss otherwise b }").Codes() == "P0327");
}
