#include "compiler/model/scope.h"

namespace pol::model {

const Symbol* Scope::Declare(const std::string& name, const Symbol& symbol) {
  const auto [place, fresh] = symbols_.try_emplace(name, symbol);
  if (!fresh) return &place->second;
  order_.push_back(name);
  return nullptr;
}

const Symbol* Scope::Find(const std::string& name) const {
  const auto place = symbols_.find(name);
  return place == symbols_.end() ? nullptr : &place->second;
}

const std::vector<MemberSymbol>& Scope::MembersNamed(const std::string& name) const {
  static const std::vector<MemberSymbol> kNone;
  const auto place = members_.find(name);
  return place == members_.end() ? kNone : place->second;
}

}  // namespace pol::model
