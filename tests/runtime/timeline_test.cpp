// How a record stands in a lifecycle, read off registers that are facts here: every state of knowledge is
// then a cell that is given or not. And how it is told.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "runtime/calendar/date.h"
#include "runtime/engine/decide.h"
#include "runtime/engine/standing.h"
#include "runtime/explain/explain.h"
#include "tests/runtime/assembler.h"

namespace pol::engine {
namespace {

using program::kNone;
using program::LifecyclePhase;
using test::Opcode;
using test::ValueKind;

std::int32_t Day(std::int32_t year, std::int32_t month, std::int32_t day) {
  return *calendar::ToDays({year, month, day});
}

enum State : std::int32_t { kNotStarted, kApplied, kActive, kWatched, kRevoked, kWithdrawn, kExpired };

// A lifecycle with a duty of every year (2020 to 2022) and one that is due once.
struct Fixture {
  test::Assembler assembler;
  records::Batch batch;
  std::int32_t as_of = Day(2021, 6, 30);

  enum Fact : std::uint32_t {
    kState,
    kSince,
    kStart,
    kExpiry,
    kBarred,
    kBarredUntil,
    kLaw,
    kOwed,
    kDue,
    kNominal,
    kMet,
    kMetOn,
    kOnceOwed,
    kOnceDue,
    kOnceMet,
    kFacts
  };

  Fixture() {
    program::Program& program = assembler.program;
    program.policy.name = "demo";
    program.schema.enumerations = {{{"designation", "资格", {}},
                                    false,
                                    {{"none", "未取得", {}},
                                     {"applied", "已申报", {}},
                                     {"active", "有效", {}},
                                     {"watched", "整改", {}},
                                     {"revoked", "已撤销", {}},
                                     {"withdrawn", "已退出", {}},
                                     {"expired", "已到期", {}}}}};
    AddFacts();
    program.schema.facts[kState].type.enumeration = 0;
    AddClauses();
    AddLifecycle();
    assembler.Emit(Opcode::kAsOf, {});
    batch = test::BlankBatch(program.schema, 1);
    batch.keys = {"A1"};
    Running();
  }

  void AddFacts() {
    using enum ValueKind;
    const char* const names[] = {"state", "since",   "start", "expiry", "barred", "until", "law",  "owed",
                                 "due",   "nominal", "met",   "met_on", "o_owed", "o_due", "o_met"};
    const ValueKind kinds[] = {kEnumeration, kDate, kDate,  kDate, kTruth, kDate, kTruth, kTruth,
                               kDate,        kDate, kTruth, kDate, kTruth, kDate, kTruth};
    for (std::uint32_t fact = 0; fact < kFacts; ++fact) {
      const bool yearly = fact >= kOwed && fact <= kMetOn;
      loads_.push_back(assembler.LoadNew(names[fact], kinds[fact], yearly ? test::kYears : test::kRecord));
    }
    assembler.program.schema.key_fact = kLaw;  // any: only its name is read
  }

  void AddClauses() {
    const std::uint32_t law = loads_[kLaw];
    for (const char* id : {"7", "18", "18(1)", "19", "15"}) assembler.Clause(id, law);
    auto& clauses = assembler.program.clauses;
    clauses[2].parent = 1;
    clauses[1].naming.label = "撤销";
    clauses[1].place = {"policy.pol", 12};
  }

  void AddLifecycle() {
    program::Lifecycle lifecycle;
    lifecycle.naming = {"designation", "资格", {}};
    lifecycle.enumeration = 0;
    lifecycle.states = {
        {kNone, LifecyclePhase::kBefore, false, false}, {0, LifecyclePhase::kBefore, false, false},
        {0, LifecyclePhase::kRunning, false, false},    {3, LifecyclePhase::kRunning, false, false},
        {1, LifecyclePhase::kEnded, false, false},      {3, LifecyclePhase::kEnded, true, true},
        {0, LifecyclePhase::kEnded, false, false}};
    lifecycle.state = loads_[kState];
    lifecycle.since = loads_[kSince];
    lifecycle.start = loads_[kStart];
    lifecycle.expiry = loads_[kExpiry];
    lifecycle.barred = loads_[kBarred];
    lifecycle.barred_until = loads_[kBarredUntil];
    program::Duty yearly;
    yearly.naming = {"report", "年报", {}};
    yearly.clause = 4;
    yearly.recurring = true;
    yearly.owed = loads_[kOwed];
    yearly.due = loads_[kDue];
    yearly.nominal = loads_[kNominal];
    yearly.met = loads_[kMet];
    yearly.met_on = loads_[kMetOn];
    program::Duty once;
    once.naming = {"review", "考核", {}};
    once.owed = loads_[kOnceOwed];
    once.due = loads_[kOnceDue];
    once.nominal = loads_[kOnceDue];
    once.met = loads_[kOnceMet];
    lifecycle.duties = {yearly, once};
    assembler.program.lifecycles = {lifecycle};
  }

