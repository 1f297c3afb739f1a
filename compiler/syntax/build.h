// From the generated parser's contexts to the tree. Internal to compiler/syntax, and one of its few headers
// that show ANTLR. A context that is missing or broken becomes an Error node: its mistake has been reported.
// Tested by tests/compiler/parse_test.cpp and tests/golden/tree/.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/source/source.h"
#include "compiler/syntax/parse_whole.h"
#include "compiler/syntax/tokens.h"
#include "compiler/syntax/tree.h"
#include "grammar/PolParser.h"

namespace pol::syntax {

using pol_grammar::PolParser;

// What the builders of expressions and declarations share: the tree, and positions.
class Builder {
 public:
  Builder(const source::File& file, source::FileId id, diagnostics::Diagnostics& diagnostics,
          const ParseLimits& limits)
      : file_(file), diagnostics_(diagnostics), limits_(limits) {
    tree_.file = id;
  }

  // Adds what one slice holds. `first` is the index of the slice's first token in the whole file.
  void AddSlice(PolParser::SliceContext* context, std::uint32_t first);
  // Adds an ErrorDeclaration for a slice that was not parsed.
  void AddError(source::Range range);

  Tree TakeTree() { return std::move(tree_); }
  std::vector<Mark> TakeMarks() { return std::move(marks_); }

 private:
  // ---- build_declaration.cpp
  void Build(PolParser::DeclarationContext* context);
  void Build(PolParser::HeaderContext* context);
  void Build(PolParser::UseContext* context);
  void Build(PolParser::ParameterContext* context);
  void Build(PolParser::EnumerationContext* context);
  void Build(PolParser::ScaleContext* context);
  void Build(PolParser::RecordContext* context);
  void Build(PolParser::LetContext* context);
  void Build(PolParser::FunctionContext* context);
  void Build(PolParser::ArticleContext* context);
  void Build(PolParser::ChangeContext* context);
  void Build(PolParser::DecisionContext* context);
  void Build(PolParser::GrantContext* context);
  void Build(PolParser::ScoreContext* context);
  void Build(PolParser::QuotaContext* context);
  void Build(PolParser::LifecycleContext* context);
  void Build(PolParser::RegionContext* context);
  void Build(PolParser::CalendarContext* context);
  void Build(PolParser::ExampleContext* context);
  void Add(Declaration declaration, antlr4::ParserRuleContext* context);
  void AddMember(PolParser::RecordMemberContext* context, Record& record);
  void BuildClause(PolParser::ClauseRestContext* context, Item& clause);
  ClauseBody BuildBody(PolParser::BodyContext* context);
  ReplacesBody BuildReplaces(PolParser::ReplacesContext* context);
  Item BuildItem(PolParser::ItemContext* context);
  Limit BuildLimit(PolParser::LimitContext* context);
  Limit BuildLimit(PolParser::WordLimitContext* context);
  ScoreItem BuildScoreItem(PolParser::ItemMemberContext* context);
  bool AreParted(source::Range before, source::Range after) const;
  RegionRow BuildRow(PolParser::RegionRowContext* context);
  CalendarSpan BuildSpan(PolParser::CalendarSpanContext* context);
  Type BuildType(PolParser::TypeContext* context);
  Naming BuildNaming(PolParser::NamingContext* context);
  Path BuildPath(PolParser::PathContext* context);
  std::uint32_t BuildNumber(antlr4::Token* token, diagnostics::Kind kind, std::uint32_t largest);

  // ---- build_lifecycle.cpp
  void AddMember(PolParser::LifecycleMemberContext* context, Lifecycle& lifecycle);
  void Lacks(diagnostics::Kind kind, antlr4::ParserRuleContext* context);
  std::optional<Citation> CitationIn(antlr4::Token* token);
  Occasion BuildOccasion(PolParser::OccasionContext* context, antlr4::ParserRuleContext* member);
  Bar BuildBar(PolParser::BarContext* context);
  LifecycleEnd BuildEnd(PolParser::EndsMemberContext* context);
  LifecycleDuty BuildDuty(PolParser::DutyMemberContext* context);
  LifecycleDuty BuildDue(PolParser::DueMemberContext* context);
  void AddCadence(PolParser::CadenceContext* context, LifecycleDuty& duty);
  void AddDay(PolParser::DayOfYearContext* context, LifecycleDuty& duty);
  void AddMeans(PolParser::MetByContext* context, antlr4::ParserRuleContext* member, LifecycleDuty& duty);
  LifecycleState BuildState(PolParser::StateMemberContext* context);
  LifecycleTransition BuildTransition(PolParser::TransitionContext* context);

