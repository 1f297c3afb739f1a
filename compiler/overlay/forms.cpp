#include "compiler/overlay/forms.h"

#include <algorithm>
#include <utility>

namespace pol::overlay {
namespace {

// Conjunctions within conjunctions are one, up to a length that no law reaches.
constexpr std::size_t kMostFlattened = 512;

std::string KeyOf(const Form& form) {
  std::string key = std::to_string(static_cast<int>(form.kind)) + ' ' + form.number.str() + ' ';
  for (const FormId operand : form.operands) key += std::to_string(operand) + ',';
  for (const std::int32_t day : form.days) key += '@' + std::to_string(day);
  return key + ' ' + std::to_string(static_cast<int>(form.sign)) + form.words;
}

}  // namespace

FormId Forms::Add(Form form) {
  const auto [place, fresh] = known_.try_emplace(KeyOf(form), static_cast<FormId>(forms_.size()));
  if (fresh) forms_.push_back(std::move(form));
  return place->second;
}

FormId Forms::AddUnlike() { return AddAtom("unlike " + std::to_string(unlike_++)); }

FormId Forms::AddConstant(model::Rational number, std::string words) {
  const Sign sign = number > 0 ? Sign::kPositive : number < 0 ? Sign::kNegative : Sign::kNotNegative;
  Form form;
  form.kind = FormKind::kConstant;
  form.words = std::move(words);
  form.number = std::move(number);
  form.sign = sign;
  return Add(std::move(form));
}

FormId Forms::AddAtom(std::string words, Sign sign) { return AddOther(std::move(words), {}, {}, sign); }

FormId Forms::AddOther(std::string words, std::vector<FormId> operands, std::vector<Sense> senses,
                       Sign sign) {
  Form form;
  form.words = std::move(words);
  form.operands = std::move(operands);
  form.senses = std::move(senses);
  form.sign = sign;
  return Add(std::move(form));
}

FormId Forms::AddNot(FormId operand) {
  const Form& form = forms_[operand];
  if (form.kind == FormKind::kAll && form.operands.empty()) return AddTruth(false);
  if (form.kind == FormKind::kAny && form.operands.empty()) return AddTruth(true);
  if (form.kind == FormKind::kOther && form.words == "not") return form.operands.front();
  return AddOther("not", {operand}, {Sense::kDown});
}

bool Forms::IsConstant(FormId id, const model::Rational& number) const {
  return forms_[id].kind == FormKind::kConstant && forms_[id].number == number;
}

Form Forms::Flattened(FormKind kind, const std::vector<FormId>& operands) const {
  Form form;
  form.kind = kind;
  for (const FormId operand : operands) {
    const Form& one = forms_[operand];
    if (one.kind == kind && form.operands.size() + one.operands.size() <= kMostFlattened) {
      form.operands.insert(form.operands.end(), one.operands.begin(), one.operands.end());
    } else {
      form.operands.push_back(operand);
    }
  }
  std::ranges::sort(form.operands);
  form.operands.erase(std::unique(form.operands.begin(), form.operands.end()), form.operands.end());
  // Of one, it is that one.
  if (form.operands.size() == 1) return forms_[form.operands.front()];
  return form;
}

}  // namespace pol::overlay
