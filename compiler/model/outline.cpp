#include "compiler/model/outline.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace pol::model {
namespace {

// The articles of a policy and of those that it builds on, as one text: what the nearer one replaces, drops
// and adds is done to what is there of the farther ones.
class Outliner {
 public:
  explicit Outliner(Context& context) : context_(context) {}

  void Add(const syntax::Tree& policy) {
    inherited_ = !articles_.empty();
    own_articles_.clear();
    own_changes_.clear();
    for (const syntax::DeclarationId id : policy.top) {
      if (const auto* change = std::get_if<syntax::Change>(&policy[id])) {
        Apply({&policy, change, policy.RangeOf(id)});
      }
    }
    for (const syntax::DeclarationId id : policy.top) {
      const auto* article = std::get_if<syntax::Article>(&policy[id]);
      if (article == nullptr) continue;
      Outline outline =
          Of(policy, article->clause, std::to_string(article->clause.number), policy.RangeOf(id));
      // The second of the same number in one policy is a mistake, which shows when the clauses are declared.
      const bool first = own_articles_.insert(outline.id).second;
      Outline* known = inherited_ && first ? Find(articles_, outline.id) : nullptr;
      if (known != nullptr) {
        Merge(std::move(outline), *known);
      } else {
        articles_.push_back(std::move(outline));
      }
    }
  }

  std::vector<Outline> Take() { return std::move(articles_); }

 private:
  static Outline Of(const syntax::Tree& tree, const syntax::Item& item, std::string id, Range range) {
    Outline outline{.source = {&tree, &item, range}, .change = {}, .id = std::move(id), .items = {}};
    if (const auto* body = std::get_if<syntax::ItemsBody>(&item.body)) {
      for (const syntax::Item& one : body->items) {
        outline.items.push_back(Of(tree, one, ItemId(one, outline.id), one.range));
      }
    }
    return outline;
  }

  static std::string ItemId(const syntax::Item& item, const std::string& base) {
    if (item.number != 0) return base + "(" + std::to_string(item.number) + ")";
    const auto* body = std::get_if<syntax::ReplacesBody>(&item.body);
    if (body == nullptr || body->replaced.empty()) return base + "→";
    return base + "→" + syntax::ToString(body->replaced.front());
  }

  static Outline* Find(std::vector<Outline>& outlines, const std::string& id) {
    for (Outline& outline : outlines) {
      if (outline.id == id) return &outline;
      if (id.starts_with(outline.id)) {
        if (Outline* found = Find(outline.items, id)) return found;
      }
    }
    return nullptr;
  }

  static bool Erase(std::vector<Outline>& outlines, const std::string& id) {
    if (std::erase_if(outlines, [&](const Outline& outline) { return outline.id == id; }) > 0) return true;
    return std::ranges::any_of(outlines, [&](Outline& outline) { return Erase(outline.items, id); });
  }

  void Apply(const Declared<syntax::Change>& change) {
    if (!inherited_) {
      context_.Error(Kind::kChangesNothing, change.range);
      return;
    }
    for (const syntax::Citation& citation : change.declaration->clauses) {
      const std::string id = syntax::ToString(citation);
      Outline* clause = Find(articles_, id);
      if (!own_changes_.insert(id).second) {
        context_.Error(Kind::kReplacedTwice, citation.range, {id});
      } else if (clause == nullptr) {
        ReportUnknown(citation, id);
      } else if (change.declaration->condition.valid()) {
        clause->change = change;
        clause->items.clear();
      } else {
        Erase(articles_, id);
      }
    }
  }

  void ReportUnknown(const syntax::Citation& citation, const std::string& id) {
    auto& error = context_.Error(Kind::kUnknownClause, citation.range, {id});
    std::vector<std::string> ids;
    AddIds(articles_, ids);
    context_.Suggest(error, citation.range, id, ids);
    if (error.fix) error.fix->replacement = "§" + error.fix->replacement;
  }

  static void AddIds(const std::vector<Outline>& outlines, std::vector<std::string>& ids) {
    for (const Outline& outline : outlines) {
      ids.push_back(outline.id);
      AddIds(outline.items, ids);
    }
  }

  // An article that is there already gets the items that it does not have; what it has is changed by
  // `replaces`.
  void Merge(Outline added, Outline& known) {
    const syntax::Item& item = *added.source.declaration;
    const bool only_items =
        std::holds_alternative<syntax::ItemsBody>(item.body) && !item.when.valid() && !item.in_principle;
    if (!only_items || (known.items.empty() && !IsEmptied(known))) {
      ReportInherited(added, known);
      return;
    }
    for (Outline& one : added.items) {
      Outline* same = Find(known.items, one.id);
      if (same == nullptr) {
        known.items.push_back(std::move(one));
      } else if (std::holds_alternative<syntax::ItemsBody>(one.source.declaration->body)) {
        Merge(std::move(one), *same);
      } else {
        ReportInherited(one, *same);
      }
    }
  }

  // All of its items were dropped.
  static bool IsEmptied(const Outline& outline) {
    return std::holds_alternative<syntax::ItemsBody>(outline.source.declaration->body) &&
           outline.change.declaration == nullptr;
  }

  void ReportInherited(const Outline& added, const Outline& known) {
    context_.Error(Kind::kClauseInherited, PlaceOf(added.source), {added.id})
        .notes.push_back({PlaceOf(known.source), Kind::kDeclaredHere, {"§" + known.id}});
  }

  static Range PlaceOf(const Declared<syntax::Item>& source) {
    return source.declaration->number_range.end != 0 ? source.declaration->number_range : source.range;
  }

  Context& context_;
  std::vector<Outline> articles_;
  bool inherited_ = false;  // there are articles of policies that the one at hand builds on
  std::unordered_set<std::string> own_articles_;
  std::unordered_set<std::string> own_changes_;
};

}  // namespace

std::vector<Outline> OutlineOf(Context& context, Policies policies) {
  Outliner outliner(context);
  for (std::size_t at = policies.size(); at-- > 0;) outliner.Add(policies[at]);
  return outliner.Take();
}

}  // namespace pol::model
