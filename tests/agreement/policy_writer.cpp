#include "tests/agreement/policy_writer.h"

#include <fmt/format.h>

#include <utility>

namespace agreement {

std::string PolicyWriter::Write() {
  text_.clear();
  WriteHeader();
  WriteTypes();
  AddFields(record_, "f", false);
  AddFields(record_, "s", true);
  AddFields(element_, "e", false);
  WriteElement();
  const bool lifecycle = random_.Chance(40);
  if (lifecycle) WriteSteps();
  WriteRecord(lifecycle);
  WriteParameters();
  WriteFunction();
  WriteLets();
  if (lifecycle) WriteLifecycle();
  WriteArticles();
  const std::size_t grants = random_.Below(3);
  for (std::size_t number = 0; number < grants; ++number) WriteGrant(number);
  const std::size_t scores = random_.Below(3);
  for (std::size_t number = 0; number < scores; ++number) WriteScore(number);
  const std::size_t decisions = 1 + random_.Below(2);
  for (std::size_t number = 0; number < decisions; ++number) WriteDecision(number);
  if (random_.Chance(40)) {
    text_ += "quota places §" + random_.Of(cited_) + " when " + (random_.Chance(50) ? Citation() : Truth(2)) +
             " : at most 5" + (random_.Chance(50) ? ", at least 2\n" : "\n");
  }
  return text_;
}

void PolicyWriter::WriteHeader() {
  text_ += "policy random.policy\n  title \"random\"\n  issued 2020-01-01\n";
  text_ += random_.Chance(50) ? "  reference f_date0\n" : "";
  text_ += random_.Chance(30) ? "  periods by calendar_days\n" : "";
}

void PolicyWriter::WriteTypes() {
  text_ += "enumeration colour { red, green, blue }\nscale grade { low < middle < high }\n";
  text_ += "region 110000 \"北京市\" { 110100 \"市辖区\" { 110108 \"海淀区\" } }\nregion 320000 \"江苏省\"\n";
  text_ += "calendar work {\n";
  for (int year = 2018; year <= 2026; ++year) {
    text_ += fmt::format("  year {0} {{ off {0}-01-01..{0}-01-03 work {0}-02-06..{0}-02-07 }}\n", year);
  }
  text_ += "}\n";
}

void PolicyWriter::AddFields(std::vector<Field>& fields, const std::string& prefix, bool series) {
  static const std::vector<std::pair<Kind, std::string>> kKinds = {
      {Kind::kMoney, "money"},  {Kind::kPercent, "share"}, {Kind::kNumber, "number"}, {Kind::kCount, "count"},
      {Kind::kDate, "date"},    {Kind::kYear, "year"},     {Kind::kTruth, "truth"},   {Kind::kText, "text"},
      {Kind::kRegion, "place"}, {Kind::kColour, "colour"}, {Kind::kGrade, "grade"}};
  for (const auto& [kind, name] : kKinds) {
    const bool measured =
        kind == Kind::kMoney || kind == Kind::kPercent || kind == Kind::kCount || kind == Kind::kTruth;
    if (series && !measured) continue;
    // The element's one date is what windows and `latest` go by.
    const bool only = (kind == Kind::kDate || kind == Kind::kYear) && prefix == "e";
    if (only && kind == Kind::kYear) continue;
    const std::size_t count = only ? 1 : 2;
    for (std::size_t index = 0; index < count; ++index) {
      fields.push_back(
          {prefix + "_" + name + std::to_string(index), kind, index > 0 && random_.Chance(60), series});
    }
  }
}

std::string PolicyWriter::TypeName(Kind kind) {
  switch (kind) {
    case Kind::kMoney:
      return "money";
    case Kind::kPercent:
      return "percent";
    case Kind::kNumber:
      return "number";
    case Kind::kCount:
      return "count";
    case Kind::kDate:
      return "date";
    case Kind::kYear:
      return "year";
    case Kind::kTruth:
      return "yes_no";
    case Kind::kText:
      return "text";
    case Kind::kRegion:
      return "region";
    case Kind::kColour:
      return "colour";
    case Kind::kGrade:
      break;
  }
  return "grade";
}

std::string PolicyWriter::Declared(const Field& field) const {
  return "  " + field.name + " : " + TypeName(field.kind) + (field.series ? " per year" : "") +
         (field.optional ? "?" : "") + "\n";
}

void PolicyWriter::WriteElement() {
  text_ += "record accident {\n";
  for (const Field& field : element_) text_ += Declared(field);
  if (random_.Chance(30)) text_ += "  holds e_money0 >= 0元\n";
  text_ += "}\n";
}

void PolicyWriter::WriteRecord(bool steps) {
  text_ += "record applicant {\n  key id : text\n";
  for (const Field& field : record_) text_ += Declared(field);
  text_ += "  accidents : list of accident\n  incidents : list of accident\n";
  if (steps) text_ += "  steps : list of step\n";
  text_ += "  judged good \"良好\" by experts\n  judged fine\n  checklist plan { budget, team }\n";
  record_.push_back({"good", Kind::kTruth, false, false});
  record_.push_back({"plan.team", Kind::kTruth, false, false});
  WriteHolds();
  text_ += "}\n";
}

void PolicyWriter::WriteHolds() {
  if (random_.Chance(40)) text_ += "  holds f_money0 <= " + Literal(Kind::kMoney) + "\n";
  if (random_.Chance(30)) text_ += "  holds f_date0 <= f_date1 or f_count0 > 1 \"顺序\"\n";
  if (random_.Chance(30)) text_ += "  holds s_money0 <= f_money0\n";
  if (random_.Chance(20)) text_ += "  holds f_truth0 or s_count0 >= 1\n";
}

void PolicyWriter::WriteParameters() {
  text_ += "param p_fixed = " + Literal(Kind::kMoney) + "\n";
  text_ += "param p_dated : percent = 5% from 2019-06-01, 15% from 2022-01-01\n";
  text_ += "param p_count : count = 1, " + Literal(Kind::kCount) + " from 2021-01-01\n";
  names_ = {{"p_fixed", Kind::kMoney}, {"p_dated", Kind::kPercent}, {"p_count", Kind::kCount}};
}

void PolicyWriter::WriteFunction() {
  text_ += "function ratio(above: money, below: money) = above / below\n";
  text_ += "function recent(years: years) = sum of s_money0 over years\n";
}

void PolicyWriter::WriteLets() {
  text_ += "let w = " + YearWindow() + "\n";
  const std::size_t count = random_.Below(5);
  for (std::size_t index = 0; index < count; ++index) {
    const std::string name = "l" + std::to_string(index);
    const std::size_t kind = random_.Below(5);
    if (kind == 0) {
      text_ += "let " + name + " \"标签\" = " + Money(3, false) + "\n";
      names_.emplace_back(name, Kind::kMoney);
    } else if (kind == 1) {
      text_ += "let " + name + " = " + Share(3, false) + "\n";
      names_.emplace_back(name, Kind::kNumber);
    } else if (kind == 2) {
      text_ += "let " + name + " = " + Date(2, false) + "\n";
      names_.emplace_back(name, Kind::kDate);
    } else {
      text_ += "let " + name + " = " + Truth(3) + "\n";
      names_.emplace_back(name, Kind::kTruth);
    }
  }
}

void PolicyWriter::WriteArticles() {
  const std::size_t count = 3 + random_.Below(4);
  for (std::size_t number = 1; number <= count; ++number) WriteArticle(number);
  // Replacements come last and cite nothing, so that there is no circle.
  std::size_t number = count + 1;
  for (std::size_t index = random_.Below(4); index-- > 0; ++number) {
    const std::string& target = random_.Of(replaced_);
    // Two unconditional ones of the same clause are an error, so each has a condition.
    const std::vector<std::string> none;
    const auto cited = std::exchange(cited_, none);
    const auto articles = std::exchange(articles_, none);
    const std::string when = Truth(2);
    const std::string body = Truth(2);
    text_ += "article " + std::to_string(number) + " when " + when + " {\n  " +
             (random_.Chance(30) ? "(1) in principle " : "") + "replaces §" + target + " : " + body + "\n}\n";
    cited_ = cited;
    articles_ = articles;
  }
}

void PolicyWriter::WriteArticle(std::size_t number) {
  const std::string id = std::to_string(number);
  text_ += "article " + id + (random_.Chance(50) ? " \"标题\"" : "");
  if (random_.Chance(8)) text_ += " in principle";
  if (random_.Chance(20)) text_ += " when " + Truth(2);
  if (random_.Chance(30)) {
    text_ += " : " + Truth(4) + "\n";
    cited_.push_back(id);
    replaced_.push_back(id);
    return;
  }
  text_ += " {\n";
  const std::size_t items = 1 + random_.Below(4);
  std::vector<std::string> own;
  for (std::size_t item = 1; item <= items; ++item) WriteItem(id, item, 0, true);
  if (random_.Chance(15)) text_ += "  (" + std::to_string(items + 1) + ") guidance \"请注意\"\n";
  text_ += "}\n";
  for (std::size_t item = 1; item <= items; ++item) {
    cited_.push_back(id + "(" + std::to_string(item) + ")");
    replaced_.push_back(cited_.back());
  }
  cited_.push_back(id);
  articles_.push_back(id);
  item_counts_.push_back(items);
}

void PolicyWriter::WriteItem(const std::string& article, std::size_t number, std::size_t depth,
                             bool may_cite) {
  text_ += "  (" + std::to_string(number) + ") c" + std::to_string(number);
  if (random_.Chance(15)) text_ += " in principle";
  if (random_.Chance(20)) text_ += " when " + Truth(2);
  if (random_.Chance(5)) {
    text_ += " undisclosed \"另行通知\"\n";
  } else if (depth == 0 && random_.Chance(10)) {
    text_ += " {\n";
    WriteItem(article, 1, depth + 1, may_cite);
    WriteItem(article, 2, depth + 1, may_cite);
    text_ += "  }\n";
  } else {
    text_ += " : " + Truth(4) + "\n";
  }
}

void PolicyWriter::WriteDecision(std::size_t number) {
  text_ += "decision d" + std::to_string(number) + " {\n";
  const std::size_t cases = 1 + random_.Below(3);
  for (std::size_t index = 0; index < cases; ++index) {
    const std::string outcome = random_.Chance(15) && index > 0 ? "o0" : "o" + std::to_string(index);
    text_ += "  " + outcome + " when " + Citation();
    if (random_.Chance(40)) text_ += random_.Of<std::string>({" and ", " or not ", " and not "}) + Citation();
    text_ += "\n";
  }
  text_ += "  otherwise none_of_these\n}\n";
}

void PolicyWriter::WriteGrant(std::size_t number) {
  const std::string name = "g" + std::to_string(number);
  text_ += "grant " + name + " \"补助\" §" + random_.Of(cited_);
  if (random_.Chance(70)) text_ += " when " + (random_.Chance(50) ? Citation() : Truth(2));
  text_ += " = " + Money(3, false);
  if (random_.Chance(60)) text_ += ", at most " + Money(1, false);
  if (random_.Chance(30)) text_ += ", rounded " + random_.Of<std::string>({"", "up ", "down "}) + "to 0.3元";
  if (random_.Chance(30)) text_ += ", at least " + Fact(Kind::kMoney, false);
  text_ += "\n";
  // Later grants may build on it.
  names_.emplace_back(name, Kind::kMoney);
}

std::string PolicyWriter::Points() {
  switch (random_.Below(6)) {
    case 0:
      return "2 for every 3 of " + Fact(Kind::kCount, false);
    case 1:
      return "(" + Share(2, false) + ") for every " + random_.Of<std::string>({"1元", "100.5元", "p_fixed"}) +
             " of (" + Money(1, false) + ")";
    case 2:
      return "by " + Fact(Kind::kCount, false) + " { [0, 2) : 5; [2, 4] : " + Share(1, false) +
             "; otherwise : 20 }";
    case 3:
      return "(" + Share(2, false) + ") * 100";
    case 4:
      return Count(2, false);
    default:
      return Share(3, false);
  }
}

void PolicyWriter::WriteScore(std::size_t number) {
  const std::string name = "m" + std::to_string(number);
  text_ += "score " + name + " \"评分\" §" + random_.Of(cited_) + " {\n";
  const std::size_t items = 1 + random_.Below(3);
  std::vector<std::string> own;
  own.reserve(items);
  for (std::size_t index = 0; index < items; ++index) {
    const std::string item = "i" + std::to_string(index);
    text_ += "  " + item + (random_.Chance(50) ? " §" + random_.Of(cited_) : "") + " : " + Points();
    if (random_.Chance(40)) text_ += ", at most " + Share(1, false);
    if (random_.Chance(30)) text_ += ", rounded " + random_.Of<std::string>({"", "up ", "down "}) + "to 0.3";
    if (random_.Chance(20)) text_ += ", at least 0.5";
    text_ += "\n";
    own.push_back(name + "." + item);
  }
  if (random_.Chance(50)) text_ += "  at most 20\n";
  text_ += "}\n";
  // Later grants and scores may build on it.
  names_.emplace_back(name, Kind::kNumber);
  for (const std::string& item : own) names_.emplace_back(item, Kind::kNumber);
}

}  // namespace agreement
