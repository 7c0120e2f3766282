// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/admission.h
//
// Who may bring documents in: the bound on the front's memory, and each
// caller's share of it. Everything that holds a document or an unsent result
// holds a Ticket for its bytes.

#ifndef GONGKAI_SERVICE_ADMISSION_H_
#define GONGKAI_SERVICE_ADMISSION_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "service/account.h"
#include "service/limits.h"
#include "service/stats.h"

namespace gongkai::service {

class Admission;

// A document's place among those that are accepted and unanswered. Gives it
// back when destroyed, which may admit a waiting stream and call it: destroy
// tickets with no lock held.
class Ticket {
 public:
  Ticket() = default;
  Ticket(Ticket&& other) noexcept
      : admission_(std::exchange(other.admission_, nullptr)),
        account_(std::move(other.account_)),
        bytes_(other.bytes_) {}
  Ticket& operator=(Ticket&& other) noexcept;
  ~Ticket() { Release(); }

  int64_t bytes() const { return bytes_; }
  // For the result that takes the document's place. May exceed the bound, by
  // as much as results in the making are larger than their documents.
  void Resize(int64_t bytes);
  void Release();

 private:
  friend class Admission;
  Ticket(Admission* admission, std::shared_ptr<Account> account, int64_t bytes)
      : admission_(admission), account_(std::move(account)), bytes_(bytes) {}

  Admission* admission_ = nullptr;
  std::shared_ptr<Account> account_;
  int64_t bytes_ = 0;
};

// Thread-safe.
class Admission {
 public:
  // What a caller may have under way, by its name.
  using QuotaOf = std::function<Quota(const std::string& caller)>;

  // A stream that waits for room.
  class Waiter {
   public:
    virtual ~Waiter() = default;
    // Called once, on the thread of whoever made the room or of Wait().
    virtual void Admitted(Ticket ticket) = 0;
  };

  // Without `quota_of`, every caller has that of the limits.
  explicit Admission(const Limits& limits,
                     std::shared_ptr<Stats> stats = std::make_shared<Stats>(),
                     QuotaOf quota_of = nullptr);

  // The account of a caller, for as long as anyone holds it. Asks anew what
  // the caller may.
  std::shared_ptr<Account> AccountOf(const std::string& caller);

  // For a call that is refused if there is no room; *refusal says why.
  std::optional<Ticket> TryAdmit(const std::shared_ptr<Account>& account,
                                 int64_t bytes, Refusal* refusal);

  // For a stream, which waits if there is no room, and behind others that
  // wait already. Streams have seven eighths of the places and of the bytes.
  std::optional<Ticket> TryAdmitStream(const std::shared_ptr<Account>& account,
                                       int64_t bytes);
  // Of callers with waiting streams, each is admitted one in turn; one that
  // has its share under way holds nobody up.
  void Wait(const std::shared_ptr<Account>& account,
            std::shared_ptr<Waiter> waiter, int64_t bytes);
  // The waiter gives up. It may have been admitted meanwhile.
  void GiveUp(const Account& account, const Waiter* waiter);

  int64_t jobs() const { return jobs_.load(std::memory_order_relaxed); }
  int64_t bytes() const { return bytes_.load(std::memory_order_relaxed); }

 private:
  friend class Ticket;

  struct Waiting {
    std::shared_ptr<Waiter> waiter;
    std::shared_ptr<Account> account;
    int64_t bytes;
  };
  // The waiting streams of one caller.
  struct Line {
    std::deque<Waiting> waiting;
    // In turns_: not held up by the caller's own share.
    bool listed = false;
  };

  bool Take(int64_t bytes, int64_t max_jobs, int64_t max_bytes);
  void GiveBack(int64_t bytes);
  void Release(const Account& account, int64_t bytes);
  void AdmitWaiting(const Account& account);
  void List(const Account* account) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const int64_t max_jobs_;
  const int64_t max_bytes_;
  const int64_t max_stream_jobs_;
  const int64_t max_stream_bytes_;
  const QuotaOf quota_of_;
  const std::shared_ptr<Stats> stats_;
  std::atomic<int64_t> jobs_{0};
  std::atomic<int64_t> bytes_{0};

  // All that wait, and the size of turns_, so that nobody locks in vain.
  std::atomic<int> waiting_count_{0};
  std::atomic<int> turns_count_{0};
  absl::Mutex mutex_;
  absl::flat_hash_map<const Account*, Line> lines_ ABSL_GUARDED_BY(mutex_);
  std::deque<const Account*> turns_ ABSL_GUARDED_BY(mutex_);

  absl::Mutex accounts_mutex_;
  absl::flat_hash_map<std::string, std::weak_ptr<Account>> accounts_
      ABSL_GUARDED_BY(accounts_mutex_);
  // Beyond so many accounts, those of callers that left are swept out.
  size_t sweep_at_ ABSL_GUARDED_BY(accounts_mutex_);
};

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_ADMISSION_H_
