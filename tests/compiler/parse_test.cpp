// Every construct of the grammar as the tree that it becomes, every mistake as the message that it gets, and
// what hostile texts cost.

#include "compiler/syntax/parse.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <variant>
#include <vector>

#include "compiler/syntax/print.h"
#include "tests/compiler/syntax_testing.h"

namespace pol::syntax {
namespace {

using tests::Parsed;
using tests::ParseText;

struct Case {
  const char* source;
  const char* expected;
};

void CheckDumps(const std::vector<Case>& cases) {
  for (const Case& one : cases) {
    CAPTURE(one.source);
    const Parsed parsed = ParseText(one.source);
    CHECK(parsed.Messages() == "");
    CHECK(parsed.Dump() == one.expected);
    CHECK(parsed.whole.predictions == 0);
    CHECK(parsed.whole.full_context_slices == 0);
  }
}

// The dump of an expression, after `let x = `.
void CheckExpressions(const std::vector<Case>& cases) {
  for (const Case& one : cases) {
    CAPTURE(one.source);
    const Parsed parsed = ParseText("let x = " + std::string(one.source) + "\n");
    CHECK(parsed.Messages() == "");
    CHECK(parsed.Dump() == "let x = " + std::string(one.expected) + "\n");
    if (parsed.diagnostics.has_errors()) continue;
    // Printed on one line and read again, it is the same.
    const auto& let = std::get<Let>(parsed.whole.tree[parsed.whole.tree.top.front()]);
    const std::string printed = ToText(parsed.whole.tree, let.value);
    CAPTURE(printed);
    CHECK(printed.find('\n') == std::string::npos);
    const Parsed again = ParseText("let x = " + printed + "\n");
    CHECK(again.Messages() == "");
    CHECK(again.Dump() == parsed.Dump());
  }
}

// The codes of a text's diagnostics, in the order of their places.
void CheckCodes(const std::vector<Case>& cases) {
  for (const Case& one : cases) {
    CAPTURE(one.source);
    CHECK(ParseText(one.source).Codes() == one.expected);
  }
}

}  // namespace

// ---- Expressions -------------------------------------------------------------------------------------

TEST_CASE("literals and names") {
  CheckExpressions({
      {"5", "5"},
      {"7.10", "7.10"},
      {"2_999_999_999.99元", "2999999999.99元"},
      {"5％", "5%"},
      {"3．5 ‰", "3.5‰"},
      {"2024-8-05", "date 2024-8-5"},
      {"2024年8月15日", "date 2024-8-15"},
      {"\"a \\\"b\\\" \\u{4e3b}\\n\"", "\"a \\\"b\\\" 主\\n\""},
      {"“北京‘市’”", "\"北京‘市’\""},
      {"true and yes or false", "(or (and true true) false)"},
      {"主营业务收入", "主营业务收入"},
      {"a.b.c", "(member c (member b a))"},
      {"as_of", "as_of"},
      {"f()", "(call f)"},
      {"finance.ratio(a, -b)", "(call finance.ratio a (negate b))"},
      {"f(a).b", "(member b (call f a))"},
  });
}

TEST_CASE("citations in every spelling") {
  CheckExpressions({
      {"§5", "§5"},
      {"§5(3)(1)", "§5(3)(1)"},
      {"§5（3）", "§5(3)"},
      {"§五(三)", "§5(3)"},
      {"第五条", "§5"},
      {"第二十一条第三项", "§21(3)"},
      {"第5条 第（十二）项", "§5(12)"},
      {"第一百零三条（一）", "§103(1)"},
      {"第五条第一款第三项", "§5(1)(3)"},
  });
}

TEST_CASE("operators bind as arithmetic and logic do") {
  CheckExpressions({
      {"a + b * c - d / e", "(- (+ a (* b c)) (/ d e))"},
      {"a - (b - c)", "(- a (- b c))"},
      {"-a * - -b", "(* (negate a) (negate (negate b)))"},
      {"a × b ÷ c", "(/ (* a b) c)"},
      {"not a and b or c", "(or (and (not a) b) c)"},
      {"not (a or b) and c", "(and (not (or a b)) c)"},
      {"a and b and c", "(and a b c)"},
      {"a and (b and c)", "(and a (and b c))"},
      {"10% <= x < 20%", "(<= < 10% x 20%)"},
      {"a ≥ 1 and b ≠ 2 and c ≤ 3 and d == 4", "(and (>= a 1) (!= b 2) (<= c 3) (= d 4))"},
      {"a default 0 + 1 >= b", "(>= (default a (+ 0 1)) b)"},
      {"2021..2023", "(.. 2021 2023)"},
      {"if a then b else if c then d else e", "(if a b (if c d e))"},
      {"(if a then b else c) + 1", "(+ (if a b c) 1)"},
  });
}

TEST_CASE("membership, presence, trends") {
  CheckExpressions({
      {"x in [1, 2)", "(in_interval [,) x 1 2)"},
      {"x in (1, 2]", "(in_interval (,] x 1 2)"},
      {"x not in (.., 10亿元]", "(not_in_interval (..,] x 10亿元)"},
      {"x in [5, ..)", "(in_interval [,..) x 5)"},
      {"x in { a, b }", "(in_set x a b)"},
      {"x in { a; b, }", "(in_set x a b)"},
      {"d in last 3 years before applied", "(in_window d (last before (years 3) applied))"},
      {"y in 2021..2023", "(in_window y (.. 2021 2023))"},
      {"y in window", "(in_window y window)"},
      {"r not within \"北京市\"", "(not_within r \"北京市\")"},
      {"r within home", "(within r home)"},
      {"x is given", "(given x)"},
      {"x is not given", "(absent x)"},
      {"x is absent and y is not absent", "(and (absent x) (given y))"},
      {"s rising", "(rising s)"},
      {"s falling over 2021..2023 and b", "(and (falling s (.. 2021 2023)) b)"},
      {"s rising over last 3 years before y", "(rising s (last before (years 3) y))"},
      {"s for 2 years running", "(running 2 s)"},
      {"s >= 10% for 2 years running over w", "(running 2 (>= s 10%) w)"},
  });
}

TEST_CASE("dates and periods") {
  CheckExpressions({
      {"issued + 30 days", "(+ issued (days 30))"},
      {"30日", "(days 30)"},
      {"d + 1 month + 1 day + 1 year", "(+ (+ (+ d (months 1)) (days 1)) (years 1))"},
      {"5 working days", "(working_days 5)"},
      {"5 个工作日", "(working_days 5)"},
      {"(n + 1) months", "(months (+ n 1))"},
      {"3 months after issued", "(term (months 3) issued)"},
      {"(n) working days after 1 month after issued", "(term (working_days n) (term (months 1) issued))"},
      {"years from founded to applied", "(elapsed years founded applied)"},
      {"working days from a to 3 days after b", "(elapsed working_days a (term (days 3) b))"},
      {"year of applied - month of a.b", "(- (year_of applied) (month_of (member b a)))"},
      {"day of (latest of x).date", "(day_of (member date (latest x)))"},
      {"last 3 years before year of applied, since year of founded",
       "(last before since (years 3) (year_of applied) (year_of founded))"},
      {"last (n) months until as_of", "(last until (months n) as_of)"},
      {"last year before y", "(last_year before y)"},
      {"length of last 3 years before y", "(length (last before (years 3) y))"},
  });
}

TEST_CASE("aggregates and selections") {
  CheckExpressions({
      {"sum of rd over window / sum of revenue over window",
       "(/ (sum over rd window) (sum over revenue window))"},
      {"average of s over 2021..2023 >= 5", "(>= (average over s (.. 2021 2023)) 5)"},
      {"minimum s + maximum (s)", "(+ (minimum s) (maximum s))"},
      {"(latest of reports).result = good", "(= (member result (latest reports)) good)"},
      {"earliest of reports where result = good", "(earliest where reports (= result good))"},
      {"sum of accidents.deaths where grade >= general and b",
       "(and (sum where (member deaths accidents) (>= grade general)) b)"},
      {"count of accidents in last 3 years before applied where grade >= general",
       "(count over where accidents (last before (years 3) applied) (>= grade general))"},
      {"count of a in w >= 2", "(>= (count over a w) 2)"},
      {"count of a where (b and c)", "(count where a (and b c))"},
      {"x > count of a where b = 1", "(> x (count where a (= b 1)))"},
      {"(count of a where b) >= 2", "(>= (count where a b) 2)"},
      {"count of a where count of b where c = d", "(count where a (count where b (= c d)))"},
      {"growth of rd in last year before y", "(growth rd (last_year before y))"},
      {"value of a.b in 2021 + 1", "(+ (value (member b a) 2021) 1)"},
      {"greatest of (a, b + 1, c)", "(greatest a (+ b 1) c)"},
      {"least of (a)", "(least a)"},
      {"round x to 10万元", "(round x 10万元)"},
      {"round down (x / y) to 0.01", "(round_down (/ x y) 0.01)"},
  });
}

TEST_CASE("quantifiers") {
  CheckExpressions({
      {"any of { a, b; c, }", "(any list a b c)"},
      {"all of §4, §5, §7(1)", "(all list §4 §5 §7(1))"},
      {"any of §18", "(any §18)"},
      {"all of plan", "(all plan)"},
      {"at least 2 of { a, b, c }", "(at_least list 2 a b c)"},
      {"at least (n) of §5", "(at_least n §5)"},
      {"at most 1 of plan", "(at_most 1 plan)"},
      {"exactly n.m of plan", "(exactly (member m n) plan)"},
      {"至少 2 的 { a, b }", "(at_least list 2 a b)"},
      {"none of accidents in w where grade >= general", "(none over where accidents w (>= grade general))"},
      {"every accidents where ok", "(all where accidents ok)"},
      {"any of { all of §4, §5, x }", "(any list (all list §4 §5) x)"},
      {"any of { x, none of a where b, y }", "(any list x (none where a b) y)"},
      {"not any of { a } and b", "(and (not (any list a)) b)"},
  });
}

TEST_CASE("bands") {
  CheckDumps({
      {"let x = by avg { [30亿元, ..) : a >= 1  [10, 30) : b\n (.., 10) : c or d }\n",
       "let x = bands\n  by avg\n  band [30亿元, ..) : (>= a 1)\n  band [10, 30) : b\n  band (.., 10) : (or "
       "c d)\n"},
      {"let x = by grade { weak, none : 1, good : 2; otherwise : by y { 1 : a\n -1 : b\n (2) : c } }\n",
       "let x = bands\n  by grade\n  band weak none : 1\n  band good : 2\n  band otherwise : bands\n    by "
       "y\n"
       "    band 1 : a\n    band (negate 1) : b\n    band 2 : c\n"},
      {"let x = 1 + (by y { \"甲\" : 2 })\n", "let x = +\n  1\n  bands\n    by y\n    band \"甲\" : 2\n"},
  });
}

// ---- Declarations ------------------------------------------------------------------------------------

TEST_CASE("the header") {
  CheckDumps({
      {"policy beijing.tic\n    title \"北京\"\n    document \"号\"\n    authority \"委\"\n    version "
       "\"1\"\n"
       "    issued 2024-08-15\n    effective issued + 30 days\n    periods by civil_code\n    reference "
       "applied\nuse a, b.c\n",
       "policy beijing.tic\n  title \"北京\"\n  document \"号\"\n  authority \"委\"\n  version \"1\"\n"
       "  issued date 2024-8-15\n  effective (+ issued (days 30))\n  periods by civil_code\n  reference "
       "applied\nuse a b.c\n"},
      {"policy a", "policy a\n"},
      {"", ""},
      {"-- only a comment", ""},
      {"\xEF\xBB\xBFuse a\r\n", "use a\n"},
  });
}

TEST_CASE("parameters, enumerations, scales, functions") {
  CheckDumps({
      {"param floor \"下限\" : percent = 10%\n", "param floor \"下限\" : percent\n  value = 10%\n"},
      {"param n = 3 from 2020-01-01, 30 days from 2024-01-01\n",
       "param n\n  value from date 2020-1-1 = 3\n  value from date 2024-1-1 = (days 30)\n"},
      {"enumeration sector \"领域\" { ict \"信息\" also \"IT\" also \"电子\", bio; none }\n",
       "enumeration sector \"领域\"\n  member ict \"信息\" also \"IT\" also \"电子\"\n  member bio\n  member "
       "none\n"},
      {"enumeration e { }\n", "enumeration e\n"},
      {"scale s { low < middle \"中\" < high }\n",
       "scale s\n  member low\n  member middle \"中\"\n  member high\n"},
      {"function f(a : money per year, b : list of accident, w : years) = sum of a over w\n",
       "function f (a : money per year, b : list of accident, w : years) = (sum over a w)\n"},
      {"function f \"标签\" () = 1\n", "function f \"标签\" () = 1\n"},
      {"let a \"标签\" = 1\n", "let a \"标签\" = 1\n"},
  });
}

TEST_CASE("records") {
  CheckDumps({
      {"record applicant \"申请人\" {\n    key code \"代码\" also \"统一代码\" : credit_code\n    paid : "
       "money in USD?\n"
       "    revenue : money in CNY per year\n    rate : percent? within [0%, 100%]\n    accidents : list of "
       "accident\n"
       "    judged good \"好\" by commission\n    judged fine\n    checklist plan \"方案\" { goals \"目标\", "
       "budget; team }\n"
       "    holds a <= b \"不超过\"\n    holds c in { x } and d\n}\n",
       "record applicant \"申请人\"\n  key code \"代码\" also \"统一代码\" : credit_code\n  field paid : "
       "money in USD?\n"
       "  field revenue : money in CNY per year\n  field rate : percent? within [0%, 100%]\n"
       "  field accidents : list of accident\n  judged good \"好\" by commission\n  judged fine\n"
       "  checklist plan \"方案\"\n    item goals \"目标\"\n    item budget\n    item team\n"
       "  holds \"不超过\" (<= a b)\n  holds (and (in_set c x) d)\n"},
      {"record r { a : text, b : text; c : text d : date }\n",
       "record r\n  field a : text\n  field b : text\n  field c : text\n  field d : date\n"},
  });
}

TEST_CASE("articles, items and their bodies") {
  CheckDumps({
      {"article 5 \"条件\" {\n    (1) first \"甲\" : a or b\n    (2) : c\n    （三） third when d : e\n"
       "    (4) \"only a label\" guidance \"text\"\n    (5) fifth undisclosed \"未公开\"\n    (6) {\n        "
       "(1) x : y\n"
       "        (2) replaces §4 : z\n    }\n    replaces §5(1), §6 : w\n}\n",
       "article 5 \"条件\"\n  item 5(1) first \"甲\"\n    (or a b)\n  item 5(2)\n    c\n  item 5(3) third\n  "
       "  when d\n    e\n"
       "  item 5(4) \"only a label\"\n    guidance \"text\"\n  item 5(5) fifth\n    undisclosed \"未公开\"\n "
       " item 5(6)\n"
       "    item 5(6)(1) x\n      y\n    item 5(6)(2)\n      replaces §4 : z\n  item 5(0)\n    replaces "
       "§5(1) §6 : w\n"},
      {"article 1 : a\narticle 2 when b : c\narticle 3 guidance \"g\"\narticle 4 undisclosed \"u\"\narticle "
       "6 replaces §1 : x\n"
       "article 7 { }\n",
       "article 1\n  a\narticle 2\n  when b\n  c\narticle 3\n  guidance \"g\"\narticle 4\n  undisclosed "
       "\"u\"\n"
       "article 6\n  replaces §1 : x\narticle 7\n"},
      {"第二十一条 \"标签\" 当 a { （一） b : c }\n",
       "article 21 \"标签\"\n  when a\n  item 21(1) b\n    c\n"},
  });
}

TEST_CASE("decisions, regions, calendars") {
  CheckDumps({
      {"decision d \"结果\" {\n    yes \"是\" when all of §1, §2\n    maybe when a;\n    otherwise no "
       "\"否\"\n}\n",
       "decision d \"结果\"\n  case yes \"是\" when (all list §1 §2)\n  case maybe when a\n  otherwise no "
       "\"否\"\n"},
      {"region 110000 \"北京市\" also \"北京\" {\n    110101 \"东城区\"\n    110200 \"x\" { 110201 \"y\" "
       "}\n}\nregion 120000 \"天津市\"\n",
       "region 110000 \"北京市\" also \"北京\"\n  region 110101 \"东城区\"\n  region 110200 \"x\"\n    "
       "region 110201 \"y\"\n"
       "region 120000 \"天津市\"\n"},
      {"calendar cn \"中国\" {\n    year 2024 {\n        off 2024-01-01 \"元旦\"\n        off "
       "2024-02-10..2024-02-17\n"
       "        work 2024-02-04\n    }\n    year 2025 { }\n}\n",
       "calendar cn \"中国\"\n  year 2024\n    off date 2024-1-1 \"元旦\"\n    off date 2024-2-10.. date "
       "2024-2-17\n"
       "    work date 2024-2-4\n  year 2025\n"},
  });
}

TEST_CASE("Chinese keywords and full-width signs are the same tokens") {
  const Parsed chinese = ParseText(
      "政策 北京.中心\n    标题 “中心”\n    印发 2024-08-15\n    施行 印发 ＋ 30日\n    期间 按 "
      "civil_code\n引用 财务\n"
      "参数 下限 ： 百分比 ＝ 10％ 自 2020-01-01\n枚举 领域 ｛ 信息， 生物 ｝\n等级 级别 ｛ 一般 ＜ 重大 ｝\n"
      "记录 申请人 ｛\n    主键 代码 ： 信用代码\n    收入 ： 金额 每 年度\n    事故 ： 列表 的 事故\n    "
      "评判 良好 由 专家\n    清单 方案 ｛ 目标， 预算 ｝\n    校验 研发 不超过 收入\n｝\n"
      "设 窗口 ＝ 最近 3年 之前 年度 的 申请日， 以来 年度 的 成立日\n"
      "第五条 “条件” ｛\n    （一） 注册 ： 注册地 位于 “北京市” 且 良好\n    （二） 研发 ： 按 收入 ｛\n    "
      "    【30亿元， ..） ： 强度 不低于 10％ 或 增长 高于 5％\n        其他 ： 非 强度 为 未填\n    ｝\n"
      "    （三） 安全 ： 均无 的 事故 在 最近 3 年 之前 申请日 其中 级别 ≥ 一般\n    替代 §4 ： 如果 a 则 b "
      "否则 c\n｝\n"
      "认定 结果 ｛ 符合 当 全部 第四条， 第五条 其他 不符合 ｝\n");
  const Parsed english = ParseText(
      "policy 北京.中心\n    title \"中心\"\n    issued 2024-08-15\n    effective issued + 30 days\n    "
      "periods by civil_code\nuse 财务\n"
      "param 下限 : 百分比 = 10% from 2020-01-01\nenumeration 领域 { 信息, 生物 }\nscale 级别 { 一般 < 重大 "
      "}\n"
      "record 申请人 {\n    key 代码 : 信用代码\n    收入 : 金额 per year\n    事故 : list of 事故\n    "
      "judged 良好 by 专家\n    checklist 方案 { 目标, 预算 }\n    holds 研发 <= 收入\n}\n"
      "let 窗口 = last 3 years before year of 申请日, since year of 成立日\n"
      "article 5 \"条件\" {\n    (1) 注册 : 注册地 within \"北京市\" and 良好\n    (2) 研发 : by 收入 {\n    "
      "    [30亿元, ..) : 强度 >= 10% or 增长 > 5%\n        otherwise : not 强度 is absent\n    }\n"
      "    (3) 安全 : none of 事故 in last 3 years before 申请日 where 级别 >= 一般\n    replaces §4 : if a "
      "then b else c\n}\n"
      "decision 结果 { 符合 when all of §4, §5 otherwise 不符合 }\n");
  CHECK(chinese.Messages() == "");
  CHECK(english.Messages() == "");
  CHECK(chinese.Dump() == english.Dump());
}

TEST_CASE("every range is that of its text") {
  const Parsed parsed = ParseText("let x = sum of a in w where b > 1 and (c + 30万元) * d\n");
  const Tree& tree = parsed.whole.tree;
  std::vector<std::string> texts;
  for (const source::Range& range : tree.expression_ranges)
    texts.emplace_back(parsed.files[{0}].Slice(range));
  for (const char* text : {"sum of a in w where b > 1", "b > 1", "30万元", "c + 30万元",
                           "sum of a in w where b > 1 and (c + 30万元) * d"}) {
    CAPTURE(text);
    CHECK(std::ranges::find(texts, text) != texts.end());
  }
}

// ---- Mistakes ----------------------------------------------------------------------------------------

TEST_CASE("each code of P01xx has a text that earns it") {
  CheckCodes({
      {"record r { a : : text }\n", "P0101"},
      {"record r {\n    a text\n}\n", "P0102"},
      {"let x = \"\xFF\"\n", "P0103"},
      {"let x = \"never closed\nlet y = 1\n", "P0106"},
      {"let x = 1 /* never closed\n", "P0107"},
      {"let x = \"a\\q\" \n", "P0108"},
      {"let x = \"\\u{110000}\\u{}\\u{d800}\" \n", "P0108 P0108 P0108"},
      {"let x = a @ b\n", "P0109"},
      {"let x = f(a、b)\n", "P0109"},
      {"let x = a && b || !c\n", "P0110 P0110 P0110"},
      {"let x = a =< b // c\n# d\n", "P0110 P0110 P0110"},
      {"let x = a => b and c <> d and 'e' = 1...2\n", "P0110 P0110 P0110 P0110"},
      {"let x := 1\n", "P0110"},
      {"let x = ５０万元\n", "P0111"},
      {"let x = (a + b\nlet y = 2\n", "P0114"},
      {"let x = a + b)\n", "P0115"},
      {"transitional x { }\n", "P0116"},
      {"let x = 30亿圆\n", "P0117"},
      {"let x = 5,000万元\n", "P0118"},
      {"let in = 3\n", "P0119"},
      {"let x = 1\npolicy a\n", "P0120"},
      {"decision d { a when b }\n", "P0121"},
      {"decision d { otherwise a b when c }\n", "P0122"},
      {"param p = 1 from 2020-01-01, 2\n", "P0123"},
      {"let x = 1__000_\n", "P0124"},
      {"let x = a +\nlet y = 1\n", "P0126"},
      {"article 0 : a\n第五条第一项 : b\n", "P0127 P0127"},
      {"article 1 { (0) : a }\n", "P0128"},
      {"let x = (a)(b)\n", "P0132"},
      {"let x = \"a\".b(c)\n", "P0129"},
      {"let x = a b\n", "P0132"},
      {"article 6 when a \"label\" { }\n", "P0133"},
      {"let x = a + 1 where b\n", "P0134"},
      {"let x = 1;\n", "P0130"},
      {"let x = a after b\n", "P0135"},
      {"let x = (1 + 2) years after b and 3 after c\n", "P0135"},
      {"let x = any of (a, b)\n", "P0137"},
      {"let x = at least 2 of a, b, c\n", "P0137"},
      {"let x = { a }\n", "P0138"},
  });
  CHECK(ParseText(std::string("let x = 1\0", 10)).Codes() == "P0104");
}

TEST_CASE("brackets are an interval only where an interval can stand") {
  CheckExpressions({
      {"(any of §1(1), §2)", "(any list §1(1) §2)"},
      {"(at least 1 of §1(3), §1(1)) and a", "(and (at_least list 1 §1(3) §1(1)) a)"},
      {"a and (none of §1, §2)", "(and a (none list §1 §2))"},
      {"(last 3 years before y, since z)", "(last before since (years 3) y z)"},
      {"x in (1, 2)", "(in_interval (,) x 1 2)"},
      {"x not in (a, b]", "(not_in_interval (,] x a b)"},
      {"greatest of (a, b)", "(greatest a b)"},
      {"by x { (1, 2) : a (2, 3] : b, (3, ..) : (any of §1, §2) }",
       "bands\n  by x\n  band (1, 2) : a\n  band (2, 3] : b\n  band (3, ..) : (any list §1 §2)"},
      {"by x { (a) : (any of §1, §2) and b; (.., 2) : (all of §1, §2) }",
       "bands\n  by x\n  band a : (and (any list §1 §2) b)\n  band (.., 2) : (all list §1 §2)"},
      {"by (x) { [1, 2) : y in (3, 4) }", "bands\n  by x\n  band [1, 2) : (in_interval (,) y 3 4)"},
  });
  CHECK(ParseText("record r {\n    a : count within (0, 5)\n}\n").Codes() == "");
  CHECK(ParseText("function f(a : money, b : money) = a\nlet x = f(1元, 2元)\n").Codes() == "");
  CHECK(
      ParseText("article 1 {\n    (1) :\n        (any of §2, §3)\n        or (all of §4, §5)\n}\n").Codes() ==
      "");
}

TEST_CASE("messages say what is missing, where, and offer to put it in") {
  const Parsed colon = ParseText("article 5 {\n    (1) first registered\n}\n");
  CHECK(colon.Messages() ==
        "error[P0102]: a colon ‘:’ is missing after ‘first’, in an item\n"
        "  --> test.pol:2:14\n   |\n 2 |     (1) first registered\n   |              ^\n   = help: put in "
        "‘:’\n");
  CHECK(colon.Messages(diagnostics::Language::kChinese).find("错误[P0102]: 在项中，“first”之后缺少冒号“:”") ==
        0);
  const Parsed operand = ParseText("article 5 {\n    (1) a : b and\n    (2) c : d\n}\n");
  CHECK(operand.Messages().find(
            "a value or a condition is missing after ‘and’, in an item\n  --> test.pol:2:18") !=
        std::string::npos);
  const Parsed brace = ParseText("record r {\n    a : text\nlet b = 1\n");
  CHECK(brace.Messages() ==
        "error[P0114]: a closing brace ‘}’ is missing: the ‘{’ of line 1 is never closed\n"
        "  --> test.pol:2:13\n   |\n 2 |     a : text\n   |             ^\n   = note: it is opened here "
        "(test.pol:1:10)\n"
        "   = help: put in ‘}’\n");
  CHECK(brace.Dump() == "record r\n  field a : text\nlet b = 1\n");
}

TEST_CASE("a mistake costs its statement, not its neighbours") {
  const Parsed record = ParseText(
      "record r {\n    a : text\n    b text\n    c : : date\n    key d : text\n    judged by\n    e : "
      "date\n}\nlet x = 1\n");
  CHECK(record.Codes() == "P0102 P0101 P0102");
  CHECK(record.Dump().find("field a : text") != std::string::npos);
  CHECK(record.Dump().find("key d : text") != std::string::npos);
  CHECK(record.Dump().find("field e : date\nlet x = 1") != std::string::npos);
  const Parsed article = ParseText(
      "article 5 {\n    (1) a : x and\n    (2) b : by y {\n        [1, 2) z\n        [2, 3) : > 4\n        "
      "[3, 4) : w\n    }\n    (3) c : (v +\n    (4) d : u\n}\n");
  CHECK(article.Codes() == "P0126 P0102 P0126 P0114");
  CHECK(article.Dump().find("band [3, 4) : w") != std::string::npos);
  CHECK(article.Dump().find("item 5(4) d\n    u") != std::string::npos);
}

TEST_CASE("a text mended by the reader gives no second message") {
  CHECK(ParseText("let x = a && b\nlet y = c =< d\n").Dump() == "let x = (and a b)\nlet y = (<= c d)\n");
  CHECK(ParseText("let x = ５０ + 1\n").Dump() == "let x = (+ 50 1)\n");
  CHECK(ParseText("let x = \"open\n").Dump() == "let x = \"open\"\n");
}

TEST_CASE("at most so many syntax errors are reported for one file") {
  std::string text;
  for (int index = 0; index < 500; ++index) text += "let = 1\n";
  const Parsed parsed = ParseText(text);
  CHECK(parsed.diagnostics.list().size() == ParseLimits{}.syntax_errors + 1);
  CHECK(parsed.diagnostics.list().back().kind == diagnostics::Kind::kTooManyErrors);
}

// ---- Hostile texts -----------------------------------------------------------------------------------

TEST_CASE("nothing nests without end, with brackets or without") {
  constexpr std::size_t kMany = 20'000;
  const auto repeated = [](std::string_view part) {
    std::string text;
    for (std::size_t index = 0; index < kMany; ++index) text += part;
    return text;
  };
  for (const char* part : {"(",
                           "[",
                           "{",
                           "by a { 1 : ",
                           "f(",
                           "not ",
                           "- ",
                           "if ",
                           "if a then b else ",
                           "by ",
                           "any of ",
                           "any ",
                           "count a where ",
                           "sum ",
                           "sum of ",
                           "last 3 years before ",
                           "a in last 3 years before ",
                           "3 days after ",
                           "days from ",
                           "round ",
                           "value of ",
                           "year of ",
                           "length of ",
                           "at least ",
                           "a + ",
                           "a.",
                           "a default ",
                           "a * "}) {
    CAPTURE(part);
    const Parsed open = ParseText("let x = " + repeated(part) + "a\nlet y = 1\n");
    CHECK(open.diagnostics.has_errors());
    CHECK(open.diagnostics.list().size() <= 3);
    CHECK(open.Dump().ends_with("let y = 1\n"));
  }
  const Parsed paired = ParseText("let x = " + repeated("(") + "a" + repeated(")") + "\n");
  CHECK(paired.Codes() == "P0113");
  CHECK(ParseText("let x = " + repeated("a + ") + "a\n").Codes() == "P0113");
  CHECK(ParseText("let x = " + repeated("not ") + "a\n").Codes() == "P0113");
  CHECK(ParseText("let x = " + repeated("if a then b else ") + "a\n").Codes() == "P0113");
}

TEST_CASE("what is long but flat is read") {
  std::string text = "let x = a";
  for (int index = 0; index < 100'000; ++index) text += " and a";
  CHECK(ParseText(text + "\n").Messages().empty());
  std::string deep = "a";
  for (int index = 0; index < 250; ++index) deep = "(" + deep + ")";
  CHECK(ParseText("let x = " + deep + "\n").Messages().empty());
}

TEST_CASE("sizes have limits, and each says so") {
  std::string word = "x";
  while (word.size() < 10'000'000) word += word;
  CHECK(ParseText("let " + word + " = 1\n").Codes().find("P0112") == 0);
  ParseLimits small;
  small.bytes = 10;
  CHECK(ParseText("let x = 1 + 2\n", small).Codes() == "P0105");
  ParseLimits few;
  few.tokens = 4;
  CHECK(ParseText("let x = 1 + 2\n", few).Codes() == "P0125");
}

// ---- The project's own texts -------------------------------------------------------------------------

TEST_CASE("one token decides every choice in every policy of the project") {
  for (const auto& path : tests::RightPolicies()) {
    CAPTURE(path.generic_string());
    const Parsed parsed = ParseText(tests::ReadFile(path));
    CHECK(parsed.Messages() == "");
    CHECK(parsed.whole.predictions == 0);
    CHECK(parsed.whole.full_context_slices == 0);
  }
}

}  // namespace pol::syntax
