// Lifecycles in the model: their states, when they start and expire, what is owed and in which domain, since
// when a condition holds, how a policy that extends another overrides one, and what is wrong with those that
// are wrong. What they decide is in tests/golden/test/lifecycles.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>
#include <vector>

#include "tests/compiler/model_testing.h"

namespace pol::model_testing {
namespace {

constexpr std::string_view kBefore = R"(policy demo
use calendar.cn
scale mark { poor < fair < fine }
enumeration deed { applied, granted, assessed, mended, withdrawn }
enumeration reply { granted, refused }
record step { what : deed  occurred : date  result : mark? }
record report { year_of : year  filed : date  noted : date? }
record visit { day : date  until : date }
record prize { worth : number }
record letter { what : deed  outcome : reply  written : date }
record centre {
    key id : text
    founded : date
    closed : date?
    staff : count
    loss : yes_no per year
    filed : date per year
    history : list of step
    reports : list of report
    visits : list of visit
    prizes : list of prize
    letters : list of letter
    judged sound by experts
}
article 1 : sound
article 2 guidance "how it is given"
decision d { ok_d when §1 otherwise bad_d }
)";

Built BuildAll(const std::string& declarations) {
  return BuildPolicy(std::string(kBefore) + declarations + "\n");
}

// A lifecycle of this start and these other members.
std::string Standing(const std::string& members) {
  return "lifecycle standing over history {\n    starts at event granted, lasts 5 years\n    " + members +
         "\n}\n";
}
Built BuildStanding(const std::string& members, const std::string& after = {}) {
  return BuildAll(Standing(members) + after);
}
std::string CodesOf(const std::string& members, const std::string& after = {}) {
  return BuildStanding(members, after).Codes();
}

const model::Lifecycle& First(const Built& built) {
  REQUIRE_MESSAGE(built.model.has_value(), built.Messages());
  REQUIRE(!built.model->lifecycles.empty());
  return built.model->lifecycles.front();
}

std::string Text(const Built& built, model::ExpressionId id) {
  return id.valid() ? model::DumpExpression(*built.model, id) : "none";
}

// "none before, active running, lost ended"
std::string StatesOf(const Built& built) {
  constexpr std::string_view kPhases[] = {"before", "running", "ended"};
  std::string text;
  for (const model::LifecycleState& state : First(built).states) {
    if (!text.empty()) text += ", ";
    text += state.naming.name + " " + std::string(kPhases[static_cast<std::size_t>(state.phase)]);
  }
  return text;
}

const model::Duty& FirstDuty(const Built& built) {
  REQUIRE(!First(built).duties.empty());
  return First(built).duties.front();
}

bool InYears(const Built& built, model::ExpressionId id) {
  const std::uint32_t domain = built.model->InfoOf(id).domain;
  return built.model->schema.domains[domain].kind == program::DomainKind::kYears;
}

// The date on which `ends lost when CONDITION` ends it, of a lifecycle that starts when it was founded: what
// is no later than the start is the start.
std::string MomentOf(const std::string& condition, const std::string& more = {}) {
  const Built built = BuildAll("lifecycle life over history {\n    starts at founded\n    " + more +
                               "\n    ends lost when " + condition + "\n}\n");
  if (!built.model) return built.Codes();
  // … (if (>= MOMENT founded) MOMENT founded) …
  const std::string since = Text(built, First(built).since);
  const std::string begins = "(if (>= ";
  const std::string ends = " founded) ";
  for (std::size_t at = since.find(begins); at != std::string::npos; at = since.find(begins, at + 1)) {
    const std::size_t begin = at + begins.size();
    const std::size_t end = since.find(ends, begin);
    if (end == std::string::npos) break;
    const std::string moment = since.substr(begin, end - begin);
    if (since.compare(end + ends.size(), moment.size() + 9, moment + " founded)") == 0) return moment;
  }
  return since.find(" undated founded) undated)") != std::string::npos ? "undated" : since;
}

}  // namespace

