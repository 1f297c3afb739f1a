// What the passes of semantic analysis share: the model being built, the names, and how an expression is
// added to it. Tested with the passes, by tests/compiler/model_test.cpp and its neighbours.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/model/model.h"
#include "compiler/model/scope.h"
#include "compiler/model/value.h"
#include "compiler/source/source.h"
#include "compiler/syntax/tree.h"

namespace pol::model {

using diagnostics::Kind;
using source::Range;

// A policy may not grow past this many expressions when functions are expanded; ten thousand lines have some
// hundred thousand.
inline constexpr std::size_t kMostExpressions = 1'000'000;
// Expressions inside one another, those of the lets and functions they name included.
inline constexpr std::uint32_t kMostNesting = 1000;
// Nodes of the syntax tree typed, those of a function again for each call: what bounds the time of a hostile
// policy.
inline constexpr std::uint64_t kMostSteps = 1'000'000;
// Looking for the nearest name takes time, which is not spent on a text that is wrong everywhere.
inline constexpr std::uint32_t kMostSuggestions = 20;

// A declaration with the tree it stands in.
template <typename Declaration>
struct Declared {
  const syntax::Tree* tree = nullptr;
  const Declaration* declaration = nullptr;
  Range range;
};

enum class Progress : std::uint8_t { kNotYet, kUnderWay, kDone };

struct LetState {
  Declared<syntax::Let> source;
  Progress progress = Progress::kNotYet;
  Value value;
  Progress raw_progress = Progress::kNotYet;  // the same let expanded in `holds` conditions
  Value raw_value;
  std::vector<FactId> raw_facts;  // that the expansion reads
};

struct GrantState {
  Declared<syntax::Grant> source;
  Progress progress = Progress::kNotYet;
};

struct ScoreState {
  Declared<syntax::Score> source;
  Progress progress = Progress::kNotYet;
};

// A lifecycle is defined in two steps, so that what ends it may ask for the duties that its start brings.
struct LifecycleSource {
  Declared<syntax::Lifecycle> source;
  std::unordered_map<std::string, std::uint32_t> states;  // name -> member
  Progress duties = Progress::kNotYet;                    // and the start
  bool failed = false;
};
struct DutyPlace {
  LifecycleId lifecycle;
  std::uint32_t duty = 0;
};

struct ParameterState {
  Declared<syntax::Parameter> source;
  Declared<syntax::Parameter> base;  // of the policy built on, when the source overrides it
  Progress progress = Progress::kNotYet;
  bool failed = false;
  bool bare = false;
  bool whole = false;
  Range typed_at;  // the declared type, or the first value
};

struct FunctionState {
  Declared<syntax::Function> source;
  bool expanding = false;
  bool called = false;
};

struct RecordState {
  Declared<syntax::Record> source;
  std::vector<Declared<syntax::Record>> additions;  // by the policies that build on its own
  bool has_key = false;
  bool is_element = false;
};

// What a record's fields, by name, turn out to be in one domain: facts, lists, checklists.
struct DomainNames {
  std::unordered_map<std::string, Symbol> fields;
  std::vector<std::string> order;
  std::vector<FactId> dates;  // plain fields only, to order and window a list by
  std::vector<FactId> years;
  Range range;
  const RecordState* record = nullptr;
};

struct ChecklistState {
  std::string name;
  std::vector<FactId> items;
  std::unordered_map<std::string, FactId> by_name;
  std::uint32_t domain = 0;
};

struct FactState {
  Range range;
};

struct ClauseState {
  Declared<syntax::Item> source;
  // What stands in place of the source's body in a policy that extends the source's.
  Declared<syntax::Change> change;
  bool decides = false;  // itself or by an item; replacements decide for the clause they replace

  // What stands in place of the body stands in place of the condition of application, too.
  syntax::ExpressionId when() const {
    return change.declaration != nullptr ? syntax::ExpressionId{} : source.declaration->when;
  }
};

class Context {
 public:
  Context(const source::Files& source_files, diagnostics::Diagnostics& sink)
      : files(source_files), report(sink) {}

