// Examples as the model has them: facts typed and checked, `like`, expectations; as batches; and which truths
// a clause can have.
#include <doctest/doctest.h>

#include "compiler/compile.h"
#include "compiler/model/example_batch.h"
#include "compiler/model/possible.h"
#include "runtime/number/decimal.h"
#include "tests/compiler/model_testing.h"

namespace pol::model {
namespace {

using model_testing::BuildWith;
using records::CellState;

const std::string& Clauses() {
  static const std::string clauses = "article 1 : good\narticle 2 : staff >= 3\n";
  return clauses;
}

model_testing::Built BuildExample(const std::string& lines) {
  return BuildWith(Clauses() + "example \"x\" {\n" + lines + "\n}\n");
}

// What the model says of one example's lines: the codes, or else nothing.
std::string CodesOf(const std::string& lines) {
  std::string codes = BuildExample(lines + "\nexpect eligibility = eligible").Codes();
  // §2 is cited by nothing.
  const std::size_t at = codes.find("P0432");
  if (at != std::string::npos)
    codes.erase(at > 0 ? at - 1 : 0, at > 0 ? 6 : std::min<std::size_t>(6, codes.size()));
  return codes;
}

const Example& Last(const model_testing::Built& built) {
  REQUIRE(built.model);
  REQUIRE(!built.model->examples.empty());
  return built.model->examples.back();
}

std::uint32_t FactNamed(const Model& model, std::string_view name) {
  for (std::uint32_t at = 0; at < model.schema.facts.size(); ++at) {
    if (model.schema.facts[at].naming.name == name) return at;
  }
  return program::kNone;
}

}  // namespace

TEST_CASE("facts of an example are typed as those of a file are") {
  CHECK(CodesOf("staff = 3") == "");
  CHECK(CodesOf("capital = 30亿元 * 10%") == "");
  CHECK(CodesOf(
            "sort = enterprise\nlevel = high\naddress = \"北京市\"\ntitle = \"甲\"\nfounded = 2020-01-01") ==
        "");
  CHECK(CodesOf("code = \"91110108XX00000199\"") == "");
  CHECK(CodesOf("revenue 2021..2023 = 1元, 2元, 3元\nloss 2021..2022 = no\nplan = yes\nplan.budget = no") ==
        "");
  CHECK(CodesOf("reports = { filed = 2023-01-01, amount is absent; result = low, score = 1.5 }\npartners is "
                "empty") == "");
  CHECK(CodesOf("bonus is absent\nreports is unknown\nas_of is unknown") == "");

  CHECK(CodesOf("stuff = 3") == "P0903");
  CHECK(CodesOf("plan.budgets = no") == "P0903");
  CHECK(CodesOf("staff.part = 3") == "P0903");
  CHECK(CodesOf("reports = { filled = 2023-01-01 }") == "P0903");
  CHECK(CodesOf("staff = 3\nstaff = 4") == "P0904");
  CHECK(CodesOf("revenue 2021..2023 = 1元\nrevenue 2022 = 2元") == "P0904");
  CHECK(CodesOf("plan.budget = no\nplan = yes") == "P0904");
  CHECK(CodesOf("reports = { filed = 2023-01-01, filed = 2023-01-02 }") == "P0904");
  CHECK(CodesOf("revenue = 1元") == "P0905");
  CHECK(CodesOf("staff 2023 = 3") == "P0906");
  CHECK(CodesOf("reports 2023 is empty") == "P0906");
  CHECK(CodesOf("revenue 2023..2021 = 1元") == "P0907");
  CHECK(CodesOf("revenue 3 = 1元") == "P0907");
  CHECK(CodesOf("revenue 2021..2023 = 1元, 2元") == "P0908");
  CHECK(CodesOf("staff = 3, 4") == "P0909");
  CHECK(CodesOf("reports = 3") == "P0910");
  CHECK(CodesOf("reports is absent") == "P0910");
  CHECK(CodesOf("staff = { filed = 2023-01-01 }") == "P0911");
  CHECK(CodesOf("staff is empty") == "P0911");
  CHECK(CodesOf("as_of is absent") == "P0912");
  CHECK(CodesOf("staff = 0 - 1") == "P0913");
  CHECK(CodesOf("capital = 1元 / 3") == "P0914");
  CHECK(CodesOf("code = \"91110108XX00000198\"") == "P0915");
  CHECK(CodesOf("staff is absent") == "P0326");
  CHECK(CodesOf("staff = 3元") == "P0319");
  CHECK(CodesOf("capital = 3") == "P0319");
  CHECK(CodesOf("capital = dollars") == "P0360");
  CHECK(CodesOf("sort = enterprize") == "P0205");
  CHECK(CodesOf("address = \"北亰市\"") == "P0362");
}

TEST_CASE("misspelt names are answered with the nearest") {
  CHECK(BuildExample("stuff = 3\nexpect eligibility = eligible").Says("+ staff"));
  CHECK(BuildExample("expect eligibilty = eligible").Says("+ eligibility"));
  CHECK(BuildExample("expect eligibility = eligable").Says("+ eligible"));
  CHECK(BuildExample("expect eligibility = undetermind").Says("+ undetermined"));
  CHECK(BuildExample("expect eligibility = eligible because §11").Says("+ §1"));
}

TEST_CASE("expectations name what there is") {
  const auto codes = [](const std::string& line) { return BuildExample("staff = 3\n" + line).Codes(); };
  CHECK(codes("expect eligibility = undetermined needs good, plan, revenue, rd 2021..2022, reports.filed, "
              "§2, as_of, "
              "calendar") == "P0432");
  CHECK(codes("expect outcome = eligible").find("P0916") != std::string::npos);
  CHECK(codes("expect eligibility = good").find("P0917") != std::string::npos);
  CHECK(codes("expect eligibility = eligible because §9").find("P0422") != std::string::npos);
  CHECK(codes("expect §9 = yes").find("P0422") != std::string::npos);
  CHECK(codes("expect eligibility = eligible needs gold").find("P0903") != std::string::npos);
  CHECK(codes("expect eligibility = eligible needs staff 2021").find("P0906") != std::string::npos);
  CHECK(codes("expect §1 = yes\nexpect §1 = no").find("P0904") != std::string::npos);
  CHECK(codes("capital = 1元").find("P0918") != std::string::npos);
}

TEST_CASE("a lifecycle is expected to be in one of its states") {
  const std::string lifecycle =
      "article 3 \"left\" guidance \"on request\"\n"
      "lifecycle standing { starts active at founded ends gone §3 when not good }\n";
  const auto build = [&](const std::string& line) {
    return BuildWith(lifecycle + Clauses() + "example \"x\" { staff = 3; good = yes\n" + line + " }\n");
  };
  const auto known = build("expect standing = gone because §3");
  const Expectation& gone = Last(known).expectations.front();
  CHECK(gone.lifecycle.valid());
  CHECK_FALSE(gone.decision.valid());
  CHECK(gone.state == 2);
  CHECK(gone.because.size() == 1);
  const auto unknown = build("expect standing is unknown needs founded");
  CHECK(Last(unknown).expectations.front().state == program::kNone);
  CHECK(Last(build("expect standing = undetermined")).expectations.front().state == program::kNone);
  const auto misspelt = build("expect standing = gond");
  CHECK(misspelt.Codes().find("P0917") != std::string::npos);
  CHECK(misspelt.Says("+ gone"));
  CHECK(build("expect standin = gone").Says("+ standing"));
}

TEST_CASE("an example takes the facts of the one that it is like, in whatever order they stand") {
  const auto built =
      BuildWith(Clauses() +
                "example \"c\" like \"b\" { revenue 2022 is unknown; expect §1 = yes }\n"
                "example \"b\" like \"a\" { staff = 4; reports is empty }\n"
                "example \"a\" { as_of = 2024-01-01; staff = 3; good = yes; revenue 2021..2022 = 1元\n"
                "    reports = { score = 1; score = 2 } }\n");
  CHECK(built.Codes() == "P0432");
  REQUIRE(built.model);
  REQUIRE(built.model->examples.size() == 3);
  const Example& derived = built.model->examples[0];
  CHECK(derived.title == "c");
  CHECK(derived.as_of == built.model->examples[2].as_of);
  CHECK(derived.expectations.size() == 1);
  CHECK(derived.cells.size() == 4);  // staff, good, two years
  REQUIRE(derived.lists.size() == 1);
  CHECK(derived.lists[0].rows == 0);
  CHECK(built.model->examples[2].cells.size() == 6);

  CHECK(BuildWith(Clauses() + "example \"a\" like \"aa\" { expect §1 = yes }").Codes().find("P0901") !=
        std::string::npos);
  CHECK(BuildWith(Clauses() + "example \"a\" like \"b\" { expect §1 = yes }\nexample \"b\" like \"a\" { }")
            .Says("in a circle: a → b → a"));
  CHECK(BuildWith(Clauses() + "example \"a\" { expect §1 = yes }\nexample \"a\" { expect §1 = no }")
            .Codes()
            .find("P0900") != std::string::npos);
}

TEST_CASE("an example leaves the policy as it is") {
  const std::string policy =
      std::string(model_testing::kSurrounding) + "article 1 : good and title = \"a\"\n";
  const Compilation without = Compile("p.pol", policy, StandardLibraryOnly());
  const Compilation with = Compile(
      "p.pol", policy + "example \"x\" { title = \"zzz\"; capital = 5元; staff = 7; expect §1 = no }\n",
      StandardLibraryOnly());
  REQUIRE(without.program);
  REQUIRE(with.program);
  CHECK(*without.program == *with.program);
}

TEST_CASE("a file of examples holds examples and nothing else") {
  const std::string policy = std::string(model_testing::kSurrounding) + "article 1 : good\n";
  const auto compile = [&](const std::string& examples) {
    return Compile("p.pol", policy, StandardLibraryOnly(), NamedText{"p.examples.pol", examples});
  };
  const Compilation right =
      compile("-- About p.\nexample \"x\" { good = yes; expect eligibility = eligible }\n");
  REQUIRE(right.model);
  CHECK(right.model->examples.size() == 1);
  CHECK_FALSE(compile("let a = 1\n").model);
  CHECK_FALSE(compile("policy q\n").model);
  CHECK_FALSE(compile("example \"x\" {\n").model);
}

TEST_CASE("a module has no examples") {
  const model_testing::Modules modules(
      std::map<std::string, std::string>{{"extra.pol", "let a = 1\nexample \"x\" { expect §1 = yes }\n"}});
  CHECK(BuildWith("use extra\narticle 1 : good\n", modules).Codes().find("P0919") != std::string::npos);
}

TEST_CASE("an example is a batch of one record") {
  const auto built = BuildExample(
      "staff = 3\ncapital = 2_999_999_999.99元\nfounded = 2020-02-03\ntitle = \"甲\"\nlevel = high\ngood = "
      "yes\n"
      "bonus is absent\nrevenue 2022..2023 = 12345678901234567890元, 5元\nplan = yes\nplan.budget = no\n"
      "reports = { score = 1.25; filed = 2023-01-01 }\npartners is empty\nexpect §1 = yes");
  const Example& example = Last(built);
  const program::Schema& schema = built.model->schema;
  const records::Batch batch = BatchOf(schema, example);
  const auto column = [&](std::string_view name) -> const records::Column& {
    return batch.columns[FactNamed(*built.model, name)];
  };
  CHECK(batch.rows == 1);
  CHECK(batch.keys == std::vector<std::string>{"x"});
  CHECK(column("staff").numbers.numerators == std::vector<std::int64_t>{3});
  CHECK(column("capital").numbers.scale == 2);
  CHECK(column("capital").numbers.numerators == std::vector<std::int64_t>{299999999999});
  CHECK(column("founded").codes == std::vector<std::int32_t>{18295});
  CHECK(column("level").codes == std::vector<std::int32_t>{2});
  CHECK(column("good").truths[0]);
  CHECK(column("bonus").states == std::vector<CellState>{CellState::kAbsent});
  CHECK(column("approved").states == std::vector<CellState>{CellState::kMissing});
  CHECK(column("sound").states == std::vector<CellState>{CellState::kNotJudged});
  CHECK(column("plan.targets").truths[0]);
  CHECK_FALSE(column("plan.budget").truths[0]);
  CHECK(batch.texts == std::vector<std::string>{"甲"});

  CHECK(batch.first_year == 2022);
  CHECK(batch.year_count == 2);
  CHECK(column("revenue").numbers.wide.at(0) == pol::number::Integer("12345678901234567890"));
  CHECK(column("revenue").numbers.numerators[1] == 5);
  CHECK(column("rd").states == std::vector<CellState>(2, CellState::kMissing));

  const std::uint32_t reports = schema.facts[FactNamed(*built.model, "score")].domain;
  CHECK(batch.domains[reports].offsets == std::vector<std::uint32_t>{0, 2});
  CHECK(batch.domains[reports].known[0]);
  CHECK(column("score").numbers.numerators == std::vector<std::int64_t>{125, 0});
  CHECK(column("amount").states == std::vector<CellState>(2, CellState::kMissing));
  const std::uint32_t partners = schema.facts[FactNamed(*built.model, "joined")].domain;
  CHECK(batch.domains[partners].offsets == std::vector<std::uint32_t>{0, 0});
  CHECK(batch.domains[partners].known[0]);

  const records::Batch nothing = BatchOf(schema, Last(BuildExample("expect §1 = yes")));
  CHECK_FALSE(nothing.domains[reports].known[0]);
}

TEST_CASE("what is not public is always unknown, and what takes it never true") {
  const auto built = BuildWith(
      "article 1 { (1) : good  (2) undisclosed \"not public\" }\narticle 2 : all of §1\narticle 3 : not "
      "§1(2)\n"
      "article 4 when special default no : §1(2)\narticle 5 : any of { §1(2), staff >= 3 }\n"
      "article 6 { replaces §1(2) : sound }\n");
  REQUIRE(built.model);
  const std::vector<Possible> possible = PossibleTruths(*built.model);
  const auto of = [&](std::string_view id) {
    std::string truths;
    for (std::size_t at = 0; at < possible.size(); ++at) {
      if (built.model->clauses[at].id != id) continue;
      truths += possible[at].yes ? "t" : "";
      truths += possible[at].no ? "f" : "";
      truths += possible[at].unknown ? "u" : "";
    }
    return truths;
  };
  CHECK(of("1(1)") == "tfu");
  CHECK(of("1(2)") == "tfu");  // replaced
  CHECK(of("1") == "tfu");

  const auto alone = BuildWith(
      "article 1 { (1) : good  (2) undisclosed \"not public\" }\narticle 2 : all of §1\narticle 3 : not "
      "§1(2)\n"
      "article 4 when staff > 3 : §1(2)\narticle 5 : any of { §1(2); staff >= 3 }\n");
  REQUIRE(alone.model);
  const std::vector<Possible> found = PossibleTruths(*alone.model);
  std::string all;
  for (std::size_t at = 0; at < found.size(); ++at) {
    all += alone.model->clauses[at].id + ":" + (found[at].yes ? "t" : "") + (found[at].no ? "f" : "") +
           (found[at].unknown ? "u" : "") + " ";
  }
  CHECK(all == "1:fu 1(1):tfu 1(2):u 2:fu 3:u 4:tu 5:tu ");
}

}  // namespace pol::model
