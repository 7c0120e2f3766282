// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/call_gate.h
//
// Where calls begin: who makes one and whether he may, its request id, and what
// is written of it in the metrics and the log.

#ifndef GONGKAI_SERVICE_CALL_GATE_H_
#define GONGKAI_SERVICE_CALL_GATE_H_

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "grpcpp/server_context.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/status.h"
#include "service/access/access_control.h"
#include "service/method.h"
#include "service/telemetry/call_metrics.h"
#include "service/telemetry/log_limit.h"

namespace gongkai::service {

// What is known of one call. Thread-safe.
class CallRecord {
 public:
  // Counts the call as begun.
  CallRecord(Method method, std::string request_id, std::string peer,
             CallMetrics* metrics);

  // The caller's name in the policy; without a policy its host.
  const std::string& caller() const { return caller_; }
  void set_caller(std::string caller) { caller_ = std::move(caller); }
  const std::string& request_id() const { return request_id_; }
  const std::string& peer() const { return peer_; }

  // A message came in, or goes out.
  void Received(size_t bytes) {
    received_.fetch_add(1, std::memory_order_relaxed);
    received_bytes_.fetch_add(bytes, std::memory_order_relaxed);
  }
  void Sent(size_t bytes) {
    sent_.fetch_add(1, std::memory_order_relaxed);
    sent_bytes_.fetch_add(bytes, std::memory_order_relaxed);
  }

  // The call's status is known. Once.
  void End(const grpc::Status& status) const;

 private:
  const Method method_;
  const std::string request_id_;
  const std::string peer_;
  CallMetrics* const metrics_;
  const std::chrono::steady_clock::time_point begin_;
  std::string caller_;
  std::atomic<uint64_t> received_{0};
  std::atomic<uint64_t> received_bytes_{0};
  std::atomic<uint64_t> sent_{0};
  std::atomic<uint64_t> sent_bytes_{0};
};

// A reactor that ends the record of its call with the call.
template <typename Reactor>
class Recorded : public Reactor {
 protected:
  explicit Recorded(std::unique_ptr<CallRecord> record)
      : record_(std::move(record)) {}

  CallRecord& record() { return *record_; }

  void Finish(grpc::Status status) {
    record_->End(status);
    Reactor::Finish(std::move(status));
  }

  // For streams.
  void StartWriteAndFinish(const grpc::ByteBuffer* message,
                           grpc::WriteOptions options, grpc::Status status) {
    record_->Sent(message->Length());
    record_->End(status);
    Reactor::StartWriteAndFinish(message, options, std::move(status));
  }

 private:
  const std::unique_ptr<CallRecord> record_;
};

// Thread-safe.
class CallGate {
 public:
  // Both must outlive it.
  CallGate(const AccessControl* access, CallMetrics* metrics);

  struct Entry {
    std::unique_ptr<CallRecord> record;
    // Set if the call must not go on; then its record has ended.
    std::optional<grpc::Status> refused;
  };

  // To be called once, before anything is sent. Adds the request id to the
  // trailing metadata.
  Entry Enter(Method method, grpc::CallbackServerContext* context);

 private:
  grpc::Status Refuse(const Decision& decision, Method method,
                      const Presented& presented, const CallRecord& record);

  const AccessControl* const access_;
  CallMetrics* const metrics_;
  LogLimit refusals_;
};

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_CALL_GATE_H_
