// Random policies as source text: every kind of fact, expression and clause of the language, well typed, in
// random combination.
#pragma once

#include <string>
#include <vector>

#include "tests/agreement/random.h"

namespace agreement {

class PolicyWriter {
 public:
  explicit PolicyWriter(Random& random) : random_(random) {}
  std::string Write();

 private:
  enum class Kind {
    kMoney,
    kPercent,
    kNumber,
    kCount,
    kDate,
    kYear,
    kTruth,
    kText,
    kRegion,
    kColour,
    kGrade
  };
  struct Field {
    std::string name;
    Kind kind = Kind::kMoney;
    bool optional = false;
    bool series = false;
  };

  // Declarations
  void WriteHeader();
  void WriteTypes();
  void WriteRecord(bool steps);
  void WriteElement();
  // Lifecycles (policy_lifecycles.cpp).
  void WriteSteps();
  void WriteLifecycle();
  void WriteDuties();
  void WriteStates();
  std::string MetBy(bool recurring);
  void WriteHolds();
  void WriteParameters();
  void WriteFunction();
  void WriteLets();
  void WriteArticles();
  void WriteArticle(std::size_t number);
  void WriteItem(const std::string& article, std::size_t number, std::size_t depth, bool may_cite);
  void WriteDecision(std::size_t number);
  void WriteGrant(std::size_t number);
  void WriteScore(std::size_t number);
  std::string Points();
  void AddFields(std::vector<Field>& fields, const std::string& prefix, bool series);
  std::string Declared(const Field& field) const;
  static std::string TypeName(Kind kind);

  // Expressions, by type. `optional`: its value may be absent.
  std::string Truth(std::size_t depth);
  std::string Money(std::size_t depth, bool optional);
  std::string Share(std::size_t depth, bool optional);
  std::string Count(std::size_t depth, bool optional);
  std::string Date(std::size_t depth, bool optional);
  std::string Year();
  std::string YearWindow();
  std::string DateWindow();
  std::string Comparison(std::size_t depth);
  std::string Membership(std::size_t depth);
  std::string OverList(std::size_t depth);
  std::string OverYears(std::size_t depth);
  std::string BandTable(std::size_t depth, bool truth);
  std::string Brackets(std::size_t depth);
  std::string Several(std::size_t depth);
  std::string Citation();
  std::string Selected(std::size_t depth, const std::string& operand);
  std::string Where(std::size_t depth);
  std::string SeriesCondition();
  std::string SeriesMoney();
  std::string Literal(Kind kind);
  std::string Relation();
  // A fact of the kind in scope; with a default unless `optional`. Empty when there is none.
  std::string Fact(Kind kind, bool optional);
  std::string Series(Kind kind);

  Random& random_;
  std::string text_;
  std::vector<Field> record_;
  std::vector<Field> element_;
  std::vector<std::pair<std::string, Kind>> names_;  // lets and parameters of the record
  bool inside_ = false;             // in a `where`: elements' fields are in scope, lists and series are not
  std::vector<std::string> cited_;  // clauses that may be cited
  std::vector<std::string> articles_;     // of those, with items that decide
  std::vector<std::size_t> item_counts_;  // by entry of articles_
  std::vector<std::string> replaced_;     // clauses that may be replaced
};

}  // namespace agreement
