// Inside of the verifier (verify.h): the list of errors, the checks of the schema and of lifecycles. Tested
// by tests/runtime/program_test.cpp.
#pragma once

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "runtime/program/schema.h"
#include "runtime/program/verify.h"

namespace pol::program {

class Errors {
 public:
  // Adds the message unless `fine`; returns `fine`.
  template <typename... Arguments>
  bool Check(bool fine, fmt::format_string<Arguments...> message, Arguments&&... arguments) {
    if (!fine && list_.size() < Limits::kErrors) {
      list_.push_back(fmt::format(message, std::forward<Arguments>(arguments)...));
    }
    return fine;
  }
  bool full() const { return list_.size() >= Limits::kErrors; }
  bool empty() const { return list_.empty(); }
  std::vector<std::string> Take() { return std::move(list_); }

 private:
  std::vector<std::string> list_;
};

// Digits of a reduced fraction, as NumberText promises.
bool IsReduced(const NumberText& number);
void VerifySchema(const Schema& schema, Errors& errors);
// verify_lifecycles.cpp. Machines rely on nothing; lifecycles on everything else, and on `code_bounds`: by
// code register, one more than the greatest code it can hold.
void VerifyMachines(const Program& program, Errors& errors);
void VerifyLifecycles(const Program& program, const std::vector<std::uint32_t>& code_bounds, Errors& errors);
// verify_quotas.cpp, when clauses and instructions are sound.
void VerifyQuotas(const Program& program, Errors& errors);

}  // namespace pol::program
