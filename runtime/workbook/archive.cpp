#include "runtime/workbook/archive.h"

#include <minizip/unzip.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <limits>
#include <new>
#include <utility>

namespace pol::workbook {
namespace {

constexpr int kAnyCase = 2;  // of unzLocateFile

// An archive in memory as minizip wants to see it: a file that is opened, sought and read.
struct Cursor {
  const std::string* bytes = nullptr;
  std::uint64_t at = 0;
};

void* OpenCursor(void* bytes, const void* /*name*/, int /*mode*/) {
  return new (std::nothrow) Cursor{static_cast<const std::string*>(bytes)};
}

uLong ReadCursor(void* /*bytes*/, void* stream, void* to, uLong room) {
  Cursor& cursor = *static_cast<Cursor*>(stream);
  const std::uint64_t left = cursor.bytes->size() - std::min<std::uint64_t>(cursor.at, cursor.bytes->size());
  const std::size_t count = std::min<std::uint64_t>(room, left);
  std::memcpy(to, cursor.bytes->data() + (left == 0 ? 0 : cursor.at), count);
  cursor.at += count;
  return static_cast<uLong>(count);
}

uLong WriteNothing(void* /*bytes*/, void* /*stream*/, const void* /*from*/, uLong /*size*/) { return 0; }

ZPOS64_T TellCursor(void* /*bytes*/, void* stream) { return static_cast<Cursor*>(stream)->at; }

long SeekCursor(void* /*bytes*/, void* stream, ZPOS64_T offset, int origin) {
  Cursor& cursor = *static_cast<Cursor*>(stream);
  const std::uint64_t from = origin == ZLIB_FILEFUNC_SEEK_CUR   ? cursor.at
                             : origin == ZLIB_FILEFUNC_SEEK_END ? cursor.bytes->size()
                                                                : 0;
  if (offset > cursor.bytes->size() || from + offset > cursor.bytes->size()) return -1;
  cursor.at = from + offset;
  return 0;
}

int CloseCursor(void* /*bytes*/, void* stream) {
  delete static_cast<Cursor*>(stream);
  return 0;
}

int NoError(void* /*bytes*/, void* /*stream*/) { return 0; }

struct Closer {
  void operator()(void* file) const { unzClose(file); }
};
using Handle = std::unique_ptr<void, Closer>;

std::string ReasonOf(int code) {
  switch (code) {
    case UNZ_END_OF_LIST_OF_FILE:
      return "it is not there";
    case UNZ_CRCERROR:
      return "its checksum is wrong";
    default:
      return "it cannot be unpacked";
  }
}

class ZipPart : public PartStream {
 public:
  ZipPart(Handle handle, std::string part, std::uint64_t most_bytes, std::uint64_t packed)
      : handle_(std::move(handle)), part_(std::move(part)), most_(std::min(most_bytes, MostOf(packed))) {}

  std::size_t Read(char* to, std::size_t room) override {
    if (ended_) return 0;
    const auto wanted = static_cast<unsigned>(std::min<std::size_t>(room, 1U << 20U));
    const int count = unzReadCurrentFile(handle_.get(), to, wanted);
    if (count > 0) {
      read_ += static_cast<std::uint64_t>(count);
      if (read_ <= most_) return static_cast<std::size_t>(count);
      return Stop({FaultKind::kTooBig, part_, std::to_string(most_ >> 20U)});
    }
    const int closed = count < 0 ? count : unzCloseCurrentFile(handle_.get());
    if (closed != UNZ_OK) return Stop({FaultKind::kDamaged, part_, ReasonOf(closed)});
    ended_ = true;
    return 0;
  }
  const Fault& fault() const override { return fault_; }

 private:
  static std::uint64_t MostOf(std::uint64_t packed) {
    return packed > std::numeric_limits<std::uint64_t>::max() / (2 * kMostRatio)
               ? std::numeric_limits<std::uint64_t>::max()
               : packed * kMostRatio + kFreeBytes;
  }
  std::size_t Stop(Fault fault) {
    fault_ = std::move(fault);
    ended_ = true;
    return 0;
  }

  Handle handle_;
  std::string part_;
  std::uint64_t most_;
  std::uint64_t read_ = 0;
  bool ended_ = false;
  Fault fault_;
};

}  // namespace

struct Archive::Storage {
  std::string path;   // of a file
  std::string bytes;  // of an archive in memory
  bool in_memory = false;

  Handle Open() {
    if (!in_memory) return Handle{unzOpen64(path.c_str())};
    zlib_filefunc64_def functions{};
    functions.zopen64_file = OpenCursor;
    functions.zread_file = ReadCursor;
    functions.zwrite_file = WriteNothing;
    functions.ztell64_file = TellCursor;
    functions.zseek64_file = SeekCursor;
    functions.zclose_file = CloseCursor;
    functions.zerror_file = NoError;
    functions.opaque = &bytes;
    return Handle{unzOpen2_64("", &functions)};
  }

  // Whether it opens at all.
  bool Check(Fault& fault) {
    const Handle handle = Open();
    unz_global_info64 information{};
    if (handle == nullptr || unzGetGlobalInfo64(handle.get(), &information) != UNZ_OK) {
      fault = {FaultKind::kDamaged, {}, "the end of the archive is missing"};
    } else if (information.number_entry > kMostParts) {
      fault = {FaultKind::kDamaged, {}, "it has too many parts"};
    }
    return !fault.any();
  }
};

Archive::Archive() : storage_(std::make_unique<Storage>()) {}
Archive::~Archive() = default;

std::unique_ptr<Archive> Archive::FromFile(const std::string& path, Fault& fault) {
  auto archive = std::make_unique<Archive>();
  archive->storage_->path = path;
  if (!archive->storage_->Check(fault)) return nullptr;
  return archive;
}

std::unique_ptr<Archive> Archive::FromBytes(std::string bytes, Fault& fault) {
  auto archive = std::make_unique<Archive>();
  archive->storage_->bytes = std::move(bytes);
  archive->storage_->in_memory = true;
  if (!archive->storage_->Check(fault)) return nullptr;
  return archive;
}

bool Archive::Has(const std::string& part) const {
  const Handle handle = storage_->Open();
  return handle != nullptr && unzLocateFile(handle.get(), part.c_str(), kAnyCase) == UNZ_OK;
}

std::unique_ptr<PartStream> Archive::Open(const std::string& part, std::uint64_t most_bytes,
                                          Fault& fault) const {
  Handle handle = storage_->Open();
  int code = handle == nullptr ? UNZ_ERRNO : unzLocateFile(handle.get(), part.c_str(), kAnyCase);
  unz_file_info64 information{};
  if (code == UNZ_OK) {
    code = unzGetCurrentFileInfo64(handle.get(), &information, nullptr, 0, nullptr, 0, nullptr, 0);
  }
  if (code == UNZ_OK && (information.flag & 1U) != 0) {
    fault = {FaultKind::kProtected, part, {}};
    return nullptr;
  }
  if (code == UNZ_OK) code = unzOpenCurrentFile(handle.get());
  if (code != UNZ_OK) {
    fault = {FaultKind::kDamaged, part, ReasonOf(code)};
    return nullptr;
  }
  return std::make_unique<ZipPart>(std::move(handle), part, most_bytes, information.compressed_size);
}

}  // namespace pol::workbook
