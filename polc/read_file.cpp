#include "polc/read_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace polc {
namespace {

// Reads until the end, growing by what is there: a size that was asked for beforehand may be wrong (pipes,
// growing files).
std::optional<std::string> ReadAll(int descriptor, const std::string& path, std::size_t limit,
                                   std::string& error) {
  std::string text;
  constexpr std::size_t kStep = 1U << 16U;
  while (true) {
    const std::size_t used = text.size();
    if (used > limit) {
      error = fmt::format("{}: larger than {} bytes, which is the most that is read", path, limit);
      return std::nullopt;
    }
    text.resize(used + kStep);
    const ssize_t count = ::read(descriptor, text.data() + used, kStep);
    if (count < 0 && errno == EINTR) {
      text.resize(used);
      continue;
    }
    if (count < 0) {
      error = fmt::format("{}: cannot be read: {}", path, std::strerror(errno));
      return std::nullopt;
    }
    text.resize(used + static_cast<std::size_t>(count));
    if (count == 0) return text;
  }
}

}  // namespace

std::optional<std::string> ReadFile(const std::string& path, std::size_t limit, std::string& error) {
  if (path == "-") return ReadAll(STDIN_FILENO, "standard input", limit, error);
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    error = fmt::format("{}: {}", path, errno == ENOENT ? "there is no such file" : std::strerror(errno));
    return std::nullopt;
  }
  struct stat information {};
  std::optional<std::string> text;
  if (::fstat(descriptor, &information) == 0 && S_ISDIR(information.st_mode)) {
    error = fmt::format("{}: is a directory, a file was expected", path);
  } else {
    text = ReadAll(descriptor, path, limit, error);
  }
  ::close(descriptor);
  return text;
}

}  // namespace polc
