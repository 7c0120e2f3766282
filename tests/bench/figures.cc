// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/bench/figures.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace gongkai::bench {
namespace {

// DESIGN's targets for the ratios.
constexpr double kStreamedToEcho = 0.60;
constexpr double kIsolatedToInHandlerSmall = 0.85;
constexpr double kIsolatedToInHandlerLarge = 0.95;
// From here on a document counts as large.
constexpr int64_t kLargeBytes = 100'000;

double Micros(absl::Duration duration) {
  return absl::ToDoubleMicroseconds(duration);
}

double PerDocument(absl::Duration cpu, const Path& path) {
  return path.streamed == 0 ? 0 : Micros(cpu) / path.streamed;
}

std::string TableRow(Path* path) {
  const auto [low, high] =
      std::minmax_element(path->rates.begin(), path->rates.end());
  std::string row = absl::StrFormat("%-11s %9.0f %9.0f %9.0f", path->name,
                                    Median(path->rates), *low, *high);
  if (path->loaded.empty()) return row + "\n";
  absl::StrAppendFormat(&row, "  %7.2f %7.2f %7.2f",
                        Micros(Percentile(&path->loaded, .5)) / 1e3,
                        Micros(Percentile(&path->loaded, .9)) / 1e3,
                        Micros(Percentile(&path->loaded, .99)) / 1e3);
  absl::StrAppendFormat(&row, "  %7.0f %7.0f %7.0f",
                        Micros(Percentile(&path->idle, .5)),
                        Micros(Percentile(&path->idle, .9)),
                        Micros(Percentile(&path->idle, .99)));
  absl::StrAppendFormat(&row, "  %8.1f %8.1f\n",
                        PerDocument(path->server_cpu, *path),
                        PerDocument(path->workers_cpu, *path));
  return row;
}

std::string JsonPath(Path* path) {
  std::string json = absl::StrFormat(
      "{\"documents_per_second\": %.1f, \"rounds\": [", Median(path->rates));
  for (size_t i = 0; i < path->rates.size(); ++i) {
    absl::StrAppendFormat(&json, "%s%.1f", i == 0 ? "" : ", ", path->rates[i]);
  }
  json += "]";
  const auto percentiles = [&json](const char* name,
                                   std::vector<absl::Duration>* values) {
    if (values->empty()) return;
    absl::StrAppendFormat(
        &json, ", \"%s_us\": {\"p50\": %.1f, \"p90\": %.1f, \"p99\": %.1f}",
        name, Micros(Percentile(values, .5)), Micros(Percentile(values, .9)),
        Micros(Percentile(values, .99)));
  };
  percentiles("loaded", &path->loaded);
  percentiles("idle", &path->idle);
  if (path->streamed > 0) {
    absl::StrAppendFormat(&json,
                          ", \"server_cpu_us\": %.2f, \"workers_cpu_us\": %.2f",
                          PerDocument(path->server_cpu, *path),
                          PerDocument(path->workers_cpu, *path));
  }
  return json + "}";
}

}  // namespace

absl::Duration Percentile(std::vector<absl::Duration>* values, double part) {
  if (values->empty()) return absl::ZeroDuration();
  const size_t index =
      std::min(values->size() - 1, static_cast<size_t>(part * values->size()));
  std::nth_element(values->begin(), values->begin() + index, values->end());
  return (*values)[index];
}

double Median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  const size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle]
                                : (values[middle - 1] + values[middle]) / 2;
}

double MedianRatio(const std::vector<double>& upper,
                   const std::vector<double>& lower) {
  std::vector<double> ratios;
  for (size_t i = 0; i < std::min(upper.size(), lower.size()); ++i) {
    if (lower[i] > 0) ratios.push_back(upper[i] / lower[i]);
  }
  return Median(std::move(ratios));
}

std::string ToTable(Figures* figures) {
  Figures& f = *figures;
  std::string text = absl::StrFormat(
      "%d documents of %d bytes a round, %d rounds, %d in flight, %d streams, "
      "%d workers, %d processors\n\n",
      f.documents, f.document_bytes, f.rounds, f.in_flight, f.streams,
      f.workers, f.processors);
  absl::StrAppendFormat(&text, "%-11s %29s  %23s  %23s  %17s\n", "",
                        "documents per second", "latency under load, ms",
                        "idle call, us", "CPU us a document");
  absl::StrAppendFormat(
      &text, "%-11s %9s %9s %9s  %7s %7s %7s  %7s %7s %7s  %8s %8s\n", "",
      "median", "lowest", "highest", "p50", "p90", "p99", "p50", "p90", "p99",
      "server", "workers");
  for (Path* path : {&f.echo, &f.in_handler, &f.service, &f.session}) {
    if (!path->rates.empty()) text += TableRow(path);
  }
  const double isolated = f.document_bytes >= kLargeBytes
                              ? kIsolatedToInHandlerLarge
                              : kIsolatedToInHandlerSmall;
  absl::StrAppendFormat(
      &text,
      "\nstreamed / echo        %.2f  (to hold: %.2f)\n"
      "isolated / in handler  %.2f  (to hold: %.2f)\n"
      "idle call, added by the worker hop  %.0f us at p50  (to hold: 200)\n",
      MedianRatio(f.service.rates, f.echo.rates), kStreamedToEcho,
      MedianRatio(f.service.rates, f.in_handler.rates), isolated,
      Micros(Percentile(&f.service.idle, .5) -
             Percentile(&f.in_handler.idle, .5)));
  return text;
}

std::string ToJson(Figures* figures) {
  Figures& f = *figures;
  std::string json = absl::StrFormat(
      "{\"documents\": %d, \"document_bytes\": %d, \"rounds\": %d, "
      "\"in_flight\": %d, \"streams\": %d, \"workers\": %d, "
      "\"processors\": %d",
      f.documents, f.document_bytes, f.rounds, f.in_flight, f.streams,
      f.workers, f.processors);
  for (Path* path : {&f.echo, &f.in_handler, &f.service, &f.session}) {
    if (path->rates.empty()) continue;
    absl::StrAppend(&json, ", \"", path->name, "\": ", JsonPath(path));
  }
  absl::StrAppendFormat(
      &json,
      ", \"streamed_to_echo\": %.3f, \"isolated_to_in_handler\": %.3f}\n",
      MedianRatio(f.service.rates, f.echo.rates),
      MedianRatio(f.service.rates, f.in_handler.rates));
  return json;
}

}  // namespace gongkai::bench
