#include "runtime/program/disassemble.h"

#include <fmt/format.h>

#include <array>
#include <iterator>
#include <string_view>

#include "runtime/calendar/date.h"
#include "runtime/program/instruction_info.h"
#include "runtime/program/listing.h"

namespace pol::program {
namespace {

constexpr std::array<std::string_view, 3> kRegisterLetters = {"T", "N", "C"};
constexpr std::array<std::string_view, 11> kValueNames = {"yes_no", "money",       "percent",    "number",
                                                          "count",  "year",        "date",       "text",
                                                          "region", "credit_code", "enumeration"};
constexpr std::array<std::string_view, 5> kReasonNames = {"undisclosed", "conflict", "no_value_in_force",
                                                          "no_calendar", "undated"};
constexpr std::array<std::string_view, 5> kLimitNames = {"at_most", "at_least", "rounded", "rounded_up",
                                                         "rounded_down"};
constexpr std::array<std::string_view, 4> kClauseNames = {"rule", "judgement", "guidance", "undisclosed"};
constexpr std::array<std::string_view, 7> kComparisonNames = {"?", "<", "<=", ">", ">=", "=", "!="};

std::string_view NameOf(ExplanationKind kind) {
  switch (kind) {
    case ExplanationKind::kClause:
      return "clause";
    case ExplanationKind::kAll:
      return "all";
    case ExplanationKind::kAny:
      return "any";
    case ExplanationKind::kAtLeast:
      return "at_least";
    case ExplanationKind::kNot:
      return "not";
    case ExplanationKind::kCondition:
      return "condition";
    case ExplanationKind::kComparison:
      return "comparison";
    case ExplanationKind::kSelection:
      return "selection";
    case ExplanationKind::kReplaced:
      return "replaced";
    case ExplanationKind::kBands:
      return "bands";
    case ExplanationKind::kQuantifier:
      return "quantifier";
    case ExplanationKind::kDecision:
      return "decision";
    case ExplanationKind::kRunning:
      return "running";
    case ExplanationKind::kLifecycle:
      return "lifecycle";
    case ExplanationKind::kAmount:
      return "amount";
    case ExplanationKind::kProduct:
      return "product";
    case ExplanationKind::kQuotient:
      return "quotient";
    case ExplanationKind::kSum:
      return "sum";
    case ExplanationKind::kChoice:
      return "choice";
    case ExplanationKind::kBandChoice:
      return "band_choice";
  }
  return "?";
}

template <std::size_t kSize, typename Kind>
std::string_view NameOf(const std::array<std::string_view, kSize>& names, Kind kind) {
  return names[static_cast<std::size_t>(kind)];
}

bool IsPlainWord(std::string_view text) {
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || byte == 0x7f || c == '"' || c == '\\') return false;
  }
  return !text.empty();
}

class Listing {
 public:
  explicit Listing(const Program& program) : program_(program), schema_(program.schema) {}

  std::string LineOf(std::uint32_t value) const;
  std::string Whole() {
    Policy();
    Domains();
    Facts();
    Tables();
    Numbers();
    Reasons();
    ListMachines(program_, text_);
    Instructions();
    Clauses();
    Decisions();
    Grants();
    Scores();
    ListQuotas(program_, text_);
    ListLifecycles(program_, text_);
    Terms();
    Explanations();
    return std::move(text_);
  }

 private:
  template <typename... Arguments>
  void Add(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    fmt::format_to(std::back_inserter(text_), format, std::forward<Arguments>(arguments)...);
  }
  void Title(std::string_view title, std::size_t count) {
    if (count > 0) Add("\n{}\n", title);
  }
  void Field(std::string_view name, const std::string& value) {
    if (!value.empty()) Add("  {} {}\n", name, Quoted(value));
  }
  void AddNaming(const Naming& naming) { text_ += NamingText(naming); }
  void AddIndices(std::string_view name, std::string_view prefix, const std::vector<std::uint32_t>& indices);
  void AddRegister(std::string_view before, std::uint32_t value) {
    if (value != kNone) Add("{}r{}", before, value);
  }
  void AddRange(const Fact& fact);
  void AddPlace(const Place& place) { text_ += PlaceText(place); }
  std::string DomainName(std::uint32_t domain) const;
  std::string TypeName(const ValueType& type) const;
  std::string NumberOf(const NumberText& number) const;
  std::string Operand(const Instruction& instruction, OperandKind kind, std::uint32_t operand) const;

