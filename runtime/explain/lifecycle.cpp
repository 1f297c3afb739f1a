#include "runtime/explain/lifecycle.h"

#include <span>
#include <utility>

#include "runtime/calendar/date.h"
#include "runtime/engine/decide.h"
#include "runtime/explain/outcome.h"
#include "runtime/explain/phrases.h"

namespace pol::explain {

using engine::DutyStanding;
using engine::DutyStatus;
using engine::LifecycleStanding;
using engine::Truth;
using program::kNone;

namespace {

class Teller {
 public:
  Teller(const Reading& reading, const program::Lifecycle& lifecycle, std::optional<std::int32_t> as_of)
      : reading_(reading), lifecycle_(lifecycle), as_of_(as_of) {}

  ToldLifecycle Tell() {
    told_.lifecycle = &lifecycle_;
    told_.standing = engine::StandingOf(reading_.program, lifecycle_, reading_.batch, reading_.registers,
                                        reading_.row, as_of_);
    if (told_.standing.state) {
      told_.state =
          &reading_.program.schema.enumerations[lifecycle_.enumeration].members[*told_.standing.state];
    }
    TellReasons();
    TellState();
    TellValidity();
    TellBar();
    TellDuties();
    told_.reasons = Narrator(reading_).Tell(lifecycle_, told_.standing.state);
    return std::move(told_);
  }

 private:
  std::string Words(Phrase phrase, std::initializer_list<std::string_view> arguments = {}) const {
    return Say(phrase, reading_.language, arguments);
  }
  static Finding Remark(std::string line) {
    Finding finding;
    finding.judged = false;
    finding.line = std::move(line);
    return finding;
  }
  // "§18 revocation (policy.pol:12)".
  std::string ClauseAt(std::uint32_t index) const {
    const program::Clause& clause = reading_.program.clauses[index];
    const std::string& name = NameIn(clause.naming, reading_.language);
    std::string cited =
        name.empty() ? Words(Phrase::kClause, {clause.id}) : Words(Phrase::kClauseNamed, {clause.id, name});
    if (clause.place.file.empty()) return cited;
    return Words(Phrase::kClauseAt, {cited, clause.place.file, std::to_string(clause.place.line)});
  }

  void TellReasons() {
    engine::Relevance relevance = engine::Sweep(reading_.program, reading_.batch, reading_.registers,
                                                std::span<const std::uint32_t>(&lifecycle_.state, 1));
    engine::CiteStates(reading_.program, lifecycle_, reading_.registers, relevance);
    for (std::size_t index = 0; index < relevance.because.size(); ++index) {
      if (!relevance.because[index][reading_.row]) continue;
      told_.because.push_back(reading_.program.clauses[index].id);
    }
    told_.needs = ShowNeeds(reading_, relevance);
  }

  // Before anything has happened there is neither a date nor a clause.
  void TellState() {
    const LifecycleStanding& standing = told_.standing;
    if (!standing.state) return;
    const bool cited = standing.clause != kNone;
    const std::string clause = cited ? ClauseAt(standing.clause) : std::string();
    if (standing.since) {
      const std::string since = calendar::ToText(*standing.since);
      told_.dates.push_back(
          Remark(cited ? Words(Phrase::kSinceBy, {since, clause}) : Words(Phrase::kSince, {since})));
    } else if (*standing.state != 0) {
      told_.dates.push_back(
          Remark(cited ? Words(Phrase::kSinceUnknownBy, {clause}) : Words(Phrase::kSinceUnknown)));
    } else if (cited) {
      told_.dates.push_back(Remark(Words(Phrase::kByClause, {clause})));
    }
  }

  void TellValidity() {
    const LifecycleStanding& standing = told_.standing;
    const bool started = !standing.state || standing.phase != program::LifecyclePhase::kBefore;
    if (!started || !standing.start) return;
    const std::string start = calendar::ToText(*standing.start);
    if (standing.expiry) {
      told_.dates.push_back(Remark(Words(Phrase::kValidUntil, {start, calendar::ToText(*standing.expiry)})));
    } else {
      const bool endless = lifecycle_.expiry == kNone;
      told_.dates.push_back(Remark(Words(endless ? Phrase::kValidFrom : Phrase::kExpiryUnknown, {start})));
    }
  }

  void TellBar() {
    const LifecycleStanding& standing = told_.standing;
    if (standing.barred == Truth::kFalse) return;
    if (standing.barred == Truth::kUnknown) {
      // Of a state that is not known, the reasons are told once.
      if (standing.state) told_.dates.push_back(Unknown(Phrase::kBarredUnknown, lifecycle_.barred));
    } else if (standing.barred_for_good) {
      told_.dates.push_back(Remark(Words(Phrase::kBarredForGood)));
    } else if (standing.barred_until) {
      told_.dates.push_back(Remark(Words(Phrase::kBarredUntil, {calendar::ToText(*standing.barred_until)})));
    } else {
      told_.dates.push_back(Unknown(Phrase::kBarred, lifecycle_.barred_until));
    }
  }

