// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/operations.h
//
// What an operator gives a server beside its limits: who may connect and call,
// how long connections live, where metrics and gRPC's own state are shown.

#ifndef GONGKAI_SERVICE_OPERATIONS_H_
#define GONGKAI_SERVICE_OPERATIONS_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server.h"
#include "grpcpp/server_builder.h"
#include "service/access/access_control.h"
#include "service/access/tls_files.h"
#include "service/account.h"
#include "service/agent_port.h"
#include "service/call_gate.h"
#include "service/limits.h"
#include "service/operations_options.h"
#include "service/stats.h"
#include "service/telemetry/call_metrics.h"
#include "service/telemetry/metrics_port.h"

namespace gongkai::service {

// Thread-safe, but for the order of its use at the start.
class Operations {
 public:
  // Reads policy and certificates.
  // Errors: InvalidArgument, with what to do, for options that contradict each
  // other or would be unsafe on these addresses, and for bad files.
  static absl::StatusOr<std::unique_ptr<Operations>> Create(
      const OperationsOptions& options,
      const std::vector<std::string>& listen_addresses);

  // TLS for what can be reached from other machines, if there is any; plain
  // text for Unix sockets. They live as long as this.
  std::shared_ptr<grpc::ServerCredentials> CredentialsFor(
      const std::string& address) const;

  // Sets what concerns connections.
  void Configure(grpc::ServerBuilder* builder) const;

  // Begins to show metrics and channelz and to answer agent-checks, where they
  // are asked for. `look` is called on a thread of its own until CloseAgent().
  // Errors: InvalidArgument for what is no address, Unavailable if one cannot
  // be bound.
  absl::Status OpenPages(std::shared_ptr<const Stats> stats,
                         std::function<AgentView()> look);
  void CloseAgent() { agent_port_ = nullptr; }

  // Reads policy and certificates anew. Errors: the first one's; what was read
  // before stays.
  absl::Status Reload();

  // What a caller may have under way: that of the policy, else of the limits.
  Quota QuotaOf(const std::string& caller, const Limits& limits) const;

  CallGate& gate() { return gate_; }
  CallMetrics& metrics() { return metrics_; }
  const AccessControl& access() const { return access_; }
  // 0 for none.
  int metrics_port() const {
    return metrics_page_ == nullptr ? 0 : metrics_page_->port();
  }
  // The same of agent-checks.
  int agent_port() const {
    return agent_port_ == nullptr ? 0 : agent_port_->port();
  }

 private:
  explicit Operations(const OperationsOptions& options)
      : options_(options), gate_(&access_, &metrics_) {}

  absl::Status ReadPolicy();
  absl::Status ReadCertificates();
  absl::Status OpenChannelz();

  const OperationsOptions options_;
  AccessControl access_;
  CallMetrics metrics_;
  CallGate gate_;
  std::shared_ptr<TlsFiles> tls_files_;
  std::shared_ptr<grpc::ServerCredentials> tls_;
  std::unique_ptr<MetricsPort> metrics_page_;
  std::unique_ptr<AgentPort> agent_port_;
  std::unique_ptr<grpc::Server> channelz_;
};

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_OPERATIONS_H_
