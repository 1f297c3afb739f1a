// Lifecycles: their members as written. What a member cannot do without, and the grammar lets it be without
// for the sake of the message, is asked for here.
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/syntax/build.h"
#include "compiler/syntax/characters.h"
#include "runtime/text/utf8.h"

namespace pol::syntax {
namespace {

using diagnostics::Kind;

// The runs of digits of a text, in ASCII: 12月31日 has two.
std::vector<std::string> DigitsIn(std::string_view text) {
  std::vector<std::string> runs;
  bool inside = false;
  for (std::size_t offset = 0; offset < text.size();) {
    const text::Character character = text::CharacterAt(text, offset);
    const std::uint8_t folded = Fold(character.code);
    const bool digit = folded >= '0' && folded <= '9';
    if (digit && !inside) runs.emplace_back();
    if (digit) runs.back().push_back(static_cast<char>(folded));
    inside = digit || (inside && folded == '_');
    offset += character.length;
  }
  return runs;
}

}  // namespace

void Builder::Build(PolParser::LifecycleContext* context) {
  Lifecycle lifecycle;
  lifecycle.naming = BuildNaming(context->naming());
  lifecycle.list = BuildName(context->list);
  for (PolParser::LifecycleMemberContext* member : context->members) AddMember(member, lifecycle);
  Add(std::move(lifecycle), context);
}

void Builder::AddMember(PolParser::LifecycleMemberContext* context, Lifecycle& lifecycle) {
  MarkStart(context, Mark::Kind::kMember);
  if (auto* stage = dynamic_cast<PolParser::StageMemberContext*>(context)) {
    LifecycleStage member{BuildNaming(stage->naming()), CitationIn(stage->citation),
                          BuildOccasion(stage->occasion(), context), RangeOf(context)};
    if (stage->AT() == nullptr) Lacks(Kind::kOccasionMissing, context);
    lifecycle.members.emplace_back(std::move(member));
  } else if (auto* start = dynamic_cast<PolParser::StartsMemberContext*>(context)) {
    LifecycleStart member{BuildNaming(start->naming()),
                          CitationIn(start->citation),
                          BuildOccasion(start->occasion(), context),
                          {},
                          RangeOf(context)};
    if (start->period != nullptr) member.period = Build(start->period);
    if (start->AT() == nullptr) Lacks(Kind::kOccasionMissing, context);
    lifecycle.members.emplace_back(std::move(member));
  } else if (auto* duty = dynamic_cast<PolParser::DutyMemberContext*>(context)) {
    lifecycle.members.emplace_back(BuildDuty(duty));
  } else if (auto* due = dynamic_cast<PolParser::DueMemberContext*>(context)) {
    lifecycle.members.emplace_back(BuildDue(due));
  } else if (auto* end = dynamic_cast<PolParser::EndsMemberContext*>(context)) {
    lifecycle.members.emplace_back(BuildEnd(end));
  } else if (auto* state = dynamic_cast<PolParser::StateMemberContext*>(context)) {
    lifecycle.members.emplace_back(BuildState(state));
  }
}

// Says what the member is without, unless part of it or of what follows could not be read: that may have been
// it.
void Builder::Lacks(Kind kind, antlr4::ParserRuleContext* context) {
  const source::Range range = RangeOf(context);
  const std::size_t line_end = file_.text().find('\n', range.end);
  const bool unread = std::ranges::any_of(diagnostics_.list(), [&](const diagnostics::Diagnostic& one) {
    return one.range.file == range.file && one.range.begin >= range.begin && one.range.begin <= line_end;
  });
  if (unread || context->exception != nullptr) return;
  const source::Range word = RangeOf(context->start);
  diagnostics_.Emit(kind, word, {std::string(file_.Slice(word))});
}

std::optional<Citation> Builder::CitationIn(antlr4::Token* token) {
  if (token == nullptr) return std::nullopt;
  return ReadCitation(token);
}

// Where it is not written, or could not be read, an error stands for its date.
Occasion Builder::BuildOccasion(PolParser::OccasionContext* context, antlr4::ParserRuleContext* member) {
  Occasion occasion;
  if (context == nullptr) return {{}, {}, Missing(member), RangeOf(member)};
  occasion.range = RangeOf(context);
  occasion.event = BuildName(context->event);
  if (context->where != nullptr) occasion.where = Build(context->where);
  if (!occasion.event.valid()) {
    occasion.date = context->date != nullptr ? Build(context->date) : Missing(context);
  }
  return occasion;
}

Bar Builder::BuildBar(PolParser::BarContext* context) {
  Bar bar;
  if (context == nullptr) return bar;
  bar.range = RangeOf(context);
  bar.kind = context->GOOD() != nullptr ? BarKind::kForGood : BarKind::kForPeriod;
  if (bar.kind == BarKind::kForPeriod) {
    bar.period = context->period != nullptr ? Build(context->period) : Missing(context);
  }
  return bar;
}

LifecycleEnd Builder::BuildEnd(PolParser::EndsMemberContext* context) {
  LifecycleEnd end;
  end.range = RangeOf(context);
  end.naming = BuildNaming(context->naming());
  end.citation = CitationIn(context->citation);
  if (context->AT() != nullptr) {
    end.at = BuildOccasion(context->occasion(), context);
  } else {
    end.condition = context->condition != nullptr ? Build(context->condition) : Missing(context);
    if (context->WHEN() == nullptr) Lacks(Kind::kEndMissing, context);
  }
  end.bar = BuildBar(context->bar());
  return end;
}

// ---- Duties ------------------------------------------------------------------------------------------

LifecycleDuty Builder::BuildDuty(PolParser::DutyMemberContext* context) {
  LifecycleDuty duty;
  duty.recurring = true;
  duty.range = RangeOf(context);
  duty.naming = BuildNaming(context->naming());
  duty.citation = CitationIn(context->citation);
  AddCadence(context->cadence(), duty);
  AddDay(context->dayOfYear(), duty);
  if (context->since != nullptr) duty.since = Build(context->since);
  if (context->condition != nullptr) duty.condition = Build(context->condition);
  AddMeans(context->metBy(), context, duty);
  if (context->cadence() == nullptr) {
    Lacks(Kind::kDutyWithoutPeriod, context);
  } else if (context->metBy() == nullptr) {
    Lacks(Kind::kDutyWithoutMeans, context);
  }
  return duty;
}

LifecycleDuty Builder::BuildDue(PolParser::DueMemberContext* context) {
  LifecycleDuty due;
  due.range = RangeOf(context);
  due.naming = BuildNaming(context->naming());
  due.citation = CitationIn(context->citation);
  due.date = context->date != nullptr ? Build(context->date) : Missing(context);
  if (context->condition != nullptr) due.condition = Build(context->condition);
  AddMeans(context->metBy(), context, due);
  if (context->BY() == nullptr) {
    Lacks(Kind::kDueWithoutDate, context);
  } else if (context->metBy() == nullptr) {
    Lacks(Kind::kDutyWithoutMeans, context);
  }
  return due;
}

// every year, every 3 years
void Builder::AddCadence(PolParser::CadenceContext* context, LifecycleDuty& duty) {
  if (context == nullptr) return;
  if (PolParser::AmountContext* amount = context->amount()) {
    duty.every = amount->NUMBER() != nullptr ? BuildNumberLiteral(amount->NUMBER()->getSymbol())
                                             : Build(amount->expression());
    PolParser::PeriodUnitContext* unit = context->periodUnit();
    if (unit != nullptr && unit->exception == nullptr && unit->YEARS() == nullptr) {
      diagnostics_.Emit(Kind::kDutyWithoutPeriod, RangeOf(unit), {});
    }
  }
}

// by 12-31
void Builder::AddDay(PolParser::DayOfYearContext* context, LifecycleDuty& duty) {
  if (context == nullptr) return;
  duty.day_range = RangeOf(context);
  std::vector<std::string> parts;
  for (antlr4::Token* token : {context->whole, context->month, context->day}) {
    if (token == nullptr) continue;
    for (std::string& digits : DigitsIn(TextOf(token))) parts.push_back(std::move(digits));
  }
  if (parts.size() < 2) return;  // has been reported
  duty.month = std::move(parts[0]);
  duty.day = std::move(parts[1]);
}

void Builder::AddMeans(PolParser::MetByContext* context, antlr4::ParserRuleContext* member,
                       LifecycleDuty& duty) {
  if (context != nullptr) duty.event = BuildName(context->event);
  if (!duty.event.valid()) {
    const bool written = context != nullptr && context->postfix() != nullptr;
    duty.met.operand = written ? Build(context->postfix()) : Missing(member);
  }
  if (context == nullptr) return;
  if (context->where != nullptr) duty.met.condition = Build(context->where);
}

// ---- States ------------------------------------------------------------------------------------------

LifecycleState Builder::BuildState(PolParser::StateMemberContext* context) {
  LifecycleState state;
  state.range = RangeOf(context);
  state.naming = BuildNaming(context->naming());
  state.citation = CitationIn(context->citation);
  state.final = context->FINAL() != nullptr;
  state.bar = BuildBar(context->bar());
  for (PolParser::TransitionContext* written : context->transitions) {
    MarkStart(written, Mark::Kind::kShort);
    LifecycleTransition transition = BuildTransition(written);
    // What could not be read has been reported.
    const bool read = transition.on.event.valid() || transition.period.valid();
    if (read && transition.target.valid()) state.transitions.push_back(std::move(transition));
  }
  if (state.final && !context->transitions.empty()) {
    diagnostics_.Emit(Kind::kFinalStateLeft, RangeOf(context->FINAL()), {});
  }
  return state;
}

LifecycleTransition Builder::BuildTransition(PolParser::TransitionContext* context) {
  LifecycleTransition transition;
  transition.range = RangeOf(context);
  if (auto* event = dynamic_cast<PolParser::EventTransitionContext*>(context)) {
    transition.on.event = BuildName(event->event);
    if (event->where != nullptr) transition.on.where = Build(event->where);
    transition.on.range = {tree_.file, transition.on.event.range.begin, transition.on.event.range.end};
    if (event->where != nullptr) transition.on.range.end = tree_.RangeOf(transition.on.where).end;
    transition.target = BuildName(event->target);
  } else if (auto* after = dynamic_cast<PolParser::AfterTransitionContext*>(context)) {
    transition.period = after->period != nullptr ? Build(after->period) : Missing(context);
    transition.target = BuildName(after->target);
  }
  return transition;
}

}  // namespace pol::syntax
