#include "compiler/diagnostics/diagnostics.h"

#include <doctest/doctest.h>

#include <set>
#include <string>

namespace pol::diagnostics {
namespace {

struct Listed {
  Kind kind;
  std::string_view code;
  std::string_view english;
  std::string_view chinese;
};

const Listed kListed[] = {
#define POL_DIAGNOSTIC(code, name, severity, english, chinese) {Kind::k##name, #code, english, chinese},
#include "compiler/diagnostics/diagnostics.def"
#undef POL_DIAGNOSTIC
};

std::set<char> Placeholders(std::string_view wording) {
  std::set<char> found;
  for (std::size_t at = 0; at + 2 < wording.size(); ++at) {
    if (wording.substr(at, 2) == "{{") {
      ++at;
    } else if (wording[at] == '{' && wording[at + 2] == '}') {
      found.insert(wording[at + 1]);
    }
  }
  return found;
}

}  // namespace

TEST_CASE("each diagnostic has one code, and both wordings say the same") {
  std::set<std::string_view> codes;
  for (const Listed& row : kListed) {
    CAPTURE(row.code);
    CHECK(codes.insert(row.code).second);
    CHECK(row.code.size() == 5);
    CHECK(CodeOf(row.kind) == row.code);
    CHECK_FALSE(row.english.empty());
    CHECK_FALSE(row.chinese.empty());
    CHECK(Placeholders(row.english) == Placeholders(row.chinese));
    CHECK_FALSE(row.english.ends_with('.'));
  }
}

TEST_CASE("arguments fill the wording, and words follow the language") {
  const std::vector<std::string> arguments = {Word("colon"), "‘x’", Word("in_item")};
  CHECK(MessageOf(Kind::kSyntaxMissing, arguments, Language::kEnglish) ==
        "a colon ‘:’ is missing after ‘x’, in an item");
  CHECK(MessageOf(Kind::kSyntaxMissing, arguments, Language::kChinese) == "在项中，‘x’之后缺少冒号“:”");
  // A doubled brace is a brace, an argument that is not there is nothing.
  CHECK(MessageOf(Kind::kBadEscape, {"\\q"}, Language::kEnglish).find("\\u{XXXX}") != std::string::npos);
  CHECK(MessageOf(Kind::kSyntaxMissing, {}, Language::kEnglish) == " is missing after , ");
}

TEST_CASE("a diagnostic shows its line, a caret below the range, notes and help") {
  source::Files files;
  const source::FileId file = files.Add("policy.pol", "one\n    (3) rd_effort ： by avg {\nthree\n");
  Diagnostics diagnostics;
  auto& diagnostic =
      diagnostics.Emit(Kind::kUnclosedBracket, {file, 22, 25}, {Word("close_brace"), "{", "2"});
  diagnostic.notes.push_back({{file, 0, 3}, Kind::kOpenedHere, {}});
  diagnostic.fix = Fix{{file, 22, 25}, ":"};
  CHECK(Render(diagnostics, files, Language::kEnglish) ==
        "error[P0114]: a closing brace ‘}’ is missing: the ‘{’ of line 2 is never closed\n"
        "  --> policy.pol:2:19\n"
        "   |\n"
        " 2 |     (3) rd_effort ： by avg {\n"
        "   |                   ^^\n"
        "   = note: it is opened here (policy.pol:1:1)\n"
        "   = help: write ‘:’\n");
  CHECK(Render(diagnostics, files, Language::kChinese).starts_with("错误[P0114]: 缺少右花括号“}”："));
}

TEST_CASE("the caret stands below wide characters, at ends of lines and in empty files") {
  source::Files files;
  const source::FileId file = files.Add("a.pol", "设 窗口 = x");
  Diagnostics diagnostics;
  diagnostics.Emit(Kind::kOpenedHere, {file, 4, 10});
  CHECK(Render(diagnostics, files, Language::kEnglish).find("1 | 设 窗口 = x\n   |    ^^^^\n") !=
        std::string::npos);
  const source::FileId empty = files.Add("b.pol", "");
  Diagnostics none;
  none.Emit(Kind::kOpenedHere, {empty, 0, 0});
  CHECK(Render(none, files, Language::kEnglish).find(" 1 | \n   | ^\n") != std::string::npos);
}

TEST_CASE("a very long line is cut around the range") {
  source::Files files;
  std::string text(5000, 'a');
  text += " 主键 ";
  text.append(3'000'000, 'b');
  const source::FileId file = files.Add("a.pol", text);
  Diagnostics diagnostics;
  diagnostics.Emit(Kind::kOpenedHere, {file, 5001, 5007});
  const std::string rendered = Render(diagnostics, files, Language::kEnglish);
  CHECK(rendered.size() < 700);
  std::string shown = " | …";
  shown.append(39, 'a');
  shown += " 主键 bbb";
  CHECK(rendered.find(shown) != std::string::npos);
  std::string caret = " | ";
  caret.append(41, ' ');
  caret += "^^^^\n";
  CHECK(rendered.find(caret) != std::string::npos);
}

TEST_CASE("a caret reaches no farther than its line") {
  source::Files files;
  const source::FileId file = files.Add("a.pol", "abc\ndef");
  Diagnostics diagnostics;
  diagnostics.Emit(Kind::kOpenedHere, {file, 1, 6});
  CHECK(Render(diagnostics, files, Language::kEnglish).find("   |  ^^\n") != std::string::npos);
}

TEST_CASE("diagnostics are sorted by place, and repeats are dropped") {
  Diagnostics diagnostics;
  diagnostics.Emit(Kind::kReserved, {{0}, 9, 10}, {"b", "x"});
  diagnostics.Emit(Kind::kReserved, {{0}, 3, 4}, {"a", "x"});
  diagnostics.Emit(Kind::kReserved, {{0}, 9, 10}, {"b", "x"});
  diagnostics.Sort();
  REQUIRE(diagnostics.list().size() == 2);
  CHECK(diagnostics.list()[0].range.begin == 3);
  CHECK(diagnostics.has_errors());
}

TEST_CASE("past the limit one diagnostic says that there are more") {
  Diagnostics diagnostics;
  for (std::uint32_t index = 0; index < 1000; ++index)
    diagnostics.Emit(Kind::kReserved, {{0}, index, index + 1}, {"a", "b"});
  diagnostics.Sort();
  REQUIRE(diagnostics.list().size() == Diagnostics::kLimit + 1);
  CHECK(diagnostics.list().back().kind == Kind::kTooManyErrors);
}

}  // namespace pol::diagnostics
