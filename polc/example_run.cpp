#include "polc/example_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>

#include "compiler/model/example_batch.h"
#include "compiler/source/map_each.h"
#include "runtime/engine/decide.h"
#include "runtime/explain/outcome.h"
#include "runtime/explain/show_value.h"
#include "runtime/output/outcome_writer.h"

namespace polc {
namespace {

using pol::engine::Truth;
using pol::explain::Finding;
using pol::output::BecauseOf;
using pol::output::Wording;
using pol::program::kNone;
using Words = std::vector<std::string>;

std::string Join(const Words& words, const Common& common) {
  return fmt::format("{}", fmt::join(words, common.chinese ? "、" : ", "));
}

std::string_view NameOf(Truth truth) {
  switch (truth) {
    case Truth::kTrue:
      return "true";
    case Truth::kFalse:
      return "false";
    case Truth::kUnknown:
      break;
  }
  return "unknown";
}

// The first of what is not as the policy wants it, as deep as it goes: the condition behind a refusal.
const Finding* DeepestShort(const std::vector<Finding>& findings) {
  for (const Finding& finding : findings) {
    const bool wanted = finding.sense != pol::explain::Sense::kUnwanted;
    const bool as_wanted = finding.result == (wanted ? Truth::kTrue : Truth::kFalse);
    if (!finding.judged || as_wanted || finding.sense == pol::explain::Sense::kAsked) continue;
    const Finding* deeper = DeepestShort(finding.children);
    return deeper != nullptr ? deeper : &finding;
  }
  return nullptr;
}

// Where a replacement decided ("6→5(3)"), the clause that it replaces is what the example names.
std::string Replaced(const std::string& id) {
  constexpr std::string_view kArrow = "→";
  const std::size_t arrow = id.find(kArrow);
  return arrow == std::string::npos ? id : id.substr(arrow + kArrow.size());
}

Words Distinct(Words words) {
  std::ranges::sort(words);
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

// "revenue.2022" answers to itself, and to "revenue" of any year.
bool Covers(const pol::model::ExpectedNeed& expected, const std::string& found) {
  if (expected.words == found) return true;
  return expected.any_year && found.starts_with(expected.words + ".");
}

bool Same(const std::vector<pol::model::ExpectedNeed>& expected, const Words& found) {
  const bool all_found = std::ranges::all_of(expected, [&](const auto& need) {
    return std::ranges::any_of(found, [&](const std::string& one) { return Covers(need, one); });
  });
  return all_found && std::ranges::all_of(found, [&](const std::string& one) {
           return std::ranges::any_of(expected, [&](const auto& need) { return Covers(need, one); });
         });
}

class Checker {
 public:
  Checker(const pol::Compilation& compilation, const pol::model::Example& example, const RanExample& ran,
          const Common& common)
      : compilation_(compilation),
        program_(*compilation.program),
        example_(example),
        ran_(ran),
        common_(common) {}

  CheckedExpectation Check(const pol::model::Expectation& expectation) {
    CheckedExpectation checked;
    const pol::source::File& file = compilation_.files[expectation.range.file];
    checked.place = {file.name(), file.PositionOf(expectation.range.begin).line};
    checked.example = example_.title;
    if (expectation.clause.valid()) {
      CheckClause(expectation, checked);
    } else if (expectation.grant.valid()) {
      CheckGrant(expectation, checked);
    } else if (expectation.score.valid()) {
      CheckScore(expectation, checked);
    } else if (expectation.lifecycle.valid()) {
      CheckLifecycle(expectation, checked);
    } else {
      CheckDecision(expectation, checked);
    }
    return checked;
  }

 private:
  pol::explain::Language language() const {
    return common_.chinese ? pol::explain::Language::kChinese : pol::explain::Language::kEnglish;
  }
  pol::engine::Relevance RelevanceOf(std::uint32_t value) const {
    return pol::engine::Sweep(program_, ran_.batch, ran_.registers,
                              std::span<const std::uint32_t>(&value, 1));
  }
  std::string Because(const Words& ids) const {
    const Words cited = pol::MapEach(ids, [](const std::string& id) { return "§" + id; });
    return cited.empty() ? std::string() : Text(Message::kBecauseOf, common_, {Join(cited, common_)});
  }
  std::string Needs(const Words& needs) const {
    return needs.empty() ? std::string() : Text(Message::kNeedsFacts, common_, {Join(needs, common_)});
  }

  void CheckClause(const pol::model::Expectation& expectation, CheckedExpectation& checked) {
    const pol::program::Clause& clause = program_.clauses[expectation.clause.index];
    const Truth found = pol::engine::SaysAt(clause, ran_.registers, 0);
    const Truth expected = !expectation.truth   ? Truth::kUnknown
                           : *expectation.truth ? Truth::kTrue
                                                : Truth::kFalse;
    checked.subject = "§" + clause.id;
    checked.expected = NameOf(expected);
    checked.found = NameOf(found);
    checked.passed = found == expected;
    if (checked.passed) return;
    const bool in_principle = pol::engine::HoldsInPrinciple(clause);
    const pol::engine::Relevance relevance = RelevanceOf(in_principle ? clause.principle : clause.value);
    Words because = BecauseOf(program_, relevance, 0);
    std::erase(because, clause.id);
    checked.why =
        found == Truth::kUnknown ? Needs(NeedsOf(program_, relevance, 0, Wording::kNames)) : Because(because);
  }

  // What is asked beside the value, and what was found of it.
  void CheckReasons(const pol::model::Expectation& expectation, const pol::engine::Relevance& relevance,
                    CheckedExpectation& checked) const {
    const Words because = BecauseOf(program_, relevance, 0);
    const Words needs = NeedsOf(program_, relevance, 0, Wording::kNames);
    if (!expectation.because.empty()) {
      const Words wanted = pol::MapEach(
          expectation.because, [&](pol::model::ClauseId id) { return program_.clauses[id.index].id; });
      checked.expected += Because(wanted);
      checked.found += Because(because);
      checked.passed = checked.passed && Distinct(wanted) == Distinct(pol::MapEach(because, Replaced));
    }
    if (!expectation.needs.empty()) {
      checked.expected += Needs(pol::MapEach(expectation.needs, [](const auto& need) { return need.words; }));
      checked.found += Needs(needs);
      checked.passed = checked.passed && Same(expectation.needs, needs);
    }
  }

  void CheckDecision(const pol::model::Expectation& expectation, CheckedExpectation& checked) {
    const pol::program::Decision& decision = program_.decisions[expectation.decision.index];
    const auto outcome = [&](std::optional<std::int32_t> code) {
      return OutcomeText(decision, code.value_or(pol::engine::kUndetermined), Wording::kNames);
    };
    const std::optional<std::int32_t> found = ran_.registers.CodeAt(decision.value, 0);
    std::optional<std::int32_t> expected;
    if (expectation.outcome != kNone) expected = static_cast<std::int32_t>(expectation.outcome);
    checked.subject = decision.naming.name;
    checked.expected = outcome(expected);
    checked.found = outcome(found);
    checked.passed = found == expected;
    const pol::engine::Relevance relevance = RelevanceOf(decision.value);
    CheckReasons(expectation, relevance, checked);
    if (!checked.passed) checked.why = WhyDecided(expectation.decision.index, found.has_value(), relevance);
  }

  // The condition that a refusal comes down to; the facts that are missing; or else the clauses.
  std::string WhyDecided(std::uint32_t decision, bool known, const pol::engine::Relevance& relevance) const {
    if (!known) return Needs(NeedsOf(program_, relevance, 0, Wording::kNames));
    const pol::explain::Reading reading{program_, ran_.batch, ran_.registers, 0, language()};
    const auto told = pol::explain::TellDecisions(reading);
    const Finding* finding = DeepestShort(told[decision].findings);
    const std::string because = Because(BecauseOf(program_, relevance, 0));
    return finding == nullptr ? because : because + (common_.chinese ? "：" : ": ") + finding->line;
  }

  void CheckGrant(const pol::model::Expectation& expectation, CheckedExpectation& checked) {
    const pol::program::Grant& grant = program_.grants[expectation.grant.index];
    checked.subject = grant.naming.name;
    CheckNumber(expectation, {grant.type, grant.value, grant.clause}, checked);
  }

  void CheckScore(const pol::model::Expectation& expectation, CheckedExpectation& checked) {
    const pol::program::Score& score = program_.scores[expectation.score.index];
    const pol::program::ValueType number{pol::program::ValueKind::kNumber, {}, kNone};
    checked.subject = score.naming.name;
    CheckNumber(expectation, {number, score.value, score.clause}, checked);
  }

  struct NumberOutput {
    pol::program::ValueType type;
    std::uint32_t value = kNone;
    std::uint32_t clause = kNone;  // that it follows from, whatever it amounts to
  };
  void CheckNumber(const pol::model::Expectation& expectation, const NumberOutput& output,
                   CheckedExpectation& checked) const {
    const auto shown = [&](const std::optional<pol::model::Rational>& number) {
      return number ? pol::explain::ShowNumber(output.type, *number, language()) : std::string("unknown");
    };
    const std::optional<pol::model::Rational> found = ran_.registers.NumberAt(output.value, 0);
    checked.expected = shown(expectation.amount);
    checked.found = shown(found);
    checked.passed = found == expectation.amount;
    pol::engine::Relevance relevance = RelevanceOf(output.value);
    relevance.because[output.clause] = pol::engine::Bits(1, true);
    CheckReasons(expectation, relevance, checked);
    if (checked.passed) return;
    checked.why = found ? Because(BecauseOf(program_, relevance, 0))
                        : Needs(NeedsOf(program_, relevance, 0, Wording::kNames));
  }

  void CheckLifecycle(const pol::model::Expectation& expectation, CheckedExpectation& checked) {
    const pol::program::Lifecycle& lifecycle = program_.lifecycles[expectation.lifecycle.index];
    const auto state = [&](std::optional<std::int32_t> code) {
      return StateText(program_, lifecycle, code.value_or(pol::engine::kUndetermined), Wording::kNames);
    };
    const std::optional<std::int32_t> found = ran_.registers.CodeAt(lifecycle.state, 0);
    std::optional<std::int32_t> expected;
    if (expectation.state != kNone) expected = static_cast<std::int32_t>(expectation.state);
    checked.subject = lifecycle.naming.name;
    checked.expected = state(expected);
    checked.found = state(found);
    checked.passed = found == expected;
    pol::engine::Relevance relevance = RelevanceOf(lifecycle.state);
    pol::engine::CiteStates(program_, lifecycle, ran_.registers, relevance);
    CheckReasons(expectation, relevance, checked);
    if (checked.passed) return;
    checked.why = found ? Because(BecauseOf(program_, relevance, 0))
                        : Needs(NeedsOf(program_, relevance, 0, Wording::kNames));
  }

  const pol::Compilation& compilation_;
  const pol::program::Program& program_;
  const pol::model::Example& example_;
  const RanExample& ran_;
  const Common& common_;
};

std::string_view Trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(' ');
  return begin == std::string_view::npos ? std::string_view() : text.substr(begin);
}

}  // namespace

RanExample RunExample(const pol::program::Program& program, const pol::model::Example& example) {
  pol::records::Batch batch = pol::model::BatchOf(program.schema, example);
  pol::engine::Settings settings;
  settings.as_of = example.as_of;
  pol::engine::Registers registers = pol::engine::Run(program, batch, settings);
  return {std::move(batch), std::move(registers)};
}

std::vector<CheckedExpectation> CheckExample(const pol::Compilation& compilation,
                                             const pol::model::Example& example, const RanExample& ran,
                                             const Common& common) {
  Checker checker(compilation, example, ran, common);
  return pol::MapEach(example.expectations, [&](const pol::model::Expectation& expectation) {
    CheckedExpectation checked = checker.Check(expectation);
    checked.why = checked.found.ends_with(checked.why) ? std::string() : std::string(Trimmed(checked.why));
    return checked;
  });
}

}  // namespace polc
