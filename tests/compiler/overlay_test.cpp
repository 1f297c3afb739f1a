// What a policy makes of the one that it extends: verdicts for pairs of conditions, and what is found where.
#include "compiler/overlay/overlay.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "tests/compiler/model_testing.h"

namespace pol::model_testing {
namespace {

constexpr std::string_view kFacts = R"(policy base
reference applied
enumeration kind { enterprise "企业", university "高校", institute "院所" }
scale grade { low < middle < high }
record firm {
    key id : text
    applied : date
    founded : date
    sort : kind
    level : grade
    staff : count within [0, ..)
    balance : money
    capital : money within [0元, ..)
    share : percent within [0%, 100%]
    bonus : money?
    good : yes_no
    sound : yes_no
    large : yes_no
    revenue : money per year
    reports : list of report
}
record report { filed : date  score : number within [0, ..)  late : yes_no }
param floor = 50
param ratio = 10%
param cap = 500万元
param staged : count = 10, 20 from 2024-01-01
let window = last 3 years before year of applied
let of_capital = ratio * capital
)";

std::string VerdictWord(overlay::Verdict verdict) {
  constexpr std::string_view kWords[] = {"same", "stricter", "looser", "higher", "lower", "different"};
  return std::string(kWords[static_cast<std::size_t>(verdict)]);
}

std::string ChangeWord(overlay::Change change) {
  constexpr std::string_view kWords[] = {"replaced", "dropped", "added", "rewritten", "follows"};
  return std::string(kWords[static_cast<std::size_t>(change)]);
}

std::string NameOf(const model::Model& model, overlay::Subject subject, std::uint32_t at) {
  switch (subject) {
    case overlay::Subject::kReference:
      return "reference";
    case overlay::Subject::kParameter:
      return model.parameters[at].naming.name;
    case overlay::Subject::kClause:
      return model.clauses[at].id;
    case overlay::Subject::kDecision:
      return model.decisions[at].naming.name;
    case overlay::Subject::kGrant:
      return model.grants[at].naming.name;
    case overlay::Subject::kScore:
      return model.scores[at].naming.name;
    case overlay::Subject::kQuota:
      return model.quotas[at].naming.name;
    case overlay::Subject::kLifecycle:
      break;
  }
  return model.lifecycles[at].naming.name;
}

// "3(1) replaced stricter; d follows stricter through §3(1)": the findings in order, and how many clauses are
// unchanged.
std::string Compare(const std::string& base, const std::string& derived) {
  const std::string whole = std::string(kFacts) + base;
  const Built before = BuildPolicy(whole);
  const Built after = BuildPolicy("policy derived extends base\n" + derived, Modules({{"base.pol", whole}}));
  if (!before.model) return "base: " + before.Messages();
  if (!after.model) return "derived: " + after.Messages();
  const overlay::Overlay overlay = overlay::CompareModels(*before.model, *after.model);
  std::string text;
  for (const overlay::Finding& one : overlay.findings) {
    const bool there = one.derived != program::kNone;
    text += NameOf(there ? *after.model : *before.model, one.subject, there ? one.derived : one.base);
    text += " " + ChangeWord(one.change) + " " + VerdictWord(one.verdict);
    for (const std::string& name : one.through) text += " " + name;
    text += "; ";
  }
  return text + std::to_string(overlay.unchanged) + " of " + std::to_string(overlay.clauses);
}

// Of a clause whose condition is replaced by another.
std::string Verdict(const std::string& before, const std::string& after) {
  const std::string found = Compare(
      "article 1 : " + before + "\narticle 2 : good\ndecision d { a when all of §1, §2 otherwise b }\n",
      "replaces §1 : " + after + "\n");
  const std::string_view start = "1 replaced ";
  if (!found.starts_with(start)) return found;
  return found.substr(start.size(), found.find(';') - start.size());
}

struct Pair {
  std::string before;
  std::string after;
  std::string verdict;
};

// Each is tried in both directions.
void Check(const std::vector<Pair>& pairs) {
  for (const Pair& pair : pairs) {
    CAPTURE(pair.before);
    CAPTURE(pair.after);
    CHECK(Verdict(pair.before, pair.after) == pair.verdict);
    const std::string back = pair.verdict == "stricter" ? "looser"
                             : pair.verdict == "looser" ? "stricter"
                                                        : pair.verdict;
    CHECK(Verdict(pair.after, pair.before) == back);
  }
}

TEST_CASE("comparisons with other constants") {
  Check({{"staff >= 60", "staff >= 70", "stricter"},
         {"staff > 60", "staff >= 60", "looser"},
         {"staff >= 60", "staff > 70", "stricter"},
         {"staff > 60", "staff >= 70", "different"},
         {"staff <= 60", "staff <= 70", "looser"},
         {"60 <= staff", "staff >= 70", "stricter"},
         {"staff = 60", "staff = 70", "different"},
         {"staff >= 60", "staff <= 60", "different"},
         {"staff >= 60", "capital >= 60元", "different"},
         {"staff >= floor", "staff >= 50", "same"},
         {"staff >= floor", "staff >= 51", "stricter"},
         {"applied >= 2024-01-01", "applied >= 2024-02-01", "stricter"},
         {"level >= middle", "level >= high", "stricter"},
         {"staff in [100, 500)", "staff in [100, 400)", "stricter"},
         {"staff in [100, 500)", "staff in [50, 400)", "different"},
         {"staff >= staged", "staff >= 10", "looser"},
         {"staff >= staged", "staff >= 15", "different"}});
}

TEST_CASE("conjunctions, alternatives and counts") {
  Check(
      {{"good", "good and sound", "stricter"},
       {"good and sound", "sound and good", "same"},
       {"good", "good or sound", "looser"},
       {"good and sound", "good or sound", "looser"},
       {"good and sound", "good and large", "different"},
       {"good and sound", "good and sound and staff >= 5", "stricter"},
       {"good and staff >= 5", "good and sound and staff >= 9", "stricter"},
       {"good and staff >= 5", "good and sound and staff >= 1", "different"},
       {"good or staff >= 5", "good or staff >= 9", "stricter"},
       {"not (good and staff >= 5)", "not (good and staff >= 9)", "looser"},
       {"not good", "good", "different"},
       {"at least 1 of { good, sound, large }", "at least 2 of { good, sound, large }", "stricter"},
       {"at least 2 of { good, sound }", "at least 2 of { good, sound, large }", "looser"},
       {"at least 2 of { good, sound, staff >= 5 }", "at least 2 of { good, sound, staff >= 9 }", "stricter"},
       {"at least 2 of { good, sound, staff >= 5 }", "at least 1 of { good, sound, staff >= 9 }",
        "different"},
       {"sort in { enterprise, university }", "sort = enterprise", "stricter"},
       {"sort in { enterprise, university }", "sort in { enterprise, university, institute }", "looser"},
       {"sort in { enterprise, university }", "sort in { enterprise, institute }", "different"},
       {"sort = enterprise", "sort = university", "different"}});
}

TEST_CASE("choices and bands") {
  Check({{"if large then staff >= 5 else good", "if large then staff >= 9 else good", "stricter"},
         {"if large then staff >= 5 else good", "if sound then staff >= 5 else good", "different"},
         {"by staff { [50, ..) : capital >= 5元; (.., 50) : good }",
          "by staff { [50, ..) : capital >= 9元; (.., 50) : good }", "stricter"},
         {"by staff { [50, ..) : capital >= 5元; (.., 50) : good }",
          "by staff { [60, ..) : capital >= 5元; (.., 60) : good }", "different"},
         {"by staff { [50, ..) : capital >= 5元; (.., 50) : good }",
          "by staff { [50, ..) : capital >= 9元; (.., 50) : good or sound }", "different"},
         {"capital >= (if large then 5元 else 3元)", "capital >= (if large then 7元 else 3元)", "stricter"},
         {"capital >= greatest of (5元, bonus default 0元)",
          "capital >= greatest of (7元, bonus default 0元)", "stricter"},
         {"bonus >= 5元", "bonus >= 7元", "stricter"}});
}

TEST_CASE("arithmetic needs the signs of what it multiplies") {
  Check({{"capital >= 10% * capital", "capital >= 20% * capital", "stricter"},
         {"capital >= of_capital", "capital >= 20% * capital", "stricter"},
         {"capital >= 10% * balance", "capital >= 20% * balance", "different"},
         {"capital / 2 >= 10元", "capital / 3 >= 10元", "stricter"},
         {"100元 / staff >= 10元", "200元 / staff >= 10元", "looser"},
         {"capital + 5元 >= 10元", "capital + 7元 >= 10元", "looser"},
         {"capital - 5元 >= 10元", "capital - 7元 >= 10元", "stricter"},
         {"10 - staff >= 1", "9 - staff >= 1", "stricter"},
         {"round capital to 1万元 >= 3万元", "round capital to 1万元 >= 4万元", "stricter"},
         {"round capital to 1万元 >= 3万元", "round capital to 2万元 >= 3万元", "different"},
         {"applied <= founded + 6 months", "applied <= founded + 3 months", "stricter"},
         {"years from founded to applied >= 2", "years from founded to applied >= 3", "stricter"},
         {"applied <= 3 months after founded", "applied <= 6 months after founded", "different"}});
}

TEST_CASE("lists and years") {
  Check({{"any of reports where score >= 5", "any of reports where score >= 7", "stricter"},
         {"every reports where score >= 5", "every reports where score >= 7", "stricter"},
         {"none of reports where score >= 5", "none of reports where score >= 7", "looser"},
         {"at least 2 of reports where score >= 5", "at least 3 of reports where score >= 7", "stricter"},
         {"at most 2 of reports where late", "at most 1 of reports where late", "stricter"},
         {"at most 2 of reports where score >= 5", "at most 2 of reports where score >= 7", "looser"},
         {"(count of reports where late) <= 2", "(count of reports where (late and good)) <= 2", "looser"},
         {"(sum of reports.score where late) >= 5", "(sum of reports.score where (late and good)) >= 5",
          "stricter"},
         {"sum of reports.score >= 5", "sum of reports.score >= 7", "stricter"},
         {"any of reports in last 3 years before applied where late",
          "any of reports in last 2 years before applied where late", "stricter"},
         {"none of reports in last 3 years before applied where late",
          "none of reports in last 2 years before applied where late", "looser"},
         {"every (revenue >= 5元) over window", "every (revenue >= 7元) over window", "stricter"},
         {"every (revenue >= 5元) over 2021..2023", "every (revenue >= 5元) over 2020..2023", "stricter"},
         {"sum of revenue over 2021..2023 >= 5元", "sum of revenue over 2020..2023 >= 5元", "different"},
         {"revenue rising over window", "revenue falling over window", "different"},
         {"(latest of reports).score >= 5", "(latest of reports).score >= 7", "stricter"},
         {"(latest of reports).score >= 5", "(earliest of reports).score >= 5", "different"}});
}

constexpr std::string_view kArticles = R"(
article 3 "条件" {
    (1) size : staff >= floor
    (2) : good
    (3) : sound
    (4) : guidance "说明"
}
article 4 : staff >= 2 * floor or large
article 5 : all of §3 and §4
decision d { yes_d when §5 otherwise no_d }
)";

