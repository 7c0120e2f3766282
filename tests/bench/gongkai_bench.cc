// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// gongkai-bench: the real service against a bare echo of the same bytes and
// against the same reading inside a gRPC handler, in one run on the same
// processors.

#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "tests/bench/baseline_server.h"
#include "tests/bench/documents.h"
#include "tests/bench/figures.h"
#include "tests/bench/load.h"
#include "tests/bench/server.h"

ABSL_FLAG(int64_t, documents, 20'000, "Documents a round and path.");
ABSL_FLAG(int64_t, size, 8192, "Bytes of a document, about.");
ABSL_FLAG(std::string, profile, "",
          "Check by the rules of this profile, such as arithmetic.");
ABSL_FLAG(int, rounds, 5, "Rounds; in each, every path has its turn.");
ABSL_FLAG(int, in_flight, 256, "Unanswered documents at a time.");
ABSL_FLAG(int, streams, 1, "Streams side by side.");
ABSL_FLAG(int, workers, 0, "Worker processes; 0 for one per processor.");
ABSL_FLAG(int64_t, calls, 2000, "Single calls for the idle latency.");
ABSL_FLAG(bool, json, false, "Print one JSON object in place of the table.");
ABSL_FLAG(std::string, gongkaid, "",
          "The service's program; by default gongkaid beside this one.");
// What this process is: a child serves one of the baselines.
ABSL_FLAG(std::string, role, "", "");
ABSL_FLAG(std::string, address, "", "");

namespace gongkai::bench {
namespace {

// Reports kept in memory for all paths together.
constexpr int64_t kDocumentMemory = int64_t{64} << 20;
// Single calls of one path before another has its turn.
constexpr int64_t kCallsAtATime = 100;

// Streams one round and adds its figures to the path.
absl::Status StreamRound(const Server& server, const Documents& documents,
                         const LoadOptions& options, Path* path) {
  const absl::Duration server_before = server.child->OwnCpu();
  const absl::Duration workers_before = server.child->ChildrenCpu();
  auto result = StreamRaw(server.channel, documents, options);
  if (!result.ok()) {
    return absl::Status(
        result.status().code(),
        absl::StrCat(path->name, ": ", result.status().message()));
  }
  path->server_cpu += server.child->OwnCpu() - server_before;
  path->workers_cpu += server.child->ChildrenCpu() - workers_before;
  path->streamed += options.documents;
  path->rates.push_back(options.documents /
                        absl::ToDoubleSeconds(result->elapsed));
  path->loaded.insert(path->loaded.end(), result->latencies.begin(),
                      result->latencies.end());
  return absl::OkStatus();
}

absl::Status CallChunk(const Server& server, const Documents& documents,
                       int64_t first, Path* path) {
  auto latencies =
      CallOneByOne(server.channel, documents, first, kCallsAtATime);
  if (!latencies.ok()) return latencies.status();
  path->idle.insert(path->idle.end(), latencies->begin(), latencies->end());
  return absl::OkStatus();
}

absl::StatusOr<Figures> Measure() {
  const int64_t size = absl::GetFlag(FLAGS_size);
  const Documents documents(
      static_cast<int>(std::clamp<int64_t>(kDocumentMemory / size, 18, 1024)),
      size, absl::GetFlag(FLAGS_profile));
  LoadOptions options;
  options.documents = absl::GetFlag(FLAGS_documents);
  options.in_flight = absl::GetFlag(FLAGS_in_flight);
  options.streams = absl::GetFlag(FLAGS_streams);

  Figures figures;
  figures.documents = options.documents;
  figures.document_bytes = documents.average_bytes();
  figures.rounds = absl::GetFlag(FLAGS_rounds);
  figures.in_flight = options.in_flight;
  figures.streams = options.streams;
  figures.processors = static_cast<int>(std::thread::hardware_concurrency());
  figures.workers = absl::GetFlag(FLAGS_workers) > 0
                        ? absl::GetFlag(FLAGS_workers)
                        : figures.processors;
  figures.echo.name = "echo";
  figures.in_handler.name = "in_handler";
  figures.service.name = "service";
  figures.session.name = "session";

  const ScratchDirectory scratch;
  const std::string self = std::filesystem::read_symlink("/proc/self/exe");
  std::string gongkaid = absl::GetFlag(FLAGS_gongkaid);
  if (gongkaid.empty()) {
    gongkaid = std::filesystem::path(self).parent_path() / "gongkaid";
  }
  const auto baseline = [&](const std::string& role) {
    return StartServer(
        scratch.Address(role),
        {self, "--role=" + role, "--address=" + scratch.Address(role)});
  };
  auto echo = baseline("echo");
  if (!echo.ok()) return echo.status();
  auto in_handler = baseline("in_handler");
  if (!in_handler.ok()) return in_handler.status();
  auto service =
      StartServer(scratch.Address("service"),
                  {gongkaid, "--drain_delay=0", "--stream_max_age=0",
                   "--listen=" + scratch.Address("service"),
                   absl::StrCat("--workers=", absl::GetFlag(FLAGS_workers))});
  if (!service.ok()) return service.status();

  const struct {
    const Server& server;
    Path& path;
  } paths[] = {{*echo, figures.echo},
               {*in_handler, figures.in_handler},
               {*service, figures.service}};

  LoadOptions warm_up = options;
  warm_up.documents = std::max<int64_t>(options.documents / 10, 100);
  for (const auto& [server, path] : paths) {
    Path thrown_away;
    thrown_away.name = path.name;
    absl::Status status = StreamRound(server, documents, warm_up, &thrown_away);
    if (!status.ok()) return status;
  }
  for (int round = 0; round < figures.rounds; ++round) {
    for (const auto& [server, path] : paths) {
      absl::Status status = StreamRound(server, documents, options, &path);
      if (!status.ok()) return status;
    }
    auto session = StreamThroughSession(service->address, documents, options);
    if (!session.ok()) return session.status();
    figures.session.rates.push_back(options.documents /
                                    absl::ToDoubleSeconds(session->elapsed));
  }
  for (int64_t first = 0; first < absl::GetFlag(FLAGS_calls);
       first += kCallsAtATime) {
    for (const auto& [server, path] : paths) {
      absl::Status status = CallChunk(server, documents, first, &path);
      if (!status.ok()) return status;
    }
  }
  return figures;
}

int Serve(const std::string& role) {
  const absl::Status status =
      ServeBaseline(role == "echo" ? Baseline::kEcho : Baseline::kInHandler,
                    absl::GetFlag(FLAGS_address));
  if (status.ok()) return 0;
  std::cerr << "gongkai-bench, " << role << ": " << status.message() << "\n";
  return 2;
}

}  // namespace
}  // namespace gongkai::bench

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage(
      "streams generated reports through gongkaid and, on the same "
      "processors,\n"
      "through a bare echo and through the same reading inside a gRPC "
      "handler.\n"
      "  gongkai-bench --documents=20000 --workers=2\n"
      "  gongkai-bench --size=350000 --documents=2000 --in_flight=32");
  absl::ParseCommandLine(argc, argv);
  const std::string role = absl::GetFlag(FLAGS_role);
  if (!role.empty()) return gongkai::bench::Serve(role);
  absl::StatusOr<gongkai::bench::Figures> figures = gongkai::bench::Measure();
  if (!figures.ok()) {
    std::cerr << "gongkai-bench: " << figures.status() << "\n";
    return 2;
  }
  std::cout << (absl::GetFlag(FLAGS_json) ? ToJson(&*figures)
                                          : ToTable(&*figures));
  return 0;
}
