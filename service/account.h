// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/account.h
//
// One caller's account: what it may have under way, what it has, and its turn
// among the others. All calls of one caller share one.

#ifndef GONGKAI_SERVICE_ACCOUNT_H_
#define GONGKAI_SERVICE_ACCOUNT_H_

#include <atomic>
#include <cstdint>
#include <deque>
#include <limits>
#include <memory>
#include <string>
#include <utility>

namespace gongkai::service {

class Caller;

// What a caller may have under way at once.
struct Quota {
  int64_t max_documents = std::numeric_limits<int64_t>::max();
  // Of documents and of results that are not sent yet.
  int64_t max_bytes = std::numeric_limits<int64_t>::max();
};

class Account {
 public:
  Account(std::string name, const Quota& quota) : name_(std::move(name)) {
    SetQuota(quota);
  }
  Account(const Account&) = delete;
  Account& operator=(const Account&) = delete;

  const std::string& name() const { return name_; }

  // Thread-safe; what is under way already stays.
  void SetQuota(const Quota& quota) {
    max_documents_.store(quota.max_documents, std::memory_order_relaxed);
    max_bytes_.store(quota.max_bytes, std::memory_order_relaxed);
  }

  // What is under way.
  int64_t documents() const { return documents_.load(); }
  int64_t bytes() const { return bytes_.load(); }

 private:
  friend class Admission;
  friend class JobQueue;
  friend class Ticket;

  // The calls with waiting jobs of one priority, the next one to serve first.
  struct Turn {
    std::deque<std::shared_ptr<Caller>> calls;
    bool listed = false;
  };

  // Streams leave an eighth of the share to the caller's other calls. A
  // document that alone is more than the bytes allow passes when nothing else
  // is under way: it would wait for ever.
  bool Take(int64_t bytes, bool stream) {
    const auto allowed = [stream](const std::atomic<int64_t>& max) {
      const int64_t all = max.load(std::memory_order_relaxed);
      return stream ? all - all / 8 : all;
    };
    if (documents_.fetch_add(1) < allowed(max_documents_)) {
      const int64_t before = bytes_.fetch_add(bytes);
      if (before == 0 || before + bytes <= allowed(max_bytes_)) return true;
      bytes_.fetch_sub(bytes);
    }
    documents_.fetch_sub(1);
    return false;
  }
  void GiveBack(int64_t bytes) {
    bytes_.fetch_sub(bytes);
    documents_.fetch_sub(1);
  }

  const std::string name_;
  std::atomic<int64_t> max_documents_;
  std::atomic<int64_t> max_bytes_;
  std::atomic<int64_t> documents_{0};
  std::atomic<int64_t> bytes_{0};
  // Streams that wait for room.
  std::atomic<int> waiting_{0};
  // By priority; belong to the pool's thread.
  Turn turns_[2];
};

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_ACCOUNT_H_
