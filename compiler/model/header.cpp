// The header: what the policy is called, from when it is in force, how its periods are counted, and the date
// its parameters are read at.
#include <array>
#include <unordered_map>

#include "compiler/model/constants.h"
#include "compiler/model/declare.h"
#include "compiler/model/words.h"
#include "runtime/calendar/date.h"

namespace pol::model {
namespace {

using syntax::HeaderFieldKind;

class HeaderTyper {
 public:
  HeaderTyper(Context& context, Typer& typer, const syntax::Tree& policy)
      : context_(context), typer_(typer), policy_(policy) {}

  void Run() {
    program::PolicyInfo& info = context_.model.policy;
    info.name = syntax::ToString(policy_.header->path);
    for (const syntax::HeaderField& field : policy_.header->fields) {
      const auto [place, fresh] = seen_.try_emplace(static_cast<int>(field.kind), field.range);
      if (!fresh) {
        context_.Error(Kind::kHeaderTwice, field.range, {context_.WordsOf(field.range)})
            .notes.push_back({place->second, Kind::kFirstHere, {context_.WordsOf(place->second)}});
        continue;
      }
      Take(field, info);
    }
  }

 private:
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
    const Environment environment{.tree = &policy_, .bindings = &bindings, .constant_only = true};
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
  const syntax::Tree& policy_;
  std::unordered_map<int, Range> seen_;
  Value issued_;
};

}  // namespace

void TypeHeader(Context& context, Typer& typer, const syntax::Tree& policy) {
  if (policy.header) HeaderTyper(context, typer, policy).Run();
}

void TypeReference(Context& context, Typer& typer, const syntax::Tree& policy) {
  const Range place = policy.header ? policy.header->path.range : Range{policy.file, 0, 0};
  const syntax::HeaderField* field = nullptr;
  if (policy.header) {
    for (const syntax::HeaderField& one : policy.header->fields) {
      if (one.kind == HeaderFieldKind::kReference && field == nullptr) field = &one;
    }
  }
  if (field == nullptr) {
    context.model.reference = context.Emit(AsOf{}, DateType(), 0, place);
    return;
  }
  const Environment environment{.tree = &policy};
  context.model.reference = typer.RecordDate(environment, field->expression);
}

}  // namespace pol::model
