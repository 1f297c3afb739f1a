#include "runtime/records/regions.h"

#include <algorithm>
#include <utility>

#include "runtime/text/utf8.h"

namespace pol::records {
namespace {

// What a name of a region may end in; the longest first.
constexpr std::string_view kEndings[] = {"维吾尔自治区", "壮族自治区", "回族自治区", "特别行政区", "自治区",
                                         "自治州",       "自治县",     "新区",       "地区",       "省",
                                         "市",           "区",         "县",         "旗",         "盟"};
// A level of the code table without a place of its own.
constexpr std::string_view kEmptyLevels[] = {"市辖区", "省直辖县级行政区划", "中国"};

// How many zero digits of a code are no part of it: 110000 -> 4.
std::uint32_t Divisor(std::uint32_t code) {
  if (code % 10000 == 0) return 10000;
  return code % 100 == 0 ? 100 : 1;
}

bool IsWithin(std::uint32_t code, std::uint32_t outer) {
  const std::uint32_t divisor = Divisor(outer);
  return code / divisor == outer / divisor;
}

bool HasEnding(std::string_view name) {
  return std::any_of(std::begin(kEndings), std::end(kEndings),
                     [&](std::string_view end) { return name.ends_with(end); });
}

// Whether what follows a region's short name goes on to name a place in it (河北石家庄市), and is not the
// rest of a street's name (北京路).
bool NamesPlace(std::string_view rest) {
  for (const std::string_view street : {"路", "街", "大道", "大街", "道"}) {
    if (rest.starts_with(street)) return false;
  }
  return std::any_of(std::begin(kEndings), std::end(kEndings),
                     [&](std::string_view end) { return rest.find(end) != std::string_view::npos; });
}

std::string WithoutSeparators(std::string_view text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t character = text::NextCharacter(text, at);
    constexpr std::u32string_view kSeparators = U" \t-/\\,.;:|>_·—–、→";
    if (kSeparators.find(character) == std::u32string_view::npos) text::AppendCharacter(character, plain);
  }
  return plain;
}

}  // namespace

Regions::Regions(const std::vector<program::Region>& regions) : regions_(&regions) {
  for (std::uint32_t region = 0; region < regions.size(); ++region) {
    for (const std::string& written : regions[region].names) {
      std::string scratch;
      const std::string name = WithoutSeparators(text::FoldWidth(written, scratch));
      Add(name, region, false);
      for (const std::string_view ending : kEndings) {
        constexpr std::size_t kTwoCharacters = 6;
        if (!name.ends_with(ending) || name.size() < ending.size() + kTwoCharacters) continue;
        Add(name.substr(0, name.size() - ending.size()), region, true);
        break;
      }
    }
  }
}

void Regions::Add(const std::string& name, std::uint32_t region, bool derived) {
  if (name.empty()) return;
  Indices& indices = derived ? derived_[name] : written_[name];
  if (indices.empty() || indices.back() != region) indices.push_back(region);
  longest_name_ = std::max(longest_name_, name.size());
}

std::optional<std::uint32_t> Regions::FindCode(std::uint32_t code) const {
  for (const std::uint32_t divisor : {1U, 100U, 10000U}) {
    const std::uint32_t wanted = code / divisor * divisor;
    const auto found = std::lower_bound(
        regions_->begin(), regions_->end(), wanted,
        [](const program::Region& region, std::uint32_t value) { return region.code < value; });
    if (found != regions_->end() && found->code == wanted) return wanted;
  }
  return std::nullopt;
}

Regions::Match Regions::LongestName(std::string_view text, std::optional<std::uint32_t> inside) const {
  for (std::size_t length = std::min(text.size(), longest_name_); length > 0; --length) {
    const std::string name{text.substr(0, length)};
    Match match;
    for (const auto* names : {&written_, &derived_}) {
      const auto found = names->find(name);
      if (found == names->end()) continue;
      for (const std::uint32_t region : found->second) {
        const std::uint32_t code = (*regions_)[region].code;
        if (!inside.has_value() || (code != *inside && IsWithin(code, *inside)))
          match.regions.push_back(region);
      }
      if (match.regions.empty()) continue;
      match.length = length;
      return match;
    }
  }
  return {};
}

std::string Regions::FullName(std::uint32_t region) const {
  const std::uint32_t code = (*regions_)[region].code;
  std::string full;
  for (const program::Region& outer : *regions_) {
    if (outer.code <= code && IsWithin(code, outer.code) && !outer.names.empty()) full += outer.names.front();
  }
  return full;
}

Regions::Found Regions::Find(std::string_view text) const {
  Found result;
  if (text.size() == 6 &&
      std::all_of(text.begin(), text.end(), [](char byte) { return byte >= '0' && byte <= '9'; })) {
    std::uint32_t code = 0;
    for (const char digit : text) code = code * 10 + static_cast<std::uint32_t>(digit - '0');
    result.code = FindCode(code);
    return result;
  }
  const std::string plain = WithoutSeparators(text);
  std::string_view rest = plain;
  std::string_view last_name;
  std::optional<std::uint32_t> outside;  // the region that `found` was looked for in
  std::optional<std::uint32_t> found;
  while (!rest.empty()) {
    const Match match = LongestName(rest, found);
    if (match.length == 0) {
      const auto* level = std::find_if(std::begin(kEmptyLevels), std::end(kEmptyLevels),
                                       [&](std::string_view empty) { return rest.starts_with(empty); });
      if (level == std::end(kEmptyLevels)) break;
      rest.remove_prefix(level->size());
      continue;
    }
    // Of several, the one that all the others are part of: 吉林 is the province, whatever the city.
    const auto outer = std::find_if(match.regions.begin(), match.regions.end(), [&](std::uint32_t candidate) {
      return std::all_of(match.regions.begin(), match.regions.end(), [&](std::uint32_t other) {
        return IsWithin((*regions_)[other].code, (*regions_)[candidate].code);
      });
    });
    if (outer == match.regions.end()) {
      result.readings = {FullName(match.regions[0]), FullName(match.regions[1])};
      return result;
    }
    outside = std::exchange(found, (*regions_)[*outer].code);
    last_name = rest.substr(0, match.length);
    rest.remove_prefix(match.length);
  }
  // A short name that more text follows may be part of another word: 北京市朝阳门 is not in 朝阳.
  const bool whole = rest.empty() || HasEnding(last_name) || (!outside.has_value() && NamesPlace(rest));
  result.code = whole ? found : outside;
  return result;
}

}  // namespace pol::records
