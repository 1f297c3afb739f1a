// Regions by code or by name, as addresses write them: 北京市海淀区, 北京海淀, 北京市-海淀区, 110108. Tested
// by tests/runtime/cells_test.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "runtime/program/schema.h"

namespace pol::records {

class Regions {
 public:
  explicit Regions(const std::vector<program::Region>& regions);

  struct Found {
    std::optional<std::uint32_t> code;  // none: unknown or ambiguous
    std::vector<std::string> readings;  // of an ambiguous name: two of them, with what they are part of
  };
  // `text` is trimmed and width-folded. Of a place inside a known region that is not itself known, the
  // region.
  Found Find(std::string_view text) const;

 private:
  using Indices = std::vector<std::uint32_t>;
  struct Match {
    std::size_t length = 0;
    Indices regions;
  };
  void Add(const std::string& name, std::uint32_t region, bool derived);
  std::optional<std::uint32_t> FindCode(std::uint32_t code) const;
  Match LongestName(std::string_view text, std::optional<std::uint32_t> inside) const;
  std::string FullName(std::uint32_t region) const;

  const std::vector<program::Region>* regions_;
  std::unordered_map<std::string, Indices> written_;  // names that the schema gives
  std::unordered_map<std::string, Indices> derived_;  // the same without 省, 市, 区…
  std::size_t longest_name_ = 0;
};

}  // namespace pol::records
