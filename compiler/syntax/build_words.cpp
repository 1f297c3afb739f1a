// What is read off single tokens: ranges, names, texts, citations. Tested by tests/compiler/parse_test.cpp.

#include <algorithm>
#include <string>
#include <utility>

#include "compiler/syntax/build.h"
#include "compiler/syntax/characters.h"
#include "runtime/text/utf8.h"

namespace pol::syntax {
namespace {

std::uint32_t HexValue(char digit) {
  return static_cast<std::uint32_t>(digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
}

}  // namespace

source::Range Builder::RangeOf(antlr4::Token* token) const {
  if (token == nullptr) return {tree_.file, 0, 0};
  return {tree_.file, static_cast<std::uint32_t>(token->getStartIndex()),
          static_cast<std::uint32_t>(token->getStopIndex() + 1)};
}

source::Range Builder::RangeOf(antlr4::tree::TerminalNode* node) const {
  return node == nullptr ? source::Range{tree_.file, 0, 0} : RangeOf(node->getSymbol());
}

source::Range Builder::RangeOf(antlr4::ParserRuleContext* context) const {
  if (context == nullptr || context->start == nullptr) return {tree_.file, 0, 0};
  const source::Range first = RangeOf(context->start);
  // A context that matched nothing stops before it starts.
  const source::Range last = context->stop == nullptr ? first : RangeOf(context->stop);
  return {tree_.file, first.begin, last.end < first.begin ? first.begin : last.end};
}

source::Range Builder::Join(ExpressionId first, ExpressionId last) const {
  return {tree_.file, tree_.RangeOf(first).begin,
          std::max(tree_.RangeOf(last).end, tree_.RangeOf(first).begin)};
}

std::string_view Builder::TextOf(antlr4::Token* token) const { return file_.Slice(RangeOf(token)); }

Name Builder::BuildName(PolParser::NameContext* context) {
  if (context == nullptr || context->start == nullptr || context->exception != nullptr) return {};
  return {std::string(TextOf(context->start)), RangeOf(context->start)};
}

Text Builder::BuildText(antlr4::Token* token) {
  Text text;
  if (token == nullptr) return text;
  text.present = true;
  text.range = RangeOf(token);
  std::string_view written = file_.Slice(text.range);
  const bool straight = written.starts_with('"');
  const std::string_view close = straight ? "\"" : "”";
  written.remove_prefix(straight ? 1 : std::min<std::size_t>(written.size(), 3));
  if (written.ends_with(close)) written.remove_suffix(close.size());
  for (std::size_t at = 0; at < written.size(); ++at) {
    if (written[at] != '\\' || at + 1 == written.size()) {
      text.value.push_back(written[at]);
      continue;
    }
    const char sign = written[++at];
    if (sign == 'n') {
      text.value.push_back('\n');
    } else if (sign == 't') {
      text.value.push_back('\t');
    } else if (sign == 'u' && written.find('}', at) != std::string_view::npos) {
      const std::size_t end = written.find('}', at);
      char32_t code = 0;
      for (const char digit : written.substr(std::min(at + 2, end), end - std::min(at + 2, end))) {
        code = code * 16 + HexValue(digit);
        if (code > 0x10FFFF) break;  // a bad escape, which has been reported
      }
      if (code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF)) text::AppendCharacter(code, text.value);
      at = end;
    } else {
      text.value.push_back(sign);
    }
  }
  return text;
}

std::vector<Text> Builder::BuildAliases(const std::vector<PolParser::AliasesContext*>& contexts) {
  std::vector<Text> aliases;
  for (PolParser::AliasesContext* context : contexts) {
    if (Text text = BuildText(context->text); text.present) aliases.push_back(std::move(text));
  }
  return aliases;
}

// §5(3)(1), 第五条第三项, 第五条第（三）项: the ordinals are what is left when the signs between them are
// taken away.
Citation Builder::ReadCitation(antlr4::Token* token) {
  Citation citation;
  if (token == nullptr) return citation;
  citation.range = RangeOf(token);
  const std::string_view text = TextOf(token);
  std::string ordinal;
  bool first = true;
  const auto finish = [&] {
    if (ordinal.empty()) return;
    const std::uint32_t value = OrdinalValue(ordinal);
    if (first) {
      citation.article = value;
    } else {
      citation.items.push_back(value);
    }
    first = false;
    ordinal.clear();
  };
  for (std::size_t offset = 0; offset < text.size();) {
    const text::Character character = text::CharacterAt(text, offset);
    const std::uint8_t folded = Fold(character.code);
    if ((folded >= '0' && folded <= '9') || folded == static_cast<std::uint8_t>(CharacterClass::kNumeral)) {
      ordinal += text.substr(offset, character.length);
    } else {
      finish();
    }
    offset += character.length;
  }
  finish();
  return citation;
}

}  // namespace pol::syntax
