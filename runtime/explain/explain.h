// Explanations: why a record got its outcome. The record's registers read back through the program's
// explanation table: clauses with their numbers, the values as the data gave them, thresholds and margins,
// and for what is unknown, why. No second interpreter. Tested by tests/runtime/explain_test.cpp and
// tests/golden/explain/.
#pragma once

#include <string>

#include "runtime/engine/engine.h"
#include "runtime/program/program.h"
#include "runtime/records/batch.h"

namespace pol::explain {

enum class Language : std::uint8_t { kEnglish, kChinese };

// Text for a terminal: outcome, then the tree of clauses that decided it.
std::string ToText(const program::Program& program, const records::Batch& batch,
                   const engine::Registers& registers, std::uint32_t row, Language language);

// The same as one JSON object (stable keys, English; wordings in `language`).
std::string ToJson(const program::Program& program, const records::Batch& batch,
                   const engine::Registers& registers, std::uint32_t row, Language language);

}  // namespace pol::explain
