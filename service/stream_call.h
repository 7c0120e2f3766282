// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/stream_call.h
//
// What all calls have in common that stream documents in and messages out:
// admission, the window, and one read and one write in flight at most. Not
// reading is the back-pressure: no read is started while the window is full or
// the server has no room.
//
// gRPC runs reactions on its own threads and never inside the call that starts
// an operation, so reads are started with the lock held. Writes cost more and
// are started without it: whoever sets writing_ is the only one who writes.

#ifndef GONGKAI_SERVICE_STREAM_CALL_H_
#define GONGKAI_SERVICE_STREAM_CALL_H_

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"
#include "grpcpp/support/status.h"
#include "service/admission.h"
#include "service/call_job.h"
#include "service/front.h"
#include "service/job.h"

namespace gongkai::service {

class StreamCall
    : public grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>,
      public Caller,
      public ActiveCall,
      public Admission::Waiter,
      public std::enable_shared_from_this<StreamCall> {
 public:
  StreamCall(Front* front, grpc::CallbackServerContext* context);

  // Begins; the call keeps itself until OnDone().
  void Start();

  void OnReadDone(bool ok) final;
  void OnWriteDone(bool ok) final;
  void OnCancel() final;
  void OnDone() final;
  // There is room for the parked document.
  void Admitted(Ticket ticket) final;

 protected:
  // Something to write.
  struct Message {
    grpc::ByteBuffer bytes;
    Ticket ticket;
    // What its document took of the window; -1 for a message that is none's.
    int64_t window_bytes = -1;
  };

  // What the kinds of calls do -----------------------------------------------

  // The call has been taken in. It may fail here.
  virtual void OnBegun() {}
  // The call is over, whether it was taken in or not.
  virtual void OnOver() {}
  virtual std::unique_ptr<CallJob> NewJob(grpc::ByteBuffer request) = 0;
  // A document was read. False if it is not taken: then the call has failed.
  virtual bool MayTake() { return true; }
  // A document is accepted.
  virtual void OnAccepted(const CallJob&)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {}
  // A document was read after closing_ was set.
  virtual void OnLeft(const CallJob&) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {}
  // The call fails.
  virtual void OnFail() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {}
  // Starts whatever may be started while the call goes well: MayRead() and
  // Read(), or the end.
  virtual void Continue() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) = 0;

  // What they do it with -----------------------------------------------------

  // Starts whatever may be started, or ends a call that has failed.
  void Advance() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // True if nothing is in the way of a read.
  bool MayRead() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Read() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  // Ends the call with an error, unless it has one already.
  void Fail(grpc::Status status);
  // Drops the parked document, which was never accepted.
  void Unpark();
  // A document of the window is done with.
  void Forget(const Message& message) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // True if the caller is to call Write(), without the lock.
  bool StartWriting() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Without set_buffer_hint(), tempting as it is where more results wait: with
  // it gRPC 1.51 was seen to neither send a write nor report it done once its
  // buffer was full, which stops the stream for ever.
  void Write() { StartWrite(&writing_message_.bytes); }

  Front* const front_;
  grpc::CallbackServerContext* const context_;

  absl::Mutex mutex_;
  // Messages that wait for the write in flight.
  std::deque<Message> messages_ ABSL_GUARDED_BY(mutex_);
  // Accepted documents whose message is not written yet.
  int open_documents_ ABSL_GUARDED_BY(mutex_) = 0;
  int64_t open_bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  // A read is in flight, or its document is not taken in yet.
  bool reading_ ABSL_GUARDED_BY(mutex_) = false;
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  // The client has no more documents.
  bool half_closed_ ABSL_GUARDED_BY(mutex_) = false;
  // No more documents are accepted, though nothing is wrong.
  bool closing_ ABSL_GUARDED_BY(mutex_) = false;
  // Why the call fails.
  std::optional<grpc::Status> status_ ABSL_GUARDED_BY(mutex_);
  bool finished_ ABSL_GUARDED_BY(mutex_) = false;

 private:
  // Ends the reading of a document.
  void Accept(std::unique_ptr<CallJob> job);
  // Prepares the next write. False if there is nothing to write.
  bool NextWrite() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // They are to be destroyed without the lock, for their tickets.
  [[nodiscard]] std::deque<Message> DropMessages()
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  bool begun_ = false;
  std::shared_ptr<StreamCall> self_;
  // Belongs to the read in flight and its reaction.
  grpc::ByteBuffer inbound_;
  // Belongs to the write in flight and its reaction.
  Message writing_message_;
  // A document that was read and for which the server has no room yet.
  std::unique_ptr<CallJob> parked_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_STREAM_CALL_H_
