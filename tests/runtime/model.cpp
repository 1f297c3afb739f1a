#include "tests/runtime/model.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "runtime/calendar/date.h"
#include "runtime/calendar/working_days.h"
#include "runtime/engine/columns.h"
#include "runtime/engine/history.h"
#include "runtime/number/decimal.h"
#include "runtime/program/disassemble.h"
#include "runtime/program/instruction_info.h"

namespace pol::test {
namespace {

using engine::BigInt;
using engine::Rational;
using program::Opcode;
using program::RegisterKind;

Cell Yes() { return {.known = true, .truth = true}; }
Cell No() { return {.known = true, .truth = false}; }
Cell OfTruth(bool truth) { return truth ? Yes() : No(); }
Cell OfCode(std::int32_t code) { return {.known = true, .code = code}; }
Cell OfCode(std::optional<std::int32_t> code) { return code ? OfCode(*code) : Cell(); }
Cell OfNumber(Rational number) {
  const auto bits = [](const BigInt& value) { return value.is_zero() ? 0 : msb(BigInt(abs(value))) + 1; };
  if (bits(numerator(number)) > engine::kMostBits || bits(denominator(number)) > engine::kMostBits) return {};
  return {.known = true, .number = std::move(number)};
}
Cell OfNumber(std::optional<std::int64_t> number) { return number ? OfNumber(Rational(*number)) : Cell(); }

bool IsYes(const Cell& cell) { return cell.known && cell.truth; }
bool IsNo(const Cell& cell) { return cell.known && !cell.truth; }

bool Same(const Cell& a, const Cell& b) {
  return a.known == b.known && (!a.known || (a.truth == b.truth && a.number == b.number && a.code == b.code));
}

bool IsDate(std::int32_t code) { return code >= calendar::kFirstDay && code <= calendar::kLastDay; }

BigInt Floor(const Rational& value) {
  const BigInt quotient = numerator(value) / denominator(value);
  return value < 0 && quotient * denominator(value) != numerator(value) ? BigInt(quotient - 1) : quotient;
}

std::optional<std::int64_t> Whole(const Cell& cell) {
  if (denominator(cell.number) != 1 || abs(numerator(cell.number)) > 1000000000) return std::nullopt;
  return numerator(cell.number).convert_to<std::int64_t>();
}

Cell AllOf(const Lanes& cells) {
  if (std::any_of(cells.begin(), cells.end(), IsNo)) return No();
  return std::all_of(cells.begin(), cells.end(), IsYes) ? Yes() : Cell();
}
Cell AnyOf(const Lanes& cells) {
  if (std::any_of(cells.begin(), cells.end(), IsYes)) return Yes();
  return std::all_of(cells.begin(), cells.end(), IsNo) ? No() : Cell();
}
Cell AtLeastOf(const Lanes& cells, const Cell& needed, bool more) {
  if (!needed.known) return {};
  if (needed.number <= std::count_if(cells.begin(), cells.end(), IsYes)) return Yes();
  const auto possible =
      static_cast<std::int64_t>(cells.size()) - std::count_if(cells.begin(), cells.end(), IsNo);
  return needed.number <= possible || more ? Cell() : No();
}

Cell Select(const Cell& condition, const Cell& then, const Cell& otherwise) {
  if (condition.known) return condition.truth ? then : otherwise;
  return then.known && otherwise.known && Same(then, otherwise) ? then : Cell();
}

Cell RoundTo(const Cell& a, const Cell& b, const std::function<BigInt(const Rational&)>& whole) {
  if (b.number == 0) return {};
  const Rational step = abs(b.number);
  return OfNumber(Rational(whole(a.number / step)) * step);
}

// Leading digits that say how coarse a region is.
std::string RegionPrefix(std::int32_t code) {
  std::string digits = fmt::format("{:06}", code);
  while (digits.size() >= 2 && digits.ends_with("00")) digits.resize(digits.size() - 2);
  return digits;
}

Cell Within(std::int32_t place, std::int32_t region) {
  if (place < 0 || place > 999999) return No();
  const std::string inner = RegionPrefix(place);
  const std::string outer = RegionPrefix(region);
  if (inner.starts_with(outer)) return Yes();
  return outer.starts_with(inner) ? Cell() : No();
}

class Model {
 public:
  Model(const program::Program& program, const records::Batch& batch, const engine::Settings& settings)
      : program_(program), batch_(batch), settings_(settings) {}

