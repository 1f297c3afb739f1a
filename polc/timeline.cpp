// `polc timeline POLICY DATA… --as-of DATE`: where every record stands in every lifecycle, what is next and
// what is overdue; as a calendar too. Tested by tests/golden/timeline/.
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include "polc/command_line.h"
#include "polc/data_options.h"
#include "polc/listing.h"
#include "polc/only.h"
#include "runtime/calendar/date.h"
#include "runtime/engine/decide.h"
#include "runtime/engine/standing.h"
#include "runtime/explain/lifecycle.h"
#include "runtime/explain/phrases.h"
#include "runtime/output/icalendar.h"
#include "runtime/output/outcome_writer.h"
#include "runtime/text/utf8.h"

namespace polc {
namespace {

using pol::engine::DutyStanding;
using pol::engine::DutyStatus;
using pol::engine::LifecycleStanding;
using pol::engine::Truth;
using pol::program::kNone;

struct TimelineOptions {
  Common common;
  DataOptions data;
  std::string policy;
  std::string format = "table";
  std::string output = "-";
  std::string calendar;
  std::string only;
};

std::string DateText(const std::optional<std::int32_t>& date) {
  return date ? pol::calendar::ToText(*date) : std::string();
}

// Where one record stands in one lifecycle.
struct Place {
  const std::string& key;
  const pol::program::Lifecycle& lifecycle;
  const LifecycleStanding& standing;
};

// ---- The listing --------------------------------------------------------------------------------------

class TimelineListing {
 public:
  TimelineListing(const TimelineOptions& options, const pol::program::Program& program)
      : options_(options), program_(program), listing_(Columns(options, program)) {}

  void CountRecords(std::uint32_t records) { records_ += records; }

  void Add(const Place& place) {
    const LifecycleStanding& standing = place.standing;
    ++places_;
    std::vector<std::string> cells;
    cells.push_back(table() ? pol::text::Excerpt(place.key, 200) : place.key);
    cells.push_back(Named(place.lifecycle.naming));
    const std::int32_t state =
        standing.state ? static_cast<std::int32_t>(*standing.state) : pol::engine::kUndetermined;
    cells.push_back(pol::output::StateText(program_, place.lifecycle, state, Wording()));
    cells.push_back(DateText(standing.since));
    cells.push_back(standing.clause == kNone ? "" : program_.clauses[standing.clause].id);
    cells.push_back(ValidUntil(standing));
    cells.push_back(Barred(standing));
    AddNext(place, cells);
    cells.push_back(Duties(place, DutyStatus::kOverdue));
    cells.push_back(Duties(place, DutyStatus::kNotKnown));
    listing_.Add(std::move(cells));
  }

  bool empty() const { return listing_.empty(); }
  std::string Take() { return listing_.Take(options_.format); }

  // What stands below a table.
  std::string Summary() const {
    if (!table()) return {};
    std::string text = "\n";
    return text +
           polc::Text(Message::kTimelineSummary, options_.common,
                      {std::to_string(records_), std::to_string(places_), std::to_string(overdue_)}) +
           "\n";
  }

 private:
  static std::vector<Listing::Column> Columns(const TimelineOptions& options,
                                              const pol::program::Program& program) {
    const bool chinese = options.common.chinese;
    const pol::program::Naming& key = program.schema.facts[program.schema.key_fact].naming;
    const std::string heading = chinese && !key.label.empty() ? key.label : key.name;
    return {{options.format == "csv" ? key.name : "key", heading, false, false},
            {"lifecycle", chinese ? "资格期" : "lifecycle", false, false},
            {"state", chinese ? "状态" : "state", false, false},
            {"since", chinese ? "起始" : "since", false, false},
            {"clause", chinese ? "条款" : "clause", false, false},
            {"valid_until", chinese ? "有效期至" : "valid until", false, false},
            {"barred", chinese ? "禁止申报" : "barred", false, false},
            {"next_duty", chinese ? "下一项义务" : "next duty", false, false},
            {"next_due", chinese ? "期限" : "due", false, false},
            {"may_move", chinese ? "或顺延" : "may move", false, false},
            {"overdue", chinese ? "逾期" : "overdue", false, true},
            {"not_known", chinese ? "不能确定" : "not known", false, true}};
  }

