// The documents tell the truth: every policy they show compiles, every command prints what is shown, every
// keyword is in the manual's table.
//
//   ```pol                a whole policy
//   ```pol surrounding    the policy that the document's fragments belong to
//   ```pol fragment       declarations put at its end
//   ```pol excerpt=PATH   lines of that file
//   ```pol error=CODE     does not compile; tests/compiler/diagnostics_document_test.cpp sees to it
//   ```… file=NAME        also written to the folder in which the document's commands run; with `module`, a
//   module
//   ```console            `$ command` lines, each followed by what it prints; a line … stands for any lines,
//   and a
//                         command that ends in a backslash goes on after `> `
//
// With POL_UPDATE set, what a command prints now is written into the document.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "compiler/compile.h"
#include "polc/policy.h"
#include "tests/docs/markdown.h"
#include "tests/docs/shell.h"

namespace pol::docs {
namespace {

std::string Where(const std::filesystem::path& document, std::size_t line) {
  return document.lexically_relative(Root()).string() + ":" + std::to_string(line);
}

// A fragment may leave its clauses uncited, which is a warning; a whole policy is without any.
void CheckCompiles(const std::string& where, const std::string& text, bool whole, const Scratch& scratch) {
  const Compilation result =
      Compile(where, text, polc::FolderLibrary((scratch.path() / "policy.pol").string(), {}));
  const bool good = whole ? result.diagnostics.list().empty() : result.program.has_value();
  CHECK_MESSAGE(good, where, "\n", Render(result.diagnostics, result.files, diagnostics::Language::kEnglish));
}

// A policy that does nothing but use the module.
std::string UserOf(std::string module) {
  module.resize(module.size() - std::string_view(".pol").size());
  return "policy manual.user\nuse " + module +
         "\nrecord firm { key id : text\n good : yes_no }\narticle 1 : good\n"
         "decision d { ok when §1 otherwise bad }\n";
}

// Files first: a command may use one that is shown after it.
void WriteFiles(const std::vector<Block>& blocks, const Scratch& scratch) {
  for (const Block& block : blocks) {
    const std::string file = ValueOf(block, "file");
    if (!file.empty()) WriteWhole(scratch.path() / file, block.text);
  }
}

void CompileBlocks(const std::filesystem::path& document, const std::vector<Block>& blocks,
                   const Scratch& scratch) {
  std::string surrounding;
  for (const Block& block : blocks) {
    if (block.language != "pol" || !ValueOf(block, "error").empty()) continue;
    const std::string where = Where(document, block.line);
    const std::string whole = ValueOf(block, "excerpt");
    if (!whole.empty()) {
      CHECK_MESSAGE(ReadWhole(Root() / whole).find(block.text) != std::string::npos, where, " is no part of ",
                    whole);
      continue;
    }
    if (HasWord(block, "surrounding")) surrounding = block.text;
    if (HasWord(block, "fragment")) {
      CheckCompiles(where + " (within its surrounding)", surrounding + "\n" + block.text, false, scratch);
    } else if (HasWord(block, "module")) {
      CheckCompiles(where, UserOf(ValueOf(block, "file")), true, scratch);
    } else {
      CheckCompiles(where, block.text, true, scratch);
    }
  }
}

struct Command {
  std::string line;
  std::vector<std::string> shown;
};

std::vector<Command> CommandsOf(const Block& block) {
  std::vector<Command> commands;
  std::istringstream lines(block.text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("$ ")) {
      commands.push_back({line.substr(2), {}});
    } else if (line.starts_with("> ") && !commands.empty() && commands.back().line.ends_with('\\')) {
      commands.back().line += "\n" + line.substr(2);
    } else if (!commands.empty()) {
      commands.back().shown.push_back(line);
    }
  }
  return commands;
}

std::vector<std::string> LinesOf(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) {
    line.erase(line.find_last_not_of(' ') + 1);
    lines.push_back(line);
  }
  while (!lines.empty() && lines.back().empty()) lines.pop_back();
  return lines;
}

