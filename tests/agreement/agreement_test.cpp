// Random policies and records: the engine, at every width and for every size of batch, must say what the
// reference evaluator says. POL_AGREEMENT_SEED and POL_AGREEMENT_POLICIES choose another run; the seed of a
// run is printed when it fails.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "compiler/compile.h"
#include "compiler/diagnostics/diagnostics.h"
#include "runtime/calendar/date.h"
#include "runtime/engine/engine.h"
#include "runtime/explain/explain.h"
#include "runtime/program/polb.h"
#include "runtime/program/verify.h"
#include "tests/agreement/policy_writer.h"
#include "tests/agreement/random.h"
#include "tests/agreement/record_maker.h"
#include "tests/agreement/reference.h"

namespace {

using agreement::Random;
using agreement::RecordMaker;
using agreement::Reference;
using pol::engine::Width;
using pol::records::Batch;

constexpr std::uint32_t kRows = 130;

std::uint64_t FromEnvironment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

// What a record comes to: every clause, then every decision, grant, score (and its items) and
// lifecycle (state, since when).
struct Verdict {
  std::vector<agreement::Truth> clauses;
  // What each clause in principle says, then whether each quota counts the record.
  std::vector<agreement::Truth> others;
  std::vector<std::optional<std::int32_t>> outcomes;
  std::vector<std::optional<agreement::Rational>> amounts;
  friend bool operator==(const Verdict&, const Verdict&) = default;
};

std::string Describe(const Verdict& verdict, const pol::program::Program& program) {
  std::string text;
  for (std::size_t index = 0; index < verdict.clauses.size(); ++index) {
    const auto& truth = verdict.clauses[index];
    text += " §" + program.clauses[index].id + "=" + (truth ? (*truth ? "T" : "F") : "?");
  }
  for (const auto& truth : verdict.others) text += std::string(" ") + (truth ? (*truth ? "T" : "F") : "?");
  for (const auto& outcome : verdict.outcomes)
    text += " " + (outcome ? std::to_string(*outcome) : "undetermined");
  for (const auto& amount : verdict.amounts) text += " " + (amount ? amount->str() : "unknown");
  return text;
}

struct Subject {
  std::uint64_t seed = 0;
  std::string text;
  pol::Compilation compilation;
  Batch batch;
  std::optional<std::int32_t> as_of;

