// Values that are known when the policy is compiled: of parameters, of the header's dates, of the bounds of
// bands. Tested by tests/compiler/model_types_test.cpp and, with bands, by model_bands_test.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "compiler/model/model.h"

namespace pol::model {

// Folds one expression. A parameter with dated values is what is in force on `date`; without a date only one
// that never changes is known. Expressions that read facts, the as-of date or a clause are not constant.
class Folder {
 public:
  explicit Folder(const Model& model, std::optional<std::int32_t> date = std::nullopt)
      : model_(model), date_(date) {}
  std::optional<Constant> Fold(ExpressionId id);

 private:
  std::optional<Constant> Compute(ExpressionId id);
  std::optional<Rational> Number(ExpressionId id);
  std::optional<std::int32_t> Code(ExpressionId id);
  std::optional<Constant> ParameterConstant(ParameterId id) const;
  std::optional<Constant> FoldArithmetic(const Arithmetic& it);
  std::optional<Constant> FoldComparison(const Comparison& it);
  std::optional<Constant> FoldPeriod(const AddPeriod& it);
  std::optional<Constant> FoldElapsed(const Elapsed& it);
  std::optional<Constant> FoldRound(const Round& it);

  const Model& model_;
  std::optional<std::int32_t> date_;
  std::unordered_map<std::uint32_t, std::optional<Constant>> known_;
  std::uint32_t depth_ = 0;
};

// Days on which a parameter that the expression reads takes a new value.
std::vector<std::int32_t> ChangesOf(const Model& model, const std::vector<ExpressionId>& expressions);

}  // namespace pol::model
