// `--only`: which records to show, by an outcome of a decision or a state of a lifecycle. Tested by
// tests/golden/check/ and tests/golden/timeline/.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "polc/messages.h"
#include "runtime/program/program.h"

namespace polc {

// Something that comes out as one of several: a decision with its outcomes, a lifecycle with its states.
struct Choice {
  const pol::program::Naming* naming = nullptr;
  const std::vector<pol::program::Naming>* results = nullptr;
};
std::vector<Choice> DecisionsOf(const pol::program::Program& program);
std::vector<Choice> LifecyclesOf(const pol::program::Program& program);

class Only {
 public:
  // `only` is "RESULT" (of any choice), "CHOICE=RESULT" or empty, for all; names or labels. nullopt after it
  // was said that there is no such.
  static std::optional<Only> Parse(const std::vector<Choice>& choices, const std::string& only,
                                   const Common& common);
  bool active() const { return active_; }
  // Whether the result (a code, or engine::kUndetermined) of that choice is among those wanted.
  bool Wants(std::size_t choice, std::int32_t result) const;

 private:
  bool active_ = false;
  std::vector<std::vector<std::int32_t>> wanted_;  // by choice
};

}  // namespace polc
