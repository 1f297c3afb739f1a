#include "runtime/output/output_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <utility>

namespace pol::output {
namespace {

constexpr std::size_t kBuffer = std::size_t{1} << 16U;

// The file behind a link; the path itself when there is none.
std::string Resolve(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> real(::realpath(path.c_str(), nullptr), &std::free);
  return real == nullptr ? path : std::string{real.get()};
}

// What a new file's permissions would be.
mode_t NewFileMode() {
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666 & ~mask;
}

std::string FolderOf(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
}

// A file without a name is found by its descriptor.
std::string PathOf(int descriptor) { return "/proc/self/fd/" + std::to_string(descriptor); }

// A file that has no name until it is given one, so that a run that is killed leaves nothing behind; negative
// where the system has no such files.
int OpenNameless(const std::string& folder) {
#ifdef O_TMPFILE
  const int descriptor = ::open(folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
  if (descriptor < 0 || ::access(PathOf(descriptor).c_str(), F_OK) == 0) return descriptor;
  ::close(descriptor);
#endif
  return -1;
}

// So that the new name outlives a power failure; a file system without this loses nothing else.
void SyncFolderOf(const std::string& path) {
  const int descriptor = ::open(FolderOf(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

}  // namespace

OutputFile::OutputFile(std::string path) : path_(std::move(path)), target_(path_) {
  if (path_ == "-") {
    descriptor_ = STDOUT_FILENO;
    return;
  }
  OpenTemporary();
}

OutputFile::~OutputFile() {
  if (owns_descriptor_) ::close(descriptor_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

void OutputFile::Fail() {
  if (!failed()) error_ = std::strerror(errno);
}

void OutputFile::OpenTemporary() {
  target_ = Resolve(path_);
  struct stat status {};
  const bool exists = ::stat(target_.c_str(), &status) == 0;
  if (exists && S_ISDIR(status.st_mode)) {
    errno = EISDIR;
    return Fail();
  }
  if (exists && !S_ISREG(status.st_mode)) {
    descriptor_ = ::open(target_.c_str(), O_WRONLY | O_CLOEXEC);
    owns_descriptor_ = descriptor_ >= 0;
    if (descriptor_ < 0) Fail();
    return;
  }
  descriptor_ = OpenNameless(FolderOf(target_));
  nameless_ = descriptor_ >= 0;
  if (!nameless_) {
    std::string name = target_ + ".XXXXXX";
    descriptor_ = ::mkstemp(name.data());
    if (descriptor_ < 0) return Fail();
    temporary_ = name;
  }
  owns_descriptor_ = true;
  if (::fchmod(descriptor_, exists ? status.st_mode & 07777U : NewFileMode()) != 0) Fail();
}

// A name beside the target, from which the file can take the target's in one step.
void OutputFile::GiveName() {
  const std::string process = std::to_string(::getpid());
  for (int number = 0;; ++number) {
    const std::string name = target_ + "." + process + "-" + std::to_string(number);
    if (::linkat(AT_FDCWD, PathOf(descriptor_).c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) == 0) {
      temporary_ = name;
      return;
    }
    if (errno != EEXIST) return Fail();
  }
}

void OutputFile::Flush() {
  std::string_view rest = buffer_;
  while (!rest.empty() && !failed()) {
    const ssize_t count = ::write(descriptor_, rest.data(), rest.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      Fail();
    } else {
      rest.remove_prefix(static_cast<std::size_t>(count));
    }
  }
  buffer_.clear();
}

void OutputFile::Write(std::string_view text) {
  if (failed()) return;
  buffer_ += text;
  if (buffer_.size() >= kBuffer) Flush();
}

bool OutputFile::Commit(std::string& error) {
  if (!failed()) Flush();
  if ((nameless_ || !temporary_.empty()) && !failed()) {
    if (::fsync(descriptor_) != 0 && errno != EINVAL) Fail();
    if (nameless_ && !failed()) GiveName();
    owns_descriptor_ = false;
    if (::close(descriptor_) != 0) Fail();
    if (!failed() && ::rename(temporary_.c_str(), target_.c_str()) != 0) Fail();
    if (!failed()) {
      temporary_.clear();
      SyncFolderOf(target_);
    }
  }
  error = error_;
  return !failed();
}

}  // namespace pol::output
