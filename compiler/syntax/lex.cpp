#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "antlr4-runtime.h"
#include "compiler/syntax/characters.h"
#include "compiler/syntax/keywords.h"
#include "compiler/syntax/tokens.h"
#include "grammar/PolLexer.h"
#include "runtime/text/utf8.h"

namespace pol::syntax {
namespace {

using diagnostics::Diagnostics;
using diagnostics::Fix;
using diagnostics::Kind;
using pol_grammar::PolLexer;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Hands the lexer the folded characters of a UTF-8 text. Its index counts bytes, so the lexer's positions are
// ours.
class FoldingStream final : public antlr4::CharStream {
 public:
  explicit FoldingStream(std::string_view text) : text_(text) { Look(); }

  void consume() override {
    index_ += length_;
    Look();
  }
  std::size_t LA(ssize_t distance) override {
    if (distance == 1) return current_;
    // The generated lexer never looks farther than one character; these are for completeness.
    if (distance <= 0 || index_ + static_cast<std::size_t>(distance) > text_.size()) return EOF;
    std::size_t offset = index_;
    for (ssize_t step = 1; step < distance && offset < text_.size(); ++step) {
      offset += text::CharacterAt(text_, offset).length;
    }
    return offset < text_.size() ? Fold(text::CharacterAt(text_, offset).code) : EOF;
  }
  ssize_t mark() override { return 0; }
  void release(ssize_t /*marker*/) override {}
  std::size_t index() override { return index_; }
  void seek(std::size_t index) override {
    index_ = index;
    Look();
  }
  std::size_t size() override { return text_.size(); }
  std::string getSourceName() const override { return {}; }
  std::string getText(const antlr4::misc::Interval& /*interval*/) override { return {}; }
  std::string toString() const override { return {}; }

 private:
  void Look() {
    if (index_ >= text_.size()) {
      current_ = EOF;
      length_ = 0;
      return;
    }
    const auto byte = static_cast<unsigned char>(text_[index_]);
    if (byte >= 0x20 && byte < 0x7F) {
      current_ = byte;
      length_ = 1;
      return;
    }
    const text::Character character = text::CharacterAt(text_, index_);
    current_ = Fold(character.code);
    length_ = character.length;
  }

  std::string_view text_;
  std::size_t index_ = 0;
  std::size_t current_ = 0;
  std::size_t length_ = 0;
};

// Reads the tokens one after another, and mends what can be mended.
class Reader {
 public:
  Reader(const source::File& file, source::FileId id, Diagnostics& diagnostics, const ParseLimits& limits)
      : file_(file), id_(id), diagnostics_(diagnostics), limits_(limits) {}

  TokenList Run() {
    if (!IsReadable()) return {};
    FoldingStream stream(file_.text());
    if (file_.text().starts_with(kByteOrderMark)) stream.seek(kByteOrderMark.size());
    PolLexer lexer(&stream);
    lexer.removeErrorListeners();
    while (true) {
      const std::unique_ptr<antlr4::Token> token = lexer.nextToken();
      if (token->getType() == antlr4::Token::EOF) break;
      if (list_.tokens.size() >= limits_.tokens) {
        diagnostics_.Emit(Kind::kTooManyWords, RangeOf(At(*token)), {std::to_string(limits_.tokens)});
        break;
      }
      Add(At(*token));
    }
    return std::move(list_);
  }

 private:
  static Token At(const antlr4::Token& token) {
    return {.begin = static_cast<std::uint32_t>(token.getStartIndex()),
            .end = static_cast<std::uint32_t>(token.getStopIndex() + 1),
            .type = static_cast<std::uint16_t>(token.getType())};
  }
  source::Range RangeOf(const Token& token) const { return {id_, token.begin, token.end}; }
  std::string TextOf(const Token& token) const { return std::string(file_.Slice(RangeOf(token))); }

  bool IsReadable() {
    const std::string_view text = file_.text();
    if (text.size() > limits_.bytes) {
      diagnostics_.Emit(Kind::kFileTooLong, {id_, 0, 0},
                        {std::to_string(text.size()), std::to_string(limits_.bytes)});
      return false;
    }
    if (const std::size_t bad = text::FindInvalidUtf8(text); bad != std::string_view::npos) {
      const auto offset = static_cast<std::uint32_t>(bad);
      diagnostics_.Emit(Kind::kTextNotUtf8, {id_, offset, offset + 1}, {std::to_string(bad)});
      return false;
    }
    if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos) {
      const auto offset = static_cast<std::uint32_t>(nul);
      diagnostics_.Emit(Kind::kTextHasNul, {id_, offset, offset + 1}, {std::to_string(nul)});
      return false;
    }
    return true;
  }

