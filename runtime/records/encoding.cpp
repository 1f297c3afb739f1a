#include "runtime/records/encoding.h"

#include <fcntl.h>
#include <iconv.h>
#include <simdjson.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "runtime/text/utf8.h"

namespace pol::records {
namespace {

constexpr std::string_view kReplacementText = "\xef\xbf\xbd";

class FileBytes : public ByteSource {
 public:
  explicit FileBytes(int descriptor) : descriptor_(descriptor) {}
  FileBytes(const FileBytes&) = delete;
  FileBytes& operator=(const FileBytes&) = delete;
  ~FileBytes() override {
    if (descriptor_ != STDIN_FILENO) ::close(descriptor_);
  }

  std::size_t Read(char* to, std::size_t room) override {
    while (true) {
      const ssize_t count = ::read(descriptor_, to, room);
      if (count >= 0) return static_cast<std::size_t>(count);
      if (errno == EINTR) continue;
      error_ = std::strerror(errno);
      return 0;
    }
  }
  std::string error() const override { return error_; }

 private:
  int descriptor_;
  std::string error_;
};

class MemoryBytes : public ByteSource {
 public:
  explicit MemoryBytes(std::string text) : text_(std::move(text)) {}
  std::size_t Read(char* to, std::size_t room) override {
    const std::size_t count = std::min(room, text_.size() - read_);
    std::memcpy(to, text_.data() + read_, count);
    read_ += count;
    return count;
  }

 private:
  std::string text_;
  std::size_t read_ = 0;
};

bool ReportFile(const std::string& file, ProblemKind kind, Problems& problems,
                std::vector<std::string> arguments = {}) {
  problems.Add(
      {.kind = kind, .file = file, .row = 0, .column = {}, .value = {}, .arguments = std::move(arguments)});
  return false;
}

// How many bytes at the end of `block` begin a UTF-8 character that goes on in the next block.
std::size_t UnfinishedUtf8(std::string_view block) {
  for (std::size_t back = 1; back <= std::min<std::size_t>(3, block.size()); ++back) {
    const auto byte = static_cast<unsigned char>(block[block.size() - back]);
    if (byte < 0x80) return 0;
    if (byte < 0xc0) continue;
    const std::size_t length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return length > back ? back : 0;
  }
  return 0;
}

// Appends `block` with what is no UTF-8 replaced; returns how many bytes were.
std::size_t AppendRepaired(std::string_view block, std::string& text) {
  std::size_t errors = 0;
  for (std::size_t at = 0; at < block.size();) {
    const std::size_t begin = at;
    const char32_t character = text::NextCharacter(block, at);
    if (character == text::kReplacement && at - begin == 1) {
      ++errors;
      text += kReplacementText;
    } else {
      text += block.substr(begin, at - begin);
    }
  }
  return errors;
}

// Bytes that begin neither a two-byte nor a four-byte character of GB18030.
std::size_t CountGb18030Errors(std::string_view block, bool is_end) {
  const auto within = [](char byte, unsigned first, unsigned last) {
    const auto value = static_cast<unsigned char>(byte);
    return value >= first && value <= last;
  };
  std::size_t errors = 0;
  for (std::size_t at = 0; at < block.size();) {
    const std::string_view rest = block.substr(at);
    const bool lead = within(rest[0], 0x81, 0xfe);
    if (lead && rest.size() < 4 && !is_end) break;
    const bool two = lead && rest.size() >= 2 && (within(rest[1], 0x40, 0x7e) || within(rest[1], 0x80, 0xfe));
    const bool four = lead && rest.size() >= 4 && within(rest[1], 0x30, 0x39) &&
                      within(rest[2], 0x81, 0xfe) && within(rest[3], 0x30, 0x39);
    if (static_cast<unsigned char>(rest[0]) >= 0x80 && !two && !four) ++errors;
    at += two ? 2 : four ? 4 : 1;
  }
  return errors;
}

// Zero bytes are replaced like bytes that are no text; returns whether there were any.
bool ReplaceZeros(std::string& text) {
  if (text.find('\0') == std::string::npos) return false;
  std::string replaced;
  for (const char byte : text) {
    if (byte == '\0') {
      replaced += kReplacementText;
    } else {
      replaced += byte;
    }
  }
  text = std::move(replaced);
  return true;
}

}  // namespace

// iconv by blocks: what the end of a block leaves unfinished is left to the caller.
class TextSource::Converter {
 public:
  explicit Converter(Encoding encoding) : handle_(::iconv_open("UTF-8", NameOf(encoding).data())) {}
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  ~Converter() {
    if (available()) ::iconv_close(handle_);
  }
  // NOLINTNEXTLINE(performance-no-int-to-ptr): what iconv_open returns on failure is defined so.
  bool available() const { return handle_ != reinterpret_cast<iconv_t>(-1); }

