// Values as a person reads them: money in 元 with two places, percent, ISO dates, members by label. For
// explanations and reports. Tested by tests/runtime/explain_test.cpp.
#pragma once

#include <boost/multiprecision/cpp_int.hpp>
#include <cstdint>
#include <string>

#include "runtime/engine/engine.h"
#include "runtime/explain/explain.h"
#include "runtime/program/program.h"
#include "runtime/records/batch.h"

namespace pol::explain {

using Rational = boost::multiprecision::cpp_rational;

// Marked with ≈ where places had to be dropped.
std::string ShowNumber(const program::ValueType& type, const Rational& value, Language language);
// `batch` has the texts that the program's own literals do not.
std::string ShowCode(const program::Schema& schema, const records::Batch& batch,
                     const program::ValueType& type, std::int32_t code, Language language);
std::string ShowTruth(engine::Truth truth, Language language);

// The value of a register in a lane; "not known" when it is not.
std::string ShowRegister(const program::Program& program, const records::Batch& batch,
                         const engine::Registers& registers, const program::ValueType& type,
                         std::uint32_t value, std::uint32_t lane, Language language);

// The same exactly and without wording, for JSON: "0.132", "1/3", "2024-03-01", a member's name, "true";
// empty when not known.
std::string ExactRegister(const program::Program& program, const records::Batch& batch,
                          const engine::Registers& registers, const program::ValueType& type,
                          std::uint32_t value, std::uint32_t lane);

}  // namespace pol::explain
