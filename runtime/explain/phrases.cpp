#include "runtime/explain/phrases.h"

namespace pol::explain {

namespace {

struct Wording {
  std::string_view english;
  std::string_view chinese;
};

constexpr Wording kWordings[] = {
#define POL_PHRASE(name, english, chinese) {english, chinese},
#include "runtime/explain/phrases.def"
#undef POL_PHRASE
};

}  // namespace

std::string Say(Phrase phrase, Language language, std::initializer_list<std::string_view> arguments) {
  const Wording& wording = kWordings[static_cast<std::size_t>(phrase)];
  const std::string_view pattern = language == Language::kChinese ? wording.chinese : wording.english;
  std::string text;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    // Patterns are this folder's own: a brace is always a hole with one digit in it.
    if (pattern[at] == '{') {
      const auto index = static_cast<std::size_t>(pattern[at + 1] - '0');
      if (index < arguments.size()) text += arguments.begin()[index];
      at += 2;
    } else {
      text += pattern[at];
    }
  }
  return text;
}

std::string SayList(const std::vector<std::string>& items, Language language) {
  std::string text;
  for (const std::string& item : items) {
    if (!text.empty()) text += Say(Phrase::kListComma, language);
    text += item;
  }
  return text;
}

const std::string& NameIn(const std::string& name, const std::string& label, Language language) {
  const std::string& first = language == Language::kChinese ? label : name;
  const std::string& second = language == Language::kChinese ? name : label;
  return first.empty() ? second : first;
}

}  // namespace pol::explain
