// What an example says of its applicant: its own lines on top of those of the example it is like. Internal to
// the passes over examples (examples.cpp). Tested by tests/compiler/model_examples_test.cpp.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>

#include "compiler/model/context.h"
#include "compiler/model/typer.h"

namespace pol::model {

// Where a cell belongs: its fact, its year (of a series), its row (of a list).
using CellKey = std::tuple<std::uint32_t, std::int32_t, std::uint32_t>;

struct ExampleFacts {
  std::map<CellKey, ExampleCell> cells;
  std::map<std::uint32_t, std::uint32_t> lists;  // domain -> rows
  std::optional<std::int32_t> as_of;
};

// Adds the lines that stand in the example itself; what is wrong with them is reported.
void AddOwnLines(Context& context, Typer& typer, const syntax::Tree& tree, const syntax::Example& example,
                 ExampleFacts& facts);

// A year that a series may have a value for, as written; nullopt for anything else.
std::optional<std::int32_t> SeriesYear(const std::string& digits);

// A value known when the policy is compiled, of that type; reported otherwise. The model's expressions stay
// as they are: an example must not change what is compiled.
std::optional<Constant> ExampleConstant(Context& context, Typer& typer, const syntax::Tree& tree,
                                        syntax::ExpressionId id, const program::ValueType& type);

// What an example expects, resolved; nullopt after something wrong was reported (example_expectations.cpp).
std::optional<Expectation> TypeExpectation(Context& context, Typer& typer, const syntax::Tree& tree,
                                           const syntax::ExampleExpectation& written);

}  // namespace pol::model
