// A small schema with every kind of fact, and ways to read text as a data file and to say what was read.
#pragma once

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/calendar/date.h"
#include "runtime/number/decimal.h"
#include "runtime/program/schema.h"
#include "runtime/records/problems.h"
#include "runtime/records/reader.h"

namespace pol::records::sample {

enum : std::uint32_t { kRecordDomain, kYearDomain, kListDomain };

inline program::Fact MakeFact(std::string name, std::string label, program::ValueKind kind,
                              std::uint32_t domain = 0) {
  program::Fact fact;
  fact.naming.name = std::move(name);
  fact.naming.label = std::move(label);
  fact.type.kind = kind;
  if (kind == program::ValueKind::kMoney) fact.type.currency = "CNY";
  if (kind == program::ValueKind::kEnumeration) fact.type.enumeration = 0;
  fact.domain = domain;
  return fact;
}

inline program::Schema MakeSchema() {
  using enum program::ValueKind;
  program::Schema schema;
  schema.domains = {{program::DomainKind::kRecord, {"applicant", "申报单位", {}}, ""},
                    {program::DomainKind::kYears, {}, ""},
                    {program::DomainKind::kList, {"accidents", "安全事故", {}}, "accident"}};
  schema.facts = {MakeFact("code", "代码", kText),
                  MakeFact("name", "企业名称", kText),
                  MakeFact("founded", "成立日期", kDate),
                  MakeFact("share", "研发占比", kPercent),
                  MakeFact("staff", "职工人数", kCount),
                  MakeFact("registered", "注册地", kRegion),
                  MakeFact("good", "信用良好", kTruth),
                  MakeFact("level", "等级", kEnumeration),
                  MakeFact("pledge", "承诺投入", kMoney),
                  MakeFact("judged", "优势显著", kTruth),
                  MakeFact("plan.budget", "预算方案", kTruth),
                  MakeFact("revenue", "营业收入", kMoney, kYearDomain),
                  MakeFact("rd", "研发费用", kMoney, kYearDomain),
                  MakeFact("grade", "事故等级", kEnumeration, kListDomain),
                  MakeFact("occurred", "发生日期", kDate, kListDomain)};
  schema.key_fact = 0;
  schema.facts[0].key = true;
  schema.facts[8].optional = true;
  schema.facts[9].judged = true;
  schema.enumerations = {
      {{"grade", "等级", {}},
       true,
       {{"general", "一般", {"一般事故"}}, {"larger", "较大", {}}, {"grave", "重大", {}}}}};
  schema.regions = {{110000, {"北京市"}},         {110105, {"朝阳区"}}, {110108, {"海淀区"}},
                    {130000, {"河北省"}},         {210000, {"辽宁省"}}, {211302, {"朝阳区"}},
                    {450000, {"广西壮族自治区"}}, {220000, {"吉林省"}}, {220200, {"吉林市"}}};
  std::sort(schema.regions.begin(), schema.regions.end(),
            [](const auto& a, const auto& b) { return a.code < b.code; });
  schema.text_literals = {"甲公司"};
  return schema;
}

// A file that lives as long as this object.
class TemporaryFile {
 public:
  TemporaryFile(std::string_view name, std::string_view text) {
    static std::atomic<int> count{0};
    folder_ = std::filesystem::temp_directory_path() /
              ("pol-test-" + std::to_string(::getpid()) + "-" + std::to_string(count++));
    std::filesystem::create_directories(folder_);
    path_ = (folder_ / name).string();
    std::ofstream(path_, std::ios::binary) << text;
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() { std::filesystem::remove_all(folder_); }
  const std::string& path() const { return path_; }

 private:
  std::filesystem::path folder_;
  std::string path_;
};

// One lane in words: "1200", "2024-03-01", "yes", "北京", or the state of a cell without a value in angle
// brackets.
inline std::string SayLane(const program::Schema& schema, const Batch& batch, std::uint32_t fact,
                           std::uint32_t lane) {
  static constexpr const char* kStates[] = {"given", "<missing>", "<absent>", "<not judged>", "<unreadable>"};
  const Column& column = batch.columns[fact];
  const CellState state = column.states.empty() ? CellState::kGiven : column.states[lane];
  if (column.known[lane] != (state == CellState::kGiven)) return "<known plane differs>";
  if (state != CellState::kGiven) return kStates[static_cast<int>(state)];
  switch (schema.facts[fact].type.kind) {
    case program::ValueKind::kTruth:
      return column.truths[lane] ? "yes" : "no";
    case program::ValueKind::kDate:
      return calendar::ToText(column.codes[lane]);
    case program::ValueKind::kText:
    case program::ValueKind::kCreditCode: {
      const auto code = static_cast<std::size_t>(column.codes[lane]);
      const std::size_t literals = schema.text_literals.size();
      return code < literals ? schema.text_literals[code] : batch.texts[code - literals];
    }
    case program::ValueKind::kRegion:
    case program::ValueKind::kEnumeration:
      return std::to_string(column.codes[lane]);
    default:
      break;
  }
  const auto wide = column.numbers.wide.find(lane);
  const number::Decimal decimal{
      wide == column.numbers.wide.end() ? number::Integer{column.numbers.numerators[lane]} : wide->second,
      column.numbers.scale};
  return number::ToText(number::ToRational(decimal));
}

inline std::string SayRow(const program::Schema& schema, const Batch& batch, std::uint32_t row) {
  std::string said = batch.keys[row] + ":";
  for (std::uint32_t fact = 0; fact < schema.facts.size(); ++fact) {
    const std::uint32_t domain = schema.facts[fact].domain;
    const bool list = schema.domains[domain].kind == program::DomainKind::kList;
    const std::uint32_t begin = domain == 0 ? row : batch.domains[domain].offsets[row];
    const std::uint32_t end = domain == 0 ? row + 1 : batch.domains[domain].offsets[row + 1];
    const bool unknown_list = list && !batch.domains[domain].known[row];
    // What is missing without a word to say of it is left out, to keep the rows short.
    std::string lanes;
    for (std::uint32_t lane = begin; lane < end; ++lane) {
      const std::string value = SayLane(schema, batch, fact, lane);
      if (!list && (value == "<missing>" || value == "<absent>" || value == "<not judged>")) continue;
      if (domain == kYearDomain)
        lanes += " " + std::to_string(batch.first_year + static_cast<int>(lane - begin));
      lanes += " " + value;
    }
    if (unknown_list) lanes = " <unknown>" + lanes;
    if (list || !lanes.empty()) said += " " + schema.facts[fact].naming.name + lanes;
  }
  return said;
}

struct ReadResult {
  std::vector<std::string> rows;
  std::vector<std::uint64_t> lines;
  std::vector<std::uint32_t> batches;
  Problems problems;
  bool opened = false;

