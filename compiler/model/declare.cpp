#include "compiler/model/declare.h"

#include <algorithm>
#include <iterator>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "compiler/model/words.h"

namespace pol::model {
namespace {

bool Declare(Context& context, const syntax::Name& name, SymbolKind kind, std::size_t index) {
  if (!name.valid()) return false;
  return context.DeclareName(name.text, {kind, static_cast<std::uint32_t>(index), name.range});
}

// Types have their own words, which no enumeration or record may take.
void RefuseTypeName(Context& context, const syntax::Name& name) {
  const bool taken = BuiltInType(name.text) || WindowType(name.text) != WindowTypeName::kNone;
  if (taken) context.Error(Kind::kBuiltInTypeName, name.range, {name.text});
}

void DeclareMembers(Context& context, const syntax::Enumeration& declaration, std::uint32_t index) {
  program::Enumeration& enumeration = context.model.schema.enumerations[index];
  std::unordered_map<std::string, Range> spellings;
  for (const syntax::Naming& member : declaration.members) {
    const auto position = static_cast<std::uint32_t>(enumeration.members.size());
    const auto [place, fresh] = context.members[index].try_emplace(member.name.text, position);
    if (!fresh) {
      context
          .Error(Kind::kDuplicateMember, member.name.range, {member.name.text, declaration.naming.name.text})
          .notes.push_back(
              {declaration.members[place->second].name.range, Kind::kFirstHere, {member.name.text}});
      continue;
    }
    // A cell holds one of the spellings, so each may stand for one member only.
    std::vector<const syntax::Text*> texts = {&member.label};
    for (const syntax::Text& alias : member.aliases) texts.push_back(&alias);
    for (const syntax::Text* text : texts) {
      if (!text->present) continue;
      const auto [spelled, first] = spellings.try_emplace(text->value, text->range);
      if (!first) {
        context.Error(Kind::kDuplicateSpelling, text->range, {text->value})
            .notes.push_back({spelled->second, Kind::kFirstHere, {text->value}});
      }
    }
    enumeration.members.push_back(NamingOf(member));
    context.scope.DeclareMember(member.name.text, {index, position});
  }
  if (enumeration.members.empty()) {
    context.Error(Kind::kEmptyEnumeration, declaration.naming.name.range, {declaration.naming.name.text});
  }
}

using Inherited = std::unordered_set<std::string>;

class Collector {
 public:
  // `inherited`: names of the policies that this tree's builds on; null in a module.
  Collector(Context& context, const syntax::Tree& tree, const Inherited* inherited)
      : context_(context), tree_(tree), inherited_(inherited) {}

  void Collect(const syntax::Enumeration& declaration, Range) {
    const auto index = context_.model.schema.enumerations.size();
    RefuseTypeName(context_, declaration.naming.name);
    context_.model.schema.enumerations.push_back({NamingOf(declaration.naming), declaration.ordered, {}});
    context_.members.emplace_back();
    context_.enumeration_ranges.push_back(declaration.naming.name.range);
    Declare(context_, declaration.naming.name, SymbolKind::kEnumeration, index);
    DeclareMembers(context_, declaration, static_cast<std::uint32_t>(index));
  }

  void Collect(const syntax::Record& declaration, Range range) {
    if (const Symbol* base = InheritedAs(declaration.naming.name, SymbolKind::kRecord)) {
      context_.records[base->index].additions.push_back({&tree_, &declaration, range});
      return;
    }
    RefuseTypeName(context_, declaration.naming.name);
    Declare(context_, declaration.naming.name, SymbolKind::kRecord, context_.records.size());
    RecordState state;
    state.source = {&tree_, &declaration, range};
    for (const syntax::RecordMember& member : declaration.members) {
      const auto* field = std::get_if<syntax::Field>(&member);
      state.has_key = state.has_key || (field != nullptr && field->key);
    }
    context_.records.push_back(state);
  }

  void Collect(const syntax::Parameter& declaration, Range range) {
    if (const Symbol* base = InheritedAs(declaration.naming.name, SymbolKind::kParameter)) {
      ParameterState& state = context_.parameters[base->index];
      state.base = std::exchange(state.source, {&tree_, &declaration, range});
      TakeOver(declaration.naming, context_.model.parameters[base->index]);
      return;
    }
    Declare(context_, declaration.naming.name, SymbolKind::kParameter, context_.parameters.size());
    ParameterState state;
    state.source = {&tree_, &declaration, range};
    context_.parameters.push_back(state);
    context_.model.parameters.push_back(
        {NamingOf(declaration.naming), {}, {}, declaration.naming.name.range});
  }

  void Collect(const syntax::Let& declaration, Range range) {
    Declare(context_, declaration.naming.name, SymbolKind::kLet, context_.lets.size());
    LetState state;
    state.source = {&tree_, &declaration, range};
    context_.lets.push_back(std::move(state));
    context_.model.lets.push_back({NamingOf(declaration.naming), {}, declaration.naming.name.range});
  }

