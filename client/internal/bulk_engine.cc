// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/internal/bulk_engine.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/random/random.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "client/internal/retry.h"
#include "client/internal/wire.h"

namespace gongkai::internal {
namespace {

// How often a quiet lane looks whether the session is stalled, and how long it
// waits for the server to end a stream on which everything is answered.
absl::Duration Tick(const BulkOptions& options) {
  return std::clamp(options.give_up_after / 4, absl::Milliseconds(5),
                    absl::Seconds(1));
}

// How long a lane without a server polls for one before it looks whether the
// session was cancelled.
constexpr absl::Duration kPollSlice = absl::Milliseconds(50);

// How much sooner the first streams of a session are replaced: they all went to
// the server that was connected first.
constexpr int kFirstHaste = 4;

// The part of the window that streams which finish may hold before another one
// is told to. A slow server holds much on each, and with more of them would get
// the whole window.
constexpr int kFinishingShare = 8;

// Why an answer could not be had, for people.
absl::Status Stalled(const absl::Status& cause, absl::Duration wait,
                     size_t unanswered) {
  return absl::UnavailableError(absl::StrCat(
      "No document was answered for ", absl::FormatDuration(wait), "; ",
      unanswered, " have no answer. Last cause: ",
      cause.ok() ? "the server is connected and silent" : cause.ToString()));
}

v1::ProcessResponse TooLarge(const Entry& entry, int64_t limit) {
  v1::ProcessResponse response;
  response.set_id(entry.id);
  response.set_outcome(v1::OUTCOME_TOO_LARGE);
  response.set_message(absl::StrCat("文件有", entry.size, "字节，服务最多接受",
                                    limit, "字节。"));
  response.set_message_en(absl::StrCat("The document has ", entry.size,
                                       " bytes; the server takes at most ",
                                       limit, "."));
  return response;
}

v1::ProcessResponse LostTooOften(const Entry& entry) {
  v1::ProcessResponse response;
  response.set_id(entry.id);
  response.set_outcome(v1::OUTCOME_WORKER_CRASHED);
  response.set_message(absl::StrCat("处理该文件时与服务的连接中断了",
                                    entry.losses, "次，不再重试。"));
  response.set_message_en(
      absl::StrCat("The connection to the service broke ", entry.losses,
                   " times while it had this document, the last times it "
                   "alone; it is not tried again."));
  return response;
}

// Where streams are followed by others, each has a lane to finish on.
int Lanes(const BulkOptions& options) {
  const int streams = std::max(options.streams, 1);
  return options.stream_age == absl::InfiniteDuration() ? streams : 2 * streams;
}

// Whether a stream that ended so may have been ended by a document on it.
bool IsLoss(const absl::Status& cause) {
  // A server that says when to come back lives.
  return (absl::IsUnavailable(cause) || absl::IsInternal(cause) ||
          absl::IsUnknown(cause)) &&
         !ServerDelay(cause).has_value();
}

}  // namespace

BulkEngine::BulkEngine(std::shared_ptr<Connection> connection,
                       const BulkOptions& options)
    : connection_(std::move(connection)),
      options_(options),
      delivery_(options.ordered),
      ledger_(options, Lanes(options)),
      lanes_(Lanes(options)) {
  for (size_t i = 0; i < lanes_.size(); ++i) {
    lanes_[i].index = static_cast<int>(i);
  }
}

absl::Status BulkEngine::Run(BulkSession::Source source,
                             BulkSession::Sink sink) {
  {
    absl::MutexLock lock(&mutex_);
    if (ran_) {
      return absl::FailedPreconditionError("A BulkSession runs only once");
    }
    ran_ = true;
    if (!error_.ok()) return error_;
  }
  source_ = std::move(source);
  delivery_.SetSink(std::move(sink));
  {
    std::vector<std::jthread> threads;
    for (Lane& lane : lanes_) {
      threads.emplace_back([this, &lane] { RunLane(lane); });
    }
    Pump();
    {
      absl::MutexLock lock(&mutex_);
      source_done_ = true;
    }
    FinishIfDone();
  }
  absl::MutexLock lock(&mutex_);
  return error_;
}

void BulkEngine::Cancel() {
  Stop(absl::CancelledError("The session was cancelled"));
}

void BulkEngine::Pump() {
  while (WaitForRoom()) {
    std::optional<v1::ProcessRequest> request = source_();
    if (!request.has_value() || !Admit(*std::move(request))) return;
  }
}

bool BulkEngine::WaitForRoom() {
  absl::MutexLock lock(&mutex_);
  if (error_.ok() && !ledger_.HasRoom()) {
    pump_waits_ = true;
    while (error_.ok() && !HasAmpleRoom()) room_.Wait(&mutex_);
    pump_waits_ = false;
  }
  return error_.ok();
}

void BulkEngine::TellOfRoom() {
  if (pump_waits_ && HasAmpleRoom()) room_.Signal();
}

bool BulkEngine::HasAmpleRoom() const {
  if (ledger_.HasAmpleRoom()) return true;
  if (!ledger_.HasSomeRoom()) return false;
  return std::any_of(lanes_.begin(), lanes_.end(),
                     [&](const Lane& lane) ABSL_NO_THREAD_SAFETY_ANALYSIS {
                       return lane.open && lane.has_turn &&
                              ledger_.RunsLow(lane.index);
                     });
}

bool BulkEngine::Admit(v1::ProcessRequest request) {
  std::string id = request.id();
  const auto size = static_cast<int64_t>(request.document().content().size());
  grpc::ByteBuffer bytes = EncodeRequest(std::move(request));
  absl::Status status;
  {
    absl::MutexLock lock(&mutex_);
    pump_waits_ = true;
    while (error_.ok() && !ledger_.Fits(size)) room_.Wait(&mutex_);
    pump_waits_ = false;
    if (!error_.ok()) return false;
    if (ledger_.empty()) last_progress_ = absl::GetCurrentTimeNanos();
    status = ledger_.Add(std::move(id), std::move(bytes), size);
    TellOfWork();
  }
  if (!status.ok()) {
    Stop(std::move(status));
    return false;
  }
  Kick();
  return true;
}

void BulkEngine::Kick() {
  Lane* idlest = nullptr;
  Step step;
  {
    absl::MutexLock lock(&mutex_);
    for (Lane& lane : lanes_) {
      if (lane.open && lane.has_turn && !lane.writing &&
          (idlest == nullptr || ledger_.documents_on(lane.index) <
                                    ledger_.documents_on(idlest->index)) &&
          ledger_.HasRoomOn(lane.index, lane.stream->limits())) {
        idlest = &lane;
      }
    }
    if (idlest == nullptr) return;
    step = NextStep(*idlest);
  }
  Perform(*idlest, std::move(step));
}

void BulkEngine::RunLane(Lane& lane) {
  Backoff backoff(options_.retry);
  // The last stream was ended politely before it answered anything.
  bool barren = false;
  // The first streams go one after the other from the start.
  absl::Duration age =
      PassInterval(/*first=*/true) * (lane.index % streams() + 1);
  for (; WaitForWork(lane); age = options_.stream_age) {
    const absl::Time old = absl::Now() + age;
    const std::shared_ptr<ProcessStream> stream = connection_->OpenStream();
    {
      absl::MutexLock lock(&mutex_);
      if (ending()) return;
      lane.stream = stream;
    }
    const Served served = Serve(lane, *stream, old);
    const absl::Status& cause = stream->status();
    if (!Clear(lane, cause)) return;
    if (!served.ending && !IsStreamTransient(cause)) return Stop(cause);
    // Another lane may have room for what this one lost.
    AdvanceAll();
    if (served.progressed) backoff.Reset();
    // A server that ends a stream in good order wants the rest on another one
    // now; one that says so may do it once without an answer, not for ever.
    const bool polite = served.ending || cause.ok();
    const bool idle_ending = served.ending && !served.progressed;
    const bool at_once =
        polite && (served.progressed || (idle_ending && !barren));
    barren = idle_ending;
    if (at_once) continue;
    if (!Pause(backoff.Next(cause))) return;
  }
}

bool BulkEngine::Clear(Lane& lane, const absl::Status& cause) {
  std::vector<std::shared_ptr<const Entry>> given_up;
  {
    absl::MutexLock lock(&mutex_);
    lane.stream = nullptr;
    lane.open = false;
    lane.writing = false;
    if (ending()) return false;
    given_up = ledger_.Return(lane.index, IsLoss(cause));
    delivering_ += static_cast<int>(given_up.size());
    if (!cause.ok()) last_cause_ = cause;
    TellOfWork();
  }
  for (const auto& entry : given_up) Deliver(*entry, LostTooOften(*entry));
  return true;
}

bool BulkEngine::WaitForWork(Lane& lane) {
  absl::MutexLock lock(&mutex_);
  int& waiting = lane.has_turn ? lanes_waiting_ : lanes_resting_;
  ++waiting;
  while (!ending() &&
         (!ledger_.has_waiting() || (!lane.has_turn && turns_ == streams()))) {
    work_.Wait(&mutex_);
  }
  --waiting;
  if (!std::exchange(lane.has_turn, true)) ++turns_;
  return !ending();
}

void BulkEngine::TellOfWork() {
  const bool turn_is_free = lanes_resting_ > 0 && turns_ < streams();
  if (lanes_waiting_ > 0 || turn_is_free) work_.SignalAll();
}

absl::Duration BulkEngine::PassInterval(bool first) const {
  return options_.stream_age / streams() / (first ? kFirstHaste : 1);
}

absl::Time BulkEngine::PassTurnOn(Lane& lane) {
  {
    absl::MutexLock lock(&mutex_);
    const absl::Time now = absl::Now();
    const bool idle =
        ledger_.documents_on(lane.index) == 0 && !ledger_.has_waiting();
    if (!lane.has_turn) return absl::InfiniteFuture();
    if (!lane.open || idle || lanes_resting_ == 0) return now + Tick(options_);
    if (now < next_pass_) return next_pass_;
    int finishing = 0;
    for (const Lane& other : lanes_) {
      if (!other.has_turn) finishing += ledger_.documents_on(other.index);
    }
    if (finishing > options_.max_in_flight_documents / kFinishingShare) {
      return now + PassInterval(/*first=*/false);
    }
    absl::InsecureBitGen random;
    next_pass_ = now + PassInterval(passes_++ < streams()) *
                           absl::Uniform(random, 0.75, 1.25);
    lane.has_turn = false;
    --turns_;
    TellOfWork();
  }
  Advance(lane);
  return absl::InfiniteFuture();
}

BulkEngine::Served BulkEngine::Serve(Lane& lane, ProcessStream& stream,
                                     absl::Time old) {
  Served served;
  const absl::Duration tick = Tick(options_);
  while (true) {
    if (absl::Now() >= old) old = PassTurnOn(lane);
    switch (stream.Next(std::min(absl::Now() + tick, old))) {
      case ProcessStream::Event::kOpen: {
        {
          absl::MutexLock lock(&mutex_);
          lane.open = true;
        }
        Advance(lane);
        break;
      }
      case ProcessStream::Event::kWritten: {
        Step step;
        {
          absl::MutexLock lock(&mutex_);
          lane.writing = false;
          step = NextStep(lane);
        }
        Perform(lane, std::move(step));
        break;
      }
      case ProcessStream::Event::kAnswer:
        if (!TakeAnswer(lane, stream, &served)) stream.Cancel();
        break;
      case ProcessStream::Event::kTimeout: {
        StopIfStalled();
        absl::MutexLock lock(&mutex_);
        // Nothing comes after the word that it ends but the end itself.
        if (ending() || served.ending) stream.Cancel();
        break;
      }
      case ProcessStream::Event::kEnd:
        return served;
    }
  }
}

bool BulkEngine::TakeAnswer(Lane& lane, ProcessStream& stream, Served* served) {
  const absl::StatusOr<const v1::ProcessResponse*> answer = stream.TakeAnswer();
  if (!answer.ok()) {
    Stop(answer.status());
    return false;
  }
  if ((*answer)->has_ending()) {
    served->ending = true;
    StopWriting(lane, stream);
    return true;
  }
  std::shared_ptr<const Entry> entry;
  Step step;
  {
    absl::MutexLock lock(&mutex_);
    entry = ledger_.Settle(lane.index, (*answer)->id());
    if (entry != nullptr) ++delivering_;
    TellOfRoom();
    step = NextStep(lane);
  }
  Perform(lane, std::move(step));
  if (entry == nullptr) {
    StopIfStalled();
    return true;
  }
  served->progressed = true;
  Deliver(*entry, **answer);
  return true;
}

void BulkEngine::StopWriting(Lane& lane, ProcessStream& stream) {
  {
    absl::MutexLock lock(&mutex_);
    lane.open = false;
    if (std::exchange(lane.writing, true)) return;
  }
  stream.FinishWrites();
}

bool BulkEngine::Pause(absl::Duration duration) {
  const absl::Time until = absl::Now() + duration;
  while (true) {
    StopIfStalled();
    const absl::Time now = absl::Now();
    {
      absl::MutexLock lock(&mutex_);
      if (ending()) return false;
    }
    if (now >= until) return true;
    const absl::Time slice =
        std::min({until, now + Tick(options_), now + kPollSlice});
    if (!connection_->WaitForConnected(slice)) continue;
    absl::MutexLock lock(&mutex_);
    if (!ending()) work_.WaitWithDeadline(&mutex_, slice);
  }
}

void BulkEngine::Advance(Lane& lane) {
  Step step;
  {
    absl::MutexLock lock(&mutex_);
    step = NextStep(lane);
  }
  Perform(lane, std::move(step));
}

void BulkEngine::AdvanceAll() {
  for (Lane& lane : lanes_) Advance(lane);
}

BulkEngine::Step BulkEngine::NextStep(Lane& lane) {
  Step step;
  if (!lane.open || lane.writing || !error_.ok()) return step;
  const StreamLimits& limits = lane.stream->limits();
  if (lane.has_turn) step.entry = ledger_.Take(lane.index, limits);
  if (step.entry == nullptr && lane.has_turn && !finished_) return step;
  step.stream = lane.stream;
  if (step.entry != nullptr && limits.max_document_bytes > 0 &&
      step.entry->size > limits.max_document_bytes) {
    step.refused = true;
    ++delivering_;
    ledger_.Settle(lane.index, step.entry->id);
    TellOfRoom();
  } else {
    lane.writing = true;
  }
  return step;
}

void BulkEngine::Perform(Lane& lane, Step step) {
  while (step.refused) {
    Deliver(*step.entry,
            TooLarge(*step.entry, step.stream->limits().max_document_bytes));
    absl::MutexLock lock(&mutex_);
    step = NextStep(lane);
  }
  if (step.stream == nullptr) return;
  if (step.entry != nullptr) {
    step.stream->Write(step.entry->request);
  } else {
    step.stream->FinishWrites();
  }
}

void BulkEngine::Deliver(const Entry& entry,
                         const v1::ProcessResponse& response) {
  const Delivery::Given given = delivery_.Take(entry, response);
  last_progress_ = absl::GetCurrentTimeNanos();
  if (options_.ordered && given.documents > 0) {
    absl::MutexLock lock(&mutex_);
    ledger_.Delivered(given.documents, given.bytes);
    TellOfRoom();
  }
  --delivering_;
  FinishIfDone();
}

void BulkEngine::FinishIfDone() {
  {
    absl::MutexLock lock(&mutex_);
    if (ending() || !source_done_ || !ledger_.empty()) return;
    finished_ = true;
    work_.SignalAll();
    for (Lane& lane : lanes_) {
      if (lane.stream != nullptr && !lane.open) lane.stream->Cancel();
    }
  }
  AdvanceAll();
}

void BulkEngine::Stop(absl::Status status) {
  absl::MutexLock lock(&mutex_);
  if (ending()) return;
  error_ = std::move(status);
  room_.Signal();
  work_.SignalAll();
  for (Lane& lane : lanes_) {
    if (lane.stream != nullptr) lane.stream->Cancel();
  }
}

void BulkEngine::StopIfStalled() {
  absl::Status status;
  {
    absl::MutexLock lock(&mutex_);
    const absl::Duration wait =
        absl::Now() - absl::FromUnixNanos(last_progress_);
    if (ending() || ledger_.empty() || delivering_ > 0 ||
        wait < options_.give_up_after) {
      return;
    }
    status = Stalled(last_cause_, options_.give_up_after, ledger_.size());
  }
  Stop(std::move(status));
}

}  // namespace gongkai::internal
