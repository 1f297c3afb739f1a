#include "runtime/text/nearest.h"

#include <algorithm>
#include <array>
#include <cstddef>

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

// A swap of neighbours is one edit.
std::size_t Distance(const std::u32string& left, const std::u32string& right) {
  using Line = std::array<std::size_t, kMostCharacters + 2>;
  Line two_before{};
  Line before{};
  Line current{};
  for (std::size_t column = 0; column <= right.size(); ++column) before[column] = column;
  for (std::size_t row = 1; row <= left.size(); ++row) {
    current[0] = row;
    for (std::size_t column = 1; column <= right.size(); ++column) {
      const std::size_t change = left[row - 1] == right[column - 1] ? 0 : 1;
      current[column] = std::min({before[column] + 1, current[column - 1] + 1, before[column - 1] + change});
      const bool swapped =
          row > 1 && column > 1 && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1];
      if (swapped) current[column] = std::min(current[column], two_before[column - 2] + 1);
    }
    two_before = before;
    before = current;
  }
  return before[right.size()];
}

}  // namespace

std::optional<std::string> Nearest(std::string_view word, const std::vector<std::string>& candidates) {
  const std::u32string wanted = CharactersOf(word);
  if (wanted.empty() || wanted.size() > kMostCharacters) return std::nullopt;
  // A third of the word may differ: one character in a short word.
  std::size_t best = std::max<std::size_t>(wanted.size() / 3, 1) + 1;
  const std::string* nearest = nullptr;
  for (const std::string& candidate : candidates) {
    const std::u32string characters = CharactersOf(candidate);
    if (characters.empty() || characters.size() > kMostCharacters) continue;
    const std::size_t longer = std::max(characters.size(), wanted.size());
    const std::size_t shorter = std::min(characters.size(), wanted.size());
    if (longer - shorter >= best) continue;
    const std::size_t distance = Distance(wanted, characters);
    // A word that shares nothing with the candidate is not near it, however short both are.
    if (distance < best && distance < longer) {
      best = distance;
      nearest = &candidate;
    }
  }
  if (nearest == nullptr) return std::nullopt;
  return *nearest;
}

}  // namespace pol::text
