// A file being written that appears whole or not at all: the text goes to a file in the same folder that has
// no name (where the system has no such files: a temporary one), and takes it only when all of it is on the
// disk. "-" is standard output; a device or pipe is written as it is. Tested by
// tests/runtime/output_test.cpp.
#pragma once

#include <string>
#include <string_view>

namespace pol::output {

class OutputFile {
 public:
  explicit OutputFile(std::string path);
  // Without Commit before, nothing remains.
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  // After the first failure nothing more is written; Commit tells of it.
  void Write(std::string_view text);
  // Makes the file appear; false with the system's reason in `error`, and then nothing appears.
  bool Commit(std::string& error);
  bool failed() const { return !error_.empty(); }
  const std::string& path() const { return path_; }

 private:
  void OpenTemporary();
  void GiveName();
  void Flush();
  void Fail();

  std::string path_;       // as asked for
  std::string target_;     // the file itself, where path_ is a link to it
  std::string temporary_;  // empty when written directly
  std::string buffer_;
  std::string error_;
  int descriptor_ = -1;
  bool owns_descriptor_ = false;
  bool nameless_ = false;  // the file has no name yet
};

}  // namespace pol::output
