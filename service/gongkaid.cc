// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// gongkaid: the service on a port.

#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include "absl/flags/declare.h"
#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "service/limits.h"
#include "service/log.h"
#include "service/operations_flags.h"
#include "service/server.h"
#include "service/service_manager.h"
#include "service/telemetry/log.h"

using gongkai::service::Limits;

ABSL_FLAG(std::vector<std::string>, listen, {"127.0.0.1:50051"},
          "Where to listen: one or more addresses, comma-separated, such as "
          "0.0.0.0:50051 or unix:/run/gongkai.sock. Port 0 takes a free one.");
ABSL_FLAG(std::string, worker, "",
          "The program of the workers; by default gongkai-worker beside this "
          "program.");
ABSL_FLAG(std::vector<std::string>, catalog, {},
          "Files of a catalogue in text format, comma-separated. They add "
          "rules and profiles to the built-in catalogue or change its rules; "
          "if one of them has a form, they take its place. Read anew on "
          "SIGHUP, and not before.");
ABSL_FLAG(
    bool, dangerously_run_without_sandbox, false,
    "Start even where this machine lacks a layer of the workers' sandbox. "
    "A document that takes a worker over may then do what that layer "
    "forbids; the log names it.");
ABSL_FLAG(bool, reflection, true,
          "Serve gRPC reflection, so that tools can list methods.");
ABSL_FLAG(absl::Duration, grace, absl::Seconds(30),
          "How long accepted documents are still answered after SIGTERM or "
          "SIGINT; a second signal ends it at once.");

ABSL_FLAG(absl::Duration, drain_delay, absl::Seconds(3),
          "How long everything goes on after SIGTERM or SIGINT but for health, "
          "which says NOT_SERVING at once: time for balancers to learn of it "
          "before calls are refused. Comes before --grace.");

ABSL_DECLARE_FLAG(std::string, agent_address);
ABSL_DECLARE_FLAG(std::string, metrics_address);
ABSL_DECLARE_FLAG(std::string, health_address);

ABSL_FLAG(int, workers, Limits().workers,
          "Worker processes; 0 for one per processor that this process may "
          "use, a container's share counted. Reading is all computing, so more "
          "of them gain nothing.");
ABSL_FLAG(int, spare_workers, Limits().spare_workers,
          "Further processes that wait, warm, for the place of one that dies, "
          "so that its document is tried again at once.");
ABSL_FLAG(int64_t, worker_memory_bytes, Limits().worker_memory_bytes,
          "Address space of one worker; 0 for no limit. A document that needs "
          "more is answered WORKER_OUT_OF_MEMORY.");
ABSL_FLAG(absl::Duration, worker_cpu_time, Limits().worker_cpu_time,
          "CPU time of one worker over all its documents; 0 for no limit. Ends "
          "one that computes while it has nothing to do.");
ABSL_FLAG(int64_t, max_document_bytes, Limits().max_document_bytes,
          "Largest document; a larger one is answered TOO_LARGE. Reports take "
          "60 KB as text and some hundred KB as PDF.");
ABSL_FLAG(int, jobs_per_worker, Limits().jobs_per_worker,
          "Documents in one worker's reach, so that it never sleeps between "
          "two and several share a wake-up.");
ABSL_FLAG(int64_t, bytes_per_worker, Limits().bytes_per_worker,
          "Bytes in one worker's reach beyond the running document, so that "
          "large ones do not queue behind each other while others idle.");
ABSL_FLAG(int, max_queued_jobs, Limits().max_queued_jobs,
          "Accepted and unanswered documents; beyond it calls are refused "
          "with RetryInfo and streams are not read.");
ABSL_FLAG(int64_t, max_queued_bytes, Limits().max_queued_bytes,
          "Bytes of them and of unsent results: the memory of this process.");
ABSL_FLAG(int64_t, max_transport_bytes, Limits().max_transport_bytes,
          "Bytes that gRPC may hold beside those, of messages that have not "
          "come in whole or have no place yet; when they run out, streams are "
          "cancelled.");
ABSL_FLAG(int, max_caller_jobs, Limits().max_caller_jobs,
          "Accepted and unanswered documents of one caller (one address of the "
          "network), so that none takes every place.");
ABSL_FLAG(int64_t, max_caller_bytes, Limits().max_caller_bytes,
          "Bytes of them and of unsent results.");
