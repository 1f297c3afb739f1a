// The columns of a set: the union of the versions' own, in the order in which they came into force.
#include <algorithm>
#include <utility>

#include "compiler/source/map_each.h"
#include "polc/set_run.h"

namespace polc {
namespace {

using pol::engine::kUndetermined;
using pol::program::kNone;
using pol::program::Naming;

// The index of what is called so; past the end when there is none.
template <typename Named>
std::uint32_t IndexOf(const std::vector<Named>& list, const std::string& name) {
  const auto place = std::ranges::find_if(list, [&](const Named& one) { return one.naming.name == name; });
  return static_cast<std::uint32_t>(place - list.begin());
}

// Where the outcome is, or is added, among those known.
std::int32_t CodeIn(std::vector<Naming>& known, const Naming& outcome) {
  const auto place = std::ranges::find(known, outcome.name, &Naming::name);
  const auto code = static_cast<std::int32_t>(place - known.begin());
  if (place == known.end()) known.push_back(outcome);
  return code;
}

std::vector<std::int32_t> CodesIn(std::vector<Naming>& known, const std::vector<Naming>& outcomes) {
  return pol::MapEach(outcomes, [&](const Naming& outcome) { return CodeIn(known, outcome); });
}

std::uint32_t MovedBy(std::uint32_t index, std::uint32_t by) { return index == kNone ? kNone : index + by; }

const Naming kNothing{"none", "未设", {}};

}  // namespace

SetOutcomes::SetOutcomes(const PolicySet& set) {
  program_.policy = set.latest().program.policy;
  pol::program::Decision version;
  version.naming = {kVersionColumn, "版本", {}};
  for (const PolicyVersion& one : set.versions) version.outcomes.push_back({one.name, "", {}});
  version.outcomes.push_back({"before_first", "早于首个版本", {}});
  program_.decisions.push_back(std::move(version));
  for (const PolicyVersion& one : set.versions) {
    Parts parts;
    AddSchema(one.program, parts);
    AddClauses(one.program, parts);
    AddColumns(one.program, parts);
    parts_.push_back(std::move(parts));
  }
  program_.schema.key_fact = parts_.back().facts + set.latest().program.schema.key_fact;
  AddMissing();
}

void SetOutcomes::AddSchema(const pol::program::Program& version, Parts& parts) {
  pol::program::Schema& all = program_.schema;
  parts.facts = static_cast<std::uint32_t>(all.facts.size());
  parts.domains = static_cast<std::uint32_t>(all.domains.size());
  parts.enumerations = static_cast<std::uint32_t>(all.enumerations.size());
  all.domains.insert(all.domains.end(), version.schema.domains.begin(), version.schema.domains.end());
  all.enumerations.insert(all.enumerations.end(), version.schema.enumerations.begin(),
                          version.schema.enumerations.end());
  for (pol::program::Fact fact : version.schema.facts) {
    fact.domain += parts.domains;
    fact.type.enumeration = MovedBy(fact.type.enumeration, parts.enumerations);
    all.facts.push_back(std::move(fact));
  }
}

void SetOutcomes::AddClauses(const pol::program::Program& version, Parts& parts) {
  parts.clauses = static_cast<std::uint32_t>(program_.clauses.size());
  parts.reasons = static_cast<std::uint32_t>(program_.reasons.size());
  program_.clauses.insert(program_.clauses.end(), version.clauses.begin(), version.clauses.end());
  for (pol::program::Reason reason : version.reasons) {
    reason.clause = MovedBy(reason.clause, parts.clauses);
    reason.other = MovedBy(reason.other, parts.clauses);
    program_.reasons.push_back(std::move(reason));
  }
}

void SetOutcomes::AddColumns(const pol::program::Program& version, Parts& parts) {
  for (const pol::program::Decision& decision : version.decisions) {
    const std::uint32_t column = IndexOf(program_.decisions, decision.naming.name);
    if (column == program_.decisions.size()) program_.decisions.push_back({decision.naming, {}});
    parts.decisions.push_back({column, CodesIn(program_.decisions[column].outcomes, decision.outcomes)});
  }
  for (const pol::program::Grant& grant : version.grants) {
    const std::uint32_t column = IndexOf(program_.grants, grant.naming.name);
    if (column == program_.grants.size()) program_.grants.push_back(grant);
    parts.grants.push_back({column, {}});
  }
  for (const pol::program::Score& score : version.scores) {
    const std::uint32_t column = IndexOf(program_.scores, score.naming.name);
    if (column == program_.scores.size()) program_.scores.push_back(score);
    parts.scores.push_back({column, {}});
  }
  for (const pol::program::Lifecycle& lifecycle : version.lifecycles) {
    const std::uint32_t column = IndexOf(program_.lifecycles, lifecycle.naming.name);
    if (column == program_.lifecycles.size()) {
      pol::program::Lifecycle fresh;
      fresh.naming = lifecycle.naming;
      fresh.enumeration = static_cast<std::uint32_t>(program_.schema.enumerations.size());
      program_.schema.enumerations.push_back({lifecycle.naming, false, {}});
      program_.lifecycles.push_back(std::move(fresh));
    }
    std::vector<Naming>& states =
        program_.schema.enumerations[program_.lifecycles[column].enumeration].members;
    parts.lifecycles.push_back(
        {column, CodesIn(states, version.schema.enumerations[lifecycle.enumeration].members)});
  }
}

// A version without such a decision gives it an outcome of its own.
void SetOutcomes::AddMissing() {
  const auto some_lack = [&](std::uint32_t column, std::vector<Column> Parts::*list) {
    return std::ranges::any_of(parts_, [&](const Parts& parts) {
      return std::ranges::find(parts.*list, column, &Column::column) == (parts.*list).end();
    });
  };
  no_decision_.push_back(kUndetermined);
  for (std::uint32_t at = 1; at < program_.decisions.size(); ++at) {
    std::vector<Naming>& outcomes = program_.decisions[at].outcomes;
    no_decision_.push_back(some_lack(at, &Parts::decisions) ? CodeIn(outcomes, kNothing) : kUndetermined);
  }
  for (std::uint32_t at = 0; at < program_.lifecycles.size(); ++at) {
    std::vector<Naming>& states = program_.schema.enumerations[program_.lifecycles[at].enumeration].members;
    no_lifecycle_.push_back(some_lack(at, &Parts::lifecycles) ? CodeIn(states, kNothing) : kUndetermined);
    program_.lifecycles[at].states.resize(states.size());
  }
}

pol::engine::Need SetOutcomes::Moved(pol::engine::Need need, const Parts& parts) const {
  need.fact = MovedBy(need.fact, parts.facts);
  need.domain = MovedBy(need.domain, parts.domains);
  need.reason = MovedBy(need.reason, parts.reasons);
  return need;
}

pol::engine::Decided SetOutcomes::Merge(
    const SetBatch& batch, const std::vector<std::optional<pol::engine::Decided>>& decided) const {
  const auto rows = static_cast<std::uint32_t>(batch.versions.size());
  pol::engine::Decided merged;
  merged.outcomes.assign(program_.decisions.size(), std::vector<std::int32_t>(rows, kUndetermined));
  merged.amounts.assign(program_.grants.size(), std::vector<std::optional<pol::engine::Rational>>(rows));
  merged.scores.assign(program_.scores.size(), std::vector<std::optional<pol::engine::Rational>>(rows));
  merged.states.assign(program_.lifecycles.size(), std::vector<std::int32_t>(rows, kUndetermined));
  merged.relevance.because.assign(program_.clauses.size(), pol::engine::Bits(rows, false));
  merged.relevance.needs.resize(rows);
  merged.waivers.resize(rows);
  for (std::uint32_t row = 0; row < rows; ++row) {
    const std::int32_t version = batch.versions[row];
    merged.outcomes[0][row] = version;
    const bool decides = version != kUndetermined && static_cast<std::size_t>(version) < parts_.size();
    if (decides) {
      const auto at = static_cast<std::size_t>(version);
      Take(*decided[at], parts_[at], row, merged);
    } else if (row < batch.why.needs.size()) {
      for (const pol::engine::Need& need : batch.why.needs[row])
        merged.relevance.needs[row].push_back(Moved(need, parts_.back()));
    }
  }
  return merged;
}

void SetOutcomes::Take(const pol::engine::Decided& from, const Parts& parts, std::uint32_t row,
                       pol::engine::Decided& to) const {
  for (std::size_t at = 1; at < no_decision_.size(); ++at) to.outcomes[at][row] = no_decision_[at];
  for (std::size_t at = 0; at < no_lifecycle_.size(); ++at) to.states[at][row] = no_lifecycle_[at];
  for (auto& amounts : to.amounts) amounts[row] = 0;
  const auto take = [row](const std::vector<Column>& columns, const auto& results, auto& all) {
    for (std::size_t at = 0; at < columns.size(); ++at) {
      const std::int32_t code = results[at][row];
      all[columns[at].column][row] =
          code == kUndetermined ? kUndetermined : columns[at].codes[static_cast<std::size_t>(code)];
    }
  };
  take(parts.decisions, from.outcomes, to.outcomes);
  take(parts.lifecycles, from.states, to.states);
  for (std::size_t at = 0; at < parts.grants.size(); ++at)
    to.amounts[parts.grants[at].column][row] = from.amounts[at][row];
  for (std::size_t at = 0; at < parts.scores.size(); ++at)
    to.scores[parts.scores[at].column][row] = from.scores[at][row];
  for (std::size_t at = 0; at < from.relevance.because.size(); ++at) {
    const pol::engine::Bits& because = from.relevance.because[at];
    if (because.lanes() > row && because[row]) to.relevance.because[parts.clauses + at].Set(row);
  }
  if (row < from.relevance.needs.size()) {
    for (const pol::engine::Need& need : from.relevance.needs[row])
      to.relevance.needs[row].push_back(Moved(need, parts));
  }
  if (row < from.waivers.size()) {
    for (pol::engine::Waiver waiver : from.waivers[row]) {
      waiver.clause += parts.clauses;
      to.waivers[row].push_back(waiver);
    }
  }
}

}  // namespace polc
