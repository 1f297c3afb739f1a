#include <algorithm>
#include <utility>

#include "compiler/syntax/build.h"
#include "compiler/syntax/characters.h"

namespace pol::syntax {
namespace {

using diagnostics::Kind;

constexpr std::uint32_t kLargestArticle = 9999;
constexpr std::uint32_t kLargestItem = 999;

}  // namespace

void Builder::AddSlice(PolParser::SliceContext* context, std::uint32_t first) {
  first_token_ = first;
  if (context == nullptr) return;
  for (PolParser::DeclarationContext* declaration : context->declarations) {
    MarkStart(declaration, Mark::Kind::kDeclaration);
    too_deep_ = false;
    Build(declaration);
  }
}

void Builder::AddError(source::Range range) { tree_.top.push_back(tree_.Add(ErrorDeclaration{}, range)); }

void Builder::MarkStart(antlr4::ParserRuleContext* context, Mark::Kind kind) {
  if (context == nullptr || context->start == nullptr) return;
  marks_.push_back({first_token_ + static_cast<std::uint32_t>(context->start->getTokenIndex()), kind});
}

void Builder::Add(Declaration declaration, antlr4::ParserRuleContext* context) {
  tree_.top.push_back(tree_.Add(std::move(declaration), RangeOf(context)));
}

void Builder::Build(PolParser::DeclarationContext* context) {
  if (auto* header = context->header()) return Build(header);
  if (auto* use = context->use()) return Build(use);
  if (auto* parameter = context->parameter()) return Build(parameter);
  if (auto* enumeration = context->enumeration()) return Build(enumeration);
  if (auto* scale = context->scale()) return Build(scale);
  if (auto* record = context->record()) return Build(record);
  if (auto* let = context->let()) return Build(let);
  if (auto* function = context->function()) return Build(function);
  if (auto* article = context->article()) return Build(article);
  if (auto* change = context->change()) return Build(change);
  if (auto* decision = context->decision()) return Build(decision);
  if (auto* grant = context->grant()) return Build(grant);
  if (auto* score = context->score()) return Build(score);
  if (auto* quota = context->quota()) return Build(quota);
  if (auto* lifecycle = context->lifecycle()) return Build(lifecycle);
  if (auto* region = context->region()) return Build(region);
  if (auto* calendar = context->calendar()) return Build(calendar);
  if (auto* example = context->example()) return Build(example);
  Add(ErrorDeclaration{}, context);
}

// ---- Names and types ---------------------------------------------------------------------------------

Naming Builder::BuildNaming(PolParser::NamingContext* context) {
  if (context == nullptr) return {};
  return {BuildName(context->name()), BuildText(context->label), BuildAliases(context->aliases())};
}

Path Builder::BuildPath(PolParser::PathContext* context) {
  Path path;
  if (context == nullptr) return path;
  path.range = RangeOf(context);
  for (PolParser::NameContext* part : context->parts) path.parts.push_back(BuildName(part));
  return path;
}

Type Builder::BuildType(PolParser::TypeContext* context) {
  Type type;
  type.range = RangeOf(context);
  if (auto* list = dynamic_cast<PolParser::ListTypeContext*>(context)) {
    type.form = TypeForm::kListOf;
    type.name = BuildName(list->simple);
    type.optional = list->QUESTION() != nullptr;
  } else if (auto* simple = dynamic_cast<PolParser::SimpleTypeContext*>(context)) {
    type.form = simple->perYear() != nullptr ? TypeForm::kPerYear : TypeForm::kSimple;
    type.name = BuildName(simple->simple);
    if (simple->currency != nullptr) {
      type.currency = {std::string(TextOf(simple->currency)), RangeOf(simple->currency)};
    }
    type.optional = simple->QUESTION() != nullptr;
  }
  return type;
}

std::uint32_t Builder::BuildNumber(antlr4::Token* token, Kind kind, std::uint32_t largest) {
  if (token == nullptr) return 0;
  const std::uint32_t value = OrdinalValue(TextOf(token));
  if (value >= 1 && value <= largest) return value;
  diagnostics_.Emit(kind, RangeOf(token), {std::string(TextOf(token))});
  return 0;
}

// ---- Declarations ------------------------------------------------------------------------------------

void Builder::Build(PolParser::HeaderContext* context) {
  const bool first = !tree_.header.has_value() && tree_.top.empty();
  if (!first) {
    diagnostics_.Emit(Kind::kMisplacedHeader, RangeOf(context->POLICY()), {});
    return Add(ErrorDeclaration{}, context);
  }
  Header header;
  header.range = RangeOf(context);
  header.path = BuildPath(context->declared);
  if (context->base != nullptr) header.base = BuildPath(context->base);
  in_header_ = true;
  for (PolParser::HeaderFieldContext* written : context->fields) {
    if (written->kind == nullptr) continue;
    MarkStart(written, Mark::Kind::kMember);
    HeaderField field;
    switch (written->kind->getType()) {
      case PolParser::DOCUMENT:
        field.kind = HeaderFieldKind::kDocument;
        break;
      case PolParser::AUTHORITY:
        field.kind = HeaderFieldKind::kAuthority;
        break;
      case PolParser::VERSION:
        field.kind = HeaderFieldKind::kVersion;
        break;
      case PolParser::ISSUED:
        field.kind = HeaderFieldKind::kIssued;
        break;
      case PolParser::EFFECTIVE:
        field.kind = HeaderFieldKind::kEffective;
        break;
      case PolParser::PERIODS:
        field.kind = HeaderFieldKind::kPeriods;
        break;
      case PolParser::REFERENCE:
        field.kind = HeaderFieldKind::kReference;
        break;
      default:
        break;
    }
    field.range = RangeOf(written);
    field.text = BuildText(written->text);
    field.name = BuildName(written->name());
    if (written->value != nullptr) field.expression = Build(written->value);
    header.fields.push_back(std::move(field));
  }
  in_header_ = false;
  tree_.header = std::move(header);
}

void Builder::Build(PolParser::UseContext* context) {
  Use use;
  for (PolParser::PathContext* path : context->paths) use.paths.push_back(BuildPath(path));
  Add(std::move(use), context);
}

void Builder::Build(PolParser::ParameterContext* context) {
  Parameter parameter;
  parameter.naming = BuildNaming(context->naming());
  if (context->type() != nullptr) parameter.type = BuildType(context->type());
  for (PolParser::DatedValueContext* written : context->values) {
    DatedValue value{Build(written->value), {}};
    if (written->from != nullptr) value.from = Build(written->from);
    if (!parameter.values.empty() && written->FROM() == nullptr && written->exception == nullptr) {
      diagnostics_.Emit(Kind::kDatedValueWithoutDate, tree_.RangeOf(value.value), {});
    }
    parameter.values.push_back(value);
  }
  Add(std::move(parameter), context);
}

void Builder::Build(PolParser::EnumerationContext* context) {
  Enumeration enumeration;
  enumeration.naming = BuildNaming(context->declared);
  for (PolParser::NamingContext* member : context->members) {
    MarkStart(member, Mark::Kind::kShort);
    enumeration.members.push_back(BuildNaming(member));
  }
  Add(std::move(enumeration), context);
}

void Builder::Build(PolParser::ScaleContext* context) {
  Enumeration scale;
  scale.ordered = true;
  scale.naming = BuildNaming(context->declared);
  for (PolParser::NamingContext* member : context->members) {
    MarkStart(member, Mark::Kind::kShort);
    scale.members.push_back(BuildNaming(member));
  }
  Add(std::move(scale), context);
}

void Builder::Build(PolParser::RecordContext* context) {
  Record record;
  record.naming = BuildNaming(context->naming());
  for (PolParser::RecordMemberContext* member : context->members) AddMember(member, record);
  Add(std::move(record), context);
}

void Builder::AddMember(PolParser::RecordMemberContext* context, Record& record) {
  MarkStart(context, Mark::Kind::kMember);
  if (auto* plain = dynamic_cast<PolParser::PlainFieldContext*>(context)) {
    Field field;
    field.key = plain->KEY() != nullptr;
    field.naming = BuildNaming(plain->naming());
    field.type = BuildType(plain->type());
    if (plain->interval() != nullptr) field.within = BuildInterval(plain->interval());
    record.members.emplace_back(std::move(field));
  } else if (auto* judged = dynamic_cast<PolParser::JudgedFieldContext*>(context)) {
    record.members.emplace_back(JudgedField{BuildNaming(judged->naming()), BuildName(judged->judge)});
  } else if (auto* checklist = dynamic_cast<PolParser::ChecklistFieldContext*>(context)) {
    ChecklistField field{BuildNaming(checklist->declared), {}};
    for (PolParser::NamingContext* item : checklist->items) {
      MarkStart(item, Mark::Kind::kShort);
      field.items.push_back(BuildNaming(item));
    }
    record.members.emplace_back(std::move(field));
  } else if (auto* holds = dynamic_cast<PolParser::HoldsFieldContext*>(context)) {
    record.members.emplace_back(Holds{Build(holds->expression()), BuildText(holds->label)});
  } else {
    return;  // could not be read, and has been reported
  }
  record.member_ranges.push_back(RangeOf(context));
}

void Builder::Build(PolParser::LetContext* context) {
  Let let{BuildNaming(context->naming()), Build(context->expression())};
  Add(std::move(let), context);
}

void Builder::Build(PolParser::FunctionContext* context) {
  Function function;
  function.naming = BuildNaming(context->naming());
  for (PolParser::FunctionParameterContext* parameter : context->parameters) {
    function.parameters.push_back({BuildName(parameter->name()), BuildType(parameter->type())});
  }
  function.value = Build(context->expression());
  Add(std::move(function), context);
}

void Builder::Build(PolParser::DecisionContext* context) {
  Decision decision;
  decision.naming = BuildNaming(context->naming());
  bool has_otherwise = false;
  for (PolParser::DecisionCaseContext* written : context->cases) {
    MarkStart(written, Mark::Kind::kMember);
    DecisionCase one;
    one.range = RangeOf(written);
    if (has_otherwise) diagnostics_.Emit(Kind::kOtherwiseNotLast, RangeOf(written->start), {});
    if (auto* otherwise = dynamic_cast<PolParser::OtherwiseCaseContext*>(written)) {
      one.outcome = BuildNaming(otherwise->naming());
      has_otherwise = true;
    } else if (auto* when = dynamic_cast<PolParser::WhenCaseContext*>(written)) {
      one.outcome = BuildNaming(when->naming());
      one.condition = Build(when->expression());
    } else {
      continue;
    }
    decision.cases.push_back(std::move(one));
  }
  // Where a case could not be read, it may have been the one.
  const source::Range range = RangeOf(context);
  const bool unread = std::ranges::any_of(diagnostics_.list(), [&](const diagnostics::Diagnostic& one) {
    return one.range.file == range.file && one.range.begin >= range.begin && one.range.end <= range.end;
  });
  if (context->RBRACE() != nullptr && !has_otherwise && !unread)
    diagnostics_.Emit(Kind::kDecisionWithoutOtherwise, RangeOf(context->RBRACE()), {});
  Add(std::move(decision), context);
}

// ---- Clauses -----------------------------------------------------------------------------------------

void Builder::Build(PolParser::ArticleContext* context) {
  Article article;
  Item& clause = article.clause;
  clause.range = RangeOf(context);
  if (context->citation != nullptr) {
    const Citation citation = ReadCitation(context->citation);
    clause.number = citation.article;
    clause.number_range = citation.range;
    if (!citation.items.empty() || citation.article == 0 || citation.article > kLargestArticle) {
      diagnostics_.Emit(Kind::kArticleNumber, citation.range, {std::string(TextOf(context->citation))});
    }
  } else {
    clause.number = BuildNumber(context->number, Kind::kArticleNumber, kLargestArticle);
    clause.number_range = RangeOf(context->number);
  }
  clause.naming.label = BuildText(context->label);
  BuildClause(context->clauseRest(), clause);
  Add(std::move(article), context);
}

void Builder::BuildClause(PolParser::ClauseRestContext* context, Item& clause) {
  if (context == nullptr) return;
  clause.in_principle = context->principle() != nullptr;
  if (context->WHEN() != nullptr) clause.when = Build(context->condition);
  clause.body = BuildBody(context->body());
}

ClauseBody Builder::BuildBody(PolParser::BodyContext* context) {
  if (auto* items = dynamic_cast<PolParser::ItemsBodyContext*>(context)) {
    ItemsBody body;
    for (PolParser::ItemContext* item : items->items) body.items.push_back(BuildItem(item));
    return body;
  }
  if (auto* condition = dynamic_cast<PolParser::ConditionBodyContext*>(context)) {
    return ConditionBody{Build(condition->expression())};
  }
  if (auto* guidance = dynamic_cast<PolParser::GuidanceBodyContext*>(context))
    return GuidanceBody{BuildText(guidance->text)};
  if (auto* undisclosed = dynamic_cast<PolParser::UndisclosedBodyContext*>(context)) {
    return UndisclosedBody{BuildText(undisclosed->text)};
  }
  if (auto* replaces = dynamic_cast<PolParser::ReplacesBodyContext*>(context))
    return BuildReplaces(replaces->replaces());
  return ConditionBody{Missing(context)};
}

ReplacesBody Builder::BuildReplaces(PolParser::ReplacesContext* context) {
  ReplacesBody body;
  if (context == nullptr) return {{}, Missing(context)};
  for (antlr4::Token* citation : context->replaced) body.replaced.push_back(ReadCitation(citation));
  body.condition = Build(context->expression());
  return body;
}

void Builder::Build(PolParser::ChangeContext* context) {
  Change change;
  if (auto* replaces = dynamic_cast<PolParser::ReplacesChangeContext*>(context)) {
    ReplacesBody body = BuildReplaces(replaces->replaces());
    change = {std::move(body.replaced), body.condition};
  } else if (auto* drops = dynamic_cast<PolParser::DropsChangeContext*>(context)) {
    for (antlr4::Token* citation : drops->dropped) change.clauses.push_back(ReadCitation(citation));
  }
  Add(std::move(change), context);
}

Item Builder::BuildItem(PolParser::ItemContext* context) {
  MarkStart(context, Mark::Kind::kMember);
  Item item;
  item.range = RangeOf(context);
  if (auto* replaces = dynamic_cast<PolParser::ReplacesItemContext*>(context)) {
    item.body = BuildReplaces(replaces->replaces());
  } else if (auto* numbered = dynamic_cast<PolParser::NumberedItemContext*>(context)) {
    item.number = BuildNumber(numbered->number, Kind::kItemNumber, kLargestItem);
    item.number_range = RangeOf(numbered->number);
    item.naming = {BuildName(numbered->name()), BuildText(numbered->label),
                   BuildAliases(numbered->aliases())};
    item.body = ConditionBody{Missing(context)};
    BuildClause(numbered->clauseRest(), item);
  } else {
    item.body = ConditionBody{Missing(context)};
  }
  return item;
}

// ---- Regions and calendars ---------------------------------------------------------------------------

void Builder::Build(PolParser::RegionContext* context) {
  Add(Region{BuildRow(context->regionRow())}, context);
}

RegionRow Builder::BuildRow(PolParser::RegionRowContext* context) {
  RegionRow row;
  if (context == nullptr) return row;
  row.code = std::string(TextOf(context->code));
  row.code_range = RangeOf(context->code);
  row.name = BuildText(context->label);
  row.aliases = BuildAliases(context->aliases());
  for (PolParser::RegionRowContext* part : context->parts) {
    MarkStart(part, Mark::Kind::kMember);
    row.parts.push_back(BuildRow(part));
  }
  return row;
}

void Builder::Build(PolParser::CalendarContext* context) {
  Calendar calendar;
  calendar.naming = BuildNaming(context->naming());
  for (PolParser::CalendarYearContext* written : context->years) {
    MarkStart(written, Mark::Kind::kMember);
    CalendarYear year{std::string(TextOf(written->number)), RangeOf(written->number), {}};
    for (PolParser::CalendarSpanContext* span : written->spans) {
      MarkStart(span, Mark::Kind::kMember);
      if (span->kind != nullptr && span->first != nullptr) year.spans.push_back(BuildSpan(span));
    }
    calendar.years.push_back(std::move(year));
  }
  Add(std::move(calendar), context);
}

CalendarSpan Builder::BuildSpan(PolParser::CalendarSpanContext* context) {
  CalendarSpan span;
  span.working = context->kind->getType() == PolParser::WORK;
  span.first = BuildDate(context->first);
  span.last = context->last == nullptr ? span.first : BuildDate(context->last);
  span.label = BuildText(context->label);
  return span;
}

}  // namespace pol::syntax
