#include "tests/docs/markdown.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>

namespace pol::docs {
namespace {

constexpr std::string_view kFence = "```";

Block Opened(const std::string& line) {
  Block block;
  std::istringstream words(line.substr(kFence.size()));
  words >> block.language;
  for (std::string word; words >> word;) block.words.push_back(word);
  return block;
}

}  // namespace

bool HasWord(const Block& block, const std::string& word) {
  return std::find(block.words.begin(), block.words.end(), word) != block.words.end();
}

std::string ValueOf(const Block& block, const std::string& name) {
  for (const std::string& word : block.words) {
    if (word.starts_with(name + "=")) return word.substr(name.size() + 1);
  }
  return {};
}

std::vector<Block> BlocksOf(const std::string& markdown) {
  std::vector<Block> blocks;
  bool inside = false;
  std::size_t line_number = 0;
  for (std::size_t at = 0; at < markdown.size();) {
    const std::size_t end = std::min(markdown.find('\n', at), markdown.size());
    const std::string line = markdown.substr(at, end - at);
    ++line_number;
    const std::size_t next = end + 1;
    if (line.starts_with(kFence)) {
      if (!inside) {
        blocks.push_back(Opened(line));
        blocks.back().line = line_number + 1;
        blocks.back().begin = next;
      }
      inside = !inside;
    } else if (inside) {
      blocks.back().text += line + "\n";
    }
    at = next;
  }
  return blocks;
}

std::filesystem::path Root() { return POL_SOURCE_DIR; }

std::string ReadWhole(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void WriteWhole(const std::filesystem::path& path, const std::string& text) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

std::vector<std::filesystem::path> Documents() {
  std::vector<std::filesystem::path> documents{Root() / "README.md"};
  for (const auto& entry : std::filesystem::directory_iterator(Root() / "docs")) {
    if (entry.path().extension() == ".md") documents.push_back(entry.path());
  }
  std::sort(documents.begin() + 1, documents.end());
  return documents;
}

std::vector<std::string> CodeSpans(const std::string& markdown) {
  std::vector<std::string> spans;
  bool inside = false;
  std::istringstream lines(markdown);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(kFence)) inside = !inside;
    if (inside || line.starts_with(kFence)) continue;
    for (std::size_t open = line.find('`'); open != std::string::npos; open = line.find('`', open)) {
      const std::size_t close = line.find('`', open + 1);
      if (close == std::string::npos) break;
      spans.push_back(line.substr(open + 1, close - open - 1));
      open = close + 1;
    }
  }
  return spans;
}

}  // namespace pol::docs
