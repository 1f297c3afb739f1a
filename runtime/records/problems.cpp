#include "runtime/records/problems.h"

#include <cstddef>
#include <utility>

#include "runtime/text/utf8.h"

namespace pol::records {
namespace {

struct ProblemInfo {
  std::string_view code;
  ProblemSeverity severity;
  std::string_view english;
  std::string_view chinese;
};

constexpr ProblemInfo kInfos[] = {
#define POL_PROBLEM(code, name, severity, english, chinese) \
  {code, ProblemSeverity::severity, english, chinese},
#include "runtime/records/problems.def"
#undef POL_PROBLEM
};

const ProblemInfo& InfoOf(ProblemKind kind) { return kInfos[static_cast<std::size_t>(kind)]; }

// The wording with {0}, {1}… filled in. Braces around anything else stand for themselves.
std::string Fill(std::string_view wording, const std::vector<std::string>& arguments) {
  std::string filled;
  for (std::size_t at = 0; at < wording.size(); ++at) {
    const bool hole = wording.size() - at >= 3 && wording[at] == '{' && wording[at + 2] == '}' &&
                      wording[at + 1] >= '0' && wording[at + 1] <= '9';
    if (!hole) {
      filled += wording[at];
      continue;
    }
    const auto index = static_cast<std::size_t>(wording[at + 1] - '0');
    if (index < arguments.size()) filled += arguments[index];
    at += 2;
  }
  return filled;
}

// Where in a workbook: ", sheet 企业, cell C12".
std::string PlaceInWorkbook(const Problem& problem, bool chinese) {
  const std::string row = std::to_string(problem.row);
  std::string text =
      (chinese ? "，工作表“" : ", sheet ") + text::Excerpt(problem.sheet) + (chinese ? "”" : "");
  if (problem.row == 0) return text;
  if (problem.sheet_column == 0) return text + (chinese ? "第 " + row + " 行" : ", row " + row);
  std::string letters;
  for (std::uint64_t rest = problem.sheet_column; rest > 0; rest = (rest - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  }
  return text + (chinese ? " " : ", cell ") + letters + row;
}

}  // namespace

std::string_view CodeOf(ProblemKind kind) { return InfoOf(kind).code; }

ProblemSeverity SeverityOf(ProblemKind kind) { return InfoOf(kind).severity; }

std::string Render(const Problem& problem, bool chinese) {
  const ProblemInfo& info = InfoOf(problem.kind);
  std::string text =
      problem.file == "-" ? (chinese ? "标准输入" : "standard input") : text::Excerpt(problem.file, 1000);
  if (!problem.sheet.empty()) {
    text += PlaceInWorkbook(problem, chinese);
  } else if (problem.row != 0) {
    text += ":" + std::to_string(problem.row);
  }
  text += ": ";
  if (!problem.column.empty()) {
    const std::string column = text::Excerpt(problem.column);
    text += chinese ? "“" + column + "”列：" : "column " + column + ": ";
  }
  if (!problem.value.empty()) {
    const std::string value = text::Excerpt(problem.value);
    text += chinese ? "“" + value + "”" : "‘" + value + "’ ";
  }
  text += Fill(chinese ? info.chinese : info.english, problem.arguments);
  text += chinese ? "〔" : " [";
  text += info.code;
  text += chinese ? "〕" : "]";
  return text;
}

void Problems::Add(Problem problem) {
  const auto kind = static_cast<std::size_t>(problem.kind);
  if (counts_by_kind_.size() <= kind) counts_by_kind_.resize(kind + 1);
  ++counts_by_severity_[static_cast<std::size_t>(SeverityOf(problem.kind))];
  if (++counts_by_kind_[kind] > kLimit) {
    ++dropped_;
    return;
  }
  problem.value = text::Excerpt(problem.value);
  list_.push_back(std::move(problem));
}

std::uint64_t Problems::CountOf(ProblemSeverity severity) const {
  return counts_by_severity_[static_cast<std::size_t>(severity)];
}

}  // namespace pol::records
