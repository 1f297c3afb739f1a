// Exit statuses of polc, the same for every verb. Tested by tests/golden/cli/.
#pragma once

namespace polc {

enum Status : int {
  kDone = 0,
  kFindings = 1,  // a file that `fmt --check` would change, a failed test, a difference that was asked about
  kFailed = 2,    // wrong usage, a policy that does not compile, a file that cannot be read or written
  kUnreadable = 3,  // done, but some input rows were unreadable; they are listed
};

}  // namespace polc
