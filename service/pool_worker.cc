// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/pool_worker.h"

#include <errno.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "worker/ipc/worker_loop.h"

namespace gongkai::service {
namespace {

// A killed process is gone in milliseconds, one that hung up too.
constexpr std::chrono::seconds kDyingTime{1};

// Enough of what a worker prints for a sanitizer's report.
constexpr size_t kLastWordsBytes = 8192;

}  // namespace

PoolWorker::PoolWorker(const Limits& limits) : limits_(limits) {}

void PoolWorker::Started(std::unique_ptr<WorkerProcess> process,
                         Clock::time_point now) {
  process_ = std::move(process);
  reader_ = std::make_unique<ipc::FrameReader>(ipc::kMaxResultBytes);
  ++generation_;
  state_ = State::kStarting;
  state_deadline_ =
      now + absl::ToChronoNanoseconds(limits_.worker_start_timeout);
  kill_reason_ = KillReason::kNone;
  last_words_.clear();
  refusal.clear();
  active = false;
  exclusive = false;
  fresh = true;
  watched_writable = false;
  was_ready_ = false;
}

void PoolWorker::Kill(KillReason reason, Clock::time_point now) {
  if (kill_reason_ == KillReason::kNone) kill_reason_ = reason;
  process_->Kill();
  HungUp(now);
}

void PoolWorker::HungUp(Clock::time_point now) {
  state_ = State::kDying;
  state_deadline_ = now + kDyingTime;
}

ProcessExit PoolWorker::Bury(std::deque<Entry>* left) {
  const ProcessExit exit = process_->Reap();
  process_.reset();
  *left = std::move(reach_);
  reach_.clear();
  writer_ = ipc::FrameWriter();
  reader_.reset();
  bytes_in_reach_ = 0;
  urgent_ = 0;
  last_id_ = 0;
  std::fill(std::begin(slot_busy_), std::end(slot_busy_), false);
  state_ = State::kDown;
  active = false;
  return exit;
}

void PoolWorker::StayDownUntil(Clock::time_point time) {
  state_deadline_ = time;
}

PoolWorker::Clock::time_point PoolWorker::deadline() const {
  if (state_ != State::kReady) return state_deadline_;
  if (reach_.empty()) return Clock::time_point::max();
  const Job& running = *reach_.front().job;
  const Clock::time_point timeout =
      running_since_ + absl::ToChronoNanoseconds(limits_.document_timeout);
  return running.ended() ? std::min(timeout, running.kill_time()) : timeout;
}

bool PoolWorker::Takes(const Job& job, size_t reach) const {
  if (reach_.empty()) return true;
  const int64_t size = job.request_bytes();
  if (reach_.size() >= reach) return false;
  const int64_t queued =
      bytes_in_reach_ - reach_.front().job->request_bytes() + size;
  if (queued > limits_.bytes_per_worker) return false;
  return static_cast<size_t>(size) <= ipc::kSlotThreshold ||
         std::find(std::begin(slot_busy_), std::end(slot_busy_), false) !=
             std::end(slot_busy_);
}

void PoolWorker::Assign(std::unique_ptr<Job> job, Clock::time_point now) {
  Entry entry;
  entry.id = ++last_id_;
  ipc::FrameHeader header = ipc::JobFrame(job->kind(), entry.id);
  const size_t size = static_cast<size_t>(job->request_bytes());
  if (size > ipc::kSlotThreshold) {
    entry.slot = static_cast<int>(
        std::find(std::begin(slot_busy_), std::end(slot_busy_), false) -
        std::begin(slot_busy_));
    slot_busy_[entry.slot] = true;
    process_->slots().Fill(entry.slot, job->request());
    header.payload_size = static_cast<uint32_t>(size);
    header.flags = ipc::FrameHeader::kInSlot;
    header.slot = static_cast<uint16_t>(entry.slot);
    writer_.AddInSlot(header);
  } else {
    writer_.Add(header, job->request());
  }
  if (reach_.empty()) running_since_ = now;
  bytes_in_reach_ += job->request_bytes();
  urgent_ += job->caller()->urgent();
  entry.job = std::move(job);
  reach_.push_back(std::move(entry));
  fresh = false;
}

bool PoolWorker::Flush() { return writer_.WriteTo(process_->socket()).ok(); }

absl::Status PoolWorker::Read(const Events& events, Clock::time_point now) {
  absl::StatusOr<size_t> size = reader_->ReadFrom(process_->socket());
  if (!size.ok()) return size.status();
  if (*size == 0) return absl::AbortedError("end of stream");
  while (true) {
    ipc::Frame frame;
    absl::StatusOr<bool> found = reader_->Next(&frame);
    if (!found.ok()) return found.status();
    if (!*found) return absl::OkStatus();
    if (state_ == State::kStarting) {
      if (frame.header.type != ipc::FrameType::kHello) {
        return absl::DataLossError("a frame before Hello");
      }
      if (absl::Status status = events.hello(frame.payload); !status.ok()) {
        return status;
      }
      state_ = State::kReady;
      was_ready_ = true;
    } else if (absl::Status status = OnResult(frame, events, now);
               !status.ok()) {
      return status;
    }
  }
}

absl::Status PoolWorker::OnResult(const ipc::Frame& frame, const Events& events,
                                  Clock::time_point now) {
  if (frame.header.type != ipc::FrameType::kResult) {
    return absl::DataLossError("a frame that is no result");
  }
  if (reach_.empty() || reach_.front().id != frame.header.job_id ||
      static_cast<uint16_t>(reach_.front().job->kind()) != frame.header.kind) {
    return absl::DataLossError(absl::StrCat("a result of job ",
                                            frame.header.job_id,
                                            ", which is not the running one"));
  }
  Entry entry = std::move(reach_.front());
  reach_.pop_front();
  const int64_t size = entry.job->request_bytes();
  bytes_in_reach_ -= size;
  urgent_ -= entry.job->caller()->urgent();
  if (entry.slot >= 0) {
    slot_busy_[entry.slot] = false;
    process_->slots().Trim(entry.slot, static_cast<size_t>(size));
  }
  running_since_ = now;
  exclusive = false;
  events.result(std::move(entry.job), frame.payload);
  return absl::OkStatus();
}

void PoolWorker::ReadStandardError() {
  char buffer[4096];
  const ssize_t size = read(process_->standard_error(), buffer, sizeof(buffer));
  if (size <= 0) return;
  last_words_.append(buffer, static_cast<size_t>(size));
  if (last_words_.size() > kLastWordsBytes) {
    last_words_.erase(0, last_words_.size() - kLastWordsBytes);
  }
}

}  // namespace gongkai::service
