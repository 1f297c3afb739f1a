#include <algorithm>
#include <filesystem>
#include <utility>

#include "runtime/records/files.h"
#include "runtime/records/sheet_reader.h"
#include "runtime/records/tables.h"
#include "runtime/records/workbook_sheets.h"

// Records from a workbook: the sheet that holds them, with the sheets of its lists as tables.

namespace pol::records {
namespace {

// A workbook that is not a file of its own (standard input, a pipe) is read into memory, up to this.
constexpr std::size_t kMostBytesInMemory = std::size_t{256} << 20U;
// What the first bytes of files say: a zip archive (also an empty one), a file of the older Office.
constexpr std::string_view kZip{"PK\x03\x04", 4};
constexpr std::string_view kEmptyZip{"PK\x05\x06", 4};
constexpr std::string_view kOldOffice{"\xd0\xcf\x11\xe0", 4};

class WorkbookReader : public Reader {
 public:
  WorkbookReader(const program::Schema& schema, const Shared& shared, std::uint32_t file,
                 std::unique_ptr<workbook::Workbook> workbook)
      : schema_(schema), shared_(shared), file_(file), workbook_(std::move(workbook)), tables_(schema) {}

  bool Start(Problems& problems) {
    ChosenSheets chosen;
    if (!ChooseSheets(schema_, *workbook_, shared_, file_, chosen, problems)) return false;
    for (const ListSheet& list : chosen.lists) {
      const auto open = [&](const program::Schema& schema, Shared& shared) {
        return OpenSheet(schema, shared, 0, *workbook_, list.sheet, problems);
      };
      const Tables::Origin origin{.file = shared_.files[file_],
                                  .sheet = workbook_->sheets()[list.sheet].name};
      if (!tables_.LoadSheet(list.domain, origin, shared_, open, problems)) return false;
    }
    shared_.sheets = &tables_;
    records_ = OpenSheet(schema_, shared_, file_, *workbook_, chosen.records, problems);
    return records_ != nullptr;
  }

  bool Next(Batch& batch, Problems& problems) override {
    if (records_->Next(batch, problems)) return true;
    if (!std::exchange(orphans_reported_, true)) tables_.ReportOrphans(problems);
    return false;
  }

 private:
  const program::Schema& schema_;
  Shared shared_;  // with the lists of this workbook alone
  std::uint32_t file_;
  std::unique_ptr<workbook::Workbook> workbook_;
  Tables tables_;
  std::unique_ptr<Reader> records_;
  bool orphans_reported_ = false;
};

// Reads on to the end; false when that is too much.
bool ReadAll(ByteSource& source, std::string& bytes) {
  constexpr std::size_t kStep = std::size_t{1} << 16U;
  while (bytes.size() <= kMostBytesInMemory) {
    const std::size_t before = bytes.size();
    bytes.resize(before + kStep);
    const std::size_t count = source.Read(bytes.data() + before, kStep);
    bytes.resize(before + count);
    if (count == 0) return true;
  }
  return false;
}

// The older Office's files are all of one kind from outside: a password makes one of any workbook.
workbook::Fault OldOfficeFault(ByteSource& source, std::string bytes) {
  std::string mark;
  for (const char letter : std::string_view{"EncryptedPackage"}) (mark += letter) += '\0';
  constexpr std::size_t kStep = std::size_t{1} << 16U;
  while (bytes.find(mark) == std::string::npos) {
    bytes.erase(0, bytes.size() - std::min(bytes.size(), mark.size()));
    const std::size_t before = bytes.size();
    bytes.resize(before + kStep);
    const std::size_t count = source.Read(bytes.data() + before, kStep);
    bytes.resize(before + count);
    if (count == 0) return {workbook::FaultKind::kOtherFormat, {}, ".xls"};
  }
  return {workbook::FaultKind::kProtected, {}, {}};
}

std::unique_ptr<workbook::Workbook> OpenArchive(const std::string& file, std::string beginning,
                                                ByteSource& source, workbook::Fault& fault) {
  if (beginning.starts_with(kOldOffice)) {
    fault = OldOfficeFault(source, std::move(beginning));
    return nullptr;
  }
  std::unique_ptr<workbook::Archive> archive;
  std::error_code code;
  if (file != "-" && std::filesystem::is_regular_file(file, code)) {
    archive = workbook::Archive::FromFile(file, fault);
  } else if (ReadAll(source, beginning)) {
    archive = workbook::Archive::FromBytes(std::move(beginning), fault);
  } else {
    fault = {workbook::FaultKind::kTooBig, file, std::to_string(kMostBytesInMemory >> 20U)};
  }
  if (archive == nullptr) return nullptr;
  return workbook::Workbook::Open(std::move(archive), fault);
}

}  // namespace

bool LooksLikeWorkbook(std::string_view beginning) {
  return beginning.starts_with(kZip) || beginning.starts_with(kEmptyZip) || beginning.starts_with(kOldOffice);
}

std::unique_ptr<Reader> OpenWorkbook(const program::Schema& schema, const Shared& shared, std::uint32_t file,
                                     std::string beginning, ByteSource& source, Problems& problems) {
  workbook::Fault fault;
  std::unique_ptr<workbook::Workbook> workbook =
      OpenArchive(shared.files[file], std::move(beginning), source, fault);
  if (workbook == nullptr) {
    problems.Add(ToProblem(fault, shared.files[file]));
    return nullptr;
  }
  auto reader = std::make_unique<WorkbookReader>(schema, shared, file, std::move(workbook));
  if (!reader->Start(problems)) return nullptr;
  return reader;
}

}  // namespace pol::records
