// The lines of an example that say what its applicant is like: each becomes cells, typed as those of a file
// are.
#include "compiler/model/example_facts.h"

#include <algorithm>
#include <unordered_map>
#include <utility>
#include <vector>

#include "compiler/source/map_each.h"
#include "runtime/number/decimal.h"
#include "runtime/records/cells.h"
#include "runtime/records/columns.h"

namespace pol::model {
namespace {

using program::ValueKind;
using records::CellState;

bool IsText(const program::ValueType& type) {
  return type.kind == ValueKind::kText || type.kind == ValueKind::kCreditCode;
}

class LineTyper {
 public:
  LineTyper(Context& context, Typer& typer, const syntax::Tree& tree, ExampleFacts& facts)
      : context_(context), typer_(typer), tree_(tree), facts_(facts) {}

  void Add(const syntax::ExampleGiven& given) {
    if (given.path.as_of) return AddAsOf(given);
    const Symbol* symbol = Field(0, given.path);
    if (symbol == nullptr || symbol->index == program::kNone) return;
    const bool part_fits = symbol->kind == SymbolKind::kChecklist || !given.path.part.valid();
    if (!part_fits) return UnknownFact(given.path.part.range, given.path.part.text, {});
    switch (symbol->kind) {
      case SymbolKind::kFact:
        return AddFact(FactId{symbol->index}, given);
      case SymbolKind::kList:
        return AddList(symbol->index, given);
      case SymbolKind::kChecklist:
        return AddChecklist(context_.checklists[symbol->index], given);
      default:
        return;
    }
  }

 private:
  // ---- Names ----

  const Symbol* Field(std::uint32_t domain, const syntax::ExamplePath& path) {
    if (!path.name.valid()) return nullptr;
    const DomainNames& names = context_.domains[domain];
    const auto field = names.fields.find(path.name.text);
    if (field != names.fields.end()) return &field->second;
    UnknownFact(path.name.range, path.name.text, names.order);
    return nullptr;
  }

  void UnknownFact(Range range, const std::string& name, const std::vector<std::string>& candidates) {
    auto& error = context_.Error(Kind::kExampleUnknownFact, range, {name});
    context_.Suggest(error, range, name, candidates);
  }

  const program::Fact& Declared(FactId fact) const { return context_.model.schema.facts[fact.index]; }

  // ---- Once ----

  // False, and reported, when the example itself says it already.
  bool Once(const CellKey& key, Range range, const std::string& words) {
    const auto [place, fresh] = given_.try_emplace(key, range);
    if (!fresh) {
      context_.Error(Kind::kExampleGivenTwice, range, {words})
          .notes.push_back({place->second, Kind::kFirstHere, {words}});
    }
    return fresh;
  }

  // ---- Lines ----

  void AddAsOf(const syntax::ExampleGiven& given) {
    if (!Once({program::kNone, 0, 0}, given.path.range, "as_of")) return;
    facts_.as_of.reset();
    if (given.state == syntax::ExampleState::kUnknown) return;
    if (given.state != syntax::ExampleState::kValue || given.in_braces || given.values.size() != 1) {
      context_.Error(Kind::kExampleAsOf, given.range);
      return;
    }
    const std::optional<Constant> day = ConstantOf(DateType(), given.values.front());
    if (day) facts_.as_of = std::get<std::int32_t>(*day);
  }

  void AddFact(FactId fact, const syntax::ExampleGiven& given) {
    const program::Fact& declared = Declared(fact);
    const bool series = declared.domain != 0;
    if (given.in_braces) {
      context_.Error(Kind::kExampleRowsOfNoList, given.range, {declared.naming.name});
      return;
    }
    if (series == given.path.first_year.empty()) {
      context_.Error(series ? Kind::kExampleNeedsYears : Kind::kExampleHasNoYears, given.path.range,
                     {declared.naming.name});
      return;
    }
    if (series) return AddSeries(fact, given);
    if (given.values.size() > 1) {
      context_.Error(Kind::kExampleOneValue, given.range,
                     {declared.naming.name, std::to_string(given.values.size())});
      return;
    }
    const std::optional<ExampleCell> cell = ReadCell(fact, given, 0);
    if (!Once({fact.index, 0, 0}, given.path.range, declared.naming.name)) return;
    if (cell) Put(*cell);
  }

  void AddSeries(FactId fact, const syntax::ExampleGiven& given) {
    const std::string name = Declared(fact).naming.name;
    const auto first = SeriesYear(given.path.first_year);
    const auto last = SeriesYear(given.path.last_year);
    if (!first || !last || *last < *first) {
      context_.Error(Kind::kExampleYears, given.path.range, {context_.WordsOf(given.path.range)});
      return;
    }
    const auto years = static_cast<std::size_t>(*last - *first + 1);
    const std::size_t values = given.values.size();
    if (given.state == syntax::ExampleState::kValue && values != 1 && values != years) {
      context_.Error(Kind::kExampleYearsAndValues, given.range,
                     {std::to_string(years), std::to_string(values)});
      return;
    }
    // One value stands for every year, and is read once.
    std::optional<ExampleCell> cell;
    for (std::size_t at = 0; at < years; ++at) {
      if (at == 0 || values > 1) cell = ReadCell(fact, given, at);
      const std::int32_t year = *first + static_cast<std::int32_t>(at);
      if (!Once({fact.index, year, 0}, given.path.range, name + "." + std::to_string(year))) return;
      if (!cell) continue;
      cell->year = year;
      Put(*cell);
    }
  }

