// Calendars: exceptions to "Monday to Friday are working days", in the years that are published.
#include <algorithm>
#include <map>

#include "compiler/model/declare.h"
#include "runtime/calendar/date.h"

namespace pol::model {
namespace {

// A holiday is days or weeks; a span of a year is a slip of the pen.
constexpr std::int32_t kLongestSpan = 100;

class CalendarBuilder {
 public:
  CalendarBuilder(Context& context, const syntax::Tree& tree) : context_(context), tree_(tree) {}

  program::Calendar Build(const syntax::Calendar& declaration) {
    program::Calendar calendar;
    calendar.naming = NamingOf(declaration.naming);
    std::map<std::int32_t, Range> years;
    for (const syntax::CalendarYear& year : declaration.years) {
      const auto number = YearOf(year);
      if (!number) continue;
      const auto [place, fresh] = years.try_emplace(*number, year.range);
      if (!fresh) {
        context_.Error(Kind::kCalendarYearTwice, year.range, {year.year})
            .notes.push_back({place->second, Kind::kFirstHere, {year.year}});
      }
      for (const syntax::CalendarSpan& span : year.spans) AddSpan(*number, span);
    }
    if (years.empty()) {
      if (!declaration.years.empty()) return calendar;  // reported already
      context_.Error(Kind::kCalendarEmpty, declaration.naming.name.range, {declaration.naming.name.text});
      return calendar;
    }
    calendar.first_year = years.begin()->first;
    calendar.last_year = years.rbegin()->first;
    for (std::int32_t year = calendar.first_year; year <= calendar.last_year; ++year) {
      if (years.contains(year)) continue;
      context_.Error(Kind::kCalendarYearMissing, declaration.naming.name.range, {std::to_string(year)});
      break;
    }
    for (const auto& [day, exception] : days_) {
      const bool weekend = calendar::WeekdayOf(day) >= 5;
      if (exception.working == weekend) calendar.exceptions.push_back({day, exception.working});
    }
    return calendar;
  }

 private:
  struct Day {
    bool working = false;
    Range range;
  };

  std::optional<std::int32_t> YearOf(const syntax::CalendarYear& year) {
    const bool readable =
        year.year.size() == 4 && year.year.find_first_not_of("0123456789") == std::string::npos;
    if (readable && year.year >= "1900") return static_cast<std::int32_t>(std::stol(year.year));
    context_.Error(Kind::kCalendarYear, year.range, {year.year});
    return std::nullopt;
  }

  std::optional<std::int32_t> DayOf(syntax::ExpressionId id) {
    if (!id.valid()) return std::nullopt;
    const auto* date = std::get_if<syntax::DateLiteral>(&tree_[id]);
    if (date == nullptr) return std::nullopt;
    const auto day = calendar::ToDays({date->year, date->month, date->day});
    if (!day) context_.Error(Kind::kNoSuchMonth, tree_.RangeOf(id), {context_.WordsOf(tree_.RangeOf(id))});
    return day;
  }

  void AddSpan(std::int32_t year, const syntax::CalendarSpan& span) {
    const auto first = DayOf(span.first);
    const auto last = DayOf(span.last);
    if (!first || !last) return;
    const Range range = tree_.RangeOf(span.last);
    if (*last < *first || *last - *first >= kLongestSpan) {
      context_.Error(Kind::kCalendarSpan, range,
                     {calendar::ToText(*first), calendar::ToText(*last), std::to_string(kLongestSpan)});
      return;
    }
    for (std::int32_t day = *first; day <= *last; ++day) {
      // An announcement for one year may move days at the end of the year before.
      if (std::abs(calendar::FromDays(day).year - year) > 1) {
        context_.Error(Kind::kCalendarDayOfOtherYear, range, {calendar::ToText(day), std::to_string(year)});
        return;
      }
      const auto [place, fresh] = days_.try_emplace(day, Day{span.working, range});
      if (fresh || place->second.working == span.working) continue;
      context_.Error(Kind::kCalendarDayTwice, range, {calendar::ToText(day)})
          .notes.push_back({place->second.range, Kind::kFirstHere, {calendar::ToText(day)}});
      return;
    }
  }

  Context& context_;
  const syntax::Tree& tree_;
  std::map<std::int32_t, Day> days_;
};

}  // namespace

void DeclareCalendars(Context& context, const std::vector<syntax::Tree>& trees) {
  std::vector<Range> places;
  for (const syntax::Tree& tree : trees) {
    for (const syntax::DeclarationId id : tree.top) {
      const auto* declaration = std::get_if<syntax::Calendar>(&tree[id]);
      if (declaration == nullptr) continue;
      const syntax::Name& name = declaration->naming.name;
      const auto index = static_cast<std::uint32_t>(context.model.schema.calendars.size());
      if (!context.DeclareName(name.text, {SymbolKind::kCalendar, index, name.range})) continue;
      context.model.schema.calendars.push_back(CalendarBuilder(context, tree).Build(*declaration));
      places.push_back(name.range);
    }
  }
  if (places.empty()) return;
  context.calendar = 0;
  for (std::size_t at = 1; at < places.size(); ++at) {
    context.Error(Kind::kSeveralCalendars, places[at], {context.model.schema.calendars[at].naming.name})
        .notes.push_back({places[0], Kind::kFirstHere, {context.model.schema.calendars[0].naming.name}});
  }
}

}  // namespace pol::model