  void Collect(const syntax::Function& declaration, Range range) {
    Declare(context_, declaration.naming.name, SymbolKind::kFunction, context_.functions.size());
    FunctionState state;
    state.source = {&tree_, &declaration, range};
    context_.functions.push_back(state);
    std::unordered_map<std::string, Range> names;
    for (const syntax::FunctionParameter& parameter : declaration.parameters) {
      const auto [place, fresh] = names.try_emplace(parameter.name.text, parameter.name.range);
      if (fresh) continue;
      context_.Error(Kind::kDuplicateName, parameter.name.range, {parameter.name.text})
          .notes.push_back({place->second, Kind::kFirstHere, {parameter.name.text}});
    }
  }

  void Collect(const syntax::Grant& declaration, Range range) {
    if (const Symbol* base = InheritedAs(declaration.naming.name, SymbolKind::kGrant)) {
      context_.grants[base->index].source = {&tree_, &declaration, range};
      TakeOver(declaration.naming, context_.model.grants[base->index]);
      return;
    }
    Declare(context_, declaration.naming.name, SymbolKind::kGrant, context_.grants.size());
    GrantState state;
    state.source = {&tree_, &declaration, range};
    context_.grants.push_back(state);
    Grant grant;
    grant.naming = NamingOf(declaration.naming);
    grant.range = declaration.naming.name.range;
    context_.model.grants.push_back(std::move(grant));
  }

  void Collect(const syntax::Score& declaration, Range range) {
    if (const Symbol* base = InheritedAs(declaration.naming.name, SymbolKind::kScore)) {
      context_.scores[base->index].source = {&tree_, &declaration, range};
      TakeOver(declaration.naming, context_.model.scores[base->index]);
      return;
    }
    Declare(context_, declaration.naming.name, SymbolKind::kScore, context_.scores.size());
    ScoreState state;
    state.source = {&tree_, &declaration, range};
    context_.scores.push_back(state);
    Score score;
    score.naming = NamingOf(declaration.naming);
    score.range = declaration.naming.name.range;
    context_.model.scores.push_back(std::move(score));
  }

  void Collect(const syntax::Lifecycle& declaration, Range range) {
    if (const Symbol* base = InheritedAs(declaration.naming.name, SymbolKind::kLifecycle)) {
      context_.lifecycles[base->index].source = {&tree_, &declaration, range};
      TakeOver(declaration.naming, context_.model.lifecycles[base->index]);
      return;
    }
    Declare(context_, declaration.naming.name, SymbolKind::kLifecycle, context_.lifecycles.size());
    LifecycleSource state;
    state.source = {&tree_, &declaration, range};
    context_.lifecycles.push_back(std::move(state));
    Lifecycle lifecycle;
    lifecycle.naming = NamingOf(declaration.naming);
    lifecycle.range = declaration.naming.name.range;
    context_.model.lifecycles.push_back(std::move(lifecycle));
  }

  template <typename Other>
  void Collect(const Other&, Range) {}

 private:
  // What the name stands for in a policy that this one builds on; nullptr when that is nothing, or something
  // else.
  const Symbol* InheritedAs(const syntax::Name& name, SymbolKind kind) const {
    if (inherited_ == nullptr || !inherited_->contains(name.text)) return nullptr;
    const Symbol* symbol = context_.scope.Find(name.text);
    return symbol != nullptr && symbol->kind == kind ? symbol : nullptr;
  }

  // What is written anew gives the place, and a label where it has one; further spellings are further ones.
  template <typename Definition>
  static void TakeOver(const syntax::Naming& written, Definition& definition) {
    const program::Naming naming = NamingOf(written);
    if (written.label.present) definition.naming.label = naming.label;
    std::ranges::copy(naming.aliases, std::back_inserter(definition.naming.aliases));
    definition.range = written.name.range;
  }

  Context& context_;
  const syntax::Tree& tree_;
  const Inherited* inherited_;
};

}  // namespace

program::Naming NamingOf(const syntax::Naming& naming) {
  program::Naming named{naming.name.text, naming.label.value, {}};
  for (const syntax::Text& alias : naming.aliases) named.aliases.push_back(alias.value);
  return named;
}

Policies PoliciesOf(const std::vector<syntax::Tree>& trees) {
  const auto end = std::ranges::find_if(trees, [](const syntax::Tree& tree) { return !tree.header; });
  return {trees.begin(), end};
}

void DeclareNames(Context& context, const std::vector<syntax::Tree>& trees) {
  const auto collect = [&](const syntax::Tree& tree, const Inherited* inherited) {
    Collector collector(context, tree, inherited);
    for (const syntax::DeclarationId id : tree.top) {
      std::visit([&](const auto& declaration) { collector.Collect(declaration, tree.RangeOf(id)); },
                 tree[id]);
    }
  };
  const Policies policies = PoliciesOf(trees);
  // What is built on comes first, so that its names are there to be overridden.
  Inherited inherited;
  for (std::size_t at = policies.size(); at-- > 0;) {
    collect(policies[at], &inherited);
    if (at > 0) inherited = {context.scope.names().begin(), context.scope.names().end()};
  }
  for (std::size_t at = policies.size(); at < trees.size(); ++at) collect(trees[at], nullptr);
}

}  // namespace pol::model
