#include "compiler/model/typer.h"

#include <algorithm>
#include <utility>

#include "compiler/model/constants.h"
#include "compiler/model/words.h"
#include "compiler/source/map_each.h"

namespace pol::model {

using program::ValueKind;

Value Typer::Of(const Environment& environment, syntax::ExpressionId id, const program::ValueType* expected) {
  if (!id.valid()) return {};
  const Range range = environment.tree->RangeOf(id);
  if (context_.nesting >= kMostNesting) {
    context_.Error(Kind::kDefinitionsTooDeep, range, {std::to_string(kMostNesting)});
    return {};
  }
  ++context_.steps;
  if (context_.TooLarge(range)) return {};
  ++context_.nesting;
  const Site site{environment, range, expected};
  Value value = std::visit([&](const auto& node) { return On(site, node); }, (*environment.tree)[id]);
  --context_.nesting;
  value.range = range;
  return value;
}

Value Typer::On(const Site&, const syntax::ErrorExpression&) { return {}; }

Value Typer::Scalar(ExpressionId id, Range range, std::vector<Presence> presences) const {
  Value value;
  value.form = Form::kScalar;
  value.range = range;
  value.id = id;
  value.type = context_.model.InfoOf(id).type;
  value.domain = context_.DomainOf(id);
  value.presences = std::move(presences);
  return value;
}

// ---- Conditions
// -------------------------------------------------------------------------------------------------

ExpressionId Typer::Condition(const Value& value) {
  if (!value.ok()) return {};
  if (!value.scalar() || value.type.kind != ValueKind::kTruth) {
    context_.Error(Kind::kConditionExpected, value.range,
                   {context_.WordsOf(value.range), WordsOf(context_, value)});
    return {};
  }
  return Guard(value.id, value.presences, value.range);
}

ExpressionId Typer::RecordCondition(const Environment& environment, syntax::ExpressionId id) {
  const Value value = Of(environment, id);
  const ExpressionId condition = Condition(value);
  if (!condition.valid() || !MustBeOfRecord(value)) return {};
  return condition;
}

ExpressionId Typer::RecordDate(const Environment& environment, syntax::ExpressionId id) {
  const Value value = Of(environment, id);
  if (!MustBeDate(value) || !MustBeGiven(value) || !MustBeOfRecord(value)) return {};
  return value.id;
}

ExpressionId Typer::Guard(ExpressionId condition, const std::vector<Presence>& presences, Range range) {
  if (presences.empty() || !condition.valid()) return condition;
  const std::uint32_t domain = context_.DomainOf(condition);
  if (holds_) {
    auto ways = MapEach(presences, [&](const Presence& presence) {
      return context_.EmitNot(context_.Lift(presence.condition, domain), range);
    });
    ways.push_back(condition);
    return context_.EmitAny(std::move(ways), domain, range);
  }
  All guard;
  guard.presence_guard = true;
  for (const Presence& presence : presences)
    guard.operands.push_back(context_.Lift(presence.condition, domain));
  guard.operands.push_back(condition);
  return context_.Emit(std::move(guard), TruthType(), domain, range);
}

ExpressionId Typer::PresenceOf(const Value& value, std::uint32_t domain, Range range) {
  auto conditions = MapEach(
      value.presences, [&](const Presence& presence) { return context_.Lift(presence.condition, domain); });
  return context_.EmitAll(std::move(conditions), domain, range);
}

std::vector<Presence> Typer::Merge(std::vector<Presence> left, const std::vector<Presence>& right) {
  for (const Presence& presence : right) {
    const bool known = std::ranges::any_of(left, [&](const Presence& one) {
      return one.condition == presence.condition || (one.fact.valid() && one.fact == presence.fact);
    });
    if (!known) left.push_back(presence);
  }
  return left;
}

// ---- What a place asks of a value
// -------------------------------------------------------------------------------

bool Typer::MustBeGiven(const Value& value) {
  if (!value.optional()) return true;
  context_.Error(Kind::kValueMayBeAbsent, value.range, {context_.WordsOf(value.range)});
  return false;
}

bool Typer::MustBeScalar(const Value& value) {
  if (!value.ok()) return false;
  if (value.scalar()) return true;
  context_.Error(Kind::kValueExpected, value.range,
                 {context_.WordsOf(value.range), WordsOf(context_, value)});
  return false;
}

bool Typer::MustBeOfRecord(const Value& value) {
  if (value.domain == 0) return true;
  const bool years = value.domain == context_.year_domain;
  context_.Error(years ? Kind::kSeriesNotFolded : Kind::kElementsNotFolded, value.range,
                 {context_.WordsOf(value.range), context_.model.schema.domains[value.domain].naming.name});
  return false;
}

bool Typer::MustBeDate(const Value& value) {
  if (!MustBeScalar(value)) return false;
  if (value.type.kind == ValueKind::kDate) return true;
  context_.Error(Kind::kDateExpected, value.range, {context_.WordsOf(value.range), WordsOf(context_, value)});
  return false;
}

bool Typer::MustBeYears(const Value& value) {
  if (!value.ok()) return false;
  if (value.form == Form::kYears) return true;
  context_.Error(Kind::kYearWindowExpected, value.range,
                 {context_.WordsOf(value.range), WordsOf(context_, value)});
  return false;
}

bool Typer::MustBeCount(const Value& value) {
  if (!MustBeScalar(value)) return false;
  if (value.type.kind == ValueKind::kCount || value.whole) return true;
  context_.Error(Kind::kCountExpected, value.range,
                 {context_.WordsOf(value.range), WordsOf(context_, value)});
  return false;
}

std::optional<Rational> Typer::KnownNumber(ExpressionId id) const {
  const std::optional<Constant> value = Folder(context_.model).Fold(id);
  if (!value || !std::holds_alternative<Rational>(*value)) return std::nullopt;
  return std::get<Rational>(*value);
}

std::optional<Constant> Typer::ConstantOf(const Environment& environment, syntax::ExpressionId id,
                                          const program::ValueType* expected, Value* typed) {
  Environment inside = environment;
  inside.constant_only = true;
  const Value value = Of(inside, id, expected);
  if (typed != nullptr) *typed = value;
  if (!value.ok() || !MustBeScalar(value)) return std::nullopt;
  if (expected != nullptr && !Fits(*expected, value)) {
    context_.Error(Kind::kWrongType, value.range,
                   {WordsOf(context_.model.schema, *expected), WordsOf(context_, value)});
    return std::nullopt;
  }
  std::optional<Constant> constant = Folder(context_.model).Fold(value.id);
  if (!constant) context_.Error(Kind::kNotConstant, value.range, {context_.WordsOf(value.range)});
  return constant;
}

std::vector<FactId> Typer::TakeFactsRead() {
  std::vector<FactId> facts = std::exchange(facts_read_, {});
  std::ranges::sort(facts, {}, &FactId::index);
  facts.erase(std::unique(facts.begin(), facts.end()), facts.end());
  return facts;
}

void Typer::NoteSides(diagnostics::Diagnostic& error, const Value& left, const Value& right) {
  error.notes.push_back({left.range, Kind::kThisIs, {WordsOf(context_, left)}});
  error.notes.push_back({right.range, Kind::kThisIs, {WordsOf(context_, right)}});
}

// ---- Types of several values
// ------------------------------------------------------------------------------------

std::optional<program::ValueType> Typer::Join(const Value& left, const Value& right) const {
  if (left.type == right.type) return left.type;
  const auto one_way = [](const Value& from, const Value& to) {
    if (from.type.kind == ValueKind::kText) return to.type.kind == ValueKind::kCreditCode;
    if (from.type.kind != ValueKind::kNumber) return false;
    if (to.type.kind == ValueKind::kYear) return from.whole;
    return to.type.kind == ValueKind::kPercent || to.type.kind == ValueKind::kCount;
  };
  // A literal takes the other side's type; a ratio beside a percent stays a number.
  const auto takes = [](const Value& from, const Value& to) {
    return from.type.kind == ValueKind::kText || from.whole ||
           (from.bare && to.type.kind == ValueKind::kPercent);
  };
  if (one_way(left, right)) return takes(left, right) ? right.type : NumberType();
  if (one_way(right, left)) return takes(right, left) ? left.type : NumberType();
  return std::nullopt;
}

bool Typer::Fits(const program::ValueType& wanted, const Value& value) const {
  if (!value.scalar()) return false;
  if (wanted == value.type) return true;
  switch (wanted.kind) {
    case ValueKind::kNumber:
      return value.type.kind == ValueKind::kPercent || value.type.kind == ValueKind::kCount;
    case ValueKind::kPercent:
      return value.type.kind == ValueKind::kNumber;
    case ValueKind::kCount:
    case ValueKind::kYear:
      return value.whole;
    case ValueKind::kMoney:
      return wanted.currency.empty() && value.type.kind == ValueKind::kMoney;
    case ValueKind::kCreditCode:
      return value.type.kind == ValueKind::kText;
    default:
      return false;
  }
}

std::optional<std::uint32_t> Typer::CommonDomain(const std::vector<const Value*>& values, Range range) {
  const Value* child = nullptr;
  for (const Value* value : values) {
    if (value->domain == 0) continue;
    if (child != nullptr && child->domain != value->domain) {
      const std::vector<program::Domain>& domains = context_.model.schema.domains;
      const auto lanes = [&](const Value& one) {
        return one.domain == context_.year_domain
                   ? diagnostics::Word("lanes_years")
                   : diagnostics::Word("lanes_of") + domains[one.domain].naming.name;
      };
      diagnostics::Diagnostic& error =
          context_.Error(Kind::kDomainsMixed, range, {lanes(*child), lanes(*value)});
      NoteSides(error, *child, *value);
      return std::nullopt;
    }
    child = value;
  }
  return child == nullptr ? 0 : child->domain;
}

bool Typer::MayBeMember(const Environment& environment, syntax::ExpressionId id) const {
  if (!id.valid()) return false;
  const syntax::Expression& node = (*environment.tree)[id];
  if (std::holds_alternative<syntax::TextLiteral>(node)) return true;
  const auto* name = std::get_if<syntax::NameReference>(&node);
  return name != nullptr && !context_.scope.MembersNamed(name->name).empty();
}

std::vector<Value> Typer::Alike(const Environment& environment, const std::vector<syntax::ExpressionId>& ids,
                                const program::ValueType* expected) {
  std::vector<Value> values(ids.size());
  std::vector<bool> done(ids.size(), false);
  std::optional<program::ValueType> known;
  if (expected != nullptr) known = *expected;
  const auto type_one = [&](std::size_t at) {
    values[at] = Of(environment, ids[at], known ? &*known : nullptr);
    done[at] = true;
    const Value& value = values[at];
    const bool tells = value.scalar() && !value.bare && value.type.kind != ValueKind::kText;
    if (!known && tells) known = value.type;
  };
  for (std::size_t at = 0; at < ids.size(); ++at) {
    if (!MayBeMember(environment, ids[at])) type_one(at);
  }
  // A name that something other than a member has tells the type too: `kind = enterprise` where both are
  // names.
  for (std::size_t at = 0; at < ids.size() && !known; ++at) {
    if (done[at]) continue;
    const auto* name = std::get_if<syntax::NameReference>(&(*environment.tree)[ids[at]]);
    const Value* binding = nullptr;
    if (name != nullptr && (FindLocal(environment, name->name, &binding) != nullptr || binding != nullptr ||
                            context_.scope.Find(name->name) != nullptr)) {
      type_one(at);
    }
  }
  for (std::size_t at = 0; at < ids.size(); ++at) {
    if (!done[at]) type_one(at);
  }
  return values;
}

}  // namespace pol::model
