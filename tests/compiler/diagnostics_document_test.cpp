// docs/diagnostics.md speaks of every diagnostic there is, and each of its examples brings about the one it
// stands under.
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/compiler/model_testing.h"

namespace {

namespace diagnostics = pol::diagnostics;

struct Example {
  std::set<std::string> codes;
  std::string text;
  int line = 0;
};

struct Document {
  std::string whole;
  std::string surrounding;
  std::vector<Example> examples;
};

// The value of `name=…` on the line that opens a block.
std::string ValueOf(const std::string& line, const std::string& name) {
  const std::size_t at = line.find(name + "=");
  if (at == std::string::npos) return {};
  const std::size_t begin = at + name.size() + 1;
  return line.substr(begin, line.find(' ', begin) - begin);
}

Document ReadDocument() {
  Document document;
  std::ifstream file("docs/diagnostics.md");
  std::string block;
  std::string head;
  int number = 0;
  int first = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    document.whole += line + "\n";
    if (!line.starts_with("```")) {
      if (!head.empty()) block += line + "\n";
      continue;
    }
    if (head.empty()) {
      head = line;
      block.clear();
      first = number;
      continue;
    }
    if (head.find("surrounding") != std::string::npos) document.surrounding = block;
    if (const std::string code = ValueOf(head, "error"); !code.empty()) {
      Example example{{code}, block, first};
      if (const std::string with = ValueOf(head, "with"); !with.empty()) example.codes.insert(with);
      document.examples.push_back(example);
    }
    head.clear();
  }
  return document;
}

std::set<std::string> CodesOf(const pol::model_testing::Built& built, bool warnings) {
  std::set<std::string> codes;
  for (const diagnostics::Diagnostic& one : built.report.list()) {
    const bool error = diagnostics::SeverityOf(one.kind) == diagnostics::Severity::kError;
    if (error || warnings) codes.emplace(diagnostics::CodeOf(one.kind));
  }
  return codes;
}

constexpr diagnostics::Kind kAllKinds[] = {
#define POL_DIAGNOSTIC(code, name, severity, english, chinese) diagnostics::Kind::k##name,
#include "compiler/diagnostics/diagnostics.def"
#undef POL_DIAGNOSTIC
};

}  // namespace

TEST_CASE("the policy that the examples belong to has nothing wrong with it") {
  const auto built = pol::model_testing::BuildPolicy(ReadDocument().surrounding);
  CHECK(built.Messages() == "");
  CHECK(built.model.has_value());
}

TEST_CASE("each example brings about its diagnostic, and no other error") {
  const Document document = ReadDocument();
  REQUIRE(document.examples.size() > 100);
  for (const Example& example : document.examples) {
    const bool own = example.text.starts_with("policy ") && *example.codes.begin() != "P0120";
    const bool alone = own || example.codes.contains("P0530");
    const std::string text = alone ? example.text : document.surrounding + example.text;
    const auto built = pol::model_testing::BuildPolicy(text);
    const std::set<std::string> all = CodesOf(built, true);
    const bool warning = std::ranges::none_of(
        example.codes, [&](const std::string& code) { return CodesOf(built, false).contains(code); });
    INFO("docs/diagnostics.md:", example.line, "\n", built.Messages());
    for (const std::string& code : example.codes) CHECK_MESSAGE(all.contains(code), code);
    if (!warning) CHECK(CodesOf(built, false) == example.codes);
    if (warning) CHECK(CodesOf(built, false).empty());
  }
}

TEST_CASE("every diagnostic is in the document") {
  const Document document = ReadDocument();
  std::set<std::string> shown;
  for (const Example& example : document.examples) shown.insert(example.codes.begin(), example.codes.end());
  for (const diagnostics::Kind kind : kAllKinds) {
    const std::string code(diagnostics::CodeOf(kind));
    CHECK_MESSAGE(document.whole.find(code) != std::string::npos, code);
    if (diagnostics::SeverityOf(kind) == diagnostics::Severity::kNote || shown.contains(code)) continue;
    const std::size_t at = document.whole.find("**" + code + "**");
    REQUIRE_MESSAGE(at != std::string::npos, code);
    const std::size_t next = document.whole.find("\n**", at + 1);
    CHECK_MESSAGE(document.whole.substr(at, next - at).find("No example:") != std::string::npos, code);
  }
}
