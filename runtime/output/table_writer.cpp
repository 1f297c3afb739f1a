#include <algorithm>
#include <cstddef>
#include <utility>

#include "runtime/output/outcome_writer.h"
#include "runtime/output/quota_count.h"
#include "runtime/text/utf8.h"
#include "runtime/text/width.h"

// The table for a terminal. The widths of its columns are those of the first rows, which are kept until there
// are enough of them; a longer text further down pushes its line to the right and nothing else.

namespace pol::output {
namespace {

constexpr std::size_t kRowsForWidths = 1000;
constexpr std::size_t kWidestKey = 40;
constexpr std::size_t kWidestBecause = 24;
constexpr std::size_t kWidestNeeds = 48;
constexpr std::string_view kGap = "  ";

std::string Padded(const std::string& text, std::size_t width) {
  const std::size_t own = text::DisplayWidth(text);
  return own >= width ? text : text + std::string(width - own, ' ');
}

std::string PaddedLeft(const std::string& text, std::size_t width) {
  const std::size_t own = text::DisplayWidth(text);
  return own >= width ? text : std::string(width - own, ' ') + text;
}

// What all amounts of a grant come to.
struct Total {
  engine::Rational sum = 0;
  std::uint64_t granted = 0;
  std::uint64_t unknown = 0;

  void Add(const std::optional<engine::Rational>& amount) {
    if (!amount) {
      ++unknown;
      return;
    }
    sum += *amount;
    if (*amount != 0) ++granted;
  }
  // ": total 6,000,000.00, not zero 2, undetermined 1"
  std::string Text(bool chinese) const {
    return (chinese ? "：合计 " : ": total ") + GroupedAmountText(sum) +
           (chinese ? "，非零 " : ", not zero ") + std::to_string(granted) +
           (chinese ? "，待定 " : ", undetermined ") + std::to_string(unknown) + "\n";
  }
};

// Between which points the totals of a score lie.
struct Extremes {
  std::optional<engine::Rational> least, most;
  std::uint64_t unknown = 0;

  void Add(const std::optional<engine::Rational>& points) {
    if (!points) {
      ++unknown;
      return;
    }
    if (!least || *points < *least) least = points;
    if (!most || *points > *most) most = points;
  }
  // ": from 40 to 95, undetermined 1"
  std::string Text(bool chinese) const {
    std::string text = chinese ? "：" : ": ";
    if (least) {
      text += (chinese ? "最低 " : "from ") + PointsText(least) + (chinese ? "，最高 " : " to ") +
              PointsText(most) + (chinese ? "，" : ", ");
    }
    return text + (chinese ? "待定 " : "undetermined ") + std::to_string(unknown) + "\n";
  }
};

// Items one after the other, as many to a line as fit; an item longer than the line has one for itself.
std::vector<std::string> Wrapped(const std::vector<std::string>& items, std::size_t width) {
  std::vector<std::string> lines;
  std::string line;
  for (std::size_t index = 0; index < items.size(); ++index) {
    const std::string item = items[index] + (index + 1 < items.size() ? ";" : "");
    if (line.empty()) {
      line = item;
    } else if (text::DisplayWidth(line) + 1 + text::DisplayWidth(item) > width) {
      lines.push_back(std::exchange(line, item));
    } else {
      line.append(" ").append(item);
    }
  }
  if (!line.empty()) lines.push_back(line);
  return lines;
}

class TableWriter : public OutcomeWriter {
 public:
  TableWriter(const program::Program& program, bool chinese, OutputFile& file)
      : program_(program), wording_(chinese ? Wording::kLabels : Wording::kNames), file_(file) {}

