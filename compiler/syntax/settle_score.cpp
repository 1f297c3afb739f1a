// The names and limits of a score. An item may be called `sum` or `at`, and a limit begins with words that
// are plausible names, so both are told by their place: an item's name is what a colon follows, a limit
// stands after a comma or at the start of a line. There it is about the total, and a sign (`<= 100`, 不超过
// 100) would be a comparison with the item before it; so it becomes the word.

#include <vector>

#include "compiler/syntax/token_roles.h"
#include "compiler/syntax/tokens.h"
#include "grammar/PolLexer.h"

namespace pol::syntax {
namespace {

using pol_grammar::PolLexer;

class ScoreSettler {
 public:
  ScoreSettler(std::vector<Token>& tokens, const Slice& slice, std::vector<bool>& settled)
      : tokens_(tokens), slice_(slice), settled_(settled) {}

  void Run() {
    std::uint32_t open = slice_.end;
    for (std::uint32_t at = slice_.begin; at < slice_.end; ++at) {
      // Scores have no numbered items: `points : (2)` with a name on the next line.
      if (tokens_[at].type == PolLexer::ITEM_OPEN) tokens_[at].type = PolLexer::LPAREN;
      const bool outside = tokens_[at].bracket == kNoToken;
      if (open == slice_.end && outside && tokens_[at].type == PolLexer::LBRACE) open = at;
    }
    if (open == slice_.end) return;
    for (std::uint32_t at = open + 1; at < tokens_[open].pair; ++at) {
      if (tokens_[at].bracket == open && !settled_[at]) SettleToken(at);
    }
  }

 private:
  std::size_t TypeAt(std::uint32_t index) const { return index < slice_.end ? tokens_[index].type : 0; }

  void SettleToken(std::uint32_t at) {
    if (IsItemName(at)) {
      if (TypeAt(at - 1) == PolLexer::COMMA) Settle(at - 1, PolLexer::PART_COMMA);
      Settle(at, PolLexer::WORD);
      compares_ = false;
    } else if (IsOneOf(TypeAt(at), PolLexer::IF, PolLexer::WHERE, PolLexer::THEN)) {
      compares_ = TypeAt(at) != PolLexer::THEN;
    } else {
      SettleLimit(at);
    }
  }

  void SettleLimit(std::uint32_t at) {
    const std::size_t next = TypeAt(at + 1);
    const bool comma = TypeAt(at - 1) == PolLexer::COMMA;
    const bool begins = comma || MayBegin(at);
    const bool bound = IsOneOf(next, PolLexer::LEAST, PolLexer::MOST);
    const bool rounds = IsOneOf(next, PolLexer::UP, PolLexer::DOWN, PolLexer::TO);
    switch (TypeAt(at)) {
      case PolLexer::AT:
        if (!bound || !begins) return;
        Settle(at, PolLexer::AT);
        return Settle(at + 1, next);
      case PolLexer::AT_LEAST:
      case PolLexer::AT_MOST:
        if (begins) Settle(at, TypeAt(at));
        return;
      case PolLexer::ROUNDED:
      case PolLexer::ROUNDED_UP:
      case PolLexer::ROUNDED_DOWN:
        if (!comma && !(begins && rounds)) return;
        Settle(at, TypeAt(at));
        if (IsOneOf(next, PolLexer::UP, PolLexer::DOWN)) Settle(++at, next);
        if (TypeAt(at + 1) == PolLexer::TO) Settle(at + 1, PolLexer::TO);
        return;
      case PolLexer::LESS_EQUAL:
      case PolLexer::GREATER_EQUAL:
        if (comma || !begins || compares_ || !BeginsLine(at)) return;
        return Settle(at, TypeAt(at) == PolLexer::LESS_EQUAL ? PolLexer::AT_MOST : PolLexer::AT_LEAST);
      default:
        return;
    }
  }

  // In the middle of a line, too, where its comma is missing and the builder says so.
  bool MayBegin(std::uint32_t at) const {
    const std::size_t before = TypeAt(at - 1);
    return IsOneOf(before, PolLexer::LBRACE, PolLexer::SEMICOLON) || MayEnd(before);
  }
  bool BeginsLine(std::uint32_t at) const {
    return tokens_[at].first_on_line || IsOneOf(TypeAt(at - 1), PolLexer::LBRACE, PolLexer::SEMICOLON);
  }
  // A value can have come to an end with the token.
  static bool MayEnd(std::size_t type) {
    return IsClosing(type) || IsNameLike(type) ||
           IsOneOf(type, PolLexer::NUMBER, PolLexer::PERCENT, PolLexer::DATE, PolLexer::CITATION,
                   PolLexer::STRING, PolLexer::TRUE, PolLexer::FALSE, PolLexer::AS_OF);
  }

  // `patents "专利" also "发明专利" §9(1) :`
  bool IsItemName(std::uint32_t at) const {
    if (!IsNameLike(TypeAt(at)) || TypeAt(at - 1) == PolLexer::DOT) return false;
    std::uint32_t after = at + 1;
    while (IsOneOf(TypeAt(after), PolLexer::STRING, PolLexer::ALSO)) ++after;
    if (TypeAt(after) == PolLexer::CITATION) ++after;
    return TypeAt(after) == PolLexer::COLON;
  }

  void Settle(std::uint32_t at, std::size_t type) {
    tokens_[at].type = static_cast<std::uint16_t>(type);
    settled_[at] = true;
  }

  std::vector<Token>& tokens_;
  const Slice& slice_;
  std::vector<bool>& settled_;
  bool compares_ = false;  // in the condition of an `if` or a `where`
};

}  // namespace

void SettleScore(std::vector<Token>& tokens, const Slice& slice, std::vector<bool>& settled) {
  ScoreSettler(tokens, slice, settled).Run();
}

}  // namespace pol::syntax