TEST_CASE("the states of a lifecycle stand in one order, however they are written") {
  const Built built = BuildAll(R"(lifecycle standing "资格" over history {
    ends left at event withdrawn
    state gone "已移出" final, barred for good
    state weak "整改" { after 6 months -> gone }
    ends lost "失去" §2 when not sound, barred for 2 years
    starts held "有效" §2 at event granted, lasts 5 years
    state held { on event assessed where result = poor -> weak }
    stage asked "申请中" §2 at event applied
}
)");
  CHECK(StatesOf(built) ==
        "none before, asked before, held running, gone ended, weak running, left ended, lost ended, expired "
        "ended");
  const model::Lifecycle& lifecycle = First(built);
  const program::Enumeration& members = built.model->schema.enumerations[lifecycle.enumeration];
  REQUIRE(members.members.size() == lifecycle.states.size());
  CHECK(members.naming.label == "资格");
  CHECK(members.members[0].label == "未取得");
  CHECK(members.members[1].label == "申请中");
  CHECK(members.members[7].label == "已到期");
  std::string clauses;
  for (const model::LifecycleState& state : lifecycle.states) clauses += state.clause.valid() ? 'x' : '.';
  CHECK(clauses == ".xx...xx");  // it expires by the clause that it starts by
  CHECK(lifecycle.states[3].barred_for_good);
  CHECK(lifecycle.states[5].at_event);
  CHECK(!lifecycle.states[6].at_event);
  REQUIRE(lifecycle.triggers.size() == 1);
  CHECK(lifecycle.triggers.front().state == 6);
}

TEST_CASE("what it starts in has a name of its own when none is given") {
  CHECK(StatesOf(BuildAll("lifecycle life { starts at founded }")) == "none before, active running");
  CHECK(First(BuildAll("lifecycle life { starts at founded }")).states[1].naming.label == "有效");
  CHECK(CodesOf("ends expired when not sound") == "P0202");
  CHECK(CodesOf("state none { after 1 days -> active }\nstate active { after 1 days -> none }") == "P0202");
  CHECK(CodesOf("stage asked at event applied\nends asked at event withdrawn") == "P0202");
  CHECK(CodesOf("state active { after 1 days -> active }\nstate active { after 2 days -> active }") ==
        "P0202");
}

TEST_CASE("start and validity") {
  const Built events = BuildStanding("");
  CHECK(Text(events, First(events).started) ==
        "(any@history (all (= history.what granted) (<= history.occurred (each as_of))) where yes)");
  CHECK(Text(events, First(events).start) ==
        "(maximum@history history.occurred where (all (= history.what granted) (<= history.occurred (each "
        "as_of))))");
  CHECK(Text(events, First(events).expiry) == "(add standing.start 60 months)");
  CHECK(Text(events, First(events).state) ==
        "(if standing.started (if (> as_of standing.expiry) expired active) none)");
  CHECK(Text(events, First(events).since) ==
        "(if standing.started (if (> as_of standing.expiry) (add standing.expiry 1 days) standing.start) "
        "undated)");

  const Built dates = BuildAll("lifecycle life { starts at founded, lasts 90 days }");
  CHECK(Text(dates, First(dates).started) == "(<= founded as_of)");
  CHECK(Text(dates, First(dates).expiry) == "(add founded 90 days)");
  CHECK(dates.model->machines.empty());
  CHECK(!First(dates).barred.valid());

  const Built optional = BuildAll("lifecycle life { starts at closed }");
  CHECK(Text(optional, First(optional).started) == "(guard (given closed) (<= closed as_of))");
  CHECK(!First(optional).expiry.valid());
}

TEST_CASE("the latest stage that was come to") {
  const Built built = BuildAll(R"(lifecycle standing over history {
    stage asked at event applied
    stage looked_at at closed
    starts at event granted
}
)");
  CHECK(Text(built, First(built).state) ==
        "(if standing.started active (if (guard (given closed) (<= closed as_of)) looked_at (if (any@history "
        "(all (= history.what applied) (<= history.occurred (each as_of))) where yes) asked none)))");
}

