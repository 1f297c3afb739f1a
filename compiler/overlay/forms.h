// What the expressions of several models mean, in one table: names put in, lets and clauses written out, the
// order of conjuncts and alternatives taken away. What means the same in two models is one form, so that
// "unchanged" is one comparison of numbers and form_order.h needs to know no model. Part of overlay.h; tested
// by tests/compiler/overlay_test.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "compiler/model/model.h"

namespace pol::overlay {

using FormId = std::uint32_t;

// How a form's value follows one of its operands: upwards with it, downwards, or in a way that is not known.
// A truth goes up from false by unknown to true.
enum class Sense : std::uint8_t { kUnknown, kUp, kDown };
// What is known of a number, wherever it is known at all.
enum class Sign : std::uint8_t { kAny, kNotNegative, kPositive, kNegative };

enum class FormKind : std::uint8_t {
  kConstant,   // `number`; comparable with another of the same words
  kParameter,  // operands[0] the reference date, then the values in force from `days`
  kAll,        // of distinct operands in order of their ids; of none: true
  kAny,        // ditto; of none: false
  kAtLeast,    // operands[0] the number, then the conditions
  kNotLess,    // operands[0] >= operands[1]
  kMore,       // operands[0] > operands[1]
  kOther       // named by `words`, follows its operands by `senses`
};

struct Form {
  FormKind kind = FormKind::kOther;
  std::string words;
  std::vector<FormId> operands;
  std::vector<Sense> senses;       // kOther: for each operand
  model::Rational number;          // kConstant
  std::vector<std::int32_t> days;  // kParameter: for each value; kAlways for one in force always
  Sign sign = Sign::kAny;

  static constexpr std::int32_t kAlways = INT32_MIN;
};

class Forms {
 public:
  const Form& operator[](FormId id) const { return forms_[id]; }
  // The id of a form like this one.
  FormId Add(Form form);
  // A form that no other is like: of what is not to be compared.
  FormId AddUnlike();
  FormId AddConstant(model::Rational number, std::string words);
  FormId AddTruth(bool value) { return value ? AddAll({}) : AddAny({}); }
  FormId AddAtom(std::string words, Sign sign = Sign::kAny);
  FormId AddOther(std::string words, std::vector<FormId> operands, std::vector<Sense> senses,
                  Sign sign = Sign::kAny);
  FormId AddAll(const std::vector<FormId>& operands) { return Add(Flattened(FormKind::kAll, operands)); }
  FormId AddAny(const std::vector<FormId>& operands) { return Add(Flattened(FormKind::kAny, operands)); }
  FormId AddNot(FormId operand);
  bool IsConstant(FormId id, const model::Rational& number) const;

 private:
  Form Flattened(FormKind kind, const std::vector<FormId>& operands) const;

  std::vector<Form> forms_;
  std::unordered_map<std::string, FormId> known_;  // by everything that tells forms apart
  std::uint32_t unlike_ = 0;
};

// The forms of one model.
struct ModelForms {
  std::vector<FormId> expressions;  // by expression
  // By clause: what its own text asks (`own` in model.h), and its value. What has nothing to decide is true.
  std::vector<FormId> own;
  std::vector<FormId> values;
};
ModelForms FormsOf(const model::Model& model, Forms& forms);

// A parameter; `reference` is the form of the model's reference date.
FormId ParameterForm(const model::Model& model, const model::Parameter& parameter, FormId reference,
                     Forms& forms);

}  // namespace pol::overlay
