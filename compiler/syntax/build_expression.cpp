#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "compiler/source/map_each.h"
#include "compiler/syntax/build.h"
#include "compiler/syntax/characters.h"
#include "compiler/syntax/children.h"
#include "compiler/syntax/keywords.h"
#include "runtime/text/utf8.h"

namespace pol::syntax {
namespace {

using diagnostics::Kind;

// The context as the alternative that it is; nullptr when it is another, or was never finished.
template <typename Alternative>
Alternative* As(antlr4::ParserRuleContext* context) {
  return dynamic_cast<Alternative*>(context);
}

PeriodUnit UnitOf(PolParser::PeriodUnitContext* context) {
  if (context == nullptr) return PeriodUnit::kDays;
  if (context->WORKING() != nullptr || context->WORKING_DAYS() != nullptr) return PeriodUnit::kWorkingDays;
  if (context->DAYS() != nullptr) return PeriodUnit::kDays;
  return context->MONTHS() != nullptr ? PeriodUnit::kMonths : PeriodUnit::kYears;
}

CompareOperator OperatorOf(PolParser::RelationContext* context) {
  if (context == nullptr || context->start == nullptr) return CompareOperator::kEqual;
  switch (context->start->getType()) {
    case PolParser::LESS:
      return CompareOperator::kLess;
    case PolParser::LESS_EQUAL:
      return CompareOperator::kLessEqual;
    case PolParser::GREATER:
      return CompareOperator::kGreater;
    case PolParser::GREATER_EQUAL:
      return CompareOperator::kGreaterEqual;
    case PolParser::NOT_EQUAL:
      return CompareOperator::kNotEqual;
    default:
      return CompareOperator::kEqual;
  }
}

}  // namespace

// ---- Expressions -------------------------------------------------------------------------------------

ExpressionId Builder::Add(Expression expression, source::Range range) {
  std::uint32_t depth = 0;
  ForEachChild(expression,
               [&](ExpressionId child) { depth = std::max<std::uint32_t>(depth, depths_[child.index]); });
  ++depth;
  // Whoever walks the tree may recurse: no chain of operators, however written, makes it deeper than this.
  if (depth > 2 * limits_.nesting) return TooDeep(range);
  depths_.push_back(static_cast<std::uint16_t>(depth));
  return tree_.Add(std::move(expression), range);
}

ExpressionId Builder::TooDeep(source::Range range) {
  if (!too_deep_) diagnostics_.Emit(Kind::kNestingTooDeep, range, {std::to_string(limits_.nesting)});
  too_deep_ = true;
  return Add(ErrorExpression{}, range);
}

ExpressionId Builder::Missing(antlr4::ParserRuleContext* context) {
  return Add(ErrorExpression{}, RangeOf(context));
}

ExpressionId Builder::Build(PolParser::ExpressionContext* context) {
  if (auto* plain = As<PolParser::PlainContext>(context)) return Build(plain->disjunction());
  if (auto* bands = As<PolParser::BandsContext>(context)) return BuildBands(bands);
  if (auto* conditional = As<PolParser::ConditionalContext>(context)) {
    Conditional node{Build(conditional->condition), Build(conditional->consequence),
                     Build(conditional->alternative)};
    return Add(node, RangeOf(context));
  }
  return Missing(context);
}

template <typename Context>
ExpressionId Builder::Logical(LogicOperator operation, const std::vector<Context*>& contexts,
                              source::Range range) {
  if (contexts.size() == 1) return Build(contexts.front());
  Logic logic{operation, {}};
  for (Context* operand : contexts) logic.operands.push_back(Build(operand));
  return Add(std::move(logic), range);
}

ExpressionId Builder::Build(PolParser::DisjunctionContext* context) {
  if (context == nullptr || context->operands.empty()) return Missing(context);
  return Logical(LogicOperator::kOr, context->operands, RangeOf(context));
}

ExpressionId Builder::Build(PolParser::ConjunctionContext* context) {
  if (context == nullptr || context->operands.empty()) return Missing(context);
  return Logical(LogicOperator::kAnd, context->operands, RangeOf(context));
}

ExpressionId Builder::Build(PolParser::NegationContext* context) {
  if (context == nullptr) return Missing(context);
  if (context->NOT() != nullptr)
    return Add(Unary{UnaryOperator::kNot, Build(context->negation())}, RangeOf(context));
  if (context->where.size() > limits_.nesting) return TooDeep(RangeOf(context));
  const ExpressionId next{static_cast<std::uint32_t>(tree_.expressions.size())};
  const ExpressionId result = Build(context->condition);
  for (std::size_t index = 0; index < context->where.size(); ++index) AttachWhere(context, index, next);
  return result;
}

// The grammar reads `sum of x over w where c` as a predicate and then its `where`; the condition belongs to
// the innermost selection that ends right before the word. `first` is the first expression that may be it.
void Builder::AttachWhere(PolParser::NegationContext* context, std::size_t index, ExpressionId first) {
  PolParser::PredicateContext* before = index == 0 ? context->condition : context->where[index - 1];
  const std::uint32_t end = RangeOf(before).end;
  Selection* selection = nullptr;
  std::uint32_t owner = first.index;
  for (; owner < tree_.expressions.size() && selection == nullptr; ++owner) {
    if (tree_.expression_ranges[owner].end != end) continue;
    Expression& expression = tree_.expressions[owner];
    if (auto* aggregate = std::get_if<Aggregate>(&expression)) selection = &aggregate->selection;
    if (auto* quantified = std::get_if<QuantifiedSelection>(&expression)) selection = &quantified->selection;
    if (selection != nullptr && selection->condition.valid()) selection = nullptr;
  }
  const std::uint32_t stop = static_cast<std::uint32_t>(tree_.expressions.size());
  if (selection == nullptr) {
    if (context->exception == nullptr)
      diagnostics_.Emit(Kind::kWhereWithoutSelection, RangeOf(context->words[index]), {});
    return;
  }
  --owner;
  const ExpressionId condition = Build(context->where[index]);
  if (depths_[owner] + depths_[condition.index] > 2U * limits_.nesting) {
    TooDeep(tree_.RangeOf(condition));
    return;
  }
  // Building may have moved the expressions.
  Expression& expression = tree_.expressions[owner];
  auto* aggregate = std::get_if<Aggregate>(&expression);
  (aggregate != nullptr ? aggregate->selection : std::get<QuantifiedSelection>(expression).selection)
      .condition = condition;
  // The selection and all that ended with it end later now, and are deeper.
  for (std::uint32_t at = owner; at < stop; ++at) {
    if (tree_.expression_ranges[at].end != end) continue;
    tree_.expression_ranges[at].end = tree_.RangeOf(condition).end;
    const std::uint32_t depth = depths_[at] + std::uint32_t{depths_[condition.index]};
    depths_[at] = static_cast<std::uint16_t>(std::min<std::uint32_t>(depth, 2 * limits_.nesting));
  }
}

ExpressionId Builder::Build(PolParser::PredicateContext* context) {
  if (context == nullptr || context->operands.empty()) return Missing(context);
  Comparison comparison;
  for (PolParser::RangeValueContext* operand : context->operands)
    comparison.operands.push_back(Build(operand));
  for (PolParser::RelationContext* relation : context->relations)
    comparison.operators.push_back(OperatorOf(relation));
  // A relation whose right side could not be read.
  while (comparison.operands.size() <= comparison.operators.size())
    comparison.operands.push_back(Missing(context));
  ExpressionId result = comparison.operands.front();
  if (!comparison.operators.empty()) {
    const source::Range range = Join(comparison.operands.front(), comparison.operands.back());
    result = Add(std::move(comparison), range);
  }
  return context->suffix() == nullptr ? result : BuildSuffix(context->suffix(), result, RangeOf(context));
}

ExpressionId Builder::BuildSuffix(PolParser::SuffixContext* context, ExpressionId operand,
                                  source::Range range) {
  const auto window = [&](PolParser::WindowOperandContext* written) {
    return written == nullptr ? ExpressionId{} : Build(written);
  };
  if (auto* in = As<PolParser::MembershipContext>(context)) return BuildMembership(in, operand, range);
  if (auto* presence = As<PolParser::PresenceContext>(context);
      presence != nullptr && presence->state != nullptr) {
    const bool given = presence->state->getType() == PolParser::GIVEN;
    return Add(Presence{operand, given == (presence->NOT() == nullptr)}, range);
  }
  if (auto* trend = As<PolParser::TrendContext>(context); trend != nullptr && trend->direction != nullptr) {
    return Add(
        Trend{operand, trend->direction->getType() == PolParser::RISING, window(trend->windowOperand())},
        range);
  }
  if (auto* running = As<PolParser::RunningContext>(context);
      running != nullptr && running->number != nullptr) {
    return Add(Running{operand, std::string(TextOf(running->number)), window(running->windowOperand())},
               range);
  }
  return Add(ErrorExpression{}, range);
}

ExpressionId Builder::BuildMembership(PolParser::MembershipContext* context, ExpressionId operand,
                                      source::Range range) {
  const bool negated = context->NOT() != nullptr;
  if (context->WITHIN() != nullptr) return Add(Within{operand, Build(context->rangeValue()), negated}, range);
  if (context->interval() != nullptr)
    return Add(InInterval{operand, BuildInterval(context->interval()), negated}, range);
  if (context->windowOperand() != nullptr)
    return Add(InWindow{operand, Build(context->windowOperand()), negated}, range);
  InSet set{operand, {}, negated};
  if (context->set() == nullptr) return Add(ErrorExpression{}, range);
  for (PolParser::RangeValueContext* value : context->set()->values) set.values.push_back(Build(value));
  return Add(std::move(set), range);
}

ExpressionId Builder::Build(PolParser::WindowOperandContext* context) {
  if (context == nullptr) return Missing(context);
  if (context->window() != nullptr) return Build(context->window());
  if (context->last == nullptr) return Build(context->first);
  return Chain({Build(context->first), Build(context->last)}, {BinaryOperator::kRange});
}

// a + b - c, left to right.
ExpressionId Builder::Chain(const std::vector<ExpressionId>& operands,
                            const std::vector<BinaryOperator>& operators) {
  ExpressionId left = operands.front();
  for (std::size_t index = 1; index < operands.size(); ++index) {
    left = Add(Binary{operators[index - 1], left, operands[index]}, Join(left, operands[index]));
  }
  return left;
}

ExpressionId Builder::Build(PolParser::RangeValueContext* context) {
  if (context == nullptr) return Missing(context);
  if (context->last == nullptr) return Build(context->first);
  return Chain({Build(context->first), Build(context->last)}, {BinaryOperator::kRange});
}

ExpressionId Builder::Build(PolParser::FallbackContext* context) {
  if (context == nullptr || context->operands.empty()) return Missing(context);
  const auto operands = MapEach(context->operands, [&](auto* operand) { return Build(operand); });
  return Chain(operands, std::vector(operands.size(), BinaryOperator::kDefault));
}

ExpressionId Builder::Build(PolParser::AdditiveContext* context) {
  if (context == nullptr || context->operands.empty()) return Missing(context);
  if (context->operands.size() == 1) return Build(context->operands.front());
  const auto operands = MapEach(context->operands, [&](auto* operand) { return Build(operand); });
  const auto operators = MapEach(context->operators, [](antlr4::Token* sign) {
    return sign->getType() == PolParser::PLUS ? BinaryOperator::kAdd : BinaryOperator::kSubtract;
  });
  return Chain(operands, operators);
}

ExpressionId Builder::Build(PolParser::ProportionContext* context) {
  if (context == nullptr) return Missing(context);
  const ExpressionId left = Build(context->left);
  if (context->size == nullptr) return left;
  const ExpressionId size = Build(context->size);
  const ExpressionId right = Build(context->right);
  // 经营年限 每满 2 得 1: what is counted comes first.
  if (context->EACH_FULL() != nullptr) {
    const source::Range counted{tree_.file, RangeOf(context).begin, RangeOf(context->size).end};
    return Add(ForEvery{right, size, left, counted}, RangeOf(context));
  }
  const source::Range counted{tree_.file, RangeOf(context->FOR_EVERY()).begin, RangeOf(context).end};
  return Add(ForEvery{left, size, right, counted}, RangeOf(context));
}

ExpressionId Builder::Build(PolParser::MultiplicativeContext* context) {
  if (context == nullptr || context->operands.empty()) return Missing(context);
  if (context->operands.size() == 1) return Build(context->operands.front());
  const auto operands = MapEach(context->operands, [&](auto* operand) { return Build(operand); });
  const auto operators = MapEach(context->operators, [](antlr4::Token* sign) {
    return sign->getType() == PolParser::TIMES ? BinaryOperator::kMultiply : BinaryOperator::kDivide;
  });
  return Chain(operands, operators);
}

ExpressionId Builder::Build(PolParser::UnaryContext* context) {
  const source::Range range = RangeOf(context);
  if (auto* postfix = As<PolParser::PostfixUnaryContext>(context)) {
    if (postfix->AFTER() != nullptr) return BuildTerm(postfix->postfix(), postfix->operand(), range);
    const ExpressionId value = Build(postfix->postfix());
    if (postfix->OF() == nullptr) return value;
    return Add(Binary{BinaryOperator::kOf, value, Build(postfix->unary())}, range);
  }
  if (auto* brackets = As<PolParser::BracketsUnaryContext>(context))
    return BuildBrackets(brackets->brackets());
  if (auto* negated = As<PolParser::NegatedContext>(context)) {
    return Add(Unary{UnaryOperator::kNegate, Build(negated->unary())}, range);
  }
  if (auto* window = As<PolParser::WindowUnaryContext>(context)) return Build(window->window());
  if (auto* date = As<PolParser::DateUnaryContext>(context)) return Build(date->dateForm());
  if (auto* quantification = As<PolParser::QuantificationContext>(context))
    return BuildQuantification(quantification);
  if (auto* aggregate = As<PolParser::AggregateContext>(context)) {
    // In the order of the tokens SUM … EARLIEST.
    const std::size_t index = aggregate->operation->getType() - PolParser::SUM;
    return Add(Aggregate{static_cast<AggregateOperator>(index), BuildSelection(aggregate->selection())},
               range);
  }
  if (auto* length = As<PolParser::LengthOfContext>(context))
    return Add(LengthOf{Build(length->unary())}, range);
  if (auto* in_year = As<PolParser::InYearContext>(context)) {
    const ExpressionId series = Build(in_year->postfix());
    const ExpressionId year = Build(in_year->unary());
    if (in_year->kind->getType() == PolParser::GROWTH) return Add(GrowthOf{series, year}, range);
    return Add(ValueOf{series, year}, range);
  }
  if (auto* round = As<PolParser::RoundContext>(context)) {
    const Rounding rounding = round->direction == nullptr                    ? Rounding::kHalfAway
                              : round->direction->getType() == PolParser::UP ? Rounding::kUp
                                                                             : Rounding::kDown;
    return Add(Round{rounding, Build(round->number), Build(round->multiple)}, range);
  }
  return Missing(context);
}

ExpressionId Builder::Build(PolParser::OperandContext* context) {
  if (context == nullptr) return Missing(context);
  if (context->NEGATIVE() != nullptr)
    return Add(Unary{UnaryOperator::kNegate, Build(context->operand())}, RangeOf(context));
  if (context->dateForm() != nullptr) return Build(context->dateForm());
  if (context->AFTER() != nullptr) return BuildTerm(context->postfix(), context->operand(), RangeOf(context));
  return Build(context->postfix());
}

ExpressionId Builder::Build(PolParser::DateFormContext* context) {
  const source::Range range = RangeOf(context);
  if (auto* elapsed = As<PolParser::ElapsedContext>(context)) {
    return Add(Elapsed{UnitOf(elapsed->periodUnit()), Build(elapsed->from), Build(elapsed->to)}, range);
  }
  if (auto* part = As<PolParser::PartOfDateContext>(context)) {
    const std::size_t type = part->kind->getType();
    const DatePart which = type == PolParser::YEAR    ? DatePart::kYear
                           : type == PolParser::MONTH ? DatePart::kMonth
                                                      : DatePart::kDay;
    return Add(PartOfDate{which, Build(part->operand())}, range);
  }
  return Missing(context);
}

// 3 months after issued
ExpressionId Builder::BuildTerm(PolParser::PostfixContext* period, PolParser::OperandContext* start,
                                source::Range range) {
  const ExpressionId length = Build(period);
  const bool readable =
      std::holds_alternative<Period>(tree_[length]) || std::holds_alternative<ErrorExpression>(tree_[length]);
  if (!readable) diagnostics_.Emit(Kind::kTermWithoutPeriod, tree_.RangeOf(length), {});
  return Add(Term{length, Build(start)}, range);
}

ExpressionId Builder::Build(PolParser::PostfixContext* context) {
  if (context == nullptr) return Missing(context);
  ExpressionId result = Build(context->primary());
  for (PolParser::StepContext* step : context->steps) {
    const source::Range range{tree_.file, tree_.RangeOf(result).begin, RangeOf(step).end};
    if (step->CALL_OPEN() != nullptr) {
      result = BuildCall(result, step, range);
    } else {
      result = Add(Member{result, BuildName(step->name())}, range);
    }
  }
  return result;
}

// The callee has been read as an expression: `finance.growth` is a member of a name until the bracket shows
// better.
ExpressionId Builder::BuildCall(ExpressionId callee, PolParser::StepContext* context, source::Range range) {
  Call call;
  std::string path;
  ExpressionId step = callee;
  while (const auto* member = std::get_if<Member>(&tree_[step])) {
    path.insert(0, "." + member->name.text);
    step = member->operand;
  }
  const auto* name = std::get_if<NameReference>(&tree_[step]);
  if (name == nullptr) {
    const bool error = std::holds_alternative<ErrorExpression>(tree_[step]);
    if (!error) diagnostics_.Emit(Kind::kNotAFunction, RangeOf(context->CALL_OPEN()), {});
    return Add(ErrorExpression{}, range);
  }
  call.function = {name->name + path, tree_.RangeOf(callee)};
  for (PolParser::ExpressionContext* argument : context->arguments) call.arguments.push_back(Build(argument));
  return Add(std::move(call), range);
}

ExpressionId Builder::Build(PolParser::PrimaryContext* context) {
  const source::Range range = RangeOf(context);
  if (auto* name = As<PolParser::NamePrimaryContext>(context)) {
    // `effective issued + 30 days`: the date of issue has one name, however the word is spelled.
    const Keyword* keyword = in_header_ ? FindKeyword(TextOf(context->start)) : nullptr;
    const bool issued = keyword != nullptr && keyword->token == PolParser::ISSUED;
    return Add(NameReference{issued ? "issued" : BuildName(name->name()).text}, range);
  }
  if (auto* number = As<PolParser::NumberPrimaryContext>(context)) return BuildNumberPrimary(number);
  if (auto* inner = As<PolParser::ParenthesisedContext>(context)) {
    const ExpressionId operand = Build(inner->expression());
    return inner->periodUnit() == nullptr ? operand : BuildPeriod(operand, inner->periodUnit(), range);
  }
  if (As<PolParser::TextPrimaryContext>(context) != nullptr)
    return Add(TextLiteral{BuildText(context->start).value}, range);
  if (As<PolParser::DatePrimaryContext>(context) != nullptr) return BuildDate(context->start);
  if (As<PolParser::TruePrimaryContext>(context) != nullptr) return Add(TruthLiteral{true}, range);
  if (As<PolParser::FalsePrimaryContext>(context) != nullptr) return Add(TruthLiteral{false}, range);
  if (As<PolParser::AsOfPrimaryContext>(context) != nullptr) return Add(AsOf{}, range);
  if (As<PolParser::CitationPrimaryContext>(context) != nullptr) return BuildCitation(context->start);
  if (auto* missed = As<PolParser::MissedPrimaryContext>(context))
    return Add(MissedDuty{BuildName(missed->duty)}, range);
  if (auto* extreme = As<PolParser::ExtremeContext>(context)) {
    Extreme node{extreme->kind->getType() == PolParser::GREATEST, {}};
    for (PolParser::ExpressionContext* operand : extreme->operands) node.operands.push_back(Build(operand));
    return Add(std::move(node), range);
  }
  return Missing(context);
}

ExpressionId Builder::BuildNumberLiteral(antlr4::Token* token) {
  NumberLiteral number;
  const std::string_view text = TextOf(token);
  for (std::size_t offset = 0; offset < text.size();) {
    const text::Character character = text::CharacterAt(text, offset);
    if (character.code != U'_') number.digits.push_back(static_cast<char>(Fold(character.code)));
    offset += character.length;
  }
  return Add(std::move(number), RangeOf(token));
}

ExpressionId Builder::BuildNumberPrimary(PolParser::NumberPrimaryContext* context) {
  const ExpressionId number = BuildNumberLiteral(context->number);
  if (context->periodUnit() != nullptr) return BuildPeriod(number, context->periodUnit(), RangeOf(context));
  antlr4::tree::TerminalNode* unit = context->UNIT() != nullptr ? context->UNIT() : context->PERCENT();
  if (unit != nullptr) {
    const std::string_view spelling = TextOf(unit->getSymbol());
    std::get<NumberLiteral>(tree_.expressions[number.index]).unit = spelling == "％" ? "%" : spelling;
    tree_.expression_ranges[number.index] = RangeOf(context);
  }
  return number;
}

// 30 days, (n) months
ExpressionId Builder::BuildPeriod(ExpressionId amount, PolParser::PeriodUnitContext* unit,
                                  source::Range range) {
  return Add(Period{amount, UnitOf(unit)}, range);
}

ExpressionId Builder::BuildDate(antlr4::Token* token) {
  std::array<std::int32_t, 3> parts{};
  std::size_t part = 0;
  bool in_digits = false;
  const std::string_view text = TextOf(token);
  for (std::size_t offset = 0; offset < text.size();) {
    const text::Character character = text::CharacterAt(text, offset);
    const std::uint8_t folded = Fold(character.code);
    const bool digit = folded >= '0' && folded <= '9';
    if (digit) {
      parts[std::min<std::size_t>(part, 2)] = parts[std::min<std::size_t>(part, 2)] * 10 + (folded - '0');
    } else if (in_digits) {
      ++part;
    }
    in_digits = digit;
    offset += character.length;
  }
  return Add(DateLiteral{parts[0], parts[1], parts[2]}, RangeOf(token));
}

ExpressionId Builder::BuildCitation(antlr4::Token* token) {
  return Add(CitationReference{ReadCitation(token)}, RangeOf(token));
}

ExpressionId Builder::Build(PolParser::WindowContext* context) {
  Window window;
  if (context == nullptr) return Missing(context);
  if (PolParser::AmountContext* amount = context->amount()) {
    const ExpressionId number = amount->NUMBER() != nullptr
                                    ? BuildNumberLiteral(amount->NUMBER()->getSymbol())
                                    : Build(amount->expression());
    source::Range range = RangeOf(amount);
    if (context->periodUnit() != nullptr) range.end = RangeOf(context->periodUnit()).end;
    window.period = BuildPeriod(number, context->periodUnit(), range);
  }
  window.until = context->edge != nullptr && context->edge->getType() == PolParser::UNTIL;
  window.anchor = Build(context->anchor);
  if (context->SINCE() != nullptr) window.since = Build(context->since);
  return Add(window, RangeOf(context));
}

ExpressionId Builder::BuildQuantification(PolParser::QuantificationContext* context) {
  const Quantifier quantifier = BuildQuantifier(context->quantifier());
  if (auto* list = As<PolParser::QuantifiedListContext>(context->quantified())) {
    QuantifiedList node{quantifier, {}};
    for (PolParser::ExpressionContext* operand : list->operands) node.operands.push_back(Build(operand));
    return Add(std::move(node), RangeOf(context));
  }
  if (auto* citations = As<PolParser::QuantifiedCitationsContext>(context->quantified())) {
    // One citation stands for its items, several for themselves.
    if (citations->citations.size() == 1) {
      const Selection selection{BuildCitation(citations->citations.front()), {}, {}};
      return Add(QuantifiedSelection{quantifier, selection}, RangeOf(context));
    }
    QuantifiedList node{quantifier, {}};
    for (antlr4::Token* citation : citations->citations) node.operands.push_back(BuildCitation(citation));
    return Add(std::move(node), RangeOf(context));
  }
  if (auto* selection = As<PolParser::QuantifiedSelectionContext>(context->quantified())) {
    return Add(QuantifiedSelection{quantifier, BuildSelection(selection->selection())}, RangeOf(context));
  }
  return Missing(context);
}

Quantifier Builder::BuildQuantifier(PolParser::QuantifierContext* context) {
  if (context == nullptr) return {};
  if (context->ANY() != nullptr) return {QuantifierKind::kAny, {}};
  if (context->NONE() != nullptr) return {QuantifierKind::kNone, {}};
  if (context->ALL() != nullptr || context->EVERY() != nullptr) return {QuantifierKind::kAll, {}};
  const ExpressionId threshold = Build(context->postfix());
  if (context->AT_LEAST() != nullptr || context->LEAST() != nullptr)
    return {QuantifierKind::kAtLeast, threshold};
  if (context->AT_MOST() != nullptr || context->MOST() != nullptr)
    return {QuantifierKind::kAtMost, threshold};
  return {QuantifierKind::kExactly, threshold};
}

Selection Builder::BuildSelection(PolParser::SelectionContext* context) {
  Selection selection;
  if (context == nullptr) return {Missing(context), {}, {}};
  selection.operand = Build(context->postfix());
  if (context->windowOperand() != nullptr) selection.window = Build(context->windowOperand());
  return selection;
}

// ---- Bands -------------------------------------------------------------------------------------------

Interval Builder::BuildInterval(PolParser::IntervalContext* context) {
  Interval interval;
  if (context == nullptr) return interval;
  interval.range = RangeOf(context);
  interval.low_closed = context->open != nullptr && context->open->getType() == PolParser::LBRACK;
  interval.high_closed = context->close != nullptr && context->close->getType() == PolParser::RBRACK;
  const auto bound = [&](PolParser::BoundContext* written) {
    const bool open = written == nullptr || written->RANGE() != nullptr;
    return open ? ExpressionId{} : Build(written->additive());
  };
  interval.low = bound(context->low);
  interval.high = bound(context->high);
  return interval;
}

Pattern Builder::BuildPattern(PolParser::PatternContext* context) {
  Pattern pattern;
  pattern.range = RangeOf(context);
  if (auto* interval = As<PolParser::IntervalPatternContext>(context)) {
    pattern.interval = BuildInterval(interval->interval());
  } else if (auto* values = As<PolParser::ValuesPatternContext>(context)) {
    for (PolParser::BandValueContext* value : values->values) {
      pattern.values.push_back(BuildBandValue(value));
    }
  } else if (As<PolParser::OtherwisePatternContext>(context) == nullptr) {
    pattern.values.push_back(Missing(context));
  }
  return pattern;
}

ExpressionId Builder::BuildBandValue(PolParser::BandValueContext* context) {
  if (context->number != nullptr) return BuildNumberLiteral(context->number);
  const ExpressionId value = Build(context->postfix());
  return context->NEGATIVE() == nullptr ? value : Add(Unary{UnaryOperator::kNegate, value}, RangeOf(context));
}

ExpressionId Builder::BuildBands(PolParser::BandsContext* context) {
  const ExpressionId subject = Build(context->value);
  return Add(Bands{subject, BuildRows(context->rows)}, RangeOf(context));
}

ExpressionId Builder::BuildBrackets(PolParser::BracketsContext* context) {
  if (context == nullptr) return Missing(context);
  const ExpressionId subject = Build(context->value);
  return Add(Brackets{subject, BuildRows(context->rows)}, RangeOf(context));
}

std::vector<Band> Builder::BuildRows(const std::vector<PolParser::BandContext*>& rows) {
  std::vector<Band> bands;
  for (PolParser::BandContext* row : rows) {
    MarkStart(row, Mark::Kind::kMember);
    Pattern pattern = BuildPattern(row->pattern());
    bands.push_back({std::move(pattern), Build(row->expression())});
  }
  return bands;
}

}  // namespace pol::syntax
