#include "polc/written.h"

#include <cstddef>
#include <string_view>
#include <type_traits>
#include <variant>

#include "compiler/syntax/parse.h"
#include "runtime/text/utf8.h"

namespace polc {
namespace {

// The offset behind the text in quotation marks that begins at `at`.
std::size_t EndOfQuoted(std::string_view text, std::size_t at, std::string_view closing) {
  for (++at; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text.substr(at).starts_with(closing)) {
      return at + closing.size();
    }
  }
  return text.size();
}

// Without comments, and each run of blanks as one.
std::string OnOneLine(std::string_view text) {
  std::string line;
  const auto add_blank = [&] {
    if (!line.empty() && line.back() != ' ') line += ' ';
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = text.substr(at);
    if (rest.starts_with("--")) {
      at = std::min(text.find('\n', at), text.size());
    } else if (rest.starts_with("/*")) {
      const std::size_t end = text.find("*/", at + 2);
      at = end == std::string_view::npos ? text.size() : end + 2;
      add_blank();
    } else if (rest.starts_with("\"") || rest.starts_with("“")) {
      const std::size_t end = EndOfQuoted(text, at, rest.starts_with("\"") ? "\"" : "”");
      line += text.substr(at, end - at);
      at = end;
    } else if (std::string_view(" \t\r\n").find(text[at]) != std::string_view::npos) {
      add_blank();
      ++at;
    } else {
      line += text[at++];
    }
  }
  return std::string(pol::text::Trim(line));
}

}  // namespace

PolicyText ReadPolicy(std::string name, std::string text, const pol::model::Library& library) {
  PolicyText policy;
  const pol::source::FileId file = policy.files.Add(std::move(name), std::move(text));
  pol::syntax::Tree root = pol::syntax::Parse(policy.files, file, policy.diagnostics);
  policy.trees = pol::model::LoadModules(policy.files, std::move(root), library, policy.diagnostics);
  // As in compiler/compile.cpp: what could not be read would be missed everywhere else.
  if (!policy.diagnostics.has_errors())
    policy.model = pol::model::Build(policy.files, policy.trees, policy.diagnostics);
  policy.diagnostics.Sort();
  return policy;
}

std::optional<pol::syntax::Path> BaseOf(const PolicyText& policy) {
  if (policy.trees.empty() || !policy.trees.front().header) return std::nullopt;
  return policy.trees.front().header->base;
}

Written::Written(const PolicyText& policy) : policy_(policy) {
  for (const pol::syntax::Tree& tree : policy.trees) {
    for (const pol::syntax::DeclarationId id : tree.top) Add(tree, id);
  }
}

void Written::Add(pol::source::Range named, pol::source::Range whole) {
  wholes_.emplace(Start{named.file.index, named.begin}, whole);
}

void Written::Add(const pol::syntax::Item& item, pol::source::Range whole) {
  Add(item.number_range.end != 0 ? item.number_range : whole, whole);
  const auto* body = std::get_if<pol::syntax::ItemsBody>(&item.body);
  if (body == nullptr) return;
  for (const pol::syntax::Item& one : body->items) Add(one, one.range);
}

void Written::Add(const pol::syntax::Tree& tree, pol::syntax::DeclarationId id) {
  const pol::source::Range whole = tree.RangeOf(id);
  const auto add = [&](const auto& declaration) {
    using Declaration = std::decay_t<decltype(declaration)>;
    if constexpr (std::is_same_v<Declaration, pol::syntax::Article>) {
      Add(declaration.clause, whole);
    } else if constexpr (std::is_same_v<Declaration, pol::syntax::Change>) {
      Add(whole, whole);
    } else if constexpr (requires { declaration.naming.name.range; }) {
      Add(declaration.naming.name.range, whole);
    }
  };
  std::visit(add, tree[id]);
}

std::string Written::TextOf(pol::source::Range range) const {
  const auto whole = wholes_.find(Start{range.file.index, range.begin});
  const pol::source::Range shown = whole == wholes_.end() ? range : whole->second;
  return OnOneLine(policy_.files[shown.file].Slice(shown));
}

std::string Written::PlaceOf(pol::source::Range range) const {
  const pol::source::File& file = policy_.files[range.file];
  return file.name() + ":" + std::to_string(file.PositionOf(range.begin).line);
}

std::optional<pol::source::Range> Written::ChangeOf(const std::string& clause) const {
  const pol::syntax::Tree& tree = policy_.trees.front();
  for (const pol::syntax::DeclarationId id : tree.top) {
    const auto* change = std::get_if<pol::syntax::Change>(&tree[id]);
    if (change == nullptr) continue;
    for (const pol::syntax::Citation& citation : change->clauses) {
      const std::string changed = pol::syntax::ToString(citation);
      if (clause == changed || clause.starts_with(changed + "(") || clause.starts_with(changed + "→"))
        return tree.RangeOf(id);
    }
  }
  return std::nullopt;
}

}  // namespace polc
