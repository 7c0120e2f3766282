// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/validate/sketch.h
//
// A small stand-in for the grams of a narrative, from which the similarity of
// two narratives is estimated: one-permutation MinHash. The hashes of the grams
// fall into 256 bins; of each bin the least is kept. Private to validate.

#ifndef GONGKAI_WORKER_VALIDATE_SKETCH_H_
#define GONGKAI_WORKER_VALIDATE_SKETCH_H_

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace gongkai::validate {

// The standard error of a similarity p is the root of p * (1 - p) / 256: 1.4
// percentage points at 95 %, 2.5 at 80 %.
inline constexpr size_t kSketchBins = 256;

struct Sketch {
  // No gram fell into the bin.
  static constexpr uint32_t kEmpty = 0xffffffff;

  std::array<uint32_t, kSketchBins> bins;
};

Sketch MakeSketch(absl::Span<const uint64_t> grams);

// Numbers of 32 bits in little-endian order.
std::string SketchBytes(const Sketch& sketch);
// False if they are no sketch.
bool ParseSketch(absl::string_view bytes, Sketch* sketch);

// The estimated share of the smaller narrative's grams that stand in the larger
// one, in hundredths, rounded down; exact for 0 and 100.
int EstimatePercent(const Sketch& a, int a_grams, const Sketch& b, int b_grams);

}  // namespace gongkai::validate

#endif  // GONGKAI_WORKER_VALIDATE_SKETCH_H_