TEST_CASE("a recurring duty lives in the years") {
  for (const char* duty : {"duty owed every year by 12-31, met by reports",
                           "duty owed every year, met by event assessed where result >= fair",
                           "duty owed every 3 years, met by loss", "duty owed every 2 years, met by filed"}) {
    CAPTURE(duty);
    const Built built = BuildStanding(duty);
    const model::Duty& owed = FirstDuty(built);
    CHECK(owed.recurring);
    for (const model::ExpressionId id :
         {owed.owed, owed.due, owed.nominal, owed.met, owed.missed, owed.window})
      CHECK(InYears(built, id));
    if (owed.met_on.valid()) CHECK(InYears(built, owed.met_on));
  }
}

TEST_CASE("when a recurring duty is due") {
  const Built fixed = BuildStanding("duty yearly every year by 3-31, met by reports");
  CHECK(Text(fixed, FirstDuty(fixed).due) == "(add (add (first_day_of this_year) 2 months) 30 days)");
  CHECK(FirstDuty(fixed).due == FirstDuty(fixed).nominal);
  CHECK(Text(fixed, FirstDuty(fixed).window) ==
        "(in_years (if standing.started (year_of standing.start) (year_of as_of)) (if standing.started "
        "(year_of standing.expiry) (year_of as_of)))");
  CHECK(Text(fixed, FirstDuty(fixed).owed) ==
        "(all (each standing.started) yearly.window (> yearly.due (each standing.start)) (<= yearly.due "
        "(each standing.expiry)))");

  // Of one that does not expire, up to the year after the as-of date; a year may be named.
  const Built endless = BuildAll(
      "lifecycle life { starts at founded duty yearly every year by 12-31, since 2023, met by reports }");
  CHECK(Text(endless, FirstDuty(endless).window) ==
        "(in_years (if life.started 2023 (year_of as_of)) (if life.started (+ (year_of as_of) 1) (year_of "
        "as_of)))");

  // On the corresponding day: a term, which moves for a holiday.
  const Built term = BuildStanding("duty check every 2 years, met by loss");
  const model::Duty& check = FirstDuty(term);
  CHECK(Text(term, check.due) ==
        "(term (each standing.start) (* (- this_year (each (year_of standing.start))) 12) months cn)");
  CHECK(Text(term, check.nominal) ==
        "(add (each standing.start) (* (- this_year (each (year_of standing.start))) 12) months)");
  CHECK(Text(term, check.missed) ==
        "(all check.owed (> (each as_of) check.nominal) (> (each as_of) check.due) (not loss))");
}

TEST_CASE("what meets a duty, and in time") {
  const Built list = BuildStanding("duty yearly every year by 12-31, met by reports");
  CHECK(Text(list, FirstDuty(list).met) ==
        "(any_by_year@reports year reports.year_of where (all yes (<= reports.filed (each as_of)) (>= "
        "reports.filed (each standing.start))))");
  CHECK(Text(list, FirstDuty(list).missed) ==
        "(all yearly.owed (> (each as_of) yearly.due) (not (all yearly.met (<= yearly.met_on yearly.due))))");

  // Without a year of its own, an element is for the year it happened in.
  const Built event = BuildStanding("duty yearly every year by 12-31, met by event assessed");
  CHECK(
      Text(event, FirstDuty(event).met).starts_with("(any_by_year@history year (year_of history.occurred) "));

  const Built series = BuildStanding("duty yearly every year by 12-31, met by filed");
  CHECK(Text(series, FirstDuty(series).met) == "(<= filed (each as_of))");
  CHECK(Text(series, FirstDuty(series).met_on) == "filed");

  const Built truth = BuildStanding("duty yearly every year by 12-31, met by loss");
  CHECK(!FirstDuty(truth).met_on.valid());
}

