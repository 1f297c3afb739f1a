#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "runtime/records/json_records.h"
#include "tests/runtime/sample_records.h"

namespace pol::records {
namespace {

using sample::ReadResult;
using sample::ReadText;
using Rows = std::vector<std::string>;

// Without the lists, which most of these records leave unknown.
Rows Short(const ReadResult& read) {
  Rows rows = read.rows;
  for (std::string& row : rows) {
    const std::size_t lists = row.find(" grade <unknown> occurred <unknown>");
    if (lists != std::string::npos) row.resize(lists);
  }
  return rows;
}

TEST_CASE("values of every JSON type") {
  const ReadResult read = ReadText(
      "data.ndjson",
      R"({"code": "A1", "good": true, "judged": null, "share": 0.125, "staff": 1.2e3, "pledge": "3亿元", "level": "一般"}
{"code": 17, "good": "否", "judged": 1, "share": "12.5%", "staff": "1,200人", "founded": 20240301, "name": "\u7532\n"}
{"code": "A3", "plan.budget": true, "revenue.2021": 5, "revenue_2022": -6.50, "rd": {"2023年": "7万元"}}
{"code": "A4", "plan": {"budget": false}, "revenue": {"2021": null, "2020": 1e-2}, "rd": null}
)");
  CHECK(read.codes() == "");
  CHECK(Short(read) ==
        Rows{"A1: code A1 share 0.125 staff 1200 good yes level 0 pledge 300000000",
             "17: code 17 name 甲 founded 2024-03-01 share 0.125 staff 1200 good no judged yes",
             "A3: code A3 plan.budget yes revenue 2021 5 2022 -6.5 rd 2023 70000",
             "A4: code A4 plan.budget no revenue 2020 0.01"});
}

TEST_CASE("values of the wrong type") {
  const ReadResult read =
      ReadText("data.ndjson",
               R"({"code":"A1","share":12.5,"staff":true,"good":2,"name":{"a":1},"pledge":[1],"revenue":5}
{"code":"A2","revenue":{"21":5,"1850":6,"2021":{}},"accidents":5}
{"code":"A3","accidents":[5]}
)");
  CHECK(read.codes() ==
        "D0404@1 D0406@1 D0414@1 D0320@1 D0320@1 D0315@1 D0316@2 D0316@2 D0320@2 D0317@2 D0317@3");
  CHECK(Short(read) == Rows{"A1: code A1 name <unreadable> share <unreadable> staff <unreadable> good "
                            "<unreadable> pledge <unreadable>",
                            "A2: code A2 revenue 2021 <unreadable>", "A3: code A3"});
}

TEST_CASE("lists") {
  const ReadResult read =
      ReadText("data.ndjson",
               R"({"code":"A1","accidents":[{"grade":"general","occurred":"2024-03-01"},{"occurred":null}]}
{"code":"A2","accidents":[]}
{"code":"A3","accidents":null}
{"code":"A4"}
{"code":"A5","安全事故":[{"事故等级":"重大","发生日期":"昨天","x":1}]}
)");
  CHECK(read.rows == Rows{"A1: code A1 grade 0 <missing> occurred 2024-03-01 <missing>",
                          "A2: code A2 grade occurred", "A3: code A3 grade <unknown> occurred <unknown>",
                          "A4: code A4 grade <unknown> occurred <unknown>",
                          "A5: code A5 grade 2 occurred <unreadable>"});
  CHECK(read.codes() == "D0409@5");
  CHECK(read.notices() == "D0313:安全事故.x");
}

TEST_CASE("members given twice") {
  const ReadResult read =
      ReadText("data.ndjson",
               R"({"code":"A1","staff":1,"staff":1,"revenue":{"2021":1,"2022":2},"营业收入2021":1}
{"code":"A2","accidents":[],"accidents":[]}
{"code":"A3","code":"A4"}
{"code":"A5","accidents":[{"grade":"general","grade":"grave"},{"grade":"grave"}]}
)");
  CHECK(read.codes() == "D0312@1 D0312@1 D0312@2 D0312@3 D0303@3 D0312@4");
  CHECK(read.rows == Rows{"A1: code A1 staff <unreadable> revenue 2021 <unreadable> 2022 2 grade <unknown> "
                          "occurred <unknown>",
                          "A2: code A2 grade <unknown> occurred <unknown>",
                          "A5: code A5 grade <unreadable> 2 occurred <missing> <missing>"});
}

TEST_CASE("broken lines, and the next goes on") {
  const ReadResult read = ReadText("data.ndjson",
                                   "{\"code\":\"A1\",\"staff\":1}\n"
                                   "{\"code\":\"B\",\"staff\":2\n"
                                   "{\"code\":\"B\" \"staff\":2}\n"
                                   "{\"code\":\"B\",\"staff\":tru}\n"
                                   "{\"code\":\"B\",\"staff\":01}\n"
                                   "{\"code\":\"B\",\"staff\":1e}\n"
                                   "{\"code\":\"B} \n"
                                   "{\"code\":\"B\"} x\n"
                                   "{\"code\":\"B\"}{\"code\":\"C\"}\n"
                                   "[1]\n"
                                   "5\n"
                                   "}\n"
                                   "\n"
                                   "{}\n"
                                   "{\"staff\":3}\r\n"
                                   "{\"code\":\"A2\",\"revenue\":{\"2021\":1\n"
                                   "{\"code\":\"A2\",\"staff\":4}");
  CHECK(Short(read) == Rows{"A1: code A1 staff 1", "A2: code A2 staff 4"});
  CHECK(read.lines == std::vector<std::uint64_t>{1, 17});
  CHECK(read.codes() ==
        "D0310@2 D0310@3 D0310@4 D0310@5 D0310@6 D0310@7 D0310@8 D0310@9 D0311@10 D0311@11 D0311@12 D0303@14 "
        "D0303@15 D0310@16");
}

TEST_CASE("a record that breaks off takes nothing along") {
  const ReadResult read = ReadText("data.ndjson",
                                   "{\"code\":\"B\",\"pledge\":99999999999999999999,\"accidents\":[{"
                                   "\"grade\":\"grave\"},{}],\"staff\":tru}\n"
                                   "{\"code\":\"A\",\"accidents\":[{\"grade\":\"general\"}]}\n");
  CHECK(read.rows == Rows{"A: code A grade 0 occurred <missing>"});
}

TEST_CASE("arrays and objects over several lines") {
  const std::string object = "{\n  \"code\": \"A,]}\\\"1\",\n  \"staff\": 1\n}";
  CHECK(Short(ReadText("data.json", object)) == Rows{"A,]}\"1: code A,]}\"1 staff 1"});
  CHECK(Short(ReadText("data.json", object + "\n{\n\"code\":\"A2\"}")).size() == 2);
  const ReadResult list = ReadText("data.json", "[\n" + object + " ,\n{\"code\":\"A2\"}\n]\n");
  CHECK(list.codes() == "");
  CHECK(list.lines == std::vector<std::uint64_t>{2, 6});
  CHECK(ReadText("data.json", "[{\"code\":\"A1\"},5,{\"code\":\"A2\"}]").codes() == "D0311@1");
  CHECK(ReadText("data.json", "[{\"code\":\"A1\"},\n{\"code\":\"A2\"").codes() == "D0321@2");
  CHECK(ReadText("data.json", "[{\"code\":\"A1\"},\n{\"code\":\"A2\"}").rows.size() == 2);
  CHECK(ReadText("data.json", "[{\"code\":\"A1\"},\n{\"code\":\"A2\"}").codes() == "D0321@2");
  CHECK(ReadText("data.json", "[{\"code\":\"A1\"}] x\n{\"code\":\"A2\"}").codes() == "D0322@1");
}

TEST_CASE("deep nesting") {
  for (const std::string open : {"[", "{\"a\":"}) {
    std::string deep;
    for (int depth = 0; depth < 100'000; ++depth) deep += open;
    const ReadResult line = ReadText("data.ndjson", "{\"code\":\"B\",\"x\":" + deep + "\n{\"code\":\"A\"}\n");
    CHECK(line.rows.size() == 1);
    CHECK(ReadText("data.json", "[" + deep).codes() == "D0321@1");
  }
  const std::string closed = std::string(100'000, '[') + std::string(100'000, ']');
  CHECK(ReadText("data.ndjson", "{\"code\":\"A\",\"x\":" + closed + "}\n").rows.size() == 1);
  CHECK(ReadText("data.ndjson", "{\"code\":\"A\",\"accidents\":" + closed + "}\n").rows.size() == 1);
}

TEST_CASE("records too long are passed over") {
  const std::string big(JsonRecords::kMostRecord + 1000, 'x');
  const ReadResult lines =
      ReadText("data.ndjson", "{\"code\":\"A1\"}\n{\"code\":\"" + big + "\"}\n{\"code\":\"A2\"}\n");
  CHECK(lines.codes() == "D0307@2");
  CHECK(lines.rows.size() == 2);
  const ReadResult list =
      ReadText("data.json", "[{\"code\":\"A1\"},\n{\"code\":\"" + big + "\"},\n{\"code\":\"A2\"}]");
  CHECK(list.codes() == "D0307@2");
  CHECK(list.rows.size() == 2);
  const std::string fits(JsonRecords::kMostRecord - 1000, 'x');
  CHECK(
      ReadText("data.ndjson", "{\"code\":\"A1\",\"y\":\"" + fits + "\"}\n{\"code\":\"A2\"}\n").rows.size() ==
      2);
}

TEST_CASE("any number of unknown members") {
  std::string text = "{\"code\":\"A1\"";
  for (int member = 0; member < 10'000; ++member) text += ",\"m" + std::to_string(member) + "\":1";
  const ReadResult read = ReadText("data.ndjson", text + "}\n");
  CHECK(read.rows.size() == 1);
  CHECK(read.problems.list().size() <= 2 * Problems::kLimit);
}

}  // namespace
}  // namespace pol::records
