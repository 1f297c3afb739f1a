#include <algorithm>
#include <charconv>

#include "polc/schema_form.h"
#include "runtime/calendar/date.h"
#include "runtime/engine/engine.h"
#include "runtime/records/columns.h"

namespace polc {
namespace {

using pol::program::ValueKind;

// A date long before any day that a policy looks back from.
constexpr std::int32_t kLongBefore = -25567;  // 1900-01-01
// Windows further back are those of the record whose dates are made up.
constexpr std::int32_t kMostYearsBack = 30;

// Facts of a record that say when something is.
std::vector<std::uint32_t> DatesOf(const pol::program::Schema& schema) {
  std::vector<std::uint32_t> dates;
  for (std::uint32_t fact = 0; fact < schema.facts.size(); ++fact) {
    const ValueKind kind = schema.facts[fact].type.kind;
    if (schema.facts[fact].domain == 0 && (kind == ValueKind::kDate || kind == ValueKind::kYear))
      dates.push_back(fact);
  }
  return dates;
}

// One record on which everything is on the day; then, for each date, one on which that is long before.
void FillBatch(const pol::program::Schema& schema, const std::vector<std::uint32_t>& dates,
               std::int32_t as_of, pol::records::Batch& batch) {
  pol::records::BatchBuilder builder(schema);
  const auto rows = static_cast<std::uint32_t>(dates.size() + 1);
  builder.Start(rows, batch);
  for (std::uint32_t row = 0; row < rows; ++row) {
    for (std::uint32_t date = 0; date < dates.size(); ++date) {
      pol::records::CellValue value;
      value.state = pol::records::CellState::kGiven;
      value.code = date + 1 == row ? kLongBefore : as_of;
      value.numerator = pol::calendar::FromDays(value.code).year;
      builder.Set(dates[date], row, value);
    }
    builder.SetKey(row, "", row + 1);
    builder.EndRow(std::vector<bool>(schema.domains.size(), false));
  }
  builder.Finish(rows);
}

std::optional<std::int32_t> YearAt(const pol::engine::Registers& registers, std::uint32_t value,
                                   std::uint32_t row) {
  const std::optional<pol::engine::Rational> number = registers.NumberAt(value, row);
  if (!number || denominator(*number) != 1 || *number < 1 || *number > 9999) return std::nullopt;
  return static_cast<std::int32_t>(numerator(*number));
}

}  // namespace

std::optional<YearRange> YearsAskedFor(const pol::program::Program& program, std::int32_t as_of) {
  const std::vector<std::uint32_t> dates = DatesOf(program.schema);
  pol::records::Batch batch;
  FillBatch(program.schema, dates, as_of, batch);
  const pol::engine::Registers registers = pol::engine::Run(program, batch, {.as_of = as_of});
  const std::int32_t earliest = pol::calendar::FromDays(as_of).year - kMostYearsBack;
  std::optional<YearRange> years;
  for (const pol::program::Instruction& instruction : program.instructions) {
    if (instruction.opcode != pol::program::Opcode::kWindowYears) continue;
    for (std::uint32_t row = 0; row < batch.rows; ++row) {
      const std::optional<std::int32_t> first =
          YearAt(registers, program.operands[instruction.first_operand], row);
      const std::optional<std::int32_t> last =
          YearAt(registers, program.operands[instruction.first_operand + 1], row);
      if (!first || !last || *first > *last || *first < earliest) continue;
      if (!years) years = YearRange{.first = *first, .last = *last};
      years = YearRange{.first = std::min(years->first, *first), .last = std::max(years->last, *last)};
    }
  }
  return years;
}

std::optional<YearRange> ParseYears(const std::string& text) {
  const auto year_of = [](std::string_view digits) -> std::optional<std::int32_t> {
    std::int32_t year = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), year);
    const bool good = error == std::errc{} && end == digits.data() + digits.size() &&
                      year >= pol::records::kFirstSeriesYear && year <= pol::records::kLastSeriesYear;
    return good ? std::optional{year} : std::nullopt;
  };
  const std::size_t dots = text.find("..");
  const std::string_view whole = text;
  const std::optional<std::int32_t> first = year_of(whole.substr(0, dots));
  const std::optional<std::int32_t> last =
      dots == std::string::npos ? first : year_of(whole.substr(dots + 2));
  if (!first || !last || *first > *last) return std::nullopt;
  return YearRange{.first = *first, .last = *last};
}

}  // namespace polc
