// `use`: the modules of a policy, each read once, a module after the one that names it first.
#include <algorithm>
#include <unordered_map>

#include "compiler/model/build.h"
#include "compiler/syntax/parse.h"
#include "runtime/text/nearest.h"

namespace pol::model {
namespace {

using diagnostics::Kind;

// What a hostile policy may make the compiler read.
constexpr std::size_t kMostModules = 1'000;
constexpr std::size_t kMostBytes = 64U << 20U;

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
    return std::move(trees_);
  }

 private:
  struct Module {
    std::string name;
    std::vector<std::pair<std::size_t, source::Range>> uses;  // index of the module, place of its path
  };

  void ReadUses(std::size_t at) {
    std::vector<syntax::Path> paths;
    for (const syntax::DeclarationId id : trees_[at].top) {
      const auto* use = std::get_if<syntax::Use>(&trees_[at][id]);
      if (use != nullptr) paths.insert(paths.end(), use->paths.begin(), use->paths.end());
    }
    for (const syntax::Path& path : paths) {
      if (!IsPlain(path)) continue;
      const std::string file = FileOf(path);
      const auto known = index_.find(file);
      if (known != index_.end()) {
        modules_[at].uses.emplace_back(known->second, path.range);
      } else if (!Read(at, path, file)) {
        index_.emplace(file, at);  // reported once
      }
    }
  }

  bool Read(std::size_t at, const syntax::Path& path, const std::string& file) {
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
    const std::size_t index = trees_.size();
    index_.emplace(file, index);
    trees_.push_back(syntax::Parse(files_, id, report_));
    modules_.push_back({syntax::ToString(path), {}});
    modules_[at].uses.emplace_back(index, path.range);
    if (trees_.back().header) {
      auto& error = report_.Emit(Kind::kModuleIsPolicy, path.range, {syntax::ToString(path)});
      error.notes.push_back(
          {trees_.back().header->path.range, Kind::kDeclaredHere, {syntax::ToString(path)}});
    }
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
  std::size_t bytes_ = 0;
};

}  // namespace

std::vector<syntax::Tree> LoadModules(source::Files& files, syntax::Tree root, const Library& library,
                                      diagnostics::Diagnostics& diagnostics) {
  return Loader(files, library, diagnostics).Load(std::move(root));
}

}  // namespace pol::model
