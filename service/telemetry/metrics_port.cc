// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/telemetry/metrics_port.h"

#include <exception>
#include <utility>

#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"
#include "prometheus/exposer.h"

namespace gongkai::service {
namespace {

// Scrapes come every few seconds, one after the other.
constexpr int kThreads = 2;

}  // namespace

absl::StatusOr<std::unique_ptr<MetricsPort>> MetricsPort::Open(
    const std::string& address,
    std::vector<std::shared_ptr<prometheus::Collectable>> sources) {
  auto port = absl::WrapUnique(new MetricsPort());
  port->sources_ = std::move(sources);
  // The library says by an exception, without a reason, that it cannot bind.
  try {
    port->exposer_ = std::make_unique<prometheus::Exposer>(address, kThreads);
  } catch (const std::exception&) {
    return absl::UnavailableError(absl::StrCat(
        "cannot serve metrics on ", address,
        ": the address is in use or is not one of this machine; choose "
        "another with --metrics_address=HOST:PORT"));
  }
  for (const auto& source : port->sources_) {
    port->exposer_->RegisterCollectable(source);
  }
  const std::vector<int> ports = port->exposer_->GetListeningPorts();
  if (!ports.empty()) port->port_ = ports[0];
  return port;
}

MetricsPort::~MetricsPort() = default;

}  // namespace gongkai::service
