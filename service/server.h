// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/server.h
//
// The front: a gRPC server whose documents are read by a pool of worker
// processes. gongkaid is a thin program around it; the gongkai command starts
// one inside itself.
//
//   ServerOptions options;
//   options.listen_addresses = {"127.0.0.1:0"};
//   options.worker_program = "/usr/bin/gongkai-worker";
//   absl::StatusOr<std::unique_ptr<Server>> server = Server::Start(options);
//   (*server)->ports()[0]
//   (*server)->Shutdown(absl::Seconds(30));
//
// Of the health service's names, "" and "liveness" are SERVING for as long as
// the process answers. "gongkai.v1.ReportService" and "readiness" say whether
// it takes work: not while it stops, nor while it has no worker and none can be
// started. A full queue, a crashed worker or a planned replacement is none of
// health's business.

#ifndef GONGKAI_SERVICE_SERVER_H_
#define GONGKAI_SERVICE_SERVER_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "service/account.h"
#include "service/limits.h"
#include "service/operations_options.h"
#include "service/stats.h"

namespace gongkai::service {

// Of ServerOptions::worker_arguments: workers start even where the machine
// lacks a layer of their sandbox.
inline constexpr char kWithoutSandbox[] = "--dangerously_run_without_sandbox";

struct ServerOptions {
  // Where to listen, as gRPC writes addresses: "127.0.0.1:0", "[::]:50051",
  // "unix:/run/gongkai.sock". At least one.
  std::vector<std::string> listen_addresses;
  // The program of the workers.
  std::string worker_program;
  // Files of a catalogue for it; read at the start and by Reload() alone.
  std::vector<std::string> catalogs;
  // Further arguments for it.
  std::vector<std::string> worker_arguments;
  Limits limits;
  OperationsOptions operations;
  // What a caller may have under way, by its name (see caller_name.h); by
  // default that of the limits for everyone.
  std::function<Quota(const std::string& caller)> quota_of;
  // How long a server that is told to stop goes on as before but for its
  // health, so that balancers learn of it before calls are refused.
  absl::Duration drain_delay;
  // Serve gRPC reflection.
  bool reflection = true;
};

// Thread-safe.
class Server {
 public:
  // Starts the workers, waits until the first can take jobs, then listens.
  // Errors: InvalidArgument for options that contradict each other,
  // or files that cannot be used,
  // FailedPrecondition if no worker can be started (with what it printed),
  // Unavailable if an address cannot be bound.
  static absl::StatusOr<std::unique_ptr<Server>> Start(
      const ServerOptions& options);

  // As Shutdown(absl::ZeroDuration()).
  virtual ~Server() = default;

  // The bound ports, one per listen address; 0 for Unix sockets.
  virtual std::vector<int> ports() const = 0;

  // The ports of the metrics and of agent-checks; 0 for none.
  virtual int metrics_port() const = 0;
  virtual int agent_port() const = 0;

  // The port that answers for health alone; 0 for none or a Unix socket.
  virtual int health_port() const = 0;

  // The process ids of the live workers, for tests and operators.
  virtual std::vector<int> worker_pids() const = 0;

  // What holds the workers, for a log: "no-new-privileges, files, …", with
  // those layers named that do not.
  virtual std::string sandbox() const = 0;

  // What the server counts of itself; may outlive it. Collections' processes
  // are not in it.
  virtual std::shared_ptr<const Stats> stats() const = 0;

  // Reads policy, certificates, catalogue and the workers' program anew. What
  // cannot be used is logged and left alone. Nothing that is under way notices;
  // workers are replaced one by one, after the return too.
  virtual void Reload() = 0;

  // Health goes NOT_SERVING. After drain_delay new calls are refused, streams
  // are read no more, and what was accepted is answered until `grace` is over;
  // streams are told what is left, calls are cancelled. Workers are gone when
  // it returns. May be called more than once; without grace, it ends the
  // waiting of another.
  virtual void Shutdown(absl::Duration grace) = 0;
};

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_SERVER_H_
