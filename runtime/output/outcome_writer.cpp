#include "runtime/output/outcome_writer.h"

#include <algorithm>
#include <utility>

#include "runtime/number/decimal.h"

namespace pol::output {
namespace {

using program::kNone;

const std::string& Worded(const program::Naming& naming, Wording wording) {
  return wording == Wording::kLabels && !naming.label.empty() ? naming.label : naming.name;
}

std::string Join(const std::vector<std::string>& parts) {
  std::string joined;
  for (const std::string& part : parts) joined += (joined.empty() ? "" : ";") + part;
  return joined;
}

// One of several, by its code.
std::string ChoiceText(const std::vector<program::Naming>& choices, std::int32_t code, Wording wording) {
  if (code == engine::kUndetermined) return wording == Wording::kLabels ? "待定" : "undetermined";
  return Worded(choices[static_cast<std::size_t>(code)], wording);
}

const std::string& KeyName(const program::Program& program) {
  return program.schema.facts[program.schema.key_fact].naming.name;
}

void AppendReason(const program::Program& program, const program::Reason& reason, Wording wording,
                  std::vector<std::string>& needs) {
  switch (reason.kind) {
    case program::ReasonKind::kUndisclosed:
    case program::ReasonKind::kConflict:
      for (const std::uint32_t clause : {reason.clause, reason.other}) {
        if (clause != kNone) needs.push_back("§" + program.clauses[clause].id);
      }
      return;
    case program::ReasonKind::kNoValueInForce:
      needs.push_back(reason.words);
      return;
    case program::ReasonKind::kNoCalendar:
      needs.emplace_back(wording == Wording::kLabels ? "工作日历" : "calendar");
      return;
    case program::ReasonKind::kUndated:
      needs.emplace_back(wording == Wording::kLabels ? "日期" : "date");
      return;
  }
}

std::string FactText(const program::Schema& schema, const engine::Need& need, Wording wording) {
  const program::Fact& fact = schema.facts[need.fact];
  const program::Domain& domain = schema.domains[fact.domain];
  std::string text;
  if (domain.kind == program::DomainKind::kList) text = Worded(domain.naming, wording) + ".";
  text += Worded(fact.naming, wording);
  if (need.year != 0) text += "." + std::to_string(need.year);
  return text;
}

class CsvWriter : public OutcomeWriter {
 public:
  CsvWriter(const program::Program& program, OutputFile& file) : program_(program), file_(file) {}

  void Begin() override {
    line_.clear();
    AppendCsvCell(KeyName(program_), line_);
    for (const program::Decision& decision : program_.decisions) {
      line_ += ',';
      AppendCsvCell(decision.naming.name, line_);
    }
    for (const program::Grant& grant : program_.grants) {
      line_ += ',';
      AppendCsvCell(grant.naming.name, line_);
    }
    for (const program::Score& score : program_.scores) {
      line_ += ',';
      AppendCsvCell(score.naming.name, line_);
    }
    for (const program::Lifecycle& lifecycle : program_.lifecycles) {
      line_ += ',';
      AppendCsvCell(lifecycle.naming.name, line_);
    }
    line_ += engine::HasWaivers(program_) ? ",because,needs,waivers\n" : ",because,needs\n";
    file_.Write(line_);
  }

  void Write(const records::Batch& batch, const engine::Decided& decided, const engine::Bits& rows) override {
    for (std::uint32_t row = 0; row < batch.rows; ++row) {
      if (!rows[row]) continue;
      line_.clear();
      AppendCsvCell(batch.keys[row], line_);
      for (std::size_t index = 0; index < program_.decisions.size(); ++index) {
        line_ += ',';
        AppendCsvCell(OutcomeText(program_.decisions[index], decided.outcomes[index][row], Wording::kNames),
                      line_);
      }
      for (std::size_t index = 0; index < program_.grants.size(); ++index) {
        line_ += ',';
        line_ += AmountText(decided.amounts[index][row]);
      }
      for (std::size_t index = 0; index < program_.scores.size(); ++index) {
        line_ += ',';
        line_ += PointsText(decided.scores[index][row]);
      }
      for (std::size_t index = 0; index < program_.lifecycles.size(); ++index) {
        line_ += ',';
        AppendCsvCell(
            StateText(program_, program_.lifecycles[index], decided.states[index][row], Wording::kNames),
            line_);
      }
      line_ += ',';
      AppendCsvCell(Join(BecauseOf(program_, decided.relevance, row)), line_);
      line_ += ',';
      AppendCsvCell(Join(NeedsOf(program_, decided.relevance, row, Wording::kNames)), line_);
      if (engine::HasWaivers(program_)) {
        line_ += ',';
        AppendCsvCell(Join(WaiversOf(program_, decided, row)), line_);
      }
      line_ += '\n';
      file_.Write(line_);
    }
  }

