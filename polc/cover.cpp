// `polc cover POLICY`: every clause with its kind, and how it compares with the list of a text's clauses.
// Tested by tests/golden/cover/.
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "polc/command_line.h"
#include "polc/listing.h"
#include "polc/read_file.h"
#include "runtime/text/utf8.h"

namespace polc {
namespace {

struct CoverOptions {
  Common common;
  std::string policy;
  std::string against;
  std::string format = "table";
};

bool IsOrIsUnder(const pol::program::Program& program, std::uint32_t clause, std::uint32_t above) {
  for (; clause != pol::program::kNone; clause = program.clauses[clause].parent) {
    if (clause == above) return true;
  }
  return false;
}

// What a clause is to the lifecycles; empty where it is nothing to them. That on which one ends is not only
// the clause that says so, but also what is decided under it.
std::string_view KindInLifecycles(const pol::program::Program& program, std::uint32_t clause) {
  using pol::program::LifecyclePhase;
  const bool decides = program.clauses[clause].kind != pol::program::ClauseKind::kGuidance;
  std::string_view kind;
  for (const pol::program::Lifecycle& lifecycle : program.lifecycles) {
    for (const pol::program::Duty& duty : lifecycle.duties) {
      if (duty.clause == clause && kind != "deadline") kind = duty.recurring ? "duty" : "deadline";
    }
  }
  for (const pol::program::Lifecycle& lifecycle : program.lifecycles) {
    bool started = false;
    for (const pol::program::LifecycleState& state : lifecycle.states) {
      const bool running = state.phase == LifecyclePhase::kRunning;
      const bool reached = state.phase == LifecyclePhase::kBefore || (running && !started) || state.at_event;
      started = started || running;
      if (state.clause == pol::program::kNone) continue;
      if (reached && state.clause == clause) return "stage";
      const bool ends = state.clause == clause || (decides && IsOrIsUnder(program, clause, state.clause));
      if (!reached && ends) kind = "trigger";
    }
  }
  return kind;
}

// Whether a score or an item of one follows from the clause.
bool IsScored(const pol::program::Program& program, std::uint32_t clause) {
  return std::ranges::any_of(program.scores, [&](const pol::program::Score& score) {
    return score.clause == clause ||
           std::ranges::any_of(score.items,
                               [&](const pol::program::ScoreItem& item) { return item.clause == clause; });
  });
}

// What a clause is, in one word.
std::string_view KindOf(const pol::program::Program& program, std::uint32_t clause) {
  const bool grants = std::ranges::any_of(
      program.grants, [&](const pol::program::Grant& grant) { return grant.clause == clause; });
  if (grants) return "grant";
  if (const std::string_view kind = KindInLifecycles(program, clause); !kind.empty()) return kind;
  const bool limits = std::ranges::any_of(
      program.quotas, [&](const pol::program::Quota& quota) { return quota.clause == clause; });
  if (limits) return "quota";
  switch (program.clauses[clause].kind) {
    case pol::program::ClauseKind::kRule:
      return "rule";
    case pol::program::ClauseKind::kJudgement:
      return "judgement";
    case pol::program::ClauseKind::kGuidance:
      return IsScored(program, clause) ? "rule" : "guidance";
    case pol::program::ClauseKind::kUndisclosed:
      break;
  }
  return "undisclosed";
}

std::string KindShown(std::string_view kind, const CoverOptions& options) {
  if (options.format != "table" || !options.common.chinese) return std::string(kind);
  if (kind == "rule") return "规则";
  if (kind == "judgement") return "评判";
  if (kind == "grant") return "补助";
  if (kind == "quota") return "名额";
  if (kind == "guidance") return "引导";
  if (kind == "stage") return "阶段";
  if (kind == "duty") return "义务";
  if (kind == "deadline") return "期限";
  if (kind == "trigger") return "触发";
  return kind == "undisclosed" ? "未公开" : std::string(kind);
}

// ---- A list of clauses --------------------------------------------------------------------------------

// The ids of a text's clauses, one a line.
struct ClauseList {
  std::vector<std::string> ids;  // in the order of the file, each once

  bool Has(const std::string& id) const { return std::ranges::find(ids, id) != ids.end(); }
};

// "5(3)", "§5(3)" or "5（3）" as "5(3)"; nullopt for anything else.
std::optional<std::string> ClauseId(std::string_view written) {
  std::string folded;
  std::string id(pol::text::FoldWidth(written, folded));
  if (id.starts_with("§")) id.erase(0, std::string_view("§").size());
  std::size_t at = id.find_first_not_of("0123456789");
  if (at == 0 || id.empty()) return std::nullopt;
  while (at != std::string::npos && at < id.size()) {
    const std::size_t close = id.find_first_not_of("0123456789", at + 1);
    if (id[at] != '(' || close == std::string::npos || id[close] != ')' || close == at + 1)
      return std::nullopt;
    at = close + 1;
  }
  return id;
}

std::optional<ClauseList> ReadClauseList(const std::string& path, const Common& common) {
  constexpr std::size_t kMostBytes = 16U << 20U;
  const std::optional<std::string> text = ReadFile(path, kMostBytes, common);
  if (!text) return std::nullopt;
  ClauseList list;
  std::set<std::string> known;
  std::size_t line = 0;
  for (std::size_t at = 0; at < text->size();) {
    const std::size_t end = std::min(text->find('\n', at), text->size());
    const std::string_view whole = std::string_view(*text).substr(at, end - at);
    const std::string_view written = pol::text::Trim(whole.substr(0, whole.find('#')));
    at = end + 1;
    ++line;
    if (written.empty()) continue;
    const std::optional<std::string> id = ClauseId(written);
    if (!id) {
      PrintError(Message::kBadClauseId, common, {path, std::to_string(line), pol::text::Excerpt(written)});
      return std::nullopt;
    }
    if (known.insert(*id).second) list.ids.push_back(*id);
  }
  return list;
}

// ---- The table ----------------------------------------------------------------------------------------

class Cover {
 public:
  Cover(const CoverOptions& options, const pol::program::Program& program,
        const std::optional<ClauseList>& list)
      : options_(options), program_(program), list_(list), listing_(Columns()) {}

