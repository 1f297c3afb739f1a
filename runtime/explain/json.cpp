// Explanations as JSON: stable keys in English, wordings in the reader's language, numbers as exact strings.
#include <optional>
#include <string>
#include <string_view>

#include "runtime/calendar/date.h"
#include "runtime/explain/explain.h"
#include "runtime/explain/lifecycle.h"
#include "runtime/explain/outcome.h"
#include "runtime/explain/phrases.h"

namespace pol::explain {

namespace {

// Writes JSON as it comes: the caller opens and closes, the commas are put here.
class JsonWriter {
 public:
  void Open(char bracket) {
    Separate();
    text_ += bracket;
    fresh_ = true;
  }
  void Close(char bracket) {
    text_ += bracket;
    fresh_ = false;
  }
  void Key(std::string_view key) {
    String(key);
    text_ += ':';
    fresh_ = true;
  }
  void String(std::string_view value) {
    Separate();
    text_ += '"';
    for (const char byte : value) Escape(byte);
    text_ += '"';
    fresh_ = false;
  }
  void Bare(std::string_view value) {
    Separate();
    text_ += value;
    fresh_ = false;
  }
  void Field(std::string_view key, std::string_view value) {
    Key(key);
    String(value);
  }
  void FieldOrNull(std::string_view key, std::string_view value) {
    Key(key);
    value.empty() ? Bare("null") : String(value);
  }
  void Strings(std::string_view key, const std::vector<std::string>& values) {
    Key(key);
    Open('[');
    for (const std::string& value : values) String(value);
    Close(']');
  }
  std::string Take() { return std::move(text_); }

 private:
  void Separate() {
    if (!fresh_) text_ += ',';
    fresh_ = false;
  }
  void Escape(char byte) {
    constexpr std::string_view kHex = "0123456789abcdef";
    const auto code = static_cast<unsigned char>(byte);
    if (byte == '"' || byte == '\\') {
      text_ += '\\';
      text_ += byte;
    } else if (code < 0x20) {
      text_ += "\\u00";
      text_ += kHex[code / 16];
      text_ += kHex[code % 16];
    } else {
      text_ += byte;
    }
  }

  std::string text_;
  bool fresh_ = true;
};

class ReasonWriter {
 public:
  ReasonWriter(const Reading& reading, JsonWriter& json) : reading_(reading), json_(json) {}

  void Write(const ToldDecision& told) {
    json_.Open('{');
    json_.Field("name", told.decision->naming.name);
    json_.FieldOrNull("label", told.decision->naming.label);
    json_.Field("outcome", told.outcome != nullptr ? told.outcome->name : "undetermined");
    json_.Strings("because", told.because);
    json_.Strings("needs", told.needs);
    Write("reasons", told.findings);
    json_.Close('}');
  }

  void Write(const ToldGrant& told) {
    json_.Open('{');
    json_.Field("name", told.grant->naming.name);
    json_.FieldOrNull("label", told.grant->naming.label);
    json_.FieldOrNull("amount", told.exact);
    json_.Field("currency", told.grant->type.currency);
    json_.Field("clause", reading_.program.clauses[told.grant->clause].id);
    json_.Strings("because", told.because);
    json_.Strings("needs", told.needs);
    Write("reasons", told.findings);
    json_.Close('}');
  }

  void Write(const ToldScore& told) {
    json_.Open('{');
    json_.Field("name", told.score->naming.name);
    json_.FieldOrNull("label", told.score->naming.label);
    json_.FieldOrNull("score", told.exact);
    json_.Field("clause", reading_.program.clauses[told.score->clause].id);
    json_.Key("items");
    json_.Open('[');
    for (std::size_t at = 0; at < told.items.size(); ++at) {
      Write(told.score->items[at], told.items[at]);
    }
    json_.Close(']');
    json_.Strings("because", told.because);
    json_.Strings("needs", told.needs);
    Write("reasons", told.findings);
    json_.Close('}');
  }

  void Write(const ToldLifecycle& told) {
    const engine::LifecycleStanding& standing = told.standing;
    json_.Open('{');
    json_.Field("name", told.lifecycle->naming.name);
    json_.FieldOrNull("label", told.lifecycle->naming.label);
    json_.Field("state", told.state != nullptr ? told.state->name : "undetermined");
    json_.FieldOrNull("state_label", told.state != nullptr ? told.state->label : std::string());
    Clause(standing.clause);
    Date("since", standing.since);
    Date("start", standing.start);
    Date("expiry", standing.expiry);
    json_.Key("barred");
    json_.Bare(Name(standing.barred));
    json_.Key("barred_for_good");
    json_.Bare(standing.barred_for_good ? "true" : "false");
    Date("barred_until", standing.barred_until);
    json_.Key("next");
    standing.next ? Write(told, *standing.next) : json_.Bare("null");
    json_.Key("duties");
    json_.Open('[');
    for (std::size_t at = 0; at < told.duties.size(); ++at) Write(told, at);
    json_.Close(']');
    json_.Strings("because", told.because);
    json_.Strings("needs", told.needs);
    Write("reasons", told.reasons);
    json_.Close('}');
  }