TEST_CASE("a duty that is due once lives in the record") {
  const Built once = BuildStanding(
      "due review by 3 years after start when not sound, met by event assessed where result is given");
  const model::Duty& review = FirstDuty(once);
  CHECK(!review.recurring);
  CHECK(!review.window.valid());
  CHECK(once.model->InfoOf(review.missed).domain == 0);
  CHECK(Text(once, review.owed) == "(all standing.started (not sound))");
  CHECK(Text(once, review.due) == "(term standing.start 36 months cn)");
  CHECK(Text(once, review.nominal) == "(add standing.start 36 months)");
  CHECK(Text(once, review.missed) ==
        "(all review.owed (> as_of review.nominal) (> as_of review.due) (not (all review.met (any (<= "
        "review.met_on review.nominal) (<= review.met_on review.due)))))");

  const Built plain = BuildStanding("due audit by expiry, met by closed");
  CHECK(FirstDuty(plain).due == FirstDuty(plain).nominal);
  CHECK(Text(plain, FirstDuty(plain).met) == "(guard (given closed) (<= closed as_of))");

  // Nothing is owed by a day that is not given.
  const Built absent = BuildStanding("due audit by closed, met by sound");
  CHECK(Text(absent, FirstDuty(absent).owed) == "(all standing.started (given closed))");
  CHECK(Text(absent, FirstDuty(absent).missed) == "(all audit.owed (> as_of closed) (not sound))");
}

TEST_CASE("missed: a series of years that knows its own, or a truth") {
  const std::string duties =
      "duty yearly every year by 12-31, met by reports\n    due review by start + 30 days, met by sound";
  const auto meaning = [&](const std::string& condition) {
    const Built built =
        BuildStanding(duties, "article 9 : " + condition + "\ndecision e { ok_e when §9 otherwise bad_e }");
    if (!built.model || !built.Codes().empty()) return built.Codes();
    return Text(built, built.model->clauses.back().condition);
  };
  CHECK(meaning("missed review") == "(missed review)");
  CHECK(meaning("any of missed yearly") == "(any@years (missed yearly) where yearly.window)");
  CHECK(meaning("at least 3 of missed yearly") == "(at_least@years 3 (missed yearly) where yearly.window)");
  CHECK(meaning("count of missed yearly > 2") ==
        "(> (count@years where (all yearly.window (missed yearly))) 2)");
  CHECK(meaning("missed yearly for 2 years running") ==
        "(any@years (all (all yearly.window (missed yearly)) (previous (all yearly.window (missed yearly)))) "
        "where yearly.window)");
  CHECK(meaning("any of missed yearly over 2021..2022") ==
        "(any@years (missed yearly) where (in_years 2021 2022))");
  CHECK(meaning("missed yearly") == "P0327");
  CHECK(meaning("missed yearly and missed review for 2 years running") == "P0341");
  CHECK(meaning("missed standing") == "P0717");
}

TEST_CASE("since when a condition holds") {
  CHECK(MomentOf("any of reports") == "(minimum@reports reports.filed where (all yes yes))");
  CHECK(MomentOf("any of history where what = mended") ==
        "(minimum@history history.occurred where (all yes (= history.what mended)))");
  CHECK(MomentOf("at least 2 of history where what = mended") ==
        "(earliest@history 2 history.occurred where (all yes (= history.what mended)))");
  CHECK(MomentOf("as_of > closed") == "(add closed 1 days)");
  CHECK(MomentOf("as_of >= 2030-01-01") == "2030-01-01");
  CHECK(MomentOf("2030-01-01 < as_of") == "(add 2030-01-01 1 days)");
  CHECK(MomentOf("missed review", "due review by start + 30 days, met by sound") ==
        "(add review.due 1 days)");
  CHECK(MomentOf("any of missed yearly", "duty yearly every year by 12-31, met by reports") ==
        "(minimum@years (add yearly.due 1 days) where (all yearly.window (missed yearly)))");
  CHECK(MomentOf("at least 3 of missed yearly", "duty yearly every year by 12-31, met by reports") ==
        "(earliest@years 3 (add yearly.due 1 days) where (all yearly.window (missed yearly)))");
}

