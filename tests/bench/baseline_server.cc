// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/bench/baseline_server.h"

#include <signal.h>

#include <deque>
#include <functional>
#include <memory>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "gongkai/v1/report_service.grpc.pb.h"
#include "grpcpp/grpcpp.h"
#include "tests/bench/documents.h"
#include "worker/catalog/catalog.h"
#include "worker/process/processor.h"

namespace gongkai::bench {
namespace {

using grpc::ByteBuffer;
using grpc::CallbackServerContext;

// Makes the answer to a message; called from several threads at once.
using Answer =
    std::function<ByteBuffer(ipc::JobKind kind, const ByteBuffer& request)>;

// Answers each message of one stream. The next message is asked for before
// this one is answered, so that all of gRPC's threads can be at work.
class StreamReactor : public grpc::ServerBidiReactor<ByteBuffer, ByteBuffer> {
 public:
  explicit StreamReactor(const Answer& answer) : answer_(answer) {
    StartRead(&request_);
  }

  void OnReadDone(bool ok) override {
    if (!ok) {
      absl::MutexLock lock(&mutex_);
      read_all_ = true;
      MaybeFinish();
      return;
    }
    ByteBuffer request;
    request.Swap(&request_);
    {
      absl::MutexLock lock(&mutex_);
      ++unanswered_;
    }
    StartRead(&request_);
    ByteBuffer response = answer_(ipc::JobKind::kProcess, request);
    absl::MutexLock lock(&mutex_);
    --unanswered_;
    responses_.push_back(std::move(response));
    if (!writing_) WriteNext();
  }

  void OnWriteDone(bool ok) override {
    absl::MutexLock lock(&mutex_);
    writing_ = false;
    responses_.pop_front();
    if (!ok) responses_.clear();
    if (!responses_.empty()) WriteNext();
    MaybeFinish();
  }

  void OnDone() override { delete this; }

 private:
  void WriteNext() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    writing_ = true;
    StartWrite(&responses_.front());
  }

  void MaybeFinish() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (read_all_ && unanswered_ == 0 && !writing_ && responses_.empty()) {
      Finish(grpc::Status::OK);
    }
  }

  const Answer& answer_;
  ByteBuffer request_;
  absl::Mutex mutex_;
  int unanswered_ ABSL_GUARDED_BY(mutex_) = 0;
  bool read_all_ ABSL_GUARDED_BY(mutex_) = false;
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  // The front is being written while writing_.
  std::deque<ByteBuffer> responses_ ABSL_GUARDED_BY(mutex_);
};

using RawService = v1::ReportService::WithRawCallbackMethod_ParseReport<
    v1::ReportService::WithRawCallbackMethod_ProcessReports<
        v1::ReportService::Service>>;

class BaselineService : public RawService {
 public:
  explicit BaselineService(Answer answer) : answer_(std::move(answer)) {}

  grpc::ServerUnaryReactor* ParseReport(CallbackServerContext* context,
                                        const ByteBuffer* request,
                                        ByteBuffer* response) override {
    *response = answer_(ipc::JobKind::kParse, *request);
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }

  grpc::ServerBidiReactor<ByteBuffer, ByteBuffer>* ProcessReports(
      CallbackServerContext*) override {
    return new StreamReactor(answer_);
  }

 private:
  const Answer answer_;
};

ByteBuffer Echo(ipc::JobKind, const ByteBuffer& request) { return request; }

// Reads documents with one Processor per gRPC thread.
absl::StatusOr<Answer> InHandler() {
  auto loaded = catalog::Catalog::Builtin();
  if (!loaded.ok()) return loaded.status();
  std::shared_ptr<const catalog::Catalog> catalog = *std::move(loaded);
  return [catalog](ipc::JobKind kind, const ByteBuffer& request) {
    thread_local process::Processor processor(*catalog, input::Limits());
    std::string response;
    grpc::Slice single;
    if (request.TrySingleSlice(&single).ok()) {
      processor.Process(
          kind,
          std::string_view(reinterpret_cast<const char*>(single.begin()),
                           single.size()),
          &response);
    } else {
      processor.Process(kind, Flatten(request), &response);
    }
    const grpc::Slice slice(std::move(response));
    return ByteBuffer(&slice, 1);
  };
}

}  // namespace

absl::Status ServeBaseline(Baseline baseline, const std::string& address) {
  // Before gRPC starts its threads, which inherit the mask.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  Answer answer = Echo;
  if (baseline == Baseline::kInHandler) {
    absl::StatusOr<Answer> in_handler = InHandler();
    if (!in_handler.ok()) return in_handler.status();
    answer = *std::move(in_handler);
  }
  BaselineService service(std::move(answer));
  grpc::ServerBuilder builder;
  builder.AddListeningPort(address, grpc::InsecureServerCredentials());
  builder.SetMaxReceiveMessageSize(64 << 20);
  builder.RegisterService(&service);
  std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (server == nullptr) {
    return absl::UnavailableError("cannot listen on " + address);
  }
  int signal = 0;
  sigwait(&signals, &signal);
  server->Shutdown(std::chrono::system_clock::now() + std::chrono::seconds(1));
  return absl::OkStatus();
}

}  // namespace gongkai::bench
