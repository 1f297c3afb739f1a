// "Did you mean …": edit distance over characters, with a swap of neighbours as one edit.

#include <algorithm>
#include <array>
#include <cstddef>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/source/utf8.h"

namespace pol::diagnostics {
namespace {

// Longer words are not compared: the offer is a kindness, and its cost must stay small.
constexpr std::size_t kLongest = 64;

using Characters = std::vector<char32_t>;

Characters Decode(std::string_view word) {
  Characters characters;
  for (std::size_t offset = 0; offset < word.size() && characters.size() <= kLongest;) {
    const source::Character character = source::CharacterAt(word, offset);
    // ASCII letters that differ only in case are the same word to an analyst.
    const bool upper = character.code >= U'A' && character.code <= U'Z';
    characters.push_back(upper ? character.code + (U'a' - U'A') : character.code);
    offset += std::max<std::size_t>(character.length, 1);
  }
  return characters;
}

std::size_t Distance(const Characters& left, const Characters& right) {
  using Line = std::array<std::size_t, kLongest + 2>;
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
  const Characters wanted = Decode(word);
  if (wanted.empty() || wanted.size() > kLongest) return std::nullopt;
  // A third of the word may differ: one character in a short word.
  std::size_t best = std::max<std::size_t>(wanted.size() / 3, 1) + 1;
  const std::string* nearest = nullptr;
  for (const std::string& candidate : candidates) {
    const Characters characters = Decode(candidate);
    if (characters.empty() || characters.size() > kLongest) continue;
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

}  // namespace pol::diagnostics
