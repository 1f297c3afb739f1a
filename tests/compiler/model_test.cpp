// The whole of semantic analysis: modules, limits, hostile policies, and the policies of this project.
#include <doctest/doctest.h>

#include <ctime>
#include <string>

#include "tests/compiler/model_testing.h"

using pol::model_testing::BuildPolicy;
using pol::model_testing::BuildWith;
using pol::model_testing::Built;
using pol::model_testing::Modules;

namespace {

std::string Number(int number) { return std::to_string(number); }

// Seconds of work, in a build without optimization, on a slow machine.
constexpr std::clock_t kPatience = 30;

Built BuildInTime(const std::string& text) {
  const std::clock_t start = std::clock();
  Built built = BuildWith(text);
  CHECK((std::clock() - start) / CLOCKS_PER_SEC < kPatience);
  return built;
}

}  // namespace

TEST_CASE("modules are found, read once, and may use one another") {
  const Modules modules(
      {{"a.pol", "use b\nlet x = y + 1"}, {"b.pol", "let y = 5"}, {"c/d.pol", "use b\nlet z = y"}});
  CHECK(BuildWith("use a, c.d, b\narticle 1 : staff >= x + z", modules).Messages() == "");
  CHECK(BuildWith("use c.e\narticle 1 : good", modules).Codes() == "P0600");
  CHECK(BuildWith("use finanse\narticle 1 : good").Says("+ finance"));
}

TEST_CASE("what modules may not do") {
  const Modules modules({{"a.pol", "use b"},
                         {"b.pol", "use c"},
                         {"c.pol", "use a"},
                         {"p.pol", "policy other"},
                         {"q.pol", "article 7 : yes"},
                         {"r.pol", "decision d { a when yes otherwise b }"},
                         {"s.pol", "grant g §1 = 5元"}});
  CHECK(BuildWith("use a\narticle 1 : good", modules).Says("a → b → c → a"));
  CHECK(BuildWith("use p\narticle 1 : good", modules).Codes() == "P0602");
  CHECK(BuildWith("use q\narticle 1 : good", modules).Codes() == "P0603");
  CHECK(BuildWith("use r\narticle 1 : good", modules).Codes() == "P0604");
  CHECK(BuildWith("use s\narticle 1 : good", modules).Codes() == "P0607");
}

TEST_CASE("too many modules") {
  class Endless final : public pol::model::Library {
   public:
    std::optional<Found> Find(const std::string& path) const override {
      const int next = std::stoi(path.substr(1)) + 1;
      return Found{path, "use m" + Number(next)};
    }
    std::vector<std::string> List() const override { return {}; }
  };
  CHECK(BuildPolicy("policy demo\nuse m1", Endless()).Codes() == "P0605");
}

TEST_CASE("too long modules") {
  // 64 MiB and a little more, of which nothing is read.
  const Modules modules({{"a.pol", "use b"}, {"b.pol", std::string((64U << 20U) + 1, '-')}});
  CHECK(BuildPolicy("policy demo\nuse a", modules).Codes() == "P0606");
}

