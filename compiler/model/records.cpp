// The decided record and its lists: domains and facts of the schema.
#include <algorithm>
#include <unordered_map>

#include "compiler/model/declare.h"
#include "compiler/model/words.h"
#include "compiler/source/map_each.h"

namespace pol::model {
namespace {

using program::ValueKind;

class RecordBuilder {
 public:
  RecordBuilder(Context& context, Typer& typer) : context_(context), typer_(typer) {}

  void Build(const syntax::Tree& policy) {
    context_.model.schema.domains.push_back({program::DomainKind::kRecord, {}, {}});
    context_.domains.emplace_back();
    FindElements();
    const RecordState* decided = FindDecided(policy);
    if (decided == nullptr) return;
    context_.model.schema.domains[0].naming = NamingOf(decided->source.declaration->naming);
    AddMembers(*decided, 0);
    const DomainNames& names = context_.domains[0];
    for (const std::string& name : names.order) context_.DeclareName(name, names.fields.at(name));
  }

 private:
  // A record that a list has as its elements is not the one decided.
  void FindElements() {
    for (const RecordState& state : context_.records) {
      FindElements(*state.source.declaration);
      for (const Declared<syntax::Record>& addition : state.additions) FindElements(*addition.declaration);
    }
  }

  void FindElements(const syntax::Record& declaration) {
    for (const syntax::RecordMember& member : declaration.members) {
      const auto* field = std::get_if<syntax::Field>(&member);
      if (field == nullptr || field->type.form != syntax::TypeForm::kListOf) continue;
      const Symbol* symbol = context_.scope.Find(field->type.name.text);
      if (symbol == nullptr || symbol->kind != SymbolKind::kRecord) continue;
      context_.records[symbol->index].is_element = true;
    }
  }

  const RecordState* FindDecided(const syntax::Tree& policy) {
    const RecordState* decided = nullptr;
    for (const RecordState& state : context_.records) {
      if (!state.has_key || state.is_element) continue;
      if (decided == nullptr) {
        decided = &state;
        continue;
      }
      const syntax::Name& name = state.source.declaration->naming.name;
      context_
          .Error(Kind::kSeveralDecidedRecords, name.range,
                 {decided->source.declaration->naming.name.text, name.text})
          .notes.push_back({decided->source.declaration->naming.name.range,
                            Kind::kFirstHere,
                            {decided->source.declaration->naming.name.text}});
    }
    if (decided == nullptr) {
      const Range place = policy.header ? policy.header->path.range : Range{policy.file, 0, 0};
      auto& error = context_.Error(Kind::kNoDecidedRecord, place);
      for (const RecordState& state : context_.records) {
        if (state.source.tree != &policy || state.has_key || state.is_element) continue;
        const syntax::Name& name = state.source.declaration->naming.name;
        error.notes.push_back({name.range, Kind::kRecordWithoutKey, {name.text}});
      }
    }
    return decided;
  }

  void AddMembers(const RecordState& record, std::uint32_t domain) {
    context_.domains[domain].range = record.source.declaration->naming.name.range;
    context_.domains[domain].record = &record;
    headers_.clear();
    AddMembers(*record.source.declaration, domain);
    for (const Declared<syntax::Record>& addition : record.additions)
      AddMembers(*addition.declaration, domain);
    if (domain != 0) return;
    // Lists come after the record's own fields, so that theirs stand together.
    for (const auto& [field, list] : std::exchange(lists_, {})) {
      const Symbol* symbol = context_.scope.Find(field->type.name.text);
      AddMembers(context_.records[symbol->index], list);
    }
  }

  void AddMembers(const syntax::Record& declaration, std::uint32_t domain) {
    for (const syntax::RecordMember& member : declaration.members) {
      if (const auto* field = std::get_if<syntax::Field>(&member)) AddField(*field, domain);
      if (const auto* judged = std::get_if<syntax::JudgedField>(&member)) AddJudged(*judged, domain);
      if (const auto* checklist = std::get_if<syntax::ChecklistField>(&member))
        AddChecklist(*checklist, domain);
    }
  }

  bool AddName(const syntax::Name& name, std::uint32_t domain, const Symbol& symbol) {
    DomainNames& names = context_.domains[domain];
    const auto [place, fresh] = names.fields.try_emplace(name.text, symbol);
    if (fresh) {
      names.order.push_back(name.text);
      return true;
    }
    if (domain == 0 || !ReportedTwice(name)) {
      context_.Error(Kind::kDuplicateName, name.range, {name.text})
          .notes.push_back({place->second.range, Kind::kFirstHere, {name.text}});
    }
    return false;
  }

