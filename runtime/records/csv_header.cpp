#include "runtime/records/csv_header.h"

#include <algorithm>
#include <set>
#include <utility>

#include "runtime/records/cells.h"
#include "runtime/text/nearest.h"
#include "runtime/text/utf8.h"

namespace pol::records {
namespace {

using program::Fact;
using program::ValueKind;

bool IsNumber(const program::ValueType& type) {
  return type.kind == ValueKind::kMoney || type.kind == ValueKind::kPercent ||
         type.kind == ValueKind::kNumber || type.kind == ValueKind::kCount;
}

// Text in brackets that Pol does not know, but that is about amounts: reading the cells as they are would be
// a guess.
bool LooksLikeUnit(std::string_view bracket) {
  for (const std::string_view mark : {"元", "万", "亿", "千", "%", "‰", "$", "币"}) {
    if (bracket.find(mark) != std::string_view::npos) return true;
  }
  return false;
}

class Binder {
 public:
  Binder(const program::Schema& schema, const Filler& filler, Problems& problems)
      : schema_(schema), names_(schema), filler_(filler), problems_(problems) {}

  std::optional<CsvHeader> Bind(const std::vector<std::string_view>& cells) {
    header_.cells = cells.size();
    for (std::size_t cell = 0; cell < cells.size(); ++cell) {
      if (!BindCell(cell, text::Trim(cells[cell]))) return std::nullopt;
    }
    if (!CheckKey()) return std::nullopt;
    const std::set<std::string> offered = ReportMissing();
    ReportUnknown(offered);
    return std::move(header_);
  }

 private:
  bool BindCell(std::size_t cell, std::string_view written) {
    if (written.empty()) return true;
    const std::optional<HeaderMatch> match = names_.Find(written);
    if (!match.has_value()) {
      unknown_.emplace_back(written);
      return true;
    }
    const Fact& fact = schema_.facts[match->fact];
    BoundColumn column{.cell = cell,
                       .fact = match->fact,
                       .year = match->year,
                       .unit = match->unit,
                       .unreadable = false,
                       .header = std::string{written}};
    if (fact.domain != 0 && column.year == 0) {
      year_needed_.push_back(column);
      return true;
    }
    for (const BoundColumn& other : header_.columns) {
      if (other.fact == column.fact && other.year == column.year) return ReportTwice(other, column);
    }
    if (has_key_ && header_.key.fact == column.fact) return ReportTwice(header_.key, column);
    CheckUnit(*match, column);
    if (column.fact == schema_.key_fact) {
      has_key_ = true;
      header_.key = std::move(column);
      return true;
    }
    if (column.year != 0) {
      header_.first_year = header_.first_year == 0 ? column.year : std::min(header_.first_year, column.year);
      header_.last_year = std::max(header_.last_year, column.year);
    }
    header_.columns.push_back(std::move(column));
    return true;
  }

  bool ReportTwice(const BoundColumn& first, const BoundColumn& second) const {
    filler_.Report(ProblemKind::kDuplicateColumn, problems_, second.header, {},
                   {std::to_string(first.cell + 1), std::to_string(second.cell + 1),
                    NameWithYear(schema_.facts[second.fact], second.year)});
    return false;
  }

  void CheckUnit(const HeaderMatch& match, BoundColumn& column) const {
    const Fact& fact = schema_.facts[match.fact];
    if (!IsNumber(fact.type)) return;
    const bool strange = !match.bracket.empty() && LooksLikeUnit(match.bracket);
    if (strange || !Fits(fact.type, match.unit)) {
      column.unreadable = true;
      std::string_view unit = column.header;
      const std::size_t open = unit.find_last_of("([");
      const std::size_t wide_open = unit.rfind("（");
      if (open != std::string_view::npos) unit = unit.substr(open + 1, unit.size() - open - 2);
      if (wide_open != std::string_view::npos) unit = unit.substr(wide_open + 3, unit.size() - wide_open - 6);
      filler_.Report(ProblemKind::kUnitOfColumn, problems_, column.header, {},
                     {strange ? match.bracket : std::string{unit}, NameWithYear(fact, column.year),
                      KindName(fact.type, filler_.shared().chinese)});
    } else if (!match.bracket.empty()) {
      filler_.Report(ProblemKind::kBracketOfColumn, problems_, column.header, {}, {match.bracket});
    }
  }

