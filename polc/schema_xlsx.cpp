#include <dlfcn.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <vector>

#include "polc/read_file.h"
#include "polc/schema_form.h"

// The form as a workbook, by libxlsxwriter. It is loaded here and not by every run of polc, whose start it
// (and libcrypto, which it needs) would make a fifth longer.

namespace polc {
namespace {

using pol::program::ValueKind;

constexpr const char* kLibrary = "libxlsxwriter.so.4";
constexpr lxw_row_t kLastRow = 1'048'575;
constexpr lxw_col_t kWidth = 20;
// A file says when it was made. Ours says the same each time: 2000-01-01.
constexpr time_t kCreated = 946'684'800;

class Library {
 public:
  Library() : handle_(::dlopen(kLibrary, RTLD_NOW | RTLD_LOCAL)) {
    if (handle_ == nullptr) error_ = ::dlerror();
#define POL_FIND(function) Find(#function, function)
    POL_FIND(workbook_new);
    POL_FIND(workbook_add_worksheet);
    POL_FIND(workbook_add_format);
    POL_FIND(workbook_set_properties);
    POL_FIND(workbook_close);
    POL_FIND(worksheet_write_string);
    POL_FIND(worksheet_write_comment);
    POL_FIND(worksheet_set_column);
    POL_FIND(worksheet_freeze_panes);
    POL_FIND(worksheet_data_validation_range);
    POL_FIND(format_set_bold);
    POL_FIND(format_set_num_format);
    POL_FIND(lxw_strerror);
#undef POL_FIND
  }
  const std::string& error() const { return error_; }

  decltype(&::workbook_new) workbook_new = nullptr;
  decltype(&::workbook_add_worksheet) workbook_add_worksheet = nullptr;
  decltype(&::workbook_add_format) workbook_add_format = nullptr;
  decltype(&::workbook_set_properties) workbook_set_properties = nullptr;
  decltype(&::workbook_close) workbook_close = nullptr;
  decltype(&::worksheet_write_string) worksheet_write_string = nullptr;
  decltype(&::worksheet_write_comment) worksheet_write_comment = nullptr;
  decltype(&::worksheet_set_column) worksheet_set_column = nullptr;
  decltype(&::worksheet_freeze_panes) worksheet_freeze_panes = nullptr;
  decltype(&::worksheet_data_validation_range) worksheet_data_validation_range = nullptr;
  decltype(&::format_set_bold) format_set_bold = nullptr;
  decltype(&::format_set_num_format) format_set_num_format = nullptr;
  decltype(&::lxw_strerror) lxw_strerror = nullptr;

 private:
  template <typename Function>
  void Find(const char* name, Function& function) {
    if (!error_.empty()) return;
    function = reinterpret_cast<Function>(::dlsym(handle_, name));
    if (function == nullptr) error_ = ::dlerror();
  }

  void* handle_;  // for the rest of the run
  std::string error_;
};

// How the cells of a fact are to be shown. Keys and codes are text, so that no digit of theirs is lost.
const char* NumberFormatOf(const pol::program::Fact& fact) {
  if (fact.key) return "@";
  switch (fact.type.kind) {
    case ValueKind::kMoney:
      return "#,##0.00";
    case ValueKind::kPercent:
      return "0.00%";
    case ValueKind::kCount:
      return "#,##0";
    case ValueKind::kYear:
      return "0";
    case ValueKind::kDate:
      return "yyyy-mm-dd";
    case ValueKind::kText:
    case ValueKind::kRegion:
    case ValueKind::kCreditCode:
      return "@";
    default:
      return "General";
  }
}

class FormWriter {
 public:
  FormWriter(const Library& library, lxw_workbook* workbook, bool chinese)
      : library_(library),
        workbook_(workbook),
        chinese_(chinese),
        bold_(library.workbook_add_format(workbook)) {
    library_.format_set_bold(bold_);
  }

  // False when a sheet cannot be called so.
  bool Write(const FormTable& table) {
    lxw_worksheet* sheet = nullptr;
    if (!table.title.empty()) sheet = library_.workbook_add_worksheet(workbook_, table.title.c_str());
    if (sheet == nullptr) sheet = library_.workbook_add_worksheet(workbook_, table.name.c_str());
    if (sheet == nullptr) return false;
    for (std::size_t column = 0; column < table.columns.size(); ++column) {
      WriteColumn(sheet, static_cast<lxw_col_t>(column), table, table.columns[column]);
    }
    library_.worksheet_freeze_panes(sheet, 1, 0);
    return true;
  }

