// The order of the passes: names, tables, facts, definitions, then whatever is made of them.
#include "compiler/model/build.h"

#include "compiler/model/context.h"
#include "compiler/model/declare.h"
#include "compiler/model/typer.h"

namespace pol::model {
namespace {

// Articles and decisions belong to the policy; a module is there for others to use.
void CheckModules(Context& context, const std::vector<syntax::Tree>& trees) {
  for (std::size_t at = PoliciesOf(trees).size(); at < trees.size(); ++at) {
    for (const syntax::DeclarationId id : trees[at].top) {
      const syntax::Declaration& declaration = trees[at][id];
      if (std::holds_alternative<syntax::Grant>(declaration)) {
        context.Error(Kind::kGrantInModule, trees[at].RangeOf(id));
      }
      if (std::holds_alternative<syntax::Quota>(declaration)) {
        context.Error(Kind::kQuotaInModule, trees[at].RangeOf(id));
      }
      if (std::holds_alternative<syntax::Score>(declaration)) {
        context.Error(Kind::kScoreInModule, trees[at].RangeOf(id));
      }
      if (std::holds_alternative<syntax::Lifecycle>(declaration)) {
        context.Error(Kind::kLifecycleInModule, trees[at].RangeOf(id));
      }
      if (std::holds_alternative<syntax::Example>(declaration)) {
        context.Error(Kind::kExampleInModule, trees[at].RangeOf(id));
      }
      const bool article = std::holds_alternative<syntax::Article>(declaration);
      if (!article && !std::holds_alternative<syntax::Decision>(declaration)) continue;
      context.Error(article ? Kind::kArticleInModule : Kind::kDecisionInModule, trees[at].RangeOf(id));
    }
  }
}

}  // namespace

std::optional<Model> Build(const source::Files& files, const std::vector<syntax::Tree>& trees,
                           diagnostics::Diagnostics& diagnostics, const syntax::Tree* examples) {
  if (trees.empty()) return std::nullopt;
  Context context(files, diagnostics);
  Typer typer(context);
  const syntax::Tree& policy = trees.front();
  if (!policy.header) {
    diagnostics.Emit(Kind::kNoHeader, Range{policy.file, 0, 0});
    return std::nullopt;
  }
  CheckModules(context, trees);
  DeclareNames(context, trees);
  DeclareLifecycles(context);
  DeclareRegions(context, trees);
  DeclareCalendars(context, trees);
  DeclareRecords(context, typer, policy);
  const Policies policies = PoliciesOf(trees);
  TypeHeader(context, typer, policies);
  DeclareClauses(context, policies);
  CiteLifecycles(context);
  TypeDefinitions(context, typer);
  TypeReference(context, typer, policies);
  TypeRecordConditions(context, typer);
  TypeLifecycles(context, typer);
  TypeClauses(context, typer);
  TypeLifecycleStates(context, typer);
  TypeDecisions(context, typer, policies);
  TypeQuotas(context, typer, policies);
  for (std::uint32_t at = 0; at < context.functions.size(); ++at) typer.CheckUncalled(at);
  CheckCycles(context);
  TypeExamples(context, typer, policy, examples);
  if (diagnostics.has_errors()) return std::nullopt;
  MarkReached(context);
  return std::move(context.model);
}

}  // namespace pol::model
