// One lifecycle of one record, told: the state it is in and why, its dates, what is owed, and what could
// still change it. What the writers of text and JSON share. Tested by tests/runtime/timeline_test.cpp and
// tests/golden/explain/.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "runtime/engine/standing.h"
#include "runtime/explain/causes.h"
#include "runtime/explain/findings.h"
#include "runtime/program/program.h"

namespace pol::explain {

struct ToldLifecycle {
  const program::Lifecycle* lifecycle = nullptr;
  const program::Naming* state = nullptr;  // nullptr: undetermined
  engine::LifecycleStanding standing;
  std::vector<std::string> because;  // ids of clauses
  std::vector<std::string> needs;    // in words
  std::vector<Finding> dates;        // since when, how long, barred: remarks
  std::vector<Finding> duties;       // as standing.duties
  std::vector<Finding> reasons;      // the condition that ended it
};

std::vector<ToldLifecycle> TellLifecycles(const Reading& reading);

// "annual_report 2024".
std::string ShowDuty(const Reading& reading, const program::Lifecycle& lifecycle,
                     const engine::DutyStanding& duty);
// "2026-12-31", with what is not sure about it.
std::string ShowDueDate(const engine::DutyStanding& duty, Language language);

// How `missed DUTY` reads in a lane of its register: "annual_report, due by 2024-12-31: not met in time";
// nothing for any other register.
std::optional<std::string> ShowMissed(const Reading& reading, std::uint32_t value, std::uint32_t lane);

}  // namespace pol::explain
