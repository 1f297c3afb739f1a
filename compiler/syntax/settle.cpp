// Settles, from the few tokens around it, what each token is that could be several things, so that one token
// decides every choice of the grammar:
//
//  * Soft keywords. `title` is a keyword at the start of a field of the policy's header, `count` before `of`
//  or an operand,
//    `rising` after an operand; everywhere else they are names, so a record can have facts called title and
//    count. The rules look at the tokens beside the word and at the declaration around it, never farther.
//  * `(`. One that touches the name before it opens a call; one closed by `]`, or around `a, b` where an
//  interval can stand
//    (after `in` and `within`, at the start of a band's row), opens an interval; `(2)` before a name, a
//    label, `:`, `{` or `when` opens an item. So items need no separator: in
//        (1) first : a or b
//        (2) second : c
//    the second `(` can never be read as part of the first item's condition.
//  * Commas, `in` and `..` that belong to the form right before them rather than to what is around it.

#include <string_view>
#include <vector>

#include "compiler/syntax/keywords.h"
#include "compiler/syntax/token_roles.h"
#include "compiler/syntax/tokens.h"
#include "compiler/syntax/units.h"
#include "grammar/PolLexer.h"

namespace pol::syntax {
namespace {

using pol_grammar::PolLexer;

bool IsPeriodWord(std::size_t type) {
  return IsOneOf(type, PolLexer::DAYS, PolLexer::DAY, PolLexer::WORKING, PolLexer::WORKING_DAYS,
                 PolLexer::MONTHS, PolLexer::MONTH, PolLexer::YEARS, PolLexer::YEAR);
}

bool IsAggregate(std::size_t type) { return type >= PolLexer::SUM && type <= PolLexer::EARLIEST; }
bool IsPlainQuantifier(std::size_t type) {
  return IsOneOf(type, PolLexer::ANY, PolLexer::ALL, PolLexer::EVERY, PolLexer::NONE);
}
bool IsThreshold(std::size_t type) {
  return IsOneOf(type, PolLexer::EXACTLY, PolLexer::AT_LEAST, PolLexer::AT_MOST);
}

class Settler {
 public:
  Settler(ClassifiedTokens& classified, const source::File& file, source::FileId id)
      : classified_(classified), tokens_(classified.list.tokens), file_(file), id_(id) {}

  void Run() {
    Pair();
    for (index_ = 0; index_ < tokens_.size(); ++index_) {
      if (tokens_[index_].type == PolLexer::LPAREN && IsItem()) tokens_[index_].type = PolLexer::ITEM_OPEN;
    }
    for (const Slice& slice : classified_.slices) {
      declaration_ = tokens_[slice.begin].type;
      slice_begin_ = slice.begin;
      if (declaration_ == PolLexer::GRANT) SettleGrant(tokens_, slice);
      if (IsOneOf(declaration_, PolLexer::LIFECYCLE, PolLexer::SCORE)) SettleMembers(slice);
      for (index_ = slice.begin; index_ < slice.end; ++index_) SettleToken(tokens_[index_]);
      for (index_ = slice.begin; index_ < slice.end; ++index_) SettleTail(tokens_[index_].type);
    }
  }

 private:
  std::size_t TypeAt(std::size_t index) const { return index < tokens_.size() ? tokens_[index].type : 0; }
  std::size_t Previous() const { return index_ == 0 ? 0 : tokens_[index_ - 1].type; }
  std::size_t Next() const { return TypeAt(index_ + 1); }
  std::size_t After() const { return TypeAt(index_ + 2); }
  bool FirstOnLine(std::size_t index) const {
    return index >= tokens_.size() || tokens_[index].first_on_line;
  }
  // Outside every bracket but the declaration's own braces.
  bool AtMemberLevel() const {
    const Token& token = tokens_[index_];
    return token.brace != kNoToken && token.bracket == token.brace &&
           tokens_[token.brace].bracket == kNoToken;
  }

