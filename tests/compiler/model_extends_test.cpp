// `extends`: what a policy takes from the one it builds on, and what it changes there.
#include <doctest/doctest.h>

#include <string>

#include "compiler/model/dump.h"
#include "tests/compiler/model_testing.h"

namespace pol::model_testing {
namespace {

constexpr std::string_view kProvince = R"(policy province
title "省办法"
document "省发1号"
issued 2024-01-01
effective issued + 30 days
reference applied
record firm { key id : text  applied : date  staff : count  share : percent  good : yes_no }
param floor = 50
param ratio : percent = 10%
article 3 "条件" {
    (1) size "规模" when good : staff >= floor
    (2) effort : share >= ratio
    (3) : good
}
article 4 guidance "说明"
decision d { yes_d "是" when all of §3 otherwise no_d }
)";

Built Extend(const std::string& text, const std::string& middle = {}) {
  return BuildPolicy(text, Modules({{"province.pol", std::string(kProvince)}, {"middle.pol", middle}}));
}

// The clause's condition as the model has it; what is wrong instead.
std::string ClauseOf(const Built& built, const std::string& id) {
  if (!built.model) return built.Codes();
  for (const model::Clause& clause : built.model->clauses) {
    if (clause.id == id)
      return clause.condition.valid() ? model::DumpExpression(*built.model, clause.condition) : "none";
  }
  return "absent";
}

TEST_CASE("a policy that changes nothing is the one it extends") {
  const Built base = BuildPolicy(std::string(kProvince));
  const Built city = Extend("policy city extends province\n");
  REQUIRE(base.model);
  REQUIRE(city.model);
  CHECK(city.Codes().empty());
  CHECK(city.model->policy.name == "city");
  CHECK(city.model->policy.title == "省办法");
  CHECK(city.model->policy.effective == "2024-01-31");
  for (const model::Clause& clause : base.model->clauses)
    CHECK(ClauseOf(city, clause.id) == ClauseOf(base, clause.id));
  CHECK(city.model->decisions.size() == 1);
}

TEST_CASE("the header's fields are the nearer policy's") {
  const Built city = Extend("policy city extends province\ntitle \"市办法\"\nissued 2025-01-01\n");
  REQUIRE(city.model);
  CHECK(city.model->policy.title == "市办法");
  CHECK(city.model->policy.document == "省发1号");
  CHECK(city.model->policy.effective == "2025-01-31");
}

TEST_CASE("parameters are overridden and keep their type") {
  const Built city = Extend("policy city extends province\nparam floor = 80\nparam ratio = 15%\n");
  REQUIRE(city.model);
  REQUIRE(city.model->parameters.size() == 2);
  CHECK(std::get<model::Rational>(city.model->parameters[0].values[0].value) == 80);
  CHECK(std::get<model::Rational>(city.model->parameters[1].values[0].value) == model::Rational(3, 20));
  CHECK(Extend("policy city extends province\nparam floor = 5万元\n").Codes() == "P0319");
  CHECK(Extend("policy city extends province\nparam ratio : money = 5万元\n").Codes() == "P0319");
  CHECK(Extend("policy city extends province\nlet floor = 80\n").Codes() == "P0202");
}

TEST_CASE("clauses are replaced, dropped and added") {
  const Built city = Extend(
      "policy city extends province\n"
      "record firm { patents : count }\n"
      "replaces §3(1) : patents >= 1\n"
      "drops §3(3)\n"
      "article 3 { (4) more : patents >= 5 }\n"
      "article 9 : patents >= 9\n"
      "decision e { ok when §9 otherwise bad }\n");
  CHECK(city.Codes() == "");
  REQUIRE(city.model);
  CHECK(ClauseOf(city, "3(1)") == ClauseOf(city, "9").replace(ClauseOf(city, "9").find('9'), 1, "1"));
  CHECK(ClauseOf(city, "3(3)") == "absent");
  CHECK(ClauseOf(city, "3(4)") != "absent");
  for (const model::Clause& clause : city.model->clauses) {
    if (clause.id != "3(1)") continue;
    CHECK(clause.naming.label == "规模");
    CHECK_FALSE(clause.when.valid());
  }
  CHECK(city.model->decisions.size() == 2);
}

TEST_CASE("a decision of the same name stands in place of the other") {
  const Built city =
      Extend("policy city extends province\ndrops §3\ndecision d { a when share > 1% otherwise b }\n");
  CHECK(city.Codes() == "");
  REQUIRE(city.model);
  REQUIRE(city.model->decisions.size() == 1);
  CHECK(city.model->decisions[0].outcomes[0].name == "a");
}

TEST_CASE("a policy extends one that extends another") {
  const std::string middle =
      "policy middle extends province\nreplaces §3(2) : share >= 12%\nparam floor = 60\n";
  const Built city = Extend("policy city extends middle\ndrops §3(2)\nparam floor = 70\n", middle);
  CHECK(city.Codes() == "");
  REQUIRE(city.model);
  CHECK(ClauseOf(city, "3(2)") == "absent");
  CHECK(std::get<model::Rational>(city.model->parameters[0].values[0].value) == 70);
}

TEST_CASE("changes of what is not there, and of what is") {
  CHECK(Extend("policy city extends province\ndrops §3(9)\n").Says("+ §3("));
  CHECK(Extend("policy city extends province\ndrops §3(9)\n").Codes() == "P0422");
  CHECK(Extend("policy city extends province\ndrops §3(1)\nreplaces §3(1) : good\n").Codes() == "P0428");
  CHECK(Extend("policy city extends province\narticle 3 { (2) : good }\n").Codes() == "P0610");
  CHECK(Extend("policy city extends province\narticle 4 : good\n").Codes() == "P0610");
  CHECK(Extend("policy city extends finance\n").Codes() == "P0608");
  CHECK(Extend("policy city extends provinc\n").Codes() == "P0600");
  CHECK(Extend("policy city extends middle\n", "policy middle extends middle\n").Codes() == "P0601");
  CHECK(BuildWith("use province\narticle 1 : staff > 1", Modules({{"province.pol", std::string(kProvince)}}))
            .Codes() == "P0602");
}

}  // namespace
}  // namespace pol::model_testing
