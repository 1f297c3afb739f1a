#include "runtime/explain/comparison.h"

#include <algorithm>
#include <optional>

#include "runtime/explain/phrases.h"
#include "runtime/explain/show_value.h"
#include "runtime/number/decimal.h"
#include "runtime/program/instruction_info.h"

namespace pol::explain {

using engine::Truth;
using program::ValueKind;
using Relation = program::Comparison;

namespace {

// A comparison seen from the side that the record brings: `subject` relation `threshold`.
struct Sides {
  const program::Term& subject;
  const program::Term& threshold;
  Relation relation = Relation::kNotCompared;
  program::ValueType type;  // both are shown as
};

Relation Mirrored(Relation relation) {
  switch (relation) {
    case Relation::kLess:
      return Relation::kGreater;
    case Relation::kLessEqual:
      return Relation::kGreaterEqual;
    case Relation::kGreater:
      return Relation::kLess;
    case Relation::kGreaterEqual:
      return Relation::kLessEqual;
    default:
      return relation;
  }
}

// What holds exactly where the relation does not: what is needed where the relation is not wanted.
Relation Complement(Relation relation) {
  switch (relation) {
    case Relation::kLess:
      return Relation::kGreaterEqual;
    case Relation::kLessEqual:
      return Relation::kGreater;
    case Relation::kGreater:
      return Relation::kLessEqual;
    case Relation::kGreaterEqual:
      return Relation::kLess;
    case Relation::kEqual:
      return Relation::kNotEqual;
    default:
      return Relation::kEqual;
  }
}

// A quotient of moneys is a plain number; beside a percentage it reads as one.
program::ValueType SharedType(const program::Term& left, const program::Term& right) {
  return left.type.kind == ValueKind::kNumber && right.type.kind == ValueKind::kPercent ? right.type
                                                                                        : left.type;
}

Sides SidesOf(const Reading& reading, const program::Explanation& node) {
  const program::Term& left = reading.program.terms[node.terms[0]];
  const program::Term& right = reading.program.terms[node.terms[1]];
  const program::ValueType type = SharedType(left, right);
  if (left.constant && !right.constant) return {right, left, Mirrored(node.comparison), type};
  return {left, right, node.comparison, type};
}

bool IsNumber(const program::Term& term) {
  return program::RegisterKindOf(term.type.kind) == program::RegisterKind::kNumber;
}

std::optional<Rational> NumberOf(const Reading& reading, const program::Term& term, std::uint32_t lane) {
  if (term.value == program::kNone || !IsNumber(term)) return std::nullopt;
  return reading.registers.NumberAt(term.value, reading.LaneFor(term.value, lane));
}

std::optional<std::int32_t> DateOf(const Reading& reading, const program::Term& term, std::uint32_t lane) {
  if (term.value == program::kNone || term.type.kind != ValueKind::kDate) return std::nullopt;
  return reading.registers.CodeAt(term.value, reading.LaneFor(term.value, lane));
}

Phrase RelationPhrase(Relation relation, bool date) {
  switch (relation) {
    case Relation::kLess:
      return date ? Phrase::kBefore : Phrase::kLess;
    case Relation::kLessEqual:
      return date ? Phrase::kNotAfter : Phrase::kLessEqual;
    case Relation::kGreater:
      return date ? Phrase::kAfter : Phrase::kGreater;
    case Relation::kGreaterEqual:
      return date ? Phrase::kNotBefore : Phrase::kGreaterEqual;
    case Relation::kNotEqual:
      return Phrase::kNotEqual;
    default:
      return Phrase::kEqual;
  }
}

bool IsKnown(const Reading& reading, const program::Term& term, std::uint32_t lane) {
  return term.value != program::kNone &&
         reading.registers.KnownAt(term.value, reading.LaneFor(term.value, lane));
}

// The optional facts whose absence, rather than ignorance, leaves a value out: all that is wrong with it, or
// enough to settle the comparison whatever the rest would be.
std::vector<Cause> AbsentOf(const Reading& reading, const program::Term& term, std::uint32_t lane,
                            bool settled) {
  if (term.value == program::kNone) return {};
  std::vector<Cause> causes = FindCauses(reading, term.value, reading.LaneFor(term.value, lane));
  const std::size_t all = causes.size();
  std::erase_if(causes, [](const Cause& cause) { return cause.kind != CauseKind::kAbsent; });
  if (!settled && causes.size() != all) causes.clear();
  return causes;
}

std::string ShowThreshold(const Reading& reading, const Sides& sides, std::uint32_t lane, bool settled) {
  const program::Term& term = sides.threshold;
  // As the policy writes it, "2000万元"; a member's name is better shown by its label.
  const bool written = term.constant && !term.words.empty() && term.words[0] >= '0' && term.words[0] <= '9';
  if (written) return term.words;
  const std::string name = ShowTermName(reading, term, lane);
  if (!term.constant && !IsKnown(reading, term, lane)) {
    const Phrase lack =
        AbsentOf(reading, term, lane, settled).empty() ? Phrase::kNotKnown : Phrase::kNotGiven;
    return Say(Phrase::kValueWith, reading.language, {name, Say(lack, reading.language)});
  }
  const std::string value = ShowTermValue(reading, term, sides.type, lane);
  return term.constant ? value : Say(Phrase::kValueWith, reading.language, {value, name});
}

// "132,000,000.00 of 1,000,000,000.00 元": the unit once where both have it.
std::string ShowQuotient(const Reading& reading, const program::Term& term, const std::string& value,
                         std::uint32_t lane) {
  const program::Term& above = reading.program.terms[term.parts[0]];
  const program::Term& below = reading.program.terms[term.parts[1]];
  const auto numerator = NumberOf(reading, above, lane);
  const auto denominator = NumberOf(reading, below, lane);
  if (!numerator || !denominator) return value;
  const bool one_unit = above.type == below.type && above.type.kind == ValueKind::kMoney;
  const number::Shown bare = number::ToPlaces(*numerator, 2, true);
  const std::string first =
      one_unit && bare.exact ? bare.text : ShowNumber(above.type, *numerator, reading.language);
  return Say(one_unit ? Phrase::kShareOf : Phrase::kQuotientOf, reading.language,
             {value, first, ShowNumber(below.type, *denominator, reading.language)});
}

// A quotient that is not known although both its parts are has nothing to divide by: its parts say so.
std::string ShowUnknown(const Reading& reading, const program::Term& term, const std::string& name,
                        std::uint32_t lane) {
  const std::string line = Say(Phrase::kIsNotKnown, reading.language, {name});
  return term.quotient ? ShowQuotient(reading, term, line, lane) : line;
}

std::string ShowSubject(const Reading& reading, const Sides& sides, std::uint32_t lane, bool settled) {
  const std::string name = ShowTermName(reading, sides.subject, lane);
  if (!IsKnown(reading, sides.subject, lane)) {
    const std::vector<Cause> absent = AbsentOf(reading, sides.subject, lane, settled);
    if (absent.empty()) return ShowUnknown(reading, sides.subject, name, lane);
    std::vector<std::string> lacks;
    lacks.reserve(absent.size());
    for (const Cause& cause : absent) lacks.push_back(Show(reading, cause));
    // An optional fact itself, or what is made of one.
    std::string itself = Say(Phrase::kIsAbsent, reading.language, {name});
    if (lacks == std::vector{itself}) return itself;
    return Say(Phrase::kIsLacking, reading.language, {name, SayList(lacks, reading.language)});
  }
  const std::string value = ShowTermValue(reading, sides.subject, sides.type, lane);
  return sides.subject.constant ? value : Say(Phrase::kIs, reading.language, {name, value});
}

// How far the subject is above the threshold, in what unit, and of what.
struct Margin {
  Rational amount;
  program::ValueType type;
  const program::Term* of = nullptr;  // a quotient's numerator
  bool days = false;
};

std::optional<Margin> NumberMargin(const Reading& reading, const Sides& sides, std::uint32_t lane) {
  const auto value = NumberOf(reading, sides.subject, lane);
  const auto threshold = NumberOf(reading, sides.threshold, lane);
  if (!value || !threshold) return std::nullopt;
  if (sides.subject.quotient) {
    const program::Term& numerator = reading.program.terms[sides.subject.parts[0]];
    const auto above = NumberOf(reading, numerator, lane);
    const auto below = NumberOf(reading, reading.program.terms[sides.subject.parts[1]], lane);
    if (above && below && *below > 0) return Margin{*above - *threshold * *below, numerator.type, &numerator};
  }
  return Margin{*value - *threshold, sides.type};
}

std::optional<Margin> MarginOf(const Reading& reading, const Sides& sides, std::uint32_t lane) {
  if (sides.relation == Relation::kEqual || sides.relation == Relation::kNotEqual) return std::nullopt;
  if (IsNumber(sides.subject)) return NumberMargin(reading, sides, lane);
  const auto value = DateOf(reading, sides.subject, lane);
  const auto threshold = DateOf(reading, sides.threshold, lane);
  if (!value || !threshold) return std::nullopt;
  return Margin{
      Rational(std::int64_t{*value} - *threshold), {ValueKind::kCount, {}, program::kNone}, nullptr, true};
}

std::string ShowAmount(const Reading& reading, const Margin& margin) {
  const Language language = reading.language;
  const Rational amount = margin.amount < 0 ? Rational(-margin.amount) : margin.amount;
  if (margin.days) return Say(Phrase::kDays, language, {ShowNumber(margin.type, amount, language)});
  if (margin.type.kind != ValueKind::kPercent) return ShowNumber(margin.type, amount, language);
  const program::ValueType plain{ValueKind::kNumber, {}, program::kNone};
  return Say(Phrase::kPoints, language, {ShowNumber(plain, amount * 100, language)});
}

// Called by the policy's own words, "sum of rd over window", and not by a name or a label.
bool IsWritten(const Reading& reading, const program::Term& term) {
  const std::string& name = NameIn(term.words, term.label, reading.language);
  return &name != &term.label && name.find_first_of(" ()+-*/") != std::string::npos;
}

std::string ShowMargin(const Reading& reading, const Margin& margin, std::uint32_t lane, bool holds,
                       bool asked) {
  if (margin.amount == 0) return Say(Phrase::kExactly, reading.language);
  const bool above = margin.amount > 0;
  std::string amount = ShowAmount(reading, margin);
  // Where the places that people read show nothing of it.
  if (amount.find_first_of("123456789") == std::string::npos) {
    return Say(above ? Phrase::kJustAbove : Phrase::kJustBelow, reading.language);
  }
  if (margin.of != nullptr) {
    const std::string of = ShowTermName(reading, *margin.of, lane);
    const bool words = IsWritten(reading, *margin.of);
    amount = Say(words ? Phrase::kOfWords : Phrase::kOfWhat, reading.language, {amount, of});
  }
  Phrase phrase = above ? Phrase::kAboveBy : Phrase::kBelowBy;
  if (!asked && holds) phrase = Phrase::kPassesBy;
  if (!asked && !holds) phrase = above ? Phrase::kOverBy : Phrase::kShortBy;
  if (margin.days && asked) phrase = above ? Phrase::kAfterBy : Phrase::kBeforeBy;
  if (margin.days && !asked && !holds) phrase = above ? Phrase::kLateBy : Phrase::kEarlyBy;
  return Say(phrase, reading.language, {amount});
}

std::string ShowParts(const Reading& reading, const program::Term& term, std::uint32_t lane) {
  std::vector<std::string> parts;
  for (const std::uint32_t index : term.parts) {
    const program::Term& part = reading.program.terms[index];
    const std::string value = ShowRegister(reading.program, reading.batch, reading.registers, part.type,
                                           part.value, reading.LaneFor(part.value, lane), reading.language);
    const Phrase phrase = IsWritten(reading, part) ? Phrase::kPartEquals : Phrase::kPartIs;
    parts.push_back(Say(phrase, reading.language, {ShowTermName(reading, part, lane), value}));
  }
  return SayList(parts, reading.language);
}

// The year of a series' value in one year.
const program::Term* YearPart(const Reading& reading, const program::Term& term) {
  if (term.quotient || term.parts.size() != 1) return nullptr;
  const program::Term& part = reading.program.terms[term.parts[0]];
  // Only a year is ever a part although the policy writes it.
  if (part.constant) return &part;
  return part.type.kind == ValueKind::kYear && part.value != program::kNone ? &part : nullptr;
}

}  // namespace

std::string ShowTermName(const Reading& reading, const program::Term& term, std::uint32_t lane) {
  const std::string& name = NameIn(term.words, term.label, reading.language);
  const bool before = term.value != program::kNone &&
                      reading.program.instructions[term.value].opcode == program::Opcode::kPreviousNumber;
  if (before) return name + " " + std::to_string(reading.YearOf(lane) - 1);
  const program::Term* year = YearPart(reading, term);
  if (year == nullptr) return name;
  if (year->constant) return name + " " + year->words;
  if (reading.DomainOf(year->value) != 0) return name;
  return name + " " + ShowTermValue(reading, *year, year->type, reading.row);
}

std::string ShowTermValue(const Reading& reading, const program::Term& term, const program::ValueType& type,
                          std::uint32_t lane) {
  if (term.value == program::kNone) return term.words;
  // Shown as `type` only when that is another way to read the same kind of value.
  const bool same_kind = program::RegisterKindOf(type.kind) == program::RegisterKindOf(term.type.kind);
  std::string value =
      ShowRegister(reading.program, reading.batch, reading.registers, same_kind ? type : term.type,
                   term.value, reading.LaneFor(term.value, lane), reading.language);
  if (term.parts.empty() || !IsKnown(reading, term, lane) || YearPart(reading, term) != nullptr) return value;
  if (term.quotient) return ShowQuotient(reading, term, value, lane);
  return Say(Phrase::kValueWith, reading.language, {value, ShowParts(reading, term, lane)});
}

void DescribeComparison(const Reading& reading, const program::Explanation& node, std::uint32_t lane,
                        Finding& finding) {
  Sides sides = SidesOf(reading, node);
  const bool asked = finding.sense == Sense::kAsked;
  const bool unwanted = finding.sense == Sense::kUnwanted;
  if (unwanted) sides.relation = Complement(sides.relation);
  const bool date = sides.subject.type.kind == ValueKind::kDate;
  const bool settled = finding.result != Truth::kUnknown;
  const std::string demand = Say(RelationPhrase(sides.relation, date), reading.language,
                                 {ShowThreshold(reading, sides, lane, settled)});
  finding.line = Say(asked ? Phrase::kAsks : Phrase::kDemands, reading.language,
                     {ShowSubject(reading, sides, lane, settled), demand});
  const auto exact = [&](const program::Term& term) {
    if (term.value == program::kNone) return term.words;
    return ExactRegister(reading.program, reading.batch, reading.registers, term.type, term.value,
                         reading.LaneFor(term.value, lane));
  };
  finding.value = exact(sides.subject);
  finding.threshold = exact(sides.threshold);
  const auto margin = MarginOf(reading, sides, lane);
  if (!margin || !settled) return;
  finding.margin = number::ToText(margin->amount);
  if (margin->of != nullptr) finding.margin_of = ShowTermName(reading, *margin->of, lane);
  const std::string wording =
      ShowMargin(reading, *margin, lane, (finding.result == Truth::kTrue) != unwanted, asked);
  finding.line = Say(Phrase::kWithMargin, reading.language, {finding.line, wording});
}

}  // namespace pol::explain