  // Active since 2019 for five years; of the reports that of 2020 is missing, that of 2021 is ahead.
  void Running() {
    test::SetCode(batch, kState, 0, kActive);
    test::SetCode(batch, kSince, 0, Day(2019, 7, 1));
    test::SetCode(batch, kStart, 0, Day(2019, 7, 1));
    test::SetCode(batch, kExpiry, 0, Day(2024, 7, 1));
    test::SetTruth(batch, kBarred, 0, false);
    test::SetTruth(batch, kLaw, 0, false);
    for (std::uint32_t lane = 0; lane < 3; ++lane) {
      test::SetTruth(batch, kOwed, lane, true);
      test::SetCode(batch, kDue, lane, Day(2020 + static_cast<std::int32_t>(lane), 12, 31));
      test::SetCode(batch, kNominal, lane, Day(2020 + static_cast<std::int32_t>(lane), 12, 31));
      test::SetTruth(batch, kMet, lane, false);
    }
    test::SetTruth(batch, kOnceOwed, 0, true);
    test::SetCode(batch, kOnceDue, 0, Day(2021, 9, 1));
    test::SetTruth(batch, kOnceMet, 0, false);
  }
  void Lack(std::uint32_t fact, std::uint32_t lane = 0) {
    batch.columns[fact].known.Reset(lane);
    batch.columns[fact].states[lane] = records::CellState::kMissing;
  }

  LifecycleStanding Stand() {
    const Registers registers = Run(assembler.program, batch, {.as_of = as_of});
    const auto read = AsOfDate(assembler.program, registers, 0);
    CHECK(read == as_of);
    return StandingOf(assembler.program, assembler.program.lifecycles[0], batch, registers, 0, read);
  }
  // "report 2020 overdue 2020-12-31; review due 2021-09-01".
  std::string Duties() {
    static constexpr const char* kNames[] = {"met", "late", "missed", "overdue", "due", "unknown"};
    const LifecycleStanding standing = Stand();
    std::string text;
    for (std::size_t at = 0; at < standing.duties.size(); ++at) {
      const DutyStanding& duty = standing.duties[at];
      if (!text.empty()) text += "; ";
      if (standing.next == at) text += "next: ";
      text += assembler.program.lifecycles[0].duties[duty.duty].naming.name;
      if (duty.year != 0) text += " " + std::to_string(duty.year);
      text += std::string(" ") + kNames[static_cast<std::size_t>(duty.status)];
      if (duty.due) text += " " + calendar::ToText(*duty.due);
      if (duty.may_move) text += "?";
      if (duty.met_on) text += " on " + calendar::ToText(*duty.met_on);
      if (duty.later) text += " later";
    }
    return text;
  }
  std::vector<std::string> Because() {
    const Decided decided = Decide(assembler.program, batch, {.as_of = as_of});
    std::vector<std::string> ids;
    for (std::size_t clause = 0; clause < decided.relevance.because.size(); ++clause) {
      if (decided.relevance.because[clause][0]) ids.push_back(assembler.program.clauses[clause].id);
    }
    return ids;
  }
  std::string Text(explain::Language language = explain::Language::kEnglish) {
    const Registers registers = Run(assembler.program, batch, {.as_of = as_of});
    return explain::ToText(assembler.program, batch, registers, 0, language);
  }