  // The name of a field whose type is wrong: what uses it is not reported as well.
  void AddBroken(const syntax::Name& name, std::uint32_t domain) {
    AddName(name, domain, {SymbolKind::kFact, program::kNone, name.range});
  }

  // An element record of two lists is walked twice; its mistakes are told once.
  bool ReportedTwice(const syntax::Name& name) {
    return !reported_.emplace((std::uint64_t{name.range.file.index} << 32U) | name.range.begin, true).second;
  }

  void AddFact(program::Fact fact, const syntax::Naming& naming, std::uint32_t domain) {
    const auto index = static_cast<std::uint32_t>(context_.model.schema.facts.size());
    fact.naming = NamingOf(naming);
    CheckHeaders(naming);
    const Symbol symbol{SymbolKind::kFact, index, naming.name.range};
    if (!AddName(naming.name, domain, symbol)) return;
    DomainNames& names = context_.domains[domain];
    if (fact.type.kind == ValueKind::kDate && fact.domain == domain) names.dates.push_back(FactId{index});
    if (fact.type.kind == ValueKind::kYear && fact.domain == domain) names.years.push_back(FactId{index});
    if (fact.key) context_.model.schema.key_fact = index;
    context_.model.schema.facts.push_back(std::move(fact));
    context_.facts.push_back({naming.name.range});
  }

  // One header of the data may mean one field only.
  void CheckHeaders(const syntax::Naming& naming) {
    std::vector<std::pair<std::string, Range>> spellings;
    if (naming.label.present) spellings.emplace_back(naming.label.value, naming.label.range);
    for (const syntax::Text& alias : naming.aliases) spellings.emplace_back(alias.value, alias.range);
    for (const auto& [spelling, range] : spellings) {
      const auto [place, fresh] = headers_.try_emplace(spelling, range);
      if (fresh || place->second == range) continue;
      context_.Error(Kind::kDuplicateSpelling, range, {spelling})
          .notes.push_back({place->second, Kind::kFirstHere, {spelling}});
    }
  }

  void AddField(const syntax::Field& field, std::uint32_t domain) {
    if (field.type.form == syntax::TypeForm::kListOf) return AddList(field, domain);
    const auto type = typer_.TypeNamed(field.type);
    if (!type) {
      AddBroken(field.naming.name, domain);
      return;
    }
    program::Fact fact;
    fact.type = *type;
    fact.domain = domain;
    fact.key = field.key && domain == 0;
    fact.optional = field.type.optional;
    if (field.type.form == syntax::TypeForm::kPerYear) {
      if (domain != 0) {
        context_.Error(Kind::kSeriesInList, field.type.range, {field.naming.name.text});
        AddBroken(field.naming.name, domain);
        return;
      }
      fact.domain = context_.YearDomain();
    }
    if (fact.key) CheckKey(field);
    AddFact(std::move(fact), field.naming, domain);
  }

  void CheckKey(const syntax::Field& field) {
    const program::Schema& schema = context_.model.schema;
    if (schema.key_fact != program::kNone) {
      context_.Error(Kind::kSecondKey, field.naming.name.range, {field.naming.name.text})
          .notes.push_back({context_.facts[schema.key_fact].range,
                            Kind::kFirstHere,
                            {schema.facts[schema.key_fact].naming.name}});
    }
    if (field.type.optional || field.type.form != syntax::TypeForm::kSimple) {
      context_.Error(Kind::kKeyOptional, field.type.range, {field.naming.name.text});
    }
  }

  void AddList(const syntax::Field& field, std::uint32_t domain) {
    const syntax::Name& element = field.type.name;
    const Symbol* symbol = context_.scope.Find(element.text);
    if (domain != 0) {
      context_.Error(Kind::kListInList, field.type.range, {field.naming.name.text});
      AddBroken(field.naming.name, domain);
      return;
    }
    if (symbol == nullptr || symbol->kind != SymbolKind::kRecord) {
      const auto records = MapEach(context_.records, [](const RecordState& state) {
        return state.source.declaration->naming.name.text;
      });
      auto& error = context_.Error(Kind::kUnknownRecord, element.range, {element.text});
      context_.Suggest(error, element.range, element.text, records);
      AddBroken(field.naming.name, domain);
      return;
    }
    if (field.key || field.within) {
      context_.Error(Kind::kListDecorated, field.naming.name.range, {field.naming.name.text});
    }
    if (field.type.optional) context_.Error(Kind::kListOptional, field.type.range, {field.naming.name.text});
    const auto list = static_cast<std::uint32_t>(context_.model.schema.domains.size());
    CheckHeaders(field.naming);
    if (!AddName(field.naming.name, domain, {SymbolKind::kList, list, field.naming.name.range})) return;
    context_.model.schema.domains.push_back(
        {program::DomainKind::kList, NamingOf(field.naming), element.text});
    context_.domains.emplace_back();
    lists_.emplace_back(&field, list);
  }

