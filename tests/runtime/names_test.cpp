#include "runtime/records/names.h"

#include <doctest/doctest.h>

#include <string>

#include "tests/runtime/sample_records.h"

namespace pol::records {
namespace {

// "revenue.2023 [4]": fact, year, the unit's exponent in brackets, what is left in braces.
std::string Say(const FactNames& names, const program::Schema& schema, std::string_view header) {
  const std::optional<HeaderMatch> match = names.Find(header);
  if (!match.has_value()) return "none";
  std::string said = NameWithYear(schema.facts[match->fact], match->year);
  if (match->unit.kind != UnitKind::kNone) said += " [" + std::to_string(match->unit.exponent) + "]";
  if (!match->bracket.empty()) said += " {" + match->bracket + "}";
  return said;
}

TEST_CASE("headers") {
  program::Schema schema = sample::MakeSchema();
  schema.facts[8].naming.aliases = {"承诺投入（合计）", "pledge_total"};
  const FactNames names(schema);
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"name", "name"},
      {" NAME ", "name"},
      {"ｎａｍｅ", "name"},
      {"企业名称", "name"},
      {"企业 名称", "name"},
      {"revenue.2023", "revenue.2023"},
      {"revenue_2023", "revenue.2023"},
      {"revenue2023", "revenue.2023"},
      {"Revenue 2023", "revenue.2023"},
      {"revenue-2023", "revenue.2023"},
      {"营业收入2023", "revenue.2023"},
      {"营业收入2023年", "revenue.2023"},
      {"营业收入.2023", "revenue.2023"},
      {"2023年营业收入", "revenue.2023"},
      {"2023年度营业收入", "revenue.2023"},
      {"2023 营业收入", "revenue.2023"},
      {"营业收入（2023年）", "revenue.2023"},
      {"营业收入(2023)", "revenue.2023"},
      {"营业收入2023（万元）", "revenue.2023 [4]"},
      {"revenue.2023 (万元)", "revenue.2023 [4]"},
      {"营业收入（2023年）（万元）", "revenue.2023 [4]"},
      {"营业收入（万元）（2023年）", "revenue.2023 [4]"},
      {"营业收入（2023年，万元）", "revenue.2023 [4]"},
      {"营业收入（万元）2023", "revenue.2023 [4]"},
      {"营业收入（单位：万元）2023年", "revenue.2023 [4]"},
      {"2023年营业收入（单位：万元）", "revenue.2023 [4]"},
      {"2023年营业收入[亿元]", "revenue.2023 [8]"},
      {"研发占比(%)", "share [-2]"},
      {"share_pct", "share [-2]"},
      {"pledge_yuan", "pledge [0]"},
      {"承诺投入（合计）", "pledge"},
      {"承诺投入（合计）（万元）", "pledge [4]"},
      {"pledge total", "pledge"},
      {"承诺投入（含税）", "pledge {含税}"},
      {"营业收入", "revenue"},
      {"营业收入1850", "none"},
      {"营业收入12023", "none"},
      {"revenue.20233", "none"},
      {"name.2023", "none"},
      {"plan.budget", "plan.budget"},
      {"预算方案", "plan.budget"},
      {"备注", "none"},
      {"", "none"},
      {"()", "none"},
      {"2023", "none"},
      {"（万元）", "none"}};
  for (const auto& [header, said] : cases) {
    CAPTURE(header);
    CHECK(Say(names, schema, header) == said);
  }
}

TEST_CASE("a fact's own name may end in the unit of its column") {
  program::Schema schema = sample::MakeSchema();
  schema.facts[3].naming.name = "rd_ratio_pct";
  schema.facts[8].naming.name = "pledge_yuan";
  const FactNames names(schema);
  CHECK(Say(names, schema, "rd_ratio_pct") == "rd_ratio_pct [-2]");
  CHECK(Say(names, schema, "研发占比") == "rd_ratio_pct");
  CHECK(Say(names, schema, "pledge_yuan") == "pledge_yuan");
}

TEST_CASE("lists") {
  const program::Schema schema = sample::MakeSchema();
  const FactNames names(schema);
  CHECK(names.FindListName("accidents") == sample::kListDomain);
  CHECK(names.FindListName("安全事故") == sample::kListDomain);
  CHECK(names.FindList("accidents.grade") == sample::kListDomain);
  CHECK_FALSE(names.FindListName("accident").has_value());
  CHECK(names.NearestList("accident") == "accidents");
  CHECK(names.FindField(sample::kListDomain, "发生日期").has_value());
  CHECK_FALSE(names.FindField(sample::kListDomain, "name").has_value());
}

TEST_CASE("a shared spelling is the one's that has it as its name") {
  program::Schema schema = sample::MakeSchema();
  schema.facts[1].naming.label = "founded";
  const FactNames names(schema);
  CHECK(Say(names, schema, "founded") == "founded");
}

}  // namespace
}  // namespace pol::records