  // An item named after the whole checklist is the exception to it.
  void AddChecklist(const ChecklistState& checklist, const syntax::ExampleGiven& given) {
    if (!given.path.first_year.empty() || given.in_braces) {
      const bool braces = given.in_braces;
      context_.Error(braces ? Kind::kExampleRowsOfNoList : Kind::kExampleHasNoYears, given.path.range,
                     {checklist.name});
      return;
    }
    if (given.values.size() > 1) {
      context_.Error(Kind::kExampleOneValue, given.range,
                     {checklist.name, std::to_string(given.values.size())});
      return;
    }
    if (given.path.part.valid()) {
      const auto item = checklist.by_name.find(given.path.part.text);
      if (item == checklist.by_name.end()) {
        auto items = MapEach(checklist.by_name, [](const auto& named) { return named.first; });
        std::ranges::sort(items);
        return UnknownFact(given.path.part.range, given.path.part.text, items);
      }
      if (!Once({item->second.index, 0, 0}, given.path.range, Declared(item->second).naming.name)) return;
      if (const auto cell = ReadCell(item->second, given, 0)) Put(*cell);
      return;
    }
    for (const FactId item : checklist.items) {
      if (!Once({item.index, 0, 1}, given.path.range, checklist.name)) return;
      if (given_.contains({item.index, 0, 0})) {
        Once({item.index, 0, 0}, given.path.range, Declared(item).naming.name);
        return;
      }
      const auto cell = ReadCell(item, given, 0);
      if (!cell) return;
      Put(*cell);
    }
  }

  // ---- Lists ----

  void AddList(std::uint32_t domain, const syntax::ExampleGiven& given) {
    const std::string name = context_.model.schema.domains[domain].naming.name;
    if (!given.path.first_year.empty()) {
      context_.Error(Kind::kExampleHasNoYears, given.path.range, {name});
      return;
    }
    const bool of_rows = given.in_braces || given.state == syntax::ExampleState::kEmpty ||
                         given.state == syntax::ExampleState::kUnknown;
    if (!of_rows) {
      context_.Error(Kind::kExampleListOfRows, given.range, {name});
      return;
    }
    if (!Once({program::kNone, 0, domain}, given.path.range, name)) return;
    std::erase_if(facts_.cells,
                  [&](const auto& cell) { return Declared(cell.second.fact).domain == domain; });
    facts_.lists.erase(domain);
    if (given.state == syntax::ExampleState::kUnknown) return;
    facts_.lists[domain] = static_cast<std::uint32_t>(given.rows.size());
    for (std::uint32_t row = 0; row < given.rows.size(); ++row) {
      row_.clear();
      for (const syntax::ExampleGiven& cell : given.rows[row].cells) AddElementCell(domain, row, cell);
    }
  }

  void AddElementCell(std::uint32_t domain, std::uint32_t row, const syntax::ExampleGiven& given) {
    const Symbol* symbol = Field(domain, given.path);
    if (symbol == nullptr || symbol->index == program::kNone) return;
    FactId fact{symbol->index};
    if (symbol->kind == SymbolKind::kChecklist) {
      const ChecklistState& checklist = context_.checklists[symbol->index];
      const auto item = checklist.by_name.find(given.path.part.text);
      if (item == checklist.by_name.end()) {
        return UnknownFact(given.path.range, context_.WordsOf(given.path.range), {});
      }
      fact = item->second;
    } else if (given.path.part.valid()) {
      return UnknownFact(given.path.part.range, given.path.part.text, {});
    }
    const auto [place, fresh] = row_.try_emplace(fact.index, given.path.range);
    if (!fresh) {
      const std::string name = Declared(fact).naming.name;
      context_.Error(Kind::kExampleGivenTwice, given.path.range, {name})
          .notes.push_back({place->second, Kind::kFirstHere, {name}});
      return;
    }
    std::optional<ExampleCell> cell = ReadCell(fact, given, 0);
    if (!cell) return;
    cell->element = row;
    Put(*cell);
  }

  void Put(const ExampleCell& cell) { facts_.cells[{cell.fact.index, cell.year, cell.element}] = cell; }

  // ---- Values ----