TEST_CASE("of what the data has no date for, nobody knows since when") {
  for (const char* condition : {"not sound", "staff < 5", "any of prizes", "any of visits", "as_of < closed",
                                "every reports where filed < founded", "any of history and not sound",
                                "count of reports > 2", "none of reports"}) {
    CAPTURE(condition);
    CHECK(MomentOf(condition) == "undated");
  }
}

TEST_CASE("a list is in the order of its only date, or of the only one that is always given") {
  CHECK(MomentOf("any of reports") != "undated");
  const auto over = [](const std::string& list, const std::string& event) {
    return BuildAll("lifecycle life over " + list + " { starts at event " + event + " }").Codes();
  };
  CHECK(over("letters", "mended").empty());
  CHECK(over("visits", "mended") == "P0349 P0705");
  CHECK(over("prizes", "mended") == "P0348 P0705");
  CHECK(BuildStanding("duty d every year, met by prizes").Codes() == "P0348");
  CHECK(BuildStanding("duty d every year, met by visits").Codes() == "P0349");
}

TEST_CASE("states that events lead to are one machine") {
  const Built built = BuildStanding(R"(state active { on event assessed where result = poor -> weak }
    state weak {
        on event mended -> active
        on event assessed where result = poor -> gone
        after 2 years -> gone
    }
    state gone final)");
  REQUIRE(built.model.has_value());
  REQUIRE(built.model->machines.size() == 1);
  const program::Machine& machine = built.model->machines.front();
  CHECK(machine.initial == 1);
  CHECK(machine.conditions == 3);
  REQUIRE(machine.states.size() == First(built).states.size());
  CHECK(machine.states[1].transitions == std::vector<program::Transition>{{0, 2}});
  CHECK(machine.states[2].transitions == std::vector<program::Transition>{{1, 1}, {2, 3}});
  CHECK(machine.states[2].timeout_unit == program::TimeoutUnit::kMonths);
  CHECK(machine.states[2].timeout == 24);
  CHECK(machine.states[2].timeout_target == 3);
  CHECK(machine.states[3].transitions.empty());
}

TEST_CASE("what bars, and until when") {
  const Built built = BuildStanding(
      "ends lost when not sound, barred for 3 years\n    ends left at event withdrawn, barred for good");
  CHECK(Text(built, First(built).barred) ==
        "(any (all (= standing.state lost) (<= as_of (add standing.since 36 months))) (= standing.state "
        "left))");
  CHECK(Text(built, First(built).barred_until) ==
        "(if (= standing.state lost) (add standing.since 36 months) undated)");
  const Built good = BuildStanding("ends left at event withdrawn, barred for good");
  CHECK(!First(good).barred_until.valid());
}

TEST_CASE("a lifecycle is a value: its state, its dates, its bar") {
  const auto meaning = [](const std::string& condition) {
    const Built built =
        BuildStanding("ends left at event withdrawn, barred for 30 days",
                      "article 9 : " + condition + "\ndecision e { ok_e when §9 otherwise bad_e }");
    if (!built.model || !built.Codes().empty()) return built.Codes();
    return Text(built, built.model->clauses.back().condition);
  };
  CHECK(meaning("standing = left") == "(= standing left)");
  CHECK(meaning("standing in { active, expired }") == "(any (= standing active) (= standing expired))");
  CHECK(meaning("standing.start < 2020-01-01") == "(guard standing.started (< standing.start 2020-01-01))");
  CHECK(meaning("standing.since is given") == "standing.started");
  CHECK(meaning("as_of <= standing.expiry") == "(guard standing.started (<= as_of standing.expiry))");
  CHECK(meaning("not standing.barred") == "(not standing.barred)");
  CHECK(meaning("standing = lefft") == "P0205");
  CHECK(meaning("standing = poor") == "P0301");
  CHECK(meaning("standing >= active") == "P0321");
  CHECK(meaning("standing.stat = active") == "P0719");
}

