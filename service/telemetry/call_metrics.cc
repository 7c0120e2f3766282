// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/telemetry/call_metrics.h"

#include <algorithm>

namespace gongkai::service {
namespace {

// The bounds that gRFC A66 gives for latencies and for sizes.
prometheus::Histogram::BucketBoundaries DurationBounds() {
  return {0,     0.00001, 0.00005, 0.0001, 0.0003, 0.0006, 0.0008, 0.001, 0.002,
          0.003, 0.004,   0.005,   0.006,  0.008,  0.01,   0.013,  0.016, 0.02,
          0.025, 0.03,    0.04,    0.05,   0.065,  0.08,   0.1,    0.13,  0.16,
          0.2,   0.25,    0.3,     0.4,    0.5,    0.65,   0.8,    1,     2,
          5,     10,      20,      50,     100};
}

prometheus::Histogram::BucketBoundaries SizeBounds() {
  return {0,        1024,      2048,       4096,      16384,
          65536,    262144,    1048576,    4194304,   16777216,
          67108864, 268435456, 1073741824, 4294967296};
}

constexpr const char* kCodeNames[] = {"OK",
                                      "CANCELLED",
                                      "UNKNOWN",
                                      "INVALID_ARGUMENT",
                                      "DEADLINE_EXCEEDED",
                                      "NOT_FOUND",
                                      "ALREADY_EXISTS",
                                      "PERMISSION_DENIED",
                                      "RESOURCE_EXHAUSTED",
                                      "FAILED_PRECONDITION",
                                      "ABORTED",
                                      "OUT_OF_RANGE",
                                      "UNIMPLEMENTED",
                                      "INTERNAL",
                                      "UNAVAILABLE",
                                      "DATA_LOSS",
                                      "UNAUTHENTICATED"};

prometheus::Family<prometheus::Histogram>& BuildHistogram(
    prometheus::Registry& registry, const char* name, const char* help) {
  return prometheus::BuildHistogram().Name(name).Help(help).Register(registry);
}

prometheus::Family<prometheus::Counter>& BuildCounter(
    prometheus::Registry& registry, const char* name, const char* help) {
  return prometheus::BuildCounter().Name(name).Help(help).Register(registry);
}

prometheus::Family<prometheus::Gauge>& BuildGauge(
    prometheus::Registry& registry, const char* name, const char* help) {
  return prometheus::BuildGauge().Name(name).Help(help).Register(registry);
}

std::string FullName(size_t method) {
  return "gongkai.v1.ReportService/" + std::string(kMethodNames[method]);
}

}  // namespace

CallMetrics::CallMetrics()
    : registry_(std::make_shared<prometheus::Registry>()),
      duration_(BuildHistogram(
          *registry_, "grpc_server_call_duration_seconds",
          "Time from a call's beginning to its status, by method and status")),
      received_(BuildHistogram(
          *registry_,
          "grpc_server_call_rcvd_total_compressed_message_size_bytes",
          "Bytes of all messages received in a call; not compressed, as "
          "clients do not unless told to")),
      sent_(BuildHistogram(
          *registry_,
          "grpc_server_call_sent_total_compressed_message_size_bytes",
          "Bytes of all messages sent in a call; not compressed")),
      access_refused_(
          BuildCounter(*registry_, "gongkai_access_refused_total",
                       "Calls refused because of who made them, by reason")),
      reloads_(BuildCounter(
          *registry_, "gongkai_reloads_total",
          "Times that something was read anew, by what and whether it was "
          "taken (ok) or refused (error)")),
      sandbox_layers_(BuildGauge(*registry_, "gongkai_sandbox_layer",
                                 "1 for each layer of the workers' sandbox "
                                 "that holds, 0 for each that does not")),
      limits_(BuildGauge(*registry_, "gongkai_limit",
                         "Limits that the server was given: worker processes, "
                         "accepted documents and their bytes, calls")) {
  // From the start, since an alert sees a counter that rises, not one that
  // appears.
  for (const char* what : {"catalog", "certificates", "policy"}) {
    for (const char* result : {"ok", "error"}) {
      reloads_.Add({{"what", what}, {"result", result}});
    }
  }
  prometheus::Family<prometheus::Counter>& started =
      BuildCounter(*registry_, "grpc_server_call_started_total",
                   "Calls begun, by method; those that ended are counted by "
                   "grpc_server_call_duration_seconds");
  for (size_t i = 0; i < started_.size(); ++i) {
    started_[i] = &started.Add({{"grpc_method", FullName(i)}});
  }
}

CallMetrics::Instruments& CallMetrics::For(Method method,
                                           grpc::StatusCode code) {
  const size_t index = std::min<size_t>(static_cast<size_t>(code), 16);
  const std::scoped_lock lock(mutex_);
  Instruments& found = ended_[Index(method)][index];
  if (found.duration == nullptr) {
    const prometheus::Labels labels = {{"grpc_method", FullName(Index(method))},
                                       {"grpc_status", kCodeNames[index]}};
    found.duration = &duration_.Add(labels, DurationBounds());
    found.received = &received_.Add(labels, SizeBounds());
    found.sent = &sent_.Add(labels, SizeBounds());
  }
  return found;
}

void CallMetrics::Record(const Ended& ended) {
  Instruments& to = For(ended.method, ended.code);
  to.duration->Observe(std::chrono::duration<double>(ended.duration).count());
  to.received->Observe(static_cast<double>(ended.received_bytes));
  to.sent->Observe(static_cast<double>(ended.sent_bytes));
}

void CallMetrics::AccessRefused(std::string_view why) {
  access_refused_.Add({{"reason", std::string(why)}}).Increment();
}

void CallMetrics::SandboxLayer(std::string_view layer, bool holds) {
  sandbox_layers_.Add({{"layer", std::string(layer)}}).Set(holds ? 1 : 0);
}

void CallMetrics::Limit(std::string_view of, int64_t value) {
  limits_.Add({{"of", std::string(of)}}).Set(static_cast<double>(value));
}

void CallMetrics::Reloaded(std::string_view what, bool ok) {
  reloads_.Add({{"what", std::string(what)}, {"result", ok ? "ok" : "error"}})
      .Increment();
}

}  // namespace gongkai::service
