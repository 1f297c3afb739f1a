// Collects what the policy and its modules declare: names first, so that declarations may stand in any order.
// What is in a declaration is typed by the later passes. Tested by tests/compiler/model_names_test.cpp and
// model_records_test.cpp.
#pragma once

#include <span>
#include <vector>

#include "compiler/model/context.h"
#include "compiler/model/typer.h"

namespace pol::model {

program::Naming NamingOf(const syntax::Naming& naming);

// Enumerations and scales, records, parameters, lets, functions: their names (declare.cpp).
void DeclareNames(Context& context, const std::vector<syntax::Tree>& trees);
// The policy and, after it, those it builds on: the trees before the modules.
using Policies = std::span<const syntax::Tree>;
Policies PoliciesOf(const std::vector<syntax::Tree>& trees);
// Lifecycles: their states and duties by name; the clauses these follow from; their starts and duties; when
// the clauses are typed, what ends them and their states (lifecycle_names.cpp, lifecycles.cpp).
void DeclareLifecycles(Context& context);
void CiteLifecycles(Context& context);
void TypeLifecycles(Context& context, Typer& typer);
void TypeLifecycleStates(Context& context, Typer& typer);
// The decided record and the lists it has, as domains and facts of the schema (records.cpp).
void DeclareRecords(Context& context, Typer& typer, const syntax::Tree& policy);
// Field ranges and `holds` conditions, once parameters and lets are there (record_conditions.cpp).
void TypeRecordConditions(Context& context, Typer& typer);
// Regions and calendars, as tables of the schema (regions.cpp, calendars.cpp).
void DeclareRegions(Context& context, const std::vector<syntax::Tree>& trees);
void DeclareCalendars(Context& context, const std::vector<syntax::Tree>& trees);
// The header: titles, dates, and, when the facts are known, the reference date (header.cpp).
void TypeHeader(Context& context, Typer& typer, Policies policies);
void TypeReference(Context& context, Typer& typer, Policies policies);
// Parameters and lets, each after those it names (definitions.cpp).
void TypeDefinitions(Context& context, Typer& typer);
// Articles and their items: ids and replacements, then conditions (clauses.cpp).
void DeclareClauses(Context& context, Policies policies);
void TypeClauses(Context& context, Typer& typer);
void TypeDecisions(Context& context, Typer& typer, Policies policies);
// After the decisions (quotas.cpp).
void TypeQuotas(Context& context, Typer& typer, Policies policies);
// Examples, of the policy and of the file beside it (may be null): their facts and what they expect
// (examples.cpp).
void TypeExamples(Context& context, Typer& typer, const syntax::Tree& policy, const syntax::Tree* beside);
// Cycles through clauses, lets and the reference date; facts in use; clauses that no decision reaches
// (reach.cpp).
void CheckCycles(Context& context);
void MarkReached(Context& context);

}  // namespace pol::model