TEST_CASE("a lifecycle's parts have names in both languages") {
  const Built built = BuildAll(R"(资格期 资格 于 history {
    始于 以 事件 granted，有效期 3 年
    限期 评估 不迟于 2 年 之后 取得日，凭 事件 assessed
    限期 复核 不迟于 到期日，凭 事件 mended
    终止于 退出 以 事件 withdrawn，禁止申报 永久
}
第九条 : 资格.取得日 < 2020-01-01 且 资格.到期日 > 2020-01-01 且 资格.状态起始日 > 2020-01-01 且 非 资格.禁入
认定 结论 { 是的 当 第九条 其余 否的 }
)");
  REQUIRE_MESSAGE(built.Codes().empty(), built.Messages());
  CHECK(Text(built, FirstDuty(built).nominal) == "(add 资格.start 24 months)");
  CHECK(Text(built, First(built).duties[1].due) == "(add 资格.start 36 months)");
  const std::string condition = Text(built, built.model->clauses.back().condition);
  for (const char* part : {"资格.start 2020", "资格.expiry 2020", "资格.since 2020", "(not 资格.barred)"}) {
    CHECK_MESSAGE(condition.find(part) != std::string::npos, condition);
  }
}

TEST_CASE("a lifecycle that decides its own state is a circle") {
  const Built built = BuildStanding("ends lost when §9",
                                    "article 9 : standing = active\n"
                                    "decision e { ok_e when §9 otherwise bad_e }");
  CHECK(built.Codes() == "P0431");
  // When it started does not hang on what ended it.
  CHECK(BuildStanding("ends lost when §9",
                      "article 9 : standing.start < 2020-01-01\ndecision e { ok_e when §9 otherwise bad_e }")
            .Codes()
            .empty());
}

TEST_CASE("one lifecycle may speak of another") {
  const Built built =
      BuildAll(Standing("ends left at event withdrawn") +
               "lifecycle support { starts at standing.start\n ends stopped when standing = left }\n");
  REQUIRE_MESSAGE(built.model.has_value(), built.Messages());
  REQUIRE(built.model->lifecycles.size() == 2);
  CHECK(Text(built, built.model->lifecycles[1].started) ==
        "(guard standing.started (<= standing.start as_of))");
}

TEST_CASE("what is wrong with a lifecycle is said once, where it is") {
  CHECK(BuildAll("lifecycle life over history { ends left at event withdrawn }").Codes() == "P0701");
  CHECK(CodesOf("starts again at event mended") == "P0702");
  CHECK(BuildAll("lifecycle life { starts at event granted }").Codes() == "P0703");
  CHECK(BuildAll("lifecycle life { starts at founded\nends left at event withdrawn }").Codes() == "P0703");
  CHECK(
      BuildAll("lifecycle life over histry { starts at event granted\nends l at event withdrawn }").Codes() ==
      "P0704");
  CHECK(BuildAll("lifecycle life over staff { starts at event granted }").Codes() == "P0704");
  CHECK(BuildAll("lifecycle life over history { starts at event grantd }").Says("+ granted"));
  CHECK(CodesOf("ends left at event withdrew") == "P0705");
  CHECK(BuildAll("lifecycle life over letters { starts at event granted }").Codes() == "P0706");
  CHECK(CodesOf("state active { on event mended -> actve }") == "P0707");
  CHECK(CodesOf("ends left at event withdrawn\nstate active { on event mended -> left }") == "P0707");
  CHECK(CodesOf("state weak { after 1 days -> active }") == "P0708");
  CHECK(CodesOf("state weak final") == "P0708");
  CHECK(CodesOf("ends left at event withdrawn, barred for 3 working days") == "P0710");
  CHECK(BuildAll("lifecycle life { starts at founded, lasts staff }").Codes() == "P0710");
  CHECK(CodesOf("ends left at event withdrawn where loss") == "P0711");
  CHECK(CodesOf("duty d every 0 years, met by reports") == "P0712");
  CHECK(CodesOf("duty d every 101 years, met by reports") == "P0712");
  CHECK(CodesOf("duty d every (staff) years, met by reports") == "P0712");
  CHECK(CodesOf("duty d every year by 2-29, met by reports") == "P0713");
  CHECK(CodesOf("duty d every year by 13-1, met by reports") == "P0713");
  CHECK(CodesOf("duty d every year, met by sound") == "P0714");
  CHECK(CodesOf("duty d every year, met by staff") == "P0714");
  CHECK(CodesOf("due d by expiry, met by loss") == "P0715");
  CHECK(CodesOf("due d by expiry, met by sound where result = fair") == "P0716");
  CHECK(CodesOf("ends lost when missed reprt\nduty report every year, met by reports") == "P0717");
  CHECK(CodesOf("due d by expiry when missed d, met by sound") == "P0718");
  CHECK(CodesOf("", "article 9 : standing.barred\ndecision e { ok_e when §9 otherwise bad_e }") == "P0719");
  CHECK(CodesOf("state active { after 0 days -> active }") == "P0720");
  CHECK(CodesOf("state active { after (staff) days -> active }") == "P0720");
  CHECK(CodesOf("state active { after 1 days -> active; after 2 days -> active }") == "P0721");
  CHECK(CodesOf("due d by staff, met by sound") == "P0315");
  CHECK(CodesOf("duty d every year, since founded, met by reports") == "P0316");
  CHECK(CodesOf("duty d every year, met by reports\nduty d every year, met by reports") == "P0202");
  CHECK(CodesOf("ends lost §9 when not sound") == "P0422");
}