  void Add(Token token) {
    switch (token.type) {
      case PolLexer::LINE_COMMENT:
      case PolLexer::BLOCK_COMMENT:
        list_.comments.push_back({token.begin, token.end});
        return;
      case PolLexer::WRONG_COMMENT:
        AddWrongComment(token);
        return;
      case PolLexer::OPEN_COMMENT:
        // Only its beginning is marked: the rest of the file is inside it.
        diagnostics_.Emit(Kind::kUnterminatedComment, {id_, token.begin, token.begin + 2});
        list_.comments.push_back({token.begin, token.end});
        return;
      case PolLexer::WORD:
        ReadWord(token);
        break;
      case PolLexer::NUMBER:
        CheckNumber(token);
        break;
      case PolLexer::STRING:
        CheckEscapes(token);
        break;
      case PolLexer::OPEN_STRING:
        MendString(token);
        break;
      case PolLexer::UNKNOWN:
        if (!MendUnknown(token)) return;
        break;
      default:
        MendSpelling(token);
        break;
    }
    const std::uint32_t previous_end = list_.tokens.empty() ? 0 : list_.tokens.back().end;
    const std::string_view between = file_.text().substr(previous_end, token.begin - previous_end);
    token.first_on_line = list_.tokens.empty() || between.find('\n') != std::string_view::npos;
    list_.tokens.push_back(token);
  }

  void Mend(const Token& token, std::string replacement) {
    auto& diagnostic = diagnostics_.Emit(Kind::kOtherSpelling, RangeOf(token), {TextOf(token), replacement});
    diagnostic.fix = Fix{RangeOf(token), std::move(replacement)};
  }

  void AddWrongComment(const Token& token) {
    const std::uint32_t sign = file_.text()[token.begin] == '#' ? 1 : 2;
    Token mark = token;
    mark.end = token.begin + sign;
    Mend(mark, "--");
    list_.comments.push_back({token.begin, token.end});
  }

  void ReadWord(Token& token) {
    const std::uint32_t length = token.end - token.begin;
    if (length > limits_.word_bytes) {
      const source::Range beginning{id_, token.begin, token.begin + 1};
      diagnostics_.Emit(Kind::kWordTooLong, beginning,
                        {std::to_string(limits_.word_bytes), std::to_string(length)});
      return;
    }
    if (const Keyword* keyword = FindKeyword(file_.Slice(RangeOf(token)))) token.type = keyword->token;
  }

  void CheckNumber(const Token& token) {
    const std::string text = TextOf(token);
    std::string ascii;
    bool full_width = false;
    for (std::size_t offset = 0; offset < text.size();) {
      const text::Character character = text::CharacterAt(text, offset);
      ascii.push_back(static_cast<char>(Fold(character.code)));
      full_width = full_width || (character.length > 1 && ascii.back() != '.');
      offset += character.length;
    }
    if (full_width) {
      auto& diagnostic = diagnostics_.Emit(Kind::kFullWidthDigit, RangeOf(token), {text, ascii});
      diagnostic.fix = Fix{RangeOf(token), ascii};
    }
    const bool misplaced = ascii.ends_with('_') || ascii.find("__") != std::string::npos ||
                           ascii.find("_.") != std::string::npos;
    if (!misplaced) return;
    std::string mended = ascii;
    std::erase(mended, '_');
    auto& diagnostic = diagnostics_.Emit(Kind::kBadNumber, RangeOf(token), {text, mended});
    diagnostic.fix = Fix{RangeOf(token), mended};
  }

