#include "compiler/lower/lower.h"

#include "compiler/lower/explanations.h"
#include "compiler/lower/prune.h"
#include "compiler/lower/values.h"
#include "compiler/lower/words.h"

namespace pol::lower {

namespace {

using program::kNone;

program::Lifecycle CopyLifecycle(const model::Lifecycle& lifecycle, const source::Files& files) {
  program::Lifecycle copy;
  copy.naming = lifecycle.naming;
  copy.enumeration = lifecycle.enumeration;
  for (const model::LifecycleState& state : lifecycle.states) {
    copy.states.push_back({state.clause.index, state.phase, state.at_event, state.barred_for_good});
  }
  for (const model::Duty& duty : lifecycle.duties) {
    program::Duty owed;
    owed.naming = duty.naming;
    owed.clause = duty.clause.index;
    owed.recurring = duty.recurring;
    owed.place = PlaceOf(files, duty.range);
    copy.duties.push_back(std::move(owed));
  }
  copy.place = PlaceOf(files, lifecycle.range);
  return copy;
}

program::Quota CopyQuota(const model::Quota& quota, const source::Files& files) {
  program::Quota copy;
  copy.naming = quota.naming;
  copy.clause = quota.clause.index;
  copy.has_least = quota.least.has_value();
  copy.has_most = quota.most.has_value();
  if (quota.least) copy.least = {quota.least->str(), "1"};
  if (quota.most) copy.most = {quota.most->str(), "1"};
  copy.place = PlaceOf(files, quota.range);
  return copy;
}

program::Score CopyScore(const model::Score& score, const source::Files& files) {
  program::Score copy;
  copy.naming = score.naming;
  copy.clause = score.clause.index;
  copy.place = PlaceOf(files, score.range);
  for (const model::ScoreItem& item : score.items) {
    program::ScoreItem one;
    one.naming = item.naming;
    one.clause = item.clause.index;
    copy.items.push_back(std::move(one));
  }
  return copy;
}

void CopyDeclarations(const model::Model& model, const source::Files& files, program::Program& program) {
  program.policy = model.policy;
  program.schema = model.schema;
  for (const model::Holds& holds : model.holds) {
    program.holds.push_back({kNone, WordsOf(files, model.InfoOf(holds.condition).range), holds.label});
  }
  for (const model::Clause& clause : model.clauses) {
    program::Clause copy;
    copy.id = clause.id;
    copy.naming = clause.naming;
    copy.kind = clause.kind;
    copy.text = clause.text;
    copy.parent = clause.parent.index;
    copy.place = PlaceOf(files, clause.range);
    program.clauses.push_back(std::move(copy));
  }
  for (const model::Decision& decision : model.decisions) {
    program::Decision copy;
    copy.naming = decision.naming;
    copy.outcomes = decision.outcomes;
    program.decisions.push_back(std::move(copy));
  }
  for (const model::Grant& grant : model.grants) {
    program::Grant copy;
    copy.naming = grant.naming;
    copy.type = grant.type;
    copy.clause = grant.clause.index;
    copy.place = PlaceOf(files, grant.range);
    program.grants.push_back(std::move(copy));
  }
  for (const model::Quota& quota : model.quotas) program.quotas.push_back(CopyQuota(quota, files));
  for (const model::Score& score : model.scores) program.scores.push_back(CopyScore(score, files));
  program.machines = model.machines;
  for (const model::Lifecycle& lifecycle : model.lifecycles) {
    program.lifecycles.push_back(CopyLifecycle(lifecycle, files));
  }
}

void LowerScore(const model::Score& score, Values& values, program::Score& lowered) {
  lowered.value = values.Lower(score.value);
  lowered.sum = values.Lower(score.sum);
  // Shown though the points may be made of their branches only.
  for (const model::Limit& limit : score.limits) values.Lower(limit.bound);
  for (std::size_t at = 0; at < score.items.size(); ++at) {
    lowered.items[at].value = values.Lower(score.items[at].value);
    values.Lower(score.items[at].points);
    for (const model::Limit& limit : score.items[at].limits) values.Lower(limit.bound);
  }
}

void LowerLifecycle(const model::Lifecycle& lifecycle, Values& values, program::Lifecycle& lowered) {
  const auto lower = [&](model::ExpressionId id) { return id.valid() ? values.Lower(id) : kNone; };
  lowered.state = lower(lifecycle.state);
  lowered.since = lower(lifecycle.since);
  lowered.start = lower(lifecycle.start);
  lowered.expiry = lower(lifecycle.expiry);
  lowered.barred = lower(lifecycle.barred);
  lowered.barred_until = lower(lifecycle.barred_until);
  for (std::size_t index = 0; index < lifecycle.duties.size(); ++index) {
    const model::Duty& duty = lifecycle.duties[index];
    program::Duty& copy = lowered.duties[index];
    copy.owed = lower(duty.owed);
    copy.due = lower(duty.due);
    copy.nominal = lower(duty.nominal);
    copy.met = lower(duty.met);
    copy.met_on = lower(duty.met_on);
    copy.missed = lower(duty.missed);
  }
  for (const model::LifecycleTrigger& trigger : lifecycle.triggers) values.Lower(trigger.condition);
}

void LowerOutputs(const model::Model& model, const source::Files& files, program::Program& program) {
  Values values(model, program);
  for (std::uint32_t index = 0; index < model.clauses.size(); ++index) {
    const ClauseRegisters& registers = values.Lower(model::ClauseId{index});
    program.clauses[index].value = registers.value;
    program.clauses[index].principle = registers.principle;
  }
  for (std::uint32_t index = 0; index < model.decisions.size(); ++index) {
    program.decisions[index].value = values.LowerDecision(model.decisions[index]);
  }
  for (std::uint32_t index = 0; index < model.grants.size(); ++index) {
    program.grants[index].value = values.Lower(model.grants[index].value);
    // Shown though the amount may be made of its branches only.
    for (const model::Limit& limit : model.grants[index].limits) values.Lower(limit.bound);
  }
  for (std::uint32_t index = 0; index < model.quotas.size(); ++index) {
    program.quotas[index].condition = values.Lower(model.quotas[index].condition);
  }
  for (std::uint32_t index = 0; index < model.scores.size(); ++index) {
    LowerScore(model.scores[index], values, program.scores[index]);
  }
  for (std::uint32_t index = 0; index < model.lifecycles.size(); ++index) {
    LowerLifecycle(model.lifecycles[index], values, program.lifecycles[index]);
  }
  Explanations explanations(model, files, values, program);
  for (std::uint32_t index = 0; index < model.clauses.size(); ++index) {
    program.clauses[index].explanation = explanations.OfClause(model::ClauseId{index});
  }
  for (std::uint32_t index = 0; index < model.decisions.size(); ++index) {
    program.decisions[index].explanation = explanations.OfDecision(index);
  }
  for (std::uint32_t index = 0; index < model.grants.size(); ++index) explanations.OfGrant(index);
  for (std::uint32_t index = 0; index < model.scores.size(); ++index) explanations.OfScore(index);
  for (std::uint32_t index = 0; index < model.lifecycles.size(); ++index) explanations.OfLifecycle(index);
}

}  // namespace

program::Program Lower(const model::Model& model, const source::Files& files) {
  program::Program program;
  CopyDeclarations(model, files, program);
  LowerOutputs(model, files, program);
  Prune(program);
  FindMadeOf(program);
  MarkUsedFacts(program);
  return program;
}

}  // namespace pol::lower
