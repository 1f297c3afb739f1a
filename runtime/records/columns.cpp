#include "runtime/records/columns.h"

#include <functional>
#include <limits>
#include <utility>

#include "runtime/program/instruction_info.h"

namespace pol::records {
namespace {

using program::DomainKind;
using program::Fact;
using program::RegisterKind;

number::Integer PowerOfTen(std::int32_t exponent) {
  return boost::multiprecision::pow(number::Integer{10}, static_cast<unsigned>(exponent));
}

// Multiplies the column's numerators so that they count in units of 10^-scale.
void Rescale(std::int32_t scale, NumberColumn& column) {
  const number::Integer wide_factor = PowerOfTen(scale - column.scale);
  const auto factor = static_cast<std::int64_t>(wide_factor);  // at most 10^18
  for (auto& [lane, numerator] : column.wide) numerator *= wide_factor;
  for (std::uint32_t lane = 0; lane < column.numerators.size(); ++lane) {
    std::int64_t& numerator = column.numerators[lane];
    std::int64_t product = 0;
    if (__builtin_mul_overflow(numerator, factor, &product)) {
      column.wide[lane] = wide_factor * numerator;
      product = 0;
    }
    numerator = product;
  }
  column.scale = scale;
}

void PutWide(std::uint32_t lane, number::Integer numerator, NumberColumn& column) {
  static const number::Integer kMost{std::numeric_limits<std::int64_t>::max()};
  if (boost::multiprecision::abs(numerator) <= kMost) {
    column.numerators[lane] = static_cast<std::int64_t>(numerator);
  } else {
    column.wide[lane] = std::move(numerator);
  }
}

void PutNumber(std::uint32_t lane, std::int32_t scale, std::int64_t numerator, const number::Integer* wide,
               NumberColumn& column) {
  if (scale > column.scale) Rescale(scale, column);
  if (wide == nullptr) {
    std::int64_t product = numerator;
    bool fits = true;
    for (std::int32_t places = scale; fits && places < column.scale; ++places) {
      fits = !__builtin_mul_overflow(product, std::int64_t{10}, &product);
    }
    if (fits) {
      column.numerators[lane] = product;
      return;
    }
  }
  number::Integer exact = wide == nullptr ? number::Integer{numerator} : *wide;
  if (scale < column.scale) exact *= PowerOfTen(column.scale - scale);
  PutWide(lane, std::move(exact), column);
}

}  // namespace

CellState BlankState(const Fact& fact) {
  if (fact.optional) return CellState::kAbsent;
  return fact.judged ? CellState::kNotJudged : CellState::kMissing;
}

// ---- Dictionary
// ----------------------------------------------------------------------------------------------------

Dictionary::Dictionary(const std::vector<std::string>& literals) : literals_(&literals) {}

const std::string& Dictionary::TextAt(std::uint32_t code) const {
  return code < literals_->size() ? (*literals_)[code] : (*texts_)[code - literals_->size()];
}

// The slot that holds `text`, or the free one where it belongs.
std::size_t Dictionary::SlotOf(std::string_view text) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = std::hash<std::string_view>{}(text)&mask;
  while (slots_[slot] != 0 && TextAt(slots_[slot] - 1) != text) slot = (slot + 1) & mask;
  return slot;
}

void Dictionary::Grow() {
  std::vector<std::uint32_t> old(slots_.empty() ? 64 : slots_.size() * 2);
  old.swap(slots_);
  for (const std::uint32_t entry : old) {
    if (entry != 0) slots_[SlotOf(TextAt(entry - 1))] = entry;
  }
}

void Dictionary::Start(std::vector<std::string>& texts) {
  texts_ = &texts;
  texts_->clear();
  slots_.assign(slots_.size(), 0);
  used_ = 0;
  for (std::uint32_t code = 0; code < literals_->size(); ++code) {
    if (used_ * 2 >= slots_.size()) Grow();
    std::uint32_t& slot = slots_[SlotOf(TextAt(code))];
    if (slot != 0) continue;
    slot = code + 1;
    ++used_;
  }
}

std::int32_t Dictionary::CodeOf(std::string_view text) {
  if (used_ * 2 >= slots_.size()) Grow();
  std::uint32_t& slot = slots_[SlotOf(text)];
  if (slot == 0) {
    texts_->emplace_back(text);
    slot = static_cast<std::uint32_t>(literals_->size() + texts_->size());
    ++used_;
  }
  return static_cast<std::int32_t>(slot - 1);
}

// ---- BatchBuilder
// --------------------------------------------------------------------------------------------------

