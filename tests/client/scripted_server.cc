// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/client/scripted_server.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/health_check_service_interface.h"
#include "grpcpp/server_builder.h"

namespace gongkai::testing {

grpc::Status WithRetryInfo(grpc::StatusCode code, absl::Duration delay,
                           size_t more_bytes) {
  google::rpc::RetryInfo info;
  info.mutable_retry_delay()->set_nanos(
      static_cast<int32_t>(absl::ToInt64Nanoseconds(delay)));
  google::rpc::Status details;
  details.set_code(code);
  details.add_details()->PackFrom(info);
  details.set_message(std::string(more_bytes, 'x'));
  return grpc::Status(code, "come back later", details.SerializeAsString());
}

namespace {

void AddPushBack(grpc::CallbackServerContext* context,
                 const std::string& push_back) {
  if (push_back.empty()) return;
  context->AddTrailingMetadata("grpc-retry-pushback-ms", push_back);
}

}  // namespace

class ScriptedServer::Service final
    : public v1::ReportService::CallbackService {
 public:
  grpc::ServerUnaryReactor* ParseReport(
      grpc::CallbackServerContext* context, const v1::ParseReportRequest*,
      v1::ParseReportResponse* response) override {
    absl::MutexLock lock(&mutex);
    call_times.push_back(absl::Now());
    grpc::Status status;
    if (!failures.empty()) {
      status = failures.front();
      failures.pop_front();
      AddPushBack(context, push_back);
    } else {
      *response = parse_response;
    }
    auto* reactor = context->DefaultReactor();
    reactor->Finish(status);
    return reactor;
  }

  grpc::ServerUnaryReactor* GetCapabilities(
      grpc::CallbackServerContext* context, const v1::GetCapabilitiesRequest*,
      v1::GetCapabilitiesResponse* response) override {
    absl::MutexLock lock(&mutex);
    auto* reactor = context->DefaultReactor();
    if (capabilities.has_value()) {
      *response = *capabilities;
      reactor->Finish(grpc::Status::OK);
    } else {
      reactor->Finish(grpc::Status(grpc::StatusCode::UNIMPLEMENTED, ""));
    }
    return reactor;
  }

  grpc::ServerBidiReactor<v1::ProcessRequest, v1::ProcessResponse>*
  ProcessReports(grpc::CallbackServerContext* context) override;

  grpc::ServerUnaryReactor* ListRules(
      grpc::CallbackServerContext* context, const v1::ListRulesRequest*,
      v1::ListRulesResponse* response) override {
    absl::MutexLock lock(&mutex);
    *response = rules;
    auto* reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }

  mutable absl::Mutex mutex;
  std::function<v1::ProcessResponse(const v1::ProcessRequest&)> answer
      ABSL_GUARDED_BY(mutex) = [](const v1::ProcessRequest&) {
        v1::ProcessResponse response;
        response.set_outcome(v1::OUTCOME_OK);
        return response;
      };
  v1::ListRulesResponse rules ABSL_GUARDED_BY(mutex);
  Script script ABSL_GUARDED_BY(mutex) = [](int) { return StreamScript(); };
  std::deque<grpc::Status> failures ABSL_GUARDED_BY(mutex);
  std::string push_back ABSL_GUARDED_BY(mutex);
  v1::ParseReportResponse parse_response ABSL_GUARDED_BY(mutex) = [] {
    v1::ParseReportResponse response;
    response.set_outcome(v1::OUTCOME_OK);
    return response;
  }();
  std::optional<v1::GetCapabilitiesResponse> capabilities
      ABSL_GUARDED_BY(mutex);
  std::function<void()> on_request ABSL_GUARDED_BY(mutex) = [] {};
  std::vector<absl::Time> call_times ABSL_GUARDED_BY(mutex);
  int streams ABSL_GUARDED_BY(mutex) = 0;
  int open_streams ABSL_GUARDED_BY(mutex) = 0;
  std::map<std::string, int> requests ABSL_GUARDED_BY(mutex);
  int unanswered ABSL_GUARDED_BY(mutex) = 0;
  int max_unanswered ABSL_GUARDED_BY(mutex) = 0;
  int64_t unanswered_bytes ABSL_GUARDED_BY(mutex) = 0;
  int64_t max_unanswered_bytes ABSL_GUARDED_BY(mutex) = 0;
};

class ScriptedServer::Stream final
    : public grpc::ServerBidiReactor<v1::ProcessRequest, v1::ProcessResponse> {
 public:
  Stream(Service* service, StreamScript script)
      : service_(service), script_(std::move(script)) {
    absl::MutexLock lock(&mutex_);
    if (script_.end_after == 0) {
      EndLocked();
    } else {
      StartRead(&request_);
    }
  }

  void OnReadDone(bool ok) override {
    Held held;
    if (ok) held = Count(request_);
    absl::MutexLock lock(&mutex_);
    if (ok && !script_.poison.empty() && request_.id() == script_.poison) {
      return EndLocked();
    }
    if (!ok) {
      half_closed_ = true;
      if (!writing_) EndLocked();
      return;
    }
    held_.push_back(std::move(held));
    if (static_cast<int>(held_.size()) >= script_.hold) {
      if (script_.last_first) {
        ready_.insert(ready_.begin(), held_.rbegin(), held_.rend());
      } else {
        ready_.insert(ready_.end(), held_.begin(), held_.end());
      }
      held_.clear();
    }
    WriteNextLocked();
    StartRead(&request_);
  }

  void OnWriteDone(bool ok) override {
    absl::MutexLock lock(&mutex_);
    writing_ = false;
    if (!ok) return EndLocked();
    ++answers_;
    if (answers_ >= script_.end_after && script_.end_after >= 0) {
      if (!script_.ending.has_value() || std::exchange(said_, true)) {
        return EndLocked();
      }
      response_.Clear();
      response_.mutable_ending()->set_reason(*script_.ending);
      writing_ = true;
      StartWrite(&response_);
      return;
    }
    WriteNextLocked();
    if (!writing_ && half_closed_) EndLocked();
  }

  void OnDone() override {
    absl::MutexLock lock(&service_->mutex);
    service_->unanswered -= unanswered_;
    service_->unanswered_bytes -= unanswered_bytes_;
    --service_->open_streams;
    delete this;
  }

 private:
  struct Held {
    v1::ProcessResponse response;
    int64_t size = 0;
  };

  Held Count(const v1::ProcessRequest& request) {
    Held held;
    held.size = static_cast<int64_t>(request.document().content().size());
    const int64_t size = held.size;
    absl::MutexLock lock(&service_->mutex);
    Service& s = *service_;
    held.response = s.answer(request);
    held.response.set_id(request.id());
    ++unanswered_;
    unanswered_bytes_ += size;
    ++s.requests[request.id()];
    s.max_unanswered = std::max(s.max_unanswered, ++s.unanswered);
    s.unanswered_bytes += size;
    s.max_unanswered_bytes =
        std::max(s.max_unanswered_bytes, s.unanswered_bytes);
    s.on_request();
    return held;
  }

  void WriteNextLocked() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (writing_ || ended_ || script_.silent) return;
    if (!again_ && ready_.empty()) return;
    if (!again_) {
      // Before the answer leaves: the next request may come before this
      // thread goes on.
      absl::MutexLock lock(&service_->mutex);
      --unanswered_;
      --service_->unanswered;
      unanswered_bytes_ -= ready_.front().size;
      service_->unanswered_bytes -= ready_.front().size;
      response_ = std::move(ready_.front().response);
      ready_.pop_front();
      ++documents_;
    }
    again_ = !again_ && script_.twice_every > 0 &&
             documents_ % script_.twice_every == 0;
    writing_ = true;
    if (script_.end_with_answer && answers_ + 1 == script_.end_after) {
      ended_ = true;
      StartWriteAndFinish(&response_, {}, script_.end_status);
    } else {
      StartWrite(&response_);
    }
  }

