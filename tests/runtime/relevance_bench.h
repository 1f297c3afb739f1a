// For tests of relevance: a program, one batch for it, and what the sweep says of them, as terse as a table.
#pragma once

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

#include "runtime/engine/engine.h"
#include "runtime/program/verify.h"
#include "tests/runtime/assembler.h"

namespace pol::test {

using engine::Need;
using engine::Registers;
using engine::Relevance;

class Bench {
 public:
  Assembler a;
  records::Batch batch;

  void Rows(std::uint32_t rows, std::uint32_t items = 2) {
    batch = BlankBatch(a.program.schema, rows, 2020, 3, items);
  }
  std::uint32_t Truth(const char* name, std::uint32_t domain = kRecord) {
    return a.LoadNew(name, ValueKind::kTruth, domain);
  }
  std::uint32_t Number(const char* name, std::uint32_t domain = kRecord) {
    return a.LoadNew(name, ValueKind::kNumber, domain);
  }
  void Sweep(std::initializer_list<std::uint32_t> roots, std::optional<std::int32_t> as_of = std::nullopt) {
    const std::vector<std::string> errors = program::Verify(a.program);
    REQUIRE_MESSAGE(errors.empty(), errors.front());
    const Registers registers = engine::Run(a.program, batch, {.as_of = as_of});
    const std::vector<std::uint32_t> list(roots);
    found_ = engine::Sweep(a.program, batch, registers, list);
  }
  // Ids of the clauses that carry the reason in the row: "1 2(1)".
  std::string Because(std::uint32_t row = 0) const {
    std::string text;
    for (std::size_t i = 0; i < found_.because.size(); ++i) {
      if (found_.because[i][row]) text += (text.empty() ? "" : " ") + a.program.clauses[i].id;
    }
    return text;
  }
  // "rd.2021 list:items as_of reason:0".
  std::string Needs(std::uint32_t row = 0) const {
    std::string text;
    for (const Need& need : found_.needs[row]) text += (text.empty() ? "" : " ") + NameOf(need);
    return text;
  }

 private:
  std::string NameOf(const Need& need) const {
    if (need.as_of) return "as_of";
    if (need.reason != program::kNone) return fmt::format("reason:{}", need.reason);
    if (need.domain != program::kNone) return "list:" + a.program.schema.domains[need.domain].naming.name;
    const std::string& name = a.program.schema.facts[need.fact].naming.name;
    return need.year == 0 ? name : fmt::format("{}.{}", name, need.year);
  }

  Relevance found_;
};

// The truths of the lanes from the first on: 1 true, 0 false, -1 unknown.
inline void Give(Bench& bench, std::uint32_t fact, std::initializer_list<int> truths) {
  std::uint32_t lane = 0;
  for (const int truth : truths) {
    if (truth >= 0) SetTruth(bench.batch, fact, lane, truth == 1);
    ++lane;
  }
}

inline constexpr int kUnknown = -1;

}  // namespace pol::test
