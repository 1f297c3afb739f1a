// The policy's names: one space for parameters, facts, enumerations, records, lets, functions and calendars,
// and beside it the members of enumerations, which several of them may share. Tested by
// tests/compiler/model_names_test.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "compiler/source/source.h"

namespace pol::model {

enum class SymbolKind : std::uint8_t {
  kParameter,    // index into Model::parameters
  kEnumeration,  // index into Schema::enumerations
  kRecord,       // index into Context::records
  kFact,         // index into Schema::facts
  kList,         // index into Schema::domains
  kChecklist,    // index into Context::checklists
  kLet,          // index into Model::lets
  kFunction,     // index into Context::functions
  kCalendar,     // index into Schema::calendars
  kGrant,        // index into Model::grants
  kScore,        // index into Model::scores
  kLifecycle     // index into Model::lifecycles
};

struct Symbol {
  SymbolKind kind = SymbolKind::kParameter;
  std::uint32_t index = 0;
  source::Range range;
};

struct MemberSymbol {
  std::uint32_t enumeration = 0;
  std::uint32_t index = 0;
};

class Scope {
 public:
  // nullptr when it is new; otherwise what has the name already.
  const Symbol* Declare(const std::string& name, const Symbol& symbol);
  const Symbol* Find(const std::string& name) const;
  void DeclareMember(const std::string& name, MemberSymbol member) { members_[name].push_back(member); }
  // Every enumeration's member of that name.
  const std::vector<MemberSymbol>& MembersNamed(const std::string& name) const;
  // The names in the order declared, for "did you mean".
  const std::vector<std::string>& names() const { return order_; }

 private:
  std::unordered_map<std::string, Symbol> symbols_;
  std::unordered_map<std::string, std::vector<MemberSymbol>> members_;
  std::vector<std::string> order_;
};

}  // namespace pol::model
