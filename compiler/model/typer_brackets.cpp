// Brackets: each part of a number at its own rate. The rows are checked as those of a band table are.
#include <algorithm>

#include "compiler/model/bands.h"
#include "compiler/model/typer.h"
#include "compiler/model/words.h"
#include "compiler/source/map_each.h"

namespace pol::model {

using program::ValueKind;

namespace {

bool IsMeasured(const program::ValueType& type) { return IsNumber(type) && type.kind != ValueKind::kYear; }

}  // namespace

Value Typer::On(const Site& site, const syntax::Brackets& node) {
  const Value subject = Of(site.environment, node.subject);
  if (!MustBeScalar(subject) || !MustBeGiven(subject)) return {};
  if (!IsMeasured(subject.type)) {
    context_.Error(Kind::kBracketsOfThis, subject.range,
                   {context_.WordsOf(subject.range), WordsOf(context_, subject)});
    return {};
  }
  if (node.bands.empty()) {
    context_.Error(Kind::kBandsWithoutRows, site.range);
    return {};
  }
  BandTable table{.subject = subject, .range = site.range, .measured = true};
  std::vector<BracketRow> rows(node.bands.size());
  bool complete = true;
  for (std::size_t at = 0; at < rows.size(); ++at) {
    table.row_ranges.push_back(node.bands[at].pattern.range);
    complete = BracketPattern(site, node.bands[at].pattern, table, rows[at]) && complete;
  }
  if (complete) complete = CheckBands(context_, table);
  // Every row gives a part of the same whole.
  std::optional<Value> whole;
  std::vector<const Value*> places = {&subject};
  const auto rates =
      MapEach(node.bands, [&](const syntax::Band& band) { return Of(site.environment, band.body); });
  for (const Value& rate : rates) {
    const Value part = BracketRate(site, subject, rate);
    if (!part.ok()) return {};
    const auto type = whole ? SumType(*whole, part, true) : std::optional(part.type);
    if (!type) return ArithmeticMismatch(site, syntax::BinaryOperator::kAdd, *whole, part);
    if (!whole) whole = part;
    whole->type = *type;
    places.push_back(&rate);
  }
  const auto domain = CommonDomain(places, site.range);
  if (!complete || !domain) return {};
  for (std::size_t at = 0; at < rows.size(); ++at) {
    for (ExpressionId* bound : {&rows[at].low, &rows[at].high}) {
      if (bound->valid()) *bound = context_.Lift(*bound, *domain);
    }
    rows[at].rate = context_.Lift(rates[at].id, *domain);
  }
  Brackets brackets{context_.Lift(subject.id, *domain), std::move(rows)};
  return Scalar(context_.Emit(std::move(brackets), whole->type, *domain, site.range), site.range);
}

bool Typer::BracketPattern(const Site& site, const syntax::Pattern& pattern, BandTable& table,
                           BracketRow& row) {
  if (!pattern.interval) {
    context_.Error(Kind::kBracketsRow, pattern.range, {context_.WordsOf(pattern.range)});
    return false;
  }
  // Read as a band's, which checks the bounds' types and tells the table of them.
  if (!BandPattern(site, table.subject, pattern, table).valid()) return false;
  row.words = context_.WordsOf(pattern.range);
  row.low = table.pieces.back().low;
  row.high = table.pieces.back().high;
  // What lies below 0 is no part of anything.
  const auto low = row.low.valid() ? KnownNumber(row.low) : std::nullopt;
  if (low && *low <= 0) row.low = {};
  return true;
}

// What a part of the subject comes to at the rate, for its type.
Value Typer::BracketRate(const Site& site, const Value& subject, const Value& rate) {
  if (!MustBeScalar(rate) || !MustBeGiven(rate)) return {};
  const auto type = ProductType(subject, rate);
  if (!type) return ArithmeticMismatch(site, syntax::BinaryOperator::kMultiply, subject, rate);
  Value part = rate;
  part.type = *type;
  part.bare = subject.bare && rate.bare;
  part.whole = false;
  return part;
}

}  // namespace pol::model
