// Clauses that hold in principle, in programs written by hand: where a waiver is needed, and what the
// verifier refuses.
#include "runtime/engine/waivers.h"

#include <doctest/doctest.h>

#include "runtime/engine/decide.h"
#include "runtime/program/polb.h"
#include "runtime/program/verify.h"
#include "tests/runtime/assembler.h"

namespace pol::engine {
namespace {

using program::kNone;
using test::Assembler;

// §1 in principle: own; §2: credit. Eligible when both.
struct Sample {
  Sample() {
    assembler.Fact("id", program::ValueKind::kText);
    assembler.program.schema.facts[0].key = true;
    own = assembler.LoadNew("own", program::ValueKind::kTruth);
    const std::uint32_t credit = assembler.LoadNew("credit", program::ValueKind::kTruth);
    const std::uint32_t first = assembler.Clause("1", assembler.Truth(true));
    const std::uint32_t second = assembler.Clause("2", credit);
    assembler.program.clauses[first].principle = own;
    const std::uint32_t both =
        assembler.Emit(program::Opcode::kAnd,
                       {assembler.program.clauses[first].value, assembler.program.clauses[second].value});
    program::Decision decision;
    decision.naming.name = "d";
    decision.outcomes = {{"yes", "", {}}, {"no", "", {}}};
    decision.value =
        assembler.Emit(program::Opcode::kSelectCode, {both, assembler.Code(0), assembler.Code(1)});
    assembler.program.decisions.push_back(decision);
  }
  const program::Program& program() const { return assembler.program; }

  // The waivers of a record: facts as T, F or ?.
  std::vector<Waiver> WaiversFor(char own_cell, char credit_cell) {
    records::Batch batch = test::BlankBatch(program().schema, 1);
    const auto fill = [&](std::uint32_t fact, char cell) {
      if (cell == '?') return;
      records::Column& column = batch.columns[fact];
      column.known.Set(0);
      column.truths.Put(0, cell == 'T');
    };
    fill(1, own_cell);
    fill(2, credit_cell);
    const Decided decided = Decide(program(), batch, {});
    REQUIRE(decided.waivers.size() == 1);
    return decided.waivers[0];
  }

  Assembler assembler;
  std::uint32_t own = kNone;
};

TEST_CASE("a waiver is needed where an outcome rests on a clause that fails") {
  Sample sample;
  CHECK(sample.WaiversFor('T', 'T').empty());
  CHECK(sample.WaiversFor('F', 'T') == std::vector<Waiver>{{0, true}});
  CHECK(sample.WaiversFor('?', 'T') == std::vector<Waiver>{{0, false}});
}

TEST_CASE("nothing is waived of who is refused; of who may still be accepted it may be") {
  Sample sample;
  CHECK(sample.WaiversFor('F', 'F').empty());
  CHECK(sample.WaiversFor('?', 'F').empty());
  CHECK(sample.WaiversFor('F', '?') == std::vector<Waiver>{{0, true}});
  CHECK(sample.WaiversFor('T', '?').empty());
}

TEST_CASE("what a clause says of a record") {
  Sample sample;
  records::Batch batch = test::BlankBatch(sample.program().schema, 1);
  const Registers registers = Run(sample.program(), batch, {});
  CHECK(SaysAt(sample.program().clauses[0], registers, 0) == Truth::kUnknown);
  CHECK(registers.TruthAt(sample.program().clauses[0].value, 0) == Truth::kTrue);
  CHECK(SaysAt(sample.program().clauses[1], registers, 0) == Truth::kUnknown);
}

TEST_CASE("a program without such clauses has no waivers") {
  Sample sample;
  sample.assembler.program.clauses[0].principle = kNone;
  records::Batch batch = test::BlankBatch(sample.program().schema, 3);
  CHECK(Decide(sample.program(), batch, {}).waivers.empty());
  CHECK_FALSE(HasWaivers(sample.program()));
}

TEST_CASE("the verifier refuses what says nothing in principle") {
  Sample sample;
  REQUIRE(program::Verify(sample.program()).empty());
  std::string error;
  const auto loaded = program::Load(program::Save(sample.program()), error);
  REQUIRE_MESSAGE(loaded, error);
  CHECK(*loaded == sample.program());
  sample.assembler.program.clauses[0].principle = 9999;
  CHECK_FALSE(program::Verify(sample.program()).empty());
  sample.assembler.program.clauses[0].principle = sample.program().decisions[0].value;  // no truth
  CHECK_FALSE(program::Verify(sample.program()).empty());
}

}  // namespace
}  // namespace pol::engine
