// A calendar file (iCalendar, RFC 5545) of all-day events, as programs for appointments read it: lines of at
// most 75 bytes that end in CRLF, texts escaped. Tested by tests/runtime/icalendar_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "runtime/output/output_file.h"

namespace pol::output {

struct CalendarEvent {
  std::string uid;
  std::int32_t date = 0;  // days since 1970-01-01
  std::string summary;
  std::string description;
  std::string category;
};

class CalendarWriter {
 public:
  // `stamp` is the day as of which the calendar was made: there is no clock.
  CalendarWriter(OutputFile& file, std::int32_t stamp);
  void Begin();
  // Of events with one uid, those after the first get a number to theirs.
  void Write(const CalendarEvent& event);
  void End();

 private:
  void Line(std::string_view name, std::string_view value);

  OutputFile& file_;
  std::string stamp_;
  std::unordered_map<std::string, std::size_t> uids_;  // how often each was written
};

// A uid from its parts: the same parts, and no others, give the same. ASCII only.
std::string MakeUid(const std::vector<std::string_view>& parts, std::string_view domain);

}  // namespace pol::output
