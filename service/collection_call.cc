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

namespace gongkai::service {
namespace {

// What a caller is told to wait where every place is taken: collections take
// seconds.
constexpr absl::Duration kRetryDelay = absl::Seconds(2);

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

// As a BulkCall, with a second stop for each document: its digest goes to the
// collection's own process, one after the other.
//
//   read -> DigestJob (pool) -> write `taken`
//                            -> CollectJob (own process)
//   all read and collected   -> FindingsJob (own process) -> write findings, …
//
// A document counts in the window until both are done. The call itself is the
// pool's Caller; the own process has another one.
class CollectionCall final
    : public Recorded<
          grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>>,
      public Caller,
      public ActiveCall,
      public Admission::Waiter,
      public std::enable_shared_from_this<CollectionCall> {
 public:
  CollectionCall(Front* front, grpc::CallbackServerContext* context,
                 std::unique_ptr<CallRecord> record)
      : Recorded(std::move(record)),
        Caller(Priority::kBulk),
        front_(front),
        context_(context) {}

  // Keeps itself until OnDone().
  void Start() {
    self_ = shared_from_this();
    begun_ = front_->Begin(this);
    if (!begun_) return Fail(Stopping());
    {
      absl::MutexLock lock(&mutex_);
      holder_ = std::make_shared<Holder>(self_);
    }
    started_ = front_->collections.Start(
        [call = self_](absl::StatusOr<std::unique_ptr<Pool>> pool) {
          call->OnStarted(std::move(pool));
        });
    if (!started_) Fail(TooManyCollections(context_, kRetryDelay));
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
    auto job = std::make_unique<DigestJob>(self_, std::exchange(inbound_, {}));
    if (++requests_ > front_->limits.max_collection_reports) {
      job.reset();
      return Fail(CollectionTooLarge(front_->limits.max_collection_reports));
    }
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
    // What ended the call in between has not seen it.
    bool give_up;
    {
      absl::MutexLock lock(&mutex_);
      give_up = status_.has_value();
    }
    if (give_up) Unpark();
  }

  // There is room for the parked document.
  void Admitted(Ticket ticket) override {
    std::unique_ptr<DigestJob> job;
    {
      absl::MutexLock lock(&mutex_);
      job = std::move(parked_);
    }
    if (job == nullptr) return;
    job->set_ticket(std::move(ticket));
    Accept(std::move(job));
  }

  void OnWriteDone(bool ok) override {
    Message written;
    std::deque<Message> dropped;
    bool more;
    {
      absl::MutexLock lock(&mutex_);
      written = std::move(writing_message_);
      Forget(written);
      // The stream is broken; its cancellation is on its way.
      if (!ok) dropped = DropMessages();
      more = NextWrite();
      if (!more) {
        writing_ = false;
        Advance();
      }
    }
    if (more) Write();
  }

  void OnCancel() override { Fail(Cancelled()); }

  void OnDone() override {
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
    if (begun_) front_->End(this);
    self_.reset();
  }

  // Called with a lock of the front held. A collection of which all reports are
  // there is finished; from one that is not nothing can be had.
  void Drain() override {
    absl::MutexLock lock(&mutex_);
    if (half_closed_ || status_.has_value()) return;
    if (parked_ != nullptr) dropped_ = std::move(parked_);
    status_ = Stopping();
    Advance();
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
  struct Message {
    grpc::ByteBuffer bytes;
    Ticket ticket;
    // What the document took of the window; -1 for a message that is none's.
    int64_t window_bytes = -1;
  };

  struct Digested {
    Message message;
    std::string digest;
  };

  // The caller of the jobs of the own process.
  class Holder final : public Caller {
   public:
    explicit Holder(std::shared_ptr<CollectionCall> call)
        : Caller(Priority::kBulk), call_(std::move(call)) {}
    void EndOfBatch() override {}

   private:
    // Keeps the call while jobs of it are under way.
    const std::shared_ptr<CollectionCall> call_;
  };

  class DigestJob final : public CallJob {
   public:
    DigestJob(std::shared_ptr<CollectionCall> call, grpc::ByteBuffer request)
        : CallJob(call, ipc::JobKind::kDigest, std::move(request)),
          call_(*call) {}

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

  static grpc::ByteBuffer BufferOf(const std::string& bytes) {
    const grpc::Slice slice(bytes);
    return grpc::ByteBuffer(&slice, 1);
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

  // Ends the call with an error, unless it has one already.
  void Fail(grpc::Status status) {
    std::deque<Message> dropped;
    {
      absl::MutexLock lock(&mutex_);
      if (finished_) return;
      if (!status_.has_value()) status_ = std::move(status);
      dropped = DropMessages();
      if (pool_ != nullptr) pool_->Cancel(holder_);
    }
    Unpark();
    front_->pool->Cancel(shared_from_this());
    absl::MutexLock lock(&mutex_);
    Advance();
  }

  // Ends the reading of a document.
  void Accept(std::unique_ptr<DigestJob> job) {
    bool accepted;
    {
      absl::MutexLock lock(&mutex_);
      accepted = !status_.has_value();
      if (accepted) {
        ++digesting_;
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
    std::unique_ptr<DigestJob> job;
    {
      absl::MutexLock lock(&mutex_);
      job = std::move(parked_);
    }
    front_->admission.GiveUp(this);
  }

  std::unique_ptr<Job> MakeCollectJob(std::string digest)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    // Two messages in a row are one to a decoder.
    worker::v1::ReportDigest number;
    number.set_sequence(sequence_++);
    number.AppendToString(&digest);
    return std::make_unique<CollectJob>(holder_, this, std::move(digest));
  }

  void Forget(const Message& message) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (message.window_bytes < 0) return;
    --open_documents_;
    open_bytes_ -= message.window_bytes;
  }

  // They are to be destroyed without the lock, for their tickets.
  [[nodiscard]] std::deque<Message> DropMessages()
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    for (const Message& message : messages_) Forget(message);
    return std::exchange(messages_, {});
  }

  // Prepares the next write. False if there is nothing to write.
  bool NextWrite() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (messages_.empty() || finished_) return false;
    writing_message_ = std::move(messages_.front());
    messages_.pop_front();
    return true;
  }

  // True if the caller is to call Write(), without the lock.
  bool StartWriting() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (writing_ || !NextWrite()) return false;
    writing_ = true;
    return true;
  }

  void Write() {
    record().Sent(writing_message_.bytes.Length());
    StartWrite(&writing_message_.bytes);
  }

  // Starts whatever may be started: a read, a question for findings, or the end
  // of the call.
  void Advance() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (finished_) return;
    if (status_.has_value()) {
      if (writing_) return;
      finished_ = true;
      Finish(*status_);
      return;
    }
    if (pool_ == nullptr) return;
    if (half_closed_) return AdvanceFindings();
    const Limits& limits = front_->limits;
    if (reading_ || open_documents_ >= limits.stream_window_documents ||
        collecting_ >= limits.stream_window_documents ||
        open_bytes_ >= limits.stream_window_bytes) {
      return;
    }
    reading_ = true;
    StartRead(&inbound_);
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

  Front* const front_;
  grpc::CallbackServerContext* const context_;
  bool begun_ = false;
  bool started_ = false;
  std::shared_ptr<CollectionCall> self_;

  // Belong to the read in flight and its reaction.
  grpc::ByteBuffer inbound_;
  int64_t requests_ = 0;
  // Belongs to the write in flight and its reaction.
  Message writing_message_;
  // Belongs to the pool's thread.
  std::vector<Digested> batch_;

  absl::Mutex mutex_;
  // The caller of the own process's jobs; null after the end.
  std::shared_ptr<Holder> holder_ ABSL_GUARDED_BY(mutex_);
  // The own process; null until it is started, and after the end.
  std::unique_ptr<Pool> pool_ ABSL_GUARDED_BY(mutex_);
  bool start_ended_ ABSL_GUARDED_BY(mutex_) = false;
  bool done_ ABSL_GUARDED_BY(mutex_) = false;
  // Messages that wait for the write in flight.
  std::deque<Message> messages_ ABSL_GUARDED_BY(mutex_);
  // A document that was read and for which the server has no room yet; one that
  // is dropped and may not be destroyed yet.
  std::unique_ptr<DigestJob> parked_ ABSL_GUARDED_BY(mutex_);
  std::unique_ptr<DigestJob> dropped_ ABSL_GUARDED_BY(mutex_);
  // Accepted documents whose `taken` is not written yet.
  int open_documents_ ABSL_GUARDED_BY(mutex_) = 0;
  int64_t open_bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  // Documents in the pool; digests on their way to the own process.
  int digesting_ ABSL_GUARDED_BY(mutex_) = 0;
  int collecting_ ABSL_GUARDED_BY(mutex_) = 0;
  // The number of the next digest.
  int64_t sequence_ ABSL_GUARDED_BY(mutex_) = 0;
  // Findings are asked for; there are no more.
  bool asking_ ABSL_GUARDED_BY(mutex_) = false;
  bool all_found_ ABSL_GUARDED_BY(mutex_) = false;
  // A read is in flight, or its document is not taken in yet.
  bool reading_ ABSL_GUARDED_BY(mutex_) = false;
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  // The client has no more reports.
  bool half_closed_ ABSL_GUARDED_BY(mutex_) = false;
  // Why the call fails.
  std::optional<grpc::Status> status_ ABSL_GUARDED_BY(mutex_);
  bool finished_ ABSL_GUARDED_BY(mutex_) = false;
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
