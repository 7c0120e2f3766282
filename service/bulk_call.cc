// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/bulk_call.h"

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/random/random.h"
#include "absl/synchronization/mutex.h"
#include "gongkai/v1/report_service.pb.h"
#include "grpcpp/alarm.h"
#include "service/call_job.h"
#include "service/request_view.h"
#include "service/rich_status.h"
#include "service/stream_call.h"

namespace gongkai::service {
namespace {

// As the contract promises; no window is ever larger.
constexpr size_t kMaxUnansweredIds = 4096;

v1::StreamEnding::Reason ReasonOf(StreamEnd end) {
  switch (end) {
    case StreamEnd::kDrain:
      return v1::StreamEnding::REASON_DRAIN;
    case StreamEnd::kAge:
      return v1::StreamEnding::REASON_AGE;
    case StreamEnd::kSize:
    case StreamEnd::kCount:
      break;
  }
  return v1::StreamEnding::REASON_SIZE;
}

class BulkCall final : public StreamCall {
 public:
  using StreamCall::StreamCall;

  // Takes over the results of a round at once: one lock for all of them.
  void EndOfBatch() override {
    std::vector<Message> dropped;
    bool write;
    {
      absl::MutexLock lock(&mutex_);
      for (Result& result : batch_) {
        // Only a pool that stops ends jobs of a call that goes on.
        if (result.cancelled && !gave_up_ && !status_.has_value()) {
          status_ = Cancelled();
        }
        if (result.cancelled && gave_up_) Leave(std::move(result.id));
        if (result.cancelled || status_.has_value()) {
          Forget(result.message);
          dropped.push_back(std::move(result.message));
        } else {
          messages_.push_back(std::move(result.message));
        }
      }
      batch_.clear();
      write = StartWriting();
      Advance();
    }
    if (write) Write();
  }

  void Drain() override { Close(StreamEnd::kDrain, absl::InfiniteDuration()); }

  // Called with a lock of the front held.
  void GiveUp() override {
    {
      absl::MutexLock lock(&mutex_);
      if (!closing_ || finished_) return;
      gave_up_ = true;
    }
    front_->pool->Cancel(shared_from_this());
  }

 private:
  struct Result {
    Message message;
    bool cancelled = false;
    // Of the request; only of one that is cancelled.
    std::string id;
  };

  class BulkJob final : public CallJob {
   public:
    BulkJob(std::shared_ptr<StreamCall> call, BulkCall* bulk,
            grpc::ByteBuffer request)
        : CallJob(std::move(call), ipc::JobKind::kProcess, std::move(request)),
          bulk_(*bulk) {}

    void Done(Ending ending, std::string_view response) override {
      Result& result = bulk_.batch_.emplace_back();
      result.message.window_bytes = request_bytes();
      result.cancelled = ending == Ending::kCancelled;
      if (result.cancelled) {
        result.id = RequestId(request());
        return;
      }
      result.message.bytes = Answer(ending, response);
      result.message.ticket = TakeTicket();
      result.message.ticket.Resize(
          static_cast<int64_t>(result.message.bytes.Length()));
    }

   private:
    BulkCall& bulk_;
  };

  void OnBegun() override {
    const absl::Duration age = front_->limits.stream_max_age;
    if (age <= absl::ZeroDuration() || age == absl::InfiniteDuration()) return;
    // Give or take a tenth, so that streams that began together do not all
    // begin anew together.
    absl::InsecureBitGen random;
    After(&age_alarm_, age * absl::Uniform(random, 0.9, 1.1),
          [](BulkCall* call) {
            call->Close(StreamEnd::kAge, call->front_->limits.stream_grace);
          });
  }

  void OnOver() override {
    age_alarm_.Cancel();
    grace_alarm_.Cancel();
    last_alarm_.Cancel();
  }

  std::unique_ptr<CallJob> NewJob(grpc::ByteBuffer request) override {
    return std::make_unique<BulkJob>(shared_from_this(), this,
                                     std::move(request));
  }