TEST_CASE("a lifecycle is a policy's, no module's") {
  const Built built =
      BuildPolicy(fmt::format("{}use other\n", kBefore),
                  Modules({{"other.pol", std::string("lifecycle life { starts at 2020-01-01 }\n")}}));
  CHECK(built.Codes().find("P0700") != std::string::npos);
}

TEST_CASE("64 states are not too many, 65 are") {
  // none, active, expired and the ends
  const auto with_ends = [](int ends) {
    std::string members;
    for (int at = 0; at < ends; ++at) members += "ends e" + std::to_string(at) + " at event withdrawn\n    ";
    return BuildStanding(members);
  };
  const Built most = with_ends(61);
  CHECK(most.Codes().empty());
  CHECK(First(most).states.size() == 64);
  CHECK(with_ends(62).Codes() == "P0709");
}

TEST_CASE("a policy that extends another overrides its lifecycle, and asks for its duties") {
  const std::string province = std::string(kBefore) +
                               Standing("duty yearly every year by 12-31, met by reports") +
                               "article 5 : missed yearly for 2 years running\n"
                               "decision p { ok_p when standing = active and not §5 otherwise bad_p }\n";
  const auto extended = [&](const std::string& text) {
    return BuildPolicy("policy city extends demo\n" + text, Modules({{"demo.pol", province}}));
  };
  const Built same = extended("");
  CHECK_MESSAGE(same.Codes().empty(), same.Messages());
  CHECK(StatesOf(same) == "none before, active running, expired ended");

  const Built changed = extended(R"(lifecycle standing "市级资格" over history {
    starts held at event granted, lasts 2 years
    duty yearly every year by 6-30, met by filed
    ends left at event withdrawn
}
decision p { ok_p when standing = held and not §5 otherwise bad_p }
)");
  CHECK_MESSAGE(changed.Codes().empty(), changed.Messages());
  REQUIRE(changed.model.has_value());
  CHECK(changed.model->lifecycles.size() == 1);
  CHECK(StatesOf(changed) == "none before, held running, left ended, expired ended");
  CHECK(First(changed).naming.label == "市级资格");
  CHECK(Text(changed, First(changed).expiry) == "(add standing.start 24 months)");
  CHECK(Text(changed, FirstDuty(changed).met_on) == "filed");

  // A clause of the province still asks for a duty that the city's lifecycle has not.
  CHECK(extended("lifecycle standing over history { starts active at event granted }\n").Codes() == "P0717");
}

}  // namespace pol::model_testing