  void Policy();
  void Domains();
  void Facts();
  void Tables();
  void Numbers();
  void Reasons();
  void Instructions();
  void Clauses();
  void Decisions();
  void Grants();
  void Scores();
  void AddLimits(std::string_view indent, const std::vector<Limit>& limits);
  void Terms();
  void Explanations();

  const Program& program_;
  const Schema& schema_;
  std::string text_;
};

std::string Listing::DomainName(std::uint32_t domain) const {
  if (schema_.domains[domain].kind == DomainKind::kYears) return "years";
  const std::string& name = schema_.domains[domain].naming.name;
  return name.empty() ? fmt::format("d{}", domain) : Word(name);
}

std::string Listing::TypeName(const ValueType& type) const {
  if (type.kind == ValueKind::kEnumeration) {
    return type.enumeration < schema_.enumerations.size()
               ? Word(schema_.enumerations[type.enumeration].naming.name)
               : "enumeration";
  }
  std::string name(NameOf(kValueNames, type.kind));
  if (type.kind == ValueKind::kMoney && !type.currency.empty()) name += " " + Word(type.currency);
  return name;
}

std::string Listing::NumberOf(const NumberText& number) const {
  return number.denominator == "1" ? number.numerator : number.numerator + "/" + number.denominator;
}

void Listing::AddIndices(std::string_view name, std::string_view prefix,
                         const std::vector<std::uint32_t>& indices) {
  if (indices.empty()) return;
  Add(" {}(", name);
  for (std::size_t i = 0; i < indices.size(); ++i) Add("{}{}{}", i == 0 ? "" : " ", prefix, indices[i]);
  Add(")");
}

void Listing::Policy() {
  const PolicyInfo& policy = program_.policy;
  Add("policy {}\n", Word(policy.name));
  Field("title", policy.title);
  Field("document", policy.document);
  Field("authority", policy.authority);
  Field("version", policy.version);
  Field("issued", policy.issued);
  Field("effective", policy.effective);
}

void Listing::Domains() {
  Title("domains", schema_.domains.size());
  for (std::size_t i = 0; i < schema_.domains.size(); ++i) {
    const Domain& domain = schema_.domains[i];
    Add("  d{} {} ", i,
        domain.kind == DomainKind::kRecord  ? "record"
        : domain.kind == DomainKind::kYears ? "years"
                                            : "list");
    AddNaming(domain.naming);
    if (!domain.element_name.empty()) Add(" of {}", Word(domain.element_name));
    Add("\n");
  }
}

void Listing::AddRange(const Fact& fact) {
  const ValueRange& range = fact.range;
  if (!range.has_low && !range.has_high) return;
  Add(" within {}{}, {}{}", range.low_closed ? '[' : '(', range.has_low ? NumberOf(range.low) : "..",
      range.has_high ? NumberOf(range.high) : "..", range.high_closed ? ']' : ')');
}

void Listing::Facts() {
  Title("facts", schema_.facts.size());
  for (std::size_t i = 0; i < schema_.facts.size(); ++i) {
    const Fact& fact = schema_.facts[i];
    Add("  f{} ", i);
    if (i == schema_.key_fact) Add("key ");
    if (fact.judged) Add("judged ");
    AddNaming(fact.naming);
    Add(" : {}{}", TypeName(fact.type), fact.optional ? "?" : "");
    if (fact.domain != 0) Add(" [{}]", DomainName(fact.domain));
    AddRange(fact);
    if (!fact.judge.empty()) Add(" by {}", Word(fact.judge));
    Add("{}\n", fact.used ? "" : " unused");
  }
}

void Listing::Tables() {
  Title("enumerations", schema_.enumerations.size());
  for (std::size_t i = 0; i < schema_.enumerations.size(); ++i) {
    const Enumeration& enumeration = schema_.enumerations[i];
    Add("  e{} {} ", i, enumeration.ordered ? "scale" : "enumeration");
    AddNaming(enumeration.naming);
    Add("\n");
    for (const Naming& member : enumeration.members) {
      Add("    ");
      AddNaming(member);
      Add("\n");
    }
  }
  Title("regions", schema_.regions.size());
  for (const Region& region : schema_.regions) {
    Add("  {:06}", region.code);
    for (const std::string& name : region.names) Add(" {}", Quoted(name));
    Add("\n");
  }
  Title("calendars", schema_.calendars.size());
  for (const Calendar& calendar : schema_.calendars) {
    Add("  ");
    AddNaming(calendar.naming);
    Add(" {}..{}\n", calendar.first_year, calendar.last_year);
    for (const CalendarException& exception : calendar.exceptions) {
      Add("    {} {}\n", exception.working ? "work" : "off", calendar::ToText(exception.date));
    }
  }
  Title("texts", schema_.text_literals.size());
  for (std::size_t i = 0; i < schema_.text_literals.size(); ++i) {
    Add("  {} {}\n", i, Quoted(schema_.text_literals[i]));
  }
}

