// Grants: an amount of money, when it is due, and the limits it is kept within.
#include <utility>

#include "compiler/model/typer.h"
#include "compiler/model/words.h"

namespace pol::model {

using program::ValueKind;

Value Typer::ReadGrant(const Site& site, std::uint32_t index) {
  if (site.environment.raw || site.environment.constant_only) {
    context_.Error(site.environment.raw ? Kind::kCitationInHolds : Kind::kNotConstant, site.range,
                   {context_.model.grants[index].naming.name});
    return {};
  }
  DefineGrant(index);
  const program::ValueType type = context_.model.grants[index].type;
  if (!context_.model.grants[index].value.valid()) return {};
  return Scalar(context_.Emit(GrantValue{GrantId{index}}, type, 0, site.range), site.range);
}

bool Typer::MustBeAmount(const Value& value) {
  if (!MustBeScalar(value)) return false;
  if (value.type.kind != ValueKind::kMoney) {
    context_.Error(Kind::kGrantOfNoMoney, value.range,
                   {context_.WordsOf(value.range), WordsOf(context_, value)});
    return false;
  }
  return MustBeGiven(value) && MustBeOfRecord(value);
}

void Typer::TypeGrant(std::uint32_t index) {
  const Declared<syntax::Grant> source = context_.grants[index].source;
  const syntax::Grant& declaration = *source.declaration;
  const Environment environment{.tree = source.tree};
  Grant grant = context_.model.grants[index];
  grant.clause = context_.Cited(declaration.citation);
  bool complete = grant.clause.valid();
  if (declaration.condition.valid()) {
    grant.condition = RecordCondition(environment, declaration.condition);
    complete = complete && grant.condition.valid();
  }
  const Value amount = Of(environment, declaration.amount);
  if (!MustBeAmount(amount)) return;
  grant.type = amount.type;
  grant.amount = amount.id;
  Limited limited{grant.naming.name, grant.range, grant.type, amount.range, amount.id, {}};
  if (!AddLimits(environment, declaration.limits, limited) || !complete) return;
  grant.limits = std::move(limited.limits);
  grant.value = limited.value;
  if (grant.condition.valid()) {
    const ExpressionId nothing = context_.EmitNumber(Rational(0), grant.type, 0, amount.range);
    grant.value =
        context_.Emit(Conditional{grant.condition, grant.value, nothing}, grant.type, 0, amount.range);
  }
  context_.model.grants[index] = std::move(grant);
}

}  // namespace pol::model
