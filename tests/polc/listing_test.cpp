// Rows as a table, CSV and NDJSON.
#include "polc/listing.h"

#include <doctest/doctest.h>

namespace polc {
namespace {

Listing Sample() {
  Listing listing({{"clause", "条款", false}, {"true", "成立", true}, {"label", "名称", false}});
  listing.Add({"5(3)", "12", "研发, 投入"});
  listing.Add({"6", "", "新建\"法人\""});
  return listing;
}

}  // namespace

TEST_CASE("a table is aligned by what a terminal shows") {
  CHECK(Sample().Text("table") ==
        "条款  成立  名称\n----  ----  ----------\n5(3)    12  研发, 投入\n6           新建\"法人\"\n");
  CHECK(Listing({{"a", "a", false}}).Text("table") == "a\n-\n");
}

TEST_CASE("CSV and NDJSON have the names that do not change") {
  CHECK(Sample().Text("csv") == "clause,true,label\n5(3),12,\"研发, 投入\"\n6,,\"新建\"\"法人\"\"\"\n");
  CHECK(Sample().Text("ndjson") ==
        "{\"clause\":\"5(3)\",\"true\":12,\"label\":\"研发, 投入\"}\n"
        "{\"clause\":\"6\",\"true\":null,\"label\":\"新建\\\"法人\\\"\"}\n");
}

}  // namespace polc
