// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/bulk_call.h"

#include <deque>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "service/call_job.h"
#include "service/rich_status.h"

namespace gongkai::service {
namespace {

// One read and one write are in flight at most. Not reading is the
// back-pressure: no read is started while the window is full or the server has
// no room.
//
// gRPC runs reactions on its own threads and never inside the call that starts
// an operation, so reads are started with the lock held. Writes cost more and
// are started without it: whoever sets writing_ is the only one who writes.
class BulkCall final
    : public Recorded<
          grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>>,
      public Caller,
      public ActiveCall,
      public Admission::Waiter,
      public std::enable_shared_from_this<BulkCall> {
 public:
  BulkCall(Front* front, std::unique_ptr<CallRecord> record)
      : Recorded(std::move(record)), Caller(Priority::kBulk), front_(front) {}

  // Keeps itself until OnDone().
  void Start() {
    self_ = shared_from_this();
    begun_ = front_->Begin(this);
    absl::MutexLock lock(&mutex_);
    if (!begun_) draining_ = true;
    Advance();
  }

  void OnReadDone(bool ok) override {
    if (!ok) {
      absl::MutexLock lock(&mutex_);
      reading_ = false;
      half_closed_ = true;
      Advance();
      return;
    }
    record().Received(inbound_.Length());
    auto job = std::make_unique<BulkJob>(self_, std::exchange(inbound_, {}));
    const int64_t bytes = job->request_bytes();
    std::optional<Ticket> ticket = front_->admission.TryAdmitStream(bytes);
    if (ticket.has_value()) {
      job->set_ticket(*std::move(ticket));
      Accept(std::move(job));
      return;
    }
    {
      absl::MutexLock lock(&mutex_);
      parked_ = std::move(job);
    }
    front_->admission.Wait(self_, bytes);
    // A cancellation or a stop that came in between has not seen it.
    bool give_up;
    {
      absl::MutexLock lock(&mutex_);
      give_up = cancelled_ || draining_;
    }
    if (give_up) Unpark();
  }

  // There is room for the parked document.
  void Admitted(Ticket ticket) override {
    std::unique_ptr<BulkJob> job;
    {
      absl::MutexLock lock(&mutex_);
      job = std::move(parked_);
    }
    if (job == nullptr) return;
    job->set_ticket(std::move(ticket));
    Accept(std::move(job));
  }

  void OnWriteDone(bool ok) override {
    Result written;
    std::deque<Result> dropped;
    bool more;
    {
      absl::MutexLock lock(&mutex_);
      written = std::move(writing_result_);
      Forget(written);
      // The stream is broken; its cancellation is on its way.
      if (!ok) dropped = DropResults();
      more = NextWrite();
      if (!more) {
        writing_ = false;
        Advance();
      }
    }
    if (more) Write();
    absl::MutexLock lock(&mutex_);
    Advance();
  }

  void OnCancel() override {
    std::deque<Result> dropped;
    {
      absl::MutexLock lock(&mutex_);
      cancelled_ = true;
      dropped = DropResults();
    }
    Unpark();
    front_->pool->Cancel(shared_from_this());
    absl::MutexLock lock(&mutex_);
    Advance();
  }

  void OnDone() override {
    if (begun_) front_->End(this);
    self_.reset();
  }

  // Called with a lock of the front held.
  void Drain() override {
    std::unique_ptr<BulkJob> dropped;
    absl::MutexLock lock(&mutex_);
    draining_ = true;
    if (parked_ != nullptr) {
      dropped = std::move(parked_);
      reading_ = false;
    }
    Advance();
  }

  // Takes over the results of a round at once: one lock for all of them.
  void EndOfBatch() override {
    bool write;
    std::deque<Result> dropped;
    {
      absl::MutexLock lock(&mutex_);
      for (Result& result : batch_) {
        // Only a pool that stops ends jobs of a call that goes on.
        if (result.cancelled) cancelled_ = true;
        results_.push_back(std::move(result));
      }
      batch_.clear();
      if (cancelled_) dropped = DropResults();
      write = !writing_ && NextWrite();
      if (write) writing_ = true;
      Advance();
    }
    if (write) Write();
  }

 private:
  struct Result {
    grpc::ByteBuffer message;
    Ticket ticket;
    // What the document took of the window.
    int64_t window_bytes = 0;
    bool cancelled = false;
  };

  class BulkJob final : public CallJob {
   public:
    BulkJob(std::shared_ptr<BulkCall> call, grpc::ByteBuffer request)
        : CallJob(call, ipc::JobKind::kProcess, std::move(request)),
          call_(*call) {}

    void Done(Ending ending, std::string_view response) override {
      Result result;
      result.window_bytes = request_bytes();
      result.cancelled = ending == Ending::kCancelled;
      if (!result.cancelled) {
        result.message = Answer(ending, response);
        result.ticket = TakeTicket();
        result.ticket.Resize(static_cast<int64_t>(result.message.Length()));
      }
      call_.batch_.push_back(std::move(result));
    }

   private:
    BulkCall& call_;
  };

  // Ends the reading of a document, which from here on gets its answer; after
  // a cancellation or a stop it is dropped instead.
  void Accept(std::unique_ptr<BulkJob> job) {
    bool accepted;
    {
      absl::MutexLock lock(&mutex_);
      accepted = !cancelled_ && !draining_;
      if (accepted) {
        ++open_documents_;
        open_bytes_ += job->request_bytes();
      }
    }
    if (accepted) front_->pool->Submit(std::move(job));
    job.reset();
    absl::MutexLock lock(&mutex_);
    reading_ = false;
    Advance();
  }

  // Drops the parked document: it was never accepted.
  void Unpark() {
    std::unique_ptr<BulkJob> job;
    {
      absl::MutexLock lock(&mutex_);
      job = std::move(parked_);
    }
    front_->admission.GiveUp(this);
    if (job == nullptr) return;
    job.reset();
    absl::MutexLock lock(&mutex_);
    reading_ = false;
    Advance();
  }

  void Forget(const Result& result) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    --open_documents_;
    open_bytes_ -= result.window_bytes;
  }

