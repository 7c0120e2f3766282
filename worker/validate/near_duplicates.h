// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/validate/near_duplicates.h
//
// Finds groups of similar narratives among many, never comparing all with all:
// sketches that agree in some band of bins are candidates, and of many in one
// band each is compared with a few. Private to validate.

#ifndef GONGKAI_WORKER_VALIDATE_NEAR_DUPLICATES_H_
#define GONGKAI_WORKER_VALIDATE_NEAR_DUPLICATES_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "worker/validate/sketch.h"

namespace gongkai::validate {

struct NarrativeSketch {
  const Sketch* sketch = nullptr;
  int grams = 0;
  // A hash of all grams; equal for equal narratives.
  uint64_t hash = 0;
  // Only narratives of the same group are compared, such as a year.
  int group = 0;
  // Those of the same owner are not compared, such as a body.
  uint32_t owner = 0;
};

// Narratives that are connected by pairs of at least the wanted similarity.
struct Cluster {
  // Indices into the narratives, ascending; at least two.
  std::vector<int> members;
  // The highest similarity of a pair, in hundredths.
  int percent = 0;
};

// Takes time proportional to the number of narratives, times a constant that
// does not depend on how many of them are alike, and some 20 bytes for each.
// Clusters come in the order of their first members.
std::vector<Cluster> FindNearDuplicates(
    absl::Span<const NarrativeSketch> narratives, int min_percent);

}  // namespace gongkai::validate

#endif  // GONGKAI_WORKER_VALIDATE_NEAR_DUPLICATES_H_
