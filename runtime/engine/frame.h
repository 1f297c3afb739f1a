// What a kernel sees of a run: the instruction at hand, its operands' columns, the batch, and where to put
// the result. Frames know one integer width; kernels that touch no numbers take the part that doesn't. Tested
// by tests/runtime/kernels_test.cpp.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "runtime/calendar/working_days.h"
#include "runtime/engine/columns.h"
#include "runtime/engine/engine.h"
#include "runtime/program/instruction_info.h"
#include "runtime/program/program.h"
#include "runtime/records/batch.h"

namespace pol::engine {

struct YearSpan {
  std::int32_t first = 0;
  std::int32_t last = 0;
};

// The working days of a program's calendars, each made when first asked for.
class Calendars {
 public:
  explicit Calendars(const program::Schema& schema) : schema_(schema), made_(schema.calendars.size()) {}
  const calendar::WorkingDays& Get(std::uint32_t index) {
    if (!made_[index]) made_[index].emplace(schema_.calendars[index]);
    return *made_[index];
  }

 private:
  const program::Schema& schema_;
  std::vector<std::optional<calendar::WorkingDays>> made_;
};

// The lanes of a child domain, by record.
class Segments {
 public:
  Segments(const program::Program& program, const records::Batch& batch, std::uint32_t domain)
      : child_(batch.domains[domain]),
        rows_(batch.rows),
        always_known_(program.schema.domains[domain].kind == program::DomainKind::kYears) {}

  std::uint32_t rows() const { return rows_; }
  std::uint32_t first(std::uint32_t row) const { return child_.offsets[row]; }
  std::uint32_t last(std::uint32_t row) const { return child_.offsets[row + 1]; }
  // False where the record's list as a whole is unknown.
  bool known(std::uint32_t row) const {
    return always_known_ || (row < child_.known.lanes() && child_.known[row]);
  }

 private:
  const records::ChildDomain& child_;
  std::uint32_t rows_;
  bool always_known_;
};

struct Frame {
  const program::Program& program;
  const records::Batch& batch;
  const Settings& settings;
  Calendars& calendars;
  std::vector<Register>& registers;
  std::uint32_t value = 0;             // the instruction and the register it writes
  bool overflow = false;               // a number did not fit; what is in the result then does not matter
  std::optional<YearSpan> widen = {};  // years that the batch lacks

  std::uint32_t domain() const { return program.instructions[value].domain; }
  std::uint32_t lanes() const { return records::LaneCount(batch, domain()); }
  std::span<const std::uint32_t> operands() const { return program::OperandsOf(program, value); }
  std::uint32_t operand(std::size_t i) const { return operands()[i]; }
  const Truths& truth(std::size_t i) const { return std::get<Truths>(registers[operand(i)]); }
  const Codes& code(std::size_t i) const { return std::get<Codes>(registers[operand(i)]); }
  const records::Column& column(std::size_t i) const { return batch.columns[operand(i)]; }
  Segments segments(std::uint32_t child) const { return {program, batch, child}; }

  // The result, all unknown.
  Truths& NewTruths() const {
    Truths& result = registers[value].emplace<Truths>();
    result.yes.Assign(lanes(), false);
    result.no.Assign(lanes(), false);
    return result;
  }
  Codes& NewCodes() const {
    Codes& result = registers[value].emplace<Codes>();
    result.values.assign(lanes(), 0);
    result.known.Assign(lanes(), false);
    return result;
  }
};

// A program's constant at one width: numerator / (denominator * 10^scale).
template <typename T>
struct ConstantOf {
  bool fits = false;
  T numerator = 0;
  T denominator = 1;
  std::int32_t scale = 0;
};

template <typename T>
struct NumberFrame : Frame {
  const std::vector<ConstantOf<T>>& constants;

  const Numbers<T>& number(std::size_t i) const { return std::get<Numbers<T>>(registers[operand(i)]); }
  Numbers<T>& NewNumbers() const {
    Numbers<T>& result = registers[value].template emplace<Numbers<T>>();
    result.numerators.assign(lanes(), T(0));
    result.known.Assign(lanes(), false);
    return result;
  }
};

}  // namespace pol::engine
