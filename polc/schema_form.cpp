#include "polc/schema_form.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>
#include <string_view>
#include <utility>

#include "runtime/calendar/date.h"
#include "runtime/number/decimal.h"
#include "runtime/output/outcome_writer.h"
#include "runtime/records/cells.h"
#include "runtime/records/names.h"
#include "runtime/text/utf8.h"

namespace polc {
namespace {

using pol::program::DomainKind;
using pol::program::Fact;
using pol::program::Schema;
using pol::program::ValueKind;

struct UnitSpelling {
  std::string_view text;
  std::string_view currency;
  std::string_view multiplier;
};
constexpr UnitSpelling kUnits[] = {
#define POL_UNIT(spelling, currency, multiplier) {spelling, currency, multiplier},
#include "grammar/units.def"
#undef POL_UNIT
};

// The unit that bare numbers of a column are in: of money its currency, of shares percent.
std::string UnitOfColumn(const Fact& fact) {
  if (fact.type.kind == ValueKind::kPercent) return "%";
  if (fact.type.kind != ValueKind::kMoney) return {};
  for (const UnitSpelling& unit : kUnits) {
    if (unit.currency == fact.type.currency && unit.multiplier == "1") return std::string{unit.text};
  }
  return fact.type.currency;
}

// The first spelling of a header that the readers take for just this fact, year and unit.
std::string HeaderOf(const pol::records::FactNames& names, const Schema& schema, const FormColumn& column) {
  const Fact& fact = schema.facts[column.fact];
  const std::string unit = UnitOfColumn(fact);
  const std::string year = std::to_string(column.year);
  std::string name = pol::records::NameWithYear(fact, column.year);
  const std::string& label = fact.naming.label;
  std::vector<std::string> spellings{name};
  if (!label.empty()) {
    const bool ascii = pol::text::IsAscii(label);
    std::string spelling = label;
    if (column.year != 0) spelling = ascii ? label + " " + year : year + "年" + label;
    spellings.insert(spellings.begin(), spelling);
  }
  if (!unit.empty()) {
    std::vector<std::string> with_unit;
    for (const std::string& spelling : spellings) {
      const bool ascii = pol::text::IsAscii(spelling);
      with_unit.push_back(ascii ? fmt::format("{} ({})", spelling, unit)
                                : fmt::format("{}（{}）", spelling, unit));
    }
    spellings.insert(spellings.begin(), with_unit.begin(), with_unit.end());
  }
  for (const std::string& spelling : spellings) {
    const std::optional<pol::records::HeaderMatch> match = names.Find(spelling);
    if (match && match->fact == column.fact && match->year == column.year && match->bracket.empty())
      return spelling;
  }
  return name;
}

FormTable MakeTable(const pol::program::Naming& naming, Schema schema, const FormOptions& options) {
  FormTable table{.name = naming.name, .title = naming.label, .schema = std::move(schema), .columns = {}};
  table.columns.push_back({.fact = table.schema.key_fact, .year = 0, .header = {}});
  for (std::uint32_t index = 0; index < table.schema.facts.size(); ++index) {
    const Fact& fact = table.schema.facts[index];
    const DomainKind kind = table.schema.domains[fact.domain].kind;
    if (index == table.schema.key_fact || kind == DomainKind::kList || !(fact.used || options.all)) continue;
    if (kind == DomainKind::kRecord) {
      table.columns.push_back({.fact = index, .year = 0, .header = {}});
      continue;
    }
    const YearRange years = options.years.value_or(YearRange{.first = 1, .last = 0});
    for (std::int32_t year = years.first; year <= years.last; ++year) {
      table.columns.push_back({.fact = index, .year = year, .header = {}});
    }
  }
  const pol::records::FactNames names(table.schema);
  for (FormColumn& column : table.columns) column.header = HeaderOf(names, table.schema, column);
  return table;
}

// A list's elements as records of their own, which belong to a record by its key.
Schema SchemaOfList(const Schema& schema, std::uint32_t domain) {
  Schema list;
  list.domains = {{.kind = DomainKind::kRecord, .naming = schema.domains[domain].naming, .element_name = {}}};
  list.enumerations = schema.enumerations;
  list.key_fact = 0;
  list.facts.push_back(schema.facts[schema.key_fact]);
  for (const Fact& fact : schema.facts) {
    if (fact.domain != domain) continue;
    list.facts.push_back(fact);
    list.facts.back().domain = 0;
  }
  return list;
}

std::string BoundText(const pol::program::NumberText& bound, ValueKind kind) {
  const pol::number::Rational value{pol::number::Integer{bound.numerator},
                                    pol::number::Integer{bound.denominator}};
  if (kind == ValueKind::kPercent) return pol::number::ToText(value * 100) + "%";
  if (kind == ValueKind::kDate)
    return pol::calendar::ToText(static_cast<std::int32_t>(boost::multiprecision::numerator(value)));
  return pol::number::ToText(value);
}

std::string RangeText(const Fact& fact) {
  const pol::program::ValueRange& range = fact.range;
  if (!range.has_low && !range.has_high) return {};
  const std::string low = range.has_low ? BoundText(range.low, fact.type.kind) : "..";
  const std::string high = range.has_high ? BoundText(range.high, fact.type.kind) : "..";
  return std::string{range.low_closed ? "[" : "("} + low + ", " + high + (range.high_closed ? "]" : ")");
}

std::string MembersOf(const Schema& schema, const Fact& fact, bool chinese) {
  std::string text;
  for (const pol::program::Naming& member : schema.enumerations[fact.type.enumeration].members) {
    text += (text.empty() ? "" : chinese ? "、" : ", ") + (member.label.empty() ? member.name : member.label);
  }
  return text;
}

}  // namespace

std::vector<FormTable> MakeForm(const pol::program::Program& program, const FormOptions& options) {
  const Schema& schema = program.schema;
  std::vector<FormTable> tables{MakeTable(schema.domains[0].naming, schema, options)};
  for (std::uint32_t domain = 1; domain < schema.domains.size(); ++domain) {
    if (schema.domains[domain].kind != DomainKind::kList) continue;
    tables.push_back(MakeTable(schema.domains[domain].naming, SchemaOfList(schema, domain), options));
  }
  return tables;
}

bool HasSeries(const Schema& schema, bool all) {
  return std::any_of(schema.facts.begin(), schema.facts.end(), [&](const Fact& fact) {
    return schema.domains[fact.domain].kind == DomainKind::kYears && (fact.used || all);
  });
}

std::string DescribeFact(const Schema& schema, const Fact& fact, bool chinese) {
  std::string text = pol::records::KindName(fact.type, chinese);
  const auto add = [&](const std::string& english, const std::string& translated) {
    text += (chinese ? "；" : "; ") + (chinese ? translated : english);
  };
  if (fact.type.kind == ValueKind::kEnumeration) {
    text = MembersOf(schema, fact, chinese);
    text.insert(0, chinese ? "取值：" : "one of ");
  }
  if (const std::string range = RangeText(fact); !range.empty()) add("within " + range, "范围 " + range);
  if (fact.optional) add("blank when there is none", "没有则留空");
  if (fact.judged && fact.judge.empty()) add("blank until it is judged", "未评判前留空");
  if (fact.judged && !fact.judge.empty())
    add("judged by " + fact.judge + ", blank until then", "由 " + fact.judge + " 评判，之前留空");
  if (!fact.used && !fact.key) add("no decision reads it", "判定不使用");
  return text;
}

std::string FormAsCsv(const FormTable& table) {
  std::string line;
  for (const FormColumn& column : table.columns) {
    if (!line.empty()) line += ',';
    pol::output::AppendCsvCell(column.header, line);
  }
  return line + "\n";
}

}  // namespace polc
