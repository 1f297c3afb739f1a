#include "runtime/workbook/workbook.h"

#include <algorithm>
#include <map>
#include <utility>

#include "runtime/text/utf8.h"
#include "runtime/workbook/xml_stream.h"

namespace pol::workbook {
namespace {

constexpr std::string_view kContentTypes = "[Content_Types].xml";
constexpr std::string_view kMainType = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

// "xl/worksheets/sheet1.xml" for "worksheets/sheet1.xml" seen from "xl/workbook.xml".
std::string Resolve(std::string_view from, std::string_view target) {
  std::string path;
  if (target.starts_with('/')) {
    target.remove_prefix(1);
  } else {
    path = from.substr(0, from.rfind('/') + 1);
  }
  while (target.starts_with("../") || target.starts_with("./")) {
    if (target.starts_with("../") && !path.empty()) path.erase(path.find_last_of('/', path.size() - 2) + 1);
    target.remove_prefix(target.find('/') + 1);
  }
  return path + std::string{target};
}

// "xl/_rels/workbook.xml.rels" for "xl/workbook.xml".
std::string RelationsOf(const std::string& part) {
  const std::size_t folder = part.rfind('/') + 1;
  return part.substr(0, folder) + "_rels/" + part.substr(folder) + ".rels";
}

struct Relation {
  std::string id, type, part;
};

class Relations : public XmlHandler {
 public:
  explicit Relations(std::string from) : from_(std::move(from)) {}
  void Start(std::string_view name, const XmlAttributes& attributes) override {
    if (name != "Relationship" || attributes.Find("TargetMode") == "External") return;
    if (relations_.size() == kMostStyles) {
      refusal = "it has too many entries";
      return;
    }
    const std::string_view type = attributes.Find("Type");
    relations_.push_back({std::string{attributes.Find("Id")}, std::string{type.substr(type.rfind('/') + 1)},
                          Resolve(from_, attributes.Find("Target"))});
  }
  const Relation* OfType(std::string_view type) const {
    const auto found =
        std::find_if(relations_.begin(), relations_.end(), [&](const Relation& r) { return r.type == type; });
    return found == relations_.end() ? nullptr : &*found;
  }
  const Relation* WithId(std::string_view id) const {
    const auto found =
        std::find_if(relations_.begin(), relations_.end(), [&](const Relation& r) { return r.id == id; });
    return found == relations_.end() ? nullptr : &*found;
  }

 private:
  std::string from_;
  std::vector<Relation> relations_;
};

// The content type of one part: its own, or that of its ending.
class ContentType : public XmlHandler {
 public:
  explicit ContentType(const std::string& part) : part_(text::FoldWord("/" + part)) {}
  void Start(std::string_view name, const XmlAttributes& attributes) override {
    const std::string extension = "." + text::FoldWord(attributes.Find("Extension"));
    if (name == "Override" && text::FoldWord(attributes.Find("PartName")) == part_) {
      own_ = attributes.Find("ContentType");
    } else if (name == "Default" && extension.size() > 1 && part_.ends_with(extension)) {
      of_ending_ = attributes.Find("ContentType");
    }
  }
  std::string_view type() const { return own_.empty() ? of_ending_ : own_; }

 private:
  std::string part_;
  std::string own_, of_ending_;
};

struct ListedSheet {
  std::string name, relation;
  bool hidden = false;
};

class SheetList : public XmlHandler {
 public:
  void Start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "workbookPr") system_1904 = IsTrue(attributes.Find("date1904"));
    if (name != "sheet") return;
    if (sheets.size() == kMostSheets) {
      refusal = "it has too many sheets";
      return;
    }
    sheets.push_back({std::string{attributes.Find("name")}, std::string{attributes.Find("id")},
                      attributes.Find("state", "visible") != "visible"});
  }
  std::vector<ListedSheet> sheets;
  bool system_1904 = false;
};

class Styles : public XmlHandler {
 public:
  void Start(std::string_view name, const XmlAttributes& attributes) override {
    if (formats.size() == kMostStyles || codes_.size() == kMostStyles) {
      refusal = "it has too many styles";
    } else if (name == "numFmt") {
      codes_[ToNumber(attributes.Find("numFmtId"), 0)] = ParseFormat(attributes.Find("formatCode"));
    } else if (name == "cellXfs") {
      of_cells_ = true;
    } else if (name == "xf" && of_cells_) {
      const std::uint32_t id = ToNumber(attributes.Find("numFmtId"), 0);
      const auto own = codes_.find(id);
      formats.push_back(own == codes_.end() ? BuiltInFormat(id) : own->second);
    }
  }
  void End(std::string_view name) override {
    if (name == "cellXfs") of_cells_ = false;
  }
  std::vector<NumberFormat> formats;

 private:
  std::map<std::uint32_t, NumberFormat> codes_;
  bool of_cells_ = false;
};

