#include "compiler/model/context.h"

#include <utility>

#include "runtime/text/nearest.h"

namespace pol::model {

ExpressionId Context::Emit(Expression expression, program::ValueType type, std::uint32_t domain,
                           Range range) {
  if (model.expressions.size() >= kMostExpressions) {
    TooLarge(range);
    // One that is there already stands for all that would follow: the model is not going to be used.
    return {static_cast<std::uint32_t>(kMostExpressions - 1)};
  }
  const ExpressionId id{static_cast<std::uint32_t>(model.expressions.size())};
  model.expressions.push_back(std::move(expression));
  model.infos.push_back({std::move(type), domain, range});
  return id;
}

bool Context::TooLarge(Range range) {
  if (over_limit_) return true;
  over_limit_ = model.expressions.size() >= kMostExpressions || steps >= kMostSteps;
  if (over_limit_) Error(Kind::kPolicyTooLarge, range, {std::to_string(kMostExpressions)});
  return over_limit_;
}

ExpressionId Context::EmitTruth(bool value, std::uint32_t domain, Range range) {
  return Emit(ConstantTruth{value}, TruthType(), domain, range);
}

ExpressionId Context::EmitNumber(Rational value, program::ValueType type, std::uint32_t domain, Range range) {
  return Emit(ConstantNumber{std::move(value)}, std::move(type), domain, range);
}

ExpressionId Context::EmitCode(std::int32_t value, program::ValueType type, std::uint32_t domain,
                               Range range) {
  return Emit(ConstantCode{value}, std::move(type), domain, range);
}

ExpressionId Context::EmitAll(std::vector<ExpressionId> operands, std::uint32_t domain, Range range) {
  if (operands.empty()) return EmitTruth(true, domain, range);
  if (operands.size() == 1) return operands.front();
  return Emit(All{std::move(operands), false}, TruthType(), domain, range);
}

ExpressionId Context::EmitAny(std::vector<ExpressionId> operands, std::uint32_t domain, Range range) {
  if (operands.empty()) return EmitTruth(false, domain, range);
  if (operands.size() == 1) return operands.front();
  return Emit(Any{std::move(operands)}, TruthType(), domain, range);
}

ExpressionId Context::EmitNot(ExpressionId operand, Range range) {
  return Emit(Not{operand}, TruthType(), DomainOf(operand), range);
}

ExpressionId Context::EmitCompare(program::Comparison comparison, ExpressionId left, ExpressionId right,
                                  Range range) {
  return Emit(Comparison{comparison, left, right}, TruthType(), DomainOf(left), range);
}

ExpressionId Context::EmitArithmetic(ArithmeticOperator operation, ExpressionId left, ExpressionId right,
                                     program::ValueType type, Range range) {
  const std::uint32_t domain = DomainOf(left);
  return Emit(Arithmetic{operation, left, right}, std::move(type), domain, range);
}

ExpressionId Context::Lift(ExpressionId id, std::uint32_t domain) {
  const ExpressionInfo info = model.InfoOf(id);
  if (info.domain == domain) return id;
  const Expression& expression = model[id];
  if (std::holds_alternative<ConstantNumber>(expression) ||
      std::holds_alternative<ConstantCode>(expression) || std::holds_alternative<ConstantTruth>(expression)) {
    Expression copy = expression;
    return Emit(std::move(copy), info.type, domain, info.range);
  }
  return Emit(Broadcast{id}, info.type, domain, info.range);
}

std::uint32_t Context::YearDomain() {
  if (year_domain != 0) return year_domain;
  year_domain = static_cast<std::uint32_t>(model.schema.domains.size());
  model.schema.domains.push_back({program::DomainKind::kYears, {}, {}});
  domains.emplace_back();
  return year_domain;
}

std::string Context::WordsOf(Range range) const {
  constexpr std::size_t kMost = 60;
  std::string words;
  bool space = false;
  for (const char character : files[range.file].Slice(range)) {
    if (character == ' ' || character == '\n' || character == '\t' || character == '\r') {
      space = !words.empty();
      continue;
    }
    if (space) words += ' ';
    space = false;
    words += character;
  }
  if (words.size() <= kMost) return words;
  std::size_t cut = kMost;
  while (cut > 0 && (static_cast<unsigned char>(words[cut]) & 0xC0U) == 0x80U) --cut;
  return words.substr(0, cut) + "…";
}

void Context::Suggest(diagnostics::Diagnostic& error, Range range, const std::string& word,
                      const std::vector<std::string>& candidates) {
  if (!MaySuggest()) return;
  ++suggestions_;
  if (const auto near = text::Nearest(word, candidates)) error.fix = diagnostics::Fix{range, *near};
}

bool Context::DeclareName(const std::string& name, const Symbol& symbol) {
  const Symbol* other = scope.Declare(name, symbol);
  if (other == nullptr) return true;
  // Names are gathered kind by kind; what is reported is the later of the two in the text.
  const bool later = symbol.range.file == other->range.file && symbol.range.begin < other->range.begin;
  const Range first = later ? symbol.range : other->range;
  const Range second = later ? other->range : symbol.range;
  Error(Kind::kDuplicateName, second, {name}).notes.push_back({first, Kind::kFirstHere, {name}});
  return false;
}

std::int32_t Context::TextCode(const std::string& text) {
  const auto next = static_cast<std::int32_t>(model.schema.text_literals.size());
  const auto [place, fresh] = texts.try_emplace(text, next);
  if (fresh) model.schema.text_literals.push_back(text);
  return place->second;
}

}  // namespace pol::model
