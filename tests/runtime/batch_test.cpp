#include "runtime/records/batch.h"

#include <doctest/doctest.h>

#include <limits>

namespace pol::records {
namespace {

using program::DomainKind;
using program::Fact;
using program::Schema;
using program::ValueKind;

Fact Series(ValueKind kind, bool optional = false, bool judged = false) {
  Fact fact;
  fact.type.kind = kind;
  fact.domain = 1;
  fact.optional = optional;
  fact.judged = judged;
  return fact;
}

Schema SeriesSchema() {
  Schema schema;
  schema.domains.resize(2);
  schema.domains[1].kind = DomainKind::kYears;
  Fact plain;
  plain.type.kind = ValueKind::kNumber;
  schema.facts = {plain, Series(ValueKind::kMoney), Series(ValueKind::kTruth, true),
                  Series(ValueKind::kDate, false, true)};
  return schema;
}

// Two records, years 2020 and 2021.
Batch SeriesBatch() {
  Batch batch;
  batch.rows = 2;
  batch.first_year = 2020;
  batch.year_count = 2;
  batch.columns.resize(4);
  batch.columns[0].numbers.numerators = {5, 6};
  batch.columns[0].known = engine::Bits(2, true);
  batch.columns[1].numbers = {.scale = 2,
                              .numerators = {1, 2, 0, 4},
                              .wide = {{2, boost::multiprecision::cpp_int("99999999999999999999")}}};
  batch.columns[1].known = engine::Bits(4, true);
  batch.columns[2].truths = engine::Bits(4, true);
  batch.columns[2].known = engine::Bits(4, true);
  batch.columns[2].known.Reset(1);
  batch.columns[2].truths.Reset(1);
  batch.columns[2].states = {CellState::kGiven, CellState::kUnreadable, CellState::kGiven, CellState::kGiven};
  batch.columns[3].codes = {10, 11, 12, 13};
  batch.columns[3].known = engine::Bits(4, true);
  batch.domains.resize(2);
  batch.domains[1].offsets = {0, 2, 4};
  return batch;
}

TEST_CASE("lanes of the record and of its children") {
  const Batch batch = SeriesBatch();
  CHECK(LaneCount(batch, 0) == 2);
  CHECK(LaneCount(batch, 1) == 4);
}

TEST_CASE("widening keeps what is there and fills in blanks") {
  const Schema schema = SeriesSchema();
  Batch batch = SeriesBatch();
  REQUIRE(WidenYears(schema, 2019, 2022, batch));
  CHECK(batch.first_year == 2019);
  CHECK(batch.year_count == 4);
  CHECK(LaneCount(batch, 1) == 8);
  CHECK(batch.domains[1].offsets == std::vector<std::uint32_t>{0, 4, 8});
  CHECK(batch.columns[0].numbers.numerators == std::vector<std::int64_t>{5, 6});
  CHECK(batch.columns[1].numbers.numerators == std::vector<std::int64_t>{0, 1, 2, 0, 0, 0, 4, 0});
  REQUIRE(batch.columns[1].numbers.wide.size() == 1);
  CHECK(batch.columns[1].numbers.wide.at(5).str() == "99999999999999999999");
  CHECK(batch.columns[1].known.Count() == 4);
  using enum CellState;
  CHECK(batch.columns[1].states ==
        std::vector<CellState>{kMissing, kGiven, kGiven, kMissing, kMissing, kGiven, kGiven, kMissing});
  CHECK(batch.columns[2].states ==
        std::vector<CellState>{kAbsent, kGiven, kUnreadable, kAbsent, kAbsent, kGiven, kGiven, kAbsent});
  CHECK(batch.columns[2].truths[1]);
  CHECK_FALSE(batch.columns[2].known[2]);
  CHECK(batch.columns[3].codes == std::vector<std::int32_t>{0, 10, 11, 0, 0, 12, 13, 0});
  CHECK(batch.columns[3].states[0] == kNotJudged);
}

TEST_CASE("a range inside changes nothing") {
  Batch batch = SeriesBatch();
  REQUIRE(WidenYears(SeriesSchema(), 2020, 2021, batch));
  CHECK(batch.year_count == 2);
  CHECK(batch.columns[1].states.empty());
}

TEST_CASE("too many years are refused and change nothing") {
  Batch batch = SeriesBatch();
  CHECK_FALSE(WidenYears(SeriesSchema(), 1700, 2022, batch));
  CHECK_FALSE(WidenYears(SeriesSchema(), std::numeric_limits<std::int32_t>::min(),
                         std::numeric_limits<std::int32_t>::max(), batch));
  CHECK(batch.first_year == 2020);
  CHECK(batch.year_count == 2);
  CHECK(WidenYears(SeriesSchema(), 2021 - 255, 2021, batch));
  CHECK(batch.year_count == kMostYears);
}

TEST_CASE("an empty batch widens too") {
  const Schema schema = SeriesSchema();
  Batch batch;
  batch.columns.resize(4);
  batch.domains.resize(2);
  batch.domains[1].offsets = {0};
  REQUIRE(WidenYears(schema, 1990, 2030, batch));
  CHECK(LaneCount(batch, 1) == 0);
  CHECK(LaneCount(batch, 0) == 0);
}

}  // namespace
}  // namespace pol::records