void Listing::Numbers() {
  Title("constants", program_.constants.size());
  for (std::size_t i = 0; i < program_.constants.size(); ++i) {
    Add("  c{} = {}\n", i, NumberOf(program_.constants[i]));
  }
}

void Listing::Reasons() {
  Title("reasons", program_.reasons.size());
  for (std::size_t i = 0; i < program_.reasons.size(); ++i) {
    const Reason& reason = program_.reasons[i];
    Add("  w{} {}", i, NameOf(kReasonNames, reason.kind));
    for (const std::uint32_t clause : {reason.clause, reason.other}) {
      if (clause != kNone) Add(" §{}", Word(program_.clauses[clause].id));
    }
    if (!reason.words.empty()) Add(" {}", Quoted(reason.words));
    Add("\n");
  }
  Title("holds", program_.holds.size());
  for (std::size_t i = 0; i < program_.holds.size(); ++i) {
    const Holds& holds = program_.holds[i];
    Add("  h{} {}", i, Quoted(holds.words));
    if (!holds.label.empty()) Add(" {}", Quoted(holds.label));
    AddRegister(" = ", holds.value);
    Add("\n");
  }
}

std::string Listing::Operand(const Instruction& instruction, OperandKind kind, std::uint32_t operand) const {
  if (IsRegister(kind)) return fmt::format("r{}", operand);
  switch (kind) {
    case OperandKind::kFact:
      return fmt::format("f{} {}", operand, Word(schema_.facts[operand].naming.name));
    case OperandKind::kConstant:
      return fmt::format("c{} {}", operand, NumberOf(program_.constants[operand]));
    case OperandKind::kDomain:
      return DomainName(operand);
    case OperandKind::kClause:
      return fmt::format("§{}", Word(program_.clauses[operand].id));
    case OperandKind::kCalendar:
      return Word(schema_.calendars[operand].naming.name);
    case OperandKind::kReason:
      return fmt::format("w{}", operand);
    case OperandKind::kMachine:
      return fmt::format("m{}", operand);
    case OperandKind::kHolds:
      return fmt::format("h{}", operand);
    default:
      break;
  }
  if (instruction.opcode == Opcode::kConstantCode)
    return fmt::format("{}", static_cast<std::int32_t>(operand));
  return fmt::format("{}", operand);
}

std::string Listing::LineOf(std::uint32_t value) const {
  const Instruction& instruction = program_.instructions[value];
  const InstructionInfo& info = InfoOf(instruction.opcode);
  std::string text = fmt::format("r{} : {}", value, NameOf(kRegisterLetters, info.result));
  if (instruction.domain != 0) text += fmt::format("[{}]", DomainName(instruction.domain));
  text += fmt::format(" = {}", info.mnemonic);
  const std::span<const std::uint32_t> operands = OperandsOf(program_, value);
  for (std::size_t i = 0; i < operands.size(); ++i) {
    text += i == 0 ? " " : ", ";
    text += Operand(instruction, info.KindAt(i), operands[i]);
  }
  return text;
}

void Listing::Instructions() {
  Title("instructions", program_.instructions.size());
  for (std::uint32_t value = 0; value < program_.instructions.size(); ++value) Add("  {}\n", LineOf(value));
}

void Listing::Clauses() {
  Title("clauses", program_.clauses.size());
  for (const Clause& clause : program_.clauses) {
    Add("  §{} {} ", Word(clause.id), NameOf(kClauseNames, clause.kind));
    AddNaming(clause.naming);
    AddRegister(" = ", clause.value);
    AddRegister(" in principle ", clause.principle);
    if (!clause.text.empty()) Add(" {}", Quoted(clause.text));
    if (!clause.made_of.empty()) Add(" made of");
    for (const std::uint32_t part : clause.made_of) Add(" §{}", Word(program_.clauses[part].id));
    if (clause.explanation != kNone) Add(" x{}", clause.explanation);
    AddPlace(clause.place);
    Add("\n");
  }
}

