// The whole compiler: a policy's text to its program. What polc's verbs and the tests call. Tested by
// tests/compiler/compile_test.cpp.
#pragma once

#include <optional>
#include <string>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/model/build.h"
#include "compiler/model/model.h"
#include "compiler/source/source.h"
#include "runtime/program/program.h"

namespace pol {

struct Compilation {
  source::Files files;
  diagnostics::Diagnostics diagnostics;
  std::optional<model::Model> model;        // without errors
  std::optional<program::Program> program;  // without errors
};

// A text and the name to show for it.
struct NamedText {
  std::string name;
  std::string text;
};

// `name` is shown in diagnostics; `examples` is the file of examples beside the policy. Never throws.
Compilation Compile(std::string name, std::string text, const model::Library& library,
                    std::optional<NamedText> examples = std::nullopt);

}  // namespace pol
