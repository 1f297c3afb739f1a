// Lifecycles as trees, in both languages: every form of a member, what is missing in one, and that their
// words are names wherever they do not stand for it.
#include <doctest/doctest.h>

#include <string>
#include <variant>
#include <vector>

#include "compiler/syntax/format.h"
#include "compiler/syntax/print.h"
#include "tests/compiler/syntax_testing.h"

namespace pol::syntax {
namespace {

using tests::ParseText;

// The tree of a text, without diagnostics and without the parser having had to predict.
std::string TreeOf(const std::string& text) {
  CAPTURE(text);
  const auto parsed = ParseText(text);
  CHECK(parsed.Messages() == "");
  CHECK(parsed.whole.predictions == 0);
  CHECK(parsed.whole.full_context_slices == 0);
  return parsed.Dump();
}

// The tree of one member: the lines under `lifecycle x over h`, two columns further out.
std::string MemberTree(const std::string& text) {
  const std::string tree = TreeOf("lifecycle x over h {\n    " + text + "\n}\n");
  const std::string head = "lifecycle x over h\n";
  REQUIRE(tree.starts_with(head));
  std::string members;
  for (std::size_t at = head.size(); at < tree.size();) {
    const std::size_t end = tree.find('\n', at);
    members += tree.substr(at + 2, end - at - 1);
    at = end + 1;
  }
  return members;
}

std::string CodesOfMember(const std::string& text) {
  return ParseText("lifecycle x over h {\n    " + text + "\n    state y\n}\n").Codes();
}
std::string MessageOfMember(const std::string& text) {
  const std::string message =
      ParseText("lifecycle x over h {\n    " + text + "\n    state y\n}\n").Messages();
  return message.substr(0, message.find('\n'));
}

std::string Formatted(const std::string& text) {
  source::Files files;
  diagnostics::Diagnostics diagnostics;
  const auto formatted = Format(files, files.Add("test.pol", text), diagnostics);
  REQUIRE_MESSAGE(formatted.has_value(),
                  diagnostics::Render(diagnostics, files, diagnostics::Language::kEnglish));
  return *formatted;
}

std::string Checked(const std::string& text) {
  const std::string formatted = Formatted(text);
  CHECK(Formatted(formatted) == formatted);
  CHECK(ParseText(formatted).Dump() == ParseText(text).Dump());
  return formatted;
}

}  // namespace

TEST_CASE("a lifecycle, its list and its stages") {
  CHECK(TreeOf("lifecycle designation \"资格\" also \"称号\" over history { }\n") ==
        "lifecycle designation \"资格\" also \"称号\" over history\n");
  CHECK(TreeOf("lifecycle designation {}\nlet a = 1\n") == "lifecycle designation\nlet a = 1\n");
  CHECK(MemberTree("stage applied \"已申报\" §7(2) at event applied") ==
        "stage applied \"已申报\" §7(2)\n  at event applied\n");
  CHECK(MemberTree("stage applied at event applied where result is given and kind = major") ==
        "stage applied\n  at event applied\n    where (and (given result) (= kind major))\n");
  CHECK(MemberTree("stage applied at 30 days after filed") == "stage applied\n  at (term (days 30) filed)\n");
}

TEST_CASE("how a lifecycle starts") {
  CHECK(MemberTree("starts active \"有效\" §7(4) at event designated, lasts 5 years") ==
        "starts active \"有效\" §7(4)\n  at event designated\n  lasts (years 5)\n");
  CHECK(MemberTree("starts at event designated") == "starts\n  at event designated\n");
  CHECK(MemberTree("starts §7 at designated_on lasts term of years_given") ==
        "starts §7\n  at designated_on\n  lasts (of term years_given)\n");
  CHECK(MemberTree("starts at 2024-01-01, lasts by grade { high : 5 years; otherwise : 3 years }") ==
        "starts\n  at date 2024-1-1\n  lasts bands\n    by grade\n    band high : (years 5)\n"
        "    band otherwise : (years 3)\n");
}

TEST_CASE("duties that come round") {
  CHECK(MemberTree("duty annual_report \"年度报告\" §15(4) every year by 12-31, met by reports") ==
        "duty annual_report \"年度报告\" §15(4)\n  every year by 12-31\n  met by reports\n");
  CHECK(MemberTree("duty evaluation §16 every 3 years, met by event evaluated") ==
        "duty evaluation §16\n  every 3 years\n  met by event evaluated\n");
  CHECK(MemberTree("duty e every (n + 1) years by 3-1, met by event e where a and b") ==
        "duty e\n  every (+ n 1) years by 3-1\n  met by event e\n    where (and a b)\n");
  CHECK(MemberTree("duty e every (3) years when a, met by r") ==
        "duty e\n  every 3 years\n  when a\n  met by r\n");
  CHECK(MemberTree("duty e every 1 year, since 2021 when a or b met by r where filed >= start") ==
        "duty e\n  every 1 years\n  since 2021\n  when (or a b)\n  met by r\n    where (>= filed start)\n");
  CHECK(MemberTree("duty e every year by 12 - 31 since year of start + 1, met by r") ==
        "duty e\n  every year by 12-31\n  since (+ (year_of start) 1)\n  met by r\n");
  CHECK(MemberTree("duty e every year by 12月31日, met by r") ==
        "duty e\n  every year by 12-31\n  met by r\n");
  CHECK(MemberTree("duty e every year by 12 月 31 日, met by r") ==
        "duty e\n  every year by 12-31\n  met by r\n");
  // A window's `since` is the window's.
  CHECK(MemberTree("duty e every year when any of a in last 3 years before b, since c, met by r") ==
        "duty e\n  every year\n  when (any over a (last before since (years 3) b c))\n  met by r\n");
}

TEST_CASE("duties that are due once") {
  CHECK(MemberTree(
            "due midterm \"中期评估\" §16 by 3 years after start, met by event evaluated where result is "
            "given") ==
        "due midterm \"中期评估\" §16\n  by (term (years 3) start)\n  met by event evaluated\n"
        "    where (given result)\n");
  CHECK(
      MemberTree("due answer §18(1) by (latest of demands).deadline default 30 days after (latest of "
                 "demands).issued\n"
                 "        when any of demands, met by reports where filed >= (latest of demands).issued") ==
      "due answer §18(1)\n"
      "  by (default (member deadline (latest demands)) (term (days 30) (member issued (latest demands))))\n"
      "  when (any demands)\n  met by reports\n    where (>= filed (member issued (latest demands)))\n");
}

TEST_CASE("what ends a lifecycle") {
  CHECK(MemberTree("ends revoked \"已撤销\" §18 when any of §18, barred for 3 years") ==
        "ends revoked \"已撤销\" §18\n  when (any §18)\n  barred for (years 3)\n");
  CHECK(MemberTree("ends revoked §18 when any of §18, §19, barred for good") ==
        "ends revoked §18\n  when (any list §18 §19)\n  barred for good\n");
  CHECK(MemberTree("ends withdrawn at event withdrawal_confirmed") ==
        "ends withdrawn\n  at event withdrawal_confirmed\n");
  CHECK(MemberTree("ends lapsed when as_of > 2030-01-01 barred for good") ==
        "ends lapsed\n  when (> as_of date 2030-1-1)\n  barred for good\n");
}

TEST_CASE("states and transitions") {
  CHECK(MemberTree("state listed \"在库\" §4(4) { on event assessed where result = weak -> rectifying }") ==
        "state listed \"在库\" §4(4)\n  on event assessed\n    where (= result weak)\n    -> rectifying\n");
  CHECK(MemberTree(
            "state r {\n        on event reassessed where result = weak → removed; on event reassessed -> "
            "listed\n"
            "        after 6 months -> removed\n    }") ==
        "state r\n  on event reassessed\n    where (= result weak)\n    -> removed\n"
        "  on event reassessed\n    -> listed\n  after (months 6)\n    -> removed\n");
  CHECK(MemberTree(
            "state r { on event a -> b after 6 months -> c on event d where e <= 3 months after f -> g }") ==
        "state r\n  on event a\n    -> b\n  after (months 6)\n    -> c\n"
        "  on event d\n    where (<= e (term (months 3) f))\n    -> g\n");
  CHECK(MemberTree("state removed \"移出\" §6 final, barred for good") ==
        "state removed \"移出\" §6 final\n  barred for good\n");
  CHECK(MemberTree("state a final\n    state b §6\n    state c {}") ==
        "state a final\nstate b §6\nstate c\n");
}

TEST_CASE("members may share a line") {
  CHECK(TreeOf("lifecycle x over h { starts at event s, lasts 5 years  state a { on event b -> c }  state c "
               "final\n"
               "duty d every year, met by r; due e by f, met by r, ends g when §1 }\n") ==
        "lifecycle x over h\n  starts\n    at event s\n    lasts (years 5)\n  state a\n    on event b\n      "
        "-> c\n"
        "  state c final\n  duty d\n    every year\n    met by r\n  due e\n    by f\n    met by r\n"
        "  ends g\n    when §1\n");
}

TEST_CASE("a lifecycle in Chinese") {
  CHECK(TreeOf("资格期 资格 “资格” 于 事项 {\n"
               "    阶段 已申报 第七条第二项 以 事件 申报\n"
               "    始于 有效 “有效” §7(4) 以 事件 认定，有效期 5 年\n"
               "    义务 年度报告 “年度报告” §15(4) 每年 不迟于 12月31日，凭 报告\n"
               "    义务 考核 §16 每 3 年，凭 事件 已考核 其中 结果 为 已填\n"
               "    义务 自查 每个 年度 不迟于 3月1日，以来 2021 当 甲，凭 报告\n"
               "    限期 中期评估 §16 不迟于 3 年 之后 start 当 任一 催告，凭 事件 中期评估\n"
               "    终止于 已撤销 “已撤销” §18 当 任一 §18，禁止申报 3 年\n"
               "    终止于 已退出 §19 以 事件 退出，禁止申报 永久\n"
               "    状态 整改 “整改” §6 {\n"
               "        遇 事件 复核 其中 结果 = 较差 → 移出\n"
               "        满 6 个月 -> 移出\n"
               "    }\n"
               "    状态 移出 终局\n}\n"
               "第十八条 “撤销” : 逾期未履行 年度报告 历时 2 年 接连\n") ==
        "lifecycle 资格 \"资格\" over 事项\n"
        "  stage 已申报 §7(2)\n    at event 申报\n"
        "  starts 有效 \"有效\" §7(4)\n    at event 认定\n    lasts (years 5)\n"
        "  duty 年度报告 \"年度报告\" §15(4)\n    every year by 12-31\n    met by 报告\n"
        "  duty 考核 §16\n    every 3 years\n    met by event 已考核\n      where (given 结果)\n"
        "  duty 自查\n    every year by 3-1\n    since 2021\n    when 甲\n    met by 报告\n"
        "  due 中期评估 §16\n    by (term (years 3) start)\n    when (any 催告)\n    met by event 中期评估\n"
        "  ends 已撤销 \"已撤销\" §18\n    when (any §18)\n    barred for (years 3)\n"
        "  ends 已退出 §19\n    at event 退出\n    barred for good\n"
        "  state 整改 \"整改\" §6\n    on event 复核\n      where (= 结果 较差)\n      -> 移出\n"
        "    after (months 6)\n      -> 移出\n"
        "  state 移出 final\n"
        "article 18 \"撤销\"\n  (running 2 (missed 年度报告))\n");
}

TEST_CASE("missed duties are truths") {
  const auto expression = [](const std::string& text) {
    const auto parsed = ParseText("let x = " + text + "\n");
    CHECK(parsed.Messages() == "");
    CHECK(parsed.whole.predictions == 0);
    // Printed and read again, it is the same.
    const auto& let = std::get<Let>(parsed.whole.tree[parsed.whole.tree.top.front()]);
    CHECK(ParseText("let x = " + ToText(parsed.whole.tree, let.value) + "\n").Dump() == parsed.Dump());
    return parsed.Dump().substr(std::string("let x = ").size());
  };
  CHECK(expression("missed report") == "(missed report)\n");
  CHECK(expression("missed report for 2 years running and not missed answer") ==
        "(and (running 2 (missed report)) (not (missed answer)))\n");
  CHECK(expression("at least 3 of missed report") == "(at_least 3 (missed report))\n");
  CHECK(expression("at least 3 missed report or any missed report in w") ==
        "(or (at_least 3 (missed report)) (any over (missed report) w))\n");
  CHECK(expression("count of missed report > 2") == "(> (count (missed report)) 2)\n");
  CHECK(expression("any of { missed a; missed b }") == "(any list (missed a) (missed b))\n");
  CHECK(expression("missed + missed(a) - a.missed") == "(- (+ missed (call missed a)) (member missed a))\n");
}

TEST_CASE("the words of a lifecycle are names where they do not stand for it") {
  CHECK(TreeOf("enumeration kind { designated, state, event, result, due, missed, final, good, on }\n"
               "record r {\n    kind : kind\n    state : kind?\n    event \"事项\" : date\n    due : date\n"
               "    missed : yes_no\n    good : yes_no\n    on : date\n    met : yes_no\n    stage : text\n"
               "    lifecycle : text\n    duty : money\n    history : list of event\n}\n"
               "let starts = ends + lasts\nlet good = state = event and due <= on\n")
            .ends_with("let starts = (+ ends lasts)\nlet good = (and (= state event) (<= due on))\n"));
  CHECK(MemberTree("stage state at event event where state = good and on > due") ==
        "stage state\n  at event event\n    where (and (= state good) (> on due))\n");
  CHECK(MemberTree("stage due at event") == "stage due\n  at event\n");
  CHECK(MemberTree("due d by due, met by good") == "due d\n  by due\n  met by good\n");
  CHECK(MemberTree("starts starts at event state, lasts lasts") ==
        "starts starts\n  at event state\n  lasts lasts\n");
  CHECK(
      MemberTree(
          "duty duty every year, met by event met where met and final\n    due due by due when due = state, "
          "met by due\n    ends ends when state = due\n    state state { on event on -> on\n after 1 days -> "
          "after\n }\n    state final final\n    state good") ==
      "duty duty\n  every year\n  met by event met\n    where (and met final)\n"
      "due due\n  by due\n  when (= due state)\n  met by due\n"
      "ends ends\n  when (= state due)\nstate state\n  on event on\n    -> on\n  after (days 1)\n    -> "
      "after\n"
      "state final final\nstate good\n");
  CHECK(MemberTree(
            "ends e when missed\n    ends f when good\n    ends g when any of missed duty or missed due") ==
        "ends e\n  when missed\nends f\n  when good\nends g\n  when (or (any (missed duty)) (missed due))\n");
}

TEST_CASE("what is missing in a lifecycle") {
  CHECK(CodesOfMember("stage a") == "P0139");
  CHECK(CodesOfMember("starts a \"b\" §1, lasts 5 years") == "P0139");
  CHECK(CodesOfMember("ends a §1, barred for good") == "P0140");
  CHECK(CodesOfMember("duty a §1 by 12-31, met by r") == "P0141");
  CHECK(CodesOfMember("duty a §1, met by r") == "P0141");
  CHECK(CodesOfMember("duty a every 2 months, met by r") == "P0141");
  CHECK(CodesOfMember("due a §1, met by r") == "P0142");
  CHECK(CodesOfMember("duty a every year by 12-31") == "P0143");
  CHECK(CodesOfMember("due a by b when c") == "P0143");
  CHECK(CodesOfMember("state a final { on event b -> c }") == "P0144");
  CHECK(MessageOfMember("starts a").find("‘starts’ must say when that is: ‘at event …’") !=
        std::string::npos);
  CHECK(MessageOfMember("duty a, met by r").find("‘every year by 12-31’") != std::string::npos);
}

TEST_CASE("what is wrong in a lifecycle") {
  CHECK(CodesOfMember("state a { on event b }") == "P0102");
  CHECK(MessageOfMember("state a { on event b where c = d }").find("‘->’ is missing") != std::string::npos);
  CHECK(MessageOfMember("state a { on event b -> }").find("expected a name") != std::string::npos);
  CHECK(MessageOfMember("state a {\n on event b\n after 3 days -> c }").find("‘->’ is missing after ‘b’") !=
        std::string::npos);
  CHECK(CodesOfMember("state a {\n on event b ->\n on event c -> d }") == "P0102");
  CHECK(MessageOfMember("state a { on b -> c }").find("‘event’ is missing after ‘on’") != std::string::npos);
  CHECK(
      MessageOfMember("duty a every year by 2024-12-31, met by r").find("a day of the year such as 12-31") !=
      std::string::npos);
  CHECK(CodesOfMember("duty a every year by 12, met by r") != "");
  CHECK(MessageOfMember("ends a when, barred for good").find("is missing after ‘when’") != std::string::npos);
  CHECK(CodesOfMember("starts a at") == "P0126");
  CHECK(CodesOfMember("stage at event a") == "P0101");
  CHECK(CodesOfMember("reward a at b") == "P0101");
  // A mistake in one member leaves the others.
  const auto parsed = ParseText(
      "lifecycle x over h {\n    stage a at\n    state b {\n        on event c\n        after 3 days -> "
      "d\n"
      "        on event e -> f\n    }\n    ends g when §1\n}\nlet y = 1\n");
  CHECK(parsed.diagnostics.list().size() == 2);
  CHECK(parsed.Dump().find("after (days 3)") != std::string::npos);
  CHECK(parsed.Dump().find("on event e") != std::string::npos);
  CHECK(parsed.Dump().ends_with("  ends g\n    when §1\nlet y = 1\n"));
}

TEST_CASE("a lifecycle's members stand on lines of their own, its states in braces") {
  CHECK(
      Checked("lifecycle x \"y\" over h{stage a §1 at event a starts at event b,lasts 5 years\n"
              "duty c every year by 12 - 31,met by r;state d{on event e where f=g->h after 6 months->i}}") ==
      "lifecycle x \"y\" over h {\n    stage a §1 at event a\n    starts at event b, lasts 5 years\n"
      "    duty c every year by 12-31, met by r;\n"
      "    state d { on event e where f = g -> h after 6 months -> i }\n}\n");
  CHECK(Checked("lifecycle x over h {\nstate d { -- why\non event e → f -- here\n\n\n/* then */ after 6 "
                "months\n-> g\n}\n"
                "-- end\n}") ==
        "lifecycle x over h {\n    state d {  -- why\n        on event e → f  -- here\n\n"
        "        /* then */ after 6 months\n            -> g\n    }\n    -- end\n}\n");
  CHECK(
      Checked(
          "资格期 甲 于 乙｛义务 丙 每年 不迟于 12月31日，凭 报告\n终止于 丁 当 任一 §18，禁止申报 永久｝") ==
      "资格期 甲 于 乙 {\n    义务 丙 每年 不迟于 12月31日, 凭 报告\n    终止于 丁 当 任一 §18, 禁止申报 "
      "永久\n}\n");
  CHECK(Checked("lifecycle x over h {\n due a §1 by b\nwhen c,\nmet by d\n}") ==
        "lifecycle x over h {\n    due a §1 by b\n        when c,\n        met by d\n}\n");
}

}  // namespace pol::syntax