  const pol::model::Model& model() const { return *compilation.model; }
  const pol::program::Program& program() const { return *compilation.program; }
};

Verdict ByReference(const Subject& subject, std::uint32_t row) {
  Reference reference(subject.model(), subject.batch, row, subject.as_of);
  Verdict verdict;
  for (std::uint32_t index = 0; index < subject.model().clauses.size(); ++index) {
    const bool decides = subject.program().clauses[index].value != pol::program::kNone;
    verdict.clauses.push_back(decides ? reference.ClauseTruth({index}) : std::nullopt);
    if (subject.model().clauses[index].in_principle)
      verdict.others.push_back(reference.NeedsNoWaiver({index}));
  }
  for (const pol::model::Decision& decision : subject.model().decisions) {
    verdict.outcomes.push_back(reference.Outcome(decision));
  }
  for (const pol::model::Grant& grant : subject.model().grants) {
    verdict.amounts.push_back(reference.Amount(grant));
  }
  for (const pol::model::Score& score : subject.model().scores) {
    verdict.amounts.push_back(reference.Points(score));
    for (const pol::model::ScoreItem& item : score.items) verdict.amounts.push_back(reference.Points(item));
  }
  for (const pol::model::Quota& quota : subject.model().quotas) {
    verdict.others.push_back(reference.Counts(quota));
  }
  for (const pol::model::Lifecycle& lifecycle : subject.model().lifecycles) {
    verdict.outcomes.push_back(reference.State(lifecycle));
    verdict.outcomes.push_back(reference.Since(lifecycle));
  }
  return verdict;
}

agreement::Truth ToTruth(pol::engine::Truth truth) {
  if (truth == pol::engine::Truth::kUnknown) return std::nullopt;
  return truth == pol::engine::Truth::kTrue;
}

Verdict ByEngine(const pol::program::Program& program, const pol::engine::Registers& registers,
                 std::uint32_t row) {
  Verdict verdict;
  for (const pol::program::Clause& clause : program.clauses) {
    verdict.clauses.push_back(
        clause.value == pol::program::kNone ? std::nullopt : ToTruth(registers.TruthAt(clause.value, row)));
    if (clause.principle != pol::program::kNone) {
      verdict.others.push_back(ToTruth(registers.TruthAt(clause.principle, row)));
    }
  }
  for (const pol::program::Decision& decision : program.decisions) {
    verdict.outcomes.push_back(registers.CodeAt(decision.value, row));
  }
  for (const pol::program::Grant& grant : program.grants) {
    verdict.amounts.push_back(registers.NumberAt(grant.value, row));
  }
  for (const pol::program::Score& score : program.scores) {
    verdict.amounts.push_back(registers.NumberAt(score.value, row));
    for (const pol::program::ScoreItem& item : score.items) {
      verdict.amounts.push_back(registers.NumberAt(item.value, row));
    }
  }
  for (const pol::program::Quota& quota : program.quotas) {
    verdict.others.push_back(ToTruth(registers.TruthAt(quota.condition, row)));
  }
  for (const pol::program::Lifecycle& lifecycle : program.lifecycles) {
    verdict.outcomes.push_back(registers.CodeAt(lifecycle.state, row));
    verdict.outcomes.push_back(registers.CodeAt(lifecycle.since, row));
  }
  return verdict;
}

// Runs the rows in batches of `size` and compares; false after the first disagreement.
bool Agrees(const Subject& subject, const std::vector<Verdict>& expected, Width width, std::uint32_t size,
            std::uint32_t rows) {
  const pol::program::Program& program = subject.program();
  for (std::uint32_t first = 0; first < rows; first += size) {
    const std::uint32_t count = std::min(size, rows - first);
    Batch batch = agreement::Slice(program.schema, subject.batch, first, count);
    const auto registers = pol::engine::Run(program, batch, {subject.as_of, width});
    for (std::uint32_t row = 0; row < count; ++row) {
      const Verdict verdict = ByEngine(program, registers, row);
      if (verdict == expected[first + row]) continue;
      MESSAGE("seed ", subject.seed, ", width ", static_cast<int>(width), ", batches of ", size, "\n",
              subject.text, "\n", agreement::Describe(program.schema, subject.batch, first + row), "as of ",
              subject.as_of ? pol::calendar::ToText(*subject.as_of) : "nothing",
              "\nreference:", Describe(expected[first + row], program),
              "\nengine:   ", Describe(verdict, program));
      return false;
    }
  }
  return true;
}

// Without a program when the policy does not compile.
Subject MakeSubject(std::uint64_t seed) {
  Random random(seed);
  Subject subject;
  subject.seed = seed;
  subject.text = agreement::PolicyWriter(random).Write();
  subject.compilation = pol::Compile("random.pol", subject.text, pol::model::StandardLibraryOnly());
  if (!subject.compilation.program) return subject;
  subject.batch = RecordMaker(subject.program().schema, random).Make(kRows);
  if (random.Chance(80)) subject.as_of = *pol::calendar::ToDays({2022, 6, 30});
  return subject;
}

std::string Diagnostics(const Subject& subject) {
  return pol::diagnostics::Render(subject.compilation.diagnostics, subject.compilation.files,
                                  pol::diagnostics::Language::kEnglish);
}

bool IsNeeded(const std::vector<pol::engine::Need>& needs, std::uint32_t fact, std::int32_t year) {
  return std::ranges::any_of(needs, [&](const pol::engine::Need& need) {
    return need.fact == fact && (need.year == 0 || need.year == year);
  });
}

// Gives a random value to every cell of the one row that has none and is not needed.
void FillOthers(const pol::program::Schema& schema, const std::vector<pol::engine::Need>& needs,
                Random& random, Batch& batch) {
  RecordMaker maker(schema, random);
  for (std::uint32_t fact = 0; fact < schema.facts.size(); ++fact) {
    const std::uint32_t domain = schema.facts[fact].domain;
    const bool years = schema.domains[domain].kind == pol::program::DomainKind::kYears;
    for (std::uint32_t lane = 0; lane < pol::records::LaneCount(batch, domain); ++lane) {
      const bool given = batch.columns[fact].known[lane];
      const bool absent = !given && batch.columns[fact].states[lane] == pol::records::CellState::kAbsent;
      const std::int32_t year = years ? batch.first_year + static_cast<std::int32_t>(lane) : 0;
      if (!given && !absent && !IsNeeded(needs, fact, year)) maker.Fill(fact, lane, batch);
    }
  }
  for (std::uint32_t domain = 1; domain < schema.domains.size(); ++domain) {
    const bool list = schema.domains[domain].kind == pol::program::DomainKind::kList;
    const bool needed =
        std::ranges::any_of(needs, [&](const pol::engine::Need& need) { return need.domain == domain; });
    if (list && !needed) batch.domains[domain].known.Set(0);
  }
}

// What is not needed must not matter: an undetermined record stays so whatever else it is given.
bool NeedsAreEnough(const Subject& subject, std::uint32_t row, Random& random) {
  const pol::program::Program& program = subject.program();
  Batch batch = agreement::Slice(program.schema, subject.batch, row, 1);
  const auto registers = pol::engine::Run(program, batch, {subject.as_of, Width::k64});
  // Outputs by name; a grant or a score has its clause as a reason, whatever else it has.
  std::vector<std::pair<std::string, std::uint32_t>> outputs;
  for (const auto& decision : program.decisions) outputs.emplace_back(decision.naming.name, decision.value);
  for (const auto& grant : program.grants) outputs.emplace_back(grant.naming.name, grant.value);
  for (const auto& score : program.scores) outputs.emplace_back(score.naming.name, score.value);
  for (const auto& lifecycle : program.lifecycles) {
    outputs.emplace_back(lifecycle.naming.name, lifecycle.state);
  }
  for (std::size_t at = 0; at < outputs.size(); ++at) {
    const auto& [name, value] = outputs[at];
    const auto relevance = pol::engine::Sweep(program, batch, registers, std::span(&value, 1));
    const auto& needs = relevance.needs[0];
    const bool because = at >= program.decisions.size() ||
                         std::ranges::any_of(relevance.because, [](const auto& rows) { return rows[0]; });
    if (registers.KnownAt(value, 0)) {
      if (!needs.empty() || !because) {
        MESSAGE("seed ", subject.seed, " row ", row, " ", name, ": ", needs.size(), " needs, because ",
                because, "\n", subject.text);
        return false;
      }
      continue;
    }
    for (int attempt = 0; attempt < 3; ++attempt) {
      Batch filled = batch;
      FillOthers(program.schema, needs, random, filled);
      const bool as_of_needed = std::ranges::any_of(needs, &pol::engine::Need::as_of);
      const auto as_of = subject.as_of || as_of_needed ? subject.as_of : std::optional<std::int32_t>(19000);
      const auto again = pol::engine::Run(program, filled, {as_of, Width::k64});
      if (!again.KnownAt(value, 0)) continue;
      MESSAGE("seed ", subject.seed, " ", name, " was settled by what it does not need\n", subject.text, "\n",
              agreement::Describe(program.schema, batch, 0), "\n",
              agreement::Describe(program.schema, filled, 0));
      return false;
    }
  }
  return true;
}

bool ExplainsEveryRow(const Subject& subject, std::uint32_t rows) {
  Batch batch = agreement::Slice(subject.program().schema, subject.batch, 0, rows);
  const auto registers = pol::engine::Run(subject.program(), batch, {subject.as_of, Width::k64});
  for (std::uint32_t row = 0; row < rows; ++row) {
    using pol::explain::Language;
    const std::string text =
        pol::explain::ToText(subject.program(), batch, registers, row, Language::kEnglish);
    const std::string json =
        pol::explain::ToJson(subject.program(), batch, registers, row, Language::kChinese);
    if (text.empty() || json.size() < 2 || json.back() != '}') return false;
  }
  return true;
}

bool SurvivesItsFile(const pol::program::Program& program) {
  std::string error;
  const auto loaded = pol::program::Load(pol::program::Save(program), error);
  if (!loaded) MESSAGE(error);
  return loaded && *loaded == program;
}

}  // namespace

