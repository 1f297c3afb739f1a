#include "runtime/program/polb.h"

#include <array>
#include <concepts>
#include <type_traits>
#include <utility>

#include "runtime/program/instruction_info.h"
#include "runtime/program/verify.h"

namespace pol::program {
namespace {

constexpr std::string_view kMagic = "\x89polb\r\n\x1a";

// Offsets in the header. The checksum is of everything but itself.
constexpr std::size_t kFormatAt = 8;
constexpr std::size_t kFingerprintAt = 12;
constexpr std::size_t kLengthAt = 20;
constexpr std::size_t kChecksumAt = 28;
constexpr std::size_t kHeaderBytes = 36;

// FNV-1a: every step can be undone, so that no change of a single byte goes unseen.
constexpr std::uint64_t kHashStart = 0xcbf29ce484222325;
constexpr std::uint64_t Hash(std::string_view bytes, std::uint64_t hash = kHashStart) {
  for (const char byte : bytes) hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3;
  return hash;
}

constexpr std::string_view kInstructionList =
#define POL_INSTRUCTION(name, mnemonic, result, domain, operands, meaning) \
  mnemonic "|" #result "|" #domain "|" #operands "\n"
#include "runtime/program/instructions.def"
#undef POL_INSTRUCTION
    ;
constexpr std::uint64_t kFingerprint = Hash(kInstructionList);

template <std::unsigned_integral Integer>
void Append(Integer value, std::string& bytes) {
  for (std::size_t i = 0; i < sizeof(Integer); ++i) bytes += static_cast<char>((value >> (8 * i)) & 0xff);
}

template <std::unsigned_integral Integer>
Integer Extract(std::string_view bytes, std::size_t at) {
  Integer value = 0;
  for (std::size_t i = 0; i < sizeof(Integer); ++i) {
    const auto byte = static_cast<Integer>(static_cast<unsigned char>(bytes[at + i]));
    value = static_cast<Integer>(value | static_cast<Integer>(byte << (8 * i)));
  }
  return value;
}

std::uint64_t ChecksumOf(std::string_view bytes) {
  return Hash(bytes.substr(kChecksumAt + 8), Hash(bytes.substr(0, kChecksumAt)));
}

// Writes what it is given.
class Writer {
 public:
  void operator()(bool value) { bytes_ += value ? '\1' : '\0'; }
  void operator()(std::uint8_t value) { Append(value, bytes_); }
  void operator()(std::uint32_t value) { Append(value, bytes_); }
  void operator()(std::int32_t value) { Append(static_cast<std::uint32_t>(value), bytes_); }
  void operator()(const std::string& text) {
    (*this)(static_cast<std::uint32_t>(text.size()));
    bytes_ += text;
  }
  template <typename Element>
  void operator()(const std::vector<Element>& table) {
    (*this)(static_cast<std::uint32_t>(table.size()));
    for (const Element& element : table) Describe(*this, element);
  }
  std::string Take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

// Reads into what it is given. After the first failure everything reads as empty, so that no caller needs to
// ask.
class Parser {
 public:
  explicit Parser(std::string_view bytes) : bytes_(bytes) {}

  void operator()(bool& value) {
    const std::uint8_t byte = Take<std::uint8_t>();
    if (byte > 1) Fail();
    value = byte == 1;
  }
  void operator()(std::uint8_t& value) { value = Take<std::uint8_t>(); }
  void operator()(std::uint32_t& value) { value = Take<std::uint32_t>(); }
  void operator()(std::int32_t& value) { value = static_cast<std::int32_t>(Take<std::uint32_t>()); }
  void operator()(std::string& text) {
    const std::uint32_t size = Take<std::uint32_t>();
    if (size > bytes_.size()) return Fail();
    text.assign(bytes_.substr(0, size));
    bytes_.remove_prefix(size);
  }
  // Grows with the elements that are really there; a length alone reserves nothing.
  template <typename Element>
  void operator()(std::vector<Element>& table) {
    const std::uint32_t size = Take<std::uint32_t>();
    if (size > bytes_.size()) return Fail();
    for (std::uint32_t i = 0; i < size && !failed_; ++i) Describe(*this, table.emplace_back());
  }
  bool AtEnd() const { return !failed_ && bytes_.empty(); }

