// The words of a lifecycle. Nearly all of them (`state`, `on`, `due`, `event`, `good`, …) are plausible names
// of facts and of values, so they are keywords by their place alone: at the beginning of a member, right
// after what stands before them in it, or after the comma that joins the parts of a member. What stands in
// the expressions between is left to settle.cpp, where each of them is a name.

#include <vector>

#include "compiler/syntax/token_roles.h"
#include "compiler/syntax/tokens.h"
#include "grammar/PolLexer.h"

namespace pol::syntax {
namespace {

using pol_grammar::PolLexer;

bool IsMemberWord(std::size_t type) {
  return IsOneOf(type, PolLexer::STAGE, PolLexer::STARTS, PolLexer::DUTY, PolLexer::DUE, PolLexer::ENDS,
                 PolLexer::STATE);
}

class LifecycleSettler {
 public:
  LifecycleSettler(std::vector<Token>& tokens, const Slice& slice, std::vector<bool>& settled)
      : tokens_(tokens), slice_(slice), settled_(settled) {}

  void Run() {
    std::uint32_t open = slice_.end;
    for (std::uint32_t at = slice_.begin; at < slice_.end; ++at) {
      // Lifecycles have no items: `every (3) years when …`.
      if (tokens_[at].type == PolLexer::ITEM_OPEN) tokens_[at].type = PolLexer::LPAREN;
      const bool outside = tokens_[at].bracket == kNoToken;
      if (open == slice_.end && outside && tokens_[at].type == PolLexer::LBRACE) open = at;
    }
    if (open == slice_.end) return;
    const std::uint32_t close = tokens_[open].pair;
    std::uint32_t member = kNoToken;
    for (std::uint32_t at = open + 1; at <= close; ++at) {
      if (at < close && !BeginsMember(at, open, member)) continue;
      if (member != kNoToken) SettleMember(member, at);
      member = at;
    }
  }

 private:
  std::size_t TypeAt(std::uint32_t index) const { return index < slice_.end ? tokens_[index].type : 0; }
  bool FirstOnLine(std::uint32_t index) const { return index >= slice_.end || tokens_[index].first_on_line; }
  bool NamesOnLine(std::uint32_t index) const { return IsNameLike(TypeAt(index)) && !FirstOnLine(index); }

  // The first of a line, where the line above can have come to an end with the token.
  static bool MayEnd(std::size_t type) {
    const Role role = RoleOf(type);
    if (IsOneOf(type, PolLexer::FROM, PolLexer::TO, PolLexer::BEFORE, PolLexer::UNTIL, PolLexer::SINCE))
      return false;
    return role == Role::kSoft || role == Role::kPrefix || role == Role::kDeclaration ||
           role == Role::kReserved || SurelyEnds(type);
  }
  // The same inside a line, where a word may as well be a keyword that something follows.
  static bool SurelyEnds(std::size_t type) {
    return IsClosing(type) ||
           IsOneOf(type, PolLexer::WORD, PolLexer::NUMBER, PolLexer::PERCENT, PolLexer::DATE,
                   PolLexer::MONTH_AND_DAY, PolLexer::CITATION, PolLexer::STRING, PolLexer::TRUE,
                   PolLexer::FALSE, PolLexer::AS_OF, PolLexer::GIVEN, PolLexer::ABSENT, PolLexer::DAYS,
                   PolLexer::WORKING_DAYS, PolLexer::MONTHS, PolLexer::YEARS, PolLexer::YEAR,
                   PolLexer::EVERY_YEAR, PolLexer::FINAL, PolLexer::GOOD);
  }

  bool BeginsMember(std::uint32_t at, std::uint32_t open, std::uint32_t member) const {
    if (tokens_[at].bracket != open || !IsMemberWord(TypeAt(at))) return false;
    const std::size_t before = TypeAt(at - 1);
    const bool first = tokens_[at].first_on_line;
    if (at - 1 == open) return true;
    if (at - 1 == member) return first;  // its name, which may be `state` or `due`
    const bool followed = NamesOnLine(at + 1) || TypeAt(at) == PolLexer::STARTS;
    if (IsOneOf(before, PolLexer::COMMA, PolLexer::SEMICOLON)) return followed || first;
    if (!first) return SurelyEnds(before) && followed;
    return MayEnd(before) || (TypeAt(at + 1) == PolLexer::WORD && followed);
  }

