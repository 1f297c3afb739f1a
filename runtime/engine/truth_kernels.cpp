#include "runtime/engine/kernels.h"
#include "runtime/engine/planes.h"

namespace pol::engine {
namespace {

using Word = std::uint64_t;

}  // namespace

void TruthKernels::LoadTruth(Frame& frame) {
  const records::Column& column = frame.column(0);
  Truths& result = frame.NewTruths();
  result.yes = Both(column.known, column.truths);
  result.no = Without(column.known, column.truths);
}

void TruthKernels::LoadPresence(Frame& frame) {
  const records::Column& column = frame.column(0);
  Truths& result = frame.NewTruths();
  result.yes = column.known;
  if (column.states.empty()) return;
  result.no = Pack(frame.lanes(),
                   [&](std::size_t lane) { return column.states[lane] == records::CellState::kAbsent; });
}

void TruthKernels::LoadListKnown(Frame& frame) {
  const Segments segments = frame.segments(frame.operand(0));
  Truths& result = frame.NewTruths();
  result.yes =
      Pack(frame.lanes(), [&](std::size_t row) { return segments.known(static_cast<std::uint32_t>(row)); });
  result.no = Opposite(result.yes);
}

void TruthKernels::ConstantTruth(Frame& frame) {
  Truths& result = frame.NewTruths();
  (frame.operand(0) != 0 ? result.yes : result.no).Assign(frame.lanes(), true);
}

void TruthKernels::UnknownTruth(Frame& frame) { frame.NewTruths(); }

void TruthKernels::GuardTruth(Frame& frame) {
  Truths& result = frame.NewTruths();
  result.yes = Without(frame.truth(0).yes, frame.truth(1).no);
  result.no = Without(frame.truth(0).no, frame.truth(1).no);
}

void TruthKernels::Clause(Frame& frame) { frame.NewTruths() = frame.truth(0); }

void TruthKernels::Not(Frame& frame) {
  Truths& result = frame.NewTruths();
  result.yes = frame.truth(0).no;
  result.no = frame.truth(0).yes;
}

void TruthKernels::And(Frame& frame) {
  Truths& result = frame.NewTruths();
  result.yes.Assign(frame.lanes(), true);
  for (std::size_t i = 0; i < frame.operands().size(); ++i) {
    Keep(result.yes, frame.truth(i).yes);
    Join(result.no, frame.truth(i).no);
  }
}

void TruthKernels::Or(Frame& frame) {
  Truths& result = frame.NewTruths();
  result.no.Assign(frame.lanes(), true);
  for (std::size_t i = 0; i < frame.operands().size(); ++i) {
    Join(result.yes, frame.truth(i).yes);
    Keep(result.no, frame.truth(i).no);
  }
}

void TruthKernels::SelectTruth(Frame& frame) {
  const Truths& condition = frame.truth(0);
  // A branch counts where it's taken, or where it's not known which is taken and both agree.
  const auto select = [](Word yes, Word no, Word then, Word otherwise) {
    return (yes & then) | (no & otherwise) | (~yes & ~no & then & otherwise);
  };
  Truths& result = frame.NewTruths();
  CombineInto(result.yes, select, condition.yes, condition.no, frame.truth(1).yes, frame.truth(2).yes);
  CombineInto(result.no, select, condition.yes, condition.no, frame.truth(1).no, frame.truth(2).no);
}

}  // namespace pol::engine