  void Run() {
    for (std::uint32_t at = 0; at < program_.clauses.size(); ++at) AddClause(at);
    if (list_) AddMissing();
  }

  bool HasFindings() const { return missing_ > 0; }

  std::string Text() const {
    std::string text = listing_.Text(options_.format);
    if (options_.format != "table") return text;
    text += "\n" +
            polc::Text(Message::kClausesSummary, options_.common, {std::to_string(program_.clauses.size())}) +
            "\n";
    if (!list_) return text;
    return text +
           polc::Text(Message::kAgainstSummary, options_.common,
                      {options_.against, std::to_string(list_->ids.size()), std::to_string(missing_),
                       std::to_string(extra_)}) +
           "\n";
  }

 private:
  std::vector<Listing::Column> Columns() const {
    const bool chinese = options_.common.chinese;
    std::vector<Listing::Column> columns = {{"clause", chinese ? "条款" : "clause", false},
                                            {"kind", chinese ? "类别" : "kind", false},
                                            {"label", chinese ? "名称" : "label", false},
                                            {"summary", chinese ? "内容" : "summary", false}};
    if (list_) columns.insert(columns.begin() + 2, {"listed", chinese ? "对照" : "listed", false});
    return columns;
  }

  // A number that is listed stands for what is below it and above it, too: who lists 5(3) need not list 5,
  // and who lists 13 need not list 13(1).
  bool IsListed(const std::string& id) const {
    return std::ranges::any_of(list_->ids, [&](const std::string& listed) {
      return listed == id || listed.starts_with(id + "(") || id.starts_with(listed + "(");
    });
  }

  void AddClause(std::uint32_t at) {
    const pol::program::Clause& clause = program_.clauses[at];
    std::vector<std::string> cells = {clause.id, KindShown(KindOf(program_, at), options_),
                                      clause.naming.label.empty() ? clause.naming.name : clause.naming.label,
                                      clause.text};
    if (list_) {
      // A replacement is no clause of the text, but a way in which one works.
      const bool replacement = clause.id.find("→") != std::string::npos;
      const bool extra = !replacement && !IsListed(clause.id);
      if (extra) ++extra_;
      cells.insert(cells.begin() + 2, ListedShown(replacement ? "" : extra ? "extra" : "listed"));
    }
    listing_.Add(std::move(cells));
  }

  void AddMissing() {
    for (const std::string& id : list_->ids) {
      const bool encoded = std::ranges::any_of(
          program_.clauses, [&](const pol::program::Clause& clause) { return clause.id == id; });
      if (encoded) continue;
      ++missing_;
      listing_.Add({id, "", ListedShown("missing"), "", ""});
    }
  }

  std::string ListedShown(const std::string& word) const {
    if (options_.format != "table" || !options_.common.chinese) return word;
    if (word == "listed") return "已列";
    if (word == "extra") return "未列";
    return word == "missing" ? "缺少" : word;
  }

  const CoverOptions& options_;
  const pol::program::Program& program_;
  const std::optional<ClauseList>& list_;
  Listing listing_;
  std::size_t missing_ = 0;
  std::size_t extra_ = 0;
};

int RunCover(const CoverOptions& options) {
  const std::optional<pol::program::Program> program = LoadProgram(options.policy, options.common);
  if (!program) return kFailed;
  std::optional<ClauseList> list;
  if (!options.against.empty()) {
    list = ReadClauseList(options.against, options.common);
    if (!list) return kFailed;
  }
  Cover cover(options, *program, list);
  cover.Run();
  if (WriteWhole("-", cover.Text(), options.common) != kDone) return kFailed;
  return cover.HasFindings() ? kFindings : kDone;
}

}  // namespace

void AddCover(CLI::App& application, Action& action) {
  CLI::App* verb = application.add_subcommand("cover", "list every clause of a policy with its kind");
  auto options = std::make_shared<CoverOptions>();
  verb->add_option("POLICY", options->policy, "a .pol or .polb file")->required()->type_name("FILE");
  verb->add_option("--against", options->against,
                   "a list of the text's clauses, one number a line; those the policy lacks are findings, "
                   "exit status 1")
      ->type_name("FILE");
  verb->add_option("--format", options->format, "what the list looks like; default: table")
      ->type_name("table|csv|ndjson");
  AddLanguage(*verb, options->common);
  verb->callback([options, &action] { action = [options] { return RunCover(*options); }; });
}

}  // namespace polc
