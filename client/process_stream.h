// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/process_stream.h
//
// One ReportService.ProcessReports stream as BulkSession drives it: a source of
// events for one thread, a sink of requests for any. Users meet it only when
// they write a Connection of their own; FakeProcessStream in
// client/mock_connection.h is one for tests.

#ifndef GONGKAI_CLIENT_PROCESS_STREAM_H_
#define GONGKAI_CLIENT_PROCESS_STREAM_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gongkai/v1/report_service.pb.h"
#include "grpcpp/support/byte_buffer.h"

namespace gongkai {

// What the server takes on one stream; 0 where it does not say.
struct StreamLimits {
  // Largest document in bytes. A larger one must not be written: the server
  // would end the stream, and with it all the others on it.
  int64_t max_document_bytes = 0;
  // Unanswered documents.
  int window_documents = 0;
  // Unanswered bytes of documents.
  int64_t window_bytes = 0;
};

class ProcessStream {
 public:
  enum class Event {
    // Nothing happened before the deadline.
    kTimeout,
    // The stream takes requests; limits() is known. Comes once, first.
    kOpen,
    // The last Write is done: the next may be called.
    kWritten,
    // TakeAnswer() has an answer.
    kAnswer,
    // The stream is over; status() says why. Comes once, last.
    kEnd,
  };

  // Cancels, and waits for what is under way.
  virtual ~ProcessStream() = default;

  // Waits for the next event. From one thread.
  virtual Event Next(absl::Time deadline) = 0;

  // Sends an encoded ProcessRequest (client/internal/wire.h). From any thread,
  // between kOpen and kEnd, one at a time: the next one after kWritten. On a
  // stream that is already breaking it may have no effect but kEnd.
  virtual void Write(const grpc::ByteBuffer& request) = 0;

  // Says that no Write will follow. As Write, except that no kWritten follows.
  virtual void FinishWrites() = 0;

  // After kAnswer, once, from the thread of Next. The answer is the stream's
  // and lives until the next call. One with `ending` set is about the stream
  // and not a document: no further answer comes, and kEnd is near. Errors:
  // Internal if the answer is not a ProcessResponse.
  virtual absl::StatusOr<const v1::ProcessResponse*> TakeAnswer() = 0;

  // Makes the stream end soon with a status Cancelled. From any thread.
  virtual void Cancel() = 0;

  // After kOpen.
  virtual const StreamLimits& limits() const = 0;

  // After kEnd. OK when the server ended the stream of its own will, answered
  // or not.
  virtual const absl::Status& status() const = 0;
};

}  // namespace gongkai

#endif  // GONGKAI_CLIENT_PROCESS_STREAM_H_
