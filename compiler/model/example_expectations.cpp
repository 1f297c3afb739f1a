// What an example expects of the policy: outcomes, amounts, states, the clauses that decide, what is needed;
// the truth of clauses.
#include <algorithm>
#include <utility>

#include "compiler/model/example_facts.h"
#include "compiler/source/map_each.h"

namespace pol::model {
namespace {

class ExpectationTyper {
 public:
  ExpectationTyper(Context& context, Typer& typer, const syntax::Tree& tree)
      : context_(context), typer_(typer), tree_(tree) {}

  std::optional<Expectation> Type(const syntax::ExampleExpectation& written) {
    expectation_.range = written.range;
    if (written.clause) {
      expectation_.clause = Deciding(*written.clause);
      expectation_.truth = written.truth;
      return expectation_.clause.valid() ? std::optional(expectation_) : std::nullopt;
    }
    if (!written.output.valid() || !FindOutput(written)) return std::nullopt;
    for (const syntax::Citation& citation : written.because) {
      const ClauseId clause = context_.Cited(citation);
      if (clause.valid() && (IsCitedByOutput(clause) || context_.MustDecide(clause, citation.range))) {
        expectation_.because.push_back(clause);
      }
    }
    for (const syntax::ExampleNeed& need : written.needs) AddNeed(need);
    return expectation_;
  }

 private:
  // A clause of that number that decides something; reported otherwise.
  ClauseId Deciding(const syntax::Citation& citation) {
    const ClauseId clause = context_.Cited(citation);
    return clause.valid() && context_.MustDecide(clause, citation.range) ? clause : ClauseId{};
  }

  // What a grant, a score or a state follows from may be an article that decides nothing itself.
  bool IsCitedByOutput(ClauseId clause) const {
    if (expectation_.grant.valid()) {
      return context_.model.grants[expectation_.grant.index].clause == clause;
    }
    if (expectation_.score.valid()) {
      return context_.model.scores[expectation_.score.index].clause == clause;
    }
    if (!expectation_.lifecycle.valid()) return false;
    const auto& states = context_.model.lifecycles[expectation_.lifecycle.index].states;
    return std::ranges::any_of(states, [&](const LifecycleState& state) { return state.clause == clause; });
  }

  // ---- Outputs ----

  bool FindOutput(const syntax::ExampleExpectation& written) {
    const std::string& name = written.output.text;
    const auto& decisions = context_.model.decisions;
    for (std::uint32_t at = 0; at < decisions.size(); ++at) {
      if (decisions[at].naming.name != name) continue;
      expectation_.decision = DecisionId{at};
      const auto outcomes =
          MapEach(decisions[at].outcomes, [](const program::Naming& one) { return one.name; });
      return FindChoice(name, outcomes, written.value, expectation_.outcome);
    }
    const auto& grants = context_.model.grants;
    for (std::uint32_t at = 0; at < grants.size(); ++at) {
      if (grants[at].naming.name != name) continue;
      expectation_.grant = GrantId{at};
      return FindAmount(grants[at].type, written.value);
    }
    const auto& scores = context_.model.scores;
    for (std::uint32_t at = 0; at < scores.size(); ++at) {
      if (scores[at].naming.name != name) continue;
      expectation_.score = ScoreId{at};
      return FindAmount(NumberType(), written.value);
    }
    const auto& lifecycles = context_.model.lifecycles;
    for (std::uint32_t at = 0; at < lifecycles.size(); ++at) {
      if (lifecycles[at].naming.name != name) continue;
      expectation_.lifecycle = LifecycleId{at};
      const auto states =
          MapEach(lifecycles[at].states, [](const LifecycleState& one) { return one.naming.name; });
      return FindChoice(name, states, written.value, expectation_.state);
    }
    auto& error = context_.Error(Kind::kExampleUnknownOutput, written.output.range, {name});
    auto names = MapEach(decisions, [](const Decision& one) { return one.naming.name; });
    for (const Grant& grant : grants) names.push_back(grant.naming.name);
    for (const Score& score : scores) names.push_back(score.naming.name);
    for (const Lifecycle& lifecycle : lifecycles) names.push_back(lifecycle.naming.name);
    context_.Suggest(error, written.output.range, name, names);
    return false;
  }

