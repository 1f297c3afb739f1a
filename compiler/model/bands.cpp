#include "compiler/model/bands.h"

#include <algorithm>
#include <optional>

#include "compiler/model/constants.h"
#include "compiler/model/coverage.h"
#include "compiler/model/words.h"
#include "compiler/source/map_each.h"
#include "runtime/calendar/date.h"

namespace pol::model {
namespace {

using program::ValueKind;

Rational Point(const Constant& constant) {
  if (const auto* code = std::get_if<std::int32_t>(&constant)) return Rational(*code);
  return std::get<Rational>(constant);
}

class BandCheck {
 public:
  BandCheck(Context& context, const BandTable& table) : context_(context), table_(table) {}

  bool Run() {
    std::vector<ExpressionId> bounds;
    for (const BandPiece& piece : table_.pieces) {
      bounds.push_back(piece.low);
      bounds.push_back(piece.high);
    }
    const std::vector<std::int32_t> changes = ChangesOf(context_.model, bounds);
    if (changes.empty()) return RunAt(std::nullopt) == Outcome::kFine;
    std::vector<std::int32_t> days = {changes.front() - 1};
    days.insert(days.end(), changes.begin(), changes.end());
    bool known = false;
    for (const std::int32_t day : days) {
      const Outcome outcome = RunAt(day);
      if (outcome == Outcome::kFound) return false;
      known = known || outcome == Outcome::kFine;
    }
    if (!known) context_.Error(Kind::kNotConstant, table_.range, {context_.WordsOf(table_.range)});
    return known;
  }

 private:
  enum class Outcome { kFine, kFound, kUnknown };

  Outcome RunAt(std::optional<std::int32_t> day) {
    Folder folder(context_.model, day);
    std::vector<Span> spans;
    for (std::size_t at = 0; at < table_.pieces.size(); ++at) {
      const BandPiece& piece = table_.pieces[at];
      Span span{.low_closed = piece.low_closed, .high_closed = piece.high_closed, .piece = at};
      for (const auto& [bound, place] :
           {std::pair(piece.low, &span.low), std::pair(piece.high, &span.high)}) {
        if (!bound.valid()) continue;
        const std::optional<Constant> constant = folder.Fold(bound);
        if (!constant && day) return Outcome::kUnknown;
        if (!constant) {
          const Range range = context_.model.InfoOf(bound).range;
          context_.Error(Kind::kNotConstant, range, {context_.WordsOf(range)});
          return Outcome::kFound;
        }
        *place = Point(*constant);
      }
      spans.push_back(std::move(span));
    }
    day_ = day;
    const ValueKind kind = table_.subject.type.kind;
    if (kind == ValueKind::kEnumeration) return CheckMembers(spans) ? Outcome::kFine : Outcome::kFound;
    if (!IsNumber(table_.subject.type) && kind != ValueKind::kDate) {
      return CheckValues(spans) ? Outcome::kFine : Outcome::kFound;
    }
    return CheckNumbers(std::move(spans)) ? Outcome::kFine : Outcome::kFound;
  }

  // ---- Numbers and dates ----

  bool CheckNumbers(std::vector<Span> spans) {
    const ValueKind kind = table_.subject.type.kind;
    CoverageQuestion question;
    question.spans = std::move(spans);
    question.whole_numbers = !table_.measured && (kind == ValueKind::kCount || kind == ValueKind::kYear ||
                                                  kind == ValueKind::kDate);
    question.has_rest = table_.has_rest;
    question.limits = LimitsOfSubject();
    const Unit* unit = nullptr;
    for (const BandPiece& piece : table_.pieces) {
      if (unit == nullptr) unit = FindUnit(piece.unit);
    }
    if (unit != nullptr) question.step = unit->multiplier;
    const std::vector<CoverageFinding> findings = CheckCoverage(question);
    for (const CoverageFinding& finding : findings) Report(finding);
    if (question.has_rest && findings.empty()) {
      question.has_rest = false;
      if (CheckCoverage(std::move(question)).empty()) WarnRestIdle();
    }
    return findings.empty();
  }

  // A fact's own declared range, and counting: what lies outside does not occur.
  Span LimitsOfSubject() const {
    Span limits = RangeOfSubject();
    // What lies below the first value that occurs is a part of it all the same.
    if (table_.measured) limits.low = Rational(0);
    if (table_.measured) limits.low_closed = false;
    return limits;
  }

  Span RangeOfSubject() const {
    Span limits;
    const Expression& subject = context_.model[table_.subject.id];
    if (const auto* fold = std::get_if<Fold>(&subject);
        fold != nullptr && fold->operation == FoldOperator::kCount) {
      limits.low = Rational(0);
      limits.low_closed = true;
    }
    const auto* fact = std::get_if<FactValue>(&subject);
    if (fact == nullptr) return limits;
    const program::ValueRange& range = context_.model.schema.facts[fact->fact.index].range;
    const auto number = [](const program::NumberText& text) {
      return Rational(boost::multiprecision::cpp_int(text.numerator),
                      boost::multiprecision::cpp_int(text.denominator));
    };
    if (range.has_low) {
      limits.low = number(range.low);
      limits.low_closed = range.low_closed;
    }
    if (range.has_high) {
      limits.high = number(range.high);
      limits.high_closed = range.high_closed;
    }
    return limits;
  }

  std::string WordsOfPoint(const Rational& value, const std::string& unit) const {
    if (table_.subject.type.kind == ValueKind::kDate) {
      const auto day = static_cast<std::int32_t>(numerator(value));
      return calendar::ToText(std::clamp(day, calendar::kFirstDay, calendar::kLastDay));
    }
    return ConstantWords(context_.model.schema, table_.subject.type, Constant(value), unit);
  }

