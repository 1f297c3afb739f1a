// `polc test FILE|FOLDER…`: runs the examples of policies. Tested by tests/golden/test/.
#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "polc/command_line.h"
#include "polc/example_coverage.h"
#include "polc/example_run.h"
#include "polc/listing.h"
#include "polc/policy_files.h"

namespace polc {
namespace {

struct TestOptions {
  Common common;
  std::vector<std::string> paths;
  std::string format = "table";
  bool coverage = false;
  bool require_coverage = false;
};

class Test {
 public:
  explicit Test(const TestOptions& options)
      : options_(options),
        results_({{"place", "", false},
                  {"example", "", false},
                  {"subject", "", false},
                  {"expected", "", false},
                  {"found", "", false},
                  {"result", "", false},
                  {"why", "", false}}),
        coverage_({{"place", Heading("place", "位置"), false},
                   {"clause", Heading("clause", "条款"), false},
                   {"branch", Heading("branch", "分支"), false},
                   {"true", Heading("true", "成立"), true},
                   {"false", Heading("false", "不成立"), true},
                   {"unknown", Heading("unknown", "未知"), true}}) {}

  // False when it does not compile.
  bool Run(const std::string& policy) {
    const std::optional<pol::Compilation> compilation = CompileWithExamples(policy, options_.common);
    if (!compilation) return false;
    ++policies_;
    Coverage coverage(*compilation);
    for (const pol::model::Example& example : compilation->model->examples) {
      const RanExample ran = RunExample(*compilation->program, example);
      coverage.Add(ran.registers);
      ++examples_;
      for (const CheckedExpectation& checked : CheckExample(*compilation, example, ran, options_.common)) {
        AddResult(checked);
      }
    }
    const std::vector<Uncovered> uncovered = FindUncovered(coverage);
    if (options_.coverage) AddCoverage(*compilation->program, coverage);
    if (options_.require_coverage) AddUncovered(*compilation->program, uncovered);
    decided_ += coverage.clauses().size();
    shown_ +=
        static_cast<std::size_t>(std::ranges::count_if(coverage.clauses(), [&](const CoveredClause& one) {
          return std::ranges::none_of(uncovered,
                                      [&](const Uncovered& lack) { return lack.clause == one.clause; });
        }));
    return true;
  }

  bool HasFindings() const { return failed_ > 0 || lacks_ > 0; }

  // Empty when nothing compiled: then that has been said.
  std::string Text() const {
    if (policies_ == 0) return {};
    if (options_.format != "table") {
      return (options_.coverage ? coverage_ : results_).Text(options_.format);
    }
    std::string text = lines_;
    if (options_.coverage) text += coverage_.Text("table") + "\n";
    text += polc::Text(Message::kExamplesSummary, options_.common,
                       {std::to_string(examples_), std::to_string(expectations_), std::to_string(failed_)}) +
            "\n";
    if (!options_.coverage && !options_.require_coverage) return text;
    return text +
           polc::Text(Message::kCoverageSummary, options_.common,
                      {std::to_string(decided_), std::to_string(shown_)}) +
           "\n";
  }

 private:
  std::string Heading(const char* english, const char* chinese) const {
    return options_.common.chinese ? chinese : english;
  }
  static std::string Where(const pol::program::Place& place) {
    return place.file + ":" + std::to_string(place.line);
  }

  void AddResult(const CheckedExpectation& checked) {
    ++expectations_;
    results_.Add({Where(checked.place), checked.example, checked.subject, checked.expected, checked.found,
                  checked.passed ? "passed" : "failed", checked.why});
    if (checked.passed) return;
    ++failed_;
    lines_ += polc::Text(Message::kNotAsExpected, options_.common,
                         {checked.place.file, std::to_string(checked.place.line), checked.example,
                          checked.subject, checked.expected, checked.found}) +
              "\n";
    if (!checked.why.empty()) lines_ += "    " + checked.why + "\n";
  }

