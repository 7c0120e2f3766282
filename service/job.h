// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/job.h
//
// One document on its way through a worker, and the call that it belongs to.
// Both are the pool's view of what gRPC brought; neither knows gRPC.

#ifndef GONGKAI_SERVICE_JOB_H_
#define GONGKAI_SERVICE_JOB_H_

#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/container/inlined_vector.h"
#include "absl/types/span.h"
#include "service/account.h"
#include "service/stats.h"
#include "worker/ipc/job_kind.h"

namespace gongkai::service {

class Job;

// How a job ended.
enum class Ending {
  kAnswered,     // a worker answered
  kCrashed,      // the worker died on it, twice
  kOutOfMemory,  // the worker ran out of memory on it, twice
  kTimedOut,     // it ran longer than a document may, or stood still twice
  kQuarantined,  // the same document ended other workers before
  kCancelled,    // its call was cancelled, or the pool stopped
};

// A call with jobs in the pool: the unit of cancellation, and of fairness among
// the calls of one account.
class Caller {
 public:
  enum class Priority { kInteractive, kBulk };

  // Without an account, the call has one of its own.
  explicit Caller(Priority priority, std::shared_ptr<Account> account = nullptr)
      : priority_(priority),
        account_(account != nullptr
                     ? std::move(account)
                     : std::make_shared<Account>(std::string(), Quota())) {}
  Caller(const Caller&) = delete;
  Caller& operator=(const Caller&) = delete;
  virtual ~Caller() = default;

  // Called on the pool's thread after one or more jobs of this caller have
  // ended, so that their results can leave together.
  virtual void EndOfBatch() = 0;

  // Goes before the others, and is worth a wake-up.
  bool urgent() const { return priority_ == Priority::kInteractive; }

  // Of who calls.
  const std::shared_ptr<Account>& account() const { return account_; }

 private:
  friend class JobQueue;
  friend class PoolImpl;

  const Priority priority_;
  const std::shared_ptr<Account> account_;
  // All of the following belong to the pool's thread.
  std::deque<std::unique_ptr<Job>> waiting_;
  bool listed_ = false;
  bool cancelled_ = false;
  bool in_batch_ = false;
};

class Job {
 public:
  Job(std::shared_ptr<Caller> caller, ipc::JobKind kind)
      : caller_(std::move(caller)), kind_(kind) {}
  Job(const Job&) = delete;
  Job& operator=(const Job&) = delete;
  // May come some time after Done(): the request's bytes are kept for as long
  // as they may have to be written.
  virtual ~Job() = default;

  // Called exactly once, on the pool's thread. The response is that of the
  // worker for kAnswered, else empty; it is valid during the call.
  virtual void Done(Ending ending, std::string_view response) = 0;

  // What a response says of how the work ended; nothing for one that cannot be
  // one to this job's request, whoever wrote it. On the pool's thread.
  virtual std::optional<Outcome> Examine(std::string_view) const {
    return Outcome::kUnspecified;
  }

  const std::shared_ptr<Caller>& caller() const { return caller_; }
  ipc::JobKind kind() const { return kind_; }

  // The serialised request, in one or more pieces.
  absl::Span<const std::string_view> request() const { return request_; }
  int64_t request_bytes() const { return request_bytes_; }

  // For the pool's thread: whether Done() was called, and until when the
  // worker may go on with a job that was ended by a cancellation.
  bool ended() const { return ended_; }
  std::chrono::steady_clock::time_point kill_time() const { return kill_time_; }
  std::chrono::steady_clock::time_point queued_at() const { return queued_at_; }

 protected:
  // Appends a piece of the request. The bytes must live as long as the job.
  void AddPiece(std::string_view piece) {
    request_.push_back(piece);
    request_bytes_ += static_cast<int64_t>(piece.size());
  }

 private:
  friend class PoolImpl;

  const std::shared_ptr<Caller> caller_;
  const ipc::JobKind kind_;
  absl::InlinedVector<std::string_view, 4> request_;
  int64_t request_bytes_ = 0;

  // All of the following belong to the pool's thread.
  bool ended_ = false;
  // Workers that died of this job.
  int deaths_ = 0;
  // Workers that were killed from outside while running it.
  int kills_ = 0;
  // Workers that stood still while running it.
  int stalls_ = 0;
  std::chrono::steady_clock::time_point queued_at_;
  std::chrono::steady_clock::time_point kill_time_;
};

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_JOB_H_
