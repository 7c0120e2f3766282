// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/bulk_session.h
//
// Streams any number of documents through a service.
//
//   gongkai::BulkSession session(client, gongkai::BulkOptions());
//   absl::Status status = session.Run(
//       [&]() -> std::optional<gongkai::v1::ProcessRequest> { … },  // next one
//       [&](const gongkai::v1::ProcessResponse& response) { … });   // a result
//
// Every document that the source gives is answered exactly once: what has no
// answer when a stream or a server goes away is sent again on another, and a
// second answer is dropped. Memory is bounded by BulkOptions: the session keeps
// the encoded requests that have no answer, and one more that waits for room.
//
// Streams. Each goes to the next back end in turn, and after
// BulkOptions::stream_age another takes its place while it finishes. Where the
// target is one address or name of the network each has a connection of its
// own, which a balancer behind it can give to any of its servers. One that
// breaks is opened again after a pause that grows and is drawn at random, as
// long as the server asks for if it does; one that the server ends politely
// (StreamEnding in report_service.proto), at once, and gRPC leaves out a server
// that drains. So a back end that goes loses its streams to the others, one
// that comes gets its share within seconds, and one that is slow keeps no more
// than its own.
//
// Poison. A document that was on two streams when they broke is sent alone. One
// that was on six is not sent again: it is answered here, with
// OUTCOME_WORKER_CRASHED, as it seems to end whole servers.
//
// Windows. At most BulkOptions::max_in_flight_documents and
// max_in_flight_bytes are unanswered at once, and on each stream no more than
// its share of them and than the server's GetCapabilities allows. A document
// larger than the window of bytes is sent alone; one larger than the server
// takes is answered here, with OUTCOME_TOO_LARGE.
//
// Order. Answers come as documents are done, or, with BulkOptions::ordered, in
// the order of the source.
//
// Threads. The source is called on the thread that called Run, and each stream
// has a thread that reads, writes, decodes and calls the sink. So a slow source
// holds up no result; a slow sink stops the reading and with it, through the
// flow control of gRPC, the server. More streams use more cores of the client,
// and more back ends. Where the sink only hands results on, decoding goes on in
// parallel.

#ifndef GONGKAI_CLIENT_BULK_SESSION_H_
#define GONGKAI_CLIENT_BULK_SESSION_H_

#include <functional>
#include <memory>
#include <optional>

#include "absl/status/status.h"
#include "client/client.h"
#include "client/options.h"
#include "gongkai/v1/report_service.pb.h"

namespace gongkai {

namespace internal {
class BulkEngine;
}  // namespace internal

class BulkSession {
 public:
  // Gives the next document; nullopt when there are no more. Called on the
  // thread of Run, only when there is room for another document; it may block.
  // Ids must be unique within the session: 1 to 256 bytes of UTF-8.
  using Source = std::function<std::optional<v1::ProcessRequest>()>;
  // Takes a result, which lives until it returns: the session decodes the next
  // one into the same memory. (A function that takes it by value gets a copy,
  // which costs more than all the rest of the session's work on a document.)
  // Called from one thread at a time, never together with
  // another call of itself, but together with calls of the source; may block,
  // which slows the session down. Must not call Run; may call Cancel.
  using Sink = std::function<void(const v1::ProcessResponse&)>;

  BulkSession(Client client, BulkOptions options);
  ~BulkSession();

  BulkSession(const BulkSession&) = delete;
  BulkSession& operator=(const BulkSession&) = delete;

  // Runs until every document is answered. Call once.
  // Errors: Cancelled after Cancel(); Unavailable (with the last cause) if no
  // document was answered for BulkOptions::give_up_after although some wait;
  // InvalidArgument for an empty, malformed or repeated id (a repetition is
  // noticed while the first is unanswered); FailedPrecondition for a second
  // call; the server's own status where trying again is of no use. Documents
  // answered until then have been given to the sink; with BulkOptions::ordered
  // up to the first one that has no answer.
  absl::Status Run(Source source, Sink sink);

  // Makes Run return soon: as soon as the source and the sink return. Safe
  // from any thread, though not from a signal handler, before or during Run.
  void Cancel();

 private:
  const std::unique_ptr<internal::BulkEngine> engine_;
};

}  // namespace gongkai

#endif  // GONGKAI_CLIENT_BULK_SESSION_H_
