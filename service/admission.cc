// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/admission.h"

#include <algorithm>
#include <vector>

namespace gongkai::service {
namespace {

constexpr size_t kFirstSweep = 64;

int64_t SevenEighths(int64_t value) {
  return std::max<int64_t>(1, value - value / 8);
}

}  // namespace

Ticket& Ticket::operator=(Ticket&& other) noexcept {
  if (this != &other) {
    Release();
    admission_ = std::exchange(other.admission_, nullptr);
    account_ = std::move(other.account_);
    bytes_ = other.bytes_;
  }
  return *this;
}

void Ticket::Resize(int64_t bytes) {
  if (admission_ == nullptr) return;
  const int64_t more = bytes - bytes_;
  admission_->bytes_.fetch_add(more);
  admission_->stats_->admitted_bytes.Add(more);
  account_->bytes_.fetch_add(more);
  bytes_ = bytes;
}

void Ticket::Release() {
  if (Admission* admission = std::exchange(admission_, nullptr)) {
    const std::shared_ptr<Account> account = std::move(account_);
    account->GiveBack(bytes_);
    admission->Release(*account, bytes_);
  }
}

Admission::Admission(const Limits& limits, std::shared_ptr<Stats> stats,
                     QuotaOf quota_of)
    : max_jobs_(limits.max_queued_jobs),
      max_bytes_(limits.max_queued_bytes),
      max_stream_jobs_(SevenEighths(max_jobs_)),
      max_stream_bytes_(SevenEighths(max_bytes_)),
      quota_of_(quota_of != nullptr
                    ? std::move(quota_of)
                    : [quota = Quota{limits.max_caller_jobs,
                                     limits.max_caller_bytes}](
                          const std::string&) { return quota; }),
      stats_(std::move(stats)),
      sweep_at_(kFirstSweep) {}

std::shared_ptr<Account> Admission::AccountOf(const std::string& caller) {
  const Quota quota = quota_of_(caller);
  absl::MutexLock lock(&accounts_mutex_);
  std::weak_ptr<Account>& known = accounts_[caller];
  if (std::shared_ptr<Account> account = known.lock()) {
    account->SetQuota(quota);
    return account;
  }
  auto account = std::make_shared<Account>(caller, quota);
  known = account;
  if (accounts_.size() > sweep_at_) {
    absl::erase_if(accounts_,
                   [](const auto& entry) { return entry.second.expired(); });
    sweep_at_ = std::max(kFirstSweep, 2 * accounts_.size());
  }
  return account;
}

bool Admission::Take(int64_t bytes, int64_t max_jobs, int64_t max_bytes) {
  if (jobs_.fetch_add(1) < max_jobs) {
    if (bytes_.fetch_add(bytes) + bytes <= max_bytes) {
      stats_->admitted_documents.Add(1);
      stats_->admitted_bytes.Add(bytes);
      return true;
    }
    bytes_.fetch_sub(bytes);
  }
  jobs_.fetch_sub(1);
  return false;
}

void Admission::GiveBack(int64_t bytes) {
  bytes_.fetch_sub(bytes);
  jobs_.fetch_sub(1);
  stats_->admitted_documents.Add(-1);
  stats_->admitted_bytes.Add(-bytes);
}

std::optional<Ticket> Admission::TryAdmit(
    const std::shared_ptr<Account>& account, int64_t bytes, Refusal* refusal) {
  *refusal = Refusal::kCallerLimit;
  if (account->Take(bytes, false)) {
    if (Take(bytes, max_jobs_, max_bytes_)) return Ticket(this, account, bytes);
    account->GiveBack(bytes);
    *refusal = Refusal::kQueueFull;
  }
  // A waiting stream may have tried while this attempt was in its way.
  if (waiting_count_.load() > 0) AdmitWaiting(*account);
  return std::nullopt;
}

std::optional<Ticket> Admission::TryAdmitStream(
    const std::shared_ptr<Account>& account, int64_t bytes) {
  if (turns_count_.load() > 0 || account->waiting_.load() > 0 ||
      !account->Take(bytes, true)) {
    return std::nullopt;
  }
  if (!Take(bytes, max_stream_jobs_, max_stream_bytes_)) {
    account->GiveBack(bytes);
    return std::nullopt;
  }
  return Ticket(this, account, bytes);
}

void Admission::Wait(const std::shared_ptr<Account>& account,
                     std::shared_ptr<Waiter> waiter, int64_t bytes) {
  {
    absl::MutexLock lock(&mutex_);
    lines_[account.get()].waiting.push_back(
        {std::move(waiter), account, bytes});
    account->waiting_.fetch_add(1);
    waiting_count_.fetch_add(1);
    stats_->waiting_streams.Add(1);
  }
  // Room may have been made before anybody could see this waiter.
  AdmitWaiting(*account);
}

void Admission::GiveUp(const Account& account, const Waiter* waiter) {
  std::vector<Waiting> dropped;
  {
    absl::MutexLock lock(&mutex_);
    const auto line = lines_.find(&account);
    if (line == lines_.end()) return;
    std::erase_if(line->second.waiting, [&](Waiting& waiting) {
      if (waiting.waiter.get() != waiter) return false;
      dropped.push_back(std::move(waiting));
      return true;
    });
    for (const Waiting& waiting : dropped) {
      waiting.account->waiting_.fetch_sub(1);
      waiting_count_.fetch_sub(1);
      stats_->waiting_streams.Add(-1);
    }
  }
  // Those behind it may fit where it did not.
  AdmitWaiting(account);
}

void Admission::Release(const Account& account, int64_t bytes) {
  GiveBack(bytes);
  if (waiting_count_.load() > 0) AdmitWaiting(account);
}

void Admission::List(const Account* account) {
  const auto line = lines_.find(account);
  if (line == lines_.end() || line->second.listed) return;
  line->second.listed = true;
  turns_.push_back(account);
  turns_count_.fetch_add(1);
}

// What has changed is the room for all, and for this account.
void Admission::AdmitWaiting(const Account& changed) {
  std::vector<std::pair<std::shared_ptr<Waiter>, Ticket>> admitted;
  {
    absl::MutexLock lock(&mutex_);
    List(&changed);
    while (!turns_.empty()) {
      const Account* const key = turns_.front();
      Line& line = lines_[key];
      bool served = false;
      if (!line.waiting.empty()) {
        Waiting& next = line.waiting.front();
        Account& account = *next.account;
        if (account.Take(next.bytes, true)) {
          if (!Take(next.bytes, max_stream_jobs_, max_stream_bytes_)) {
            // The next to make room tries again, with this one first.
            account.GiveBack(next.bytes);
            break;
          }
          account.waiting_.fetch_sub(1);
          waiting_count_.fetch_sub(1);
          stats_->waiting_streams.Add(-1);
          admitted.emplace_back(
              std::move(next.waiter),
              Ticket(this, std::move(next.account), next.bytes));
          line.waiting.pop_front();
          served = true;
        }
      }
      turns_.pop_front();
      if (served && !line.waiting.empty()) {
        turns_.push_back(key);
        continue;
      }
      // Empty, or held up by its own share until something of it is released.
      turns_count_.fetch_sub(1);
      line.listed = false;
      if (line.waiting.empty()) lines_.erase(key);
    }
  }
  for (auto& [waiter, ticket] : admitted) waiter->Admitted(std::move(ticket));
}

}  // namespace gongkai::service
