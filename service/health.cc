// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/health.h"

#include <grpc/grpc.h>

#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"
#include "grpcpp/resource_quota.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server_builder.h"
#include "service/access/listen_address.h"
#include "service/remove_plugin.h"

namespace gongkai::service {
namespace {

// Anybody may come to the plain-text address. Of what one sends, names of
// services are all that is of use; a dozen probes and balancers ask at once.
constexpr int kLargestRequest = 1 << 10;
constexpr int kStreamsPerConnection = 16;
constexpr size_t kTransportBytes = size_t{16} << 20;
// Who says nothing for so long is no probe: they ask every few seconds.
constexpr int kLongestSilenceMilliseconds = 5 * 60 * 1000;

}  // namespace

Health::Health(std::shared_ptr<Stats> stats) : stats_(std::move(stats)) {}

Health::~Health() {
  // Whoever watches is not waited for.
  if (own_server_ != nullptr) {
    own_server_->Shutdown(std::chrono::system_clock::now());
  }
}

void Health::Enable() {
  // gRPC's own can only be had for all servers of a process.
  static const bool enabled = [] {
    grpc::EnableDefaultHealthCheckService(true);
    return true;
  }();
  (void)enabled;
}

void Health::ShowOn(grpc::Server* server) {
  grpc::HealthCheckServiceInterface* const service =
      server->GetHealthCheckService();
  if (service == nullptr) return;
  absl::MutexLock lock(&mutex_);
  shown_.push_back(service);
  for (const char* name : kLiveness) service->SetServingStatus(name, true);
  ShowAll();
}

void Health::Forget() {
  absl::MutexLock lock(&mutex_);
  shown_.clear();
  if (own_server_ != nullptr) {
    shown_.push_back(own_server_->GetHealthCheckService());
  }
}

absl::Status Health::Open(const std::string& address) {
  Enable();
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort(address, grpc::InsecureServerCredentials(), &port);
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS,
                             kStreamsPerConnection);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_IDLE_MS,
                             kLongestSilenceMilliseconds);
  builder.SetMaxReceiveMessageSize(kLargestRequest);
  grpc::ResourceQuota quota("gongkai-health");
  quota.Resize(kTransportBytes);
  builder.SetResourceQuota(quota);
  for (const char* plugin : {kReflectionPlugin, kChannelzPlugin}) {
    builder.SetOption(std::make_unique<RemovePlugin>(plugin));
  }
  builder.RegisterCallbackGenericService(&nothing_else_);
  own_server_ = builder.BuildAndStart();
  if (own_server_ == nullptr || port == 0) {
    own_server_ = nullptr;
    return absl::UnavailableError(absl::StrCat(
        "cannot answer for health on ", address,
        ": the address is in use or is not one of this machine; choose "
        "another with --health_address=HOST:PORT"));
  }
  // Unix sockets have no port; gRPC reports 1.
  if (!IsUnixAddress(address)) port_ = port;
  ShowOn(own_server_.get());
  return absl::OkStatus();
}

void Health::SetWorkers(bool there_are) {
  absl::MutexLock lock(&mutex_);
  workers_ = there_are;
  ShowAll();
}

void Health::SetStopping() {
  absl::MutexLock lock(&mutex_);
  stopping_ = true;
  ShowAll();
}

void Health::ShowAll() {
  const bool ready = workers_ && !stopping_;
  stats_->ready.Set(ready ? 1 : 0);
  stats_->draining.Set(stopping_ ? 1 : 0);
  for (grpc::HealthCheckServiceInterface* service : shown_) {
    for (const char* name : kReadiness) service->SetServingStatus(name, ready);
  }
}

}  // namespace gongkai::service
