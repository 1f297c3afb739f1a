// What stands in a policy's texts, as it was written there: declarations whole, on one line. Tested by
// tests/golden/overlay/.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/model/build.h"
#include "compiler/source/source.h"
#include "compiler/syntax/tree.h"

namespace polc {

// A policy with its texts and trees: itself, what it builds on, modules.
struct PolicyText {
  pol::source::Files files;
  std::vector<pol::syntax::Tree> trees;
  pol::diagnostics::Diagnostics diagnostics;
  std::optional<pol::model::Model> model;  // without errors
};
PolicyText ReadPolicy(std::string name, std::string text, const pol::model::Library& library);

// The path that the policy extends; nullopt when it extends none.
std::optional<pol::syntax::Path> BaseOf(const PolicyText& policy);

class Written {
 public:
  explicit Written(const PolicyText& policy);
  // The whole declaration or clause that the model has under this range: on one line, without comments.
  std::string TextOf(pol::source::Range range) const;
  // "city.pol:12".
  std::string PlaceOf(pol::source::Range range) const;
  // Where the policy itself replaces or drops the clause, or one that it is in.
  std::optional<pol::source::Range> ChangeOf(const std::string& clause) const;

 private:
  using Start = std::pair<std::uint32_t, std::uint32_t>;  // file, offset

  void Add(pol::source::Range named, pol::source::Range whole);
  void Add(const pol::syntax::Item& item, pol::source::Range whole);
  void Add(const pol::syntax::Tree& tree, pol::syntax::DeclarationId id);

  const PolicyText& policy_;
  std::map<Start, pol::source::Range> wholes_;  // by where a range of the model begins
};

}  // namespace polc
