// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/telemetry/metrics_port.h
//
// The page that Prometheus reads, http://ADDRESS/metrics. It shows counts and
// names of callers, nothing of documents, to everybody who reaches the port.

#ifndef GONGKAI_SERVICE_TELEMETRY_METRICS_PORT_H_
#define GONGKAI_SERVICE_TELEMETRY_METRICS_PORT_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "prometheus/collectable.h"

namespace prometheus {
class Exposer;
}  // namespace prometheus

namespace gongkai::service {

class MetricsPort {
 public:
  // `address` is HOST:PORT; port 0 takes a free one.
  // Errors: Unavailable if it cannot be bound.
  static absl::StatusOr<std::unique_ptr<MetricsPort>> Open(
      const std::string& address,
      std::vector<std::shared_ptr<prometheus::Collectable>> sources);
  ~MetricsPort();

  int port() const { return port_; }

 private:
  MetricsPort() = default;

  // Held here: the exposer does not.
  std::vector<std::shared_ptr<prometheus::Collectable>> sources_;
  std::unique_ptr<prometheus::Exposer> exposer_;
  int port_ = 0;
};

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_TELEMETRY_METRICS_PORT_H_
