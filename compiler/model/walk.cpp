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
  void operator()(const ConstantTruth&) {}
  void operator()(const ConstantNumber&) {}
  void operator()(const ConstantCode&) {}
  void operator()(const FactValue&) {}
  void operator()(const FactPresence&) {}
  void operator()(const ParameterValue&) {}
  void operator()(const AsOf&) {}
  void operator()(const LetValue&) {}
  void operator()(const GrantValue&) {}
  void operator()(const ClauseValue&) {}
};

}  // namespace

std::vector<ExpressionId> OperandsOf(const Expression& expression) {
  Operands operands;
  std::visit(operands, expression);
  return std::move(operands.list);
}

}  // namespace pol::model