  // ---- build_example.cpp
  ExamplePath BuildPath(PolParser::SubjectContext* context);
  ExampleGiven BuildGiven(PolParser::GivenContext* context);
  ExampleRow BuildRow(PolParser::GivenRowContext* context);
  void AddExpectation(PolParser::ExpectationContext* context, source::Range range, Example& example);

  // ---- build_expression.cpp
  ExpressionId Build(PolParser::ExpressionContext* context);
  ExpressionId Build(PolParser::DisjunctionContext* context);
  ExpressionId Build(PolParser::ConjunctionContext* context);
  ExpressionId Build(PolParser::NegationContext* context);
  ExpressionId Build(PolParser::PredicateContext* context);
  ExpressionId Build(PolParser::RangeValueContext* context);
  ExpressionId Build(PolParser::FallbackContext* context);
  ExpressionId Build(PolParser::AdditiveContext* context);
  ExpressionId Build(PolParser::ProportionContext* context);
  ExpressionId Build(PolParser::MultiplicativeContext* context);
  ExpressionId Build(PolParser::UnaryContext* context);
  ExpressionId Build(PolParser::OperandContext* context);
  ExpressionId Build(PolParser::DateFormContext* context);
  ExpressionId Build(PolParser::WindowContext* context);
  ExpressionId Build(PolParser::PostfixContext* context);
  ExpressionId Build(PolParser::PrimaryContext* context);
  ExpressionId Build(PolParser::WindowOperandContext* context);
  ExpressionId BuildSuffix(PolParser::SuffixContext* context, ExpressionId operand, source::Range range);
  ExpressionId BuildMembership(PolParser::MembershipContext* context, ExpressionId operand,
                               source::Range range);
  ExpressionId BuildBandValue(PolParser::BandValueContext* context);
  ExpressionId BuildBands(PolParser::BandsContext* context);
  ExpressionId BuildBrackets(PolParser::BracketsContext* context);
  std::vector<Band> BuildRows(const std::vector<PolParser::BandContext*>& rows);
  ExpressionId BuildCall(ExpressionId callee, PolParser::StepContext* context, source::Range range);
  ExpressionId BuildNumberPrimary(PolParser::NumberPrimaryContext* context);
  ExpressionId BuildPeriod(ExpressionId amount, PolParser::PeriodUnitContext* unit, source::Range range);
  ExpressionId BuildTerm(PolParser::PostfixContext* period, PolParser::OperandContext* start,
                         source::Range range);
  void AttachWhere(PolParser::NegationContext* context, std::size_t index, ExpressionId first);
  ExpressionId BuildQuantification(PolParser::QuantificationContext* context);
  ExpressionId BuildNumberLiteral(antlr4::Token* token);
  ExpressionId BuildDate(antlr4::Token* token);
  ExpressionId BuildCitation(antlr4::Token* token);
  Interval BuildInterval(PolParser::IntervalContext* context);
  Pattern BuildPattern(PolParser::PatternContext* context);
  Selection BuildSelection(PolParser::SelectionContext* context);
  Quantifier BuildQuantifier(PolParser::QuantifierContext* context);
  ExpressionId Chain(const std::vector<ExpressionId>& operands, const std::vector<BinaryOperator>& operators);
  ExpressionId Add(Expression expression, source::Range range);
  ExpressionId TooDeep(source::Range range);
  ExpressionId Missing(antlr4::ParserRuleContext* context);

  template <typename Context>
  ExpressionId Logical(LogicOperator operation, const std::vector<Context*>& contexts, source::Range range);

  // ---- Both: tokens and positions
  Name BuildName(PolParser::NameContext* context);
  Text BuildText(antlr4::Token* token);
  std::vector<Text> BuildAliases(const std::vector<PolParser::AliasesContext*>& contexts);
  Citation ReadCitation(antlr4::Token* token);
  std::string_view TextOf(antlr4::Token* token) const;
  source::Range RangeOf(antlr4::Token* token) const;
  source::Range RangeOf(antlr4::tree::TerminalNode* node) const;
  source::Range RangeOf(antlr4::ParserRuleContext* context) const;
  source::Range Join(ExpressionId first, ExpressionId last) const;
  void MarkStart(antlr4::ParserRuleContext* context, Mark::Kind kind);

  const source::File& file_;
  diagnostics::Diagnostics& diagnostics_;
  const ParseLimits& limits_;
  Tree tree_;
  std::vector<Mark> marks_;
  std::vector<std::uint16_t> depths_;  // of tree_.expressions
  std::uint32_t first_token_ = 0;
  bool too_deep_ = false;   // said once for a declaration
  bool in_header_ = false;  // reading the policy's header
};

}  // namespace pol::syntax
