// Counting for quotas, and what the verifier refuses of one.
#include "runtime/output/quota_count.h"

#include <doctest/doctest.h>

#include <functional>

#include "runtime/program/disassemble.h"
#include "runtime/program/polb.h"
#include "runtime/program/verify.h"
#include "tests/runtime/sample_program.h"

namespace pol::output {
namespace {

using engine::Truth;

program::Quota Between(const char* least, const char* most) {
  program::Quota quota;
  quota.naming = {"places", "名额", {}};
  quota.has_least = *least != '\0';
  quota.has_most = *most != '\0';
  if (quota.has_least) quota.least.numerator = least;
  if (quota.has_most) quota.most.numerator = most;
  return quota;
}

QuotaCount Counted(int yes, int no, int unknown) {
  QuotaCount count;
  for (int at = 0; at < yes; ++at) count.Add(Truth::kTrue);
  for (int at = 0; at < no; ++at) count.Add(Truth::kFalse);
  for (int at = 0; at < unknown; ++at) count.Add(Truth::kUnknown);
  return count;
}

TEST_CASE("a quota is kept, exceeded, not reached or open") {
  CHECK(Counted(5, 3, 0).StateUnder(Between("", "5")) == QuotaState::kKept);
  CHECK(Counted(4, 3, 1).StateUnder(Between("", "5")) == QuotaState::kKept);
  CHECK(Counted(5, 3, 1).StateUnder(Between("", "5")) == QuotaState::kOpen);
  CHECK(Counted(6, 3, 1).StateUnder(Between("", "5")) == QuotaState::kExceeded);
  CHECK(Counted(2, 3, 1).StateUnder(Between("2", "")) == QuotaState::kKept);
  CHECK(Counted(1, 3, 1).StateUnder(Between("2", "")) == QuotaState::kOpen);
  CHECK(Counted(0, 3, 1).StateUnder(Between("2", "")) == QuotaState::kNotReached);
  CHECK(Counted(2, 3, 1).StateUnder(Between("1", "2")) == QuotaState::kOpen);
  CHECK(Counted(0, 0, 0).StateUnder(Between("0", "0")) == QuotaState::kKept);
  CHECK(Counted(3, 0, 0).StateUnder(Between("", "99999999999999999999999999")) == QuotaState::kKept);
}

TEST_CASE("the line of a quota") {
  CHECK(Counted(3, 1, 1).Text(Between("1", "5"), false) ==
        ": 3, undetermined 1; at least 1, at most 5: kept\n");
  CHECK(Counted(6, 1, 0).Text(Between("", "5"), true) == "：6，待定 0；不超过 5：超出\n");
}

program::Program WithQuota() {
  program::Program program = test::SampleProgram();
  program::Quota quota = Between("1", "5");
  quota.clause = 0;
  for (std::uint32_t value = 0; value < program.instructions.size(); ++value) {
    if (program.instructions[value].opcode == program::Opcode::kClause) quota.condition = value;
  }
  program.quotas = {quota};
  return program;
}

bool IsRefused(const std::function<void(program::Quota&)>& change) {
  program::Program program = WithQuota();
  change(program.quotas[0]);
  return !program::Verify(program).empty();
}

TEST_CASE("a quota is written, read and listed") {
  const program::Program program = WithQuota();
  REQUIRE(program::Verify(program).empty());
  std::string error;
  const auto loaded = program::Load(program::Save(program), error);
  REQUIRE_MESSAGE(loaded, error);
  CHECK(*loaded == program);
  const std::string listed = program::Disassemble(program);
  CHECK(listed.find("\nquotas\n  places \"名额\" §") != std::string::npos);
  CHECK(listed.find(" at_least 1 at_most 5") != std::string::npos);
}

TEST_CASE("the verifier refuses a quota that is not sound") {
  CHECK_FALSE(IsRefused([](program::Quota&) {}));
  CHECK(IsRefused([](program::Quota& quota) { quota.clause = 9999; }));
  CHECK(IsRefused([](program::Quota& quota) { quota.condition = 9999; }));
  CHECK(IsRefused([](program::Quota& quota) { quota.has_least = quota.has_most = false; }));
  CHECK(IsRefused([](program::Quota& quota) { quota.most.numerator = "-1"; }));
  CHECK(IsRefused([](program::Quota& quota) { quota.most.denominator = "2"; }));
  CHECK(IsRefused([](program::Quota& quota) { quota.least.numerator = "01"; }));
}

}  // namespace
}  // namespace pol::output