  struct Result {
    std::size_t used = 0;
    std::size_t errors = 0;
  };
  // Appends to `text`. With `is_end` an unfinished character at the end is an error.
  Result Convert(std::string_view block, bool is_end, std::string& text) {
    Result result;
    while (result.used < block.size()) {
      char output[16384];
      char* to = output;
      std::size_t room = sizeof output;
      char* from =
          const_cast<char*>(block.data()) + result.used;  // iconv's signature; it does not write there
      std::size_t left = block.size() - result.used;
      const std::size_t converted = ::iconv(handle_, &from, &left, &to, &room);
      const int error = converted == static_cast<std::size_t>(-1) ? errno : 0;
      text.append(output, static_cast<std::size_t>(to - output));
      result.used = block.size() - left;
      if (error == 0 || error == E2BIG) continue;
      if (error == EINVAL && !is_end) break;
      ++result.errors;
      ++result.used;
      text += kReplacementText;
    }
    return result;
  }

 private:
  iconv_t handle_;
};

std::string_view NameOf(Encoding encoding) {
  switch (encoding) {
    case Encoding::kGb18030:
      return "GB18030";
    case Encoding::kUtf16Little:
      return "UTF-16LE";
    case Encoding::kUtf16Big:
      return "UTF-16BE";
    default:
      return "UTF-8";
  }
}

std::unique_ptr<ByteSource> OpenFile(const std::string& file, Problems& problems) {
  if (file == "-") return std::make_unique<FileBytes>(STDIN_FILENO);
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    const bool absent = errno == ENOENT || errno == ENOTDIR;
    ReportFile(file, absent ? ProblemKind::kNoSuchFile : ProblemKind::kCannotRead, problems,
               {std::strerror(errno)});
    return nullptr;
  }
  auto bytes = std::make_unique<FileBytes>(descriptor);
  struct stat status {};
  if (::fstat(descriptor, &status) == 0 && S_ISDIR(status.st_mode)) {
    ReportFile(file, ProblemKind::kIsDirectory, problems);
    return nullptr;
  }
  return bytes;
}

std::unique_ptr<ByteSource> FromText(std::string text) {
  return std::make_unique<MemoryBytes>(std::move(text));
}

TextSource::TextSource(std::string file, std::unique_ptr<ByteSource> bytes)
    : file_(std::move(file)), bytes_(std::move(bytes)) {}
TextSource::~TextSource() = default;
TextSource::TextSource(TextSource&&) noexcept = default;
TextSource& TextSource::operator=(TextSource&&) noexcept = default;

std::string_view TextSource::ahead() const { return std::string_view{text_}.substr(taken_); }

// Appends a block to raw_; false when nothing more came.
bool TextSource::ReadBlock(Problems& problems) {
  const std::size_t before = raw_.size();
  std::size_t filled = before;
  while (filled < before + kBlock) {
    if (filled == raw_.size()) raw_.resize(filled + kStep);
    const std::size_t count = bytes_->Read(raw_.data() + filled, raw_.size() - filled);
    if (count == 0) {
      ended_ = true;
      break;
    }
    filled += count;
  }
  raw_.resize(filled);
  if (ended_ && !bytes_->error().empty()) {
    ReportFile(file_, ProblemKind::kCannotRead, problems, {bytes_->error()});
  }
  return filled > before;
}