  void End() override {}

 private:
  const program::Program& program_;
  OutputFile& file_;
  std::string line_;
};

class NdjsonWriter : public OutcomeWriter {
 public:
  NdjsonWriter(const program::Program& program, OutputFile& file) : program_(program), file_(file) {}

  void Begin() override {}

  void Write(const records::Batch& batch, const engine::Decided& decided, const engine::Bits& rows) override {
    for (std::uint32_t row = 0; row < batch.rows; ++row) {
      if (!rows[row]) continue;
      line_ = "{";
      AppendMember("key", batch.keys[row]);
      for (std::size_t index = 0; index < program_.decisions.size(); ++index) {
        const program::Decision& decision = program_.decisions[index];
        line_ += ',';
        AppendMember(decision.naming.name,
                     OutcomeText(decision, decided.outcomes[index][row], Wording::kNames));
      }
      for (std::size_t index = 0; index < program_.grants.size(); ++index) {
        line_ += ',';
        AppendNumber(program_.grants[index].naming.name, AmountText(decided.amounts[index][row]));
      }
      for (std::size_t index = 0; index < program_.scores.size(); ++index) {
        line_ += ',';
        AppendNumber(program_.scores[index].naming.name, PointsText(decided.scores[index][row]));
      }
      for (std::size_t index = 0; index < program_.lifecycles.size(); ++index) {
        const program::Lifecycle& lifecycle = program_.lifecycles[index];
        line_ += ',';
        AppendMember(lifecycle.naming.name,
                     StateText(program_, lifecycle, decided.states[index][row], Wording::kNames));
      }
      AppendList("because", BecauseOf(program_, decided.relevance, row));
      AppendList("needs", NeedsOf(program_, decided.relevance, row, Wording::kNames));
      if (engine::HasWaivers(program_)) AppendList("waivers", WaiversOf(program_, decided, row));
      line_ += "}\n";
      file_.Write(line_);
    }
  }

  void End() override {}

 private:
  void AppendMember(std::string_view name, std::string_view value) {
    AppendJsonString(name, line_);
    line_ += ':';
    AppendJsonString(value, line_);
  }

  // As text, since readers of JSON may take a number for a binary one.
  void AppendNumber(std::string_view name, const std::string& number) {
    if (!number.empty()) return AppendMember(name, number);
    AppendJsonString(name, line_);
    line_ += ":null";
  }

  void AppendList(std::string_view name, const std::vector<std::string>& values) {
    line_ += ',';
    AppendJsonString(name, line_);
    line_ += ":[";
    for (std::size_t index = 0; index < values.size(); ++index) {
      if (index > 0) line_ += ',';
      AppendJsonString(values[index], line_);
    }
    line_ += ']';
  }