std::string Articles() {
  std::string text(kArticles);
  return text.replace(text.find(": guidance"), 2, "");
}

TEST_CASE("a policy that changes nothing has no findings") { CHECK(Compare(Articles(), "") == "7 of 7"); }

TEST_CASE("a changed parameter, and what reads it") {
  CHECK(Compare(Articles(), "param floor = 60\n") ==
        "floor rewritten higher; 3(1) follows stricter floor; 4 follows stricter floor; "
        "5 follows stricter §3 §4; d follows stricter §5; 4 of 7");
  CHECK(Compare(Articles(), "param floor = 50\n") == "floor rewritten same; 7 of 7");
  CHECK(Compare(Articles(), "param floor = 50 from 2024-01-01\n").starts_with("floor rewritten different; "));
}

TEST_CASE("clauses replaced, dropped and added") {
  CHECK(Compare(Articles(), "replaces §3(2) : good and sound\n") == "3(2) replaced stricter; 6 of 7");
  CHECK(Compare(Articles(), "replaces §3(4) : large\n") ==
        "3(4) replaced stricter; 5 follows stricter §3; d follows stricter §5; 5 of 7");
  CHECK(Compare(Articles(), "drops §3(2)\n") ==
        "3(2) dropped looser; 5 follows looser §3; d follows looser §5; 5 of 7");
  CHECK(Compare(Articles(), "drops §3(4)\n") == "3(4) dropped same; 6 of 7");
  CHECK(Compare(Articles(), "article 3 { (5) : large }\n") ==
        "3(5) added stricter; 5 follows stricter §3; d follows stricter §5; 6 of 8");
  CHECK(Compare(Articles(), "replaces §3 : good\n")
            .starts_with("3 replaced looser; 3(1) dropped different; 3(2) dropped different; "));
}