TEST_CASE("engine and reference evaluator agree on random policies") {
  const std::uint64_t seed = FromEnvironment("POL_AGREEMENT_SEED", 20240815);
  const std::uint64_t policies = FromEnvironment("POL_AGREEMENT_POLICIES", 160);
  std::uint64_t refused = 0;
  std::uint64_t cases = 0;
  std::uint64_t undetermined = 0;
  std::string first_refusal;
  for (std::uint64_t index = 0; index < policies; ++index) {
    const Subject subject = MakeSubject(seed + index);
    if (!subject.compilation.program) {
      if (refused++ == 0) first_refusal = Diagnostics(subject);
      continue;
    }
    INFO("seed ", subject.seed);
    const auto errors = pol::program::Verify(subject.program());
    REQUIRE_MESSAGE(errors.empty(), errors.front());
    REQUIRE(SurvivesItsFile(subject.program()));
    std::vector<Verdict> expected;
    for (std::uint32_t row = 0; row < kRows; ++row) expected.push_back(ByReference(subject, row));
    for (const Width width : {Width::k64, Width::k128, Width::kAny}) {
      REQUIRE(Agrees(subject, expected, width, kRows, kRows));
    }
    for (const std::uint32_t size : {63U, 64U, 65U})
      REQUIRE(Agrees(subject, expected, Width::k64, size, kRows));
    REQUIRE(Agrees(subject, expected, Width::k64, 1, 10));
    Random random(subject.seed);
    for (std::uint32_t row = 0; row < 12; ++row) REQUIRE(NeedsAreEnough(subject, row, random));
    REQUIRE(ExplainsEveryRow(subject, 6));
    cases += kRows;
    for (const Verdict& verdict : expected) {
      undetermined +=
          static_cast<std::uint64_t>(std::ranges::count(verdict.outcomes, std::optional<std::int32_t>()));
    }
  }
  // What the writer makes is meant to compile; a few it gets wrong (a threshold that is a constant, say).
  CHECK_MESSAGE(refused * 10 < policies, first_refusal);
  MESSAGE(cases, " records, ", undetermined, " undetermined decisions, ", refused, " policies refused");
}
