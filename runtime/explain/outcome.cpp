#include "runtime/explain/outcome.h"

#include <span>

#include "runtime/explain/phrases.h"

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

ToldDecision TellDecision(const Reading& reading, const program::Decision& decision) {
  ToldDecision told;
  told.decision = &decision;
  const auto code = reading.registers.CodeAt(decision.value, reading.row);
  if (code && *code >= 0 && static_cast<std::size_t>(*code) < decision.outcomes.size()) {
    told.outcome = &decision.outcomes[static_cast<std::size_t>(*code)];
  }
  const engine::Relevance relevance = engine::Sweep(reading.program, reading.batch, reading.registers,
                                                    std::span<const std::uint32_t>(&decision.value, 1));
  for (std::size_t clause = 0; clause < relevance.because.size(); ++clause) {
    if (relevance.because[clause][reading.row]) told.because.push_back(reading.program.clauses[clause].id);
  }
  for (const engine::Need& need : relevance.needs[reading.row]) {
    std::string shown = ShowNeed(reading, need);
    if (!shown.empty()) told.needs.push_back(std::move(shown));
  }
  told.findings = Narrator(reading).Tell(decision);
  return told;
}

}  // namespace

std::vector<ToldDecision> TellDecisions(const Reading& reading) {
  std::vector<ToldDecision> told;
  for (const program::Decision& decision : reading.program.decisions) {
    told.push_back(TellDecision(reading, decision));
  }
  return told;
}

}  // namespace pol::explain
