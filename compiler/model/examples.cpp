// Examples: what an applicant is like, what the policy should say of it. They are typed like everything else,
// and do not become part of the program.
#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

#include "compiler/model/declare.h"
#include "compiler/model/example_facts.h"
#include "compiler/source/map_each.h"
#include "runtime/text/nearest.h"

namespace pol::model {
namespace {

struct ExampleState {
  const syntax::Tree* tree = nullptr;
  const syntax::Example* written = nullptr;
  std::uint32_t base = program::kNone;  // index of the example it is like
  bool is_base = false;
  Progress progress = Progress::kNotYet;
  ExampleFacts facts;
};

class ExampleTyper {
 public:
  ExampleTyper(Context& context, Typer& typer) : context_(context), typer_(typer) {}

  void Gather(const syntax::Tree& tree) {
    for (const syntax::DeclarationId id : tree.top) {
      const auto* written = std::get_if<syntax::Example>(&tree[id]);
      if (written == nullptr) continue;
      const auto index = static_cast<std::uint32_t>(examples_.size());
      const auto [place, fresh] = by_title_.try_emplace(written->title.value, index);
      if (!fresh) {
        context_.Error(Kind::kExampleTwice, written->title.range, {written->title.value})
            .notes.push_back(
                {examples_[place->second].written->title.range, Kind::kFirstHere, {written->title.value}});
        continue;
      }
      examples_.push_back({&tree, written, program::kNone, false, Progress::kNotYet, {}});
    }
  }

  void Type() {
    for (ExampleState& example : examples_) FindBase(example);
    for (std::uint32_t at = 0; at < examples_.size(); ++at) TypeWithBases(at);
    for (const ExampleState& example : examples_) Finish(example);
  }

 private:
  void FindBase(ExampleState& example) {
    if (!example.written->base.present) return;
    const std::string& title = example.written->base.value;
    const auto base = by_title_.find(title);
    if (base != by_title_.end()) {
      example.base = base->second;
      examples_[base->second].is_base = true;
      return;
    }
    auto& error = context_.Error(Kind::kUnknownExample, example.written->base.range, {title});
    if (!context_.MaySuggest()) return;
    const auto titles = MapEach(examples_, [](const ExampleState& one) { return one.written->title.value; });
    if (const auto nearest = text::Nearest(title, titles)) {
      error.fix = diagnostics::Fix{example.written->base.range, "\"" + *nearest + "\""};
    }
  }

  // Those that it is like first; without recursion, however long the chain.
  void TypeWithBases(std::uint32_t index) {
    std::vector<std::uint32_t> chain;
    for (std::uint32_t at = index; at != program::kNone && examples_[at].progress != Progress::kDone;
         at = examples_[at].base) {
      if (examples_[at].progress == Progress::kUnderWay) {
        ReportCycle(chain, at);
        break;
      }
      examples_[at].progress = Progress::kUnderWay;
      chain.push_back(at);
    }
    for (; !chain.empty(); chain.pop_back()) {
      ExampleState& example = examples_[chain.back()];
      if (example.base != program::kNone) example.facts = examples_[example.base].facts;
      AddOwnLines(context_, typer_, *example.tree, *example.written, example.facts);
      example.progress = Progress::kDone;
    }
  }

  void ReportCycle(const std::vector<std::uint32_t>& chain, std::uint32_t first) {
    std::string words;
    const auto begin = std::ranges::find(chain, first);
    for (auto at = begin; at != chain.end(); ++at) words += examples_[*at].written->title.value + " → ";
    const syntax::Text& title = examples_[first].written->title;
    context_.Error(Kind::kExampleCycle, title.range, {words + title.value});
    examples_[chain.back()].base = program::kNone;
  }

  void Finish(const ExampleState& state) {
    Example example;
    example.title = state.written->title.value;
    example.range = state.written->title.range;
    example.as_of = state.facts.as_of;
    for (const auto& [key, cell] : state.facts.cells) example.cells.push_back(cell);
    for (const auto& [domain, rows] : state.facts.lists) example.lists.push_back({domain, rows});
    std::map<std::string, Range> expected;
    for (const syntax::ExampleExpectation& written : state.written->expected) {
      auto expectation = TypeExpectation(context_, typer_, *state.tree, written);
      if (!expectation) continue;
      const std::string what = written.clause ? "§" + syntax::ToString(*written.clause) : written.output.text;
      const auto [place, fresh] = expected.try_emplace(what, written.range);
      if (!fresh) {
        context_.Error(Kind::kExampleGivenTwice, written.range, {what})
            .notes.push_back({place->second, Kind::kFirstHere, {what}});
      }
      example.expectations.push_back(std::move(*expectation));
    }
    if (state.written->expected.empty() && !state.is_base) {
      context_.Error(Kind::kExampleExpectsNothing, example.range, {example.title});
    }
    context_.model.examples.push_back(std::move(example));
  }

  Context& context_;
  Typer& typer_;
  std::vector<ExampleState> examples_;
  std::unordered_map<std::string, std::uint32_t> by_title_;
};

// A file of examples holds nothing else.
void CheckOnlyExamples(Context& context, const syntax::Tree& tree) {
  if (tree.header) context.Error(Kind::kOnlyExamplesHere, tree.header->path.range);
  for (const syntax::DeclarationId id : tree.top) {
    const bool example = std::holds_alternative<syntax::Example>(tree[id]);
    if (!example && !std::holds_alternative<syntax::ErrorDeclaration>(tree[id])) {
      context.Error(Kind::kOnlyExamplesHere, tree.RangeOf(id));
    }
  }
}

}  // namespace

void TypeExamples(Context& context, Typer& typer, const syntax::Tree& policy, const syntax::Tree* beside) {
  ExampleTyper examples(context, typer);
  examples.Gather(policy);
  if (beside != nullptr) {
    CheckOnlyExamples(context, *beside);
    examples.Gather(*beside);
  }
  examples.Type();
}

}  // namespace pol::model