void Listing::Decisions() {
  Title("decisions", program_.decisions.size());
  for (const Decision& decision : program_.decisions) {
    Add("  ");
    AddNaming(decision.naming);
    AddRegister(" = ", decision.value);
    if (decision.explanation != kNone) Add(" x{}", decision.explanation);
    Add("\n");
    for (std::size_t i = 0; i < decision.outcomes.size(); ++i) {
      Add("    {} ", i);
      AddNaming(decision.outcomes[i]);
      Add("\n");
    }
  }
}

void Listing::Grants() {
  Title("grants", program_.grants.size());
  for (const Grant& grant : program_.grants) {
    Add("  ");
    AddNaming(grant.naming);
    Add(" §{} : {}", Word(program_.clauses[grant.clause].id), TypeName(grant.type));
    AddRegister(" = ", grant.value);
    if (grant.condition != kNone) Add(" when x{}", grant.condition);
    Add(" amount x{}", grant.amount);
    AddPlace(grant.place);
    Add("\n");
    AddLimits("    ", grant.limits);
  }
}

void Listing::AddLimits(std::string_view indent, const std::vector<Limit>& limits) {
  for (const Limit& limit : limits) {
    Add("{}{} x{}", indent, NameOf(kLimitNames, limit.kind), limit.bound);
    AddRegister(" = ", limit.value);
    Add("\n");
  }
}

void Listing::Scores() {
  Title("scores", program_.scores.size());
  for (const Score& score : program_.scores) {
    Add("  ");
    AddNaming(score.naming);
    Add(" §{}", Word(program_.clauses[score.clause].id));
    AddRegister(" = ", score.value);
    AddRegister(" sum ", score.sum);
    AddPlace(score.place);
    Add("\n");
    for (const ScoreItem& item : score.items) {
      Add("    ");
      AddNaming(item.naming);
      if (item.clause != kNone) Add(" §{}", Word(program_.clauses[item.clause].id));
      AddRegister(" = ", item.value);
      Add(" points x{}\n", item.points);
      AddLimits("      ", item.limits);
    }
    AddLimits("    ", score.limits);
  }
}

void Listing::Terms() {
  Title("terms", program_.terms.size());
  for (std::size_t i = 0; i < program_.terms.size(); ++i) {
    const Term& term = program_.terms[i];
    Add("  t{} {}", i, Quoted(term.words));
    if (!term.label.empty()) Add(" {}", Quoted(term.label));
    Add(" : {}", TypeName(term.type));
    AddRegister(" = ", term.value);
    if (term.constant) Add(" constant");
    AddIndices(term.quotient ? "quotient" : "parts", "t", term.parts);
    Add("\n");
  }
}

void Listing::Explanations() {
  Title("explanations", program_.explanations.size());
  for (std::size_t i = 0; i < program_.explanations.size(); ++i) {
    const Explanation& node = program_.explanations[i];
    Add("  x{} {}", i, NameOf(node.kind));
    if (node.clause != kNone) Add(" §{}", Word(program_.clauses[node.clause].id));
    if (node.decision != kNone) Add(" {}", Word(program_.decisions[node.decision].naming.name));
    if (node.lifecycle != kNone) Add(" {}", Word(program_.lifecycles[node.lifecycle].naming.name));
    if (node.comparison != Comparison::kNotCompared) Add(" {}", NameOf(kComparisonNames, node.comparison));
    AddRegister(" = ", node.value);
    if (!node.words.empty()) Add(" {}", Quoted(node.words));
    if (!node.label.empty()) Add(" {}", Quoted(node.label));
    AddIndices("terms", "t", node.terms);
    AddIndices("children", "x", node.children);
    AddPlace(node.place);
    Add("\n");
  }
}

}  // namespace

std::string Quoted(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (c == '\n') {
      quoted += "\\n";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      quoted += fmt::format("\\x{:02x}", static_cast<unsigned>(c));
    } else {
      quoted += c;
    }
  }
  return quoted + '"';
}

std::string Word(std::string_view text) { return IsPlainWord(text) ? std::string(text) : Quoted(text); }

std::string NamingText(const Naming& naming) {
  std::string text;
  if (!naming.name.empty()) text += Word(naming.name);
  if (!naming.label.empty()) text += " " + Quoted(naming.label);
  for (const std::string& alias : naming.aliases) text += " also " + Quoted(alias);
  return text;
}

std::string PlaceText(const Place& place) {
  return place.line == 0 ? "" : fmt::format(" @{}:{}", Word(place.file), place.line);
}

std::string Disassemble(const Program& program) { return Listing(program).Whole(); }

std::string DisassembleInstruction(const Program& program, std::uint32_t value) {
  return Listing(program).LineOf(value);
}

}  // namespace pol::program
