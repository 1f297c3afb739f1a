#include <doctest/doctest.h>

#include <string>

#include "runtime/text/nearest.h"
#include "runtime/text/utf8.h"
#include "runtime/text/width.h"

namespace pol::text {
namespace {

TEST_CASE("display width") {
  CHECK(DisplayWidth("") == 0);
  CHECK(DisplayWidth("abc") == 3);
  CHECK(DisplayWidth("北京") == 4);
  CHECK(DisplayWidth("（ａ）") == 6);
  CHECK(DisplayWidth("e\u0301") == 1);
  CHECK(DisplayWidth("\u200b") == 0);
  CHECK(DisplayWidth("😀") == 2);
  CHECK(DisplayWidth("§≥—") == 3);
  CHECK(DisplayWidth("\xff\xfe") == 2);
  CHECK(DisplayWidth("\x1b[0m") == 3);
}

TEST_CASE("characters of what is not UTF-8") {
  for (const std::string bad :
       {"\x80", "\xc0\x80", "\xe4\xb8", "\xed\xa0\x80", "\xf5\x80\x80\x80", "\xf0\x80\x80\x80"}) {
    std::size_t at = 0;
    CHECK(NextCharacter(bad, at) == kReplacement);
    CHECK(at == 1);
  }
  std::string text;
  for (const char32_t character : {U'a', U'é', U'中', U'😀'}) AppendCharacter(character, text);
  CHECK(text == "aé中😀");
}

TEST_CASE("folding") {
  std::string scratch;
  CHECK(FoldWidth("１２％，．", scratch) == "12%,.");
  CHECK(FoldWidth("plain", scratch) == "plain");
  CHECK(Trim(" \t　甲 乙\u00a0\ufeff") == "甲 乙");
  CHECK(FoldWord(" ＡbＣ ") == "abc");
  CHECK(FoldName(" Credit_Code ") == "creditcode");
}

TEST_CASE("excerpts are safe to show") {
  CHECK(Excerpt("a\nb\tc") == "a⏎b c");
  CHECK(Excerpt("\x1b[31m") == "\ufffd[31m");
  CHECK(Excerpt("a\u202eb") == "a\ufffdb");
  CHECK(Excerpt(std::string(100, 'x'), 5) == "xxxxx…");
  CHECK(Excerpt("北京市", 5) == "北京…");
}

TEST_CASE("the nearest word is offered only when it is near") {
  const std::vector<std::string> words = {"revenue", "registered_in", "founded",
                                          "万元",    "亿元",          "credit_good"};
  CHECK(Nearest("revenu", words) == "revenue");
  CHECK(Nearest("reveune", words) == "revenue");
  CHECK(Nearest("Founded", words) == "founded");
  CHECK(Nearest("亿圆", words) == "亿元");
  CHECK(Nearest("registred_in", words) == "registered_in");
  CHECK(Nearest("Rev_enue", words) == "revenue");
  CHECK(Nearest("credit_god", words) == "credit_good");
  CHECK_FALSE(Nearest("xyz", words).has_value());
  CHECK_FALSE(Nearest("", words).has_value());
  CHECK_FALSE(Nearest("a", words).has_value());
  CHECK_FALSE(Nearest(std::string(100000, 'a'), words).has_value());
}

}  // namespace
TEST_CASE("UTF-8 is read strictly") {
  CHECK(FindInvalidUtf8("主键 abc 𠮷") == std::string_view::npos);
  CHECK(FindInvalidUtf8("ab\xFF") == 2);
  CHECK(FindInvalidUtf8("\xC0\x80") == 0);          // a longer spelling of NUL
  CHECK(FindInvalidUtf8("\xED\xA0\x80") == 0);      // half of a surrogate pair
  CHECK(FindInvalidUtf8("\xF4\x90\x80\x80") == 0);  // past U+10FFFF
  CHECK(FindInvalidUtf8("ab\xE4\xB8") == 2);        // cut short
  std::string text;
  for (const char32_t code : {U'a', U'é', U'主', U'𠮷'}) AppendCharacter(code, text);
  CHECK(text == "aé主𠮷");
}

}  // namespace pol::text