TEST_CASE("what is dropped or added is judged by its use") {
  const std::string counted =
      "article 3 { (1) : good  (2) : sound  (3) : large }\n"
      "decision d { yes_d when at least 2 of §3 otherwise no_d }\n";
  CHECK(Compare(counted, "drops §3(3)\n") == "3(3) dropped different; d follows stricter; 3 of 4");
  CHECK(Compare(counted, "article 3 { (4) : staff >= 1 }\n") ==
        "3(4) added different; d follows looser §3(4); 4 of 5");
  const std::string denied =
      "article 3 { (1) : good  (2) : sound }\ndecision d { yes_d when not §3 otherwise no_d }\n";
  CHECK(Compare(denied, "drops §3(2)\n") == "3(2) dropped different; d follows stricter §3; 2 of 3");
}

TEST_CASE("decisions, grants and the reference date") {
  const std::string base =
      "article 3 : good\narticle 4 guidance \"补助\"\n"
      "decision d { yes_d when §3 otherwise no_d }\n"
      "grant g §4 when §3 = ratio * capital, at most cap\n";
  CHECK(Compare(base, "decision d { yes_d when §3 and sound otherwise no_d }\n") ==
        "d rewritten stricter; 2 of 2");
  CHECK(Compare(base, "decision d { top_d when sound yes_d when §3 otherwise no_d }\n") ==
        "d rewritten different; 2 of 2");
  CHECK(Compare(base, "param ratio = 20%\n") == "ratio rewritten higher; g follows higher ratio; 2 of 2");
  CHECK(Compare(base, "param cap = 300万元\n") == "cap rewritten lower; g follows lower cap; 2 of 2");
  CHECK(Compare(base, "param cap = 300万元\nparam ratio = 20%\n") ==
        "ratio rewritten higher; cap rewritten lower; g follows different ratio cap; 2 of 2");
  CHECK(Compare(base, "grant g §4 when §3 and sound = ratio * capital, at most cap\n") ==
        "g rewritten lower; 2 of 2");
  CHECK(Compare(base, "reference founded\n") ==
        "reference rewritten different; staged follows different; 2 of 2");
  CHECK(Compare(base, "decision e { ok when §3 otherwise bad }\n") == "e added different; 2 of 2");
}

