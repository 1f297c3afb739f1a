// A vector made of a range, element by element. Used everywhere in the compiler.
#pragma once

#include <iterator>
#include <type_traits>
#include <vector>

namespace pol {

template <typename Elements, typename Function>
auto MapEach(const Elements& elements, Function function) {
  std::vector<std::decay_t<decltype(function(*std::begin(elements)))>> mapped;
  mapped.reserve(std::size(elements));
  for (const auto& element : elements) mapped.push_back(function(element));
  return mapped;
}

}  // namespace pol