  // The length of the escape at `offset` when it is one that a text may hold; 0 otherwise.
  static std::size_t EscapeLength(std::string_view text, std::size_t offset) {
    const char sign = offset + 1 < text.size() ? text[offset + 1] : '\0';
    if (sign == '"' || sign == '\\' || sign == 'n' || sign == 't') return 2;
    if (text.substr(offset, 3) != "\\u{") return 0;
    const std::size_t close = text.find('}', offset);
    if (close == std::string_view::npos || close == offset + 3 || close > offset + 9) return 0;
    std::uint32_t code = 0;
    for (const char digit : text.substr(offset + 3, close - offset - 3)) {
      if (std::isxdigit(static_cast<unsigned char>(digit)) == 0) return 0;
      code = code * 16 + static_cast<std::uint32_t>(digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
    }
    const bool allowed = code > 0 && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
    return allowed ? close - offset + 1 : 0;
  }

  void CheckEscapes(const Token& token) {
    const std::string_view text = file_.Slice(RangeOf(token));
    for (std::size_t offset = text.find('\\'); offset != std::string_view::npos;
         offset = text.find('\\', offset)) {
      std::size_t length = EscapeLength(text, offset);
      if (length == 0) {
        // Past the backslash stands one character at least: the lexer saw to that.
        length = 1 + text::CharacterAt(text, offset + 1).length;
        const auto begin = static_cast<std::uint32_t>(token.begin + offset);
        const source::Range range{id_, begin, begin + static_cast<std::uint32_t>(length)};
        diagnostics_.Emit(Kind::kBadEscape, range, {std::string(text.substr(offset, length))});
      }
      offset += length;
    }
  }

  // Takes the rest of the line as the text, as its writer most likely meant.
  void MendString(Token& token) {
    const bool straight = file_.text()[token.begin] == '"';
    const source::Range opening{id_, token.begin, token.begin + (straight ? 1U : 3U)};
    auto& diagnostic = diagnostics_.Emit(Kind::kUnterminatedText, opening, {straight ? "\"" : "”"});
    if (token.begin > 0 && token.end - token.begin == 1) diagnostic.fix = Fix{opening, ""};
    token.type = PolLexer::STRING;
  }

  // False when nothing sensible can stand for the symbol.
  bool MendUnknown(Token& token) {
    const std::string text = TextOf(token);
    const std::string_view meant = Lookalike(text::CharacterAt(text, 0).code);
    auto& diagnostic = diagnostics_.Emit(Kind::kUnknownSymbol, RangeOf(token), {text});
    if (meant.empty()) return false;
    diagnostic.fix = Fix{RangeOf(token), std::string(meant)};
    if (meant == ",") token.type = PolLexer::COMMA;
    if (meant == "-") token.type = PolLexer::MINUS;
    if (meant == "..") token.type = PolLexer::RANGE;
    if (meant == "and") token.type = PolLexer::AND;
    if (meant == "or") token.type = PolLexer::OR;
    if (meant == "not") token.type = PolLexer::NOT;
    if (meant == "*") token.type = PolLexer::TIMES;
    if (meant == "[") token.type = PolLexer::LBRACK;
    if (meant == "]") token.type = PolLexer::RBRACK;
    if (meant == ":") token.type = PolLexer::COLON;
    if (meant == ";") token.type = PolLexer::SEMICOLON;
    if (meant == "<") token.type = PolLexer::LESS;
    if (meant == ">") token.type = PolLexer::GREATER;
    return token.type != PolLexer::UNKNOWN;
  }

  // What other notations write for our operators.
  void MendSpelling(Token& token) {
    struct Spelling {
      std::uint16_t wrong;
      std::uint16_t right;
      std::string_view text;
    };
    static constexpr std::array kSpellings = {
        Spelling{PolLexer::WRONG_AND, PolLexer::AND, "and"},
        Spelling{PolLexer::WRONG_OR, PolLexer::OR, "or"},
        Spelling{PolLexer::WRONG_NOT, PolLexer::NOT, "not"},
        Spelling{PolLexer::WRONG_NOT_EQUAL, PolLexer::NOT_EQUAL, "!="},
        Spelling{PolLexer::WRONG_LESS_EQUAL, PolLexer::LESS_EQUAL, "<="},
        Spelling{PolLexer::WRONG_GREATER_EQUAL, PolLexer::GREATER_EQUAL, ">="},
        Spelling{PolLexer::WRONG_EQUAL, PolLexer::EQUAL, "="},
        Spelling{PolLexer::WRONG_RANGE, PolLexer::RANGE, ".."},
    };
    if (token.type == PolLexer::WRONG_STRING) {
      const std::string text = TextOf(token);
      Mend(token, "\"" + text.substr(1, text.size() - 2) + "\"");
      token.type = PolLexer::STRING;
      return;
    }
    for (const Spelling& spelling : kSpellings) {
      if (token.type != spelling.wrong) continue;
      Mend(token, std::string(spelling.text));
      token.type = spelling.right;
      return;
    }
  }

  const source::File& file_;
  source::FileId id_;
  Diagnostics& diagnostics_;
  const ParseLimits& limits_;
  TokenList list_;
};

}  // namespace

TokenList Lex(const source::File& file, source::FileId id, Diagnostics& diagnostics,
              const ParseLimits& limits) {
  return Reader(file, id, diagnostics, limits).Run();
}

std::vector<std::string> TokenNames() {
  FoldingStream stream({});
  const PolLexer lexer(&stream);
  std::vector<std::string> names;
  const antlr4::dfa::Vocabulary& vocabulary = lexer.getVocabulary();
  for (std::size_t type = 1; type <= vocabulary.getMaxTokenType(); ++type)
    names.push_back(vocabulary.getSymbolicName(type));
  return names;
}

}  // namespace pol::syntax
