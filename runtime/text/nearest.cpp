#include "runtime/text/nearest.h"

#include <algorithm>
#include <cstddef>
#include <numeric>

#include "runtime/text/utf8.h"

namespace pol::text {
namespace {

// Longer words are not names; the distance would cost their product.
constexpr std::size_t kMostCharacters = 64;

std::u32string CharactersOf(std::string_view word) {
  const std::string folded = FoldName(word);
  std::u32string characters;
  for (std::size_t at = 0; at < folded.size() && characters.size() <= kMostCharacters;) {
    characters.push_back(NextCharacter(folded, at));
  }
  return characters;
}

std::size_t Distance(const std::u32string& left, const std::u32string& right) {
  std::vector<std::size_t> row(right.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < left.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < right.size(); ++j) {
      const std::size_t replaced = diagonal + (left[i] == right[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

}  // namespace

std::optional<std::string> Nearest(std::string_view word, const std::vector<std::string>& candidates) {
  const std::u32string wanted = CharactersOf(word);
  if (wanted.empty() || wanted.size() > kMostCharacters) return std::nullopt;
  std::optional<std::string> nearest;
  std::size_t least = kMostCharacters;
  for (const std::string& candidate : candidates) {
    const std::u32string offered = CharactersOf(candidate);
    if (offered.empty() || offered.size() > kMostCharacters) continue;
    const std::size_t distance = Distance(wanted, offered);
    const std::size_t longer = std::max(wanted.size(), offered.size());
    // Two characters of a Chinese word carry as much as two syllables: one of them may differ when the word
    // is longer than two.
    if (distance * 3 > longer || distance >= least) continue;
    least = distance;
    nearest = candidate;
  }
  return nearest;
}

}  // namespace pol::text
