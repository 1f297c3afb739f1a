// Examples run, compared and counted.
#include "polc/example_run.h"

#include <doctest/doctest.h>

#include "compiler/model/build.h"
#include "polc/example_coverage.h"

namespace polc {
namespace {

constexpr const char* kPolicy = R"(policy demo
record firm {
    key id : text
    staff : count
    amounts : money per year
    young : yes_no
    good : yes_no
}
article 1 {
    (1) : by staff { [0, 10) : good; otherwise : not good }
    (2) when young : sum of amounts over 2021..2022 >= 10元
}
article 2 : if good then staff > 1 else staff > 2
decision d { ok when §1 and §2 otherwise bad }
)";

pol::Compilation Compiled(const std::string& examples) {
  pol::Compilation compilation = pol::Compile("p.pol", kPolicy + examples, pol::model::StandardLibraryOnly());
  REQUIRE(compilation.program);
  return compilation;
}

std::vector<CheckedExpectation> Checked(const std::string& example) {
  const pol::Compilation compilation = Compiled("example \"x\" {\n" + example + "\n}\n");
  const pol::model::Example& one = compilation.model->examples.front();
  return CheckExample(compilation, one, RunExample(*compilation.program, one), {});
}

CheckedExpectation One(const std::string& example) {
  const std::vector<CheckedExpectation> checked = Checked(example);
  REQUIRE(checked.size() == 1);
  return checked.front();
}

const std::string& Facts() {
  static const std::string facts = "staff = 3; amounts 2021..2022 = 5元; young = yes; good = yes;";
  return facts;
}

}  // namespace

TEST_CASE("what is as expected passes") {
  CHECK(One(Facts() + "expect d = ok").passed);
  CHECK(One(Facts() + "expect d = ok because §1(1), §1(2), §2").passed);
  CHECK(One("staff = 3; good = yes; young = yes; expect d = undetermined needs amounts").passed);
  CHECK(One("staff = 3; good = yes; young = yes; expect d = undetermined needs amounts 2021..2022").passed);
  CHECK(One("staff = 3; good = yes; young = yes; expect §1(2) is unknown").passed);
  CHECK(One("staff = 3; good = no; expect d = bad because §1(1)").passed);
}

TEST_CASE("what is not says where, what was found and why") {
  const CheckedExpectation outcome = One("staff = 3; good = no;\n expect d = ok");
  CHECK_FALSE(outcome.passed);
  CHECK(outcome.place.file == "p.pol");
  CHECK(outcome.place.line == 17);
  CHECK(outcome.example == "x");
  CHECK(outcome.subject == "d");
  CHECK(outcome.expected == "ok");
  CHECK(outcome.found == "bad");
  CHECK(outcome.why.starts_with("because §1(1)"));

  const CheckedExpectation reasons = One("staff = 3; good = no; expect d = bad because §2");
  CHECK_FALSE(reasons.passed);
  CHECK(reasons.expected == "bad because §2");
  CHECK(reasons.found == "bad because §1(1)");

  const CheckedExpectation needs =
      One("staff = 3; good = yes; young = yes; expect d = undetermined needs amounts 2021");
  CHECK_FALSE(needs.passed);
  CHECK(needs.found == "undetermined needs amounts.2021, amounts.2022");

  const CheckedExpectation clause = One("staff = 3; good = yes; expect §2 = no");
  CHECK_FALSE(clause.passed);
  CHECK(clause.subject == "§2");
  CHECK(clause.expected == "false");
  CHECK(clause.found == "true");
}

TEST_CASE("each clause and branch is counted, and what no example shows is named") {
  const pol::Compilation compilation = Compiled(
      "example \"a\" { staff = 3; good = yes; young = no; expect §2 = yes }\n"
      "example \"b\" { staff = 3; good is unknown; expect §2 = yes }\n");
  Coverage coverage(compilation);
  for (const pol::model::Example& example : compilation.model->examples) {
    coverage.Add(RunExample(*compilation.program, example).registers);
  }
  std::string counted;
  for (const CoveredClause& one : coverage.clauses()) {
    const auto add = [&](const std::string& name, const Seen& seen) {
      counted += name + " " + std::to_string(seen.yes) + std::to_string(seen.no) +
                 std::to_string(seen.unknown) + "\n";
    };
    add(compilation.program->clauses[one.clause].id, one.seen);
    for (const CoveredBranch& branch : one.branches) add("- " + branch.words, branch.seen);
  }
  CHECK(
      counted ==
      "1 101\n1(1) 101\n- [0, 10) 200\n- otherwise 020\n1(2) 101\n- when young 011\n2 200\n- if good 101\n");
  std::string lacks;
  for (const Uncovered& one : FindUncovered(coverage)) {
    lacks += compilation.program->clauses[one.clause].id + " " + one.branch + " " + one.never + "; ";
  }
  CHECK(
      lacks ==
      "1  false; 1(1)  false; 1(1) otherwise true; 1(2)  false; 1(2) when young true; 2  false; 2  unknown; "
      "2 if good false; ");
}

}  // namespace polc
