// Records, consistency conditions, regions, calendars, the header.
#include <doctest/doctest.h>

#include "runtime/calendar/date.h"
#include "tests/compiler/model_testing.h"

using pol::model_testing::BuildPolicy;
using pol::model_testing::BuildWith;
using pol::model_testing::Built;

namespace {

Built With(const std::string& fields, const std::string& condition = "yes", const std::string& before = {}) {
  return BuildPolicy("policy demo\n" + before + "\nrecord firm { key id : text\n" + fields +
                     " }\narticle 1 : " + condition + "\ndecision d { good when §1 otherwise bad }\n");
}

const pol::program::Fact* Find(const Built& built, const std::string& name) {
  if (!built.model) return nullptr;
  for (const pol::program::Fact& fact : built.model->schema.facts) {
    if (fact.naming.name == name) return &fact;
  }
  return nullptr;
}

}  // namespace

TEST_CASE("fields become facts of their domains") {
  const Built built = BuildWith("article 1 : good");
  REQUIRE_MESSAGE(built.model, built.Messages());
  const auto& schema = built.model->schema;
  CHECK(schema.facts[schema.key_fact].naming.name == "code");
  REQUIRE(schema.domains.size() == 4);
  CHECK(schema.domains[1].kind == pol::program::DomainKind::kYears);
  CHECK(schema.domains[2].naming.name == "reports");
  CHECK(schema.domains[3].element_name == "partner");
  CHECK(Find(built, "revenue")->domain == 1);
  CHECK(Find(built, "filed")->domain == 2);
  CHECK(Find(built, "plan.targets")->type.kind == pol::program::ValueKind::kTruth);
  CHECK(Find(built, "good")->judge == "experts");
  CHECK(Find(built, "staff")->range.has_low);
  CHECK(Find(built, "dollars")->type.currency == "USD");
  CHECK(Find(built, "good")->used);
  CHECK_FALSE(Find(built, "staff")->used);
}

TEST_CASE("types may be named in Chinese") {
  const Built built = With("a : 金额\n b : 日期?\n c : 百分比");
  REQUIRE_MESSAGE(built.model, built.Messages());
  CHECK(Find(built, "a")->type.currency == "CNY");
  CHECK(Find(built, "b")->optional);
}

TEST_CASE("consistency conditions name the facts they are about") {
  const Built built = With("a : money\n b : money\n c : money?\n holds a <= twice \"a\"\n holds c <= b",
                           "a >= 5元", "let twice = 2 * b");
  REQUIRE_MESSAGE(built.model, built.Messages());
  REQUIRE(built.model->holds.size() == 2);
  CHECK(built.model->holds[0].facts.size() == 2);
  CHECK(built.model->holds[0].label == "a");
  CHECK(pol::model::DumpExpression(*built.model, built.model->holds[0].condition) ==
        "(<= (raw a) (* 2 (raw b)))");
  // What is absent contradicts nothing.
  CHECK(pol::model::DumpExpression(*built.model, built.model->holds[1].condition) ==
        "(any (not (given c)) (<= (raw c) (raw b)))");
  CHECK(Find(built, "b")->used);  // through the condition that can make `a` contradictory
  CHECK(Find(built, "c")->used);
}

TEST_CASE("conditions of elements and of years hold in each") {
  const Built built = BuildPolicy(R"(policy demo
record firm { key id : text  revenue : money per year  rd : money per year  sites : list of site  holds rd <= revenue }
record site { opened : date  closed : date?  holds opened <= closed }
article 1 : yes
decision d { good when §1 otherwise bad })");
  REQUIRE_MESSAGE(built.model, built.Messages());
  REQUIRE(built.model->holds.size() == 2);
  CHECK(built.model->InfoOf(built.model->holds[0].condition).domain == 1);
  CHECK(built.model->InfoOf(built.model->holds[1].condition).domain == 2);
}

TEST_CASE("what a record may not say") {
  CHECK(With("key b : text").Codes() == "P0503");
  CHECK(With("a : text\n a : text").Codes() == "P0202");
  CHECK(With("a \"甲\" : text\n b \"甲\" : text").Codes() == "P0217");
  CHECK(With("a : text within [1, 2]").Codes() == "P0511");
  CHECK(With("a : money within [5%, ..)").Codes() == "P0319");
  CHECK(With("a : nothing", "a >= 5").Codes() == "P0219");  // and what uses it is not reported as well
  CHECK(With("a : list of firm").Codes() == "P0500");       // which is then an element
  CHECK(With("a : list of nothing").Codes() == "P0221");
  CHECK(With("a : count\n holds a <= floor", "yes", "param floor = 5 from 2020-01-01").Codes() == "P0514");
}

TEST_CASE("the header") {
  const Built built = BuildPolicy(R"(policy demo.one
    title "T"
    issued 2024-01-31
    effective issued + 1 months
    periods by calendar_days
record firm { key id : text  since : date }
article 1 : 3 months after since <= as_of
decision d { good when §1 otherwise bad })");
  REQUIRE_MESSAGE(built.model, built.Messages());
  CHECK(built.Messages() == "");
  CHECK(built.model->policy.name == "demo.one");
  CHECK(built.model->policy.effective == "2024-02-29");
  CHECK(pol::model::DumpExpression(*built.model, built.model->clauses[0].condition) ==
        "(<= (add since 3 months) as_of)");
  CHECK(pol::model::DumpExpression(*built.model, built.model->reference) == "as_of");
  CHECK(With("a : date?", "yes", "    reference a").Codes() == "P0324");
  CHECK(With("a : date", "yes", "    reference a + grace\nparam grace = 5, 6 from 2020-01-01").Codes() ==
        "P0311");
  CHECK(With("a : date", "limit > 4", "    reference a + (limit) days\nparam limit = 5, 6 from 2020-01-01")
            .Codes() == "P0431");
}

TEST_CASE("regions and calendars become tables") {
  const Built built = BuildWith("use calendar.cn\narticle 1 : 3 months after founded <= applied");
  REQUIRE_MESSAGE(built.model, built.Messages());
  const auto& regions = built.model->schema.regions;
  REQUIRE(regions.size() > 100);
  CHECK(regions.front().code == 110000);
  CHECK(regions.front().names.front() == "北京市");
  for (std::size_t at = 1; at < regions.size(); ++at) CHECK(regions[at - 1].code < regions[at].code);
  const auto& calendar = built.model->schema.calendars.front();
  CHECK(calendar.first_year == 2018);
  CHECK(calendar.last_year == 2026);
  for (const auto& exception : calendar.exceptions) {
    CHECK(exception.working == (pol::calendar::WeekdayOf(exception.date) >= 5));
  }
}
