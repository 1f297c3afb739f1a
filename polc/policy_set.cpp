#include "polc/policy_set.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>
#include <utility>

#include "compiler/lower/lower.h"
#include "compiler/model/value.h"
#include "compiler/syntax/parse.h"
#include "polc/policy.h"
#include "polc/policy_files.h"
#include "polc/read_file.h"
#include "runtime/calendar/date.h"
#include "runtime/records/cells.h"

namespace polc {
namespace {

namespace fs = std::filesystem;

// A version under way: its model is asked for the reference date once it is known which is the latest.
struct Candidate {
  PolicyVersion version;
  pol::Compilation compilation;
};

std::optional<std::vector<std::string>> PathsIn(const std::string& folder, const Common& common) {
  std::vector<std::string> paths;
  std::error_code code;
  for (fs::directory_iterator entry(folder, code), end; !code && entry != end; entry.increment(code)) {
    std::error_code ignored;
    const std::string path = entry->path().generic_string();
    if (path.ends_with(".pol") && ExamplesBeside(path) != path && entry->is_regular_file(ignored))
      paths.push_back(path);
  }
  if (code) {
    PrintError(Message::kCannotRead, common, {folder, code.message()});
    return std::nullopt;
  }
  std::ranges::sort(paths);
  return paths;
}

// Whether a column of results has the name of the set's own.
bool TakesVersion(const pol::program::Program& program) {
  const auto is_taken = [](const auto& list) {
    return std::ranges::any_of(list, [](const auto& one) { return one.naming.name == kVersionColumn; });
  };
  return is_taken(program.decisions) || is_taken(program.grants) || is_taken(program.scores) ||
         is_taken(program.lifecycles);
}

// False after the reason was printed.
bool TakeVersion(const std::string& path, const Common& common, std::vector<Candidate>& candidates) {
  std::optional<pol::Compilation> compilation = CompilePolicy(path, common);
  if (!compilation) return false;
  const pol::program::PolicyInfo& policy = compilation->program->policy;
  const std::optional<std::int32_t> effective = pol::records::ParseDate(policy.effective);
  if (!effective) {
    PrintError(Message::kNoEffective, common, {path});
    return false;
  }
  if (TakesVersion(*compilation->program)) {
    PrintError(Message::kVersionTaken, common, {path});
    return false;
  }
  for (const Candidate& other : candidates) {
    const pol::program::PolicyInfo& known = other.version.program.policy;
    if (known.name != policy.name) {
      PrintError(Message::kOtherPolicy, common, {path, policy.name, known.name, other.version.path});
      return false;
    }
    if (other.version.effective == *effective) {
      PrintError(Message::kSameEffective, common, {path, policy.effective, other.version.path});
      return false;
    }
  }
  PolicyVersion version{path, policy.version, *effective, *compilation->program};
  candidates.push_back({std::move(version), std::move(*compilation)});
  return true;
}

// Where two would be called the same, or one nothing, all are called by their dates.
void NameVersions(std::vector<Candidate>& candidates) {
  std::set<std::string> names;
  for (const Candidate& one : candidates) names.insert(one.version.name);
  if (names.size() == candidates.size() && !names.contains("")) return;
  for (Candidate& one : candidates) one.version.name = pol::calendar::ToText(one.version.effective);
}

// reference >= the day from which the latest version is in force: that version; and so on.
pol::program::Program ChooserOf(const pol::Compilation& latest, const std::vector<PolicyVersion>& versions) {
  pol::model::Model model = *latest.model;
  const auto add = [&](pol::model::Expression expression, pol::program::ValueType type) {
    const pol::model::ExpressionId id{static_cast<std::uint32_t>(model.expressions.size())};
    model.expressions.push_back(std::move(expression));
    model.infos.push_back({std::move(type), 0, model.InfoOf(model.reference).range});
    return id;
  };
  pol::model::Decision decision;
  decision.naming.name = kVersionColumn;
  decision.range = model.InfoOf(model.reference).range;
  for (const PolicyVersion& version : versions) decision.outcomes.push_back({version.name, "", {}});
  decision.outcomes.push_back({"before_first", "", {}});
  for (std::size_t at = versions.size(); at-- > 0;) {
    const auto day = add(pol::model::ConstantCode{versions[at].effective}, pol::model::DateType());
    const auto in_force =
        add(pol::model::Comparison{pol::program::Comparison::kGreaterEqual, model.reference, day}, {});
    decision.cases.push_back({static_cast<std::uint32_t>(at), in_force});
  }
  decision.cases.push_back({static_cast<std::uint32_t>(versions.size()), {}});
  model.decisions.push_back(std::move(decision));
  return pol::lower::Lower(model, latest.files);
}

}  // namespace

bool IsPolicySet(const std::string& path) {
  std::error_code code;
  return fs::is_directory(path, code);
}

std::optional<PolicySet> LoadPolicySet(const std::string& folder, const Common& common) {
  const std::optional<std::vector<std::string>> paths = PathsIn(folder, common);
  if (!paths) return std::nullopt;
  std::vector<Candidate> candidates;
  for (const std::string& path : *paths) {
    if (IsModule(path, common)) continue;
    if (!TakeVersion(path, common, candidates)) return std::nullopt;
  }
  if (candidates.empty()) {
    PrintError(Message::kNoPolicies, common, {folder});
    return std::nullopt;
  }
  std::ranges::sort(candidates, {}, [](const Candidate& one) { return one.version.effective; });
  NameVersions(candidates);
  PolicySet set;
  for (Candidate& one : candidates) set.versions.push_back(std::move(one.version));
  set.chooser = ChooserOf(candidates.back().compilation, set.versions);
  return set;
}

}  // namespace polc