  void AddJudged(const syntax::JudgedField& judged, std::uint32_t domain) {
    program::Fact fact;
    fact.type = TruthType();
    fact.domain = domain;
    fact.judged = true;
    fact.judge = judged.judge.text;
    AddFact(std::move(fact), judged.naming, domain);
  }

  void AddChecklist(const syntax::ChecklistField& checklist, std::uint32_t domain) {
    ChecklistState state;
    state.name = checklist.naming.name.text;
    state.domain = domain;
    const auto index = static_cast<std::uint32_t>(context_.checklists.size());
    CheckHeaders(checklist.naming);
    if (!AddName(checklist.naming.name, domain, {SymbolKind::kChecklist, index, checklist.naming.name.range}))
      return;
    if (checklist.items.empty()) {
      context_.Error(Kind::kEmptyChecklist, checklist.naming.name.range, {state.name});
    }
    for (const syntax::Naming& item : checklist.items) {
      const FactId fact_id{static_cast<std::uint32_t>(context_.model.schema.facts.size())};
      const auto [place, fresh] = state.by_name.try_emplace(item.name.text, fact_id);
      if (!fresh) {
        context_.Error(Kind::kDuplicateName, item.name.range, {item.name.text})
            .notes.push_back({context_.facts[place->second.index].range, Kind::kFirstHere, {item.name.text}});
        continue;
      }
      CheckHeaders(item);
      program::Fact fact;
      fact.naming = NamingOf(item);
      fact.naming.name = state.name + "." + item.name.text;
      // A header may say whose item it is in the words of the analyst, too.
      if (checklist.naming.label.present && item.label.present) {
        fact.naming.aliases.push_back(checklist.naming.label.value + "." + item.label.value);
      }
      fact.type = TruthType();
      fact.domain = domain;
      context_.model.schema.facts.push_back(std::move(fact));
      context_.facts.push_back({item.name.range});
      state.items.push_back(fact_id);
    }
    context_.checklists.push_back(std::move(state));
  }

  Context& context_;
  Typer& typer_;
  std::unordered_map<std::string, Range> headers_;
  std::unordered_map<std::uint64_t, bool> reported_;
  std::vector<std::pair<const syntax::Field*, std::uint32_t>> lists_;
};

}  // namespace

void DeclareRecords(Context& context, Typer& typer, const syntax::Tree& policy) {
  RecordBuilder(context, typer).Build(policy);
}

std::optional<program::ValueType> Typer::TypeNamed(const syntax::Type& type) {
  const std::string& name = type.name.text;
  if (WindowType(name) != WindowTypeName::kNone) {
    context_.Error(Kind::kWindowTypeHere, type.range, {name});
    return std::nullopt;
  }
  std::optional<program::ValueType> named = BuiltInType(name);
  if (!named) {
    const Symbol* symbol = context_.scope.Find(name);
    if (symbol != nullptr && symbol->kind == SymbolKind::kEnumeration) {
      named = TypeOf(ValueKind::kEnumeration);
      named->enumeration = symbol->index;
    }
  }
  if (!named) {
    std::vector<std::string> names = BuiltInTypeNames();
    for (const program::Enumeration& enumeration : context_.model.schema.enumerations) {
      names.push_back(enumeration.naming.name);
    }
    const Symbol* symbol = context_.scope.Find(name);
    const bool record = symbol != nullptr && symbol->kind == SymbolKind::kRecord;
    auto& error = context_.Error(record ? Kind::kRecordAsType : Kind::kUnknownType, type.name.range, {name});
    if (!record) context_.Suggest(error, type.name.range, name, names);
    return std::nullopt;
  }
  if (named->kind == ValueKind::kMoney) {
    named->currency = "CNY";
    if (type.currency.valid()) {
      const Unit* unit = FindUnit(type.currency.text);
      if (unit == nullptr) return std::nullopt;  // the parser knows the same units
      named->currency = unit->currency;
    }
  } else if (type.currency.valid()) {
    context_.Error(Kind::kCurrencyOfNoMoney, type.range, {name});
    return std::nullopt;
  }
  return named;
}

}  // namespace pol::model
