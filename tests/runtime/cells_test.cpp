#include "runtime/records/cells.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/runtime/sample_records.h"

namespace pol::records {
namespace {

using program::ValueKind;

// What a cell says: the value as text, "missing", "absent", "not judged", or the code of its problem.
std::string Say(const program::Schema& schema, std::uint32_t fact, std::string_view cell,
                std::string_view unit = "") {
  FactCells cells(schema, fact);
  CellValue value;
  cells.Read(cell, *UnitOf(unit), value);
  switch (value.state) {
    case CellState::kMissing:
      return "missing";
    case CellState::kAbsent:
      return "absent";
    case CellState::kNotJudged:
      return "not judged";
    case CellState::kUnreadable:
      return std::string{CodeOf(value.problem)};
    case CellState::kGiven:
      break;
  }
  switch (schema.facts[fact].type.kind) {
    case ValueKind::kTruth:
      return value.truth ? "yes" : "no";
    case ValueKind::kDate:
      return calendar::ToText(value.code);
    case ValueKind::kRegion:
    case ValueKind::kEnumeration:
      return std::to_string(value.code);
    case ValueKind::kText:
    case ValueKind::kCreditCode:
      return std::string{value.text};
    default:
      break;
  }
  number::Decimal decimal{value.is_wide ? value.wide_numerator : number::Integer{value.numerator},
                          value.scale};
  return number::ToText(number::ToRational(decimal));
}

struct Case {
  std::string_view cell;
  std::string_view said;
  std::string_view unit = {};
};

void CheckCases(ValueKind kind, const std::vector<Case>& cases, std::string currency = "CNY") {
  program::Schema schema = sample::MakeSchema();
  schema.facts = {sample::MakeFact("fact", "", kind)};
  schema.facts[0].type.currency = std::move(currency);
  for (const Case& one : cases) {
    CAPTURE(one.cell);
    CAPTURE(one.unit);
    CHECK(Say(schema, 0, one.cell, one.unit) == one.said);
  }
}

TEST_CASE("money") {
  CheckCases(ValueKind::kMoney,
             {{"5,000万元", "50000000"},
              {"5000 万元", "50000000"},
              {"1.2亿", "120000000"},
              {"1.2亿元", "120000000"},
              {"￥5,000.00", "5000"},
              {"¥5000", "5000"},
              {"CNY 5000", "5000"},
              {"人民币5000元", "5000"},
              {"5000元", "5000"},
              {"5000元整", "5000"},
              {"5,000", "5000"},
              {"５，０００．５０元", "5000.5"},
              {"-3.5万元", "-35000"},
              {"−3.5万元", "-35000"},
              {"+7", "7"},
              {"(1,234)", "-1234"},
              {"（1,234.50）", "-1234.5"},
              {"(1,234)万元", "-12340000"},
              {"(1,234万元)", "-12340000"},
              {"-￥5", "-5"},
              {"￥-5", "-5"},
              {"1.23456789万元", "12345.6789"},
              {"0.01", "0.01"},
              {".5", "0.5"},
              {"0", "0"},
              {"0.00", "0"},
              {"30角", "3"},
              {"  5000\t", "5000"},
              {"12345678901234567890", "12345678901234567890"},
              {"99999999999999999999999999万亿元", "99999999999999999999999999000000000000"},
              {"1,23,4", "D0424"},
              {"1,2345", "D0424"},
              {"12,34", "D0424"},
              {",123", "D0424"},
              {"1,234,", "D0424"},
              {"0,123", "D0424"},
              {"1234,567", "D0424"},
              {"100万美元", "D0402"},
              {"$100", "D0402"},
              {"USD 100", "D0402"},
              {"约5000万元", "D0401"},
              {"5000-6000万元", "D0401"},
              {"5000万元以上", "D0401"},
              {"五千万元", "D0401"},
              {"5%", "D0401"},
              {"12人", "D0401"},
              {"1.", "D0401"},
              {"1.2.3", "D0401"},
              {"--5", "D0401"},
              {"(-5)", "D0401"},
              {"()", "D0401"},
              {"(", "D0401"},
              {"元", "D0401"},
              {"￥", "D0401"},
              {"1.2E+08", "D0427"},
              {"0.0000000000000000001", "D0426"},
              {"0.1000000000000000000000000000", "0.1"}});
}

TEST_CASE("money in a column with a unit") {
  CheckCases(ValueKind::kMoney, {{"5,000", "50000000", "万元"},
                                 {"5,000元", "5000", "万元"},
                                 {"1.2亿", "120000000", "万元"},
                                 {"0.01", "100", "万元"},
                                 {"3", "300000000", "亿"}});
}

TEST_CASE("money in another currency") {
  CheckCases(ValueKind::kMoney,
             {{"100万美元", "1000000"},
              {"$100", "100"},
              {"US$1,000", "1000"},
              {"100", "100"},
              {"100万", "1000000"},
              {"100元", "D0402"}},
             "USD");
  CheckCases(ValueKind::kMoney, {{"¥100", "100"}, {"100日元", "100"}}, "JPY");
}

TEST_CASE("percent") {
  CheckCases(ValueKind::kPercent, {{"12.5%", "0.125"},
                                   {"１２％", "0.12"},
                                   {"5‰", "0.005"},
                                   {"12.5 %", "0.125"},
                                   {"100%", "1"},
                                   {"250%", "2.5"},
                                   {"-3%", "-0.03"},
                                   {"0.125", "0.125"},
                                   {"0", "0"},
                                   {"-0.5", "-0.5"},
                                   {"0.99999999999999999999%", "D0426"},
                                   {"12.5", "D0404"},
                                   {"1", "D0404"},
                                   {"1.0", "D0404"},
                                   {"-1", "D0404"},
                                   {"12345678901234567890123", "D0404"},
                                   {"12.5", "0.125", "%"},
                                   {"1", "0.001", "‰"},
                                   {"12.5%", "0.125", "‰"},
                                   {"5元", "D0403"},
                                   {"百分之五", "D0403"},
                                   {"5%%", "D0403"}});
}

TEST_CASE("number, count and year") {
  CheckCases(ValueKind::kNumber, {{"1,200.5", "1200.5"},
                                  {"85分", "85"},
                                  {"3倍", "3"},
                                  {"1.2万", "12000"},
                                  {"5%", "0.05"},
                                  {"1.5e3", "D0427"},
                                  {"5元", "D0405"},
                                  {"abc", "D0405"}});
  CheckCases(ValueKind::kCount, {{"1,200", "1200"},
                                 {"12个", "12"},
                                 {"1200 人", "1200"},
                                 {"1.2万人", "12000"},
                                 {"5.0", "5"},
                                 {"-3", "-3"},
                                 {"3", "30000", "万人"},
                                 {"12.5", "D0407"},
                                 {"1.23456万", "D0407"},
                                 {"12元", "D0406"},
                                 {"5%", "D0406"},
                                 {"十二", "D0406"}});
  CheckCases(ValueKind::kYear, {{"2024", "2024"},
                                {"2024年", "2024"},
                                {"2024年度", "2024"},
                                {"２０２４", "2024"},
                                {"24", "D0408"},
                                {"24年", "D0408"},
                                {"2024-03-01", "D0408"},
                                {"02024", "D0408"},
                                {"2,024", "D0408"}});
}

TEST_CASE("numbers of any length") {
  CheckCases(ValueKind::kNumber,
             {{std::string(1000, '7'), std::string(1000, '7')}, {std::string(1001, '7'), "D0425"}});
}

TEST_CASE("date") {
  CheckCases(ValueKind::kDate, {{"2024-03-01", "2024-03-01"},
                                {"2024/3/1", "2024-03-01"},
                                {"2024.3.1", "2024-03-01"},
                                {"2024年3月1日", "2024-03-01"},
                                {"2024 年 3 月 1 日", "2024-03-01"},
                                {"2024年3月1号", "2024-03-01"},
                                {"２０２４－０３－０１", "2024-03-01"},
                                {"20240301", "2024-03-01"},
                                {"2024-03-01 00:00:00", "2024-03-01"},
                                {"2024-03-01T00:00:00.000", "2024-03-01"},
                                {"2024/3/1 0:00", "2024-03-01"},
                                {"20240301 00:00", "2024-03-01"},
                                {"2024-02-29", "2024-02-29"},
                                {"2023-02-29", "D0411"},
                                {"2024-13-01", "D0411"},
                                {"0000-01-01", "D0411"},
                                {"2024-03-01 08:30:00", "D0412"},
                                {"24-03-01", "D0410"},
                                {"3/1/2024", "D0410"},
                                {"45352", "D0413"},
                                {"2024-03", "D0409"},
                                {"2024年3月", "D0409"},
                                {"2024-3/1", "D0409"},
                                {"2024", "D0409"},
                                {"2024-03-01 00:00:00+08:00", "D0409"},
                                {"2024-03-01x", "D0409"},
                                {"2024-003-01", "D0409"},
                                {"三月一日", "D0409"}});
  CHECK(ParseDate(" 2024年3月1日 ") == ParseDate("2024-03-01"));
  CHECK_FALSE(ParseDate("yesterday").has_value());
  CHECK_FALSE(ParseDate("").has_value());
}

TEST_CASE("yes and no") {
  CheckCases(ValueKind::kTruth, {{"是", "yes"},
                                 {"否", "no"},
                                 {"有", "yes"},
                                 {"没有", "no"},
                                 {"YES", "yes"},
                                 {"n", "no"},
                                 {"True", "yes"},
                                 {"１", "yes"},
                                 {"0", "no"},
                                 {"√", "yes"},
                                 {"×", "no"},
                                 {"无", "D0415"},
                                 {"对", "D0414"},
                                 {"2", "D0414"},
                                 {"-", "missing"},
                                 {"N/A", "missing"}});
}

TEST_CASE("enumeration by name, label or alias") {
  CheckCases(ValueKind::kEnumeration, {{"general", "0"},
                                       {"GENERAL", "0"},
                                       {"ｇｅｎｅｒａｌ", "0"},
                                       {"一般", "0"},
                                       {" 一般事故 ", "0"},
                                       {"重大", "2"},
                                       {"generl", "D0417"},
                                       {"很大很大很大", "D0416"}});
}

TEST_CASE("region") {
  CheckCases(ValueKind::kRegion, {{"110108", "110108"},
                                  {"110199", "110000"},
                                  {"130102", "130000"},
                                  {"990000", "D0418"},
                                  {"北京市海淀区", "110108"},
                                  {"北京海淀", "110108"},
                                  {"北京市-海淀区", "110108"},
                                  {"北京市 / 海淀区", "110108"},
                                  {"北京市市辖区海淀区", "110108"},
                                  {"海淀区", "110108"},
                                  {"北京市海淀区中关村大街1号", "110108"},
                                  {"河北省石家庄市", "130000"},
                                  {"河北石家庄市", "130000"},
                                  {"广西", "450000"},
                                  {"吉林", "220000"},
                                  {"吉林吉林市", "220200"},
                                  {"朝阳区", "D0419"},
                                  {"北京市朝阳区", "110105"},
                                  {"辽宁省朝阳区", "211302"},
                                  {"北京市朝阳门外大街", "110000"},
                                  {"北京路12号", "D0418"},
                                  {"火星", "D0418"}});
}

TEST_CASE("credit code") {
  CHECK(CreditCodeCheck("91350100M000100Y4") == '3');  // the example of GB 32100-2015
  CheckCases(ValueKind::kCreditCode, {{"91350100M000100Y43", "91350100M000100Y43"},
                                      {"91350100m000100y43", "91350100M000100Y43"},
                                      {"９１３５０１００Ｍ０００１００Ｙ４３", "91350100M000100Y43"},
                                      {"91350100M000100Y44", "D0422"},
                                      {"91350100M000100Y4", "D0420"},
                                      {"91350100M000100Y433", "D0420"},
                                      {"91350100MO00100Y43", "D0421"},
                                      {"91350100M000100Y4三", "D0421"},
                                      {"9.135E+17", "D0427"},
                                      {"无", "missing"}});
}

TEST_CASE("text, and texts that the policy knows") {
  CheckCases(ValueKind::kText,
             {{" 甲公司 ", "甲公司"}, {"ＡＢＣ", "ＡＢＣ"}, {"无", "missing"}, {"不详", "missing"}});
  program::Schema schema = sample::MakeSchema();
  schema.text_literals = {"无"};
  CHECK(Say(schema, 1, "无") == "无");
}

TEST_CASE("nothing there") {
  const program::Schema schema = sample::MakeSchema();
  for (const std::string_view marker :
       {"", "  ", "　", "—", "——", "-", "--", "/", "\\", "无", "N/A", "n/a", "NA", "null", "暂无", "－"}) {
    CAPTURE(marker);
    CHECK(Say(schema, 2, marker) == "missing");  // founded
    CHECK(Say(schema, 8, marker) == "absent");   // pledge, optional
    CHECK(Say(schema, 9, marker) == (marker == "无" ? "D0415" : "not judged"));
  }
  for (const std::string_view marker : {"不详", "未知", "待定", "Unknown", "？"}) {
    CAPTURE(marker);
    CHECK(Say(schema, 2, marker) == "missing");
    CHECK(Say(schema, 8, marker) == "missing");
  }
}

TEST_CASE("declared range") {
  program::Schema schema = sample::MakeSchema();
  schema.facts = {sample::MakeFact("share", "", ValueKind::kPercent),
                  sample::MakeFact("day", "", ValueKind::kDate)};
  schema.facts[0].range = {.has_low = true,
                           .low_closed = true,
                           .has_high = true,
                           .high_closed = false,
                           .low = {"0", "1"},
                           .high = {"1", "3"}};
  CHECK(Say(schema, 0, "0%") == "0");
  CHECK(Say(schema, 0, "33.3333333333%") == "0.333333333333");
  CHECK(Say(schema, 0, "33.3333333334%") == "D0423");
  CHECK(Say(schema, 0, "-1%") == "D0423");
  schema.facts[1].range.has_high = true;
  schema.facts[1].range.high_closed = true;
  schema.facts[1].range.high = {"0", "1"};
  CHECK(Say(schema, 1, "1970-01-01") == "1970-01-01");
  CHECK(Say(schema, 1, "1970-01-02") == "D0423");
}

TEST_CASE("what is wrong is said with what was expected") {
  const program::Schema schema = sample::MakeSchema();
  CellValue value;
  FactCells(schema, 3).Read("12.5", Unit{}, value);
  CHECK(value.arguments == std::vector<std::string>{"12.5", "1250"});
  FactCells(schema, 5).Read("朝阳区", Unit{}, value);
  CHECK(value.arguments == std::vector<std::string>{"北京市朝阳区", "辽宁省朝阳区"});
}

TEST_CASE("JSON numbers as digits") {
  const std::vector<std::pair<std::string_view, std::string_view>> good = {
      {"0", "0"},       {"-1.50", "-1.50"}, {"1e3", "1000"},   {"1.5E+3", "1500"},
      {"15e-1", "1.5"}, {"1e-3", "0.001"},  {"-2.5e1", "-25"}, {"0.1e0", "0.1"}};
  for (const auto& [number, digits] : good) CHECK(PlainDigits(number) == digits);
  for (const std::string_view bad :
       {"", "-", "01", "1.", ".5", "1e", "1e+", "0x1", "1_0", "NaN", "--1", "1.2.3"}) {
    CAPTURE(bad);
    CHECK_FALSE(PlainDigits(bad).has_value());
  }
  // Too long, but numbers: their cells say so.
  CHECK(PlainDigits("1e1001")->size() == 1002);
  CHECK(PlainDigits("1e99999999999999999999") == PlainDigits("1e1001"));
  CHECK(PlainDigits(std::string(5000, '9')) == std::string(5000, '9'));
}

TEST_CASE("units") {
  CHECK(UnitOf("万元")->exponent == 4);
  CHECK(UnitOf("亿元")->exponent == 8);
  CHECK(UnitOf("%")->exponent == -2);
  CHECK(UnitOf("USD")->currency == "USD");
  CHECK(UnitOf("usd")->currency == "USD");
  CHECK(UnitOf("万人") == Unit{UnitKind::kThings, "", 4});
  CHECK_FALSE(UnitOf("合并").has_value());
}

}  // namespace
}  // namespace pol::records
