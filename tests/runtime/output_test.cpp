#include <doctest/doctest.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "runtime/output/outcome_writer.h"
#include "runtime/output/output_file.h"
#include "tests/runtime/sample_records.h"

namespace pol::output {
namespace {

using records::sample::TemporaryFile;

std::string Contents(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::size_t FilesBeside(const std::string& path) {
  const auto folder = std::filesystem::directory_iterator(std::filesystem::path(path).parent_path());
  return static_cast<std::size_t>(std::distance(begin(folder), end(folder)));
}

program::Program MakeProgram() {
  program::Program program;
  program.schema = records::sample::MakeSchema();
  program.clauses.resize(3);
  program.clauses[0].id = "4";
  program.clauses[1].id = "5(3)";
  program.clauses[2].id = "18";
  program.reasons = {{.kind = program::ReasonKind::kUndisclosed,
                      .clause = 2,
                      .other = program::kNone,
                      .words = "not published"},
                     {.kind = program::ReasonKind::kConflict, .clause = 1, .other = 2, .words = ""},
                     {.kind = program::ReasonKind::kNoValueInForce,
                      .clause = program::kNone,
                      .other = program::kNone,
                      .words = "floor"}};
  program.decisions.resize(2);
  program.decisions[0].naming = {"eligibility", "资格", {}};
  program.decisions[0].outcomes = {{"eligible", "符合", {}}, {"ineligible", "不符合", {}}};
  program.decisions[1].naming = {"tier", "", {}};
  program.decisions[1].outcomes = {{"one", "", {}}, {"two", "", {}}};
  return program;
}

engine::Need FactNeed(std::uint32_t fact, std::int32_t year = 0) {
  engine::Need need;
  need.fact = fact;
  need.year = year;
  return need;
}

struct Fixture {
  program::Program program = MakeProgram();
  records::Batch batch;
  engine::Decided decided;

  Fixture() {
    batch.rows = 3;
    batch.keys = {"A1", "乙,\"公司\"", "C\n3"};
    decided.outcomes = {{0, 1, -1}, {1, -1, 0}};
    decided.relevance.because.assign(3, engine::Bits(3));
    decided.relevance.because[0].Set(0);
    decided.relevance.because[1].Set(0);
    decided.relevance.because[1].Set(1);
    engine::Need list;
    list.domain = records::sample::kListDomain;
    engine::Need reason;
    reason.reason = 1;
    engine::Need undisclosed;
    undisclosed.reason = 0;
    engine::Need parameter;
    parameter.reason = 2;
    engine::Need as_of;
    as_of.as_of = true;
    decided.relevance.needs = {
        {}, {FactNeed(8)}, {FactNeed(11, 2021), FactNeed(13), list, reason, undisclosed, parameter, as_of}};
  }

  std::string Write(std::string_view format, bool chinese, const engine::Bits& rows) {
    const TemporaryFile old("out", "");
    OutputFile file(old.path());
    const auto writer = MakeOutcomeWriter(format, program, chinese, file);
    writer->Begin();
    writer->Write(batch, decided, rows);
    writer->End();
    std::string error;
    CHECK(file.Commit(error));
    return Contents(old.path());
  }
};

TEST_CASE_FIXTURE(Fixture, "csv") {
  const std::string expected =
      "code,eligibility,tier,because,needs\n"
      "A1,eligible,two,4;5(3),\n"
      "\"乙,\"\"公司\"\"\",ineligible,undetermined,5(3),pledge\n"
      "\"C\n3\",undetermined,one,,revenue.2021;accidents.grade;accidents;§5(3);§18;floor;as_of\n";
  CHECK(Write("csv", false, engine::Bits(3, true)) == expected);
  CHECK(Write("csv", true, engine::Bits(3, true)) == expected);
  engine::Bits second(3);
  second.Set(1);
  CHECK(Write("csv", false, second) ==
        "code,eligibility,tier,because,needs\n\"乙,\"\"公司\"\"\",ineligible,undetermined,5(3),pledge\n");
}

TEST_CASE_FIXTURE(Fixture, "ndjson") {
  CHECK(Write("ndjson", false, engine::Bits(3, true)) ==
        R"~({"key":"A1","eligibility":"eligible","tier":"two","because":["4","5(3)"],"needs":[]}
{"key":"乙,\"公司\"","eligibility":"ineligible","tier":"undetermined","because":["5(3)"],"needs":["pledge"]}
{"key":"C\u000a3","eligibility":"undetermined","tier":"one","because":[],"needs":["revenue.2021","accidents.grade","accidents","§5(3)","§18","floor","as_of"]}
)~");
}

TEST_CASE_FIXTURE(Fixture, "table") {
  CHECK(Write("table", false, engine::Bits(3, true)) ==
        "code       eligibility   tier          because  needs\n"
        "---------  ------------  ------------  -------  ------------------------------------------------\n"
        "A1         eligible      two           4; 5(3)\n"
        "乙,\"公司\"  ineligible    undetermined  5(3)     pledge\n"
        "C⏎3        undetermined  one                    revenue.2021; accidents.grade; accidents; §5(3);\n"
        "                                                §18; floor; as_of\n"
        "\n"
        "eligibility: eligible 1, ineligible 1, undetermined 1\n"
        "tier: one 1, two 1, undetermined 1\n"
        "records: 3\n");
  engine::Bits first(3);
  first.Set(0);
  CHECK(Write("table", true, first) ==
        "代码  资格  tier  依据     尚需\n"
        "----  ----  ----  -------  ----\n"
        "A1    符合  two   4; 5(3)\n"
        "\n"
        "资格：符合 1，不符合 1，待定 1\n"
        "tier：one 1，two 1，待定 1\n"
        "记录合计：3，其中列出 1\n");
}

// Three records in a lifecycle's states, the last of them unknown.
struct LifecycleFixture : Fixture {
  LifecycleFixture() {
    program.schema.enumerations.push_back(
        {{"designation", "资格期", {}}, false, {{"none", "未取得", {}}, {"active", "", {}}}});
    program::Lifecycle lifecycle;
    lifecycle.naming = {"designation", "资格期", {}};
    lifecycle.enumeration = static_cast<std::uint32_t>(program.schema.enumerations.size() - 1);
    lifecycle.states.resize(2);
    program.lifecycles = {lifecycle};
    decided.states = {{1, 0, engine::kUndetermined}};
    program.decisions.pop_back();
    decided.outcomes.pop_back();
    decided.relevance.because.assign(3, engine::Bits(3));
    decided.relevance.needs.assign(3, {});
    batch.keys = {"A1", "A2", "A3"};
  }
};

TEST_CASE_FIXTURE(LifecycleFixture, "a lifecycle is a column of states") {
  CHECK(Write("csv", true, engine::Bits(3, true)) ==
        "code,eligibility,designation,because,needs\n"
        "A1,eligible,active,,\nA2,ineligible,none,,\nA3,undetermined,undetermined,,\n");
  engine::Bits last(3);
  last.Set(2);
  CHECK(Write("ndjson", false, last) ==
        R"({"key":"A3","eligibility":"undetermined","designation":"undetermined","because":[],"needs":[]})"
        "\n");
  CHECK(Write("table", true, engine::Bits(3, true)) ==
        "代码  资格    资格期  依据  尚需\n"
        "----  ------  ------  ----  ----\n"
        "A1    符合    active\n"
        "A2    不符合  未取得\n"
        "A3    待定    待定\n"
        "\n"
        "资格：符合 1，不符合 1，待定 1\n"
        "资格期：未取得 1，active 1，待定 1\n"
        "记录合计：3\n");
}

TEST_CASE_FIXTURE(Fixture, "a table of many rows is written as it goes") {
  batch.rows = 2500;
  batch.keys.assign(2500, "K");
  decided.outcomes = {std::vector<std::int32_t>(2500, 0), std::vector<std::int32_t>(2500, -1)};
  decided.relevance.because.assign(3, engine::Bits(2500));
  decided.relevance.needs.assign(2500, {});
  const std::string text = Write("table", false, engine::Bits(2500, true));
  CHECK(std::count(text.begin(), text.end(), '\n') == 2500 + 2 + 4);
  CHECK(text.ends_with("records: 2500\n"));
}

TEST_CASE("no such format") {
  const program::Program program = MakeProgram();
  OutputFile file("-");
  CHECK(MakeOutcomeWriter("xml", program, false, file) == nullptr);
}

TEST_CASE("a file appears whole or not at all") {
  const TemporaryFile old("out.csv", "before");
  {
    OutputFile file(old.path());
    file.Write("after");
    CHECK(FilesBeside(old.path()) <= 2);  // what is being written has no name, or one of its own
    CHECK(Contents(old.path()) == "before");
  }
  CHECK(FilesBeside(old.path()) == 1);
  CHECK(Contents(old.path()) == "before");
  ::chmod(old.path().c_str(), 0640);
  OutputFile file(old.path());
  const std::string big(1'000'000, 'x');
  file.Write(big);
  std::string error;
  CHECK(file.Commit(error));
  CHECK(Contents(old.path()) == big);
  CHECK(FilesBeside(old.path()) == 1);
  CHECK(std::filesystem::status(old.path()).permissions() == static_cast<std::filesystem::perms>(0640));
}

bool WriteFile(const std::string& path, std::string_view text, std::string& error) {
  OutputFile file(path);
  file.Write(text);
  return file.Commit(error);
}

TEST_CASE("a link stays a link") {
  const TemporaryFile target("target", "before");
  const std::string link = target.path() + ".link";
  std::filesystem::create_symlink(target.path(), link);
  std::string error;
  CHECK(WriteFile(link, "after", error));
  CHECK(std::filesystem::is_symlink(link));
  CHECK(Contents(target.path()) == "after");
}

TEST_CASE("failures are told") {
  std::string error;
  CHECK_FALSE(WriteFile("/no/such/folder/out.csv", "x", error));
  CHECK_FALSE(error.empty());
  error.clear();
  CHECK_FALSE(WriteFile(std::filesystem::temp_directory_path().string(), "x", error));
  CHECK_FALSE(error.empty());
  error.clear();
  if (std::filesystem::exists("/dev/full")) {
    CHECK_FALSE(WriteFile("/dev/full", std::string(200'000, 'x'), error));
    CHECK_FALSE(error.empty());
  }
  CHECK(WriteFile("/dev/null", "x", error));
}

}  // namespace
}  // namespace pol::output
