#include "runtime/records/filler.h"

#include <algorithm>
#include <utility>

#include "runtime/records/names.h"
#include "runtime/records/tables.h"
#include "runtime/text/utf8.h"

namespace pol::records {

namespace {

constexpr std::uint32_t kFirstBatchRows = 64;

}  // namespace

Filler::Filler(const program::Schema& schema, Shared& shared, std::uint32_t file)
    : schema_(&schema), shared_(&shared), file_(file), builder_(schema) {
  cells_.reserve(schema.facts.size());
  for (std::uint32_t fact = 0; fact < schema.facts.size(); ++fact) cells_.emplace_back(schema, fact);
}

void Filler::Start(Batch& batch) {
  batch_ = &batch;
  row_ = 0;
  ForgetLists();
  // A file with one applicant should not pay for the columns of a thousand.
  batch_rows_ = std::min(batch_rows_ == 0 ? kFirstBatchRows : batch_rows_ * 4, shared_->batch_rows);
  builder_.Start(batch_rows_, batch);
}

bool Filler::Finish(Problems& problems) {
  builder_.Finish(row_);
  if (!met_ && shared_->keys != nullptr) {
    BeginRow(0);
    Report(ProblemKind::kNoRecords, problems);
  }
  met_ = true;
  return row_ > 0;
}

void Filler::Report(ProblemKind kind, Problems& problems, std::string_view header, std::string_view value,
                    std::vector<std::string> arguments) const {
  problems.Add({.kind = kind,
                .file = file(),
                .row = line_,
                .column = std::string{text::Trim(header)},
                .value = text::Excerpt(value),
                .arguments = std::move(arguments),
                .sheet = sheet_,
                .sheet_column = sheet_column_});
}

bool Filler::PutKey(std::string_view cell, std::string_view header, Problems& problems) {
  const std::string_view trimmed = text::Trim(cell);
  std::string scratch;
  if (MarkerOf(text::FoldWidth(trimmed, scratch)) != Marker::kNone) {
    Report(ProblemKind::kEmptyKey, problems, {}, trimmed,
           {NameAndLabel(schema_->facts[schema_->key_fact].naming)});
    return false;
  }
  key_.assign(trimmed);
  Put(schema_->key_fact, row_, cell, Unit{}, header, problems);
  return true;
}

void Filler::Put(std::uint32_t fact, std::uint32_t lane, std::string_view cell, const Unit& unit,
                 std::string_view header, Problems& problems) {
  if (!damaged_encoding_.empty() && cell.find("\xef\xbf\xbd") != std::string_view::npos) {
    Report(ProblemKind::kNotText, problems, header, cell, {std::string{damaged_encoding_}});
    PutState(fact, lane, CellState::kUnreadable);
    return;
  }
  cells_[fact].Read(cell, unit, value_);
  if (value_.state == CellState::kUnreadable) {
    Report(value_.problem, problems, header, text::Trim(cell), std::move(value_.arguments));
    value_.arguments.clear();
  }
  builder_.Set(fact, lane, value_);
}

void Filler::PutState(std::uint32_t fact, std::uint32_t lane, CellState state) {
  value_.state = state;
  builder_.Set(fact, lane, value_);
}

void Filler::EndRow(Problems& problems) {
  const std::string canonical = CanonicalKey(schema_->facts[schema_->key_fact].type.kind, key_);
  if (shared_->keys != nullptr) {
    const std::optional<KeyIndex::Seen> seen = shared_->keys->Insert(canonical, file_, line_);
    if (seen.has_value()) {
      Report(ProblemKind::kDuplicateKey, problems, {}, key_,
             {std::to_string(seen->row), shared_->files[seen->file]});
    }
  }
  for (Tables* const tables : {shared_->tables, shared_->sheets}) {
    if (tables != nullptr) tables->Append(canonical, disputed_lists_, builder_, known_lists_);
  }
  builder_.SetKey(row_, key_, line_);
  builder_.EndRow(known_lists_);
  ForgetLists();
  ++row_;
}

void Filler::DropRow() {
  builder_.DropRow(row_);
  ForgetLists();
}

void Filler::ForgetLists() {
  known_lists_.assign(schema_->domains.size(), false);
  disputed_lists_.assign(schema_->domains.size(), false);
}

}  // namespace pol::records