  std::vector<Lanes> Run() {
    for (value_ = 0; value_ < program_.instructions.size(); ++value_) {
      const std::uint32_t lanes = records::LaneCount(batch_, program_.instructions[value_].domain);
      Lanes result;
      for (lane_ = 0; lane_ < lanes; ++lane_) result.push_back(Lane());
      registers_.push_back(std::move(result));
    }
    return std::move(registers_);
  }

 private:
  std::uint32_t Word(std::size_t i) const { return program::OperandsOf(program_, value_)[i]; }
  std::size_t WordCount() const { return program_.instructions[value_].operand_count; }
  const Cell& At(std::size_t i) const { return registers_[Word(i)][lane_]; }
  std::uint32_t RowOf(std::uint32_t domain) const {
    const std::vector<std::uint32_t>& offsets = batch_.domains[domain].offsets;
    return static_cast<std::uint32_t>(std::upper_bound(offsets.begin(), offsets.end(), lane_) -
                                      offsets.begin() - 1);
  }
  std::uint32_t domain() const { return program_.instructions[value_].domain; }
  const Cell& Parent(std::size_t i) const { return registers_[Word(i)][RowOf(domain())]; }
  std::uint32_t first(std::uint32_t child) const { return batch_.domains[child].offsets[lane_]; }
  bool ListUnknown(std::uint32_t child) const {
    return program_.schema.domains[child].kind == program::DomainKind::kList &&
           !batch_.domains[child].known[lane_];
  }
  // Operand i in the child lanes of this row; an unknown list has one element more.
  Lanes Children(std::size_t i) const {
    const std::uint32_t child = Word(WordCount() - 1);
    const Lanes& all = registers_[Word(i)];
    Lanes lanes(all.begin() + first(child), all.begin() + batch_.domains[child].offsets[lane_ + 1]);
    if (ListUnknown(child)) lanes.emplace_back();
    return lanes;
  }
  // Indices of the lanes where the last register operand holds; nullopt where it or a value taken is not
  // known.
  std::optional<std::vector<std::size_t>> Selected(const Lanes& values, const Lanes& conditions) const {
    std::vector<std::size_t> selected;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (!conditions[i].known || (conditions[i].truth && !values[i].known)) return std::nullopt;
      if (conditions[i].truth) selected.push_back(i);
    }
    return selected;
  }

  Cell Lane() {
    for (Cell (Model::*family)(bool&) :
         {&Model::Sources, &Model::Logic, &Model::Arithmetic, &Model::Codes, &Model::Dates, &Model::Children,
          &Model::TruthFolds, &Model::ValueFolds, &Model::Years, &Model::Walks}) {
      bool mine = true;
      Cell cell = (this->*family)(mine);
      if (mine) return cell;
    }
    return {};
  }
  Opcode opcode() const { return program_.instructions[value_].opcode; }

  Cell Sources(bool& mine);
  Cell Loaded();
  Cell Logic(bool& mine);
  Cell Arithmetic(bool& mine);
  Cell Codes(bool& mine);
  Cell Dates(bool& mine);
  Cell Children(bool& mine);
  Cell TruthFolds(bool& mine);
  Cell ValueFolds(bool& mine);
  Cell Extreme(bool greatest, bool pick);
  Cell NthEarliest();
  Cell Years(bool& mine);
  Cell Walks(bool& mine);

