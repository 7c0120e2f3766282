// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/call_gate.h"

#include <grpc/grpc_security_constants.h>

#include <algorithm>

#include "absl/random/random.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "grpcpp/security/auth_context.h"
#include "service/caller_name.h"
#include "service/rich_status.h"
#include "service/telemetry/log.h"

namespace gongkai::service {
namespace {

constexpr char kRequestId[] = "x-request-id";
// A caller's id is for the log: as long as common ones, and one plain word.
constexpr size_t kMaxRequestIdBytes = 128;

// Lines about refused calls in a second: enough to see who it is.
constexpr int kRefusalLinesPerSecond = 10;

std::optional<std::string> Metadata(const grpc::CallbackServerContext& context,
                                    const char* name) {
  const auto found = context.client_metadata().find(name);
  if (found == context.client_metadata().end()) return std::nullopt;
  return std::string(found->second.data(), found->second.size());
}

bool IsGoodId(const std::string& id) {
  return !id.empty() && id.size() <= kMaxRequestIdBytes &&
         std::all_of(id.begin(), id.end(),
                     [](char c) { return c > ' ' && c < 0x7f && c != '"'; });
}

std::string NewRequestId() {
  thread_local absl::InsecureBitGen random;
  return absl::StrFormat("%016x", absl::Uniform<uint64_t>(random));
}

// What the caller shows of itself.
Presented PresentedBy(const grpc::CallbackServerContext& context) {
  Presented presented;
  presented.authorization = Metadata(context, "authorization");
  const std::shared_ptr<const grpc::AuthContext> auth = context.auth_context();
  if (auth == nullptr || !auth->IsPeerAuthenticated()) return presented;
  for (const char* property :
       {GRPC_X509_SAN_PROPERTY_NAME, GRPC_X509_CN_PROPERTY_NAME}) {
    for (const grpc::string_ref& name : auth->FindPropertyValues(property)) {
      presented.certificate_names.emplace_back(name.data(), name.size());
    }
  }
  return presented;
}

}  // namespace

CallRecord::CallRecord(Method method, std::string request_id, std::string peer,
                       CallMetrics* metrics)
    : method_(method),
      request_id_(std::move(request_id)),
      peer_(std::move(peer)),
      metrics_(metrics),
      begin_(std::chrono::steady_clock::now()) {
  metrics_->Started(method);
}

void CallRecord::End(const grpc::Status& status) const {
  const auto duration = std::chrono::steady_clock::now() - begin_;
  const auto received_bytes =
      static_cast<int64_t>(received_bytes_.load(std::memory_order_relaxed));
  const auto sent_bytes =
      static_cast<int64_t>(sent_bytes_.load(std::memory_order_relaxed));
  metrics_->Record({.method = method_,
                    .code = status.error_code(),
                    .duration = duration,
                    .received_bytes = received_bytes,
                    .sent_bytes = sent_bytes});
  if (!LogEnabled(LogLevel::kDebug)) return;
  LogEvent(LogLevel::kDebug, "call ended",
           {{"method", MethodName(method_)},
            {"code", static_cast<int>(status.error_code())},
            {"milliseconds",
             std::chrono::duration<double, std::milli>(duration).count()},
            {"caller", caller_},
            {"peer", peer_},
            {"request_id", request_id_},
            {"received", received_.load(std::memory_order_relaxed)},
            {"received_bytes", received_bytes},
            {"sent", sent_.load(std::memory_order_relaxed)},
            {"sent_bytes", sent_bytes}});
}

CallGate::CallGate(const AccessControl* access, CallMetrics* metrics)
    : access_(access), metrics_(metrics), refusals_(kRefusalLinesPerSecond) {}

CallGate::Entry CallGate::Enter(Method method,
                                grpc::CallbackServerContext* context) {
  std::string id = Metadata(*context, kRequestId).value_or("");
  if (!IsGoodId(id)) id = NewRequestId();
  context->AddTrailingMetadata(kRequestId, id);
  Entry entry;
  entry.record = std::make_unique<CallRecord>(method, std::move(id),
                                              context->peer(), metrics_);
  if (access_->policy() == nullptr) {
    entry.record->set_caller(HostOf(entry.record->peer()));
    return entry;
  }
  const Presented presented = PresentedBy(*context);
  const Decision decision = access_->Decide(method, presented);
  entry.record->set_caller(decision.caller);
  if (decision.kind != Decision::Kind::kAllowed) {
    entry.refused = Refuse(decision, method, presented, *entry.record);
    entry.record->End(*entry.refused);
  }
  return entry;
}

grpc::Status CallGate::Refuse(const Decision& decision, Method method,
                              const Presented& presented,
                              const CallRecord& record) {
  metrics_->AccessRefused(decision.reason);
  if (const std::optional<int64_t> left_out = refusals_.Admit()) {
    LogEvent(LogLevel::kWarning, "refused a call",
             {{"reason", decision.reason},
              {"method", MethodName(method)},
              {"caller", decision.caller},
              {"certificate", absl::StrJoin(presented.certificate_names, " ")},
              {"peer", record.peer()},
              {"request_id", record.request_id()},
              {"left_out", *left_out}});
  }
  return decision.kind == Decision::Kind::kUnknownCaller
             ? UnknownCaller(decision.message)
             : NotAllowed(decision.message);
}

}  // namespace gongkai::service
