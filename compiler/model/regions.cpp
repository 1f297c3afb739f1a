// Regions: the tree of the policy and its modules as one table by code.
#include <algorithm>
#include <unordered_map>

#include "compiler/model/declare.h"

namespace pol::model {
namespace {

class RegionTable {
 public:
  explicit RegionTable(Context& context) : context_(context) {}

  void Add(const syntax::RegionRow& row, const std::string* parent) {
    const bool digits = row.code.size() == 6 &&
                        row.code.find_first_not_of("0123456789") == std::string::npos &&
                        row.code.substr(0, 2) != "00";
    const bool gap = digits && row.code.substr(2, 2) == "00" && row.code.substr(4) != "00";
    if (!digits || gap) {
      context_.Error(Kind::kRegionCode, row.code_range, {row.code});
      return;
    }
    if (parent != nullptr && (!row.code.starts_with(Prefix(*parent)) || row.code == *parent)) {
      context_.Error(Kind::kRegionOutside, row.code_range, {row.code, *parent, Prefix(*parent)});
    }
    const auto code = static_cast<std::uint32_t>(std::stoul(row.code));
    const auto [place, fresh] = codes_.try_emplace(code, row.code_range);
    if (!fresh) {
      context_.Error(Kind::kRegionTwice, row.code_range, {row.code})
          .notes.push_back({place->second, Kind::kFirstHere, {row.code}});
    } else {
      AddRegion(code, row);
    }
    for (const syntax::RegionRow& part : row.parts) Add(part, &row.code);
  }

  void Finish() {
    std::ranges::sort(context_.model.schema.regions, {}, &program::Region::code);
    for (auto& [name, codes] : context_.regions) std::ranges::sort(codes);
  }

 private:
  static std::string Prefix(const std::string& code) {
    if (code.substr(2) == "0000") return code.substr(0, 2);
    return code.substr(4) == "00" ? code.substr(0, 4) : code;
  }

  void AddRegion(std::uint32_t code, const syntax::RegionRow& row) {
    program::Region region{code, {row.name.value}};
    for (const syntax::Text& alias : row.aliases) {
      if (std::ranges::find(region.names, alias.value) == region.names.end())
        region.names.push_back(alias.value);
    }
    for (const std::string& name : region.names) context_.regions[name].push_back(code);
    context_.model.schema.regions.push_back(std::move(region));
  }

  Context& context_;
  std::unordered_map<std::uint32_t, Range> codes_;
};

}  // namespace

void DeclareRegions(Context& context, const std::vector<syntax::Tree>& trees) {
  RegionTable table(context);
  for (const syntax::Tree& tree : trees) {
    for (const syntax::DeclarationId id : tree.top) {
      if (const auto* region = std::get_if<syntax::Region>(&tree[id])) table.Add(region->row, nullptr);
    }
  }
  table.Finish();
}

}  // namespace pol::model
