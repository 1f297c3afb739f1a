#include "runtime/records/batch.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "runtime/program/instruction_info.h"

namespace pol::records {
namespace {

using program::Fact;
using program::RegisterKind;

// Where the lanes of a series go when `before` years are put in front and the count grows from `old_years` to
// `new_years`.
struct Relayout {
  std::uint32_t rows = 0;
  std::uint32_t old_years = 0;
  std::uint32_t new_years = 0;
  std::uint32_t before = 0;

  std::uint32_t old_lanes() const { return rows * old_years; }
  std::uint32_t new_lanes() const { return rows * new_years; }
  std::uint32_t NewLane(std::uint32_t old_lane) const {
    return old_lane / old_years * new_years + before + old_lane % old_years;
  }
};

CellState StateOfBlank(const Fact& fact) {
  if (fact.optional) return CellState::kAbsent;
  return fact.judged ? CellState::kNotJudged : CellState::kMissing;
}

template <typename Value>
void Spread(const Relayout& layout, Value blank, std::vector<Value>& values) {
  std::vector<Value> spread(layout.new_lanes(), blank);
  for (std::uint32_t lane = 0; lane < layout.old_lanes(); ++lane) spread[layout.NewLane(lane)] = values[lane];
  values = std::move(spread);
}

void Spread(const Relayout& layout, engine::Bits& bits) {
  engine::Bits spread(layout.new_lanes());
  for (std::uint32_t lane = 0; lane < layout.old_lanes(); ++lane) {
    if (bits[lane]) spread.Set(layout.NewLane(lane));
  }
  bits = std::move(spread);
}

void SpreadColumn(const Relayout& layout, const Fact& fact, Column& column) {
  switch (program::RegisterKindOf(fact.type.kind)) {
    case RegisterKind::kTruth:
      Spread(layout, column.truths);
      break;
    case RegisterKind::kNumber: {
      Spread(layout, std::int64_t{0}, column.numbers.numerators);
      decltype(column.numbers.wide) wide;
      for (auto& [lane, numerator] : column.numbers.wide) {
        wide.emplace(layout.NewLane(lane), std::move(numerator));
      }
      column.numbers.wide = std::move(wide);
      break;
    }
    case RegisterKind::kCode:
      Spread(layout, std::int32_t{0}, column.codes);
      break;
  }
  Spread(layout, column.known);
  if (column.states.empty()) column.states.assign(layout.old_lanes(), CellState::kGiven);
  Spread(layout, StateOfBlank(fact), column.states);
}

}  // namespace

std::uint32_t LaneCount(const Batch& batch, std::uint32_t domain) {
  if (domain == 0) return batch.rows;
  const std::vector<std::uint32_t>& offsets = batch.domains[domain].offsets;
  return offsets.empty() ? 0 : offsets.back();
}

bool WidenYears(const program::Schema& schema, std::int32_t first, std::int32_t last, Batch& batch) {
  const std::int64_t old_last = std::int64_t{batch.first_year} + batch.year_count - 1;
  const std::int64_t new_first = std::min({batch.first_year, first, last});
  const std::int64_t new_last = std::max({old_last, std::int64_t{first}, std::int64_t{last}});
  if (new_last - new_first + 1 > kMostYears) return false;
  const auto new_count = static_cast<std::uint32_t>(new_last - new_first + 1);
  if (new_count == batch.year_count) return true;

  const Relayout layout{.rows = batch.rows,
                        .old_years = batch.year_count,
                        .new_years = new_count,
                        .before = static_cast<std::uint32_t>(batch.first_year - new_first)};
  for (std::size_t i = 0; i < schema.facts.size() && i < batch.columns.size(); ++i) {
    const Fact& fact = schema.facts[i];
    if (schema.domains[fact.domain].kind == program::DomainKind::kYears) {
      SpreadColumn(layout, fact, batch.columns[i]);
    }
  }
  for (std::size_t i = 0; i < schema.domains.size() && i < batch.domains.size(); ++i) {
    if (schema.domains[i].kind != program::DomainKind::kYears) continue;
    std::vector<std::uint32_t>& offsets = batch.domains[i].offsets;
    offsets.resize(std::size_t{batch.rows} + 1);
    for (std::uint32_t row = 0; row <= batch.rows; ++row) offsets[row] = row * new_count;
  }
  batch.first_year = static_cast<std::int32_t>(new_first);
  batch.year_count = new_count;
  return true;
}

}  // namespace pol::records
