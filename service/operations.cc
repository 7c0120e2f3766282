// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/operations.h"

#include <grpc/grpc.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "grpcpp/ext/channelz_service_plugin.h"
#include "service/access/handshake_log.h"
#include "service/access/listen_address.h"
#include "service/access/tls_credentials.h"
#include "service/remove_plugin.h"
#include "service/telemetry/log.h"
#include "service/telemetry/stats_collector.h"

namespace gongkai::service {
namespace {

// As gRPC wants durations; its own "for ever" is the largest number.
int Milliseconds(absl::Duration duration) {
  return static_cast<int>(std::min<int64_t>(absl::ToInt64Milliseconds(duration),
                                            std::numeric_limits<int>::max()));
}

absl::Status Refuse(const std::string& what) {
  return absl::InvalidArgumentError(what);
}

absl::Status CheckTls(const OperationsOptions& options) {
  const TlsOptions& tls = options.tls;
  if (tls.certificate.empty() != tls.key.empty()) {
    return Refuse("--tls_certificate and --tls_key go together; give both");
  }
  if (!tls.client_ca.empty() && !tls.enabled()) {
    return Refuse(
        "--tls_client_ca is of no use without TLS; give --tls_certificate and "
        "--tls_key too");
  }
  if (tls.client_optional &&
      (tls.client_ca.empty() || options.policy.empty())) {
    return Refuse(
        "--tls_client_optional lets clients without a certificate in, which "
        "then must have a token; give --tls_client_ca and --policy too");
  }
  if (tls.enabled() && options.allow_plaintext) {
    return Refuse(
        "--allow_plaintext_from_anywhere contradicts --tls_certificate; leave "
        "one of them out");
  }
  return absl::OkStatus();
}

absl::Status CheckAddresses(const OperationsOptions& options,
                            const std::vector<std::string>& addresses) {
  if (!options.tls.enabled() && !options.allow_plaintext) {
    for (const std::string& address : addresses) {
      if (IsLocalAddress(address)) continue;
      return Refuse(absl::StrCat(
          "on ", address,
          " everybody on the way could read and change what is sent; give "
          "--tls_certificate and --tls_key, or listen on 127.0.0.1 or "
          "unix:PATH, or, where something else protects the network, say "
          "--allow_plaintext_from_anywhere"));
    }
  }
  if (!options.channelz_address.empty() &&
      !IsLocalAddress(options.channelz_address)) {
    return Refuse(absl::StrCat(
        "channelz tells who is connected, to everybody; --channelz_address "
        "must be on 127.0.0.1 or unix:PATH, not ",
        options.channelz_address));
  }
  return absl::OkStatus();
}

absl::Status CheckConnections(const OperationsOptions& options) {
  if (options.keepalive_time < absl::Seconds(1) ||
      options.keepalive_timeout < absl::Seconds(1)) {
    return Refuse(
        "--keepalive_time and --keepalive_timeout must be at least 1s: more "
        "pings cost more than they find");
  }
  if (options.min_ping_interval < absl::ZeroDuration()) {
    return Refuse("--min_ping_interval must not be negative");
  }
  if (options.max_connection_age < absl::Seconds(1) ||
      options.max_connection_age_grace < absl::ZeroDuration()) {
    return Refuse(
        "--max_connection_age must be at least 1s and its grace not negative");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::unique_ptr<Operations>> Operations::Create(
    const OperationsOptions& options,
    const std::vector<std::string>& listen_addresses) {
  if (absl::Status status = CheckTls(options); !status.ok()) return status;
  if (absl::Status status = CheckAddresses(options, listen_addresses);
      !status.ok()) {
    return status;
  }
  if (absl::Status status = CheckConnections(options); !status.ok()) {
    return status;
  }
  auto operations = std::unique_ptr<Operations>(new Operations(options));
  if (absl::Status status = operations->ReadPolicy(); !status.ok()) {
    return status;
  }
  if (absl::Status status = operations->ReadCertificates(); !status.ok()) {
    return status;
  }
  return operations;
}

absl::Status Operations::ReadPolicy() {
  if (options_.policy.empty()) return absl::OkStatus();
  absl::StatusOr<std::shared_ptr<const Policy>> policy =
      Policy::Load(options_.policy);
  if (!policy.ok()) return Refuse(std::string(policy.status().message()));
  if ((*policy)->names_certificates() && options_.tls.client_ca.empty()) {
    return Refuse(absl::StrCat(
        options_.policy,
        " names callers by certificate, but none is asked for; give "
        "--tls_client_ca"));
  }
  if ((*policy)->names_tokens() && options_.allow_plaintext) {
    LogEvent(LogLevel::kWarning,
             "tokens of the policy are sent in plain text; whoever reads one "
             "on the way can use it");
  }
  access_.Set(*std::move(policy));
  return absl::OkStatus();
}

absl::Status Operations::ReadCertificates() {
  if (!options_.tls.enabled()) return absl::OkStatus();
  auto files = TlsFiles::Load(options_.tls, [this](const absl::Status& status) {
    metrics_.Reloaded("certificates", status.ok());
    if (status.ok()) {
      LogEvent(LogLevel::kInfo, "certificates were read anew");
    } else {
      LogEvent(LogLevel::kError,
               "new certificates are refused, the old ones stay in use",
               {{"reason", std::string(status.message())}});
    }
  });
  if (!files.ok()) return files.status();
  tls_files_ = *std::move(files);
  tls_ = TlsCredentials(tls_files_);
  return absl::OkStatus();
}

std::shared_ptr<grpc::ServerCredentials> Operations::CredentialsFor(
    const std::string& address) const {
  if (tls_ == nullptr || IsUnixAddress(address)) {
    return grpc::InsecureServerCredentials();
  }
  return tls_;
}

Quota Operations::QuotaOf(const std::string& caller,
                          const Limits& limits) const {
  Quota quota = {limits.max_caller_jobs, limits.max_caller_bytes};
  const std::shared_ptr<const Policy> policy = access_.policy();
  if (policy == nullptr) return quota;
  const Policy::Caller* const known = policy->ByName(caller);
  if (known == nullptr) return quota;
  if (known->max_documents > 0) quota.max_documents = known->max_documents;
  if (known->max_bytes > 0) quota.max_bytes = known->max_bytes;
  return quota;
}

void Operations::Configure(grpc::ServerBuilder* builder) const {
  const auto set = [&](const char* name, absl::Duration duration) {
    builder->AddChannelArgument(name, Milliseconds(duration));
  };
  builder->AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder->AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  set(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS,
      options_.min_ping_interval);
  set(GRPC_ARG_KEEPALIVE_TIME_MS, options_.keepalive_time);
  set(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, options_.keepalive_timeout);
  if (options_.max_connection_age < absl::InfiniteDuration()) {
    set(GRPC_ARG_MAX_CONNECTION_AGE_MS, options_.max_connection_age);
    set(GRPC_ARG_MAX_CONNECTION_AGE_GRACE_MS,
        options_.max_connection_age_grace);
  }
  builder->SetOption(std::make_unique<RemovePlugin>(kChannelzPlugin));
}

namespace {

// When the certificate of the day is over, which is also a look at the files;
// and how many connections failed.
class TlsCollector final : public prometheus::Collectable {
 public:
  explicit TlsCollector(std::shared_ptr<TlsFiles> files)
      : files_(std::move(files)) {}

  std::vector<prometheus::MetricFamily> Collect() const override {
    prometheus::MetricFamily expiry;
    expiry.name = "gongkai_tls_certificate_expiry_time_seconds";
    expiry.help =
        "When the server's certificate expires, in seconds since 1970";
    expiry.type = prometheus::MetricType::Gauge;
    expiry.metric.emplace_back().gauge.value =
        absl::ToDoubleSeconds(files_->Current()->not_after - absl::UnixEpoch());
    prometheus::MetricFamily failed;
    failed.name = "gongkai_tls_handshakes_failed_total";
    failed.help = "Connections that did not get past the TLS handshake";
    failed.type = prometheus::MetricType::Counter;
    failed.metric.emplace_back().counter.value =
        static_cast<double>(FailedHandshakes());
    return {expiry, failed};
  }

 private:
  const std::shared_ptr<TlsFiles> files_;
};

}  // namespace

absl::Status Operations::OpenPages(std::shared_ptr<const Stats> stats,
                                   std::function<AgentView()> look) {
  if (!options_.metrics_address.empty()) {
    std::vector<std::shared_ptr<prometheus::Collectable>> sources = {
        metrics_.registry(),
        std::make_shared<StatsCollector>(std::move(stats))};
    if (tls_files_ != nullptr) {
      sources.push_back(std::make_shared<TlsCollector>(tls_files_));
    }
    auto page = MetricsPort::Open(options_.metrics_address, std::move(sources));
    if (!page.ok()) return page.status();
    metrics_page_ = *std::move(page);
  }
  if (!options_.agent_address.empty()) {
    auto port = AgentPort::Open(options_.agent_address, std::move(look));
    if (!port.ok()) return port.status();
    agent_port_ = *std::move(port);
  }
  if (options_.channelz_address.empty()) return absl::OkStatus();
  return OpenChannelz();
}

absl::Status Operations::OpenChannelz() {
  // Adds it to every server that is built from here on.
  grpc::channelz::experimental::InitChannelzService();
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort(options_.channelz_address,
                           grpc::InsecureServerCredentials(), &port);
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.SetOption(std::make_unique<RemovePlugin>(kReflectionPlugin));
  channelz_ = builder.BuildAndStart();
  if (channelz_ == nullptr || port == 0) {
    return absl::UnavailableError(absl::StrCat(
        "cannot serve channelz on ", options_.channelz_address,
        ": the address is in use or is not one of this machine; choose "
        "another with --channelz_address"));
  }
  return absl::OkStatus();
}

absl::Status Operations::Reload() {
  absl::Status first;
  if (!options_.policy.empty()) {
    first = ReadPolicy();
    metrics_.Reloaded("policy", first.ok());
    if (first.ok()) {
      LogEvent(LogLevel::kInfo, "the policy was read anew",
               {{"callers", access_.policy()->size()}});
    } else {
      LogEvent(LogLevel::kError,
               "the new policy is refused, the old one stays in force",
               {{"reason", std::string(first.message())}});
    }
  }
  if (tls_files_ != nullptr) first.Update(tls_files_->Reload());
  return first;
}

}  // namespace gongkai::service
