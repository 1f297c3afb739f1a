// What a series of years comes to: its value in a year, its growth, whether it rises, whether something held
// for years running.
#include "compiler/model/typer.h"
#include "compiler/model/words.h"

namespace pol::model {

using program::ValueKind;

namespace {
constexpr std::uint32_t kMostYearsRunning = 50;
}

std::optional<Value> Typer::SeriesOperand(const Site& site, syntax::ExpressionId id) {
  Value series = Of(site.environment, id);
  if (!MustBeScalar(series) || !MustBeGiven(series)) return std::nullopt;
  if (series.domain != 0 && series.domain == context_.year_domain) return series;
  context_.Error(Kind::kSeriesExpected, series.range,
                 {context_.WordsOf(series.range), WordsOf(context_, series)});
  return std::nullopt;
}

std::optional<ExpressionId> Typer::YearOperand(const Site& site, syntax::ExpressionId id) {
  const Value year = Of(site.environment, id);
  if (!year.ok()) return std::nullopt;
  if (year.domain != 0) {
    context_.Error(Kind::kWindowOfElement, year.range, {context_.WordsOf(year.range)});
    return std::nullopt;
  }
  if (year.form == Form::kYears && year.window.single_year) return year.window.first;
  const bool fits = year.scalar() && (year.type.kind == ValueKind::kYear || year.whole);
  if (!fits) {
    context_.Error(Kind::kYearExpected, year.range, {context_.WordsOf(year.range), WordsOf(context_, year)});
    return std::nullopt;
  }
  if (!MustBeGiven(year)) return std::nullopt;
  return year.id;
}

ExpressionId Typer::InYear(const Value& series, ExpressionId year, Range range) {
  Fold fold;
  fold.child = series.domain;
  fold.value = series.id;
  fold.condition = context_.Emit(YearInWindow{year, year}, TruthType(), series.domain, range);
  const bool number = IsNumber(series.type);
  // Of the one lane that is selected, each of these folds is the value.
  fold.operation = series.type.kind == ValueKind::kTruth ? FoldOperator::kAny
                   : number                              ? FoldOperator::kSum
                                                         : FoldOperator::kMaximum;
  return context_.Emit(fold, series.type, 0, range);
}

Value Typer::On(const Site& site, const syntax::ValueOf& node) {
  const auto series = SeriesOperand(site, node.series);
  const auto year = YearOperand(site, node.year);
  if (!series || !year) return {};
  return Scalar(InYear(*series, *year, site.range), site.range);
}

Value Typer::On(const Site& site, const syntax::GrowthOf& node) {
  const auto series = SeriesOperand(site, node.series);
  const auto year = YearOperand(site, node.year);
  if (!series || !year) return {};
  if (!IsNumber(series->type) || series->type.kind == ValueKind::kYear) {
    context_.Error(Kind::kNumbersExpected, series->range,
                   {context_.WordsOf(series->range), WordsOf(context_, *series)});
    return {};
  }
  const ExpressionId one_year = context_.EmitNumber(1, CountType(), 0, site.range);
  const ExpressionId before =
      context_.EmitArithmetic(ArithmeticOperator::kSubtract, *year, one_year, YearType(), site.range);
  const ExpressionId now = InYear(*series, *year, series->range);
  const ExpressionId then = InYear(*series, before, series->range);
  const program::ValueType percent = TypeOf(ValueKind::kPercent);
  const ExpressionId ratio =
      context_.EmitArithmetic(ArithmeticOperator::kDivide, now, then, percent, site.range);
  const ExpressionId one = context_.EmitNumber(1, percent, 0, site.range);
  return Scalar(context_.EmitArithmetic(ArithmeticOperator::kSubtract, ratio, one, percent, site.range),
                site.range);
}

Value Typer::On(const Site& site, const syntax::Trend& node) {
  const auto series = SeriesOperand(site, node.operand);
  if (!series) return {};
  if (!IsNumber(series->type)) {
    context_.Error(Kind::kNumbersExpected, series->range,
                   {context_.WordsOf(series->range), WordsOf(context_, *series)});
    return {};
  }
  if (!node.window.valid()) {
    context_.Error(Kind::kWindowMissing, site.range, {context_.WordsOf(site.range)});
    return {};
  }
  const Value window = Of(site.environment, node.window);
  if (!MustBeYears(window)) return {};
  if (window.window.single_year) {
    context_.Error(Kind::kTrendOfOneYear, window.range, {context_.WordsOf(window.range)});
    return {};
  }
  // Every year but the window's first is compared with the one before it.
  const ExpressionId one = context_.EmitNumber(1, CountType(), window.domain, window.range);
  Value later = window;
  later.window.first =
      context_.EmitArithmetic(ArithmeticOperator::kAdd, window.window.first, one, YearType(), window.range);
  const ExpressionId mask = YearMask(later, window.range);
  if (!mask.valid()) return {};
  const ExpressionId previous =
      context_.Emit(Previous{series->id}, series->type, series->domain, series->range);
  const auto comparison = node.rising ? program::Comparison::kGreater : program::Comparison::kLess;
  const ExpressionId moved = context_.EmitCompare(comparison, series->id, previous, site.range);
  const Fold fold{FoldOperator::kAll, series->domain, moved, mask, {}};
  return Scalar(context_.Emit(fold, TruthType(), 0, site.range), site.range);
}

Value Typer::On(const Site& site, const syntax::Running& node) {
  const Value operand = Of(site.environment, node.operand);
  const ExpressionId condition = Condition(operand);
  if (!condition.valid()) return {};
  if (operand.domain == 0 || operand.domain != context_.year_domain) {
    context_.Error(Kind::kSeriesExpected, operand.range,
                   {context_.WordsOf(operand.range), WordsOf(context_, operand)});
    return {};
  }
  const bool readable = !node.years.empty() && node.years.size() <= 4 &&
                        node.years.find_first_not_of("0123456789") == std::string::npos;
  const std::uint32_t years = readable ? static_cast<std::uint32_t>(std::stoul(node.years)) : 0;
  if (years < 2 || years > kMostYearsRunning) {
    context_.Error(Kind::kYearsRunning, site.range, {node.years, std::to_string(kMostYearsRunning)});
    return {};
  }
  ExpressionId mask = operand.own_years;
  if (node.window.valid()) {
    const Value window = Of(site.environment, node.window);
    if (!MustBeYears(window)) return {};
    mask = YearMask(window, window.range);
  } else if (!mask.valid()) {
    context_.Error(Kind::kWindowMissing, site.range, {context_.WordsOf(site.range)});
  }
  if (!mask.valid()) return {};
  const std::uint32_t domain = operand.domain;
  // Years outside the window break a run, so the window comes before the shifts.
  std::vector<ExpressionId> run = {context_.EmitAll({mask, condition}, domain, operand.range)};
  while (run.size() < years) {
    run.push_back(context_.Emit(Previous{run.back()}, TruthType(), domain, operand.range));
  }
  const ExpressionId held = context_.EmitAll(std::move(run), domain, site.range);
  const Fold fold{FoldOperator::kAny, domain, held, mask, {}};
  return Scalar(context_.Emit(fold, TruthType(), 0, site.range), site.range);
}

}  // namespace pol::model
