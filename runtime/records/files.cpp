#include "runtime/records/files.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "runtime/records/tables.h"
#include "runtime/text/utf8.h"

namespace pol::records {
namespace {

enum class Format : std::uint8_t { kCsv, kJson, kNeither };

bool HasEnding(std::string_view file, std::string_view ending) {
  return text::FoldWord(file).ends_with(ending);
}

// By the file's name where that says it, else by its first character that is not blank.
Format FormatOf(const TextSource& source) {
  const std::string_view beginning = source.ahead();
  const std::size_t first = beginning.find_first_not_of(" \t\r\n");
  const bool looks_json =
      first != std::string_view::npos && (beginning[first] == '{' || beginning[first] == '[');
  for (const std::string_view ending : {".json", ".ndjson", ".jsonl"}) {
    if (HasEnding(source.file(), ending)) return looks_json ? Format::kJson : Format::kNeither;
  }
  for (const std::string_view ending : {".csv", ".tsv", ".txt"}) {
    if (HasEnding(source.file(), ending)) return Format::kCsv;
  }
  return looks_json ? Format::kJson : Format::kCsv;
}

// Enough to know a workbook by.
constexpr std::size_t kBeginning = 8;

std::string TakeBeginning(ByteSource& source) {
  std::string beginning(kBeginning, '\0');
  std::size_t filled = 0;
  while (filled < kBeginning) {
    const std::size_t count = source.Read(beginning.data() + filled, kBeginning - filled);
    if (count == 0) break;
    filled += count;
  }
  beginning.resize(filled);
  return beginning;
}

// A source whose first bytes were taken, as it was before.
class Rejoined : public ByteSource {
 public:
  Rejoined(std::string beginning, std::unique_ptr<ByteSource> rest)
      : beginning_(std::move(beginning)), rest_(std::move(rest)) {}
  std::size_t Read(char* to, std::size_t room) override {
    const std::size_t count = beginning_.copy(to, room);
    beginning_.erase(0, count);
    return count + (count < room ? rest_->Read(to + count, room - count) : 0);
  }
  std::string error() const override { return rest_->error(); }

 private:
  std::string beginning_;
  std::unique_ptr<ByteSource> rest_;
};

std::unique_ptr<Reader> RefuseSheet(const std::string& file, Problems& problems) {
  problems.Add({.kind = ProblemKind::kSheetOfNoWorkbook,
                .file = file,
                .row = 0,
                .column = {},
                .value = {},
                .arguments = {}});
  return nullptr;
}

// Several files one after the other, and the tables that all of them share.
class FilesReader : public Reader {
 public:
  FilesReader(const program::Schema& schema, const ReaderOptions& options) : tables_(schema) {
    shared_.keys = &keys_;
    shared_.batch_rows = std::max(options.batch_rows, 1U);
    shared_.chinese = options.chinese;
    shared_.sheet = options.sheet;
  }

  bool Open(const program::Schema& schema, const std::vector<std::string>& files,
            const ReaderOptions& options, Problems& problems) {
    if (!CheckStandardInput(files, options, problems)) return false;
    shared_.files = files;
    bool good = true;
    for (const TableFile& table : options.tables) good = tables_.Load(table, options, problems) && good;
    shared_.tables = &tables_;
    for (std::uint32_t file = 0; file < files.size(); ++file) {
      std::unique_ptr<Reader> reader = OpenRecords(schema, shared_, file, problems);
      good = good && reader != nullptr;
      readers_.push_back(std::move(reader));
    }
    return good;
  }

  bool Next(Batch& batch, Problems& problems) override {
    for (; current_ < readers_.size(); ++current_) {
      if (readers_[current_]->Next(batch, problems)) return true;
      readers_[current_].reset();
    }
    if (!std::exchange(orphans_reported_, true)) tables_.ReportOrphans(problems);
    batch = Batch{};
    return false;
  }

 private:
  static bool CheckStandardInput(const std::vector<std::string>& files, const ReaderOptions& options,
                                 Problems& problems) {
    auto uses = std::count(files.begin(), files.end(), "-");
    for (const TableFile& table : options.tables) uses += table.file == "-" ? 1 : 0;
    if (uses < 2) return true;
    problems.Add({.kind = ProblemKind::kInputTwice,
                  .file = "-",
                  .row = 0,
                  .column = {},
                  .value = {},
                  .arguments = {}});
    return false;
  }

  KeyIndex keys_;
  Tables tables_;
  Shared shared_;
  std::vector<std::unique_ptr<Reader>> readers_;
  std::size_t current_ = 0;
  bool orphans_reported_ = false;
};

}  // namespace

std::unique_ptr<Reader> OpenRecords(const program::Schema& schema, Shared& shared, std::uint32_t file,
                                    Problems& problems) {
  const std::string& name = shared.files[file];
  std::unique_ptr<ByteSource> bytes = OpenFile(name, problems);
  if (bytes == nullptr) return nullptr;
  std::string beginning = TakeBeginning(*bytes);
  if (LooksLikeWorkbook(beginning)) {
    return OpenWorkbook(schema, shared, file, std::move(beginning), *bytes, problems);
  }
  if (!shared.sheet.empty()) return RefuseSheet(name, problems);
  TextSource source(name, std::make_unique<Rejoined>(std::move(beginning), std::move(bytes)));
  if (!source.Start(problems)) return nullptr;
  switch (FormatOf(source)) {
    case Format::kCsv:
      return OpenCsv(schema, shared, file, std::move(source), problems);
    case Format::kJson:
      return OpenJson(schema, shared, file, std::move(source), problems);
    case Format::kNeither:
      break;
  }
  problems.Add({.kind = ProblemKind::kNotRecords,
                .file = name,
                .row = 0,
                .column = {},
                .value = {},
                .arguments = {text::Excerpt(text::Trim(source.ahead().substr(0, 200)), 10)}});
  return nullptr;
}

std::unique_ptr<Reader> Open(const program::Schema& schema, const std::vector<std::string>& files,
                             const ReaderOptions& options, Problems& problems) {
  auto reader = std::make_unique<FilesReader>(schema, options);
  if (!reader->Open(schema, files, options, problems)) return nullptr;
  return reader;
}

}  // namespace pol::records