  const program::Program& program_;
  const records::Batch& batch_;
  const engine::Settings& settings_;
  std::vector<Lanes> registers_;
  std::uint32_t value_ = 0;
  std::uint32_t lane_ = 0;
};

Cell Model::Loaded() {
  const records::Column& column = batch_.columns[Word(0)];
  if (!column.known[lane_]) return {};
  if (opcode() == Opcode::kLoadTruth) return OfTruth(column.truths[lane_]);
  if (opcode() == Opcode::kLoadCode) return OfCode(column.codes[lane_]);
  const auto wide = column.numbers.wide.find(lane_);
  const BigInt numerator =
      wide != column.numbers.wide.end() ? wide->second : BigInt(column.numbers.numerators[lane_]);
  return OfNumber(number::ToRational({numerator, column.numbers.scale}));
}

Cell Model::Sources(bool& mine) {
  switch (opcode()) {
    case Opcode::kLoadTruth:
    case Opcode::kLoadNumber:
    case Opcode::kLoadCode:
      return Loaded();
    case Opcode::kLoadPresence: {
      const records::Column& column = batch_.columns[Word(0)];
      if (column.known[lane_]) return Yes();
      return column.states[lane_] == records::CellState::kAbsent ? No() : Cell();
    }
    case Opcode::kLoadListKnown:
      return OfTruth(!ListUnknown(Word(0)));
    case Opcode::kLoadYear:
      return OfNumber(
          Rational(batch_.first_year +
                   static_cast<std::int32_t>(lane_ - batch_.domains[domain()].offsets[RowOf(domain())])));
    case Opcode::kAsOf:
      return OfCode(settings_.as_of);
    case Opcode::kConstantTruth:
      return OfTruth(Word(0) == 1);
    case Opcode::kConstantNumber: {
      const program::NumberText& text = program_.constants[Word(0)];
      return OfNumber(Rational(BigInt(text.numerator), BigInt(text.denominator)));
    }
    case Opcode::kConstantCode:
      return OfCode(static_cast<std::int32_t>(Word(0)));
    case Opcode::kUnknownTruth:
    case Opcode::kUnknownNumber:
    case Opcode::kUnknownCode:
      return {};
    case Opcode::kGuardTruth:
    case Opcode::kGuardNumber:
    case Opcode::kGuardCode:
      return IsNo(At(1)) ? Cell() : At(0);
    default:
      mine = false;
      return {};
  }
}

Cell Model::Logic(bool& mine) {
  Lanes operands;
  switch (opcode()) {
    case Opcode::kClause:
      return At(0);
    case Opcode::kNot:
      return At(0).known ? OfTruth(!At(0).truth) : Cell();
    case Opcode::kAnd:
    case Opcode::kOr:
    case Opcode::kAtLeast:
      for (std::size_t i = 0; i < WordCount(); ++i) operands.push_back(At(i));
      if (opcode() == Opcode::kAnd) return AllOf(operands);
      if (opcode() == Opcode::kOr) return AnyOf(operands);
      operands.erase(operands.begin());
      return AtLeastOf(operands, At(0), false);
    case Opcode::kSelectTruth:
    case Opcode::kSelectNumber:
    case Opcode::kSelectCode:
      return Select(At(0), At(1), At(2));
    default:
      mine = false;
      return {};
  }
}

Cell Model::Arithmetic(bool& mine) {
  if (opcode() < Opcode::kAdd || opcode() > Opcode::kLessEqualNumber) {
    mine = false;
    return {};
  }
  const Cell& a = At(0);
  if (opcode() == Opcode::kNegate) return a.known ? OfNumber(Rational(-a.number)) : Cell();
  const Cell& b = At(1);
  if (!a.known || !b.known) return {};
  switch (opcode()) {
    case Opcode::kAdd:
      return OfNumber(Rational(a.number + b.number));
    case Opcode::kSubtract:
      return OfNumber(Rational(a.number - b.number));
    case Opcode::kMultiply:
      return OfNumber(Rational(a.number * b.number));
    case Opcode::kDivide:
      return b.number == 0 ? Cell() : OfNumber(Rational(a.number / b.number));
    case Opcode::kRoundHalfAway:
      return RoundTo(a, b, [](const Rational& x) {
        return x < 0 ? BigInt(-Floor(-x + Rational(1, 2))) : Floor(x + Rational(1, 2));
      });
    case Opcode::kRoundUp:
      return RoundTo(a, b, [](const Rational& x) { return BigInt(-Floor(-x)); });
    case Opcode::kRoundDown:
      return RoundTo(a, b, [](const Rational& x) { return Floor(x); });
    case Opcode::kEqualNumber:
      return OfTruth(a.number == b.number);
    case Opcode::kLessNumber:
      return OfTruth(a.number < b.number);
    default:
      return OfTruth(a.number <= b.number);
  }
}

Cell Model::Codes(bool& mine) {
  switch (opcode()) {
    case Opcode::kEqualCode:
      return At(0).known && At(1).known ? OfTruth(At(0).code == At(1).code) : Cell();
    case Opcode::kLessCode:
      return At(0).known && At(1).known ? OfTruth(At(0).code < At(1).code) : Cell();
    case Opcode::kLessEqualCode:
      return At(0).known && At(1).known ? OfTruth(At(0).code <= At(1).code) : Cell();
    case Opcode::kWithinRegion:
      return At(0).known ? Within(At(0).code, static_cast<std::int32_t>(Word(1))) : Cell();
    default:
      mine = false;
      return {};
  }
}

Cell Model::Dates(bool& mine) {
  if (opcode() < Opcode::kAddDays || opcode() > Opcode::kFirstDayOfYear) {
    mine = false;
    return {};
  }
  const program::InstructionInfo& info = program::InfoOf(opcode());
  for (std::size_t i = 0; i < info.operand_count; ++i) {
    if (!program::IsRegister(info.operands[i])) continue;
    if (!At(i).known) return {};
    if (info.operands[i] == program::OperandKind::kCode && !IsDate(At(i).code)) return {};
    if (info.operands[i] == program::OperandKind::kNumber && !Whole(At(i))) return {};
  }
  const std::int32_t date = At(0).code;
  const auto civil = calendar::FromDays(date);
  const auto days = [&](std::size_t i) { return calendar::WorkingDays(program_.schema.calendars[Word(i)]); };
  switch (opcode()) {
    case Opcode::kAddDays: {
      const std::int64_t sum = date + *Whole(At(1));
      return sum >= calendar::kFirstDay && sum <= calendar::kLastDay ? OfCode(static_cast<std::int32_t>(sum))
                                                                     : Cell();
    }
    case Opcode::kAddMonths:
      return OfCode(calendar::AddMonths(date, *Whole(At(1))));
    case Opcode::kAddWorkingDays:
      return OfCode(days(2).Add(date, *Whole(At(1))));
    case Opcode::kNextWorkingDay:
      return OfCode(days(1).Next(date));
    case Opcode::kDaysBetween:
      return OfNumber(Rational(std::int64_t{At(1).code} - date));
    case Opcode::kMonthsBetween:
      return OfNumber(Rational(calendar::WholeMonthsBetween(date, At(1).code)));
    case Opcode::kWorkingDaysBetween:
      return OfNumber(days(2).CountBetween(date, At(1).code));
    case Opcode::kYearOf:
      return OfNumber(Rational(civil.year));
    case Opcode::kMonthOf:
      return OfNumber(Rational(civil.month));
    case Opcode::kDayOf:
      return OfNumber(Rational(civil.day));
    default: {
      const std::int64_t year = *Whole(At(0));
      if (year < 1 || year > 9999) return {};
      return OfCode(calendar::ToDays({static_cast<std::int32_t>(year), 1, 1}));
    }
  }
}

Cell Model::Children(bool& mine) {
  switch (opcode()) {
    case Opcode::kBroadcastTruth:
    case Opcode::kBroadcastNumber:
    case Opcode::kBroadcastCode:
      return Parent(0);
    case Opcode::kWindowYears: {
      if (!Parent(0).known || !Parent(1).known) return {};
      const BigInt first_year = -Floor(-Parent(0).number);
      const BigInt last_year = Floor(Parent(1).number);
      if (first_year > last_year) return No();
      // What the widened batch does not hold is out of reach.
      if (first_year < batch_.first_year || last_year >= batch_.first_year + std::int64_t{batch_.year_count})
        return {};
      const std::int64_t year = batch_.first_year + std::int64_t{lane_ % batch_.year_count};
      return OfTruth(first_year <= year && year <= last_year);
    }
    case Opcode::kPreviousTruth:
    case Opcode::kPreviousCode:
    case Opcode::kPreviousNumber:
      if (lane_ % batch_.year_count == 0) return opcode() == Opcode::kPreviousTruth ? No() : Cell();
      return registers_[Word(0)][lane_ - 1];
    case Opcode::kGatherTruth:
    case Opcode::kGatherNumber:
    case Opcode::kGatherCode: {
      const std::int64_t size = batch_.domains[Word(2)].offsets[lane_ + 1] - std::int64_t{first(Word(2))};
      if (!At(1).known || At(1).code < 0 || At(1).code >= size) return {};
      return registers_[Word(0)][first(Word(2)) + static_cast<std::uint32_t>(At(1).code)];
    }
    default:
      mine = false;
      return {};
  }
}

Cell Model::TruthFolds(bool& mine) {
  switch (opcode()) {
    case Opcode::kFoldAny:
      return AnyOf(Children(std::size_t{0}));
    case Opcode::kFoldAll:
      return AllOf(Children(std::size_t{0}));
    case Opcode::kFoldAtLeast:
      return AtLeastOf(Children(std::size_t{0}), At(1), ListUnknown(Word(2)));
    case Opcode::kFoldCount: {
      const Lanes lanes = Children(std::size_t{0});
      const bool known = std::all_of(lanes.begin(), lanes.end(), [](const Cell& cell) { return cell.known; });
      return known ? OfNumber(Rational(std::count_if(lanes.begin(), lanes.end(), IsYes))) : Cell();
    }
    default:
      mine = false;
      return {};
  }
}

// The extreme value of the lanes selected or, to pick, where it is.
Cell Model::Extreme(bool greatest, bool pick) {
  const Lanes values = Children(std::size_t{0});
  const auto selected = Selected(values, Children(std::size_t{1}));
  if (!selected || selected->empty()) return {};
  const auto before = [&](const Cell& a, const Cell& b) {
    const Cell& low = greatest ? b : a;
    const Cell& high = greatest ? a : b;
    return low.number < high.number || low.code < high.code;
  };
  std::size_t best = selected->front();
  for (const std::size_t i : *selected) best = before(values[i], values[best]) ? i : best;
  if (!pick) return values[best];
  for (const std::size_t i : *selected) {
    if (i != best && Same(values[i], values[best])) return {};
  }
  return OfCode(static_cast<std::int32_t>(best));
}

Cell Model::NthEarliest() {
  const Lanes values = Children(std::size_t{0});
  const auto selected = Selected(values, Children(std::size_t{1}));
  if (!selected || !At(2).known) return {};
  std::vector<std::int32_t> dates;
  for (const std::size_t i : *selected) dates.push_back(values[i].code);
  std::sort(dates.begin(), dates.end());
  for (std::size_t i = 0; i < dates.size(); ++i) {
    if (At(2).number == i + 1) return OfCode(dates[i]);
  }
  return {};
}

Cell Model::ValueFolds(bool& mine) {
  switch (opcode()) {
    case Opcode::kFoldSum: {
      const Lanes values = Children(std::size_t{0});
      const auto selected = Selected(values, Children(std::size_t{1}));
      if (!selected) return {};
      Rational sum = 0;
      for (const std::size_t i : *selected) sum += values[i].number;
      return OfNumber(sum);
    }
    case Opcode::kFoldMinimum:
    case Opcode::kFoldMinimumCode:
      return Extreme(false, false);
    case Opcode::kFoldMaximum:
    case Opcode::kFoldMaximumCode:
      return Extreme(true, false);
    case Opcode::kPickEarliest:
      return Extreme(false, true);
    case Opcode::kPickLatest:
      return Extreme(true, true);
    case Opcode::kFoldEarliest:
      return NthEarliest();
    default:
      mine = false;
      return {};
  }
}

Cell Model::Years(bool& mine) {
  mine = opcode() == Opcode::kYearsAny || opcode() == Opcode::kYearsEarliest;
  if (!mine) return {};
  const bool any = opcode() == Opcode::kYearsAny;
  const std::uint32_t row = RowOf(domain());
  const std::uint32_t list = Word(WordCount() - 1);
  const std::vector<std::uint32_t>& offsets = batch_.domains[list].offsets;
  const Rational year = batch_.first_year + static_cast<std::int32_t>(lane_ % batch_.year_count);
  Lanes counts;
  std::vector<Cell> dates;
  for (std::uint32_t lane = offsets[row]; lane < offsets[row + 1]; ++lane) {
    const Cell& of = registers_[Word(WordCount() - 2)][lane];
    counts.push_back(
        AllOf({registers_[Word(WordCount() - 3)][lane], of.known ? OfTruth(of.number == year) : Cell()}));
    dates.push_back(registers_[Word(0)][lane]);
  }
  if (!batch_.domains[list].known[row]) counts.emplace_back();
  if (any) return AnyOf(counts);
  Cell earliest;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (IsNo(counts[i])) continue;
    if (!counts[i].known || !dates[i].known) return {};
    if (!earliest.known || dates[i].code < earliest.code) earliest = dates[i];
  }
  return earliest;
}

