// The reference evaluator: what a policy means, read off the model for one record at a time, with rationals
// and without any thought of speed. It shares nothing with lowering and engine but the model, the batch and
// the arithmetic of single dates.
#pragma once

#include <boost/multiprecision/cpp_int.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include "compiler/model/model.h"
#include "runtime/records/batch.h"

namespace agreement {

using Rational = boost::multiprecision::cpp_rational;
using Truth = std::optional<bool>;  // nullopt: unknown

// A value of any kind; which one is in use follows from the expression's type. All of them nullopt: unknown.
struct Value {
  Truth truth;
  std::optional<Rational> number;
  std::optional<std::int32_t> code;
  bool known() const { return truth || number || code; }
  friend bool operator==(const Value&, const Value&) = default;
};

Value OfNumber(std::optional<Rational> number);
// What is chosen; where that is not known, the value that both would give.
Value Choose(Truth condition, const Value& then, const Value& otherwise);
// The multiple of `size` that a number is rounded to.
Rational ToMultiple(pol::model::Rounding rounding, const Rational& number, const Rational& size);

// Where a value is asked for: the record itself, an element of one of its lists, or a year.
struct Place {
  std::uint32_t domain = 0;
  std::int32_t at = 0;  // the element's index within the record, or the year
};

class Reference {
 public:
  Reference(const pol::model::Model& model, const pol::records::Batch& batch, std::uint32_t row,
            std::optional<std::int32_t> as_of)
      : model_(model), batch_(batch), row_(row), as_of_(as_of) {}

  Truth ClauseTruth(pol::model::ClauseId id);
  // Of a clause that holds in principle: whether the record needs no waiver of it.
  Truth NeedsNoWaiver(pol::model::ClauseId id);
  Truth Counts(const pol::model::Quota& quota) { return TruthOf(quota.condition, {}); }
  // Index of the outcome; nullopt: undetermined.
  std::optional<std::int32_t> Outcome(const pol::model::Decision& decision);
  // The member of its enumeration, and the date; nullopt: not known.
  std::optional<std::int32_t> State(const pol::model::Lifecycle& lifecycle) {
    return Of(lifecycle.state, {}).code;
  }
  std::optional<std::int32_t> Since(const pol::model::Lifecycle& lifecycle) {
    return Of(lifecycle.since, {}).code;
  }
  // nullopt: not known.
  std::optional<Rational> Amount(const pol::model::Grant& grant);
  std::optional<Rational> Points(const pol::model::ScoreItem& item);
  std::optional<Rational> Points(const pol::model::Score& score);
  // The amount within the limit, were this (a branch of) its bound.
  std::optional<Rational> Within(const pol::model::Limit& limit, pol::model::ExpressionId bound,
                                 const std::optional<Rational>& amount);

 private:
  friend struct Meaning;

  Value Of(pol::model::ExpressionId id, Place place);
  Truth TruthOf(pol::model::ExpressionId id, Place place) { return Of(id, place).truth; }

  Value Cell(pol::model::FactId fact, Place place) const;
  Truth Given(pol::model::FactId fact, Place place) const;
  std::optional<std::uint32_t> LaneOf(pol::model::FactId fact, Place place) const;
  bool Contradictory(pol::model::FactId fact, Place place);
  Value Parameter(const pol::model::Parameter& parameter);
  Truth Body(const pol::model::Clause& clause);
  Truth Own(const pol::model::Clause& clause);
  Truth Live(pol::model::ClauseId replacing);
  bool Decides(pol::model::ClauseId id) const;
  std::vector<Place> PlacesIn(std::uint32_t domain) const;
  bool ListKnown(std::uint32_t domain) const;

  const pol::model::Model& model_;
  const pol::records::Batch& batch_;
  std::uint32_t row_;
  std::optional<std::int32_t> as_of_;
  std::map<std::tuple<std::uint32_t, std::uint32_t, std::int32_t>, Value> known_;
  std::map<std::uint32_t, Truth> clauses_;
};

}  // namespace agreement
