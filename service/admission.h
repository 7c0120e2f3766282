// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/admission.h
//
// Who may bring documents in: the bound on the front's memory. Everything that
// holds a document or an unsent result holds a Ticket for its bytes.

#ifndef GONGKAI_SERVICE_ADMISSION_H_
#define GONGKAI_SERVICE_ADMISSION_H_

#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "service/limits.h"

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
  Ticket(Admission* admission, int64_t bytes)
      : admission_(admission), bytes_(bytes) {}

  Admission* admission_ = nullptr;
  int64_t bytes_ = 0;
};

// Thread-safe.
class Admission {
 public:
  // A stream that waits for room.
  class Waiter {
   public:
    virtual ~Waiter() = default;
    // Called once, on the thread of whoever made the room or of Wait().
    virtual void Admitted(Ticket ticket) = 0;
  };

  explicit Admission(const Limits& limits);

  // For a call that is refused if there is no room.
  std::optional<Ticket> TryAdmit(int64_t bytes);

  // For a stream, which waits if there is no room, and behind others that
  // wait already. Streams have seven eighths of the places and of the bytes.
  std::optional<Ticket> TryAdmitStream(int64_t bytes);
  void Wait(std::shared_ptr<Waiter> waiter, int64_t bytes);
  // The waiter gives up. It may have been admitted meanwhile.
  void GiveUp(const Waiter* waiter);

  int64_t jobs() const { return jobs_.load(std::memory_order_relaxed); }
  int64_t bytes() const { return bytes_.load(std::memory_order_relaxed); }

 private:
  friend class Ticket;

  struct Waiting {
    std::shared_ptr<Waiter> waiter;
    int64_t bytes;
  };

  bool Take(int64_t bytes, int64_t max_jobs, int64_t max_bytes);
  void Release(int64_t bytes);
  void AdmitWaiting();

  const int64_t max_jobs_;
  const int64_t max_bytes_;
  const int64_t max_stream_jobs_;
  const int64_t max_stream_bytes_;
  std::atomic<int64_t> jobs_{0};
  std::atomic<int64_t> bytes_{0};

  // The size of waiting_, so that nobody locks in vain.
  std::atomic<int> waiting_count_{0};
  absl::Mutex mutex_;
  std::deque<Waiting> waiting_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_ADMISSION_H_
