// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/options.h
//
// How a Client connects and retries, and how much a BulkSession keeps in
// flight.

#ifndef GONGKAI_CLIENT_OPTIONS_H_
#define GONGKAI_CLIENT_OPTIONS_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "absl/time/time.h"

namespace grpc {
class ChannelCredentials;
}  // namespace grpc

namespace gongkai {

// The largest document that a service takes by default, in bytes.
inline constexpr int64_t kDefaultMaxDocumentBytes = int64_t{32} << 20;

struct RetryOptions {
  // All attempts of a call together.
  absl::Duration total_timeout = absl::Minutes(1);
  // The pause after the first failed attempt, before jitter.
  absl::Duration initial_backoff = absl::Milliseconds(100);
  // The longest pause.
  absl::Duration max_backoff = absl::Seconds(10);
  // The factor from one pause to the next.
  double backoff_multiplier = 1.6;
};

struct ClientOptions {
  // Credentials of the channel; insecure ones by default.
  std::shared_ptr<grpc::ChannelCredentials> credentials;
  // Largest document in bytes: the channel sends it whole, receives its result
  // and can retry it.
  int64_t max_document_bytes = kDefaultMaxDocumentBytes;
  RetryOptions retry;
};

struct BulkOptions {
  // Unanswered documents at most; the server's own window is kept as well.
  int max_in_flight_documents = 256;
  // Unanswered bytes at most: the session's memory, beside one document that
  // waits for room.
  int64_t max_in_flight_bytes = int64_t{64} << 20;
  // Streams side by side, each with an equal share of the window. They go to
  // the back ends in turn: with fewer than there are, some get nothing, and
  // with some more all get about as much. They cost little: a call of the
  // server's and two threads here, of which one sleeps.
  int streams = 8;
  // How long a stream is given documents, give or take a quarter, before
  // another one takes its place and it ends with its last answer. A server that
  // comes, or comes back, so gets its share within that time, by round_robin as
  // behind a balancer that sees no more than calls. Infinite where there is but
  // one server.
  absl::Duration stream_age = absl::Seconds(4);
  // Call the sink in the order of the source. An answer that comes early is
  // kept, encoded, until those before it are given, and its document takes room
  // in the window until then: so the window bounds what is kept, and one
  // document that takes long holds up the rest once the window is full.
  bool ordered = false;
  // How long the session goes on trying while documents wait and none is
  // answered; looked at four times in it, so it may take a quarter longer.
  absl::Duration give_up_after = absl::Minutes(2);
  // The pauses between attempts to open a stream; total_timeout is not used.
  RetryOptions retry;
};

struct CollectionOptions {
  // Reports that were sent and are not taken in yet; the server's own window is
  // kept as well.
  int max_in_flight_reports = 256;
};

}  // namespace gongkai

#endif  // GONGKAI_CLIENT_OPTIONS_H_