  void EndLocked() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (ended_) return;
    ended_ = true;
    Finish(script_.end_status);
  }

  Service* const service_;
  const StreamScript script_;
  v1::ProcessRequest request_;
  v1::ProcessResponse response_;
  // Read and not answered; guarded by service_->mutex.
  int unanswered_ = 0;
  int64_t unanswered_bytes_ = 0;

  absl::Mutex mutex_;
  std::vector<Held> held_ ABSL_GUARDED_BY(mutex_);
  std::deque<Held> ready_ ABSL_GUARDED_BY(mutex_);
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  // The last answer is to be written once more.
  bool again_ ABSL_GUARDED_BY(mutex_) = false;
  bool half_closed_ ABSL_GUARDED_BY(mutex_) = false;
  // It has said why it ends.
  bool said_ ABSL_GUARDED_BY(mutex_) = false;
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;
  int answers_ ABSL_GUARDED_BY(mutex_) = 0;
  int documents_ ABSL_GUARDED_BY(mutex_) = 0;
};

grpc::ServerBidiReactor<v1::ProcessRequest, v1::ProcessResponse>*
ScriptedServer::Service::ProcessReports(grpc::CallbackServerContext* context) {
  StreamScript stream_script;
  {
    absl::MutexLock lock(&mutex);
    stream_script = script(streams++);
    ++open_streams;
  }
  AddPushBack(context, stream_script.push_back);
  return new Stream(this, std::move(stream_script));
}

