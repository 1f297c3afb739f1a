// Dates and regions as the reference evaluator understands them: day by day, and digit by digit.
#pragma once

#include <boost/multiprecision/cpp_int.hpp>
#include <cstdint>
#include <optional>

#include "runtime/program/schema.h"

namespace agreement {

using Rational = boost::multiprecision::cpp_rational;

// The greatest whole number not above.
Rational Floor(const Rational& value);

// nullopt: unknown, for an amount that is not whole or a date outside years 1 to 9999.
std::optional<std::int32_t> AddDays(std::int32_t date, const Rational& amount);
std::optional<std::int32_t> AddMonths(std::int32_t date, const Rational& amount);
std::optional<std::int32_t> FirstDay(const Rational& year);
Rational MonthsBetween(std::int32_t from, std::int32_t to);
Rational YearOf(std::int32_t date);
Rational MonthOf(std::int32_t date);
Rational DayOf(std::int32_t date);

// nullopt also without a calendar, and for any day that the calendar does not have.
std::optional<std::int32_t> AddWorkingDays(const pol::program::Calendar* table, std::int32_t date,
                                           const Rational& amount);
std::optional<std::int32_t> NextWorkingDay(const pol::program::Calendar* table, std::int32_t date);
std::optional<Rational> WorkingDaysBetween(const pol::program::Calendar* table, std::int32_t from,
                                           std::int32_t to);

// nullopt: `code` is given less precisely than `region`, which it contains.
std::optional<bool> IsWithin(std::uint32_t code, std::uint32_t region);

}  // namespace agreement
