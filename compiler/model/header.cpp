// The header: what the policy is called, from when it is in force, how its periods are counted, and the date
// its parameters are read at.
#include <array>
#include <unordered_map>
#include <unordered_set>

#include "compiler/model/constants.h"
#include "compiler/model/declare.h"
#include "compiler/model/words.h"
#include "runtime/calendar/date.h"

namespace pol::model {
namespace {

using syntax::HeaderFieldKind;

class HeaderTyper {
 public:
  HeaderTyper(Context& context, Typer& typer) : context_(context), typer_(typer) {}

  // What a policy does not say itself is as in the one that it builds on.
  void Run(Policies policies) {
    context_.model.policy.name = syntax::ToString(policies.front().header->path);
    for (const syntax::Tree& policy : policies) {
      policy_ = &policy;
      Take(*policy.header);
    }
  }

 private:
  void Take(const syntax::Header& header) {
    std::unordered_map<int, Range> seen;
    for (const syntax::HeaderField& field : header.fields) {
      const auto kind = static_cast<int>(field.kind);
      const auto [place, fresh] = seen.try_emplace(kind, field.range);
      if (!fresh) {
        context_.Error(Kind::kHeaderTwice, field.range, {context_.WordsOf(field.range)})
            .notes.push_back({place->second, Kind::kFirstHere, {context_.WordsOf(place->second)}});
        continue;
      }
      if (taken_.insert(kind).second) Take(field, context_.model.policy);
    }
  }

  void Take(const syntax::HeaderField& field, program::PolicyInfo& info) {
    switch (field.kind) {
      case HeaderFieldKind::kTitle:
        info.title = field.text.value;
        return;
      case HeaderFieldKind::kDocument:
        info.document = field.text.value;
        return;
      case HeaderFieldKind::kAuthority:
        info.authority = field.text.value;
        return;
      case HeaderFieldKind::kVersion:
        info.version = field.text.value;
        return;
      case HeaderFieldKind::kIssued:
        info.issued = DateOf(field, nullptr);
        return;
      case HeaderFieldKind::kEffective:
        info.effective = DateOf(field, &issued_);
        return;
      case HeaderFieldKind::kPeriods:
        TakePeriods(field.name);
        return;
      case HeaderFieldKind::kReference:
        return;  // typed when the facts are known
    }
  }

  std::string DateOf(const syntax::HeaderField& field, const Value* issued) {
    std::unordered_map<std::string, Value> bindings;
    if (issued != nullptr && issued->ok()) {
      bindings.emplace("issued", *issued);
      bindings.emplace("发布", *issued);
      bindings.emplace("印发", *issued);
    }
    const Environment environment{.tree = policy_, .bindings = &bindings, .constant_only = true};
    const program::ValueType date = DateType();
    Value typed;
    const auto constant = typer_.ConstantOf(environment, field.expression, &date, &typed);
    if (!constant || !std::holds_alternative<std::int32_t>(*constant)) return {};
    if (field.kind == HeaderFieldKind::kIssued) issued_ = typed;
    return calendar::ToText(std::get<std::int32_t>(*constant));
  }

  void TakePeriods(const syntax::Name& name) {
    static const std::array<std::string, 4> kWays = {"civil_code", "calendar_days", "民法典", "自然日"};
    if (name.text == kWays[1] || name.text == kWays[3]) {
      context_.civil_code = false;
    } else if (name.text != kWays[0] && name.text != kWays[2]) {
      auto& error = context_.Error(Kind::kUnknownPeriods, name.range, {name.text});
      context_.Suggest(error, name.range, name.text, {kWays.begin(), kWays.end()});
    }
  }

  Context& context_;
  Typer& typer_;
  const syntax::Tree* policy_ = nullptr;
  std::unordered_set<int> taken_;
  Value issued_;
};

}  // namespace

void TypeHeader(Context& context, Typer& typer, Policies policies) {
  HeaderTyper(context, typer).Run(policies);
}

void TypeReference(Context& context, Typer& typer, Policies policies) {
  for (const syntax::Tree& policy : policies) {
    for (const syntax::HeaderField& field : policy.header->fields) {
      if (field.kind != HeaderFieldKind::kReference) continue;
      context.model.reference = typer.RecordDate(Environment{.tree = &policy}, field.expression);
      return;
    }
  }
  context.model.reference = context.Emit(AsOf{}, DateType(), 0, policies.front().header->path.range);
}

}  // namespace pol::model
