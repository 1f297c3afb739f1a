// The standard library's facts: the regions of GB/T 2260 and the working days that the State Council
// announced. Counts and samples that anybody can check against the sources.
#include "compiler/source/stdlib.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>

#include "compiler/compile.h"
#include "runtime/calendar/date.h"

namespace pol::docs {
namespace {

const char* const kUser = R"(policy stdlib.user
use accidents, calendar.cn, finance, partners, regions, reports
record firm {
    key id        : text
    registered_in : region
    good          : yes_no
    applied       : date
    accidents     : list of accident
    partners      : list of partner
}
article 1 : good and registered_in within "北京市" and 5 working days after applied > 2024-01-01
decision d { ok when §1 otherwise bad }
)";

const program::Schema& Schema() {
  static const Compilation kCompilation = Compile("stdlib_user.pol", kUser, model::StandardLibraryOnly());
  REQUIRE_MESSAGE(kCompilation.program.has_value(),
                  Render(kCompilation.diagnostics, kCompilation.files, diagnostics::Language::kEnglish));
  return kCompilation.program->schema;
}

TEST_CASE("every module of the standard library compiles") {
  for (const source::EmbeddedFile& file : source::StandardLibrary()) {
    std::string module{file.path.substr(0, file.path.size() - std::string_view(".pol").size())};
    std::replace(module.begin(), module.end(), '/', '.');
    const std::string text = "policy user\nuse " + module +
                             "\nrecord firm { key id : text\n good : yes_no }\narticle 1 : good\n"
                             "decision d { ok when §1 otherwise bad }\n";
    const Compilation result = Compile(module, text, model::StandardLibraryOnly());
    CHECK_MESSAGE(result.program.has_value(), module, "\n",
                  Render(result.diagnostics, result.files, diagnostics::Language::kEnglish));
  }
}

TEST_CASE(
    "34 province-level regions, 333 of the prefecture level, 16 districts each of Beijing and Tianjin") {
  std::map<std::uint32_t, int> parts;
  int prefectures = 0;
  std::map<std::string, std::uint32_t> codes;
  for (const program::Region& region : Schema().regions) {
    ++parts[region.code % 10000 == 0 ? 0 : region.code / 10000];
    prefectures += region.code % 10000 != 0 && region.code % 100 == 0 ? 1 : 0;
    codes[region.names.front()] = region.code;
  }
  CHECK(parts[0] == 34);
  CHECK(prefectures == 333);
  CHECK(parts[11] == 16);
  CHECK(parts[12] == 16);
  CHECK(codes["北京市"] == 110000);
  CHECK(codes["海淀区"] == 110108);
  CHECK(codes["延庆区"] == 110119);
  CHECK(codes["滨海新区"] == 120116);
  CHECK(codes["蓟州区"] == 120119);
  CHECK(codes["内蒙古自治区"] == 150000);
  CHECK(codes["新疆维吾尔自治区"] == 650000);
  CHECK(codes["澳门特别行政区"] == 820000);
}

TEST_CASE("the calendar has as many working days a year as were announced") {
  REQUIRE(Schema().calendars.size() == 1);
  const program::Calendar& calendar = Schema().calendars[0];
  CHECK(calendar.first_year == 2018);
  CHECK(calendar.last_year == 2026);
  std::map<std::int32_t, bool> exceptions;
  for (const program::CalendarException& exception : calendar.exceptions)
    exceptions[exception.date] = exception.working;
  const std::map<std::int32_t, int> announced = {{2018, 250}, {2019, 250}, {2020, 249},
                                                 {2021, 250}, {2022, 249}, {2023, 249},
                                                 {2024, 251}, {2025, 248}, {2026, 248}};
  for (const auto& [year, days] : announced) {
    int working = 0;
    for (std::int32_t day = *calendar::ToDays({year, 1, 1}); day <= *calendar::ToDays({year, 12, 31});
         ++day) {
      const auto exception = exceptions.find(day);
      const bool works = exception == exceptions.end() ? calendar::WeekdayOf(day) < 5 : exception->second;
      working += works ? 1 : 0;
    }
    CHECK_MESSAGE(working == days, year, " has ", working, " working days");
  }
}

}  // namespace
}  // namespace pol::docs