bool TextSource::Start(Problems& problems) {
  ReadBlock(problems);
  if (!bytes_->error().empty()) return false;
  const std::string_view block = raw_;
  if (block.empty()) return ReportFile(file_, ProblemKind::kEmptyFile, problems);
  std::size_t mark = 0;
  if (block.starts_with("\xef\xbb\xbf")) {
    encoding_ = Encoding::kUtf8;
    mark = 3;
  } else if (block.starts_with("\xff\xfe")) {
    encoding_ = Encoding::kUtf16Little;
    mark = 2;
  } else if (block.starts_with("\xfe\xff")) {
    encoding_ = Encoding::kUtf16Big;
    mark = 2;
  } else if (block.starts_with("\x84\x31\x95\x33")) {
    encoding_ = Encoding::kGb18030;
    mark = 4;
  }
  const bool two_bytes = encoding_ == Encoding::kUtf16Little || encoding_ == Encoding::kUtf16Big;
  const std::size_t zero = block.find('\0');
  if (!two_bytes && zero != std::string_view::npos) {
    return ReportFile(file_, ProblemKind::kBinaryFile, problems, {std::to_string(zero + 1)});
  }
  raw_.erase(0, mark);
  return Decode(problems);
}

Encoding Detect(std::string_view block, bool is_end) {
  const std::string_view whole = is_end ? block : block.substr(0, block.size() - UnfinishedUtf8(block));
  if (simdjson::validate_utf8(whole.data(), whole.size())) return Encoding::kUtf8;
  std::string repaired;
  const std::size_t utf8_errors = AppendRepaired(whole, repaired);
  return CountGb18030Errors(block, is_end) < utf8_errors ? Encoding::kGb18030 : Encoding::kUtf8;
}

void TextSource::DecodeUtf8() {
  const std::size_t unfinished = ended_ ? 0 : UnfinishedUtf8(raw_);
  const std::string_view block = std::string_view{raw_}.substr(0, raw_.size() - unfinished);
  if (simdjson::validate_utf8(block.data(), block.size())) {
    text_.assign(block);
  } else {
    text_.clear();
    damaged_ = AppendRepaired(block, text_) > 0 || damaged_;
  }
  raw_.erase(0, block.size());
}

// Makes text_ of raw_, all but an unfinished character at its end.
bool TextSource::Decode(Problems& problems) {
  taken_ = 0;
  if (encoding_ == Encoding::kUndecided && !text::IsAscii(raw_)) encoding_ = Detect(raw_, ended_);
  if (encoding_ == Encoding::kUndecided || encoding_ == Encoding::kUtf8) {
    DecodeUtf8();
  } else {
    if (converter_ == nullptr) converter_ = std::make_unique<Converter>(encoding_);
    if (!converter_->available()) {
      ended_ = true;
      raw_.clear();
      return ReportFile(file_, ProblemKind::kNoConverter, problems, {std::string{NameOf(encoding_)}});
    }
    text_.clear();
    const Converter::Result result = converter_->Convert(raw_, ended_, text_);
    damaged_ = damaged_ || result.errors > 0;
    raw_.erase(0, result.used);
  }
  damaged_ = ReplaceZeros(text_) || damaged_;
  return true;
}

std::size_t TextSource::Take(char* to, std::size_t room, Problems& problems) {
  while (taken_ == text_.size()) {
    if (ended_ || !ReadBlock(problems)) {
      if (raw_.empty()) return 0;
      ended_ = true;
    }
    if (!Decode(problems)) return 0;
  }
  const std::size_t count = std::min(room, text_.size() - taken_);
  std::memcpy(to, text_.data() + taken_, count);
  taken_ += count;
  return count;
}

}  // namespace pol::records