TEST_CASE("scores and quotas") {
  const std::string base =
      "article 3 { (1) : good  (2) : sound }\narticle 4 guidance \"名额\"\n"
      "decision d { yes_d when §3 otherwise no_d }\n"
      "score s §4 { a : staff * 2 }\n"
      "quota q §4 when §3 : at most 100\n";
  CHECK(Compare(base, "quota q §4 when §3 : at most 120\n") == "q rewritten higher; 4 of 4");
  CHECK(Compare(base, "quota q §4 when §3 : at least 5, at most 100\n") == "q rewritten different; 4 of 4");
  CHECK(Compare(base, "score s §4 { a : staff * 3 }\n") == "s rewritten higher; 4 of 4");
  CHECK(Compare(base, "drops §3(2)\n") ==
        "3(2) dropped looser; d follows looser §3; q follows different §3; 3 of 4");
}

TEST_CASE("a replacement within the law, and a clause in principle") {
  const std::string base =
      "article 3 { (1) : staff >= 10  (2) : good }\n"
      "article 4 when large { replaces §3(1) : staff >= 5 }\n"
      "decision d { yes_d when §3 otherwise no_d }\n";
  CHECK(Compare(base, "replaces §3(2) : good and sound\n") ==
        "3(2) replaced stricter; d follows stricter §3; 4 of 5");
  CHECK(Compare(base, "replaces §3(1) : staff >= 20\n") ==
        "3(1) replaced stricter; d follows stricter §3; 4 of 5");
  const std::string in_principle =
      "article 3 { (1) in principle : staff >= 10  (2) : good }\n"
      "decision d { yes_d when §3 otherwise no_d }\n";
  CHECK(Compare(in_principle, "replaces §3(1) : staff >= 20\n") ==
        "3(1) replaced stricter; d follows stricter §3; 2 of 3");
}

}  // namespace
}  // namespace pol::model_testing
