#include "runtime/engine/kernels.h"

#include <doctest/doctest.h>

#include <limits>

#include "runtime/engine/integer.h"
#include "runtime/program/verify.h"
#include "tests/runtime/model.h"
#include "tests/runtime/random_program.h"

namespace pol::engine {
namespace {

using program::Opcode;
using test::Fill;

// Runs at all widths and compares every register with the model.
void CheckAgainstModel(const program::Program& program, const records::Batch& batch) {
  const std::vector<std::string> errors = program::Verify(program);
  REQUIRE_MESSAGE(errors.empty(), errors.front());
  for (const Width width : {Width::k64, Width::k128, Width::kAny}) {
    records::Batch widened = batch;
    const Settings settings{.as_of = 19800, .narrowest = width};
    const Registers registers = Run(program, widened, settings);
    CHECK(registers.width() >= width);
    const std::string difference =
        test::FirstDifference(program, registers, test::Evaluate(program, widened, settings));
    CHECK_MESSAGE(difference.empty(), difference);
  }
}

TEST_CASE("every kernel does what the model says, at every width and size") {
  for (std::size_t code = 0; code < program::kOpcodeCount; ++code) {
    for (const std::uint32_t rows : {0u, 1u, 63u, 64u, 65u}) {
      for (const Fill fill : {Fill::kTame, Fill::kWild, Fill::kConstant, Fill::kUnknown}) {
        const std::uint32_t seed =
            static_cast<std::uint32_t>(code * 1000 + rows * 4) + static_cast<std::uint32_t>(fill);
        test::RandomProgram random(seed);
        random.Emit(static_cast<Opcode>(code));
        random.Emit(static_cast<Opcode>(code));
        CheckAgainstModel(random.program(), test::RandomBatch(random.program().schema, rows, fill, seed + 1));
      }
    }
  }
}

TEST_CASE("every kernel on a thousand records") {
  for (std::size_t code = 0; code < program::kOpcodeCount; ++code) {
    test::RandomProgram random(static_cast<std::uint32_t>(code));
    random.Emit(static_cast<Opcode>(code));
    const Fill fill = code % 2 == 0 ? Fill::kTame : Fill::kWild;
    CheckAgainstModel(random.program(), test::RandomBatch(random.program().schema, 1000, fill, 7));
  }
}

TEST_CASE("tame numbers need no more than 64 bits") {
  for (const Opcode opcode :
       {Opcode::kAdd, Opcode::kMultiply, Opcode::kDivide, Opcode::kFoldSum, Opcode::kRoundUp}) {
    test::RandomProgram random(3);
    random.Emit(opcode);
    records::Batch batch = test::RandomBatch(random.program().schema, 100, Fill::kTame, 5);
    CHECK(Run(random.program(), batch, {}).width() == Width::k64);
  }
}

// One row a case: a op b, all as decimals.
struct Sum {
  Opcode opcode;
  const char* a;
  const char* b;
  const char* result;
};

std::string Result(Opcode opcode, const char* a, const char* b, Width width) {
  test::Assembler assembler;
  const std::uint32_t left = assembler.Number(a);
  const std::uint32_t result = assembler.Emit(opcode, {left, assembler.Number(b)});
  records::Batch batch = test::BlankBatch(assembler.program.schema, 1);
  const std::optional<Rational> value =
      Run(assembler.program, batch, {.narrowest = width}).NumberAt(result, 0);
  return value ? number::ToText(*value, 60) : "unknown";
}

TEST_CASE("arithmetic, also at the edges of the widths") {
  const Sum cases[] = {
      {Opcode::kAdd, "9223372036854775807", "1", "9223372036854775808"},
      {Opcode::kAdd, "-9223372036854775807", "-2", "-9223372036854775809"},
      {Opcode::kAdd, "170141183460469231731687303715884105727", "1",
       "170141183460469231731687303715884105728"},
      {Opcode::kAdd, "0.000000000000000001", "9223372036854775807", "9223372036854775807.000000000000000001"},
      {Opcode::kSubtract, "-9223372036854775807", "1", "-9223372036854775808"},
      {Opcode::kSubtract, "-170141183460469231731687303715884105727", "2",
       "-170141183460469231731687303715884105729"},
      {Opcode::kMultiply, "5000000000.00", "5000000000.00", "25000000000000000000"},
      {Opcode::kMultiply, "-9223372036854775807", "9223372036854775807",
       "-85070591730234615847396907784232501249"},
      {Opcode::kMultiply, "18446744073709551616", "9223372036854775808",
       "170141183460469231731687303715884105728"},
      {Opcode::kMultiply, "-18446744073709551616", "9223372036854775808",
       "-170141183460469231731687303715884105728"},
      {Opcode::kMultiply, "0.000000001", "0.00000000001", "0.00000000000000000001"},
      {Opcode::kDivide, "1", "3", "1/3"},
      {Opcode::kDivide, "-1", "-3", "1/3"},
      {Opcode::kDivide, "1", "-3", "-1/3"},
      {Opcode::kDivide, "0.1", "0.003", "100/3"},
      {Opcode::kDivide, "0.003", "0.1", "0.03"},
      {Opcode::kDivide, "5", "0", "unknown"},
      {Opcode::kDivide, "0", "0.00", "unknown"},
      {Opcode::kRoundHalfAway, "2.5", "1", "3"},
      {Opcode::kRoundHalfAway, "-2.5", "1", "-3"},
      {Opcode::kRoundHalfAway, "2.49", "1", "2"},
      {Opcode::kRoundHalfAway, "-2.49", "1", "-2"},
      {Opcode::kRoundHalfAway, "12345", "-100", "12300"},
      {Opcode::kRoundHalfAway, "12350", "-100", "12400"},
      {Opcode::kRoundHalfAway, "1.005", "0.01", "1.01"},
      {Opcode::kRoundHalfAway, "7", "0", "unknown"},
      {Opcode::kRoundUp, "2.01", "1", "3"},
      {Opcode::kRoundUp, "-2.99", "1", "-2"},
      {Opcode::kRoundUp, "3", "1", "3"},
      {Opcode::kRoundUp, "-7", "5", "-5"},
      {Opcode::kRoundDown, "2.99", "1", "2"},
      {Opcode::kRoundDown, "-2.01", "1", "-3"},
      {Opcode::kRoundDown, "-7", "-5", "-10"},
  };
  for (const Sum& sum : cases) {
    for (const Width width : {Width::k64, Width::k128, Width::kAny}) {
      CAPTURE(sum.a);
      CAPTURE(sum.b);
      CHECK(Result(sum.opcode, sum.a, sum.b, width) == sum.result);
    }
  }
}

TEST_CASE("products of 128 bits know their limits") {
  const auto at = [](int power, int more) { return BigInt((BigInt(1) << power) + more); };
  std::vector<BigInt> values;
  for (const int power : {0, 1, 31, 62, 63, 64, 65, 95, 125, 126}) {
    for (const int more : {-1, 0, 1}) {
      values.push_back(at(power, more));
      values.push_back(-at(power, more));
    }
  }
  const BigInt most = at(127, -1);
  const auto narrow = [](const BigInt& value) {
    Int128 result = 0;
    REQUIRE(FromBig(value, result));
    return result;
  };
  for (const BigInt& a : values) {
    for (const BigInt& b : values) {
      Int128 product = 0;
      const bool overflow = MultiplyOverflows(narrow(a), narrow(b), product);
      const BigInt exact = a * b;
      const bool fits = exact <= most && exact >= -most - 1;
      if (overflow == fits || (fits && ToBig(product) != exact)) FAIL_CHECK(a, " * ", b);
    }
  }
  const Int128 least = narrow(-most) - 1;
  Int128 product = 0;
  CHECK_FALSE(MultiplyOverflows(least, 1, product));
  CHECK(product == least);
  CHECK(MultiplyOverflows(least, -1, product));
  CHECK(MultiplyOverflows(least, least, product));
}

TEST_CASE("numbers of any size go to and fro") {
  for (const int power : {0, 1, 62, 63, 64, 100, 126, 127, 200}) {
    for (const BigInt& value :
         {BigInt(BigInt(1) << power), BigInt(-(BigInt(1) << power)), BigInt((BigInt(1) << power) - 1)}) {
      std::int64_t narrow = 0;
      CHECK(FromBig(value, narrow) == (abs(value) < (BigInt(1) << 63)));
      if (FromBig(value, narrow)) CHECK(ToBig(narrow) == value);
      Int128 middle = 0;
      CHECK(FromBig(value, middle) == (abs(value) < (BigInt(1) << 127)));
      if (FromBig(value, middle)) CHECK(ToBig(middle) == value);
    }
  }
  CHECK(ToBig(std::numeric_limits<std::int64_t>::min()) == -(BigInt(1) << 63));
}

TEST_CASE("the least integers are negated and divided rightly") {
  test::Assembler assembler;
  const std::uint32_t fact = assembler.Fact("x", program::ValueKind::kNumber);
  const std::uint32_t loaded = assembler.Load(fact);
  const std::uint32_t negated = assembler.Emit(Opcode::kNegate, {loaded});
  const std::uint32_t divided = assembler.Emit(Opcode::kDivide, {loaded, assembler.Number("-1")});
  const std::uint32_t rounded = assembler.Emit(Opcode::kRoundHalfAway, {loaded, assembler.Number("-1")});
  const std::uint32_t inverse = assembler.Emit(Opcode::kDivide, {assembler.Number("1"), loaded});
  records::Batch batch = test::BlankBatch(assembler.program.schema, 1);
  test::SetNumber(batch, fact, 0, std::numeric_limits<std::int64_t>::min());
  const Registers registers = Run(assembler.program, batch, {});
  CHECK(registers.NumberAt(negated, 0)->str() == "9223372036854775808");
  CHECK(registers.NumberAt(divided, 0)->str() == "9223372036854775808");
  CHECK(registers.NumberAt(rounded, 0)->str() == "-9223372036854775808");
  CHECK(registers.NumberAt(inverse, 0)->str() == "-1/9223372036854775808");
}

TEST_CASE("a region named too coarsely is neither inside nor outside") {
  test::Assembler assembler;
  const std::uint32_t fact = assembler.Fact("place", program::ValueKind::kRegion);
  const std::uint32_t within = assembler.Emit(Opcode::kWithinRegion, {assembler.Load(fact), 320500});
  const std::pair<std::int32_t, Truth> cases[] = {{320500, Truth::kTrue},    {320505, Truth::kTrue},
                                                  {320000, Truth::kUnknown}, {320600, Truth::kFalse},
                                                  {110000, Truth::kFalse},   {320605, Truth::kFalse}};
  records::Batch batch = test::BlankBatch(assembler.program.schema, 6);
  for (std::uint32_t row = 0; row < 6; ++row) test::SetCode(batch, fact, row, cases[row].first);
  const Registers registers = Run(assembler.program, batch, {});
  for (std::uint32_t row = 0; row < 6; ++row) CHECK(registers.TruthAt(within, row) == cases[row].second);
}

}  // namespace
}  // namespace pol::engine
