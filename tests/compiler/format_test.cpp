// The canonical layout: what it is, that formatting twice changes nothing, and that the tree stays the same.
// Case by case in tests/golden/format/.

#include "compiler/syntax/format.h"

#include <doctest/doctest.h>

#include <string>

#include "tests/compiler/syntax_testing.h"

namespace pol::syntax {
namespace {

std::string Formatted(const std::string& text) {
  source::Files files;
  diagnostics::Diagnostics diagnostics;
  const source::FileId file = files.Add("test.pol", text);
  const auto formatted = Format(files, file, diagnostics);
  REQUIRE_MESSAGE(formatted.has_value(),
                  diagnostics::Render(diagnostics, files, diagnostics::Language::kEnglish));
  return *formatted;
}

// Formats; the result must be stable and mean the same.
std::string Checked(const std::string& text) {
  const std::string formatted = Formatted(text);
  CHECK(Formatted(formatted) == formatted);
  CHECK(tests::ParseText(formatted).Dump() == tests::ParseText(text).Dump());
  return formatted;
}

}  // namespace

TEST_CASE("statements stand on lines of their own") {
  CHECK(Checked("policy a.b title \"t\" issued 2024-01-01\nuse a,b") ==
        "policy a.b\n    title \"t\"\n    issued 2024-01-01\nuse a, b\n");
  CHECK(Checked("record r{key a:text b:money in USD per year?;judged c by d}") ==
        "record r {\n    key a : text\n    b : money in USD per year?;\n    judged c by d\n}\n");
  CHECK(Checked("article 1{(1)a:b(2)c:by d{1:x 2:y}}") ==
        "article 1 {\n    (1) a : b\n    (2) c : by d {\n        1 : x\n        2 : y\n    }\n}\n");
  CHECK(Checked("decision d{a when b otherwise c}") == "decision d {\n    a when b\n    otherwise c\n}\n");
  CHECK(Checked("region 1 \"a\"{2 \"b\"}") == "region 1 \"a\" {\n    2 \"b\"\n}\n");
  CHECK(Checked("calendar c{year 2024{off 2024-01-01 work 2024-02-04}}") ==
        "calendar c {\n    year 2024 {\n        off 2024-01-01\n        work 2024-02-04\n    }\n}\n");
  CHECK(Checked("let a=1 let b=2") == "let a = 1\nlet b = 2\n");
}

TEST_CASE("short lists stay on the lines of their author") {
  CHECK(Checked("enumeration e{a,b \"x\",c}") == "enumeration e { a, b \"x\", c }\n");
  CHECK(Checked("enumeration e {\na,\n  b, c }") == "enumeration e {\n    a,\n    b, c\n}\n");
  CHECK(Checked("scale s{a<b<c}") == "scale s { a < b < c }\n");
  CHECK(Checked("enumeration e{}") == "enumeration e {}\n");
  CHECK(Checked("record r {\n checklist p {\n a \"x\"\n b\n }\n}") ==
        "record r {\n    checklist p {\n        a \"x\"\n        b\n    }\n}\n");
}

TEST_CASE("spaces are one rule each") {
  CHECK(Checked("let x=a+b*-c-(d)/e.f") == "let x = a + b * -c - (d) / e.f\n");
}

TEST_CASE("full-width signs become ASCII outside strings, words stay as they are") {
  CHECK(Checked("设 窗口＝最近 3年 之前 （年度 的 甲）＋1") == "设 窗口 = 最近 3年 之前 (年度 的 甲) + 1\n");
  CHECK(Checked("第五条 “（条件）” ｛（一）甲：§5（3）≥10％｝") ==
        "第五条 “（条件）” {\n    (一) 甲 : §5(3) ≥ 10%\n}\n");
  CHECK(Checked("let x = a == b and c × d ≠ 3．5") == "let x = a = b and c × d ≠ 3.5\n");
  CHECK(Checked("let x = 30 万元 + 5 % + 100USD + 3 日 + 3日") ==
        "let x = 30万元 + 5% + 100 USD + 3 日 + 3日\n");
}

TEST_CASE("ranges, intervals and signs cling") {
  CHECK(Checked("let x = y in [ 1 , .. ) or y in ( .. , 2 ] or z in 2021 .. 2023") ==
        "let x = y in [1, ..) or y in (.., 2] or z in 2021..2023\n");
  CHECK(Checked("let x = - - a - -b") == "let x = - -a - -b\n");
  CHECK(Checked("let x = any of{a,b;}") == "let x = any of { a, b; }\n");
}

TEST_CASE("line breaks inside an expression are the author's") {
  CHECK(Checked("let x = a\n  and b\nor c") == "let x = a\n    and b\n    or c\n");
  CHECK(Checked("article 1 {\n(1) a : b and\nc\n(2) d : any of {\ne,\nf and\ng\n}\n}") ==
        "article 1 {\n    (1) a : b and\n        c\n    (2) d : any of {\n        e,\n        f and\n        "
        "    g\n    }\n}\n");
  CHECK(Checked("let x = (\na +\nb\n)") == "let x = (\n    a +\n        b\n)\n");
  CHECK(Checked("article 1 : \nby a\n{ 1 : b }") == "article 1 :\n    by a {\n        1 : b\n    }\n");
}

TEST_CASE("at most one blank line is kept, none at the edges of a block") {
  CHECK(Checked("\n\nlet a = 1\n\n\n\nlet b = 2\nlet c = 3\n\n") == "let a = 1\n\nlet b = 2\nlet c = 3\n");
  CHECK(Checked("record r {\n\n\n    a : text\n\n\n    b : text\n\n}") ==
        "record r {\n    a : text\n\n    b : text\n}\n");
}

TEST_CASE("comments stay where they are") {
  CHECK(Checked("-- first   \n\nlet a = 1-- after\n   -- before b\nlet b = 2 -- last") ==
        "-- first\n\nlet a = 1  -- after\n-- before b\nlet b = 2  -- last\n");
  CHECK(Checked("record r { -- open\n-- own\na : text -- a\n\n-- end\n}") ==
        "record r {  -- open\n    -- own\n    a : text  -- a\n\n    -- end\n}\n");
  CHECK(Checked("let x = a /* why */ + b\nlet y = a -- why\n+ b") ==
        "let x = a /* why */ + b\nlet y = a  -- why\n    + b\n");
  CHECK(Checked("/* one\n   two */\nlet x = 1") == "/* one\n   two */\nlet x = 1\n");
  CHECK(Checked("-- only") == "-- only\n");
  CHECK(Checked("article 1 -- why\n{ (1) : a }") == "article 1  -- why\n{\n    (1) : a\n}\n");
}

TEST_CASE("nothing is formatted that does not parse") {
  source::Files files;
  diagnostics::Diagnostics diagnostics;
  CHECK_FALSE(Format(files, files.Add("test.pol", "let x = "), diagnostics).has_value());
  CHECK(diagnostics.has_errors());
  CHECK(Formatted("") == "");
}

TEST_CASE("every policy of the project keeps its tree and is stable once formatted") {
  for (const auto& path : tests::RightPolicies()) {
    CAPTURE(path.generic_string());
    Checked(tests::ReadFile(path));
  }
}

}  // namespace pol::syntax
