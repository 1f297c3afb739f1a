// A file being written that appears whole or not at all: the text goes to a temporary file in the same
// folder, which takes the name only when all of it is on the disk. "-" is standard output; a device or pipe
// is written as it is. Tested by tests/runtime/output_test.cpp.
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
  // Makes the file appear; false with the reason in `error`, and then nothing appears.
  bool Commit(std::string& error);
  bool failed() const { return !error_.empty(); }

 private:
  void OpenTemporary();
  void Flush();
  void Fail(const std::string& action);

  std::string path_;       // as asked for
  std::string target_;     // the file itself, where path_ is a link to it
  std::string temporary_;  // empty when written directly
  std::string buffer_;
  std::string error_;
  int descriptor_ = -1;
  bool owns_descriptor_ = false;
};

// Writes a whole file ("-" is standard output); false with the reason in `error`.
bool WriteFile(const std::string& path, std::string_view text, std::string& error);

}  // namespace pol::output
