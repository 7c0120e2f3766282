// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/internal/grpc_stream.h
//
// ProcessStream over gRPC. It owns a completion queue, so that the thread in
// Next does the reading and writing of the socket itself: an event costs no
// hop from a thread of gRPC's.
//
// It first asks for the server's capabilities, unless another stream has done
// so lately, and then opens the stream. A server that does not know
// GetCapabilities has no limits to keep. Where there are several back ends,
// another one may answer than the stream goes to: they are taken to have the
// same limits.

#ifndef GONGKAI_CLIENT_INTERNAL_GRPC_STREAM_H_
#define GONGKAI_CLIENT_INTERNAL_GRPC_STREAM_H_

#include <cstdint>
#include <memory>
#include <optional>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "client/internal/wire.h"
#include "client/process_stream.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"
#include "grpcpp/completion_queue.h"
#include "grpcpp/generic/generic_stub.h"

namespace gongkai::internal {

// What a server takes, shared by the streams of a connection: a question of
// each would cost it a round trip, and a balancer that gives calls to its
// replicas in turn would give the questions to some and the streams to the
// others. Thread-safe.
class KnownLimits {
 public:
  // Nothing if they are not known or were asked for too long ago.
  std::optional<StreamLimits> Get() const;
  void Set(const StreamLimits& limits);
  // After an error, of which other limits may be the cause.
  void Forget();

 private:
  mutable absl::Mutex mutex_;
  std::optional<StreamLimits> limits_ ABSL_GUARDED_BY(mutex_);
  absl::Time asked_ ABSL_GUARDED_BY(mutex_);
};

class GrpcStream final : public ProcessStream {
 public:
  // The question goes by a channel of its own, to the same addresses. With one
  // for both, round_robin would give all the questions to one of two back ends
  // and all the streams to the other. `max_document_bytes` is what the channel
  // sends at most.
  GrpcStream(std::shared_ptr<grpc::Channel> channel,
             std::shared_ptr<grpc::Channel> questions,
             std::shared_ptr<KnownLimits> known, int64_t max_document_bytes);
  ~GrpcStream() override;

  Event Next(absl::Time deadline) override;
  void Write(const grpc::ByteBuffer& request) override;
  void FinishWrites() override;
  absl::StatusOr<const v1::ProcessResponse*> TakeAnswer() override;
  void Cancel() override;
  const StreamLimits& limits() const override { return limits_; }
  const absl::Status& status() const override { return status_; }

 private:
  // What a completion is about; the tags on the queue.
  enum Tag { kCapabilities, kStarted, kRead, kWrite, kWritesDone, kFinished };

  // Takes a completion; kTimeout if it is none of the caller's business.
  Event Handle(Tag tag, bool ok);
  void Ask();
  Event HandleCapabilities();
  void Open();
  // Marks a write as under way unless the stream is breaking.
  bool BeginWrite();
  // Marks it as done; true if the stream waits for that to end.
  bool EndWrite();
  // No more reads or writes: asks for the status once nothing is under way.
  Event Break();

  // Declared first, as the calls below live on it.
  grpc::CompletionQueue queue_;
  grpc::GenericStub stub_;
  grpc::GenericStub questions_;

  grpc::ClientContext capabilities_context_;
  std::unique_ptr<grpc::GenericClientAsyncResponseReader> capabilities_call_;
  grpc::ByteBuffer capabilities_bytes_;
  grpc::Status capabilities_status_;

  grpc::ClientContext context_;
  std::unique_ptr<grpc::GenericClientAsyncReaderWriter> call_;
  // The buffer of the read under way, and what the last one read.
  grpc::ByteBuffer reading_;
  grpc::ByteBuffer answer_;
  grpc::Status call_status_;
  AnswerDecoder decoder_;

  const std::shared_ptr<KnownLimits> known_;
  StreamLimits limits_;
  absl::Status status_;

  absl::Mutex mutex_;
  bool write_under_way_ ABSL_GUARDED_BY(mutex_) = false;
  bool broken_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace gongkai::internal

#endif  // GONGKAI_CLIENT_INTERNAL_GRPC_STREAM_H_
