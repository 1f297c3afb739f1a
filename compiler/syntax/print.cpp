#include "compiler/syntax/print.h"

#include <variant>

namespace pol::syntax {
namespace {

// How tightly a form binds; the rules of PolParser.g4 from `expression` to `primary`.
enum class Level : std::uint8_t {
  kExpression,
  kDisjunction,
  kConjunction,
  kNegation,
  kPredicate,
  kRange,
  kDefault,
  kAdditive,
  kProportion,
  kMultiplicative,
  kUnary,
  kPostfix,
  kPrimary,
};

Level Above(Level level) { return static_cast<Level>(static_cast<std::uint8_t>(level) + 1); }

std::string_view SignOf(BinaryOperator operation) {
  switch (operation) {
    case BinaryOperator::kAdd:
      return " + ";
    case BinaryOperator::kSubtract:
      return " - ";
    case BinaryOperator::kMultiply:
      return " * ";
    case BinaryOperator::kDivide:
      return " / ";
    case BinaryOperator::kDefault:
      return " default ";
    case BinaryOperator::kRange:
      return "..";
    case BinaryOperator::kOf:
      return " of ";
  }
  return {};
}

Level LevelOf(BinaryOperator operation) {
  switch (operation) {
    case BinaryOperator::kAdd:
    case BinaryOperator::kSubtract:
      return Level::kAdditive;
    case BinaryOperator::kMultiply:
    case BinaryOperator::kDivide:
      return Level::kMultiplicative;
    case BinaryOperator::kDefault:
      return Level::kDefault;
    case BinaryOperator::kRange:
      return Level::kRange;
    case BinaryOperator::kOf:
      return Level::kUnary;
  }
  return Level::kAdditive;
}

std::string_view SignOf(CompareOperator operation) {
  switch (operation) {
    case CompareOperator::kLess:
      return " < ";
    case CompareOperator::kLessEqual:
      return " <= ";
    case CompareOperator::kGreater:
      return " > ";
    case CompareOperator::kGreaterEqual:
      return " >= ";
    case CompareOperator::kEqual:
      return " = ";
    case CompareOperator::kNotEqual:
      return " != ";
  }
  return {};
}

std::string_view WordOf(PeriodUnit unit) {
  switch (unit) {
    case PeriodUnit::kDays:
      return "days";
    case PeriodUnit::kWorkingDays:
      return "working days";
    case PeriodUnit::kMonths:
      return "months";
    case PeriodUnit::kYears:
      return "years";
  }
  return {};
}

std::string_view WordOf(AggregateOperator operation) {
  switch (operation) {
    case AggregateOperator::kSum:
      return "sum";
    case AggregateOperator::kAverage:
      return "average";
    case AggregateOperator::kMinimum:
      return "minimum";
    case AggregateOperator::kMaximum:
      return "maximum";
    case AggregateOperator::kCount:
      return "count";
    case AggregateOperator::kLatest:
      return "latest";
    case AggregateOperator::kEarliest:
      return "earliest";
  }
  return {};
}

std::string Padded(std::int32_t number, std::size_t digits) {
  std::string text = std::to_string(number);
  return text.size() < digits ? std::string(digits - text.size(), '0') + text : text;
}

// Written by one operator() a kind; each returns its text and says how tightly it binds.
class Printer {
 public:
  struct Piece {
    std::string text;
    Level level = Level::kPrimary;
  };

  explicit Printer(const Tree& tree) : tree_(tree) {}

