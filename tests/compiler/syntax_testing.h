// What the tests of the syntax stage share: a text parsed, with its diagnostics.
#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/source/source.h"
#include "compiler/syntax/dump.h"
#include "compiler/syntax/parse_whole.h"

namespace pol::tests {

struct Parsed {
  source::Files files;
  diagnostics::Diagnostics diagnostics;
  syntax::WholeParse whole;

  std::string Dump() const { return syntax::Dump(whole.tree); }
  std::string Messages(diagnostics::Language language = diagnostics::Language::kEnglish) const {
    return diagnostics::Render(diagnostics, files, language);
  }
  // "P0102 P0126": the codes in the order of their places.
  std::string Codes() const {
    std::string codes;
    for (const auto& one : diagnostics.list())
      codes += (codes.empty() ? "" : " ") + std::string(CodeOf(one.kind));
    return codes;
  }
  std::string TextAt(std::size_t index) const {
    const auto range = diagnostics.list().at(index).range;
    return std::string(files[range.file].Slice(range));
  }
};

inline Parsed ParseText(std::string text, const syntax::ParseLimits& limits = {}) {
  Parsed parsed;
  const source::FileId file = parsed.files.Add("test.pol", std::move(text));
  parsed.whole = syntax::ParseWhole(parsed.files, file, parsed.diagnostics, limits);
  parsed.diagnostics.Sort();
  return parsed;
}

// Every .pol file of the project that is meant to be right: libraries, policies, examples and golden cases.
inline std::vector<std::filesystem::path> RightPolicies() {
  std::vector<std::filesystem::path> paths;
  for (const char* folder : {"stdlib", "policies", "examples", "tests/golden", "docs"}) {
    if (!std::filesystem::exists(folder)) continue;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
      const std::string path = entry.path().generic_string();
      const bool wrong =
          path.find("/fail_") != std::string::npos || path.find("/diagnostics/") != std::string::npos;
      if (entry.path().extension() == ".pol" && !wrong) paths.push_back(entry.path());
    }
  }
  return paths;
}

inline std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

}  // namespace pol::tests
