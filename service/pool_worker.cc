// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/pool_worker.h"

#include <errno.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "absl/random/random.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "worker/ipc/worker_loop.h"

namespace gongkai::service {
namespace {

// A killed process is gone in milliseconds, one that hung up too.
constexpr std::chrono::seconds kDyingTime{1};

// Enough of what a worker prints for a sanitizer's report.
constexpr size_t kLastWordsBytes = 8192;

// A process that runs gets more than this between two looks, one that stands
// still gets nothing.
constexpr std::chrono::milliseconds kLeastCpu{1};

// Nearly all jobs are done by then. Behind one that is not, none is put: where
// each takes that long, a sleep between two does not matter.
constexpr std::chrono::milliseconds kLongRun{20};

// Those that were put behind one before that was known wait so long and no
// longer: then it is run again alone. The largest PDF takes a second.
constexpr std::chrono::seconds kBlockingTime{2};

// Reading a process's memory takes some 10 µs.
constexpr std::chrono::seconds kMemoryCheckTime{1};
// A single look may fall on the memory that one document takes for a moment.
constexpr int kLargeChecks = 3;

// A limit in time; 0 is none.
PoolWorker::Clock::duration ToDuration(absl::Duration time) {
  return time <= absl::ZeroDuration()
             ? std::chrono::hours(24 * 365)
             : absl::ToChronoNanoseconds(std::min(time, absl::Hours(24 * 365)));
}

// From nine to eleven tenths, so that workers that started together do not
// grow old together.
PoolWorker::Clock::duration AboutATenth(PoolWorker::Clock::duration time) {
  static thread_local absl::InsecureBitGen random;
  return time / 100 * absl::Uniform(absl::IntervalClosed, random, 90, 110);
}

}  // namespace

PoolWorker::PoolWorker(const Limits& limits)
    : limits_(limits),
      // Two looks tell: the second within the limit.
      stall_check_time_(ToDuration(limits.stall_timeout) / 2) {}

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
  was_stopped_ = false;
  started_at_ = now;
  retiring_ = false;
  jobs_done_ = 0;
}

void PoolWorker::BecomeReady(Clock::time_point now) {
  state_ = State::kReady;
  was_ready_ = true;
  ready_since_ = now;
  retire_at_ = now + AboutATenth(ToDuration(limits_.worker_max_age));
  memory_check_ = now + kMemoryCheckTime;
  first_bytes_ = process_->PrivateBytes();
  large_checks_ = 0;
}

void PoolWorker::Retire(WorkerEnd why, Clock::time_point now) {
  active = false;
  retiring_ = true;
  retired_for_ = why;
  if (reach_.empty()) SendAway(now);
}

void PoolWorker::SendAway(Clock::time_point now) {
  kill_reason_ = KillReason::kRetired;
  process_->CloseInput();
  HungUp(now);
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
  Clock::time_point next = std::min(
      stall_check_,
      running_since_ + absl::ToChronoNanoseconds(limits_.document_timeout));
  if (running.ended()) next = std::min(next, running.kill_time());
  if (MayBlock()) next = std::min(next, running_since_ + kBlockingTime);
  return next;
}

// Others are behind its job, and there is somewhere else for them.
bool PoolWorker::MayBlock() const {
  return reach_.size() > 1 && limits_.spare_workers > 0;
}

PoolWorker::KillReason PoolWorker::Examine(Clock::time_point now) {
  const Job& running = *reach_.front().job;
  if (running.ended() && now >= running.kill_time()) {
    return KillReason::kCancelled;
  }
  if (now - running_since_ >=
      absl::ToChronoNanoseconds(limits_.document_timeout)) {
    was_stopped_ = process_->WasStopped();
    return KillReason::kTimedOut;
  }
  if (MayBlock() && now - running_since_ >= kBlockingTime) {
    return KillReason::kBlocking;
  }
  if (now < stall_check_) return KillReason::kNone;
  const std::chrono::nanoseconds cpu = process_->CpuTime();
  if (cpu_at_check_.count() >= 0 && cpu.count() >= 0 &&
      cpu - cpu_at_check_ < kLeastCpu) {
    was_stopped_ = process_->WasStopped();
    return KillReason::kStalled;
  }
  cpu_at_check_ = cpu;
  stall_check_ = now + stall_check_time_;
  return KillReason::kNone;
}

std::optional<WorkerEnd> PoolWorker::Due(Clock::time_point now) {
  if (limits_.worker_max_jobs > 0 && jobs_done_ >= limits_.worker_max_jobs) {
    return WorkerEnd::kRecycledJobs;
  }
  if (now >= retire_at_) return WorkerEnd::kRecycledAge;
  if (limits_.worker_max_growth_bytes <= 0 || now < memory_check_) {
    return std::nullopt;
  }
  memory_check_ = now + kMemoryCheckTime;
  const bool large =
      process_->PrivateBytes() - first_bytes_ > limits_.worker_max_growth_bytes;
  large_checks_ = large ? large_checks_ + 1 : 0;
  if (large_checks_ < kLargeChecks) return std::nullopt;
  return WorkerEnd::kRecycledMemory;
}

void PoolWorker::Run(Clock::time_point now) {
  running_since_ = now;
  stall_check_ = now + stall_check_time_;
  cpu_at_check_ = std::chrono::nanoseconds(-1);
}

bool PoolWorker::Takes(const Job& job, size_t reach,
                       Clock::time_point now) const {
  if (reach_.empty()) return true;
  if (now - running_since_ > kLongRun) return false;
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
  if (reach_.empty()) Run(now);
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
      BecomeReady(now);
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
  const std::optional<Outcome> outcome =
      reach_.front().job->Examine(frame.payload);
  if (!outcome.has_value()) {
    return absl::DataLossError("an answer that is not one to its document");
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
  events.result(std::move(entry.job), frame.payload, *outcome);
  Run(now);
  exclusive = false;
  ++jobs_done_;
  if (retiring_ && reach_.empty()) SendAway(now);
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
