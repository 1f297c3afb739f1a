// Definitions: parameters, lets, grants, scores, and functions, which are expanded where they are called.
#include <algorithm>
#include <unordered_map>
#include <utility>

#include "compiler/model/constants.h"
#include "compiler/model/typer.h"
#include "compiler/model/words.h"

namespace pol::model {
namespace {

using program::ValueKind;

// Each expansion of a function is typed within the one that calls it; this many within one another is no
// policy.
constexpr std::size_t kMostExpansions = 100;

std::string ChainOf(const std::vector<std::string>& names, const std::string& last) {
  const auto first = std::ranges::find(names, last);
  std::string chain;
  for (auto name = first; name != names.end(); ++name) chain += *name + " → ";
  return chain + last;
}

}  // namespace

// ---- Parameters
// -------------------------------------------------------------------------------------------------

void Typer::DefineParameter(std::uint32_t index) {
  ParameterState& state = context_.parameters[index];
  Parameter& parameter = context_.model.parameters[index];
  if (state.progress == Progress::kDone) return;
  if (state.progress == Progress::kUnderWay) {
    context_.Error(Kind::kDefinitionCycle, parameter.range, {ChainOf(expanding_, parameter.naming.name)});
    state.failed = true;
    return;
  }
  state.progress = Progress::kUnderWay;
  expanding_.push_back(parameter.naming.name);
  const syntax::Parameter& declaration = *state.source.declaration;
  state.bare = !declaration.type;
  if (state.base.declaration != nullptr) InheritType(index);
  if (declaration.type) DeclareType(index, *declaration.type);
  state.whole = state.bare;
  // Against a type that is not known nothing can be checked.
  for (std::size_t at = 0; at < declaration.values.size() && !state.failed; ++at) {
    AddParameterValue(index, declaration.values[at], *state.source.tree);
  }
  expanding_.pop_back();
  state.failed = state.failed || parameter.values.empty();
  state.progress = Progress::kDone;
}

// A parameter stays of the type that it has in the policy built on.
void Typer::InheritType(std::uint32_t index) {
  ParameterState& state = context_.parameters[index];
  const Declared<syntax::Parameter>& base = state.base;
  std::optional<program::ValueType> type;
  if (base.declaration->type) {
    type = TypeNamed(*base.declaration->type);
    state.bare = false;
  } else if (!base.declaration->values.empty()) {
    const Environment environment{.tree = base.tree, .constant_only = true};
    Value value;
    if (ConstantOf(environment, base.declaration->values.front().value, nullptr, &value)) type = value.type;
  }
  state.failed = state.failed || !type;
  if (type) context_.model.parameters[index].type = *type;
  state.typed_at = base.declaration->naming.name.range;
}

void Typer::DeclareType(std::uint32_t index, const syntax::Type& written) {
  ParameterState& state = context_.parameters[index];
  Parameter& parameter = context_.model.parameters[index];
  const std::optional<program::ValueType> declared = TypeNamed(written);
  state.failed = state.failed || !declared;
  if (declared && (written.form != syntax::TypeForm::kSimple || written.optional)) {
    context_.Error(Kind::kParameterType, written.range);
    state.failed = true;
  }
  if (declared && state.base.declaration != nullptr && *declared != parameter.type) {
    context_.Error(
        Kind::kWrongType, written.range,
        {WordsOf(context_.model.schema, parameter.type), WordsOf(context_.model.schema, *declared)});
    state.failed = true;
  }
  if (declared) parameter.type = *declared;
  state.typed_at = written.range;
}

void Typer::AddParameterValue(std::uint32_t index, const syntax::DatedValue& dated,
                              const syntax::Tree& tree) {
  const Environment environment{.tree = &tree, .constant_only = true};
  const bool typed = context_.parameters[index].typed_at.end != 0;
  program::ValueType known = context_.model.parameters[index].type;
  Value value;
  const auto constant = ConstantOf(environment, dated.value, typed ? &known : nullptr, &value);
  std::optional<std::int32_t> from;
  if (dated.from.valid()) {
    const program::ValueType date = DateType();
    const auto day = ConstantOf(environment, dated.from, &date);
    if (day && std::holds_alternative<std::int32_t>(*day)) from = std::get<std::int32_t>(*day);
    if (!from) context_.parameters[index].failed = true;
  }
  ParameterState& state = context_.parameters[index];
  Parameter& parameter = context_.model.parameters[index];
  if (!constant) {
    state.failed = true;
    return;
  }
  if (!typed) {
    parameter.type = value.type;
    state.typed_at = value.range;
  }
  state.bare = state.bare && value.bare;
  state.whole = state.whole && value.whole;
  const bool whole = value.type.kind != ValueKind::kNumber || value.whole;
  if (!whole && (parameter.type.kind == ValueKind::kCount || parameter.type.kind == ValueKind::kYear)) {
    context_.Error(Kind::kWrongType, value.range,
                   {WordsOf(context_.model.schema, parameter.type), WordsOf(context_, value)});
    state.failed = true;
    return;
  }
  if (!parameter.values.empty() && parameter.values.back().from && from &&
      *from <= *parameter.values.back().from) {
    context_.Error(Kind::kParameterDatesNotAscending, tree.RangeOf(dated.from), {parameter.naming.name});
    state.failed = true;
    return;
  }
  parameter.values.push_back({*constant, from});
}

// ---- Lets
// -------------------------------------------------------------------------------------------------------

void Typer::DefineLet(std::uint32_t index) {
  LetState& state = context_.lets[index];
  if (state.progress == Progress::kDone) return;
  const std::string name = context_.model.lets[index].naming.name;
  if (state.progress == Progress::kUnderWay) {
    context_.Error(Kind::kDefinitionCycle, context_.model.lets[index].range, {ChainOf(expanding_, name)});
    return;
  }
  state.progress = Progress::kUnderWay;
  expanding_.push_back(name);
  const Environment environment{.tree = state.source.tree};
  Value value = Of(environment, state.source.declaration->value);
  expanding_.pop_back();
  LetState& done = context_.lets[index];
  done.progress = Progress::kDone;
  if (value.form == Form::kList || value.form == Form::kChecklist || value.form == Form::kPeriod) {
    context_.Error(Kind::kLetOfThis, value.range, {name, WordsOf(context_, value)});
    value = {};
  }
  if (value.scalar()) context_.model.lets[index].value = value.id;
  done.value = std::move(value);
}

void Typer::DefineGrant(std::uint32_t index) {
  if (context_.grants[index].progress == Progress::kDone) return;
  const std::string name = context_.model.grants[index].naming.name;
  if (context_.grants[index].progress == Progress::kUnderWay) {
    context_.Error(Kind::kDefinitionCycle, context_.model.grants[index].range, {ChainOf(expanding_, name)});
    return;
  }
  context_.grants[index].progress = Progress::kUnderWay;
  expanding_.push_back(name);
  TypeGrant(index);
  expanding_.pop_back();
  context_.grants[index].progress = Progress::kDone;
}

void Typer::DefineScore(std::uint32_t index) {
  if (context_.scores[index].progress == Progress::kDone) return;
  const std::string name = context_.model.scores[index].naming.name;
  if (context_.scores[index].progress == Progress::kUnderWay) {
    context_.Error(Kind::kDefinitionCycle, context_.model.scores[index].range, {ChainOf(expanding_, name)});
    return;
  }
  context_.scores[index].progress = Progress::kUnderWay;
  expanding_.push_back(name);
  TypeScore(index);
  expanding_.pop_back();
  context_.scores[index].progress = Progress::kDone;
}

Value Typer::RawLet(std::uint32_t index, Range range) {
  const std::string name = context_.model.lets[index].naming.name;
  if (context_.lets[index].raw_progress == Progress::kUnderWay) {
    context_.Error(Kind::kDefinitionCycle, context_.model.lets[index].range, {ChainOf(expanding_, name)});
    return {};
  }
  if (context_.lets[index].raw_progress == Progress::kNotYet) {
    context_.lets[index].raw_progress = Progress::kUnderWay;
    expanding_.push_back(name);
    std::vector<FactId> outside = std::exchange(facts_read_, {});
    const Environment environment{.tree = context_.lets[index].source.tree, .raw = true};
    Value value = Of(environment, context_.lets[index].source.declaration->value);
    expanding_.pop_back();
    LetState& state = context_.lets[index];
    state.raw_progress = Progress::kDone;
    state.raw_value = std::move(value);
    state.raw_facts = TakeFactsRead();
    facts_read_ = std::move(outside);
  }
  const LetState& state = context_.lets[index];
  // What the let reads is read by each condition that names it.
  facts_read_.insert(facts_read_.end(), state.raw_facts.begin(), state.raw_facts.end());
  Value value = state.raw_value;
  value.range = range;
  return value;
}

// ---- Functions
// --------------------------------------------------------------------------------------------------

Value Typer::On(const Site& site, const syntax::Call& node) {
  const std::string& name = node.function.text;
  const Symbol* symbol = context_.scope.Find(name);
  if (symbol == nullptr || symbol->kind != SymbolKind::kFunction) {
    std::vector<std::string> functions;
    for (const std::string& one : context_.scope.names()) {
      if (context_.scope.Find(one)->kind == SymbolKind::kFunction) functions.push_back(one);
    }
    auto& error = context_.Error(symbol == nullptr ? Kind::kUnknownFunction : Kind::kNotAFunctionName,
                                 node.function.range, {name});
    context_.Suggest(error, node.function.range, name, functions);
    if (symbol != nullptr) error.notes.push_back({symbol->range, Kind::kDeclaredHere, {name}});
    return {};
  }
  const std::uint32_t index = symbol->index;
  const Declared<syntax::Function> source = context_.functions[index].source;
  const auto& parameters = source.declaration->parameters;
  context_.functions[index].called = true;
  if (parameters.size() != node.arguments.size()) {
    context_
        .Error(Kind::kArgumentCount, site.range,
               {name, std::to_string(parameters.size()), std::to_string(node.arguments.size())})
        .notes.push_back({source.declaration->naming.name.range, Kind::kDeclaredHere, {name}});
    return {};
  }
  if (context_.functions[index].expanding || expanding_.size() > kMostExpansions) {
    const bool cycle = context_.functions[index].expanding;
    context_.Error(cycle ? Kind::kDefinitionCycle : Kind::kExpansionTooDeep, site.range,
                   {cycle ? ChainOf(expanding_, name) : std::to_string(kMostExpansions)});
    return {};
  }
  std::unordered_map<std::string, Value> bindings;
  bool complete = true;
  for (std::size_t at = 0; at < parameters.size(); ++at) {
    const auto value = Argument(site, parameters[at], node.arguments[at]);
    complete = complete && value;
    if (value) bindings.insert_or_assign(parameters[at].name.text, *value);
  }
  if (!complete) return {};
  context_.functions[index].expanding = true;
  expanding_.push_back(name);
  const std::size_t before = context_.model.expressions.size();
  const Environment inside{.tree = source.tree,
                           .bindings = &bindings,
                           .raw = site.environment.raw,
                           .constant_only = site.environment.constant_only};
  Value value = Of(inside, source.declaration->value, site.expected);
  expanding_.pop_back();
  context_.functions[index].expanding = false;
  if (!value.ok()) context_.Error(Kind::kInThisCall, site.range, {name});
  // What the analyst wrote is the call, not the body.
  if (value.scalar() && value.id.index >= before) context_.model.infos[value.id.index].range = site.range;
  return value;
}

std::optional<Value> Typer::Argument(const Site& site, const syntax::FunctionParameter& parameter,
                                     syntax::ExpressionId argument) {
  const syntax::Type& type = parameter.type;
  const WindowTypeName window = WindowType(type.name.text);
  std::optional<program::ValueType> wanted;
  if (window == WindowTypeName::kNone && type.form != syntax::TypeForm::kListOf) {
    wanted = TypeNamed(type);
    if (!wanted) return std::nullopt;
  }
  Value value = Of(site.environment, argument, wanted ? &*wanted : nullptr);
  if (!value.ok()) return std::nullopt;
  bool fits = false;
  if (window != WindowTypeName::kNone) {
    fits = value.form == (window == WindowTypeName::kYears ? Form::kYears : Form::kDates);
  } else if (type.form == syntax::TypeForm::kListOf) {
    fits = value.form == Form::kList &&
           context_.model.schema.domains[value.domain].element_name == type.name.text;
  } else {
    return SimpleArgument(parameter, std::move(value));
  }
  if (fits) return value;
  context_
      .Error(Kind::kArgumentType, value.range,
             {parameter.name.text, context_.WordsOf(type.range), WordsOf(context_, value)})
      .notes.push_back({type.range, Kind::kDeclaredHere, {parameter.name.text}});
  return std::nullopt;
}

std::optional<Value> Typer::SimpleArgument(const syntax::FunctionParameter& parameter, Value value) {
  std::optional<program::ValueType> wanted = TypeNamed(parameter.type);
  if (!wanted) return std::nullopt;
  if (wanted->kind == ValueKind::kMoney && !parameter.type.currency.valid()) wanted->currency.clear();
  const bool series = value.domain != 0 && value.domain == context_.year_domain;
  const bool fits = Fits(*wanted, value) && series == (parameter.type.form == syntax::TypeForm::kPerYear);
  if (!fits) {
    context_
        .Error(Kind::kArgumentType, value.range,
               {parameter.name.text, context_.WordsOf(parameter.type.range), WordsOf(context_, value)})
        .notes.push_back({parameter.type.range, Kind::kDeclaredHere, {parameter.name.text}});
    return std::nullopt;
  }
  const bool named = wanted->kind == ValueKind::kCount || wanted->kind == ValueKind::kYear;
  if (value.whole && named) {
    // In the body the number is a count or a year, whatever it looked like where the call is.
    if (std::holds_alternative<ConstantNumber>(context_.model[value.id])) {
      Rational number = std::get<ConstantNumber>(context_.model[value.id]).value;
      value.id = context_.EmitNumber(std::move(number), *wanted, 0, value.range);
    }
    value.type = *wanted;
  }
  return value;
}

// ---- Functions that nothing calls
// ---------------------------------------------------------------------------------

std::optional<Value> Typer::StandIn(const syntax::FunctionParameter& parameter) {
  const syntax::Type& type = parameter.type;
  const WindowTypeName window = WindowType(type.name.text);
  Value value;
  value.range = type.range;
  // The as-of date is known to be nothing in particular, which is what a stand-in has to be.
  const auto stand_in = [&](const program::ValueType& as, std::uint32_t domain) {
    return context_.Emit(AsOf{}, as, domain, type.range);
  };
  if (window != WindowTypeName::kNone) {
    const bool years = window == WindowTypeName::kYears;
    const program::ValueType end = years ? YearType() : DateType();
    value.form = years ? Form::kYears : Form::kDates;
    value.window = {.first = stand_in(end, 0), .last = stand_in(end, 0), .may_be_empty = true};
    return value;
  }
  if (type.form == syntax::TypeForm::kListOf) {
    for (std::size_t domain = 1; domain < context_.domains.size(); ++domain) {
      if (context_.model.schema.domains[domain].element_name != type.name.text) continue;
      value.form = Form::kList;
      value.domain = static_cast<std::uint32_t>(domain);
      return value;
    }
    return std::nullopt;
  }
  const auto named = TypeNamed(type);
  if (!named) return std::nullopt;
  const std::uint32_t domain = type.form == syntax::TypeForm::kPerYear ? context_.YearDomain() : 0;
  return Scalar(stand_in(*named, domain), type.range);
}

void Typer::CheckUncalled(std::uint32_t index) {
  const FunctionState& state = context_.functions[index];
  if (state.called) return;
  const Declared<syntax::Function> source = state.source;
  const std::size_t expressions = context_.model.expressions.size();
  const std::size_t domain_count = context_.model.schema.domains.size();
  const std::uint32_t years = context_.year_domain;
  std::unordered_map<std::string, Value> bindings;
  bool complete = true;
  for (const syntax::FunctionParameter& parameter : source.declaration->parameters) {
    const auto value = StandIn(parameter);
    complete = complete && value;
    if (value) bindings.insert_or_assign(parameter.name.text, *value);
  }
  if (complete) {
    context_.functions[index].expanding = true;
    expanding_.push_back(source.declaration->naming.name.text);
    const Environment inside{.tree = source.tree, .bindings = &bindings};
    Of(inside, source.declaration->value);
    expanding_.pop_back();
    context_.functions[index].expanding = false;
  }
  // Nothing of this is part of the policy.
  context_.model.expressions.resize(expressions);
  context_.model.infos.resize(expressions);
  context_.model.schema.domains.resize(domain_count);
  context_.domains.resize(domain_count);
  context_.year_domain = years;
}

}  // namespace pol::model
