// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/bulk_session.h
//
// Streams any number of documents through a service.
//
//   gongkai::BulkSession session(client, gongkai::BulkOptions());
//   absl::Status status = session.Run(
//       [&]() -> std::optional<gongkai::v1::ProcessRequest> { … },  // next one
//       [&](gongkai::v1::ProcessResponse response) { … });          // a result
//
// Every document that the source gives is answered exactly once: what has no
// answer when a stream or a server goes away is sent again on another. Memory
// is bounded by BulkOptions.

#ifndef GONGKAI_CLIENT_BULK_SESSION_H_
#define GONGKAI_CLIENT_BULK_SESSION_H_

#include <atomic>
#include <functional>
#include <optional>

#include "absl/status/status.h"
#include "client/client.h"
#include "client/options.h"
#include "gongkai/v1/report_service.pb.h"

namespace gongkai {

class BulkSession {
 public:
  // Gives the next document; nullopt when there are no more. Called from one
  // thread at a time, only when there is room for another document. Ids must
  // be unique within the session.
  using Source = std::function<std::optional<v1::ProcessRequest>()>;
  // Takes a result. Called from one thread at a time, never together with
  // another call of itself; may block, which slows the session down.
  using Sink = std::function<void(v1::ProcessResponse)>;

  BulkSession(Client client, BulkOptions options);

  // Runs until every document is answered. Call once.
  // Errors: Cancelled after Cancel(); Unavailable (with the last cause) if no
  // progress was made for BulkOptions::give_up_after; InvalidArgument for an
  // empty or repeated id; the server's own status where trying again is of no
  // use. Documents answered until then have been given to the sink.
  absl::Status Run(Source source, Sink sink);

  // Makes Run return soon. Safe from any thread and from signal-watching
  // threads, before or during Run.
  void Cancel();

 private:
  Client client_;
  BulkOptions options_;
  std::atomic<bool> cancelled_{false};
};

}  // namespace gongkai

#endif  // GONGKAI_CLIENT_BULK_SESSION_H_