  // The results are to be destroyed without the lock, for their tickets.
  [[nodiscard]] std::deque<Result> DropResults()
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    for (const Result& result : results_) Forget(result);
    return std::exchange(results_, {});
  }

  // Prepares the next write. False if there is nothing to write.
  bool NextWrite() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (results_.empty()) return false;
    writing_result_ = std::move(results_.front());
    results_.pop_front();
    return true;
  }

  // Without set_buffer_hint(), tempting as it is where more results wait: with
  // it gRPC 1.51 was seen to neither send a write nor report it done once its
  // buffer was full, which stops the stream for ever.
  void Write() {
    record().Sent(writing_result_.message.Length());
    StartWrite(&writing_result_.message);
  }

  // Starts whatever may be started: a read, or the end of the call.
  void Advance() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (finished_) return;
    const bool answered = open_documents_ == 0 && !writing_;
    if (cancelled_ ? !writing_ : answered && (half_closed_ || draining_)) {
      finished_ = true;
      Finish(cancelled_     ? Cancelled()
             : half_closed_ ? grpc::Status::OK
                            : Stopping());
      return;
    }
    const Limits& limits = front_->limits;
    if (reading_ || half_closed_ || cancelled_ || draining_ ||
        open_documents_ >= limits.stream_window_documents ||
        open_bytes_ >= limits.stream_window_bytes) {
      return;
    }
    reading_ = true;
    StartRead(&inbound_);
  }

  Front* const front_;
  bool begun_ = false;
  std::shared_ptr<BulkCall> self_;

  // Belongs to the read in flight and its reaction.
  grpc::ByteBuffer inbound_;
  // Belongs to the write in flight and its reaction.
  Result writing_result_;
  // Belongs to the pool's thread.
  std::vector<Result> batch_;

  absl::Mutex mutex_;
  // Results that wait for the write in flight.
  std::deque<Result> results_ ABSL_GUARDED_BY(mutex_);
  // A document that was read and for which the server has no room yet.
  std::unique_ptr<BulkJob> parked_ ABSL_GUARDED_BY(mutex_);
  // Accepted documents whose result is not written yet.
  int open_documents_ ABSL_GUARDED_BY(mutex_) = 0;
  int64_t open_bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  // A read is in flight, or its document is not taken in yet.
  bool reading_ ABSL_GUARDED_BY(mutex_) = false;
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  // The client has no more documents.
  bool half_closed_ ABSL_GUARDED_BY(mutex_) = false;
  bool cancelled_ ABSL_GUARDED_BY(mutex_) = false;
  bool draining_ ABSL_GUARDED_BY(mutex_) = false;
  bool finished_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace

grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* StartBulkCall(
    Front* front, std::unique_ptr<CallRecord> record) {
  auto call = std::make_shared<BulkCall>(front, std::move(record));
  call->Start();
  // gRPC calls OnDone() only after it has been given the reactor.
  return call.get();
}

}  // namespace gongkai::service