  void AddCoverage(const pol::program::Program& program, const Coverage& coverage) {
    const auto count = [](bool possible, std::uint32_t seen) {
      return possible || seen > 0 ? std::to_string(seen) : std::string();
    };
    for (const CoveredClause& covered : coverage.clauses()) {
      const pol::program::Clause& clause = program.clauses[covered.clause];
      const Seen& seen = covered.seen;
      coverage_.Add({Where(clause.place), clause.id, "", count(covered.possible.yes, seen.yes),
                     count(covered.possible.no, seen.no), count(covered.possible.unknown, seen.unknown)});
      for (const CoveredBranch& branch : covered.branches) {
        coverage_.Add({Where(clause.place), clause.id, branch.words, std::to_string(branch.seen.yes),
                       std::to_string(branch.seen.no), std::to_string(branch.seen.unknown)});
      }
    }
    for (const CoveredState& covered : coverage.states()) {
      const pol::program::Lifecycle& lifecycle = program.lifecycles[covered.lifecycle];
      coverage_.Add({Where(lifecycle.place), lifecycle.naming.name, coverage.NameOf(covered),
                     std::to_string(covered.seen), "", ""});
    }
  }

  void AddUncovered(const pol::program::Program& program, const std::vector<Uncovered>& uncovered) {
    for (const Uncovered& lack : uncovered) {
      ++lacks_;
      if (lack.lifecycle != pol::program::kNone) {
        AddUnreached(program.lifecycles[lack.lifecycle], lack.never);
        continue;
      }
      const pol::program::Clause& clause = program.clauses[lack.clause];
      const std::string id = "§" + clause.id;
      const std::string subject = lack.branch.empty() ? id : id + " " + lack.branch;
      results_.Add({Where(clause.place), "", subject, lack.never, "never", "uncovered", ""});
      const Message message = lack.branch.empty()     ? Message::kNeverSeen
                              : lack.never == "false" ? Message::kBranchAlwaysTaken
                                                      : Message::kBranchNeverTaken;
      lines_ += polc::Text(message, options_.common,
                           {clause.place.file, std::to_string(clause.place.line), id,
                            Heading(lack.never.c_str(), Chinese(lack.never)), lack.branch}) +
                "\n";
    }
  }

  // A state in which no example is.
  void AddUnreached(const pol::program::Lifecycle& lifecycle, const std::string& state) {
    results_.Add({Where(lifecycle.place), "", lifecycle.naming.name, state, "never", "uncovered", ""});
    lines_ += polc::Text(Message::kNeverSeen, options_.common,
                         {lifecycle.place.file, std::to_string(lifecycle.place.line), lifecycle.naming.name,
                          state}) +
              "\n";
  }

  static const char* Chinese(const std::string& truth) {
    if (truth == "unknown") return "未知";
    return truth == "true" ? "成立" : "不成立";
  }

  const TestOptions& options_;
  Listing results_;
  Listing coverage_;
  std::string lines_;  // of the table format: what is not as it should be
  std::size_t policies_ = 0;
  std::size_t examples_ = 0;
  std::size_t expectations_ = 0;
  std::size_t failed_ = 0;
  std::size_t lacks_ = 0;
  std::size_t decided_ = 0;
  std::size_t shown_ = 0;
};

int RunTest(const TestOptions& options) {
  const std::optional<std::vector<std::string>> policies = PoliciesIn(options.paths, options.common);
  if (!policies) return kFailed;
  Test test(options);
  bool compiled = true;
  for (const std::string& policy : *policies) compiled = test.Run(policy) && compiled;
  if (WriteWhole("-", test.Text(), options.common) != kDone || !compiled) return kFailed;
  return test.HasFindings() ? kFindings : kDone;
}

}  // namespace

void AddTest(CLI::App& application, Action& action) {
  CLI::App* verb = application.add_subcommand("test", "run the examples of policies");
  auto options = std::make_shared<TestOptions>();
  verb->add_option("FILE|FOLDER", options->paths, ".pol files, or folders with such files")
      ->required()
      ->type_name("PATH");
  verb->add_option("--format", options->format, "what the results look like; default: table")
      ->type_name("table|csv|ndjson");
  verb->add_flag("--coverage", options->coverage,
                 "count the examples in which each clause is true, false and unknown");
  verb->add_flag("--require-coverage", options->require_coverage,
                 "what no example shows of a clause is a finding, exit status 1");
  AddLanguage(*verb, options->common);
  verb->callback([options, &action] { action = [options] { return RunTest(*options); }; });
}

}  // namespace polc
