// Any text as a cell of every kind. A number that is read is written out and read again: it must come back
// the same.
#include <cstddef>
#include <cstdint>
#include <string>

#include "runtime/number/decimal.h"
#include "runtime/records/cells.h"
#include "tests/runtime/sample_records.h"

namespace {

using namespace pol;

number::Rational ValueOf(const records::CellValue& value) {
  return number::ToRational(
      {value.is_wide ? value.wide_numerator : number::Integer{value.numerator}, value.scale});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const program::Schema schema = records::sample::MakeSchema();
  static std::vector<records::FactCells>* const cells = [] {
    auto* all = new std::vector<records::FactCells>;
    for (std::uint32_t fact = 0; fact < schema.facts.size(); ++fact) all->emplace_back(schema, fact);
    return all;
  }();
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (std::uint32_t fact = 0; fact < schema.facts.size(); ++fact) {
    records::CellValue value;
    (*cells)[fact].Read(text, records::Unit{}, value);
    if (value.state != records::CellState::kGiven) continue;
    const program::ValueKind kind = schema.facts[fact].type.kind;
    if (kind != program::ValueKind::kMoney && kind != program::ValueKind::kCount) continue;
    records::CellValue again;
    (*cells)[fact].Read(number::ToText(ValueOf(value)), records::Unit{}, again);
    if (again.state != records::CellState::kGiven || ValueOf(again) != ValueOf(value)) __builtin_trap();
  }
  (void)records::PlainDigits(text);
  (void)records::ParseDate(text);
  return 0;
}
