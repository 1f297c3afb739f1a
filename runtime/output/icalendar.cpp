#include "runtime/output/icalendar.h"

#include <algorithm>

#include "runtime/calendar/date.h"
#include "runtime/text/utf8.h"

namespace pol::output {
namespace {

constexpr std::size_t kMostBytes = 75;

// "20240914".
std::string BasicDate(std::int32_t days) {
  std::string text = calendar::ToText(days);
  std::erase(text, '-');
  return text;
}

// The TEXT type: what separates is escaped, and of control characters only those that have a form stay.
std::string Escaped(std::string_view text) {
  std::string escaped;
  for (const char byte : text) {
    const auto code = static_cast<unsigned char>(byte);
    if (byte == '\n') {
      escaped += "\\n";
    } else if (byte == '\\' || byte == ';' || byte == ',') {
      escaped += '\\';
      escaped += byte;
    } else if (byte == '\t' || (code >= 0x20 && code != 0x7f)) {
      escaped += byte;
    }
  }
  return escaped;
}

// A line in pieces of at most 75 bytes, of which none ends within a character; all but the first begin with
// a blank.
std::string Folded(std::string_view line) {
  std::string folded;
  std::size_t length = 0;
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t bytes = std::max<std::size_t>(text::CharacterAt(line, at).length, 1);
    if (length + bytes > kMostBytes) {
      folded += "\r\n ";
      length = 1;
    }
    folded += line.substr(at, bytes);
    length += bytes;
    at += bytes;
  }
  return folded + "\r\n";
}

bool IsPlain(char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
         byte == '.' || byte == '-' || byte == '_';
}

}  // namespace

CalendarWriter::CalendarWriter(OutputFile& file, std::int32_t stamp)
    : file_(file), stamp_(BasicDate(stamp) + "T000000Z") {}

void CalendarWriter::Line(std::string_view name, std::string_view value) {
  file_.Write(Folded(std::string(name).append(":").append(value)));
}

void CalendarWriter::Begin() {
  Line("BEGIN", "VCALENDAR");
  Line("VERSION", "2.0");
  Line("PRODID", "-//Pol//polc//EN");
  Line("CALSCALE", "GREGORIAN");
}

void CalendarWriter::Write(const CalendarEvent& event) {
  // A slash stands in no identifier that MakeUid makes, so none with a number is another's.
  const std::size_t count = ++uids_[event.uid];
  const std::string uid = count == 1 ? event.uid : std::to_string(count) + "/" + event.uid;
  Line("BEGIN", "VEVENT");
  Line("UID", Escaped(uid));
  Line("DTSTAMP", stamp_);
  Line("DTSTART;VALUE=DATE", BasicDate(event.date));
  // Without an end, an event of a date lasts that day: the last day of all has no next one.
  if (event.date < calendar::kLastDay) Line("DTEND;VALUE=DATE", BasicDate(event.date + 1));
  Line("SUMMARY", Escaped(event.summary));
  if (!event.description.empty()) Line("DESCRIPTION", Escaped(event.description));
  Line("CATEGORIES", Escaped(event.category));
  Line("TRANSP", "TRANSPARENT");  // a deadline does not make the day a busy one
  Line("END", "VEVENT");
}

void CalendarWriter::End() {
  // A calendar must have a component. One without events has the time zone of its dates.
  if (uids_.empty()) {
    Line("BEGIN", "VTIMEZONE");
    Line("TZID", "UTC");
    Line("BEGIN", "STANDARD");
    Line("DTSTART", "19700101T000000");
    Line("TZOFFSETFROM", "+0000");
    Line("TZOFFSETTO", "+0000");
    Line("END", "STANDARD");
    Line("END", "VTIMEZONE");
  }
  Line("END", "VCALENDAR");
}

std::string MakeUid(const std::vector<std::string_view>& parts, std::string_view domain) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string uid;
  const auto append = [&](std::string_view part) {
    for (const char byte : part) {
      const auto code = static_cast<unsigned char>(byte);
      if (IsPlain(byte)) {
        uid += byte;
      } else {
        uid += {'=', kDigits[code >> 4U], kDigits[code & 0xfU]};
      }
    }
  };
  for (const std::string_view part : parts) {
    if (!uid.empty()) uid += '/';
    append(part);
  }
  uid += '@';
  append(domain);
  return uid;
}

}  // namespace pol::output
