// Examples as the parser reads them, in both languages, and as the formatter lays them out.
#include <doctest/doctest.h>

#include <utility>
#include <vector>

#include "compiler/syntax/format.h"
#include "tests/compiler/syntax_testing.h"

namespace pol::syntax {
namespace {

using tests::ParseText;

constexpr std::string_view kEnglish = R"(example "one fen below" like "base" {
    as_of = 2024-12-31
    revenue 2021..2023 = 30亿元, 30亿元, 2_999_999_999.99元
    revenue.2020 is unknown
    plan = yes
    plan.budget = no
    accidents = { grade = general, occurred = 2023-05-01; grade is unknown }
    patents is empty
    commitment is absent
    expect eligibility = ineligible because §5(3), §8
    expect level = undetermined needs rd 2022, plan.budget, accidents.grade, §7, as_of
    expect §5(3) = no
    expect §4 is unknown
}
)";

constexpr std::string_view kDumped = R"(example "one fen below" like "base"
  as_of = date 2024-12-31
  revenue 2021..2023 = 30亿元 30亿元 2999999999.99元
  revenue 2020 unknown
  plan = true
  plan.budget = false
  accidents =
    row (grade = general) (occurred = date 2023-5-1)
    row (grade unknown)
  patents empty
  commitment absent
  expect eligibility = ineligible because §5(3) because §8
  expect level = undetermined needs rd 2022 needs plan.budget needs accidents.grade needs §7 needs as_of
  expect §5(3) = false
  expect §4 unknown
)";

std::string Formatted(const std::string& text) {
  source::Files files;
  diagnostics::Diagnostics diagnostics;
  const source::FileId file = files.Add("test.pol", text);
  return Format(files, file, diagnostics).value_or("");
}

}  // namespace

TEST_CASE("an example has a name, facts and expectations") {
  const auto parsed = ParseText(std::string(kEnglish));
  CHECK(parsed.Messages() == "");
  CHECK(parsed.Dump() == kDumped);
  CHECK(parsed.whole.predictions == 0);
}

TEST_CASE("examples in Chinese are the same") {
  const auto parsed = ParseText(
      "示例 “一” 如同 “二” {\n    基准日 = 2024年12月31日\n    收入 2021..2023 = 30亿元；承诺 为 未填\n    "
      "事故 为 空\n"
      "    评判 为 未知\n    事故二 = { 等级 = 一般，日期 = 2023-05-01；等级 为 未知 }\n"
      "    预期 结果 = 待定 依据 第五条第三项，第六条 尚需 收入 2022，基准日\n    预期 第七条 = 否\n}\n");
  CHECK(parsed.Messages(diagnostics::Language::kChinese) == "");
  CHECK(parsed.Dump() ==
        "example \"一\" like \"二\"\n  as_of = date 2024-12-31\n  收入 2021..2023 = 30亿元\n  承诺 absent\n  "
        "事故 "
        "empty\n"
        "  评判 unknown\n  事故二 =\n    row (等级 = 一般) (日期 = date 2023-5-1)\n    row (等级 unknown)\n"
        "  expect 结果 = 待定 because §5(3) because §6 needs 收入 2022 needs as_of\n  expect §7 = false\n");
  CHECK(parsed.whole.predictions == 0);
}

TEST_CASE("the words of examples and of the language name facts where they are given") {
  const auto parsed = ParseText(
      "example \"x\" {\n    count = 3\n    title = \"a\"\n    unknown is unknown\n    expect = 1\n    needs "
      "is absent\n"
      "    because = yes\n    like = no\n    empty is empty\n    value 2021 = 5\n    year = 2020\n    last = "
      "1\n"
      "    days = 2\n    expect expect = yes\n    expect needs = no needs needs, expect\n}\n");
  CHECK(parsed.Messages() == "");
  CHECK(parsed.Dump() ==
        "example \"x\"\n  count = 3\n  title = \"a\"\n  unknown unknown\n  expect = 1\n  needs absent\n"
        "  because = true\n  like = false\n  empty empty\n  value 2021 = 5\n  year = 2020\n  last = 1\n  "
        "days = 2\n"
        "  expect expect = yes\n  expect needs = no needs needs needs expect\n");
}

TEST_CASE("examples are laid out one way, and so stay") {
  CHECK(Formatted(std::string(kEnglish)) == kEnglish);
  CHECK(Formatted("example \"x\"{a=1;b is  absent;expect d=e because §1,§2}") ==
        "example \"x\" {\n    a = 1;\n    b is absent;\n    expect d = e because §1, §2\n}\n");
}

TEST_CASE("one mistake in an example is one message, and the lines after it are read") {
  for (const auto& [line, code] :
       std::vector<std::pair<std::string, std::string>>{{"revenue 2021 30亿元", "P0102"},
                                                        {"plan is", "P0101"},
                                                        {"expect result", "P0102"},
                                                        {"expect result = good because", "P0102"}}) {
    CAPTURE(line);
    const auto parsed = ParseText("example \"x\" {\n    " + line + "\n    staff = 3\n}\nlet a = 1\n");
    CHECK(parsed.Codes() == code);
    CHECK(parsed.Dump().find("staff = 3") != std::string::npos);
    CHECK(parsed.Dump().find("let a = 1") != std::string::npos);
  }
}

}  // namespace pol::syntax
