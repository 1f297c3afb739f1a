#include "compiler/compile.h"

#include <utility>

#include "compiler/lower/lower.h"
#include "compiler/syntax/parse.h"

namespace pol {

Compilation Compile(std::string name, std::string text, const model::Library& library,
                    std::optional<NamedText> examples) {
  Compilation compilation;
  const source::FileId file = compilation.files.Add(std::move(name), std::move(text));
  syntax::Tree root = syntax::Parse(compilation.files, file, compilation.diagnostics);
  const std::vector<syntax::Tree> trees =
      model::LoadModules(compilation.files, std::move(root), library, compilation.diagnostics);
  std::optional<syntax::Tree> beside;
  if (examples) {
    const source::FileId id = compilation.files.Add(std::move(examples->name), std::move(examples->text));
    beside = syntax::Parse(compilation.files, id, compilation.diagnostics);
  }
  // What could not be read would be missed everywhere else, and each use of it reported as if it were a
  // mistake.
  if (!compilation.diagnostics.has_errors()) {
    compilation.model =
        model::Build(compilation.files, trees, compilation.diagnostics, beside ? &*beside : nullptr);
  }
  if (compilation.model) compilation.program = lower::Lower(*compilation.model, compilation.files);
  compilation.diagnostics.Sort();
  return compilation;
}

}  // namespace pol
