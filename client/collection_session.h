// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/collection_session.h
//
// Has reports checked against each other.
//
//   gongkai::CollectionSession session(client, gongkai::CollectionOptions());
//   absl::StatusOr<gongkai::v1::CollectionSummary> summary = session.Run(
//       [&]() -> std::optional<gongkai::v1::CheckCollectionRequest> { … },
//       [&](const gongkai::v1::CheckCollectionResponse& response) { … });
//
// The findings come after the last report. A collection lives in one process of
// the server and goes with its stream: unlike a BulkSession this does not try
// again, as it cannot ask the source once more. After Unavailable, run another
// session.

#ifndef GONGKAI_CLIENT_COLLECTION_SESSION_H_
#define GONGKAI_CLIENT_COLLECTION_SESSION_H_

#include <functional>
#include <optional>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "client/client.h"
#include "client/collection_stream.h"
#include "client/options.h"
#include "gongkai/v1/report_service.pb.h"

namespace gongkai {

class CollectionSession {
 public:
  // Gives the next report; nullopt when there are no more. Called on a thread
  // of the session, only when there is room for another report; it may block.
  // Ids must be unique: 1 to 256 bytes of UTF-8.
  using Source = std::function<std::optional<v1::CheckCollectionRequest>()>;
  // Takes a `taken` or a `finding`. Called on the thread of Run; may block,
  // which slows the session down. Must not call Run; may call Cancel.
  using Sink = std::function<void(const v1::CheckCollectionResponse&)>;

  CollectionSession(Client client, CollectionOptions options);

  CollectionSession(const CollectionSession&) = delete;
  CollectionSession& operator=(const CollectionSession&) = delete;

  // Runs to the end. Call once. Errors: Cancelled after Cancel();
  // FailedPrecondition for a second call; DataLoss if the server ends the
  // stream in good order without a summary; the server's own status (see
  // CheckCollection in report_service.proto).
  absl::StatusOr<v1::CollectionSummary> Run(const Source& source,
                                            const Sink& sink);

  // Makes Run return soon: as soon as the source and the sink return. Safe from
  // any thread, though not from a signal handler, before or during Run.
  void Cancel();

 private:
  // Asks the source and writes until it has no more.
  void Pump(const Source& source, CollectionStream* stream);
  bool HasRoom() const ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
    return ended_ || unanswered_ < options_.max_in_flight_reports;
  }

  const Client client_;
  const CollectionOptions options_;
  absl::Mutex mutex_;
  CollectionStream* stream_ ABSL_GUARDED_BY(mutex_) = nullptr;
  // Reports that were written and not answered by `taken`.
  int unanswered_ ABSL_GUARDED_BY(mutex_) = 0;
  // Nothing more is to be written.
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;
  bool cancelled_ ABSL_GUARDED_BY(mutex_) = false;
  bool ran_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace gongkai

#endif  // GONGKAI_CLIENT_COLLECTION_SESSION_H_
