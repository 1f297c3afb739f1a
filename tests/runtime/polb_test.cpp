#include "runtime/program/polb.h"

#include <doctest/doctest.h>

#include <random>

#include "runtime/engine/engine.h"
#include "tests/runtime/sample_program.h"

namespace pol::program {
namespace {

// Runs what was loaded, which must be memory-safe whatever it says.
void Exercise(const Program& program) {
  records::Batch batch = test::BlankBatch(program.schema, 3);
  const engine::Registers registers = engine::Run(program, batch, {.as_of = 20000});
  std::vector<std::uint32_t> roots;
  roots.reserve(program.decisions.size() + 2 * program.lifecycles.size());
  for (const Decision& decision : program.decisions) roots.push_back(decision.value);
  for (const Lifecycle& lifecycle : program.lifecycles) {
    roots.push_back(lifecycle.state);
    roots.push_back(lifecycle.since);
  }
  engine::Sweep(program, batch, registers, roots);
}

TEST_CASE("a program goes through its bytes unchanged") {
  const Program program = test::SampleProgram();
  const std::string bytes = Save(program);
  std::string error;
  const std::optional<Program> loaded = Load(bytes, error);
  CHECK(error == "");
  REQUIRE(loaded);
  CHECK(*loaded == program);
  CHECK(Save(*loaded) == bytes);
}

TEST_CASE("the empty program too") {
  Program program;
  program.schema.domains.resize(1);
  std::string error;
  const std::optional<Program> loaded = Load(Save(program), error);
  REQUIRE(loaded);
  CHECK(*loaded == program);
}

TEST_CASE("what is cut anywhere is refused") {
  const std::string bytes = Save(test::SampleProgram());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    std::string error;
    CHECK_FALSE(Load(std::string_view(bytes).substr(0, size), error));
    CHECK_FALSE(error.empty());
    // Also when length and checksum fit the shorter file.
    std::string sealed = bytes.substr(0, size);
    Reseal(sealed);
    CHECK_FALSE(Load(sealed, error));
  }
}

TEST_CASE("what is altered in any byte is refused") {
  const std::string bytes = Save(test::SampleProgram());
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    for (const char flip : {'\x01', '\x80', '\xff'}) {
      std::string altered = bytes;
      altered[at] = static_cast<char>(altered[at] ^ flip);
      std::string error;
      CHECK_FALSE(Load(altered, error));
      CHECK_FALSE(error.empty());
    }
  }
}

TEST_CASE("machines and lifecycles that do not fit together are refused") {
  const auto error_of = [](const auto& change) {
    Program program = test::SampleProgram();
    change(program);
    std::string error;
    CHECK_FALSE(Load(Save(program), error));
    return error;
  };
  const std::string unsound = "the compiled policy is not sound: ";
  CHECK(error_of([](Program& p) { p.machines[0].states[1].timeout_target = 3; }) ==
        unsound + "machine 0 leads to no state of its own");
  CHECK(error_of([](Program& p) { p.machines[0].initial = 9; }) ==
        unsound + "machine 0 has no first state, or too many");
  CHECK(error_of([](Program& p) { p.machines.clear(); }) == unsound + "r34: no machine 0");
  CHECK(error_of([](Program& p) { p.machines[0].first_code = 7; }) ==
        unsound + "lifecycle 0 may be in no state of its own");
  CHECK(error_of([](Program& p) { p.explanations[2].lifecycle = 1; }) ==
        unsound + "explanation 2 names no clause, decision or lifecycle");
}

TEST_CASE("what follows the program is refused") {
  std::string bytes = Save(test::SampleProgram());
  std::string error;
  CHECK_FALSE(Load(bytes + "x", error));
  CHECK(error == "there is something after the compiled policy");
  bytes += "x";
  Reseal(bytes);
  CHECK_FALSE(Load(bytes, error));
  CHECK(error == "the compiled policy is damaged");
}

TEST_CASE("each error says what to do or what is wrong") {
  std::string bytes = Save(test::SampleProgram());
  std::string error;
  CHECK_FALSE(Load("policy beijing.tic", error));
  CHECK(error == "not a compiled policy");
  std::string other = bytes;
  other[8] = 99;
  CHECK_FALSE(Load(other, error));
  CHECK(error == "compiled by another version of polc; compile the policy again");
  bytes.back() ^= 1;
  CHECK_FALSE(Load(bytes, error));
  CHECK(error == "the compiled policy is damaged");
}

TEST_CASE("a long table in a short file takes no memory") {
  std::string bytes = Save(Program());
  // The last table is the explanations'.
  bytes.replace(bytes.size() - 4, 4, "\xff\xff\xff\xff");
  Reseal(bytes);
  std::string error;
  CHECK_FALSE(Load(bytes, error));
  CHECK(error == "the compiled policy is damaged");
}

TEST_CASE("mutations behind a right checksum are refused or harmless") {
  const std::string bytes = Save(test::SampleProgram());
  std::mt19937 random(1);
  int accepted = 0;
  constexpr int kMutations = 6000;
  for (int i = 0; i < kMutations; ++i) {
    std::string mutated = bytes;
    for (auto flips = random() % 3 + 1; flips > 0; --flips) {
      const std::size_t at = 36 + random() % (mutated.size() - 36);
      mutated[at] = static_cast<char>(random() % 3 == 0 ? random() : mutated[at] ^ (1 << random() % 8));
    }
    Reseal(mutated);
    std::string error;
    const std::optional<Program> program = Load(mutated, error);
    CHECK(error.empty() == program.has_value());
    if (!program) continue;
    ++accepted;
    Exercise(*program);
  }
  // Many a byte is in a name; were none accepted, nothing would have been tried.
  CHECK(accepted > 0);
  CHECK(accepted < kMutations);
}

}  // namespace
}  // namespace pol::program