  void Settle(std::uint32_t at, std::size_t type) {
    tokens_[at].type = static_cast<std::uint16_t>(type);
    settled_[at] = true;
  }
  void Settle(std::uint32_t at) { Settle(at, TypeAt(at)); }
  void SettleName(std::uint32_t at) {
    if (IsNameLike(TypeAt(at))) Settle(at, PolLexer::WORD);
  }

  // The member from its word up to `end`.
  void SettleMember(std::uint32_t member, std::uint32_t end) {
    const std::size_t kind = TypeAt(member);
    Settle(member);
    std::uint32_t at = member + 1;
    const bool event = TypeAt(at + 1) == PolLexer::EVENT && NamesOnLine(at + 2);
    const bool unnamed =
        TypeAt(at) == PolLexer::AT && (event || (kind == PolLexer::STARTS && TypeAt(at + 1) != PolLexer::AT));
    if (at < end && !unnamed && IsNameLike(TypeAt(at))) SettleName(at++);
    while (at < end && IsOneOf(TypeAt(at), PolLexer::STRING, PolLexer::ALSO)) ++at;
    if (TypeAt(at) == PolLexer::CITATION) ++at;
    if (at >= end) return;
    if (kind == PolLexer::DUTY) SettleCadence(at, end);
    if (kind == PolLexer::STATE) SettleState(at, end);
    const bool occasion = IsOneOf(kind, PolLexer::STAGE, PolLexer::STARTS, PolLexer::ENDS);
    if (occasion && TypeAt(at) == PolLexer::AT) {
      Settle(at);
      SettleEvent(at + 1);
    }
    for (; at < end; ++at) {
      if (tokens_[at].bracket == tokens_[member].bracket && !settled_[at]) SettlePart(kind, at);
    }
  }

  // `event designated`; a fact may be called `event` too.
  void SettleEvent(std::uint32_t at) {
    if (TypeAt(at) != PolLexer::EVENT || !NamesOnLine(at + 1)) return;
    Settle(at);
    SettleName(at + 1);
  }

  // `every year by 12-31`, `every 3 years`, and the first year after it.
  void SettleCadence(std::uint32_t at, std::uint32_t end) {
    const std::size_t next = TypeAt(at + 1);
    if (TypeAt(at) == PolLexer::EVERY_YEAR) {
      Settle(at++);
    } else if (IsOneOf(TypeAt(at), PolLexer::EVERY, PolLexer::PER) &&
               IsOneOf(next, PolLexer::YEAR, PolLexer::YEARS, PolLexer::NUMBER, PolLexer::LPAREN)) {
      Settle(at++, PolLexer::EVERY);
      if (next == PolLexer::LPAREN) at = tokens_[at].pair;
      if (IsOneOf(next, PolLexer::NUMBER, PolLexer::LPAREN)) {
        ++at;
        if (TypeAt(at) == PolLexer::YEAR) Settle(at, PolLexer::YEARS);  // every 1 year
      } else {
        Settle(at);
      }
      ++at;
    }
    const bool dashed = TypeAt(at) == PolLexer::BY && TypeAt(at + 1) == PolLexer::NUMBER &&
                        TypeAt(at + 2) == PolLexer::MINUS && TypeAt(at + 3) == PolLexer::NUMBER;
    if (dashed) Settle(at + 2, PolLexer::DAY_DASH);
    // Nothing that could hold another `since` stands before the condition.
    for (; at < end && !IsOneOf(TypeAt(at), PolLexer::WHEN, PolLexer::MET, PolLexer::MET_BY); ++at) {
      if (TypeAt(at) != PolLexer::SINCE) continue;
      Settle(at);
      if (TypeAt(at - 1) == PolLexer::COMMA) Settle(at - 1, PolLexer::SINCE_COMMA);
      return;
    }
  }

