#include "compiler/model/example_batch.h"

#include <map>
#include <utility>
#include <vector>

#include "runtime/number/decimal.h"
#include "runtime/program/instruction_info.h"
#include "runtime/records/cells.h"
#include "runtime/records/columns.h"

namespace pol::model {
namespace {

using program::ValueKind;
using records::CellState;
using records::CellValue;

// The number has an end as a decimal: examples with others are not compiled.
void PutNumber(const Rational& number, CellValue& value) {
  number::Integer numerator = boost::multiprecision::numerator(number);
  const number::Integer denominator = boost::multiprecision::denominator(number);
  number::Integer power = 1;
  value.scale = 0;
  while (power % denominator != 0 && value.scale < records::kMostPlaces) {
    power *= 10;
    ++value.scale;
  }
  numerator *= power / denominator;
  static const number::Integer kMost{std::numeric_limits<std::int64_t>::max()};
  value.is_wide = abs(numerator) > kMost;
  value.numerator = value.is_wide ? 0 : static_cast<std::int64_t>(numerator);
  value.wide_numerator = std::move(numerator);
}

CellValue ValueOf(const program::Fact& fact, const ExampleCell& cell) {
  CellValue value;
  value.state = cell.state;
  if (cell.state != CellState::kGiven) return value;
  if (const auto* number = std::get_if<Rational>(&cell.value)) {
    PutNumber(*number, value);
  } else if (fact.type.kind == ValueKind::kTruth) {
    value.truth = std::get<std::int32_t>(cell.value) != 0;
  } else {
    value.code = std::get<std::int32_t>(cell.value);
  }
  value.text = cell.text;
  return value;
}

CellState NothingSaid(const program::Fact& fact) {
  return fact.judged ? CellState::kNotJudged : CellState::kMissing;
}

class ExampleFiller {
 public:
  ExampleFiller(const program::Schema& schema, const Example& example)
      : schema_(schema), example_(example), builder_(schema) {}

  records::Batch Fill() {
    records::Batch batch;
    builder_.Start(1, batch);
    builder_.SetKey(0, example_.title, 0);
    MakeLanes(batch);
    for (const ExampleCell& cell : example_.cells) {
      builder_.Set(cell.fact.index, LaneOf(cell), ValueOf(schema_.facts[cell.fact.index], cell));
    }
    std::vector<bool> known(schema_.domains.size());
    for (const ExampleList& list : example_.lists) known[list.domain] = true;
    builder_.EndRow(known);
    builder_.Finish(1);
    return batch;
  }

 private:
  // Every lane there is, as if nothing were said of it.
  void MakeLanes(const records::Batch& batch) {
    for (const ExampleCell& cell : example_.cells) {
      if (cell.year != 0) builder_.LaneOfYear(0, cell.year);
    }
    for (const ExampleList& list : example_.lists) {
      for (std::uint32_t row = 0; row < list.rows; ++row) {
        const std::uint32_t lane = builder_.AddElement(list.domain);
        if (row == 0) first_lanes_[list.domain] = lane;
      }
    }
    for (std::uint32_t fact = 0; fact < schema_.facts.size(); ++fact) {
      const program::Fact& declared = schema_.facts[fact];
      CellValue nothing;
      nothing.state = NothingSaid(declared);
      for (std::uint32_t lane = 0; lane < LanesOf(declared.domain, batch); ++lane) {
        builder_.Set(fact, lane, nothing);
      }
    }
  }

  std::uint32_t LanesOf(std::uint32_t domain, const records::Batch& batch) const {
    switch (schema_.domains[domain].kind) {
      case program::DomainKind::kRecord:
        return 1;
      case program::DomainKind::kYears:
        return batch.year_count;
      case program::DomainKind::kList:
        break;
    }
    for (const ExampleList& list : example_.lists) {
      if (list.domain == domain) return list.rows;
    }
    return 0;
  }

  std::uint32_t LaneOf(const ExampleCell& cell) {
    if (cell.year != 0) return builder_.LaneOfYear(0, cell.year);
    const auto list = first_lanes_.find(schema_.facts[cell.fact.index].domain);
    return list == first_lanes_.end() ? 0 : list->second + cell.element;
  }

  const program::Schema& schema_;
  const Example& example_;
  records::BatchBuilder builder_;
  std::map<std::uint32_t, std::uint32_t> first_lanes_;  // by list
};

}  // namespace

records::Batch BatchOf(const program::Schema& schema, const Example& example) {
  return ExampleFiller(schema, example).Fill();
}

}  // namespace pol::model
