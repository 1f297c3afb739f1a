// The kernels: one function per instruction, named as in instructions.def, which says what each does. They
// are grouped by what they are about; the dispatch (run.cpp) looks a name up in all groups, so that an
// instruction without a kernel does not build. Tested by tests/runtime/kernels_test.cpp and, for histories,
// tests/runtime/history_kernels_test.cpp.
#pragma once

#include "runtime/engine/frame.h"

namespace pol::engine {

// truth_kernels.cpp
struct TruthKernels {
  static void LoadTruth(Frame& frame);
  static void LoadPresence(Frame& frame);
  static void LoadListKnown(Frame& frame);
  static void ConstantTruth(Frame& frame);
  static void UnknownTruth(Frame& frame);
  static void GuardTruth(Frame& frame);
  static void Clause(Frame& frame);
  static void Not(Frame& frame);
  static void And(Frame& frame);
  static void Or(Frame& frame);
  static void SelectTruth(Frame& frame);
};

// code_kernels.cpp
struct CodeKernels {
  static void LoadCode(Frame& frame);
  static void AsOf(Frame& frame);
  static void ConstantCode(Frame& frame);
  static void UnknownCode(Frame& frame);
  static void GuardCode(Frame& frame);
  static void SelectCode(Frame& frame);
  static void EqualCode(Frame& frame);
  static void LessCode(Frame& frame);
  static void LessEqualCode(Frame& frame);
  static void WithinRegion(Frame& frame);
};

// number_kernels.cpp
template <typename T>
struct NumberKernels {
  using F = NumberFrame<T>;
  static void LoadNumber(F& frame);
  static void LoadYear(F& frame);
  static void ConstantNumber(F& frame);
  static void UnknownNumber(F& frame);
  static void GuardNumber(F& frame);
  static void AtLeast(F& frame);
  static void SelectNumber(F& frame);
  static void Add(F& frame);
  static void Subtract(F& frame);
  static void Multiply(F& frame);
  static void Divide(F& frame);
  static void Negate(F& frame);
  static void RoundHalfAway(F& frame);
  static void RoundUp(F& frame);
  static void RoundDown(F& frame);
  static void EqualNumber(F& frame);
  static void LessNumber(F& frame);
  static void LessEqualNumber(F& frame);
};

// date_kernels.cpp
template <typename T>
struct DateKernels {
  using F = NumberFrame<T>;
  static void AddDays(F& frame);
  static void AddMonths(F& frame);
  static void AddWorkingDays(F& frame);
  static void NextWorkingDay(F& frame);
  static void DaysBetween(F& frame);
  static void MonthsBetween(F& frame);
  static void WorkingDaysBetween(F& frame);
  static void YearOf(F& frame);
  static void MonthOf(F& frame);
  static void DayOf(F& frame);
  static void FirstDayOfYear(F& frame);
};

// fold_kernels.cpp and child_kernels.cpp
struct FoldKernels {
  static void FoldAny(Frame& frame);
  static void FoldAll(Frame& frame);
  static void FoldMinimumCode(Frame& frame);
  static void FoldMaximumCode(Frame& frame);
  static void PickEarliest(Frame& frame);
  static void PickLatest(Frame& frame);
};
template <typename T>
struct NumberFoldKernels {
  using F = NumberFrame<T>;
  static void FoldAtLeast(F& frame);
  static void FoldCount(F& frame);
  static void FoldSum(F& frame);
  static void FoldMinimum(F& frame);
  static void FoldMaximum(F& frame);
  static void FoldEarliest(F& frame);
};
struct ChildKernels {
  static void BroadcastTruth(Frame& frame);
  static void BroadcastCode(Frame& frame);
  static void PreviousTruth(Frame& frame);
  static void PreviousCode(Frame& frame);
  static void GatherTruth(Frame& frame);
  static void GatherCode(Frame& frame);
};
template <typename T>
struct NumberChildKernels {
  using F = NumberFrame<T>;
  static void BroadcastNumber(F& frame);
  static void WindowYears(F& frame);
  static void PreviousNumber(F& frame);
  static void GatherNumber(F& frame);
};

// history_kernels.cpp
struct HistoryKernels {
  static void WalkState(Frame& frame);
  static void WalkSince(Frame& frame);
};
template <typename T>
struct YearsKernels {
  using F = NumberFrame<T>;
  static void YearsAny(F& frame);
  static void YearsEarliest(F& frame);
};

template <typename T>
struct Kernels : TruthKernels,
                 CodeKernels,
                 NumberKernels<T>,
                 DateKernels<T>,
                 FoldKernels,
                 NumberFoldKernels<T>,
                 ChildKernels,
                 NumberChildKernels<T>,
                 HistoryKernels,
                 YearsKernels<T> {};

}  // namespace pol::engine
