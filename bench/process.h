// Runs a command to its end and says what it cost: for measures of whole runs of polc (start-up included),
// not of functions.
#pragma once

#include <string>
#include <vector>

namespace bench {

struct Cost {
  double seconds = 0;       // from start to end, wall clock
  long most_kilobytes = 0;  // resident memory at its largest
  int status = -1;          // exit status; -1 when it did not end by itself
};

// Standard output and error go to /dev/null.
Cost RunProcess(const std::vector<std::string>& command);

// Path of the polc that was built with the benchmarks.
std::string PolcPath();

}  // namespace bench
