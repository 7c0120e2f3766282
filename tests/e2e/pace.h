// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/e2e/pace.h
//
// How fast paced-worker may be: the file "pace" beside the name it is started
// by says how long a document takes it at least, in microseconds. So replicas
// on one machine have each the capacity of a machine of their own, and one
// that goes away takes it along, as in a real cluster. The file is mapped: a
// change counts from the next document on.

#ifndef GONGKAI_TESTS_E2E_PACE_H_
#define GONGKAI_TESTS_E2E_PACE_H_

#include <atomic>
#include <cstdint>
#include <string>

#include "absl/time/time.h"

namespace gongkai::testing {

// When a thing that begins now is done, if the one before it was done at
// `last`. A sleep that lasted too long is made good, so that the pace holds
// also where processors are busy; a rest buys no burst.
absl::Time NextAtPace(absl::Time last, absl::Duration pace);

class Pace {
 public:
  // Maps the file, which is made if need be; aborts if it cannot.
  explicit Pace(const std::string& path);
  ~Pace();

  Pace(const Pace&) = delete;
  Pace& operator=(const Pace&) = delete;

  absl::Duration Get() const { return absl::Microseconds(value_->load()); }
  void Set(absl::Duration pace) {
    value_->store(absl::ToInt64Microseconds(pace));
  }

 private:
  std::atomic<int64_t>* value_ = nullptr;
};

}  // namespace gongkai::testing

#endif  // GONGKAI_TESTS_E2E_PACE_H_