  // "D0301@5 D0404@6".
  std::string codes() const {
    std::string text;
    for (const Problem& problem : problems.list()) {
      if (SeverityOf(problem.kind) == ProblemSeverity::kNotice) continue;
      text +=
          (text.empty() ? "" : " ") + std::string{CodeOf(problem.kind)} + "@" + std::to_string(problem.row);
    }
    return text;
  }
  std::string notices() const {
    std::string text;
    for (const Problem& problem : problems.list()) {
      if (SeverityOf(problem.kind) != ProblemSeverity::kNotice) continue;
      text += (text.empty() ? "" : " ") + std::string{CodeOf(problem.kind)} + ":" + problem.column;
    }
    return text;
  }
};

inline ReadResult ReadFiles(const program::Schema& schema, const std::vector<std::string>& files,
                            const ReaderOptions& options = {}) {
  ReadResult result;
  const auto reader = Open(schema, files, options, result.problems);
  result.opened = reader != nullptr;
  if (!result.opened) return result;
  Batch batch;
  while (reader->Next(batch, result.problems)) {
    result.batches.push_back(batch.rows);
    for (std::uint32_t row = 0; row < batch.rows; ++row) {
      result.rows.push_back(SayRow(schema, batch, row));
      result.lines.push_back(batch.source_rows[row]);
    }
  }
  return result;
}

// Facts nobody needs are no notices: most tests give a few columns only.
inline program::Schema Undemanding() {
  program::Schema schema = MakeSchema();
  for (program::Fact& fact : schema.facts) fact.used = false;
  return schema;
}

inline ReadResult ReadText(std::string_view name, std::string_view text, const ReaderOptions& options = {}) {
  const TemporaryFile file(name, text);
  static const program::Schema schema = Undemanding();
  return ReadFiles(schema, {file.path()}, options);
}

}  // namespace pol::records::sample
