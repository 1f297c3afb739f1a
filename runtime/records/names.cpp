#include "runtime/records/names.h"

#include <algorithm>
#include <functional>

#include "runtime/records/columns.h"
#include "runtime/text/nearest.h"
#include "runtime/text/utf8.h"

namespace pol::records {
namespace {

bool IsDigit(char byte) { return byte >= '0' && byte <= '9'; }

bool IsYear(std::string_view digits) {
  if (digits.size() != 4 || !std::all_of(digits.begin(), digits.end(), IsDigit)) return false;
  std::int32_t year = 0;
  for (const char digit : digits) year = year * 10 + (digit - '0');
  return year >= kFirstSeriesYear && year <= kLastSeriesYear;
}

std::int32_t YearOf(std::string_view digits) {
  std::int32_t year = 0;
  for (const char digit : digits) year = year * 10 + (digit - '0');
  return year;
}

constexpr std::string_view kYearWords[] = {"年度", "年"};

// "营业收入.2023年" without its year; nullopt when it has none at that end.
struct Split {
  std::string_view name;
  std::int32_t year = 0;
};
std::optional<Split> SplitYearBehind(std::string_view text) {
  for (const std::string_view word : kYearWords) {
    if (!text.ends_with(word)) continue;
    text.remove_suffix(word.size());
    break;
  }
  if (text.size() < 5 || !IsYear(text.substr(text.size() - 4))) return std::nullopt;
  const std::int32_t year = YearOf(text.substr(text.size() - 4));
  text.remove_suffix(4);
  if (IsDigit(text.back())) return std::nullopt;
  if (text.back() == '.' || text.back() == '-' || text.back() == '_') text.remove_suffix(1);
  return Split{text::Trim(text), year};
}

std::optional<Split> SplitYearBefore(std::string_view text) {
  if (text.size() < 5 || !IsYear(text.substr(0, 4))) return std::nullopt;
  const std::int32_t year = YearOf(text.substr(0, 4));
  text.remove_prefix(4);
  if (IsDigit(text.front())) return std::nullopt;
  for (const std::string_view word : kYearWords) {
    if (!text.starts_with(word)) continue;
    text.remove_prefix(word.size());
    break;
  }
  if (!text.empty() && (text.front() == '.' || text.front() == '-' || text.front() == '_'))
    text.remove_prefix(1);
  return Split{text::Trim(text), year};
}

// The brackets at the end of a header: "收入（万元，2023年）" -> "收入", "万元，2023年".
struct Bracket {
  std::string_view name;
  std::string_view inside;
};
std::optional<Bracket> SplitBracket(std::string_view text) {
  for (const auto& [open, close] : {std::pair{'(', ')'}, std::pair{'[', ']'}}) {
    if (!text.ends_with(close)) continue;
    const std::size_t begin = text.rfind(open);
    if (begin == std::string_view::npos || begin == 0) continue;
    return Bracket{text::Trim(text.substr(0, begin)),
                   text::Trim(text.substr(begin + 1, text.size() - begin - 2))};
  }
  return std::nullopt;
}

// Takes what it understands of a bracket's content into `match`; false when part of it is neither a unit nor
// a year.
bool ReadBracket(std::string_view inside, HeaderMatch& match) {
  bool understood = true;
  while (!inside.empty()) {
    std::size_t comma = inside.find(',');
    std::size_t comma_length = 1;
    if (comma == std::string_view::npos) {
      comma = inside.find("、");
      comma_length = 3;
    }
    std::string_view part = text::Trim(inside.substr(0, comma));
    inside = comma == std::string_view::npos ? std::string_view{} : inside.substr(comma + comma_length);
    for (const std::string_view word : {"单位", "unit", "Unit"}) {
      if (!part.starts_with(word)) continue;
      part = text::Trim(part.substr(word.size()));
      if (part.starts_with(':')) part = text::Trim(part.substr(1));
    }
    const std::optional<std::int32_t> year = SeriesYear(part);
    const std::optional<Unit> unit = UnitOf(part);
    if (year.has_value() && match.year == 0) {
      match.year = *year;
    } else if (unit.has_value() && match.unit.kind == UnitKind::kNone) {
      match.unit = *unit;
    } else {
      understood = false;
    }
  }
  return understood;
}

// Units that a header may end in without brackets: "rd_ratio_pct", "rd_total_yuan".
std::optional<Split> SplitUnitWord(std::string_view text, Unit& unit) {
  const std::size_t end = text.rfind('_');
  if (end == std::string_view::npos || end == 0) return std::nullopt;
  const std::optional<Unit> found = UnitOf(text.substr(end + 1));
  if (!found.has_value() || found->kind == UnitKind::kNone) return std::nullopt;
  unit = *found;
  return Split{text.substr(0, end), 0};
}

}  // namespace

std::optional<std::int32_t> SeriesYear(std::string_view text) {
  for (const std::string_view word : kYearWords) {
    if (!text.ends_with(word)) continue;
    text = text::Trim(text.substr(0, text.size() - word.size()));
    break;
  }
  if (!IsYear(text)) return std::nullopt;
  return YearOf(text);
}

std::string NameWithYear(const program::Fact& fact, std::int32_t year) {
  return year == 0 ? fact.naming.name : fact.naming.name + "." + std::to_string(year);
}

std::string NameAndLabel(const program::Naming& naming) {
  return naming.label.empty() ? naming.name : naming.name + " (" + naming.label + ")";
}

std::vector<std::string> FactNames::SpellingsOf(const program::Fact& fact) {
  std::vector<std::string> spellings{fact.naming.name};
  if (!fact.naming.label.empty()) spellings.push_back(fact.naming.label);
  spellings.insert(spellings.end(), fact.naming.aliases.begin(), fact.naming.aliases.end());
  return spellings;
}

std::size_t FactNames::SpellingHash::operator()(const Spelling& spelling) const {
  return std::hash<std::string>{}(spelling.folded) * 31 + spelling.domain;
}

FactNames::FactNames(const program::Schema& schema) : schema_(&schema) {
  for (std::uint32_t domain = 0; domain < schema.domains.size(); ++domain) {
    if (schema.domains[domain].kind == program::DomainKind::kYears) year_domain_ = domain;
  }
  // Names before labels before aliases: where two facts share a spelling, it is the one's that has it as its
  // name.
  for (std::size_t rank = 0; rank < 3; ++rank) {
    for (std::uint32_t fact = 0; fact < schema.facts.size(); ++fact) {
      const std::uint32_t domain = schema.facts[fact].domain;
      const program::Naming& naming = schema.facts[fact].naming;
      const std::vector<std::string> spellings = rank == 0   ? std::vector{naming.name}
                                                 : rank == 1 ? std::vector{naming.label}
                                                             : naming.aliases;
      for (const std::string& spelling : spellings) {
        if (spelling.empty()) continue;
        exact_.try_emplace({domain, spelling}, fact);
        folded_.try_emplace({domain, text::FoldName(spelling)}, fact);
        if (schema.domains[domain].kind != program::DomainKind::kList) own_spellings_.push_back(spelling);
      }
    }
  }
}

std::optional<std::uint32_t> FactNames::FindFact(std::uint32_t domain, std::string_view written) const {
  const auto exact = exact_.find({domain, std::string{written}});
  if (exact != exact_.end()) return exact->second;
  const auto folded = folded_.find({domain, text::FoldName(written)});
  if (folded == folded_.end()) return std::nullopt;
  return folded->second;
}

// `written` without brackets: a fact of the record, or a series with its year before or behind, or without
// any.
std::optional<HeaderMatch> FactNames::FindWithYear(std::string_view written) const {
  HeaderMatch match;
  if (const auto fact = FindFact(0, written)) {
    match.fact = *fact;
    return match;
  }
  if (year_domain_ == 0) return std::nullopt;
  for (const auto& split : {SplitYearBehind(written), SplitYearBefore(written)}) {
    if (!split.has_value()) continue;
    const auto fact = FindFact(year_domain_, split->name);
    if (!fact.has_value()) continue;
    match.fact = *fact;
    match.year = split->year;
    return match;
  }
  const auto fact = FindFact(year_domain_, written);
  if (!fact.has_value()) return std::nullopt;
  match.fact = *fact;
  return match;
}

std::optional<HeaderMatch> FactNames::Find(std::string_view header) const {
  std::string scratch;
  const std::string folded{text::FoldWidth(text::Trim(header), scratch)};
  const std::string_view written = folded;
  // A bracket that is part of a fact's own label stays part of it, and may still be the unit.
  auto whole = FindWithYear(text::Trim(header));
  if (!whole.has_value()) whole = FindWithYear(written);
  if (whole.has_value()) {
    if (const auto bracket = SplitBracket(written)) {
      ReadBracket(bracket->inside, *whole);
    } else if (schema_->facts[whole->fact].type.kind == program::ValueKind::kPercent) {
      // A fact's own name may say it too: the 0.31 under rd_ratio_pct is no 31%.
      Unit unit;
      if (SplitUnitWord(written, unit) && unit.kind == UnitKind::kShare) whole->unit = unit;
    }
    return whole;
  }
  HeaderMatch in_brackets;
  std::string_view name = written;
  // "营业收入（万元）2023"
  if (const auto split = SplitYearBehind(written);
      split.has_value() && SplitBracket(split->name).has_value()) {
    in_brackets.year = split->year;
    name = split->name;
  }
  while (const auto bracket = SplitBracket(name)) {
    if (!ReadBracket(bracket->inside, in_brackets)) in_brackets.bracket = bracket->inside;
    name = bracket->name;
    auto match = FindWithYear(name);
    if (!match.has_value()) continue;
    const bool series = schema_->facts[match->fact].domain != 0;
    if (in_brackets.year != 0 && (!series || match->year != 0)) {
      in_brackets.bracket = std::to_string(in_brackets.year);
      in_brackets.year = match->year;
    }
    match->year = in_brackets.year != 0 ? in_brackets.year : match->year;
    match->unit = in_brackets.unit;
    match->bracket = in_brackets.bracket;
    return match;
  }
  Unit unit;
  if (const auto split = SplitUnitWord(written, unit)) {
    auto match = FindWithYear(split->name);
    if (match.has_value()) match->unit = unit;
    return match;
  }
  return std::nullopt;
}

std::optional<std::uint32_t> FactNames::FindListName(std::string_view name) const {
  const std::string wanted = text::FoldName(name);
  for (std::uint32_t domain = 1; domain < schema_->domains.size(); ++domain) {
    const program::Domain& list = schema_->domains[domain];
    if (list.kind != program::DomainKind::kList || wanted.empty()) continue;
    if (text::FoldName(list.naming.name) == wanted || text::FoldName(list.naming.label) == wanted)
      return domain;
    for (const std::string& alias : list.naming.aliases) {
      if (text::FoldName(alias) == wanted) return domain;
    }
  }
  return std::nullopt;
}

std::optional<std::uint32_t> FactNames::FindList(std::string_view header) const {
  const std::size_t point = header.find('.');
  return FindListName(point == std::string_view::npos ? header : header.substr(0, point));
}

std::optional<HeaderMatch> FactNames::FindField(std::uint32_t domain, std::string_view name) const {
  const auto fact = FindFact(domain, text::Trim(name));
  if (!fact.has_value()) return std::nullopt;
  HeaderMatch match;
  match.fact = *fact;
  return match;
}

std::optional<std::string> FactNames::NearestFact(std::string_view header) const {
  return text::Nearest(header, own_spellings_);
}

std::optional<std::string> FactNames::NearestList(std::string_view name) const {
  std::vector<std::string> candidates;
  for (const program::Domain& domain : schema_->domains) {
    if (domain.kind != program::DomainKind::kList) continue;
    candidates.push_back(domain.naming.name);
    if (!domain.naming.label.empty()) candidates.push_back(domain.naming.label);
  }
  return text::Nearest(name, candidates);
}

}  // namespace pol::records
