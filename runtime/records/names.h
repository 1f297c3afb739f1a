// What a header, or a JSON member, names: which fact, of which year, in which unit. Spellings count as the
// same whatever their letters' case, width, blanks and underscores. Tested by tests/runtime/names_test.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "runtime/program/program.h"
#include "runtime/program/schema.h"
#include "runtime/records/units.h"

namespace pol::records {

struct HeaderMatch {
  std::uint32_t fact = program::kNone;
  std::int32_t year = 0;  // of a series; 0 where the header says none
  Unit unit;
  std::string bracket;  // text in brackets that is neither a unit nor a year
};

class FactNames {
 public:
  explicit FactNames(const program::Schema& schema);

  // The fact of the record (not of a list) that a header names: "revenue.2023", "营业收入（万元）",
  // "2023年营业收入".
  std::optional<HeaderMatch> Find(std::string_view header) const;
  // The list that a header or member names, alone ("accidents") or with one of its fields
  // ("accidents.grade").
  std::optional<std::uint32_t> FindList(std::string_view header) const;
  // The list whose name or label is this.
  std::optional<std::uint32_t> FindListName(std::string_view name) const;
  // A field of a list by name, label or alias.
  std::optional<HeaderMatch> FindField(std::uint32_t domain, std::string_view name) const;

  // The spelling of a fact that is nearest to a header nobody knows.
  std::optional<std::string> NearestFact(std::string_view header) const;
  std::optional<std::string> NearestList(std::string_view name) const;
  // All that a fact may be called: name, label, aliases.
  static std::vector<std::string> SpellingsOf(const program::Fact& fact);

 private:
  struct Spelling {
    std::uint32_t domain = 0;
    std::string folded;
    friend bool operator==(const Spelling&, const Spelling&) = default;
  };
  struct SpellingHash {
    std::size_t operator()(const Spelling& spelling) const;
  };
  std::optional<std::uint32_t> FindFact(std::uint32_t domain, std::string_view written) const;
  std::optional<HeaderMatch> FindWithYear(std::string_view written) const;

  const program::Schema* schema_;
  std::uint32_t year_domain_ = 0;  // 0 = there is none
  std::unordered_map<Spelling, std::uint32_t, SpellingHash> exact_;
  std::unordered_map<Spelling, std::uint32_t, SpellingHash> folded_;
  std::vector<std::string> own_spellings_;  // of the record's facts and series
};

// "revenue" -> "revenue.2023"; how a fact is called in messages and outcomes.
std::string NameWithYear(const program::Fact& fact, std::int32_t year);
// "credit_code (统一社会信用代码)": a fact's name with its label.
std::string NameAndLabel(const program::Naming& naming);
// Four digits from kFirstSeriesYear to kLastSeriesYear, perhaps with 年 or 年度.
std::optional<std::int32_t> SeriesYear(std::string_view text);

}  // namespace pol::records