 private:
  void Write(const program::ScoreItem& item, const Finding& told) {
    json_.Open('{');
    json_.Field("name", item.naming.name);
    json_.FieldOrNull("label", item.naming.label);
    json_.FieldOrNull(
        "clause", item.clause == program::kNone ? std::string() : reading_.program.clauses[item.clause].id);
    json_.FieldOrNull("points", told.value);
    Write("reasons", told.children);
    json_.Close('}');
  }
  void Date(std::string_view key, const std::optional<std::int32_t>& date) {
    json_.FieldOrNull(key, date ? calendar::ToText(*date) : std::string());
  }
  void Clause(std::uint32_t index) {
    const bool none = index == program::kNone;
    const program::Clause clause = none ? program::Clause{} : reading_.program.clauses[index];
    json_.FieldOrNull("clause", clause.id);
    json_.FieldOrNull("place", clause.place.file.empty()
                                   ? std::string()
                                   : clause.place.file + ":" + std::to_string(clause.place.line));
  }
  void Write(const ToldLifecycle& told, std::size_t at) {
    const engine::DutyStanding& duty = told.standing.duties[at];
    const program::Duty& owed = told.lifecycle->duties[duty.duty];
    json_.Open('{');
    json_.Field("name", owed.naming.name);
    json_.FieldOrNull("label", owed.naming.label);
    json_.Key("year");
    json_.Bare(duty.year == 0 ? "null" : std::to_string(duty.year));
    Clause(owed.clause);
    json_.Field("status", Name(duty.status));
    Date("due", duty.due);
    json_.Key("may_move");
    json_.Bare(duty.may_move ? "true" : "false");
    Date("met_on", duty.met_on);
    json_.Field("text", told.duties[at].line);
    json_.Strings("unknown_because", told.duties[at].unknown_because);
    json_.Close('}');
  }
  void Write(std::string_view key, const std::vector<Finding>& findings) {
    json_.Key(key);
    json_.Open('[');
    for (const Finding& finding : findings) Write(finding);
    json_.Close(']');
  }
  void Write(const Finding& finding) {
    json_.Open('{');
    json_.FieldOrNull("clause", finding.clause == program::kNone
                                    ? std::string_view()
                                    : std::string_view(reading_.program.clauses[finding.clause].id));
    json_.FieldOrNull("label", finding.label);
    json_.Key("result");
    json_.Bare(ResultOf(finding));
    if (finding.waiver != WaiverNeed::kNotInPrinciple) {
      json_.Key("needs_waiver");
      json_.Bare(Name(finding.waiver));
    }
    json_.Field("text", finding.line);
    json_.FieldOrNull("condition", finding.condition);
    json_.FieldOrNull("value", finding.value);
    json_.FieldOrNull("threshold", finding.threshold);
    json_.FieldOrNull("margin", finding.margin);
    json_.FieldOrNull("margin_of", finding.margin_of);
    json_.Strings("unknown_because", finding.unknown_because);
    Write("children", finding.children);
    json_.Close('}');
  }
  static std::string_view ResultOf(const Finding& finding) {
    return finding.judged ? Name(finding.result) : "null";
  }
  static std::string_view Name(WaiverNeed waiver) {
    if (waiver == WaiverNeed::kNotKnown) return "\"unknown\"";
    return waiver == WaiverNeed::kNeeded ? "true" : "false";
  }
  static std::string_view Name(engine::Truth truth) {
    if (truth == engine::Truth::kUnknown) return "\"unknown\"";
    return truth == engine::Truth::kTrue ? "true" : "false";
  }
  static std::string_view Name(engine::DutyStatus status) {
    switch (status) {
      case engine::DutyStatus::kMet:
        return "met";
      case engine::DutyStatus::kMetLate:
        return "met_late";
      case engine::DutyStatus::kMissed:
        return "missed";
      case engine::DutyStatus::kOverdue:
        return "overdue";
      case engine::DutyStatus::kDue:
        return "due";
      case engine::DutyStatus::kNotKnown:
        break;
    }
    return "unknown";
  }

  const Reading& reading_;
  JsonWriter& json_;
};

}  // namespace

std::string ToJson(const program::Program& program, const records::Batch& batch,
                   const engine::Registers& registers, std::uint32_t row, Language language) {
  const Reading reading{program, batch, registers, row, language};
  JsonWriter json;
  ReasonWriter reasons(reading, json);
  json.Open('{');
  json.Field("key", batch.keys[row]);
  json.Field("policy", program.policy.name);
  if (const auto date = engine::AsOfDate(program, registers, row)) {
    json.Field("as_of", calendar::ToText(*date));
  }
  json.Key("decisions");
  json.Open('[');
  for (const ToldDecision& told : TellDecisions(reading)) reasons.Write(told);
  json.Close(']');
  if (!program.grants.empty()) {
    json.Key("grants");
    json.Open('[');
    for (const ToldGrant& told : TellGrants(reading)) reasons.Write(told);
    json.Close(']');
  }
  if (!program.scores.empty()) {
    json.Key("scores");
    json.Open('[');
    for (const ToldScore& told : TellScores(reading)) reasons.Write(told);
    json.Close(']');
  }
  if (!program.lifecycles.empty()) {
    json.Key("lifecycles");
    json.Open('[');
    for (const ToldLifecycle& told : TellLifecycles(reading)) reasons.Write(told);
    json.Close(']');
  }
  json.Close('}');
  return json.Take();
}

}  // namespace pol::explain
