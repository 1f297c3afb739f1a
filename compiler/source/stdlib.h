// The standard library: the .pol files of stdlib/, carried inside the compiler so that it needs no
// installation to find them.
#pragma once

#include <span>
#include <string_view>

namespace pol::source {

struct EmbeddedFile {
  std::string_view path;  // relative to stdlib/, such as "calendar/cn.pol"
  std::string_view text;  // the file's bytes, valid for as long as the program runs
};

// Every file of the standard library, in order of path.
std::span<const EmbeddedFile> StandardLibrary();

}  // namespace pol::source