// What a walk makes of a history is the matter of history_kernels_test.cpp; here, that it is given the right
// one.
Cell Model::Walks(bool& mine) {
  mine = opcode() == Opcode::kWalkState || opcode() == Opcode::kWalkSince;
  if (!mine || ListUnknown(Word(4))) return {};
  const program::Machine& machine = program_.machines[Word(3)];
  const auto date = [](const Cell& cell) {
    return cell.known && IsDate(cell.code) ? std::optional(cell.code) : std::nullopt;
  };
  if (!date(At(1)) || !date(At(2))) return {};
  engine::History history{.from = At(1).code, .until = At(2).code, .dates = {}, .conditions = {}};
  for (std::uint32_t lane = first(Word(4)); lane < batch_.domains[Word(4)].offsets[lane_ + 1]; ++lane) {
    history.dates.push_back(date(registers_[Word(0)][lane]));
    for (std::size_t i = 5; i < WordCount(); ++i) {
      const Cell& condition = registers_[Word(i)][lane];
      history.conditions.push_back(!condition.known  ? engine::Truth::kUnknown
                                   : condition.truth ? engine::Truth::kTrue
                                                     : engine::Truth::kFalse);
    }
  }
  const engine::HistoryEnd end = engine::WalkHistory(machine, history);
  if (opcode() == Opcode::kWalkSince) return OfCode(end.since);
  return end.state ? OfCode(static_cast<std::int32_t>(machine.first_code + *end.state)) : Cell();
}

