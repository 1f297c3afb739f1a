// Quotas: how many records of a whole set a condition may hold of.
#include <unordered_map>
#include <utility>

#include "compiler/model/declare.h"
#include "compiler/model/words.h"

namespace pol::model {

using program::ValueKind;

namespace {

class QuotaTyper {
 public:
  QuotaTyper(Context& context, Typer& typer, const Declared<syntax::Quota>& source)
      : context_(context),
        typer_(typer),
        declaration_(*source.declaration),
        environment_{.tree = source.tree} {}

  Quota Type() {
    Quota quota;
    quota.naming = NamingOf(declaration_.naming);
    quota.range = declaration_.naming.name.range;
    quota.clause = context_.Cited(declaration_.citation);
    quota.condition = typer_.RecordCondition(environment_, declaration_.condition);
    std::unordered_map<syntax::LimitKind, Range> written;
    for (const syntax::Limit& limit : declaration_.limits) {
      const auto [first, fresh] = written.try_emplace(limit.kind, limit.range);
      if (!fresh) {
        context_.Error(Kind::kQuotaBoundTwice, limit.range)
            .notes.push_back({first->second, Kind::kFirstHere, {context_.WordsOf(first->second)}});
        continue;
      }
      (limit.kind == syntax::LimitKind::kAtMost ? quota.most : quota.least) = BoundOf(limit);
    }
    if (quota.least && quota.most && *quota.least > *quota.most) {
      context_.Error(Kind::kQuotaBoundsExclude, quota.range,
                     {quota.naming.name, quota.least->str(), quota.most->str()});
    }
    return quota;
  }

 private:
  // A whole number from 0 up that is known now.
  std::optional<Rational> BoundOf(const syntax::Limit& limit) {
    Value typed;
    const std::optional<Constant> constant = typer_.ConstantOf(environment_, limit.bound, nullptr, &typed);
    if (!constant) return std::nullopt;
    const auto* number = std::get_if<Rational>(&*constant);
    const bool counts = typed.type.kind == ValueKind::kCount || typed.type.kind == ValueKind::kNumber;
    if (number != nullptr && counts && denominator(*number) == 1 && *number >= 0) return *number;
    context_.Error(Kind::kQuotaBound, typed.range, {context_.WordsOf(typed.range)});
    return std::nullopt;
  }

  Context& context_;
  Typer& typer_;
  const syntax::Quota& declaration_;
  Environment environment_;
};

// The quotas in force: a policy's own stand in place of those of the same name in the policies that it
// builds on.
class QuotaCollector {
 public:
  explicit QuotaCollector(Context& context) : context_(context) {}

  void Add(const syntax::Tree& policy) {
    std::unordered_map<std::string, Range> own;
    for (const syntax::DeclarationId id : policy.top) {
      const auto* declaration = std::get_if<syntax::Quota>(&policy[id]);
      if (declaration == nullptr) continue;
      const syntax::Name& name = declaration->naming.name;
      const auto [first, unique] = own.try_emplace(name.text, name.range);
      if (!unique) ReportTaken(name, first->second);
      CheckOthers(name);
      const auto [place, fresh] = places_.try_emplace(name.text, quotas_.size());
      if (fresh) quotas_.emplace_back();
      quotas_[place->second] = {&policy, declaration, policy.RangeOf(id)};
    }
  }

  const std::vector<Declared<syntax::Quota>>& quotas() const { return quotas_; }

 private:
  void ReportTaken(const syntax::Name& name, Range first) {
    context_.Error(Kind::kDuplicateName, name.range, {name.text})
        .notes.push_back({first, Kind::kFirstHere, {name.text}});
  }
  // All of them have a line in the summary of the results.
  void CheckOthers(const syntax::Name& name) {
    for (const Decision& decision : context_.model.decisions) {
      if (decision.naming.name == name.text) ReportTaken(name, decision.range);
    }
    const Symbol* symbol = context_.scope.Find(name.text);
    if (symbol != nullptr && (symbol->kind == SymbolKind::kGrant || symbol->kind == SymbolKind::kScore ||
                              symbol->kind == SymbolKind::kLifecycle)) {
      ReportTaken(name, symbol->range);
    }
  }

  Context& context_;
  std::vector<Declared<syntax::Quota>> quotas_;
  std::unordered_map<std::string, std::size_t> places_;
};

}  // namespace

void TypeQuotas(Context& context, Typer& typer, Policies policies) {
  QuotaCollector collector(context);
  for (std::size_t at = policies.size(); at-- > 0;) collector.Add(policies[at]);
  for (const Declared<syntax::Quota>& quota : collector.quotas()) {
    context.model.quotas.push_back(QuotaTyper(context, typer, quota).Type());
  }
}

}  // namespace pol::model
