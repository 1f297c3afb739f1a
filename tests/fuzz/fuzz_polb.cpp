// Compiled policies from hostile files: loading must refuse or accept without harm, and what it accepts must
// list, run and sweep without harm. The bytes are tried as they are and, length and checksum put right, as
// the payload of a file.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "runtime/engine/engine.h"
#include "runtime/program/disassemble.h"
#include "runtime/program/polb.h"
#include "tests/runtime/assembler.h"

namespace {

void Try(const std::string& bytes) {
  std::string error;
  const auto program = pol::program::Load(bytes, error);
  if (!program) return;
  if (pol::program::Save(*program) != bytes) __builtin_trap();
  pol::program::Disassemble(*program);
  pol::records::Batch batch = pol::test::BlankBatch(program->schema, 2);
  const pol::engine::Registers registers = pol::engine::Run(*program, batch, {.as_of = 20000});
  std::vector<std::uint32_t> roots;
  roots.reserve(program->decisions.size() + 2 * program->lifecycles.size());
  for (const auto& decision : program->decisions) roots.push_back(decision.value);
  for (const auto& lifecycle : program->lifecycles) {
    roots.push_back(lifecycle.state);
    roots.push_back(lifecycle.since);
  }
  pol::engine::Sweep(*program, batch, registers, roots);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string bytes(reinterpret_cast<const char*>(data), size);
  Try(bytes);
  pol::program::Reseal(bytes);
  Try(bytes);
  // With a right header before it, so that the fuzzer need not find one.
  static const std::string kEmpty = pol::program::Save({});
  constexpr std::size_t kHeaderBytes = 36;
  bytes = kEmpty.substr(0, kHeaderBytes) + bytes;
  pol::program::Reseal(bytes);
  Try(bytes);
  return 0;
}
