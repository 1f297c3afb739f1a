// The formatter walks tokens and comments in the order written and decides, before each, whether a line
// begins and how much space stands there. It never adds, drops or moves a token, so the tree cannot change;
// and each decision depends only on the tokens and on line breaks that it keeps, so that formatting twice
// gives the same text.

#include "compiler/syntax/format.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/syntax/characters.h"
#include "compiler/syntax/parse_whole.h"
#include "compiler/syntax/token_roles.h"
#include "grammar/PolLexer.h"
#include "runtime/text/utf8.h"

namespace pol::syntax {
namespace {

using pol_grammar::PolLexer;

constexpr std::uint32_t kIndent = 4;

bool IsSeparator(std::size_t type) {
  return IsOneOf(type, PolLexer::COMMA, PolLexer::SEMICOLON, PolLexer::LIST_COMMA, PolLexer::SINCE_COMMA,
                 PolLexer::PART_COMMA, PolLexer::LAST_SEPARATOR);
}
bool IsRange(std::size_t type) { return IsOneOf(type, PolLexer::RANGE, PolLexer::WINDOW_RANGE); }

// A token or a comment.
struct Element {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t token = kNoToken;  // kNoToken for a comment
  std::size_t type = 0;
  bool new_line = false;  // in the source
  bool blank_line = false;
  bool line_comment = false;
  bool comment() const { return token == kNoToken; }
};

// An open bracket.
struct Frame {
  std::uint32_t inner = 0;   // where a statement or element inside begins
  std::uint32_t closer = 0;  // where the closing bracket stands when it begins a line
  bool breaks = false;       // a line ends after the opening bracket
  bool marked = false;  // what begins inside is known from marks; otherwise it is what follows a separator
};

enum class MarkState : std::uint8_t { kNone, kDeclaration, kMember, kShort };

class Formatter {
 public:
  Formatter(const source::File& file, const WholeParse& whole)
      : text_(file.text()), tokens_(whole.tokens.tokens) {
    marks_.resize(tokens_.size(), MarkState::kNone);
    blocks_.resize(tokens_.size(), MarkState::kNone);
    for (const Mark& mark : whole.marks) {
      MarkState state = MarkState::kMember;
      if (mark.kind == Mark::Kind::kDeclaration) state = MarkState::kDeclaration;
      if (mark.kind == Mark::Kind::kShort) state = MarkState::kShort;
      marks_[mark.token] = state;
      if (tokens_[mark.token].brace != kNoToken) blocks_[tokens_[mark.token].brace] = state;
    }
    Collect(whole.tokens.comments);
  }

  std::string Run() {
    frames_.push_back({});
    for (index_ = 0; index_ < elements_.size(); ++index_) {
      const Element& element = elements_[index_];
      Space(element);
      if (element.comment()) {
        output_ += Trimmed(text_.substr(element.begin, element.end - element.begin));
      } else {
        Emit(element);
      }
    }
    if (!output_.empty()) output_ += '\n';
    return std::move(output_);
  }

 private:
  void Collect(const std::vector<Comment>& comments) {
    std::size_t comment = 0;
    for (std::uint32_t index = 0; index <= tokens_.size(); ++index) {
      const std::uint32_t begin =
          index < tokens_.size() ? tokens_[index].begin : static_cast<std::uint32_t>(text_.size());
      for (; comment < comments.size() && comments[comment].begin < begin; ++comment) {
        Append({.begin = comments[comment].begin, .end = comments[comment].end});
        elements_.back().line_comment = text_.substr(comments[comment].begin, 2) != "/*";
      }
      if (index == tokens_.size()) break;
      Append({.begin = begin, .end = tokens_[index].end, .token = index, .type = tokens_[index].type});
    }
  }

  void Append(Element element) {
    const std::uint32_t previous = elements_.empty() ? 0 : elements_.back().end;
    const std::string_view between = text_.substr(previous, element.begin - previous);
    const auto lines = std::ranges::count(between, '\n');
    element.new_line = lines > 0;
    element.blank_line = lines > 1;
    elements_.push_back(element);
  }

