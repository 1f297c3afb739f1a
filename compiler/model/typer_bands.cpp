// Band tables: each row's pattern as a condition, and the check that every value falls in exactly one row.
#include <algorithm>

#include "compiler/model/bands.h"
#include "compiler/model/typer.h"
#include "compiler/model/words.h"
#include "compiler/source/map_each.h"

namespace pol::model {

using program::ValueKind;

namespace {

// The unit that the analyst wrote a bound in, so that a witness reads like one.
std::string UnitOf(const syntax::Tree& tree, syntax::ExpressionId id) {
  if (!id.valid()) return {};
  const auto* number = std::get_if<syntax::NumberLiteral>(&tree[id]);
  return number == nullptr ? std::string{} : number->unit;
}

bool IsFinite(const program::ValueType& type) { return type.kind == ValueKind::kEnumeration; }

bool IsOrdered(const program::ValueType& type) { return IsNumber(type) || type.kind == ValueKind::kDate; }

}  // namespace

Value Typer::On(const Site& site, const syntax::Bands& node) {
  const Value subject = Of(site.environment, node.subject);
  if (!MustBeScalar(subject) || !MustBeGiven(subject)) return {};
  if (subject.type.kind == ValueKind::kTruth) {
    context_.Error(Kind::kBandsOfCondition, subject.range, {context_.WordsOf(subject.range)});
    return {};
  }
  if (node.bands.empty()) {
    context_.Error(Kind::kBandsWithoutRows, site.range);
    return {};
  }
  BandTable table{.subject = subject, .range = site.range};
  std::vector<BandRow> rows;
  bool complete = true;
  for (std::size_t at = 0; at < node.bands.size(); ++at) {
    const syntax::Pattern& pattern = node.bands[at].pattern;
    const bool rest = !pattern.interval && pattern.values.empty();
    if (rest && at + 1 < node.bands.size()) {
      context_.Error(Kind::kBandOtherwiseNotLast, pattern.range);
      complete = false;
    }
    table.row_ranges.push_back(pattern.range);
    table.has_rest = table.has_rest || rest;
    const ExpressionId holds = rest ? context_.EmitTruth(true, subject.domain, pattern.range)
                                    : BandPattern(site, subject, pattern, table);
    complete = complete && holds.valid();
    rows.push_back({holds, {}, context_.WordsOf(pattern.range)});
  }
  if (complete) complete = CheckBands(context_, table);
  const Value value = BandBodies(site, node, subject, std::move(rows));
  return complete ? value : Value{};
}

ExpressionId Typer::BandPattern(const Site& site, const Value& subject, const syntax::Pattern& pattern,
                                BandTable& table) {
  Environment inside = site.environment;
  inside.constant_only = true;
  const std::size_t row = table.row_ranges.size() - 1;
  const auto bound = [&](syntax::ExpressionId id, program::Comparison comparison, ExpressionId* kept) {
    const Value value = Of(inside, id, &subject.type);
    *kept = value.id;
    return Compare(comparison, subject, value, pattern.range);
  };
  if (!pattern.interval) {
    std::vector<ExpressionId> matches;
    for (const syntax::ExpressionId id : pattern.values) {
      BandPiece piece{
          .row = row, .low_closed = true, .high_closed = true, .range = site.environment.tree->RangeOf(id)};
      piece.unit = UnitOf(*site.environment.tree, id);
      matches.push_back(bound(id, program::Comparison::kEqual, &piece.low));
      if (!matches.back().valid()) return {};
      piece.high = piece.low;
      table.pieces.push_back(piece);
    }
    const std::uint32_t domain = context_.DomainOf(matches.front());
    return context_.EmitAny(std::move(matches), domain, pattern.range);
  }
  const syntax::Interval& interval = *pattern.interval;
  if (!IsOrdered(subject.type) && !IsFinite(subject.type)) {
    context_.Error(Kind::kNoOrder, pattern.range, {WordsOf(context_.model.schema, subject.type)});
    return {};
  }
  BandPiece piece{.row = row,
                  .low_closed = interval.low_closed,
                  .high_closed = interval.high_closed,
                  .range = pattern.range};
  piece.unit = UnitOf(*site.environment.tree, interval.low.valid() ? interval.low : interval.high);
  std::vector<ExpressionId> ends;
  using program::Comparison;
  if (interval.low.valid()) {
    ends.push_back(bound(interval.low, interval.low_closed ? Comparison::kGreaterEqual : Comparison::kGreater,
                         &piece.low));
    if (!ends.back().valid()) return {};
  }
  if (interval.high.valid()) {
    ends.push_back(
        bound(interval.high, interval.high_closed ? Comparison::kLessEqual : Comparison::kLess, &piece.high));
    if (!ends.back().valid()) return {};
  }
  table.pieces.push_back(piece);
  return context_.EmitAll(std::move(ends), subject.domain, pattern.range);
}

Value Typer::BandBodies(const Site& site, const syntax::Bands& node, const Value& subject,
                        std::vector<BandRow> rows) {
  const auto ids = MapEach(node.bands, [](const syntax::Band& band) { return band.body; });
  const std::vector<Value> bodies = Alike(site.environment, ids, site.expected);
  Value joined;
  bool given = true;
  std::vector<const Value*> places = {&subject};
  for (const Value& body : bodies) {
    if (!MustBeScalar(body)) return {};
    places.push_back(&body);
    given = given && !body.optional();
    if (!joined.ok()) {
      joined = body;
      continue;
    }
    const auto type = Join(joined, body);
    if (!type) {
      auto& error = context_.Error(Kind::kBranchesDiffer, site.range,
                                   {WordsOf(context_, joined), WordsOf(context_, body)});
      NoteSides(error, joined, body);
      return {};
    }
    joined.type = *type;
    joined.bare = joined.bare && body.bare;
    joined.whole = joined.whole && body.whole;
  }
  const auto domain = CommonDomain(places, site.range);
  if (!domain || !joined.ok() ||
      !std::ranges::all_of(rows, [](const BandRow& row) { return row.holds.valid(); })) {
    return {};
  }
  // A truth in a row is a condition: false where what it reads is absent.
  const bool truth = joined.type.kind == ValueKind::kTruth;
  Bands bands{context_.Lift(subject.id, *domain), {}};
  for (std::size_t at = 0; at < rows.size(); ++at) {
    const ExpressionId body = truth ? Condition(bodies[at]) : bodies[at].id;
    bands.rows.push_back(
        {context_.Lift(rows[at].holds, *domain), context_.Lift(body, *domain), std::move(rows[at].words)});
  }
  Bands presence = bands;
  Value value = Scalar(context_.Emit(std::move(bands), joined.type, *domain, site.range), site.range);
  value.bare = joined.bare;
  value.whole = joined.whole;
  if (given || truth) return value;
  for (std::size_t at = 0; at < bodies.size(); ++at) {
    presence.rows[at].body = PresenceOf(bodies[at], *domain, bodies[at].range);
  }
  value.presences.push_back({context_.Emit(std::move(presence), TruthType(), *domain, site.range), {}});
  return value;
}

}  // namespace pol::model
