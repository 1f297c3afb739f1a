// Literals, and what names stand for.
#include <algorithm>

#include "compiler/model/typer.h"
#include "compiler/model/words.h"
#include "compiler/source/map_each.h"
#include "runtime/calendar/date.h"
#include "runtime/number/decimal.h"

namespace pol::model {

using program::ValueKind;

Value Typer::On(const Site& site, const syntax::NumberLiteral& node) {
  const auto decimal = number::ParseDecimal(node.digits);
  if (!decimal) {
    context_.Error(Kind::kNumberTooLong, site.range, {std::to_string(number::kMostDigits)});
    return {};
  }
  Rational amount = number::ToRational(*decimal);
  if (node.unit.empty()) {
    Value value = Scalar(context_.EmitNumber(amount, NumberType(), 0, site.range), site.range);
    value.bare = true;
    value.whole = denominator(amount) == 1;
    return value;
  }
  const Unit* unit = FindUnit(node.unit);
  if (unit == nullptr) return {};  // the parser knows the same units
  program::ValueType type = TypeOf(unit->currency.empty() ? ValueKind::kPercent : ValueKind::kMoney);
  type.currency = unit->currency;
  return Scalar(context_.EmitNumber(Rational(amount * unit->multiplier), type, 0, site.range), site.range);
}

Value Typer::On(const Site& site, const syntax::DateLiteral& node) {
  const auto days = calendar::ToDays({node.year, node.month, node.day});
  if (!days) {
    const bool month = node.month >= 1 && node.month <= 12 && node.year >= 1 && node.year <= 9999;
    if (month) {
      context_.Error(
          Kind::kNoSuchDay, site.range,
          {context_.WordsOf(site.range), std::to_string(calendar::DaysInMonth(node.year, node.month))});
    } else {
      context_.Error(Kind::kNoSuchMonth, site.range, {context_.WordsOf(site.range)});
    }
    return {};
  }
  return Scalar(context_.EmitCode(*days, DateType(), 0, site.range), site.range);
}

Value Typer::On(const Site& site, const syntax::TextLiteral& node) {
  const ValueKind wanted = site.expected == nullptr ? ValueKind::kText : site.expected->kind;
  if (wanted == ValueKind::kRegion) {
    const auto code = RegionNamed(node.value, site.range);
    if (!code) return {};
    return Scalar(context_.EmitCode(*code, TypeOf(ValueKind::kRegion), 0, site.range), site.range);
  }
  if (wanted == ValueKind::kEnumeration) {
    const program::Enumeration& enumeration = context_.model.schema.enumerations[site.expected->enumeration];
    for (const program::Naming& member : enumeration.members) {
      const bool spelled = member.name == node.value || member.label == node.value ||
                           std::ranges::find(member.aliases, node.value) != member.aliases.end();
      if (!spelled) continue;
      auto& error = context_.Error(Kind::kMemberInQuotes, site.range, {node.value, member.name});
      error.fix = diagnostics::Fix{site.range, member.name};
      return {};
    }
    return ReadMember(site, site.expected->enumeration, node.value, site.range);
  }
  return Scalar(context_.EmitCode(context_.TextCode(node.value), TypeOf(ValueKind::kText), 0, site.range),
                site.range);
}

Value Typer::On(const Site& site, const syntax::TruthLiteral& node) {
  return Scalar(context_.EmitTruth(node.value, 0, site.range), site.range);
}

Value Typer::On(const Site& site, const syntax::AsOf&) {
  if (site.environment.constant_only) {
    context_.Error(Kind::kNotConstant, site.range, {context_.WordsOf(site.range)});
    return {};
  }
  return Scalar(context_.Emit(AsOf{}, DateType(), 0, site.range), site.range);
}

Value Typer::On(const Site& site, const syntax::CitationReference& node) {
  if (site.environment.constant_only || site.environment.raw) {
    context_.Error(site.environment.raw ? Kind::kCitationInHolds : Kind::kNotConstant, site.range,
                   {context_.WordsOf(site.range)});
    return {};
  }
  const ClauseId clause = context_.Cited(node.citation);
  if (!clause.valid() || !context_.MustDecide(clause, node.citation.range)) return {};
  return Scalar(context_.Emit(ClauseValue{clause}, TruthType(), 0, site.range), site.range);
}

// ---- Names
// ------------------------------------------------------------------------------------------------------

const Symbol* Typer::FindLocal(const Environment& environment, const std::string& name,
                               const Value** binding) const {
  for (const Environment* at = &environment; at != nullptr; at = at->outer) {
    if (at->element_domain != 0) {
      const auto& fields = context_.domains[at->element_domain].fields;
      if (const auto field = fields.find(name); field != fields.end()) return &field->second;
    }
    if (at->bindings != nullptr) {
      if (const auto bound = at->bindings->find(name); bound != at->bindings->end()) {
        *binding = &bound->second;
        return nullptr;
      }
    }
  }
  return nullptr;
}

Value Typer::On(const Site& site, const syntax::NameReference& node) {
  if (site.expected != nullptr && site.expected->kind == ValueKind::kEnumeration) {
    const auto& members = context_.members[site.expected->enumeration];
    if (members.contains(node.name))
      return ReadMember(site, site.expected->enumeration, node.name, site.range);
  }
  const Value* binding = nullptr;
  if (const Symbol* field = FindLocal(site.environment, node.name, &binding)) {
    return ReadSymbol(site, *field, node.name);
  }
  if (binding != nullptr) return *binding;
  if (const Symbol* symbol = context_.scope.Find(node.name)) return ReadSymbol(site, *symbol, node.name);
  const std::vector<MemberSymbol>& members = context_.scope.MembersNamed(node.name);
  if (members.size() == 1) return ReadMember(site, members.front().enumeration, node.name, site.range);
  if (members.size() > 1) return AmbiguousMember(site, node.name);
  if (site.expected != nullptr && site.expected->kind == ValueKind::kEnumeration) {
    return ReadMember(site, site.expected->enumeration, node.name, site.range);
  }
  return UnknownName(site, node.name);
}

Value Typer::ReadSymbol(const Site& site, const Symbol& symbol, const std::string& name) {
  Value value;
  switch (symbol.kind) {
    case SymbolKind::kFact:
      return ReadFact(site, FactId{symbol.index});
    case SymbolKind::kLet:
      return ReadLet(site, symbol.index);
    case SymbolKind::kParameter:
      return ReadParameter(site, symbol.index);
    case SymbolKind::kGrant:
      return ReadGrant(site, symbol.index);
    case SymbolKind::kScore:
      return ReadScore(site, symbol.index);
    case SymbolKind::kLifecycle:
      return ReadLifecycle(site, symbol.index, LifecyclePart::kState);
    case SymbolKind::kList:
      if (site.environment.constant_only) {
        context_.Error(Kind::kNotConstant, site.range, {name});
        return {};
      }
      value.form = Form::kList;
      value.domain = symbol.index;
      return value;
    case SymbolKind::kChecklist:
      value.form = Form::kChecklist;
      value.checklist = symbol.index;
      value.domain = context_.checklists[symbol.index].domain;
      return value;
    case SymbolKind::kFunction:
      context_.Error(Kind::kFunctionNotCalled, site.range, {name});
      return {};
    case SymbolKind::kEnumeration:
    case SymbolKind::kRecord:
    case SymbolKind::kCalendar:
      context_.Error(Kind::kNameIsNoValue, site.range, {name})
          .notes.push_back({symbol.range, Kind::kDeclaredHere, {name}});
      return {};
  }
  return {};
}

Value Typer::ReadFact(const Site& site, FactId fact) {
  if (!fact.valid()) return {};  // its declaration is wrong
  const program::Fact& declared = context_.model.schema.facts[fact.index];
  if (site.environment.constant_only) {
    context_.Error(Kind::kNotConstant, site.range, {declared.naming.name});
    return {};
  }
  facts_read_.push_back(fact);
  const ExpressionId id =
      context_.Emit(FactValue{fact, site.environment.raw}, declared.type, declared.domain, site.range);
  Value value = Scalar(id, site.range);
  if (declared.optional) {
    value.presences.push_back(
        {context_.Emit(FactPresence{fact}, TruthType(), declared.domain, site.range), fact});
  }
  return value;
}

Value Typer::ReadLet(const Site& site, std::uint32_t index) {
  if (site.environment.raw) return RawLet(index, site.range);
  DefineLet(index);
  const Value& defined = context_.lets[index].value;
  if (!defined.scalar()) return defined;
  const ExpressionId id = context_.Emit(LetValue{LetId{index}}, defined.type, defined.domain, site.range);
  Value value = Scalar(id, site.range, defined.presences);
  value.bare = defined.bare;
  value.own_years = defined.own_years;
  value.whole = defined.whole;
  return value;
}

Value Typer::ReadParameter(const Site& site, std::uint32_t index) {
  DefineParameter(index);
  const ParameterState& state = context_.parameters[index];
  const Parameter& parameter = context_.model.parameters[index];
  if (state.failed || state.progress != Progress::kDone) return {};
  const bool dated =
      std::ranges::any_of(parameter.values, [](const DatedValue& one) { return one.from.has_value(); });
  if (dated && site.environment.raw) {
    context_.Error(Kind::kDatedParameterInHolds, site.range, {parameter.naming.name});
    return {};
  }
  Value value =
      Scalar(context_.Emit(ParameterValue{ParameterId{index}}, parameter.type, 0, site.range), site.range);
  value.bare = state.bare;
  value.whole = state.whole;
  return value;
}

Value Typer::ReadMember(const Site& site, std::uint32_t enumeration, const std::string& name, Range range) {
  const auto& members = context_.members[enumeration];
  const auto member = members.find(name);
  const program::Enumeration& declared = context_.model.schema.enumerations[enumeration];
  if (member == members.end()) {
    const auto names = MapEach(declared.members, [](const program::Naming& one) { return one.name; });
    auto& error = context_.Error(Kind::kUnknownMember, range, {name, declared.naming.name});
    context_.Suggest(error, range, name, names);
    error.notes.push_back(
        {context_.enumeration_ranges[enumeration], Kind::kDeclaredHere, {declared.naming.name}});
    return {};
  }
  program::ValueType type = TypeOf(ValueKind::kEnumeration);
  type.enumeration = enumeration;
  return Scalar(context_.EmitCode(static_cast<std::int32_t>(member->second), type, 0, site.range),
                site.range);
}

Value Typer::AmbiguousMember(const Site& site, const std::string& name) {
  std::string places;
  for (const MemberSymbol& member : context_.scope.MembersNamed(name)) {
    if (!places.empty()) places += diagnostics::Word("or_");
    places += context_.model.schema.enumerations[member.enumeration].naming.name + "." + name;
  }
  context_.Error(Kind::kAmbiguousMember, site.range, {name, places});
  return {};
}

Value Typer::UnknownName(const Site& site, const std::string& name) {
  // A field of a list's elements is reached through the list.
  for (std::size_t domain = 1; domain < context_.domains.size(); ++domain) {
    if (!context_.domains[domain].fields.contains(name)) continue;
    const std::string& list = context_.model.schema.domains[domain].naming.name;
    context_.Error(Kind::kFieldOfElements, site.range, {name, list});
    return {};
  }
  auto& error = context_.Error(Kind::kUnknownName, site.range, {name});
  if (!context_.MaySuggest()) return {};
  std::vector<std::string> candidates;
  for (const Environment* at = &site.environment; at != nullptr; at = at->outer) {
    if (at->element_domain != 0) {
      const auto& order = context_.domains[at->element_domain].order;
      candidates.insert(candidates.end(), order.begin(), order.end());
    }
    if (at->bindings == nullptr) continue;
    for (const auto& [bound, unused] : *at->bindings) candidates.push_back(bound);
  }
  std::ranges::sort(candidates);
  for (const std::string& one : context_.scope.names()) {
    const SymbolKind kind = context_.scope.Find(one)->kind;
    const bool value = kind != SymbolKind::kRecord && kind != SymbolKind::kCalendar &&
                       kind != SymbolKind::kFunction && kind != SymbolKind::kEnumeration;
    if (value) candidates.push_back(one);
  }
  for (const program::Enumeration& enumeration : context_.model.schema.enumerations) {
    for (const program::Naming& member : enumeration.members) candidates.push_back(member.name);
  }
  context_.Suggest(error, site.range, name, candidates);
  return {};
}

// ---- Parts of names
// -----------------------------------------------------------------------------------------------

Value Typer::On(const Site& site, const syntax::Member& node) {
  const auto* name = std::get_if<syntax::NameReference>(&(*site.environment.tree)[node.operand]);
  if (name != nullptr) {
    const Value* binding = nullptr;
    const bool local = FindLocal(site.environment, name->name, &binding) != nullptr || binding != nullptr;
    const Symbol* symbol = local ? nullptr : context_.scope.Find(name->name);
    if (symbol != nullptr && symbol->kind == SymbolKind::kEnumeration) {
      return ReadMember(site, symbol->index, node.name.text, node.name.range);
    }
    if (symbol != nullptr && symbol->kind == SymbolKind::kScore) {
      return PartOfScore(site, symbol->index, node.name);
    }
    if (symbol != nullptr && symbol->kind == SymbolKind::kLifecycle) {
      return PartOfLifecycle(site, symbol->index, node.name);
    }
  }
  const Value operand = Of(site.environment, node.operand);
  switch (operand.form) {
    case Form::kError:
      return {};
    case Form::kList:
      return MemberOfList(site, operand, node.name);
    case Form::kElement:
      return MemberOfElement(site, operand, node.name);
    case Form::kChecklist:
      return MemberOfChecklist(site, operand, node.name);
    default:
      break;
  }
  context_.Error(Kind::kNoParts, node.name.range,
                 {context_.WordsOf(operand.range), WordsOf(context_, operand), node.name.text});
  return {};
}

const Symbol* Typer::FieldNamed(std::uint32_t domain, const syntax::Name& name) {
  const DomainNames& names = context_.domains[domain];
  if (const auto field = names.fields.find(name.text); field != names.fields.end()) return &field->second;
  const program::Domain& list = context_.model.schema.domains[domain];
  auto& error = context_.Error(Kind::kUnknownField, name.range, {name.text, list.element_name});
  context_.Suggest(error, name.range, name.text, names.order);
  error.notes.push_back({names.range, Kind::kDeclaredHere, {list.element_name}});
  return nullptr;
}

Value Typer::MemberOfList(const Site& site, const Value& list, const syntax::Name& name) {
  const Symbol* field = FieldNamed(list.domain, name);
  return field == nullptr ? Value{} : ReadSymbol(site, *field, name.text);
}

Value Typer::MemberOfElement(const Site& site, const Value& element, const syntax::Name& name) {
  const Symbol* field = FieldNamed(element.domain, name);
  if (field == nullptr) return {};
  if (field->kind == SymbolKind::kChecklist) {
    context_.Error(Kind::kNameIsNoValue, name.range, {name.text});
    return {};
  }
  const Value inside = ReadFact(site, FactId{field->index});
  if (!inside.ok()) return {};
  Value value = PickOf(site, element, inside.id);
  for (const Presence& presence : inside.presences) {
    value.presences.push_back({PickOf(site, element, presence.condition).id, {}});
  }
  return value;
}

Value Typer::MemberOfChecklist(const Site& site, const Value& checklist, const syntax::Name& name) {
  const ChecklistState& state = context_.checklists[checklist.checklist];
  if (const auto item = state.by_name.find(name.text); item != state.by_name.end()) {
    return ReadFact(site, item->second);
  }
  auto names = MapEach(state.by_name, [](const auto& item) { return item.first; });
  std::ranges::sort(names);
  auto& error = context_.Error(Kind::kUnknownChecklistItem, name.range, {name.text, state.name});
  context_.Suggest(error, name.range, name.text, names);
  return {};
}

std::optional<std::int32_t> Typer::RegionNamed(const std::string& name, Range range) {
  const std::vector<program::Region>& regions = context_.model.schema.regions;
  if (regions.empty()) {
    context_.Error(Kind::kNoRegions, range, {name});
    return std::nullopt;
  }
  const bool digits =
      name.size() == 6 && std::ranges::all_of(name, [](char one) { return one >= '0' && one <= '9'; });
  if (digits) {
    const auto code = static_cast<std::uint32_t>(std::stoul(name));
    const auto place = std::ranges::lower_bound(regions, code, {}, &program::Region::code);
    if (place != regions.end() && place->code == code) return static_cast<std::int32_t>(code);
  }
  const auto found = context_.regions.find(name);
  if (found == context_.regions.end()) {
    std::vector<std::string> names;
    for (const program::Region& region : regions)
      names.insert(names.end(), region.names.begin(), region.names.end());
    auto& error = context_.Error(Kind::kUnknownRegion, range, {name});
    context_.Suggest(error, range, name, names);
    if (error.fix) error.fix->replacement = "\"" + error.fix->replacement + "\"";
    return std::nullopt;
  }
  if (found->second.size() > 1) {
    std::string codes;
    for (const std::uint32_t code : found->second) {
      if (!codes.empty()) codes += diagnostics::Word("or_");
      codes += std::to_string(code);
    }
    context_.Error(Kind::kAmbiguousRegion, range, {name, codes});
    return std::nullopt;
  }
  return static_cast<std::int32_t>(found->second.front());
}

}  // namespace pol::model