  void Pair() {
    std::vector<std::uint32_t> open;
    std::vector<std::uint32_t> braces;
    bands_.resize(tokens_.size());
    std::vector<bool> by = {false};  // inside each open bracket, and outside all: a `by` waits for its braces
    for (std::uint32_t index = 0; index < tokens_.size(); ++index) {
      Token& token = tokens_[index];
      if (IsClosing(token.type)) {
        token.pair = open.back();
        tokens_[open.back()].pair = index;
        open.pop_back();
        by.pop_back();
        if (token.type == PolLexer::RBRACE) braces.pop_back();
      }
      token.bracket = open.empty() ? kNoToken : open.back();
      token.brace = braces.empty() ? kNoToken : braces.back();
      if (IsOneOf(token.type, PolLexer::BY, PolLexer::COLON)) by.back() = token.type == PolLexer::BY;
      if (token.type == PolLexer::BRACKETS && TypeAt(index + 1) == PolLexer::OF) by.back() = true;
      if (!IsOpening(token.type)) continue;
      open.push_back(index);
      if (token.type == PolLexer::LBRACE) {
        braces.push_back(index);
        // The braces of a set or of a list of conditions are not yet those of the table.
        const bool list = index > 0 && IsOneOf(tokens_[index - 1].type, PolLexer::IN, PolLexer::OF);
        bands_[index] = by.back() && !list;
        if (bands_[index]) by.back() = false;
      }
      by.push_back(false);
    }
  }

  void SettleMembers(const Slice& slice) {
    settled_.resize(tokens_.size());
    if (declaration_ == PolLexer::SCORE) return SettleScore(tokens_, slice, settled_);
    SettleLifecycle(tokens_, slice, settled_);
    // The braces of a state are no table, though the `by` of a duty before it seems to wait for them.
    for (std::uint32_t index = slice.begin; index < slice.end; ++index) {
      if (settled_[index]) bands_[index] = false;
    }
  }

  // After a comma of the grant itself.
  bool AtLimit() const {
    return declaration_ == PolLexer::GRANT && tokens_[index_].bracket == kNoToken &&
           Previous() == PolLexer::COMMA;
  }
  static bool IsRounded(std::size_t type) {
    return IsOneOf(type, PolLexer::ROUNDED, PolLexer::ROUNDED_UP, PolLexer::ROUNDED_DOWN);
  }
  // `rounded to`, `rounded down to`
  bool AfterRounded() const {
    return IsRounded(Previous()) ||
           (IsOneOf(Previous(), PolLexer::UP, PolLexer::DOWN) && IsRounded(TypeAt(index_ - 2)));
  }

  // ---- Kinds of tokens -------------------------------------------------------------------------------

  // A value can end with the token; what is before the current token is settled already.
  static bool Ends(std::size_t type) {
    return IsClosing(type) ||
           IsOneOf(type, PolLexer::WORD, PolLexer::NUMBER, PolLexer::NUMERAL, PolLexer::UNIT,
                   PolLexer::PERCENT, PolLexer::DATE, PolLexer::CITATION, PolLexer::STRING, PolLexer::TRUE,
                   PolLexer::FALSE, PolLexer::AS_OF, PolLexer::QUESTION, PolLexer::GIVEN, PolLexer::ABSENT,
                   PolLexer::RISING, PolLexer::FALLING, PolLexer::RUNNING, PolLexer::DAYS,
                   PolLexer::WORKING_DAYS, PolLexer::MONTHS, PolLexer::YEARS, PolLexer::YEAR,
                   PolLexer::NOT_KNOWN, PolLexer::PRINCIPLE, PolLexer::IN_PRINCIPLE);
  }
  // A value can begin with the token, which is not settled yet.
  static bool Begins(std::size_t type) {
    return IsNameLike(type) ||
           IsOneOf(type, PolLexer::NUMBER, PolLexer::DATE, PolLexer::STRING, PolLexer::TRUE, PolLexer::FALSE,
                   PolLexer::AS_OF, PolLexer::CITATION, PolLexer::LPAREN, PolLexer::MINUS);
  }
  // A value follows on the line, or is missing at its end; a name of that spelling would go on otherwise.
  bool TakesNext() const {
    if (Next() == PolLexer::STRING) return false;
    return Begins(Next()) || (FirstOnLine(index_ + 1) && Next() != PolLexer::COLON);
  }
  // `count accidents`: two words in a row on a line, where a value can begin.
  bool TakesWord() const {
    const bool value_expected =
        !Ends(Previous()) && !(declaration_ == PolLexer::RECORD && Previous() == PolLexer::COLON);
    return value_expected && !FirstOnLine(index_ + 1) && (IsNameLike(Next()) || Next() == PolLexer::LPAREN) &&
           !IsInfix(Next());
  }
  static bool IsInfix(std::size_t type) {
    return IsOneOf(type, PolLexer::RISING, PolLexer::FALLING, PolLexer::CONSECUTIVE, PolLexer::FROM,
                   PolLexer::TO, PolLexer::AFTER, PolLexer::BEFORE, PolLexer::UNTIL, PolLexer::GUIDANCE,
                   PolLexer::UNDISCLOSED, PolLexer::REPLACES, PolLexer::EACH_FULL, PolLexer::GIVES);
  }
  // After a name or a label come these; then the word is the name.
  static bool FollowsItemName(std::size_t type) {
    return IsOneOf(type, PolLexer::COLON, PolLexer::WHEN, PolLexer::LBRACE, PolLexer::ALSO);
  }
  // The same, in a clause, where a label or the body may come too.
  static bool FollowsClauseName(std::size_t type) {
    return FollowsItemName(type) || type == PolLexer::STRING ||
           IsOneOf(type, PolLexer::GUIDANCE, PolLexer::UNDISCLOSED, PolLexer::REPLACES);
  }

