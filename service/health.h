// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/health.h
//
// What a server says of its health, under the names that probes and balancers
// ask for, on the server's own addresses and, where it is wanted, on one that
// answers nothing else.

#ifndef GONGKAI_SERVICE_HEALTH_H_
#define GONGKAI_SERVICE_HEALTH_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "gongkai/v1/report_service.grpc.pb.h"
#include "grpcpp/generic/async_generic_service.h"
#include "grpcpp/health_check_service_interface.h"
#include "grpcpp/server.h"
#include "service/stats.h"

namespace gongkai::service {

// SERVING for as long as the process answers.
inline constexpr const char* kLiveness[] = {"", "liveness"};
// SERVING while calls are worth sending here: not while the server stops, nor
// while it has no worker and none can be started.
inline constexpr const char* kReadiness[] = {
    "readiness", v1::ReportService::service_full_name()};

// Thread-safe.
class Health {
 public:
  explicit Health(std::shared_ptr<Stats> stats);
  ~Health();

  // Servers that are built from here on have a health service.
  static void Enable();

  // Shows it on a server too, which must outlive the next Forget().
  void ShowOn(grpc::Server* server);
  // Ends that for all servers but the one of Open().
  void Forget();

  // Answers on this address as well, in plain text and nothing but health, so
  // that whoever cannot speak TLS, such as Kubernetes' probes, may ask.
  // Errors: Unavailable if it cannot be bound.
  absl::Status Open(const std::string& address);
  // The port of that address; 0 for none or a Unix socket.
  int port() const { return port_; }

  // Whether there are workers, or some can be started.
  void SetWorkers(bool there_are);
  // The server stops.
  void SetStopping();

 private:
  void ShowAll() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const std::shared_ptr<Stats> stats_;
  int port_ = 0;
  // Answers every other call that there is no such thing.
  grpc::CallbackGenericService nothing_else_;
  std::unique_ptr<grpc::Server> own_server_;

  absl::Mutex mutex_;
  std::vector<grpc::HealthCheckServiceInterface*> shown_
      ABSL_GUARDED_BY(mutex_);
  bool workers_ ABSL_GUARDED_BY(mutex_) = true;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_HEALTH_H_
