#include "compiler/model/walk.h"

#include <initializer_list>

namespace pol::model {
namespace {

struct Operands {
  std::vector<ExpressionId> list;

  void Add(std::initializer_list<ExpressionId> ids) {
    for (const ExpressionId id : ids) {
      if (id.valid()) list.push_back(id);
    }
  }
  void Add(const std::vector<ExpressionId>& ids) { list.insert(list.end(), ids.begin(), ids.end()); }

  void operator()(const Broadcast& it) { Add({it.operand}); }
  void operator()(const Not& it) { Add({it.operand}); }
  void operator()(const All& it) { Add(it.operands); }
  void operator()(const Any& it) { Add(it.operands); }
  void operator()(const AtLeast& it) {
    Add({it.threshold});
    Add(it.operands);
  }
  void operator()(const Arithmetic& it) { Add({it.left, it.right}); }
  void operator()(const Negate& it) { Add({it.operand}); }
  void operator()(const Round& it) { Add({it.operand, it.multiple}); }
  void operator()(const Comparison& it) { Add({it.left, it.right}); }
  void operator()(const Conditional& it) { Add({it.condition, it.then, it.otherwise}); }
  void operator()(const Bands& it) {
    Add({it.subject});
    for (const BandRow& row : it.rows) Add({row.holds, row.body});
  }
  void operator()(const Brackets& it) {
    Add({it.subject});
    for (const BracketRow& row : it.rows) Add({row.low, row.high, row.rate});
  }
  void operator()(const WithinRegion& it) { Add({it.operand}); }
  void operator()(const AddPeriod& it) { Add({it.start, it.amount}); }
  void operator()(const Elapsed& it) { Add({it.from, it.to}); }
  void operator()(const PartOfDate& it) { Add({it.date}); }
  void operator()(const FirstDayOfYear& it) { Add({it.year}); }
  void operator()(const YearInWindow& it) { Add({it.first, it.last}); }
  void operator()(const Previous& it) { Add({it.operand}); }
  void operator()(const Fold& it) { Add({it.value, it.condition, it.threshold}); }
  void operator()(const Pick& it) { Add({it.order, it.condition, it.value}); }
  void operator()(const ByYear& it) { Add({it.year, it.condition, it.date}); }
  void operator()(const Walk& it) {
    Add({it.from, it.until, it.date});
    Add(it.conditions);
  }
  void operator()(const ConstantTruth&) {}
  void operator()(const ConstantNumber&) {}
  void operator()(const ConstantCode&) {}
  void operator()(const FactValue&) {}
  void operator()(const FactPresence&) {}
  void operator()(const ParameterValue&) {}
  void operator()(const AsOf&) {}
  void operator()(const LetValue&) {}
  void operator()(const GrantValue&) {}
  void operator()(const ScoreValue&) {}
  void operator()(const LifecycleValue&) {}
  void operator()(const MissedDuty&) {}
  void operator()(const ClauseValue&) {}
  void operator()(const LaneYear&) {}
  void operator()(const UndatedMoment&) {}
};

}  // namespace

std::vector<ExpressionId> OperandsOf(const Expression& expression) {
  Operands operands;
  std::visit(operands, expression);
  return std::move(operands.list);
}

bool HasOutputs(const Model& model) {
  return !model.decisions.empty() || !model.grants.empty() || !model.scores.empty() ||
         !model.lifecycles.empty();
}

std::vector<ExpressionId> RootsOf(const std::vector<Lifecycle>& lifecycles) {
  Operands roots;
  for (const Lifecycle& lifecycle : lifecycles) {
    roots.Add({lifecycle.state, lifecycle.since, lifecycle.start, lifecycle.expiry, lifecycle.barred,
               lifecycle.barred_until});
    for (const LifecycleTrigger& trigger : lifecycle.triggers) roots.Add({trigger.condition});
    for (const Duty& duty : lifecycle.duties) {
      roots.Add({duty.owed, duty.due, duty.nominal, duty.met, duty.met_on, duty.missed});
    }
  }
  return std::move(roots.list);
}

ExpressionId MeaningOf(const Model& model, const Expression& expression) {
  if (const auto* let = std::get_if<LetValue>(&expression)) return model.lets[let->let.index].value;
  if (const auto* grant = std::get_if<GrantValue>(&expression)) return model.grants[grant->grant.index].value;
  if (const auto* points = std::get_if<ScoreValue>(&expression)) {
    const Score& score = model.scores[points->score.index];
    return points->item == program::kNone ? score.value : score.items[points->item].value;
  }
  if (const auto* missed = std::get_if<MissedDuty>(&expression)) {
    return model.lifecycles[missed->lifecycle.index].duties[missed->duty].missed;
  }
  const auto* part = std::get_if<LifecycleValue>(&expression);
  if (part == nullptr) return {};
  const Lifecycle& lifecycle = model.lifecycles[part->lifecycle.index];
  switch (part->part) {
    case LifecyclePart::kState:
      return lifecycle.state;
    case LifecyclePart::kStarted:
      return lifecycle.started;
    case LifecyclePart::kStart:
      return lifecycle.start;
    case LifecyclePart::kSince:
      return lifecycle.since;
    case LifecyclePart::kExpiry:
      return lifecycle.expiry;
    case LifecyclePart::kBarred:
      break;
  }
  return lifecycle.barred;
}

}  // namespace pol::model