  // ---- Words -----------------------------------------------------------------------------------------

  void SettleToken(Token& token) {
    if (!settled_.empty() && settled_[index_]) return;
    if (token.type == PolLexer::FOR && Next() == PolLexer::EVERY) token.type = PolLexer::FOR_EVERY;
    if (token.type == PolLexer::LPAREN) return SettleParenthesis(token);
    if (token.type == PolLexer::MINUS && IsSign()) token.type = PolLexer::NEGATIVE;
    if (IsOneOf(token.type, PolLexer::TRUE, PolLexer::FALSE) && (IsOutcome() || IsExpectedOutcome()))
      token.type = PolLexer::WORD;
    const Role role = RoleOf(token.type);
    if (Previous() == PolLexer::DOT && role != Role::kOther) token.type = PolLexer::WORD;
    if (token.type == PolLexer::WORD && IsOneOf(Previous(), PolLexer::NUMBER, PolLexer::IN)) {
      if (FindUnit(file_.Slice({id_, token.begin, token.end})) != nullptr) token.type = PolLexer::UNIT;
    }
    if (role != Role::kSoft && role != Role::kPrefix) return;
    const TokenType type = token.type;
    if (!IsKeyword(type)) {
      token.type = PolLexer::WORD;
    } else if (Previous() == PolLexer::NUMBER || Previous() == PolLexer::RPAREN ||
               Previous() == PolLexer::WORKING) {
      // 1 year, 1 month, 1 day
      if (type == PolLexer::YEAR && Next() != PolLexer::OF) token.type = PolLexer::YEARS;
      if (type == PolLexer::MONTH && Next() != PolLexer::OF) token.type = PolLexer::MONTHS;
      if (type == PolLexer::DAY && Next() != PolLexer::OF) token.type = PolLexer::DAYS;
    } else if (type == PolLexer::SINCE) {
      tokens_[index_ - 1].type = PolLexer::SINCE_COMMA;
    } else if (type == PolLexer::PRINCIPLE) {
      tokens_[index_ - 1].type = PolLexer::PRINCIPLE_IN;
    }
  }