  bool table() const { return options_.format == "table"; }
  bool labels() const { return table() && options_.common.chinese; }
  pol::output::Wording Wording() const {
    return labels() ? pol::output::Wording::kLabels : pol::output::Wording::kNames;
  }
  const std::string& Named(const pol::program::Naming& naming) const {
    return labels() && !naming.label.empty() ? naming.label : naming.name;
  }

  // The end of a validity that nothing else ended before.
  static std::string ValidUntil(const LifecycleStanding& standing) {
    const bool ended = standing.state && standing.phase == pol::program::LifecyclePhase::kEnded;
    const bool before = standing.state && standing.phase == pol::program::LifecyclePhase::kBefore;
    const bool sooner = ended && (!standing.since || !standing.expiry || *standing.since <= *standing.expiry);
    return before || sooner ? std::string() : DateText(standing.expiry);
  }

  std::string Barred(const LifecycleStanding& standing) const {
    if (standing.barred == Truth::kFalse) return labels() ? "否" : "no";
    if (standing.barred == Truth::kUnknown) return labels() ? "待定" : "undetermined";
    if (standing.barred_for_good) return labels() ? "永久" : table() ? "for good" : "for_good";
    if (standing.barred_until) return DateText(standing.barred_until);
    return labels() ? "是" : "yes";
  }

  void AddNext(const Place& place, std::vector<std::string>& cells) {
    if (!place.standing.next) {
      cells.insert(cells.end(), 3, "");
      return;
    }
    const DutyStanding& next = place.standing.duties[*place.standing.next];
    cells.push_back(Named(place.lifecycle.duties[next.duty].naming));
    cells.push_back(DateText(next.due));
    cells.push_back(next.may_move ? (labels() ? "是" : "yes") : (labels() ? "否" : "no"));
  }

  std::string Duties(const Place& place, DutyStatus status) {
    std::string text;
    for (const DutyStanding& duty : place.standing.duties) {
      if (duty.status != status || duty.later) continue;
      if (status == DutyStatus::kOverdue) ++overdue_;
      if (!text.empty()) text += Listing::kPartGap;
      text += Named(place.lifecycle.duties[duty.duty].naming);
      if (duty.due) text += " " + DateText(duty.due);
    }
    return text;
  }

  const TimelineOptions& options_;
  const pol::program::Program& program_;
  Listing listing_;
  std::uint64_t records_ = 0;
  std::uint64_t places_ = 0;
  std::uint64_t overdue_ = 0;
};

// ---- The calendar -------------------------------------------------------------------------------------

// An event for every duty that is next or overdue, and for every end of a validity that is still to come.
class TimelineCalendar {
 public:
  TimelineCalendar(const TimelineOptions& options, const pol::program::Program& program,
                   pol::output::CalendarWriter& writer)
      : options_(options), program_(program), writer_(writer) {}

  void Add(const Place& place, const pol::explain::Reading& reading) {
    const LifecycleStanding& standing = place.standing;
    if (!standing.runs()) return;
    for (std::size_t at = 0; at < standing.duties.size(); ++at) {
      const DutyStanding& duty = standing.duties[at];
      if (duty.status == DutyStatus::kOverdue || at == standing.next) AddDuty(place, duty, reading);
    }
    if (standing.expiry) AddExpiry(place, reading);
  }

