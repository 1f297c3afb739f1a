#include "runtime/records/reader.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/runtime/sample_records.h"

namespace pol::records {
namespace {

using sample::ReadFiles;
using sample::ReadResult;
using sample::ReadText;
using sample::TemporaryFile;
using Rows = std::vector<std::string>;

// "北京,1" in GB18030, by way of a table of the few characters that the tests use.
std::string ToGb18030(std::string_view text) {
  static const std::pair<std::string_view, std::string_view> kCodes[] = {
      {"代码", "\xb4\xfa\xc2\xeb"},
      {"企业名称", "\xc6\xf3\xd2\xb5\xc3\xfb\xb3\xc6"},
      {"营业收入", "\xd3\xaa\xd2\xb5\xca\xd5\xc8\xeb"},
      {"成立日期", "\xb3\xc9\xc1\xa2\xc8\xd5\xc6\xda"},
      {"万元", "\xcd\xf2\xd4\xaa"},
      {"乙公司", "\xd2\xd2\xb9\xab\xcb\xbe"},
      {"甲公司", "\xbc\xd7\xb9\xab\xcb\xbe"},
      {"年", "\xc4\xea"},
      {"月", "\xd4\xc2"},
      {"日", "\xc8\xd5"},
      {"（", "\xa3\xa8"},
      {"）", "\xa3\xa9"}};
  std::string converted;
  while (!text.empty()) {
    bool found = false;
    for (const auto& [character, code] : kCodes) {
      if (!text.starts_with(character)) continue;
      converted += code;
      text.remove_prefix(character.size());
      found = true;
      break;
    }
    if (found) continue;
    converted += text.front();
    text.remove_prefix(1);
  }
  return converted;
}

TEST_CASE("a CSV file as analysts write it") {
  const ReadResult read = ReadText("data.csv",
                                   "代码,企业名称,2022年营业收入（万元）,营业收入2023,研发占比(%),职工人数,"
                                   "注册地,信用良好,等级,承诺投入,优势显著\r\n"
                                   "A1,\"乙,公司\",\"5,000\",1.2亿元,12.5,1200人,北京市海淀区,是,一般,—,\r\n"
                                   "A2,甲公司,-,不详,,,海淀区,否,grave,不详,是\r\n");
  CHECK(read.codes() == "");
  CHECK(read.rows == Rows{"A1: code A1 name 乙,公司 share 0.125 staff 1200 registered 110108 good yes level "
                          "0 revenue 2022 50000000 "
                          "2023 120000000 grade <unknown> occurred <unknown>",
                          "A2: code A2 name 甲公司 registered 110108 good no level 2 judged yes grade "
                          "<unknown> occurred <unknown>"});
  CHECK(read.lines == std::vector<std::uint64_t>{2, 3});
}

TEST_CASE("the same records in every format") {
  const std::string csv =
      "代码,企业名称,成立日期,营业收入2021（万元）,营业收入2023（万元）\n"
      "A1,乙公司,2010年4月26日,\"5,000\",1.25\n"
      "A2,甲公司,2011-01-01,0.0001,12345678901234567890\n";
  const std::string json =
      "{\"code\":\"A1\",\"name\":\"乙公司\",\"founded\":\"2010-04-26\",\"revenue\":{\"2021\":5e7,\"2023\":"
      "12500}}\n"
      "{\"revenue.2023\":\"12345678901234567890万元\",\"revenue.2021\":1.0,\"founded\":\"2011/1/"
      "1\",\"name\":\"甲公司\",\"code\":\"A2\"}\n";
  const ReadResult utf8 = ReadText("data.csv", csv);
  CHECK(utf8.codes() == "");
  REQUIRE(utf8.rows.size() == 2);
  CHECK(utf8.rows[1].find("revenue 2021 1 2023 123456789012345678900000") != std::string::npos);
  CHECK(ReadText("data.csv", ToGb18030(csv)).rows == utf8.rows);
  CHECK(ReadText("data.ndjson", json).rows == utf8.rows);
  const std::size_t line_break = json.find('\n');
  const std::string list = "[" + json.substr(0, line_break) + ",\n" + json.substr(line_break + 1) + "]";
  CHECK(ReadText("data.json", list).rows == utf8.rows);
  std::string tabs = csv;
  for (char& byte : tabs) byte = byte == ',' ? '\t' : byte;
  tabs.replace(tabs.find("\"5\t000\""), 7, "5000");
  CHECK(ReadText("data.tsv", tabs).rows == utf8.rows);
}

TEST_CASE("batches of every size around the limit") {
  for (const std::size_t count : {1, 64, 65, 320, 321, 1344, 1345, 2368, 2369}) {
    std::string csv = "code,revenue.2023\n";
    std::string json;
    for (std::size_t row = 0; row < count; ++row) {
      const std::string number = std::to_string(row);
      csv += "K" + number + "," + number + (row % 7 == 0 ? ".5\n" : "\n");
      json += "{\"code\":\"K" + number + "\",\"revenue\":{\"2023\":" + number +
              (row % 7 == 0 ? ".5}}\n" : "}}\n");
    }
    const ReadResult read = ReadText("data.csv", csv);
    CHECK(read.rows.size() == count);
    // A short first batch, then longer ones up to the limit: 64, 256, 1024, 1024, …
    std::size_t batches = 0;
    for (std::size_t rows = 0, batch = 64; rows < count; batch = std::min<std::size_t>(batch * 4, 1024)) {
      rows += batch;
      ++batches;
    }
    CHECK(read.batches.size() == batches);
    CHECK(read.rows == ReadText("data.ndjson", json).rows);
    CHECK(read.lines.back() == count + 1);
    CHECK(read.codes() == "");
  }
}

TEST_CASE("rows that are wrong leave the others complete") {
  const ReadResult read = ReadText("data.csv",
                                   "code,staff,share\n"
                                   "A1,5\n"          // short
                                   "A2,1,000,5%\n"   // long: an unquoted comma
                                   "A3,3,5%,,\n"     // long, but with nothing in it
                                   ",7,5%\n"         // no key
                                   "A4,x,5%\n"       // unreadable
                                   "A5,\"5\"x,5%\n"  // text after the quotation mark
                                   ",,\n"            // what spreadsheets leave at the end
                                   "A1,8,6%\n"       // twice
                                   "A6,9,\"6%\n");   // cut
  CHECK(read.codes() == "D0301@2 D0302@3 D0303@5 D0406@6 D0308@7 D0304@9 D0305@10");
  CHECK(read.rows ==
        Rows{"A1: code A1 staff 5 grade <unknown> occurred <unknown>",
             "A2: code A2 share <unreadable> staff <unreadable> grade <unknown> occurred <unknown>",
             "A3: code A3 share 0.05 staff 3 grade <unknown> occurred <unknown>",
             "A4: code A4 share 0.05 staff <unreadable> grade <unknown> occurred <unknown>",
             "A5: code A5 share 0.05 staff <unreadable> grade <unknown> occurred <unknown>",
             "A1: code A1 share 0.06 staff 8 grade <unknown> occurred <unknown>"});
}

TEST_CASE("cells cut off by a short row are missing even where blank would mean absent") {
  const TemporaryFile file("data.csv", "code,pledge\nA1\nA2,\n");
  const program::Schema schema = sample::Undemanding();
  Problems problems;
  const auto reader = Open(schema, {file.path()}, {}, problems);
  Batch batch;
  REQUIRE(reader->Next(batch, problems));
  CHECK(sample::SayLane(schema, batch, 8, 0) == "<missing>");
  CHECK(sample::SayLane(schema, batch, 8, 1) == "<absent>");
}

TEST_CASE("bytes that are no text") {
  const ReadResult read = ReadText("data.csv", "code,name,staff\nA1,北京,5\nA2,\xff北,6\nA3,北,7\n");
  CHECK(read.codes() == "D0309@3");
  REQUIRE(read.rows.size() == 3);
  CHECK(read.rows[1].find("name <unreadable> staff 6") != std::string::npos);
}

TEST_CASE("headers that cannot be used") {
  const auto first = [](std::string_view text) {
    const ReadResult read = ReadText("data.csv", text);
    CHECK_FALSE(read.opened);
    return read.codes();
  };
  CHECK(first("1,2,3\n4,5,6\n") == "D0201@1");
  CHECK(first("\n\n1,2,3\n") == "D0201@3");
  CHECK(first("name,staff\nA,5\n") == "D0202@1");
  CHECK(first("cod,staff\nA,5\n") == "D0203@1");
  CHECK(first("code,staff,职工人数\nA,5,6\n") == "D0204@1");
  CHECK(first("code,代码\nA,5\n") == "D0204@1");
  CHECK(first("code,revenue.2023,2023年营业收入\nA,5,6\n") == "D0204@1");
  CHECK(first("  \n \n") == "D0103@0");
  CHECK(first("code,\"staff\n") == "D0201@1");
}

TEST_CASE("headers that are noticed") {
  const program::Schema schema = sample::MakeSchema();
  const TemporaryFile file("data.csv",
                           "code,备注,nme,营业收入,accidents.grade,staff（万元）,pledge（十万吨元）,"
                           "职工人数（合计）,share（合并）\n"
                           "A1,,,5,,7,8,,5%\n");
  const ReadResult read = ReadFiles(schema, {file.path()});
  CHECK_FALSE(read.opened);  // staff twice
  const TemporaryFile good(
      "data.csv",
      "code,备注,nme,营业收入,accidents.grade,staff（万元）,pledge（吨元）,share（合并）\nA1,,,5,,7,8,5%\n");
  const ReadResult noticed = ReadFiles(schema, {good.path()});
  CHECK(noticed.codes() == "D0211@1 D0211@1");
  CHECK(
      noticed.notices() ==
      "D0213:share（合并） D0206: D0205: D0205: D0205: D0205: D0205: D0205: D0205: D0209:营业收入 D0207:备注 "
      "D0210:accidents.grade");
  REQUIRE(noticed.rows.size() == 1);
  CHECK(noticed.rows[0] ==
        "A1: code A1 share 0.05 staff <unreadable> pledge <unreadable> grade <unknown> occurred <unknown>");
}

TEST_CASE("no records") {
  CHECK(ReadText("data.csv", "code,staff\n").notices() == "D0212:");
  CHECK(ReadText("data.json", "[]").notices() == "D0212:");
}

TEST_CASE("several files, keys found across them") {
  const program::Schema schema = sample::Undemanding();
  const TemporaryFile first("a.csv", "code,revenue.2021\nA1,5\nA2,6\n");
  const TemporaryFile second("b.ndjson", "{\"code\":\"A2\",\"revenue\":{\"2023\":7}}\n");
  const ReadResult read = ReadFiles(schema, {first.path(), second.path()});
  CHECK(read.rows == Rows{"A1: code A1 revenue 2021 5 grade <unknown> occurred <unknown>",
                          "A2: code A2 revenue 2021 6 grade <unknown> occurred <unknown>",
                          "A2: code A2 revenue 2023 7 grade <unknown> occurred <unknown>"});
  CHECK(read.codes() == "D0304@1");
  CHECK(read.problems.list()[0].file == second.path());
  CHECK(read.problems.list()[0].arguments == std::vector<std::string>{"3", first.path()});
  const ReadResult missing = ReadFiles(schema, {"/no/such.csv", first.path(), "/nor/this.csv"});
  CHECK_FALSE(missing.opened);
  CHECK(missing.codes() == "D0101@0 D0101@0");
  CHECK(ReadFiles(schema, {"-", "-"}).codes() == "D0111@0");
}

TEST_CASE("credit codes are the same key in any case") {
  program::Schema schema = sample::Undemanding();
  schema.facts[0].type.kind = program::ValueKind::kCreditCode;
  const TemporaryFile file("a.csv", "code\n91350100M000100Y43\n91350100m000100y43\n");
  const ReadResult read = ReadFiles(schema, {file.path()});
  CHECK(read.codes() == "D0304@3");
  CHECK(read.rows.size() == 2);
  CHECK(read.rows[1].starts_with("91350100m000100y43: code 91350100M000100Y43"));
}

// ---- Tables
// --------------------------------------------------------------------------------------------------------

ReadResult ReadWithTable(std::string_view data_name, std::string_view data, std::string_view table_name,
                         std::string_view table, std::string list = "accidents") {
  static const program::Schema schema = sample::Undemanding();
  const TemporaryFile data_file(data_name, data);
  const TemporaryFile table_file(table_name, table);
  ReaderOptions options;
  options.tables = {{std::move(list), table_file.path()}};
  options.batch_rows = 2;
  return ReadFiles(schema, {data_file.path()}, options);
}

TEST_CASE("a table's rows go to their records") {
  const Rows expected = {"A1: code A1 grade 0 2 occurred 2020-01-01 2020-02-02", "A2: code A2 grade occurred",
                         "A3: code A3 grade <unreadable> occurred <missing>"};
  const ReadResult csv = ReadWithTable("data.csv", "code\nA1\nA2\nA3\n", "accidents.csv",
                                       "代码,事故等级,accidents.occurred\n"
                                       "A1,一般,2020-01-01\n"
                                       "A9,general,2020-01-01\n"
                                       "A3,huge,\n"
                                       "A1,grave,2020/2/2\n");
  CHECK(csv.rows == expected);
  CHECK(csv.codes() == "D0416@4 D0319@3");
  const ReadResult json = ReadWithTable(
      "data.ndjson", "{\"code\":\"A1\"}\n{\"code\":\"A2\"}\n{\"code\":\"A3\"}\n", "accidents.ndjson",
      "{\"code\":\"A1\",\"grade\":\"general\",\"occurred\":\"2020-01-01\"}\n"
      "{\"code\":\"A3\",\"grade\":\"huge\"}\n"
      "{\"code\":\"A1\",\"grade\":\"grave\",\"occurred\":\"2020-02-02\"}\n");
  CHECK(json.rows == expected);
  CHECK(json.codes() == "D0416@2");
}

TEST_CASE("an empty table is a known, empty list") {
  const ReadResult read = ReadWithTable("data.csv", "code\nA1\n", "accidents.csv", "code,grade,occurred\n");
  CHECK(read.rows == Rows{"A1: code A1 grade occurred"});
  CHECK(read.codes() == "");
}

TEST_CASE("tables that cannot be used") {
  CHECK(ReadWithTable("d.csv", "code\nA1\n", "t.csv", "code\n", "accident").codes() == "D0109@0");
  CHECK(ReadWithTable("d.csv", "code\nA1\n", "t.csv", "code\n", "xyz").codes() == "D0108@0");
  CHECK(ReadWithTable("d.csv", "code\nA1\n", "t.csv", "grade\ngeneral\n").codes() == "D0202@1");
  const ReadResult both =
      ReadWithTable("d.ndjson", "{\"code\":\"A1\",\"accidents\":[{\"grade\":\"general\"}]}\n", "t.csv",
                    "code,grade\nA1,grave\n");
  CHECK(both.codes() == "D0318@1");
  CHECK(both.rows == Rows{"A1: code A1 grade <unknown> occurred <unknown>"});
}

TEST_CASE("formats by name, else by the first character") {
  CHECK(ReadText("data", "code\nA1\n").rows.size() == 1);
  CHECK(ReadText("data", "  {\"code\":\"A1\"}\n").rows.size() == 1);
  CHECK(ReadText("data", "[{\"code\":\"A1\"}]").rows.size() == 1);
  CHECK(ReadText("data.json", "code\nA1\n").codes() == "D0112@0");
  CHECK(ReadText("DATA.CSV", "{code\nA1\n").codes() == "D0201@1");
}

}  // namespace
}  // namespace pol::records
