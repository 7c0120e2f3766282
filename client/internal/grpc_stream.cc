// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/internal/grpc_stream.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <utility>

#include "absl/time/clock.h"
#include "client/internal/retry.h"

namespace gongkai::internal {
namespace {

constexpr char kGetCapabilities[] = "/gongkai.v1.ReportService/GetCapabilities";
constexpr char kProcessReports[] = "/gongkai.v1.ReportService/ProcessReports";

// A server answers GetCapabilities from memory; beyond this it is not there.
// As long as gRPC gives a connection attempt.
constexpr std::chrono::seconds kCapabilitiesTimeout(20);

// How long an answer to it holds. A server's limits change when it is started
// anew with others.
constexpr absl::Duration kLimitsHold = absl::Minutes(1);

void* AsPointer(int tag) {
  return reinterpret_cast<void*>(static_cast<intptr_t>(tag));
}

}  // namespace

std::optional<StreamLimits> KnownLimits::Get() const {
  absl::MutexLock lock(&mutex_);
  if (limits_.has_value() && absl::Now() < asked_ + kLimitsHold) return limits_;
  return std::nullopt;
}

void KnownLimits::Set(const StreamLimits& limits) {
  absl::MutexLock lock(&mutex_);
  limits_ = limits;
  asked_ = absl::Now();
}

void KnownLimits::Forget() {
  absl::MutexLock lock(&mutex_);
  limits_ = std::nullopt;
}

GrpcStream::GrpcStream(std::shared_ptr<grpc::Channel> channel,
                       std::shared_ptr<grpc::Channel> questions,
                       std::shared_ptr<KnownLimits> known,
                       int64_t max_document_bytes)
    : stub_(std::move(channel)),
      questions_(std::move(questions)),
      known_(std::move(known)) {
  limits_.max_document_bytes = max_document_bytes;
  if (const auto limits = known_->Get(); limits.has_value()) {
    limits_ = *limits;
    Open();
  } else {
    Ask();
  }
}

void GrpcStream::Ask() {
  capabilities_context_.set_deadline(std::chrono::system_clock::now() +
                                     kCapabilitiesTimeout);
  // An empty GetCapabilitiesRequest is no bytes.
  grpc::Slice none;
  capabilities_call_ =
      questions_.PrepareUnaryCall(&capabilities_context_, kGetCapabilities,
                                  grpc::ByteBuffer(&none, 1), &queue_);
  capabilities_call_->StartCall();
  capabilities_call_->Finish(&capabilities_bytes_, &capabilities_status_,
                             AsPointer(kCapabilities));
}

void GrpcStream::Open() {
  call_ = stub_.PrepareCall(&context_, kProcessReports, &queue_);
  call_->StartCall(AsPointer(kStarted));
}

GrpcStream::~GrpcStream() {
  Cancel();
  queue_.Shutdown();
  void* tag;
  bool ok;
  while (queue_.Next(&tag, &ok)) {
  }
}

ProcessStream::Event GrpcStream::Next(absl::Time deadline) {
  const auto until = absl::ToChronoTime(deadline);
  while (true) {
    void* tag;
    bool ok;
    if (queue_.AsyncNext(&tag, &ok, until) !=
        grpc::CompletionQueue::GOT_EVENT) {
      return Event::kTimeout;
    }
    const Event event =
        Handle(static_cast<Tag>(reinterpret_cast<intptr_t>(tag)), ok);
    if (event != Event::kTimeout) return event;
  }
}

ProcessStream::Event GrpcStream::Handle(Tag tag, bool ok) {
  switch (tag) {
    case kCapabilities:
      return HandleCapabilities();
    case kStarted:
      if (!ok) return Break();
      call_->Read(&reading_, AsPointer(kRead));
      return Event::kOpen;
    case kRead:
      if (!ok) return Break();
      answer_.Swap(&reading_);
      reading_.Clear();
      call_->Read(&reading_, AsPointer(kRead));
      return Event::kAnswer;
    case kWrite:
      if (EndWrite()) return Break();
      // A failed write is followed by a failed read, which ends the stream.
      return ok ? Event::kWritten : Event::kTimeout;
    case kWritesDone:
      return EndWrite() ? Break() : Event::kTimeout;
    case kFinished:
      status_ = FromGrpc(call_status_, context_);
      if (!status_.ok()) known_->Forget();
      return Event::kEnd;
  }
  return Event::kTimeout;
}

ProcessStream::Event GrpcStream::HandleCapabilities() {
  status_ = FromGrpc(capabilities_status_, capabilities_context_);
  if (status_.ok()) {
    absl::StatusOr<v1::GetCapabilitiesResponse> capabilities =
        DecodeCapabilities(capabilities_bytes_);
    status_ = capabilities.status();
    if (capabilities.ok()) {
      limits_.window_documents = capabilities->stream_window_documents();
      limits_.window_bytes = capabilities->stream_window_bytes();
      if (capabilities->max_document_bytes() > 0) {
        limits_.max_document_bytes = std::min(
            limits_.max_document_bytes, capabilities->max_document_bytes());
      }
    }
  } else if (absl::IsUnimplemented(status_)) {
    status_ = absl::OkStatus();
  } else if (absl::IsDeadlineExceeded(status_)) {
    // The deadline is ours, and a server that does not answer is none.
    status_ = absl::UnavailableError("the server is silent");
  }
  if (!status_.ok()) return Event::kEnd;
  known_->Set(limits_);
  Open();
  return Event::kTimeout;
}

void GrpcStream::Write(const grpc::ByteBuffer& request) {
  // Outside the mutex: gRPC may send here, and Next must not wait for that.
  if (BeginWrite()) call_->Write(request, AsPointer(kWrite));
}

void GrpcStream::FinishWrites() {
  if (BeginWrite()) call_->WritesDone(AsPointer(kWritesDone));
}

absl::StatusOr<const v1::ProcessResponse*> GrpcStream::TakeAnswer() {
  return decoder_.Decode(std::move(answer_));
}

void GrpcStream::Cancel() {
  capabilities_context_.TryCancel();
  context_.TryCancel();
}

bool GrpcStream::BeginWrite() {
  absl::MutexLock lock(&mutex_);
  if (broken_) return false;
  write_under_way_ = true;
  return true;
}

bool GrpcStream::EndWrite() {
  absl::MutexLock lock(&mutex_);
  write_under_way_ = false;
  return broken_;
}

ProcessStream::Event GrpcStream::Break() {
  {
    absl::MutexLock lock(&mutex_);
    broken_ = true;
    if (write_under_way_) return Event::kTimeout;
  }
  call_->Finish(&call_status_, AsPointer(kFinished));
  return Event::kTimeout;
}

}  // namespace gongkai::internal
