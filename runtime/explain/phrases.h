// The wordings of explanations, in both languages, from phrases.def. Tested by
// tests/runtime/explain_test.cpp.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/explain/explain.h"
#include "runtime/program/schema.h"

namespace pol::explain {

enum class Phrase : std::uint8_t {
#define POL_PHRASE(name, english, chinese) k##name,
#include "runtime/explain/phrases.def"
#undef POL_PHRASE
};

// The phrase with {0}, {1}… filled in.
std::string Say(Phrase phrase, Language language, std::initializer_list<std::string_view> arguments = {});

// Joined by the language's comma.
std::string SayList(const std::vector<std::string>& items, Language language);

// How a thing is called: in Chinese by its label, in English by its name; by the other where there is none.
const std::string& NameIn(const std::string& name, const std::string& label, Language language);
inline const std::string& NameIn(const program::Naming& naming, Language language) {
  return NameIn(naming.name, naming.label, language);
}

}  // namespace pol::explain
