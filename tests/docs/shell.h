// Runs the commands that the documents show, as a reader would: in a scratch folder with the project's
// policies and examples at hand and the built polc on the path. Tested by tests/docs/manual_test.cpp.
#pragma once

#include <filesystem>
#include <string>

namespace pol::docs {

// A scratch folder that is removed again.
class Scratch {
 public:
  Scratch();
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  const std::filesystem::path& path() const { return path_; }

  // What the command prints, standard error included, in the order a terminal shows it.
  std::string Run(const std::string& command) const;

 private:
  std::filesystem::path path_;
};

}  // namespace pol::docs