  std::string At(ExpressionId id, Level least) const {
    if (!id.valid()) return {};
    Piece piece = std::visit(*this, tree_[id]);
    return piece.level < least ? "(" + piece.text + ")" : std::move(piece.text);
  }
  std::string List(const std::vector<ExpressionId>& ids, std::string_view between, Level least) const {
    std::string text;
    for (const ExpressionId id : ids) {
      if (!text.empty()) text += between;
      text += At(id, least);
    }
    return text;
  }
  std::string Between(const Interval& interval) const {
    const auto bound = [&](ExpressionId id) {
      return id.valid() ? At(id, Level::kAdditive) : std::string("..");
    };
    return (interval.low_closed ? "[" : "(") + bound(interval.low) + ", " + bound(interval.high) +
           (interval.high_closed ? "]" : ")");
  }
  std::string Row(const Pattern& pattern) const {
    if (pattern.interval.has_value()) return Between(*pattern.interval);
    return pattern.values.empty() ? "otherwise" : List(pattern.values, ", ", Level::kAdditive);
  }

  Piece operator()(const NumberLiteral& node) const { return {node.digits + node.unit}; }
  Piece operator()(const DateLiteral& node) const {
    return {Padded(node.year, 4) + "-" + Padded(node.month, 2) + "-" + Padded(node.day, 2)};
  }
  Piece operator()(const TextLiteral& node) const { return {Quote(node.value)}; }
  Piece operator()(const TruthLiteral& node) const { return {node.value ? "true" : "false"}; }
  Piece operator()(const NameReference& node) const { return {node.name}; }
  Piece operator()(const AsOf&) const { return {"as_of"}; }
  Piece operator()(const CitationReference& node) const { return {"§" + ToString(node.citation)}; }
  Piece operator()(const MissedDuty& node) const { return {"missed " + node.duty.text, Level::kPostfix}; }
  Piece operator()(const ErrorExpression&) const { return {"?"}; }
  Piece operator()(const Member& node) const {
    return {At(node.operand, Level::kPrimary) + "." + node.name.text, Level::kPostfix};
  }
  Piece operator()(const Call& node) const {
    return {node.function.text + "(" + List(node.arguments, ", ", Level::kExpression) + ")", Level::kPostfix};
  }
  Piece operator()(const Period& node) const {
    return {Amount(node.amount) + " " + std::string(WordOf(node.unit)), Level::kPrimary};
  }
  Piece operator()(const Term& node) const {
    return {At(node.period, Level::kPrimary) + " after " + At(node.start, Level::kUnary), Level::kUnary};
  }
  Piece operator()(const Elapsed& node) const {
    return {std::string(WordOf(node.unit)) + " from " + At(node.from, Level::kUnary) + " to " +
                At(node.to, Level::kUnary),
            Level::kUnary};
  }
  Piece operator()(const PartOfDate& node) const {
    const std::string part = node.part == DatePart::kYear    ? "year"
                             : node.part == DatePart::kMonth ? "month"
                                                             : "day";
    return {part + " of " + At(node.date, Level::kUnary), Level::kUnary};
  }
  Piece operator()(const Unary& node) const {
    if (node.operation == UnaryOperator::kNot)
      return {"not " + At(node.operand, Level::kNegation), Level::kNegation};
    return {"-" + At(node.operand, Level::kPostfix), Level::kUnary};
  }
  Piece operator()(const Binary& node) const {
    if (node.operation == BinaryOperator::kOf) {
      return {At(node.left, Level::kPostfix) + " of " + At(node.right, Level::kUnary), Level::kUnary};
    }
    const Level level = LevelOf(node.operation);
    const Level left = node.operation == BinaryOperator::kRange ? Above(level) : level;
    return {At(node.left, left) + std::string(SignOf(node.operation)) + At(node.right, Above(level)), level};
  }
  Piece operator()(const Logic& node) const {
    const bool both = node.operation == LogicOperator::kAnd;
    const Level level = both ? Level::kConjunction : Level::kDisjunction;
    return {List(node.operands, both ? " and " : " or ", Above(level)), level};
  }
  Piece operator()(const Comparison& node) const {
    std::string text = At(node.operands.front(), Level::kRange);
    for (std::size_t index = 0; index < node.operators.size(); ++index) {
      text += std::string(SignOf(node.operators[index])) + At(node.operands[index + 1], Level::kRange);
    }
    return {std::move(text), Level::kPredicate};
  }
  Piece operator()(const InInterval& node) const {
    return In(node.operand, node.negated, "in " + Between(node.interval));
  }
  Piece operator()(const InSet& node) const {
    return In(node.operand, node.negated, "in { " + List(node.values, ", ", Level::kRange) + " }");
  }
  Piece operator()(const InWindow& node) const {
    return In(node.operand, node.negated, "in " + WindowText(node.window));
  }
  Piece operator()(const Within& node) const {
    return In(node.operand, node.negated, "within " + At(node.region, Level::kRange));
  }
  Piece operator()(const Presence& node) const {
    return {At(node.operand, Level::kRange) + (node.given ? " is given" : " is absent"), Level::kPredicate};
  }
  Piece operator()(const Trend& node) const {
    return {At(node.operand, Level::kRange) + (node.rising ? " rising" : " falling") + Over(node.window),
            Level::kPredicate};
  }
  Piece operator()(const Running& node) const {
    // A comparison needs no brackets before `for`.
    const bool comparison = std::holds_alternative<Comparison>(tree_[node.operand]);
    return {At(node.operand, comparison ? Level::kPredicate : Level::kRange) + " for " + node.years +
                " years running" + Over(node.window),
            Level::kPredicate};
  }
  Piece operator()(const Conditional& node) const {
    return {"if " + At(node.condition, Level::kExpression) + " then " + At(node.then, Level::kExpression) +
                " else " + At(node.otherwise, Level::kExpression),
            Level::kExpression};
  }
  Piece operator()(const Bands& node) const {
    return {"by " + At(node.subject, Level::kExpression) + Rows(node.bands), Level::kExpression};
  }
  Piece operator()(const Brackets& node) const {
    return {"brackets of " + At(node.subject, Level::kExpression) + Rows(node.bands), Level::kUnary};
  }
  Piece operator()(const Window& node) const {
    std::string text =
        "last " + (node.period.valid() ? At(node.period, Level::kPrimary) : std::string("year"));
    text += (node.until ? " until " : " before ") + At(node.anchor, Level::kUnary);
    if (node.since.valid()) text += ", since " + At(node.since, Level::kUnary);
    return {std::move(text), Level::kUnary};
  }
  Piece operator()(const Aggregate& node) const {
    return {std::string(WordOf(node.operation)) + " of " + Select(node.selection),
            SelectionLevel(node.selection)};
  }
  Piece operator()(const Extreme& node) const {
    return {(node.greatest ? "greatest of (" : "least of (") + List(node.operands, ", ", Level::kExpression) +
            ")"};
  }
  Piece operator()(const QuantifiedList& node) const {
    return {Quantify(node.quantifier) + " of { " + List(node.operands, ", ", Level::kExpression) + " }"};
  }
  Piece operator()(const QuantifiedSelection& node) const {
    return {Quantify(node.quantifier) + " of " + Select(node.selection), SelectionLevel(node.selection)};
  }
  Piece operator()(const LengthOf& node) const {
    return {"length of " + At(node.window, Level::kUnary), Level::kUnary};
  }
  Piece operator()(const GrowthOf& node) const { return InYear("growth of ", node.series, node.year); }
  Piece operator()(const ValueOf& node) const { return InYear("value of ", node.series, node.year); }
  Piece operator()(const Round& node) const {
    const std::string word = node.rounding == Rounding::kUp     ? "round up "
                             : node.rounding == Rounding::kDown ? "round down "
                                                                : "round ";
    return {word + At(node.operand, Level::kUnary) + " to " + At(node.multiple, Level::kUnary),
            Level::kUnary};
  }
  Piece operator()(const ForEvery& node) const {
    return {At(node.amount, Level::kMultiplicative) + " for every " + At(node.size, Level::kPostfix) +
                " of " + At(node.operand, Level::kUnary),
            Level::kProportion};
  }