ABSL_FLAG(int, max_calls, Limits().max_calls,
          "Calls under way, idle streams too, of all callers together: each "
          "takes memory.");
ABSL_FLAG(int, stream_window_documents, Limits().stream_window_documents,
          "Unanswered documents of one stream, so that none fills the queue.");
ABSL_FLAG(int64_t, stream_window_bytes, Limits().stream_window_bytes,
          "Unanswered bytes of one stream.");
ABSL_FLAG(absl::Duration, stream_max_age, Limits().stream_max_age,
          "Age, give or take a tenth, at which a stream is ended politely, so "
          "that long work spreads over servers; 0 for none.");
ABSL_FLAG(int64_t, stream_max_documents, Limits().stream_max_documents,
          "Documents after which a stream is ended politely; 0 for no limit.");
ABSL_FLAG(int64_t, stream_max_bytes, Limits().stream_max_bytes,
          "Bytes after which a stream is ended politely; 0 for no limit.");
ABSL_FLAG(absl::Duration, stream_grace, Limits().stream_grace,
          "How long what such a stream has read is still answered.");
ABSL_FLAG(absl::Duration, document_timeout, Limits().document_timeout,
          "Wall time of one document in a worker; reports take milliseconds, "
          "the largest PDF a second.");
ABSL_FLAG(absl::Duration, worker_start_timeout, Limits().worker_start_timeout,
          "Wall time for a worker to start.");
ABSL_FLAG(absl::Duration, stall_timeout, Limits().stall_timeout,
          "A worker that has a document and gets no processor time for so long "
          "is replaced, and the document tried once more; 0 for never.");
ABSL_FLAG(int64_t, worker_max_jobs, Limits().worker_max_jobs,
          "Documents after which a spare worker takes a worker's place, so "
          "that what one did to it ends; 0 for no limit. Needs a spare one, as "
          "the next two.");
ABSL_FLAG(absl::Duration, worker_max_age, Limits().worker_max_age,
          "Age, give or take a tenth, at which one does; 0 for none.");
ABSL_FLAG(int64_t, worker_max_growth_bytes, Limits().worker_max_growth_bytes,
          "Growth of a worker's own memory at which one does; 0 for none.");
ABSL_FLAG(int, max_collections, Limits().max_collections,
          "Collections under way at once; each has a process of its own, with "
          "as much memory as a worker. 0 for none.");
ABSL_FLAG(int, max_collection_reports, Limits().max_collection_reports,
          "Most reports in a collection, of some 2.5 KB each.");
ABSL_FLAG(absl::Duration, collection_timeout, Limits().collection_timeout,
          "Wall time of the work on a whole collection between two answers.");
ABSL_FLAG(int, max_quarantined, Limits().max_quarantined,
          "Documents that killed workers and are remembered by hash, so that "
          "they do not do so again.");
ABSL_FLAG(absl::Duration, quarantine_time, Limits().quarantine_time,
          "How long they are remembered.");

