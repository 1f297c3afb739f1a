#include "runtime/output/quota_count.h"

namespace pol::output {
namespace {

std::string BoundsText(const program::Quota& quota, bool chinese) {
  std::string text;
  if (quota.has_least) text = (chinese ? "不少于 " : "at least ") + quota.least.numerator;
  if (!quota.has_most) return text;
  if (!text.empty()) text += chinese ? "，" : ", ";
  return text + (chinese ? "不超过 " : "at most ") + quota.most.numerator;
}

std::string_view StateText(QuotaState state, bool chinese) {
  switch (state) {
    case QuotaState::kKept:
      return chinese ? "符合" : "kept";
    case QuotaState::kExceeded:
      return chinese ? "超出" : "exceeded";
    case QuotaState::kNotReached:
      return chinese ? "不足" : "not reached";
    case QuotaState::kOpen:
      break;
  }
  return chinese ? "尚不能确定" : "not settled yet";
}

}  // namespace

void QuotaCount::Add(engine::Truth condition) {
  if (condition == engine::Truth::kTrue) ++holding_;
  if (condition == engine::Truth::kUnknown) ++unknown_;
}

QuotaState QuotaCount::StateUnder(const program::Quota& quota) const {
  const engine::Rational fewest = holding_;
  const engine::Rational most = holding_ + unknown_;
  const auto bound = [](const program::NumberText& number) { return engine::Rational(number.numerator); };
  if (quota.has_most && fewest > bound(quota.most)) return QuotaState::kExceeded;
  if (quota.has_least && most < bound(quota.least)) return QuotaState::kNotReached;
  const bool settled =
      !(quota.has_most && most > bound(quota.most)) && !(quota.has_least && fewest < bound(quota.least));
  return settled ? QuotaState::kKept : QuotaState::kOpen;
}

std::string QuotaCount::Text(const program::Quota& quota, bool chinese) const {
  std::string text = (chinese ? "：" : ": ") + std::to_string(holding_);
  text += (chinese ? "，待定 " : ", undetermined ") + std::to_string(unknown_);
  text += (chinese ? "；" : "; ") + BoundsText(quota, chinese);
  text += chinese ? "：" : ": ";
  text += StateText(StateUnder(quota), chinese);
  return text + "\n";
}

}  // namespace pol::output