  void Begin() override {
    const auto worded = [&](const program::Naming& naming) { return Worded(naming); };
    header_.push_back({worded(program_.schema.facts[program_.schema.key_fact].naming)});
    for (const program::Decision& decision : program_.decisions) {
      header_.push_back({worded(decision.naming)});
      counts_.emplace_back(decision.outcomes.size() + 1);
    }
    for (const program::Grant& grant : program_.grants) header_.push_back({worded(grant.naming)});
    totals_.resize(program_.grants.size());
    for (const program::Score& score : program_.scores) header_.push_back({worded(score.naming)});
    extremes_.resize(program_.scores.size());
    for (const program::Lifecycle& lifecycle : program_.lifecycles) {
      header_.push_back({worded(lifecycle.naming)});
      states_.emplace_back(lifecycle.states.size() + 1);
    }
    header_.push_back({wording_ == Wording::kLabels ? "依据" : "because"});
    header_.push_back({wording_ == Wording::kLabels ? "尚需" : "needs"});
    if (engine::HasWaivers(program_)) header_.push_back({wording_ == Wording::kLabels ? "豁免" : "waivers"});
    quotas_.resize(program_.quotas.size());
  }

  void Write(const records::Batch& batch, const engine::Decided& decided, const engine::Bits& rows) override {
    for (std::uint32_t row = 0; row < batch.rows; ++row) {
      ++total_;
      for (std::size_t index = 0; index < program_.decisions.size(); ++index) {
        ++counts_[index][static_cast<std::size_t>(decided.outcomes[index][row] + 1)];
      }
      for (std::size_t index = 0; index < totals_.size(); ++index) {
        totals_[index].Add(decided.amounts[index][row]);
      }
      for (std::size_t index = 0; index < extremes_.size(); ++index) {
        extremes_[index].Add(decided.scores[index][row]);
      }
      for (std::size_t index = 0; index < states_.size(); ++index) {
        ++states_[index][static_cast<std::size_t>(decided.states[index][row] + 1)];
      }
      for (std::size_t index = 0; index < quotas_.size(); ++index) {
        quotas_[index].Add(decided.registers.TruthAt(program_.quotas[index].condition, row));
      }
      if (!rows[row]) continue;
      ++shown_;
      Row cells;
      cells.push_back({text::Excerpt(batch.keys[row], 200)});
      for (std::size_t index = 0; index < program_.decisions.size(); ++index) {
        cells.push_back({OutcomeText(program_.decisions[index], decided.outcomes[index][row], wording_)});
      }
      for (const auto& amounts : decided.amounts) {
        cells.push_back({amounts[row] ? GroupedAmountText(*amounts[row]) : NotKnown()});
      }
      for (const auto& points : decided.scores) {
        cells.push_back({points[row] ? PointsText(points[row]) : NotKnown()});
      }
      for (std::size_t index = 0; index < program_.lifecycles.size(); ++index) {
        cells.push_back(
            {StateText(program_, program_.lifecycles[index], decided.states[index][row], wording_)});
      }
      cells.push_back(Wrapped(BecauseOf(program_, decided.relevance, row), kWidestBecause));
      cells.push_back(Wrapped(NeedsOf(program_, decided.relevance, row, wording_), kWidestNeeds));
      if (engine::HasWaivers(program_)) {
        cells.push_back(Wrapped(WaiversOf(program_, decided, row), kWidestBecause));
      }
      if (!widths_.empty()) {
        WriteRow(cells);
        continue;
      }
      waiting_.push_back(std::move(cells));
      if (waiting_.size() == kRowsForWidths) WriteWaiting();
    }
  }

  void End() override {
    if (widths_.empty()) WriteWaiting();
    WriteSummary();
  }

 private:
  using Cell = std::vector<std::string>;  // its lines
  using Row = std::vector<Cell>;

  const std::string& Worded(const program::Naming& naming) const {
    return wording_ == Wording::kLabels && !naming.label.empty() ? naming.label : naming.name;
  }
  bool IsNumber(std::size_t column) const {
    const std::size_t first = program_.decisions.size() + 1;
    return column >= first && column < first + program_.grants.size() + program_.scores.size();
  }
  std::string NotKnown() const { return wording_ == Wording::kLabels ? "待定" : "undetermined"; }

  void WriteWaiting() {
    widths_.assign(header_.size(), 0);
    const auto widen = [&](const Row& row) {
      for (std::size_t column = 0; column < row.size(); ++column) {
        for (const std::string& line : row[column])
          widths_[column] = std::max(widths_[column], text::DisplayWidth(line));
      }
    };
    widen(header_);
    for (const Row& row : waiting_) widen(row);
    widths_.front() = std::min(widths_.front(), kWidestKey);
    WriteRow(header_);
    std::string rule;
    for (const std::size_t width : widths_)
      rule += (rule.empty() ? std::string{} : std::string{kGap}) + std::string(width, '-');
    file_.Write(rule + "\n");
    for (const Row& row : waiting_) WriteRow(row);
    waiting_.clear();
  }

