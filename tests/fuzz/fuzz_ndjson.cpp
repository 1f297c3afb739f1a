// Any bytes as a JSON data file, read through to batches. The shape of every batch must be whole.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "runtime/records/files.h"
#include "tests/runtime/sample_records.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace pol::records;
  static const pol::program::Schema schema = sample::MakeSchema();
  Problems problems;
  KeyIndex keys;
  Shared shared;
  shared.keys = &keys;
  shared.files = {"fuzz.json"};
  shared.batch_rows = 3;
  TextSource source("fuzz.json", FromText({reinterpret_cast<const char*>(data), size}));
  if (!source.Start(problems)) return 0;
  const std::unique_ptr<Reader> reader = OpenJson(schema, shared, 0, std::move(source), problems);
  for (Batch batch; reader->Next(batch, problems);) {
    for (std::uint32_t row = 0; row < batch.rows; ++row) {
      if (sample::SayRow(schema, batch, row).find("differs") != std::string::npos) __builtin_trap();
    }
  }
  return 0;
}
