// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/start_pace.h
//
// When to start a worker in the place of one that came to nothing. At once, as
// long as the cause may be a document or somebody's kill; after a pause that
// grows, where workers themselves seem to be broken. The first job that is done
// ends all doubt.

#ifndef GONGKAI_SERVICE_START_PACE_H_
#define GONGKAI_SERVICE_START_PACE_H_

#include <chrono>

namespace gongkai::service {

// Thread-compatible.
class StartPace {
 public:
  // A worker did not start, or one ended that is not to be replaced at once.
  // The pause before the next start: from 100 ms to 10 s, doubled each time.
  std::chrono::milliseconds OnFailedStart();

  // Starts that failed since the last job that was done.
  int failed_starts() const { return failed_starts_; }

  // A worker is ready.
  void OnReady() { last_start_failed_ = false; }

  // Whether the last start failed.
  bool last_start_failed() const { return last_start_failed_; }

  // A worker has done a job. True if there were pauses, which are to end.
  bool OnGoodWork();

  // A worker that had been ready ended by itself, `age` after that, with no job
  // done and none at hand. True if another one would hardly do better.
  bool OnEndWithoutWork(std::chrono::nanoseconds age);

  // A worker ended by itself with jobs at hand. True as above.
  bool OnCrash();

 private:
  int failed_starts_ = 0;
  int early_ends_ = 0;
  int crashes_ = 0;
  bool last_start_failed_ = false;
};

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_START_PACE_H_