  void OnAccepted(const CallJob& job) override
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    ++documents_;
    bytes_ += job.request_bytes();
  }

  void OnLeft(const CallJob& job) override
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    Leave(RequestId(job.request()));
  }

  void Leave(std::string id) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (ending_.unanswered_ids_size() < static_cast<int>(kMaxUnansweredIds)) {
      ending_.add_unanswered_ids(std::move(id));
    }
  }

  // Calls back after a time, unless the call is over.
  template <typename Callback>
  void After(grpc::Alarm* alarm, absl::Duration time, Callback callback) {
    alarm->Set(
        std::chrono::system_clock::now() + absl::ToChronoMilliseconds(time),
        [weak = weak_from_this(), callback](bool due) {
          if (!due) return;
          if (const std::shared_ptr<StreamCall> call = weak.lock()) {
            callback(static_cast<BulkCall*>(call.get()));
          }
        });
  }

  // Ends the stream politely: what was read is answered, as far as there is
  // time.
  void Close(StreamEnd reason, absl::Duration grace) {
    {
      absl::MutexLock lock(&mutex_);
      if (!StartClosing(reason, grace)) return;
    }
    Unpark();
    absl::MutexLock lock(&mutex_);
    Advance();
  }

  bool StartClosing(StreamEnd reason, absl::Duration grace)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (closing_ || finished_ || status_.has_value()) return false;
    closing_ = true;
    ending_.set_reason(ReasonOf(reason));
    front_->stats->stream_ends[reason].Add();
    if (grace == absl::InfiniteDuration()) return true;
    After(&grace_alarm_, grace, [](BulkCall* call) { call->GiveUp(); });
    // A client that does not read cannot even be told.
    After(&last_alarm_, 2 * grace,
          [](BulkCall* call) { call->context_->TryCancel(); });
    return true;
  }

  void Continue() override ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    const bool answered = open_documents_ == 0 && !writing_;
    const bool all = half_closed_ && ending_.unanswered_ids().empty();
    if (answered && all) {
      finished_ = true;
      Finish(grpc::Status::OK);
    } else if (answered && closing_) {
      finished_ = true;
      v1::ProcessResponse last;
      *last.mutable_ending() = std::move(ending_);
      last_message_ = BufferOf(last.SerializeAsString());
      StartWriteAndFinish(&last_message_, grpc::WriteOptions(),
                          grpc::Status::OK);
    } else if (MayRead()) {
      if (IsFull()) {
        StartClosing(StreamEnd::kSize, front_->limits.stream_grace);
        return Continue();
      }
      Read();
    }
  }

  // The stream has carried as much as one may.
  bool IsFull() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    const Limits& limits = front_->limits;
    return (limits.stream_max_documents > 0 &&
            documents_ >= limits.stream_max_documents) ||
           (limits.stream_max_bytes > 0 && bytes_ >= limits.stream_max_bytes);
  }

  // Belongs to the pool's thread.
  std::vector<Result> batch_;

  // Documents that were accepted, and their bytes.
  int64_t documents_ ABSL_GUARDED_BY(mutex_) = 0;
  int64_t bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  // What the stream ends with, if it is closing_.
  v1::StreamEnding ending_ ABSL_GUARDED_BY(mutex_);
  // There is no more time: what is in the pool is not answered.
  bool gave_up_ ABSL_GUARDED_BY(mutex_) = false;
  // Belongs to the last write.
  grpc::ByteBuffer last_message_;

  grpc::Alarm age_alarm_;
  grpc::Alarm grace_alarm_;
  grpc::Alarm last_alarm_;
};

}  // namespace

grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* StartBulkCall(
    Front* front, grpc::CallbackServerContext* context,
    std::unique_ptr<CallRecord> record) {
  auto call = std::make_shared<BulkCall>(front, context, std::move(record));
  call->Start();
  // gRPC calls OnDone() only after it has been given the reactor.
  return call.get();
}

}  // namespace gongkai::service
