// Explanations as text for a terminal.
#include <string>

#include "runtime/explain/explain.h"
#include "runtime/explain/lifecycle.h"
#include "runtime/explain/outcome.h"
#include "runtime/explain/phrases.h"

namespace pol::explain {

namespace {

// What the reader looks for first: is it as the policy wants it?
std::string_view MarkOf(const Finding& finding) {
  if (!finding.judged) return "·";
  if (finding.waiver == WaiverNeed::kNeeded) return "!";
  if (finding.waiver == WaiverNeed::kNotKnown) return "?";
  if (finding.result == engine::Truth::kUnknown) return "?";
  const bool wanted = finding.sense != Sense::kUnwanted;
  return (finding.result == engine::Truth::kTrue) == wanted ? "✓" : "✗";
}

class TextWriter {
 public:
  explicit TextWriter(Language language) : language_(language) {}

  void Write(const ToldDecision& told) {
    const std::string outcome =
        told.outcome != nullptr ? NameIn(*told.outcome, language_) : Say(Phrase::kUndetermined, language_);
    Line(0, Say(Phrase::kOutcomeLine, language_, {NameIn(told.decision->naming, language_), outcome}));
    WriteReasons(told.because, told.findings, told.needs);
  }
  void Write(const ToldGrant& told) {
    const std::string amount = told.shown.empty() ? Say(Phrase::kUndetermined, language_) : told.shown;
    Line(0, Say(Phrase::kOutcomeLine, language_, {NameIn(told.grant->naming, language_), amount}));
    WriteReasons(told.because, told.findings, told.needs);
  }
  void Write(const ToldScore& told) {
    const std::string points = told.shown.empty() ? Say(Phrase::kUndetermined, language_) : told.shown;
    Line(0, Say(Phrase::kOutcomeLine, language_, {NameIn(told.score->naming, language_), points}));
    std::vector<Finding> findings = told.items;
    findings.insert(findings.end(), told.findings.begin(), told.findings.end());
    WriteReasons(told.because, findings, told.needs);
  }
  void Write(const ToldLifecycle& told) {
    const std::string state =
        told.state != nullptr ? NameIn(*told.state, language_) : Say(Phrase::kUndetermined, language_);
    Line(0, Say(Phrase::kOutcomeLine, language_, {NameIn(told.lifecycle->naming, language_), state}));
    std::vector<Finding> findings = told.dates;
    for (std::size_t at = 0; at < told.duties.size(); ++at) {
      if (told.standing.duties[at].later) continue;
      Finding& finding = findings.emplace_back(told.duties[at]);
      if (told.standing.next == at) finding.line = Say(Phrase::kNextDuty, language_, {finding.line});
    }
    findings.insert(findings.end(), told.reasons.begin(), told.reasons.end());
    WriteReasons(told.because, findings, told.needs);
  }
  void Line(std::size_t depth, std::string_view text) { text_.append(depth * 2, ' ').append(text) += '\n'; }
  std::string Take() { return std::move(text_); }

 private:
  void WriteReasons(const std::vector<std::string>& because, const std::vector<Finding>& findings,
                    const std::vector<std::string>& needs) {
    if (!because.empty()) Line(1, Say(Phrase::kBecause, language_, {Clauses(because)}));
    for (const Finding& finding : findings) Write(finding, 1);
    if (!needs.empty()) Line(1, Say(Phrase::kNeeds, language_, {SayList(needs, language_)}));
  }
  std::string Clauses(const std::vector<std::string>& ids) const {
    std::vector<std::string> clauses;
    clauses.reserve(ids.size());
    for (const std::string& id : ids) clauses.push_back(Say(Phrase::kClause, language_, {id}));
    return SayList(clauses, language_);
  }
  // Findings nest at most as deep as the verifier lets explanations be.
  void Write(const Finding& finding, std::size_t depth) {
    Line(depth, std::string(MarkOf(finding)) + " " + finding.line);
    if (!finding.unknown_because.empty()) {
      std::string reasons;
      for (const std::string& reason : finding.unknown_because) {
        if (!reasons.empty()) reasons += Say(Phrase::kPartComma, language_);
        reasons += reason;
      }
      Line(depth + 2, Say(Phrase::kUnknownBecause, language_, {reasons}));
    }
    for (const Finding& child : finding.children) Write(child, depth + 1);
  }

  Language language_;
  std::string text_;
};

}  // namespace

std::string ToText(const program::Program& program, const records::Batch& batch,
                   const engine::Registers& registers, std::uint32_t row, Language language) {
  const Reading reading{program, batch, registers, row, language};
  TextWriter writer(language);
  writer.Line(0, batch.keys[row]);
  for (const ToldDecision& told : TellDecisions(reading)) writer.Write(told);
  for (const ToldGrant& told : TellGrants(reading)) writer.Write(told);
  for (const ToldScore& told : TellScores(reading)) writer.Write(told);
  for (const ToldLifecycle& told : TellLifecycles(reading)) writer.Write(told);
  return writer.Take();
}

}  // namespace pol::explain
