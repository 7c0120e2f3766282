// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/telemetry/call_metrics.h
//
// Metrics of calls under the names that gRPC has agreed on for servers (gRFC
// A66), as Prometheus renders them, so that dashboards for gRPC fit; and of
// what operators set a server up with and do to it.

#ifndef GONGKAI_SERVICE_TELEMETRY_CALL_METRICS_H_
#define GONGKAI_SERVICE_TELEMETRY_CALL_METRICS_H_

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "grpcpp/support/status.h"
#include "prometheus/counter.h"
#include "prometheus/family.h"
#include "prometheus/gauge.h"
#include "prometheus/histogram.h"
#include "prometheus/registry.h"
#include "service/method.h"

namespace gongkai::service {

// Thread-safe.
class CallMetrics {
 public:
  CallMetrics();

  void Started(Method method) { started_[Index(method)]->Increment(); }

  struct Ended {
    Method method;
    grpc::StatusCode code;
    std::chrono::nanoseconds duration;
    // Of messages, before compression.
    int64_t received_bytes;
    int64_t sent_bytes;
  };
  void Record(const Ended& ended);

  // A call was refused because of who made it; `why` is one of a few words.
  void AccessRefused(std::string_view why);
  // "catalog", "certificates" or "policy" were read anew.
  void Reloaded(std::string_view what, bool ok);
  // A layer of the workers' sandbox, and whether it holds.
  void SandboxLayer(std::string_view layer, bool holds);
  // A limit that the server was given, for what comes near to it.
  void Limit(std::string_view of, int64_t value);

  const std::shared_ptr<prometheus::Registry>& registry() const {
    return registry_;
  }

 private:
  // What calls of one method that ended with one code are counted in.
  struct Instruments {
    prometheus::Histogram* duration = nullptr;
    prometheus::Histogram* received = nullptr;
    prometheus::Histogram* sent = nullptr;
  };

  static size_t Index(Method method) { return static_cast<size_t>(method); }
  Instruments& For(Method method, grpc::StatusCode code);

  const std::shared_ptr<prometheus::Registry> registry_;
  prometheus::Family<prometheus::Histogram>& duration_;
  prometheus::Family<prometheus::Histogram>& received_;
  prometheus::Family<prometheus::Histogram>& sent_;
  prometheus::Family<prometheus::Counter>& access_refused_;
  prometheus::Family<prometheus::Counter>& reloads_;
  prometheus::Family<prometheus::Gauge>& sandbox_layers_;
  prometheus::Family<prometheus::Gauge>& limits_;
  std::array<prometheus::Counter*, kMethodCount> started_;

  std::mutex mutex_;
  // Made when first needed: most codes never come.
  std::array<std::array<Instruments, 17>, kMethodCount> ended_;
};

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_TELEMETRY_CALL_METRICS_H_