Cell ReadBack(const engine::Registers& registers, RegisterKind kind, std::uint32_t value,
              std::uint32_t lane) {
  Cell cell;
  switch (kind) {
    case RegisterKind::kTruth:
      cell.known = registers.TruthAt(value, lane) != engine::Truth::kUnknown;
      cell.truth = registers.TruthAt(value, lane) == engine::Truth::kTrue;
      break;
    case RegisterKind::kNumber:
      if (const auto number = registers.NumberAt(value, lane)) cell = {.known = true, .number = *number};
      break;
    case RegisterKind::kCode:
      if (const auto code = registers.CodeAt(value, lane)) cell = OfCode(*code);
      break;
  }
  return cell;
}

std::string Shown(const Cell& cell) {
  if (!cell.known) return "unknown";
  return fmt::format("{}|{}|{}", cell.truth, number::ToText(cell.number), cell.code);
}

}  // namespace

std::vector<Lanes> Evaluate(const program::Program& program, const records::Batch& batch,
                            const engine::Settings& settings) {
  return Model(program, batch, settings).Run();
}

std::string FirstDifference(const program::Program& program, const engine::Registers& registers,
                            const std::vector<Lanes>& model) {
  for (std::uint32_t value = 0; value < model.size(); ++value) {
    const RegisterKind kind = program::InfoOf(program.instructions[value].opcode).result;
    if (registers.lanes(value) != model[value].size()) return fmt::format("r{} has other lanes", value);
    for (std::uint32_t lane = 0; lane < model[value].size(); ++lane) {
      const Cell found = ReadBack(registers, kind, value, lane);
      if (Same(found, model[value][lane])) continue;
      return fmt::format("{}: lane {} is {}, should be {}", program::DisassembleInstruction(program, value),
                         lane, Shown(found), Shown(model[value][lane]));
    }
  }
  return "";
}

}  // namespace pol::test