 private:
  template <typename Integer>
  Integer Take() {
    if (bytes_.size() < sizeof(Integer)) {
      Fail();
      return 0;
    }
    const auto value = Extract<Integer>(bytes_, 0);
    bytes_.remove_prefix(sizeof(Integer));
    return value;
  }
  void Fail() {
    failed_ = true;
    bytes_ = {};
  }

  std::string_view bytes_;
  bool failed_ = false;
};

// One description of every struct serves both directions: `Struct` is const for the writer.
template <typename Struct, typename Described>
concept Is = std::same_as<std::remove_const_t<Struct>, Described>;

template <typename Archive, typename Value>
  requires std::is_arithmetic_v<Value> || Is<Value, std::string>
void Describe(Archive& archive, Value& value) {
  archive(value);
}

// The verifier refuses what is no enumerator.
template <typename Archive, typename Kind>
  requires std::is_enum_v<Kind>
void Describe(Archive& archive, Kind& kind) {
  auto byte = static_cast<std::uint8_t>(kind);
  archive(byte);
  if constexpr (!std::is_const_v<Kind>) kind = static_cast<Kind>(byte);
}

template <typename Archive, Is<ValueType> Struct>
void Describe(Archive& archive, Struct& type) {
  Describe(archive, type.kind);
  archive(type.currency);
  archive(type.enumeration);
}

template <typename Archive, Is<Naming> Struct>
void Describe(Archive& archive, Struct& naming) {
  archive(naming.name);
  archive(naming.label);
  archive(naming.aliases);
}

template <typename Archive, Is<NumberText> Struct>
void Describe(Archive& archive, Struct& number) {
  archive(number.numerator);
  archive(number.denominator);
}

template <typename Archive, Is<ValueRange> Struct>
void Describe(Archive& archive, Struct& range) {
  archive(range.has_low);
  archive(range.low_closed);
  archive(range.has_high);
  archive(range.high_closed);
  Describe(archive, range.low);
  Describe(archive, range.high);
}

template <typename Archive, Is<Domain> Struct>
void Describe(Archive& archive, Struct& domain) {
  Describe(archive, domain.kind);
  Describe(archive, domain.naming);
  archive(domain.element_name);
}

template <typename Archive, Is<Fact> Struct>
void Describe(Archive& archive, Struct& fact) {
  Describe(archive, fact.naming);
  Describe(archive, fact.type);
  archive(fact.domain);
  archive(fact.key);
  archive(fact.optional);
  archive(fact.judged);
  archive(fact.used);
  archive(fact.judge);
  Describe(archive, fact.range);
}

template <typename Archive, Is<Enumeration> Struct>
void Describe(Archive& archive, Struct& enumeration) {
  Describe(archive, enumeration.naming);
  archive(enumeration.ordered);
  archive(enumeration.members);
}

template <typename Archive, Is<Region> Struct>
void Describe(Archive& archive, Struct& region) {
  archive(region.code);
  archive(region.names);
}

template <typename Archive, Is<CalendarException> Struct>
void Describe(Archive& archive, Struct& exception) {
  archive(exception.date);
  archive(exception.working);
}

template <typename Archive, Is<Calendar> Struct>
void Describe(Archive& archive, Struct& calendar) {
  Describe(archive, calendar.naming);
  archive(calendar.first_year);
  archive(calendar.last_year);
  archive(calendar.exceptions);
}

template <typename Archive, Is<Schema> Struct>
void Describe(Archive& archive, Struct& schema) {
  archive(schema.domains);
  archive(schema.facts);
  archive(schema.key_fact);
  archive(schema.enumerations);
  archive(schema.regions);
  archive(schema.calendars);
  archive(schema.text_literals);
}

template <typename Archive, Is<Instruction> Struct>
void Describe(Archive& archive, Struct& instruction) {
  Describe(archive, instruction.opcode);
  archive(instruction.domain);
  archive(instruction.first_operand);
  archive(instruction.operand_count);
}

template <typename Archive, Is<Reason> Struct>
void Describe(Archive& archive, Struct& reason) {
  Describe(archive, reason.kind);
  archive(reason.clause);
  archive(reason.other);
  archive(reason.words);
}

template <typename Archive, Is<Holds> Struct>
void Describe(Archive& archive, Struct& holds) {
  archive(holds.value);
  archive(holds.words);
  archive(holds.label);
}

template <typename Archive, Is<Place> Struct>
void Describe(Archive& archive, Struct& place) {
  archive(place.file);
  archive(place.line);
}

template <typename Archive, Is<Clause> Struct>
void Describe(Archive& archive, Struct& clause) {
  archive(clause.id);
  Describe(archive, clause.naming);
  Describe(archive, clause.kind);
  archive(clause.text);
  archive(clause.parent);
  archive(clause.value);
  archive(clause.principle);
  archive(clause.made_of);
  archive(clause.explanation);
  Describe(archive, clause.place);
}

template <typename Archive, Is<Decision> Struct>
void Describe(Archive& archive, Struct& decision) {
  Describe(archive, decision.naming);
  archive(decision.outcomes);
  archive(decision.value);
  archive(decision.explanation);
}

template <typename Archive, Is<Limit> Struct>
void Describe(Archive& archive, Struct& limit) {
  Describe(archive, limit.kind);
  archive(limit.bound);
  archive(limit.value);
}

template <typename Archive, Is<Grant> Struct>
void Describe(Archive& archive, Struct& grant) {
  Describe(archive, grant.naming);
  Describe(archive, grant.type);
  archive(grant.clause);
  archive(grant.value);
  archive(grant.condition);
  archive(grant.amount);
  archive(grant.limits);
  Describe(archive, grant.place);
}

template <typename Archive, Is<ScoreItem> Struct>
void Describe(Archive& archive, Struct& item) {
  Describe(archive, item.naming);
  archive(item.clause);
  archive(item.value);
  archive(item.points);
  archive(item.limits);
}

template <typename Archive, Is<Score> Struct>
void Describe(Archive& archive, Struct& score) {
  Describe(archive, score.naming);
  archive(score.clause);
  archive(score.value);
  archive(score.sum);
  archive(score.items);
  archive(score.limits);
  Describe(archive, score.place);
}

template <typename Archive, Is<Quota> Struct>
void Describe(Archive& archive, Struct& quota) {
  Describe(archive, quota.naming);
  archive(quota.clause);
  archive(quota.condition);
  archive(quota.has_least);
  archive(quota.has_most);
  Describe(archive, quota.least);
  Describe(archive, quota.most);
  Describe(archive, quota.place);
}

template <typename Archive, Is<Transition> Struct>
void Describe(Archive& archive, Struct& transition) {
  archive(transition.condition);
  archive(transition.target);
}

template <typename Archive, Is<MachineState> Struct>
void Describe(Archive& archive, Struct& state) {
  archive(state.transitions);
  Describe(archive, state.timeout_unit);
  archive(state.timeout);
  archive(state.timeout_target);
}

template <typename Archive, Is<Machine> Struct>
void Describe(Archive& archive, Struct& machine) {
  archive(machine.initial);
  archive(machine.conditions);
  archive(machine.first_code);
  archive(machine.states);
}

template <typename Archive, Is<LifecycleState> Struct>
void Describe(Archive& archive, Struct& state) {
  archive(state.clause);
  Describe(archive, state.phase);
  archive(state.at_event);
  archive(state.barred_for_good);
}

template <typename Archive, Is<Duty> Struct>
void Describe(Archive& archive, Struct& duty) {
  Describe(archive, duty.naming);
  archive(duty.clause);
  archive(duty.recurring);
  archive(duty.owed);
  archive(duty.due);
  archive(duty.nominal);
  archive(duty.met);
  archive(duty.met_on);
  archive(duty.missed);
  Describe(archive, duty.place);
}

template <typename Archive, Is<Lifecycle> Struct>
void Describe(Archive& archive, Struct& lifecycle) {
  Describe(archive, lifecycle.naming);
  archive(lifecycle.enumeration);
  archive(lifecycle.states);
  archive(lifecycle.duties);
  archive(lifecycle.state);
  archive(lifecycle.since);
  archive(lifecycle.start);
  archive(lifecycle.expiry);
  archive(lifecycle.barred);
  archive(lifecycle.barred_until);
  archive(lifecycle.explanation);
  Describe(archive, lifecycle.place);
}

template <typename Archive, Is<Term> Struct>
void Describe(Archive& archive, Struct& term) {
  archive(term.words);
  archive(term.label);
  archive(term.value);
  Describe(archive, term.type);
  archive(term.quotient);
  archive(term.constant);
  archive(term.parts);
}

template <typename Archive, Is<Explanation> Struct>
void Describe(Archive& archive, Struct& explanation) {
  Describe(archive, explanation.kind);
  archive(explanation.value);
  archive(explanation.words);
  archive(explanation.label);
  Describe(archive, explanation.comparison);
  archive(explanation.clause);
  archive(explanation.decision);
  archive(explanation.lifecycle);
  archive(explanation.terms);
  archive(explanation.children);
  Describe(archive, explanation.place);
}

template <typename Archive, Is<PolicyInfo> Struct>
void Describe(Archive& archive, Struct& policy) {
  archive(policy.name);
  archive(policy.title);
  archive(policy.document);
  archive(policy.authority);
  archive(policy.version);
  archive(policy.issued);
  archive(policy.effective);
}

template <typename Archive, Is<Program> Struct>
void Describe(Archive& archive, Struct& program) {
  Describe(archive, program.policy);
  Describe(archive, program.schema);
  archive(program.constants);
  archive(program.reasons);
  archive(program.holds);
  archive(program.instructions);
  archive(program.operands);
  archive(program.clauses);
  archive(program.decisions);
  archive(program.grants);
  archive(program.scores);
  archive(program.quotas);
  archive(program.lifecycles);
  archive(program.machines);
  archive(program.terms);
  archive(program.explanations);
}

// Empty when the header is right.
std::string ProblemOfHeader(std::string_view bytes) {
  if (!bytes.starts_with(kMagic)) return "not a compiled policy";
  if (bytes.size() < kHeaderBytes) return "the compiled policy is cut short";
  if (Extract<std::uint32_t>(bytes, kFormatAt) != kPolbFormat ||
      Extract<std::uint64_t>(bytes, kFingerprintAt) != kFingerprint) {
    return "compiled by another version of polc; compile the policy again";
  }
  const auto length = Extract<std::uint64_t>(bytes, kLengthAt);
  if (length > bytes.size()) return "the compiled policy is cut short";
  if (length < bytes.size()) return "there is something after the compiled policy";
  if (Extract<std::uint64_t>(bytes, kChecksumAt) != ChecksumOf(bytes))
    return "the compiled policy is damaged";
  return "";
}

void Put(std::uint64_t value, std::size_t at, std::string& bytes) {
  std::string field;
  Append(value, field);
  bytes.replace(at, field.size(), field);
}

}  // namespace

bool LooksCompiled(std::string_view bytes) { return bytes.starts_with(kMagic); }

std::string Save(const Program& program) {
  std::string bytes(kMagic);
  Append(kPolbFormat, bytes);
  Append(kFingerprint, bytes);
  bytes.resize(kHeaderBytes, '\0');
  Writer writer;
  Describe(writer, program);
  bytes += writer.Take();
  Reseal(bytes);
  return bytes;
}

void Reseal(std::string& bytes) {
  if (bytes.size() < kHeaderBytes) return;
  Put(bytes.size(), kLengthAt, bytes);
  Put(ChecksumOf(bytes), kChecksumAt, bytes);
}

std::optional<Program> Load(std::string_view bytes, std::string& error) {
  error = ProblemOfHeader(bytes);
  if (!error.empty()) return std::nullopt;
  std::optional<Program> program(std::in_place);
  Parser parser(bytes.substr(kHeaderBytes));
  Describe(parser, *program);
  if (!parser.AtEnd()) {
    error = "the compiled policy is damaged";
    return std::nullopt;
  }
  const std::vector<std::string> errors = Verify(*program);
  if (errors.empty()) return program;
  error = "the compiled policy is not sound: " + errors.front();
  return std::nullopt;
}

}  // namespace pol::program
