// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/internal/delivery.h"

#include <utility>

#include "grpcpp/support/slice.h"

namespace gongkai::internal {

void Delivery::SetSink(Sink sink) {
  absl::MutexLock lock(&mutex_);
  sink_ = std::move(sink);
}

Delivery::Given Delivery::Take(const Entry& entry,
                               const v1::ProcessResponse& response) {
  absl::MutexLock lock(&mutex_);
  if (ordered_ && entry.number != next_) {
    held_.emplace(entry.number, Held{response.SerializeAsString(), entry.size});
    return {};
  }
  sink_(response);
  ++next_;
  Given given{.documents = 1, .bytes = entry.size};
  while (!held_.empty() && held_.begin()->first == next_) {
    const Held held = std::move(held_.begin()->second);
    held_.erase(held_.begin());
    const grpc::Slice slice(held.response.data(), held.response.size(),
                            grpc::Slice::STATIC_SLICE);
    // It was encoded here: it can be decoded.
    const auto answer = decoder_.Decode(grpc::ByteBuffer(&slice, 1));
    if (answer.ok()) sink_(**answer);
    ++next_;
    ++given.documents;
    given.bytes += held.size;
  }
  return given;
}

}  // namespace gongkai::internal
