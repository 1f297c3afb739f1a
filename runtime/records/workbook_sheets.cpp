#include "runtime/records/workbook_sheets.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "runtime/records/names.h"
#include "runtime/records/tables.h"
#include "runtime/text/utf8.h"
#include "runtime/workbook/sheet_rows.h"

namespace pol::records {
namespace {

// Names in a workbook can be of any length, and hold what a terminal would obey.
constexpr std::size_t kLongestArgument = 400;

// What the first row of a sheet tells.
struct Header {
  bool empty = true;
  bool key = false;
  std::size_t facts = 0;
};

bool IsNamed(const std::string& sheet, const program::Naming& naming) {
  const std::string folded = text::FoldName(sheet);
  const auto same = [&](const std::string& spelling) {
    return !spelling.empty() && text::FoldName(spelling) == folded;
  };
  return same(naming.name) || same(naming.label) ||
         std::any_of(naming.aliases.begin(), naming.aliases.end(), same);
}

class Chooser {
 public:
  Chooser(const program::Schema& schema, const workbook::Workbook& workbook, const Shared& shared,
          std::uint32_t file, Problems& problems)
      : schema_(schema),
        names_(schema),
        workbook_(workbook),
        shared_(shared),
        file_(file),
        problems_(problems) {}

  bool Choose(ChosenSheets& chosen) {
    if (!ChooseLists(chosen)) return false;
    const std::optional<std::size_t> records = shared_.sheet.empty() ? ChooseRecords() : FindAsked();
    if (!records.has_value()) return false;
    chosen.records = *records;
    // A sheet asked for by --sheet is the records', whatever its name.
    std::erase_if(chosen.lists, [&](const ListSheet& list) { return list.sheet == *records; });
    return true;
  }

 private:
  const std::string& NameOf(std::size_t sheet) const { return workbook_.sheets()[sheet].name; }

  std::nullopt_t Report(ProblemKind kind, std::vector<std::string> arguments) {
    for (std::string& argument : arguments) argument = text::Excerpt(argument, kLongestArgument);
    problems_.Add({.kind = kind,
                   .file = shared_.files[file_],
                   .row = 0,
                   .column = {},
                   .value = {},
                   .arguments = std::move(arguments)});
    return std::nullopt;
  }

  std::string Names() const {
    std::string names;
    for (const workbook::Sheet& sheet : workbook_.sheets()) {
      names += (names.empty() ? "" : shared_.chinese ? "、" : ", ") + sheet.name;
    }
    return names.empty() ? "—" : names;
  }

  std::optional<std::uint32_t> ListOf(std::size_t sheet) const { return names_.FindListName(NameOf(sheet)); }

  bool ChooseLists(ChosenSheets& chosen) {
    for (std::size_t sheet = 0; sheet < workbook_.sheets().size(); ++sheet) {
      const std::optional<std::uint32_t> domain = ListOf(sheet);
      if (!domain.has_value()) continue;
      for (const ListSheet& other : chosen.lists) {
        if (other.domain != *domain) continue;
        Report(ProblemKind::kSheetsAlike, {NameOf(other.sheet), NameOf(sheet)});
        return false;
      }
      if (shared_.tables != nullptr && shared_.tables->IsGiven(*domain)) {
        Report(ProblemKind::kListInSheetAndTable, {schema_.domains[*domain].naming.name, NameOf(sheet)});
        return false;
      }
      chosen.lists.push_back({*domain, sheet});
    }
    return true;
  }

  std::optional<std::size_t> FindAsked() {
    for (std::size_t sheet = 0; sheet < workbook_.sheets().size(); ++sheet) {
      if (NameOf(sheet) == shared_.sheet) return sheet;
    }
    for (std::size_t sheet = 0; sheet < workbook_.sheets().size(); ++sheet) {
      if (text::FoldName(NameOf(sheet)) == text::FoldName(shared_.sheet)) return sheet;
    }
    return Report(ProblemKind::kNoSuchSheet, {shared_.sheet, Names()});
  }

