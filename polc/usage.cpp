#include "polc/usage.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <map>
#include <optional>
#include <utility>

#include "runtime/text/nearest.h"

namespace polc {
namespace {

using Words = std::vector<std::string>;

Words ChoicesOf(const CLI::Option& option) {
  const std::string type = option.get_type_name();
  if (type.find('|') == std::string::npos) return {};
  return CLI::detail::split(type, '|');
}

bool IsChosen(const Words& choices, const std::string& value) {
  return choices.empty() || std::find(choices.begin(), choices.end(), value) != choices.end();
}

// The option's names with their dashes, the long one first.
Words NamesOf(const CLI::Option& option) {
  Words names;
  for (const std::string& name : option.get_lnames()) names.push_back("--" + name);
  for (const std::string& name : option.get_snames()) names.push_back("-" + name);
  return names;
}

Words NamesOfOptions(const CLI::App& application) {
  Words names;
  for (const CLI::Option* option : application.get_options()) {
    for (std::string& name : NamesOf(*option)) names.push_back(std::move(name));
  }
  return names;
}

Words NamesOfVerbs(const CLI::App& application) {
  Words names;
  for (const CLI::App* verb : application.get_subcommands({})) names.push_back(verb->get_name());
  return names;
}

bool IsOption(const std::string& word) { return word.size() > 1 && word[0] == '-'; }

// One verb's arguments, from left to right.
class Check {
 public:
  Check(const CLI::App& verb, const Common& common) : verb_(verb), common_(common) {}

  bool Run(const Words& arguments) {
    std::size_t at = 0;
    bool only_operands = false;
    while (at < arguments.size()) {
      const std::string& word = arguments[at++];
      if (word == "--" && !only_operands) {
        only_operands = true;
      } else if (only_operands || !IsOption(word)) {
        operands_.push_back(word);
      } else if (!TakeOption(word, arguments, at)) {
        return false;
      }
    }
    return helps_ || (CheckOperands() && CheckRequired());
  }

 private:
  bool Say(Message message, const Words& arguments) const {
    PrintError(message, common_, arguments);
    return false;
  }

  // `-oFILE`, `-o FILE`, `--output=FILE`, `--output FILE`, or a flag.
  bool TakeOption(const std::string& word, const Words& arguments, std::size_t& at) {
    const bool is_long = word[1] == '-';
    const std::size_t end = is_long ? std::min(word.find('='), word.size()) : 2;
    const std::string name = word.substr(0, end);
    const CLI::Option* const option = verb_.get_option_no_throw(name);
    if (option == nullptr) return SayUnknown(is_long ? name : word);
    helps_ = helps_ || option == verb_.get_help_ptr();
    const bool takes_value = option->get_items_expected_max() > 0;
    const bool repeats = option->get_items_expected_max() > 1;
    if (++times_[option] > 1 && takes_value && !repeats) return Say(Message::kOptionTwice, {name});
    if (!takes_value) return true;
    std::string value;
    if (end < word.size()) {
      value = word.substr(end + (is_long ? 1 : 0));
    } else if (at < arguments.size()) {
      value = arguments[at++];
    }
    if (value.empty()) return Say(Message::kValueMissing, {name, option->get_type_name()});
    const Words choices = ChoicesOf(*option);
    if (IsChosen(choices, value)) return true;
    return Say(Message::kNotAChoice, {name, value, fmt::format("{}", fmt::join(choices, " | "))});
  }

  // Of one letter any other is near: there all are named.
  bool SayUnknown(const std::string& name) const {
    const Words names = NamesOfOptions(verb_);
    const auto nearest = name.size() > 2 ? pol::text::Nearest(name, names) : std::nullopt;
    if (nearest) return Say(Message::kUnknownOptionNear, {name, *nearest});
    return Say(Message::kUnknownOption, {name, fmt::format("{}", fmt::join(names, ", "))});
  }

  bool CheckOperands() const {
    std::size_t most = 0;
    std::size_t least = 0;
    for (const CLI::Option* option : verb_.get_options()) {
      if (!option->get_positional()) continue;
      most += static_cast<std::size_t>(option->get_items_expected_max());
      if (++least > operands_.size()) return SayMissing(*option, option->get_name());
    }
    return operands_.size() <= most || Say(Message::kOneTooMany, {operands_[most]});
  }

  bool CheckRequired() const {
    for (const CLI::Option* option : verb_.get_options()) {
      if (option->get_positional() || !option->get_required() || times_.contains(option)) continue;
      return SayMissing(*option, NamesOf(*option).front() + " " + option->get_type_name());
    }
    return true;
  }

  bool SayMissing(const CLI::Option& option, const std::string& name) const {
    return Say(Message::kArgumentMissing, {name, option.get_description()});
  }

  const CLI::App& verb_;
  const Common& common_;
  Words operands_;
  std::map<const CLI::Option*, int> times_;
  bool helps_ = false;
};

// The verb that the first argument names; nullptr after saying that there is none.
const CLI::App* VerbOf(CLI::App& application, const Words& arguments, const Common& common) {
  const Words verbs = NamesOfVerbs(application);
  const std::string list = fmt::format("{}", fmt::join(verbs, ", "));
  if (arguments.empty()) {
    PrintError(Message::kNoVerb, common, {list});
    return nullptr;
  }
  const std::string& word = arguments.front();
  if (std::find(verbs.begin(), verbs.end(), word) != verbs.end()) return application.get_subcommand(word);
  if (const auto nearest = pol::text::Nearest(word, verbs)) {
    PrintError(Message::kUnknownVerbNear, common, {word, *nearest});
  } else {
    PrintError(Message::kUnknownVerb, common, {word, list});
  }
  return nullptr;
}

bool PrintHelp(const std::string& command, const Common& common) {
  fmt::print(stderr, "{}\n", Text(Message::kHelp, common, {command}));
  return false;
}

}  // namespace

Common LanguageOf(const std::vector<std::string>& arguments) {
  Common common;
  for (std::size_t at = 0; at < arguments.size(); ++at) {
    const bool next = arguments[at] == "--lang" && at + 1 < arguments.size();
    if (next) common.chinese = arguments[at + 1] == "zh";
    if (arguments[at].starts_with("--lang=")) common.chinese = arguments[at] == "--lang=zh";
  }
  return common;
}

bool CheckUsage(CLI::App& application, const std::vector<std::string>& arguments, const Common& common) {
  if (!arguments.empty() && application.get_option_no_throw(arguments.front()) != nullptr) return true;
  if (!arguments.empty() && IsOption(arguments.front()))
    return Check(application, common).Run({arguments.front()}) || PrintHelp("polc", common);
  const CLI::App* const verb = VerbOf(application, arguments, common);
  if (verb == nullptr) return PrintHelp("polc", common);
  if (Check(*verb, common).Run({arguments.begin() + 1, arguments.end()})) return true;
  return PrintHelp("polc " + verb->get_name(), common);
}

}  // namespace polc
