// What polc itself says on standard error, in both languages (messages.def). Tested by tests/golden/cli/.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace polc {

// Options that every verb has.
struct Common {
  bool chinese = false;
};

enum class Message : std::uint8_t {
#define POL_MESSAGE(name, english, chinese) k##name,
#include "polc/messages.def"
#undef POL_MESSAGE
};

// The wording with its arguments filled in.
std::string Text(Message message, const Common& common, const std::vector<std::string>& arguments = {});

// "polc: …" on standard error.
void PrintError(Message message, const Common& common, const std::vector<std::string>& arguments = {});

}  // namespace polc