  bool IsKeyword(std::size_t type) const {
    const bool body = IsOneOf(type, PolLexer::GUIDANCE, PolLexer::UNDISCLOSED, PolLexer::REPLACES);
    if ((AfterItemNumber() && !body) || DeclaresNext() || IsGivenFact()) return false;
    if (type >= PolLexer::TITLE && type <= PolLexer::REFERENCE) return IsHeaderField();
    if (type >= PolLexer::STAGE && type <= PolLexer::EVENT) return false;  // settled where they stand for it
    if (IsOneOf(type, PolLexer::AT_LEAST, PolLexer::AT_MOST) && AtLimit()) return true;
    if (IsAggregate(type)) return Next() == PolLexer::OF || TakesWord();
    if (IsPlainQuantifier(type))
      return Next() == PolLexer::OF || Previous() == PolLexer::FOR_EVERY || IsQuantifier();
    if (IsThreshold(type))
      return !Ends(Previous()) && Begins(Next()) && Next() != PolLexer::STRING && !FirstOnLine(index_ + 1);
    switch (type) {
      case PolLexer::KEY:
      case PolLexer::JUDGED:
      case PolLexer::CHECKLIST:
        return BeginsField() && IsNameLike(Next()) && !FirstOnLine(index_ + 1);
      case PolLexer::HOLDS:
        return BeginsField() && !IsOneOf(Next(), PolLexer::COLON, PolLexer::ALSO) &&
               !(Next() == PolLexer::STRING && IsOneOf(After(), PolLexer::COLON, PolLexer::ALSO));
      case PolLexer::PER:
        return Next() == PolLexer::YEAR && Ends(Previous());
      case PolLexer::LIST:
        return Previous() == PolLexer::COLON &&
               (Next() == PolLexer::OF || (IsNameLike(Next()) && !FirstOnLine(index_ + 1)));
      case PolLexer::EXTENDS:
        return AfterPolicyPath() && IsNameLike(Next());
      case PolLexer::REPLACES:
        return IsOneOf(Next(), PolLexer::CITATION, PolLexer::NUMBER);
      case PolLexer::GUIDANCE:
      case PolLexer::UNDISCLOSED:
        return IsBodyWord();
      case PolLexer::PRINCIPLE:
        return IsPrinciple();
      case PolLexer::LIKE:
      case PolLexer::EXPECT:
      case PolLexer::BECAUSE:
      case PolLexer::NEEDS:
      case PolLexer::NOT_KNOWN:
      case PolLexer::EMPTY:
        return declaration_ == PolLexer::EXAMPLE && IsExampleWord(type);
      case PolLexer::OFF:
      case PolLexer::WORK:
        return declaration_ == PolLexer::CALENDAR && tokens_[index_].brace != kNoToken;
      default:
        return IsExpressionWord(type);
    }
  }

  bool IsExpressionWord(std::size_t type) const {
    switch (type) {
      case PolLexer::MISSED:
        return IsMissed();
      case PolLexer::EACH_FULL:
      case PolLexer::GIVES:
        return InExpression() && Ends(Previous()) && Begins(Next()) && !FirstOnLine(index_);
      case PolLexer::GIVEN:
      case PolLexer::ABSENT:
        return Previous() == PolLexer::IS ||
               (Previous() == PolLexer::NOT && TypeAt(index_ - 2) == PolLexer::IS);
      case PolLexer::RISING:
      case PolLexer::FALLING:
        return IsTrend();
      case PolLexer::RUNNING:
        return Previous() == PolLexer::YEARS;
      case PolLexer::CONSECUTIVE:
        return Ends(Previous()) && Next() == PolLexer::NUMBER;
      case PolLexer::DAYS:
      case PolLexer::WORKING:
      case PolLexer::WORKING_DAYS:
      case PolLexer::MONTHS:
      case PolLexer::YEARS:
      case PolLexer::YEAR:
      case PolLexer::MONTH:
      case PolLexer::DAY:
        return IsPeriod(type);
      case PolLexer::LENGTH:
      case PolLexer::GROWTH:
      case PolLexer::VALUE:
      case PolLexer::GREATEST:
      case PolLexer::BRACKETS:
        return Next() == PolLexer::OF;
      case PolLexer::ROUNDED:
      case PolLexer::ROUNDED_UP:
      case PolLexer::ROUNDED_DOWN:
        return AtLimit();
      case PolLexer::LEAST:
        return Next() == PolLexer::OF || Previous() == PolLexer::AT;
      case PolLexer::MOST:
        return Previous() == PolLexer::AT;
      case PolLexer::AT:
        return IsOneOf(Next(), PolLexer::LEAST, PolLexer::MOST);
      case PolLexer::FROM:
      case PolLexer::TO:
        if (type == PolLexer::TO && AfterRounded()) return true;
        return (Ends(Previous()) || IsPeriodWord(Previous())) && TakesNext();
      case PolLexer::AFTER:
        return (IsPeriodWord(Previous()) || AfterNoPeriod()) && TakesNext();
      case PolLexer::BEFORE:
      case PolLexer::UNTIL:
        return IsPeriodWord(Previous()) && TakesNext();
      case PolLexer::SINCE:
        return Previous() == PolLexer::COMMA && TakesNext();
      case PolLexer::LAST:
        return !Ends(Previous()) && IsOneOf(Next(), PolLexer::NUMBER, PolLexer::LPAREN, PolLexer::YEAR);
      case PolLexer::ROUND:
        return TakesWord() || (!Ends(Previous()) && IsOneOf(Next(), PolLexer::NUMBER, PolLexer::CITATION));
      case PolLexer::UP:
      case PolLexer::DOWN:
        if (Next() == PolLexer::TO) return Previous() == PolLexer::ROUNDED;
        return Previous() == PolLexer::ROUND && Begins(Next());
      default:
        return true;
    }
  }

