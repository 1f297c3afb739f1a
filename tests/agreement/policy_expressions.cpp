// The policy writer's expressions. Everything compound is in parentheses, so that precedence is never in
// question.
#include "tests/agreement/policy_writer.h"

namespace agreement {

std::string PolicyWriter::Literal(Kind kind) {
  switch (kind) {
    case Kind::kMoney:
      return random_.Of<std::string>(
          {"0元", "1元", "10元", "100.5元", "1万元", "2亿元", "9223372036854775807元"});
    case Kind::kPercent:
      return random_.Of<std::string>({"0%", "5%", "10%", "33.3%", "100%", "150%"});
    case Kind::kNumber:
      return random_.Of<std::string>({"0", "1", "2.5", "7.1", "1000000007"});
    case Kind::kCount:
      return random_.Of<std::string>({"0", "1", "2", "3", "10"});
    case Kind::kDate:
      return random_.Of<std::string>({"2019-12-31", "2020-02-29", "2021-07-01", "2024-01-02"});
    case Kind::kYear:
      return random_.Of<std::string>({"2019", "2020", "2021", "2022"});
    case Kind::kTruth:
      return random_.Of<std::string>({"true", "false"});
    case Kind::kText:
      return random_.Of<std::string>({"\"alpha\"", "\"beta\""});
    case Kind::kRegion:
      return random_.Of<std::string>({"\"北京市\"", "\"市辖区\"", "\"海淀区\"", "\"江苏省\""});
    case Kind::kColour:
      return random_.Of<std::string>({"red", "green", "blue"});
    case Kind::kGrade:
      break;
  }
  return random_.Of<std::string>({"low", "middle", "high"});
}

std::string PolicyWriter::Relation() {
  return random_.Of<std::string>({" < ", " <= ", " > ", " >= ", " = ", " != "});
}

std::string PolicyWriter::Fact(Kind kind, bool optional) {
  std::vector<Field> found;
  for (const Field& field : record_) {
    if (field.kind == kind && !field.series) found.push_back(field);
  }
  if (inside_) {
    // Twice, so that what an element says is asked more often than what is around it.
    for (const Field& field : element_) {
      if (field.kind == kind) found.insert(found.end(), 2, field);
    }
  }
  for (const auto& [name, named] : names_) {
    if (named == kind) found.push_back({name, kind, false, false});
  }
  const Field& field = random_.Of(found);
  if (!field.optional || (optional && random_.Chance(70))) return field.name;
  return "(" + field.name + " default " + Literal(kind) + ")";
}

std::string PolicyWriter::Series(Kind kind) {
  std::vector<Field> found;
  for (const Field& field : record_) {
    if (field.kind == kind && field.series) found.push_back(field);
  }
  const Field& field = random_.Of(found);
  if (!field.optional) return field.name;
  return "(" + field.name + " default " + Literal(kind) + ")";
}

// ---- Years and windows
// --------------------------------------------------------------------------------------------

std::string PolicyWriter::Year() {
  switch (random_.Below(4)) {
    case 0:
      return Literal(Kind::kYear);
    case 1:
      return "f_year0";
    case 2:
      return "(f_year0 - 1)";
    default:
      return "(year of " + random_.Of<std::string>({"f_date0", "as_of"}) + ")";
  }
}

std::string PolicyWriter::YearWindow() {
  const std::string count = random_.Of<std::string>({"2", "3", "4"});
  switch (random_.Below(4)) {
    case 0:
      return "(2019..2021)";
    case 1:
      return "(last " + count + " years until " + Year() + ")";
    case 2:
      return "(last " + count + " years before " + Year() + ", since (year of f_date0))";
    default:
      return "(last " + count + " years before " + Year() + ")";
  }
}

std::string PolicyWriter::DateWindow() {
  const std::string span = random_.Of<std::string>({"1 years", "3 years", "6 months", "100 days"});
  const std::string edge = random_.Of<std::string>({" before ", " until "});
  std::string window = "(last " + span + edge + random_.Of<std::string>({"f_date0", "as_of", "2022-01-01"});
  if (random_.Chance(30)) window += ", since 2020-06-01";
  return window + ")";
}

// ---- Numbers and dates
// ----------------------------------------------------------------------------------------------

std::string PolicyWriter::SeriesMoney() {
  switch (random_.Below(4)) {
    case 0:
      return "(" + Series(Kind::kMoney) + " + " + Series(Kind::kMoney) + ")";
    case 1:
      return "(" + Series(Kind::kMoney) + " * " + Series(Kind::kPercent) + ")";
    default:
      return Series(Kind::kMoney);
  }
}

std::string PolicyWriter::Money(std::size_t depth, bool optional) {
  if (depth == 0) return random_.Chance(75) ? Fact(Kind::kMoney, optional) : Literal(Kind::kMoney);
  const std::size_t next = depth - 1;
  switch (random_.Below(inside_ ? 6 : 14)) {
    case 12:
      return Brackets(next);
    case 13:
      return "(" + Literal(Kind::kPercent) + " of " + Money(next, optional) + ")";
    case 0:
      return "(" + Money(next, optional) + random_.Of<std::string>({" + ", " - "}) + Money(next, optional) +
             ")";
    case 1:
      return "(" + Money(next, optional) + " * " + Share(next, optional) + ")";
    case 2:
      return "(if " + Truth(next) + " then " + Money(next, false) + " else " + Money(next, false) + ")";
    case 3:
      return "(" + random_.Of<std::string>({"greatest", "least"}) + " of (" + Money(next, false) + ", " +
             Money(next, false) + "))";
    case 4:
      return "(round " + random_.Of<std::string>({"", "up ", "down "}) + "(" + Money(next, false) + ") to " +
             random_.Of<std::string>({"1元", "0.3元", "100元"}) + ")";
    case 5:
      return "(-" + Fact(Kind::kMoney, optional) + ")";
    case 6:
    case 7:
      return "(" + random_.Of<std::string>({"sum", "average", "minimum", "maximum"}) + " of " +
             SeriesMoney() + " over " + random_.Of<std::string>({"w", YearWindow()}) + ")";
    case 8:
      return "(" + random_.Of<std::string>({"sum", "minimum", "maximum", "average"}) + " of " +
             Selected(next, "accidents.e_money0") + ")";
    case 9:
      return "(value of " + Series(Kind::kMoney) + " in " + Year() + ")";
    case 10:
      return random_.Chance(50) ? "(latest of accidents).e_money0" : "recent(w)";
    default:
      return BandTable(next, false);
  }
}

std::string PolicyWriter::Share(std::size_t depth, bool optional) {
  if (depth == 0)
    return random_.Chance(70) ? Fact(random_.Of({Kind::kPercent, Kind::kNumber}), optional)
                              : Literal(Kind::kPercent);
  const std::size_t next = depth - 1;
  switch (random_.Below(inside_ ? 3 : 6)) {
    case 0:
      return "(" + Money(next, optional) + " / " + Money(next, optional) + ")";
    case 1:
      return "(" + Share(0, optional) + random_.Of<std::string>({" + ", " - "}) + Literal(Kind::kPercent) +
             ")";
    case 2:
      return "(" + Share(0, optional) + " * " + Share(0, optional) + ")";
    case 3:
      return "(growth of " + Series(Kind::kMoney) + " in " + Year() + ")";
    case 4:
      return "(average of " + Series(Kind::kPercent) + " over " + YearWindow() + ")";
    default:
      return "ratio(" + Money(next, false) + ", " + Money(next, false) + ")";
  }
}

std::string PolicyWriter::Count(std::size_t depth, bool optional) {
  if (depth == 0) return random_.Chance(75) ? Fact(Kind::kCount, optional) : Literal(Kind::kCount);
  const std::size_t next = depth - 1;
  switch (random_.Below(inside_ ? 4 : 8)) {
    case 0:
      return "(" + Fact(Kind::kCount, optional) + " + " + Fact(Kind::kCount, optional) + ")";
    case 1:
      return "(" + random_.Of<std::string>({"days", "months", "years", "working days"}) + " from " +
             Fact(Kind::kDate, false) + " to " + Date(next, false) + ")";
    case 2:
      return "(" + Fact(Kind::kDate, optional) + " - " + Fact(Kind::kDate, optional) + ")";
    case 3:
      return "(" + random_.Of<std::string>({"month", "day"}) + " of " + Fact(Kind::kDate, false) + ")";
    case 4:
    case 5:
      return "(count of " + Selected(next, "accidents") + ")";
    case 6:
      return "(count of " + SeriesCondition() + " over " + YearWindow() + ")";
    default:
      return "(length of " + random_.Of<std::string>({"w", YearWindow()}) + ")";
  }
}

std::string PolicyWriter::Date(std::size_t depth, bool optional) {
  if (depth == 0)
    return random_.Chance(80)   ? Fact(Kind::kDate, optional)
           : random_.Chance(50) ? "as_of"
                                : Literal(Kind::kDate);
  const std::size_t next = depth - 1;
  const std::string unit = random_.Of<std::string>({"days", "months", "years", "working days"});
  const std::string amount = random_.Chance(80) ? random_.Of<std::string>({"1", "3", "12", "45"})
                                                : "(" + Fact(Kind::kCount, false) + ")";
  switch (random_.Below(inside_ ? 3 : 5)) {
    case 0:
      return "(" + Date(next, optional) + random_.Of<std::string>({" + ", " - "}) + amount + " " + unit + ")";
    case 1:
      return "(" + amount + " " + unit + " after " + Date(next, false) + ")";
    case 2:
      return "(if " + Truth(next) + " then " + Date(next, false) + " else " + Date(next, false) + ")";
    case 3:
      return "(" + random_.Of<std::string>({"maximum", "minimum"}) + " of accidents.e_date0)";
    default:
      return "(" + random_.Of<std::string>({"latest", "earliest"}) + " of " + Selected(next, "accidents") +
             ").e_date0";
  }
}

// ---- Conditions
// -----------------------------------------------------------------------------------------------------

std::string PolicyWriter::Truth(std::size_t depth) {
  if (depth == 0) return random_.Chance(60) ? Fact(Kind::kTruth, true) : Comparison(0);
  const std::size_t next = depth - 1;
  switch (random_.Below(inside_ ? 6 : 11)) {
    case 0:
      return "(" + Truth(next) + random_.Of<std::string>({" and ", " or "}) + Truth(next) + ")";
    case 1:
      return "(not " + Truth(next) + ")";
    case 2:
    case 3:
      return Comparison(next);
    case 4:
      return Membership(next);
    case 5:
      return random_.Chance(50)
                 ? BandTable(next, true)
                 : "(if " + Truth(next) + " then " + Truth(next) + " else " + Truth(next) + ")";
    case 6:
    case 7:
      return OverList(next);
    case 8:
      return OverYears(next);
    case 9:
      return Several(next);
    default:
      return cited_.empty() ? Comparison(next) : Citation();
  }
}

std::string PolicyWriter::Comparison(std::size_t depth) {
  switch (random_.Below(8)) {
    case 0:
    case 1:
      return "(" + Money(depth, true) + Relation() + Money(depth, true) + ")";
    case 2:
      return "(" + Share(depth, true) + Relation() + Share(depth, true) + ")";
    case 3:
      return "(" + Count(depth, true) + Relation() + Count(depth, true) + ")";
    case 4:
      return "(" + Date(depth, true) + Relation() + Date(depth, true) + ")";
    case 5:
      return "(" + Fact(Kind::kGrade, true) + Relation() + Literal(Kind::kGrade) + ")";
    case 6:
      return "(" + Literal(Kind::kMoney) + " <= " + Money(depth, true) + " < " + Literal(Kind::kMoney) + ")";
    default:
      return "(" + Fact(Kind::kText, true) + random_.Of<std::string>({" = ", " != "}) +
             random_.Of<std::string>({Literal(Kind::kText), Fact(Kind::kText, true)}) + ")";
  }
}

std::string PolicyWriter::Membership(std::size_t depth) {
  const std::string negated = random_.Chance(30) ? " not" : "";
  switch (random_.Below(5)) {
    case 0:
      return "(" + Fact(Kind::kColour, true) + negated + " in {red, blue})";
    case 1:
      return "(" + Fact(Kind::kRegion, true) + negated + " within " + Literal(Kind::kRegion) + ")";
    case 2:
      return "(" + Money(depth, true) + negated + " in " +
             random_.Of<std::string>({"[1元, 100.5元)", "(.., 10元]", "(0元, ..)"}) + ")";
    case 3: {
      std::vector<std::string> optional;
      for (const Field& field : record_) {
        if (field.optional && !field.series) optional.push_back(field.name);
      }
      if (optional.empty()) return Comparison(depth);
      return "(" + random_.Of(optional) + " is " + random_.Of<std::string>({"given", "absent", "not given"}) +
             ")";
    }
    default:
      return "(" + Fact(Kind::kDate, true) + negated + " in " + DateWindow() + ")";
  }
}

std::string PolicyWriter::Where(std::size_t depth) {
  inside_ = true;
  std::string condition = " where " + Truth(depth > 2 ? 2 : depth);
  inside_ = false;
  return condition;
}

std::string PolicyWriter::Selected(std::size_t depth, const std::string& operand) {
  std::string text = operand;
  if (random_.Chance(40)) text += " in " + (random_.Chance(70) ? DateWindow() : YearWindow());
  if (random_.Chance(60)) text += Where(depth);
  return text;
}

std::string PolicyWriter::OverList(std::size_t depth) {
  const std::string list = random_.Of<std::string>({"accidents", "incidents"});
  const std::string window = random_.Chance(40) ? " in " + DateWindow() : "";
  const std::string quantifier =
      random_.Of<std::string>({"any", "none", "every", "at least 1", "at least 2", "at most 1", "exactly 1"});
  return "(" + quantifier + " of " + list + window + Where(depth) + ")";
}

std::string PolicyWriter::SeriesCondition() {
  switch (random_.Below(4)) {
    case 0:
      return "(" + Series(Kind::kCount) + Relation() + Literal(Kind::kCount) + ")";
    case 1:
      return "(" + Series(Kind::kMoney) + " / " + Series(Kind::kMoney) + Relation() +
             Literal(Kind::kPercent) + ")";
    case 2:
      return "(" + Series(Kind::kMoney) + Relation() + Money(0, true) + ")";
    default:
      return Series(Kind::kTruth);
  }
}

std::string PolicyWriter::OverYears(std::size_t depth) {
  const std::string window = depth > 0 && random_.Chance(30) ? "w" : YearWindow();
  switch (random_.Below(5)) {
    case 0:
      return "(" + SeriesMoney() + random_.Of<std::string>({" rising", " falling"}) + " over " + window + ")";
    case 1:
      return "(" + SeriesCondition() + " for 2 years running over " + window + ")";
    default: {
      const std::string quantifier =
          random_.Of<std::string>({"any", "none", "every", "at least 2",
                                   "at least (" + Fact(Kind::kCount, false) + ")", "at most 1", "exactly 2"});
      return "(" + quantifier + " of " + SeriesCondition() + " over " + window + ")";
    }
  }
}

std::string PolicyWriter::BandTable(std::size_t depth, bool truth) {
  const auto body = [&] { return truth ? Truth(depth) : Money(depth, false); };
  if (random_.Chance(50)) {
    return "(by " + Money(depth, false) + " { (.., 10元) : " + body() + ", [10元, 1万元) : " + body() +
           ", [1万元, ..) : " + body() + " })";
  }
  return "(by " + Fact(Kind::kColour, false) + " { red : " + body() + ", green, blue : " + body() + " })";
}

std::string PolicyWriter::Brackets(std::size_t depth) {
  const auto rate = [&] { return random_.Chance(50) ? Literal(Kind::kPercent) : Share(0, false); };
  const std::string first = random_.Of<std::string>({"(.., 10元]", "[0元, 10元]", "(-5元, 10元]"});
  return "(brackets of " + Money(depth, false) + " { " + first + " : " + rate() +
         "; (10元, 1万元] : " + rate() + "; (1万元, ..) : " + rate() + " })";
}

std::string PolicyWriter::Several(std::size_t depth) {
  const std::string quantifier =
      random_.Of<std::string>({"any", "all", "none", "at least 2", "at most 1", "exactly 2",
                               "at least (" + Fact(Kind::kCount, false) + ")"});
  return "(" + quantifier + " of { " + Truth(depth) + "; " + Truth(depth) + "; " + Truth(depth) + " })";
}

std::string PolicyWriter::Citation() {
  if (!articles_.empty() && random_.Chance(30)) {
    const std::size_t index = random_.Below(articles_.size());
    const std::string quantifier =
        item_counts_[index] > 1 ? random_.Of<std::string>({"any", "all", "none", "at least 2"}) : "any";
    return "(" + quantifier + " of §" + articles_[index] + ")";
  }
  if (random_.Chance(30)) {
    return "(at least 1 of { §" + random_.Of(cited_) + "; §" + random_.Of(cited_) + " })";
  }
  return "§" + random_.Of(cited_);
}

}  // namespace agreement
