// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/unary_call.h"

#include <chrono>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "service/call_job.h"
#include "service/caller_name.h"
#include "service/rich_status.h"

namespace gongkai::service {
namespace {

class UnaryCall final : public grpc::ServerUnaryReactor,
                        public Caller,
                        public ActiveCall,
                        public std::enable_shared_from_this<UnaryCall> {
 public:
  UnaryCall(Front* front, grpc::CallbackServerContext* context,
            grpc::ByteBuffer* response)
      : Caller(Priority::kInteractive,
               front->admission.AccountOf(CallerName(*context))),
        front_(front),
        context_(context),
        response_(response) {}

  // Keeps itself until OnDone().
  void Start(ipc::JobKind kind, const grpc::ByteBuffer& request) {
    self_ = shared_from_this();
    if (std::optional<Refusal> refusal = front_->Begin(this)) {
      return Refuse(*refusal);
    }
    begun_ = true;
    if (!front_->pool->healthy()) return Refuse(Refusal::kNoWorkers);
    if (std::chrono::system_clock::now() +
            absl::ToChronoMicroseconds(front_->pool->InteractiveWait()) >
        context_->deadline()) {
      return Refuse(Refusal::kDeadlineUnreachable);
    }
    auto job = std::make_unique<UnaryJob>(self_, kind, request);
    Refusal refusal;
    std::optional<Ticket> ticket =
        front_->admission.TryAdmit(account(), job->request_bytes(), &refusal);
    if (!ticket.has_value()) return Refuse(refusal);
    job->set_ticket(*std::move(ticket));
    front_->pool->Submit(std::move(job));
  }

  void OnCancel() override { front_->pool->Cancel(shared_from_this()); }

  void OnDone() override {
    if (begun_) front_->End(this);
    self_.reset();
  }

  // An accepted call is answered.
  void Drain() override {}

  void EndOfBatch() override {}

 private:
  class UnaryJob final : public CallJob {
   public:
    UnaryJob(std::shared_ptr<UnaryCall> call, ipc::JobKind kind,
             const grpc::ByteBuffer& request)
        : CallJob(call, kind, request), call_(*call) {}

    // Runs once, and the call lives until it has: nothing else finishes it.
    void Done(Ending ending, std::string_view response) override {
      if (ending == Ending::kCancelled) return call_.Finish(Cancelled());
      *call_.response_ = Answer(ending, response);
      call_.Finish(grpc::Status::OK);
    }

   private:
    UnaryCall& call_;
  };

  void Refuse(Refusal refusal) {
    Finish(front_->Refuse(context_, refusal, *account()));
  }

  Front* const front_;
  grpc::CallbackServerContext* const context_;
  grpc::ByteBuffer* const response_;
  bool begun_ = false;
  std::shared_ptr<UnaryCall> self_;
};

}  // namespace

grpc::ServerUnaryReactor* StartUnaryCall(Front* front,
                                         grpc::CallbackServerContext* context,
                                         ipc::JobKind kind,
                                         const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response) {
  auto call = std::make_shared<UnaryCall>(front, context, response);
  call->Start(kind, *request);
  // gRPC calls OnDone() only after it has been given the reactor.
  return call.get();
}

}  // namespace gongkai::service
