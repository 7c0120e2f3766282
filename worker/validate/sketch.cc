// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/sketch.h"

#include <algorithm>

namespace gongkai::validate {

Sketch MakeSketch(absl::Span<const uint64_t> grams) {
  Sketch sketch;
  sketch.bins.fill(Sketch::kEmpty);
  for (const uint64_t gram : grams) {
    uint32_t& bin = sketch.bins[gram >> 56];
    bin = std::min(bin, static_cast<uint32_t>(gram));
  }
  return sketch;
}

std::string SketchBytes(const Sketch& sketch) {
  std::string bytes;
  bytes.reserve(4 * kSketchBins);
  for (const uint32_t bin : sketch.bins) {
    for (int shift = 0; shift < 32; shift += 8) {
      bytes.push_back(static_cast<char>(bin >> shift));
    }
  }
  return bytes;
}

bool ParseSketch(absl::string_view bytes, Sketch* sketch) {
  if (bytes.size() != 4 * kSketchBins) return false;
  for (size_t i = 0; i < kSketchBins; ++i) {
    uint32_t bin = 0;
    for (size_t k = 0; k < 4; ++k) {
      bin |= uint32_t{static_cast<uint8_t>(bytes[4 * i + k])} << (8 * k);
    }
    sketch->bins[i] = bin;
  }
  return true;
}

int EstimatePercent(const Sketch& a, int a_grams, const Sketch& b,
                    int b_grams) {
  // Bytes and no branches, so that the compiler can count many at once.
  int same = 0;
  int both_empty = 0;
  for (size_t i = 0; i < kSketchBins; ++i) {
    same += a.bins[i] == b.bins[i] ? 1 : 0;
    both_empty +=
        (a.bins[i] == Sketch::kEmpty) & (b.bins[i] == Sketch::kEmpty) ? 1 : 0;
  }
  const int used = static_cast<int>(kSketchBins) - both_empty;
  if (used == 0 || a_grams <= 0 || b_grams <= 0) return 0;
  const double jaccard = static_cast<double>(same - both_empty) / used;
  // What two sets have in common follows from their Jaccard index and sizes.
  const double common =
      jaccard / (1 + jaccard) * (static_cast<double>(a_grams) + b_grams);
  const double share = common / std::min(a_grams, b_grams);
  return static_cast<int>(100 * std::min(share, 1.0) + 1e-9);
}

}  // namespace gongkai::validate
