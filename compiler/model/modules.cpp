// `use` and `extends`: the modules of a policy and the policies it builds on, each read once.
#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "compiler/model/build.h"
#include "compiler/source/map_each.h"
#include "compiler/syntax/parse.h"
#include "runtime/text/nearest.h"

namespace pol::model {
namespace {

using diagnostics::Kind;

// What a hostile policy may make the compiler read.
constexpr std::size_t kMostModules = 1'000;
constexpr std::size_t kMostBytes = 64U << 20U;
constexpr std::size_t kAbsent = static_cast<std::size_t>(-1);  // a module that there is not

std::string FileOf(const syntax::Path& path) {
  std::string file;
  for (const syntax::Name& part : path.parts) {
    if (!file.empty()) file += '/';
    file += part.text;
  }
  return file + ".pol";
}

std::string ModuleOf(const std::string& file) {
  std::string name = file.ends_with(".pol") ? file.substr(0, file.size() - 4) : file;
  std::ranges::replace(name, '/', '.');
  return name;
}

// A name becomes part of a path, so it must not lead out of the library's folders.
bool IsPlain(const syntax::Path& path) {
  return !path.parts.empty() && std::ranges::all_of(path.parts, [](const syntax::Name& part) {
    return part.valid() && part.text.find_first_of("/\\.:") == std::string::npos;
  });
}

class Loader {
 public:
  Loader(source::Files& files, const Library& library, diagnostics::Diagnostics& report)
      : files_(files), library_(library), report_(report) {}

  std::vector<syntax::Tree> Load(syntax::Tree root) {
    bytes_ = files_[root.file].text().size();
    trees_.push_back(std::move(root));
    modules_.push_back({});
    // Modules join the end of the list while it is walked.
    for (std::size_t at = 0; at < trees_.size(); ++at) ReadUses(at);
    CheckCycles();
    PutPoliciesFirst();
    return std::move(trees_);
  }

 private:
  struct Module {
    std::string name;
    std::vector<std::pair<std::size_t, source::Range>> uses;  // index of the module, place of its path
    std::optional<std::size_t> base;                          // the policy that this one extends
  };

  void ReadUses(std::size_t at) {
    std::vector<syntax::Path> paths;
    for (const syntax::DeclarationId id : trees_[at].top) {
      const auto* use = std::get_if<syntax::Use>(&trees_[at][id]);
      if (use != nullptr) paths.insert(paths.end(), use->paths.begin(), use->paths.end());
    }
    for (const syntax::Path& path : paths) ReadUse(at, path);
    if (!trees_[at].header || !trees_[at].header->base) return;
    const syntax::Path base = *trees_[at].header->base;
    const std::optional<std::size_t> index = ReadUse(at, base, true);
    modules_[at].base = index;
  }

  // The index of what the path names; nullopt when there is none, which is reported once.
  std::optional<std::size_t> ReadUse(std::size_t at, const syntax::Path& path, bool policy = false) {
    if (!IsPlain(path)) return std::nullopt;
    const std::string file = FileOf(path);
    const auto [known, fresh] = index_.try_emplace(file, trees_.size());
    if (fresh && !Read(path, file)) known->second = kAbsent;
    if (known->second == kAbsent) return std::nullopt;
    modules_[at].uses.emplace_back(known->second, path.range);
    CheckKind(known->second, path, policy);
    return known->second;
  }

  // A policy is extended, a module used.
  void CheckKind(std::size_t index, const syntax::Path& path, bool policy) {
    const std::optional<syntax::Header>& header = trees_[index].header;
    if (header.has_value() == policy || !misused_.insert(index).second) return;
    auto& error = report_.Emit(policy ? Kind::kBaseIsModule : Kind::kModuleIsPolicy, path.range,
                               {syntax::ToString(path)});
    if (header) error.notes.push_back({header->path.range, Kind::kDeclaredHere, {syntax::ToString(path)}});
  }

  // The policy and those it builds on, nearest first, then the modules.
  void PutPoliciesFirst() {
    std::vector<std::size_t> order = {0};
    std::vector<bool> taken(trees_.size(), false);
    taken[0] = true;
    for (auto base = modules_[0].base; base && !taken[*base]; base = modules_[*base].base) {
      taken[*base] = true;
      order.push_back(*base);
    }
    for (std::size_t at = 0; at < trees_.size(); ++at) {
      if (!taken[at]) order.push_back(at);
    }
    trees_ = MapEach(order, [&](std::size_t at) { return std::move(trees_[at]); });
  }

  bool Read(const syntax::Path& path, const std::string& file) {
    if (trees_.size() >= kMostModules) {
      report_.Emit(Kind::kTooManyModules, path.range, {std::to_string(kMostModules)});
      return false;
    }
    std::optional<Library::Found> found = library_.Find(file);
    if (!found) {
      std::vector<std::string> names;
      for (const std::string& one : library_.List()) names.push_back(ModuleOf(one));
      auto& error = report_.Emit(Kind::kUnknownModule, path.range, {syntax::ToString(path), file});
      if (const auto near = text::Nearest(syntax::ToString(path), names)) {
        error.fix = diagnostics::Fix{path.range, *near};
      }
      return false;
    }
    bytes_ += found->text.size();
    if (bytes_ > kMostBytes) {
      report_.Emit(Kind::kModulesTooLong, path.range, {std::to_string(kMostBytes)});
      return false;
    }
    const source::FileId id = files_.Add(std::move(found->name), std::move(found->text));
    trees_.push_back(syntax::Parse(files_, id, report_));
    modules_.push_back({syntax::ToString(path), {}, {}});
    return true;
  }

  // Depth first, without recursion: a chain of modules may be as long as there are.
  void CheckCycles() {
    std::vector<int> state(modules_.size(), 0);
    for (std::size_t root = 0; root < modules_.size(); ++root) {
      if (state[root] != 0) continue;
      std::vector<std::pair<std::size_t, std::size_t>> stack = {{root, 0}};
      state[root] = 1;
      while (!stack.empty()) {
        auto& [module, next] = stack.back();
        if (next == modules_[module].uses.size()) {
          state[module] = 2;
          stack.pop_back();
          continue;
        }
        const auto [used, range] = modules_[module].uses[next++];
        if (state[used] == 1 && used != 0) ReportCycle(stack, used, range);
        if (state[used] == 0) {
          state[used] = 1;
          stack.emplace_back(used, 0);
        }
      }
    }
  }

  void ReportCycle(const std::vector<std::pair<std::size_t, std::size_t>>& stack, std::size_t first,
                   source::Range range) {
    std::string chain;
    bool on = false;
    for (const auto& [module, unused] : stack) {
      on = on || module == first;
      if (on) chain += modules_[module].name + " → ";
    }
    report_.Emit(Kind::kModuleCycle, range, {chain + modules_[first].name});
  }

  source::Files& files_;
  const Library& library_;
  diagnostics::Diagnostics& report_;
  std::vector<syntax::Tree> trees_;
  std::vector<Module> modules_;
  std::unordered_map<std::string, std::size_t> index_;  // file -> tree
  std::unordered_set<std::size_t> misused_;             // named as what they are not, which is told once
  std::size_t bytes_ = 0;
};

}  // namespace

std::vector<syntax::Tree> LoadModules(source::Files& files, syntax::Tree root, const Library& library,
                                      diagnostics::Diagnostics& diagnostics) {
  return Loader(files, library, diagnostics).Load(std::move(root));
}

}  // namespace pol::model
