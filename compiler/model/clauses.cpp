// Articles and their items: their ids, what each replaces, and their conditions.
#include <algorithm>

#include "compiler/model/declare.h"
#include "compiler/model/outline.h"
#include "compiler/model/walk.h"
#include "compiler/source/map_each.h"

namespace pol::model {
namespace {

class ClauseDeclarer {
 public:
  explicit ClauseDeclarer(Context& context) : context_(context) {}

  void AddArticle(const Outline& article) { Add(article, {}); }

  void LinkReplacements() {
    for (std::uint32_t index = 0; index < context_.model.clauses.size(); ++index) {
      const ClauseState& state = context_.clause_states[index];
      const auto* body = std::get_if<syntax::ReplacesBody>(&state.source.declaration->body);
      if (body == nullptr) continue;
      for (const syntax::Citation& citation : body->replaced) Link(ClauseId{index}, citation);
    }
    for (const Clause& clause : context_.model.clauses) CheckUnconditional(clause);
  }

 private:
  bool Add(const Outline& outline, ClauseId parent) {
    const syntax::Item& item = *outline.source.declaration;
    const ClauseId clause_id{static_cast<std::uint32_t>(context_.model.clauses.size())};
    const bool changed = outline.change.declaration != nullptr;
    Range place = item.number_range.end != 0 ? item.number_range : outline.source.range;
    const auto [known, fresh] = context_.clauses.try_emplace(outline.id, clause_id);
    if (!fresh) {
      const bool unnumbered = item.number == 0;
      context_.Error(unnumbered ? Kind::kReplacedTwice : Kind::kDuplicateClause, place, {outline.id})
          .notes.push_back(
              {context_.model.clauses[known->second.index].range, Kind::kFirstHere, {"§" + outline.id}});
    }
    // What stands in place of a body is where the reader should look.
    if (changed) place = outline.change.range;
    Clause clause;
    clause.id = outline.id;
    clause.naming = NamingOf(item.naming);
    clause.parent = parent;
    clause.range = place;
    clause.in_principle = item.in_principle && !changed;
    if (const auto* guidance = std::get_if<syntax::GuidanceBody>(&item.body);
        guidance != nullptr && !changed) {
      clause.kind = program::ClauseKind::kGuidance;
      clause.text = guidance->text.value;
    }
    if (const auto* undisclosed = std::get_if<syntax::UndisclosedBody>(&item.body);
        undisclosed != nullptr && !changed) {
      clause.kind = program::ClauseKind::kUndisclosed;
      clause.text = undisclosed->text.value;
    }
    context_.model.clauses.push_back(std::move(clause));
    context_.clause_states.push_back({outline.source, outline.change, false});
    const bool has_items = std::holds_alternative<syntax::ItemsBody>(item.body) && !changed;
    bool decides = !has_items && !(std::holds_alternative<syntax::GuidanceBody>(item.body) && !changed);
    if (has_items) decides = AddItems(outline, clause_id);
    context_.clause_states[clause_id.index].decides = decides;
    // What is left undecided by all of its items is guidance as a whole.
    if (has_items && !decides && !HasReplacement(clause_id)) {
      context_.model.clauses[clause_id.index].kind = program::ClauseKind::kGuidance;
    }
    if (item.in_principle && !changed && !decides) {
      context_.Error(Kind::kNothingInPrinciple, place, {outline.id});
    }
    return decides;
  }

  bool AddItems(const Outline& outline, ClauseId parent) {
    if (outline.items.empty()) {
      const Clause& clause = context_.model.clauses[parent.index];
      context_.Error(Kind::kClauseEmpty, clause.range, {clause.id});
    }
    bool decides = false;
    for (const Outline& item : outline.items) {
      const ClauseId next{static_cast<std::uint32_t>(context_.model.clauses.size())};
      context_.model.clauses[parent.index].items.push_back(next);
      const bool itself = Add(item, parent);
      const bool replaces = std::holds_alternative<syntax::ReplacesBody>(item.source.declaration->body);
      decides = decides || (itself && !replaces);
    }
    return decides;
  }

  bool HasReplacement(ClauseId id) const {
    const Clause& clause = context_.model.clauses[id.index];
    return std::ranges::any_of(clause.items, [&](ClauseId item) {
      const ClauseState& state = context_.clause_states[item.index];
      return std::holds_alternative<syntax::ReplacesBody>(state.source.declaration->body) ||
             HasReplacement(item);
    });
  }

  // ---- Replacements ----

  bool IsWithin(ClauseId inner, ClauseId outer) const {
    for (ClauseId at = inner; at.valid(); at = context_.model.clauses[at.index].parent) {
      if (at == outer) return true;
    }
    return false;
  }

  void Link(ClauseId clause, const syntax::Citation& citation) {
    const ClauseId target = context_.Cited(citation);
    if (!target.valid()) return;
    if (IsWithin(clause, target) || IsWithin(target, clause)) {
      context_.Error(Kind::kReplacesItself, citation.range, {syntax::ToString(citation)});
      return;
    }
    if (!context_.MustDecide(target, citation.range)) return;
    std::vector<ClauseId>& replaces = context_.model.clauses[clause.index].replaces;
    if (std::ranges::find(replaces, target) != replaces.end()) {
      context_.Error(Kind::kReplacedTwice, citation.range, {syntax::ToString(citation)});
      return;
    }
    replaces.push_back(target);
    context_.model.clauses[target.index].replaced_by.push_back(clause);
  }

