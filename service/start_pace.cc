// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/start_pace.h"

#include <algorithm>

namespace gongkai::service {
namespace {

// Pauses between failing starts.
constexpr std::chrono::milliseconds kFirstPause{100};
constexpr std::chrono::milliseconds kLongestPause{10'000};
constexpr int kMostDoublings = 10;

// A worker that ends by itself without a job, and so soon, did hardly better
// than one that did not start; a few of them may be somebody's kill.
constexpr std::chrono::seconds kYoung{5};
constexpr int kFewEarlyEnds = 4;

// Crashes with no job done between them that are put down to the documents;
// with more of them, it is the workers.
constexpr int kManyCrashes = 32;

}  // namespace

std::chrono::milliseconds StartPace::OnFailedStart() {
  const int doublings = std::min(failed_starts_, kMostDoublings);
  ++failed_starts_;
  last_start_failed_ = true;
  return std::min(kLongestPause, kFirstPause * (1 << doublings));
}

bool StartPace::OnGoodWork() {
  crashes_ = 0;
  early_ends_ = 0;
  const bool paused = failed_starts_ > 0;
  failed_starts_ = 0;
  return paused;
}

bool StartPace::OnEndWithoutWork(std::chrono::nanoseconds age) {
  return age < kYoung && ++early_ends_ > kFewEarlyEnds;
}

bool StartPace::OnCrash() { return ++crashes_ > kManyCrashes; }

}  // namespace gongkai::service