BatchBuilder::BatchBuilder(const program::Schema& schema)
    : schema_(&schema), dictionary_(schema.text_literals), facts_of_(schema.domains.size()) {
  for (std::uint32_t fact = 0; fact < schema.facts.size(); ++fact) {
    facts_of_[schema.facts[fact].domain].push_back(fact);
  }
}

std::uint32_t BatchBuilder::LanesOf(std::uint32_t domain) const {
  if (domain == 0) return batch_->rows;
  if (schema_->domains[domain].kind == DomainKind::kYears) return batch_->rows * batch_->year_count;
  return elements_[domain];
}

void BatchBuilder::Resize(std::uint32_t fact, std::uint32_t lanes) {
  Column& column = batch_->columns[fact];
  column.states.resize(lanes, BlankState(schema_->facts[fact]));
  switch (program::RegisterKindOf(schema_->facts[fact].type.kind)) {
    case RegisterKind::kTruth:
      while (column.truths.lanes() < lanes) column.truths.PushBack(false);
      break;
    case RegisterKind::kNumber:
      column.numbers.numerators.resize(lanes);
      break;
    case RegisterKind::kCode:
      column.codes.resize(lanes);
      break;
  }
}

void BatchBuilder::Start(std::uint32_t rows, Batch& batch) {
  batch_ = &batch;
  batch.rows = rows;
  batch.first_year = Batch{}.first_year;
  batch.year_count = 1;
  has_years_ = false;
  batch.keys.resize(rows);
  batch.source_rows.assign(rows, 0);
  dictionary_.Start(batch.texts);
  batch.columns.assign(schema_->facts.size(), Column{});
  batch.domains.assign(schema_->domains.size(), ChildDomain{});
  elements_.assign(schema_->domains.size(), 0);
  ended_elements_ = elements_;
  for (std::uint32_t domain = 0; domain < schema_->domains.size(); ++domain) {
    if (schema_->domains[domain].kind == DomainKind::kList) batch.domains[domain].offsets.assign(1, 0);
    const std::uint32_t lanes = LanesOf(domain);
    for (const std::uint32_t fact : facts_of_[domain]) {
      Resize(fact, lanes);
      batch.columns[fact].known.Assign(lanes, false);
    }
  }
}

void BatchBuilder::CoverYears(std::int32_t first, std::int32_t last) {
  if (!has_years_) batch_->first_year = first;
  has_years_ = true;
  WidenYears(*schema_, first, last, *batch_);
}

std::uint32_t BatchBuilder::LaneOfYear(std::uint32_t row, std::int32_t year) {
  const std::int32_t last = batch_->first_year + static_cast<std::int32_t>(batch_->year_count) - 1;
  if (!has_years_ || year < batch_->first_year || year > last) CoverYears(year, year);
  return row * batch_->year_count + static_cast<std::uint32_t>(year - batch_->first_year);
}

std::uint32_t BatchBuilder::AddElement(std::uint32_t domain) {
  const std::uint32_t lane = elements_[domain]++;
  for (const std::uint32_t fact : facts_of_[domain]) Resize(fact, lane + 1);
  return lane;
}

void BatchBuilder::SetKey(std::uint32_t row, std::string_view key, std::uint64_t source_row) {
  batch_->keys[row].assign(key);
  batch_->source_rows[row] = source_row;
}

void BatchBuilder::Set(std::uint32_t fact, std::uint32_t lane, const CellValue& value) {
  Column& column = batch_->columns[fact];
  if (column.states[lane] == CellState::kGiven) Clear(fact, lane);
  column.states[lane] = value.state;
  if (value.state != CellState::kGiven) return;
  const program::ValueKind kind = schema_->facts[fact].type.kind;
  switch (program::RegisterKindOf(kind)) {
    case RegisterKind::kTruth:
      column.truths.Put(lane, value.truth);
      return;
    case RegisterKind::kNumber:
      PutNumber(lane, value.scale, value.numerator, value.is_wide ? &value.wide_numerator : nullptr,
                column.numbers);
      return;
    case RegisterKind::kCode:
      break;
  }
  const bool is_text = kind == program::ValueKind::kText || kind == program::ValueKind::kCreditCode;
  column.codes[lane] = is_text ? dictionary_.CodeOf(value.text) : value.code;
}