namespace gongkai::service {
namespace {

enum ExitCode : int { kDone = 0, kNotStarted = 1, kBadUsage = 2 };

std::string WorkerProgram() {
  if (std::string program = absl::GetFlag(FLAGS_worker); !program.empty()) {
    return program;
  }
  std::error_code error;
  return std::filesystem::read_symlink("/proc/self/exe", error)
      .replace_filename("gongkai-worker")
      .string();
}

ServerOptions OptionsFromFlags() {
  ServerOptions options;
  options.listen_addresses = absl::GetFlag(FLAGS_listen);
  options.worker_program = WorkerProgram();
  options.catalogs = absl::GetFlag(FLAGS_catalog);
  options.operations = OperationsFromFlags();
  if (absl::GetFlag(FLAGS_dangerously_run_without_sandbox)) {
    options.worker_arguments.push_back(kWithoutSandbox);
  }
  options.reflection = absl::GetFlag(FLAGS_reflection);
  options.drain_delay = absl::GetFlag(FLAGS_drain_delay);
  Limits& limits = options.limits;
  limits.workers = absl::GetFlag(FLAGS_workers);
  limits.spare_workers = absl::GetFlag(FLAGS_spare_workers);
  limits.worker_memory_bytes = absl::GetFlag(FLAGS_worker_memory_bytes);
  limits.worker_cpu_time = absl::GetFlag(FLAGS_worker_cpu_time);
  limits.max_document_bytes = absl::GetFlag(FLAGS_max_document_bytes);
  limits.jobs_per_worker = absl::GetFlag(FLAGS_jobs_per_worker);
  limits.bytes_per_worker = absl::GetFlag(FLAGS_bytes_per_worker);
  limits.max_queued_jobs = absl::GetFlag(FLAGS_max_queued_jobs);
  limits.max_queued_bytes = absl::GetFlag(FLAGS_max_queued_bytes);
  limits.max_transport_bytes = absl::GetFlag(FLAGS_max_transport_bytes);
  limits.max_caller_jobs = absl::GetFlag(FLAGS_max_caller_jobs);
  limits.max_caller_bytes = absl::GetFlag(FLAGS_max_caller_bytes);
  limits.max_calls = absl::GetFlag(FLAGS_max_calls);
  limits.stream_window_documents = absl::GetFlag(FLAGS_stream_window_documents);
  limits.stream_window_bytes = absl::GetFlag(FLAGS_stream_window_bytes);
  limits.stream_max_age = absl::GetFlag(FLAGS_stream_max_age);
  limits.stream_max_documents = absl::GetFlag(FLAGS_stream_max_documents);
  limits.stream_max_bytes = absl::GetFlag(FLAGS_stream_max_bytes);
  limits.stream_grace = absl::GetFlag(FLAGS_stream_grace);
  limits.document_timeout = absl::GetFlag(FLAGS_document_timeout);
  limits.worker_start_timeout = absl::GetFlag(FLAGS_worker_start_timeout);
  limits.stall_timeout = absl::GetFlag(FLAGS_stall_timeout);
  limits.worker_max_jobs = absl::GetFlag(FLAGS_worker_max_jobs);
  limits.worker_max_age = absl::GetFlag(FLAGS_worker_max_age);
  limits.worker_max_growth_bytes = absl::GetFlag(FLAGS_worker_max_growth_bytes);
  limits.max_collections = absl::GetFlag(FLAGS_max_collections);
  limits.max_collection_reports = absl::GetFlag(FLAGS_max_collection_reports);
  limits.collection_timeout = absl::GetFlag(FLAGS_collection_timeout);
  limits.max_quarantined = absl::GetFlag(FLAGS_max_quarantined);
  limits.quarantine_time = absl::GetFlag(FLAGS_quarantine_time);
  return options;
}

// The addresses with the ports that were bound.
std::string Bound(const std::vector<std::string>& addresses,
                  const std::vector<int>& ports) {
  std::vector<std::string> bound;
  for (size_t i = 0; i < addresses.size(); ++i) {
    const size_t colon = addresses[i].rfind(':');
    bound.push_back(ports[i] == 0 ? addresses[i]
                                  : absl::StrCat(addresses[i].substr(0, colon),
                                                 ":", ports[i]));
  }
  return absl::StrJoin(bound, ", ");
}

// What absl::ParseCommandLine's own exits, all of them with 1, become: a wrong
// flag is bad usage, and asking for help is none.
int exit_code_of_parsing = kBadUsage;

std::vector<char*> ParseFlags(int argc, char** argv) {
  static bool parsing = true;
  for (int i = 1; i < argc; ++i) {
    if (absl::StartsWith(argv[i], "--help")) exit_code_of_parsing = kDone;
  }
  std::atexit([] {
    if (!parsing) return;
    fflush(nullptr);
    _exit(exit_code_of_parsing);
  });
  std::vector<char*> rest = absl::ParseCommandLine(argc, argv);
  parsing = false;
  return rest;
}

// Without the word the manager ends the process, and nobody would know why.
void LogUntold(const absl::Status& status) {
  if (status.ok()) return;
  LogEvent(LogLevel::kError, "could not tell the service manager",
           {{"reason", std::string(status.message())}});
}

// Time to stop in, beyond what --drain_delay and --grace give: calls are
// cancelled and workers ended in a fraction of it.
constexpr absl::Duration kToStop = absl::Seconds(3);

// Ends the process after a time, whatever goes on. gRPC cannot end a call while
// the connection is full of what a client that sleeps does not read: it would
// wait until keepalive gives the client up, over a minute.
void EndIn(absl::Duration time) {
  std::thread([time] {
    absl::SleepFor(time);
    LogEvent(LogLevel::kWarning, "a client does not read: stopped without it");
    FlushLog();
    _exit(kDone);
  }).detach();
}

int Serve() {
  // Before any thread starts, so that all inherit it and only sigwait() below
  // sees them.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGHUP);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  if (absl::Status status = ConfigureLogFromFlags(); !status.ok()) {
    LogEvent(LogLevel::kError, std::string(status.message()));
    return kBadUsage;
  }
  const ServerOptions options = OptionsFromFlags();
  absl::StatusOr<std::unique_ptr<Server>> server = Server::Start(options);
  if (!server.ok()) {
    LogEvent(LogLevel::kError,
             absl::StrCat("could not start: ", server.status().message()));
    FlushLog();
    return absl::IsInvalidArgument(server.status()) ? kBadUsage : kNotStarted;
  }
  const size_t spares =
      static_cast<size_t>(std::max(0, options.limits.spare_workers));
  const std::string serving = absl::StrCat(
      "listening on ", Bound(options.listen_addresses, (*server)->ports()),
      " with ", (*server)->worker_pids().size() - spares, " workers");
  Log(serving);
  Log("the workers' sandbox: ", (*server)->sandbox());