 private:
  void AddDuty(const Place& place, const DutyStanding& duty, const pol::explain::Reading& reading) {
    const bool overdue = duty.status == DutyStatus::kOverdue;
    const pol::program::Duty& owed = place.lifecycle.duties[duty.duty];
    pol::output::CalendarEvent event;
    event.date = *duty.due;
    event.uid = pol::output::MakeUid(
        {place.lifecycle.naming.name, owed.naming.name, DateText(duty.due), place.key}, program_.policy.name);
    event.summary = Text(overdue ? Message::kEventOverdue : Message::kEventDue, options_.common,
                         {pol::explain::ShowDuty(reading, place.lifecycle, duty), place.key});
    event.description = Describe(place, reading, owed.clause);
    if (duty.may_move) event.description += "\n" + Text(Message::kMayMove, options_.common);
    event.category = overdue ? "OVERDUE" : "DUE";
    writer_.Write(event);
  }

  void AddExpiry(const Place& place, const pol::explain::Reading& reading) {
    pol::output::CalendarEvent event;
    event.date = *place.standing.expiry;
    event.uid = pol::output::MakeUid({place.lifecycle.naming.name, DateText(event.date), place.key},
                                     program_.policy.name);
    event.summary = Text(Message::kEventExpiry, options_.common,
                         {NameIn(place.lifecycle.naming, reading.language), place.key});
    event.description = Describe(place, reading, kNone);
    event.category = "EXPIRY";
    writer_.Write(event);
  }

  // The policy, the state, the clause.
  std::string Describe(const Place& place, const pol::explain::Reading& reading, std::uint32_t clause) const {
    const pol::program::PolicyInfo& policy = program_.policy;
    const auto& members = program_.schema.enumerations[place.lifecycle.enumeration].members;
    std::string text = policy.title.empty() ? policy.name : policy.title;
    text += "\n" + pol::explain::Say(pol::explain::Phrase::kOutcomeLine, reading.language,
                                     {NameIn(place.lifecycle.naming, reading.language),
                                      NameIn(members[*place.standing.state], reading.language)});
    if (clause != kNone) text += "\n§" + program_.clauses[clause].id;
    return text;
  }

  const TimelineOptions& options_;
  const pol::program::Program& program_;
  pol::output::CalendarWriter& writer_;
};

// ---- The run ------------------------------------------------------------------------------------------

bool IsSameFile(const std::string& one, const std::string& other) {
  if (one == other) return true;
  if (one == "-" || other == "-") return false;
  std::error_code code;
  return std::filesystem::weakly_canonical(one, code) == std::filesystem::weakly_canonical(other, code);
}

// What is wrong with the options themselves is said before anything is read.
bool CheckOptions(const TimelineOptions& options) {
  if (options.data.as_of.empty()) {
    PrintError(Message::kAsOfNeeded, options.common);
    return false;
  }
  if (!CheckFiles(options.policy, options.data, options.output, options.common)) return false;
  if (options.calendar.empty()) return true;
  if (IsSameFile(options.output, options.calendar)) {
    const bool standard = options.calendar == "-";
    PrintError(Message::kSameOutput, options.common,
               {standard ? Text(Message::kStandardOutput, options.common) : options.calendar});
    return false;
  }
  return KeepsInputs(options.calendar, InputsOf(options.policy, options.data), options.common, "--ics");
}

class TimelineRun {
 public:
  TimelineRun(const TimelineOptions& options, const pol::program::Program& program, const Only& only,
              const pol::engine::Settings& settings, pol::output::CalendarWriter* writer)
      : program_(program), only_(only), settings_(settings), listing_(options, program) {
    language_ = options.common.chinese ? pol::explain::Language::kChinese : pol::explain::Language::kEnglish;
    if (writer != nullptr) calendar_.emplace(options, program, *writer);
  }