  const program::Program& program_;
  OutputFile& file_;
  std::string line_;
};

}  // namespace

std::string OutcomeText(const program::Decision& decision, std::int32_t outcome, Wording wording) {
  return ChoiceText(decision.outcomes, outcome, wording);
}

std::string StateText(const program::Program& program, const program::Lifecycle& lifecycle,
                      std::int32_t state, Wording wording) {
  return ChoiceText(program.schema.enumerations[lifecycle.enumeration].members, state, wording);
}

std::string AmountText(const std::optional<engine::Rational>& amount) {
  if (!amount) return {};
  std::string text = number::ToText(*amount);
  if (text.find('/') != std::string::npos) return text;
  const std::size_t point = text.find('.');
  if (point == std::string::npos) return text + ".00";
  return point + 2 == text.size() ? text + "0" : text;
}

std::string PointsText(const std::optional<engine::Rational>& points) {
  return points ? number::ToText(*points) : std::string();
}

std::string GroupedAmountText(const engine::Rational& amount) {
  const std::string plain = AmountText(amount);
  const number::Shown shown = number::ToPlaces(amount, 2, true);
  if (plain.find('/') != std::string::npos) return "≈ " + shown.text;
  // More than two places: their digits after the grouped whole.
  const std::size_t places = plain.size() - plain.find('.') - 1;
  return places == 2 ? shown.text : number::ToPlaces(amount, static_cast<std::int32_t>(places), true).text;
}

std::vector<std::string> BecauseOf(const program::Program& program, const engine::Relevance& relevance,
                                   std::uint32_t row) {
  std::vector<std::string> ids;
  for (std::size_t clause = 0; clause < relevance.because.size(); ++clause) {
    if (relevance.because[clause].lanes() > row && relevance.because[clause][row])
      ids.push_back(program.clauses[clause].id);
  }
  return ids;
}

std::vector<std::string> NeedsOf(const program::Program& program, const engine::Relevance& relevance,
                                 std::uint32_t row, Wording wording) {
  std::vector<std::string> needs;
  if (row >= relevance.needs.size()) return needs;
  for (const engine::Need& need : relevance.needs[row]) {
    if (need.as_of) {
      needs.emplace_back(wording == Wording::kLabels ? "基准日" : "as_of");
    } else if (need.reason != kNone) {
      AppendReason(program, program.reasons[need.reason], wording, needs);
    } else if (need.fact != kNone) {
      needs.push_back(FactText(program.schema, need, wording));
    } else if (need.domain != kNone) {
      needs.push_back(Worded(program.schema.domains[need.domain].naming, wording));
    }
  }
  // Two reasons may name the same clause.
  std::vector<std::string> distinct;
  for (std::string& need : needs) {
    if (std::find(distinct.begin(), distinct.end(), need) == distinct.end())
      distinct.push_back(std::move(need));
  }
  return distinct;
}

std::vector<std::string> WaiversOf(const program::Program& program, const engine::Decided& decided,
                                   std::uint32_t row) {
  std::vector<std::string> ids;
  if (row >= decided.waivers.size()) return ids;
  for (const engine::Waiver& waiver : decided.waivers[row]) {
    ids.push_back(program.clauses[waiver.clause].id + (waiver.known ? "" : "?"));
  }
  return ids;
}

void AppendCsvCell(std::string_view cell, std::string& line) {
  const bool blank_at_end = !cell.empty() && (cell.front() == ' ' || cell.back() == ' ');
  if (!blank_at_end && cell.find_first_of(",\"\r\n") == std::string_view::npos) {
    line += cell;
    return;
  }
  line += '"';
  for (const char byte : cell) {
    if (byte == '"') line += '"';
    line += byte;
  }
  line += '"';
}

void AppendJsonString(std::string_view text, std::string& line) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  line += '"';
  for (const char byte : text) {
    const auto code = static_cast<unsigned char>(byte);
    if (byte == '"' || byte == '\\') {
      line += '\\';
      line += byte;
    } else if (code < 0x20 || code == 0x7f) {
      line += "\\u00";
      line += kDigits[code >> 4U];
      line += kDigits[code & 0xfU];
    } else {
      line += byte;
    }
  }
  line += '"';
}

std::unique_ptr<OutcomeWriter> MakeOutcomeWriter(std::string_view format, const program::Program& program,
                                                 bool chinese, OutputFile& file) {
  if (format == "csv") return std::make_unique<CsvWriter>(program, file);
  if (format == "ndjson") return std::make_unique<NdjsonWriter>(program, file);
  if (format == "table") return MakeTableWriter(program, chinese, file);
  return nullptr;
}

}  // namespace pol::output
