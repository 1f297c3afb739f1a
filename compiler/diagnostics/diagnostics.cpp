#include "compiler/diagnostics/diagnostics.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

namespace pol::diagnostics {
namespace {

struct Row {
  std::string_view code;
  std::string_view name;
  Severity severity;
  std::string_view english;
  std::string_view chinese;
};

constexpr auto kRows = std::to_array<Row>({
#define POL_DIAGNOSTIC(code, name, severity, english, chinese) \
  {#code, #name, Severity::severity, english, chinese},
#include "compiler/diagnostics/diagnostics.def"
#undef POL_DIAGNOSTIC
});

struct WordRow {
  std::string_view key;
  std::string_view english;
  std::string_view chinese;
};

constexpr std::array kWords = {
#define POL_WORD(key, english, chinese) WordRow{#key, english, chinese},
#include "compiler/diagnostics/words.def"
#undef POL_WORD
};

// Control characters, which no source text that gets this far holds, mark where a word of words.def goes.
constexpr char kWordBegin = '\x01';
constexpr char kWordEnd = '\x02';

const Row& RowOf(Kind kind) { return kRows[static_cast<std::size_t>(kind)]; }

void AppendWord(std::string_view key, Language language, std::string& text) {
  const auto row = std::ranges::find(kWords, key, &WordRow::key);
  if (row == kWords.end()) {
    text += key;
  } else {
    text += language == Language::kEnglish ? row->english : row->chinese;
  }
}

void AppendArgument(std::string_view argument, Language language, std::string& text) {
  for (std::size_t at = 0; at < argument.size();) {
    const std::size_t begin = argument.find(kWordBegin, at);
    text += argument.substr(at, begin - at);
    if (begin == std::string_view::npos) return;
    const std::size_t end = std::min(argument.find(kWordEnd, begin), argument.size());
    AppendWord(argument.substr(begin + 1, end - begin - 1), language, text);
    at = end + 1;
  }
}

}  // namespace

Diagnostic& Diagnostics::Emit(Kind kind, source::Range range, std::vector<std::string> arguments) {
  Diagnostic diagnostic{kind, range, std::move(arguments), {}, {}};
  if (SeverityOf(kind) == Severity::kError) ++error_count_;
  if (list_.size() < kLimit) {
    list_.push_back(std::move(diagnostic));
    return list_.back();
  }
  if (list_.size() == kLimit) list_.push_back({Kind::kTooManyErrors, range, {}, {}, {}});
  overflow_ = std::move(diagnostic);
  return overflow_;
}

void Diagnostics::Sort() {
  const auto key = [](const Diagnostic& one) {
    // "There are more" belongs after everything it speaks of.
    const bool last = one.kind == Kind::kTooManyErrors;
    return std::tuple(last, one.range.file.index, one.range.begin, one.range.end, one.kind);
  };
  const auto before = [&](const Diagnostic& left, const Diagnostic& right) {
    return key(left) != key(right) ? key(left) < key(right) : left.arguments < right.arguments;
  };
  const auto same = [&](const Diagnostic& left, const Diagnostic& right) {
    return key(left) == key(right) && left.arguments == right.arguments;
  };
  std::stable_sort(list_.begin(), list_.end(), before);
  list_.erase(std::unique(list_.begin(), list_.end(), same), list_.end());
}

std::string Word(std::string_view key) {
  std::string argument(1, kWordBegin);
  argument += key;
  argument += kWordEnd;
  return argument;
}

std::string_view CodeOf(Kind kind) { return RowOf(kind).code; }
Severity SeverityOf(Kind kind) { return RowOf(kind).severity; }
std::string_view NameOf(Kind kind) { return RowOf(kind).name; }

std::string MessageOf(Kind kind, const std::vector<std::string>& arguments, Language language) {
  const std::string_view wording = language == Language::kEnglish ? RowOf(kind).english : RowOf(kind).chinese;
  std::string text;
  for (std::size_t at = 0; at < wording.size(); ++at) {
    const bool brace = wording[at] == '{';
    if (brace && wording.substr(at, 2) == "{{") {
      text += '{';
      ++at;
    } else if (brace && at + 2 < wording.size() && wording[at + 2] == '}') {
      const auto index = static_cast<std::size_t>(wording[at + 1] - '0');
      if (index < arguments.size()) AppendArgument(arguments[index], language, text);
      at += 2;
    } else {
      text += wording[at];
    }
  }
  return text;
}

}  // namespace pol::diagnostics
