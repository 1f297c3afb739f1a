#include "runtime/engine/engine.h"

#include <doctest/doctest.h>

#include "runtime/engine/columns.h"
#include "runtime/program/verify.h"
#include "tests/runtime/model.h"
#include "tests/runtime/random_program.h"

namespace pol::engine {
namespace {

using program::Opcode;
using program::ValueKind;
using test::Assembler;
using test::BlankBatch;
using test::Fill;

constexpr Width kWidths[] = {Width::k64, Width::k128, Width::kAny};

TEST_CASE("random programs mean the same as in the model, at every width") {
  for (std::uint32_t seed = 0; seed < 300; ++seed) {
    test::RandomProgram random(seed);
    while (random.program().instructions.size() < 60) random.EmitAny();
    const std::vector<std::string> errors = program::Verify(random.program());
    REQUIRE_MESSAGE(errors.empty(), errors.front());
    const Fill fill = seed % 2 == 0 ? Fill::kTame : Fill::kWild;
    const records::Batch batch = test::RandomBatch(random.program().schema, 1 + seed % 7, fill, seed);
    for (const Width width : kWidths) {
      records::Batch widened = batch;
      const Settings settings{.as_of = 19750, .narrowest = width};
      const Registers registers = Run(random.program(), widened, settings);
      const std::string difference = test::FirstDifference(
          random.program(), registers, test::Evaluate(random.program(), widened, settings));
      CHECK_MESSAGE(difference.empty(), "seed ", seed, ": ", difference);
    }
  }
}

TEST_CASE("7.1 / 3.3 * 3.3 is 7.1") {
  Assembler a;
  const std::uint32_t divisor = a.Number("3.3");
  const std::uint32_t product =
      a.Emit(Opcode::kMultiply, {a.Emit(Opcode::kDivide, {a.Number("7.1"), divisor}), divisor});
  const std::uint32_t same = a.Emit(Opcode::kEqualNumber, {product, a.Number("7.1")});
  for (const Width width : kWidths) {
    records::Batch batch = BlankBatch(a.program.schema, 1);
    CHECK(Run(a.program, batch, {.narrowest = width}).TruthAt(same, 0) == Truth::kTrue);
  }
}

TEST_CASE("a ratio of exactly 10% passes, one fen less does not") {
  Assembler a;
  const std::uint32_t rd = a.Fact("rd", ValueKind::kMoney);
  const std::uint32_t revenue = a.Fact("revenue", ValueKind::kMoney);
  const std::uint32_t ratio = a.Emit(Opcode::kDivide, {a.Load(rd), a.Load(revenue)});
  const std::uint32_t passes = a.Emit(Opcode::kLessEqualNumber, {a.Number("0.1"), ratio});
  records::Batch batch = BlankBatch(a.program.schema, 2);
  batch.columns[rd].numbers.scale = batch.columns[revenue].numbers.scale = 2;
  for (const std::uint32_t row : {0u, 1u}) {
    test::SetNumber(batch, revenue, row, 300'000'000'000'00);
    test::SetNumber(batch, rd, row, 30'000'000'000'00 - static_cast<std::int64_t>(row));
  }
  const Registers registers = Run(a.program, batch, {});
  CHECK(registers.width() == Width::k64);
  CHECK(registers.TruthAt(passes, 0) == Truth::kTrue);
  CHECK(registers.TruthAt(passes, 1) == Truth::kFalse);
}

TEST_CASE("a batch grows wider only as far as it must") {
  Assembler a;
  const std::uint32_t x = a.Fact("x", ValueKind::kNumber);
  std::uint32_t value = a.Load(x);
  value = a.Emit(Opcode::kMultiply, {value, value});
  value = a.Emit(Opcode::kMultiply, {value, value});
  const auto width = [&](std::int64_t number) {
    records::Batch batch = BlankBatch(a.program.schema, 3);
    test::SetNumber(batch, x, 1, number);
    const Registers registers = Run(a.program, batch, {});
    const BigInt square = BigInt(number) * number;
    CHECK(*registers.NumberAt(value, 1) == Rational(square * square));
    CHECK_FALSE(registers.NumberAt(value, 0));
    return registers.width();
  };
  CHECK(width(50000) == Width::k64);
  CHECK(width(3'000'000'000) == Width::k128);
  CHECK(width(3'000'000'000'000) == Width::kAny);
}

TEST_CASE("numbers beyond all measure are unknown, in their lane only") {
  Assembler a;
  const std::uint32_t x = a.Fact("x", ValueKind::kNumber);
  std::uint32_t value = a.Load(x);
  for (int i = 0; i < 40; ++i) value = a.Emit(Opcode::kMultiply, {value, value});
  records::Batch batch = BlankBatch(a.program.schema, 3);
  for (const std::uint32_t row : {0u, 1u, 2u}) test::SetNumber(batch, x, row, row + 1);
  batch.columns[x].numbers.scale = 0;
  const Registers registers = Run(a.program, batch, {});
  CHECK(*registers.NumberAt(value, 0) == 1);
  CHECK_FALSE(registers.NumberAt(value, 1));
  CHECK_FALSE(registers.NumberAt(value, 2));
}

TEST_CASE("scales that pile up are no overflow of the value") {
  Assembler a;
  std::uint32_t value = a.Number("0.1");
  for (int i = 0; i < 6; ++i) value = a.Emit(Opcode::kMultiply, {value, value});
  records::Batch batch = BlankBatch(a.program.schema, 1);
  const Registers registers = Run(a.program, batch, {});
  CHECK(registers.width() == Width::kAny);
  CHECK(number::ToText(*registers.NumberAt(value, 0), 64) == "0." + std::string(63, '0') + "1");
}

struct WindowCase {
  std::int64_t first, last;
  std::int32_t batch_first;
  std::uint32_t batch_count;
};

TEST_CASE("the batch is widened to hold a window, and no further") {
  for (const WindowCase& at : {WindowCase{2021, 2022, 2020, 3}, WindowCase{2018, 2019, 2018, 5},
                               WindowCase{2023, 2030, 2020, 11}, WindowCase{2019, 2024, 2019, 6},
                               WindowCase{2030, 2025, 2020, 3}, WindowCase{1900, 2022, 1900, 123}}) {
    Assembler a;
    const std::uint32_t first = a.Fact("first", ValueKind::kYear);
    const std::uint32_t last = a.Fact("last", ValueKind::kYear);
    const std::uint32_t series = a.Fact("series", ValueKind::kNumber, test::kYears);
    const std::uint32_t window = a.Emit(Opcode::kWindowYears, {a.Load(first), a.Load(last)}, test::kYears);
    const std::uint32_t count = a.Emit(Opcode::kFoldCount, {window, test::kYears});
    const std::uint32_t sum = a.Emit(Opcode::kFoldSum, {a.Load(series), window, test::kYears});
    records::Batch batch = BlankBatch(a.program.schema, 2, 2020, 3);
    test::SetNumber(batch, first, 1, at.first);
    test::SetNumber(batch, last, 1, at.last);
    for (std::uint32_t lane = 0; lane < 6; ++lane) test::SetNumber(batch, series, lane, 100 + lane);
    const Registers registers = Run(a.program, batch, {});
    CHECK(batch.first_year == at.batch_first);
    CHECK(batch.year_count == at.batch_count);
    CHECK(*registers.NumberAt(count, 1) == std::max<std::int64_t>(at.last - at.first + 1, 0));
    CHECK_FALSE(registers.NumberAt(count, 0));
    const bool inside = at.first >= 2020 && at.last <= 2022;
    CHECK(registers.NumberAt(sum, 1).has_value() == (inside || at.first > at.last));
  }
}

TEST_CASE("windows that no batch can hold are unknown, the others are not") {
  Assembler a;
  const std::uint32_t first = a.Fact("first", ValueKind::kYear);
  const std::uint32_t window = a.Emit(Opcode::kWindowYears, {a.Load(first), a.Number("2022")}, test::kYears);
  const std::uint32_t count = a.Emit(Opcode::kFoldCount, {window, test::kYears});
  records::Batch batch = BlankBatch(a.program.schema, 4, 2020, 3);
  const std::int64_t years[] = {202, 2019, -9'000'000'000'000, 1901};
  for (std::uint32_t row = 0; row < 4; ++row) test::SetNumber(batch, first, row, years[row]);
  const Registers registers = Run(a.program, batch, {});
  CHECK_FALSE(registers.NumberAt(count, 0));
  CHECK(*registers.NumberAt(count, 1) == 4);
  CHECK_FALSE(registers.NumberAt(count, 2));
  CHECK(*registers.NumberAt(count, 3) == 122);
  CHECK(batch.first_year == 1901);
}

TEST_CASE("an unknown list may have any number of elements") {
  Assembler a;
  const std::uint32_t grave = a.LoadNew("grave", ValueKind::kTruth, test::kItems);
  const auto at_least = [&](const char* count) {
    return a.Emit(Opcode::kFoldAtLeast, {grave, a.Number(count), test::kItems});
  };
  const std::uint32_t none = at_least("0");
  const std::uint32_t five = at_least("5");
  const std::uint32_t any = a.Emit(Opcode::kFoldAny, {grave, test::kItems});
  const std::uint32_t all = a.Emit(Opcode::kFoldAll, {grave, test::kItems});
  const std::uint32_t count = a.Emit(Opcode::kFoldCount, {grave, test::kItems});
  records::Batch batch = BlankBatch(a.program.schema, 2, 2020, 1, 0);
  batch.domains[test::kItems].known.Reset(0);
  const Registers registers = Run(a.program, batch, {});
  CHECK(registers.TruthAt(none, 0) == Truth::kTrue);
  CHECK(registers.TruthAt(five, 0) == Truth::kUnknown);
  CHECK(registers.TruthAt(any, 0) == Truth::kUnknown);
  CHECK(registers.TruthAt(all, 0) == Truth::kUnknown);
  CHECK_FALSE(registers.NumberAt(count, 0));
  CHECK(registers.TruthAt(five, 1) == Truth::kFalse);
  CHECK(registers.TruthAt(any, 1) == Truth::kFalse);
  CHECK(registers.TruthAt(all, 1) == Truth::kTrue);
  CHECK(*registers.NumberAt(count, 1) == 0);
}

TEST_CASE("without an as-of date it is unknown") {
  Assembler a;
  const std::uint32_t as_of = a.Emit(Opcode::kAsOf, {});
  records::Batch batch = BlankBatch(a.program.schema, 65);
  CHECK_FALSE(Run(a.program, batch, {}).CodeAt(as_of, 64));
  CHECK(Run(a.program, batch, {.as_of = 19000}).CodeAt(as_of, 64) == 19000);
}

TEST_CASE("the accessors read what the planes say") {
  Assembler a;
  const std::uint32_t truth = a.Truth(true);
  const std::uint32_t code = a.Code(-7);
  const std::uint32_t number = a.Number("0.25", test::kYears);
  records::Batch batch = BlankBatch(a.program.schema, 2, 2020, 3);
  const Registers registers = Run(a.program, batch, {});
  CHECK(registers.lanes(truth) == 2);
  CHECK(registers.lanes(number) == 6);
  CHECK(registers.TruePlane(truth).Count() == 2);
  CHECK(registers.FalsePlane(truth).Count() == 0);
  CHECK(registers.KnownPlane(number).Count() == 6);
  CHECK(registers.KnownPlane(code).Count() == 2);
  CHECK(registers.Codes(code)[1] == -7);
  CHECK(registers.KnownAt(truth, 1));
  CHECK(registers.NumberAt(number, 5) == Rational(1, 4));
}

}  // namespace
}  // namespace pol::engine
