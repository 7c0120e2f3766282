// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/collection_session.h"

#include <memory>
#include <thread>
#include <utility>

#include "client/connection.h"

namespace gongkai {

CollectionSession::CollectionSession(Client client, CollectionOptions options)
    : client_(std::move(client)), options_(options) {}

absl::StatusOr<v1::CollectionSummary> CollectionSession::Run(
    const Source& source, const Sink& sink) {
  {
    absl::MutexLock lock(&mutex_);
    if (std::exchange(ran_, true)) {
      return absl::FailedPreconditionError("a CollectionSession runs once");
    }
  }
  const std::unique_ptr<CollectionStream> stream =
      client_.connection()->OpenCollection();
  {
    absl::MutexLock lock(&mutex_);
    stream_ = stream.get();
    if (cancelled_) stream->Cancel();
  }
  std::thread pump([&] { Pump(source, stream.get()); });
  std::optional<v1::CollectionSummary> summary;
  v1::CheckCollectionResponse response;
  while (stream->Read(&response)) {
    if (response.has_summary()) {
      summary = response.summary();
      continue;
    }
    if (response.has_taken()) {
      absl::MutexLock lock(&mutex_);
      --unanswered_;
    }
    sink(response);
  }
  {
    absl::MutexLock lock(&mutex_);
    ended_ = true;
  }
  pump.join();
  absl::Status status = stream->Finish();
  absl::MutexLock lock(&mutex_);
  stream_ = nullptr;
  if (cancelled_) return absl::CancelledError("the session was cancelled");
  if (!status.ok()) return status;
  if (!summary.has_value()) {
    return absl::DataLossError("the stream ended without a summary");
  }
  return *std::move(summary);
}

void CollectionSession::Pump(const Source& source, CollectionStream* stream) {
  while (true) {
    {
      absl::MutexLock lock(&mutex_);
      mutex_.Await(absl::Condition(this, &CollectionSession::HasRoom));
      if (ended_ || cancelled_) return;
    }
    const std::optional<v1::CheckCollectionRequest> request = source();
    if (!request.has_value()) break;
    {
      absl::MutexLock lock(&mutex_);
      ++unanswered_;
    }
    // The stream's end comes with its status to the reading thread.
    if (!stream->Write(*request)) return;
  }
  stream->WritesDone();
}

void CollectionSession::Cancel() {
  absl::MutexLock lock(&mutex_);
  cancelled_ = true;
  if (stream_ != nullptr) stream_->Cancel();
}

}  // namespace gongkai
