#include "polc/messages.h"

#include <fmt/format.h>

#include <cstddef>
#include <cstdio>
#include <string_view>

#include "runtime/text/utf8.h"

namespace polc {
namespace {

struct Wording {
  std::string_view english;
  std::string_view chinese;
};

constexpr Wording kWordings[] = {
#define POL_MESSAGE(name, english, chinese) {english, chinese},
#include "polc/messages.def"
#undef POL_MESSAGE
};

// Names of files and words of the command line can be of any length, and hold what a terminal would obey.
constexpr std::size_t kLongestArgument = 1000;

}  // namespace

std::string Text(Message message, const Common& common, const std::vector<std::string>& arguments) {
  const Wording& wording = kWordings[static_cast<std::size_t>(message)];
  const std::string_view text = common.chinese ? wording.chinese : wording.english;
  std::string filled;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '{') {
      filled += text[at];
      continue;
    }
    const auto index = static_cast<std::size_t>(text[at + 1] - '0');
    if (index < arguments.size()) filled += pol::text::Excerpt(arguments[index], kLongestArgument);
    at += 2;
  }
  return filled;
}

void PrintError(Message message, const Common& common, const std::vector<std::string>& arguments) {
  fmt::print(stderr, "polc: {}\n", Text(message, common, arguments));
}

}  // namespace polc
