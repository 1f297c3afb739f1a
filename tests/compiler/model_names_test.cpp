// Names: what they stand for, in what order they are looked up, and what is said of those that stand for
// nothing.
#include <doctest/doctest.h>

#include "tests/compiler/model_testing.h"

using pol::model_testing::BuildWith;
using pol::model_testing::Meaning;

TEST_CASE("what a member is compared with tells which enumeration it is of") {
  CHECK(Meaning("level >= middle") == "(>= level middle)");
  CHECK(Meaning("middle <= level") == "(<= middle level)");
  CHECK(Meaning("level = grade.low") == "(= level low)");
  CHECK(Meaning("sort = university", "enumeration seat { university, town }") == "(= sort university)");
  CHECK(Meaning("sort in {university, institute}", "enumeration seat { university, town }") ==
        "(any (= sort university) (= sort institute))");
  CHECK(Meaning("place = university", "enumeration seat { university, town }\nlet place = seat.university") ==
        "(= place university)");
  CHECK(BuildWith("enumeration seat { university, town }\nlet place = university\narticle 1 : good")
            .Says("kind.university or seat.university"));
  // A fact of the same name steps back where a value of the enumeration is asked for.
  CHECK(Meaning("level >= low", "let low = 5") == "(>= level low)");
  CHECK(Meaning("staff >= low", "let low = 5") == "(>= staff low)");
}

TEST_CASE("values of enumerations compare as their order allows") {
  CHECK(Meaning("sort = university") == "(= sort university)");
  CHECK(Meaning("sort >= university") == "P0321");
  CHECK(Meaning("sort = low") == "P0301");
  CHECK(Meaning("level = medium") == "P0205");
  CHECK(Meaning("sort = \"高校\"") == "P0207");
  CHECK(Meaning("title = \"A\"") == "(= title \"A\")");
  CHECK(Meaning("title >= \"A\"") == "P0322");
  CHECK(Meaning("address within \"北京\"") == "(within address 110000)");
  CHECK(Meaning("address not within \"110000\"") == "(not (within address 110000))");
  CHECK(Meaning("address = \"北京市\"") == "(= address 110000)");
}

TEST_CASE("declarations stand in any order") {
  CHECK(Meaning("a >= 5", "let a = b + 1\nlet b = staff") == "(>= a 5)");
  CHECK(BuildWith("let a = b + 1\nlet b = c\nlet c = a\narticle 1 : a >= 5").Says("c → a → b → c"));
}

TEST_CASE("an unknown name comes with the nearest there is") {
  CHECK(BuildWith("article 1 : stafff >= 5").Says("+ staff"));
  CHECK(BuildWith("article 1 : any of reports where (scores >= 5)").Says("+ score"));
  CHECK(BuildWith("article 1 : sum of reports.scores >= 5").Says("+ score"));
  CHECK(BuildWith("article 1 : result >= low").Says("any of reports where (result …)"));
  CHECK(BuildWith("article 1 : plan.target").Says("+ targets"));
  CHECK(BuildWith("param limit : amont = 5\narticle 1 : good").Codes() == "P0219");
  CHECK(BuildWith("param limit : mony = 5\narticle 1 : good").Says("+ money"));
  CHECK(BuildWith("article 1 : address within \"海定区\"").Says("+ \"海淀区\""));
}

TEST_CASE("a name is declared once") {
  CHECK(Meaning("good", "let staff = 5") == "P0202");
  CHECK(Meaning("good", "let a = 5\nparam a = 6") == "P0202");
  CHECK(BuildWith("let a = 5\nlet a = 6\narticle 1 : good").Says("- the first ‘a’ is here"));
  CHECK(Meaning("good", "enumeration money { cash }") == "P0218");
  CHECK(Meaning("good", "enumeration colour { red \"红\", crimson also \"红\" }") == "P0217");
}