  // What follows `record`, `key` and the like is the name that they declare.
  bool DeclaresNext() const {
    return RoleOf(Previous()) == Role::kDeclaration ||
           IsOneOf(Previous(), PolLexer::KEY, PolLexer::JUDGED, PolLexer::CHECKLIST);
  }
  // What follows `(2)` is the item's name.
  bool AfterItemNumber() const {
    return Previous() == PolLexer::RPAREN && TypeAt(tokens_[index_ - 1].pair) == PolLexer::ITEM_OPEN;
  }
  // `3 after applied`, `staff after applied`: no term, and no name either, so that it can be said.
  bool AfterNoPeriod() const {
    const bool expression =
        IsOneOf(declaration_, PolLexer::LET, PolLexer::PARAM, PolLexer::FUNCTION, PolLexer::ARTICLE,
                PolLexer::CITATION, PolLexer::DECISION, PolLexer::LIFECYCLE);
    return expression && !FirstOnLine(index_) && IsOneOf(Previous(), PolLexer::NUMBER, PolLexer::WORD);
  }
  bool InExpression() const {
    return !IsOneOf(declaration_, PolLexer::ENUMERATION, PolLexer::SCALE, PolLexer::RECORD,
                    PolLexer::EXAMPLE);
  }
  // `missed report`, and after `at least 3` too.
  bool IsMissed() const {
    const bool counted =
        Previous() == PolLexer::NUMBER && IsOneOf(TypeAt(index_ - 2), PolLexer::LEAST, PolLexer::MOST,
                                                  PolLexer::EXACTLY, PolLexer::AT_LEAST, PolLexer::AT_MOST);
    return InExpression() && (counted || !Ends(Previous())) && IsNameLike(Next()) && !IsInfix(Next()) &&
           !FirstOnLine(index_ + 1);
  }
  // `policy tianjin.comprehensive extends …`
  bool AfterPolicyPath() const {
    if (declaration_ != PolLexer::POLICY || Previous() != PolLexer::WORD) return false;
    std::size_t at = index_ - 1;
    while (at > 0 && IsOneOf(TypeAt(at), PolLexer::WORD, PolLexer::DOT)) --at;
    return TypeAt(at) == PolLexer::POLICY;
  }
  bool IsHeaderField() const {
    return declaration_ == PolLexer::POLICY && tokens_[index_].bracket == kNoToken && Ends(Previous()) &&
           Next() != PolLexer::DOT;
  }
  // `decision d { yes when … otherwise no }`
  bool IsOutcome() const {
    if (declaration_ != PolLexer::DECISION || !AtMemberLevel()) return false;
    return Previous() == PolLexer::OTHERWISE || Next() == PolLexer::WHEN ||
           (Next() == PolLexer::STRING && After() == PolLexer::WHEN);
  }
  // `expect d = yes`, where the outcome is called so; `expect §1 = yes` is a truth.
  bool IsExpectedOutcome() const {
    return declaration_ == PolLexer::EXAMPLE && Previous() == PolLexer::EQUAL && index_ >= 3 &&
           TypeAt(index_ - 2) == PolLexer::WORD && TypeAt(index_ - 3) == PolLexer::EXPECT;
  }
  // `count = 3`, `title is absent`, `value 2021..2023 = …`: what an example gives is a name.
  bool IsGivenFact() const {
    if (declaration_ != PolLexer::EXAMPLE) return false;
    return IsOneOf(Next(), PolLexer::EQUAL, PolLexer::IS, PolLexer::DOT) ||
           (FirstOnLine(index_) && Next() == PolLexer::NUMBER);
  }
  bool BeginsExampleLine() const {
    return FirstOnLine(index_) || IsOneOf(Previous(), PolLexer::LBRACE, PolLexer::SEMICOLON);
  }
  bool IsExampleWord(std::size_t type) const {
    const bool names = IsNameLike(Next()) || Next() == PolLexer::CITATION;
    switch (type) {
      case PolLexer::LIKE:
        return Previous() == PolLexer::STRING && Next() == PolLexer::STRING;
      case PolLexer::EXPECT:
        return AtMemberLevel() && BeginsExampleLine() && (names || FirstOnLine(index_ + 1));
      case PolLexer::BECAUSE:
        return AtMemberLevel() && Ends(Previous()) && Next() == PolLexer::CITATION;
      case PolLexer::NEEDS:
        return AtMemberLevel() && Ends(Previous()) && (names || Next() == PolLexer::AS_OF);
      default:
        return Previous() == PolLexer::IS;
    }
  }
  bool BeginsField() const {
    const bool begins =
        Ends(Previous()) || IsOneOf(Previous(), PolLexer::LBRACE, PolLexer::COMMA, PolLexer::SEMICOLON);
    return declaration_ == PolLexer::RECORD && AtMemberLevel() && begins;
  }
  bool IsBodyWord() const {
    if (declaration_ != PolLexer::ARTICLE && declaration_ != PolLexer::CITATION) return false;
    if (!Ends(Previous()) || FollowsItemName(Next())) return false;
    const bool label = Next() == PolLexer::STRING && !FirstOnLine(index_ + 2) &&
                       (FollowsItemName(After()) ||
                        IsOneOf(After(), PolLexer::GUIDANCE, PolLexer::UNDISCLOSED, PolLexer::REPLACES));
    return !label && (Next() == PolLexer::STRING || FirstOnLine(index_ + 1) || Next() == PolLexer::RBRACE);
  }
  // `in principle` after the number, name and label of a clause, before its condition or body.
  bool IsPrinciple() const {
    const bool clause = IsOneOf(declaration_, PolLexer::ARTICLE, PolLexer::CITATION);
    if (!clause || Previous() != PolLexer::IN || FirstOnLine(index_) || !FollowsPrinciple(Next()))
      return false;
    const std::size_t head = index_ - 2;
    const auto after_number = [&](std::size_t at) {
      return TypeAt(at) == PolLexer::RPAREN && TypeAt(tokens_[at].pair) == PolLexer::ITEM_OPEN;
    };
    switch (TypeAt(head)) {
      case PolLexer::STRING:
        return true;
      case PolLexer::NUMBER:
        return TypeAt(head - 1) == PolLexer::ARTICLE;
      case PolLexer::CITATION:
        return head == slice_begin_;
      case PolLexer::WORD:
        return after_number(head - 1);
      default:
        return after_number(head);
    }
  }
  static bool FollowsPrinciple(std::size_t type) {
    return IsOneOf(type, PolLexer::COLON, PolLexer::WHEN, PolLexer::LBRACE, PolLexer::GUIDANCE,
                   PolLexer::UNDISCLOSED, PolLexer::REPLACES);
  }
  bool IsQuantifier() const {
    if (IsOneOf(Next(), PolLexer::LBRACE, PolLexer::CITATION))
      return !Ends(Previous()) && Previous() != PolLexer::BY;
    return TakesWord();
  }
  bool IsTrend() const {
    return Ends(Previous()) && Previous() != PolLexer::STRING && !FollowsItemName(Next()) &&
           !(FirstOnLine(index_) && Next() != PolLexer::OVER);
  }
  bool IsPeriod(std::size_t type) const {
    const bool first = FirstOnLine(index_);
    if (Previous() == PolLexer::NUMBER && !first) return true;
    // `(n) months`, not `(3) months : …`
    if (Previous() == PolLexer::RPAREN && !first) {
      if (TypeAt(tokens_[index_ - 1].pair) == PolLexer::LPAREN) return true;
    }
    if (Previous() == PolLexer::WORKING) return IsOneOf(type, PolLexer::DAYS, PolLexer::DAY);
    if (type == PolLexer::WORKING)
      return IsOneOf(Next(), PolLexer::DAYS, PolLexer::DAY) && After() == PolLexer::FROM;
    if (IsOneOf(type, PolLexer::YEAR, PolLexer::MONTH, PolLexer::DAY)) {
      if (Next() == PolLexer::OF || IsOneOf(Previous(), PolLexer::PER, PolLexer::LAST)) return true;
      return type == PolLexer::YEAR && declaration_ == PolLexer::CALENDAR &&
             tokens_[index_].brace != kNoToken;
    }
    return Next() == PolLexer::FROM && Begins(After()) && !Ends(Previous());
  }

