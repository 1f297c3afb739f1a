// Diagnostics: what the compiler tells the analyst about a policy. Each kind is one row of diagnostics.def
// (code, severity, wording in English and Chinese); a stage emits a kind with the words that fill it, and
// where. Tested by tests/compiler/diagnostics_test.cpp and, a case for each code, by
// tests/golden/diagnostics/.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/source/source.h"

namespace pol::diagnostics {

// A note is only ever part of another diagnostic.
enum class Severity : std::uint8_t { kError, kWarning, kNote };

enum class Kind : std::uint16_t {
#define POL_DIAGNOSTIC(code, name, severity, english, chinese) k##name,
#include "compiler/diagnostics/diagnostics.def"
#undef POL_DIAGNOSTIC
};

enum class Language : std::uint8_t { kEnglish, kChinese };

// A second place that the message speaks of ("first declared here").
struct Note {
  source::Range range;
  Kind kind;  // a note's wording is a row of the list too
  std::vector<std::string> arguments;
};

// A change of text that would mend it; shown as "help: …".
struct Fix {
  source::Range range;
  std::string replacement;
};

struct Diagnostic {
  Kind kind;
  source::Range range;
  std::vector<std::string> arguments;  // fill {0}, {1}, … of the wording
  std::vector<Note> notes;
  std::optional<Fix> fix;
};

// Collects the diagnostics of one compilation. Never throws; at most `kLimit` errors are kept, then one says
// so.
class Diagnostics {
 public:
  static constexpr std::size_t kLimit = 100;

  Diagnostic& Emit(Kind kind, source::Range range, std::vector<std::string> arguments = {});
  bool has_errors() const { return error_count_ > 0; }
  const std::vector<Diagnostic>& list() const { return list_; }
  // Sorts by file and position, and drops exact repeats: what a reader sees does not depend on the order of
  // checks.
  void Sort();

 private:
  std::vector<Diagnostic> list_;
  Diagnostic overflow_{};  // where Emit sends what is past the limit
  std::size_t error_count_ = 0;
};

// An argument that is put in the reader's language: a key of words.def. May be joined with other text.
std::string Word(std::string_view key);

// "P0123".
std::string_view CodeOf(Kind kind);
Severity SeverityOf(Kind kind);
std::string_view NameOf(Kind kind);
std::string MessageOf(Kind kind, const std::vector<std::string>& arguments, Language language);

// The whole text for a terminal: file:line:column, message, the line with a caret below, notes and help.
std::string Render(const Diagnostic& diagnostic, const source::Files& files, Language language);
std::string Render(const Diagnostics& diagnostics, const source::Files& files, Language language);

}  // namespace pol::diagnostics
