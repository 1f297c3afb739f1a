// What a record says of its own values: the range of a field, and conditions that must hold between fields.
#include "compiler/model/constants.h"
#include "compiler/model/declare.h"
#include "compiler/model/words.h"

namespace pol::model {
namespace {

using program::ValueKind;

class RecordConditions {
 public:
  RecordConditions(Context& context, Typer& typer) : context_(context), typer_(typer) {}

  void Run() {
    for (std::size_t domain = 0; domain < context_.domains.size(); ++domain) {
      const RecordState* record = context_.domains[domain].record;
      if (record == nullptr) continue;
      TypeMembers(record->source, domain);
      for (const Declared<syntax::Record>& addition : record->additions) TypeMembers(addition, domain);
    }
  }

 private:
  void TypeMembers(const Declared<syntax::Record>& record, std::size_t domain) {
    for (const syntax::RecordMember& member : record.declaration->members) {
      const auto* field = std::get_if<syntax::Field>(&member);
      if (field != nullptr && field->within) TypeRange(*record.tree, *field, domain);
      const auto* holds = std::get_if<syntax::Holds>(&member);
      if (holds != nullptr) TypeHolds(*record.tree, *holds, static_cast<std::uint32_t>(domain));
    }
  }

  void TypeRange(const syntax::Tree& tree, const syntax::Field& field, std::size_t domain) {
    const auto place = context_.domains[domain].fields.find(field.naming.name.text);
    if (place == context_.domains[domain].fields.end() || place->second.kind != SymbolKind::kFact ||
        place->second.index == program::kNone) {
      return;
    }
    const program::ValueType type = context_.model.schema.facts[place->second.index].type;
    const syntax::Interval& interval = *field.within;
    if (!IsNumber(type) && type.kind != ValueKind::kDate) {
      context_.Error(Kind::kRangeOfNoNumber, interval.range, {WordsOf(context_.model.schema, type)});
      return;
    }
    const Environment environment{.tree = &tree, .constant_only = true};
    std::optional<Rational> low;
    std::optional<Rational> high;
    if (!Bound(environment, interval.low, type, low) || !Bound(environment, interval.high, type, high))
      return;
    const bool both = interval.low_closed && interval.high_closed;
    if (low && high && (*low > *high || (*low == *high && !both))) {
      context_.Error(Kind::kRangeEmpty, interval.range, {context_.WordsOf(interval.range)});
      return;
    }
    program::ValueRange& range = context_.model.schema.facts[place->second.index].range;
    range.has_low = low.has_value();
    range.has_high = high.has_value();
    range.low_closed = interval.low_closed;
    range.high_closed = interval.high_closed;
    if (low) range.low = TextOf(*low);
    if (high) range.high = TextOf(*high);
  }

  bool Bound(const Environment& environment, syntax::ExpressionId id, const program::ValueType& type,
             std::optional<Rational>& bound) {
    if (!id.valid()) return true;
    const auto constant = typer_.ConstantOf(environment, id, &type);
    if (!constant) return false;
    const auto* code = std::get_if<std::int32_t>(&*constant);
    bound = code != nullptr ? Rational(*code) : std::get<Rational>(*constant);
    return true;
  }

  static program::NumberText TextOf(const Rational& value) {
    return {numerator(value).str(), denominator(value).str()};
  }

  void TypeHolds(const syntax::Tree& tree, const syntax::Holds& holds, std::uint32_t domain) {
    const Environment environment{.tree = &tree, .element_domain = domain, .raw = true};
    typer_.TakeFactsRead();
    typer_.SetHolds(true);
    const ExpressionId condition = typer_.Condition(typer_.Of(environment, holds.condition));
    typer_.SetHolds(false);
    std::vector<FactId> facts = typer_.TakeFactsRead();
    if (!condition.valid()) return;
    const Range range = tree.RangeOf(holds.condition);
    if (facts.empty()) {
      context_.Error(Kind::kHoldsWithoutFacts, range);
      return;
    }
    context_.model.holds.push_back({condition, holds.label.value, std::move(facts), range});
  }

  Context& context_;
  Typer& typer_;
};

}  // namespace

void TypeRecordConditions(Context& context, Typer& typer) { RecordConditions(context, typer).Run(); }

}  // namespace pol::model
