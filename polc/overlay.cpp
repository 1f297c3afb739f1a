// `polc overlay POLICY`: what a policy makes of the one that it extends, clause by clause. Tested by
// tests/golden/overlay/.
#include "compiler/overlay/overlay.h"

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "polc/command_line.h"
#include "polc/listing.h"
#include "polc/written.h"
#include "runtime/text/utf8.h"

namespace polc {
namespace {

using pol::overlay::Change;
using pol::overlay::Finding;
using pol::overlay::Subject;
using pol::overlay::Verdict;

// The texts of a table; CSV and NDJSON have them whole.
constexpr std::size_t kTableColumns = 104;

struct OverlayOptions {
  Common common;
  std::string policy;
  std::string format = "table";
  std::string output = "-";
};

// A word of the results, the same in every language but in the table.
struct Word {
  std::string_view english;
  std::string_view chinese;
};
constexpr std::array kSubjects = {Word{"reference", "参照日"}, Word{"parameter", "参数"},
                                  Word{"clause", "条款"},      Word{"decision", "认定"},
                                  Word{"grant", "补助"},       Word{"score", "评分"},
                                  Word{"quota", "名额"},       Word{"lifecycle", "资格期"}};
constexpr std::array kChanges = {Word{"replaced", "替代"}, Word{"dropped", "删去"}, Word{"added", "新增"},
                                 Word{"rewritten", "改写"}, Word{"follows", "连带"}};
constexpr std::array kVerdicts = {Word{"same", "相同"},   Word{"stricter", "从严"},
                                  Word{"looser", "从宽"}, Word{"higher", "提高"},
                                  Word{"lower", "降低"},  Word{"different", "不同"}};

// What a finding is about, in one of the two models.
struct Place {
  std::string id;
  std::string label;
  pol::source::Range range;
};

template <typename Named>
Place PlaceOf(const Named& named) {
  return {named.naming.name, named.naming.label, named.range};
}

Place PlaceIn(const pol::model::Model& model, Subject subject, std::uint32_t at) {
  switch (subject) {
    case Subject::kReference:
      return {"reference", "", model.InfoOf(model.reference).range};
    case Subject::kParameter:
      return PlaceOf(model.parameters[at]);
    case Subject::kClause:
      break;
    case Subject::kDecision:
      return PlaceOf(model.decisions[at]);
    case Subject::kGrant:
      return PlaceOf(model.grants[at]);
    case Subject::kScore:
      return PlaceOf(model.scores[at]);
    case Subject::kQuota:
      return PlaceOf(model.quotas[at]);
    case Subject::kLifecycle:
      return PlaceOf(model.lifecycles[at]);
  }
  const pol::model::Clause& clause = model.clauses[at];
  return {clause.id, clause.naming.label.empty() ? clause.naming.name : clause.naming.label, clause.range};
}

class OverlayTable {
 public:
  OverlayTable(const OverlayOptions& options, const PolicyText& base, const PolicyText& derived)
      : options_(options),
        base_(base),
        derived_(derived),
        base_written_(base),
        derived_written_(derived),
        listing_(Columns()) {}

  std::string Run() {
    const pol::overlay::Overlay overlay = pol::overlay::CompareModels(*base_.model, *derived_.model);
    for (const Finding& finding : overlay.findings) Add(finding);
    if (!IsTable()) return listing_.Text(options_.format);
    return Interleaved() + "\n" +
           Text(Message::kOverlaySummary, options_.common,
                {std::to_string(overlay.clauses), std::to_string(overlay.unchanged)}) +
           "\n";
  }

 private:
  // What stands below a finding's line in the table.
  using Lines = std::vector<std::string>;

  bool IsTable() const { return options_.format == "table"; }

  std::vector<Listing::Column> Columns() const {
    const bool chinese = options_.common.chinese;
    std::vector<Listing::Column> columns = {
        {"kind", chinese ? "类别" : "kind"},       {"id", chinese ? "编号" : "id"},
        {"label", chinese ? "名称" : "label"},     {"change", chinese ? "变动" : "change"},
        {"verdict", chinese ? "宽严" : "verdict"}, {"place", chinese ? "位置" : "place"}};
    if (IsTable()) return columns;
    columns.push_back({.name = "through", .heading = "", .list = true});
    columns.push_back({"base", ""});
    columns.push_back({"text", ""});
    return columns;
  }

  template <typename Enumeration>
  std::string Shown(std::span<const Word> words, Enumeration value) const {
    const Word& word = words[static_cast<std::size_t>(value)];
    return std::string(IsTable() && options_.common.chinese ? word.chinese : word.english);
  }

