// A folder with the versions of one policy: which there are, from when each is in force, and which a record
// is decided under. Tested by tests/golden/sets/.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "compiler/compile.h"
#include "polc/messages.h"
#include "runtime/program/program.h"

namespace polc {

// The column of results that says which version decided.
inline constexpr const char* kVersionColumn = "version";

struct PolicyVersion {
  std::string path;
  std::string name;  // what its header says under `version`, or else the date from which it is in force
  std::int32_t effective = 0;
  pol::program::Program program;
};

struct PolicySet {
  std::vector<PolicyVersion> versions;  // ascending by the date from which they are in force
  // The latest version's program with one decision more, the last: of outcome `v` when version `v` is in
  // force on the record's reference date, of outcome kBeforeFirst (the number of versions) when none is yet.
  pol::program::Program chooser;

  std::int32_t before_first() const { return static_cast<std::int32_t>(versions.size()); }
  const PolicyVersion& latest() const { return versions.back(); }
};

// Whether a POLICY argument names a set.
bool IsPolicySet(const std::string& path);

// Every policy in the folder, those below it and files of examples left out. nullopt after the reason was
// printed.
std::optional<PolicySet> LoadPolicySet(const std::string& folder, const Common& common);

}  // namespace polc
