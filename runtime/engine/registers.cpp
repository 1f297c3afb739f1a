#include <variant>

#include "runtime/engine/columns.h"
#include "runtime/engine/engine.h"
#include "runtime/engine/lanes.h"

namespace pol::engine {
namespace {

// Calls `visit` with the number column, whatever its width.
template <typename Visit>
auto WithNumbers(const Register& column, Visit visit) {
  if (const auto* numbers = std::get_if<Numbers<std::int64_t>>(&column)) return visit(*numbers);
  if (const auto* numbers = std::get_if<Numbers<Int128>>(&column)) return visit(*numbers);
  return visit(std::get<Numbers<BigInt>>(column));
}

const Bits& KnownOf(const Register& column) {
  if (const auto* codes = std::get_if<Codes>(&column)) return codes->known;
  return *WithNumbers(column, [](const auto& numbers) { return &numbers.known; });
}

}  // namespace

Registers::Registers() : implementation(std::make_unique<Implementation>()) {}
Registers::~Registers() = default;
Registers::Registers(Registers&&) noexcept = default;
Registers& Registers::operator=(Registers&&) noexcept = default;

Width Registers::width() const { return implementation->width; }

std::uint32_t Registers::lanes(std::uint32_t value) const {
  const Register& column = implementation->registers[value];
  if (const auto* truths = std::get_if<Truths>(&column))
    return static_cast<std::uint32_t>(truths->yes.lanes());
  return static_cast<std::uint32_t>(KnownOf(column).lanes());
}

Truth Registers::TruthAt(std::uint32_t value, std::uint32_t lane) const {
  const auto& truths = std::get<Truths>(implementation->registers[value]);
  if (truths.yes[lane]) return Truth::kTrue;
  return truths.no[lane] ? Truth::kFalse : Truth::kUnknown;
}

std::optional<Rational> Registers::NumberAt(std::uint32_t value, std::uint32_t lane) const {
  return WithNumbers(
      implementation->registers[value], [lane](const auto& numbers) -> std::optional<Rational> {
        if (!numbers.known[lane]) return std::nullopt;
        const BigInt denominator = ToBig(numbers.DenominatorAt(lane)) * PowerOfTen<BigInt>(numbers.scale);
        return Rational(ToBig(numbers.numerators[lane]), denominator);
      });
}

std::optional<std::int64_t> Registers::WholeAt(std::uint32_t value, std::uint32_t lane) const {
  return WithNumbers(implementation->registers[value], [lane](const auto& numbers) {
    bool overflow = false;
    return engine::WholeAt(numbers, lane, overflow);
  });
}

std::optional<std::int32_t> Registers::CodeAt(std::uint32_t value, std::uint32_t lane) const {
  const auto& codes = std::get<engine::Codes>(implementation->registers[value]);
  if (!codes.known[lane]) return std::nullopt;
  return codes.values[lane];
}

bool Registers::KnownAt(std::uint32_t value, std::uint32_t lane) const {
  const Register& column = implementation->registers[value];
  if (const auto* truths = std::get_if<Truths>(&column)) return truths->yes[lane] || truths->no[lane];
  return KnownOf(column)[lane];
}

const Bits& Registers::TruePlane(std::uint32_t value) const {
  return std::get<Truths>(implementation->registers[value]).yes;
}

const Bits& Registers::FalsePlane(std::uint32_t value) const {
  return std::get<Truths>(implementation->registers[value]).no;
}

const Bits& Registers::KnownPlane(std::uint32_t value) const {
  return KnownOf(implementation->registers[value]);
}

std::span<const std::int32_t> Registers::Codes(std::uint32_t value) const {
  return std::get<engine::Codes>(implementation->registers[value]).values;
}

}  // namespace pol::engine
