// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/internal/delivery.h
//
// Hands answers to the sink of a BulkSession, one at a time: as they come, or
// in the order of the source. An answer that must wait for one before it is
// kept encoded, which takes less than half of the memory of a decoded one.
// Thread-safe.

#ifndef GONGKAI_CLIENT_INTERNAL_DELIVERY_H_
#define GONGKAI_CLIENT_INTERNAL_DELIVERY_H_

#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "client/internal/ledger.h"
#include "client/internal/wire.h"
#include "gongkai/v1/report_service.pb.h"

namespace gongkai::internal {

class Delivery {
 public:
  using Sink = std::function<void(const v1::ProcessResponse&)>;

  // What a call gave to the sink.
  struct Given {
    int documents = 0;
    // Bytes of the documents, not of the answers.
    int64_t bytes = 0;
  };

  explicit Delivery(bool ordered) : ordered_(ordered) {}

  // Before the first Take().
  void SetSink(Sink sink);

  // Takes the answer to a document; returns when the sink has all that can be
  // given now.
  Given Take(const Entry& entry, const v1::ProcessResponse& response);

 private:
  struct Held {
    std::string response;
    int64_t size = 0;
  };

  const bool ordered_;
  absl::Mutex mutex_;
  Sink sink_ ABSL_GUARDED_BY(mutex_);
  // Answers to documents after the next one, by their numbers.
  std::map<uint64_t, Held> held_ ABSL_GUARDED_BY(mutex_);
  uint64_t next_ ABSL_GUARDED_BY(mutex_) = 0;
  AnswerDecoder decoder_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace gongkai::internal

#endif  // GONGKAI_CLIENT_INTERNAL_DELIVERY_H_
