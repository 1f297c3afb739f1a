#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>
#include <set>
#include <string_view>

#include "runtime/calendar/date.h"
#include "runtime/calendar/working_days.h"
#include "runtime/program/verifier.h"

namespace pol::program {
namespace {

// Digits without a needless zero in front, few enough to be a number of ours.
bool IsCanonical(std::string_view digits) {
  if (digits.empty() || digits.size() > Limits::kDigits) return false;
  if (digits.front() == '0' && digits.size() > 1) return false;
  return std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
}

void VerifyDomains(const Schema& schema, Errors& errors) {
  const std::vector<Domain>& domains = schema.domains;
  errors.Check(!domains.empty() && domains.front().kind == DomainKind::kRecord, "domain 0 is not the record");
  errors.Check(domains.size() <= Limits::kDomains, "{} domains are too many", domains.size());
  bool years = false;
  for (std::size_t i = 1; i < domains.size() && !errors.full(); ++i) {
    errors.Check(domains[i].kind != DomainKind::kRecord, "domain {} is a second record", i);
    errors.Check(domains[i].kind <= DomainKind::kList, "domain {} is of no known kind", i);
    if (domains[i].kind == DomainKind::kYears) {
      errors.Check(!years, "domain {} is a second year domain", i);
      years = true;
    }
  }
}

void VerifyFacts(const Schema& schema, Errors& errors) {
  for (std::size_t i = 0; i < schema.facts.size() && !errors.full(); ++i) {
    const Fact& fact = schema.facts[i];
    errors.Check(fact.domain < schema.domains.size(), "fact {} is in no domain", i);
    errors.Check(fact.type.kind <= ValueKind::kEnumeration, "fact {} is of no known kind", i);
    errors.Check(
        fact.type.kind != ValueKind::kEnumeration || fact.type.enumeration < schema.enumerations.size(),
        "fact {} is of no known enumeration", i);
    errors.Check(IsReduced(fact.range.low) && IsReduced(fact.range.high), "fact {} has a range of no numbers",
                 i);
  }
  if (schema.key_fact != kNone && errors.Check(schema.key_fact < schema.facts.size(), "the key is no fact")) {
    errors.Check(schema.facts[schema.key_fact].domain == 0, "the key is not a fact of the record");
  }
}

void VerifyRegions(const Schema& schema, Errors& errors) {
  std::uint32_t previous = 0;
  for (const Region& region : schema.regions) {
    if (errors.full()) return;
    errors.Check(region.code > previous, "region {} is out of order", region.code);
    errors.Check(region.code <= 999999, "region {} has more than six digits", region.code);
    errors.Check(!region.names.empty(), "region {} has no name", region.code);
    previous = region.code;
  }
}

void VerifyCalendar(const Calendar& calendar, std::size_t index, Errors& errors) {
  if (calendar.last_year < calendar.first_year) {
    errors.Check(calendar.exceptions.empty(), "calendar {} has days but no years", index);
    return;
  }
  if (!errors.Check(calendar.first_year >= calendar::kFirstCalendarYear &&
                        calendar.last_year <= calendar::kLastCalendarYear,
                    "calendar {} covers impossible years", index)) {
    return;
  }
  std::int32_t previous = *calendar::ToDays({calendar.first_year, 1, 1}) - 1;
  for (const CalendarException& exception : calendar.exceptions) {
    if (!errors.Check(exception.date > previous, "calendar {} is out of order", index)) return;
    previous = exception.date;
  }
  errors.Check(previous <= *calendar::ToDays({calendar.last_year, 12, 31}),
               "calendar {} has days outside its years", index);
}

}  // namespace

bool IsReduced(const NumberText& number) {
  std::string_view digits = number.numerator;
  const bool negative = digits.starts_with('-');
  if (negative) digits.remove_prefix(1);
  if (!IsCanonical(digits) || !IsCanonical(number.denominator)) return false;
  if (number.denominator == "0" || (negative && digits == "0")) return false;
  if (number.denominator == "1") return true;
  using Integer = boost::multiprecision::cpp_int;
  return gcd(Integer(std::string(digits)), Integer(number.denominator)) == 1;
}

void VerifySchema(const Schema& schema, Errors& errors) {
  for (const std::size_t size : {schema.facts.size(), schema.enumerations.size(), schema.regions.size(),
                                 schema.text_literals.size()}) {
    errors.Check(size <= Limits::kTable, "a schema table of {} entries is too long", size);
  }
  errors.Check(schema.calendars.size() <= Limits::kCalendars, "{} calendars are too many",
               schema.calendars.size());
  VerifyDomains(schema, errors);
  VerifyFacts(schema, errors);
  for (std::size_t i = 0; i < schema.enumerations.size(); ++i) {
    errors.Check(!schema.enumerations[i].members.empty(), "enumeration {} has no members", i);
  }
  VerifyRegions(schema, errors);
  for (std::size_t i = 0; i < schema.calendars.size(); ++i) VerifyCalendar(schema.calendars[i], i, errors);
  const std::set<std::string_view> literals(schema.text_literals.begin(), schema.text_literals.end());
  errors.Check(literals.size() == schema.text_literals.size(), "a text literal is listed twice");
}

}  // namespace pol::program