  // ---- Signs -----------------------------------------------------------------------------------------

  bool IsSign() const {
    if (!Ends(Previous())) return true;
    // A band `-1 : …` on a line of its own.
    if (!FirstOnLine(index_) || Next() != PolLexer::NUMBER) return false;
    const bool unit = IsOneOf(After(), PolLexer::PERCENT, PolLexer::WORD);
    return IsOneOf(unit ? TypeAt(index_ + 3) : After(), PolLexer::COLON, PolLexer::COMMA);
  }

  void SettleParenthesis(Token& token) {
    const bool touches = index_ > 0 && tokens_[index_ - 1].end == token.begin;
    if (touches && Previous() == PolLexer::WORD) {
      token.type = PolLexer::CALL_OPEN;
    } else if (IsInterval()) {
      token.type = PolLexer::INTERVAL_OPEN;
    }
  }

  bool IsItem() const {
    if (tokens_[index_].pair != index_ + 2 || !IsOneOf(Next(), PolLexer::NUMBER, PolLexer::NUMERAL))
      return false;
    if (TypeAt(index_ + 2) != PolLexer::RPAREN) return false;
    const std::size_t next = TypeAt(index_ + 3);
    const std::size_t after = TypeAt(index_ + 4);
    if (next == PolLexer::LBRACE) return !IsOneOf(Previous(), PolLexer::BY, PolLexer::IN);
    if (IsPeriodWord(next)) return FollowsClauseName(after);
    if (IsOneOf(next, PolLexer::RISING, PolLexer::FALLING, PolLexer::CONSECUTIVE))
      return after != PolLexer::OVER;
    if (IsOneOf(next, PolLexer::TO, PolLexer::FROM)) return FollowsClauseName(after);
    if (next == PolLexer::IN_PRINCIPLE || (next == PolLexer::IN && after == PolLexer::PRINCIPLE)) return true;
    // A word that cannot be a name stands for one all the same, so that it can be said.
    if (RoleOf(next) == Role::kHard && next != PolLexer::WHEN) {
      return after == PolLexer::COLON || (after == PolLexer::STRING && TypeAt(index_ + 5) == PolLexer::COLON);
    }
    return IsNameLike(next) || IsOneOf(next, PolLexer::STRING, PolLexer::COLON, PolLexer::WHEN);
  }

