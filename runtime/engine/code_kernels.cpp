#include "runtime/engine/kernels.h"
#include "runtime/engine/planes.h"

namespace pol::engine {
namespace {

template <typename Compare>
void CompareCodes(Frame& frame, Compare compare) {
  const Codes& a = frame.code(0);
  const Codes& b = frame.code(1);
  const Bits known = Both(a.known, b.known);
  const Bits holds =
      Pack(frame.lanes(), [&](std::size_t lane) { return compare(a.values[lane], b.values[lane]); });
  Truths& result = frame.NewTruths();
  result.yes = Both(known, holds);
  result.no = Without(known, holds);
}

// 10000 for a province, 100 for a prefecture, 1 for a county: what to divide codes by to see whether they lie
// in it.
std::int32_t DivisorOf(std::int32_t region) {
  if (region == 0) return 1000000;
  if (region % 10000 == 0) return 10000;
  return region % 100 == 0 ? 100 : 1;
}

}  // namespace

void CodeKernels::LoadCode(Frame& frame) {
  const records::Column& column = frame.column(0);
  Codes& result = frame.NewCodes();
  result.values = column.codes;
  result.known = column.known;
}

void CodeKernels::AsOf(Frame& frame) {
  Codes& result = frame.NewCodes();
  if (!frame.settings.as_of) return;
  result.values.assign(frame.lanes(), *frame.settings.as_of);
  result.known.Assign(frame.lanes(), true);
}

void CodeKernels::ConstantCode(Frame& frame) {
  Codes& result = frame.NewCodes();
  result.values.assign(frame.lanes(), static_cast<std::int32_t>(frame.operand(0)));
  result.known.Assign(frame.lanes(), true);
}

void CodeKernels::UnknownCode(Frame& frame) { frame.NewCodes(); }

void CodeKernels::GuardCode(Frame& frame) {
  Codes& result = frame.NewCodes();
  result.values = frame.code(0).values;
  result.known = Without(frame.code(0).known, frame.truth(1).no);
}

void CodeKernels::SelectCode(Frame& frame) {
  const Truths& condition = frame.truth(0);
  const Codes& then = frame.code(1);
  const Codes& otherwise = frame.code(2);
  const std::uint32_t lanes = frame.lanes();
  const Bits same =
      Pack(lanes, [&](std::size_t lane) { return then.values[lane] == otherwise.values[lane]; });
  Codes& result = frame.NewCodes();
  CombineInto(
      result.known,
      [](std::uint64_t yes, std::uint64_t no, std::uint64_t a, std::uint64_t b, std::uint64_t equal) {
        return (yes & a) | (no & b) | (~yes & ~no & a & b & equal);
      },
      condition.yes, condition.no, then.known, otherwise.known, same);
  for (std::uint32_t lane = 0; lane < lanes; ++lane) {
    result.values[lane] = condition.no[lane] ? otherwise.values[lane] : then.values[lane];
  }
}

void CodeKernels::EqualCode(Frame& frame) {
  CompareCodes(frame, [](std::int32_t a, std::int32_t b) { return a == b; });
}

void CodeKernels::LessCode(Frame& frame) {
  CompareCodes(frame, [](std::int32_t a, std::int32_t b) { return a < b; });
}

void CodeKernels::LessEqualCode(Frame& frame) {
  CompareCodes(frame, [](std::int32_t a, std::int32_t b) { return a <= b; });
}

void CodeKernels::WithinRegion(Frame& frame) {
  const Codes& place = frame.code(0);
  const auto region = static_cast<std::int32_t>(frame.operand(1));
  const std::int32_t divisor = DivisorOf(region);
  const std::uint32_t lanes = frame.lanes();
  const Bits within =
      Pack(lanes, [&](std::size_t lane) { return place.values[lane] / divisor == region / divisor; });
  // A place named too coarsely to tell: the region is part of it.
  const Bits contains = Pack(lanes, [&](std::size_t lane) {
    const std::int32_t coarse = DivisorOf(place.values[lane]);
    return coarse > divisor && region / coarse == place.values[lane] / coarse;
  });
  Truths& result = frame.NewTruths();
  result.yes = Both(place.known, within);
  result.no = Without(Without(place.known, within), contains);
}

}  // namespace pol::engine