TEST_CASE("a number of more digits than any figure has") {
  CHECK(BuildWith("article 1 : staff >= " + std::string(5'000, '9')).Codes() == "P0356");
}

TEST_CASE("a chain of ten thousand lets") {
  std::string text = "let a0 = staff\n";
  for (int at = 1; at <= 10'000; ++at) text += "let a" + Number(at) + " = a" + Number(at - 1) + " + 1\n";
  const Built built = BuildInTime(text + "article 1 : a10000 >= 5");
  CHECK(built.Messages() == "");
}

TEST_CASE("a chain of ten thousand clauses, in a circle or not") {
  std::string text;
  for (int at = 1; at < 9'000; ++at) text += "article " + Number(at) + " : §" + Number(at + 1) + "\n";
  CHECK(BuildInTime(text + "article 9000 : good").Messages() == "");
  CHECK(BuildInTime(text + "article 9000 : §1").Codes() == "P0431");
}

TEST_CASE("a circle of ten thousand lets") {
  std::string text = "let a0 = a10000\n";
  for (int at = 1; at <= 10'000; ++at) text += "let a" + Number(at) + " = a" + Number(at - 1) + " + 1\n";
  const Built built = BuildInTime(text + "article 1 : a5 >= 5");
  CHECK_FALSE(built.model);
  CHECK(built.Codes().starts_with("P0224"));  // too long to be told from a chain
}

TEST_CASE("functions that double at each call") {
  std::string text = "function f0(n : count) = n + n\n";
  for (int at = 1; at <= 60; ++at) {
    text += "function f" + Number(at) + "(n : count) = f" + Number(at - 1) + "(f" + Number(at - 1) + "(n))\n";
  }
  const Built built = BuildInTime(text + "article 1 : f60(staff) >= 5");
  CHECK(built.Codes().starts_with("P0225"));
  CHECK(built.Says("expressions"));
}

TEST_CASE("functions that double and make nothing") {
  std::string text = "function f0(n : count) = n\n";
  for (int at = 1; at <= 60; ++at) {
    text += "function f" + Number(at) + "(n : count) = f" + Number(at - 1) + "(f" + Number(at - 1) + "(n))\n";
  }
  CHECK(BuildInTime(text + "article 1 : f60(staff) >= 5").Says("expressions"));
}

TEST_CASE("functions too deep within one another") {
  std::string text = "function f0(n : count) = n\n";
  for (int at = 1; at <= 200; ++at) {
    text += "function f" + Number(at) + "(n : count) = f" + Number(at - 1) + "(n) + 1\n";
  }
  CHECK(BuildInTime(text + "article 1 : f200(staff) >= 5").Codes().find("P0223") != std::string::npos);
}

TEST_CASE("lets that square one another stay short of exact numbers of any length") {
  std::string text = "let a0 = 7\n";
  for (int at = 1; at <= 60; ++at)
    text += "let a" + Number(at) + " = a" + Number(at - 1) + " * a" + Number(at - 1) + "\n";
  CHECK(BuildInTime(text + "param p = a60\narticle 1 : good").Codes().find("P0360") != std::string::npos);
}

TEST_CASE("long flat lists and many errors") {
  std::string list = "article 1 : any of { good";
  for (int at = 0; at < 20'000; ++at) list += "; staff >= " + Number(at);
  CHECK(BuildInTime(list + " }").Messages() == "");
  std::string errors = "article 1 : any of { good";
  for (int at = 0; at < 10'000; ++at) errors += "; unknown" + Number(at);
  std::string lets;
  for (int at = 0; at < 10'000; ++at) lets += "let known" + Number(at) + " = " + Number(at) + "\n";
  CHECK_FALSE(BuildInTime(lets + errors + " }").model);
}

TEST_CASE("a policy of ten thousand lines") {
  std::string text = "article 1 : good\ndecision large { fine when any of §2 otherwise poor }\narticle 2 {\n";
  for (int at = 1; at <= 999; ++at) {
    text += "(" + Number(at) + ") : a" + Number(at) +
            " >= 10% and (by capital { [1亿元, ..) : good, (.., 1亿元) : sound })\n";
  }
  text += "}\n";
  for (int at = 1; at <= 9'000; ++at) text += "let a" + Number(at) + " = sum of rd over window / capital\n";
  CHECK(BuildInTime(text).Messages() == "");
}

TEST_CASE("an operand is added before its user") {
  const Built built = BuildWith("article 1 : rd rising over window and (latest of reports).amount >= 5元");
  REQUIRE(built.model);
  for (const pol::model::Let& let : built.model->lets) CHECK_FALSE(let.value.valid());
}

TEST_CASE("what is wrong in several places is told in one run") {
  CHECK(BuildWith("article 1 : capital >= 5%\narticle 5 : stafff >= 5\narticle 6 : §77").Codes() ==
        "P0301 P0203 P0422");
}

TEST_CASE("the dump is the same each time") {
  const std::string text = "article 1 : rd rising over window and (latest of reports).amount >= 5元";
  CHECK(pol::model::Dump(*BuildWith(text).model) == pol::model::Dump(*BuildWith(text).model));
}