  // `(a, b]`, `(a, b)`, `(.., b]`: where the grammar has intervals. Anywhere else a comma in brackets belongs
  // to something inside them: `(any of §1, §2)`, `(last 3 years before y, since z)`.
  bool IsInterval() const {
    const std::uint32_t close = tokens_[index_].pair;
    // No other brackets are closed by `]`, begin or end with `..`.
    if (TypeAt(close) == PolLexer::RBRACK || Next() == PolLexer::RANGE) return true;
    if (TypeAt(close - 1) == PolLexer::RANGE) return true;
    const std::uint32_t outer = tokens_[index_].bracket;
    const bool begins_row =
        outer != kNoToken && bands_[outer] &&
        (Ends(Previous()) || IsOneOf(Previous(), PolLexer::LBRACE, PolLexer::COMMA, PolLexer::SEMICOLON));
    return (begins_row || IsOneOf(Previous(), PolLexer::IN, PolLexer::WITHIN)) && HoldsComma(close);
  }

  // Before `close`, outside inner brackets: what is inside those is theirs, so each token is looked at once
  // for the bracket around it.
  bool HoldsComma(std::uint32_t close) const {
    for (std::size_t inner = index_ + 1; inner < close; ++inner) {
      if (tokens_[inner].type == PolLexer::COMMA && TypeAt(inner + 1) != PolLexer::SINCE) return true;
      if (IsOpening(tokens_[inner].type)) inner = tokens_[inner].pair;
    }
    return false;
  }

