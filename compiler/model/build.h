// From syntax trees to the model: imports, names, types, units, bands, citations, optional facts. Everything
// wrong is reported, several findings a run, and the model exists only without errors. Tested by
// tests/compiler/model_test.cpp and tests/golden/diagnostics/.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/model/model.h"
#include "compiler/source/source.h"
#include "compiler/syntax/tree.h"

namespace pol::model {

// Where `use a.b` is looked for: beside the policy first, then in the standard library.
class Library {
 public:
  virtual ~Library() = default;
  // The module's text and the name to show for it; nullopt when there is none. `path` is "a/b.pol".
  struct Found {
    std::string name;
    std::string text;
  };
  virtual std::optional<Found> Find(const std::string& path) const = 0;
  // Paths that exist, for "did you mean".
  virtual std::vector<std::string> List() const = 0;
};

// The embedded standard library alone.
const Library& StandardLibraryOnly();

// Parses the modules that `root` uses (transitively, each once; a cycle is an error) into `files`, root
// first.
std::vector<syntax::Tree> LoadModules(source::Files& files, syntax::Tree root, const Library& library,
                                      diagnostics::Diagnostics& diagnostics);

// trees[0] is the policy; `examples` is the file of examples beside it, if there is one. nullopt when there
// was any error.
std::optional<Model> Build(const source::Files& files, const std::vector<syntax::Tree>& trees,
                           diagnostics::Diagnostics& diagnostics, const syntax::Tree* examples = nullptr);

}  // namespace pol::model
