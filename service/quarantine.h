// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/quarantine.h
//
// The documents that are known to end workers, by a hash of their bytes.

#ifndef GONGKAI_SERVICE_QUARANTINE_H_
#define GONGKAI_SERVICE_QUARANTINE_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "service/job.h"

namespace gongkai::service {

// Remembers a document as the length and a salted 64-bit hash of its bytes, so
// that a wrong match is beyond chance and cannot be aimed at. Covers the
// content of the request's Document, whatever the id and the options; for a
// structured report the whole request. Not thread-safe.
class Quarantine {
 public:
  using Clock = std::chrono::steady_clock;

  // Keeps this many; beyond it the oldest is forgotten, and each after `time`.
  Quarantine(size_t capacity, Clock::duration time)
      : capacity_(capacity), time_(time) {}

  void Add(const Job& job, Clock::time_point now);
  bool Holds(const Job& job, Clock::time_point now);

  size_t size() const { return keys_.size(); }

 private:
  using Key = std::pair<size_t, uint64_t>;
  struct Entry {
    Key key;
    Clock::time_point since;
  };

  void ForgetOldest();

  const size_t capacity_;
  const Clock::duration time_;
  absl::flat_hash_set<Key> keys_;
  std::deque<Entry> oldest_first_;
  // How many entries have a length: spares nearly all documents the hashing.
  absl::flat_hash_map<size_t, int> lengths_;
};

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_QUARANTINE_H_
