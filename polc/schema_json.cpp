#include <string_view>

#include "polc/schema_form.h"
#include "runtime/output/outcome_writer.h"

namespace polc {
namespace {

using pol::program::DomainKind;
using pol::program::Fact;
using pol::program::Schema;
using pol::program::ValueKind;

std::string Quoted(std::string_view text) {
  std::string quoted;
  pol::output::AppendJsonString(text, quoted);
  return quoted;
}

// JSON with two blanks a level, members in the order in which they are written.
class JsonText {
 public:
  void Open(std::string_view key, char bracket) {
    Begin(key);
    text_ += bracket;
    closing_ += bracket == '{' ? '}' : ']';
    first_ = true;
  }
  void Close() {
    const char bracket = closing_.back();
    closing_.pop_back();
    if (!first_) Break();
    text_ += bracket;
    first_ = false;
  }
  // `json` is JSON already.
  void Put(std::string_view key, std::string_view json) {
    Begin(key);
    text_ += json;
  }
  std::string Finish() { return text_ + "\n"; }

 private:
  void Begin(std::string_view key) {
    if (!closing_.empty()) {
      if (!first_) text_ += ',';
      Break();
    }
    first_ = false;
    if (!key.empty()) text_ += Quoted(key) + ": ";
  }
  void Break() { text_.append(1, '\n').append(closing_.size() * 2, ' '); }

  std::string text_;
  std::string closing_;
  bool first_ = true;
};

// What the readers take for a value of this kind. null is a cell left blank.
std::string TypeOf(ValueKind kind) {
  switch (kind) {
    case ValueKind::kMoney:
    case ValueKind::kPercent:
    case ValueKind::kNumber:
      return R"(["number", "string", "null"])";
    case ValueKind::kCount:
    case ValueKind::kYear:
    case ValueKind::kRegion:
      return R"(["integer", "string", "null"])";
    default:
      return R"(["string", "null"])";
  }
}

class SchemaWriter {
 public:
  SchemaWriter(const Schema& schema, const FormOptions& options, bool chinese)
      : schema_(schema), options_(options), chinese_(chinese) {}

  std::string Write(const pol::program::PolicyInfo& policy) {
    const pol::program::Naming& record = schema_.domains[0].naming;
    json_.Open({}, '{');
    json_.Put("$schema", Quoted("https://json-schema.org/draft/2020-12/schema"));
    json_.Put("title", Quoted(record.label.empty() ? record.name : record.label));
    json_.Put("description", Quoted(policy.title.empty() ? policy.name : policy.title));
    WriteObject(0);
    json_.Close();
    return json_.Finish();
  }

 private:
  bool IsShown(const Fact& fact) const { return fact.key || fact.used || options_.all; }
  bool IsSeries(const Fact& fact) const { return schema_.domains[fact.domain].kind == DomainKind::kYears; }

  // The members of a record (0) or of a list's element; a series belongs to the record.
  void WriteObject(std::uint32_t domain) {
    json_.Put("type", Quoted("object"));
    json_.Open("properties", '{');
    for (const Fact& fact : schema_.facts) {
      const bool here = fact.domain == domain || (domain == 0 && IsSeries(fact));
      if (here && IsShown(fact)) WriteFact(fact, domain);
    }
    if (domain == 0) WriteLists();
    json_.Close();
    json_.Open("required", '[');
    for (const Fact& fact : schema_.facts) {
      const bool here = fact.domain == domain || (domain == 0 && IsSeries(fact));
      const bool needed = fact.key || (fact.used && !fact.optional && !fact.judged);
      if (here && needed) json_.Put({}, Quoted(fact.naming.name));
    }
    for (std::uint32_t list = 1; domain == 0 && list < schema_.domains.size(); ++list) {
      if (schema_.domains[list].kind == DomainKind::kList)
        json_.Put({}, Quoted(schema_.domains[list].naming.name));
    }
    json_.Close();
  }

  void WriteLists() {
    for (std::uint32_t domain = 1; domain < schema_.domains.size(); ++domain) {
      const pol::program::Domain& list = schema_.domains[domain];
      if (list.kind != DomainKind::kList) continue;
      json_.Open(list.naming.name, '{');
      if (!list.naming.label.empty()) json_.Put("title", Quoted(list.naming.label));
      json_.Put("type", Quoted("array"));
      json_.Open("items", '{');
      WriteObject(domain);
      json_.Close();
      json_.Close();
    }
  }

  void WriteFact(const Fact& fact, std::uint32_t domain) {
    json_.Open(fact.naming.name, '{');
    if (!fact.naming.label.empty()) json_.Put("title", Quoted(fact.naming.label));
    json_.Put("description", Quoted(DescribeFact(schema_, fact, chinese_)));
    if (domain == 0 && IsSeries(fact)) {
      WriteYears(fact);
    } else {
      WriteType(fact);
    }
    json_.Close();
  }

  // An object of years: those of the form, or any.
  void WriteYears(const Fact& fact) {
    json_.Put("type", Quoted("object"));
    if (!options_.years) {
      json_.Open("patternProperties", '{');
      json_.Open("^(19|20|21)[0-9]{2}$", '{');
      WriteType(fact);
      json_.Close();
      json_.Close();
      return;
    }
    json_.Open("properties", '{');
    for (std::int32_t year = options_.years->first; year <= options_.years->last; ++year) {
      json_.Open(std::to_string(year), '{');
      WriteType(fact);
      json_.Close();
    }
    json_.Close();
  }

  void WriteType(const Fact& fact) {
    if (fact.type.kind == ValueKind::kTruth) return json_.Put("enum", R"([true, false, "是", "否", null])");
    if (fact.type.kind == ValueKind::kEnumeration) return WriteMembers(fact);
    json_.Put("type", fact.key ? Quoted("string") : TypeOf(fact.type.kind));
    if (fact.type.kind == ValueKind::kDate) json_.Put("format", Quoted("date"));
    if (fact.type.kind == ValueKind::kCreditCode) json_.Put("pattern", Quoted("^[0-9A-HJ-NPQRTUWXY]{18}$"));
  }

  void WriteMembers(const Fact& fact) {
    json_.Open("enum", '[');
    for (const pol::program::Naming& member : schema_.enumerations[fact.type.enumeration].members) {
      json_.Put({}, Quoted(member.name));
      if (!member.label.empty() && member.label != member.name) json_.Put({}, Quoted(member.label));
    }
    json_.Put({}, "null");
    json_.Close();
  }

  const Schema& schema_;
  const FormOptions& options_;
  bool chinese_;
  JsonText json_;
};

}  // namespace

std::string FormAsJsonSchema(const pol::program::Program& program, const FormOptions& options, bool chinese) {
  return SchemaWriter(program.schema, options, chinese).Write(program.policy);
}

}  // namespace polc