 private:
  std::vector<std::uint32_t> loads_;
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "what runs has a state, dates and duties") {
  const LifecycleStanding standing = Stand();
  CHECK(standing.state == kActive);
  CHECK(standing.runs());
  CHECK(standing.clause == 0);
  CHECK(standing.since == Day(2019, 7, 1));
  CHECK(standing.expiry == Day(2024, 7, 1));
  CHECK(standing.barred == Truth::kFalse);
  CHECK(Duties() ==
        "report 2020 overdue 2020-12-31; report 2021 due 2021-12-31; report 2022 due 2022-12-31 later; "
        "next: review due 2021-09-01");
}

TEST_CASE_FIXTURE(Fixture, "the last day itself is not yet overdue") {
  as_of = Day(2020, 12, 31);
  CHECK(Duties().starts_with("next: report 2020 due 2020-12-31; report 2021 due 2021-12-31 later"));
  as_of = Day(2021, 1, 1);
  CHECK(Duties().starts_with("report 2020 overdue 2020-12-31; report 2021 due 2021-12-31;"));
}

TEST_CASE_FIXTURE(Fixture, "what was met, in time or late") {
  test::SetTruth(batch, kMet, 0, true);
  CHECK(Duties().starts_with("report 2020 met 2020-12-31; "));
  test::SetCode(batch, kMetOn, 0, Day(2020, 12, 31));
  CHECK(Duties().starts_with("report 2020 met 2020-12-31 on 2020-12-31; "));
  test::SetCode(batch, kMetOn, 0, Day(2021, 1, 1));
  CHECK(Duties().starts_with("report 2020 late 2020-12-31 on 2021-01-01; "));
  // What moves for a holiday that is not known yet may still have been in time.
  Lack(kDue, 0);
  CHECK(Duties().starts_with("report 2020 met 2020-12-31? on 2021-01-01; "));
}

TEST_CASE_FIXTURE(Fixture, "a last day that may move") {
  Lack(kDue, 1);
  CHECK(Duties().find("report 2021 due 2021-12-31?") != std::string::npos);
  // Behind us, but for the holiday that nobody knows: neither overdue nor ahead.
  Lack(kDue, 0);
  CHECK(Duties().starts_with("report 2020 unknown 2020-12-31?; "));
}

TEST_CASE_FIXTURE(Fixture, "what is not known is neither met nor overdue") {
  Lack(kMet, 0);
  CHECK(Duties().starts_with("report 2020 unknown 2020-12-31; report 2021 due"));
  Lack(kOwed, 1);
  CHECK(Duties().find("report 2021 unknown 2021-12-31; report 2022 due 2022-12-31 later") !=
        std::string::npos);
  Lack(kOnceDue);
  CHECK(Duties().find("review unknown") != std::string::npos);
  CHECK(!Stand().next);
}

TEST_CASE_FIXTURE(Fixture, "years about which nothing is known are said once") {
  for (std::uint32_t lane = 0; lane < 3; ++lane) {
    Lack(kOwed, lane);
    Lack(kDue, lane);
    Lack(kNominal, lane);
  }
  CHECK(Duties() == "report unknown; next: review due 2021-09-01");
}

TEST_CASE_FIXTURE(Fixture, "nothing is owed before the start, nothing more after the end") {
  test::SetCode(batch, kState, 0, kApplied);
  CHECK(Duties() == "");
  test::SetCode(batch, kState, 0, kRevoked);
  test::SetCode(batch, kSince, 0, Day(2021, 3, 1));
  CHECK(Duties() == "report 2020 missed 2020-12-31");
  CHECK(!Stand().next);
  test::SetCode(batch, kSince, 0, Day(2020, 12, 31));
  CHECK(Duties() == "");
}

TEST_CASE_FIXTURE(Fixture, "in a state that is not known it is not known what is owed") {
  Lack(kState);
  CHECK(Duties() ==
        "report 2020 unknown 2020-12-31; report 2021 unknown 2021-12-31; report 2022 unknown 2022-12-31 "
        "later; review unknown 2021-09-01");
  CHECK(!Stand().runs());
}

TEST_CASE_FIXTURE(Fixture, "bars: for good, until a day, not known") {
  test::SetTruth(batch, kBarred, 0, true);
  test::SetCode(batch, kBarredUntil, 0, Day(2024, 3, 1));
  test::SetCode(batch, kState, 0, kRevoked);
  CHECK(Stand().barred_until == Day(2024, 3, 1));
  CHECK(!Stand().barred_for_good);
  test::SetCode(batch, kState, 0, kWithdrawn);
  CHECK(Stand().barred_for_good);
  CHECK(!Stand().barred_until);
  Lack(kBarred);
  CHECK(Stand().barred == Truth::kUnknown);
  CHECK(!Stand().barred_for_good);
}

TEST_CASE_FIXTURE(Fixture, "the clause of a state is a reason once it is left for another") {
  using Ids = std::vector<std::string>;
  CHECK(Because() == Ids{});
  test::SetCode(batch, kState, 0, kApplied);
  CHECK(Because() == Ids{});
  test::SetCode(batch, kState, 0, kWatched);
  CHECK(Because() == Ids{"19"});
  test::SetCode(batch, kState, 0, kRevoked);
  CHECK(Because() == Ids{"18"});
  Lack(kState);
  CHECK(Because() == Ids{});
}

TEST_CASE_FIXTURE(Fixture, "an item of the clause that is named says it") {
  // The state is picked by the item: it carries the reason.
  program::Program& program = assembler.program;
  const std::uint32_t revoked = assembler.Code(kRevoked);
  const std::uint32_t active = assembler.Code(kActive);
  program.lifecycles[0].state =
      assembler.Emit(Opcode::kSelectCode, {program.clauses[2].value, revoked, active});
  test::SetTruth(batch, kLaw, 0, true);
  CHECK(Because() == std::vector<std::string>{"18(1)"});
}

TEST_CASE_FIXTURE(Fixture, "a lifecycle is told") {
  test::SetTruth(batch, kMet, 0, true);
  CHECK(Text() ==
        "A1\n"
        "designation: active\n"
        "  · since 2019-07-01, by §7\n"
        "  · valid from 2019-07-01 to 2024-07-01\n"
        "  ✓ report 2020 (§15): met\n"
        "  · report 2021 (§15): due by 2021-12-31\n"
        "  · next: review: due by 2021-09-01\n");
  test::SetTruth(batch, kMet, 0, false);
  Lack(kDue, 1);
  Lack(kOnceMet);
  CHECK(Text(explain::Language::kChinese) ==
        "A1\n"
        "资格：有效\n"
        "  · 自2019-07-01起，依据§7\n"
        "  · 有效期自2019-07-01至2024-07-01\n"
        "  ✗ 2020年年报（§15）：逾期未履行（期限2020-12-31）\n"
        "  · 下一项：2021年年报（§15）：期限2021-12-31（遇节假日顺延，该年工作日历尚未公布）\n"
        "  ? 考核：不能确定（期限2021-09-01）\n"
        "      不能确定：缺少o_met\n");
}

TEST_CASE_FIXTURE(Fixture, "an end is told with its clause, its date or the lack of one, and its bar") {
  test::SetCode(batch, kState, 0, kRevoked);
  Lack(kSince);
  test::SetTruth(batch, kBarred, 0, true);
  test::SetTruth(batch, kMet, 0, true);
  test::SetCode(batch, kMetOn, 0, Day(2021, 2, 1));
  CHECK(Text() ==
        "A1\n"
        "designation: revoked\n"
        "  because §18\n"
        "  · since when, the data does not say; by §18 撤销 (policy.pol:12)\n"
        "  · valid from 2019-07-01 to 2024-07-01\n"
        "  ? barred, until when is not known\n"
        "      not known: until is missing\n"
        "  ✗ report 2020 (§15): met late on 2021-02-01, was due by 2020-12-31\n");
}

TEST_CASE_FIXTURE(Fixture, "a lifecycle as JSON") {
  const Registers registers = Run(assembler.program, batch, {.as_of = as_of});
  const std::string json =
      explain::ToJson(assembler.program, batch, registers, 0, explain::Language::kEnglish);
  CHECK(json.find(R"("as_of":"2021-06-30")") != std::string::npos);
  CHECK(json.find(R"("lifecycles":[{"name":"designation","label":"资格","state":"active",)"
                  R"("state_label":"有效","clause":"7","place":null,"since":"2019-07-01",)"
                  R"("start":"2019-07-01","expiry":"2024-07-01","barred":false,"barred_for_good":false,)"
                  R"("barred_until":null,"next":{"name":"review","label":"考核","year":null,"clause":null,)"
                  R"("place":null,"status":"due","due":"2021-09-01","may_move":false,"met_on":null,)") !=
        std::string::npos);
  CHECK(json.find(R"("year":2020,"clause":"15","place":null,"status":"overdue","due":"2020-12-31")") !=
        std::string::npos);
}

}  // namespace pol::engine
