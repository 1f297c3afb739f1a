// The examples are decided as the law says: what `polc check` prints of each file of examples/beijing-tic is
// what expected.csv says, which was written by hand from the text of the law.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <map>
#include <string>
#include <vector>

#include "tests/docs/markdown.h"
#include "tests/docs/shell.h"

namespace pol::docs {
namespace {

using Row = std::map<std::string, std::string>;

// Rows of a CSV text as RFC 4180 has it, by their headers.
std::vector<Row> RowsOf(const std::string& csv) {
  std::vector<std::vector<std::string>> table(1, {""});
  bool quoted = false;
  for (std::size_t at = 0; at < csv.size(); ++at) {
    const char character = csv[at];
    if (character == '"' && quoted && at + 1 < csv.size() && csv[at + 1] == '"') {
      table.back().back() += csv[++at];
    } else if (character == '"') {
      quoted = !quoted;
    } else if (character == ',' && !quoted) {
      table.back().emplace_back();
    } else if (character == '\n' && !quoted) {
      table.push_back({""});
    } else if (character != '\r') {
      table.back().back() += character;
    }
  }
  table.pop_back();  // what follows the last line break
  std::vector<Row> rows;
  for (std::size_t line = 1; line < table.size(); ++line) {
    REQUIRE(table[line].size() == table[0].size());
    Row& row = rows.emplace_back();
    for (std::size_t cell = 0; cell < table[0].size(); ++cell) row[table[0][cell]] = table[line][cell];
  }
  return rows;
}

constexpr const char* kFolder = "examples/beijing-tic/";

// A file of applicants and the files of their lists, which end alike.
std::string WithLists(const std::string& ending) {
  std::string files = "applicants" + ending;
  for (const char* list : {"partners", "accidents", "history", "reports", "demands"})
    files += fmt::format(" --table {0}={0}{1}", list, ending);
  return files;
}

TEST_CASE("the applicants of examples/beijing-tic are decided as expected.csv says") {
  std::map<std::string, Row> expected;
  for (const Row& row : RowsOf(ReadWhole(Root() / kFolder / "expected.csv")))
    expected[row.at("credit_code")] = row;
  const std::size_t count = expected.size();
  std::size_t decided = 0;
  const Scratch scratch;
  for (const std::string& data :
       {WithLists(".csv"), WithLists(".gb18030.csv"), std::string("applicants.ndjson")}) {
    const std::string command = fmt::format(
        "cd {} && polc check ../../policies/beijing-tic/2024-trial.pol {} --as-of 2026-11-20 --format csv "
        "2>/dev/null",
        kFolder, data);
    for (const Row& row : RowsOf(scratch.Run(command))) {
      const std::string key = row.at("credit_code");
      REQUIRE_MESSAGE(expected.contains(key), key, " is not in expected.csv");
      const Row& wanted = expected.at(key);
      for (const char* column : {"eligibility", "schedule", "designation", "because", "needs"}) {
        CHECK_MESSAGE(row.at(column) == wanted.at(column), key, " ", wanted.at("name"), ": ", column, " is ",
                      row.at(column), ", expected ", wanted.at(column), " (", wanted.at("why"), ")");
      }
      ++decided;
    }
  }
  CHECK(decided == count);
}

}  // namespace
}  // namespace pol::docs