  void WriteRow(const Row& row) {
    std::size_t height = 1;
    for (const Cell& cell : row) height = std::max(height, cell.size());
    for (std::size_t line = 0; line < height; ++line) {
      std::string text;
      for (std::size_t column = 0; column < row.size(); ++column) {
        if (column > 0) text += kGap;
        const std::string cell = line < row[column].size() ? row[column][line] : std::string{};
        text += IsNumber(column) ? PaddedLeft(cell, widths_[column]) : Padded(cell, widths_[column]);
      }
      text.resize(text.find_last_not_of(' ') + 1);
      file_.Write(text + "\n");
    }
  }

  // "eligibility: eligible 12, ineligible 3, undetermined 5", for each decision, and likewise for the states
  // of each lifecycle, and the number of records: all that were decided, whether or not they are shown.
  void WriteSummary() {
    const bool chinese = wording_ == Wording::kLabels;
    std::string text = "\n";
    std::size_t column = 1;
    for (std::size_t index = 0; index < program_.decisions.size(); ++index) {
      const program::Decision& decision = program_.decisions[index];
      AppendCounts(
          column++, counts_[index],
          [&](std::int32_t outcome) { return OutcomeText(decision, outcome, wording_); }, text);
    }
    for (const Total& total : totals_) text += header_[column++].front() + total.Text(chinese);
    for (const Extremes& points : extremes_) text += header_[column++].front() + points.Text(chinese);
    for (std::size_t index = 0; index < program_.lifecycles.size(); ++index) {
      const program::Lifecycle& lifecycle = program_.lifecycles[index];
      AppendCounts(
          column++, states_[index],
          [&](std::int32_t state) { return StateText(program_, lifecycle, state, wording_); }, text);
    }
    for (std::size_t index = 0; index < quotas_.size(); ++index) {
      const program::Quota& quota = program_.quotas[index];
      text += Worded(quota.naming) + quotas_[index].Text(quota, chinese);
    }
    text += (chinese ? "记录合计：" : "records: ") + std::to_string(total_);
    if (shown_ != total_) text += (chinese ? "，其中列出 " : ", of which shown: ") + std::to_string(shown_);
    file_.Write(text + "\n");
  }

  // `counts`: undetermined, then the others in order; it is said last.
  template <typename Called>
  void AppendCounts(std::size_t column, const std::vector<std::uint64_t>& counts, Called called,
                    std::string& text) const {
    const bool chinese = wording_ == Wording::kLabels;
    text += header_[column].front() + (chinese ? "：" : ": ");
    for (std::size_t code = 0; code + 1 < counts.size(); ++code) {
      text += called(static_cast<std::int32_t>(code)) + " " + std::to_string(counts[code + 1]) +
              (chinese ? "，" : ", ");
    }
    text += called(engine::kUndetermined) + " " + std::to_string(counts[0]) + "\n";
  }

  const program::Program& program_;
  Wording wording_;
  OutputFile& file_;
  Row header_;
  std::vector<Row> waiting_;
  std::vector<std::size_t> widths_;                 // by column; empty until known
  std::vector<std::vector<std::uint64_t>> counts_;  // by decision: undetermined, then its outcomes
  std::vector<Total> totals_;                       // by grant
  std::vector<Extremes> extremes_;                  // by score
  std::vector<std::vector<std::uint64_t>> states_;  // by lifecycle: undetermined, then its states
  std::vector<QuotaCount> quotas_;                  // by quota
  std::uint64_t total_ = 0;
  std::uint64_t shown_ = 0;
};

}  // namespace

std::unique_ptr<OutcomeWriter> MakeTableWriter(const program::Program& program, bool chinese,
                                               OutputFile& file) {
  return std::make_unique<TableWriter>(program, chinese, file);
}

}  // namespace pol::output
