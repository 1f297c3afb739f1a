// A small policy to put declarations into, and what the compiler makes of them, for the tests of the model.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/model/build.h"
#include "compiler/model/dump.h"
#include "compiler/syntax/parse.h"

namespace pol::model_testing {

// The standard library and modules of the test's own.
class Modules final : public model::Library {
 public:
  Modules() = default;
  explicit Modules(std::map<std::string, std::string> files) : files_(std::move(files)) {}
  std::optional<Found> Find(const std::string& path) const override {
    const auto file = files_.find(path);
    if (file != files_.end()) return Found{path, file->second};
    return model::StandardLibraryOnly().Find(path);
  }
  std::vector<std::string> List() const override {
    std::vector<std::string> paths = model::StandardLibraryOnly().List();
    for (const auto& [path, text] : files_) paths.push_back(path);
    return paths;
  }

 private:
  std::map<std::string, std::string> files_;
};

struct Built {
  source::Files files;
  diagnostics::Diagnostics report;
  std::optional<model::Model> model;

  // "P0301 P0302": errors and warnings in the order of their places.
  std::string Codes() const {
    std::string codes;
    for (const diagnostics::Diagnostic& one : report.list()) {
      if (!codes.empty()) codes += ' ';
      codes += diagnostics::CodeOf(one.kind);
    }
    return codes;
  }
  // The wordings, a line each, the notes' after their message's.
  std::string Messages() const {
    std::string text;
    for (const diagnostics::Diagnostic& one : report.list()) {
      text += diagnostics::MessageOf(one.kind, one.arguments, diagnostics::Language::kEnglish) + "\n";
      for (const diagnostics::Note& note : one.notes) {
        text +=
            "- " + diagnostics::MessageOf(note.kind, note.arguments, diagnostics::Language::kEnglish) + "\n";
      }
      if (one.fix) text += "+ " + one.fix->replacement + "\n";
    }
    return text;
  }
  bool Says(std::string_view words) const { return Messages().find(words) != std::string::npos; }
};

inline Built BuildPolicy(std::string text, const model::Library& library = model::StandardLibraryOnly()) {
  Built built;
  const source::FileId file = built.files.Add("test.pol", std::move(text));
  syntax::Tree root = syntax::Parse(built.files, file, built.report);
  const std::vector<syntax::Tree> trees =
      model::LoadModules(built.files, std::move(root), library, built.report);
  // As in compile.cpp: what could not be read would be missed everywhere else.
  if (!built.report.has_errors()) built.model = model::Build(built.files, trees, built.report);
  built.report.Sort();
  return built;
}

// The policy that `BuildWith` puts declarations into. Article 1 is what the decision cites.
inline constexpr std::string_view kSurrounding = R"(policy demo
reference applied
use regions
scale grade { low < middle < high }
enumeration kind { enterprise "企业", university "高校", institute "院所" }
record applicant {
    key code : credit_code
    title : text
    sort : kind
    level : grade
    address : region
    founded : date
    applied : date
    staff : count within [0, ..)
    dollars : money in USD
    capital : money
    bonus : money?
    approved : date?
    special : yes_no?
    revenue : money per year
    rd : money per year
    loss : yes_no per year
    reports : list of report
    partners : list of partner
    judged good by experts
    judged sound by experts
    checklist plan { targets, budget }
}
record report { filed : date  result : grade  score : number  amount : money? }
record partner { joined : date  left : date  role : kind }
let window = last 3 years before year of applied
decision eligibility { eligible when all of §1 otherwise ineligible }
)";

inline Built BuildWith(const std::string& declarations,
                       const model::Library& library = model::StandardLibraryOnly()) {
  return BuildPolicy(std::string(kSurrounding) + declarations + "\n", library);
}

// What article 1 becomes: its expression, or the codes of what was wrong with it.
inline std::string Meaning(const std::string& condition, const std::string& before = {}) {
  const Built built = BuildWith(before + "\narticle 1 : " + condition);
  if (!built.model || !built.report.list().empty()) return built.Codes();
  for (const model::Clause& clause : built.model->clauses) {
    if (clause.id == "1") return model::DumpExpression(*built.model, clause.condition);
  }
  return "no article 1";
}

}  // namespace pol::model_testing