  bool CheckKey() const {
    if (has_key_) return true;
    const Fact& key = schema_.facts[schema_.key_fact];
    const std::string expected = NameAndLabel(key.naming);
    if (header_.columns.empty() && year_needed_.empty()) {
      filler_.Report(ProblemKind::kNoHeader, problems_, {}, {}, {expected});
      return false;
    }
    for (const std::string& spelling : FactNames::SpellingsOf(key)) {
      const std::optional<std::string> nearest = text::Nearest(spelling, unknown_);
      if (!nearest.has_value()) continue;
      filler_.Report(ProblemKind::kKeyColumnMissingNear, problems_, {}, {},
                     {expected, text::Excerpt(*nearest)});
      return false;
    }
    filler_.Report(ProblemKind::kKeyColumnMissing, problems_, {}, {}, {expected});
    return false;
  }

  // Not those that were offered for a missing column: that said it.
  void ReportUnknown(const std::set<std::string>& offered) const {
    const std::int32_t example_year = header_.first_year != 0 ? header_.first_year : 2023;
    for (const BoundColumn& column : year_needed_) {
      filler_.Report(ProblemKind::kYearNeeded, problems_, column.header, {},
                     {NameWithYear(schema_.facts[column.fact], example_year)});
    }
    for (const std::string& written : unknown_) {
      if (offered.contains(written)) continue;
      if (const auto list = names_.FindList(written)) {
        filler_.Report(ProblemKind::kColumnOfList, problems_, written, {},
                       {schema_.domains[*list].naming.name});
      } else if (const auto nearest = names_.NearestFact(written)) {
        filler_.Report(ProblemKind::kUnknownColumnNear, problems_, written, {}, {*nearest});
      } else {
        filler_.Report(ProblemKind::kUnknownColumn, problems_, written);
      }
    }
  }

  // Returns the headers that may be what is missing.
  std::set<std::string> ReportMissing() const {
    std::set<std::string> offered;
    std::set<std::uint32_t> given{header_.key.fact};
    for (const BoundColumn& column : header_.columns) given.insert(column.fact);
    for (const BoundColumn& column : year_needed_) given.insert(column.fact);
    for (std::uint32_t index = 0; index < schema_.facts.size(); ++index) {
      const Fact& fact = schema_.facts[index];
      const bool own = schema_.domains[fact.domain].kind != program::DomainKind::kList;
      if (!fact.used || !own || given.contains(index)) continue;
      std::optional<std::string> nearest;
      for (const std::string& spelling : FactNames::SpellingsOf(fact)) {
        if (!nearest.has_value()) nearest = text::Nearest(spelling, unknown_);
      }
      std::vector<std::string> arguments{NameAndLabel(fact.naming)};
      if (nearest.has_value()) {
        arguments.push_back(text::Excerpt(*nearest));
        offered.insert(*nearest);
      }
      filler_.Report(nearest.has_value() ? ProblemKind::kColumnMissingNear : ProblemKind::kColumnMissing,
                     problems_, {}, {}, std::move(arguments));
    }
    return offered;
  }

  const program::Schema& schema_;
  FactNames names_;
  const Filler& filler_;
  Problems& problems_;
  CsvHeader header_;
  bool has_key_ = false;
  std::vector<std::string> unknown_;
  std::vector<BoundColumn> year_needed_;
};

}  // namespace

std::optional<CsvHeader> BindHeader(const program::Schema& schema, const std::vector<std::string_view>& cells,
                                    const Filler& filler, Problems& problems) {
  return Binder(schema, filler, problems).Bind(cells);
}

}  // namespace pol::records
