// What kinds of tokens have in common, for the stages between the lexer and the parser. Internal to
// compiler/syntax. Tested by tests/compiler/keywords_test.cpp.
#pragma once

#include <array>
#include <cstdint>

#include "compiler/syntax/keywords.h"
#include "grammar/PolLexer.h"

namespace pol::syntax {

using TokenType = std::uint16_t;

template <typename... Types>
bool IsOneOf(std::size_t type, Types... types) {
  return ((type == static_cast<std::size_t>(types)) || ...);
}

enum class Role : std::uint8_t { kOther, kDeclaration, kReserved, kSoft, kPrefix, kHard };

inline Role RoleOf(std::size_t type) {
  static const auto roles = [] {
    std::array<Role, pol_grammar::PolLexer::UNKNOWN + 1> by_type{};
    for (const Keyword& keyword : Keywords()) {
      Role role = Role::kOther;
      switch (keyword.word_class) {
        case WordClass::kDeclaration:
          role = Role::kDeclaration;
          break;
        case WordClass::kReserved:
          role = Role::kReserved;
          break;
        case WordClass::kSoft:
          role = Role::kSoft;
          break;
        case WordClass::kPrefix:
          role = Role::kPrefix;
          break;
        case WordClass::kHard:
          role = Role::kHard;
          break;
        case WordClass::kSymbol:
          break;
      }
      by_type[keyword.token] = role;
    }
    return by_type;
  }();
  return type < roles.size() ? roles[type] : Role::kOther;
}

// A word that is or may turn out to be a name.
inline bool IsNameLike(std::size_t type) {
  const Role role = RoleOf(type);
  return type == pol_grammar::PolLexer::WORD || (role != Role::kOther && role != Role::kHard);
}

inline bool IsOpening(std::size_t type) {
  using pol_grammar::PolLexer;
  return IsOneOf(type, PolLexer::LPAREN, PolLexer::LBRACK, PolLexer::LBRACE, PolLexer::CALL_OPEN,
                 PolLexer::INTERVAL_OPEN, PolLexer::ITEM_OPEN);
}

inline bool IsClosing(std::size_t type) {
  using pol_grammar::PolLexer;
  return IsOneOf(type, PolLexer::RPAREN, PolLexer::RBRACK, PolLexer::RBRACE);
}

}  // namespace pol::syntax