class SharedTexts : public XmlHandler {
 public:
  SharedTexts(std::string& texts, std::vector<std::size_t>& ends) : texts_(texts), ends_(ends) {}
  void Start(std::string_view name, const XmlAttributes& /*attributes*/) override {
    if (name == "rPh") phonetic_ = true;
    in_text_ = name == "t" && !phonetic_;
  }
  void End(std::string_view name) override {
    in_text_ = false;
    if (name == "rPh") phonetic_ = false;
    if (name != "si") return;
    std::string text = texts_.substr(ends_.empty() ? 0 : ends_.back());
    if (text.find("_x") != std::string::npos) {
      texts_.resize(texts_.size() - text.size());
      Unescape(text);
      texts_ += text;
    }
    ends_.push_back(texts_.size());
    if (texts_.size() + ends_.size() * sizeof(std::size_t) > kMostSharedBytes) too_big = true;
    if (too_big) refusal = "its texts are too many";
  }
  void Text(std::string_view text) override {
    if (in_text_) texts_ += text;
    if (texts_.size() > kMostSharedBytes) too_big = true;
    if (too_big) refusal = "its texts are too many";
  }
  bool too_big = false;

 private:
  std::string& texts_;
  std::vector<std::size_t>& ends_;
  bool phonetic_ = false, in_text_ = false;
};

// An archive without a workbook's list of parts: what else it may be.
Fault NoWorkbook(const Archive& archive) {
  if (archive.Has("content.xml") && archive.Has("mimetype")) return {FaultKind::kOtherFormat, {}, ".ods"};
  return {FaultKind::kNoWorkbook, {}, {}};
}

// The part with the list of sheets; empty after a fault.
std::string FindWorkbookPart(const Archive& archive, Fault& fault) {
  const std::string types{kContentTypes};
  if (!archive.Has(types)) {
    fault = NoWorkbook(archive);
    return {};
  }
  Relations relations{""};
  if (!ReadXml(archive, "_rels/.rels", kMostPartBytes, relations, fault)) return {};
  const Relation* const main = relations.OfType("officeDocument");
  ContentType content(main == nullptr ? "" : main->part);
  if (!ReadXml(archive, types, kMostPartBytes, content, fault)) return {};
  const bool binary = content.type().find("sheet.binary") != std::string_view::npos;
  const bool sheets = content.type().starts_with(kMainType) ||
                      content.type().starts_with("application/vnd.ms-excel.sheet.macroEnabled") ||
                      content.type().starts_with("application/vnd.ms-excel.template.macroEnabled");
  if (main != nullptr && sheets && !binary) return main->part;
  fault = binary ? Fault{FaultKind::kOtherFormat, {}, ".xlsb"} : Fault{FaultKind::kNoWorkbook, {}, {}};
  return {};
}

}  // namespace

void Unescape(std::string& text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size();) {
    char32_t code = 0;
    bool escape = text.size() - at >= 7 && text[at] == '_' && text[at + 1] == 'x' && text[at + 6] == '_';
    for (std::size_t digit = at + 2; escape && digit < at + 6; ++digit) {
      constexpr std::string_view kDigits = "0123456789abcdefABCDEF";
      const std::size_t value = kDigits.find(text[digit]);
      escape = value != std::string_view::npos;
      code = code * 16 + static_cast<char32_t>(value < 16 ? value : value - 6);
    }
    // Halves of a pair are no characters.
    escape = escape && (code < 0xd800 || code > 0xdfff);
    if (!escape) {
      plain += text[at++];
      continue;
    }
    text::AppendCharacter(code, plain);
    at += 7;
  }
  text = std::move(plain);
}

std::unique_ptr<Workbook> Workbook::Open(std::unique_ptr<Archive> archive, Fault& fault) {
  const std::string main = FindWorkbookPart(*archive, fault);
  if (fault.any()) return nullptr;
  auto workbook = std::make_unique<Workbook>();
  workbook->archive_ = std::move(archive);
  if (!workbook->ReadParts(main, fault)) return nullptr;
  return workbook;
}

bool Workbook::ReadParts(const std::string& workbook_part, Fault& fault) {
  SheetList list;
  Relations relations{workbook_part};
  if (!ReadXml(*archive_, workbook_part, kMostPartBytes, list, fault)) return false;
  if (!ReadXml(*archive_, RelationsOf(workbook_part), kMostPartBytes, relations, fault)) return false;
  system_1904_ = list.system_1904;
  for (const ListedSheet& sheet : list.sheets) {
    const Relation* const relation = relations.WithId(sheet.relation);
    // A chart or a dialog has a sheet of its own, without cells.
    if (relation != nullptr && relation->type == "worksheet")
      sheets_.push_back({sheet.name, relation->part, sheet.hidden});
  }
  if (const Relation* const part = relations.OfType("styles"); part != nullptr) {
    Styles styles;
    if (!ReadXml(*archive_, part->part, kMostPartBytes, styles, fault)) return false;
    formats_ = std::move(styles.formats);
  }
  const Relation* const shared = relations.OfType("sharedStrings");
  if (shared == nullptr) return true;
  SharedTexts texts(shared_, shared_ends_);
  if (ReadXml(*archive_, shared->part, kMostSharedPartBytes, texts, fault)) return true;
  if (texts.too_big) fault = {FaultKind::kTooBig, shared->part, std::to_string(kMostSharedBytes >> 20U)};
  return false;
}

std::optional<std::string_view> Workbook::shared_text(std::size_t index) const {
  if (index >= shared_ends_.size()) return std::nullopt;
  const std::size_t begin = index == 0 ? 0 : shared_ends_[index - 1];
  return std::string_view{shared_}.substr(begin, shared_ends_[index] - begin);
}

const NumberFormat& Workbook::format(std::size_t style) const {
  static const NumberFormat kGeneral;
  return style < formats_.size() ? formats_[style] : kGeneral;
}

}  // namespace pol::workbook
