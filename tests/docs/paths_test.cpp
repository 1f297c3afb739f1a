// Every path that README.md and the documents for developers name exists.
#include <doctest/doctest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <string>

#include "tests/docs/markdown.h"

namespace pol::docs {
namespace {

// A path of the project: it has a slash or an extension of ours, and nothing that makes it a pattern or a
// command.
bool IsPath(const std::string& span) {
  const bool plain = !span.empty() && std::all_of(span.begin(), span.end(), [](unsigned char character) {
    return std::isalnum(character) != 0 || character == '/' || character == '.' || character == '_' ||
           character == '-';
  });
  if (!plain || span.front() == '/' || span.front() == '.' || span.front() == '-') return false;
  if (span.starts_with("build/")) return false;
  const std::string extension = std::filesystem::path(span).extension();
  return span.find('/') != std::string::npos || extension == ".md" || extension == ".txt";
}

TEST_CASE("paths that the documents name exist") {
  for (const char* document : {"README.md", "docs/architecture.md", "docs/adding-a-construct.md",
                               "examples/beijing-tic/README.md"}) {
    const std::string markdown = ReadWhole(Root() / document);
    REQUIRE_MESSAGE(!markdown.empty(), document);
    const std::filesystem::path folder = (Root() / document).parent_path();
    for (const std::string& span : CodeSpans(markdown)) {
      if (!IsPath(span)) continue;
      const bool exists = std::filesystem::exists(Root() / span) || std::filesystem::exists(folder / span);
      CHECK_MESSAGE(exists, document, " names ", span, ", which does not exist");
    }
  }
}

// [words](target) of every document, when the target is a file.
TEST_CASE("links between the documents lead somewhere") {
  for (const std::filesystem::path& document : Documents()) {
    const std::string markdown = ReadWhole(document);
    for (std::size_t at = markdown.find("]("); at != std::string::npos; at = markdown.find("](", at + 1)) {
      const std::size_t close = markdown.find(')', at);
      std::string target = markdown.substr(at + 2, close - at - 2);
      target = target.substr(0, target.find('#'));
      if (target.empty() || target.find("://") != std::string::npos) continue;
      CHECK_MESSAGE(std::filesystem::exists(document.parent_path() / target), document.string(), " links to ",
                    target);
    }
  }
}

}  // namespace
}  // namespace pol::docs
