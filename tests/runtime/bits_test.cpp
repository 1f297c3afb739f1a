#include "runtime/engine/bits.h"

#include <doctest/doctest.h>

namespace pol::engine {
namespace {

constexpr std::size_t kSizes[] = {0, 1, 63, 64, 65, 128, 1000};

TEST_CASE("planes of ones have no bits past the last lane") {
  for (const std::size_t lanes : kSizes) {
    CAPTURE(lanes);
    const Bits bits(lanes, true);
    CHECK(bits.lanes() == lanes);
    CHECK(bits.word_count() == (lanes + 63) / 64);
    CHECK(bits.Count() == lanes);
    CHECK(Bits(lanes).Count() == 0);
  }
}

TEST_CASE("single lanes") {
  for (const std::size_t lanes : kSizes) {
    Bits bits(lanes);
    for (std::size_t lane = 0; lane < lanes; lane += 3) bits.Put(lane, true);
    std::size_t wrong = 0;
    for (std::size_t lane = 0; lane < lanes; ++lane) wrong += bits[lane] != (lane % 3 == 0) ? 1 : 0;
    CHECK(wrong == 0);
    for (std::size_t lane = 0; lane < lanes; ++lane) bits.Put(lane, false);
    CHECK(bits == Bits(lanes));
  }
}

TEST_CASE("pushed lanes equal placed lanes") {
  for (const std::size_t lanes : kSizes) {
    Bits pushed;
    Bits placed(lanes);
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      pushed.PushBack(lane % 5 == 1);
      if (lane % 5 == 1) placed.Set(lane);
    }
    CHECK(pushed == placed);
  }
}

TEST_CASE("ClearTail after whole words") {
  Bits bits(65);
  bits.words()[0] = bits.words()[1] = ~std::uint64_t{0};
  bits.ClearTail();
  CHECK(bits == Bits(65, true));
}

}  // namespace
}  // namespace pol::engine
