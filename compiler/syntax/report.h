// What happens at a syntax error: one message, worded for the analyst, and recovery at the next statement.
// Internal to compiler/syntax. Tested by tests/compiler/parse_test.cpp.
#pragma once

#include <cstdint>
#include <exception>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "antlr4-runtime.h"
#include "compiler/diagnostics/diagnostics.h"
#include "compiler/source/source.h"
#include "compiler/syntax/tokens.h"

namespace pol::syntax {

class ReportStrategy final : public antlr4::DefaultErrorStrategy {
 public:
  ReportStrategy(const source::File& file, source::FileId id, const std::vector<Token>& tokens,
                 diagnostics::Diagnostics& diagnostics, std::uint32_t limit)
      : file_(file), id_(id), tokens_(tokens), diagnostics_(diagnostics), errors_left_(limit) {}

  // The slice that is parsed next.
  void Begin(const Slice& slice);
  // As many errors as allowed have been reported, and it has been said.
  bool full() const { return overflowed_; }

  void reset(antlr4::Parser* parser) override;
  void reportError(antlr4::Parser* parser, const antlr4::RecognitionException& error) override;
  void recover(antlr4::Parser* parser, std::exception_ptr error) override;
  void sync(antlr4::Parser* parser) override;

 protected:
  void reportUnwantedToken(antlr4::Parser* parser) override;
  void reportMissingToken(antlr4::Parser* parser) override;
  bool singleTokenInsertion(antlr4::Parser* parser) override;
  antlr4::Token* singleTokenDeletion(antlr4::Parser* parser) override;
  antlr4::Token* getMissingSymbol(antlr4::Parser* parser) override;

 private:
  // Reports that the token at `index` (of the file) does not fit, when nothing was reported for this mistake
  // yet.
  void Report(antlr4::Parser* parser, std::uint32_t index, const antlr4::misc::IntervalSet& expected);
  // The mistakes that have a message of their own (report_special.cpp).
  bool ReportSpecial(std::uint32_t index, const antlr4::misc::IntervalSet& expected);
  bool ReportUnit(std::uint32_t index, const antlr4::misc::IntervalSet& expected);
  bool ReportMisspelt(std::uint32_t index, const antlr4::misc::IntervalSet& expected);
  bool ReportKeyword(std::uint32_t index, const antlr4::misc::IntervalSet& expected);
  bool ReportForm(std::uint32_t index, const antlr4::misc::IntervalSet& expected);
  bool ReportList(std::uint32_t index, const antlr4::misc::IntervalSet& expected);
  bool ReportSeparator(std::uint32_t index);
  void ReportMissing(std::uint32_t index, const std::string& missing, std::string inserted,
                     const std::string& context);
  bool IsReported(std::uint32_t index, std::uint32_t offset) const;
  bool FollowsReported(std::uint32_t index) const;
  bool InChinese() const;
  bool BeginsNothing(std::uint32_t index) const;
  // The quantifier whose list, without braces, the separator at `index` divides; kNoToken when there is none.
  std::uint32_t QuantifierOf(std::uint32_t index) const;
  source::Range RangeOf(std::uint32_t index) const { return {id_, tokens_[index].begin, tokens_[index].end}; }
  std::uint32_t IndexOf(const antlr4::Token* token) const;
  // Where reading can go on: the next statement of the innermost block around the token, or the block's end.
  std::uint32_t NextStatement(std::uint32_t index, bool at_least_one) const;
  void SkipTo(antlr4::Parser* parser, std::uint32_t index);
  bool IsStatementStart(std::uint32_t index, std::uint32_t brace) const;
  std::string Shown(std::uint32_t index) const;
  std::string_view TextAt(std::uint32_t index) const;
  std::size_t TypeAt(std::uint32_t index) const;

  const source::File& file_;
  source::FileId id_;
  const std::vector<Token>& tokens_;
  diagnostics::Diagnostics& diagnostics_;
  std::uint32_t errors_left_;
  bool overflowed_ = false;  // and said so
  Slice slice_;
  std::vector<std::unique_ptr<antlr4::CommonToken>> put_in_;  // tokens that stand for missing ones
  std::uint32_t last_reported_ = kNoToken;                    // of this slice
  std::set<std::size_t> failed_states_;     // of the parser, since it reached last_recovery_
  std::uint32_t last_recovery_ = kNoToken;  // where the last recovery left the parser
};

}  // namespace pol::syntax
