// Rows as a table, CSV and NDJSON.
#include "polc/listing.h"

#include <doctest/doctest.h>

namespace polc {
namespace {

Listing Sample() {
  Listing listing(
      {{"clause", "条款", false, false}, {"true", "成立", true, false}, {"label", "名称", false, false}});
  listing.Add({"5(3)", "12", "研发, 投入"});
  listing.Add({"6", "", "新建\"法人\""});
  return listing;
}

}  // namespace

TEST_CASE("a table is aligned by what a terminal shows") {
  CHECK(Sample().Text("table") ==
        "条款  成立  名称\n----  ----  ----------\n5(3)    12  研发, 投入\n6           新建\"法人\"\n");
  CHECK(Listing({{"a", "a", false, false}}).Text("table") == "a\n-\n");
}

TEST_CASE("CSV and NDJSON have the names that do not change") {
  CHECK(Sample().Text("csv") == "clause,true,label\n5(3),12,\"研发, 投入\"\n6,,\"新建\"\"法人\"\"\"\n");
  CHECK(Sample().Text("ndjson") ==
        "{\"clause\":\"5(3)\",\"true\":12,\"label\":\"研发, 投入\"}\n"
        "{\"clause\":\"6\",\"true\":null,\"label\":\"新建\\\"法人\\\"\"}\n");
}

TEST_CASE("a list is an array in NDJSON") {
  Listing listing({{"key", "", false, false}, {"overdue", "", false, true}});
  listing.Add({"A1", ""});
  listing.Add({"A2", "report 2024-12-31; review 2025-01-02"});
  CHECK(listing.Text("ndjson") ==
        "{\"key\":\"A1\",\"overdue\":[]}\n"
        "{\"key\":\"A2\",\"overdue\":[\"report 2024-12-31\",\"review 2025-01-02\"]}\n");
  CHECK(listing.Text("csv") == "key,overdue\nA1,\nA2,report 2024-12-31; review 2025-01-02\n");
}

TEST_CASE("a long listing is taken piece by piece, under one heading") {
  Listing listing({{"a", "A", false, false}, {"b", "B", false, false}});
  listing.Add({"one", "1"});
  CHECK(listing.Take("table") == "A    B\n---  -\none  1\n");
  listing.Add({"twelve", "12"});
  listing.Add({"x", "3"});
  CHECK(listing.Take("table") == "twelve  12\nx    3\n");
  CHECK(listing.Take("table").empty());
  CHECK(Listing({{"a", "A", false, false}}).Take("csv") == "a\n");
}

}  // namespace polc
