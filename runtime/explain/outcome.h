// One decision, grant or score of one record, told: outcome, clauses, needs and the findings behind them.
// What the writers of text and JSON share; lifecycles are in lifecycle.h. Tested by
// tests/runtime/explain_test.cpp.
#pragma once

#include <string>
#include <vector>

#include "runtime/explain/causes.h"
#include "runtime/explain/findings.h"
#include "runtime/program/program.h"

namespace pol::explain {

struct ToldDecision {
  const program::Decision* decision = nullptr;
  const program::Naming* outcome = nullptr;  // nullptr: undetermined
  std::vector<std::string> because;          // ids of clauses
  std::vector<std::string> needs;            // in words
  std::vector<Finding> findings;
};

struct ToldGrant {
  const program::Grant* grant = nullptr;
  std::string shown;                 // "6,000,000.00 元"; empty when not known
  std::string exact;                 // "6000000"
  std::vector<std::string> because;  // ids of clauses
  std::vector<std::string> needs;    // in words
  std::vector<Finding> findings;
};

struct ToldScore {
  const program::Score* score = nullptr;
  std::string shown;                 // "85"; empty when not known
  std::string exact;                 // "85"
  std::vector<std::string> because;  // ids of clauses
  std::vector<std::string> needs;    // in words
  std::vector<Finding> items;        // as Score::items
  std::vector<Finding> findings;     // about the total
};

// "the as-of date", "revenue 2021": what could still change an outcome, in words.
std::vector<std::string> ShowNeeds(const Reading& reading, const engine::Relevance& relevance);

std::vector<ToldDecision> TellDecisions(const Reading& reading);
std::vector<ToldGrant> TellGrants(const Reading& reading);
std::vector<ToldScore> TellScores(const Reading& reading);

}  // namespace pol::explain
