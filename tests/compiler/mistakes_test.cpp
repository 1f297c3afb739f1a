// What analysts typically mistake: each mistake has one message, in its place, and what to write instead
// where that is known.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/compiler/syntax_testing.h"

namespace {

using pol::tests::Parsed;
using pol::tests::ParseText;

}  // namespace

TEST_CASE("one mistake, one message, where it is, with what to write instead") {
  struct Mistake {
    std::string source, code, at, fix;
  };
  const std::vector<Mistake> mistakes = {
      {"let e = {\n    x\n}\nlet f = 1\n", "P0138", "{", ""},
      {"article 9 : a adn b\n", "P0110", "adn", "and"},
      {"article 9 : a AND b\n", "P0110", "AND", "and"},
      {"第九条 ： 甲 不低与 5\n", "P0110", "不低与", "不低于"},
      {"第九条 ： 甲 大于等于 5\n", "P0110", "大于等于", "不低于"},
      {"第九条 ： 甲》5\n", "P0109", "》", ">"},
      {"article 9 if a : b\n", "P0110", "if", "when"},
      {"decision d { a if b otherwise c }\n", "P0110", "if", "when"},
      {"认定 丁 ｛ 甲 如果 乙 其他 丙 ｝\n", "P0110", "如果", "当"},
      {"decision d { a : b otherwise c }\n", "P0101", ":", ""},
      {"decision d { when a b otherwise c }\n", "P0119", "when", ""},
      {"let x = 1\nArticle 9 : a\n", "P0110", "Article", "article"},
      {"let x = 1\nx = 5\n", "P0101", "x", ""},
      {"article 9 : a;\n", "P0130", ";", "remove"},
      {"article 9 : a >= 5 people\n", "P0117", "people", ""},
      {"article 9 { (8) no \"x\" : a }\n", "P0119", "no", ""},
      {"article 9 {\n    (1) : a\n    b\n}\n", "P0102", "", ""},
      {"article 9 : a is empty\n", "P0101", "empty", ""},
      {"article 9 : a not given\n", "P0101", "given", ""},
      {"article 9 when : a\n", "P0126", "", ""},
      {"article 9 : a in [1..2)\n", "P0101", "..", ""},
      {"article 9 : by x [1, ..) : a, (.., 1) : b\n", "P0101", "[", ""},
      {"article 9 \"never closed : a\n", "P0106", "\"", ""},
      {"article 9 : a ^ 2 > 5\n", "P0109", "^", ""},
      {"param p 5%\n", "P0102", "", "="},
      {"record r { judged x : experts }\n", "P0101", ":", ""},
  };
  for (const Mistake& one : mistakes) {
    CAPTURE(one.source);
    const Parsed parsed = ParseText(one.source);
    INFO(parsed.Messages());
    REQUIRE(parsed.Codes() == one.code);
    CHECK(parsed.TextAt(0) == one.at);
    const auto& fix = parsed.diagnostics.list()[0].fix;
    CHECK((fix ? fix->replacement.empty() ? "remove" : fix->replacement : "") == one.fix);
  }
}