void BatchBuilder::Copy(const Column& from, std::uint32_t from_lane, const std::vector<std::string>& texts,
                        std::uint32_t fact, std::uint32_t lane) {
  CellValue value;
  value.state = from.states.empty() ? CellState::kGiven : from.states[from_lane];
  if (value.state == CellState::kGiven) {
    const program::ValueKind kind = schema_->facts[fact].type.kind;
    switch (program::RegisterKindOf(kind)) {
      case RegisterKind::kTruth:
        value.truth = from.truths[from_lane];
        break;
      case RegisterKind::kNumber: {
        const auto wide = from.numbers.wide.find(from_lane);
        value.scale = from.numbers.scale;
        value.numerator = from.numbers.numerators[from_lane];
        value.is_wide = wide != from.numbers.wide.end();
        if (value.is_wide) value.wide_numerator = wide->second;
        break;
      }
      case RegisterKind::kCode:
        value.code = from.codes[from_lane];
        break;
    }
    const auto literals = static_cast<std::int32_t>(schema_->text_literals.size());
    if (kind == program::ValueKind::kText || kind == program::ValueKind::kCreditCode) {
      value.text = value.code < literals ? schema_->text_literals[static_cast<std::size_t>(value.code)]
                                         : texts[static_cast<std::size_t>(value.code - literals)];
    }
  }
  Set(fact, lane, value);
}

void BatchBuilder::EndRow(const std::vector<bool>& known_lists) {
  for (std::uint32_t domain = 1; domain < schema_->domains.size(); ++domain) {
    if (schema_->domains[domain].kind != DomainKind::kList) continue;
    batch_->domains[domain].offsets.push_back(elements_[domain]);
    batch_->domains[domain].known.PushBack(known_lists[domain]);
  }
  ended_elements_ = elements_;
}

void BatchBuilder::Clear(std::uint32_t fact, std::uint32_t lane) {
  Column& column = batch_->columns[fact];
  column.states[lane] = BlankState(schema_->facts[fact]);
  column.numbers.wide.erase(lane);
  if (!column.numbers.numerators.empty()) column.numbers.numerators[lane] = 0;
  if (!column.codes.empty()) column.codes[lane] = 0;
  if (column.truths.lanes() > 0) column.truths.Reset(lane);
}

void BatchBuilder::DropRow(std::uint32_t row) {
  for (std::uint32_t domain = 0; domain < schema_->domains.size(); ++domain) {
    const bool is_list = schema_->domains[domain].kind == DomainKind::kList;
    const std::uint32_t lanes_of_row =
        schema_->domains[domain].kind == DomainKind::kYears ? batch_->year_count : 1;
    const std::uint32_t begin = is_list ? ended_elements_[domain] : row * lanes_of_row;
    const std::uint32_t end = is_list ? elements_[domain] : begin + lanes_of_row;
    for (const std::uint32_t fact : facts_of_[domain]) {
      for (std::uint32_t lane = begin; lane < end; ++lane) Clear(fact, lane);
    }
  }
  elements_ = ended_elements_;
}

void BatchBuilder::FinishColumn(std::uint32_t fact, std::uint32_t lanes) {
  Column& column = batch_->columns[fact];
  column.states.resize(lanes);
  if (!column.numbers.numerators.empty()) column.numbers.numerators.resize(lanes);
  if (!column.codes.empty()) column.codes.resize(lanes);
  if (column.truths.lanes() > lanes) {
    engine::Bits kept(lanes);
    for (std::uint32_t lane = 0; lane < lanes; ++lane) kept.Put(lane, column.truths[lane]);
    column.truths = std::move(kept);
  }
  bool all_given = true;
  column.known.Assign(lanes, false);
  for (std::uint32_t lane = 0; lane < lanes; ++lane) {
    if (column.states[lane] == CellState::kGiven) {
      column.known.Set(lane);
    } else {
      all_given = false;
    }
  }
  if (all_given) column.states.clear();
}

void BatchBuilder::Finish(std::uint32_t rows) {
  batch_->rows = rows;
  batch_->keys.resize(rows);
  batch_->source_rows.resize(rows);
  for (std::uint32_t domain = 0; domain < schema_->domains.size(); ++domain) {
    const std::uint32_t lanes = LanesOf(domain);
    for (const std::uint32_t fact : facts_of_[domain]) FinishColumn(fact, lanes);
    if (schema_->domains[domain].kind != DomainKind::kYears) continue;
    std::vector<std::uint32_t>& offsets = batch_->domains[domain].offsets;
    offsets.resize(std::size_t{rows} + 1);
    for (std::uint32_t row = 0; row <= rows; ++row) offsets[row] = row * batch_->year_count;
  }
}

}  // namespace pol::records