  // ---- What belongs to the form before it ------------------------------------------------------------

  // The index after a name, a literal or brackets that begin at `index`, with members and calls.
  std::size_t SkipPostfix(std::size_t index) const {
    const std::size_t type = TypeAt(index);
    if (IsOpening(type) && type != PolLexer::LBRACE) {
      index = tokens_[index].pair + 1;
    } else if (IsOneOf(type, PolLexer::WORD, PolLexer::NUMBER, PolLexer::CITATION, PolLexer::DATE,
                       PolLexer::STRING)) {
      ++index;
    } else if (type == PolLexer::MISSED) {
      index += 2;
    } else {
      return index;
    }
    while (true) {
      if (TypeAt(index) == PolLexer::DOT) {
        index += 2;
      } else if (TypeAt(index) == PolLexer::CALL_OPEN) {
        index = tokens_[index].pair + 1;
      } else {
        return index;
      }
    }
  }

  void SettleTail(std::size_t type) {
    if (IsAggregate(type) || IsPlainQuantifier(type)) return SettleSelection(index_ + 1);
    if (IsThreshold(type)) return SettleSelection(SkipPostfix(index_ + 1));
    if (type == PolLexer::AT && IsOneOf(Next(), PolLexer::LEAST, PolLexer::MOST))
      return SettleSelection(SkipPostfix(index_ + 2));
    if (IsOneOf(type, PolLexer::OVER, PolLexer::IN, PolLexer::SELECT_IN)) {
      const std::size_t end = SkipPostfix(index_ + 1);
      if (TypeAt(end) == PolLexer::RANGE) tokens_[end].type = PolLexer::WINDOW_RANGE;
    }
    if (IsOneOf(type, PolLexer::COMMA, PolLexer::SEMICOLON) && Next() == PolLexer::RBRACE) {
      tokens_[index_].type = PolLexer::LAST_SEPARATOR;
    }
  }

  // What an aggregate or a quantifier takes begins at `index`, or `of` does.
  void SettleSelection(std::size_t index) {
    if (TypeAt(index) == PolLexer::OF) ++index;
    if (TypeAt(index) == PolLexer::CITATION && !IsAggregate(tokens_[index_].type)) {
      tokens_[index].type = PolLexer::CITED;
      while (TypeAt(index + 1) == PolLexer::COMMA && TypeAt(index + 2) == PolLexer::CITATION) {
        tokens_[index + 1].type = PolLexer::LIST_COMMA;
        index += 2;
      }
      return;
    }
    const std::size_t end = SkipPostfix(index);
    if (end > index && TypeAt(end) == PolLexer::IN) tokens_[end].type = PolLexer::SELECT_IN;
  }

  ClassifiedTokens& classified_;
  std::vector<Token>& tokens_;
  const source::File& file_;
  source::FileId id_;
  std::vector<bool> bands_;      // which braces are those of a `by`
  std::vector<bool> settled_;    // which tokens of lifecycles and scores are decided
  std::size_t declaration_ = 0;  // what the slice begins with
  std::size_t slice_begin_ = 0;
  std::size_t index_ = 0;
};

}  // namespace

void Settle(ClassifiedTokens& classified, const source::File& file, source::FileId id) {
  Settler(classified, file, id).Run();
}

}  // namespace pol::syntax