  const source::Files& files;
  diagnostics::Diagnostics& report;
  Model model;
  Scope scope;
  std::vector<std::unordered_map<std::string, std::uint32_t>> members;  // by enumeration: name -> index
  std::vector<Range> enumeration_ranges;
  std::vector<RecordState> records;
  std::vector<LetState> lets;
  std::vector<GrantState> grants;
  std::vector<ScoreState> scores;
  std::vector<LifecycleSource> lifecycles;
  std::unordered_map<std::string, DutyPlace> duties;  // by name
  std::vector<ParameterState> parameters;
  std::vector<FunctionState> functions;
  std::vector<DomainNames> domains;  // by domain
  std::vector<ChecklistState> checklists;
  std::vector<FactState> facts;
  std::unordered_map<std::string, ClauseId> clauses;  // by id
  std::vector<ClauseState> clause_states;
  std::unordered_map<std::string, std::vector<std::uint32_t>> regions;  // name -> codes
  std::unordered_map<std::string, std::int32_t> texts;                  // text literal -> code
  std::uint32_t year_domain = 0;                                        // 0: no fact is per year yet
  std::uint32_t calendar = program::kNone;                              // the policy's
  bool civil_code = true;                                               // periods by civil_code
  std::uint32_t nesting = 0;
  std::uint64_t steps = 0;

  // Adds an expression; its operands are in the model already. Past the limit, once: a diagnostic.
  ExpressionId Emit(Expression expression, program::ValueType type, std::uint32_t domain, Range range);
  ExpressionId EmitTruth(bool value, std::uint32_t domain, Range range);
  ExpressionId EmitNumber(Rational value, program::ValueType type, std::uint32_t domain, Range range);
  ExpressionId EmitCode(std::int32_t value, program::ValueType type, std::uint32_t domain, Range range);
  // All and Any of one operand are the operand.
  ExpressionId EmitAll(std::vector<ExpressionId> operands, std::uint32_t domain, Range range);
  ExpressionId EmitAny(std::vector<ExpressionId> operands, std::uint32_t domain, Range range);
  ExpressionId EmitNot(ExpressionId operand, Range range);
  ExpressionId EmitCompare(program::Comparison comparison, ExpressionId left, ExpressionId right,
                           Range range);
  ExpressionId EmitArithmetic(ArithmeticOperator operation, ExpressionId left, ExpressionId right,
                              program::ValueType type, Range range);
  // The expression in `domain`: as it is, repeated if it is a constant, else broadcast from the record.
  ExpressionId Lift(ExpressionId id, std::uint32_t domain);
  std::uint32_t DomainOf(ExpressionId id) const { return model.infos[id.index].domain; }
  // The domain of the years, made when first asked for.
  std::uint32_t YearDomain();

  // The text of a range on one line, shortened when long.
  std::string WordsOf(Range range) const;
  diagnostics::Diagnostic& Error(Kind kind, Range range, std::vector<std::string> arguments = {}) {
    return report.Emit(kind, range, std::move(arguments));
  }
  bool MaySuggest() const { return suggestions_ < kMostSuggestions; }
  // Offers the nearest of the candidates in place of the word.
  void Suggest(diagnostics::Diagnostic& error, Range range, const std::string& word,
               const std::vector<std::string>& candidates);
  // Whether the policy has grown past what is sensible; what is typed then means nothing any more.
  bool TooLarge(Range range);
  std::int32_t TextCode(const std::string& text);
  // Gives the name to the symbol, or reports that it is taken.
  bool DeclareName(const std::string& name, const Symbol& symbol);
  // The clause of a citation; invalid, and reported with the nearest there is, when there is none.
  ClauseId Cited(const syntax::Citation& citation);
  // Whether the clause has something to decide; reported otherwise.
  bool MustDecide(ClauseId clause, Range range);
  bool Decides(ClauseId clause) const;

 private:
  bool over_limit_ = false;
  std::uint32_t suggestions_ = 0;
};

}  // namespace pol::model
