// How the outputs of a model use its clauses: whether one more or one less could only make them harder or
// easier to meet. Part of overlay.h; tested by tests/compiler/overlay_test.cpp.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "compiler/model/model.h"

namespace pol::overlay {

// Ways in which a clause is used, as bits.
inline constexpr std::uint8_t kAsConjunct =
    1;  // among others that must all hold; what asks that follows it upwards
inline constexpr std::uint8_t kFollowed = 2;   // what uses it follows it upwards
inline constexpr std::uint8_t kOtherwise = 4;  // in any other way

// By clause: how the outputs use it, through lets and other clauses too. Outputs that are not `shared` (by
// name) use it in a way that says nothing.
using IsShared = std::function<bool(const std::string&)>;
std::vector<std::uint8_t> UsesOf(const model::Model& model, const IsShared& shared);

}  // namespace pol::overlay