ScriptedServer::ScriptedServer() : service_(std::make_unique<Service>()) {
  grpc::EnableDefaultHealthCheckService(true);
  ComeBack();
}

ScriptedServer::~ScriptedServer() { GoAway(); }

std::string ScriptedServer::target() const {
  return absl::StrCat("127.0.0.1:", port_);
}

void ScriptedServer::GoAway() {
  if (server_ == nullptr) return;
  server_->Shutdown(std::chrono::system_clock::now());
  server_->Wait();
  server_ = nullptr;
}

void ScriptedServer::ComeBack() {
  grpc::ServerBuilder builder;
  builder.AddListeningPort(absl::StrCat("127.0.0.1:", port_),
                           grpc::InsecureServerCredentials(), &port_);
  builder.RegisterService(service_.get());
  builder.SetMaxReceiveMessageSize(-1);
  server_ = builder.BuildAndStart();
  SetServing(serving_);
}

void ScriptedServer::SetScript(Script script) {
  absl::MutexLock lock(&service_->mutex);
  service_->script = std::move(script);
}

void ScriptedServer::SetAnswer(
    std::function<v1::ProcessResponse(const v1::ProcessRequest&)> answer) {
  absl::MutexLock lock(&service_->mutex);
  service_->answer = std::move(answer);
}

void ScriptedServer::SetRules(v1::ListRulesResponse rules) {
  absl::MutexLock lock(&service_->mutex);
  service_->rules = std::move(rules);
}

void ScriptedServer::FailCalls(std::deque<grpc::Status> failures,
                               const std::string& push_back) {
  absl::MutexLock lock(&service_->mutex);
  service_->failures = std::move(failures);
  service_->push_back = push_back;
}

void ScriptedServer::SetParseResponse(v1::ParseReportResponse response) {
  absl::MutexLock lock(&service_->mutex);
  service_->parse_response = std::move(response);
}

void ScriptedServer::SetServing(bool serving) {
  serving_ = serving;
  // As gongkaid: the empty name says that the process lives.
  server_->GetHealthCheckService()->SetServingStatus(
      v1::ReportService::service_full_name(), serving);
}

void ScriptedServer::SetCapabilities(v1::GetCapabilitiesResponse capabilities) {
  absl::MutexLock lock(&service_->mutex);
  service_->capabilities = std::move(capabilities);
}

void ScriptedServer::OnRequest(std::function<void()> callback) {
  absl::MutexLock lock(&service_->mutex);
  service_->on_request = std::move(callback);
}

int ScriptedServer::calls() const {
  return static_cast<int>(call_times().size());
}

int ScriptedServer::streams() const {
  absl::MutexLock lock(&service_->mutex);
  return service_->streams;
}

int ScriptedServer::open_streams() const {
  absl::MutexLock lock(&service_->mutex);
  return service_->open_streams;
}

std::map<std::string, int> ScriptedServer::requests() const {
  absl::MutexLock lock(&service_->mutex);
  return service_->requests;
}

int ScriptedServer::max_unanswered() const {
  absl::MutexLock lock(&service_->mutex);
  return service_->max_unanswered;
}

int64_t ScriptedServer::max_unanswered_bytes() const {
  absl::MutexLock lock(&service_->mutex);
  return service_->max_unanswered_bytes;
}

std::vector<absl::Time> ScriptedServer::call_times() const {
  absl::MutexLock lock(&service_->mutex);
  return service_->call_times;
}

}  // namespace gongkai::testing
