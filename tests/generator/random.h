// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/generator/random.h
//
// A small random number generator whose results are the same everywhere: the
// standard library's distributions differ from one implementation to the next.

#ifndef GONGKAI_TESTS_GENERATOR_RANDOM_H_
#define GONGKAI_TESTS_GENERATOR_RANDOM_H_

#include <array>
#include <cstddef>
#include <cstdint>

namespace gongkai::generator {

// xoshiro256** seeded by splitmix64.
class Random {
 public:
  // Two generators with different streams of the same seed are independent.
  explicit Random(uint64_t seed, uint64_t stream = 0) {
    uint64_t x = seed + stream * 0xd1342543de82ef95u;
    for (uint64_t& word : state_) {
      x += 0x9e3779b97f4a7c15u;
      uint64_t z = x;
      z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
      z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
      word = z ^ (z >> 31);
    }
  }

  uint64_t Next() {
    const uint64_t result = Rotate(state_[1] * 5, 7) * 9;
    const uint64_t t = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= t;
    state_[3] = Rotate(state_[3], 45);
    return result;
  }

  // From 0 to limit - 1; 0 for a limit below 1. The bias of the remainder is
  // of no matter for limits this small.
  int64_t Below(int64_t limit) {
    return limit < 1 ? 0 : static_cast<int64_t>(Next() % limit);
  }

  // From low to high, both included.
  int64_t Between(int64_t low, int64_t high) {
    return low + Below(high - low + 1);
  }

  // True in `percent` of a hundred cases.
  bool Percent(int percent) { return Below(100) < percent; }

  // One of a container's elements.
  template <typename Container>
  const auto& Pick(const Container& container) {
    return container[static_cast<size_t>(
        Below(static_cast<int64_t>(std::size(container))))];
  }

 private:
  static uint64_t Rotate(uint64_t x, int k) {
    return (x << k) | (x >> (64 - k));
  }

  std::array<uint64_t, 4> state_;
};

}  // namespace gongkai::generator

#endif  // GONGKAI_TESTS_GENERATOR_RANDOM_H_
