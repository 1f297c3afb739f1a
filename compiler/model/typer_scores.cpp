// Scores: the points of each item and their total, each within its limits; and `x for every y of z`.
#include <unordered_map>
#include <utility>

#include "compiler/model/declare.h"
#include "compiler/model/words.h"
#include "compiler/source/map_each.h"

namespace pol::model {

using program::ValueKind;

namespace {

bool IsPoints(const program::ValueType& type) {
  return type.kind == ValueKind::kNumber || type.kind == ValueKind::kPercent ||
         type.kind == ValueKind::kCount;
}

}  // namespace

Value Typer::ReadScore(const Site& site, std::uint32_t index, std::uint32_t item) {
  if (site.environment.raw || site.environment.constant_only) {
    context_.Error(site.environment.raw ? Kind::kCitationInHolds : Kind::kNotConstant, site.range,
                   {context_.model.scores[index].naming.name});
    return {};
  }
  DefineScore(index);
  if (!context_.model.scores[index].value.valid()) return {};
  return Scalar(context_.Emit(ScoreValue{ScoreId{index}, item}, NumberType(), 0, site.range), site.range);
}

Value Typer::PartOfScore(const Site& site, std::uint32_t index, const syntax::Name& name) {
  const std::vector<syntax::ScoreItem>& items = context_.scores[index].source.declaration->items;
  for (std::uint32_t item = 0; item < items.size(); ++item) {
    if (items[item].naming.name.text == name.text) return ReadScore(site, index, item);
  }
  const Score& score = context_.model.scores[index];
  auto& error = context_.Error(Kind::kUnknownScoreItem, name.range, {score.naming.name, name.text});
  const auto names = MapEach(items, [](const syntax::ScoreItem& item) { return item.naming.name.text; });
  context_.Suggest(error, name.range, name.text, names);
  error.notes.push_back({score.range, Kind::kDeclaredHere, {score.naming.name}});
  return {};
}

bool Typer::MustBePoints(const Value& value) {
  if (!MustBeScalar(value)) return false;
  if (!IsPoints(value.type)) {
    context_.Error(Kind::kPointsOfThis, value.range,
                   {context_.WordsOf(value.range), WordsOf(context_, value)});
    return false;
  }
  return MustBeGiven(value) && MustBeOfRecord(value);
}

void Typer::TypeScore(std::uint32_t index) {
  const Declared<syntax::Score> source = context_.scores[index].source;
  const syntax::Score& declaration = *source.declaration;
  const Environment environment{.tree = source.tree};
  Score score = context_.model.scores[index];
  score.clause = context_.Cited(declaration.citation);
  bool complete = score.clause.valid() && !declaration.items.empty();
  if (declaration.items.empty()) context_.Error(Kind::kScoreEmpty, score.range, {score.naming.name});
  std::unordered_map<std::string, Range> names;
  for (const syntax::ScoreItem& item : declaration.items) {
    const syntax::Name& name = item.naming.name;
    const auto [place, fresh] = names.try_emplace(name.text, name.range);
    if (!fresh) {
      context_.Error(Kind::kScoreItemTwice, name.range, {score.naming.name, name.text})
          .notes.push_back({place->second, Kind::kFirstHere, {name.text}});
    }
    const bool fine = AddScoreItem(environment, item, score);
    complete = complete && fresh && fine;
  }
  if (!complete) return;
  score.sum = score.items.front().value;
  for (std::size_t at = 1; at < score.items.size(); ++at) {
    score.sum = context_.EmitArithmetic(ArithmeticOperator::kAdd, score.sum, score.items[at].value,
                                        NumberType(), score.range);
  }
  Limited total{score.naming.name, score.range, NumberType(), score.range, score.sum, {}};
  if (!AddLimits(environment, declaration.limits, total)) return;
  score.limits = std::move(total.limits);
  score.value = total.value;
  context_.model.scores[index] = std::move(score);
}

bool Typer::AddScoreItem(const Environment& environment, const syntax::ScoreItem& written, Score& score) {
  ScoreItem item;
  item.naming = NamingOf(written.naming);
  item.range = written.naming.name.range;
  bool complete = true;
  if (written.citation) {
    item.clause = context_.Cited(*written.citation);
    complete = item.clause.valid();
  }
  const program::ValueType number = NumberType();
  const Value points = Of(environment, written.points, &number);
  if (!MustBePoints(points)) return false;
  // A share times a hundred is a number of points, not thousands of percent.
  context_.model.infos[points.id.index].type = number;
  item.points = points.id;
  Limited limited{item.naming.name, item.range, number, points.range, points.id, {}};
  if (!AddLimits(environment, written.limits, limited)) return false;
  item.limits = std::move(limited.limits);
  item.value = limited.value;
  score.items.push_back(std::move(item));
  return complete;
}

// The amount times the number of times that the size fits wholly into the operand.
Value Typer::On(const Site& site, const syntax::ForEvery& node) {
  const Value amount = Of(site.environment, node.amount, site.expected);
  const Value size = Of(site.environment, node.size);
  const Value operand = Of(site.environment, node.operand);
  if (!MustBeScalar(amount) || !MustBeScalar(size) || !MustBeScalar(operand)) return {};
  const auto joined = Join(operand, size);
  if (!joined || !(IsPoints(*joined) || joined->kind == ValueKind::kMoney)) {
    auto& error = context_.Error(Kind::kForEveryOfThis, site.range,
                                 {WordsOf(context_, size), WordsOf(context_, operand)});
    NoteSides(error, size, operand);
    return {};
  }
  if (const auto step = KnownNumber(size.id); step && *step <= 0) {
    context_.Error(Kind::kForEveryStep, size.range, {context_.WordsOf(size.range)});
    return {};
  }
  const auto domain = CommonDomain({&size, &operand}, site.range);
  if (!domain) return {};
  const ExpressionId ratio =
      context_.EmitArithmetic(ArithmeticOperator::kDivide, context_.Lift(operand.id, *domain),
                              context_.Lift(size.id, *domain), NumberType(), node.counted);
  const ExpressionId one = context_.EmitNumber(Rational(1), NumberType(), *domain, node.counted);
  const ExpressionId count =
      context_.Emit(Round{Rounding::kDown, ratio, one}, NumberType(), *domain, node.counted);
  Value times = Scalar(count, node.counted, Merge(size.presences, operand.presences));
  times.whole = true;
  return Combine(site, syntax::BinaryOperator::kMultiply, amount, times);
}

}  // namespace pol::model
