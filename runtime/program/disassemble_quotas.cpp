#include <fmt/format.h>

#include <iterator>

#include "runtime/program/listing.h"

namespace pol::program {

void ListQuotas(const Program& program, std::string& text) {
  if (!program.quotas.empty()) text += "\nquotas\n";
  for (const Quota& quota : program.quotas) {
    fmt::format_to(std::back_inserter(text), "  {} §{} when r{}", NamingText(quota.naming),
                   Word(program.clauses[quota.clause].id), quota.condition);
    if (quota.has_least) text += " at_least " + quota.least.numerator;
    if (quota.has_most) text += " at_most " + quota.most.numerator;
    text += PlaceText(quota.place) + "\n";
  }
}

}  // namespace pol::program
