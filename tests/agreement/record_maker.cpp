#include "tests/agreement/record_maker.h"

#include <utility>

#include "runtime/calendar/date.h"
#include "runtime/program/instruction_info.h"

namespace agreement {

using boost::multiprecision::cpp_int;
using pol::program::DomainKind;
using pol::program::RegisterKind;
using pol::program::ValueKind;
using pol::records::Batch;
using pol::records::CellState;
using pol::records::Column;

namespace {

constexpr std::int32_t kFirstYear = 2018;
constexpr std::uint32_t kYears = 6;

std::int64_t PowerOfTen(std::int32_t exponent) {
  std::int64_t power = 1;
  for (std::int32_t index = 0; index < exponent; ++index) power *= 10;
  return power;
}

}  // namespace

Batch RecordMaker::Make(std::uint32_t rows) {
  Batch batch;
  batch.rows = rows;
  batch.first_year = kFirstYear;
  batch.year_count = kYears;
  batch.texts = {"gamma", "delta"};
  for (std::uint32_t row = 0; row < rows; ++row) {
    batch.keys.push_back("R" + std::to_string(row));
    batch.source_rows.push_back(row + 2);
  }
  MakeDomains(batch);
  batch.columns.resize(schema_.facts.size());
  for (std::uint32_t fact = 0; fact < schema_.facts.size(); ++fact) MakeColumn(fact, batch);
  return batch;
}

void RecordMaker::MakeDomains(Batch& batch) {
  batch.domains.resize(schema_.domains.size());
  for (std::size_t domain = 1; domain < schema_.domains.size(); ++domain) {
    const bool years = schema_.domains[domain].kind == DomainKind::kYears;
    pol::records::ChildDomain& child = batch.domains[domain];
    child.offsets = {0};
    for (std::uint32_t row = 0; row < batch.rows; ++row) {
      const bool known = years || random_.Chance(85);
      const auto size = static_cast<std::uint32_t>(random_.Below(4));
      child.known.PushBack(known);
      child.offsets.push_back(child.offsets.back() + (years ? kYears : known ? size : 0));
    }
  }
}

CellState RecordMaker::StateOf(const pol::program::Fact& fact) {
  if (fact.key || random_.Chance(80)) return CellState::kGiven;
  if (random_.Chance(30)) return CellState::kUnreadable;
  if (fact.optional) return CellState::kAbsent;
  return fact.judged ? CellState::kNotJudged : CellState::kMissing;
}

std::int32_t RecordMaker::CodeOf(const pol::program::Fact& fact) {
  switch (fact.type.kind) {
    case ValueKind::kDate:
      if (random_.Chance(20)) return *pol::calendar::ToDays({2020, 2, 29});
      return static_cast<std::int32_t>(
          random_.Between(*pol::calendar::ToDays({2018, 1, 1}), *pol::calendar::ToDays({2025, 12, 31})));
    case ValueKind::kRegion:
      return random_.Of({110000, 110100, 110108, 320000, 110101});
    case ValueKind::kEnumeration:
      return static_cast<std::int32_t>(
          random_.Below(schema_.enumerations[fact.type.enumeration].members.size()));
    default:
      return static_cast<std::int32_t>(random_.Below(schema_.text_literals.size() + 2));
  }
}

void RecordMaker::PutNumber(const pol::program::Fact& fact, std::uint32_t lane,
                            pol::records::NumberColumn& numbers) {
  numbers.wide.erase(lane);
  std::int64_t& slot = numbers.numerators[lane];
  const std::int64_t unit = PowerOfTen(numbers.scale);
  if (fact.type.kind == ValueKind::kYear) {
    slot = random_.Between(2017, 2024) * unit;
    return;
  }
  switch (random_.Below(10)) {
    case 0:
    case 1:
      slot = 0;
      return;
    case 2:
      slot = random_.Of<std::int64_t>({INT64_MAX, INT64_MIN, INT64_MAX - 1, INT64_MAX / 3});
      return;
    case 3: {
      cpp_int wide = cpp_int(random_.Between(1, 9)) << static_cast<unsigned>(random_.Between(63, 130));
      if (random_.Chance(50)) wide = -wide;
      slot = 0;
      numbers.wide.emplace(lane, std::move(wide));
      return;
    }
    case 4:
      slot = -random_.Between(0, 1000);
      return;
    case 5:
      slot = random_.Between(0, 100000000);
      return;
    default:
      slot = random_.Of<std::int64_t>({1, 2, 3, 10, 100, 10000, 200000000}) * unit;
      return;
  }
}

void RecordMaker::MakeColumn(std::uint32_t fact, Batch& batch) {
  const pol::program::Fact& declared = schema_.facts[fact];
  const std::uint32_t lanes = pol::records::LaneCount(batch, declared.domain);
  Column& column = batch.columns[fact];
  const RegisterKind kind = pol::program::RegisterKindOf(declared.type.kind);
  column.known.Assign(lanes, false);
  column.states.assign(lanes, CellState::kMissing);
  if (kind == RegisterKind::kTruth) column.truths.Assign(lanes, false);
  if (kind == RegisterKind::kCode) column.codes.assign(lanes, 0);
  if (kind == RegisterKind::kNumber) {
    const bool whole = declared.type.kind == ValueKind::kCount || declared.type.kind == ValueKind::kYear;
    column.numbers.scale = whole ? 0 : static_cast<std::int32_t>(random_.Below(5));
    column.numbers.numerators.assign(lanes, 0);
  }
  for (std::uint32_t lane = 0; lane < lanes; ++lane) {
    column.states[lane] = StateOf(declared);
    if (column.states[lane] == CellState::kGiven) Fill(fact, lane, batch);
  }
}

void RecordMaker::Fill(std::uint32_t fact, std::uint32_t lane, Batch& batch) {
  const pol::program::Fact& declared = schema_.facts[fact];
  Column& column = batch.columns[fact];
  if (column.states.empty()) column.states.assign(column.known.lanes(), CellState::kGiven);
  column.states[lane] = CellState::kGiven;
  column.known.Set(lane);
  switch (pol::program::RegisterKindOf(declared.type.kind)) {
    case RegisterKind::kTruth:
      column.truths.Put(lane, random_.Chance(50));
      break;
    case RegisterKind::kNumber:
      PutNumber(declared, lane, column.numbers);
      break;
    case RegisterKind::kCode:
      column.codes[lane] = CodeOf(declared);
      break;
  }
}

Batch Slice(const pol::program::Schema& schema, const Batch& batch, std::uint32_t first,
            std::uint32_t count) {
  Batch slice;
  slice.rows = count;
  slice.first_year = batch.first_year;
  slice.year_count = batch.year_count;
  slice.texts = batch.texts;
  slice.keys.assign(batch.keys.begin() + first, batch.keys.begin() + first + count);
  slice.source_rows.assign(batch.source_rows.begin() + first, batch.source_rows.begin() + first + count);
  slice.domains.resize(batch.domains.size());
  for (std::size_t domain = 1; domain < batch.domains.size(); ++domain) {
    const pol::records::ChildDomain& from = batch.domains[domain];
    for (std::uint32_t row = first; row < first + count; ++row) {
      slice.domains[domain].offsets.push_back(from.offsets[row] - from.offsets[first]);
      slice.domains[domain].known.PushBack(from.known[row]);
    }
    slice.domains[domain].offsets.push_back(from.offsets[first + count] - from.offsets[first]);
  }
  for (std::size_t fact = 0; fact < schema.facts.size(); ++fact) {
    const Column& from = batch.columns[fact];
    const std::uint32_t domain = schema.facts[fact].domain;
    const std::uint32_t begin = domain == 0 ? first : batch.domains[domain].offsets[first];
    const std::uint32_t end = domain == 0 ? first + count : batch.domains[domain].offsets[first + count];
    Column& to = slice.columns.emplace_back();
    to.numbers.scale = from.numbers.scale;
    for (std::uint32_t lane = begin; lane < end; ++lane) {
      if (!from.numbers.numerators.empty()) to.numbers.numerators.push_back(from.numbers.numerators[lane]);
      if (const auto wide = from.numbers.wide.find(lane); wide != from.numbers.wide.end()) {
        to.numbers.wide.emplace(lane - begin, wide->second);
      }
      if (!from.codes.empty()) to.codes.push_back(from.codes[lane]);
      if (from.truths.lanes() != 0) to.truths.PushBack(from.truths[lane]);
      to.known.PushBack(from.known[lane]);
      to.states.push_back(from.states[lane]);
    }
  }
  return slice;
}

std::string Describe(const pol::program::Schema& schema, const Batch& batch, std::uint32_t row) {
  constexpr const char* kStates[] = {"", "missing", "absent", "not judged", "unreadable"};
  std::string text = batch.keys[row] + " (years from " + std::to_string(batch.first_year) + ")\n";
  for (std::size_t fact = 0; fact < schema.facts.size(); ++fact) {
    const std::uint32_t domain = schema.facts[fact].domain;
    const Column& column = batch.columns[fact];
    const std::uint32_t begin = domain == 0 ? row : batch.domains[domain].offsets[row];
    const std::uint32_t end = domain == 0 ? row + 1 : batch.domains[domain].offsets[row + 1];
    text += "  " + schema.domains[domain].naming.name +
            (domain != 0 && !batch.domains[domain].known[row] ? "?" : "") + "." +
            schema.facts[fact].naming.name + " =";
    for (std::uint32_t lane = begin; lane < end; ++lane) {
      text += ' ';
      if (!column.known[lane]) {
        text += kStates[static_cast<std::size_t>(column.states[lane])];
      } else if (column.truths.lanes() != 0) {
        text += column.truths[lane] ? "true" : "false";
      } else if (!column.codes.empty()) {
        const bool date = schema.facts[fact].type.kind == ValueKind::kDate;
        text += date ? pol::calendar::ToText(column.codes[lane]) : std::to_string(column.codes[lane]);
      } else {
        const auto wide = column.numbers.wide.find(lane);
        text += wide != column.numbers.wide.end() ? wide->second.str()
                                                  : std::to_string(column.numbers.numerators[lane]);
        text += "e-" + std::to_string(column.numbers.scale);
      }
    }
    text += '\n';
  }
  return text;
}

}  // namespace agreement
