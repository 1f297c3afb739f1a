// Scores: what points are given for, and within which limits.
#include <utility>

#include "compiler/syntax/build.h"

namespace pol::syntax {

using diagnostics::Kind;

void Builder::Build(PolParser::ScoreContext* context) {
  Score score;
  score.naming = BuildNaming(context->naming());
  score.citation = ReadCitation(context->citation);
  for (antlr4::Token* comma : context->commas) {
    diagnostics_.Emit(Kind::kCommaBeforeItem, RangeOf(comma), {}).fix = diagnostics::Fix{RangeOf(comma), ";"};
  }
  source::Range before{};
  for (PolParser::ScoreMemberContext* member : context->members) {
    const bool beside = before.end != 0 && !AreParted(before, RangeOf(member));
    before = RangeOf(member);
    MarkStart(member, Mark::Kind::kMember);
    if (auto* item = dynamic_cast<PolParser::ItemMemberContext*>(member)) {
      // Else a limit that lacks its comma would be the total's.
      if (!score.limits.empty()) diagnostics_.Emit(Kind::kItemAfterTotal, score.limits.back().range, {});
      score.items.push_back(BuildScoreItem(item));
    } else if (auto* total = dynamic_cast<PolParser::TotalMemberContext*>(member)) {
      if (beside) diagnostics_.Emit(Kind::kLimitBesideItem, RangeOf(total->first), {});
      score.limits.push_back(BuildLimit(total->first));
      for (PolParser::LimitContext* limit : total->limits) score.limits.push_back(BuildLimit(limit));
    }
  }
  Add(std::move(score), context);
}

// By a new line or a semicolon. What could not be read has no place to go by.
bool Builder::AreParted(source::Range before, source::Range after) const {
  if (after.begin < before.end) return true;
  const std::string_view between = file_.text().substr(before.end, after.begin - before.end);
  return between.find_first_of("\n;") != std::string_view::npos ||
         between.find("；") != std::string_view::npos;
}

ScoreItem Builder::BuildScoreItem(PolParser::ItemMemberContext* context) {
  ScoreItem item;
  item.range = RangeOf(context);
  item.naming = BuildNaming(context->naming());
  item.citation = CitationIn(context->citation);
  item.points = Build(context->points);
  for (PolParser::LimitContext* limit : context->limits) item.limits.push_back(BuildLimit(limit));
  return item;
}

}  // namespace pol::syntax