  void Report(const CoverageFinding& finding) {
    const auto piece = [&](std::size_t at) -> const BandPiece& { return table_.pieces[at]; };
    std::string unit;
    for (const auto& near : {finding.first, finding.second}) {
      if (near && unit.empty()) unit = piece(*near).unit;
    }
    const std::string witness = WordsOfPoint(finding.witness, unit);
    switch (finding.kind) {
      case CoverageFinding::Kind::kEmpty:
        AddDay(context_.Error(Kind::kBandEmpty, piece(*finding.first).range,
                              {context_.WordsOf(piece(*finding.first).range)}));
        return;
      case CoverageFinding::Kind::kOverlap: {
        auto& error = context_.Error(Kind::kBandOverlap, piece(*finding.second).range, {witness});
        error.notes.push_back({piece(*finding.first).range, Kind::kBandTakesIt, {witness}});
        error.notes.push_back({piece(*finding.second).range, Kind::kBandTakesIt, {witness}});
        AddDay(error);
        return;
      }
      case CoverageFinding::Kind::kGap: {
        const Kind gap = table_.measured ? Kind::kBracketsGap : Kind::kBandGap;
        auto& error = context_.Error(gap, HeadOf(table_.range), {witness});
        if (finding.first)
          error.notes.push_back({piece(*finding.first).range, Kind::kBandEndsBelow, {witness}});
        if (finding.second)
          error.notes.push_back({piece(*finding.second).range, Kind::kBandBeginsAbove, {witness}});
        AddDay(error);
      }
    }
  }

  void WarnRestIdle() const { context_.report.Emit(Kind::kBandOtherwiseNeverUsed, table_.row_ranges.back()); }

  // ---- Members of scales and enumerations ----

  bool CheckMembers(const std::vector<Span>& spans) {
    const program::Enumeration& enumeration =
        context_.model.schema.enumerations[table_.subject.type.enumeration];
    std::vector<std::optional<std::size_t>> taken_by(enumeration.members.size());
    bool fine = true;
    for (const Span& span : spans) {
      fine = TakeMembers(span, enumeration, taken_by) && fine;
    }
    const bool all = std::ranges::all_of(taken_by, [](const auto& one) { return one.has_value(); });
    if (table_.has_rest && all && fine) WarnRestIdle();
    if (table_.has_rest) return fine;
    std::string missing;
    for (std::size_t member = 0; member < taken_by.size(); ++member) {
      if (taken_by[member]) continue;
      if (!missing.empty()) missing += diagnostics::Word("list_comma");
      missing += enumeration.members[member].name;
    }
    if (missing.empty()) return fine;
    AddDay(
        context_.Error(Kind::kBandMembersMissing, HeadOf(table_.range), {missing, enumeration.naming.name}));
    return false;
  }

  bool TakeMembers(const Span& span, const program::Enumeration& enumeration,
                   std::vector<std::optional<std::size_t>>& taken_by) {
    const BandPiece& piece = table_.pieces[span.piece];
    bool fine = true;
    bool empty = true;
    for (std::size_t member = 0; member < taken_by.size(); ++member) {
      const Rational code(member);
      const bool above = !span.low || code > *span.low || (code == *span.low && span.low_closed);
      const bool below = !span.high || code < *span.high || (code == *span.high && span.high_closed);
      if (!above || !below) continue;
      empty = false;
      if (taken_by[member]) {
        fine = false;
        const std::string& name = enumeration.members[member].name;
        auto& error = context_.Error(Kind::kBandOverlap, piece.range, {name});
        error.notes.push_back({table_.pieces[*taken_by[member]].range, Kind::kBandTakesIt, {name}});
        error.notes.push_back({piece.range, Kind::kBandTakesIt, {name}});
        AddDay(error);
        continue;
      }
      taken_by[member] = span.piece;
    }
    if (empty) {
      AddDay(context_.Error(Kind::kBandEmpty, piece.range, {context_.WordsOf(piece.range)}));
      return false;
    }
    return fine;
  }

  // ---- Texts and regions: only `otherwise` can take all the others ----

  bool CheckValues(const std::vector<Span>& spans) {
    bool fine = true;
    auto values = MapEach(spans, [](const Span& span) { return std::pair{*span.low, span.piece}; });
    std::ranges::sort(values);
    for (std::size_t at = 1; at < values.size(); ++at) {
      if (values[at].first != values[at - 1].first) continue;
      fine = false;
      const std::string words = context_.WordsOf(table_.pieces[values[at].second].range);
      context_.Error(Kind::kBandOverlap, table_.pieces[values[at].second].range, {words})
          .notes.push_back({table_.pieces[values[at - 1].second].range, Kind::kBandTakesIt, {words}});
    }
    if (!table_.has_rest) {
      context_.Error(Kind::kBandNeedsOtherwise, HeadOf(table_.range),
                     {WordsOf(context_.model.schema, table_.subject.type)});
    }
    return fine && table_.has_rest;
  }

  // The `by subject` of the table, not all its lines.
  Range HeadOf(Range range) const {
    return {range.file, range.begin, std::max(range.begin, table_.subject.range.end)};
  }

  void AddDay(diagnostics::Diagnostic& error) const {
    if (day_) error.notes.push_back({HeadOf(table_.range), Kind::kBandOnDay, {calendar::ToText(*day_)}});
  }

  Context& context_;
  const BandTable& table_;
  std::optional<std::int32_t> day_;
};

}  // namespace

bool CheckBands(Context& context, const BandTable& table) { return BandCheck(context, table).Run(); }

}  // namespace pol::model
