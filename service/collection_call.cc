// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/collection_call.h"

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "gongkai/worker/v1/collection.pb.h"
#include "service/call_job.h"
#include "service/failure_answer.h"
#include "service/request_view.h"
#include "service/rich_status.h"
#include "service/stream_call.h"

namespace gongkai::service {
namespace {

// Sent to the process that holds the collection: a message of our own.
class CollectionJob : public Job {
 public:
  CollectionJob(std::shared_ptr<Caller> caller, ipc::JobKind kind,
                std::string bytes)
      : Job(std::move(caller), kind), bytes_(std::move(bytes)) {
    AddPiece(bytes_);
  }

 private:
  const std::string bytes_;
};

// Each document has a second stop: its digest goes to the collection's own
// process, one after the other.
//
//   read -> DigestJob (pool) -> write `taken`
//                            -> CollectJob (own process)
//   all read and collected   -> FindingsJob (own process) -> write findings, …
//
// A document counts in the window until both are done. The call itself is the
// pool's Caller; the own process has another one.
class CollectionCall final : public StreamCall {
 public:
  using StreamCall::StreamCall;

  // Called with a lock of the front held. A collection of which all reports are
  // there is finished; from one that is not nothing can be had.
  void Drain() override {
    {
      absl::MutexLock lock(&mutex_);
      if (half_closed_) return;
    }
    Fail(Stopping());
  }

  // Takes over what a round of the pool brought.
  void EndOfBatch() override {
    std::vector<std::unique_ptr<Job>> digests;
    std::deque<Message> dropped;
    bool write;
    {
      absl::MutexLock lock(&mutex_);
      for (Digested& digested : batch_) {
        --digesting_;
        if (status_.has_value()) {
          Forget(digested.message);
          dropped.push_back(std::move(digested.message));
          continue;
        }
        if (!digested.digest.empty()) {
          ++collecting_;
          digests.push_back(MakeCollectJob(std::move(digested.digest)));
        }
        messages_.push_back(std::move(digested.message));
      }
      batch_.clear();
      // Only this thread submits them, so that they arrive in their order. With
      // the lock, so that the process cannot be given back meanwhile.
      if (pool_ != nullptr) {
        for (std::unique_ptr<Job>& job : digests) pool_->Submit(std::move(job));
      }
      write = StartWriting();
      Advance();
    }
    if (write) Write();
  }

 private:
  struct Digested {
    Message message;
    std::string digest;
  };

  // The caller of the jobs of the own process.
  class Holder final : public Caller {
   public:
    explicit Holder(std::shared_ptr<StreamCall> call)
        : Caller(Priority::kBulk), call_(std::move(call)) {}
    void EndOfBatch() override {}

   private:
    // Keeps the call while jobs of it are under way.
    const std::shared_ptr<StreamCall> call_;
  };

  class DigestJob final : public CallJob {
   public:
    DigestJob(std::shared_ptr<StreamCall> call, CollectionCall* collection,
              grpc::ByteBuffer request)
        : CallJob(std::move(call), ipc::JobKind::kDigest, std::move(request)),
          call_(*collection) {}

    void Done(Ending ending, std::string_view response) override {
      Digested& digested = call_.batch_.emplace_back();
      digested.message.window_bytes = request_bytes();
      // A call that is over; or a pool that stops, which ends calls first.
      if (ending == Ending::kCancelled) return;
      std::string taken;
      worker::v1::DigestResult result;
      if (ending == Ending::kAnswered &&
          result.ParseFromArray(response.data(),
                                static_cast<int>(response.size()))) {
        taken = result.taken();
        digested.digest = std::move(*result.mutable_digest());
      } else {
        // Its place in the hierarchy is known all the same.
        worker::v1::ReportDigest digest;
        digest.set_id(RequestId(request()));
        digest.set_parent(RequestParent(request()));
        digest.set_unread(true);
        digested.digest = digest.SerializeAsString();
        taken = FailureAnswer(
            *this, ending == Ending::kAnswered ? Ending::kCrashed : ending);
      }
      digested.message.bytes = BufferOf(taken);
      digested.message.ticket = TakeTicket();
      digested.message.ticket.Resize(
          static_cast<int64_t>(taken.size() + digested.digest.size()));
    }

   private:
    CollectionCall& call_;
  };

  class CollectJob final : public CollectionJob {
   public:
    CollectJob(std::shared_ptr<Holder> holder, CollectionCall* call,
               std::string bytes)
        : CollectionJob(std::move(holder), ipc::JobKind::kCollect,
                        std::move(bytes)),
          call_(*call) {}

    void Done(Ending ending, std::string_view response) override {
      worker::v1::CollectionAnswer answer;
      if (!Take(ending, response, &answer)) return call_.Fail(CollectionLost());
      absl::MutexLock lock(&call_.mutex_);
      --call_.collecting_;
      call_.Advance();
    }

   private:
    CollectionCall& call_;
  };

  class FindingsJob final : public CollectionJob {
   public:
    FindingsJob(std::shared_ptr<Holder> holder, CollectionCall* call,
                std::string bytes)
        : CollectionJob(std::move(holder), ipc::JobKind::kFindings,
                        std::move(bytes)),
          call_(*call) {}

