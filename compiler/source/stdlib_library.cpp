// The library of the modules that the compiler carries inside itself.
#include <algorithm>

#include "compiler/model/build.h"
#include "compiler/source/stdlib.h"

namespace pol::model {
namespace {

class StandardLibraryModules final : public Library {
 public:
  std::optional<Found> Find(const std::string& path) const override {
    const auto files = source::StandardLibrary();
    const auto file = std::ranges::find(files, path, &source::EmbeddedFile::path);
    if (file == files.end()) return std::nullopt;
    return Found{"stdlib/" + path, std::string(file->text)};
  }

  std::vector<std::string> List() const override {
    std::vector<std::string> paths;
    for (const source::EmbeddedFile& file : source::StandardLibrary()) paths.emplace_back(file.path);
    return paths;
  }
};

}  // namespace

const Library& StandardLibraryOnly() {
  static const StandardLibraryModules kModules;
  return kModules;
}

}  // namespace pol::model
