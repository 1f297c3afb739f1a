// The tokens of a file as the stages of parsing hand them on: Lex reads them, Classify settles what the words
// and brackets are, the parser and the formatter use them. Internal to compiler/syntax. Tested by
// tests/compiler/parse_test.cpp and tests/compiler/keywords_test.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/source/source.h"
#include "compiler/syntax/parse.h"

namespace pol::syntax {

constexpr std::uint32_t kNoToken = 0xffffffff;

// The text of a token is its bytes of the source; `type` is a token of the generated PolLexer.
struct Token {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;  // same as begin for a bracket that was put in where one is missing
  std::uint16_t type = 0;
  bool first_on_line = false;
  // The innermost open bracket and brace around the token; an opening or closing bracket is outside its own
  // pair.
  std::uint32_t bracket = kNoToken;
  std::uint32_t brace = kNoToken;
  std::uint32_t pair = kNoToken;  // of a bracket: the token that opens or closes it
};

struct Comment {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

struct TokenList {
  std::vector<Token> tokens;  // without comments, without an end
  std::vector<Comment> comments;
};

// A run of tokens [begin, end) that is parsed by itself: it begins where a declaration surely begins.
struct Slice {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool skip = false;  // reported already, and not worth parsing
  // Syntax errors from this offset on follow from one that was reported already.
  std::uint32_t silent_from = 0xffffffff;
};

struct ClassifiedTokens {
  TokenList list;
  std::vector<Slice> slices;
};

// Reads the tokens of a text. Strings that are not closed, unknown symbols and the like are reported and
// mended.
TokenList Lex(const source::File& file, source::FileId id, diagnostics::Diagnostics& diagnostics,
              const ParseLimits& limits);

// Pairs brackets (reporting and mending those without a pair), finds where declarations begin, and settles
// the rest.
ClassifiedTokens Classify(TokenList list, const source::File& file, source::FileId id,
                          diagnostics::Diagnostics& diagnostics, const ParseLimits& limits);

// Decides which words are keywords and which names, and which brackets are calls, intervals and items.
void Settle(ClassifiedTokens& classified, const source::File& file, source::FileId id);

// The words and commas of a lifecycle's members, which are keywords by their place in it; `settled` says of
// each token of the file whether it is decided. The brackets are paired already. In settle_lifecycle.cpp.
void SettleLifecycle(std::vector<Token>& tokens, const Slice& slice, std::vector<bool>& settled);

// Finds the `=` before a grant's amount. In settle_grant.cpp.
void SettleGrant(std::vector<Token>& tokens, const Slice& slice);

// As SettleLifecycle, of a score: the names of its items and the words of the limits. In settle_score.cpp.
void SettleScore(std::vector<Token>& tokens, const Slice& slice, std::vector<bool>& settled);

// The names of the lexer's tokens, for the test that compares them with keywords.def.
std::vector<std::string> TokenNames();

}  // namespace pol::syntax