// Whether shown[from…] is printed[at…], a line … standing for any lines.
bool Matches(const std::vector<std::string>& shown, std::size_t from, const std::vector<std::string>& printed,
             std::size_t at) {
  for (; from < shown.size(); ++from, ++at) {
    if (shown[from] == "…") {
      for (; at <= printed.size(); ++at) {
        if (Matches(shown, from + 1, printed, at)) return true;
      }
      return false;
    }
    if (at >= printed.size() || shown[from] != printed[at]) return false;
  }
  return at == printed.size();
}

std::string Joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

// "$ first line", "> and those that a backslash continues it with".
std::string AsTyped(const std::string& command) {
  std::string text = "$ ";
  for (const char character : command)
    text += character == '\n' ? std::string("\n> ") : std::string(1, character);
  return text;
}

// The block's text with what the commands print now; commands whose shown text matches keep it.
std::string Rewritten(const std::string& where, const Block& block, const Scratch& scratch, bool report) {
  std::string text;
  for (const Command& command : CommandsOf(block)) {
    const std::vector<std::string> printed = LinesOf(scratch.Run(command.line));
    std::vector<std::string> shown = command.shown;
    while (!shown.empty() && shown.back().empty()) shown.pop_back();
    const bool same = Matches(shown, 0, printed, 0);
    if (report) CHECK_MESSAGE(same, where, " $ ", command.line, "\nprints\n", Joined(printed));
    text += AsTyped(command.line) + "\n" + Joined(same ? command.shown : printed);
  }
  return text;
}

void RunCommands(const std::filesystem::path& document, const std::vector<Block>& blocks,
                 const Scratch& scratch) {
  const bool update = std::getenv("POL_UPDATE") != nullptr;
  std::string markdown = ReadWhole(document);
  for (auto block = blocks.rbegin(); block != blocks.rend();
       ++block) {  // from the end: offsets before stay right
    if (block->language != "console") continue;
    const std::string text = Rewritten(Where(document, block->line), *block, scratch, !update);
    if (text != block->text) markdown.replace(block->begin, block->text.size(), text);
  }
  if (update && markdown != ReadWhole(document)) WriteWhole(document, markdown);
}

TEST_CASE("policies in the documents compile") {
  for (const std::filesystem::path& document : Documents()) {
    const Scratch scratch;
    const std::vector<Block> blocks = BlocksOf(ReadWhole(document));
    WriteFiles(blocks, scratch);
    CompileBlocks(document, blocks, scratch);
  }
}

TEST_CASE("commands in the documents print what is shown") {
  for (const std::filesystem::path& document : Documents()) {
    const Scratch scratch;
    const std::vector<Block> blocks = BlocksOf(ReadWhole(document));
    WriteFiles(blocks, scratch);
    RunCommands(document, blocks, scratch);
  }
}

// "a b" -> "`a` `b`", as the table writes several spellings.
std::string Spellings(const std::string& words) {
  std::string text;
  std::istringstream stream(words);
  for (std::string word; stream >> word;) text += (text.empty() ? "`" : " `") + word + "`";
  return text;
}

TEST_CASE("the manual's table has every keyword in both languages") {
  std::vector<std::pair<std::string, std::string>> keywords;
#define POL_KEYWORD(token, keyword_class, english, chinese) keywords.emplace_back(english, chinese);
#define POL_TYPE_NAME(english, chinese) keywords.emplace_back(english, chinese);
#include "grammar/keywords.def"
  const std::string manual = ReadWhole(Root() / "docs/language.md");
  for (const auto& [english, chinese] : keywords) {
    const std::string row = "| " + Spellings(english) + " | " + Spellings(chinese) + " |";
    CHECK_MESSAGE(manual.find(row) != std::string::npos, "docs/language.md has no row ", row);
  }
}

}  // namespace
}  // namespace pol::docs
