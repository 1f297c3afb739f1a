#include "polc/only.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/source/map_each.h"
#include "runtime/engine/decide.h"
#include "runtime/text/nearest.h"

namespace polc {
namespace {

bool IsCalled(const pol::program::Naming& naming, const std::string& word) {
  return naming.name == word || naming.label == word;
}

// The result's code in one choice by its name or label; nullopt when it has none such.
std::optional<std::int32_t> ResultCode(const Choice& choice, const std::string& word) {
  if (word == "undetermined" || word == "待定") return pol::engine::kUndetermined;
  for (std::size_t index = 0; index < choice.results->size(); ++index) {
    if (IsCalled((*choice.results)[index], word)) return static_cast<std::int32_t>(index);
  }
  return std::nullopt;
}

// Names of the policy as messages give them, and every spelling that --only takes.
struct Spellings {
  std::vector<std::string> shown;
  std::vector<std::string> all;

  void Add(const std::string& name, const std::string& label, const Common& common) {
    shown.push_back(common.chinese && !label.empty() ? label : name);
    all.push_back(name);
    if (!label.empty()) all.push_back(label);
  }
};

// `with_nearest` follows its plain message, and takes the nearest spelling as one more argument.
void PrintUnknown(Message plain, Message with_nearest, const std::string& only, const std::string& word,
                  const Spellings& spellings, const Common& common) {
  std::vector<std::string> arguments{
      only, word, fmt::format("{}", fmt::join(spellings.shown, common.chinese ? "、" : ", "))};
  const std::optional<std::string> nearest = pol::text::Nearest(word, spellings.all);
  if (nearest) arguments.push_back(*nearest);
  PrintError(nearest ? with_nearest : plain, common, arguments);
}

}  // namespace

std::vector<Choice> DecisionsOf(const pol::program::Program& program) {
  return pol::MapEach(program.decisions, [](const pol::program::Decision& decision) {
    return Choice{&decision.naming, &decision.outcomes};
  });
}

std::vector<Choice> LifecyclesOf(const pol::program::Program& program) {
  return pol::MapEach(program.lifecycles, [&](const pol::program::Lifecycle& lifecycle) {
    return Choice{&lifecycle.naming, &program.schema.enumerations[lifecycle.enumeration].members};
  });
}

std::optional<Only> Only::Parse(const std::vector<Choice>& choices, const std::string& only,
                                const Common& common) {
  Only parsed;
  if (only.empty()) return parsed;
  const std::size_t equal = only.find('=');
  const std::string name = equal == std::string::npos ? "" : only.substr(0, equal);
  const std::string word = equal == std::string::npos ? only : only.substr(equal + 1);
  Spellings names;
  Spellings results;
  results.Add("undetermined", "待定", common);
  bool named = false;
  parsed.wanted_.resize(choices.size());
  for (std::size_t index = 0; index < choices.size(); ++index) {
    const Choice& choice = choices[index];
    names.Add(choice.naming->name, choice.naming->label, common);
    if (equal != std::string::npos && !IsCalled(*choice.naming, name)) continue;
    named = true;
    for (const pol::program::Naming& result : *choice.results) {
      results.Add(result.name, result.label, common);
    }
    const std::optional<std::int32_t> code = ResultCode(choice, word);
    if (!code) continue;
    parsed.wanted_[index].push_back(*code);
    parsed.active_ = true;
  }
  if (parsed.active_) return parsed;
  if (named) {
    PrintUnknown(Message::kNoSuchOutcome, Message::kNoSuchOutcomeNear, only, word, results, common);
  } else {
    PrintUnknown(Message::kNoSuchDecision, Message::kNoSuchDecisionNear, only, name, names, common);
  }
  return std::nullopt;
}

bool Only::Wants(std::size_t choice, std::int32_t result) const {
  return !active_ || std::ranges::find(wanted_[choice], result) != wanted_[choice].end();
}

}  // namespace polc
