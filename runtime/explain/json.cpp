// Explanations as JSON: stable keys in English, wordings in the reader's language, numbers as exact strings.
#include <string>
#include <string_view>

#include "runtime/calendar/date.h"
#include "runtime/explain/explain.h"
#include "runtime/explain/outcome.h"
#include "runtime/explain/phrases.h"
#include "runtime/program/instruction_info.h"

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

 private:
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
    if (!finding.judged) return "null";
    if (finding.result == engine::Truth::kUnknown) return "\"unknown\"";
    return finding.result == engine::Truth::kTrue ? "true" : "false";
  }

  const Reading& reading_;
  JsonWriter& json_;
};

// The as-of date, where the program asks for it and the run gave one.
std::string AsOfDate(const Reading& reading) {
  for (std::uint32_t value = 0; value < reading.program.instructions.size(); ++value) {
    if (reading.program.instructions[value].opcode != program::Opcode::kAsOf) continue;
    if (reading.DomainOf(value) != 0) continue;
    const auto date = reading.registers.CodeAt(value, reading.row);
    return date ? calendar::ToText(*date) : std::string();
  }
  return {};
}

}  // namespace

std::string ToJson(const program::Program& program, const records::Batch& batch,
                   const engine::Registers& registers, std::uint32_t row, Language language) {
  const Reading reading{program, batch, registers, row, language};
  JsonWriter json;
  ReasonWriter reasons(reading, json);
  json.Open('{');
  json.Field("key", batch.keys[row]);
  json.Field("policy", program.policy.name);
  if (const std::string date = AsOfDate(reading); !date.empty()) json.Field("as_of", date);
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
  json.Close('}');
  return json.Take();
}

}  // namespace pol::explain