  Finding Unknown(Phrase phrase, std::uint32_t value) const {
    Finding finding;
    finding.line = Words(phrase);
    if (value != kNone) Narrator(reading_).Explain(finding, value, reading_.row);
    return finding;
  }

  void TellDuties() {
    for (const DutyStanding& duty : told_.standing.duties) told_.duties.push_back(Describe(duty));
  }

  Finding Describe(const DutyStanding& duty) const {
    const std::uint32_t clause = lifecycle_.duties[duty.duty].clause;
    std::string name = ShowDuty(reading_, lifecycle_, duty);
    if (clause != kNone) {
      name = Words(Phrase::kDutyBy, {name, Words(Phrase::kClause, {reading_.program.clauses[clause].id})});
    }
    const std::string due = ShowDueDate(duty, reading_.language);
    Finding finding;
    finding.clause = clause;
    switch (duty.status) {
      case DutyStatus::kMet:
        finding.result = Truth::kTrue;
        finding.line = duty.met_on ? Words(Phrase::kDutyMetOn, {name, calendar::ToText(*duty.met_on)})
                                   : Words(Phrase::kDutyMet, {name});
        return finding;
      case DutyStatus::kMetLate:
        finding.result = Truth::kFalse;
        finding.line = Words(Phrase::kDutyMetLate, {name, calendar::ToText(*duty.met_on), due});
        return finding;
      case DutyStatus::kMissed:
      case DutyStatus::kOverdue:
        finding.result = Truth::kFalse;
        finding.line = Words(duty.status == DutyStatus::kMissed ? Phrase::kDutyMissed : Phrase::kDutyOverdue,
                             {name, due});
        return finding;
      case DutyStatus::kDue:
        finding.judged = false;
        finding.line = Words(Phrase::kDutyDue, {name, due});
        return finding;
      case DutyStatus::kNotKnown:
        break;
    }
    finding.line =
        duty.due ? Words(Phrase::kDutyNotKnownDue, {name, due}) : Words(Phrase::kDutyNotKnown, {name});
    // Why the state is not known is told once, below.
    if (duty.unknown != kNone && duty.unknown != lifecycle_.state) {
      Narrator(reading_).Explain(finding, duty.unknown, duty.lane);
    }
    return finding;
  }

  const Reading& reading_;
  const program::Lifecycle& lifecycle_;
  std::optional<std::int32_t> as_of_;
  ToldLifecycle told_;
};

}  // namespace

std::vector<ToldLifecycle> TellLifecycles(const Reading& reading) {
  std::vector<ToldLifecycle> told;
  told.reserve(reading.program.lifecycles.size());
  const auto as_of = engine::AsOfDate(reading.program, reading.registers, reading.row);
  for (const program::Lifecycle& lifecycle : reading.program.lifecycles) {
    told.push_back(Teller(reading, lifecycle, as_of).Tell());
  }
  return told;
}

std::string ShowDuty(const Reading& reading, const program::Lifecycle& lifecycle, const DutyStanding& duty) {
  const std::string& name = NameIn(lifecycle.duties[duty.duty].naming, reading.language);
  if (duty.year == 0) return name;
  return Say(Phrase::kDutyOfYear, reading.language, {name, std::to_string(duty.year)});
}

std::string ShowDueDate(const DutyStanding& duty, Language language) {
  if (!duty.due) return {};
  const std::string date = calendar::ToText(*duty.due);
  return duty.may_move ? Say(Phrase::kMayMove, language, {date}) : date;
}

std::optional<std::string> ShowMissed(const Reading& reading, std::uint32_t value, std::uint32_t lane) {
  for (const program::Lifecycle& lifecycle : reading.program.lifecycles) {
    for (const program::Duty& duty : lifecycle.duties) {
      if (value == kNone || duty.missed != value) continue;
      const std::string& name = NameIn(duty.naming, reading.language);
      const Truth missed = reading.registers.TruthAt(value, lane);
      if (missed == Truth::kUnknown) return Say(Phrase::kDutyMaybeMissed, reading.language, {name});
      auto due = reading.registers.CodeAt(duty.due, lane);
      if (!due) due = reading.registers.CodeAt(duty.nominal, lane);
      if (reading.registers.TruthAt(duty.owed, lane) == Truth::kFalse || !due)
        return Say(Phrase::kDutyNotOwed, reading.language, {name});
      return Say(missed == Truth::kTrue ? Phrase::kDutyWasMissed : Phrase::kDutyNotMissed, reading.language,
                 {name, calendar::ToText(*due)});
    }
  }
  return std::nullopt;
}

std::vector<Finding> Narrator::Tell(const program::Lifecycle& lifecycle, std::optional<std::uint32_t> state) {
  Findings findings;
  if (lifecycle.explanation == kNone) return findings;
  const auto& members = reading_.program.schema.enumerations[lifecycle.enumeration].members;
  for (const std::uint32_t ending : At(lifecycle.explanation).children) {
    const Truth result = ResultOf(At(ending), reading_.row);
    const bool told = state ? result == Truth::kTrue && At(ending).words == members[*state].name
                            : result == Truth::kUnknown;
    if (told) findings.push_back(One(ending, reading_.row, Sense::kWanted));
  }
  return findings;
}

}  // namespace pol::explain
