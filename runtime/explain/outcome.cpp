#include "runtime/explain/outcome.h"

#include <span>

#include "runtime/explain/phrases.h"
#include "runtime/explain/show_value.h"
#include "runtime/number/decimal.h"

namespace pol::explain {

using program::kNone;

namespace {

std::string ShowNeed(const Reading& reading, const engine::Need& need) {
  if (need.as_of) return Say(Phrase::kNoAsOf, reading.language);
  if (need.reason != kNone) {
    Cause cause;
    cause.kind = CauseKind::kPolicy;
    cause.index = need.reason;
    return Show(reading, cause);
  }
  if (need.fact != kNone) return ShowFactName(reading, need.fact, need.year, 0);
  if (need.domain == kNone) return {};
  return NameIn(reading.program.schema.domains[need.domain].naming, reading.language);
}

// What decided an output, and what it waits for. `clause` is a reason whatever else is.
void TellReasons(const Reading& reading, std::uint32_t value, std::uint32_t clause,
                 std::vector<std::string>& because, std::vector<std::string>& needs) {
  const engine::Relevance relevance = engine::Sweep(reading.program, reading.batch, reading.registers,
                                                    std::span<const std::uint32_t>(&value, 1));
  for (std::size_t index = 0; index < relevance.because.size(); ++index) {
    const bool carries = relevance.because[index][reading.row] || index == clause;
    if (carries) because.push_back(reading.program.clauses[index].id);
  }
  needs = ShowNeeds(reading, relevance);
}

ToldDecision TellDecision(const Reading& reading, const program::Decision& decision) {
  ToldDecision told;
  told.decision = &decision;
  const auto code = reading.registers.CodeAt(decision.value, reading.row);
  if (code && *code >= 0 && static_cast<std::size_t>(*code) < decision.outcomes.size()) {
    told.outcome = &decision.outcomes[static_cast<std::size_t>(*code)];
  }
  TellReasons(reading, decision.value, kNone, told.because, told.needs);
  told.findings = Narrator(reading).Tell(decision);
  return told;
}

ToldGrant TellGrant(const Reading& reading, const program::Grant& grant) {
  ToldGrant told;
  told.grant = &grant;
  if (const auto amount = reading.registers.NumberAt(grant.value, reading.row)) {
    told.shown = ShowNumber(grant.type, *amount, reading.language);
    told.exact = number::ToText(*amount);
  }
  TellReasons(reading, grant.value, grant.clause, told.because, told.needs);
  told.findings = Narrator(reading).Tell(grant);
  return told;
}

ToldScore TellScore(const Reading& reading, const program::Score& score) {
  ToldScore told;
  told.score = &score;
  if (const auto points = reading.registers.NumberAt(score.value, reading.row)) {
    const program::ValueType number{program::ValueKind::kNumber, {}, kNone};
    told.shown = ShowNumber(number, *points, reading.language);
    told.exact = number::ToText(*points);
  }
  TellReasons(reading, score.value, score.clause, told.because, told.needs);
  Narrator narrator(reading);
  for (const program::ScoreItem& item : score.items) told.items.push_back(narrator.Tell(item));
  told.findings = narrator.Tell(score);
  return told;
}

}  // namespace

std::vector<std::string> ShowNeeds(const Reading& reading, const engine::Relevance& relevance) {
  std::vector<std::string> needs;
  for (const engine::Need& need : relevance.needs[reading.row]) {
    std::string shown = ShowNeed(reading, need);
    if (!shown.empty()) needs.push_back(std::move(shown));
  }
  return needs;
}

std::vector<ToldDecision> TellDecisions(const Reading& reading) {
  std::vector<ToldDecision> told;
  told.reserve(reading.program.decisions.size());
  for (const program::Decision& decision : reading.program.decisions) {
    told.push_back(TellDecision(reading, decision));
  }
  return told;
}

std::vector<ToldGrant> TellGrants(const Reading& reading) {
  std::vector<ToldGrant> told;
  told.reserve(reading.program.grants.size());
  for (const program::Grant& grant : reading.program.grants) told.push_back(TellGrant(reading, grant));
  return told;
}

std::vector<ToldScore> TellScores(const Reading& reading) {
  std::vector<ToldScore> told;
  told.reserve(reading.program.scores.size());
  for (const program::Score& score : reading.program.scores) told.push_back(TellScore(reading, score));
  return told;
}

}  // namespace pol::explain
