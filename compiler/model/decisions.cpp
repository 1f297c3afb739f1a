// Decisions: cases in order, each with an outcome.
#include <unordered_map>

#include "compiler/model/declare.h"
#include "compiler/model/walk.h"

namespace pol::model {
namespace {

class DecisionTyper {
 public:
  DecisionTyper(Context& context, Typer& typer, const syntax::Tree& tree)
      : context_(context), typer_(typer), environment_{.tree = &tree} {}

  Decision Type(const syntax::Decision& declaration) {
    Decision decision;
    decision.naming = NamingOf(declaration.naming);
    decision.range = declaration.naming.name.range;
    for (const syntax::DecisionCase& one : declaration.cases) {
      const std::uint32_t outcome = OutcomeOf(one.outcome, decision);
      ExpressionId condition;
      if (one.condition.valid()) condition = typer_.RecordCondition(environment_, one.condition);
      decision.cases.push_back({outcome, condition});
    }
    if (decision.outcomes.size() < 2) {
      context_.Error(Kind::kDecisionOfOneOutcome, decision.range, {decision.naming.name});
    }
    return decision;
  }

 private:
  // An outcome may be that of several cases; its wording is given once.
  std::uint32_t OutcomeOf(const syntax::Naming& naming, Decision& decision) {
    const auto next = static_cast<std::uint32_t>(decision.outcomes.size());
    const auto [place, fresh] = outcomes_.try_emplace(naming.name.text, next);
    if (fresh) {
      decision.outcomes.push_back(NamingOf(naming));
      ranges_.push_back(naming.name.range);
      return next;
    }
    program::Naming& known = decision.outcomes[place->second];
    if (naming.label.present && naming.label.value != known.label) {
      context_.Error(Kind::kOutcomeLabelTwice, naming.label.range, {naming.name.text})
          .notes.push_back({ranges_[place->second], Kind::kFirstHere, {naming.name.text}});
    }
    return place->second;
  }

  Context& context_;
  Typer& typer_;
  Environment environment_;
  std::unordered_map<std::string, std::uint32_t> outcomes_;
  std::vector<Range> ranges_;
};

// The decisions in force: a policy's own stand in place of those of the same name in the policies that it
// builds on.
class DecisionCollector {
 public:
  explicit DecisionCollector(Context& context) : context_(context) {}

  void Add(const syntax::Tree& policy) {
    std::unordered_map<std::string, Range> own;
    for (const syntax::DeclarationId id : policy.top) {
      const auto* declaration = std::get_if<syntax::Decision>(&policy[id]);
      if (declaration == nullptr) continue;
      const syntax::Name& name = declaration->naming.name;
      CheckName(name, own);
      const auto [place, fresh] = places_.try_emplace(name.text, decisions_.size());
      if (fresh) decisions_.emplace_back();
      decisions_[place->second] = {&policy, declaration, policy.RangeOf(id)};
    }
  }

  const std::vector<Declared<syntax::Decision>>& decisions() const { return decisions_; }

 private:
  void CheckName(const syntax::Name& name, std::unordered_map<std::string, Range>& own) {
    const auto [place, fresh] = own.try_emplace(name.text, name.range);
    if (!fresh) {
      context_.Error(Kind::kDuplicateName, name.range, {name.text})
          .notes.push_back({place->second, Kind::kFirstHere, {name.text}});
    }
    // Both are columns of the results.
    if (const Symbol* symbol = context_.scope.Find(name.text);
        symbol != nullptr && (symbol->kind == SymbolKind::kGrant || symbol->kind == SymbolKind::kScore ||
                              symbol->kind == SymbolKind::kLifecycle)) {
      context_.Error(Kind::kDuplicateName, name.range, {name.text})
          .notes.push_back({symbol->range, Kind::kFirstHere, {name.text}});
    }
  }

  Context& context_;
  std::vector<Declared<syntax::Decision>> decisions_;
  std::unordered_map<std::string, std::size_t> places_;
};

}  // namespace

void TypeDecisions(Context& context, Typer& typer, Policies policies) {
  DecisionCollector collector(context);
  for (std::size_t at = policies.size(); at-- > 0;) collector.Add(policies[at]);
  for (const Declared<syntax::Decision>& decision : collector.decisions()) {
    context.model.decisions.push_back(
        DecisionTyper(context, typer, *decision.tree).Type(*decision.declaration));
  }
  if (!HasOutputs(context.model)) context.report.Emit(Kind::kNoDecision, policies.front().header->path.range);
}

}  // namespace pol::model
