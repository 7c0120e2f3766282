// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/telemetry/stats_collector.h
//
// The numbers of service/stats.h as metrics, read when somebody asks for them.

#ifndef GONGKAI_SERVICE_TELEMETRY_STATS_COLLECTOR_H_
#define GONGKAI_SERVICE_TELEMETRY_STATS_COLLECTOR_H_

#include <memory>
#include <vector>

#include "prometheus/collectable.h"
#include "prometheus/metric_family.h"
#include "service/stats.h"

namespace gongkai::service {

// Thread-safe.
class StatsCollector final : public prometheus::Collectable {
 public:
  explicit StatsCollector(std::shared_ptr<const Stats> stats);

  std::vector<prometheus::MetricFamily> Collect() const override;

 private:
  const std::shared_ptr<const Stats> stats_;
  // When the server began, in seconds since 1970.
  const double start_time_;
};

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_TELEMETRY_STATS_COLLECTOR_H_
