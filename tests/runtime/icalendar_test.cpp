// Calendar files, read back by a reader of RFC 5545 that forgives nothing.
#include "runtime/output/icalendar.h"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "runtime/calendar/date.h"
#include "runtime/text/utf8.h"
#include "tests/runtime/sample_records.h"

namespace pol::output {
namespace {

using Properties = std::map<std::string, std::string>;  // "DTSTART;VALUE=DATE" -> "20240914"

// A file taken apart; `fault` says what is wrong with it, and is empty when nothing is.
struct Parsed {
  std::string fault;
  Properties calendar;
  std::vector<Properties> events;
  std::size_t zones = 0;
};

// Lines of at most 75 bytes, each ending in CRLF, none ending within a character; unfolded.
std::vector<std::string> Unfold(const std::string& text, std::string& fault) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find("\r\n", at);
    if (end == std::string::npos) {
      fault = "the last line does not end";
      return lines;
    }
    const std::string line = text.substr(at, end - at);
    at = end + 2;
    if (line.empty() || line.size() > 75) fault = "an empty or too long line";
    if (line.find_first_of("\r\n") != std::string::npos) fault = "a bare line break";
    if (text::FindInvalidUtf8(line) != std::string::npos) fault = "a character in pieces";
    if (line[0] == ' ' && lines.empty()) fault = "begins with a continuation";
    if (line[0] == ' ' && !lines.empty()) {
      lines.back() += line.substr(1);
    } else {
      lines.push_back(line);
    }
  }
  return lines;
}

// The TEXT type of section 3.3.11.
std::string Unescaped(const std::string& value, std::string& fault) {
  std::string text;
  for (std::size_t at = 0; at < value.size(); ++at) {
    const char byte = value[at];
    if (byte == ',' || byte == ';') fault = "a separator in a text";
    if (static_cast<unsigned char>(byte) < 0x20 && byte != '\t') fault = "a control character";
    if (byte != '\\') {
      text += byte;
      continue;
    }
    const char next = at + 1 < value.size() ? value[++at] : '?';
    if (next == 'n' || next == 'N') {
      text += '\n';
    } else if (next == '\\' || next == ';' || next == ',') {
      text += next;
    } else {
      fault = "an unknown escape";
    }
  }
  return text;
}

bool IsDate(const std::string& value) {
  if (value.size() != 8 || value.find_first_not_of("0123456789") != std::string::npos) return false;
  return calendar::ToDays(
             {std::stoi(value.substr(0, 4)), std::stoi(value.substr(4, 2)), std::stoi(value.substr(6))})
      .has_value();
}

void CheckEvent(const Properties& event, std::string& fault) {
  for (const char* name : {"UID", "DTSTAMP", "DTSTART;VALUE=DATE", "SUMMARY", "CATEGORIES"}) {
    if (!event.contains(name)) fault = std::string("an event without ") + name;
  }
  if (!fault.empty()) return;
  if (!IsDate(event.at("DTSTART;VALUE=DATE"))) fault = "no date: DTSTART";
  const auto end = event.find("DTEND;VALUE=DATE");
  if (end != event.end()) {
    if (!IsDate(end->second)) fault = "no date: DTEND";
    if (end->second <= event.at("DTSTART;VALUE=DATE")) fault = "an end that is not after the start";
  }
  const std::string& stamp = event.at("DTSTAMP");
  if (stamp.size() != 16 || !IsDate(stamp.substr(0, 8)) || stamp.substr(8) != "T000000Z") fault = "DTSTAMP";
}

Parsed Parse(const std::string& text) {
  Parsed parsed;
  std::vector<std::string> open;
  std::set<std::string> uids;
  const std::set<std::string> texts = {"SUMMARY", "DESCRIPTION", "UID", "CATEGORIES", "PRODID", "TZID"};
  for (const std::string& line : Unfold(text, parsed.fault)) {
    const std::size_t colon = line.find(':');
    if (colon == std::string::npos || colon == 0) {
      parsed.fault = "a line without a name: " + line;
      return parsed;
    }
    const std::string name = line.substr(0, colon);
    std::string value = line.substr(colon + 1);
    if (open.empty() && line != "BEGIN:VCALENDAR") parsed.fault = "something outside the calendar";
    if (name == "BEGIN") {
      open.push_back(value);
      if (value == "VEVENT") parsed.events.emplace_back();
      if (value == "VTIMEZONE") ++parsed.zones;
      continue;
    }
    if (name == "END") {
      if (open.empty() || open.back() != value) parsed.fault = "ends that do not match";
      if (value == "VEVENT") CheckEvent(parsed.events.back(), parsed.fault);
      if (!open.empty()) open.pop_back();
      continue;
    }
    if (texts.contains(name)) value = Unescaped(value, parsed.fault);
    if (name == "UID" && !uids.insert(value).second) parsed.fault = "one uid twice";
    if (open.empty() || (open.back() != "VEVENT" && open.back() != "VCALENDAR")) continue;
    Properties& properties = open.back() == "VEVENT" ? parsed.events.back() : parsed.calendar;
    if (!properties.emplace(name, value).second) parsed.fault = "a property twice: " + name;
  }
  if (!open.empty()) parsed.fault = "a component that does not end";
  if (parsed.calendar["VERSION"] != "2.0" || parsed.calendar["PRODID"].empty()) parsed.fault = "no version";
  if (parsed.events.empty() && parsed.zones == 0) parsed.fault = "a calendar without a component";
  return parsed;
}

