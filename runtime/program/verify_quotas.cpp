#include <algorithm>

#include "runtime/program/instruction_info.h"
#include "runtime/program/verifier.h"

namespace pol::program {
namespace {

bool IsCount(const NumberText& number) {
  return IsReduced(number) && number.denominator == "1" && !number.numerator.starts_with('-');
}

}  // namespace

void VerifyQuotas(const Program& program, Errors& errors) {
  for (std::size_t i = 0; i < program.quotas.size() && !errors.full(); ++i) {
    const Quota& quota = program.quotas[i];
    errors.Check(quota.clause < program.clauses.size(), "quota {} follows from no clause", i);
    const bool condition =
        quota.condition < program.instructions.size() &&
        InfoOf(program.instructions[quota.condition].opcode).result == RegisterKind::kTruth &&
        program.instructions[quota.condition].domain == 0;
    errors.Check(condition, "quota {} has no condition", i);
    errors.Check((quota.has_least || quota.has_most) && (!quota.has_least || IsCount(quota.least)) &&
                     (!quota.has_most || IsCount(quota.most)),
                 "quota {} has no whole number for a bound", i);
  }
}

}  // namespace pol::program
