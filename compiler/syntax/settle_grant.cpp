// The `=` of a grant, which its condition may hold too: `when kind = hospital = 30% of total`. What follows
// it is money, in which only an `if` has a `=` outside brackets; so it is the one before that `if`, or the
// last.

#include "compiler/syntax/token_roles.h"
#include "compiler/syntax/tokens.h"
#include "grammar/PolLexer.h"

namespace pol::syntax {
namespace {

using pol_grammar::PolLexer;

bool BeginsLimit(std::size_t type) {
  return IsOneOf(type, PolLexer::AT, PolLexer::AT_LEAST, PolLexer::AT_MOST, PolLexer::LESS_EQUAL,
                 PolLexer::GREATER_EQUAL, PolLexer::ROUNDED, PolLexer::ROUNDED_UP, PolLexer::ROUNDED_DOWN);
}

}  // namespace

void SettleGrant(std::vector<Token>& tokens, const Slice& slice) {
  const auto type_at = [&](std::uint32_t index) -> std::size_t {
    return index < slice.end ? tokens[index].type : 0;
  };
  std::uint32_t found = kNoToken;
  for (std::uint32_t index = slice.begin; index < slice.end; ++index) {
    if (tokens[index].bracket != kNoToken) continue;
    if (type_at(index) == PolLexer::COMMA && BeginsLimit(type_at(index + 1))) break;
    if (type_at(index) != PolLexer::EQUAL) continue;
    found = index;
    if (type_at(index + 1) == PolLexer::IF) break;
  }
  if (found != kNoToken) tokens[found].type = PolLexer::AMOUNT_EQUAL;
}

}  // namespace pol::syntax