  // A sheet that cannot be read is not looked into here; reading it will say why.
  Header HeaderOf(std::size_t sheet) const {
    Header header;
    workbook::Fault fault;
    const auto rows = workbook::SheetRows::Open(workbook_, workbook_.sheets()[sheet], false, fault);
    if (rows == nullptr || !rows->Next()) return header;
    header.empty = false;
    std::set<std::uint32_t> facts;
    for (const workbook::RowCell& cell : rows->cells()) {
      const std::optional<HeaderMatch> match = names_.Find(cell.shown.text);
      if (match.has_value()) facts.insert(match->fact);
    }
    header.key = facts.contains(schema_.key_fact);
    header.facts = facts.size();
    return header;
  }

  std::optional<std::size_t> ChooseRecords() {
    std::vector<std::size_t> candidates;
    std::vector<std::size_t> named;
    for (std::size_t sheet = 0; sheet < workbook_.sheets().size(); ++sheet) {
      if (IsNamed(NameOf(sheet), schema_.domains[0].naming)) named.push_back(sheet);
      if (!workbook_.sheets()[sheet].hidden && !ListOf(sheet).has_value()) candidates.push_back(sheet);
    }
    if (named.size() > 1) return Report(ProblemKind::kSheetsAlike, {NameOf(named[0]), NameOf(named[1])});
    if (named.size() == 1) return named.front();
    if (candidates.size() == 1) return candidates.front();
    return ChooseByHeader(candidates);
  }

  std::optional<std::size_t> ChooseByHeader(const std::vector<std::size_t>& candidates) {
    std::vector<std::size_t> filled;
    std::vector<std::size_t> with_key;
    std::vector<Header> headers(workbook_.sheets().size());
    for (const std::size_t sheet : candidates) {
      headers[sheet] = HeaderOf(sheet);
      if (!headers[sheet].empty) filled.push_back(sheet);
      if (headers[sheet].key) with_key.push_back(sheet);
    }
    if (with_key.empty()) {
      // Its header is complained about, as that of a CSV file would be.
      if (filled.size() == 1) return filled.front();
      if (filled.empty() && !candidates.empty()) return Report(ProblemKind::kEmptyFile, {});
      return Report(ProblemKind::kNoRecordSheet,
                    {NameAndLabel(schema_.facts[schema_.key_fact].naming), Names()});
    }
    std::stable_sort(with_key.begin(), with_key.end(),
                     [&](std::size_t a, std::size_t b) { return headers[a].facts > headers[b].facts; });
    const std::size_t best = with_key.front();
    if (with_key.size() > 1 && headers[with_key[1]].facts == headers[best].facts) {
      return Report(ProblemKind::kSheetsAlike, {NameOf(best), NameOf(with_key[1])});
    }
    for (std::size_t other = 1; other < with_key.size(); ++other) {
      Report(ProblemKind::kSheetUnused, {NameOf(with_key[other]), NameOf(best)});
    }
    return best;
  }

  const program::Schema& schema_;
  FactNames names_;
  const workbook::Workbook& workbook_;
  const Shared& shared_;
  std::uint32_t file_;
  Problems& problems_;
};

}  // namespace

bool ChooseSheets(const program::Schema& schema, const workbook::Workbook& workbook, const Shared& shared,
                  std::uint32_t file, ChosenSheets& chosen, Problems& problems) {
  return Chooser(schema, workbook, shared, file, problems).Choose(chosen);
}

Problem ToProblem(const workbook::Fault& fault, const std::string& file) {
  Problem problem{.kind = ProblemKind::kBrokenWorkbook,
                  .file = file,
                  .row = 0,
                  .column = {},
                  .value = {},
                  .arguments = {}};
  switch (fault.kind) {
    case workbook::FaultKind::kProtected:
      problem.kind = ProblemKind::kProtectedWorkbook;
      break;
    case workbook::FaultKind::kTooBig:
      problem.kind = ProblemKind::kWorkbookTooBig;
      problem.arguments = {fault.part, fault.reason};
      break;
    case workbook::FaultKind::kOtherFormat:
      problem.kind = ProblemKind::kWorkbook;
      problem.arguments = {fault.reason};
      break;
    case workbook::FaultKind::kNoWorkbook:
      problem.kind = ProblemKind::kNoWorkbook;
      break;
    default:
      problem.arguments = {fault.part.empty() ? fault.reason : fault.part + ": " + fault.reason};
      break;
  }
  for (std::string& argument : problem.arguments) argument = text::Excerpt(argument, kLongestArgument);
  return problem;
}

}  // namespace pol::records