  void Add(const Finding& finding) {
    Place before;
    Place after;
    std::string base;
    std::string text;
    const bool is_in_base = finding.base != pol::program::kNone;
    if (is_in_base) {
      before = PlaceIn(*base_.model, finding.subject, finding.base);
      base = base_written_.TextOf(before.range);
    }
    if (finding.derived != pol::program::kNone) {
      after = PlaceIn(*derived_.model, finding.subject, finding.derived);
    } else {
      after = before;
      const auto change = derived_written_.ChangeOf(before.id);
      if (change) after.range = *change;
    }
    text = derived_written_.TextOf(after.range);
    AddRow(finding, after, base, text);
  }

  void AddRow(const Finding& finding, const Place& place, const std::string& base, const std::string& text) {
    std::vector<std::string> cells = {Shown(kSubjects, finding.subject),
                                      place.id,
                                      place.label,
                                      Shown(kChanges, finding.change),
                                      Shown(kVerdicts, finding.verdict),
                                      derived_written_.PlaceOf(place.range)};
    const std::string through = fmt::format("{}", fmt::join(finding.through, Listing::kPartGap));
    if (!IsTable()) {
      cells.insert(cells.end(), {through, base, text});
      listing_.Add(std::move(cells));
      return;
    }
    listing_.Add(std::move(cells));
    Lines lines;
    if (finding.change == Change::kFollows) {
      lines.push_back("    " + pol::text::Excerpt(text, kTableColumns));
      if (!through.empty())
        lines.push_back("    " + Text(Message::kReadsChanged, options_.common, {through}));
    } else {
      if (!base.empty()) lines.push_back("  - " + pol::text::Excerpt(base, kTableColumns));
      lines.push_back("  + " + pol::text::Excerpt(text, kTableColumns));
    }
    below_.push_back(std::move(lines));
  }

  // The table's lines, each finding's followed by what stands below it.
  std::string Interleaved() const {
    const std::string table = listing_.Text("table");
    std::string text;
    std::size_t row = 0;
    constexpr std::size_t kHeadings = 2;
    for (std::size_t at = 0; at < table.size(); ++row) {
      const std::size_t end = table.find('\n', at) + 1;
      text += table.substr(at, end - at);
      at = end;
      if (row < kHeadings) continue;
      for (const std::string& line : below_[row - kHeadings]) text += line + "\n";
    }
    return text;
  }

  const OverlayOptions& options_;
  const PolicyText& base_;
  const PolicyText& derived_;
  Written base_written_;
  Written derived_written_;
  Listing listing_;
  std::vector<Lines> below_;
};

int RunOverlay(const OverlayOptions& options) {
  std::optional<std::string> text = ReadPolicyText(options.policy, options.common);
  if (!text) return kFailed;
  const FolderLibrary library(options.policy, options.common);
  const PolicyText derived = ReadPolicy(options.policy, std::move(*text), library);
  PrintDiagnostics(derived.diagnostics, derived.files, options.common);
  if (!derived.model) return kFailed;
  if (!BaseOf(derived)) {
    PrintError(Message::kExtendsNone, options.common, {options.policy});
    return kFailed;
  }
  // Of the policies, the nearest that it builds on is the second.
  const pol::source::File& file = derived.files[derived.trees[1].file];
  const PolicyText base = ReadPolicy(file.name(), std::string(file.text()), library);
  if (!base.model) {
    PrintDiagnostics(base.diagnostics, base.files, options.common);
    return kFailed;
  }
  std::vector<std::string> inputs{options.policy};
  for (std::size_t at = 1; at < derived.trees.size(); ++at)
    inputs.push_back(derived.files[derived.trees[at].file].name());
  if (!KeepsInputs(options.output, inputs, options.common)) return kFailed;
  return WriteWhole(options.output, OverlayTable(options, base, derived).Run(), options.common);
}

}  // namespace

void AddOverlay(CLI::App& application, Action& action) {
  CLI::App* verb =
      application.add_subcommand("overlay", "list what a policy makes of the one that it extends");
  auto options = std::make_shared<OverlayOptions>();
  verb->add_option("POLICY", options->policy, "a .pol file")->required()->type_name("FILE");
  verb->add_option("--format", options->format, "what the list looks like; default: table")
      ->type_name("table|csv|ndjson");
  verb->add_option("-o,--output", options->output, "the file to write; default: standard output")
      ->type_name("FILE");
  AddLanguage(*verb, options->common);
  verb->callback([options, &action] { action = [options] { return RunOverlay(*options); }; });
}

}  // namespace polc
