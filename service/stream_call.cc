// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/stream_call.h"

#include <utility>

#include "service/caller_name.h"
#include "service/rich_status.h"

namespace gongkai::service {

StreamCall::StreamCall(Front* front, grpc::CallbackServerContext* context)
    : Caller(Priority::kBulk, front->admission.AccountOf(CallerName(*context))),
      front_(front),
      context_(context) {}

void StreamCall::Start() {
  self_ = shared_from_this();
  std::optional<Refusal> refusal = front_->Begin(this);
  begun_ = !refusal.has_value();
  if (begun_ && !front_->pool->healthy()) refusal = Refusal::kNoWorkers;
  if (refusal.has_value()) {
    return Fail(front_->Refuse(context_, *refusal, *account()));
  }
  OnBegun();
  absl::MutexLock lock(&mutex_);
  Advance();
}

void StreamCall::OnDone() {
  OnOver();
  if (begun_) front_->End(this);
  self_.reset();
}

void StreamCall::OnCancel() { Fail(Cancelled()); }

// In ----------------------------------------------------------------------

void StreamCall::OnReadDone(bool ok) {
  if (!ok) {
    absl::MutexLock lock(&mutex_);
    reading_ = false;
    half_closed_ = true;
    Advance();
    return;
  }
  std::unique_ptr<CallJob> job = NewJob(std::exchange(inbound_, {}));
  if (!MayTake()) return;
  const int64_t bytes = job->request_bytes();
  std::optional<Ticket> ticket =
      front_->admission.TryAdmitStream(account(), bytes);
  if (ticket.has_value()) {
    job->set_ticket(*std::move(ticket));
    return Accept(std::move(job));
  }
  {
    absl::MutexLock lock(&mutex_);
    parked_ = std::move(job);
  }
  front_->admission.Wait(account(), self_, bytes);
  // What ended the call in between has not seen it.
  bool give_up;
  {
    absl::MutexLock lock(&mutex_);
    give_up = status_.has_value() || closing_;
  }
  if (give_up) Unpark();
}

void StreamCall::Admitted(Ticket ticket) {
  std::unique_ptr<CallJob> job;
  {
    absl::MutexLock lock(&mutex_);
    job = std::move(parked_);
  }
  if (job == nullptr) return;
  job->set_ticket(std::move(ticket));
  Accept(std::move(job));
}

void StreamCall::Accept(std::unique_ptr<CallJob> job) {
  bool accepted;
  {
    absl::MutexLock lock(&mutex_);
    accepted = !status_.has_value() && !closing_;
    if (accepted) {
      ++open_documents_;
      open_bytes_ += job->request_bytes();
      OnAccepted(*job);
    } else if (closing_) {
      OnLeft(*job);
    }
  }
  if (accepted) front_->pool->Submit(std::move(job));
  job.reset();
  absl::MutexLock lock(&mutex_);
  reading_ = false;
  Advance();
}

void StreamCall::Unpark() {
  std::unique_ptr<CallJob> job;
  {
    absl::MutexLock lock(&mutex_);
    job = std::move(parked_);
    if (job != nullptr && closing_) OnLeft(*job);
  }
  front_->admission.GiveUp(*account(), this);
  if (job == nullptr) return;
  job.reset();
  absl::MutexLock lock(&mutex_);
  reading_ = false;
  Advance();
}

bool StreamCall::MayRead() const {
  const Limits& limits = front_->limits;
  return !reading_ && !half_closed_ && !closing_ &&
         open_documents_ < limits.stream_window_documents &&
         open_bytes_ < limits.stream_window_bytes;
}

void StreamCall::Read() {
  reading_ = true;
  StartRead(&inbound_);
}

// Out ---------------------------------------------------------------------

void StreamCall::OnWriteDone(bool ok) {
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
  // The window has room again; and its ticket goes without the lock.
  absl::MutexLock lock(&mutex_);
  Advance();
}

void StreamCall::Forget(const Message& message) {
  if (message.window_bytes < 0) return;
  --open_documents_;
  open_bytes_ -= message.window_bytes;
}

std::deque<StreamCall::Message> StreamCall::DropMessages() {
  for (const Message& message : messages_) Forget(message);
  return std::exchange(messages_, {});
}

bool StreamCall::NextWrite() {
  if (messages_.empty() || finished_) return false;
  writing_message_ = std::move(messages_.front());
  messages_.pop_front();
  return true;
}

bool StreamCall::StartWriting() {
  if (writing_ || !NextWrite()) return false;
  writing_ = true;
  return true;
}

// The end -----------------------------------------------------------------

void StreamCall::Advance() {
  if (finished_) return;
  if (!status_.has_value()) return Continue();
  if (writing_) return;
  finished_ = true;
  Finish(*status_);
}

void StreamCall::Fail(grpc::Status status) {
  std::deque<Message> dropped;
  {
    absl::MutexLock lock(&mutex_);
    if (finished_) return;
    if (!status_.has_value()) status_ = std::move(status);
    dropped = DropMessages();
    OnFail();
  }
  Unpark();
  front_->pool->Cancel(shared_from_this());
  absl::MutexLock lock(&mutex_);
  Advance();
}

}  // namespace gongkai::service
