#include "runtime/records/tables.h"

#include <utility>

#include "runtime/records/files.h"
#include "runtime/records/filler.h"
#include "runtime/records/keys.h"
#include "runtime/records/names.h"

namespace pol::records {
namespace {

std::string NamesOfLists(const program::Schema& schema) {
  std::string names;
  for (const program::Domain& domain : schema.domains) {
    if (domain.kind == program::DomainKind::kList) names += (names.empty() ? "" : ", ") + domain.naming.name;
  }
  return names.empty() ? "—" : names;
}

bool ReportTable(const TableFile& table, ProblemKind kind, Problems& problems,
                 std::vector<std::string> arguments) {
  problems.Add({.kind = kind,
                .file = table.file,
                .row = 0,
                .column = {},
                .value = {},
                .arguments = std::move(arguments)});
  return false;
}

}  // namespace

bool Tables::IsGiven(std::uint32_t domain) const {
  for (const auto& table : tables_) {
    if (table->domain == domain) return true;
  }
  return false;
}

// The list's fields become facts of a record whose key is the key of the record they belong to.
void Tables::MakeSchema(Table& table) const {
  const program::Domain& list = schema_->domains[table.domain];
  table.schema.domains = {{.kind = program::DomainKind::kRecord, .naming = list.naming, .element_name = {}}};
  table.schema.enumerations = schema_->enumerations;
  table.schema.regions = schema_->regions;
  table.schema.text_literals = schema_->text_literals;
  table.schema.key_fact = 0;
  table.schema.facts.push_back(schema_->facts[schema_->key_fact]);
  table.facts.push_back(schema_->key_fact);
  for (std::uint32_t fact = 0; fact < schema_->facts.size(); ++fact) {
    if (schema_->facts[fact].domain != table.domain) continue;
    program::Fact field = schema_->facts[fact];
    field.domain = 0;
    field.naming.aliases.push_back(list.naming.name + "." + field.naming.name);
    table.schema.facts.push_back(std::move(field));
    table.facts.push_back(fact);
  }
}

bool Tables::Load(const TableFile& file, const ReaderOptions& options, Problems& problems) {
  const FactNames names(*schema_);
  const std::optional<std::uint32_t> domain = names.FindListName(file.list);
  if (!domain.has_value()) {
    const std::optional<std::string> nearest = names.NearestList(file.list);
    if (nearest.has_value())
      return ReportTable(file, ProblemKind::kNoSuchListNear, problems, {file.list, *nearest});
    return ReportTable(file, ProblemKind::kNoSuchList, problems, {file.list, NamesOfLists(*schema_)});
  }
  if (IsGiven(*domain)) return ReportTable(file, ProblemKind::kListTwice, problems, {file.list});

  Shared run;
  run.batch_rows = options.batch_rows;
  run.chinese = options.chinese;
  const auto open = [&](const program::Schema& schema, Shared& shared) {
    return OpenRecords(schema, shared, 0, problems);
  };
  return LoadSheet(*domain, {.file = file.file, .sheet = {}}, run, open, problems);
}

bool Tables::LoadSheet(std::uint32_t domain, const Origin& origin, const Shared& run, const OpenTable& open,
                       Problems& problems) {
  auto table = std::make_unique<Table>();
  table->domain = domain;
  table->origin = origin;
  MakeSchema(*table);
  Shared shared;
  shared.files = {origin.file};
  shared.batch_rows = run.batch_rows;
  shared.chinese = run.chinese;
  const std::uint64_t problems_before = problems.CountOf(ProblemSeverity::kFile);
  const std::unique_ptr<Reader> reader = open(table->schema, shared);
  if (reader == nullptr) return false;
  const program::ValueKind key_kind = table->schema.facts[0].type.kind;
  for (Batch batch; reader->Next(batch, problems);) {
    for (std::uint32_t row = 0; row < batch.rows; ++row) {
      Group& group = table->groups[CanonicalKey(key_kind, batch.keys[row])];
      group.places.push_back({static_cast<std::uint32_t>(table->batches.size()), row});
    }
    table->batches.push_back(std::move(batch));
    batch = Batch{};
  }
  tables_.push_back(std::move(table));
  return problems.CountOf(ProblemSeverity::kFile) == problems_before;
}

void Tables::Append(const std::string& canonical_key, const std::vector<bool>& disputed_lists,
                    BatchBuilder& builder, std::vector<bool>& known_lists) {
  for (const std::unique_ptr<Table>& table : tables_) {
    known_lists[table->domain] = !disputed_lists[table->domain];
    const auto found = table->groups.find(canonical_key);
    if (found == table->groups.end()) continue;
    found->second.matched = true;
    if (disputed_lists[table->domain]) continue;
    for (const Place& place : found->second.places) {
      const Batch& batch = table->batches[place.batch];
      const std::uint32_t lane = builder.AddElement(table->domain);
      for (std::uint32_t field = 1; field < table->facts.size(); ++field) {
        builder.Copy(batch.columns[field], place.row, batch.texts, table->facts[field], lane);
      }
    }
  }
}

void Tables::ReportOrphans(Problems& problems) const {
  for (const std::unique_ptr<Table>& table : tables_) {
    const program::Fact& key = table->schema.facts[0];
    for (const Batch& batch : table->batches) {
      for (std::uint32_t row = 0; row < batch.rows; ++row) {
        if (table->groups.at(CanonicalKey(key.type.kind, batch.keys[row])).matched) continue;
        problems.Add({.kind = ProblemKind::kOrphan,
                      .file = table->origin.file,
                      .row = batch.source_rows[row],
                      .column = key.naming.name,
                      .value = batch.keys[row],
                      .arguments = {},
                      .sheet = table->origin.sheet});
      }
    }
  }
}

}  // namespace pol::records
