#include "tests/docs/shell.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "tests/docs/markdown.h"

namespace pol::docs {
namespace {

std::string Quoted(const std::string& text) {
  std::string quoted = "'";
  for (const char character : text)
    quoted += character == '\'' ? std::string("'\\''") : std::string(1, character);
  return quoted + "'";
}

}  // namespace

Scratch::Scratch() {
  std::string name = (std::filesystem::temp_directory_path() / "pol_docs_XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) std::abort();
  path_ = name;
  for (const char* folder : {"policies", "examples"})
    std::filesystem::create_symlink(Root() / folder, path_ / folder);
  std::filesystem::create_directory(path_ / ".bin");
  std::filesystem::create_symlink(POLC_PATH, path_ / ".bin" / "polc");
}

Scratch::~Scratch() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string Scratch::Run(const std::string& command) const {
  const std::string whole = "cd " + Quoted(path_.string()) +
                            " && exec 2>&1 </dev/null && PATH=$PWD/.bin:$PATH && " +
                            "LC_ALL=C.UTF-8 TZ=UTC && export PATH LC_ALL TZ && { " + command + "\n}";
  std::FILE* pipe = ::popen(whole.c_str(), "r");
  if (pipe == nullptr) return "popen failed";
  std::string output;
  std::array<char, 4096> buffer{};
  for (std::size_t size = 0; (size = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) {
    output.append(buffer.data(), size);
  }
  ::pclose(pipe);
  return output;
}

}  // namespace pol::docs