  // One of a decision's outcomes or a lifecycle's states; `chosen` stays as it is for an unknown one.
  bool FindChoice(const std::string& output, std::vector<std::string> names, syntax::ExpressionId value,
                  std::uint32_t& chosen) {
    if (!value.valid()) return true;
    if (std::holds_alternative<syntax::ErrorExpression>(tree_[value])) return false;
    const Range range = tree_.RangeOf(value);
    const auto* name = std::get_if<syntax::NameReference>(&tree_[value]);
    const std::string word = name != nullptr ? name->name : context_.WordsOf(range);
    const auto found = std::ranges::find(names, word);
    if (found != names.end()) {
      chosen = static_cast<std::uint32_t>(found - names.begin());
      return true;
    }
    if (word == "undetermined" || word == "待定") return true;
    auto& error = context_.Error(Kind::kExampleUnknownOutcome, range, {output, word});
    names.emplace_back("undetermined");
    context_.Suggest(error, range, word, names);
    return false;
  }

  bool FindAmount(const program::ValueType& type, syntax::ExpressionId value) {
    if (!value.valid()) return true;
    const std::optional<Constant> amount = ExampleConstant(context_, typer_, tree_, value, type);
    if (amount) expectation_.amount = std::get<Rational>(*amount);
    return amount.has_value();
  }

  // ---- Needs, in the words in which polc lists them ----

  void Need(std::string words, bool any_year = false) {
    expectation_.needs.push_back({std::move(words), any_year});
  }

  void UnknownFact(Range range, const std::string& name, const std::vector<std::string>& candidates) {
    auto& error = context_.Error(Kind::kExampleUnknownFact, range, {name});
    context_.Suggest(error, range, name, candidates);
  }

  void AddNeed(const syntax::ExampleNeed& need) {
    if (need.citation) {
      const ClauseId clause = Deciding(*need.citation);
      if (clause.valid()) Need("§" + context_.model.clauses[clause.index].id);
      return;
    }
    const syntax::ExamplePath& path = need.path;
    if (path.as_of) return Need("as_of");
    if (!path.name.valid()) return;
    const DomainNames& names = context_.domains[0];
    const auto field = names.fields.find(path.name.text);
    if (field == names.fields.end()) {
      const Symbol* symbol = context_.scope.Find(path.name.text);
      const bool parameter = symbol != nullptr && symbol->kind == SymbolKind::kParameter;
      if (parameter || path.name.text == "calendar") return Need(path.name.text);
      return UnknownFact(path.name.range, path.name.text, names.order);
    }
    switch (field->second.kind) {
      case SymbolKind::kChecklist:
        return AddItems(context_.checklists[field->second.index], path);
      case SymbolKind::kList:
        return AddList(field->second.index, path);
      default:
        return AddFact(field->second.index, path);
    }
  }

  // Of a whole checklist, every item.
  void AddItems(const ChecklistState& checklist, const syntax::ExamplePath& path) {
    const bool one = path.part.valid();
    if (one && !checklist.by_name.contains(path.part.text)) {
      auto items = MapEach(checklist.by_name, [](const auto& named) { return named.first; });
      std::ranges::sort(items);
      return UnknownFact(path.part.range, path.part.text, items);
    }
    for (const FactId item : checklist.items) {
      const std::string& name = context_.model.schema.facts[item.index].naming.name;
      if (!one || name == checklist.name + "." + path.part.text) Need(name);
    }
  }

  void AddList(std::uint32_t domain, const syntax::ExamplePath& path) {
    if (!path.part.valid()) return Need(path.name.text);
    const DomainNames& fields = context_.domains[domain];
    if (!fields.fields.contains(path.part.text)) {
      return UnknownFact(path.part.range, path.part.text, fields.order);
    }
    Need(path.name.text + "." + path.part.text);
  }

  void AddFact(std::uint32_t fact, const syntax::ExamplePath& path) {
    if (fact == program::kNone) return;  // its declaration is wrong
    const bool series = context_.model.schema.facts[fact].domain != 0;
    if (path.part.valid()) return UnknownFact(path.part.range, path.part.text, {});
    if (!series && !path.first_year.empty()) {
      context_.Error(Kind::kExampleHasNoYears, path.range, {path.name.text});
      return;
    }
    if (path.first_year.empty()) return Need(path.name.text, series);
    const auto first = SeriesYear(path.first_year);
    const auto last = SeriesYear(path.last_year);
    if (!first || !last || *last < *first) {
      context_.Error(Kind::kExampleYears, path.range, {context_.WordsOf(path.range)});
      return;
    }
    for (std::int32_t year = *first; year <= *last; ++year) Need(path.name.text + "." + std::to_string(year));
  }

  Context& context_;
  Typer& typer_;
  const syntax::Tree& tree_;
  Expectation expectation_;
};

}  // namespace

std::optional<Expectation> TypeExpectation(Context& context, Typer& typer, const syntax::Tree& tree,
                                           const syntax::ExampleExpectation& written) {
  return ExpectationTyper(context, typer, tree).Type(written);
}

}  // namespace pol::model