  bool IsUnconditional(ClauseId id) const {
    for (ClauseId at = id; at.valid(); at = context_.model.clauses[at.index].parent) {
      if (context_.clause_states[at.index].when().valid()) return false;
    }
    return true;
  }

  void CheckUnconditional(const Clause& clause) {
    std::optional<ClauseId> first;
    for (const ClauseId by : clause.replaced_by) {
      if (!IsUnconditional(by)) continue;
      if (!first) {
        first = by;
        continue;
      }
      const Clause& one = context_.model.clauses[first->index];
      const Clause& other = context_.model.clauses[by.index];
      auto& error = context_.Error(Kind::kAlwaysReplacedTwice, other.range, {clause.id, one.id, other.id});
      error.notes.push_back({one.range, Kind::kReplacedHere, {clause.id}});
      error.notes.push_back({clause.range, Kind::kDeclaredHere, {"§" + clause.id}});
    }
  }

  Context& context_;
};

// ---- Kinds
// --------------------------------------------------------------------------------------------------------

// Of what facts an expression is made: nothing, only judged ones, or others too.
enum class Made : std::uint8_t { kNothing, kJudged, kMixed };

Made Both(Made left, Made right) { return left > right ? left : right; }

std::vector<Made> MakeUp(const Model& model) {
  std::vector<Made> made(model.expressions.size(), Made::kNothing);
  for (std::uint32_t at = 0; at < made.size(); ++at) {
    const Expression& expression = model.expressions[at];
    if (const auto* fact = std::get_if<FactValue>(&expression)) {
      made[at] = model.schema.facts[fact->fact.index].judged ? Made::kJudged : Made::kMixed;
    } else if (const auto* let = std::get_if<LetValue>(&expression)) {
      const ExpressionId value = model.lets[let->let.index].value;
      made[at] = value.valid() ? made[value.index] : Made::kMixed;
    } else if (std::holds_alternative<ClauseValue>(expression) || std::holds_alternative<AsOf>(expression) ||
               std::holds_alternative<GrantValue>(expression) ||
               std::holds_alternative<ScoreValue>(expression) ||
               std::holds_alternative<LifecycleValue>(expression) ||
               std::holds_alternative<MissedDuty>(expression) ||
               std::holds_alternative<FactPresence>(expression) ||
               std::holds_alternative<ParameterValue>(expression)) {
      made[at] = Made::kMixed;
    }
    for (const ExpressionId operand : OperandsOf(expression)) made[at] = Both(made[at], made[operand.index]);
  }
  return made;
}

}  // namespace

void DeclareClauses(Context& context, Policies policies) {
  ClauseDeclarer declarer(context);
  for (const Outline& article : OutlineOf(context, policies)) declarer.AddArticle(article);
  declarer.LinkReplacements();
}

void TypeClauses(Context& context, Typer& typer) {
  for (std::size_t at = 0; at < context.model.clauses.size(); ++at) {
    const Declared<syntax::Item> source = context.clause_states[at].source;
    const Environment environment{.tree = source.tree};
    if (const syntax::ExpressionId when = context.clause_states[at].when(); when.valid()) {
      context.model.clauses[at].when = typer.RecordCondition(environment, when);
    }
    const Declared<syntax::Change>& change = context.clause_states[at].change;
    if (change.declaration != nullptr) {
      context.model.clauses[at].condition =
          typer.RecordCondition(Environment{.tree = change.tree}, change.declaration->condition);
      continue;
    }
    syntax::ExpressionId condition;
    if (const auto* body = std::get_if<syntax::ConditionBody>(&source.declaration->body))
      condition = body->condition;
    if (const auto* body = std::get_if<syntax::ReplacesBody>(&source.declaration->body))
      condition = body->condition;
    if (condition.valid())
      context.model.clauses[at].condition = typer.RecordCondition(environment, condition);
  }
  const std::vector<Made> made = MakeUp(context.model);
  for (Clause& clause : context.model.clauses) {
    const bool judged = clause.condition.valid() && made[clause.condition.index] == Made::kJudged;
    if (judged && clause.kind == program::ClauseKind::kRule) clause.kind = program::ClauseKind::kJudgement;
  }
}

// ---- Citations
// ------------------------------------------------------------------------------------------------------

ClauseId Context::Cited(const syntax::Citation& citation) {
  const std::string id = syntax::ToString(citation);
  if (const auto place = clauses.find(id); place != clauses.end()) return place->second;
  auto& error = Error(Kind::kUnknownClause, citation.range, {id});
  if (!MaySuggest()) return {};
  const auto ids = MapEach(model.clauses, [](const Clause& clause) { return clause.id; });
  // A clause of the same article is nearer than one that only looks alike.
  const std::string article = std::to_string(citation.article);
  std::vector<std::string> siblings;
  for (const std::string& one : ids) {
    if (one == article || one.starts_with(article + "(")) siblings.push_back(one);
  }
  Suggest(error, citation.range, id, siblings);
  if (!error.fix) Suggest(error, citation.range, id, ids);
  if (error.fix) error.fix->replacement = "§" + error.fix->replacement;
  return {};
}

bool Context::Decides(ClauseId clause) const { return clause_states[clause.index].decides; }

bool Context::MustDecide(ClauseId clause, Range range) {
  if (Decides(clause)) return true;
  const Clause& cited = model.clauses[clause.index];
  const bool guidance = cited.kind == program::ClauseKind::kGuidance;
  Error(guidance ? Kind::kCitesGuidance : Kind::kCitesReplacements, range, {cited.id})
      .notes.push_back({cited.range, Kind::kDeclaredHere, {"§" + cited.id}});
  return false;
}

}  // namespace pol::model
