#include "compiler/model/coverage.h"

#include <algorithm>

namespace pol::model {
namespace {

using Integer = boost::multiprecision::cpp_int;

constexpr std::size_t kOutside = static_cast<std::size_t>(-1);

Integer FloorOf(const Rational& value) {
  const Integer top = numerator(value);
  const Integer bottom = denominator(value);
  Integer quotient = top / bottom;
  if (top < 0 && quotient * bottom != top) --quotient;
  return quotient;
}

// Of whole numbers, (1, 4) is [2, 3].
void Tighten(Span& span) {
  if (span.low) {
    const bool whole = denominator(*span.low) == 1;
    Integer low = FloorOf(*span.low);
    if (!whole || !span.low_closed) ++low;
    span.low = Rational(low);
    span.low_closed = true;
  }
  if (span.high) {
    const bool whole = denominator(*span.high) == 1;
    Integer high = FloorOf(*span.high);
    if (whole && !span.high_closed) --high;
    span.high = Rational(high);
    span.high_closed = true;
  }
}

bool IsEmpty(const Span& span) {
  if (!span.low || !span.high) return false;
  return *span.low > *span.high || (*span.low == *span.high && !(span.low_closed && span.high_closed));
}

bool StartsBefore(const Span& left, const Span& right) {
  if (left.low.has_value() != right.low.has_value()) return !left.low;
  if (left.low && *left.low != *right.low) return *left.low < *right.low;
  if (left.low && left.low_closed != right.low_closed) return left.low_closed;
  return left.piece < right.piece;
}

bool ReachesFurther(const Span& left, const Span& right) {
  if (!left.high || !right.high) return !left.high && right.high;
  return *left.high > *right.high || (*left.high == *right.high && left.high_closed && !right.high_closed);
}

class Sweep {
 public:
  explicit Sweep(const CoverageQuestion& question) : question_(question) {}

  std::vector<CoverageFinding> Run(const std::vector<Span>& spans) {
    if (spans.empty()) return {};
    if (spans.front().low) Gap(Below(spans.front()), std::nullopt, spans.front().piece);
    Span reach = spans.front();
    for (std::size_t at = 1; at < spans.size(); ++at) {
      Meet(reach, spans[at]);
      if (ReachesFurther(spans[at], reach)) reach = spans[at];
    }
    if (reach.high) Gap(Above(reach), reach.piece, std::nullopt);
    return std::move(findings_);
  }

 private:
  Rational Below(const Span& span) const {
    return span.low_closed ? Rational(*span.low - question_.step) : *span.low;
  }
  Rational Above(const Span& span) const {
    return span.high_closed ? Rational(*span.high + question_.step) : *span.high;
  }

  void Gap(Rational witness, std::optional<std::size_t> below, std::optional<std::size_t> above) {
    if (question_.has_rest) return;
    if (below == kOutside) below.reset();
    if (above == kOutside) above.reset();
    findings_.push_back({CoverageFinding::Kind::kGap, std::move(witness), below, above});
  }

  void Meet(const Span& reach, const Span& next) {
    const bool apart = reach.high && next.low && *reach.high < *next.low;
    const bool touching = reach.high && next.low && *reach.high == *next.low;
    if (touching && (reach.high_closed != next.low_closed)) return;
    if (touching && !reach.high_closed) return Gap(*next.low, reach.piece, next.piece);
    if (apart) return MeetApart(reach, next);
    if (reach.piece == kOutside || next.piece == kOutside) return;
    findings_.push_back({CoverageFinding::Kind::kOverlap, Shared(reach, next), reach.piece, next.piece});
  }

  void MeetApart(const Span& reach, const Span& next) {
    if (question_.whole_numbers) {
      if (*next.low - *reach.high > 1) Gap(Rational(*reach.high + 1), reach.piece, next.piece);
      return;
    }
    Rational witness = (*reach.high + *next.low) / 2;
    if (!reach.high_closed) {
      witness = *reach.high;
    } else if (!next.low_closed) {
      witness = *next.low;
    }
    Gap(std::move(witness), reach.piece, next.piece);
  }

  // A value of both; `next` begins within `reach`.
  Rational Shared(const Span& reach, const Span& next) const {
    if (next.low && next.low_closed) return *next.low;
    std::optional<Rational> high = next.high;
    if (reach.high && (!high || *reach.high < *high)) high = reach.high;
    if (!next.low) return high ? Rational(*high - question_.step) : Rational(0);
    if (!high) return Rational(*next.low + question_.step);
    return Rational((*next.low + *high) / 2);
  }

  const CoverageQuestion& question_;
  std::vector<CoverageFinding> findings_;
};

}  // namespace

std::vector<CoverageFinding> CheckCoverage(CoverageQuestion question) {
  std::vector<CoverageFinding> findings;
  std::vector<Span> spans;
  for (Span& span : question.spans) {
    if (question.whole_numbers) Tighten(span);
    if (IsEmpty(span)) {
      findings.push_back({CoverageFinding::Kind::kEmpty, *span.low, span.piece, {}});
    } else {
      spans.push_back(span);
    }
  }
  if (spans.empty()) return findings;
  // What does not occur is taken care of.
  Span limits = question.limits;
  if (question.whole_numbers) Tighten(limits);
  if (limits.low) spans.push_back({{}, limits.low, false, !limits.low_closed, kOutside});
  if (limits.high) spans.push_back({limits.high, {}, !limits.high_closed, false, kOutside});
  if (question.whole_numbers) {
    for (Span& span : spans) Tighten(span);
  }
  std::ranges::sort(spans, StartsBefore);
  std::vector<CoverageFinding> more = Sweep(question).Run(spans);
  findings.insert(findings.end(), more.begin(), more.end());
  return findings;
}

}  // namespace pol::model
