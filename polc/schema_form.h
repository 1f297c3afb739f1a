// What data a policy needs, as tables to fill in: a table of the records and one for each list, their columns
// under headers that the readers of data files read back as the same facts. Tested by tests/golden/schema/.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "polc/messages.h"
#include "runtime/program/program.h"

namespace polc {

struct YearRange {
  std::int32_t first = 0;
  std::int32_t last = 0;
};

struct FormColumn {
  std::uint32_t fact = 0;  // of the table's schema
  std::int32_t year = 0;   // of a series
  std::string header;
};

struct FormTable {
  std::string name;                 // of the record or list, as the policy has it
  std::string title;                // its label
  pol::program::Schema schema;      // a list's is that of a file of its own: its fields and the record's key
  std::vector<FormColumn> columns;  // first the key
};

struct FormOptions {
  std::optional<YearRange> years;  // of the series
  bool all = false;                // also facts that no decision reads
};

// The first table is that of the records. The years must be given where the policy has series.
std::vector<FormTable> MakeForm(const pol::program::Program& program, const FormOptions& options);

// Whether a form needs to know the years.
bool HasSeries(const pol::program::Schema& schema, bool all);

// The years that the windows of the policy look at when everything happens on one day: each date of a record
// is that day, but for one that may be long before (the day of founding, of birth). nullopt when they look at
// none.
std::optional<YearRange> YearsAskedFor(const pol::program::Program& program, std::int32_t as_of);

// "2021..2023", "2023".
std::optional<YearRange> ParseYears(const std::string& text);

// What a fact is, for who fills it in: its kind, its range, whether it may be left blank, who judges it.
std::string DescribeFact(const pol::program::Schema& schema, const pol::program::Fact& fact, bool chinese);

// The forms, as bytes.
std::string FormAsCsv(const FormTable& table);
// One sheet for each table. nullopt after the reason was printed.
std::optional<std::string> FormAsWorkbook(const std::vector<FormTable>& tables, const Common& common);
std::string FormAsJsonSchema(const pol::program::Program& program, const FormOptions& options, bool chinese);

}  // namespace polc
