// Fenced blocks of the Markdown files under docs/, which the tests of this folder compile and run.
// Tested by tests/docs/manual_test.cpp.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace pol::docs {

struct Block {
  std::string language;            // "pol", "console", …
  std::vector<std::string> words;  // the rest of the line that opens the block: "fragment", "file=first.pol"
  std::string text;
  std::size_t line = 0;   // one-based, of the first line of `text`
  std::size_t begin = 0;  // byte offset of `text` in the file
};

bool HasWord(const Block& block, const std::string& word);
// The value of `name=value`; empty when there is none.
std::string ValueOf(const Block& block, const std::string& name);

std::vector<Block> BlocksOf(const std::string& markdown);

// The root of the project.
std::filesystem::path Root();
std::string ReadWhole(const std::filesystem::path& path);
void WriteWhole(const std::filesystem::path& path, const std::string& text);
// README.md and every Markdown file of docs/, in order of name.
std::vector<std::filesystem::path> Documents();

// Text between `backticks` outside of fenced blocks.
std::vector<std::string> CodeSpans(const std::string& markdown);

}  // namespace pol::docs
