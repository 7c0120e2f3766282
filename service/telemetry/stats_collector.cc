// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/telemetry/stats_collector.h"

#include <unistd.h>

#include <fstream>
#include <string>
#include <utility>

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace gongkai::service {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

// Labels in the order of the enums of service/stats.h.
constexpr const char* kOutcomes[] = {"UNSPECIFIED",
                                     "OK",
                                     "PARTIAL",
                                     "NOT_A_REPORT",
                                     "UNSUPPORTED_FORMAT",
                                     "UNSUPPORTED_TEMPLATE",
                                     "MALFORMED",
                                     "TOO_LARGE",
                                     "LIMIT_EXCEEDED",
                                     "DEADLINE_EXCEEDED",
                                     "WORKER_CRASHED",
                                     "WORKER_OUT_OF_MEMORY",
                                     "WORKER_TIMED_OUT",
                                     "QUARANTINED",
                                     "CANCELLED"};
static_assert(std::size(kOutcomes) == static_cast<size_t>(Outcome::kCount));

constexpr const char* kRefusals[] = {
    "queue_full",     "caller_limit",         "deadline_unreachable",
    "too_many_calls", "too_many_collections", "no_workers",
    "stopping"};
static_assert(std::size(kRefusals) == static_cast<size_t>(Refusal::kCount));

constexpr const char* kStreamEnds[] = {"drain", "age", "size"};
static_assert(std::size(kStreamEnds) == static_cast<size_t>(StreamEnd::kCount));

// Writes families of metrics one after the other.
class Page {
 public:
  Page& Family(const char* name, const char* help, MetricType type) {
    MetricFamily& family = families_.emplace_back();
    family.name = name;
    family.help = help;
    family.type = type;
    return *this;
  }

  Page& Add(double value, const char* label = nullptr,
            const char* label_value = nullptr) {
    ClientMetric& metric = families_.back().metric.emplace_back();
    if (label != nullptr) metric.label.push_back({label, label_value});
    if (families_.back().type == MetricType::Counter) {
      metric.counter.value = value;
    } else {
      metric.gauge.value = value;
    }
    return *this;
  }

  Page& Add(const Count& count, const char* label = nullptr,
            const char* label_value = nullptr) {
    return Add(static_cast<double>(count.value()), label, label_value);
  }

  // One metric for each value of an enum.
  template <typename Enum, size_t kSize>
  Page& AddAll(const CountBy<Enum>& counts, const char* label,
               const char* const (&names)[kSize]) {
    for (size_t i = 0; i < kSize; ++i) {
      Add(counts[static_cast<Enum>(i)], label, names[i]);
    }
    return *this;
  }

  Page& Histogram(const char* name, const char* help,
                  const DurationHistogram& histogram) {
    Family(name, help, MetricType::Histogram);
    ClientMetric& metric = families_.back().metric.emplace_back();
    uint64_t count = 0;
    for (size_t i = 0; i < DurationHistogram::kBuckets; ++i) {
      count += static_cast<uint64_t>(histogram.count(i));
      // The last one is without end, and Prometheus' own.
      if (i + 1 == DurationHistogram::kBuckets) break;
      metric.histogram.bucket.push_back(
          {count, Seconds(DurationHistogram::UpperEnd(i))});
    }
    metric.histogram.sample_count = count;
    metric.histogram.sample_sum = Seconds(histogram.sum());
    return *this;
  }

  std::vector<MetricFamily> Take() { return std::move(families_); }

 private:
  static double Seconds(std::chrono::nanoseconds duration) {
    return std::chrono::duration<double>(duration).count();
  }

  std::vector<MetricFamily> families_;
};

// What of this process is in memory; 0 if that is not to be found out.
double ResidentBytes() {
  std::ifstream file("/proc/self/statm");
  double pages = 0;
  double resident = 0;
  if (!(file >> pages >> resident)) return 0;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE));
}

}  // namespace