std::int32_t Day(std::int32_t year, std::int32_t month, std::int32_t day) {
  return *calendar::ToDays({year, month, day});
}

std::string Written(const std::vector<CalendarEvent>& events) {
  const records::sample::TemporaryFile file("calendar.ics", "");
  OutputFile output(file.path());
  CalendarWriter writer(output, Day(2026, 11, 20));
  writer.Begin();
  for (const CalendarEvent& event : events) writer.Write(event);
  writer.End();
  std::string error;
  REQUIRE(output.Commit(error));
  std::ifstream stream(file.path(), std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

}  // namespace

TEST_CASE("an event of a day") {
  CHECK(Written({{"a/2024-12-31/A1@demo", Day(2024, 12, 31), "report due: A1", "Law\n§15", "DUE"}}) ==
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Pol//polc//EN\r\nCALSCALE:GREGORIAN\r\n"
        "BEGIN:VEVENT\r\nUID:a/2024-12-31/A1@demo\r\nDTSTAMP:20261120T000000Z\r\n"
        "DTSTART;VALUE=DATE:20241231\r\nDTEND;VALUE=DATE:20250101\r\nSUMMARY:report due: A1\r\n"
        "DESCRIPTION:Law\\n§15\r\nCATEGORIES:DUE\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\n"
        "END:VCALENDAR\r\n");
}

TEST_CASE("texts come back as they were, however long") {
  const std::string name = "甲,\"公司\"; a\\b";
  std::string longer;
  for (int count = 0; count < 40; ++count) longer += "年度报告" + std::to_string(count) + "，";
  for (std::size_t shift = 0; shift < 4; ++shift) {
    const std::string summary = std::string(shift, 'x') + longer + name;
    const Parsed parsed =
        Parse(Written({{"u@demo", Day(2024, 2, 29), summary, name + "\nsecond\tline\x01", "DUE"}}));
    REQUIRE(parsed.fault == "");
    REQUIRE(parsed.events.size() == 1);
    CHECK(parsed.events[0].at("SUMMARY") == summary);
    CHECK(parsed.events[0].at("DESCRIPTION") == name + "\nsecond\tline");
    CHECK(parsed.events[0].at("DTEND;VALUE=DATE") == "20240301");
  }
}

TEST_CASE("lines of just as many bytes as are allowed") {
  for (std::size_t length = 60; length < 80; ++length) {
    const Parsed parsed = Parse(Written({{"u@d", 0, std::string(length, 'x') + "年", "", "DUE"}}));
    CHECK(parsed.fault == "");
    CHECK(parsed.events.at(0).at("SUMMARY") == std::string(length, 'x') + "年");
  }
}

TEST_CASE("no two events have one uid") {
  const CalendarEvent event{"u@demo", Day(2024, 1, 1), "s", "", "DUE"};
  const Parsed parsed = Parse(Written({event, event, event}));
  CHECK(parsed.fault == "");
  REQUIRE(parsed.events.size() == 3);
  CHECK(parsed.events[0].at("UID") == "u@demo");
  CHECK(parsed.events[2].at("UID") == "3/u@demo");
}

TEST_CASE("a calendar of nothing, and of the last day that there is") {
  CHECK(Parse(Written({})).fault == "");
  CHECK(Parse(Written({})).events.empty());
  const Parsed parsed = Parse(Written({{"u@d", calendar::kLastDay, "s", "", "EXPIRY"}}));
  CHECK(parsed.fault == "");
  CHECK(!parsed.events.at(0).contains("DTEND;VALUE=DATE"));
}

TEST_CASE("a uid tells its parts apart") {
  CHECK(MakeUid({"designation", "2024-12-31", "A1"}, "demo.law") == "designation/2024-12-31/A1@demo.law");
  CHECK(MakeUid({"a/b", "c"}, "d") == "a=2Fb/c@d");
  CHECK(MakeUid({"a", "b/c"}, "d") != MakeUid({"a/b", "c"}, "d"));
  CHECK(MakeUid({"年"}, "d") == "=E5=B9=B4@d");
}

}  // namespace pol::output