  // The lines of one batch.
  std::string Add(pol::records::Batch& batch) {
    const pol::engine::Registers registers = pol::engine::Run(program_, batch, settings_);
    listing_.CountRecords(batch.rows);
    for (std::uint32_t row = 0; row < batch.rows; ++row) {
      const pol::explain::Reading reading{program_, batch, registers, row, language_};
      for (std::size_t index = 0; index < program_.lifecycles.size(); ++index) {
        const pol::program::Lifecycle& lifecycle = program_.lifecycles[index];
        const LifecycleStanding standing =
            pol::engine::StandingOf(program_, lifecycle, batch, registers, row, settings_.as_of);
        const std::int32_t state =
            standing.state ? static_cast<std::int32_t>(*standing.state) : pol::engine::kUndetermined;
        if (!only_.Wants(index, state)) continue;
        const Place place{batch.keys[row], lifecycle, standing};
        listing_.Add(place);
        if (calendar_) calendar_->Add(place, reading);
      }
    }
    // Without a line yet, the columns wait for the widths of the first ones.
    return listing_.empty() ? std::string() : listing_.Take();
  }

  // What is left to say at the end.
  std::string Finish() { return listing_.Take() + listing_.Summary(); }

 private:
  const pol::program::Program& program_;
  const Only& only_;
  const pol::engine::Settings& settings_;
  pol::explain::Language language_ = pol::explain::Language::kEnglish;
  TimelineListing listing_;
  std::optional<TimelineCalendar> calendar_;
};

int RunTimeline(const TimelineOptions& options) {
  if (!CheckOptions(options)) return kFailed;
  const std::optional<pol::program::Program> program = LoadProgram(options.policy, options.common);
  if (!program) return kFailed;
  if (program->lifecycles.empty()) {
    PrintError(Message::kNoLifecycles, options.common, {options.policy});
    return kFailed;
  }
  const std::optional<Only> only = Only::Parse(LifecyclesOf(*program), options.only, options.common);
  if (!only) return kFailed;
  std::optional<DataRun> run = OpenData(*program, options.data, options.common);
  if (!run) return kFailed;

  pol::output::OutputFile file(options.output);
  std::vector<pol::output::OutputFile*> files{&file};
  std::optional<pol::output::OutputFile> calendar_file;
  std::optional<pol::output::CalendarWriter> calendar;
  if (!options.calendar.empty()) {
    files.push_back(&calendar_file.emplace(options.calendar));
    calendar.emplace(*calendar_file, *run->settings.as_of).Begin();
  }
  TimelineRun timeline(options, *program, *only, run->settings, calendar ? &*calendar : nullptr);
  const bool prints = options.output == "-" || options.calendar == "-";
  ForEachBatch(*run, options.common, prints, [&](pol::records::Batch& batch) {
    file.Write(timeline.Add(batch));
    return !file.failed() && !(calendar_file && calendar_file->failed());
  });
  file.Write(timeline.Finish());
  if (calendar) calendar->End();
  return FinishData(*run, options.common, files);
}

}  // namespace

void AddTimeline(CLI::App& application, Action& action) {
  CLI::App* verb = application.add_subcommand("timeline", "list states, duties and what is overdue on a day");
  auto options = std::make_shared<TimelineOptions>();
  verb->add_option("POLICY", options->policy, "a .pol or .polb file")->required()->type_name("FILE");
  AddDataOptions(*verb, options->data);
  verb->get_option("--as-of")->description("the day of the timeline (needed: polc looks at no clock)");
  verb->add_option("--format", options->format, "what the results look like; default: table")
      ->type_name("table|csv|ndjson");
  verb->add_option("-o,--output", options->output, "the file to write; default: standard output")
      ->type_name("FILE");
  verb->add_option("--ics", options->calendar,
                   "a calendar (iCalendar) to write as well: what is due, what is overdue, what expires")
      ->type_name("FILE");
  verb->add_option("--only", options->only, "show only what is in this state: STATE or LIFECYCLE=STATE")
      ->type_name("STATE");
  AddLanguage(*verb, options->common);
  verb->callback([options, &action] { action = [options] { return RunTimeline(*options); }; });
}

}  // namespace polc