StatsCollector::StatsCollector(std::shared_ptr<const Stats> stats)
    : stats_(std::move(stats)),
      start_time_(absl::ToDoubleSeconds(absl::Now() - absl::UnixEpoch())) {}

std::vector<MetricFamily> StatsCollector::Collect() const {
  constexpr MetricType kGauge = MetricType::Gauge;
  constexpr MetricType kCounter = MetricType::Counter;
  const Stats& s = *stats_;
  Page page;
  page.Family("process_start_time_seconds",
              "When the server began, in seconds since 1970", kGauge)
      .Add(start_time_);

  page.Family("process_resident_memory_bytes",
              "Memory of the front; workers are not in it", kGauge)
      .Add(ResidentBytes());

  page.Family("gongkai_queue_documents",
              "Documents that wait for a worker, by priority", kGauge)
      .Add(s.queued_interactive, "priority", "interactive")
      .Add(s.queued_bulk, "priority", "bulk");
  page.Family("gongkai_queue_bytes", "Bytes of the documents that wait", kGauge)
      .Add(s.queued_bytes);
  page.Family("gongkai_reach_documents",
              "Documents within the workers' reach, the running ones included",
              kGauge)
      .Add(s.jobs_in_reach);
  page.Family("gongkai_admitted_documents",
              "Accepted documents whose answer is not sent yet", kGauge)
      .Add(s.admitted_documents);
  page.Family("gongkai_admitted_bytes",
              "Bytes of the accepted documents and of unsent answers", kGauge)
      .Add(s.admitted_bytes);
  page.Family("gongkai_waiting_streams", "Streams that wait for room", kGauge)
      .Add(s.waiting_streams);
  page.Family("gongkai_calls", "Calls under way", kGauge).Add(s.calls);
  page.Family("gongkai_ready",
              "1 while calls are welcome here, as the health service says",
              kGauge)
      .Add(s.ready);
  page.Family("gongkai_draining", "1 from the signal to stop on", kGauge)
      .Add(s.draining);

  page.Family("gongkai_workers", "Worker processes by state", kGauge)
      .Add(s.workers_ready, "state", "ready")
      .Add(s.workers_busy, "state", "busy")
      .Add(s.workers_starting, "state", "starting")
      .Add(s.workers_down, "state", "down");
  page.Family("gongkai_worker_starts_total", "Worker processes started",
              kCounter)
      .Add(s.worker_starts);
  page.Family("gongkai_worker_ends_total", "Worker processes ended, by cause",
              kCounter)
      .AddAll(s.worker_ends, "cause", kWorkerEndNames);
  page.Family("gongkai_documents_rerun_total",
              "Documents run again because a worker ended before or while "
              "running them",
              kCounter)
      .Add(s.jobs_rerun);

  page.Family("gongkai_documents_total",
              "Documents whose work ended, by outcome", kCounter)
      .AddAll(s.outcomes, "outcome", kOutcomes);
  page.Family("gongkai_refused_total",
              "Calls refused for want of room, by reason", kCounter)
      .AddAll(s.refusals, "reason", kRefusals);
  page.Family("gongkai_streams_ended_total",
              "Streams that the server ended of its own will, by reason",
              kCounter)
      .AddAll(s.stream_ends, "reason", kStreamEnds);

  page.Histogram("gongkai_queue_seconds",
                 "Time of a document from coming in to a worker's reach",
                 s.queue_time);
  page.Histogram("gongkai_run_seconds",
                 "Time of a document from a worker's reach to its answer",
                 s.run_time);
  page.Histogram("gongkai_worker_start_seconds",
                 "Time of a worker from its start to its first job",
                 s.start_time);
  page.Histogram("gongkai_worker_takeover_seconds",
                 "Time from a worker's end to a spare one in its place",
                 s.takeover_time);
  return page.Take();
}

}  // namespace gongkai::service