 private:
  void WriteColumn(lxw_worksheet* sheet, lxw_col_t at, const FormTable& table, const FormColumn& column) {
    const pol::program::Fact& fact = table.schema.facts[column.fact];
    lxw_format* const format = library_.workbook_add_format(workbook_);
    library_.format_set_num_format(format, NumberFormatOf(fact));
    library_.worksheet_set_column(sheet, at, at, kWidth, format);
    library_.worksheet_write_string(sheet, 0, at, column.header.c_str(), bold_);
    library_.worksheet_write_comment(sheet, 0, at, DescribeFact(table.schema, fact, chinese_).c_str());
    std::vector<std::string> choices;
    if (fact.type.kind == ValueKind::kTruth) choices = {"是", "否"};
    if (fact.type.kind == ValueKind::kEnumeration) {
      for (const pol::program::Naming& member : table.schema.enumerations[fact.type.enumeration].members) {
        choices.push_back(member.label.empty() ? member.name : member.label);
      }
    }
    // A spreadsheet keeps such a list as one text with commas.
    const bool fit = std::none_of(choices.begin(), choices.end(), [](const std::string& choice) {
      return choice.find_first_of(",\"") != std::string::npos;
    });
    if (!fact.key && fit && !choices.empty()) OfferChoices(sheet, at, choices);
  }

  // Lists that are too long for a spreadsheet (255 characters) are not offered: the note names them.
  void OfferChoices(lxw_worksheet* sheet, lxw_col_t at, std::vector<std::string>& choices) {
    std::vector<char*> list;
    list.reserve(choices.size() + 1);
    for (std::string& choice : choices) list.push_back(choice.data());
    list.push_back(nullptr);
    lxw_data_validation validation{};
    validation.validate = LXW_VALIDATION_TYPE_LIST;
    validation.value_list = list.data();
    // What the reader takes beside these is not kept out.
    validation.error_type = LXW_VALIDATION_ERROR_TYPE_INFORMATION;
    library_.worksheet_data_validation_range(sheet, 1, at, kLastRow, at, &validation);
  }

  const Library& library_;
  lxw_workbook* workbook_;
  bool chinese_;
  lxw_format* bold_;
};

// A file of no importance, gone with this object: the library writes to a name.
class ScratchFile {
 public:
  ScratchFile() {
    std::error_code code;
    path_ = (std::filesystem::temp_directory_path(code) / "polc-form-XXXXXX").string();
    const int descriptor = ::mkstemp(path_.data());
    good_ = descriptor >= 0;
    if (good_) ::close(descriptor);
  }
  ScratchFile(const ScratchFile&) = delete;
  ScratchFile& operator=(const ScratchFile&) = delete;
  ~ScratchFile() {
    if (good_) ::unlink(path_.c_str());
  }
  bool good() const { return good_; }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  bool good_ = false;
};

std::nullopt_t Refuse(const std::string& reason, const Common& common) {
  PrintError(Message::kNoWorkbookForm, common, {reason});
  return std::nullopt;
}

}  // namespace

std::optional<std::string> FormAsWorkbook(const std::vector<FormTable>& tables, const Common& common) {
  const Library library;
  if (!library.error().empty()) return Refuse(library.error(), common);
  const ScratchFile scratch;
  lxw_workbook* const workbook = scratch.good() ? library.workbook_new(scratch.path().c_str()) : nullptr;
  if (workbook == nullptr) return Refuse(scratch.path(), common);
  lxw_doc_properties properties{};
  properties.created = kCreated;
  library.workbook_set_properties(workbook, &properties);
  FormWriter writer(library, workbook, common.chinese);
  const bool written =
      std::all_of(tables.begin(), tables.end(), [&](const FormTable& table) { return writer.Write(table); });
  const lxw_error error = library.workbook_close(workbook);
  if (error != LXW_NO_ERROR) return Refuse(library.lxw_strerror(error), common);
  if (!written) return Refuse(tables.front().name, common);
  return ReadFile(scratch.path(), std::size_t{64} << 20U, common);
}

}  // namespace polc
