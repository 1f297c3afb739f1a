// The schema: what data a program decides, as its readers need to know it. Part of a Program and of its
// .polb. Tested with the program (tests/runtime/program_test.cpp) and the readers
// (tests/runtime/records_test.cpp).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace pol::program {

// What a value means to a person; also how a cell is read and shown.
enum class ValueKind : std::uint8_t {
  kTruth,
  kMoney,       // number, in the unit of `currency` (元, not 分)
  kPercent,     // number, 0.15 for 15%
  kNumber,      // number
  kCount,       // number, integral
  kYear,        // number, integral
  kDate,        // code: days since 1970-01-01
  kText,        // code: text_literals index, else a batch's own dictionary
  kRegion,      // code: six-digit administrative code
  kCreditCode,  // code: as text; cells are checked (GB 32100-2015)
  kEnumeration  // code: index of the member
};

struct ValueType {
  ValueKind kind = ValueKind::kTruth;
  std::string currency;                    // ISO 4217, money only
  std::uint32_t enumeration = 0xffffffff;  // index into Schema::enumerations
  friend bool operator==(const ValueType&, const ValueType&) = default;
};

// name = the word of the .pol; label = its wording in the analyst's language, may be empty; aliases = further
// spellings.
struct Naming {
  std::string name;
  std::string label;
  std::vector<std::string> aliases;
  friend bool operator==(const Naming&, const Naming&) = default;
};

// An exact number as decimal digits: numerator (with sign) over denominator (positive, "1" when whole).
// Always reduced.
struct NumberText {
  std::string numerator = "0";
  std::string denominator = "1";
  friend bool operator==(const NumberText&, const NumberText&) = default;
};

// Declared range of a number or date fact; a cell outside is unreadable. Dates are their day numbers.
struct ValueRange {
  bool has_low = false, low_closed = false;
  bool has_high = false, high_closed = false;
  NumberText low, high;
  friend bool operator==(const ValueRange&, const ValueRange&) = default;
};

enum class DomainKind : std::uint8_t { kRecord, kYears, kList };

// Domain 0 is the record. At most one kYears domain (shared by all year series). Every other domain is a list
// of the record.
struct Domain {
  DomainKind kind = DomainKind::kRecord;
  Naming naming;             // of a list: the list's name; of the record: the record's
  std::string element_name;  // of a list: its element record's name
  friend bool operator==(const Domain&, const Domain&) = default;
};

struct Fact {
  Naming naming;  // a field: "revenue"; a checklist item: "plan.budget"; a list's field: "grade"
  ValueType type;
  std::uint32_t domain = 0;  // index into Schema::domains
  bool key = false;
  bool optional = false;  // a blank cell means absent
  bool judged = false;    // a blank cell means not judged
  bool used = true;       // some decision reads it; a missing column of an unused fact is no problem
  std::string judge;      // of a judged fact: who decides, may be empty
  ValueRange range;
  friend bool operator==(const Fact&, const Fact&) = default;
};

struct Enumeration {
  Naming naming;
  bool ordered = false;
  std::vector<Naming> members;
  friend bool operator==(const Enumeration&, const Enumeration&) = default;
};

// Administrative regions by six-digit code (GB/T 2260 pattern: PPCCDD), ascending by code. A region is part
// of another when the other's code, trailing zero pairs dropped, is a prefix of its own. `names`: short and
// full names, first the canonical one.
struct Region {
  std::uint32_t code = 0;
  std::vector<std::string> names;
  friend bool operator==(const Region&, const Region&) = default;
};

// Exceptions to "Monday to Friday are working days" in the published years [first_year, last_year].
struct CalendarException {
  std::int32_t date = 0;  // days since 1970-01-01
  bool working = false;
  friend bool operator==(const CalendarException&, const CalendarException&) = default;
};
struct Calendar {
  Naming naming;
  std::int32_t first_year = 0;
  std::int32_t last_year = -1;
  std::vector<CalendarException> exceptions;  // ascending by date
  friend bool operator==(const Calendar&, const Calendar&) = default;
};

struct Schema {
  std::vector<Domain> domains;  // [0] is the record
  std::vector<Fact> facts;
  std::uint32_t key_fact = 0xffffffff;  // index into facts; its domain is 0
  std::vector<Enumeration> enumerations;
  std::vector<Region> regions;
  std::vector<Calendar> calendars;
  std::vector<std::string> text_literals;  // texts the program compares with; code = index
  friend bool operator==(const Schema&, const Schema&) = default;
};

}  // namespace pol::program