  std::optional<ExampleCell> ReadCell(FactId fact, const syntax::ExampleGiven& given, std::size_t at) {
    ExampleCell cell;
    cell.fact = fact;
    const program::Fact& declared = Declared(fact);
    switch (given.state) {
      case syntax::ExampleState::kUnknown:
        cell.state = declared.judged ? CellState::kNotJudged : CellState::kMissing;
        return cell;
      case syntax::ExampleState::kAbsent:
        if (!declared.optional) {
          context_.Error(Kind::kNeverAbsent, given.range, {declared.naming.name});
          return std::nullopt;
        }
        cell.state = CellState::kAbsent;
        return cell;
      case syntax::ExampleState::kEmpty:
        context_.Error(Kind::kExampleRowsOfNoList, given.range, {declared.naming.name});
        return std::nullopt;
      case syntax::ExampleState::kValue:
        break;
    }
    if (at >= given.values.size()) return std::nullopt;
    cell.state = CellState::kGiven;
    const syntax::ExpressionId value = given.values[at];
    return ReadValue(value, cell) ? std::optional(cell) : std::nullopt;
  }

  bool ReadValue(syntax::ExpressionId id, ExampleCell& cell) {
    const program::Fact declared = Declared(cell.fact);
    const Range range = tree_.RangeOf(id);
    if (IsText(declared.type)) return ReadText(id, declared, cell);
    const std::optional<Constant> constant = ConstantOf(declared.type, id);
    if (!constant) return false;
    cell.value = *constant;
    const auto* number = std::get_if<Rational>(&cell.value);
    const Rational value = number != nullptr ? *number : Rational(std::get<std::int32_t>(cell.value));
    if (!IsWithin(declared.range, value)) {
      context_.Error(Kind::kExampleOutsideRange, range, {context_.WordsOf(range), declared.naming.name})
          .notes.push_back(
              {context_.facts[cell.fact.index].range, Kind::kDeclaredHere, {declared.naming.name}});
      return false;
    }
    static const Rational kSmallest(number::Integer(1), pow(number::Integer(10), records::kMostPlaces));
    if (denominator(Rational(value / kSmallest)) != 1) {
      context_.Error(Kind::kExampleNoDecimal, range,
                     {context_.WordsOf(range), std::to_string(records::kMostPlaces)});
      return false;
    }
    return true;
  }

  // Not by way of the program's texts: an example must not change what is compiled.
  bool ReadText(syntax::ExpressionId id, const program::Fact& declared, ExampleCell& cell) {
    const Range range = tree_.RangeOf(id);
    if (const auto* literal = std::get_if<syntax::TextLiteral>(&tree_[id])) {
      cell.text = literal->value;
    } else {
      const std::optional<Constant> code = ConstantOf(declared.type, id);
      if (!code) return false;
      cell.text =
          context_.model.schema.text_literals[static_cast<std::size_t>(std::get<std::int32_t>(*code))];
    }
    if (declared.type.kind != ValueKind::kCreditCode) return true;
    records::CellValue value;
    std::string scratch;
    records::ReadCreditCode(cell.text, scratch, value);
    if (value.state == CellState::kGiven) {
      cell.text = std::string(value.text);
      return true;
    }
    context_.Error(Kind::kExampleCreditCode, range, {cell.text});
    return false;
  }

  std::optional<Constant> ConstantOf(const program::ValueType& type, syntax::ExpressionId id) {
    return ExampleConstant(context_, typer_, tree_, id, type);
  }

  static Rational NumberOf(const program::NumberText& text) {
    return Rational(number::Integer(text.numerator), number::Integer(text.denominator));
  }
  static bool IsWithin(const program::ValueRange& range, const Rational& value) {
    if (range.has_low) {
      const Rational low = NumberOf(range.low);
      if (value < low || (value == low && !range.low_closed)) return false;
    }
    if (!range.has_high) return true;
    const Rational high = NumberOf(range.high);
    return value < high || (value == high && range.high_closed);
  }

  Context& context_;
  Typer& typer_;
  const syntax::Tree& tree_;
  ExampleFacts& facts_;
  std::map<CellKey, Range> given_;
  std::unordered_map<std::uint32_t, Range> row_;  // the facts of the row at hand
};

}  // namespace

void AddOwnLines(Context& context, Typer& typer, const syntax::Tree& tree, const syntax::Example& example,
                 ExampleFacts& facts) {
  LineTyper lines(context, typer, tree, facts);
  for (const syntax::ExampleGiven& given : example.given) lines.Add(given);
}

std::optional<Constant> ExampleConstant(Context& context, Typer& typer, const syntax::Tree& tree,
                                        syntax::ExpressionId id, const program::ValueType& type) {
  Model& model = context.model;
  const auto size = static_cast<std::ptrdiff_t>(model.expressions.size());
  const Environment environment{.tree = &tree, .constant_only = true};
  std::optional<Constant> constant = typer.ConstantOf(environment, id, &type);
  model.expressions.erase(model.expressions.begin() + size, model.expressions.end());
  model.infos.erase(model.infos.begin() + size, model.infos.end());
  return constant;
}

std::optional<std::int32_t> SeriesYear(const std::string& digits) {
  if (digits.size() != 4 || digits.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
  const std::int32_t year = std::stoi(digits);
  const bool covered = year >= records::kFirstSeriesYear && year <= records::kLastSeriesYear;
  return covered ? std::optional(year) : std::nullopt;
}

}  // namespace pol::model
