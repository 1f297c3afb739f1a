// Any bytes are parsed, rendered and dumped without harm; what parses is formatted, and formatting keeps the
// tree and is stable.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/source/source.h"
#include "compiler/syntax/dump.h"
#include "compiler/syntax/format.h"
#include "compiler/syntax/parse.h"

namespace {

std::string DumpOf(const std::string& text) {
  pol::source::Files files;
  pol::diagnostics::Diagnostics diagnostics;
  const auto file = files.Add("fuzz.pol", text);
  return pol::syntax::Dump(pol::syntax::Parse(files, file, diagnostics));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  pol::source::Files files;
  pol::diagnostics::Diagnostics diagnostics;
  const auto file = files.Add("fuzz.pol", text);
  const auto formatted = pol::syntax::Format(files, file, diagnostics);
  diagnostics.Sort();
  pol::diagnostics::Render(diagnostics, files, pol::diagnostics::Language::kEnglish);
  pol::diagnostics::Render(diagnostics, files, pol::diagnostics::Language::kChinese);
  if (!formatted.has_value()) {
    if (!diagnostics.has_errors()) std::abort();
    DumpOf(text);
    return 0;
  }
  pol::source::Files again;
  pol::diagnostics::Diagnostics none;
  const auto twice = pol::syntax::Format(again, again.Add("fuzz.pol", *formatted), none);
  if (twice != formatted || DumpOf(*formatted) != DumpOf(text)) std::abort();
  return 0;
}