  static std::string Trimmed(std::string_view comment) {
    std::string text;
    for (std::size_t at = 0; at < comment.size();) {
      const std::size_t end = std::min(comment.find('\n', at), comment.size());
      std::string_view line = comment.substr(at, end - at);
      while (!line.empty() && (line.back() == ' ' || line.back() == '\t' || line.back() == '\r'))
        line.remove_suffix(1);
      text += line;
      if (end < comment.size()) text += '\n';
      at = end + 1;
    }
    return text;
  }

  const Element* Previous() const { return index_ == 0 ? nullptr : &elements_[index_ - 1]; }
  std::size_t PreviousType() const { return index_ == 0 || Previous()->comment() ? 0 : Previous()->type; }
  // The token at or after an element.
  const Element* TokenFrom(std::size_t index) const {
    while (index < elements_.size() && elements_[index].comment()) ++index;
    return index < elements_.size() ? &elements_[index] : nullptr;
  }

  // ---- Lines -----------------------------------------------------------------------------------------

  void Space(const Element& element) {
    if (index_ == 0) return;
    if (!BeginsLine(element)) {
      output_ += SpaceBefore(element);
      return;
    }
    const bool closes = !element.comment() && IsClosing(element.type);
    const bool after_opening = IsOpening(PreviousType());
    output_ += element.blank_line && !closes && !after_opening ? "\n\n" : "\n";
    line_indent_ = IndentOf(element);
    output_.append(line_indent_, ' ');
  }

  bool BeginsLine(const Element& element) const {
    if (Previous()->line_comment) return true;
    if (element.comment()) return element.new_line;
    switch (marks_[element.token]) {
      case MarkState::kDeclaration:
      case MarkState::kMember:
        return true;
      case MarkState::kShort:
      case MarkState::kNone:
        break;
    }
    if (IsClosing(element.type)) return frames_.back().breaks;
    if (IsOpening(PreviousType())) return frames_.back().breaks;
    const bool block = element.type == PolLexer::LBRACE && blocks_[element.token] != MarkState::kNone;
    const bool clings = IsSeparator(element.type) ||
                        IsOneOf(element.type, PolLexer::COLON, PolLexer::DOT, PolLexer::CALL_OPEN,
                                PolLexer::QUESTION, PolLexer::UNIT, PolLexer::PERCENT);
    return element.new_line && !block && !clings;
  }

  std::uint32_t IndentOf(const Element& element) {
    const Element* token = TokenFrom(index_);
    if (token == nullptr) return 0;
    if (IsClosing(token->type)) return element.comment() ? frames_.back().inner : frames_.back().closer;
    Frame& frame = frames_.back();
    switch (marks_[token->token]) {
      case MarkState::kDeclaration:
        frame.inner = 0;
        return 0;
      case MarkState::kMember:
        // Fields of the policy's header stand in no braces.
        if (frames_.size() == 1) frame.inner = kIndent;
        return frame.inner;
      case MarkState::kShort:
        return frame.breaks ? frame.inner : frame.inner + kIndent;
      case MarkState::kNone:
        break;
    }
    // A block's brace that a comment keeps off its line.
    if (token->type == PolLexer::LBRACE && blocks_[token->token] != MarkState::kNone) return frame.inner;
    const std::size_t previous = PreviousTokenType();
    const bool element_start = IsSeparator(previous) || IsOpening(previous);
    if (frame.breaks && !frame.marked && element_start) return frame.inner;
    return frame.inner + kIndent;
  }

  std::size_t PreviousTokenType() const {
    for (std::size_t index = index_; index > 0; --index) {
      if (!elements_[index - 1].comment()) return elements_[index - 1].type;
    }
    return 0;
  }

  // ---- Spaces ----------------------------------------------------------------------------------------

  std::string_view SpaceBefore(const Element& element) const {
    const Element& previous = *Previous();
    // A comment after something on the same line stands off a little.
    if (element.comment()) return element.line_comment ? "  " : " ";
    if (previous.comment()) return " ";
    return Touches(previous, element) ? "" : " ";
  }

