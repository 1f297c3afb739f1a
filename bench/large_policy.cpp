#include "bench/large_policy.h"

#include <fmt/format.h>

#include <algorithm>

namespace bench {
namespace {

constexpr std::size_t kFacts = 200;

std::string Facts() {
  std::string text =
      "policy bench.large\n    title \"A long policy\"\n\nrecord applicant {\n    key id : text\n    founded "
      ": date\n"
      "    applied : date\n    revenue \"营业收入\" : money per year\n    rd \"研发费用\" : money per year\n";
  for (std::size_t fact = 0; fact < kFacts; ++fact) {
    text += fmt::format("    amount_{0} \"指标{0}\" : money\n    ready_{0} : yes_no\n", fact);
  }
  return text +
         "}\n\nlet window = last 3 years before year of applied\n"
         "let intensity = sum of rd over window / sum of revenue over window\n\n";
}

// One article of eleven lines.
std::string Article(std::size_t number) {
  const std::size_t fact = number % kFacts;
  const std::size_t other = (number * 7 + 3) % kFacts;
  return fmt::format(
      "let share_{0} \"占比{0}\" = amount_{1} / (amount_{2} + {0}元)\n"
      "article {0} \"第{0}项要求\" {{\n"
      "    (1) ready : ready_{1} and not ready_{2}\n"
      "    (2) effort : by amount_{1} {{\n"
      "        [30亿元, ..) : intensity >= 10% or share_{0} >= 5%\n"
      "        [10亿元, 30亿元) : intensity >= 15% or share_{0} >= 10%\n"
      "        (.., 10亿元) : intensity >= 20% or share_{0} >= 15%\n"
      "    }}\n"
      "    (3) enough : at least 2 of {{ amount_{1} >= {0}万元, amount_{2} < 5_000万元, ready_{2} }}\n"
      "}}\n\n",
      number, fact, other);
}

}  // namespace

std::string LargePolicy(std::size_t lines) {
  std::string text = Facts();
  auto lines_now = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  std::string cited;
  std::size_t number = 1;
  for (; lines_now + 4 < lines; ++number) {
    const std::string article = Article(number);
    lines_now += static_cast<std::size_t>(std::count(article.begin(), article.end(), '\n'));
    text += article;
    cited += fmt::format("{}§{}", number == 1 ? "" : ", ", number);
  }
  return text + "decision eligibility {\n    eligible when all of " + cited +
         "\n    otherwise ineligible\n}\n";
}

}  // namespace bench
