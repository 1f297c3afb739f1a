#include "compiler/syntax/tree.h"

#include <utility>

namespace pol::syntax {

std::string ToString(const Citation& citation) {
  std::string text = std::to_string(citation.article);
  for (const std::uint32_t item : citation.items) text += "(" + std::to_string(item) + ")";
  return text;
}

std::string ToString(const Path& path) {
  std::string text;
  for (const Name& part : path.parts) {
    if (!text.empty()) text += '.';
    text += part.text;
  }
  return text;
}

ExpressionId Tree::Add(Expression expression, source::Range range) {
  expressions.push_back(std::move(expression));
  expression_ranges.push_back(range);
  return {static_cast<std::uint32_t>(expressions.size() - 1)};
}

DeclarationId Tree::Add(Declaration declaration, source::Range range) {
  declarations.push_back(std::move(declaration));
  declaration_ranges.push_back(range);
  return {static_cast<std::uint32_t>(declarations.size() - 1)};
}

}  // namespace pol::syntax
