#include "runtime/records/problems.h"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <set>
#include <string>

namespace pol::records {
namespace {

struct Row {
  std::string_view code;
  std::string_view english;
  std::string_view chinese;
};
constexpr Row kRows[] = {
#define POL_PROBLEM(code, name, severity, english, chinese) {code, english, chinese},
#include "runtime/records/problems.def"
#undef POL_PROBLEM
};

TEST_CASE("codes are ascending, and both wordings have the same holes") {
  std::string_view last;
  for (const Row& row : kRows) {
    CAPTURE(row.code);
    CHECK(row.code > last);
    CHECK(row.code.size() == 5);
    last = row.code;
    for (char digit = '0'; digit <= '9'; ++digit) {
      const std::string hole = std::string{"{"} + digit + "}";
      CHECK((row.english.find(hole) == std::string_view::npos) ==
            (row.chinese.find(hole) == std::string_view::npos));
    }
  }
}

TEST_CASE("the manual explains every code") {
  std::ifstream file("docs/data.md");
  const std::string manual{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  REQUIRE_FALSE(manual.empty());
  for (const Row& row : kRows) {
    CAPTURE(row.code);
    CHECK(manual.find("| " + std::string{row.code} + " |") != std::string::npos);
  }
}

TEST_CASE("a problem in words") {
  const Problem problem{.kind = ProblemKind::kAmbiguousPercent,
                        .file = "data.csv",
                        .row = 12,
                        .column = "研发强度",
                        .value = "12.5",
                        .arguments = {"12.5", "1250"}};
  CHECK(Render(problem, false) ==
        "data.csv:12: column 研发强度: ‘12.5’ could mean 12.5% or 1250%; write the % sign in the cell, or "
        "(%) after the "
        "header for the whole column [D0404]");
  CHECK(Render(problem, true) ==
        "data.csv:12: “研发强度”列：“12.5”可能是 12.5%，也可能是 1250%；请在单元格写上 "
        "%，或在表头后写（%）表示整列〔D0404〕");
  const Problem file{.kind = ProblemKind::kNoSuchFile,
                     .file = "x.csv",
                     .row = 0,
                     .column = {},
                     .value = {},
                     .arguments = {}};
  CHECK(Render(file, false) == "x.csv: there is no such file; check the name and the folder [D0101]");
}

TEST_CASE("what a file says cannot disturb the terminal") {
  const Problem problem{.kind = ProblemKind::kNotMoney,
                        .file = "data.csv",
                        .row = 1,
                        .column = "a\x1b[2Jb",
                        .value = "{0}\x1b]0;x\a\n" + std::string(1000, 'y'),
                        .arguments = {}};
  const std::string text = Render(problem, false);
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.find('\n') == std::string::npos);
  CHECK(text.find("{0}") != std::string::npos);
  CHECK(text.size() < 400);
}

TEST_CASE("a bad file of any length stays in memory") {
  Problems problems;
  for (std::uint64_t row = 1; row <= 100'000; ++row) {
    problems.Add(
        {.kind = ProblemKind::kNotDate, .file = "x", .row = row, .column = {}, .value = {}, .arguments = {}});
  }
  problems.Add({.kind = ProblemKind::kUnknownColumn,
                .file = "x",
                .row = 1,
                .column = {},
                .value = {},
                .arguments = {}});
  CHECK(problems.list().size() == Problems::kLimit + 1);
  CHECK(problems.dropped() == 100'000 - Problems::kLimit);
  CHECK(problems.CountOf(ProblemSeverity::kRow) == 100'000);
  CHECK(problems.CountOf(ProblemSeverity::kNotice) == 1);
  CHECK(problems.CountOf(ProblemSeverity::kFile) == 0);
}

}  // namespace
}  // namespace pol::records