  if (const int port = (*server)->health_port(); port != 0) {
    LogEvent(
        LogLevel::kInfo, "health is answered for",
        {{"address", absl::GetFlag(FLAGS_health_address)}, {"port", port}});
  }
  if (const int port = (*server)->metrics_port(); port != 0) {
    LogEvent(
        LogLevel::kInfo, "metrics are shown",
        {{"address", absl::GetFlag(FLAGS_metrics_address)}, {"port", port}});
  }
  if (const int port = (*server)->agent_port(); port != 0) {
    LogEvent(LogLevel::kInfo, "agent-checks are answered",
             {{"address", absl::GetFlag(FLAGS_agent_address)}, {"port", port}});
  }
  LogEvent(LogLevel::kInfo, "settings that are not the default",
           {{"flags", SettingsFromFlags()}});
  LogUntold(NotifyReady(serving));

  int signal = 0;
  for (sigwait(&signals, &signal); signal == SIGHUP;
       sigwait(&signals, &signal)) {
    Log("reading catalogue, policy and certificates anew");
    LogUntold(NotifyReloading());
    (*server)->Reload();
    LogUntold(NotifyReady(serving));
  }
  const absl::Duration grace = absl::GetFlag(FLAGS_grace);
  const std::string stopping =
      absl::StrCat("stopping; accepted documents are answered for up to ",
                   absl::FormatDuration(grace));
  Log(stopping, ", a second signal ends it at once");
  LogUntold(NotifyStopping(stopping));
  EndIn(options.drain_delay + grace + kToStop);
  // Lets a second signal in while the first is obeyed.
  std::thread([&signals, &server] {
    int again = SIGHUP;
    while (again == SIGHUP) sigwait(&signals, &again);
    EndIn(kToStop);
    (*server)->Shutdown(absl::ZeroDuration());
  }).detach();
  (*server)->Shutdown(grace);
  // Not to return: the thread above may still use what a return would destroy.
  fflush(nullptr);
  FlushLog();
  _exit(kDone);
}

}  // namespace
}  // namespace gongkai::service

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage(
      "serves gongkai.v1.ReportService: reads annual reports on open "
      "government information and checks them.\n\n"
      "  gongkaid                                  on 127.0.0.1:50051\n"
      "  gongkaid --listen=0.0.0.0:50051 --tls_certificate=server.pem \\\n"
      "           --tls_key=server.key             for other machines too\n"
      "  gongkaid --listen=unix:/run/gongkai.sock  on a Unix socket\n\n"
      "Ends with 0 after SIGTERM or SIGINT, 1 if it could not start, 2 for bad "
      "usage. All flags: gongkaid --helpfull");
#ifdef NDEBUG
  // Debian's Abseil looks for deadlocks at every lock, as builds for debugging
  // do: a twentieth of the front's time, most of it for gRPC's locks.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
#endif
  const std::vector<char*> rest = gongkai::service::ParseFlags(argc, argv);
  if (rest.size() > 1) {
    gongkai::service::Log("unknown argument '", rest[1],
                          "'; see gongkaid --help");
    return gongkai::service::kBadUsage;
  }
  return gongkai::service::Serve();
}
