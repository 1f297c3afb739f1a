#include "polc/read_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <vector>

namespace polc {
namespace {

std::nullopt_t Refuse(Message message, const Common& common, const std::vector<std::string>& arguments) {
  PrintError(message, common, arguments);
  return std::nullopt;
}

// Reads until the end, growing by what is there: a size that was asked for beforehand may be wrong (pipes,
// growing files).
std::optional<std::string> ReadAll(int descriptor, const std::string& path, std::size_t limit,
                                   const Common& common) {
  std::string text;
  constexpr std::size_t kStep = 1U << 16U;
  while (true) {
    const std::size_t used = text.size();
    if (used > limit) return Refuse(Message::kFileTooLarge, common, {path, std::to_string(limit >> 20U)});
    text.resize(used + kStep);
    const ssize_t count = ::read(descriptor, text.data() + used, kStep);
    if (count < 0 && errno == EINTR) {
      text.resize(used);
      continue;
    }
    if (count < 0) return Refuse(Message::kCannotRead, common, {path, std::strerror(errno)});
    text.resize(used + static_cast<std::size_t>(count));
    if (count == 0) return text;
  }
}

}  // namespace

std::optional<std::string> ReadFile(const std::string& path, std::size_t limit, const Common& common) {
  if (path == "-") return ReadAll(STDIN_FILENO, Text(Message::kStandardInput, common), limit, common);
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    const bool absent = errno == ENOENT || errno == ENOTDIR;
    return Refuse(absent ? Message::kNoSuchFile : Message::kCannotRead, common, {path, std::strerror(errno)});
  }
  struct stat information {};
  std::optional<std::string> text;
  if (::fstat(descriptor, &information) == 0 && S_ISDIR(information.st_mode)) {
    PrintError(Message::kIsFolder, common, {path});
  } else {
    text = ReadAll(descriptor, path, limit, common);
  }
  ::close(descriptor);
  return text;
}

}  // namespace polc