  bool Touches(const Element& previous, const Element& element) const {
    const std::size_t left = previous.type;
    const std::size_t right = element.type;
    if (left == PolLexer::LBRACE) return right == PolLexer::RBRACE;
    if (IsOpening(left) || IsOneOf(right, PolLexer::RPAREN, PolLexer::RBRACK)) return true;
    if (IsSeparator(right) || IsOneOf(right, PolLexer::DOT, PolLexer::CALL_OPEN, PolLexer::QUESTION))
      return true;
    if (left == PolLexer::DOT || IsRange(left)) return true;
    if (IsRange(right)) return left != PolLexer::COMMA;
    if (IsOneOf(PolLexer::DAY_DASH, left, right)) return true;
    if (left == PolLexer::NEGATIVE) return right != PolLexer::NEGATIVE;  // `--` would begin a comment
    if (left == PolLexer::NUMBER) return TouchesNumber(previous, element);
    return false;
  }

  // 5%, 30万元, 100 USD, 30 days; a Chinese word after a number stays as its author wrote it.
  bool TouchesNumber(const Element& previous, const Element& element) const {
    const bool ascii = static_cast<unsigned char>(text_[element.begin]) < 0x80;
    if (element.type == PolLexer::PERCENT) return true;
    if (element.type == PolLexer::UNIT) return !ascii;
    return !ascii && previous.end == element.begin && IsWord(element.type);
  }
  static bool IsWord(std::size_t type) { return type <= PolLexer::UNIT; }

  // ---- Tokens ----------------------------------------------------------------------------------------

  void Emit(const Element& element) {
    if (IsClosing(element.type)) frames_.pop_back();
    output_ += Spelling(element);
    if (IsOpening(element.type)) Open(element);
  }

  void Open(const Element& element) {
    const Element* next = index_ + 1 < elements_.size() ? &elements_[index_ + 1] : nullptr;
    const MarkState block = blocks_[element.token];
    const bool empty =
        tokens_[element.token].pair == element.token + 1 && next != nullptr && !next->comment();
    // A comment after the bracket on its line leaves the decision to what comes after.
    bool line_ends = next != nullptr && next->new_line;
    for (std::size_t index = index_ + 1; !line_ends && index < elements_.size() && elements_[index].comment();
         ++index) {
      line_ends =
          elements_[index].line_comment || (index + 1 < elements_.size() && elements_[index + 1].new_line);
    }
    Frame frame;
    frame.breaks = !empty && (block == MarkState::kMember || line_ends);
    frame.marked = block != MarkState::kNone;
    frame.inner = frame.breaks ? line_indent_ + kIndent : frames_.back().inner;
    frame.closer = line_indent_;
    frames_.push_back(frame);
  }

  // Signs in ASCII, everything else as its author spelled it.
  std::string Spelling(const Element& element) const {
    const std::string_view written = text_.substr(element.begin, element.end - element.begin);
    if (element.type == PolLexer::EQUAL && IsSign(written)) return "=";
    if (IsWord(element.type) && !IsOpening(element.type)) return std::string(written);
    if (IsOneOf(element.type, PolLexer::WORD, PolLexer::STRING, PolLexer::NUMERAL))
      return std::string(written);
    std::string spelling;
    for (std::size_t offset = 0; offset < written.size();) {
      const text::Character character = text::CharacterAt(written, offset);
      const std::uint8_t folded = Fold(character.code);
      if (folded >= 0x20) {
        spelling += static_cast<char>(folded);
      } else {
        spelling += written.substr(offset, character.length);
      }
      offset += character.length;
    }
    return spelling;
  }
  static bool IsSign(std::string_view written) { return Fold(text::CharacterAt(written, 0).code) == '='; }

  std::string_view text_;
  const std::vector<Token>& tokens_;
  std::vector<MarkState> marks_;   // by token
  std::vector<MarkState> blocks_;  // by opening brace: the marks inside
  std::vector<Element> elements_;
  std::vector<Frame> frames_;
  std::size_t index_ = 0;
  std::uint32_t line_indent_ = 0;
  std::string output_;
};

}  // namespace

std::optional<std::string> Format(const source::Files& files, source::FileId file,
                                  diagnostics::Diagnostics& diagnostics) {
  diagnostics::Diagnostics own;
  const WholeParse whole = ParseWhole(files, file, own);
  for (const diagnostics::Diagnostic& one : own.list()) {
    auto& copy = diagnostics.Emit(one.kind, one.range, one.arguments);
    copy.notes = one.notes;
    copy.fix = one.fix;
  }
  if (own.has_errors()) return std::nullopt;
  return Formatter(files[file], whole).Run();
}

}  // namespace pol::syntax