    void Done(Ending ending, std::string_view response) override {
      worker::v1::CollectionAnswer answer;
      if (!Take(ending, response, &answer)) return call_.Fail(CollectionLost());
      bool write;
      {
        absl::MutexLock lock(&call_.mutex_);
        call_.asking_ = false;
        call_.all_found_ = answer.done();
        if (!call_.status_.has_value()) {
          for (const std::string& finding : answer.responses()) {
            call_.messages_.push_back({BufferOf(finding), Ticket(), -1});
          }
        }
        write = call_.StartWriting();
        call_.Advance();
      }
      if (write) call_.Write();
    }

   private:
    CollectionCall& call_;
  };

  // False if the process does not have the collection any more.
  static bool Take(Ending ending, std::string_view response,
                   worker::v1::CollectionAnswer* answer) {
    return ending == Ending::kAnswered &&
           answer->ParseFromArray(response.data(),
                                  static_cast<int>(response.size())) &&
           !answer->lost();
  }

  void OnBegun() override {
    {
      absl::MutexLock lock(&mutex_);
      holder_ = std::make_shared<Holder>(shared_from_this());
    }
    started_ = front_->collections.Start(
        [self = shared_from_this(),
         this](absl::StatusOr<std::unique_ptr<Pool>> pool) {
          OnStarted(std::move(pool));
        });
    if (started_) return;
    Fail(front_->Refuse(context_, Refusal::kTooManyCollections, *account()));
  }

  void OnOver() override {
    std::unique_ptr<Pool> pool;
    bool release;
    {
      absl::MutexLock lock(&mutex_);
      done_ = true;
      pool = std::move(pool_);
      // It keeps this call, for its jobs.
      holder_ = nullptr;
      // Where the process is still being started, OnStarted() gives it back.
      release = started_ && start_ended_;
    }
    if (release) front_->collections.Release(std::move(pool));
  }

  void OnStarted(absl::StatusOr<std::unique_ptr<Pool>> pool) {
    const bool ok = pool.ok();
    std::unique_ptr<Pool> started = ok ? *std::move(pool) : nullptr;
    bool release;
    {
      absl::MutexLock lock(&mutex_);
      start_ended_ = true;
      release = done_;
      if (!release) {
        pool_ = std::move(started);
        Advance();
      }
    }
    if (release) front_->collections.Release(std::move(started));
    if (!ok) Fail(CollectionLost());
  }

  std::unique_ptr<CallJob> NewJob(grpc::ByteBuffer request) override {
    return std::make_unique<DigestJob>(shared_from_this(), this,
                                       std::move(request));
  }

  bool MayTake() override {
    if (++requests_ <= front_->limits.max_collection_reports) return true;
    Fail(CollectionTooLarge(front_->limits.max_collection_reports));
    return false;
  }

  void OnAccepted(const CallJob&) override
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    ++digesting_;
  }

  void OnFail() override ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (pool_ != nullptr) pool_->Cancel(holder_);
  }

  std::unique_ptr<Job> MakeCollectJob(std::string digest)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    // Two messages in a row are one to a decoder.
    worker::v1::ReportDigest number;
    number.set_sequence(sequence_++);
    number.AppendToString(&digest);
    return std::make_unique<CollectJob>(holder_, this, std::move(digest));
  }

  void Continue() override ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (pool_ == nullptr) return;
    if (half_closed_) return AdvanceFindings();
    if (collecting_ < front_->limits.stream_window_documents && MayRead()) {
      Read();
    }
  }

  void AdvanceFindings() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (digesting_ > 0 || collecting_ > 0 || asking_ || writing_ ||
        !messages_.empty()) {
      return;
    }
    if (all_found_) {
      finished_ = true;
      Finish(grpc::Status::OK);
      return;
    }
    // The next only when these are written: what waits stays in the process.
    asking_ = true;
    worker::v1::FindingsRequest request;
    request.set_reports(sequence_);
    pool_->Submit(std::make_unique<FindingsJob>(holder_, this,
                                                request.SerializeAsString()));
  }

  // The place among the collections is taken.
  bool started_ = false;
  // Belongs to the reactions to reads.
  int64_t requests_ = 0;
  // Belongs to the pool's thread.
  std::vector<Digested> batch_;

  // The caller of the own process's jobs; null after the end.
  std::shared_ptr<Holder> holder_ ABSL_GUARDED_BY(mutex_);
  // The own process; null until it is started, and after the end.
  std::unique_ptr<Pool> pool_ ABSL_GUARDED_BY(mutex_);
  bool start_ended_ ABSL_GUARDED_BY(mutex_) = false;
  bool done_ ABSL_GUARDED_BY(mutex_) = false;
  // Documents in the pool; digests on their way to the own process.
  int digesting_ ABSL_GUARDED_BY(mutex_) = 0;
  int collecting_ ABSL_GUARDED_BY(mutex_) = 0;
  // The number of the next digest.
  int64_t sequence_ ABSL_GUARDED_BY(mutex_) = 0;
  // Findings are asked for; there are no more.
  bool asking_ ABSL_GUARDED_BY(mutex_) = false;
  bool all_found_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace

grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>*
StartCollectionCall(Front* front, grpc::CallbackServerContext* context,
                    std::unique_ptr<CallRecord> record) {
  auto call =
      std::make_shared<CollectionCall>(front, context, std::move(record));
  call->Start();
  // gRPC calls OnDone() only after it has been given the reactor.
  return call.get();
}

}  // namespace gongkai::service
