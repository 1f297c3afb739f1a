// The explanation table: for each clause and decision the tree of conditions behind it, each with its
// register, its words and the values it looks at. Called when everything is lowered. Tested by
// tests/compiler/lower_test.cpp and tests/golden/explain/.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "compiler/lower/values.h"
#include "compiler/model/model.h"
#include "compiler/source/source.h"
#include "runtime/program/program.h"

namespace pol::lower {

class Explanations {
 public:
  Explanations(const model::Model& model, const source::Files& files, const Values& values,
               program::Program& program);

  // Index of the node of a clause; kNone when it decides nothing.
  std::uint32_t OfClause(model::ClauseId id);
  std::uint32_t OfDecision(std::uint32_t index);
  void OfLifecycle(std::uint32_t index);
  // Fills in what the grant's condition, amount and limits are shown as.
  void OfGrant(std::uint32_t index);
  // The same of a score: the points of its items, and the limits of these and of the total.
  void OfScore(std::uint32_t index);

 private:
  friend struct NodeRules;

  std::vector<Node> NeedsOf(Node node) const;
  void Visit(Node root);
  void Build(Node node);
  std::uint32_t BuildExpression(model::ExpressionId id);
  std::uint32_t BuildClause(model::ClauseId id);
  std::uint32_t BuildBody(model::ClauseId id);
  std::uint32_t BuildReplacements(model::ClauseId id, std::uint32_t own);
  std::uint32_t BuildLive(model::ClauseId replacing, Register live);

  // Amounts, by what they are made of (amounts.cpp). Deeper than a reader would follow they are shown as they
  // are.
  std::uint32_t AmountOf(model::ExpressionId id, std::uint32_t depth);
  std::uint32_t NamedAmount(model::ExpressionId id, model::ExpressionId meaning, std::uint32_t depth);
  std::uint32_t ProductOf(model::ExpressionId id, const model::Arithmetic& product, std::uint32_t depth);
  std::uint32_t SumOf(model::ExpressionId id, std::uint32_t depth);
  std::uint32_t ChoiceOf(model::ExpressionId id, const model::Conditional& choice, std::uint32_t depth);
  std::uint32_t BandChoiceOf(model::ExpressionId id, const model::Bands& bands, std::uint32_t depth);
  std::uint32_t BracketsOf(model::ExpressionId id, const model::Brackets& brackets);
  std::uint32_t TermFor(Register value, const program::ValueType& type, std::string words);
  bool IsCompound(model::ExpressionId id) const;
  std::vector<program::Limit> LimitsOf(const std::vector<model::Limit>& limits);

  // A node without children, with the words and place of the expression.
  program::Explanation NodeFor(program::ExplanationKind kind, model::ExpressionId id) const;
  // Cuts what has grown past what a reader would follow and the verifier allows: it keeps its words, not its
  // children.
  std::uint32_t Add(program::Explanation node);

  std::uint32_t TermOf(model::ExpressionId id);
  std::uint32_t AddTerm(model::ExpressionId id, bool with_parts);
  // Looks through the names of lets to what they stand for.
  model::ExpressionId Resolve(model::ExpressionId id) const;
  std::vector<model::ExpressionId> PartsOf(model::ExpressionId id) const;
  std::vector<std::uint32_t> ElementTerms(const model::Fold& fold);

  const model::Model& model_;
  const source::Files& files_;
  const Values& values_;
  program::Program& program_;
  std::vector<std::uint32_t> expressions_;
  std::vector<std::uint32_t> clauses_;
  std::vector<bool> entered_expressions_;
  std::vector<bool> entered_clauses_;
  struct Extent {
    std::uint32_t depth = 1;
    std::uint32_t size = 1;  // shared children counted each time
  };
  std::vector<Extent> extents_;                               // by explanation
  std::unordered_map<std::uint64_t, std::uint32_t> terms_;    // (expression, with parts)
  std::unordered_map<std::uint32_t, std::uint32_t> amounts_;  // by expression
};

}  // namespace pol::lower
