#include <algorithm>
#include <optional>
#include <utility>
#include <variant>

#include "runtime/engine/engine.h"
#include "runtime/engine/kernels.h"

namespace pol::engine {
namespace {

// The constant with the least scale that needs no denominator, where there is one in reach.
template <typename T>
ConstantOf<T> MakeConstant(const program::NumberText& text) {
  BigInt numerator(text.numerator);
  BigInt denominator(text.denominator);
  ConstantOf<T> constant;
  if constexpr (!kIsBig<T>) {
    std::int32_t scale = 0;
    BigInt power = 1;
    while (scale < kMostScale<T> && power % denominator != 0) {
      power *= 10;
      ++scale;
    }
    if (power % denominator == 0) {
      constant.scale = scale;
      numerator *= power / denominator;
      denominator = 1;
    }
  }
  constant.fits = FromBig(numerator, constant.numerator) && FromBig(denominator, constant.denominator);
  return constant;
}

template <typename T>
void Execute(NumberFrame<T>& frame) {
  switch (frame.program.instructions[frame.value].opcode) {
#define POL_INSTRUCTION(name, mnemonic, result, domain, operands, meaning) \
  case program::Opcode::k##name:                                           \
    return Kernels<T>::name(frame);
#include "runtime/program/instructions.def"
#undef POL_INSTRUCTION
  }
}

struct Interruption {
  bool overflow = false;
  std::optional<YearSpan> widen;
};

// Runs at one width until the end, or until something stands in the way.
template <typename T>
std::optional<Interruption> RunAt(const program::Program& program, const records::Batch& batch,
                                  const Settings& settings, Calendars& calendars,
                                  std::vector<Register>& registers) {
  std::vector<ConstantOf<T>> constants;
  constants.reserve(program.constants.size());
  for (const program::NumberText& text : program.constants) constants.push_back(MakeConstant<T>(text));
  NumberFrame<T> frame{{program, batch, settings, calendars, registers}, constants};
  for (; frame.value < program.instructions.size(); ++frame.value) {
    Execute(frame);
    if (frame.overflow || frame.widen) return Interruption{frame.overflow, frame.widen};
  }
  return std::nullopt;
}

std::optional<Interruption> RunAt(Width width, const program::Program& program, const records::Batch& batch,
                                  const Settings& settings, Calendars& calendars,
                                  std::vector<Register>& registers) {
  switch (width) {
    case Width::k64:
      return RunAt<std::int64_t>(program, batch, settings, calendars, registers);
    case Width::k128:
      return RunAt<Int128>(program, batch, settings, calendars, registers);
    case Width::kAny:
      break;
  }
  return RunAt<BigInt>(program, batch, settings, calendars, registers);
}

}  // namespace

Registers Run(const program::Program& program, records::Batch& batch, const Settings& settings) {
  Registers result;
  Width& width = result.implementation->width;
  std::vector<Register>& registers = result.implementation->registers;
  registers.resize(program.instructions.size());
  width = settings.narrowest;
  Calendars calendars(program.schema);
  while (const auto interruption = RunAt(width, program, batch, settings, calendars, registers)) {
    // Each turn adds years or bits, of which there are only so many.
    if (interruption->overflow) {
      width = width == Width::k64 ? Width::k128 : Width::kAny;
    } else {
      records::WidenYears(program.schema, interruption->widen->first, interruption->widen->last, batch);
    }
  }
  return result;
}

}  // namespace pol::engine