  // What a comma joins to the member: `, lasts 5 years`, `, met by reports`, `, barred for good`.
  void SettlePart(std::size_t kind, std::uint32_t at) {
    const std::size_t before = TypeAt(at - 1);
    const std::size_t next = TypeAt(at + 1);
    const bool comma = before == PolLexer::COMMA;
    const bool values = IsNameLike(next) || IsOneOf(next, PolLexer::NUMBER, PolLexer::LPAREN);
    const bool joined = comma || (SurelyEnds(before) && values);
    bool part = false;
    switch (TypeAt(at)) {
      case PolLexer::LASTS:
        part = kind == PolLexer::STARTS && joined;
        break;
      case PolLexer::MET:
        part = IsOneOf(kind, PolLexer::DUTY, PolLexer::DUE) && (comma || next == PolLexer::BY);
        break;
      case PolLexer::MET_BY:
        part = IsOneOf(kind, PolLexer::DUTY, PolLexer::DUE) && joined;
        break;
      case PolLexer::BARRED:
        part = IsOneOf(kind, PolLexer::ENDS, PolLexer::STATE) && (comma || next == PolLexer::FOR);
        break;
      case PolLexer::BARRED_FOR:
        part = IsOneOf(kind, PolLexer::ENDS, PolLexer::STATE) && joined;
        break;
      default:
        break;
    }
    if (!part) return;
    Settle(at);
    if (comma) Settle(at - 1, PolLexer::PART_COMMA);
    const std::uint32_t after = at + (IsOneOf(next, PolLexer::BY, PolLexer::FOR) ? 2 : 1);
    if (IsOneOf(TypeAt(at), PolLexer::MET, PolLexer::MET_BY)) SettleEvent(after);
    const bool bars = IsOneOf(TypeAt(at), PolLexer::BARRED, PolLexer::BARRED_FOR);
    if (bars && TypeAt(after) == PolLexer::GOOD) Settle(after);
  }

  void SettleState(std::uint32_t at, std::uint32_t end) {
    if (TypeAt(at) == PolLexer::FINAL) Settle(at);
    const std::uint32_t bracket = tokens_[at].bracket;
    for (; at < end; ++at) {
      if (tokens_[at].bracket != bracket || TypeAt(at) != PolLexer::LBRACE) continue;
      Settle(at);
      return SettleTransitions(at);
    }
  }

  // Inside a state's braces: `on event assessed where … -> removed`, `after 6 months -> removed`.
  void SettleTransitions(std::uint32_t open) {
    bool pending = false;  // the arrow of a transition is still to come
    for (std::uint32_t at = open + 1; at < tokens_[open].pair; ++at) {
      if (tokens_[at].bracket != open || settled_[at]) continue;
      const std::size_t type = TypeAt(at);
      const bool event = type == PolLexer::ON && TypeAt(at + 1) == PolLexer::EVENT;
      const bool anew = FirstOnLine(at) && (event || (type == PolLexer::AFTER && !EndsPeriod(at - 1)));
      if (IsOneOf(type, PolLexer::ON, PolLexer::AFTER) && (!pending || anew)) {
        pending = true;
        Settle(at);
        if (!event) continue;
        Settle(at + 1);
        SettleName(at + 2);
      } else if (type == PolLexer::ARROW) {
        pending = false;
        if (!BeginsTransition(at + 1)) SettleName(at + 1);
      }
    }
  }
  bool EndsPeriod(std::uint32_t at) const {
    return IsOneOf(TypeAt(at), PolLexer::DAYS, PolLexer::WORKING_DAYS, PolLexer::MONTHS, PolLexer::YEARS);
  }
  // On the next line, where the target is missing.
  bool BeginsTransition(std::uint32_t at) const {
    return FirstOnLine(at) && IsOneOf(TypeAt(at), PolLexer::ON, PolLexer::AFTER) &&
           !IsOneOf(TypeAt(at + 1), PolLexer::COMMA, PolLexer::SEMICOLON, PolLexer::RBRACE);
  }

  std::vector<Token>& tokens_;
  const Slice& slice_;
  std::vector<bool>& settled_;
};

}  // namespace

void SettleLifecycle(std::vector<Token>& tokens, const Slice& slice, std::vector<bool>& settled) {
  LifecycleSettler(tokens, slice, settled).Run();
}

}  // namespace pol::syntax