 private:
  Piece In(ExpressionId operand, bool negated, const std::string& rest) const {
    return {At(operand, Level::kRange) + (negated ? " not " : " ") + rest, Level::kPredicate};
  }
  Piece InYear(const std::string& text, ExpressionId series, ExpressionId year) const {
    return {text + At(series, Level::kPostfix) + " in " + At(year, Level::kUnary), Level::kUnary};
  }
  std::string Rows(const std::vector<Band>& bands) const {
    std::string text = " { ";
    for (std::size_t index = 0; index < bands.size(); ++index) {
      if (index > 0) text += "; ";
      text += Row(bands[index].pattern) + ": " + At(bands[index].body, Level::kExpression);
    }
    return text + " }";
  }
  // Only a number stands before `days` without brackets.
  std::string Amount(ExpressionId id) const {
    const bool number = std::holds_alternative<NumberLiteral>(tree_[id]);
    return number ? At(id, Level::kPrimary) : "(" + At(id, Level::kExpression) + ")";
  }
  // `sum of x over last 3 years before y` reads back without brackets; a window that is a range does too.
  std::string WindowText(ExpressionId id) const {
    const auto* binary = std::get_if<Binary>(&tree_[id]);
    const bool range = binary != nullptr && binary->operation == BinaryOperator::kRange;
    if (range) return At(binary->left, Level::kPostfix) + ".." + At(binary->right, Level::kPostfix);
    const bool window = std::holds_alternative<Window>(tree_[id]);
    return At(id, window ? Level::kUnary : Level::kPostfix);
  }
  std::string Over(ExpressionId window) const {
    return window.valid() ? " over " + WindowText(window) : std::string();
  }
  std::string Select(const Selection& selection) const {
    std::string text = At(selection.operand, Level::kPostfix);
    if (selection.window.valid()) text += " over " + WindowText(selection.window);
    if (selection.condition.valid()) text += " where " + At(selection.condition, Level::kPredicate);
    return text;
  }
  // A `where` takes all that follows up to `and`.
  static Level SelectionLevel(const Selection& selection) {
    return selection.condition.valid() ? Level::kPredicate : Level::kUnary;
  }
  std::string Quantify(const Quantifier& quantifier) const {
    switch (quantifier.kind) {
      case QuantifierKind::kAny:
        return "any";
      case QuantifierKind::kAll:
        return "all";
      case QuantifierKind::kNone:
        return "none";
      case QuantifierKind::kAtLeast:
        return "at least " + At(quantifier.threshold, Level::kUnary);
      case QuantifierKind::kAtMost:
        return "at most " + At(quantifier.threshold, Level::kUnary);
      case QuantifierKind::kExactly:
        return "exactly " + At(quantifier.threshold, Level::kUnary);
    }
    return {};
  }

  const Tree& tree_;
};

}  // namespace

std::string ToText(const Tree& tree, ExpressionId expression) {
  return Printer(tree).At(expression, Level::kExpression);
}
std::string ToText(const Tree& tree, const Interval& interval) { return Printer(tree).Between(interval); }
std::string ToText(const Tree& tree, const Pattern& pattern) { return Printer(tree).Row(pattern); }

std::string Quote(std::string_view text) {
  std::string quoted = "\"";
  for (const char byte : text) {
    if (byte == '"' || byte == '\\') {
      quoted += '\\';
      quoted += byte;
    } else if (byte == '\n') {
      quoted += "\\n";
    } else if (byte == '\t') {
      quoted += "\\t";
    } else if (static_cast<unsigned char>(byte) < 0x20 || byte == 0x7F) {
      constexpr std::string_view kDigits = "0123456789abcdef";
      const auto value = static_cast<unsigned char>(byte);
      quoted += "\\u{00";
      quoted += kDigits[value >> 4U];
      quoted += kDigits[value & 0xFU];
      quoted += '}';
    } else {
      quoted += byte;
    }
  }
  return quoted + "\"";
}

}  // namespace pol::syntax
